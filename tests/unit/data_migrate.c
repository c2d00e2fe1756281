/* Migrations: a fresh database, one that is up to date, older, newer, or not ours. */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/migrate.h"
#include "tests/support/data_suite.h"
#include "tests/support/data_tmp.h"

static struct data_tmp tmp;
static struct db *db;
static char path[512];

#define MIGRATION(name, sql)                                                                                                     \
    { name, (const unsigned char *)(sql), sizeof(sql) - 1 }
static const struct embed_file one[] = {
    MIGRATION("0001_initial.sql", "CREATE TABLE plate (id INTEGER PRIMARY KEY, name TEXT) STRICT;"), {0}};
static const struct embed_file three[] = {
    MIGRATION("0001_initial.sql", "CREATE TABLE plate (id INTEGER PRIMARY KEY, name TEXT) STRICT;"),
    MIGRATION("0002_price.sql", "ALTER TABLE plate ADD COLUMN price INTEGER; UPDATE plate SET price = 7;"),
    MIGRATION("0003_part.sql", "CREATE TABLE part (plate INTEGER REFERENCES plate (id)) STRICT;"),
    {0}};
static const struct embed_file fails_in_the_second[] = {
    MIGRATION("0001_initial.sql", "CREATE TABLE plate (id INTEGER PRIMARY KEY, name TEXT) STRICT;"),
    MIGRATION("0002_bad.sql", "CREATE TABLE extra (x) ; INSERT INTO nowhere VALUES (1);"),
    {0}};
static const struct embed_file leaves_orphans[] = {
    MIGRATION("0001_initial.sql", "CREATE TABLE plate (id INTEGER PRIMARY KEY, name TEXT) STRICT;"),
    MIGRATION("0002_orphan.sql", "CREATE TABLE part (plate INTEGER REFERENCES plate (id)) STRICT; INSERT INTO part VALUES (99);"),
    {0}};

static void open_db(void) {
    struct error e;
    ck_assert_msg(db_open(path, DB_WRITER, &db, &e), "%s", e.message);
}

static void setup(void) {
    data_tmp_make(&tmp);
    snprintf(path, sizeof path, "%s", data_tmp_join(&tmp, "comanda.db"));
    open_db();
}

static void teardown(void) {
    db_close(db);
    data_tmp_remove(&tmp);
}

static int64_t number(struct db *from, const char *sql) {
    struct error e;
    int64_t n = -1;
    ck_assert_msg(db_get_int(from, sql, DB_NO_ARGS, -999, &n, &e), "%s", e.message);
    return n;
}

static void migrated(const struct embed_file *migrations) {
    struct error e;
    ck_assert_msg(migrate_run_with(db, path, migrations, &e), "%s", e.message);
}

static void run(const char *sql) {
    struct error e;
    ck_assert_msg(db_script(db, sql, &e), "%s", e.message);
}

static bool backup_exists(const char *name) {
    return access(data_tmp_join(&tmp, name), F_OK) == 0;
}

START_TEST(a_fresh_database_gets_the_whole_schema_and_no_copy) {
    struct error e;
    ck_assert_msg(migrate_run(db, path, &e), "%s", e.message);
    ck_assert_int_ge(migrate_newest(), 1);
    ck_assert_int_eq(number(db, "PRAGMA user_version"), migrate_newest());
    ck_assert_int_eq(number(db, "PRAGMA application_id"), 0x434D4441);
    ck_assert_int_eq(number(db, "PRAGMA foreign_keys"), 1);
    ck_assert_int_eq(number(db, "SELECT count(*) FROM sqlite_schema WHERE name IN ('orders', 'journal', 'print_job')"), 3);
    ck_assert(!backup_exists("comanda.db.before-0001"));
}
END_TEST

START_TEST(every_table_of_the_schema_is_strict) {
    struct error e;
    ck_assert_msg(migrate_run(db, path, &e), "%s", e.message);
    ck_assert_int_eq(number(db, "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
                                " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"),
                     0);
}
END_TEST

START_TEST(running_again_changes_nothing) {
    struct error e;
    ck_assert(migrate_run(db, path, &e));
    int64_t before = number(db, "PRAGMA schema_version"), data = number(db, "PRAGMA data_version");
    ck_assert(migrate_run(db, path, &e));
    ck_assert_int_eq(number(db, "PRAGMA schema_version"), before);
    ck_assert_int_eq(number(db, "PRAGMA data_version"), data);
    db_close(db);
    open_db();
    ck_assert(migrate_run(db, path, &e));
}
END_TEST

START_TEST(stored_answers_outlive_their_move_to_another_table) {
    struct error e;
    const struct embed_file first[] = {embed_migrations[0], {0}};
    migrated(first);
    run("INSERT INTO idempotency (key, request_hash, status, answer, at) VALUES ('a', zeroblob(32), 201, '{\"id\":2}', 200),"
        " ('b', zeroblob(32), 200, '{\"id\":1}', 100)");
    ck_assert_msg(migrate_run(db, path, &e), "%s", e.message);
    ck_assert_int_eq(number(db, "SELECT count(*) FROM idempotency"), 2);
    ck_assert_int_eq(number(db, "SELECT status FROM idempotency WHERE key = 'a' AND answer = '{\"id\":2}' AND at = 200"), 201);
    ck_assert_int_eq(number(db, "SELECT id FROM idempotency WHERE key = 'b'"), 1); /* the oldest stands first: it goes first */
    ck_assert(!db_script(db, "INSERT INTO idempotency (key, request_hash, status, answer, at) VALUES ('a', zeroblob(32), 1, '', 1)", &e));
}
END_TEST

