/* The database: how it opens, statements and rows, what SQLite's codes become, checking, copying, and the pool. */
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/db.h"
#include "tests/support/data_disk.h"
#include "tests/support/data_suite.h"
#include "tests/support/data_tmp.h"

static struct data_tmp tmp;
static struct db *db;
static struct arena *arena;
static char path[512];

static struct db *opened(const char *file, enum db_mode mode) {
    struct db *d = NULL;
    struct error e;
    ck_assert_msg(db_open(file, mode, &d, &e), "%s", e.message);
    return d;
}

static void run(const char *sql) {
    struct error e;
    ck_assert_msg(db_script(db, sql, &e), "%s", e.message);
}

static int64_t number(struct db *from, const char *sql) {
    struct error e;
    int64_t n = -1;
    ck_assert_msg(db_get_int(from, sql, DB_NO_ARGS, -999, &n, &e), "%s", e.message);
    return n;
}

static const char *words(struct db *from, const char *sql) {
    struct error e;
    const char *text = NULL;
    ck_assert_msg(db_get_text(from, sql, DB_NO_ARGS, arena, &text, &e), "%s", e.message);
    return text;
}

static void setup(void) {
    data_tmp_make(&tmp);
    data_disk_install();
    arena = arena_open();
    snprintf(path, sizeof path, "%s", data_tmp_join(&tmp, "comanda.db"));
    db = opened(path, DB_WRITER);
    run("CREATE TABLE plate (id INTEGER PRIMARY KEY, name TEXT UNIQUE, price INTEGER CONSTRAINT price_is_positive CHECK (price > "
        "0),"
        " menu INTEGER REFERENCES plate (id), picture BLOB) STRICT;");
}

static void teardown(void) {
    db_close(db);
    arena_close(arena);
    data_tmp_remove(&tmp);
}

/* ---- opening ---- */

START_TEST(a_writer_opens_durable_and_defensive) {
    struct error e;
    ck_assert_str_eq(words(db, "PRAGMA journal_mode"), "wal");
    ck_assert_int_eq(number(db, "PRAGMA synchronous"), 2);
    ck_assert_int_eq(number(db, "PRAGMA foreign_keys"), 1);
    ck_assert_int_eq(number(db, "PRAGMA trusted_schema"), 0);
    ck_assert_int_eq(number(db, "PRAGMA cell_size_check"), 1);
    run("PRAGMA writable_schema = ON"); /* ignored in defensive mode */
    ck_assert(!db_script(db, "DELETE FROM sqlite_schema", &e));
    ck_assert(!db_script(db, "SELECT \"no such column\"", &e));
}
END_TEST

START_TEST(a_reader_reads_and_never_writes_or_checkpoints) {
    struct error e;
    run("INSERT INTO plate (name, price) VALUES ('posta', 48000)");
    struct db *reader = opened(path, DB_READER);
    ck_assert_int_eq(number(reader, "SELECT price FROM plate"), 48000);
    ck_assert(!db_exec(reader, "DELETE FROM plate", DB_NO_ARGS, &e));
    ck_assert_int_eq(e.kind, ERROR_IO);
    ck_assert_str_eq(e.code, "database_unwritable");
    ck_assert_int_eq(number(reader, "PRAGMA wal_autocheckpoint"), 0);
    ck_assert_int_eq(number(reader, "PRAGMA query_only"), 1);
    db_close(reader);
    ck_assert_int_eq(number(db, "SELECT count(*) FROM plate"), 1);
}
END_TEST

START_TEST(what_cannot_be_opened_says_so_with_its_path) {
    struct error e;
    struct db *none = NULL;
    const char *absent = data_tmp_join(&tmp, "absent.db");
    ck_assert(!db_open(absent, DB_READER, &none, &e));
    ck_assert_int_eq(e.kind, ERROR_IO);
    ck_assert_str_eq(e.code, "database_unwritable");
    ck_assert_ptr_eq(strstr(e.message, absent), e.message);
    ck_assert(!db_open(data_tmp_join(&tmp, "no/such/folder.db"), DB_WRITER, &none, &e));
    ck_assert_str_eq(e.code, "database_unwritable");
    ck_assert(!db_open(tmp.path, DB_WRITER, &none, &e));
    ck_assert_str_eq(e.code, "database_unwritable");
    ck_assert_ptr_null(none);
}
END_TEST

