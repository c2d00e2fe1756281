/* Time: the seam, the zone of Bogotá, business days, and calendar days. */
#include <check.h>
#include <stdlib.h>
#include <time.h>

#include "data/clock.h"
#include "tests/support/data_suite.h"

/* 2026-11-24 19:42:05 in Bogotá is 2026-11-25 00:42:05 UTC. */
static const int64_t EVENING = INT64_C(1795567325000);
static const int64_t HOUR = 3600000;

static void bogota(void) {
    struct error e;
    ck_assert(clock_set_zone("America/Bogota", &e));
}

START_TEST(a_fixed_clock_answers_what_it_was_given) {
    struct clock c = clock_fixed(EVENING);
    ck_assert_int_eq(clock_now(&c), EVENING);
    c.fixed += 5;
    ck_assert_int_eq(clock_now(&c), EVENING + 5);
}
END_TEST

START_TEST(the_system_clock_is_in_milliseconds) {
    int64_t before = (int64_t)time(NULL), now = clock_now(&clock_system);
    ck_assert_int_ge(now, before * 1000);
    ck_assert_int_lt(now, (before + 60) * 1000);
}
END_TEST

START_TEST(the_monotonic_clock_never_steps_back) {
    int64_t us = clock_monotonic_us(), ms = clock_monotonic_ms();
    ck_assert_int_ge(ms, us / 1000);
    ck_assert_int_ge(clock_monotonic_us(), us);
}
END_TEST

START_TEST(an_unknown_zone_is_refused_and_the_old_one_stays) {
    struct error e;
    static const char *const bad[] = {"America/Macondo", "", "/etc/localtime", "../zoneinfo/UTC", "America", ":UTC"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_msg(!clock_set_zone(bad[i], &e), "%s", bad[i]);
        ck_assert_int_eq(e.kind, ERROR_INVALID);
        ck_assert_str_eq(e.code, "unknown_time_zone");
    }
    char out[CLOCK_TEXT_MAX];
    ck_assert_str_eq(clock_rfc3339(EVENING, out), "2026-11-24T19:42:05-05:00");
}
END_TEST

START_TEST(instants_are_written_in_local_time_with_their_offset) {
    char out[CLOCK_TEXT_MAX];
    struct error e;
    ck_assert_str_eq(clock_rfc3339(EVENING + 999, out), "2026-11-24T19:42:05-05:00");
    ck_assert_str_eq(clock_rfc3339(-1, out), "1969-12-31T18:59:59-05:00");
    ck_assert(clock_set_zone("Asia/Kolkata", &e));
    ck_assert_str_eq(clock_rfc3339(EVENING, out), "2026-11-25T06:12:05+05:30");
    ck_assert(clock_set_zone("UTC", &e));
    ck_assert_str_eq(clock_rfc3339(EVENING, out), "2026-11-25T00:42:05+00:00");
}
END_TEST

START_TEST(local_text_and_hour) {
    char out[CLOCK_TEXT_MAX];
    ck_assert_str_eq(clock_local(EVENING, "%d/%m/%Y %H:%M", out), "24/11/2026 19:42");
    ck_assert_int_eq(clock_local_hour(EVENING), 19);
}
END_TEST

START_TEST(the_local_week_begins_on_monday_at_midnight) {
    static const struct {
        int64_t at;
        int weekday, minute;
    } cases[] = {
        {INT64_C(1795567325000), 1, 1182}, /* Tuesday 24 November 2026, 19:42:05 */
        {INT64_C(1796014799999), 6, 1439}, /* the last moment of Sunday the 29th */
        {INT64_C(1796014800000), 0, 0},    /* Monday the 30th */
        {INT64_C(-1), 2, 1139},            /* Wednesday 31 December 1969, 18:59 */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int weekday, minute;
        clock_local_week(cases[i].at, &weekday, &minute);
        ck_assert_int_eq(weekday, cases[i].weekday);
        ck_assert_int_eq(minute, cases[i].minute);
    }
}
END_TEST

