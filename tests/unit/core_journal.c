/* The journal: chained, append-only, and what was done to it shows. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/migrate.h"
#include "pos/core/journal.h"
#include "tests/support/data_suite.h"
#include "tests/support/data_tmp.h"

static struct data_tmp tmp;
static struct arena *arena;
static struct db *db;
static struct till till; /* only its key is used */
static struct error error;

#define ok(call) ck_assert_msg((call), "%s [%s]", error.message, error.code)

static void setup(void) {
    error = (struct error){0};
    arena = arena_open();
    till = (struct till){0};
    for (unsigned i = 0; i < 32; i++) till.journal_key[i] = (unsigned char)i;
    data_tmp_make(&tmp);
    const char *path = data_tmp_join(&tmp, "j.db");
    ok(db_open(path, DB_WRITER, &db, &error));
    ok(migrate_run(db, path, &error));
}
static void teardown(void) {
    db_close(db);
    arena_close(arena);
    data_tmp_remove(&tmp);
}

static void add(int64_t at, const char *kind, int64_t order, int64_t shift, int64_t amount) {
    struct act act = {.till = &till, .db = db, .arena = arena, .now = at, .actor = {.device = "till-1"}};
    struct json detail = json_new_object(arena);
    if (amount) json_set_int(detail, "amount", amount);
    ok(journal_add(&act, kind, (struct order_id){order}, (struct shift_id){shift}, detail, &error));
}
static void add_five(void) {
    for (int i = 1; i <= 5; i++) add(1795567320000 + i, "cash_moved", 0, 3, 1000 * i);
}
static void tamper(const char *sql) {
    ok(db_script(db, "DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete;", &error));
    ok(db_script(db, sql, &error));
}
static int64_t first_bad(void) {
    int64_t entries, bad;
    ok(journal_verify(db, till.journal_key, &entries, &bad, &error));
    return bad;
}

/* Computed apart from this program: hashlib.blake2b(previous + canonical, key=bytes(range(32)), digest_size=32). */
START_TEST(the_chain_is_keyed_blake2b_over_the_canonical_entry) {
    const char *hash;
    char head[JOURNAL_HEAD_TEXT];
    add(1795567320000, "cash_moved", 12, 3, 50000);
    ok(db_get_text(db, "SELECT lower(hex(hash)) FROM journal WHERE seq = 1", DB_NO_ARGS, arena, &hash, &error));
    ck_assert_str_eq(hash, "f9a1283fd5902483f237d723af263b91493cc1c84ed74b46ce5b89dba0fc9c0e");
    ok(journal_head(db, head, &error));
    ck_assert_str_eq(head, "Z6GJ-GFYN-J0J8-7WHQ");
    add(1795567321000, "signed_in", 0, 0, 0);
    ok(db_get_text(db, "SELECT lower(hex(hash)) FROM journal WHERE seq = 2", DB_NO_ARGS, arena, &hash, &error));
    ck_assert_str_eq(hash, "afd32ec00c74a862a4d78e0b6ec7e676744cf7fd8ac4888291c0f0eb115247a4");
    ok(journal_head(db, head, &error));
    ck_assert_str_eq(head, "NZ9J-XG0C-EJM6-596Q");
    ok(journal_head_at(db, 1, head, &error));
    ck_assert_str_eq(head, "Z6GJ-GFYN-J0J8-7WHQ");
}
END_TEST

START_TEST(an_empty_journal_has_a_head_of_zeros_and_is_whole) {
    char head[JOURNAL_HEAD_TEXT];
    ok(journal_head(db, head, &error));
    ck_assert_str_eq(head, "0000-0000-0000-0000");
    ck_assert_int_eq(first_bad(), 0);
}
END_TEST

START_TEST(a_whole_chain_is_found_whole) {
    int64_t entries, bad;
    add_five();
    ok(journal_verify(db, till.journal_key, &entries, &bad, &error));
    ck_assert_int_eq(entries, 5);
    ck_assert_int_eq(bad, 0);
}
END_TEST

START_TEST(a_changed_entry_is_named) {
    static const char *const changes[] = {
        "UPDATE journal SET detail = '{\"amount\":3}' WHERE seq = 3",
        "UPDATE journal SET at = at + 1 WHERE seq = 3",
        "UPDATE journal SET device = 'till-2' WHERE seq = 3",
        "UPDATE journal SET kind = 'signed_in' WHERE seq = 3",
        "UPDATE journal SET order_id = 1 WHERE seq = 3",
        "UPDATE journal SET shift_id = 4 WHERE seq = 3",
        "UPDATE journal SET hash = zeroblob(32) WHERE seq = 3",
    };
    add_five();
    tamper("SELECT 1");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        ok(db_script(db, "BEGIN", &error));
        ok(db_script(db, changes[i], &error));
        ck_assert_msg(first_bad() == 3, "not found: %s", changes[i]);
        ok(db_script(db, "ROLLBACK", &error));
    }
    ck_assert_int_eq(first_bad(), 0);
}
END_TEST