START_TEST(a_file_or_folder_that_may_not_be_written_is_refused) {
    struct error e;
    struct db *none = NULL;
    db_close(db);
    db = NULL;
    ck_assert_int_eq(chmod(path, 0444), 0);
    ck_assert_int_eq(chmod(tmp.path, 0555), 0);
    bool root = geteuid() == 0;
    if (root) ck_assert_int_eq(seteuid(65534), 0); /* root may write anything */
    ck_assert(!db_open(path, DB_WRITER, &none, &e));
    ck_assert_str_eq(e.code, "database_unwritable");
    ck_assert(!db_open(data_tmp_join(&tmp, "new.db"), DB_WRITER, &none, &e));
    ck_assert_str_eq(e.code, "database_unwritable");
    if (root) ck_assert_int_eq(seteuid(0), 0);
}
END_TEST

START_TEST(a_file_that_is_no_database_is_refused_and_left_alone) {
    struct error e;
    struct db *none = NULL;
    char garbage[8192], after[8192];
    memset(garbage, 'x', sizeof garbage);
    const char *file = data_tmp_write(&tmp, "garbage.db", garbage, sizeof garbage);
    ck_assert(!db_open(file, DB_WRITER, &none, &e));
    ck_assert_int_eq(e.kind, ERROR_IO);
    ck_assert_str_eq(e.code, "database_corrupt");
    ck_assert(!db_open(file, DB_READER, &none, &e));
    ck_assert_str_eq(e.code, "database_corrupt");
    FILE *f = fopen(file, "rb");
    ck_assert_uint_eq(fread(after, 1, sizeof after, f), sizeof after);
    fclose(f);
    ck_assert_mem_eq(garbage, after, sizeof after);
}
END_TEST

START_TEST(a_database_of_another_program_keeps_its_journal_mode) {
    db_close(db);
    db = opened(data_tmp_join(&tmp, "other.db"), DB_WRITER);
    run("PRAGMA journal_mode = DELETE; CREATE TABLE t (x); PRAGMA application_id = 77");
    db_close(db);
    db = opened(data_tmp_join(&tmp, "other.db"), DB_WRITER);
    ck_assert_str_eq(words(db, "PRAGMA journal_mode"), "delete");
    run("PRAGMA application_id = 0x434D4441");
    db_close(db);
    db = opened(data_tmp_join(&tmp, "other.db"), DB_WRITER); /* ours: a restored copy */
    ck_assert_str_eq(words(db, "PRAGMA journal_mode"), "wal");
}
END_TEST

/* ---- statements ---- */

START_TEST(arguments_and_columns_of_every_type_come_back) {
    struct error e;
    int64_t id;
    size_t size;
    ck_assert(db_insert(db, "INSERT INTO plate (name, price, menu, picture) VALUES (?, ?, ?, ?)",
                        DB_ARGS(db_text("boronía"), db_int(9007199254740993), db_int_or_null(0), db_blob("a\0b", 3)), &id, &e));
    ck_assert_int_eq(id, 1);
    ck_assert_int_eq(db_changes(db), 1);
    struct db_rows r;
    ck_assert(db_query(db, "SELECT name, price, menu, picture FROM plate WHERE id = ?", DB_ARGS(db_int(id)), &r, &e));
    ck_assert(db_next(&r));
    ck_assert_int_eq(db_col_count(&r), 4);
    ck_assert_str_eq(db_col_name(&r, 1), "price");
    ck_assert_str_eq(db_col_text(&r, 0), "boronía");
    ck_assert_int_eq(db_col_int(&r, 1), 9007199254740993);
    ck_assert(db_col_null(&r, 2));
    ck_assert_int_eq(db_col_int(&r, 2), 0);
    ck_assert_ptr_null(db_col_text(&r, 2));
    ck_assert_mem_eq(db_col_blob(&r, 3, &size), "a\0b", 3);
    ck_assert_uint_eq(size, 3);
    ck_assert(!db_next(&r));
    ck_assert(!db_next(&r)); /* stays at the end */
    ck_assert(db_done(&r, &e));
    ck_assert(db_exec(db, "UPDATE plate SET name = ?, picture = ?", DB_ARGS(db_text(NULL), db_blob("", 0)), &e));
    ck_assert_int_eq(number(db, "SELECT name IS NULL AND picture = x'' FROM plate"), 1);
}
END_TEST

