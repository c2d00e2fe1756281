/* Print jobs as rows: adding, repeating, resolving, reading, and the bytes one would send. Contract: spooler.h. */
#include <inttypes.h>
#include <string.h>

#include "printer/escpos.h"
#include "printer/spooler_states.h"

enum { LIST_MAX = 500, LIST_USUAL = 100 };

bool job_next_sequence(struct db *db, const char *station, int64_t *sequence, struct error *e) {
    if (!db_exec(db,
                 "INSERT INTO station_sequence (station, last) VALUES (?, 1) ON CONFLICT (station) DO UPDATE SET last = last + 1",
                 DB_ARGS(db_text(station)), e))
        return false;
    return db_get_int(db, "SELECT last FROM station_sequence WHERE station = ?", DB_ARGS(db_text(station)), 0, sequence, e);
}

bool job_add(struct db *db, const struct job_new *job, int64_t now, int64_t *id, struct error *e) {
    struct arena *a = arena_open();
    const char *document = ticket_to_json(job->ticket, a);
    const struct ticket_marks *m = &job->marks;
    const bool ok = db_insert(
        db,
        "INSERT INTO print_job (kind, printer, station, sequence, order_id, shift_id, copy, duplicate, fallback_for,"
        " practice, copy_of, document, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        DB_ARGS(db_text(job->kind), db_text(job->printer), db_text(job->station), db_int_or_null(job->sequence),
                db_int_or_null(job->order_id), db_int_or_null(job->shift_id), db_int(m->copy), db_int(m->duplicate),
                db_text(m->fallback_for), db_int(m->practice), db_int_or_null(job->copy_of), db_text(document), db_int(now)),
        id, e);
    arena_close(a);
    return ok;
}

static bool no_job(int64_t id, struct error *e) {
    return error_fail(e, ERROR_NOT_FOUND, "job_unknown", "print job %" PRId64 ": does not exist", id);
}

static bool no_ticket(int64_t id, struct error *e) {
    return error_fail(e, ERROR_NOT_FOUND, "job_let_go", "print job %" PRId64 ": so old that its ticket is not kept any more", id);
}

/* ---- repeating ---- */

/* What is known of a ticket from all its printings: the first row and every copy of it. */
struct family {
    int64_t root, printed, doubtful, waiting, duplicates;
};

static bool family_of(struct db *db, int64_t id, struct family *f, struct error *e) {
    struct db_rows r;
    if (!db_query(
            db,
            "WITH root AS (SELECT coalesce(copy_of, id) AS id FROM print_job WHERE id = ?)"
            " SELECT root.id, sum(j.state = 'printed'), sum(j.state IN ('sending', 'sent', 'unknown')), sum(j.state = 'queued'),"
            " max(j.duplicate) FROM root JOIN print_job j ON j.id = root.id OR j.copy_of = root.id GROUP BY root.id",
            DB_ARGS(db_int(id)), &r, e))
        return false;
    const bool found = db_next(&r);
    if (found)
        *f = (struct family){.root = db_col_int(&r, 0),
                             .printed = db_col_int(&r, 1),
                             .doubtful = db_col_int(&r, 2),
                             .waiting = db_col_int(&r, 3),
                             .duplicates = db_col_int(&r, 4)};
    if (!db_done(&r, e)) return false;
    return found || no_job(id, e);
}

static bool add_again(struct db *db, int64_t id, const struct family *f, bool copy, int64_t duplicate, int64_t now,
                      int64_t *new_id, struct error *e) {
    int64_t let_go;
    if (!db_get_int(db, "SELECT document = '{}' FROM print_job WHERE id = ?", DB_ARGS(db_int(id)), 0, &let_go, e)) return false;
    if (let_go) return no_ticket(id, e);
    return db_insert(
        db,
        "INSERT INTO print_job (kind, printer, station, sequence, order_id, shift_id, copy, duplicate, fallback_for, practice,"
        " copy_of, document, created_at) SELECT kind, printer, station, sequence, order_id, shift_id, ?1, ?2, fallback_for,"
        " practice, ?3, document, ?4 FROM print_job WHERE id = ?5",
        DB_ARGS(db_int(copy), db_int(duplicate), db_int(f->root), db_int(now), db_int(id)), new_id, e);
}

