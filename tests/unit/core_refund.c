/* Refunds: what was paid goes back as it was sold and by the means it came, and nothing more. */
#include <string.h>

#include "pos/core/receipt.h"
#include "tests/support/core_refunding.h"
#include "tests/support/printer_golden.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

static const char *state(void) {
    return arena_printf(f.arena, "%s | refunds %s", core_state(&f),
                        core_text(&f,
                                  "SELECT count(*) || '/' || (SELECT count(*) FROM refund_line) || '/' || (SELECT count(*) FROM "
                                  "refund_tax) || '/' || (SELECT count(*) FROM refund_payment) FROM refund"));
}

/* Three cakes of 15.000 on lines of their own, 10.000 off the bill, paid in cash: 35.000. */
static struct order_id three_cakes(void) {
    struct order_id id = core_sold(&f, "torta", 1);
    core_put(&f, id, "torta", 1, "");
    core_put(&f, id, "torta", 1, "");
    refunding_off(&f, id, 0, 10000, false);
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    ck_assert_int_eq(f.paid.charged, 35000);
    return id;
}

/* ---- how much ---- */

START_TEST(three_lines_one_by_one_return_exactly_35000) {
    struct order_id id = three_cakes();
    for (size_t i = 0; i < 3; i++) core_ok(&f, refunding_some(&f, id, refunding_line(&f, id, i), 1));
    /* nets as sold; cash: 35.000 × 11.666 / 35.000, 23.350 × 11.667 / 23.334, then all the rest */
    ck_assert_str_eq(refunding_text(&f),
                     "11666=10802+864 0 11666 | efectivo 11666/11650; 11667=10802+865 0 11667 | efectivo 11667/11650; "
                     "11667=10803+864 0 11667 | efectivo 11667/11700");
    ck_assert_int_eq(core_int(&f, "SELECT sum(charged) FROM refund_payment"), 35000);
    ck_assert_int_eq(core_int(&f, "SELECT sum(discount) FROM refund"), 10000);
    core_refused(&f, "refund_nothing_left", refunding_all(&f, id));
    core_refused(&f, "refund_nothing_left", refunding_some(&f, id, refunding_line(&f, id, 0), 1));
    refunding_verified(&f);
}
END_TEST

START_TEST(a_line_of_three_one_by_one_returns_the_same) {
    struct order_id id = core_sold(&f, "torta", 3);
    refunding_off(&f, id, 0, 10000, false);
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    for (int i = 0; i < 3; i++) core_ok(&f, refunding_some(&f, id, refunding_line(&f, id, 0), 1));
    ck_assert_str_eq(refunding_text(&f),
                     "11666=10802+864 0 11666 | efectivo 11666/11650; 11667=10802+865 0 11667 | efectivo 11667/11650; "
                     "11667=10803+864 0 11667 | efectivo 11667/11700");
    refunding_verified(&f);
}
END_TEST

/* 15.000 = 13.889 + 1.111 in cash. Half of it: 7.500, tax 1.111 / 2 = 555,5 → 556; the rest is the rest. */
START_TEST(half_a_dish_goes_back_and_then_what_is_left_of_it) {
    struct order_id id = core_sold(&f, "torta", 1);
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    struct bill_pick half = {.line = refunding_line(&f, id, 0).v, .quantity = 1, .of = 2};
    core_ok(&f, refunding_as(&f, f.manager, id, &(struct refund_new){.picks = &half, .pick_count = 1, .reason = "Plato frío"}));
    struct bill_pick rest = {.line = half.line, .quantity = 1, .of = 1};
    core_ok(&f, refunding_as(&f, f.manager, id, &(struct refund_new){.picks = &rest, .pick_count = 1, .reason = "Plato frío"}));
    ck_assert_str_eq(refunding_text(&f), "7500=6944+556 0 7500 | efectivo 7500/7500; 7500=6945+555 0 7500 | efectivo 7500/7500");
    core_refused(&f, "refund_nothing_left", refunding_all(&f, id));
    refunding_verified(&f);
}
END_TEST