START_TEST(a_single_value_may_be_absent) {
    struct error e;
    int64_t n;
    const char *text = "x";
    ck_assert(db_get_int(db, "SELECT price FROM plate", DB_NO_ARGS, -5, &n, &e));
    ck_assert_int_eq(n, -5);
    ck_assert(db_get_int(db, "SELECT max(price) FROM plate", DB_NO_ARGS, -6, &n, &e));
    ck_assert_int_eq(n, -6);
    ck_assert(db_get_text(db, "SELECT name FROM plate", DB_NO_ARGS, arena, &text, &e));
    ck_assert_ptr_null(text);
    ck_assert(db_get_text(db, "SELECT 'hola'", DB_NO_ARGS, arena, &text, &e));
    ck_assert_str_eq(text, "hola");
}
END_TEST

START_TEST(the_wrong_number_of_arguments_is_a_fault_of_the_program) {
    struct error e;
    ck_assert(!db_exec(db, "INSERT INTO plate (name, price) VALUES (?, ?)", DB_ARGS(db_text("a")), &e));
    ck_assert_int_eq(e.kind, ERROR_INTERNAL);
    ck_assert(!db_exec(db, "INSERT INTO plate (name) VALUES (?)", DB_ARGS(db_text("a"), db_int(1)), &e));
    ck_assert(!db_exec(db, "INSERT INTO plate (name) VALUES (?)", DB_NO_ARGS, &e));
    ck_assert(!db_exec(db, "SELECT 1; SELECT 2", DB_NO_ARGS, &e));
    ck_assert_str_eq(e.code, "database_error");
    ck_assert(!db_exec(db, "", DB_NO_ARGS, &e));
    ck_assert(!db_exec(db, "SELEC 1", DB_NO_ARGS, &e));
    ck_assert_str_eq(e.message, "near \"SELEC\": syntax error, in: SELEC 1");
    ck_assert_int_eq(number(db, "SELECT count(*) FROM plate"), 0);
}
END_TEST

START_TEST(rows_may_be_left_early_and_queried_within_themselves) {
    struct error e;
    run("INSERT INTO plate (name, price) VALUES ('a', 1), ('b', 2), ('c', 3)");
    static const char sql[] = "SELECT id FROM plate ORDER BY id";
    struct db_rows outer, inner;
    int64_t sum = 0;
    ck_assert(db_query(db, sql, DB_NO_ARGS, &outer, &e));
    while (db_next(&outer)) {
        ck_assert(db_query(db, sql, DB_NO_ARGS, &inner, &e));
        ck_assert(db_next(&inner));
        sum += 10 * db_col_int(&outer, 0) + db_col_int(&inner, 0);
        ck_assert(db_done(&inner, &e));
    }
    ck_assert(db_done(&outer, &e));
    ck_assert_int_eq(sum, 63);
    ck_assert(db_query(db, sql, DB_NO_ARGS, &outer, &e));
    ck_assert(db_next(&outer));
    ck_assert(db_done(&outer, &e));
    run("DROP TABLE plate"); /* would be locked by an open statement */
}
END_TEST

START_TEST(sql_that_changes_in_place_is_not_mistaken_for_what_was_cached) {
    struct error e;
    char sql[64];
    int64_t n;
    for (int i = 1; i <= 3; i++) {
        snprintf(sql, sizeof sql, "SELECT %d", i);
        ck_assert(db_get_int(db, sql, DB_NO_ARGS, 0, &n, &e));
        ck_assert_int_eq(n, i);
    }
}
END_TEST

START_TEST(more_statements_than_the_cache_holds_still_run) {
    struct error e;
    for (int i = 0; i < 3000; i++) {
        int64_t n;
        ck_assert(db_get_int(db, arena_printf(arena, "SELECT %d", i), DB_NO_ARGS, -1, &n, &e));
        ck_assert_int_eq(n, i);
    }
}
END_TEST

