/* Reopening: a paid order is sold anew, its old checks are given back and stay what they were. */
#include <string.h>

#include "tests/support/core_refunding.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

static int64_t kitchen_tickets(void) {
    return core_int(&f, "SELECT count(*) FROM print_job WHERE kind = 'kitchen'");
}
static const char *state(void) {
    return arena_printf(f.arena, "%s | %s", core_state(&f),
                        core_text(&f,
                                  "SELECT (SELECT group_concat(state) FROM orders) || (SELECT count(*) FROM refund) || (SELECT "
                                  "count(*) FROM discount)"));
}
static struct order_id paid_bandeja(const char *means) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    refunding_pay(&f, id, (struct bill_id){0}, means);
    return id;
}

START_TEST(a_reopened_order_is_live_with_all_its_lines) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    core_put(&f, id, "limonada", 2, "");
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo"); /* 45.280, charged 45.250 */
    int64_t tickets = kitchen_tickets(), version = core_read(&f, id)->version;
    core_ok(&f, refunding_reopen(&f, f.manager, id));
    const struct order *order = core_read(&f, id);
    ck_assert_int_eq(order->state, ORDER_SENT);
    ck_assert_int_eq(order->ended_at, 0);
    ck_assert_int_gt(order->version, version);
    ck_assert_uint_eq(order->line_count, 2);
    ck_assert_int_eq(order->totals.due, 45280);
    ck_assert_int_eq(order->paid, 0);
    ck_assert_int_eq(order->balance, 45280);
    ck_assert_int_eq(order->tip_answer, TIP_UNASKED);
    ck_assert_uint_eq(order->bill_count, 2);
    ck_assert(order->bills[0].paid && !order->bills[0].counts);
    ck_assert(!order->bills[1].paid && order->bills[1].counts);
    ck_assert_uint_eq(order->refund_count, 1);
    ck_assert(order->refunds[0].reopens);
    ck_assert_int_eq(order->refunds[0].charged, 45250);
    ck_assert_int_eq(kitchen_tickets(), tickets);
    ck_assert(!order->changed);
    ck_assert_str_eq(core_text(&f, "SELECT detail FROM journal WHERE kind = 'order_reopened'"),
                     "{\"number\":1,\"reason\":\"Se cobró mal\"}");
    refunding_verified(&f);
}
END_TEST

START_TEST(it_is_paid_again_under_the_next_number) {
    struct order_id id = paid_bandeja("efectivo");
    core_ok(&f, refunding_reopen(&f, f.manager, id));
    core_refused(&f, "tip_unasked", core_pay(&f, id, &(struct payment_new){.means = "efectivo"}));
    core_ok(&f, core_tip(&f, id, TIP_SET, 2000));
    core_put(&f, id, "limonada", 1, "");
    int64_t tickets = kitchen_tickets();
    refunding_pay(&f, id, (struct bill_id){0}, "nequi");
    ck_assert_str_eq(f.paid.document, "INT-2");
    const struct order *order = core_read(&f, id);
    ck_assert_int_eq(order->state, ORDER_PAID);
    ck_assert_int_eq(order->totals.net, 36380);
    ck_assert_int_eq(order->totals.due, 38380);
    ck_assert_int_eq(order->paid, 38380);
    ck_assert_int_eq(order->balance, 0);
    ck_assert_int_eq(kitchen_tickets(), tickets + 1); /* the lemonade alone */
    core_ok(&f, refunding_all(&f, id));               /* of the check that counts: no need to say which */
    ck_assert_str_eq(refunding_text(&f),
                     "27480=25444+2036 0 27480 | efectivo 27480/27450; 36380=33685+2695 2000 38380 | nequi 38380/38380");
    refunding_verified(&f);
}
END_TEST