START_TEST(before_the_cutover_it_is_still_yesterday) {
    char out[CLOCK_DAY_MAX];
    int64_t midnight = EVENING - (19 * HOUR + 42 * 60000 + 5000); /* 2026-11-24 00:00 */
    ck_assert_str_eq(clock_business_day(EVENING, 4, out), "2026-11-24");
    ck_assert_str_eq(clock_business_day(midnight, 4, out), "2026-11-23");
    ck_assert_str_eq(clock_business_day(midnight + 4 * HOUR - 1, 4, out), "2026-11-23");
    ck_assert_str_eq(clock_business_day(midnight + 4 * HOUR, 4, out), "2026-11-24");
    ck_assert_str_eq(clock_business_day(midnight - 1, 4, out), "2026-11-23");
    ck_assert_str_eq(clock_business_day(midnight, 0, out), "2026-11-24");
}
END_TEST

START_TEST(the_business_day_crosses_months_and_years) {
    char out[CLOCK_DAY_MAX];
    ck_assert_str_eq(clock_business_day(INT64_C(1798779600000), 4, out), "2026-12-31"); /* 2027-01-01 00:00 -05:00 */
    ck_assert_str_eq(clock_business_day(INT64_C(1709269200000), 4, out), "2024-02-29"); /* 2024-03-01 00:00 -05:00 */
}
END_TEST

START_TEST(an_instant_is_read_back_with_its_offset_and_nothing_else_is) {
    static const char *const bad[] = {"",
                                      "2026-11-24",
                                      "2026-11-24T19:42:05",
                                      "2026-11-24 19:42:05-05:00",
                                      "2026-02-30T19:42:05-05:00",
                                      "2026-11-24T24:00:00-05:00",
                                      "2026-11-24T19:42:05-0500",
                                      "2026-11-24T19:42:05-05:00x",
                                      "2026-11-24T19:42:05 05:00",
                                      "2026-11-24T19:42:05.5Z",
                                      "now"};
    int64_t at = 0;
    ck_assert(clock_parse_rfc3339("2026-11-24T19:42:05-05:00", &at));
    ck_assert_int_eq(at, INT64_C(1795567325000));
    ck_assert(clock_parse_rfc3339("2026-11-25T00:42:05Z", &at));
    ck_assert_int_eq(at, INT64_C(1795567325000));
    ck_assert(clock_parse_rfc3339("2026-11-25T06:12:05+05:30", &at));
    ck_assert_int_eq(at, INT64_C(1795567325000));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) ck_assert_msg(!clock_parse_rfc3339(bad[i], &at), "taken: %s", bad[i]);
}
END_TEST

START_TEST(only_real_days_in_the_one_form_are_days) {
    static const char *const good[] = {"2026-11-24", "2024-02-29", "2000-02-29", "1999-12-31"};
    static const char *const bad[] = {"",           "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10",  "2026-01-00",
                                      "2026-04-31", "2026-1-1",   "24-11-2026", "2026/11/24", "2026-11-24 ", " 2026-11-24",
                                      "2026-11-2x", "+026-11-24"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) ck_assert_msg(clock_is_day(good[i]), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) ck_assert_msg(!clock_is_day(bad[i]), "%s", bad[i]);
}
END_TEST

START_TEST(days_between_counts_over_leap_days_and_backwards) {
    ck_assert_int_eq(clock_days_between("2026-11-24", "2026-12-24"), 30);
    ck_assert_int_eq(clock_days_between("2024-02-28", "2024-03-01"), 2);
    ck_assert_int_eq(clock_days_between("2026-02-28", "2026-03-01"), 1);
    ck_assert_int_eq(clock_days_between("2026-03-01", "2026-02-28"), -1);
    ck_assert_int_eq(clock_days_between("2026-01-01", "2027-01-01"), 365);
    ck_assert_int_eq(clock_days_between("2026-01-01", "2026-01-01"), 0);
}
END_TEST

int main(void) {
    return data_suite_run("data_clock", bogota, NULL,
                          DATA_TESTS(a_fixed_clock_answers_what_it_was_given, the_system_clock_is_in_milliseconds,
                                     the_monotonic_clock_never_steps_back, an_unknown_zone_is_refused_and_the_old_one_stays,
                                     instants_are_written_in_local_time_with_their_offset,
                                     an_instant_is_read_back_with_its_offset_and_nothing_else_is, local_text_and_hour,
                                     the_local_week_begins_on_monday_at_midnight, before_the_cutover_it_is_still_yesterday,
                                     the_business_day_crosses_months_and_years, only_real_days_in_the_one_form_are_days,
                                     days_between_counts_over_leap_days_and_backwards));
}