START_TEST(rows_being_read_are_not_evicted_by_others) {
    struct error e;
    struct db_rows open[40];
    for (int i = 0; i < 40; i++) { /* wherever their slots lie, the flood comes over each of them */
        ck_assert(db_query(db, arena_printf(arena, "SELECT %d UNION ALL SELECT 7", i), DB_NO_ARGS, &open[i], &e));
        ck_assert(db_next(&open[i]));
    }
    for (int i = 0; i < 3000; i++) {
        int64_t n;
        ck_assert(db_get_int(db, arena_printf(arena, "SELECT 1, %d", i), DB_NO_ARGS, -1, &n, &e));
    }
    for (int i = 0; i < 40; i++) {
        ck_assert_int_eq(db_col_int(&open[i], 0), i);
        ck_assert(db_next(&open[i]));
        ck_assert_int_eq(db_col_int(&open[i], 0), 7);
        ck_assert(db_done(&open[i], &e));
    }
}
END_TEST

/* ---- codes ---- */

static void conflict(const char *sql, const char *message) {
    struct error e;
    ck_assert(!db_exec(db, sql, DB_NO_ARGS, &e));
    ck_assert_int_eq(e.kind, ERROR_CONFLICT);
    ck_assert_str_eq(e.code, "constraint");
    ck_assert_str_eq(e.message, message);
}

START_TEST(constraints_become_conflicts_that_name_them) {
    run("INSERT INTO plate (name, price) VALUES ('posta', 1);"
        "CREATE TRIGGER kept BEFORE DELETE ON plate BEGIN SELECT RAISE(ABORT, 'plates are never deleted'); END");
    conflict("INSERT INTO plate (name, price) VALUES ('posta', 2)", "UNIQUE constraint failed: plate.name");
    conflict("INSERT INTO plate (name, price) VALUES ('x', 0)", "CHECK constraint failed: price_is_positive");
    conflict("INSERT INTO plate (name, price, menu) VALUES ('x', 1, 99)", "FOREIGN KEY constraint failed");
    conflict("INSERT INTO plate (name, price) VALUES ('x', 'dear')", "cannot store TEXT value in INTEGER column plate.price");
    conflict("DELETE FROM plate", "plates are never deleted");
    ck_assert(!db_is_broken(db));
}
END_TEST

START_TEST(a_second_writer_finds_it_busy) {
    struct error e;
    struct db *second = opened(path, DB_WRITER);
    ck_assert(db_script(second, "PRAGMA busy_timeout = 0", &e));
    run("BEGIN IMMEDIATE");
    ck_assert(db_in_transaction(db));
    ck_assert(!db_exec(second, "BEGIN IMMEDIATE", DB_NO_ARGS, &e));
    ck_assert_int_eq(e.kind, ERROR_BUSY);
    ck_assert_str_eq(e.code, "database_busy");
    run("ROLLBACK");
    ck_assert(!db_in_transaction(db));
    db_close(second);
}
END_TEST

START_TEST(a_full_disk_is_told_and_can_recover) {
    struct error e;
    data_disk_set(DATA_DISK_FULL);
    ck_assert(!db_exec(db, "INSERT INTO plate (price) VALUES (7)", DB_NO_ARGS, &e));
    ck_assert_int_eq(e.kind, ERROR_IO);
    ck_assert_str_eq(e.code, "disk_full");
    ck_assert(!db_is_broken(db));
    data_disk_set(DATA_DISK_GOOD);
    ck_assert(db_exec(db, "INSERT INTO plate (price) VALUES (8)", DB_NO_ARGS, &e));
    ck_assert_int_eq(number(db, "SELECT sum(price) FROM plate"), 8);
}
END_TEST

START_TEST(a_failing_disk_breaks_the_connection) {
    struct error e;
    data_disk_set(DATA_DISK_SYNC_FAILS);
    ck_assert(!db_exec(db, "INSERT INTO plate (price) VALUES (7)", DB_NO_ARGS, &e));
    ck_assert_str_eq(e.code, "disk_failed");
    ck_assert(db_is_broken(db));
    data_disk_set(DATA_DISK_GOOD);
}
END_TEST

