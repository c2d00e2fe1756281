/* Splits: the parts add up exactly, what is fixed does not move, and nothing is split that does not fit. */
#include <string.h>

#include "tests/support/core_checks.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

static bool by_seat(struct order_id id, const int32_t *seats, size_t count) {
    return core_split(&f, id, &(struct order_split_new){.seats = seats, .seat_count = count});
}
static bool by_amount(struct order_id id, money amount) {
    return core_split(&f, id, &(struct order_split_new){.amount = amount});
}
static bool off(struct order_id id, int64_t line) {
    return core_discount(&f, f.manager, id, &(struct order_discount_new){.percent = 100, .line = {line}, .reason = "Demora"});
}
static struct order_id table(const char *item, int32_t quantity) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, item, quantity, "");
    return id;
}
static void seated(struct order_id id, const char *item, int32_t seat) {
    core_ok(&f, core_add(&f, id, &(struct order_line_new){.item = item, .quantity = 1, .note = "", .seat = seat}, 1));
}
static bool paid(struct order_id id, struct bill_id check) {
    return core_pay_check(&f, id, check, "efectivo");
}

/* ---- figures ---- */

/* RULES §4's bill of 99.025 with a tip of 9.169, three ways: 108.194 = 36.065 + 36.065 + 36.064. */
START_TEST(an_even_split_shares_sale_taxes_and_tip_exactly) {
    struct order_id id = table("banquete", 1);
    core_ok(&f, core_tip(&f, id, TIP_SET, 9169));
    core_ok(&f, core_split_evenly(&f, id, 3));
    ck_assert_str_eq(core_checks(&f, id), "Parte 1 de 3: 33009 = 30564 +2445, tip 3056, due 36065; "
                                          "Parte 2 de 3: 33008 = 30563 +2445, tip 3057, due 36065; "
                                          "Parte 3 de 3: 33008 = 30563 +2445, tip 3056, due 36064");
    struct order *o = core_read(&f, id);
    ck_assert_int_eq(o->totals.base, 91690);
    ck_assert_int_eq(o->totals.tax, 7335);
    ck_assert_int_eq(o->totals.tip, 9169);
    ck_assert_int_eq(o->totals.due, 108194);
    ck_assert_int_eq(o->tip_answer, TIP_SET);
    ck_assert_str_eq(core_check_lines(&f, id, 1), "1: 0, 33009"); /* no whole dish; the last has it */
    ck_assert_str_eq(core_check_lines(&f, id, 3), "1: 1, 33008");
    core_pay_all(&f, id);
    ck_assert_str_eq(core_text(&f, "SELECT sum(net) || ' ' || sum(base) || ' ' || sum(tax) || ' ' || sum(tip) FROM bill"),
                     "99025 91690 7335 9169");
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(charged || ' ' || adjustment, ', ') FROM payment"),
                     "36050 -15, 36050 -15, 36050 -14");
}
END_TEST

START_TEST(a_split_by_seat_leaves_what_nobody_claims_on_a_last_check) {
    struct order_id id = core_table(&f, "mesa-1");
    seated(id, "posta", 1);
    seated(id, "caldoso", 2);
    seated(id, "agua", 0);
    core_ok(&f, core_tip(&f, id, TIP_SET, 8000));
    core_ok(&f, by_seat(id, (int32_t[]){1, 2}, 2));
    ck_assert_str_eq(core_checks(&f, id), "Puesto 1: 42000 = 38889 +3111, tip 3500, due 45500; "
                                          "Puesto 2: 48000 = 44444 +3556, tip 4000, due 52000; "
                                          "Resto: 6000 = 5556 +444, tip 500, due 6500");
    ck_assert_str_eq(core_check_lines(&f, id, 2), "2: 1, 48000");
    core_pay_all(&f, id);
}
END_TEST

