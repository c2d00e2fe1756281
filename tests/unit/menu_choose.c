/* A choice: priced with its options at its moment, and held to its hours and what every group asks for. */
#include <check.h>
#include <string.h>

#include "data/clock.h"
#include "tests/support/data_suite.h"
#include "tests/support/menu_fixture.h"

static struct arena *a;
static struct menu *interno;

/* Mondays at noon, at a table. */
static const struct menu_moment noon = {ORDER_TABLE, 0, 720};

static void setup(void) {
    a = arena_open();
    interno = menu_fixture_menu(a, menu_fixture_site(a, "interno"));
}

static void teardown(void) {
    arena_close(a);
}

#define PICKS(...)                                                                                                               \
    (const struct menu_pick[]){__VA_ARGS__}, sizeof((const struct menu_pick[]){__VA_ARGS__}) / sizeof(struct menu_pick)

static struct menu_choice choose(const char *item, const struct menu_pick *picks, size_t count) {
    struct menu_choice choice = {0};
    struct error e;
    ck_assert_msg(menu_choose(interno, item, picks, count, noon, a, &choice, &e), "%s", e.message);
    return choice;
}

static struct error refused(const char *item, const struct menu_pick *picks, size_t count) {
    struct menu_choice choice = {0};
    struct error e;
    ck_assert(!menu_choose(interno, item, picks, count, noon, a, &choice, &e));
    ck_assert_ptr_null(choice.item);
    return e;
}

START_TEST(choice_without_options_costs_the_items_price) {
    struct menu_choice choice = choose("cocadas", NULL, 0);
    ck_assert_str_eq(choice.item->id, "cocadas");
    ck_assert_int_eq(choice.unit_price, 14000);
    ck_assert_uint_eq(choice.option_count, 0);
}
END_TEST

START_TEST(choice_adds_what_its_options_cost_times_their_quantity) {
    struct menu_choice choice = choose("posta-cartagenera", PICKS({"sin-cebolla", 1}, {"extra-titote", 2}, {"extra-suero", 1}));
    ck_assert_int_eq(choice.unit_price, 76000); /* 54000 + 2 × 9000 + 4000 */
    ck_assert_uint_eq(choice.option_count, 3);
}
END_TEST

START_TEST(choice_lists_options_in_the_order_of_the_menu_whatever_the_order_of_the_taps) {
    struct menu_choice choice =
        choose("posta-cartagenera", PICKS({"extra-suero", 1}, {"titote-aparte", 1}, {"poca-sal", 1}, {"sin-cebolla", 1}));
    ck_assert_uint_eq(choice.option_count, 4);
    ck_assert_str_eq(choice.options[0].option->id, "sin-cebolla");
    ck_assert_str_eq(choice.options[0].group->id, "cambios");
    ck_assert_str_eq(choice.options[1].option->id, "poca-sal");
    ck_assert_str_eq(choice.options[2].option->id, "titote-aparte");
    ck_assert_str_eq(choice.options[2].group->id, "cambios-posta");
    ck_assert_str_eq(choice.options[3].option->id, "extra-suero");
}
END_TEST

START_TEST(choice_of_a_fixed_price_menu_takes_one_of_each_course) {
    struct menu_choice choice = choose("menu-interno", PICKS({"menu-posta", 1}, {"menu-boronia", 1}, {"menu-cocadas", 1}));
    ck_assert_int_eq(choice.unit_price, 89000);
    ck_assert_str_eq(choice.options[0].option->course, "entrada");
    ck_assert_str_eq(choice.options[1].option->course, "fuerte");
    ck_assert_str_eq(choice.options[2].option->course, "postre");
    choice = choose("menu-interno", PICKS({"menu-arroz-caldoso", 1}, {"menu-boronia", 1}, {"menu-cocadas", 1}));
    ck_assert_int_eq(choice.unit_price, 97000);
}
END_TEST

START_TEST(choice_of_one_option_in_two_picks_is_one_with_the_sum) {
    struct menu_choice choice = choose("posta-cartagenera", PICKS({"extra-suero", 1}, {"extra-suero", 2}));
    ck_assert_uint_eq(choice.option_count, 1);
    ck_assert_int_eq(choice.options[0].quantity, 3);
    ck_assert_int_eq(choice.unit_price, 66000);
}
END_TEST

START_TEST(choice_of_an_unknown_item_is_refused) {
    struct error e = refused("corrientazo", NULL, 0);
    ck_assert_int_eq(e.kind, ERROR_NOT_FOUND);
    ck_assert_str_eq(e.code, "item_unknown");
    ck_assert_str_eq(e.field, "item");
    ck_assert_str_eq(e.message, "menu version 0: has no item \"corrientazo\"");
}
END_TEST