START_TEST(every_commit_reaches_the_disk) {
    int before = data_disk_syncs();
    run("INSERT INTO plate (price) VALUES (1)");
    int after_one = data_disk_syncs();
    run("INSERT INTO plate (price) VALUES (2)");
    ck_assert_int_gt(after_one, before);
    ck_assert_int_gt(data_disk_syncs(), after_one);
}
END_TEST

/* ---- reading one moment ---- */

START_TEST(a_read_transaction_sees_one_moment) {
    struct error e;
    struct db *reader = opened(path, DB_READER);
    ck_assert(db_begin_read(reader, &e));
    ck_assert_int_eq(number(reader, "SELECT count(*) FROM plate"), 0);
    run("INSERT INTO plate (price) VALUES (1)");
    ck_assert_int_eq(number(reader, "SELECT count(*) FROM plate"), 0);
    db_end_read(reader);
    ck_assert_int_eq(number(reader, "SELECT count(*) FROM plate"), 1);
    db_close(reader);
}
END_TEST

/* ---- checking and copying ---- */

static char findings[2000];

static void note(void *self, const char *finding) {
    (void)self;
    size_t used = strlen(findings);
    snprintf(findings + used, sizeof findings - used, "%s|", finding);
}

static bool is_clean(struct db *checked) {
    struct error e;
    bool clean = false;
    findings[0] = '\0';
    ck_assert_msg(db_check(checked, note, NULL, &clean, &e), "%s", e.message);
    return clean;
}

START_TEST(a_check_finds_nothing_wrong_with_a_good_database) {
    run("INSERT INTO plate (name, price) VALUES ('posta', 1)");
    ck_assert(is_clean(db));
    ck_assert_str_eq(findings, "");
}
END_TEST

START_TEST(a_check_finds_rows_that_refer_to_nothing) {
    run("PRAGMA foreign_keys = OFF; INSERT INTO plate (id, price, menu) VALUES (5, 1, 99); PRAGMA foreign_keys = ON");
    ck_assert(!is_clean(db));
    ck_assert_str_eq(findings, "plate row 5: refers to a missing row of plate|");
}
END_TEST

START_TEST(a_check_finds_a_page_overwritten_by_something_else) {
    run("CREATE INDEX plate_by_price ON plate (price)");
    for (int i = 0; i < 50; i++) run("INSERT INTO plate (price, picture) VALUES (1, randomblob(3000))");
    db_close(db);
    char rubbish[4096];
    memset(rubbish, 0xA5, sizeof rubbish);
    FILE *f = fopen(path, "r+b");
    ck_assert_int_eq(fseek(f, 4096L * 20, SEEK_SET), 0);
    ck_assert_uint_eq(fwrite(rubbish, 1, sizeof rubbish, f), sizeof rubbish);
    fclose(f);
    db = opened(path, DB_WRITER);
    ck_assert(!is_clean(db));
    ck_assert_str_ne(findings, "");
}
END_TEST

START_TEST(a_copy_is_whole_alone_and_made_while_in_use) {
    struct error e;
    run("INSERT INTO plate (price) VALUES (41)"); /* in the log only */
    const char *to = data_tmp_join(&tmp, "copy.db");
    struct db *reader = opened(path, DB_READER);
    run("BEGIN IMMEDIATE; INSERT INTO plate (price) VALUES (42)"); /* not committed: not in the copy */
    ck_assert_msg(db_backup(reader, to, &e), "%s", e.message);
    run("COMMIT");
    db_close(reader);
    ck_assert_int_ne(access(data_tmp_join(&tmp, "copy.db-wal"), F_OK), 0);
    ck_assert_int_ne(access(data_tmp_join(&tmp, "copy.db.part"), F_OK), 0);
    struct db *copy = opened(to, DB_READER);
    ck_assert_int_eq(number(copy, "SELECT sum(price) FROM plate"), 41);
    ck_assert_str_eq(words(copy, "PRAGMA journal_mode"), "delete");
    db_close(copy);
    ck_assert_msg(db_backup(db, to, &e), "%s", e.message); /* over the old one */
    copy = opened(to, DB_READER);
    ck_assert_int_eq(number(copy, "SELECT sum(price) FROM plate"), 83);
    db_close(copy);
}
END_TEST