START_TEST(books_of_the_shift_hold_both_sales_and_the_refund) {
    struct order_id id = paid_bandeja("efectivo");
    core_ok(&f, refunding_reopen(&f, f.manager, id));
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    struct shift_report r;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = shift_report(db, f.shift, f.arena, &r, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    ck_assert_int_eq(r.documents, 2);
    ck_assert_int_eq(r.net, 54960);
    ck_assert_int_eq(r.refunds.net, 27480);
    ck_assert_int_eq(r.cash_sales, 54900);
    ck_assert_int_eq(r.cash_refunds, 27450);
    ck_assert_int_eq(r.expected, 227450);
    refunding_close(&f);
    ck_assert_int_eq(core_int(&f, "SELECT expected FROM shift WHERE id = 1"), 227450);
    ck_assert_int_eq(core_read(&f, id)->state, ORDER_CLOSED);
    refunding_verified(&f);
}
END_TEST

START_TEST(an_order_reopened_may_be_carried_to_the_next_shift) {
    struct order_id id = paid_bandeja("efectivo");
    core_ok(&f, refunding_reopen(&f, f.manager, id));
    refunding_next_shift(&f);
    ck_assert_int_eq(core_read(&f, id)->state, ORDER_SENT);
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    refunding_next_shift(&f);
    ck_assert_int_eq(core_read(&f, id)->state, ORDER_CLOSED);
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(expected) FROM shift WHERE state = 'closed'"), "200000,227450");
    refunding_verified(&f);
}
END_TEST

START_TEST(all_checks_of_a_split_become_one) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    core_put(&f, id, "limonada", 2, "");
    refunding_off(&f, id, 1000, 0, false); /* 45.280 − 4.528 = 40.752 */
    refunding_split_ways(&f, id, 2);
    refunding_pay(&f, id, refunding_check(&f, id, 0), "efectivo");
    refunding_pay(&f, id, refunding_check(&f, id, 1), "nequi");
    core_ok(&f, refunding_reopen(&f, f.manager, id));
    const struct order *order = core_read(&f, id);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM refund WHERE reopens = 1"), 2);
    ck_assert_int_eq(core_int(&f, "SELECT sum(total) FROM refund"), 40752);
    ck_assert_int_eq(order->totals.gross, 45280);
    ck_assert_int_eq(order->totals.discount, 4528); /* the discount counts afresh, once */
    ck_assert_uint_eq(order->discount_count, 1);
    ck_assert_int_eq(order->discounts[0].value, 4528);
    ck_assert_int_eq(order->discounts[0].split, 0);
    refunding_verified(&f);
    core_ok(&f, core_void_line(&f, f.manager, id, refunding_line(&f, id, 0), 1, "No era")); /* its lines are free again */
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    refunding_split_ways(&f, id, 2);
    refunding_pay(&f, id, refunding_check(&f, id, 2), "nequi");
    refunding_pay(&f, id, refunding_check(&f, id, 3), "nequi");
    order = core_read(&f, id);
    ck_assert_int_eq(order->state, ORDER_PAID);
    ck_assert_int_eq(order->totals.due, 16020); /* 17.800 − 1.780 */
    refunding_verified(&f);
}
END_TEST

START_TEST(a_discount_of_the_old_check_stays_with_it) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    core_put(&f, id, "torta", 1, "");
    refunding_off_line(&f, id, refunding_line(&f, id, 1), 5000);
    refunding_off(&f, id, 2000, 0, true); /* 20 % of 37.480 = 7.496 */
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    core_ok(&f, refunding_reopen(&f, f.manager, id));
    core_ok(&f, core_void_line(&f, f.manager, id, refunding_line(&f, id, 1), 1, "No era"));
    const struct order *order = core_read(&f, id);
    ck_assert_int_eq(order->totals.net, 21984); /* 27.480 less 20 %; the cake's own is gone with it */
    refunding_verified(&f);                     /* the old bill is computed with both */
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    refunding_pay(&f, id, (struct bill_id){0}, "nequi");
    refunding_verified(&f);
    core_ok(&f, refunding_reopen(&f, f.manager, id));
    ck_assert_int_eq(core_read(&f, id)->totals.net, 21984);
    ck_assert_int_eq(core_read(&f, id)->totals.courtesy, 5496);
    refunding_verified(&f);
}
END_TEST

START_TEST(a_line_given_back_before_is_on_the_order_again) {
    struct order_id id = core_sold(&f, "limonada", 3);
    refunding_pay(&f, id, (struct bill_id){0}, "nequi");
    core_ok(&f, refunding_some(&f, id, refunding_line(&f, id, 0), 1));
    core_ok(&f, refunding_reopen(&f, f.manager, id));
    ck_assert_str_eq(refunding_text(&f), "8900=8241+659 0 8900 | nequi 8900/8900; 17800=16481+1319 0 17800 | nequi 17800/17800");
    ck_assert_int_eq(core_read(&f, id)->balance, 26700);
    core_ok(&f, core_void_line(&f, f.manager, id, refunding_line(&f, id, 0), 1, "Devuelta"));
    ck_assert_int_eq(core_read(&f, id)->balance, 17800);
    refunding_verified(&f);
}
END_TEST

START_TEST(what_was_all_given_back_already_has_no_ticket) {
    struct order_id id = paid_bandeja("nequi");
    core_ok(&f, refunding_all(&f, id));
    int64_t jobs = core_int(&f, "SELECT count(*) FROM print_job");
    core_ok(&f, refunding_reopen(&f, f.manager, id));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job"), jobs);
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(number || ' ' || total || ' ' || reopens) FROM refund"),
                     "1 27480 0,2 0 1");
    ck_assert_int_eq(core_read(&f, id)->balance, 27480);
    refunding_verified(&f);
}
END_TEST

