/* The menu's document: the three real ones load as they were meant, and every fault of a bad one is told with its path. */
#include <check.h>
#include <string.h>

#include "data/text.h"
#include "tests/support/data_suite.h"
#include "tests/support/menu_fixture.h"

static struct arena *a;

static void setup(void) {
    a = arena_open();
}

static void teardown(void) {
    arena_close(a);
}

START_TEST(menu_interno_sells_three_courses_with_three_choices_each) {
    struct site *site = menu_fixture_site(a, "interno");
    struct menu *m = menu_fixture_menu(a, site);
    ck_assert(m->sample);
    ck_assert_int_eq(m->version, 0);
    const struct menu_item *item = menu_find_item(m, "menu-interno");
    ck_assert_int_eq(item->price, 89000);
    ck_assert_ptr_null(item->station);
    ck_assert_uint_eq(item->group_count, 3);
    static const char *const courses[] = {"entrada", "fuerte", "postre"};
    for (size_t g = 0; g < 3; g++) {
        ck_assert_int_eq(item->groups[g]->min, 1);
        ck_assert_int_eq(item->groups[g]->max, 1);
        ck_assert_uint_eq(item->groups[g]->option_count, 3);
        for (size_t o = 0; o < 3; o++) {
            ck_assert_str_eq(item->groups[g]->options[o].course, courses[g]);
            ck_assert_ptr_nonnull(site_find_station(site, item->groups[g]->options[o].station));
        }
    }
}
END_TEST

START_TEST(menu_item_keeps_every_member_of_its_document) {
    struct menu *m = menu_fixture_menu(a, menu_fixture_site(a, "interno"));
    const struct menu_item *item = menu_find_item(m, "arroz-caldoso");
    ck_assert_str_eq(item->name, "Arroz caldoso con mariscos");
    ck_assert_str_eq(item->short_name, "Arroz caldoso");
    ck_assert_str_eq(item->description, "");
    ck_assert_str_eq(item->category, "fuertes");
    ck_assert_str_eq(item->station, "cocina-caliente");
    ck_assert_str_eq(item->course, "fuerte");
    ck_assert_str_eq(item->allergens, "camarón, calamar, pescado");
    ck_assert(item->available);
    ck_assert_int_eq(item->price, 58000);
    ck_assert_uint_eq(item->group_count, 2);
    ck_assert_str_eq(item->groups[0]->id, "cambios");
    ck_assert_str_eq(item->groups[1]->id, "extras");
}
END_TEST

START_TEST(menu_item_without_a_short_name_prints_its_name) {
    struct menu *m = menu_fixture_menu(a, menu_fixture_site(a, "interno"));
    ck_assert_str_eq(menu_find_item(m, "jugo-natural")->short_name, "Jugo natural");
    const struct menu_item *menu = menu_find_item(m, "menu-interno");
    ck_assert_str_eq(menu_find_option(menu, "menu-carimanola", NULL)->short_name, "Carimañola con suero");
    const struct menu_item *posta = menu_find_item(m, "posta-cartagenera");
    ck_assert_str_eq(menu_find_option(posta, "titote-aparte", NULL)->short_name, "titoté aparte");
}
END_TEST

START_TEST(menu_item_is_taxed_by_its_own_category_or_by_the_sites) {
    struct menu *m = menu_fixture_menu(a, menu_fixture_site(a, "interno"));
    const struct menu_item *food = menu_find_item(m, "boronia"), *bag = menu_find_item(m, "bolsa-tela"),
                           *book = menu_find_item(m, "libro-relatos");
    ck_assert_str_eq(food->tax, "inc");
    ck_assert_str_eq(food->tax_name, "INC");
    ck_assert_int_eq(food->tax_rate, 800);
    ck_assert_str_eq(bag->tax_name, "IVA");
    ck_assert_int_eq(bag->tax_rate, 1900);
    ck_assert_str_eq(book->tax, "excluido");
    ck_assert_int_eq(book->tax_rate, 0);
}
END_TEST