START_TEST(a_whole_bill_returns_its_tip) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "banquete", 1, "");
    core_ok(&f, core_tip(&f, id, TIP_SET, 9169));
    refunding_pay(&f, id, (struct bill_id){0}, "credito");
    int64_t version = core_read(&f, id)->version;
    core_ok(&f, refunding_all(&f, id));
    ck_assert_str_eq(refunding_text(&f), "99025=91690+7335 9169 108194 | credito 108194/108194");
    const struct order *order = core_read(&f, id);
    ck_assert_int_eq(order->state, ORDER_PAID);
    ck_assert_int_eq(order->version, version + 1);
    ck_assert_int_eq(order->totals.due, 108194); /* the sale stays what it was */
    ck_assert_int_eq(order->bills[0].refunded, 108194);
    ck_assert_uint_eq(order->refund_count, 1);
    ck_assert_int_eq(order->refunds[0].number, 1);
    ck_assert_str_eq(order->refunds[0].by, "Gerencia");
    ck_assert_ptr_null(order->refunds[0].approved_by);
    refunding_verified(&f);
}
END_TEST

/* RULES §4: the guest may change or remove it later, and taxes do not move. */
START_TEST(a_tip_goes_back_alone_in_part_and_then_all_of_it) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "banquete", 1, "");
    core_ok(&f, core_tip(&f, id, TIP_SET, 9169));
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo"); /* 108.194 due, 108.150 charged */
    core_ok(&f, refunding_as(&f, f.manager, id, &(struct refund_new){.tip = 4000, .reason = "Era menos"}));
    core_refused(&f, "refund_tip_too_large",
                 refunding_as(&f, f.manager, id, &(struct refund_new){.tip = 5170, .reason = "Todo"}));
    core_ok(&f, refunding_as(&f, f.manager, id, &(struct refund_new){.tip = 5169, .reason = "Todo"}));
    /* cash: 108.150 × 4.000 / 108.194 = 3.998 → 3.950; 104.200 × 5.169 / 104.194 = 5.169 → 5.150 */
    ck_assert_str_eq(refunding_text(&f), "0=0+0 4000 4000 | efectivo 4000/3950; 0=0+0 5169 5169 | efectivo 5169/5150");
    core_ok(&f, refunding_all(&f, id));
    ck_assert_str_eq(refunding_text(&f), "0=0+0 4000 4000 | efectivo 4000/3950; 0=0+0 5169 5169 | efectivo 5169/5150; "
                                         "99025=91690+7335 0 99025 | efectivo 99025/99050");
    ck_assert_int_eq(core_int(&f, "SELECT sum(charged) FROM refund_payment"), 108150);
    core_refused(&f, "refund_nothing_left", refunding_as(&f, f.manager, id, &(struct refund_new){.tip = 1, .reason = "Más"}));
    refunding_verified(&f);
}
END_TEST

START_TEST(lines_leave_the_tip_and_the_rest_takes_it) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "banquete", 1, "");
    core_put(&f, id, "libro", 1, "");
    core_ok(&f, core_tip(&f, id, TIP_SET, 9000));
    refunding_pay(&f, id, (struct bill_id){0}, "credito");
    core_ok(&f, refunding_some(&f, id, refunding_line(&f, id, 1), 1));
    core_ok(&f, refunding_some(&f, id, refunding_line(&f, id, 0), 1));
    core_ok(&f, refunding_all(&f, id)); /* nothing is left but the tip */
    ck_assert_str_eq(refunding_text(&f),
                     "5000=5000+0 0 5000 | credito 5000/5000; 99025=91690+7335 0 99025 | credito 99025/99025; "
                     "0=0+0 9000 9000 | credito 9000/9000");
    core_refused(&f, "refund_nothing_left", refunding_all(&f, id));
    refunding_verified(&f);
}
END_TEST