bool job_reprint(struct db *db, int64_t id, int64_t now, int64_t *new_id, struct error *e) {
    struct family f;
    if (!family_of(db, id, &f, e)) return false;
    /* Once any printing is known to be on paper, the next is a copy of it. While one is in doubt, it may be a duplicate; so it
     * may after a doubtful one was repeated, whatever became of the repetition. Nothing but failed rows: this is the first on
     * paper. */
    if (f.printed > 0) return add_again(db, id, &f, true, 0, now, new_id, e);
    if (f.doubtful > 0 || f.duplicates > 0) return add_again(db, id, &f, false, f.duplicates + 1, now, new_id, e);
    if (f.waiting > 0)
        return error_fail(e, ERROR_CONFLICT, "job_waiting", "print job %" PRId64 ": not printed yet; it prints by itself", id);
    return add_again(db, id, &f, false, 0, now, new_id, e);
}

bool job_resolve(struct db *db, int64_t id, bool printed, int64_t now, int64_t *new_id, struct error *e) {
    struct family f;
    bool moved;
    *new_id = 0;
    int64_t waits; /* for this very word */
    if (!family_of(db, id, &f, e) ||
        !db_get_int(db, "SELECT " JOB_WAITS_FOR_PERSON " FROM print_job WHERE id = ?", DB_ARGS(db_int(id)), 0, &waits, e))
        return false;
    const struct job_move m = {.id = id,
                               .from = waits ? JOB_SENT : JOB_UNKNOWN,
                               .to = printed ? JOB_PRINTED : JOB_FAILED,
                               .evidence = printed ? "D" : NULL,
                               .reason = printed ? "a person saw it on paper" : "a person found nothing on paper: repeated",
                               .now = now};
    if (!job_move(db, &m, &moved, e)) return false;
    if (!moved) return error_fail(e, ERROR_CONFLICT, "job_not_unknown", "print job %" PRId64 ": is not in doubt", id);
    /* People err, and paper turns up later: what replaces it carries the mark. */
    return printed || add_again(db, id, &f, false, f.duplicates + 1, now, new_id, e);
}

/* ---- letting go ---- */

/* A receipt, a refund and a report have no other source for a true repetition than the ticket as it was: they are kept. */
bool jobs_let_go(struct db *db, int64_t before, int64_t *count, struct error *e) {
    struct db_rows r;
    int64_t after, upto;
    *count = 0;
    if (!db_get_int(db, "SELECT upto FROM print_job_kept", DB_NO_ARGS, 0, &after, e)) return false;
    upto = after;
    /* Ids grow with time: the first one that is young ends the search. */
    if (!db_query(db, "SELECT id, created_at FROM print_job WHERE id > ? ORDER BY id LIMIT ?",
                  DB_ARGS(db_int(after), db_int(JOBS_LET_GO_MAX)), &r, e))
        return false;
    while (db_next(&r) && db_col_int(&r, 1) < before) upto = db_col_int(&r, 0);
    if (!db_done(&r, e)) return false;
    if (upto == after) return true;
    if (!db_exec(db,
                 "UPDATE print_job SET document = '{}' WHERE id > ?1 AND id <= ?2 AND state IN ('printed', 'failed')"
                 " AND kind NOT IN ('receipt', 'refund', 'report') AND NOT EXISTS (SELECT 1 FROM print_job c"
                 " WHERE c.copy_of = print_job.id AND c.state NOT IN ('printed', 'failed'))",
                 DB_ARGS(db_int(after), db_int(upto)), e))
        return false;
    *count = db_changes(db);
    return db_exec(db,
                   "INSERT INTO print_job_kept (one, upto) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET upto = excluded.upto",
                   DB_ARGS(db_int(upto)), e);
}

/* ---- reading ---- */

#define JOB_COLUMNS                                                                                                              \
    "id, kind, printer, station, sequence, order_id, shift_id, state, evidence, reason, copy, duplicate, fallback_for, "         \
    "practice, copy_of,"                                                                                                         \
    " created_at, printed_at, document = '{}'"

#define JOB_FILTER                                                                                                               \
    " AND (?2 IS NULL OR printer = ?2) AND (?3 IS NULL OR state = ?3) AND (?4 IS NULL OR id < ?4) ORDER BY id DESC LIMIT ?5"