START_TEST(menu_option_is_a_dish_with_a_station_and_a_modifier_without) {
    struct menu *m = menu_fixture_menu(a, menu_fixture_site(a, "interno"));
    const struct menu_group *group = NULL;
    const struct menu_option *dish = menu_find_option(menu_find_item(m, "menu-interno"), "menu-arroz-caldoso", &group);
    ck_assert_str_eq(group->id, "menu-fuerte");
    ck_assert_str_eq(dish->station, "cocina-caliente");
    ck_assert_str_eq(dish->course, "fuerte");
    ck_assert_str_eq(dish->allergens, "camarón, calamar, pescado");
    ck_assert_int_eq(dish->price, 8000);
    const struct menu_option *modifier = menu_find_option(menu_find_item(m, "posta-cartagenera"), "sin-cebolla", &group);
    ck_assert_str_eq(group->id, "cambios");
    ck_assert_ptr_null(modifier->station);
    ck_assert_ptr_null(modifier->course);
    ck_assert_int_eq(modifier->price, 0);
}
END_TEST

START_TEST(menu_categories_hold_their_items_in_order) {
    struct menu *m = menu_fixture_menu(a, menu_fixture_site(a, "go-lupe"));
    ck_assert_uint_eq(m->category_count, 4);
    ck_assert_str_eq(m->categories[0].name, "Combos");
    ck_assert_str_eq(m->categories[0].color, "vermillion");
    ck_assert_uint_eq(m->categories[0].item_count, 3);
    ck_assert_str_eq(m->categories[0].items[0]->id, "combo-libertad");
    ck_assert_str_eq(m->categories[0].items[1]->id, "combo-reconciliacion");
    ck_assert_str_eq(m->categories[0].items[2]->id, "combo-segundas-oportunidades");
    ck_assert_str_eq(m->categories[3].id, "bebidas");
    ck_assert_uint_eq(m->item_count, 16);
    ck_assert_ptr_eq(m->categories[3].items[4], &m->items[15]);
    const struct menu_group *salsas = menu_find_group(m, "salsas");
    ck_assert_int_eq(salsas->min, 0);
    ck_assert_int_eq(salsas->max, 2);
}
END_TEST

START_TEST(menu_la_cocina_cooks_lunch_in_the_kitchen_and_juice_at_the_drinks) {
    struct menu *m = menu_fixture_menu(a, menu_fixture_site(a, "la-cocina"));
    const struct menu_item *lunch = menu_find_item(m, "corrientazo");
    ck_assert_int_eq(lunch->price, 16000);
    ck_assert_str_eq(lunch->station, "cocina");
    ck_assert_str_eq(menu_find_option(lunch, "dia-mora", NULL)->station, "bebidas");
    ck_assert_ptr_null(menu_find_option(lunch, "seco-pechuga", NULL)->station);
}
END_TEST

/* So that the option sheet and the tap that goes straight to the order both exist everywhere. */
START_TEST(menu_of_each_site_has_items_that_must_ask_and_items_that_need_not) {
    static const char *const sites[] = {"interno", "la-cocina", "go-lupe"};
    for (size_t s = 0; s < 3; s++) {
        struct menu *m = menu_fixture_menu(a, menu_fixture_site(a, sites[s]));
        size_t must = 0, plain = 0;
        for (size_t i = 0; i < m->item_count; i++) {
            plain += m->items[i].group_count == 0;
            for (size_t g = 0; g < m->items[i].group_count; g++) must += m->items[i].groups[g]->min > 0;
        }
        ck_assert_uint_gt(must, 0);
        ck_assert_uint_gt(plain, 0);
    }
}
END_TEST

START_TEST(menu_look_ups_answer_null_for_the_unknown) {
    struct menu *m = menu_fixture_menu(a, menu_fixture_site(a, "interno"));
    ck_assert_ptr_null(menu_find_item(m, "corrientazo"));
    ck_assert_ptr_null(menu_find_group(m, "salsas"));
    /* an option of another item is none of this one */
    ck_assert_ptr_null(menu_find_option(menu_find_item(m, "boronia"), "menu-posta", NULL));
}
END_TEST