START_TEST(a_split_by_seat_has_no_rest_when_the_seats_have_everything) {
    struct order_id id = core_table(&f, "mesa-1");
    seated(id, "posta", 1);
    seated(id, "agua", 2);
    seated(id, "torta", 1);
    core_refused(&f, "seat_empty", by_seat(id, (int32_t[]){1, 3}, 2));
    ck_assert_str_eq(f.error.field, "seats");
    core_ok(&f, by_seat(id, (int32_t[]){2, 1}, 2));
    ck_assert_str_eq(core_check_lines(&f, id, 1), "2: 1, 6000");
    ck_assert_str_eq(core_check_lines(&f, id, 2), "1: 1, 42000; 3: 1, 15000");
    ck_assert_uint_eq(core_read(&f, id)->bill_count, 2);
    core_pay_all(&f, id);
}
END_TEST

START_TEST(a_split_by_dish_takes_whole_dishes) {
    struct order_id id = table("limonada", 3);
    core_ok(&f, core_split_dish(&f, id, 1, 2));
    ck_assert_str_eq(core_checks(&f, id),
                     "Selección: 17800 = 16481 +1319, due 17800; Resto: 8900 = 8241 +659, due 8900"); /* 24.722 + 1.978 */
    ck_assert_str_eq(core_check_lines(&f, id, 1), "1: 2, 17800");
    ck_assert_str_eq(core_check_lines(&f, id, 2), "1: 1, 8900");
    core_pay_all(&f, id);
}
END_TEST

static bool by_dish(struct order_id id, const struct bill_pick *picks, size_t count) {
    return core_split(&f, id, &(struct order_split_new){.picks = picks, .pick_count = count});
}

/* 46.000 = 42.593 + 3.407, of which the lines have 1.852, 444 and 1.111; of the cake each has 7.500, with 555 and 556 of tax. */
START_TEST(two_checks_of_dishes_share_one_dish) {
    struct order_id id = table("almuerzo", 1);
    core_put(&f, id, "agua", 1, "");
    core_put(&f, id, "torta", 1, "");
    core_ok(&f, by_dish(id, (struct bill_pick[]){{3, 1, 2, 1}, {1, 1, 0, 1}, {3, 1, 2, 2}, {2, 1, 0, 2}}, 4));
    ck_assert_str_eq(core_checks(&f, id),
                     "Selección 1: 32500 = 30093 +2407, due 32500; Selección 2: 13500 = 12500 +1000, due 13500");
    ck_assert_str_eq(core_check_lines(&f, id, 1), "1: 1, 25000; 3: 0, 7500");
    ck_assert_str_eq(core_check_lines(&f, id, 2), "2: 1, 6000; 3: 1, 7500");
    core_pay_all(&f, id);
}
END_TEST

/* Of two jugs for three one third is nobody's yet: 17.800 / 3 = 5.933,33, and half of the 11.867 that are left. */
START_TEST(a_share_that_no_check_has_is_left_for_the_rest) {
    struct order_id id = table("limonada", 2);
    core_ok(&f, by_dish(id, (struct bill_pick[]){{1, 1, 3, 1}, {1, 1, 3, 2}}, 2));
    ck_assert_str_eq(core_check_lines(&f, id, 1), "1: 0, 5933");
    ck_assert_str_eq(core_check_lines(&f, id, 2), "1: 1, 5933");
    ck_assert_str_eq(core_check_lines(&f, id, 3), "1: 1, 5934");
    /* A share that is no dish is shared again. */
    core_ok(&f, core_split(&f, id,
                           &(struct order_split_new){
                               .check = core_check(&f, id, 1), .picks = &(struct bill_pick){1, 1, 2, 1}, .pick_count = 1}));
    ck_assert_str_eq(core_check_lines(&f, id, 1), "1: 0, 2966");
    core_pay_all(&f, id);
}
END_TEST

