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
static struct number_range_state *state(const char *today, size_t *count) {
    struct number_range_state *rows = NULL;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = numbering_state(db, today, f.arena, &rows, count, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    return rows;
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

START_TEST(a_range_warns_when_a_tenth_or_thirty_days_are_left) {
    size_t n;
    ranges[0].from = 1;
    ranges[0].to = 20;
    start();
    struct number_range_state *s = state("2026-11-24", &n);
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(s[0].left, 20);
    ck_assert_int_eq(s[0].days_left, 37);
    ck_assert(!s[0].warn);
    ck_assert(!state("2026-11-30", &n)[0].warn); /* 31 days */
    ck_assert(state("2026-12-01", &n)[0].warn);  /* 30 days */
    for (int i = 0; i < 17; i++) core_ok(&f, sell());
    ck_assert(!state("2026-11-24", &n)[0].warn); /* 3 of 20 left */
    core_ok(&f, sell());
    s = state("2026-11-24", &n);
    ck_assert_int_eq(s[0].left, 2);
    ck_assert_int_eq(s[0].next, 19);
    ck_assert(s[0].warn);
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
    return data_suite_run("core_numbering", setup, teardown,
                          DATA_TESTS(numbers_follow_each_other_to_the_last_and_then_stop, a_refused_payment_takes_no_number,
                                     the_next_authorisation_takes_over, an_expired_authorisation_is_refused_with_the_reason,
                                     the_last_day_of_validity_still_counts_in_local_time, one_that_is_not_valid_yet_is_not_used,
                                     registering_again_never_moves_back, two_authorisations_never_share_a_number,
                                     a_range_warns_when_a_tenth_or_thirty_days_are_left, a_number_without_a_prefix_stands_alone));
}