START_TEST(money_goes_back_by_the_means_it_came) {
    struct order_id id = core_sold(&f, "bandeja", 2);
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "nequi", .amount = 20000, .reference = "M100"}));
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo"); /* 34.960, charged 34.950 */
    core_ok(&f, refunding_some(&f, id, refunding_line(&f, id, 0), 1));
    core_ok(&f, refunding_all(&f, id));
    /* half of each; cash: half of 34.950 is 17.475, in coins 17.450, and 17.500 is left */
    ck_assert_str_eq(refunding_text(&f), "27480=25444+2036 0 27480 | nequi 10000/10000 efectivo 17480/17450; "
                                         "27480=25445+2035 0 27480 | nequi 10000/10000 efectivo 17480/17500");
    refunding_verified(&f);
}
END_TEST

START_TEST(whatever_the_order_all_of_it_goes_back) {
    static const char *const items[] = {"bandeja", "limonada", "camiseta", "libro"};
    for (size_t first = 0; first < 4; first++) {
        struct order_id id = core_sold(&f, items[0], 1);
        for (size_t i = 1; i < 4; i++) core_put(&f, id, items[i], 1, "");
        refunding_off(&f, id, 700, 0, false);
        refunding_pay(&f, id, (struct bill_id){0}, "efectivo"); /* 65.180 − 4.563 = 60.617, charged 60.600 */
        ck_assert_int_eq(f.paid.charged, 60600);
        for (size_t i = 0; i < 4; i++) core_ok(&f, refunding_some(&f, id, refunding_line(&f, id, (first + i) % 4), 1));
        core_refused(&f, "refund_nothing_left", refunding_all(&f, id));
    }
    ck_assert_int_eq(core_int(&f, "SELECT sum(charged) FROM refund_payment"), 4 * 60600);
    ck_assert_int_eq(core_int(&f, "SELECT sum(net) FROM refund"), 4 * 60617);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM refund_payment WHERE charged % 50 <> 0"), 0);
    ck_assert_int_eq(
        core_int(&f, "SELECT count(*) FROM bill b JOIN (SELECT bill_id, sum(base) AS base, sum(tax) AS tax, sum(discount) AS "
                     "discount FROM refund GROUP BY bill_id) r ON r.bill_id = b.id WHERE b.base = r.base AND b.tax = r.tax AND "
                     "b.discount = r.discount"),
        4);
    refunding_verified(&f);
}
END_TEST

START_TEST(what_was_given_away_goes_back_for_nothing) {
    struct order_id id = core_sold(&f, "torta", 1);
    refunding_off(&f, id, 10000, 0, true);
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    core_ok(&f, refunding_all(&f, id));
    ck_assert_str_eq(
        core_text(&f, "SELECT gross || ' ' || discount || ' ' || courtesy || ' ' || net || ' ' || total FROM refund"),
        "15000 15000 15000 0 0");
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM refund_payment"), 0);
    data_lacks(core_paper(&f, refunding_done.job, NULL), "[drawer]");
    core_refused(&f, "refund_nothing_left", refunding_all(&f, id));
    refunding_verified(&f);
}
END_TEST

/* ---- of which check ---- */

START_TEST(each_check_of_a_split_is_given_back_by_itself) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    core_put(&f, id, "limonada", 2, "");
    const struct bill_pick pick = {.line = refunding_line(&f, id, 1).v, .quantity = 2};
    refunding_split_lines(&f, id, &pick, 1);
    struct bill_id drinks = refunding_check(&f, id, 0), food = refunding_check(&f, id, 1);
    if (core_read(&f, id)->bills[0].totals.net != 17800) {
        struct bill_id other = drinks;
        drinks = food;
        food = other;
    }
    refunding_pay(&f, id, drinks, "nequi");
    core_refused(&f, "order_not_paid", refunding_of_check(&f, id, food));
    core_ok(&f,
            refunding_some(&f, id, refunding_line(&f, id, 1), 1)); /* one check is paid: that one, though the order lives on */
    refunding_pay(&f, id, food, "efectivo");
    core_refused(&f, "check_needed", refunding_all(&f, id));
    ck_assert_str_eq(f.error.field, "check");
    const struct bill_pick other = {.line = pick.line, .quantity = 1};
    core_refused(
        &f, "line_unknown",
        refunding_as(&f, f.manager, id, &(struct refund_new){.bill = food, .picks = &other, .pick_count = 1, .reason = "x"}));
    ck_assert_str_eq(f.error.field, "lines[0].line");
    core_ok(&f, refunding_of_check(&f, id, food));
    core_ok(&f, refunding_of_check(&f, id, drinks));
    ck_assert_str_eq(refunding_text(&f),
                     "8900=8241+659 0 8900 | nequi 8900/8900; 27480=25444+2036 0 27480 | efectivo 27480/27450; "
                     "8900=8241+659 0 8900 | nequi 8900/8900");
    refunding_verified(&f);
}
END_TEST