START_TEST(dishes_for_several_checks_are_refused_by_their_place) {
    struct order_id id = table("almuerzo", 1);
    core_put(&f, id, "torta", 2, "");
    const char *before = core_state(&f);
    core_refused(&f, "too_many_picked", by_dish(id, (struct bill_pick[]){{1, 1, 0, 1}, {2, 3, 0, 2}}, 2));
    ck_assert_str_eq(f.error.field, "lines[1].quantity");
    core_refused(&f, "too_many_picked", by_dish(id, (struct bill_pick[]){{2, 2, 2, 1}, {2, 1, 2, 2}}, 2));
    ck_assert_str_eq(f.error.field, "lines[1].quantity");
    core_refused(&f, "invalid_field", by_dish(id, (struct bill_pick[]){{2, 1, 2, 1}, {2, 1, 3, 2}}, 2));
    ck_assert_str_eq(f.error.field, "lines[0].of");
    core_refused(&f, "invalid_field", by_dish(id, (struct bill_pick[]){{2, 1, 2, 1}, {2, 1, 2, 1}}, 2));
    ck_assert_str_eq(f.error.field, "lines[1].of");
    core_refused(&f, "split_too_few", by_dish(id, (struct bill_pick[]){{1, 1, 0, 1}, {2, 1, 0, 3}}, 2)); /* none is the second */
    ck_assert_str_eq(core_state(&f), before);
}
END_TEST

START_TEST(a_split_by_amount_makes_a_check_of_that_much) {
    struct order_id id = table("bandeja", 1);
    core_ok(&f, by_amount(id, 20000));
    ck_assert_str_eq(core_checks(&f, id),
                     "$ 20.000: 20000 = 18518 +1482, due 20000; Resto: 7480 = 6926 +554, due 7480"); /* 25.444 + 2.036 */
    core_pay_all(&f, id);
}
END_TEST

START_TEST(a_part_is_split_again) {
    struct order_id id = table("almuerzo", 1);
    core_put(&f, id, "torta", 1, "");
    core_put(&f, id, "agua", 1, "");
    core_ok(&f, core_split_dish(&f, id, 1, 1)); /* 42.593 + 3.407 in all */
    core_ok(&f, core_split(&f, id, &(struct order_split_new){.check = core_check(&f, id, 2), .ways = 2}));
    ck_assert_str_eq(core_checks(&f, id), "Selección: 25000 = 23148 +1852, due 25000; "
                                          "Resto · Parte 1 de 2: 10500 = 9722 +778, due 10500; "
                                          "Resto · Parte 2 de 2: 10500 = 9723 +777, due 10500");
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(DISTINCT split) FROM bill"), "1");
    core_pay_all(&f, id);
    ck_assert_str_eq(core_text(&f, "SELECT sum(net) || ' ' || sum(base) || ' ' || sum(tax) FROM bill"), "46000 42593 3407");
}
END_TEST

/* RULES §2, example 4, in three. */
START_TEST(a_discount_is_shared_with_what_it_came_off) {
    struct order_id id = table("torta", 1);
    core_put(&f, id, "torta", 1, "");
    core_put(&f, id, "torta", 1, "");
    core_ok(&f, core_discount(&f, f.manager, id, &(struct order_discount_new){.amount = 10000, .reason = "Demora"}));
    core_ok(&f, core_split_evenly(&f, id, 3));
    ck_assert_str_eq(core_checks(&f, id), "Parte 1 de 3: 15000 -3333 = 10803 +864, due 11667; "
                                          "Parte 2 de 3: 15000 -3333 = 10802 +865, due 11667; "
                                          "Parte 3 de 3: 15000 -3334 = 10802 +864, due 11666");
    ck_assert_str_eq(core_text(&f, "SELECT split || ' ' || value FROM discount"), "1 10000");
    ck_assert_int_eq(core_read(&f, id)->discounts[0].value, 10000);
    core_pay_all(&f, id);
    ck_assert_int_eq(core_int(&f, "SELECT sum(discount) FROM bill"), 10000);
}
END_TEST

