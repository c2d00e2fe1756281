/* Discounts and courtesies: what comes off, in which order, who may give it, and what becomes of it when the order changes. */
#include <string.h>

#include "pos/core/report.h"
#include "tests/support/core_checks.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

static bool percent_off(struct actor who, struct order_id id, int32_t percent) {
    return core_discount(&f, who, id, &(struct order_discount_new){.percent = percent, .reason = "Cliente frecuente"});
}
static bool amount_off(struct actor who, struct order_id id, money amount) {
    return core_discount(&f, who, id, &(struct order_discount_new){.amount = amount, .reason = "Demora"});
}
static bool line_off(struct actor who, struct order_id id, int64_t line, int32_t percent) {
    return core_discount(&f, who, id, &(struct order_discount_new){.percent = percent, .line = {line}, .reason = "Llegó frío"});
}
static bool courtesy(struct actor who, struct order_id id, money amount) {
    return core_discount(&f, who, id, &(struct order_discount_new){.courtesy = true, .amount = amount, .reason = "Cumpleaños"});
}
static struct order_id table(const char *item, int32_t quantity) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, item, quantity, "");
    return id;
}
static const char *lines(struct order_id id) {
    return core_check_lines(&f, id, 1);
}

/* ---- figures ---- */

/* RULES §2, example 3. */
START_TEST(ten_percent_off_the_bill_is_shared_over_lines_and_taxes) {
    struct order_id id = table("cazuela", 1);
    core_put(&f, id, "camiseta", 1, "");
    core_put(&f, id, "libro", 1, "");
    core_ok(&f, percent_off(f.cashier, id, 1000));
    ck_assert_str_eq(core_checks(&f, id), "82800 -8280 = 67500 +7020, due 74520");
    ck_assert_str_eq(lines(id), "1: 1, 54000 -5400; 2: 1, 23800 -2380; 3: 1, 5000 -500");
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    core_ok(&f, core_pay_check(&f, id, (struct bill_id){0}, "nequi"));
    ck_assert_str_eq(
        core_text(&f, "SELECT group_concat(tax || ' ' || gross || ' ' || base || ' ' || amount, ', ') FROM bill_tax"),
        "excluido 4500 4500 0, inc 48600 45000 3600, iva 21420 18000 3420");
    ck_assert_str_eq(core_text(&f, "SELECT gross || ' ' || discount || ' ' || courtesy || ' ' || net || ' ' || due FROM bill"),
                     "82800 8280 0 74520 74520");
    ck_assert_str_eq(core_text(&f, "SELECT value || ' ' || ifnull(split, 'whole') FROM discount"), "8280 whole");
    ck_assert_str_eq(core_verify(&f), "");
}
END_TEST

/* RULES §2, example 4. */
START_TEST(an_amount_off_the_bill_goes_by_largest_remainder) {
    struct order_id id = table("torta", 1);
    core_put(&f, id, "torta", 1, "");
    core_put(&f, id, "torta", 1, "");
    core_ok(&f, amount_off(f.manager, id, 10000));
    ck_assert_str_eq(lines(id), "1: 1, 15000 -3334; 2: 1, 15000 -3333; 3: 1, 15000 -3333");
    ck_assert_int_eq(core_read(&f, id)->totals.net, 35000);
    ck_assert_int_eq(core_read(&f, id)->discounts[0].value, 10000);
}
END_TEST

START_TEST(a_discount_of_a_line_leaves_the_others_alone) {
    struct order_id id = table("almuerzo", 2);
    core_put(&f, id, "agua", 1, "");
    core_ok(&f, line_off(f.cashier, id, 1, 1000));
    ck_assert_str_eq(lines(id), "1: 2, 50000 -5000; 2: 1, 6000");
    ck_assert_str_eq(core_checks(&f, id), "56000 -5000 = 47222 +3778, due 51000"); /* 51.000 × 10000 / 10800 = 47.222,2 */
    struct order *o = core_read(&f, id);
    ck_assert_uint_eq(o->discount_count, 1);
    ck_assert_int_eq(o->discounts[0].line.v, 1);
    ck_assert_int_eq(o->discounts[0].percent, 1000);
    ck_assert_int_eq(o->discounts[0].value, 5000);
    ck_assert_str_eq(o->discounts[0].reason, "Llegó frío");
    ck_assert_str_eq(o->discounts[0].by, "Caja");
    ck_assert_ptr_null(o->discounts[0].approved_by);
}
END_TEST