START_TEST(a_changed_person_is_named) {
    ok(db_script(db, "INSERT INTO staff (id, name, role, pin_hash, created_at) VALUES (1, 'A', 'cook', '$argon2id$', 0)",
                 &error));
    add_five();
    tamper("UPDATE journal SET staff_id = 1 WHERE seq = 2");
    ck_assert_int_eq(first_bad(), 2);
    ok(db_script(db, "UPDATE journal SET staff_id = NULL, approved_by = 1 WHERE seq = 2", &error));
    ck_assert_int_eq(first_bad(), 2);
}
END_TEST

START_TEST(a_deleted_entry_is_named) {
    add_five();
    tamper("DELETE FROM journal WHERE seq = 4");
    ck_assert_int_eq(first_bad(), 4);
}
END_TEST

START_TEST(a_deleted_first_entry_is_named) {
    add_five();
    tamper("DELETE FROM journal WHERE seq = 1");
    ck_assert_int_eq(first_bad(), 1);
}
END_TEST

START_TEST(reordered_entries_are_named) {
    add_five();
    tamper("UPDATE journal SET seq = 99 WHERE seq = 2; UPDATE journal SET seq = 2 WHERE seq = 3; UPDATE journal SET seq = 3 "
           "WHERE seq = 99");
    ck_assert_int_eq(first_bad(), 2);
}
END_TEST

START_TEST(a_hole_that_was_closed_up_is_named) {
    add_five();
    tamper("DELETE FROM journal WHERE seq = 2; UPDATE journal SET seq = seq - 1 WHERE seq > 2");
    ck_assert_int_eq(first_bad(), 2);
}
END_TEST

START_TEST(a_chain_made_with_another_key_is_refused_from_its_first_entry) {
    add_five();
    till.journal_key[0] = 0xff;
    ck_assert_int_eq(first_bad(), 1);
}
END_TEST

START_TEST(the_database_itself_refuses_change_and_deletion) {
    add_five();
    ck_assert(!db_exec(db, "UPDATE journal SET at = 0 WHERE seq = 1", DB_NO_ARGS, &error));
    ck_assert(!db_exec(db, "DELETE FROM journal WHERE seq = 5", DB_NO_ARGS, &error));
    ck_assert_int_eq(first_bad(), 0);
}
END_TEST

START_TEST(entries_are_listed_in_order_from_where_one_left_off) {
    struct journal_entry *list;
    size_t count;
    add_five();
    ok(journal_list(db, &(struct journal_query){.after = 2}, 2, arena, &list, &count, &error));
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(list[0].seq, 3);
    ck_assert_int_eq(list[1].seq, 4);
    ck_assert_int_eq(list[0].shift, 3);
    ck_assert_str_eq(list[0].kind, "cash_moved");
    ck_assert_str_eq(list[0].detail, "{\"amount\":3000}");
    ck_assert_ptr_null(list[0].staff_name);
    ok(journal_list(db, &(struct journal_query){.after = 5}, 10, arena, &list, &count, &error));
    ck_assert_uint_eq(count, 0);
}
END_TEST

/* The numbers of the entries that a query finds: "5 3". */
static const char *found(struct journal_query q) {
    struct journal_entry *list;
    size_t count;
    const char *text = "";
    ok(journal_list(db, &q, 100, arena, &list, &count, &error));
    for (size_t i = 0; i < count; i++) text = arena_printf(arena, "%s%s%lld", text, i ? " " : "", (long long)list[i].seq);
    return text;
}
static void add_by(int64_t at, int64_t staff, int64_t approver, const char *kind, int64_t order) {
    struct act act = {.till = &till, .db = db, .arena = arena, .now = at};
    act.actor = (struct actor){.staff = {staff}, .approver = {approver}, .device = "till-1"};
    ok(journal_add(&act, kind, (struct order_id){order}, (struct shift_id){0}, json_new_object(arena), &error));
}
/* 1 and 2 are people; order 7 is number 12, order 8 number 12 of another shift. */
static void add_a_day(void) {
    ok(db_script(db,
                 "PRAGMA foreign_keys = OFF;"
                 "INSERT INTO staff (id, name, role, pin_hash, created_at) VALUES (1, 'Ana', 'cashier', '$argon2id$', 0),"
                 " (2, 'Luz', 'manager', '$argon2id$', 0);"
                 "INSERT INTO orders (id, shift_id, number, kind, table_slug, menu_version, opened_by, device, opened_at) VALUES"
                 " (7, 1, 12, 'table', 'mesa-1', 1, 1, 't', 0), (8, 2, 12, 'table', 'mesa-1', 1, 1, 't', 0);",
                 &error));
    add_by(1000, 1, 0, "payment", 7);
    add_by(2000, 1, 2, "refund", 7);
    add_by(3000, 2, 0, "signed_in", 0);
    add_by(4000, 1, 0, "payment", 8);
    add_by(5000, 0, 0, "numbering_registered", 0);
}