START_TEST(dishes_of_one_discount_take_their_share_along) {
    struct order_id id = table("torta", 1);
    core_put(&f, id, "torta", 1, "");
    core_put(&f, id, "torta", 1, "");
    core_ok(&f, core_discount(&f, f.manager, id, &(struct order_discount_new){.amount = 10000, .reason = "Demora"}));
    core_ok(&f, core_split_dish(&f, id, 1, 1));
    ck_assert_str_eq(core_check_lines(&f, id, 1), "1: 1, 15000 -3334");
    ck_assert_str_eq(core_check_lines(&f, id, 2), "2: 1, 15000 -3333; 3: 1, 15000 -3333");
    core_pay_all(&f, id);
}
END_TEST

/* ---- what is fixed ---- */

START_TEST(what_stands_on_a_check_is_neither_voided_nor_discounted) {
    struct order_id id = table("almuerzo", 2);
    core_ok(&f, off(id, 1));
    core_ok(&f, core_split_evenly(&f, id, 2));
    const char *before = core_state(&f);
    core_refused(&f, "order_split", core_remove(&f, id, (struct line_id){1}));
    ck_assert_int_eq(f.error.kind, ERROR_CONFLICT);
    core_refused(&f, "order_split", core_void_line(&f, f.manager, id, (struct line_id){1}, 1, "Error"));
    core_refused(&f, "order_split", off(id, 1));
    core_refused(&f, "order_split", off(id, 0));
    core_refused(&f, "order_split", core_discount_remove(&f, id, 1));
    ck_assert_str_eq(core_state(&f), before);
}
END_TEST

START_TEST(what_is_added_after_a_split_is_a_further_check) {
    struct order_id id = table("bandeja", 1);
    core_ok(&f, core_tip(&f, id, TIP_SET, 2000));
    core_ok(&f, core_split_evenly(&f, id, 2));
    core_put(&f, id, "agua", 1, "");
    core_put(&f, id, "limonada", 1, "");
    ck_assert_str_eq(core_checks(&f, id), "Parte 1 de 2: 13740 = 12722 +1018, tip 1000, due 14740; "
                                          "Parte 2 de 2: 13740 = 12722 +1018, tip 1000, due 14740; "
                                          "14900 = 13796 +1104, due 14900");
    struct order *o = core_read(&f, id);
    ck_assert_int_eq(o->tip_answer, TIP_UNASKED); /* of the new one */
    ck_assert_int_eq(o->bills[0].tip_answer, TIP_SET);
    ck_assert_int_eq(o->totals.due, 44380);
    core_ok(&f, core_remove(&f, id, (struct line_id){3}));
    core_ok(&f, off(id, 2));
    core_ok(&f, off(id, 0));
    ck_assert_int_eq(core_read(&f, id)->bills[2].totals.net, 5881); /* 6.000 − 60 − 59 */
    core_pay_all(&f, id);
}
END_TEST

START_TEST(a_check_of_what_was_added_is_split_too) {
    struct order_id id = table("bandeja", 1);
    core_ok(&f, core_split_evenly(&f, id, 2));
    core_put(&f, id, "torta", 2, "");
    core_ok(&f, core_split(&f, id, &(struct order_split_new){.check = core_check(&f, id, 3), .ways = 2}));
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(split, ',') FROM (SELECT split FROM bill ORDER BY position)"), "1,1,2,2");
    ck_assert_str_eq(core_check_lines(&f, id, 4), "2: 1, 15000");
    core_pay_all(&f, id);
}
END_TEST