START_TEST(choice_of_another_items_option_is_refused) {
    struct error e = refused("posta-cartagenera", PICKS({"sin-cebolla", 1}, {"termino-medio", 1}));
    ck_assert_int_eq(e.kind, ERROR_NOT_FOUND);
    ck_assert_str_eq(e.code, "option_unknown");
    ck_assert_str_eq(e.field, "options[1].option");
    ck_assert_str_eq(e.message, "Posta cartagenera con arroz titoté: has no option \"termino-medio\"");
}
END_TEST

START_TEST(choice_without_what_a_group_requires_is_refused_naming_the_group) {
    struct error e = refused("punta-de-anca", PICKS({"termino-medio", 1}));
    ck_assert_int_eq(e.kind, ERROR_INVALID);
    ck_assert_str_eq(e.code, "options_missing");
    ck_assert_str_eq(e.field, "options");
    ck_assert_str_eq(e.message, "Punta de anca a la parrilla: choose at least 1 of \"Acompañamiento\"");
}
END_TEST

START_TEST(choice_of_more_than_a_group_allows_is_refused_naming_the_group) {
    struct error e = refused("punta-de-anca", PICKS({"termino-medio", 1}, {"termino-azul", 1}, {"acomp-yuca", 1}));
    ck_assert_int_eq(e.kind, ERROR_INVALID);
    ck_assert_str_eq(e.code, "options_too_many");
    ck_assert_str_eq(e.message, "Punta de anca a la parrilla: at most 1 of \"Término\"");
}
END_TEST

START_TEST(choice_counts_quantities_against_the_groups_limit) {
    (void)choose("posta-cartagenera", PICKS({"extra-suero", 3}));
    struct error e = refused("posta-cartagenera", PICKS({"extra-suero", 4}));
    ck_assert_str_eq(e.code, "options_too_many");
    ck_assert_str_eq(e.message, "Posta cartagenera con arroz titoté: at most 3 of \"Adiciones\"");
}
END_TEST

START_TEST(choice_with_a_quantity_of_zero_or_less_or_beyond_reason_is_refused) {
    static const int32_t bad[] = {0, -1, 100, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < 5; i++) {
        struct error e = refused("posta-cartagenera", PICKS({"extra-suero", bad[i]}));
        ck_assert_int_eq(e.kind, ERROR_INVALID);
        ck_assert_str_eq(e.code, "invalid_field");
        ck_assert_str_eq(e.field, "options[0].quantity");
        ck_assert_str_eq(e.message, "Posta cartagenera con arroz titoté: option \"extra-suero\" must be taken 1 to 99 times");
    }
}
END_TEST

/* ---- hours, and prices by kind, day and time ---- */

enum { MON, TUE, WED, THU, FRI, SAT, SUN };
#define AT(hour, minute) ((hour)*60 + (minute))

static const char times[] =
    "{\"name\":\"x\",\"categories\":["
    "{\"id\":\"desayunos\",\"name\":\"Desayunos\",\"hours\":[{\"from\":\"06:00\",\"to\":\"11:00\"}],\"items\":["
    "{\"id\":\"caldo\",\"name\":\"Caldo\",\"price\":9000},"
    "{\"id\":\"tamal\",\"name\":\"Tamal\",\"price\":15500,\"hours\":[{\"days\":[\"sat\",\"sun\"]},{\"days\":[\"wed\"],\"from\":"
    "\"10:00\",\"to\":"
    "\"14:00\"}]}]},"
    "{\"id\":\"bar\",\"name\":\"Bar\",\"items\":["
    "{\"id\":\"ron\",\"name\":\"Ron\",\"price\":18000,\"hours\":[{\"days\":[\"fri\",\"sun\"],\"from\":\"22:00\",\"to\":\"02:00\"}"
    "]},"
    "{\"id\":\"cerveza\",\"name\":\"Cerveza\",\"price\":12000,\"option_groups\":[\"con\"],\"prices\":["
    "{\"kinds\":[\"takeaway\"],\"days\":[\"fri\"],\"from\":\"17:00\",\"to\":\"19:00\",\"price\":7000},"
    "{\"days\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"],\"from\":\"17:00\",\"to\":\"19:00\",\"price\":9000},"
    "{\"kinds\":[\"takeaway\"],\"price\":11000},"
    "{\"days\":[\"sun\"],\"price\":10000},"
    "{\"from\":\"23:30\",\"to\":\"00:30\",\"price\":8000}]}]}],"
    "\"option_groups\":[{\"id\":\"con\",\"name\":\"Con\",\"min\":0,\"max\":2,\"options\":[{\"id\":\"con-limon\",\"name\":\"con "
    "limón\",\"price\":1500}]}]}";