START_TEST(a_third_of_a_dish_goes_back_whole) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    refunding_split_ways(&f, id, 3);
    for (size_t i = 0; i < 3; i++) refunding_pay(&f, id, refunding_check(&f, id, i), "efectivo"); /* 9.160 each, charged 9.150 */
    for (size_t i = 0; i < 3; i++) core_ok(&f, refunding_of_check(&f, id, refunding_check(&f, id, i)));
    ck_assert_int_eq(core_int(&f, "SELECT sum(total) FROM refund"), 27480);
    ck_assert_int_eq(core_int(&f, "SELECT sum(charged) FROM refund_payment"), 27450);
    ck_assert_int_eq(core_int(&f, "SELECT sum(quantity) FROM refund_line"), 1);
    data_has(core_paper(&f, refunding_done.job, NULL), "Parte de Bandeja"); /* though the last third counts as the one dish */
    data_lacks(core_paper(&f, refunding_done.job, NULL), "1 Bandeja");
    refunding_verified(&f);
}
END_TEST

/* ---- whose drawer ---- */

static struct shift_report report(struct shift_id id) {
    struct shift_report r;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = shift_report(db, id, f.arena, &r, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    return r;
}

START_TEST(a_bill_of_a_closed_shift_is_given_back_from_the_open_drawer) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    struct shift_id yesterday = f.shift;
    refunding_next_shift(&f);
    core_ok(&f, refunding_all(&f, id));
    ck_assert_int_eq(core_read(&f, id)->state, ORDER_CLOSED);
    struct shift_report before = report(yesterday), now = report(f.shift);
    ck_assert_int_eq(before.cash_refunds, 0);
    ck_assert_int_eq(before.refunds.count, 0);
    ck_assert_int_eq(before.expected, 227450);
    ck_assert_int_eq(now.net, 0);
    ck_assert_int_eq(now.cash_refunds, 27450);
    ck_assert_int_eq(now.expected, 172550);
    ck_assert_int_eq(now.refunds.count, 1);
    ck_assert_int_eq(now.refunds.net, 27480);
    ck_assert_int_eq(now.refunds.base, 25444);
    ck_assert_int_eq(now.refunds.tax, 2036);
    ck_assert_int_eq(now.refunds.adjustment, -30);
    ck_assert_int_eq(now.refunds.returned, 27450);
    ck_assert_uint_eq(now.refunds.tax_count, 1);
    ck_assert_int_eq(now.refunds.taxes[0].base, 25444);
    ck_assert_uint_eq(now.means_count, 1);
    ck_assert_int_eq(now.means[0].charged, 0);
    ck_assert_int_eq(now.means[0].refunded, 27450);
    refunding_next_shift(&f);
    refunding_verified(&f);
}
END_TEST

START_TEST(without_an_open_shift_nothing_is_given_back) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    refunding_close(&f);
    const char *before = state();
    core_refused(&f, "no_open_shift", refunding_all(&f, id));
    ck_assert_str_eq(state(), before);
}
END_TEST

/* ---- refusals leave nothing behind ---- */