/* The fixtures and what each must be told are shared with tests/support/schema_check.mjs. */
START_TEST(menu_every_bad_fixture_is_refused_with_exactly_its_faults) {
    struct site *site = menu_fixture_site(a, "interno");
    struct json expected;
    struct error e;
    ck_assert(json_parse_file(a, "tests/support/bad_menus/expected.json", &expected, &e));
    ck_assert_uint_eq(json_count(expected), 36);
    JSON_EACH(fixture, expected) {
        const char *file = arena_printf(a, "tests/support/bad_menus/%s", json_key(fixture));
        struct text_buffer wanted = {.arena = a};
        JSON_EACH(fault, json_array(fixture, "faults", 1, 100)) {
            text_appendf(&wanted, "%s%s: %s", wanted.size ? "\n" : "", file, json_value_text(fault, 500));
        }
        struct menu *m = NULL;
        const char *faults = NULL;
        ck_assert_msg(!menu_load_file(file, site, a, &m, &faults, &e), "%s was accepted", file);
        ck_assert_ptr_null(m);
        ck_assert_int_eq(e.kind, ERROR_INVALID);
        ck_assert_str_eq(e.code, "bad_menu");
        ck_assert_str_eq(faults, wanted.bytes);
    }
    ck_assert(json_ok(expected, &e));
}
END_TEST

START_TEST(menu_document_from_the_door_keeps_its_faults_for_the_caller) {
    static const char text[] = "{\"name\":\"x\",\"categories\":[{\"id\":\"a\",\"name\":\"A\",\"items\":["
                               "{\"id\":\"b\",\"name\":\"B\",\"price\":-5,\"station\":\"nave\"}]}]}";
    struct json document;
    struct error e;
    struct menu *m = NULL;
    ck_assert(json_parse(a, text, strlen(text), &document, &e));
    ck_assert(!menu_load(document, menu_fixture_site(a, "interno"), a, &m, &e));
    ck_assert_ptr_null(m);
    ck_assert_int_eq(e.kind, ERROR_INVALID);
    ck_assert_str_eq(e.code, "bad_menu");
    ck_assert_str_eq(e.field, "categories[0].items[0].price");
    ck_assert_str_eq(e.message, "categories[0].items[0].price: must be 0 to 10000000 (and 1 more)");
    ck_assert_uint_eq(json_fault_count(document), 2);
    ck_assert_str_eq(json_fault(document, 1), "categories[0].items[0].station: unknown station \"nave\" at interno");
}
END_TEST

START_TEST(menu_made_for_another_site_does_not_load) {
    struct site *site = menu_fixture_site(a, "go-lupe");
    struct menu *m = NULL;
    struct error e;
    ck_assert(!menu_load_file("data/menus/la-cocina.json", site, a, &m, NULL, &e));
    ck_assert_str_eq(e.code, "bad_menu");
    ck_assert_ptr_nonnull(strstr(e.message, "unknown station \"bebidas\" at go-lupe"));
}
END_TEST

START_TEST(menu_prices_at_the_edges_are_accepted) {
    static const char text[] =
        "{\"name\":\"x\",\"categories\":[{\"id\":\"a\",\"name\":\"A\",\"items\":["
        "{\"id\":\"gift\",\"name\":\"G\",\"price\":0},{\"id\":\"dear\",\"name\":\"D\",\"price\":10000000}]}]}";
    struct json document;
    struct error e;
    struct menu *m = NULL;
    ck_assert(json_parse(a, text, strlen(text), &document, &e));
    ck_assert(menu_load(document, menu_fixture_site(a, "interno"), a, &m, &e));
    ck_assert_int_eq(menu_find_item(m, "gift")->price, 0);
    ck_assert_int_eq(menu_find_item(m, "dear")->price, 10000000);
    ck_assert(!m->sample);
    ck_assert_uint_eq(m->group_count, 0);
    ck_assert_ptr_null(m->categories[0].color);
}
END_TEST