START_TEST(a_copy_that_fails_leaves_the_old_one_and_no_rest) {
    struct error e;
    const char *to = data_tmp_write_text(&tmp, "copy.db", "old");
    data_disk_set(DATA_DISK_FULL);
    ck_assert(!db_backup(db, to, &e));
    data_disk_set(DATA_DISK_GOOD);
    ck_assert_str_eq(e.code, "disk_full");
    ck_assert_ptr_nonnull(strstr(e.message, "copy.db"));
    ck_assert_int_ne(access(data_tmp_join(&tmp, "copy.db.part"), F_OK), 0);
    struct stat status;
    ck_assert_int_eq(stat(to, &status), 0);
    ck_assert_int_eq(status.st_size, 3);
    ck_assert(!db_backup(db, data_tmp_join(&tmp, "no/folder.db"), &e));
    ck_assert_str_eq(e.code, "database_unwritable");
}
END_TEST

/* ---- the pool ---- */

static struct db_pool *pool;

static void *read_often(void *sum) {
    for (int i = 0; i < 200; i++) {
        struct db *reader = db_pool_take(pool);
        *(int64_t *)sum += number(reader, "SELECT price FROM plate");
        db_pool_give(pool, reader);
    }
    return NULL;
}

START_TEST(more_threads_than_readers_share_the_pool) {
    struct error e;
    enum { THREADS = 6 };
    pthread_t threads[THREADS];
    int64_t sums[THREADS] = {0};
    run("INSERT INTO plate (price) VALUES (3)");
    ck_assert(db_pool_open(path, 2, &pool, &e));
    for (int i = 0; i < THREADS; i++) ck_assert_int_eq(pthread_create(&threads[i], NULL, read_often, &sums[i]), 0);
    for (int i = 0; i < THREADS; i++) ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    for (int i = 0; i < THREADS; i++) ck_assert_int_eq(sums[i], 600);
    db_pool_close(pool);
}
END_TEST

static void *take_one(void *taken) {
    *(struct db **)taken = db_pool_take(pool);
    return NULL;
}

START_TEST(an_empty_pool_waits_for_one_to_be_given) {
    struct error e;
    pthread_t thread;
    struct db *taken = NULL;
    ck_assert(db_pool_open(path, 1, &pool, &e));
    struct db *only = db_pool_take(pool);
    ck_assert_int_eq(pthread_create(&thread, NULL, take_one, &taken), 0);
    db_pool_give(pool, only);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    ck_assert_ptr_eq(taken, only);
    db_pool_give(pool, taken);
    db_pool_close(pool);
    ck_assert(!db_pool_open(data_tmp_join(&tmp, "absent.db"), 2, &pool, &e));
    ck_assert_str_eq(e.code, "database_unwritable");
}
END_TEST

int main(void) {
    return data_suite_run(
        "data_db", setup, teardown,
        DATA_TESTS(a_writer_opens_durable_and_defensive, a_reader_reads_and_never_writes_or_checkpoints,
                   what_cannot_be_opened_says_so_with_its_path, a_file_or_folder_that_may_not_be_written_is_refused,
                   a_file_that_is_no_database_is_refused_and_left_alone, a_database_of_another_program_keeps_its_journal_mode,
                   arguments_and_columns_of_every_type_come_back, a_single_value_may_be_absent,
                   the_wrong_number_of_arguments_is_a_fault_of_the_program, rows_may_be_left_early_and_queried_within_themselves,
                   sql_that_changes_in_place_is_not_mistaken_for_what_was_cached, more_statements_than_the_cache_holds_still_run,
                   rows_being_read_are_not_evicted_by_others, constraints_become_conflicts_that_name_them,
                   a_second_writer_finds_it_busy, a_full_disk_is_told_and_can_recover, a_failing_disk_breaks_the_connection,
                   every_commit_reaches_the_disk, a_read_transaction_sees_one_moment,
                   a_check_finds_nothing_wrong_with_a_good_database, a_check_finds_rows_that_refer_to_nothing,
                   a_check_finds_a_page_overwritten_by_something_else, a_copy_is_whole_alone_and_made_while_in_use,
                   a_copy_that_fails_leaves_the_old_one_and_no_rest, more_threads_than_readers_share_the_pool,
                   an_empty_pool_waits_for_one_to_be_given));
}
