/* Fiscal numbers: no gap, no repeat, nothing taken when there is none, and a warning before that. */
#include "pos/core/numbering.h"

#include <string.h>

#include "tests/support/core_fixture.h"

static struct core_fixture f;
static struct site_numbering ranges[3];
static void setup(void) {
    core_fixture_prepare(&f);
    ranges[0] = (struct site_numbering){"pos", "INT", 101, 103, "2026-01-01", "2026-12-31", "18764000000001", "2025-12-20"};
    f.site->numbering = ranges;
    f.site->numbering_count = 1;
}
static void teardown(void) {
    core_fixture_close(&f);
}

static void start(void) {
    core_fixture_start(&f);
    core_fixture_open_shift(&f);
}
static bool sell(void) {
    return core_pay(&f, core_sold(&f, "almuerzo", 1), &(struct payment_new){.means = "efectivo"});
}
static const char *documents(void) {
    return core_text(&f, "SELECT group_concat(prefix || number) FROM (SELECT * FROM fiscal_document ORDER BY id)");
}
static bool register_again(struct act *act, void *self, struct error *e) {
    (void)self;
    return numbering_register(act, e);
}
/* Some days after 24 November 2026. */
static int64_t days_on(int days) {
    return CORE_NOW + days * INT64_C(86400000);
}
static struct number_status status_at(int64_t now) {
    struct number_status s;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = numbering_status(db, now, f.arena, &s, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    return s;
}
static const char *states(const struct number_status *s) {
    const char *text = "";
    for (size_t i = 0; i < s->count; i++)
        text = arena_printf(f.arena, "%s%s%s", text, i ? " " : "", number_state_names[s->ranges[i].state]);
    return text;
}
/* A second authorisation in line. */
static void in_line(struct site_numbering second) {
    ranges[1] = second;
    f.site->numbering_count = 2;
}
static const char *receipt_says(const char *what) {
    const char *paper = core_paper(&f, f.paid.receipt, NULL), *found = strstr(paper, what);
    return found ? what : paper;
}

START_TEST(numbers_follow_each_other_to_the_last_and_then_stop) {
    start();
    for (int i = 0; i < 3; i++) core_ok(&f, sell());
    ck_assert_str_eq(f.paid.document, "INT-103");
    struct order_id id = core_sold(&f, "almuerzo", 1);
    const char *before = core_state(&f);
    core_refused(&f, "number_range_exhausted", core_pay(&f, id, &(struct payment_new){.means = "efectivo"}));
    ck_assert_int_eq(f.error.kind, ERROR_CONFLICT);
    ck_assert_str_eq(before, core_state(&f));
    ck_assert_str_eq(documents(), "INT101,INT102,INT103");
}
END_TEST

START_TEST(a_refused_payment_takes_no_number) {
    start();
    struct order_id id = core_sold(&f, "fiesta-y-uno", 1);
    core_refused(&f, "buyer_needed", core_pay(&f, id, &(struct payment_new){.means = "efectivo"}));
    core_ok(&f, core_void(&f, f.manager, id, "Error"));
    core_ok(&f, sell());
    ck_assert_str_eq(f.paid.document, "INT-101");
}
END_TEST

START_TEST(the_next_authorisation_takes_over) {
    ranges[1] = (struct site_numbering){"pos", "IN2", 1, 50, "2026-01-01", "2027-12-31", "18764000000002", "2025-12-20"};
    f.site->numbering_count = 2;
    start();
    for (int i = 0; i < 4; i++) core_ok(&f, sell());
    ck_assert_str_eq(documents(), "INT101,INT102,INT103,IN21");
}
END_TEST

START_TEST(an_expired_authorisation_is_refused_with_the_reason) {
    start();
    f.clock.fixed = CORE_NOW + INT64_C(38) * 86400000; /* 1 January 2027 */
    struct order_id id = core_sold(&f, "almuerzo", 1);
    const char *before = core_state(&f);
    core_refused(&f, "number_range_expired", core_pay(&f, id, &(struct payment_new){.means = "efectivo"}));
    ck_assert_ptr_nonnull(strstr(f.error.message, "2027-01-01"));
    ck_assert_str_eq(before, core_state(&f));
}
END_TEST

START_TEST(the_last_day_of_validity_still_counts_in_local_time) {
    start();
    f.clock.fixed = CORE_NOW + INT64_C(37) * 86400000; /* 31 December 2026 19:42 in Bogotá, 1 January in Greenwich */
    core_ok(&f, sell());
    ck_assert_str_eq(f.paid.document, "INT-101");
}
END_TEST

START_TEST(one_that_is_not_valid_yet_is_not_used) {
    ranges[0].valid_from = "2026-11-25";
    start();
    core_refused(&f, "number_range_expired", sell());
}
END_TEST

START_TEST(registering_again_never_moves_back) {
    start();
    core_ok(&f, sell());
    int64_t entries = core_int(&f, "SELECT count(*) FROM journal");
    core_ok(&f, core_do(&f, f.console, register_again, NULL));
    ck_assert_int_eq(core_int(&f, "SELECT next FROM number_range"), 102);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM journal"), entries); /* nothing new: nothing to tell */
    ranges[0].valid_until = "2027-06-30";
    core_ok(&f, core_do(&f, f.console, register_again, NULL));
    ck_assert_str_eq(core_text(&f, "SELECT next || ' ' || valid_until FROM number_range"), "102 2027-06-30");
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM journal"), entries + 1);
    core_ok(&f, sell());
    ranges[0].to = 101;
    core_refused(&f, "number_range_moved_back", core_do(&f, f.console, register_again, NULL));
    ck_assert_int_eq(core_int(&f, "SELECT last FROM number_range"), 103);
}
END_TEST

START_TEST(two_authorisations_never_share_a_number) {
    start();
    ranges[1] = (struct site_numbering){"pos", "INT", 103, 200, "2026-01-01", "2027-12-31", "18764000000002", "2025-12-20"};
    f.site->numbering_count = 2;
    core_refused(&f, "number_range_overlap", core_do(&f, f.console, register_again, NULL));
    ranges[1].from = 104;
    core_ok(&f, core_do(&f, f.console, register_again, NULL));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM number_range"), 2);
}
END_TEST

START_TEST(a_range_warns_when_exactly_a_tenth_is_left) {
    ranges[0].from = 1;
    ranges[0].to = 20;
    start();
    struct number_status s = status_at(CORE_NOW);
    ck_assert_uint_eq(s.count, 1);
    ck_assert_int_eq(s.ranges[0].from, 1);
    ck_assert_int_eq(s.ranges[0].to, 20);
    ck_assert_int_eq(s.ranges[0].next, 1);
    ck_assert_int_eq(s.ranges[0].remaining, 20);
    ck_assert_int_eq(s.ranges[0].days_left, 37);
    ck_assert_int_eq(s.ranges[0].state, NUMBER_RANGE_ACTIVE);
    ck_assert_int_eq(s.ranges[0].warning, NUMBER_WARNING_NONE);
    ck_assert_ptr_eq(s.active, &s.ranges[0]);
    for (int i = 0; i < 17; i++) core_ok(&f, sell());
    ck_assert_int_eq(status_at(CORE_NOW).warning, NUMBER_WARNING_NONE); /* 3 of 20 left */
    core_ok(&f, sell());
    s = status_at(CORE_NOW); /* 2 of 20 */
    ck_assert_int_eq(s.active->remaining, 2);
    ck_assert_int_eq(s.active->next, 19);
    ck_assert_int_eq(s.active->warning, NUMBER_WARNING_FEW);
    ck_assert_int_eq(s.remaining, 2);
}
END_TEST

START_TEST(a_range_warns_when_thirty_days_are_left) {
    start();
    ck_assert_int_eq(status_at(days_on(6)).days_left, 31); /* 30 November */
    ck_assert_int_eq(status_at(days_on(6)).warning, NUMBER_WARNING_NONE);
    ck_assert_int_eq(status_at(days_on(7)).days_left, 30); /* 1 December */
    ck_assert_int_eq(status_at(days_on(7)).warning, NUMBER_WARNING_SOON);
    ck_assert_int_eq(status_at(days_on(37)).days_left, 0); /* 31 December, the last */
    ck_assert_int_eq(status_at(days_on(37)).active->state, NUMBER_RANGE_ACTIVE);
}
END_TEST

START_TEST(the_day_after_its_last_a_range_is_expired) {
    start();
    struct number_status s = status_at(days_on(38));
    ck_assert_ptr_null(s.active);
    ck_assert_int_eq(s.ranges[0].state, NUMBER_RANGE_EXPIRED);
    ck_assert_int_eq(s.ranges[0].days_left, -1);
    ck_assert_int_eq(s.ranges[0].remaining, 3);
    ck_assert_int_eq(s.remaining, 0); /* of what may be used */
    ck_assert_int_eq(s.days_left, -1);
    ck_assert_int_eq(s.warning, NUMBER_WARNING_NONE); /* it is past warning: payments are refused */
}
END_TEST

START_TEST(an_exhausted_range_says_so) {
    start();
    for (int i = 0; i < 3; i++) core_ok(&f, sell());
    struct number_status s = status_at(CORE_NOW);
    ck_assert_ptr_null(s.active);
    ck_assert_int_eq(s.ranges[0].state, NUMBER_RANGE_EXHAUSTED);
    ck_assert_int_eq(s.ranges[0].next, 104);
    ck_assert_int_eq(s.ranges[0].remaining, 0);
}
END_TEST

START_TEST(who_pays_last_is_warned) {
    ranges[0].from = 91; /* ten numbers: the ninth leaves a tenth */
    ranges[0].to = 100;
    start();
    for (int i = 0; i < 8; i++) core_ok(&f, sell());
    ck_assert_int_eq(f.paid.numbering_warning, NUMBER_WARNING_NONE);
    core_ok(&f, sell());
    ck_assert_int_eq(f.paid.numbering_warning, NUMBER_WARNING_FEW);
    core_ok(&f, sell()); /* none is left at all */
    ck_assert_str_eq(f.paid.document, "INT-100");
    ck_assert_int_eq(f.paid.numbering_warning, NUMBER_WARNING_FEW);
}
END_TEST

/* ---- several in line ---- */

START_TEST(a_rush_goes_over_into_the_second_range) {
    in_line((struct site_numbering){"pos", "IN2", 1, 50, "2026-11-01", "2027-12-31", "18764000000002", "2026-10-30"});
    start();
    struct number_status s = status_at(CORE_NOW);
    ck_assert_str_eq(states(&s), "active next");
    for (int i = 0; i < 3; i++) {
        core_ok(&f, sell());
        ck_assert_int_eq(f.paid.numbering_warning, NUMBER_WARNING_NONE); /* the second covers the first */
    }
    ck_assert_str_eq(receipt_says("INT-103"), "INT-103");
    ck_assert_str_eq(receipt_says("18764000000001"), "18764000000001");
    core_ok(&f, sell());
    ck_assert_str_eq(f.paid.document, "IN2-1");
    ck_assert_str_eq(receipt_says("18764000000002"), "18764000000002");
    ck_assert_str_eq(receipt_says("30/10/2026"), "30/10/2026");
    ck_assert_str_ne(receipt_says("18764000000001"), "18764000000001");
    s = status_at(CORE_NOW);
    ck_assert_str_eq(states(&s), "exhausted active");
    ck_assert_int_eq(s.remaining, 49);
    ck_assert_str_eq(documents(), "INT101,INT102,INT103,IN21");
}
END_TEST

START_TEST(a_refused_payment_at_the_end_of_a_range_takes_from_neither) {
    in_line((struct site_numbering){"pos", "IN2", 1, 50, "2026-11-01", "2027-12-31", "18764000000002", "2026-10-30"});
    start();
    for (int i = 0; i < 3; i++) core_ok(&f, sell());
    struct order_id id = core_sold(&f, "fiesta-y-uno", 1);
    core_refused(&f, "buyer_needed", core_pay(&f, id, &(struct payment_new){.means = "efectivo"}));
    core_ok(&f, core_void(&f, f.manager, id, "Error"));
    core_ok(&f, sell());
    ck_assert_str_eq(documents(), "INT101,INT102,INT103,IN21");
}
END_TEST

START_TEST(an_expired_range_gives_way_on_the_first_day_of_the_later_one) {
    in_line((struct site_numbering){"pos", "IN2", 1, 50, "2027-01-01", "2028-12-31", "18764000000002", "2026-12-15"});
    start();
    f.clock.fixed = days_on(37); /* 31 December */
    core_ok(&f, sell());
    ck_assert_str_eq(f.paid.document, "INT-101");
    struct number_status s = status_at(days_on(37));
    ck_assert_str_eq(states(&s), "active next");
    ck_assert_int_eq(s.days_left, 731); /* to 31 December 2028, without a day between: 2028 has one more */
    ck_assert_int_eq(s.warning, NUMBER_WARNING_NONE);
    f.clock.fixed = days_on(38); /* 1 January */
    s = status_at(days_on(38));
    ck_assert_str_eq(states(&s), "expired active");
    core_ok(&f, sell());
    ck_assert_str_eq(f.paid.document, "IN2-1");
}
END_TEST

START_TEST(a_day_without_an_authorisation_is_not_covered) {
    in_line((struct site_numbering){"pos", "IN2", 1, 50, "2027-01-02", "2028-12-31", "18764000000002", "2026-12-15"});
    ranges[2] = (struct site_numbering){"pos", "IN3", 1, 50, "2027-06-01", "2028-12-31", "18764000000003", "2026-12-15"};
    f.site->numbering_count = 3;
    start();
    ck_assert_int_eq(status_at(days_on(7)).warning, NUMBER_WARNING_SOON);
    ck_assert_int_eq(status_at(days_on(7)).days_left, 30);
    f.clock.fixed = days_on(38); /* 1 January: between the two */
    core_refused(&f, "number_range_expired", sell());
    ck_assert_ptr_nonnull(strstr(f.error.message, "from 2027-01-02 on"));
    f.clock.fixed = days_on(39);
    core_ok(&f, core_pay(&f, (struct order_id){1}, &(struct payment_new){.means = "efectivo"}));
    ck_assert_str_eq(f.paid.document, "IN2-1");
}
END_TEST

START_TEST(a_later_range_does_not_relieve_one_that_runs_out_today) {
    ranges[0].to = 110; /* ten: one left warns */
    in_line((struct site_numbering){"pos", "IN2", 1, 50, "2026-11-25", "2028-12-31", "18764000000002", "2026-11-15"});
    start();
    for (int i = 0; i < 9; i++) core_ok(&f, sell());
    ck_assert_int_eq(status_at(CORE_NOW).warning, NUMBER_WARNING_FEW);
    ck_assert_int_eq(status_at(CORE_NOW).remaining, 1);
    ck_assert_int_eq(status_at(days_on(1)).warning, NUMBER_WARNING_NONE); /* the second is valid */
    ck_assert_int_eq(status_at(days_on(1)).remaining, 51);
    core_ok(&f, sell());
    core_refused(&f, "number_range_exhausted", sell()); /* today's is used up; tomorrow there is another */
}
END_TEST

START_TEST(a_range_that_is_nearly_used_up_relieves_nobody) {
    ranges[0].to = 110;
    ranges[0].valid_from = "2026-11-25"; /* first in line, from tomorrow on */
    in_line((struct site_numbering){"pos", "IN2", 1, 10, "2026-01-01", "2028-12-31", "18764000000002", "2026-01-01"});
    start();
    for (int i = 0; i < 9; i++) core_ok(&f, sell());
    ck_assert_str_eq(f.paid.document, "IN2-9");
    ck_assert_int_eq(status_at(days_on(7)).days_left, 30); /* 1 December: its one number does not reach into another year */
    ck_assert_int_eq(status_at(days_on(7)).warning, NUMBER_WARNING_SOON);
    f.clock.fixed = days_on(1);
    for (int i = 0; i < 8; i++) core_ok(&f, sell());
    ck_assert_str_eq(f.paid.document, "INT-108");
    ck_assert_int_eq(f.paid.numbering_warning, NUMBER_WARNING_NONE); /* two of ten */
    core_ok(&f, sell());
    ck_assert_int_eq(f.paid.numbering_warning, NUMBER_WARNING_FEW); /* one of ten here, and one of ten there */
    struct number_status s = status_at(days_on(1));
    ck_assert_str_eq(states(&s), "active next");
    ck_assert_int_eq(s.remaining, 2);
    ck_assert_int_eq(s.ranges[1].warning, NUMBER_WARNING_NONE); /* told once, of the active one */
}
END_TEST

START_TEST(a_number_without_a_prefix_stands_alone) {
    ranges[0].prefix = "";
    start();
    core_ok(&f, sell());
    ck_assert_str_eq(f.paid.document, "101");
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_numbering", setup, teardown,
        DATA_TESTS(numbers_follow_each_other_to_the_last_and_then_stop, a_refused_payment_takes_no_number,
                   the_next_authorisation_takes_over, an_expired_authorisation_is_refused_with_the_reason,
                   the_last_day_of_validity_still_counts_in_local_time, one_that_is_not_valid_yet_is_not_used,
                   registering_again_never_moves_back, two_authorisations_never_share_a_number,
                   a_range_warns_when_exactly_a_tenth_is_left, a_range_warns_when_thirty_days_are_left,
                   the_day_after_its_last_a_range_is_expired, an_exhausted_range_says_so, who_pays_last_is_warned,
                   a_rush_goes_over_into_the_second_range, a_refused_payment_at_the_end_of_a_range_takes_from_neither,
                   an_expired_range_gives_way_on_the_first_day_of_the_later_one, a_day_without_an_authorisation_is_not_covered,
                   a_later_range_does_not_relieve_one_that_runs_out_today, a_range_that_is_nearly_used_up_relieves_nobody,
                   a_number_without_a_prefix_stands_alone));
}