START_TEST(menu_hours_and_prices_are_read_as_they_stand) {
    static const char text[] =
        "{\"name\":\"x\",\"categories\":[{\"id\":\"a\",\"name\":\"A\",\"hours\":[{\"from\":\"18:00\",\"to\":\"02:00\"}],"
        "\"items\":["
        "{\"id\":\"b\",\"name\":\"B\",\"price\":1000,\"hours\":[{\"days\":[\"sun\",\"mon\"]},{\"from\":\"00:00\",\"to\":\"23:"
        "59\"}],"
        "\"prices\":[{\"kinds\":[\"takeaway\",\"table\"],\"days\":[\"sat\"],\"from\":\"19:05\",\"to\":\"20:10\",\"price\":0},"
        "{\"kinds\":[\"table\"],\"price\":900}]},"
        "{\"id\":\"c\",\"name\":\"C\",\"price\":1000}]}]}";
    struct json document;
    struct error e;
    struct menu *m = NULL;
    ck_assert(json_parse(a, text, strlen(text), &document, &e));
    ck_assert_msg(menu_load(document, menu_fixture_site(a, "interno"), a, &m, &e), "%s", e.message);
    const struct menu_item *b = menu_find_item(m, "b"), *c = menu_find_item(m, "c");
    ck_assert_uint_eq(m->categories[0].hours.count, 1);
    ck_assert_uint_eq(b->category_hours.count, 1);
    ck_assert_int_eq(b->category_hours.spans[0].from, 1080);
    ck_assert_int_eq(b->category_hours.spans[0].to, 120);
    ck_assert_uint_eq(b->category_hours.spans[0].days, 0x7F);
    ck_assert_uint_eq(b->hours.count, 2);
    ck_assert_uint_eq(b->hours.spans[0].days, 0x41); /* Sunday and Monday */
    ck_assert_int_eq(b->hours.spans[0].from, 0);
    ck_assert_int_eq(b->hours.spans[0].to, 0);
    ck_assert_int_eq(b->hours.spans[1].to, 1439);
    ck_assert_uint_eq(b->price_count, 2);
    ck_assert_uint_eq(b->prices[0].kinds, 1U << ORDER_TABLE | 1U << ORDER_TAKEAWAY);
    ck_assert_uint_eq(b->prices[0].when.days, 0x20);
    ck_assert_int_eq(b->prices[0].when.from, 1145);
    ck_assert_int_eq(b->prices[0].when.to, 1210);
    ck_assert_int_eq(b->prices[0].price, 0);
    ck_assert_uint_eq(b->prices[1].kinds, 1U << ORDER_TABLE);
    ck_assert_uint_eq(b->prices[1].when.days, 0x7F);
    ck_assert_int_eq(b->prices[1].price, 900);
    ck_assert_uint_eq(c->hours.count, 0);
    ck_assert_uint_eq(c->category_hours.count, 1);
    ck_assert_uint_eq(c->price_count, 0);
}
END_TEST

START_TEST(menu_go_lupe_has_a_happy_hour_and_la_cocina_a_price_to_take_away) {
    struct menu *lupe = menu_fixture_menu(a, menu_fixture_site(a, "go-lupe"));
    const struct menu_item *jamaica = menu_find_item(lupe, "agua-jamaica");
    ck_assert_str_eq(menu_hours_text(&jamaica->hours, a), "every day 11:00 to 02:00");
    ck_assert_int_eq(menu_item_price_at(jamaica, (struct menu_moment){ORDER_TRUCK, 3, 16 * 60}), 4500);
    ck_assert_int_eq(menu_item_price_at(jamaica, (struct menu_moment){ORDER_TRUCK, 4, 16 * 60}), 6000);
    struct menu *cocina = menu_fixture_menu(a, menu_fixture_site(a, "la-cocina"));
    const struct menu_item *cuajada = menu_find_item(cocina, "cuajada-melao");
    ck_assert_str_eq(menu_hours_text(&cuajada->hours, a), "at all times");
    ck_assert_int_eq(menu_item_price_at(cuajada, (struct menu_moment){ORDER_TAKEAWAY, 0, 0}), 7000);
    ck_assert_int_eq(menu_item_price_at(cuajada, (struct menu_moment){ORDER_COUNTER, 0, 0}), 6500);
}
END_TEST

