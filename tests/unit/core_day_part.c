/* Parts of the day: what is sold when, at what price for which kind of order, and that a line keeps the price it was added at. */
#include <string.h>

#include "tests/support/core_fixture.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_prepare(&f);
    f.site->menu_file = "tests/support/core_day_part.json";
    core_fixture_start(&f);
    core_fixture_open_shift(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

/* A Tuesday: the fixture's day. */
static void clock_at(int hour, int minute) {
    f.clock.fixed = CORE_NOW + ((hour - 19) * 60 + minute - 42) * INT64_C(60000);
}
static struct order_id takeaway(void) {
    struct order_id id;
    core_ok(&f, core_open(&f, &(struct order_new){.kind = ORDER_TAKEAWAY, .name = "Ana"}, &id));
    return id;
}
static bool try_add(struct order_id id, const char *item, int32_t quantity) {
    return core_add(&f, id, &(struct order_line_new){.item = item, .quantity = quantity, .note = ""}, 1);
}
static money price_of(struct order_id id, size_t line) {
    return core_read(&f, id)->lines[line].unit_price;
}

START_TEST(an_item_outside_its_hours_is_refused_and_nothing_is_added) {
    struct order_id id = core_table(&f, "mesa-1");
    const char *before = core_state(&f);
    core_refused(&f, "item_not_now", try_add(id, "ron", 1));
    ck_assert_int_eq(f.error.kind, ERROR_CONFLICT);
    ck_assert_str_eq(f.error.field, "lines[0].item");
    ck_assert_str_eq(f.error.message, "Ron: sold tue 22:00 to 02:00");
    const struct order_line_new both[] = {{.item = "cerveza", .quantity = 2, .note = ""},
                                          {.item = "caldo", .quantity = 1, .note = ""}};
    core_refused(&f, "item_not_now", core_add(&f, id, both, 2));
    ck_assert_str_eq(f.error.field, "lines[1].item");
    ck_assert_str_eq(f.error.message, "Caldo de costilla: its category \"desayunos\" is sold every day 06:00 to 11:00");
    ck_assert_str_eq(core_state(&f), before);
    ck_assert_uint_eq(core_read(&f, id)->line_count, 0);
}
END_TEST

START_TEST(hours_hold_from_their_first_minute_to_before_their_last) {
    struct order_id id = core_table(&f, "mesa-1");
    clock_at(5, 59);
    core_refused(&f, "item_not_now", try_add(id, "caldo", 1));
    clock_at(6, 0);
    core_ok(&f, try_add(id, "caldo", 1));
    clock_at(10, 59);
    core_ok(&f, try_add(id, "caldo", 1));
    clock_at(11, 0);
    core_refused(&f, "item_not_now", try_add(id, "caldo", 1));
    clock_at(22, 0);
    core_ok(&f, try_add(id, "ron", 1));
    clock_at(25, 59); /* Wednesday, still Tuesday's night */
    core_ok(&f, try_add(id, "ron", 1));
    clock_at(26, 0);
    core_refused(&f, "item_not_now", try_add(id, "ron", 1));
    ck_assert_uint_eq(core_read(&f, id)->line_count, 4);
}
END_TEST

START_TEST(a_happy_hour_is_of_the_minute_in_which_the_line_is_added) {
    struct order_id id = core_table(&f, "mesa-1");
    clock_at(16, 59);
    core_put(&f, id, "cerveza", 1, "");
    clock_at(17, 0);
    core_put(&f, id, "cerveza", 2, "");
    clock_at(19, 59);
    core_put(&f, id, "cerveza", 1, "");
    clock_at(20, 0);
    core_put(&f, id, "cerveza", 1, "");
    clock_at(72 + 18, 0); /* Friday */
    core_put(&f, id, "cerveza", 1, "");
    ck_assert_int_eq(price_of(id, 0), 12000);
    ck_assert_int_eq(price_of(id, 1), 9000);
    ck_assert_int_eq(price_of(id, 2), 9000);
    ck_assert_int_eq(price_of(id, 3), 12000);
    ck_assert_int_eq(price_of(id, 4), 12000);
    ck_assert_int_eq(core_read(&f, id)->totals.gross, 63000); /* 12000 + 2 × 9000 + 9000 + 12000 + 12000 */
}
END_TEST

START_TEST(the_kind_of_the_order_decides_its_price) {
    struct order_id away = takeaway(), here = core_table(&f, "mesa-1");
    core_put(&f, away, "limonada", 3, "");
    core_put(&f, here, "limonada", 3, "");
    ck_assert_int_eq(price_of(away, 0), 9400);
    ck_assert_int_eq(core_read(&f, away)->totals.gross, 28200);
    ck_assert_int_eq(price_of(here, 0), 8900);
    ck_assert_int_eq(core_read(&f, here)->totals.gross, 26700);
}
END_TEST

/* ---- a later menu ---- */

static bool publish_dearer(struct act *act, void *self, struct error *e) {
    static const char text[] =
        "{\"name\":\"Otra\",\"categories\":[{\"id\":\"bar\",\"name\":\"Bar\",\"hours\":[{\"days\":[\"sun\"]}],\"items\":["
        "{\"id\":\"cerveza\",\"name\":\"Cerveza artesanal\",\"price\":15000}]}]}";
    int64_t version;
    struct json document;
    (void)self;
    return json_parse(act->arena, text, strlen(text), &document, e) && till_publish_menu(act, document, &version, e);
}

START_TEST(a_later_hour_or_menu_alters_no_line) {
    clock_at(18, 0);
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "cerveza", 2, "");
    clock_at(21, 0);
    ck_assert_int_eq(price_of(id, 0), 9000);
    core_ok(&f, core_do(&f, f.manager, publish_dearer, NULL));
    struct order *order = core_read(&f, id);
    ck_assert_str_eq(order->lines[0].name, "Cerveza");
    ck_assert_int_eq(order->lines[0].unit_price, 9000);
    ck_assert_int_eq(order->totals.gross, 18000);
    ck_assert_int_eq(order->totals.net, 18000);
    /* what is on the order is sent and paid, though its category is not sold any more today */
    core_refused(&f, "item_not_now", try_add(id, "cerveza", 1));
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "efectivo", .tendered = 20000}));
    ck_assert_int_eq(f.paid.change, 2000);
    ck_assert_int_eq(core_int(&f, "SELECT net FROM bill WHERE state = 'paid'"), 18000);
}
END_TEST

int main(void) {
    return data_suite_run("core_day_part", setup, teardown,
                          DATA_TESTS(an_item_outside_its_hours_is_refused_and_nothing_is_added,
                                     hours_hold_from_their_first_minute_to_before_their_last,
                                     a_happy_hour_is_of_the_minute_in_which_the_line_is_added,
                                     the_kind_of_the_order_decides_its_price, a_later_hour_or_menu_alters_no_line));
}