START_TEST(an_older_database_is_copied_first_and_then_brought_up_to_date) {
    struct error e;
    migrated(one);
    run("INSERT INTO plate (name) VALUES ('posta')");
    migrated(three);
    ck_assert_int_eq(number(db, "PRAGMA user_version"), 3);
    ck_assert_int_eq(number(db, "SELECT price FROM plate"), 7);
    struct db *copy;
    ck_assert(db_open(data_tmp_join(&tmp, "comanda.db.before-0002"), DB_READER, &copy, &e));
    ck_assert_int_eq(number(copy, "PRAGMA user_version"), 1);
    ck_assert_int_eq(number(copy, "SELECT count(*) FROM plate WHERE name = 'posta'"), 1);
    ck_assert_int_eq(number(copy, "SELECT count(*) FROM pragma_table_info('plate')"), 2);
    db_close(copy);
    ck_assert(!backup_exists("comanda.db.before-0003"));
}
END_TEST

START_TEST(a_newer_database_is_refused_and_left_as_it_was) {
    struct error e;
    migrated(three);
    ck_assert(!migrate_run_with(db, path, one, &e));
    ck_assert_int_eq(e.kind, ERROR_CONFLICT);
    ck_assert_str_eq(e.code, "database_newer");
    ck_assert_ptr_nonnull(strstr(e.message, "schema 3, this one knows 1"));
    ck_assert_int_eq(number(db, "PRAGMA user_version"), 3);
    run("PRAGMA user_version = 9999");
    ck_assert(!migrate_run(db, path, &e));
    ck_assert_str_eq(e.code, "database_newer");
}
END_TEST

START_TEST(a_database_that_is_not_ours_is_refused_and_left_as_it_was) {
    struct error e;
    run("PRAGMA journal_mode = DELETE; CREATE TABLE other (x); INSERT INTO other VALUES (1)");
    db_close(db);
    struct stat before, after;
    ck_assert_int_eq(stat(path, &before), 0);
    open_db();
    ck_assert(!migrate_run(db, path, &e));
    ck_assert_int_eq(e.kind, ERROR_INVALID);
    ck_assert_str_eq(e.code, "database_foreign");
    db_close(db);
    ck_assert_int_eq(stat(path, &after), 0);
    ck_assert_int_eq(before.st_size, after.st_size);
    ck_assert_int_eq(before.st_mtim.tv_sec, after.st_mtim.tv_sec);
    ck_assert_int_eq(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
    open_db();
    run("DROP TABLE other; PRAGMA application_id = 77"); /* empty, yet marked by another program */
    ck_assert(!migrate_run(db, path, &e));
    ck_assert_str_eq(e.code, "database_foreign");
}
END_TEST

START_TEST(a_migration_that_fails_is_undone_as_a_whole) {
    struct error e;
    migrated(one);
    ck_assert(!migrate_run_with(db, path, fails_in_the_second, &e));
    ck_assert_ptr_nonnull(strstr(e.message, "0002_bad.sql"));
    ck_assert_ptr_nonnull(strstr(e.message, "nowhere"));
    ck_assert_int_eq(number(db, "PRAGMA user_version"), 1);
    ck_assert_int_eq(number(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'extra'"), 0);
    ck_assert_int_eq(number(db, "PRAGMA foreign_keys"), 1);
    ck_assert(!db_in_transaction(db));
    ck_assert(backup_exists("comanda.db.before-0002"));
    migrated(three); /* the repaired binary goes on from there */
    ck_assert_int_eq(number(db, "PRAGMA user_version"), 3);
}
END_TEST

START_TEST(a_migration_that_leaves_orphans_is_undone) {
    struct error e;
    migrated(one);
    ck_assert(!migrate_run_with(db, path, leaves_orphans, &e));
    ck_assert_str_eq(e.code, "migration_broken");
    ck_assert_int_eq(number(db, "PRAGMA user_version"), 1);
    ck_assert_int_eq(number(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'part'"), 0);
}
END_TEST

START_TEST(without_its_copy_an_older_database_is_not_touched) {
    struct error e;
    migrated(one);
    ck_assert_int_eq(mkdir(data_tmp_join(&tmp, "comanda.db.before-0002"), 0700), 0); /* in the copy's place */
    ck_assert(!migrate_run_with(db, path, three, &e));
    ck_assert_int_eq(number(db, "PRAGMA user_version"), 1);
    ck_assert_int_eq(rmdir(data_tmp_join(&tmp, "comanda.db.before-0002")), 0);
}
END_TEST

int main(void) {
    return data_suite_run("data_migrate", setup, teardown,
                          DATA_TESTS(a_fresh_database_gets_the_whole_schema_and_no_copy, every_table_of_the_schema_is_strict,
                                     running_again_changes_nothing, stored_answers_outlive_their_move_to_another_table,
                                     an_older_database_is_copied_first_and_then_brought_up_to_date,
                                     a_newer_database_is_refused_and_left_as_it_was,
                                     a_database_that_is_not_ours_is_refused_and_left_as_it_was,
                                     a_migration_that_fails_is_undone_as_a_whole, a_migration_that_leaves_orphans_is_undone,
                                     without_its_copy_an_older_database_is_not_touched));
}