START_TEST(a_refund_takes_a_manager) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    const char *before = state();
    struct refund_new in = {.reason = "Plato frío"};
    core_refused(&f, "approval_required", refunding_as(&f, f.cashier, id, &in));
    core_refused(&f, "approval_required", refunding_as(&f, f.waiter, id, &in));
    core_refused(&f, "staff_needed", refunding_as(&f, f.console, id, &in));
    ck_assert_str_eq(state(), before);
    core_ok(&f, refunding_as(&f, refunding_approved(&f), id, &in));
    struct refund r = refunding_read(&f, refunding_done.id);
    ck_assert_str_eq(r.by, "Caja");
    ck_assert_str_eq(r.approved_by, "Gerencia");
    ck_assert_str_eq(r.reason, "Plato frío");
    ck_assert_int_eq(r.charged, 27450);
    ck_assert_str_eq(
        core_text(&f, "SELECT staff_id || ' ' || approved_by || ' ' || order_id || ' ' || shift_id || ' ' || detail FROM journal "
                      "WHERE kind = 'refund'"),
        "2 3 1 1 {\"refund\":1,\"number\":1,\"bill\":1,\"total\":27480,\"net\":27480,\"tax\":2036,\"tip\":0,"
        "\"means\":[{\"means\":\"efectivo\",\"amount\":27480,\"charged\":27450}],\"reopens\":false,\"reason\":\"Plato frío\"}");
}
END_TEST

START_TEST(what_cannot_be_given_back_is_refused_and_nothing_changes) {
    struct order_id paid = core_sold(&f, "bandeja", 2), open, voided;
    refunding_pay(&f, paid, (struct bill_id){0}, "efectivo");
    open = core_sold(&f, "torta", 1);
    voided = core_table(&f, "mesa-2");
    core_put(&f, voided, "torta", 1, "");
    core_ok(&f, core_void(&f, f.manager, voided, "Error"));
    const char *before = state();
    core_refused(&f, "order_not_paid", refunding_all(&f, open));
    core_refused(&f, "order_not_paid", refunding_of_check(&f, open, refunding_check(&f, open, 0)));
    core_refused(&f, "order_voided", refunding_all(&f, voided));
    core_refused(&f, "order_unknown", refunding_all(&f, (struct order_id){77}));
    core_refused(&f, "bill_unknown", refunding_of_check(&f, paid, (struct bill_id){77}));
    core_refused(&f, "bill_unknown", refunding_of_check(&f, paid, refunding_check(&f, open, 0))); /* another order's */
    ck_assert_str_eq(f.error.field, "check");
    core_refused(&f, "line_unknown", refunding_some(&f, paid, (struct line_id){77}, 1));
    core_refused(&f, "too_many_picked", refunding_some(&f, paid, refunding_line(&f, paid, 0), 3));
    ck_assert_str_eq(f.error.field, "lines[0].quantity");
    core_refused(&f, "reason_missing", refunding_as(&f, f.manager, paid, &(struct refund_new){.reason = ""}));
    core_refused(&f, "reason_missing", refunding_as(&f, f.manager, paid, &(struct refund_new){0}));
    ck_assert_str_eq(f.error.field, "reason");
    core_refused(&f, "invalid_field", refunding_as(&f, f.manager, paid, &(struct refund_new){.reason = "una\nlínea"}));
    ck_assert_str_eq(state(), before);
}
END_TEST

START_TEST(refunds_are_numbered_without_a_gap) {
    struct order_id id = core_sold(&f, "torta", 2);
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    core_ok(&f, refunding_some(&f, id, refunding_line(&f, id, 0), 1));
    core_refused(&f, "too_many_picked", refunding_some(&f, id, refunding_line(&f, id, 0), 2)); /* takes no number */
    core_ok(&f, refunding_some(&f, id, refunding_line(&f, id, 0), 1));
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(number) FROM refund"), "1,2");
    ck_assert_int_eq(refunding_done.number, 2);
}
END_TEST

/* ---- paper ---- */

