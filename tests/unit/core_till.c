/* Opening the till: what a first start makes, and every way in which it is refused with nothing changed. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/migrate.h"
#include "tests/support/core_fixture.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_prepare(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

static bool open_till(void) {
    struct till_options o = {.site = f.site, .directory = f.tmp.path, .clock = &f.clock};
    f.till = NULL;
    f.error = (struct error){0};
    return till_open(&o, &f.till, &f.error);
}
static void refused(const char *code, const char *word) {
    ck_assert_msg(!open_till(), "opened, but should be refused as %s", code);
    ck_assert_msg(strcmp(f.error.code, code) == 0, "%s: %s", f.error.code, f.error.message);
    ck_assert_msg(strstr(f.error.message, word), "\"%s\" is not in \"%s\"", word, f.error.message);
}
static void reopen(void) {
    till_close(f.till);
    core_ok(&f, open_till());
}

/* ---- a first start, and the next ---- */

START_TEST(a_first_start_makes_the_directory_the_menu_and_the_numbers) {
    struct till_options o = {.site = f.site, .directory = data_tmp_join(&f.tmp, "var/interno"), .clock = &f.clock};
    struct stat s;
    core_ok(&f, till_open(&o, &f.till, &f.error));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM menu_version"), 1);
    ck_assert_int_eq(atomic_load(&f.till->menu)->version, 1);
    ck_assert_str_eq(atomic_load(&f.till->menu)->name, "Carta de prueba");
    ck_assert_str_eq(core_text(&f, "SELECT prefix || first || '-' || last || ' ' || next FROM number_range"), "INT1-50000 1");
    ck_assert_int_eq(stat(data_tmp_join(&f.tmp, "var/interno"), &s), 0);
    ck_assert_int_eq(s.st_mode & 0777, 0700);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM staff"), 0);
}
END_TEST

START_TEST(the_next_start_changes_nothing) {
    core_ok(&f, open_till());
    const char *journal = core_text(&f, "SELECT group_concat(hex(hash)) FROM journal");
    reopen();
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM menu_version"), 1);
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(hex(hash)) FROM journal"), journal);
}
END_TEST

START_TEST(the_demo_people_are_seeded_once_over_two_starts) {
    struct till_options o = {.site = f.site, .directory = f.tmp.path, .clock = &f.clock, .demo = true};
    core_ok(&f, till_open(&o, &f.till, &f.error));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM staff"), 5);
    till_close(f.till);
    core_ok(&f, till_open(&o, &f.till, &f.error));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM staff"), 5);
}
END_TEST

START_TEST(a_clean_close_leaves_everything_in_the_database_file) {
    struct stat s;
    core_ok(&f, open_till());
    till_close(f.till);
    f.till = NULL;
    ck_assert_int_ne(stat(data_tmp_join(&f.tmp, "comanda.db-wal"), &s), 0);
    core_ok(&f, open_till());
}
END_TEST

START_TEST(printers_get_their_folder_when_they_run) {
    struct till_options o = {.site = f.site, .directory = f.tmp.path, .clock = &f.clock, .print = true};
    struct stat s;
    core_ok(&f, till_open(&o, &f.till, &f.error));
    ck_assert_ptr_nonnull(f.till->spooler);
    ck_assert_int_eq(stat(data_tmp_join(&f.tmp, "tickets"), &s), 0);
}
END_TEST

/* ---- refusals ---- */

START_TEST(a_second_till_on_the_same_directory_is_refused) {
    core_ok(&f, open_till());
    struct till *second = NULL;
    struct till_options o = {.site = f.site, .directory = f.tmp.path, .clock = &f.clock};
    core_refused(&f, "data_in_use", till_open(&o, &second, &f.error));
    ck_assert_ptr_nonnull(strstr(f.error.message, f.tmp.path));
    ck_assert_ptr_null(second);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM menu_version"), 1); /* and the first goes on */
}
END_TEST

START_TEST(a_corrupt_database_is_refused_and_left_as_it_is) {
    char garbage[8192], after[8192];
    memset(garbage, 'x', sizeof garbage);
    const char *path = data_tmp_write(&f.tmp, "comanda.db", garbage, sizeof garbage);
    refused("database_corrupt", "comanda.db");
    ck_assert_int_eq(f.error.kind, ERROR_IO);
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fread(after, 1, sizeof after, file), sizeof after);
    ck_assert(memcmp(garbage, after, sizeof after) == 0 && fgetc(file) == EOF);
    (void)fclose(file);
    ck_assert_int_ne(access(data_tmp_join(&f.tmp, "journal.key"), F_OK), 0); /* no new key either */
}
END_TEST

static void set_version(int version) {
    struct db *db;
    till_close(f.till);
    f.till = NULL;
    core_ok(&f, db_open(data_tmp_join(&f.tmp, "comanda.db"), DB_WRITER, &db, &f.error));
    core_ok(&f, db_script(db, arena_printf(f.arena, "PRAGMA user_version = %d", version), &f.error));
    db_close(db);
}

