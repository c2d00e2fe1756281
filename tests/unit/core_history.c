/* Orders that are over: found by their day and by the number on the receipt, with what was paid and what went back. */
#include "pos/core/history.h"
#include "tests/support/core_checks.h"
#include "tests/support/core_refunding.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

static struct history_order *past(const char *day, int64_t number, int64_t before, int32_t limit, size_t *count) {
    struct history_order *rows;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = history_list(db, &(struct history_query){.day = day, .number = number, .before = before}, limit, f.arena, &rows,
                           count, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    return rows;
}
static const char *text(const char *day, int64_t number) {
    size_t n;
    struct history_order *rows = past(day, number, 0, 50, &n);
    const char *out = "";
    for (size_t i = 0; i < n; i++)
        out = arena_printf(f.arena, "%s%s%lld %s %s %lld-%lld%s", out, i ? "; " : "", (long long)rows[i].number,
                           order_state_names[rows[i].state], rows[i].documents[0] ? rows[i].documents : "-",
                           (long long)rows[i].paid, (long long)rows[i].returned, rows[i].whole ? " whole" : "");
    return out;
}

static struct order_id sale(const char *table, int32_t cakes) {
    struct order_id id = core_table(&f, table);
    core_put(&f, id, "torta", cakes, "");
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    return id;
}

/* Cakes of 15.000; the fixture's clock stands at 24 November 2026. */
START_TEST(a_day_is_listed_newest_first_with_what_was_paid_and_given_back) {
    struct order_id two = sale("mesa-1", 2);
    struct order_id one = sale("mesa-2", 1);
    struct order_id gone = core_table(&f, "mesa-3");
    core_put(&f, gone, "torta", 1, "");
    core_ok(&f, core_void(&f, f.manager, gone, "Error"));
    core_put(&f, core_table(&f, "mesa-4"), "torta", 1, ""); /* open: not over */
    core_ok(&f, refunding_some(&f, two, refunding_line(&f, two, 0), 1));
    core_ok(&f, refunding_all(&f, one));
    ck_assert_str_eq(text("2026-11-24", 0), "3 voided - 0-0; 2 paid INT-2 15000-15000 whole; 1 paid INT-1 30000-15000");
    ck_assert_str_eq(text("2026-11-23", 0), "");
}
END_TEST

START_TEST(a_number_finds_the_order_of_the_day_and_the_document_of_any_day) {
    (void)sale("mesa-1", 1);  /* order 1, INT-1 */
    refunding_next_shift(&f); /* numbers begin again; the documents go on */
    (void)sale("mesa-1", 2);  /* order 1, INT-2 */
    (void)sale("mesa-2", 3);  /* order 2, INT-3 */
    ck_assert_str_eq(text("2026-11-24", 1), "1 paid INT-2 30000-0; 1 closed INT-1 15000-0");
    ck_assert_str_eq(text("2026-11-20", 1), "1 closed INT-1 15000-0");
    ck_assert_str_eq(text("2026-11-24", 2), "2 paid INT-3 45000-0; 1 paid INT-2 30000-0");
    ck_assert_str_eq(text("2026-11-24", 99), "");
}
END_TEST

START_TEST(an_order_charged_anew_shows_its_new_sale_and_both_documents) {
    struct order_id id = sale("mesa-1", 2);
    core_ok(&f, refunding_reopen(&f, f.manager, id));
    ck_assert_str_eq(text("2026-11-24", 0), ""); /* live again */
    core_put(&f, id, "torta", 1, "");
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    ck_assert_str_eq(text("2026-11-24", 0), "1 paid INT-1, INT-2 45000-0");
}
END_TEST

/* Three cakes, two on a check of their own: that one is paid (and so the kitchen told), the other open. */
START_TEST(an_order_with_one_check_paid_is_there_too) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "torta", 3, "");
    refunding_split_lines(&f, id, &(struct bill_pick){.line = refunding_line(&f, id, 0).v, .quantity = 2}, 1);
    ck_assert_str_eq(text("2026-11-24", 0), "");
    struct bill_id check = refunding_check(&f, id, 0);
    core_ok(&f, core_tip_check(&f, id, check, TIP_DECLINED, 0));
    refunding_pay(&f, id, check, "efectivo");
    ck_assert_str_eq(text("2026-11-24", 0), "1 sent INT-1 30000-0");
}
END_TEST