static const struct menu *menu_with_times(void) {
    struct json document;
    struct menu *m = NULL;
    struct error e;
    ck_assert(json_parse(a, times, strlen(times), &document, &e));
    ck_assert_msg(menu_load(document, menu_fixture_site(a, "interno"), a, &m, &e), "%s", e.message);
    return m;
}
static bool sold(const char *item, int32_t weekday, int32_t minute) {
    struct menu_choice choice;
    struct error e = {0};
    struct menu_moment when = {ORDER_TABLE, weekday, minute};
    bool yes = menu_choose(menu_with_times(), item, NULL, 0, when, a, &choice, &e);
    if (!yes) ck_assert_str_eq(e.code, "item_not_now");
    return yes;
}
static money beer(enum order_kind kind, int32_t weekday, int32_t minute) {
    struct menu_choice choice;
    struct error e;
    struct menu_moment when = {kind, weekday, minute};
    ck_assert_msg(menu_choose(menu_with_times(), "cerveza", NULL, 0, when, a, &choice, &e), "%s", e.message);
    return choice.unit_price;
}

START_TEST(choice_is_sold_from_the_first_minute_of_its_hours_and_not_in_the_minute_they_end) {
    ck_assert(!sold("caldo", MON, AT(5, 59)));
    ck_assert(sold("caldo", MON, AT(6, 0)));
    ck_assert(sold("caldo", SUN, AT(10, 59)));
    ck_assert(!sold("caldo", SUN, AT(11, 0)));
    ck_assert(!sold("caldo", SUN, AT(0, 0)));
    ck_assert(!sold("caldo", SUN, AT(23, 59)));
}
END_TEST

START_TEST(choice_past_midnight_is_of_the_day_on_which_its_hours_began) {
    ck_assert(!sold("ron", FRI, AT(21, 59)));
    ck_assert(sold("ron", FRI, AT(22, 0)));
    ck_assert(sold("ron", FRI, AT(23, 59)));
    ck_assert(sold("ron", SAT, AT(0, 0)));
    ck_assert(sold("ron", SAT, AT(1, 59)));
    ck_assert(!sold("ron", SAT, AT(2, 0)));
    ck_assert(!sold("ron", SAT, AT(22, 0)));
    ck_assert(!sold("ron", FRI, AT(1, 0))); /* that would be of Thursday */
    ck_assert(sold("ron", MON, AT(1, 59))); /* Sunday's, into the new week */
    ck_assert(!sold("ron", SUN, AT(1, 59)));
}
END_TEST

START_TEST(choice_obeys_its_own_hours_and_those_of_its_category) {
    ck_assert(sold("tamal", SAT, AT(6, 0)));
    ck_assert(!sold("tamal", SAT, AT(11, 0))); /* the whole day, but not of breakfasts */
    ck_assert(!sold("tamal", FRI, AT(10, 30)));
    ck_assert(!sold("tamal", WED, AT(9, 59)));
    ck_assert(sold("tamal", WED, AT(10, 59)));
    ck_assert(!sold("tamal", WED, AT(11, 0)));
}
END_TEST