START_TEST(a_check_that_a_void_leaves_empty_is_nobodys) {
    struct order_id id = table("bandeja", 1);
    core_ok(&f, core_split_evenly(&f, id, 2));
    core_put(&f, id, "agua", 1, "");
    core_ok(&f, core_remove(&f, id, (struct line_id){2}));
    ck_assert_uint_eq(core_read(&f, id)->bill_count, 2);
    core_put(&f, id, "torta", 1, "");
    ck_assert_uint_eq(core_read(&f, id)->bill_count, 3);
    core_ok(&f, core_remove(&f, id, (struct line_id){3}));
    core_pay_all(&f, id);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM bill WHERE state = 'open'"), 0);
}
END_TEST

START_TEST(voiding_the_last_dish_ends_an_order_whose_checks_are_paid) {
    struct order_id id = table("bandeja", 1);
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    core_ok(&f, core_split_evenly(&f, id, 2));
    core_put(&f, id, "limonada", 1, "");
    core_ok(&f, core_send(&f, id));
    core_ok(&f, paid(id, core_check(&f, id, 1)));
    core_ok(&f, paid(id, core_check(&f, id, 2)));
    ck_assert_int_eq(core_read(&f, id)->state, ORDER_SENT);
    core_ok(&f, core_void_line(&f, f.manager, id, (struct line_id){2}, 1, "Error"));
    struct order *o = core_read(&f, id);
    ck_assert_int_eq(o->state, ORDER_PAID);
    ck_assert_int_eq(o->paid, 27480);
    ck_assert(!o->changed); /* the bar was told */
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job WHERE station = 'barra'"), 2);
    ck_assert_str_eq(core_verify(&f), "");
}
END_TEST

/* ---- undoing ---- */

START_TEST(a_split_is_undone_while_nothing_is_paid) {
    struct order_id id = table("banquete", 1);
    core_ok(&f, off(id, 0)); /* 990 */
    core_ok(&f, core_tip(&f, id, TIP_SET, 9000));
    core_ok(&f, core_split_evenly(&f, id, 3));
    core_ok(&f, core_split(&f, id, &(struct order_split_new){.check = core_check(&f, id, 2), .amount = 10000}));
    core_put(&f, id, "agua", 1, "");
    core_ok(&f, core_unsplit(&f, id));
    ck_assert_str_eq(core_checks(&f, id), "105025 -1050 = 96273 +7702, tip 9000, due 112975"); /* 1 % of it all: 1.050,25 */
    struct order *o = core_read(&f, id);
    ck_assert_int_eq(o->tip_answer, TIP_SET);
    ck_assert_int_eq(o->discounts[0].split, 0);
    ck_assert_int_eq(o->bills[0].id.v, 1);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM bill_line"), 0);
    core_refused(&f, "not_split", core_unsplit(&f, id));
    core_ok(&f, core_discount_remove(&f, id, 1));
    core_ok(&f, core_remove(&f, id, (struct line_id){2}));
    ck_assert_str_eq(core_checks(&f, id), "99025 = 91690 +7335, tip 9000, due 108025");
    core_ok(&f, core_split_evenly(&f, id, 2)); /* its checks are new ones: nobody pays one that was meant for another */
    ck_assert_int_eq(core_check(&f, id, 1).v, 1);
    ck_assert_int_gt(core_check(&f, id, 2).v, 5);
    core_pay_all(&f, id);
}
END_TEST

START_TEST(undoing_a_split_keeps_the_answers_about_the_tip) {
    struct order_id id = table("banquete", 1);
    core_ok(&f, core_split_evenly(&f, id, 2));
    core_ok(&f, core_tip_check(&f, id, core_check(&f, id, 2), TIP_DECLINED, 0));
    core_ok(&f, core_unsplit(&f, id));
    ck_assert_int_eq(core_read(&f, id)->tip_answer, TIP_UNASKED); /* one was not asked */
    core_ok(&f, core_split_evenly(&f, id, 2));
    core_ok(&f, core_tip_check(&f, id, core_check(&f, id, 1), TIP_SET, 3000));
    core_ok(&f, core_tip_check(&f, id, core_check(&f, id, 2), TIP_SET, 1000));
    core_ok(&f, core_unsplit(&f, id));
    ck_assert_int_eq(core_read(&f, id)->totals.tip, 4000);
}
END_TEST