START_TEST(discounts_come_off_in_the_order_they_were_given) {
    struct order_id first = table("almuerzo", 1), second = core_table(&f, "mesa-2");
    core_put(&f, second, "almuerzo", 1, "");
    core_ok(&f, percent_off(f.manager, first, 1000));
    core_ok(&f, amount_off(f.manager, first, 500));
    ck_assert_int_eq(core_read(&f, first)->totals.net, 22000); /* 25.000 − 2.500 − 500 */
    core_ok(&f, amount_off(f.manager, second, 500));
    core_ok(&f, percent_off(f.manager, second, 1000));
    ck_assert_int_eq(core_read(&f, second)->totals.net, 22050); /* 25.000 − 500 − 2.450 */
    ck_assert_int_eq(core_read(&f, second)->discounts[1].value, 2450);
}
END_TEST

START_TEST(a_percentage_holds_for_what_is_added_later) {
    struct order_id id = table("almuerzo", 1);
    core_ok(&f, percent_off(f.cashier, id, 1000));
    core_put(&f, id, "agua", 1, "");
    ck_assert_str_eq(lines(id), "1: 1, 25000 -2500; 2: 1, 6000 -600");
    ck_assert_int_eq(core_read(&f, id)->discounts[0].value, 3100);
}
END_TEST

START_TEST(a_discount_lowers_the_highest_tip) {
    struct order_id id = table("banquete", 1);
    core_ok(&f, amount_off(f.cashier, id, 9025)); /* 90.000: base 83.333, highest tip 8.333 */
    core_refused(&f, "tip_over_limit", core_tip(&f, id, TIP_SET, 8334));
    core_ok(&f, core_tip(&f, id, TIP_SET, 8333));
    ck_assert_str_eq(core_checks(&f, id), "99025 -9025 = 83333 +6667, tip 8333, due 98333");
}
END_TEST

/* ---- courtesies ---- */

