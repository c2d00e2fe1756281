/* Versions of the menu: published whole, numbered, never changed. */
#include <check.h>
#include <string.h>

#include "tests/support/data_suite.h"
#include "tests/support/menu_fixture.h"

static struct arena *a;
static struct data_tmp tmp;
static struct db *db;
static struct site *site;

static void setup(void) {
    a = arena_open();
    data_tmp_make(&tmp);
    db = menu_fixture_db(&tmp);
    site = menu_fixture_site(a, "interno");
}

static void teardown(void) {
    db_close(db);
    data_tmp_remove(&tmp);
    arena_close(a);
}

/* A menu of one item at `price`. */
static const char *text_with_price(int price) {
    return arena_printf(a,
                        "{\"name\":\"Carta\",\"categories\":[{\"id\":\"platos\",\"name\":\"Platos\",\"items\":[{\"id\":\"posta\","
                        "\"name\":\"Posta ñ\",\"price\":%d,\"station\":\"cocina-caliente\"}]}]}",
                        price);
}

static int64_t publish(const char *text) {
    struct json document;
    struct menu *checked = NULL;
    struct error e;
    int64_t version = 0;
    ck_assert(json_parse(a, text, strlen(text), &document, &e));
    ck_assert_msg(menu_load(document, site, a, &checked, &e), "%s", e.message);
    ck_assert_msg(menu_publish(db, document, checked, 0, 1795500000000, &version, &e), "%s", e.message);
    return version;
}

START_TEST(nothing_published_is_told_as_such) {
    struct menu *m = NULL;
    const char *text = NULL;
    struct error e;
    ck_assert(!menu_current(db, site, a, &m, &e));
    ck_assert_int_eq(e.kind, ERROR_NOT_FOUND);
    ck_assert_str_eq(e.code, "menu_none");
    ck_assert(!menu_document(db, 0, a, &text, &e));
    ck_assert_str_eq(e.code, "menu_none");
    ck_assert_ptr_null(m);
}
END_TEST

START_TEST(publishing_numbers_the_versions_and_the_newest_is_current) {
    ck_assert_int_eq(publish(text_with_price(54000)), 1);
    ck_assert_int_eq(publish(text_with_price(56000)), 2);
    struct menu *m = NULL;
    struct error e;
    ck_assert(menu_current(db, site, a, &m, &e));
    ck_assert_int_eq(m->version, 2);
    ck_assert_int_eq(menu_find_item(m, "posta")->price, 56000);
}
END_TEST

START_TEST(an_older_version_stays_as_it_was_published) {
    (void)publish(text_with_price(54000));
    (void)publish(text_with_price(56000));
    struct menu *m = NULL;
    const char *text = NULL;
    struct error e;
    ck_assert(menu_version(db, 1, site, a, &m, &e));
    ck_assert_int_eq(m->version, 1);
    ck_assert_int_eq(menu_find_item(m, "posta")->price, 54000);
    ck_assert(menu_document(db, 1, a, &text, &e));
    ck_assert_str_eq(text,
                     "{\"name\":\"Carta\",\"categories\":[{\"id\":\"platos\",\"name\":\"Platos\",\"items\":[{\"id\":\"posta\","
                     "\"name\":\"Posta ñ\",\"price\":54000,\"station\":\"cocina-caliente\"}]}]}");
    ck_assert(menu_document(db, 0, a, &text, &e));
    ck_assert_ptr_nonnull(strstr(text, "\"price\":56000"));
}
END_TEST

START_TEST(version_zero_is_the_newest) {
    (void)publish(text_with_price(54000));
    (void)publish(text_with_price(56000));
    struct menu *m = NULL;
    struct error e;
    ck_assert(menu_version(db, 0, site, a, &m, &e));
    ck_assert_int_eq(m->version, 2);
}
END_TEST

START_TEST(a_version_that_does_not_exist_is_told_by_number) {
    (void)publish(text_with_price(54000));
    struct menu *m = NULL;
    struct error e;
    ck_assert(!menu_version(db, 7, site, a, &m, &e));
    ck_assert_int_eq(e.kind, ERROR_NOT_FOUND);
    ck_assert_str_eq(e.code, "menu_version_unknown");
    ck_assert_str_eq(e.message, "menu version 7: does not exist");
}
END_TEST

