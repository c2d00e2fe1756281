/* The tip: up to a tenth of the base, changed and removed with a trace, never in a tax. */
#include <string.h>

#include "tests/support/core_fixture.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

START_TEST(a_tip_up_to_a_tenth_of_the_base_is_taken) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "banquete", 1, "");
    core_refused(&f, "tip_over_limit", core_tip(&f, id, TIP_SET, 9170));
    ck_assert_int_eq(f.error.kind, ERROR_INVALID);
    ck_assert_ptr_nonnull(strstr(f.error.message, "9169"));
    core_refused(&f, "tip_over_limit", core_tip(&f, id, TIP_SET, -1));
    ck_assert_int_eq(core_read(&f, id)->tip_answer, TIP_UNASKED);
    core_ok(&f, core_tip(&f, id, TIP_SET, 9169));
    struct order *o = core_read(&f, id);
    ck_assert_int_eq(o->tip_answer, TIP_SET);
    ck_assert_int_eq(o->totals.base, 91690);
    ck_assert_int_eq(o->totals.tax, 7335);
    ck_assert_int_eq(o->totals.due, 108194);
}
END_TEST

START_TEST(a_tip_is_changed_and_removed_with_a_trace_and_the_same_taxes) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "banquete", 1, "");
    core_ok(&f, core_tip(&f, id, TIP_SET, 9000));
    core_ok(&f, core_tip(&f, id, TIP_SET, 5000));
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 777));
    struct order *o = core_read(&f, id);
    ck_assert_int_eq(o->totals.tip, 0);
    ck_assert_int_eq(o->totals.tax, 7335);
    ck_assert_int_eq(o->totals.due, 99025);
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(json_extract(detail, '$.before') || '>' || json_extract(detail, "
                                   "'$.amount')) FROM journal WHERE kind = 'tip'"),
                     "0>9000,9000>5000,5000>0");
}
END_TEST

START_TEST(a_site_that_asks_for_no_tip_takes_none) {
    f.site->tip_rule = TIP_OFF;
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "banquete", 1, "");
    core_refused(&f, "tip_off", core_tip(&f, id, TIP_SET, 1000));
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "efectivo"}));
}
END_TEST

int main(void) {
    return data_suite_run("core_tip", setup, teardown,
                          DATA_TESTS(a_tip_up_to_a_tenth_of_the_base_is_taken,
                                     a_tip_is_changed_and_removed_with_a_trace_and_the_same_taxes,
                                     a_site_that_asks_for_no_tip_takes_none));
}