START_TEST(a_courtesy_is_told_apart_to_the_report) {
    struct order_id id = table("almuerzo", 1);
    core_put(&f, id, "torta", 1, "");
    core_ok(&f, percent_off(f.cashier, id, 1000)); /* 4.000 off 40.000 */
    core_ok(&f, core_discount(&f, core_approved(f.cashier, f.manager), id,
                              &(struct order_discount_new){
                                  .courtesy = true, .percent = 10000, .line = {2}, .reason = "Cumpleaños"})); /* 13.500 */
    struct order *o = core_read(&f, id);
    ck_assert_int_eq(o->totals.discount, 17500);
    ck_assert_int_eq(o->totals.courtesy, 13500);
    ck_assert_str_eq(o->discounts[1].approved_by, "Gerencia");
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    core_ok(&f, core_pay_check(&f, id, (struct bill_id){0}, "efectivo"));
    ck_assert_str_eq(core_text(&f, "SELECT gross || ' ' || discount || ' ' || courtesy || ' ' || net FROM bill"),
                     "40000 17500 13500 22500");
    ck_assert_str_eq(
        core_text(&f, "SELECT group_concat(line_id || ' ' || discount || ' ' || courtesy || ' ' || net, ', ') FROM bill_line"),
        "1 2500 0 22500, 2 15000 13500 0");
    struct json day;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = report_daily(db, f.site, atomic_load(&f.till->menu), "2026-11-24", f.arena, &day, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    struct json totals = json_object(day, "totals");
    ck_assert_int_eq(json_int(totals, "discount", 0, MONEY_MAX), 17500);
    ck_assert_int_eq(json_int(totals, "courtesy", 0, MONEY_MAX), 13500);
    ck_assert_int_eq(json_int(totals, "net", 0, MONEY_MAX), 22500);
    ck_assert_str_eq(core_verify(&f), "");
}
END_TEST

START_TEST(a_bill_given_away_whole_is_closed_by_a_payment_of_nothing) {
    struct order_id id = table("almuerzo", 1);
    core_ok(&f, core_discount(&f, f.manager, id,
                              &(struct order_discount_new){.courtesy = true, .percent = 10000, .reason = "Invitación"}));
    ck_assert_str_eq(core_checks(&f, id), "25000 -25000 = 0 +0, due 0");
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    core_ok(&f, core_pay_check(&f, id, (struct bill_id){0}, "efectivo"));
    ck_assert(f.paid.closed);
    ck_assert_str_eq(f.paid.document, "INT-1");
    ck_assert_str_eq(core_verify(&f), "");
}
END_TEST

/* ---- who may ---- */

START_TEST(beyond_the_limit_of_a_role_a_manager_approves) {
    struct order_id id = table("almuerzo", 1);
    const char *before = core_state(&f);
    core_refused(&f, "approval_required", percent_off(f.waiter, id, 1));
    core_refused(&f, "approval_required", percent_off(f.cashier, id, 1001));
    ck_assert_int_eq(f.error.kind, ERROR_DENIED);
    core_refused(&f, "approval_required", amount_off(f.cashier, id, 2501));
    core_refused(&f, "approval_required", percent_off(core_approved(f.cashier, f.cashier), id, 2000));
    ck_assert_str_eq(core_state(&f), before);
    core_ok(&f, amount_off(core_approved(f.waiter, f.manager), id, 2501));
    ck_assert_str_eq(core_text(&f, "SELECT s.name || ' ' || p.name FROM discount d JOIN staff s ON s.id = d.staff_id"
                                   " JOIN staff p ON p.id = d.approved_by"),
                     "Marlene Gerencia");
    ck_assert_int_eq(core_int(&f, "SELECT approved_by FROM journal WHERE kind = 'discount'"), f.manager.staff.v);
}
END_TEST

START_TEST(small_discounts_are_no_way_around_the_limit) {
    struct order_id id = table("almuerzo", 1);    /* 2.500 of it */
    core_ok(&f, percent_off(f.cashier, id, 500)); /* 1.250 */
    core_ok(&f, percent_off(f.cashier, id, 500)); /* 1.188: half up of 1.187,5 */
    core_refused(&f, "approval_required", amount_off(f.cashier, id, 63));
    core_ok(&f, amount_off(f.cashier, id, 62));
    core_refused(&f, "approval_required", line_off(f.cashier, id, 1, 100)); /* the same dish by another name */
}
END_TEST

START_TEST(a_manager_has_the_limit_that_the_site_sets) {
    f.site->discount_limits.manager = 5000;
    f.site->discount_limits.waiter = 200;
    struct order_id id = table("almuerzo", 1);
    core_refused(&f, "approval_required", percent_off(f.manager, id, 5001));
    core_refused(&f, "approval_required", percent_off(core_approved(f.waiter, f.manager), id, 5001));
    core_ok(&f, percent_off(f.waiter, id, 200));
    core_ok(&f, percent_off(core_approved(f.waiter, f.manager), id, 4000));
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(ifnull(approved_by, 'none')) FROM discount"),
                     core_text(&f, "SELECT 'none,' || id FROM staff WHERE name = 'Gerencia'"));
}
END_TEST

START_TEST(a_courtesy_always_needs_a_manager) {
    f.site->discount_limits.cashier = 10000;
    struct order_id id = table("almuerzo", 1);
    core_refused(&f, "approval_required", courtesy(f.cashier, id, 1));
    ck_assert_ptr_nonnull(strstr(f.error.message, "courtesy"));
    core_ok(&f, courtesy(f.manager, id, 25000));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM discount WHERE approved_by IS NOT NULL"), 0);
}
END_TEST

START_TEST(a_courtesy_leaves_the_limit_of_discounts_as_it_was) {
    struct order_id id = table("almuerzo", 1);
    core_ok(&f, courtesy(f.manager, id, 5000));
    core_ok(&f, amount_off(f.cashier, id, 2500));
    core_refused(&f, "approval_required", amount_off(f.cashier, id, 1));
}
END_TEST

/* ---- refusals ---- */