START_TEST(choice_outside_its_hours_is_refused_telling_when_it_is_sold) {
    static const struct {
        const char *item, *message;
        struct menu_moment when;
    } cases[] = {
        {"caldo", "Caldo: its category \"desayunos\" is sold every day 06:00 to 11:00", {ORDER_TABLE, MON, AT(11, 0)}},
        {"tamal", "Tamal: sold sat sun, wed 10:00 to 14:00", {ORDER_TABLE, MON, AT(10, 0)}},
        {"tamal", "Tamal: its category \"desayunos\" is sold every day 06:00 to 11:00", {ORDER_TAKEAWAY, SAT, AT(12, 0)}},
        {"ron", "Ron: sold fri sun 22:00 to 02:00", {ORDER_TABLE, SAT, AT(22, 0)}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct menu_choice choice = {0};
        struct error e;
        ck_assert(!menu_choose(menu_with_times(), cases[i].item, NULL, 0, cases[i].when, a, &choice, &e));
        ck_assert_ptr_null(choice.item);
        ck_assert_int_eq(e.kind, ERROR_CONFLICT);
        ck_assert_str_eq(e.code, "item_not_now");
        ck_assert_str_eq(e.field, "item");
        ck_assert_str_eq(e.message, cases[i].message);
    }
}
END_TEST

START_TEST(choice_costs_what_the_first_price_that_holds_says) {
    ck_assert_int_eq(beer(ORDER_TABLE, TUE, AT(12, 0)), 12000); /* its own */
    ck_assert_int_eq(beer(ORDER_TABLE, TUE, AT(16, 59)), 12000);
    ck_assert_int_eq(beer(ORDER_TABLE, TUE, AT(17, 0)), 9000);
    ck_assert_int_eq(beer(ORDER_TABLE, TUE, AT(18, 59)), 9000);
    ck_assert_int_eq(beer(ORDER_TABLE, TUE, AT(19, 0)), 12000);
    ck_assert_int_eq(beer(ORDER_TABLE, SAT, AT(18, 0)), 12000);
    ck_assert_int_eq(beer(ORDER_TAKEAWAY, TUE, AT(12, 0)), 11000);
    ck_assert_int_eq(beer(ORDER_TAKEAWAY, TUE, AT(18, 0)), 9000); /* the happy hour stands before the takeaway price */
    ck_assert_int_eq(beer(ORDER_TAKEAWAY, FRI, AT(18, 0)), 7000); /* and this one before both */
    ck_assert_int_eq(beer(ORDER_TABLE, FRI, AT(18, 0)), 9000);
    ck_assert_int_eq(beer(ORDER_TAKEAWAY, FRI, AT(19, 0)), 11000);
    ck_assert_int_eq(beer(ORDER_TABLE, SUN, AT(0, 0)), 10000); /* all of Sunday */
    ck_assert_int_eq(beer(ORDER_TABLE, SUN, AT(23, 59)), 10000);
    ck_assert_int_eq(beer(ORDER_TABLE, MON, AT(0, 0)), 8000); /* the end of Sunday's night, when Sunday is over */
    ck_assert_int_eq(beer(ORDER_TABLE, MON, AT(0, 30)), 12000);
    ck_assert_int_eq(beer(ORDER_TABLE, SAT, AT(23, 30)), 8000);
    ck_assert_int_eq(beer(ORDER_TABLE, SAT, AT(0, 29)), 8000);
}
END_TEST

START_TEST(choice_adds_its_options_to_the_price_of_the_hour) {
    struct menu_choice choice;
    struct error e;
    struct menu_moment when = {ORDER_TABLE, TUE, AT(17, 30)};
    ck_assert(menu_choose(menu_with_times(), "cerveza", PICKS({"con-limon", 2}), when, a, &choice, &e));
    ck_assert_int_eq(choice.unit_price, 12000); /* 9000 + 2 × 1500 */
}
END_TEST

START_TEST(the_moment_of_a_sale_is_on_the_sites_clock) {
    struct error e;
    ck_assert(clock_set_zone("America/Bogota", &e));
    struct menu_moment now = menu_moment_at(INT64_C(1795567379999), ORDER_TAKEAWAY); /* 24 November 2026, 19:42:59.999 */
    ck_assert_int_eq(now.kind, ORDER_TAKEAWAY);
    ck_assert_int_eq(now.weekday, TUE);
    ck_assert_int_eq(now.minute, AT(19, 42));
    now = menu_moment_at(INT64_C(1795567380000), ORDER_TABLE);
    ck_assert_int_eq(now.kind, ORDER_TABLE);
    ck_assert_int_eq(now.minute, AT(19, 43));
}
END_TEST

int main(void) {
    return data_suite_run(
        "menu_choose", setup, teardown,
        DATA_TESTS(
            choice_without_options_costs_the_items_price, choice_adds_what_its_options_cost_times_their_quantity,
            choice_lists_options_in_the_order_of_the_menu_whatever_the_order_of_the_taps,
            choice_of_a_fixed_price_menu_takes_one_of_each_course, choice_of_one_option_in_two_picks_is_one_with_the_sum,
            choice_of_an_unknown_item_is_refused, choice_of_another_items_option_is_refused,
            choice_without_what_a_group_requires_is_refused_naming_the_group,
            choice_of_more_than_a_group_allows_is_refused_naming_the_group, choice_counts_quantities_against_the_groups_limit,
            choice_with_a_quantity_of_zero_or_less_or_beyond_reason_is_refused,
            choice_is_sold_from_the_first_minute_of_its_hours_and_not_in_the_minute_they_end,
            choice_past_midnight_is_of_the_day_on_which_its_hours_began, choice_obeys_its_own_hours_and_those_of_its_category,
            choice_outside_its_hours_is_refused_telling_when_it_is_sold, choice_costs_what_the_first_price_that_holds_says,
            choice_adds_its_options_to_the_price_of_the_hour, the_moment_of_a_sale_is_on_the_sites_clock));
}