static enum job_state state_of(const char *name) {
    int i = 0;
    while (job_state_names[i] && strcmp(job_state_names[i], name) != 0) i++;
    return (enum job_state)i; /* the CHECK of the table holds the same names */
}

static void read_row(const struct db_rows *r, struct arena *a, struct job *j) {
    *j = (struct job){
        .id = db_col_int(r, 0),
        .kind = arena_text(a, db_col_text(r, 1)),
        .printer = arena_text(a, db_col_text(r, 2)),
        .station = arena_text(a, db_col_text(r, 3)),
        .sequence = db_col_int(r, 4),
        .order_id = db_col_int(r, 5),
        .shift_id = db_col_int(r, 6),
        .state = state_of(db_col_text(r, 7)),
        .evidence = arena_text(a, db_col_text(r, 8)),
        .reason = arena_text(a, db_col_text(r, 9)),
        .marks = {.copy = db_col_int(r, 10) != 0,
                  .duplicate = (int32_t)db_col_int(r, 11),
                  .fallback_for = arena_text(a, db_col_text(r, 12)),
                  .practice = db_col_int(r, 13) != 0},
        .copy_of = db_col_int(r, 14),
        .created_at = db_col_int(r, 15),
        .printed_at = db_col_int(r, 16),
        .let_go = db_col_int(r, 17) != 0,
    };
}

bool job_get(struct db *db, int64_t id, struct arena *a, struct job *out, struct error *e) {
    struct db_rows r;
    struct ticket *ticket = NULL;
    const char *document = NULL;
    if (!db_query(db, "SELECT " JOB_COLUMNS ", document FROM print_job WHERE id = ?", DB_ARGS(db_int(id)), &r, e)) return false;
    const bool found = db_next(&r);
    if (found) {
        read_row(&r, a, out);
        document = arena_text(a, db_col_text(&r, 18));
    }
    if (!db_done(&r, e)) return false;
    if (!found) return no_job(id, e);
    if (out->let_go) return true;
    if (!ticket_from_json(document, a, &ticket, e)) return error_within(e, "print job %" PRId64, id);
    out->ticket = ticket;
    return true;
}

bool job_list(struct db *db, const struct job_filter *f, struct arena *a, struct job **out, size_t *count, struct error *e) {
    struct db_rows r;
    const int32_t limit = f->limit <= 0 ? LIST_USUAL : f->limit > LIST_MAX ? LIST_MAX : f->limit;
    const char *state = f->state < 0 || f->state > JOB_FAILED ? NULL : job_state_names[f->state];
    *count = 0;
    *out = ARENA_ARRAY(a, (size_t)limit, struct job);
    /* Two statements, so that the jobs of one order come by its index. */
    const char *sql = f->order_id ? "SELECT " JOB_COLUMNS " FROM print_job WHERE order_id = ?1" JOB_FILTER
                                  : "SELECT " JOB_COLUMNS " FROM print_job WHERE ?1 IS NULL" JOB_FILTER;
    if (!db_query(
            db, sql,
            DB_ARGS(db_int_or_null(f->order_id), db_text(f->printer), db_text(state), db_int_or_null(f->before), db_int(limit)),
            &r, e))
        return false;
    while (db_next(&r)) read_row(&r, a, &(*out)[(*count)++]);
    return db_done(&r, e);
}

bool job_encode(const struct job *job, const struct site *site, const struct printer_profiles *profiles, struct arena *a,
                struct bytes *out, struct error *e) {
    const struct site_printer *printer = site_find_printer(site, job->printer);
    if (!printer)
        return error_fail(e, ERROR_NOT_FOUND, "printer_unknown", "print job %" PRId64 ": printer %s is not configured", job->id,
                          job->printer);
    if (!job->ticket) return no_ticket(job->id, e);
    const struct printer_profile *profile = profile_find(profiles, printer->profile);
    if (!profile)
        return error_fail(e, ERROR_NOT_FOUND, "profile_unknown", "printer %s: profile %s does not exist", printer->slug,
                          printer->profile);
    return escpos_encode(job->ticket, profile, &job->marks, a, out, e) || error_within(e, "print job %" PRId64, job->id);
}