START_TEST(a_discount_that_does_not_fit_is_refused) {
    struct order_id id = table("almuerzo", 1), empty = core_table(&f, "mesa-2");
    core_put(&f, id, "agua", 1, "");
    core_ok(&f, core_remove(&f, id, (struct line_id){2}));
    const char *before = core_state(&f);
    core_refused(&f, "discount_too_large", amount_off(f.manager, id, 25001));
    ck_assert_int_eq(f.error.kind, ERROR_INVALID);
    ck_assert_str_eq(f.error.field, "amount");
    core_refused(&f, "invalid_field", percent_off(f.manager, id, 0));
    core_refused(&f, "invalid_field", percent_off(f.manager, id, 10001));
    core_refused(&f, "invalid_field", percent_off(f.manager, id, -1));
    core_refused(&f, "invalid_field", amount_off(f.manager, id, -1));
    core_refused(&f, "invalid_field",
                 core_discount(&f, f.manager, id, &(struct order_discount_new){.percent = 1, .amount = 1, .reason = "x"}));
    core_refused(&f, "reason_missing", core_discount(&f, f.manager, id, &(struct order_discount_new){.percent = 1}));
    core_refused(&f, "reason_missing",
                 core_discount(&f, f.manager, id, &(struct order_discount_new){.percent = 1, .reason = ""}));
    core_refused(&f, "line_unknown", line_off(f.manager, id, 404, 100));
    core_refused(&f, "line_voided", line_off(f.manager, id, 2, 100));
    core_refused(&f, "order_empty", percent_off(f.manager, empty, 100));
    core_refused(&f, "order_unknown", percent_off(f.manager, (struct order_id){404}, 100));
    core_refused(&f, "staff_needed", percent_off(f.console, id, 100));
    ck_assert_str_eq(core_state(&f), before);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM discount"), 0);
    core_ok(&f, amount_off(f.manager, id, 25000));
    core_refused(&f, "discount_too_large", amount_off(f.manager, id, 1));
    core_refused(&f, "discount_too_large", percent_off(f.manager, id, 100));
    ck_assert_str_eq(f.error.field, "percent");
}
END_TEST

START_TEST(an_order_takes_fifty_discounts) {
    struct order_id id = table("almuerzo", 1);
    for (int i = 0; i < 50; i++) core_ok(&f, amount_off(f.manager, id, 1));
    core_refused(&f, "discounts_full", amount_off(f.manager, id, 1));
    ck_assert_int_eq(core_read(&f, id)->totals.discount, 50);
}
END_TEST

START_TEST(what_is_part_paid_is_not_discounted_below_what_was_paid) {
    struct order_id id = core_sold(&f, "almuerzo", 1);
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "efectivo", .amount = 20000}));
    const char *before = core_state(&f);
    core_refused(&f, "paid_more_than_due", amount_off(f.manager, id, 5001));
    ck_assert_str_eq(core_state(&f), before);
    core_ok(&f, amount_off(f.manager, id, 5000));
    ck_assert_int_eq(core_read(&f, id)->balance, 0);
    core_ok(&f, core_pay_check(&f, id, (struct bill_id){0}, "efectivo"));
    core_refused(&f, "order_paid", amount_off(f.manager, id, 1));
    core_refused(&f, "order_paid", core_discount_remove(&f, id, 1));
    ck_assert_str_eq(core_verify(&f), "");
}
END_TEST

/* ---- later ---- */

START_TEST(an_amount_that_outlives_its_dishes_takes_what_is_left) {
    struct order_id id = table("torta", 1);
    core_put(&f, id, "torta", 1, "");
    core_ok(&f, amount_off(f.manager, id, 20000)); /* of 30.000 */
    core_ok(&f, core_remove(&f, id, (struct line_id){2}));
    ck_assert_str_eq(core_checks(&f, id), "15000 -15000 = 0 +0, due 0");
    ck_assert_int_eq(core_read(&f, id)->discounts[0].value, 15000);
    ck_assert_int_eq(core_read(&f, id)->discounts[0].amount, 20000);
    core_put(&f, id, "almuerzo", 1, "");
    ck_assert_int_eq(core_read(&f, id)->totals.net, 20000); /* 40.000 less all of it */
    core_ok(&f, core_remove(&f, id, (struct line_id){3}));
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    core_ok(&f, core_pay_check(&f, id, (struct bill_id){0}, "efectivo"));
    ck_assert_int_eq(core_int(&f, "SELECT value FROM discount"), 15000);
    ck_assert_str_eq(core_verify(&f), "");
}
END_TEST

START_TEST(a_discount_of_a_voided_line_goes_with_it) {
    struct order_id id = table("torta", 2);
    core_put(&f, id, "agua", 1, "");
    core_ok(&f,
            core_discount(&f, f.manager, id, &(struct order_discount_new){.amount = 20000, .line = {1}, .reason = "Llegó frío"}));
    core_ok(&f, core_void_line(&f, f.manager, id, (struct line_id){1}, 1, "Error"));
    ck_assert_str_eq(lines(id), "1: 1, 15000 -15000; 2: 1, 6000");
    core_ok(&f, core_void_line(&f, f.manager, id, (struct line_id){1}, 1, "Error"));
    ck_assert_str_eq(core_checks(&f, id), "6000 = 5556 +444, due 6000");
    ck_assert_int_eq(core_read(&f, id)->discounts[0].value, 0);
}
END_TEST