/* Sold from 15:00, which no time of the item says, to 20:00: neither the hours nor a price are idle. */
START_TEST(menu_hours_that_meet_only_in_part_are_accepted) {
    static const char text[] = "{\"name\":\"x\",\"categories\":[{\"id\":\"a\",\"name\":\"A\",\"hours\":[{\"from\":\"15:00\","
                               "\"to\":\"02:00\"}],\"items\":["
                               "{\"id\":\"b\",\"name\":\"B\",\"price\":1000,\"hours\":[{\"from\":\"10:00\",\"to\":\"20:00\"}],"
                               "\"prices\":[{\"from\":\"14:00\",\"to\":\"15:30\",\"price\":900}]}]}]}";
    struct json document;
    struct error e;
    struct menu *m = NULL;
    ck_assert(json_parse(a, text, strlen(text), &document, &e));
    ck_assert_msg(menu_load(document, menu_fixture_site(a, "interno"), a, &m, &e), "%s", e.message);
}
END_TEST

/* 20 entries fit and 21 do not: the check of what can never be counts on it. */
START_TEST(menu_item_has_at_most_twenty_hours_and_twenty_prices) {
    for (int n = 20; n <= 21; n++) {
        struct text_buffer text = {.arena = a};
        text_append_text(
            &text,
            "{\"name\":\"x\",\"categories\":[{\"id\":\"a\",\"name\":\"A\",\"items\":[{\"id\":\"b\",\"name\":\"B\",\"price\":1,"
            "\"hours\":[");
        for (int i = 0; i < n; i++) text_appendf(&text, "%s{\"from\":\"%02d:00\",\"to\":\"%02d:30\"}", i ? "," : "", i, i);
        text_append_text(&text, "],\"prices\":[");
        for (int i = 0; i < n; i++)
            text_appendf(&text, "%s{\"from\":\"%02d:00\",\"to\":\"%02d:30\",\"price\":2}", i ? "," : "", i, i);
        text_append_text(&text, "]}]}]}");
        struct json document;
        struct error e;
        struct menu *m = NULL;
        ck_assert(json_parse(a, text.bytes, text.size, &document, &e));
        ck_assert_int_eq(menu_load(document, menu_fixture_site(a, "interno"), a, &m, &e), n == 20);
        ck_assert_uint_eq(json_fault_count(document), n == 20 ? 0 : 2);
    }
}
END_TEST

int main(void) {
    return data_suite_run(
        "menu_load", setup, teardown,
        DATA_TESTS(menu_interno_sells_three_courses_with_three_choices_each, menu_item_keeps_every_member_of_its_document,
                   menu_item_without_a_short_name_prints_its_name, menu_item_is_taxed_by_its_own_category_or_by_the_sites,
                   menu_option_is_a_dish_with_a_station_and_a_modifier_without, menu_categories_hold_their_items_in_order,
                   menu_la_cocina_cooks_lunch_in_the_kitchen_and_juice_at_the_drinks,
                   menu_of_each_site_has_items_that_must_ask_and_items_that_need_not, menu_look_ups_answer_null_for_the_unknown,
                   menu_every_bad_fixture_is_refused_with_exactly_its_faults,
                   menu_document_from_the_door_keeps_its_faults_for_the_caller, menu_made_for_another_site_does_not_load,
                   menu_prices_at_the_edges_are_accepted, menu_hours_and_prices_are_read_as_they_stand,
                   menu_go_lupe_has_a_happy_hour_and_la_cocina_a_price_to_take_away,
                   menu_hours_that_meet_only_in_part_are_accepted, menu_item_has_at_most_twenty_hours_and_twenty_prices));
}