START_TEST(a_newer_database_is_refused_and_left_as_it_is) {
    core_ok(&f, open_till());
    set_version(migrate_newest() + 1);
    refused("database_newer", "comanda.db");
    ck_assert_int_eq(f.error.kind, ERROR_CONFLICT);
    struct db *db;
    int64_t version, menus;
    core_ok(&f, db_open(data_tmp_join(&f.tmp, "comanda.db"), DB_READER, &db, &f.error));
    core_ok(&f, db_get_int(db, "PRAGMA user_version", DB_NO_ARGS, 0, &version, &f.error));
    core_ok(&f, db_get_int(db, "SELECT count(*) FROM menu_version", DB_NO_ARGS, 0, &menus, &f.error));
    db_close(db);
    ck_assert_int_eq(version, migrate_newest() + 1);
    ck_assert_int_eq(menus, 1);
}
END_TEST

START_TEST(a_lost_journal_key_is_refused_and_no_new_one_is_made) {
    core_ok(&f, open_till());
    till_close(f.till);
    const char *key = data_tmp_join(&f.tmp, "journal.key");
    ck_assert_int_eq(unlink(key), 0);
    refused("journal_key_missing", "journal.key");
    ck_assert_int_ne(access(key, F_OK), 0);
}
END_TEST

START_TEST(a_directory_below_a_file_is_refused) {
    const char *file = data_tmp_write_text(&f.tmp, "file", "x");
    struct till_options o = {.site = f.site, .directory = arena_printf(f.arena, "%s/data", file), .clock = &f.clock};
    core_refused(&f, "directory_unwritable", till_open(&o, &f.till, &f.error));
    ck_assert_ptr_nonnull(strstr(f.error.message, "file/data"));
    f.till = NULL;
}
END_TEST

/* Root may write anywhere, so this is tried as nobody. */
enum { NOBODY = 65534 };
static bool as_nobody(void) {
    return geteuid() != 0 || seteuid(NOBODY) == 0;
}
static void as_before(void) {
    if (geteuid() != getuid()) ck_assert_int_eq(seteuid(getuid()), 0);
}

START_TEST(a_read_only_directory_is_refused) {
    ck_assert_int_eq(chmod(f.tmp.path, 0555), 0);
    ck_assert(as_nobody());
    bool opened = open_till();
    as_before();
    ck_assert_int_eq(chmod(f.tmp.path, 0755), 0);
    ck_assert(!opened);
    ck_assert_int_eq(f.error.kind, ERROR_IO);
    ck_assert_msg(strstr(f.error.message, f.tmp.path) && strstr(f.error.message, "Permission denied"), "%s", f.error.message);
    ck_assert_int_ne(access(data_tmp_join(&f.tmp, "comanda.db"), F_OK), 0);
}
END_TEST

START_TEST(a_read_only_database_is_refused) {
    core_ok(&f, open_till());
    till_close(f.till);
    f.till = NULL;
    ck_assert_int_eq(chmod(f.tmp.path, 0777), 0);
    ck_assert_int_eq(chmod(data_tmp_join(&f.tmp, "comanda.db"), 0444), 0);
    ck_assert_int_eq(chmod(data_tmp_join(&f.tmp, "comanda.lock"), 0666), 0);
    ck_assert_int_eq(chmod(data_tmp_join(&f.tmp, "journal.key"), 0444), 0);
    ck_assert(as_nobody());
    bool opened = open_till();
    as_before();
    ck_assert(!opened);
    ck_assert_str_eq(f.error.code, "database_unwritable");
    ck_assert_msg(strstr(f.error.message, "comanda.db"), "%s", f.error.message);
}
END_TEST

START_TEST(a_printer_without_a_profile_is_refused_before_anything_is_made) {
    struct site_printer *printers = (struct site_printer *)f.site->printers; /* the site is this test's own */
    printers[1].profile = "telex";
    refused("profile_unknown", "telex");
    ck_assert_int_ne(access(data_tmp_join(&f.tmp, "comanda.db"), F_OK), 0);
    ck_assert_int_ne(access(data_tmp_join(&f.tmp, "comanda.lock"), F_OK), 0);
}
END_TEST

START_TEST(a_first_menu_with_a_fault_is_refused_by_file_and_path) {
    f.site->menu_file = data_tmp_write_text(&f.tmp, "menu.json",
                                            "{\"name\":\"x\",\"categories\":[{\"id\":\"a\",\"name\":\"A\",\"items\":"
                                            "[{\"id\":\"b\",\"name\":\"B\",\"price\":-1}]}]}");
    refused("bad_menu", "menu.json");
    ck_assert_msg(strstr(f.error.message, "price"), "%s", f.error.message);
}
END_TEST

START_TEST(a_missing_first_menu_is_refused_by_its_name) {
    f.site->menu_file = "nowhere/menu.json";
    ck_assert(!open_till());
    ck_assert_msg(strstr(f.error.message, "nowhere/menu.json"), "%s", f.error.message);
}
END_TEST