START_TEST(a_split_of_which_something_is_paid_stands) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    core_ok(&f, core_split_evenly(&f, id, 3));
    struct bill_id first = core_check(&f, id, 1), second = core_check(&f, id, 2);
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.bill = first, .means = "efectivo", .amount = 1000}));
    const char *before = core_state(&f);
    core_refused(&f, "order_part_paid", core_unsplit(&f, id));
    core_refused(&f, "order_part_paid", core_void(&f, f.manager, id, "Error"));
    core_refused(&f, "order_part_paid", core_split(&f, id, &(struct order_split_new){.check = first, .ways = 2}));
    ck_assert_str_eq(core_state(&f), before);
    core_ok(&f, core_split(&f, id, &(struct order_split_new){.check = second, .ways = 2}));
    core_pay_all(&f, id);
    core_refused(&f, "order_paid", core_unsplit(&f, id));
}
END_TEST

/* ---- the kitchen, voids, refusals ---- */

START_TEST(splitting_prints_no_food_ticket) {
    struct order_id id = table("almuerzo", 2);
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_split_evenly(&f, id, 2));
    core_ok(&f, core_unsplit(&f, id));
    core_ok(&f, core_split_dish(&f, id, 1, 1));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job"), 1);
    core_pay_all(&f, id);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job WHERE kind = 'kitchen'"), 1);
}
END_TEST

START_TEST(a_split_order_is_voided_whole_while_nothing_is_paid) {
    struct order_id id = table("almuerzo", 2);
    core_ok(&f, core_split_evenly(&f, id, 2));
    core_ok(&f, core_void(&f, f.manager, id, "Se fueron"));
    struct order *o = core_read(&f, id);
    ck_assert_int_eq(o->state, ORDER_VOIDED);
    ck_assert_int_eq(o->totals.due, 0);
    ck_assert_uint_eq(o->bill_count, 0);
    ck_assert_int_eq(core_int(&f, "SELECT json_extract(detail, '$.amount') FROM journal WHERE kind = 'order_voided'"), 50000);
    ck_assert_str_eq(core_verify(&f), "");
}
END_TEST

START_TEST(a_check_of_nothing_that_was_closed_counts_as_paid) {
    struct order_id id = table("almuerzo", 1);
    core_put(&f, id, "torta", 1, "");
    core_ok(&f,
            core_discount(&f, f.manager, id,
                          &(struct order_discount_new){.courtesy = true, .percent = 10000, .line = {2}, .reason = "Cumpleaños"}));
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    core_ok(&f, core_split_dish(&f, id, 2, 1));
    ck_assert_str_eq(core_checks(&f, id), "Selección: 15000 -15000 = 0 +0, due 0; Resto: 25000 = 23148 +1852, due 25000");
    core_ok(&f, paid(id, core_check(&f, id, 1)));
    core_refused(&f, "order_part_paid", core_void(&f, f.manager, id, "Error"));
    core_refused(&f, "order_part_paid", core_unsplit(&f, id));
    core_pay_all(&f, id);
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(discount || ' ' || courtesy) FROM bill"), "15000 15000,0 0");
}
END_TEST

