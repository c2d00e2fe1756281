/* A choice: priced with its options, and held to what every group asks for. */
#include <check.h>

#include "tests/support/data_suite.h"
#include "tests/support/menu_fixture.h"

static struct arena *a;
static struct menu *interno;

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
    ck_assert_msg(menu_choose(interno, item, picks, count, a, &choice, &e), "%s", e.message);
    return choice;
}

static struct error refused(const char *item, const struct menu_pick *picks, size_t count) {
    struct menu_choice choice = {0};
    struct error e;
    ck_assert(!menu_choose(interno, item, picks, count, a, &choice, &e));
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

int main(void) {
    return data_suite_run(
        "menu_choose", setup, teardown,
        DATA_TESTS(choice_without_options_costs_the_items_price, choice_adds_what_its_options_cost_times_their_quantity,
                   choice_lists_options_in_the_order_of_the_menu_whatever_the_order_of_the_taps,
                   choice_of_a_fixed_price_menu_takes_one_of_each_course, choice_of_one_option_in_two_picks_is_one_with_the_sum,
                   choice_of_an_unknown_item_is_refused, choice_of_another_items_option_is_refused,
                   choice_without_what_a_group_requires_is_refused_naming_the_group,
                   choice_of_more_than_a_group_allows_is_refused_naming_the_group,
                   choice_counts_quantities_against_the_groups_limit,
                   choice_with_a_quantity_of_zero_or_less_or_beyond_reason_is_refused));
}
