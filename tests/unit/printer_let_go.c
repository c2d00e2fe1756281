/* Letting go of old tickets: which go, which are kept, and how much is done at once. */
#include <check.h>
#include <string.h>

#include "data/migrate.h"
#include "printer/escpos.h"
#include "printer/spooler_states.h"
#include "tests/support/data_suite.h"
#include "tests/support/data_tmp.h"

static struct data_tmp tmp;
static struct db *db;
static struct arena *a;
static struct error e;

static void setup(void) {
    data_tmp_make(&tmp);
    const char *path = data_tmp_join(&tmp, "comanda.db");
    ck_assert_msg(db_open(path, DB_WRITER, &db, &e), "%s", e.message);
    ck_assert_msg(migrate_run(db, path, &e), "%s", e.message);
    a = arena_open();
}
static void teardown(void) {
    arena_close(a);
    db_close(db);
    data_tmp_remove(&tmp);
}

static const struct ticket *ticket(const char *text) {
    struct ticket *t = ticket_new(a);
    ticket_text(t, (struct ticket_style){.bold = true}, "%s", text);
    ticket_cut(t);
    return t;
}
static int64_t add_kitchen(int64_t sequence) {
    int64_t id;
    const struct job_new j = {
        .kind = "kitchen", .printer = "cocina", .station = "cocina", .sequence = sequence, .ticket = ticket("2 POSTA")};
    ck_assert_msg(job_add(db, &j, 1000, &id, &e), "%s", e.message);
    return id;
}
static struct job get(int64_t id) {
    struct job j;
    ck_assert_msg(job_get(db, id, a, &j, &e), "%s", e.message);
    return j;
}
/* Through the states as the spooler would. */
static void bring(int64_t id, enum job_state to) {
    static const enum job_state ways[][4] = {
        [JOB_SENDING] = {JOB_SENDING},
        [JOB_SENT] = {JOB_SENDING, JOB_SENT},
        [JOB_PRINTED] = {JOB_SENDING, JOB_SENT, JOB_PRINTED},
        [JOB_UNKNOWN] = {JOB_SENDING, JOB_UNKNOWN},
        [JOB_FAILED] = {JOB_FAILED},
    };
    enum job_state from = JOB_QUEUED;
    for (size_t i = 0; i < 4 && from != to; from = ways[to][i], i++) {
        bool moved;
        const struct job_move m = {.id = id,
                                   .from = from,
                                   .to = ways[to][i],
                                   .evidence = ways[to][i] == JOB_PRINTED ? "A" : NULL,
                                   .reason = "because",
                                   .now = 2000};
        ck_assert_msg(job_move(db, &m, &moved, &e), "%s", e.message);
        ck_assert(moved);
    }
}

static int64_t add_at(const char *kind, int64_t at, enum job_state state) {
    int64_t id;
    const struct job_new j = {.kind = kind, .printer = "caja", .ticket = ticket("ALGO")};
    ck_assert_msg(job_add(db, &j, at, &id, &e), "%s", e.message);
    bring(id, state);
    return id;
}
static int64_t let_go(int64_t before) {
    int64_t n;
    ck_assert_msg(jobs_let_go(db, before, &n, &e), "%s", e.message);
    return n;
}

START_TEST(old_finished_tickets_are_let_go_and_their_rows_stay) {
    int64_t kitchen = add_kitchen(1), again, test = add_at("test", 1000, JOB_FAILED), young = add_at("test", 5000, JOB_PRINTED);
    bring(kitchen, JOB_PRINTED);
    ck_assert_int_eq(let_go(5000), 2);
    const struct job j = get(kitchen);
    ck_assert(j.let_go);
    ck_assert_ptr_null(j.ticket);
    ck_assert_str_eq(j.station, "cocina");
    ck_assert_int_eq(j.sequence, 1);
    ck_assert_int_eq(j.state, JOB_PRINTED);
    ck_assert(get(test).let_go);
    ck_assert(!get(young).let_go);
    ck_assert_str_eq(get(young).ticket->blocks[0].text, "ALGO");
    ck_assert(!job_reprint(db, kitchen, 6000, &again, &e));
    ck_assert_str_eq(e.code, "job_let_go");
    ck_assert_int_eq(e.kind, ERROR_NOT_FOUND);
    ck_assert(job_reprint(db, young, 6000, &again, &e));
}
END_TEST

