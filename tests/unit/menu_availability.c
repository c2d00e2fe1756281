/* Sold out and how many are left: the last one is sold once. */
#include <check.h>

#include "tests/support/data_suite.h"
#include "tests/support/menu_fixture.h"

static struct data_tmp tmp;
static struct db *db;
static const struct menu_item posta = {.id = "posta", .name = "Posta", .available = true};
static const struct menu_item off_season = {.id = "zapote", .name = "Jugo de zapote", .available = false};

static void setup(void) {
    data_tmp_make(&tmp);
    db = menu_fixture_db(&tmp);
}

static void teardown(void) {
    db_close(db);
    data_tmp_remove(&tmp);
}

static void set(const struct menu_item *item, bool available, int64_t remaining) {
    struct error e;
    ck_assert_msg(menu_availability_set(db, item, (struct menu_availability){available, remaining}, 1000, &e), "%s", e.message);
}

static void expect(const struct menu_item *item, bool available, int64_t remaining) {
    struct menu_availability is;
    struct error e;
    ck_assert(menu_availability_get(db, item, &is, &e));
    ck_assert_int_eq(is.available, available);
    ck_assert_int_eq(is.remaining, remaining);
}

static void take(const struct menu_item *item, int64_t quantity) {
    struct error e;
    ck_assert_msg(menu_availability_take(db, item, quantity, 2000, &e), "%s", e.message);
}

static void refused(const struct menu_item *item, int64_t quantity, const char *message) {
    struct error e;
    ck_assert(!menu_availability_take(db, item, quantity, 2000, &e));
    ck_assert_int_eq(e.kind, ERROR_CONFLICT);
    ck_assert_str_eq(e.code, "item_sold_out");
    ck_assert_str_eq(e.message, message);
}

START_TEST(an_item_nobody_touched_is_as_the_menu_says) {
    expect(&posta, true, -1);
    expect(&off_season, false, -1);
    take(&posta, 500);
    refused(&off_season, 1, "item zapote: sold out");
}
END_TEST

START_TEST(two_takes_of_the_last_one_the_second_is_refused) {
    set(&posta, true, 1);
    take(&posta, 1);
    refused(&posta, 1, "item posta: sold out");
    expect(&posta, false, 0);
}
END_TEST

START_TEST(more_than_are_left_is_refused_and_takes_nothing) {
    set(&posta, true, 3);
    refused(&posta, 4, "item posta: only 3 left");
    expect(&posta, true, 3);
    take(&posta, 3);
    expect(&posta, false, 0);
}
END_TEST

START_TEST(giving_back_the_last_one_puts_it_on_sale_again) {
    set(&posta, true, 2);
    take(&posta, 2);
    expect(&posta, false, 0);
    take(&posta, -1);
    expect(&posta, true, 1);
}
END_TEST

START_TEST(giving_back_does_not_undo_a_person_who_stopped_the_sale) {
    set(&posta, false, 5);
    refused(&posta, 1, "item posta: sold out");
    take(&posta, -1);
    expect(&posta, false, 6);
}
END_TEST

START_TEST(giving_back_an_item_that_is_not_counted_changes_nothing) {
    take(&posta, -3);
    expect(&posta, true, -1);
    set(&posta, false, -1);
    take(&posta, -3);
    expect(&posta, false, -1);
}
END_TEST

START_TEST(taking_none_is_no_sale) {
    set(&posta, false, 0);
    take(&posta, 0);
    expect(&posta, false, 0);
}
END_TEST

START_TEST(none_left_is_sold_out_whatever_was_asked) {
    set(&posta, true, 0);
    expect(&posta, false, 0);
}
END_TEST

START_TEST(sold_out_and_back_by_hand) {
    set(&posta, false, -1);
    expect(&posta, false, -1);
    refused(&posta, 1, "item posta: sold out");
    set(&posta, true, -1);
    take(&posta, 1);
    expect(&posta, true, -1);
    set(&off_season, true, -1);
    take(&off_season, 1);
}
END_TEST

START_TEST(each_item_has_its_own_count) {
    set(&posta, true, 1);
    set(&off_season, true, 4);
    take(&posta, 1);
    expect(&off_season, true, 4);
}
END_TEST

START_TEST(a_count_out_of_range_is_refused) {
    static const int64_t bad[] = {-2, 1000001, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < 4; i++) {
        struct error e;
        ck_assert(!menu_availability_set(db, &posta, (struct menu_availability){true, bad[i]}, 1000, &e));
        ck_assert_int_eq(e.kind, ERROR_INVALID);
        ck_assert_str_eq(e.field, "remaining");
    }
    expect(&posta, true, -1);
    set(&posta, true, 10);
    struct error e;
    ck_assert(!menu_availability_take(db, &posta, INT64_MIN, 2000, &e));
    ck_assert_int_eq(e.kind, ERROR_INVALID);
    expect(&posta, true, 10);
}
END_TEST

START_TEST(a_sale_that_is_undone_gives_its_count_back) {
    struct error e;
    set(&posta, true, 1);
    ck_assert(db_exec(db, "BEGIN IMMEDIATE", DB_NO_ARGS, &e));
    take(&posta, 1);
    ck_assert(db_exec(db, "ROLLBACK", DB_NO_ARGS, &e));
    expect(&posta, true, 1);
}
END_TEST

int main(void) {
    return data_suite_run(
        "menu_availability", setup, teardown,
        DATA_TESTS(an_item_nobody_touched_is_as_the_menu_says, two_takes_of_the_last_one_the_second_is_refused,
                   more_than_are_left_is_refused_and_takes_nothing, giving_back_the_last_one_puts_it_on_sale_again,
                   giving_back_does_not_undo_a_person_who_stopped_the_sale,
                   giving_back_an_item_that_is_not_counted_changes_nothing, taking_none_is_no_sale,
                   none_left_is_sold_out_whatever_was_asked, sold_out_and_back_by_hand, each_item_has_its_own_count,
                   a_count_out_of_range_is_refused, a_sale_that_is_undone_gives_its_count_back));
}