START_TEST(a_split_that_does_not_fit_is_refused) {
    struct order_id id = table("almuerzo", 2), empty = core_table(&f, "mesa-2");
    seated(id, "agua", 4);
    const char *before = core_state(&f);
    core_refused(&f, "order_empty", core_split_evenly(&f, empty, 2));
    core_refused(&f, "invalid_field", core_split(&f, id, &(struct order_split_new){0}));
    core_refused(&f, "invalid_field", core_split(&f, id, &(struct order_split_new){.ways = 2, .amount = 1000}));
    core_refused(&f, "invalid_field", core_split_evenly(&f, id, 1));
    core_refused(&f, "invalid_field", core_split_evenly(&f, id, 51));
    ck_assert_str_eq(f.error.field, "ways");
    core_refused(&f, "invalid_field", core_split_evenly(&f, id, -2));
    core_refused(&f, "invalid_field", by_amount(id, -1));
    core_refused(&f, "amount_over_balance", by_amount(id, 56001));
    core_refused(&f, "split_too_few", by_amount(id, 56000));
    core_refused(&f, "line_unknown", core_split_dish(&f, id, 404, 1));
    core_refused(&f, "too_many_picked", core_split_dish(&f, id, 1, 3));
    ck_assert_str_eq(f.error.field, "lines[0].quantity");
    core_refused(&f, "invalid_field", by_seat(id, (int32_t[]){0}, 1));
    core_refused(&f, "invalid_field", by_seat(id, (int32_t[]){100}, 1));
    core_refused(&f, "invalid_field", by_seat(id, (int32_t[]){4, 4}, 2));
    core_refused(&f, "seat_empty", by_seat(id, (int32_t[]){5}, 1));
    core_refused(&f, "bill_unknown", core_split(&f, id, &(struct order_split_new){.check = {404}, .ways = 2}));
    core_refused(&f, "order_unknown", core_split_evenly(&f, (struct order_id){404}, 2));
    core_refused(&f, "not_split", core_unsplit(&f, id));
    ck_assert_str_eq(core_state(&f), before);
    struct order_id gift = core_table(&f, "mesa-3");
    core_put(&f, gift, "degustacion", 1, "");
    core_refused(&f, "split_too_few", core_split_evenly(&f, gift, 2)); /* nothing to share */
}
END_TEST

START_TEST(a_split_raises_the_version_and_stands_in_the_journal) {
    struct order_id id = table("bandeja", 1);
    core_ok(&f, core_split_evenly(&f, id, 2));
    ck_assert_int_eq(core_read(&f, id)->version, 3);
    ck_assert_str_eq(core_text(&f, "SELECT detail FROM journal WHERE kind = 'split'"),
                     "{\"bill\":1,\"due\":27480,\"parts\":[{\"label\":\"Parte 1 de 2\",\"due\":13740},{\"label\":\"Parte 2 de "
                     "2\",\"due\":13740}]}");
    core_ok(&f, core_unsplit(&f, id));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM journal WHERE kind = 'unsplit'"), 1);
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_split", setup, teardown,
        DATA_TESTS(an_even_split_shares_sale_taxes_and_tip_exactly, a_split_by_seat_leaves_what_nobody_claims_on_a_last_check,
                   a_split_by_seat_has_no_rest_when_the_seats_have_everything, a_split_by_dish_takes_whole_dishes,
                   two_checks_of_dishes_share_one_dish, a_share_that_no_check_has_is_left_for_the_rest,
                   dishes_for_several_checks_are_refused_by_their_place, a_split_by_amount_makes_a_check_of_that_much,
                   a_part_is_split_again, a_discount_is_shared_with_what_it_came_off,
                   dishes_of_one_discount_take_their_share_along, what_stands_on_a_check_is_neither_voided_nor_discounted,
                   what_is_added_after_a_split_is_a_further_check, a_check_of_what_was_added_is_split_too,
                   a_check_that_a_void_leaves_empty_is_nobodys, voiding_the_last_dish_ends_an_order_whose_checks_are_paid,
                   a_split_is_undone_while_nothing_is_paid, undoing_a_split_keeps_the_answers_about_the_tip,
                   a_split_of_which_something_is_paid_stands, splitting_prints_no_food_ticket,
                   a_split_order_is_voided_whole_while_nothing_is_paid, a_check_of_nothing_that_was_closed_counts_as_paid,
                   a_split_that_does_not_fit_is_refused, a_split_raises_the_version_and_stands_in_the_journal));
}
