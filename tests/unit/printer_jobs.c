/* Print jobs as rows: station numbers, adding and reading back, what a reprint is marked, resolving doubt, lists, bytes. */
#include <check.h>
#include <stdio.h>
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
static int64_t add(const char *station, int64_t sequence) {
    int64_t id;
    const struct job_new j = {.kind = station ? "kitchen" : "receipt",
                              .printer = "cocina",
                              .station = station,
                              .sequence = sequence,
                              .ticket = ticket("2 POSTA CARTAGENERA")};
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

START_TEST(a_station_counts_for_itself_without_a_gap) {
    int64_t n;
    ck_assert(job_next_sequence(db, "cocina", &n, &e));
    ck_assert_int_eq(n, 1);
    ck_assert(job_next_sequence(db, "cocina", &n, &e));
    ck_assert_int_eq(n, 2);
    ck_assert(job_next_sequence(db, "barra", &n, &e));
    ck_assert_int_eq(n, 1);
    ck_assert(job_next_sequence(db, "cocina", &n, &e));
    ck_assert_int_eq(n, 3);
}
END_TEST

START_TEST(two_first_printings_of_one_number_are_refused) {
    int64_t id;
    add("cocina", 7);
    const struct job_new twin = {
        .kind = "kitchen", .printer = "cocina", .station = "cocina", .sequence = 7, .ticket = ticket("x")};
    ck_assert(!job_add(db, &twin, 1000, &id, &e));
    ck_assert_int_eq(e.kind, ERROR_CONFLICT);
}
END_TEST

START_TEST(a_job_comes_back_as_it_was_added) {
    int64_t id;
    const struct job_new n = {.kind = "kitchen",
                              .printer = "fria",
                              .station = "postres",
                              .sequence = 12,
                              .ticket = ticket("1 ARROZ CON LECHE"),
                              .marks = {.fallback_for = "COCINA FRÍA", .practice = true}};
    ck_assert(job_add(db, &n, 1764000000123, &id, &e));
    const struct job j = get(id);
    ck_assert_int_eq(j.state, JOB_QUEUED);
    ck_assert_str_eq(j.kind, "kitchen");
    ck_assert_str_eq(j.printer, "fria");
    ck_assert_str_eq(j.station, "postres");
    ck_assert_int_eq(j.sequence, 12);
    ck_assert_int_eq(j.order_id, 0);
    ck_assert_int_eq(j.created_at, 1764000000123);
    ck_assert_int_eq(j.printed_at, 0);
    ck_assert_ptr_null(j.evidence);
    ck_assert(!j.marks.copy);
    ck_assert(j.marks.practice);
    ck_assert_str_eq(j.marks.fallback_for, "COCINA FRÍA");
    ck_assert_uint_eq(j.ticket->count, 2);
    ck_assert_str_eq(j.ticket->blocks[0].text, "1 ARROZ CON LECHE");
    ck_assert(j.ticket->blocks[0].style.bold);
    ck_assert_int_eq(j.ticket->blocks[1].kind, TICKET_CUT);
}
END_TEST

START_TEST(a_job_that_does_not_exist_is_not_found) {
    struct job j;
    int64_t id;
    ck_assert(!job_get(db, 99, a, &j, &e));
    ck_assert_int_eq(e.kind, ERROR_NOT_FOUND);
    ck_assert_str_eq(e.code, "job_unknown");
    ck_assert(!job_reprint(db, 99, 1, &id, &e));
    ck_assert_int_eq(e.kind, ERROR_NOT_FOUND);
    ck_assert(!job_resolve(db, 99, true, 1, &id, &e));
    ck_assert_int_eq(e.kind, ERROR_NOT_FOUND);
}
END_TEST

START_TEST(a_reprint_of_a_printed_ticket_is_a_copy_of_the_same_ticket) {
    int64_t again, third;
    const int64_t id = add("cocina", 147);
    bring(id, JOB_PRINTED);
    ck_assert(job_reprint(db, id, 3000, &again, &e));
    const struct job j = get(again);
    ck_assert(j.marks.copy);
    ck_assert_int_eq(j.marks.duplicate, 0);
    ck_assert_int_eq(j.copy_of, id);
    ck_assert_int_eq(j.sequence, 147);
    ck_assert_str_eq(j.station, "cocina");
    ck_assert_int_eq(j.state, JOB_QUEUED);
    ck_assert_int_eq(j.created_at, 3000);
    ck_assert_str_eq(j.ticket->blocks[0].text, "2 POSTA CARTAGENERA");
    ck_assert(job_reprint(db, again, 4000, &third, &e)); /* a copy of the copy: still of the first */
    ck_assert_int_eq(get(third).copy_of, id);
    ck_assert(get(third).marks.copy);
}
END_TEST

START_TEST(a_reprint_in_doubt_is_marked_and_counted) {
    static const enum job_state doubts[] = {JOB_SENDING, JOB_SENT, JOB_UNKNOWN};
    for (size_t i = 0; i < 3; i++) {
        int64_t again, third;
        const int64_t id = add("cocina", (int64_t)i + 1);
        bring(id, doubts[i]);
        ck_assert(job_reprint(db, id, 3000, &again, &e));
        ck_assert_int_eq(get(again).marks.duplicate, 1);
        ck_assert(!get(again).marks.copy);
        ck_assert(job_reprint(db, again, 3000, &third, &e));
        ck_assert_int_eq(get(third).marks.duplicate, 2);
    }
}
END_TEST

START_TEST(what_still_waits_is_not_repeated) {
    int64_t again;
    const int64_t id = add("cocina", 1);
    ck_assert(!job_reprint(db, id, 3000, &again, &e));
    ck_assert_int_eq(e.kind, ERROR_CONFLICT);
    ck_assert_str_eq(e.code, "job_waiting");
}
END_TEST

START_TEST(a_failed_ticket_was_never_on_paper_and_goes_out_unmarked) {
    int64_t again;
    const int64_t id = add("cocina", 1);
    bring(id, JOB_FAILED);
    ck_assert(job_reprint(db, id, 3000, &again, &e));
    ck_assert(!get(again).marks.copy);
    ck_assert_int_eq(get(again).marks.duplicate, 0);
    ck_assert(!job_reprint(db, id, 3000, &again, &e)); /* but not twice: the first repetition waits */
    ck_assert_str_eq(e.code, "job_waiting");
}
END_TEST

START_TEST(seen_on_paper_resolves_to_printed) {
    int64_t id = add("cocina", 1), new_id = 5;
    bring(id, JOB_UNKNOWN);
    ck_assert(job_resolve(db, id, true, 5000, &new_id, &e));
    ck_assert_int_eq(new_id, 0);
    const struct job j = get(id);
    ck_assert_int_eq(j.state, JOB_PRINTED);
    ck_assert_str_eq(j.evidence, "D");
    ck_assert_int_eq(j.printed_at, 5000);
    ck_assert(!job_resolve(db, id, true, 5000, &new_id, &e));
    ck_assert_int_eq(e.kind, ERROR_CONFLICT);
    ck_assert_str_eq(e.code, "job_not_unknown");
}
END_TEST

START_TEST(not_on_paper_resolves_to_one_marked_repetition) {
    int64_t id = add("cocina", 9), new_id = 0, another = 0, fourth = 0;
    bring(id, JOB_UNKNOWN);
    ck_assert(job_resolve(db, id, false, 5000, &new_id, &e));
    ck_assert_int_eq(get(id).state, JOB_FAILED);
    ck_assert_int_eq(get(new_id).state, JOB_QUEUED);
    ck_assert_int_eq(get(new_id).marks.duplicate, 1);
    ck_assert_int_eq(get(new_id).sequence, 9);
    ck_assert(!job_resolve(db, id, false, 5000, &another, &e)); /* a second tap repeats nothing */
    ck_assert_str_eq(e.code, "job_not_unknown");
    bring(new_id, JOB_UNKNOWN);
    ck_assert(job_resolve(db, new_id, false, 5000, &another, &e));
    ck_assert_int_eq(get(another).marks.duplicate, 2);
    bring(another, JOB_FAILED); /* nothing but failed rows left, yet the first may be on paper after all */
    ck_assert(job_reprint(db, another, 6000, &fourth, &e));
    ck_assert_int_eq(get(fourth).marks.duplicate, 3);
}
END_TEST

START_TEST(only_ways_in_the_table_are_open) {
    static const char *const open[] = {"queued>sending", "queued>failed", "sending>queued",  "sending>sent",  "sending>unknown",
                                       "sent>sent",      "sent>printed",  "sent>unknown",    "sent>failed",   "unknown>printed",
                                       "unknown>failed"};
    int count = 0;
    for (int from = 0; from < 6; from++)
        for (int to = 0; to < 6; to++) {
            char way[32];
            bool listed = false;
            snprintf(way, sizeof way, "%s>%s", job_state_names[from], job_state_names[to]);
            for (size_t i = 0; i < sizeof open / sizeof *open; i++) listed |= strcmp(open[i], way) == 0;
            ck_assert_msg(job_may_move((enum job_state)from, (enum job_state)to) == listed, "%s", way);
            count += listed;
        }
    ck_assert_int_eq(count, 11);
    bool moved = true;
    const struct job_move back = {.id = add("cocina", 1), .from = JOB_PRINTED, .to = JOB_QUEUED};
    ck_assert(!job_move(db, &back, &moved, &e));
    ck_assert_str_eq(e.code, "job_transition");
}
END_TEST

START_TEST(a_move_from_a_state_the_job_has_left_does_nothing) {
    bool moved = true;
    const int64_t id = add("cocina", 1);
    bring(id, JOB_SENT);
    const struct job_move late = {.id = id, .from = JOB_QUEUED, .to = JOB_SENDING};
    ck_assert(job_move(db, &late, &moved, &e));
    ck_assert(!moved);
    ck_assert_int_eq(get(id).state, JOB_SENT);
}
END_TEST

START_TEST(printed_without_evidence_is_refused_by_the_database) {
    bool moved;
    const int64_t id = add("cocina", 1);
    bring(id, JOB_SENT);
    const struct job_move m = {.id = id, .from = JOB_SENT, .to = JOB_PRINTED, .now = 1};
    ck_assert(!job_move(db, &m, &moved, &e));
    ck_assert_int_eq(e.kind, ERROR_CONFLICT);
}
END_TEST

static void an_order(void) {
    ck_assert_msg(
        db_script(db,
                  "INSERT INTO staff (id, name, role, pin_hash, created_at) VALUES (1, 'Caja', 'cashier', '$argon2id$x', 1);"
                  "INSERT INTO menu_version (id, document, created_at) VALUES (1, '{}', 1);"
                  "INSERT INTO shift (id, business_day, float_amount, opened_by, opened_at) VALUES (1, '2026-11-24', 0, 1, 1);"
                  "INSERT INTO orders (id, shift_id, number, kind, menu_version, opened_by, device, opened_at)"
                  " VALUES (31, 1, 1, 'counter', 1, 1, 'till', 1)",
                  &e),
        "%s", e.message);
}

START_TEST(lists_are_newest_first_and_filtered) {
    struct job *jobs;
    size_t n;
    an_order();
    int64_t ids[6];
    for (int i = 0; i < 6; i++) {
        const struct job_new j = {
            .kind = "receipt", .printer = i % 2 ? "caja" : "barra", .order_id = i < 2 ? 31 : 0, .ticket = ticket("x")};
        ck_assert_msg(job_add(db, &j, 1000 + i, &ids[i], &e), "%s", e.message);
    }
    bring(ids[4], JOB_PRINTED);
    ck_assert(job_list(db, &(struct job_filter){.state = -1}, a, &jobs, &n, &e));
    ck_assert_uint_eq(n, 6);
    ck_assert_int_eq(jobs[0].id, ids[5]);
    ck_assert_int_eq(jobs[5].id, ids[0]);
    ck_assert_ptr_null(jobs[0].ticket);
    ck_assert(job_list(db, &(struct job_filter){.state = -1, .order_id = 31}, a, &jobs, &n, &e));
    ck_assert_uint_eq(n, 2);
    ck_assert_int_eq(jobs[0].id, ids[1]);
    ck_assert_int_eq(jobs[0].order_id, 31);
    ck_assert(job_list(db, &(struct job_filter){.state = -1, .printer = "caja", .limit = 2}, a, &jobs, &n, &e));
    ck_assert_uint_eq(n, 2);
    ck_assert_int_eq(jobs[1].id, ids[3]);
    ck_assert(job_list(db, &(struct job_filter){.state = JOB_PRINTED}, a, &jobs, &n, &e));
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(jobs[0].id, ids[4]);
    ck_assert_str_eq(jobs[0].evidence, "A");
    ck_assert(job_list(db, &(struct job_filter){.state = -1, .before = ids[2]}, a, &jobs, &n, &e));
    ck_assert_uint_eq(n, 2);
    ck_assert_int_eq(jobs[0].id, ids[1]);
}
END_TEST

START_TEST(the_bytes_are_the_encoders_with_the_marks) {
    struct printer_profiles *profiles;
    struct bytes plain, marked, encoded;
    const struct site_printer printers[] = {{.slug = "cocina", .name = "Cocina", .profile = "epson-tm-t20iii"}};
    const struct site site = {.printers = printers, .printer_count = 1};
    ck_assert_msg(profiles_load(a, &profiles, &e), "%s", e.message);
    struct job j = get(add("cocina", 3));
    ck_assert_msg(job_encode(&j, &site, profiles, a, &plain, &e), "%s", e.message);
    ck_assert(escpos_encode(j.ticket, profile_find(profiles, "epson-tm-t20iii"), &(struct ticket_marks){0}, a, &encoded, &e));
    ck_assert_uint_eq(plain.size, encoded.size);
    ck_assert_mem_eq(plain.at, encoded.at, encoded.size);
    j.marks.copy = true;
    ck_assert(job_encode(&j, &site, profiles, a, &marked, &e));
    ck_assert_uint_gt(marked.size, plain.size);
    ck_assert_ptr_nonnull(memmem(marked.at, marked.size, "COPIA", 5));
    ck_assert_ptr_null(memmem(plain.at, plain.size, "COPIA", 5));
    j.printer = "otra";
    ck_assert(!job_encode(&j, &site, profiles, a, &plain, &e));
    ck_assert_str_eq(e.code, "printer_unknown");
}
END_TEST

START_TEST(the_queue_is_found_by_its_index) {
    struct db_rows r;
    bool by_index = false;
    ck_assert(db_query(
        db,
        "EXPLAIN QUERY PLAN SELECT id FROM print_job WHERE state IN ('queued', 'sending', 'sent', 'unknown') AND printer = ?"
        " AND state = 'queued' ORDER BY id LIMIT 1",
        DB_ARGS(db_text("cocina")), &r, &e));
    while (db_next(&r)) {
        ck_assert_ptr_null(strstr(db_col_text(&r, 3), "TEMP B-TREE"));
        if (strstr(db_col_text(&r, 3), "print_job_waiting")) by_index = true;
    }
    ck_assert(db_done(&r, &e));
    ck_assert(by_index);
}
END_TEST

int main(void) {
    return data_suite_run("printer_jobs", setup, teardown,
                          DATA_TESTS(a_station_counts_for_itself_without_a_gap, two_first_printings_of_one_number_are_refused,
                                     a_job_comes_back_as_it_was_added, a_job_that_does_not_exist_is_not_found,
                                     a_reprint_of_a_printed_ticket_is_a_copy_of_the_same_ticket,
                                     a_reprint_in_doubt_is_marked_and_counted, what_still_waits_is_not_repeated,
                                     a_failed_ticket_was_never_on_paper_and_goes_out_unmarked, seen_on_paper_resolves_to_printed,
                                     not_on_paper_resolves_to_one_marked_repetition, only_ways_in_the_table_are_open,
                                     a_move_from_a_state_the_job_has_left_does_nothing,
                                     printed_without_evidence_is_refused_by_the_database, lists_are_newest_first_and_filtered,
                                     the_bytes_are_the_encoders_with_the_marks, the_queue_is_found_by_its_index));
}