START_TEST(the_ticket_says_what_goes_back_of_which_document) {
    struct order_id id;
    core_ok(&f, core_open(&f, &(struct order_new){.kind = ORDER_TABLE, .table = "mesa-12", .name = "Rosa"}, &id));
    core_put(&f, id, "torta", 2, "");
    core_put(&f, id, "camiseta", 1, "");
    refunding_off(&f, id, 1000, 0, false);
    core_ok(&f, core_tip(&f, id, TIP_SET, 3000));
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "nequi", .amount = 20000, .reference = "M100"}));
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo"); /* 48.420 + 3.000 − 20.000 = 31.420, charged 31.400 */
    f.clock.fixed += 3600000;
    struct refund_new in = {.reason = "La camiseta vino rota y la torta estaba dura"};
    core_ok(&f, refunding_as(&f, refunding_approved(&f), id, &in));
    const char *text = core_paper(&f, refunding_done.job, "refund");
    data_has(text, "[drawer]");
    data_has(text, "DEVOLUCIÓN 1");
    data_has(text, "Del documento INT-1");
    golden_check("core-refund.txt", text, strlen(text));
    ck_assert_str_eq(
        core_text(&f,
                  "SELECT kind || ' ' || printer || ' ' || order_id || ' ' || shift_id FROM print_job ORDER BY id DESC LIMIT 1"),
        "refund caja 1 1");
}
END_TEST

START_TEST(a_refund_to_a_card_keeps_the_drawer_shut) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    refunding_pay(&f, id, (struct bill_id){0}, "debito");
    core_ok(&f, refunding_all(&f, id));
    const char *text = core_paper(&f, refunding_done.job, NULL);
    data_lacks(text, "[drawer]");
    data_has(text, "Referencia 0043");
    data_lacks(text, "Ajuste");
    data_lacks(text, "ropina");
    data_lacks(text, "Autorizó");
}
END_TEST

START_TEST(the_x_tells_sales_and_refunds_apart) {
    struct order_id id = three_cakes();
    struct ticket *t;
    core_ok(&f, refunding_some(&f, id, refunding_line(&f, id, 0), 1));
    struct shift_report r = report(f.shift);
    core_ok(&f, shift_report_ticket(&r, f.site, f.arena, &t, &f.error));
    const char *text = core_paper_of(&f, t, "caja", "x-report-refunds");
    data_has(text, "VENTAS NETAS                            $ 35.000");
    data_has(text, "Ventas devueltas                        $ 11.666");
    data_has(text, "VENTAS MENOS DEVOLUCIONES               $ 23.334");
    data_has(text, "  Devuelto                             -$ 11.650");
    data_has(text, "- Devoluciones                          $ 11.650");
    data_has(text, "Esperado                               $ 223.350"); /* 200.000 + 35.000 − 11.650 */
}
END_TEST

int main(void) {
    return data_suite_run("core_refund", setup, teardown,
                          DATA_TESTS(three_lines_one_by_one_return_exactly_35000, a_line_of_three_one_by_one_returns_the_same,
                   half_a_dish_goes_back_and_then_what_is_left_of_it,
                                     a_whole_bill_returns_its_tip, a_tip_goes_back_alone_in_part_and_then_all_of_it,
                                     lines_leave_the_tip_and_the_rest_takes_it, money_goes_back_by_the_means_it_came,
                                     whatever_the_order_all_of_it_goes_back, what_was_given_away_goes_back_for_nothing,
                                     each_check_of_a_split_is_given_back_by_itself, a_third_of_a_dish_goes_back_whole,
                                     a_bill_of_a_closed_shift_is_given_back_from_the_open_drawer,
                                     without_an_open_shift_nothing_is_given_back, a_refund_takes_a_manager,
                                     what_cannot_be_given_back_is_refused_and_nothing_changes, refunds_are_numbered_without_a_gap,
                                     the_ticket_says_what_goes_back_of_which_document, a_refund_to_a_card_keeps_the_drawer_shut,
                                     the_x_tells_sales_and_refunds_apart));
}