START_TEST(what_a_customer_or_the_tax_office_may_ask_for_is_kept) {
    int64_t receipt = add_at("receipt", 1000, JOB_PRINTED), refund = add_at("refund", 1000, JOB_PRINTED),
            z = add_at("report", 1000, JOB_PRINTED), precuenta = add_at("precuenta", 1000, JOB_PRINTED);
    ck_assert_int_eq(let_go(5000), 1);
    ck_assert(get(precuenta).let_go);
    ck_assert(!get(receipt).let_go && !get(refund).let_go && !get(z).let_go);
}
END_TEST

START_TEST(what_waits_or_is_in_doubt_or_is_being_repeated_is_kept) {
    int64_t queued = add_at("test", 1000, JOB_QUEUED), unknown = add_at("test", 1000, JOB_UNKNOWN),
            repeated = add_at("test", 1000, JOB_PRINTED), finished = add_at("test", 1000, JOB_PRINTED), copy, old_copy;
    ck_assert(job_reprint(db, repeated, 1100, &copy, &e));
    ck_assert(job_reprint(db, finished, 1100, &old_copy, &e));
    bring(old_copy, JOB_PRINTED);
    ck_assert_int_eq(let_go(5000), 2); /* the finished one and its copy */
    ck_assert(!get(queued).let_go && !get(unknown).let_go && !get(repeated).let_go && !get(copy).let_go);
    ck_assert(get(finished).let_go && get(old_copy).let_go);
}
END_TEST

/* 4,500 old rows and one young: 4,000 at the first call, 500 at the second, and then nothing is looked at twice. */
START_TEST(one_call_looks_at_no_more_than_its_bound_and_the_next_goes_on) {
    int64_t n;
    ck_assert(
        db_exec(db,
                "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 4500) INSERT INTO print_job (kind,"
                " printer, state, evidence, document, created_at) SELECT 'test', 'caja', 'printed', 'A', '{\"blocks\":[]}',"
                " n FROM c",
                DB_NO_ARGS, &e));
    add_at("test", 5000, JOB_PRINTED);
    ck_assert_int_eq(let_go(5000), 4000);
    ck_assert(get(4000).let_go);
    ck_assert(!get(4001).let_go);
    ck_assert_int_eq(let_go(5000), 500);
    ck_assert_int_eq(let_go(5000), 0);
    ck_assert(db_get_int(db, "SELECT upto FROM print_job_kept", DB_NO_ARGS, 0, &n, &e));
    ck_assert_int_eq(n, 4500);
    ck_assert_int_eq(let_go(5001), 1);
}
END_TEST

START_TEST(the_bytes_of_what_is_gone_are_refused) {
    static const struct site_printer caja = {.slug = "caja", .profile = "epson-tm-t20iii"};
    const struct site site = {.printers = &caja, .printer_count = 1};
    struct printer_profiles *profiles;
    struct bytes bytes;
    ck_assert_msg(profiles_load(a, &profiles, &e), "%s", e.message);
    struct job j = get(add_at("test", 1000, JOB_PRINTED));
    ck_assert_msg(job_encode(&j, &site, profiles, a, &bytes, &e), "%s", e.message);
    ck_assert_int_eq(let_go(5000), 1);
    j = get(j.id);
    ck_assert(!job_encode(&j, &site, profiles, a, &bytes, &e));
    ck_assert_str_eq(e.code, "job_let_go");
}
END_TEST

int main(void) {
    return data_suite_run(
        "printer_let_go", setup, teardown,
        DATA_TESTS(old_finished_tickets_are_let_go_and_their_rows_stay, what_a_customer_or_the_tax_office_may_ask_for_is_kept,
                   what_waits_or_is_in_doubt_or_is_being_repeated_is_kept,
                   one_call_looks_at_no_more_than_its_bound_and_the_next_goes_on, the_bytes_of_what_is_gone_are_refused));
}