START_TEST(a_published_version_can_be_neither_changed_nor_deleted) {
    (void)publish(text_with_price(54000));
    struct error e;
    ck_assert(!db_exec(db, "UPDATE menu_version SET document = '{}'", DB_NO_ARGS, &e));
    ck_assert_ptr_nonnull(strstr(e.message, "a published menu is never changed"));
    ck_assert(!db_exec(db, "DELETE FROM menu_version", DB_NO_ARGS, &e));
    ck_assert_ptr_nonnull(strstr(e.message, "a published menu is never deleted"));
}
END_TEST

START_TEST(who_and_when_are_kept_and_nobody_is_the_first_start) {
    struct error e;
    int64_t staff, at, version;
    struct json document;
    struct menu *checked;
    const char *text = text_with_price(54000);
    (void)publish(text);
    ck_assert(db_get_int(db, "SELECT staff_id FROM menu_version WHERE id = 1", DB_NO_ARGS, -1, &staff, &e));
    ck_assert_int_eq(staff, -1);
    ck_assert(db_get_int(db, "SELECT created_at FROM menu_version WHERE id = 1", DB_NO_ARGS, -1, &at, &e));
    ck_assert_int_eq(at, 1795500000000);
    ck_assert(db_exec(db, "INSERT INTO staff VALUES (5, 'Gerencia', 'manager', '$argon2id$x', 1, 0)", DB_NO_ARGS, &e));
    ck_assert(json_parse(a, text, strlen(text), &document, &e) && menu_load(document, site, a, &checked, &e));
    ck_assert(menu_publish(db, document, checked, 5, 1795500000001, &version, &e));
    ck_assert(db_get_int(db, "SELECT staff_id FROM menu_version WHERE id = 2", DB_NO_ARGS, -1, &staff, &e));
    ck_assert_int_eq(staff, 5);
    ck_assert(!menu_publish(db, document, checked, 99, 1795500000002, &version, &e)); /* no such person */
    ck_assert_int_eq(e.kind, ERROR_CONFLICT);
}
END_TEST

START_TEST(the_three_real_menus_come_back_whole) {
    static const char *const sites[] = {"interno", "la-cocina", "go-lupe"};
    for (size_t i = 0; i < 3; i++) {
        struct site *of = menu_fixture_site(a, sites[i]);
        struct menu *from_file = menu_fixture_menu(a, of), *from_db = NULL;
        struct json document;
        struct error e;
        int64_t version;
        ck_assert(json_parse_file(a, of->menu_file, &document, &e));
        ck_assert(menu_publish(db, document, from_file, 0, 1795500000000, &version, &e));
        ck_assert(menu_current(db, of, a, &from_db, &e));
        ck_assert_int_eq(from_db->version, (int64_t)i + 1);
        ck_assert_uint_eq(from_db->item_count, from_file->item_count);
        ck_assert_uint_eq(from_db->group_count, from_file->group_count);
        for (size_t n = 0; n < from_file->item_count; n++) {
            ck_assert_str_eq(from_db->items[n].id, from_file->items[n].id);
            ck_assert_str_eq(from_db->items[n].name, from_file->items[n].name);
            ck_assert_int_eq(from_db->items[n].price, from_file->items[n].price);
        }
    }
}
END_TEST

START_TEST(a_version_that_no_longer_fits_the_site_names_itself_and_the_fault) {
    (void)publish(text_with_price(54000));
    struct menu *m = NULL;
    struct error e;
    ck_assert(!menu_current(db, menu_fixture_site(a, "go-lupe"), a, &m, &e));
    ck_assert_str_eq(e.code, "bad_menu");
    ck_assert_str_eq(e.message, "menu version 1: categories[0].items[0].station: unknown station \"cocina-caliente\" at go-lupe");
}
END_TEST

int main(void) {
    return data_suite_run("menu_versions", setup, teardown,
                          DATA_TESTS(nothing_published_is_told_as_such, publishing_numbers_the_versions_and_the_newest_is_current,
                                     an_older_version_stays_as_it_was_published, version_zero_is_the_newest,
                                     a_version_that_does_not_exist_is_told_by_number,
                                     a_published_version_can_be_neither_changed_nor_deleted,
                                     who_and_when_are_kept_and_nobody_is_the_first_start, the_three_real_menus_come_back_whole,
                                     a_version_that_no_longer_fits_the_site_names_itself_and_the_fault));
}