START_TEST(a_merged_order_says_into_which) {
    size_t n;
    struct order_id into = core_table(&f, "mesa-1"), from = core_table(&f, "mesa-2");
    core_put(&f, into, "torta", 1, "");
    core_put(&f, from, "torta", 1, "");
    core_ok(&f, core_merge(&f, into, from));
    struct history_order *rows = past("2026-11-24", 0, 0, 50, &n);
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(rows[0].number, 2);
    ck_assert_int_eq(rows[0].merged_into, 1);
    ck_assert_str_eq(rows[0].table, "mesa-2");
    ck_assert_str_eq(rows[0].business_day, "2026-11-24");
}
END_TEST

START_TEST(pages_go_on_where_one_left_off) {
    size_t n;
    struct order_id first = sale("mesa-1", 1);
    struct order_id second = sale("mesa-2", 1);
    struct history_order *rows = past("2026-11-24", 0, 0, 1, &n);
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(rows[0].id.v, second.v);
    rows = past("2026-11-24", 0, second.v, 1, &n);
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(rows[0].id.v, first.v);
}
END_TEST

/* ---- what a refund will be, before it is one ---- */

static struct refund quote(struct order_id id, const struct refund_new *in) {
    struct refund out;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = refund_quote(db, f.site, id, in, f.arena, &out, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    return out;
}
static bool quotable(struct order_id id, const struct refund_new *in) {
    struct refund out;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = refund_quote(db, f.site, id, in, f.arena, &out, &f.error);
    db_pool_give(f.till->readers, db);
    return ok;
}

/* Three cakes less 10.000: 35.000 in cash. One is 11.666, of which 11.650 in whole coins; all three are 35.000. */
START_TEST(a_quote_tells_what_the_refund_then_gives_and_stores_nothing) {
    struct order_id id = core_sold(&f, "torta", 3);
    refunding_off(&f, id, 0, 10000, false);
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    struct bill_pick one = {.line = refunding_line(&f, id, 0).v, .quantity = 1};
    struct refund told = quote(id, &(struct refund_new){.picks = &one, .pick_count = 1});
    ck_assert_int_eq(told.totals.due, 11666);
    ck_assert_int_eq(told.charged, 11650);
    ck_assert_uint_eq(told.means_count, 1);
    ck_assert_str_eq(told.means[0].means, "efectivo");
    ck_assert_int_eq(told.means[0].charged, 11650);
    ck_assert_uint_eq(told.line_count, 1);
    ck_assert_int_eq(told.lines[0].net, 11666);
    ck_assert_int_eq(quote(id, &(struct refund_new){0}).charged, 35000);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM refund"), 0);
    core_ok(&f, refunding_some(&f, id, refunding_line(&f, id, 0), 1));
    ck_assert_str_eq(refunding_text(&f), "11666=10802+864 0 11666 | efectivo 11666/11650");
    ck_assert_int_eq(quote(id, &(struct refund_new){0}).charged, 23350); /* 35.000 − 11.650 */
}
END_TEST

START_TEST(a_quote_is_refused_as_the_refund_would_be) {
    struct order_id open = core_table(&f, "mesa-5");
    core_put(&f, open, "torta", 1, "");
    struct order_id id = core_sold(&f, "torta", 1);
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    struct bill_pick two = {.line = refunding_line(&f, id, 0).v, .quantity = 2};
    core_refused(&f, "too_many_picked", quotable(id, &(struct refund_new){.picks = &two, .pick_count = 1}));
    core_refused(&f, "refund_tip_too_large", quotable(id, &(struct refund_new){.tip = 1}));
    core_refused(&f, "order_not_paid", quotable(open, &(struct refund_new){0}));
    core_refused(&f, "order_unknown", quotable((struct order_id){9999}, &(struct refund_new){0}));
    core_ok(&f, refunding_all(&f, id));
    core_refused(&f, "refund_nothing_left", quotable(id, &(struct refund_new){0}));
}
END_TEST

int main(void) {
    return data_suite_run("core_history", setup, teardown,
                          DATA_TESTS(a_day_is_listed_newest_first_with_what_was_paid_and_given_back,
                                     a_number_finds_the_order_of_the_day_and_the_document_of_any_day,
                                     an_order_charged_anew_shows_its_new_sale_and_both_documents,
                                     an_order_with_one_check_paid_is_there_too, a_merged_order_says_into_which,
                                     pages_go_on_where_one_left_off, a_quote_tells_what_the_refund_then_gives_and_stores_nothing,
                                     a_quote_is_refused_as_the_refund_would_be));
}