START_TEST(entries_are_found_by_person_order_kind_and_time) {
    static const char *const till_money[] = {"payment", "refund"}, *const back[] = {"refund"};
    add_a_day();
    ck_assert_str_eq(found((struct journal_query){0}), "1 2 3 4 5");
    ck_assert_str_eq(found((struct journal_query){.newest_first = true}), "5 4 3 2 1");
    ck_assert_str_eq(found((struct journal_query){.newest_first = true, .before = 4}), "3 2 1");
    ck_assert_str_eq(found((struct journal_query){.staff = 1}), "1 2 4");
    ck_assert_str_eq(found((struct journal_query){.staff = 2}), "2 3"); /* approved the one, did the other */
    ck_assert_str_eq(found((struct journal_query){.order = 7}), "1 2");
    ck_assert_str_eq(found((struct journal_query){.order_number = 12}), "1 2 4");
    ck_assert_str_eq(found((struct journal_query){.order_number = 13}), "");
    ck_assert_str_eq(found((struct journal_query){.kinds = till_money, .kind_count = 2}), "1 2 4");
    ck_assert_str_eq(found((struct journal_query){.kinds = back, .kind_count = 1, .staff = 1}), "2");
    ck_assert_str_eq(found((struct journal_query){.from = 2000, .until = 4000}), "2 3"); /* from it on, until before it */
}
END_TEST

START_TEST(an_entry_tells_the_orders_number_and_who_approved) {
    struct journal_entry *list;
    size_t count;
    add_a_day();
    ok(journal_list(db, &(struct journal_query){.after = 1}, 2, arena, &list, &count, &error));
    ck_assert_int_eq(list[0].order_number, 12);
    ck_assert_str_eq(list[0].staff_name, "Ana");
    ck_assert_str_eq(list[0].approver_name, "Luz");
    ck_assert_int_eq(list[1].order_number, 0);
    ck_assert_ptr_null(list[1].approver_name);
}
END_TEST

/* ---- the key ---- */

START_TEST(the_key_is_made_once_and_is_the_owners_alone) {
    unsigned char first[32], again[32], none[32] = {0};
    struct stat s;
    ok(journal_key_load(tmp.path, true, first, &error));
    ck_assert_int_eq(stat(data_tmp_join(&tmp, "journal.key"), &s), 0);
    ck_assert_int_eq(s.st_mode & 0777, 0600);
    ck_assert(memcmp(first, none, 32) != 0);
    ok(journal_key_load(tmp.path, true, again, &error));
    ck_assert(memcmp(first, again, 32) == 0);
}
END_TEST

START_TEST(a_missing_key_is_refused_when_the_journal_has_entries) {
    unsigned char key[32];
    ck_assert(!journal_key_load(tmp.path, false, key, &error));
    ck_assert_str_eq(error.code, "journal_key_missing");
    ck_assert_int_ne(access(data_tmp_join(&tmp, "journal.key"), F_OK), 0);
}
END_TEST

START_TEST(a_damaged_key_is_refused_and_left_as_it_is) {
    unsigned char key[32];
    static const char *const damaged[] = {"", "0001", "zz01020304050607080910111213141516171819202122232425262728293031",
                                          "0001020304050607080910111213141516171819202122232425262728293031xx"};
    for (size_t i = 0; i < 4; i++) {
        const char *path = data_tmp_write_text(&tmp, "journal.key", damaged[i]);
        struct stat s;
        ck_assert_msg(!journal_key_load(tmp.path, true, key, &error), "taken: \"%s\"", damaged[i]);
        ck_assert_str_eq(error.code, "journal_key_bad");
        ck_assert_int_eq(stat(path, &s), 0);
        ck_assert_int_eq(s.st_size, (long)strlen(damaged[i]));
    }
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_journal", setup, teardown,
        DATA_TESTS(the_chain_is_keyed_blake2b_over_the_canonical_entry, an_empty_journal_has_a_head_of_zeros_and_is_whole,
                   a_whole_chain_is_found_whole, a_changed_entry_is_named, a_changed_person_is_named, a_deleted_entry_is_named,
                   a_deleted_first_entry_is_named, reordered_entries_are_named, a_hole_that_was_closed_up_is_named,
                   a_chain_made_with_another_key_is_refused_from_its_first_entry, the_database_itself_refuses_change_and_deletion,
                   entries_are_listed_in_order_from_where_one_left_off, entries_are_found_by_person_order_kind_and_time,
                   an_entry_tells_the_orders_number_and_who_approved, the_key_is_made_once_and_is_the_owners_alone,
                   a_missing_key_is_refused_when_the_journal_has_entries, a_damaged_key_is_refused_and_left_as_it_is));
}