START_TEST(a_discount_is_taken_off_again_with_a_trace) {
    struct order_id id = table("almuerzo", 1);
    core_ok(&f, percent_off(f.cashier, id, 1000));
    core_ok(&f, core_discount_remove(&f, id, 1));
    ck_assert_str_eq(core_checks(&f, id), "25000 = 23148 +1852, due 25000");
    ck_assert_uint_eq(core_read(&f, id)->discount_count, 0);
    ck_assert_str_eq(core_text(&f,
                               "SELECT percent || ' ' || s.name || ' ' || d.removed_at FROM discount d JOIN staff s ON s.id = "
                               "d.removed_by"),
                     "1000 Caja 1795567320000");
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(kind || ' ' || json_extract(detail, '$.amount')) FROM journal WHERE kind "
                                   "LIKE 'discount%'"),
                     "discount 2500,discount_removed 2500");
    core_refused(&f, "discount_unknown", core_discount_remove(&f, id, 1));
    core_refused(&f, "discount_unknown", core_discount_remove(&f, id, 404));
    ck_assert_int_eq(f.error.kind, ERROR_NOT_FOUND);
}
END_TEST

START_TEST(every_change_of_a_discount_raises_the_version) {
    struct order_id id = table("almuerzo", 1);
    core_ok(&f, percent_off(f.cashier, id, 1000));
    ck_assert_int_eq(core_read(&f, id)->version, 3);
    core_ok(&f, core_discount_remove(&f, id, 1));
    ck_assert_int_eq(core_read(&f, id)->version, 4);
}
END_TEST

START_TEST(the_list_of_orders_shows_what_is_left_to_pay_for) {
    struct order_id id = table("almuerzo", 2);
    core_ok(&f, percent_off(f.cashier, id, 1000));
    struct order_id plain = core_table(&f, "mesa-2");
    core_put(&f, plain, "agua", 1, "");
    struct order_summary *list;
    size_t count;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = order_list(db, -1, (struct shift_id){0}, 0, 10, f.arena, &list, &count, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(list[0].net, 6000);
    ck_assert_int_eq(list[1].net, 45000);
}
END_TEST

/* ---- paper ---- */

START_TEST(a_receipt_says_what_came_off_and_why) {
    struct order_id id = table("almuerzo", 2);
    core_ok(&f, percent_off(f.cashier, id, 1000));
    core_ok(&f, courtesy(f.manager, id, 6000));
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    core_ok(&f, core_pay_check(&f, id, (struct bill_id){0}, "efectivo"));
    const char *paper = core_paper(&f, f.paid.receipt, "receipt-discounts");
    static const char wanted[] = "Subtotal                                $ 50.000\n"
                                 "Descuento 10 %                          -$ 5.000\n"
                                 "  Cliente frecuente\n"
                                 "Cortesía                                -$ 6.000\n"
                                 "  Cumpleaños\n"
                                 "Base INC 8 %                            $ 36.111\n"
                                 "INC 8 %                                  $ 2.889\n";
    ck_assert_msg(strstr(paper, wanted) != NULL, "%s", paper);
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_discount", setup, teardown,
        DATA_TESTS(ten_percent_off_the_bill_is_shared_over_lines_and_taxes, an_amount_off_the_bill_goes_by_largest_remainder,
                   a_discount_of_a_line_leaves_the_others_alone, discounts_come_off_in_the_order_they_were_given,
                   a_percentage_holds_for_what_is_added_later, a_discount_lowers_the_highest_tip,
                   a_courtesy_is_told_apart_to_the_report, a_bill_given_away_whole_is_closed_by_a_payment_of_nothing,
                   beyond_the_limit_of_a_role_a_manager_approves, small_discounts_are_no_way_around_the_limit,
                   a_manager_has_the_limit_that_the_site_sets, a_courtesy_always_needs_a_manager,
                   a_courtesy_leaves_the_limit_of_discounts_as_it_was, a_discount_that_does_not_fit_is_refused,
                   an_order_takes_fifty_discounts, what_is_part_paid_is_not_discounted_below_what_was_paid,
                   an_amount_that_outlives_its_dishes_takes_what_is_left, a_discount_of_a_voided_line_goes_with_it,
                   a_discount_is_taken_off_again_with_a_trace, every_change_of_a_discount_raises_the_version,
                   the_list_of_orders_shows_what_is_left_to_pay_for, a_receipt_says_what_came_off_and_why));
}