START_TEST(a_site_that_lost_what_the_menu_needs_is_refused) {
    core_ok(&f, open_till());
    till_close(f.till);
    f.site->station_count = 1;
    refused("bad_menu", "interno.json");
    ck_assert_msg(strstr(f.error.message, "station"), "%s", f.error.message);
    f.site->station_count = 3;
    core_ok(&f, open_till());
}
END_TEST

START_TEST(after_a_refusal_the_same_directory_opens) {
    const char *menu = f.site->menu_file;
    f.site->menu_file = "nowhere/menu.json";
    ck_assert(!open_till());
    f.site->menu_file = menu;
    core_ok(&f, open_till());
}
END_TEST

/* ---- a new menu ---- */

struct publishing {
    const char *text;
    int64_t version;
    size_t faults;
};
static bool do_publish(struct act *act, void *self, struct error *e) {
    struct publishing *p = self;
    struct json document;
    if (!json_parse(act->arena, p->text, strlen(p->text), &document, e)) return false;
    bool ok = till_publish_menu(act, document, &p->version, e);
    p->faults = json_fault_count(document);
    return ok;
}
static const char dish[] =
    "{\"name\":\"Corta\",\"categories\":[{\"id\":\"unica\",\"name\":\"Única\",\"items\":[{\"id\":\"sopa\",\"name\":\"Sopa\","
    "\"price\":12000,\"station\":\"cocina-caliente\"}]}]}";

START_TEST(a_published_menu_is_sold_from_and_survives_a_restart) {
    core_ok(&f, open_till());
    const struct menu *before = atomic_load(&f.till->menu);
    struct publishing p = {.text = dish};
    core_ok(&f, core_do(&f, f.console, do_publish, &p));
    ck_assert_int_eq(p.version, 2);
    const struct menu *now = atomic_load(&f.till->menu);
    ck_assert_int_eq(now->version, 2);
    ck_assert_ptr_nonnull(menu_find_item(now, "sopa"));
    ck_assert_str_eq(before->name, "Carta de prueba"); /* who still holds the old one reads on */
    ck_assert_str_eq(core_text(&f, "SELECT detail FROM journal WHERE kind = 'menu_published' AND seq > 2"),
                     "{\"version\":2,\"name\":\"Corta\",\"items\":1}");
    reopen();
    ck_assert_str_eq(atomic_load(&f.till->menu)->name, "Corta");
}
END_TEST

START_TEST(a_menu_with_faults_changes_nothing) {
    core_ok(&f, open_till());
    struct publishing p = {
        .text =
            "{\"name\":\"x\",\"categories\":[{\"id\":\"a\",\"name\":\"A\",\"items\":[{\"id\":\"b\",\"name\":\"B\",\"price\":-1,"
            "\"station\":\"luna\"}]}]}"};
    core_refused(&f, "bad_menu", core_do(&f, f.console, do_publish, &p));
    ck_assert_uint_ge(p.faults, 2);
    ck_assert_int_eq(atomic_load(&f.till->menu)->version, 1);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM menu_version"), 1);
}
END_TEST

static bool publish_and_fail(struct act *act, void *self, struct error *e) {
    return do_publish(act, self, e) && error_fail(e, ERROR_CONFLICT, "changed_my_mind", "too late");
}

START_TEST(a_menu_whose_command_fails_is_not_sold_from) {
    core_ok(&f, open_till());
    struct publishing p = {.text = dish};
    core_refused(&f, "changed_my_mind", core_do(&f, f.console, publish_and_fail, &p));
    ck_assert_int_eq(atomic_load(&f.till->menu)->version, 1);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM menu_version"), 1);
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_till", setup, teardown,
        DATA_TESTS(a_first_start_makes_the_directory_the_menu_and_the_numbers, the_next_start_changes_nothing,
                   the_demo_people_are_seeded_once_over_two_starts, a_clean_close_leaves_everything_in_the_database_file,
                   printers_get_their_folder_when_they_run, a_second_till_on_the_same_directory_is_refused,
                   a_corrupt_database_is_refused_and_left_as_it_is, a_newer_database_is_refused_and_left_as_it_is,
                   a_lost_journal_key_is_refused_and_no_new_one_is_made, a_directory_below_a_file_is_refused,
                   a_read_only_directory_is_refused, a_read_only_database_is_refused,
                   a_printer_without_a_profile_is_refused_before_anything_is_made,
                   a_first_menu_with_a_fault_is_refused_by_file_and_path, a_missing_first_menu_is_refused_by_its_name,
                   a_site_that_lost_what_the_menu_needs_is_refused, after_a_refusal_the_same_directory_opens,
                   a_published_menu_is_sold_from_and_survives_a_restart, a_menu_with_faults_changes_nothing,
                   a_menu_whose_command_fails_is_not_sold_from));
}