START_TEST(a_reopened_order_may_be_voided_whole) {
    struct order_id id = paid_bandeja("efectivo");
    core_ok(&f, refunding_reopen(&f, f.manager, id));
    core_ok(&f, core_void(&f, f.manager, id, "Se fue"));
    ck_assert_int_eq(core_read(&f, id)->state, ORDER_VOIDED);
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(state) FROM bill"), "paid,voided");
    core_refused(&f, "order_voided", refunding_all(&f, id));
    refunding_verified(&f);
}
END_TEST

START_TEST(another_order_may_join_a_reopened_one) {
    struct order_id id = core_sold(&f, "bandeja", 1), other = core_table(&f, "mesa-3");
    core_put(&f, other, "torta", 1, "");
    refunding_off_line(&f, id, refunding_line(&f, id, 0), 480);
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    core_ok(&f, refunding_reopen(&f, f.manager, id));
    core_refused(&f, "order_part_paid", core_merge(&f, other, id)); /* its documents are its own */
    core_ok(&f, core_merge(&f, id, other));
    ck_assert_int_eq(core_read(&f, id)->totals.net, 42000);
    refunding_verified(&f);
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    ck_assert_int_eq(f.paid.charged, 42000);
    refunding_verified(&f);
}
END_TEST

START_TEST(its_ticket_says_that_the_order_is_charged_again) {
    struct order_id id = paid_bandeja("efectivo");
    core_ok(&f, refunding_reopen(&f, refunding_approved(&f), id));
    const char *text =
        core_paper(&f, (struct job_id){core_int(&f, "SELECT max(id) FROM print_job WHERE kind = 'refund'")}, "refund-reopened");
    data_has(text, "[drawer]");
    data_has(text, "El pedido queda abierto y se cobra de nuevo");
    data_has(text, "Motivo: Se cobró mal");
    data_has(text, "Gerencia");
}
END_TEST

START_TEST(an_order_of_a_z_is_not_reopened) {
    struct order_id id = paid_bandeja("efectivo");
    refunding_next_shift(&f);
    const char *before = state();
    core_refused(&f, "order_closed", refunding_reopen(&f, f.manager, id));
    ck_assert_str_eq(state(), before);
}
END_TEST

START_TEST(what_cannot_be_reopened_is_refused_and_nothing_changes) {
    struct order_id paid = paid_bandeja("efectivo"), open, voided;
    open = core_table(&f, "mesa-1"); /* where the paid one was */
    core_put(&f, open, "torta", 1, "");
    voided = core_table(&f, "mesa-2");
    core_put(&f, voided, "torta", 1, "");
    core_ok(&f, core_void(&f, f.manager, voided, "Error"));
    const char *before = state();
    core_refused(&f, "order_not_paid", refunding_reopen(&f, f.manager, open));
    core_refused(&f, "order_voided", refunding_reopen(&f, f.manager, voided));
    core_refused(&f, "order_unknown", refunding_reopen(&f, f.manager, (struct order_id){77}));
    core_refused(&f, "approval_required", refunding_reopen(&f, f.cashier, paid));
    core_refused(&f, "staff_needed", refunding_reopen(&f, f.console, paid));
    core_refused(&f, "table_taken", refunding_reopen(&f, f.manager, paid));
    ck_assert_str_eq(state(), before);
    core_ok(&f, core_void(&f, f.manager, open, "Error"));
    core_ok(&f, refunding_reopen(&f, f.manager, paid));
    core_refused(&f, "order_not_paid", refunding_reopen(&f, f.manager, paid));
}
END_TEST

int main(void) {
    return data_suite_run("core_reopen", setup, teardown,
                          DATA_TESTS(a_reopened_order_is_live_with_all_its_lines, it_is_paid_again_under_the_next_number,
                                     books_of_the_shift_hold_both_sales_and_the_refund,
                                     an_order_reopened_may_be_carried_to_the_next_shift, all_checks_of_a_split_become_one,
                                     a_discount_of_the_old_check_stays_with_it, a_line_given_back_before_is_on_the_order_again,
                                     what_was_all_given_back_already_has_no_ticket, a_reopened_order_may_be_voided_whole,
                                     another_order_may_join_a_reopened_one, its_ticket_says_that_the_order_is_charged_again,
                                     an_order_of_a_z_is_not_reopened, what_cannot_be_reopened_is_refused_and_nothing_changes));
}
