/* The spooler's rows: what waits, transitions through the writer, falling back, and recovery at start. */
#include <inttypes.h>
#include <poll.h>
#include <string.h>

#include "data/log.h"
#include "printer/spooler_states.h"
#include "printer/spooler_worker.h"
#include "printer/steer.h"

/* The first condition is the index print_job_waiting's own, word for word: SQLite needs that to use it. */
#define WAITING "state IN ('queued', 'sending', 'sent', 'unknown')"

bool rows_next(struct worker *w, int64_t *id, struct error *e) {
    return db_get_int(w->reader,
                      "SELECT id FROM print_job WHERE " WAITING " AND printer = ?1 AND state = 'queued' AND NOT EXISTS (SELECT 1"
                      " FROM printer_pause p WHERE p.printer = ?1) ORDER BY id LIMIT 1",
                      DB_ARGS(db_text(w->printer->slug)), 0, id, e);
}

bool rows_newest_unknown(struct worker *w, int64_t *id, struct error *e) {
    return db_get_int(
        w->reader,
        "SELECT id FROM print_job WHERE " WAITING " AND printer = ?1 AND state = 'unknown' AND NOT EXISTS (SELECT 1 FROM"
        " print_job later WHERE later.printer = ?1 AND later.id > print_job.id AND later.state NOT IN ('queued', 'failed'))"
        " ORDER BY id DESC LIMIT 1",
        DB_ARGS(db_text(w->printer->slug)), 0, id, e);
}

/* Since rows_next looked, a person may have paused the printer, or sent the ticket elsewhere: then it is not this one's to begin.
 */
static bool may_begin(struct db *db, int64_t id, const char *printer, bool *may, struct error *e) {
    int64_t here = 0;
    const bool ok = db_get_int(db,
                               "SELECT 1 FROM print_job WHERE id = ?1 AND printer = ?2 AND NOT EXISTS (SELECT 1 FROM"
                               " printer_pause p WHERE p.printer = ?2)",
                               DB_ARGS(db_int(id), db_text(printer)), 0, &here, e);
    *may = here == 1;
    return ok;
}

struct moves {
    const char *printer;
    const struct job_move *at;
    size_t count;
    bool moved;
};

static bool run_moves(struct db *db, void *self, struct error *e) {
    struct moves *m = self;
    m->moved = true;
    for (size_t i = 0; i < m->count && m->moved; i++) {
        const struct job_move *move = &m->at[i];
        if (move->to == JOB_SENDING && !may_begin(db, move->id, m->printer, &m->moved, e)) return false;
        if (m->moved && !job_move(db, move, &m->moved, e)) return false;
    }
    return true;
}

bool rows_move(struct worker *w, const struct job_move *moves, size_t count, bool *moved, struct error *e) {
    struct moves m = {.printer = w->printer->slug, .at = moves, .count = count};
    *moved = false;
    while (!writer_run(w->spooler->options.writer, run_moves, &m, e)) {
        if (e->kind != ERROR_BUSY) return false;
        struct pollfd stop = {.fd = w->spooler->stop, .events = POLLIN};
        if (poll(&stop, 1, 20) > 0) return false;
    }
    *moved = m.moved;
    return true;
}

/* ---- falling back ---- */

struct fall_back {
    struct worker *from;
    int64_t count;
    bool *kick;
};

/* Where else a station can print: where it stands now, at its fallback or at home, whichever is first neither out of reach nor
 * told to wait. *mark: its name, away from home. NULL: nowhere. */
static bool find_other(struct fall_back *f, struct db *db, const struct site_station *station, struct worker **other,
                       const char **mark, struct error *e) {
    struct spooler *s = f->from->spooler;
    struct steer_place now;
    *other = NULL;
    if (!steer_place(db, s->options.site, station, &now, e)) return false;
    const char *const places[] = {now.printer, station->fallback, station->printer};
    for (size_t i = 0; i < 3 && !*other; i++) {
        struct worker *w = spooler_worker(s, places[i]);
        bool paused = false;
        if (!w || w == f->from || worker_reach(w) == REACH_NO) continue;
        if (!steer_paused(db, w->printer->slug, &paused, e)) return false;
        if (paused) continue;
        *other = w;
        *mark = strcmp(places[i], station->printer) == 0 ? NULL : station->name;
    }
    return true;
}

static bool run_fall_back(struct db *db, void *self, struct error *e) {
    struct fall_back *f = self;
    struct spooler *s = f->from->spooler;
    const char *here = f->from->printer->slug;
    bool paused = false;
    if (!steer_paused(db, here, &paused, e)) return false;
    for (size_t i = 0; i < s->options.site->station_count && !paused; i++) {
        const struct site_station *station = &s->options.site->stations[i];
        struct worker *other;
        const char *mark = NULL;
        if (!find_other(f, db, station, &other, &mark, e)) return false;
        if (!other) continue;
        if (!db_exec(db,
                     "UPDATE print_job SET printer = ?1, fallback_for = ?2 WHERE " WAITING
                     " AND printer = ?3 AND state = 'queued' AND station = ?4",
                     DB_ARGS(db_text(other->printer->slug), db_text(mark), db_text(here), db_text(station->slug)), e))
            return false;
        const int64_t moved = db_changes(db);
        if (moved > 0) f->kick[other - s->workers] = true;
        f->count += moved;
    }
    return true;
}

bool rows_fall_back(struct worker *w, int64_t *count, struct error *e) {
    struct arena *a = arena_open();
    struct spooler *s = w->spooler;
    struct fall_back f = {.from = w, .kick = ARENA_ARRAY(a, s->count, bool)};
    int64_t waiting = 0; /* asked first, so that a dead printer does not keep the writer busy */
    bool ok = rows_next(w, &waiting, e);
    if (ok && waiting) ok = writer_run(s->options.writer, run_fall_back, &f, e);
    *count = ok ? f.count : 0;
    for (size_t i = 0; ok && i < s->count; i++)
        if (f.kick[i]) {
            log_warning("printer %s: %" PRId64 " waiting ticket(s) go to %s", w->printer->slug, f.count,
                        s->workers[i].printer->slug);
            spooler_kick(s, s->workers[i].printer->slug);
        }
    arena_close(a);
    return ok;
}

/* ---- recovery ---- */

struct recovery {
    struct spooler *spooler;
    int64_t unknown, rehomed;
};

/* A printer that left the configuration while tickets waited for it: not a byte of them is on paper. */
static bool run_rehome(struct db *db, struct recovery *r, struct error *e) {
    int64_t strays[64];
    const struct site *site = r->spooler->options.site;
    const char *there;
    struct db_rows rows;
    size_t n = 0;
    int64_t after = 0;
    bool ok = true;
    do {
        n = 0;
        ok = db_query(db, "SELECT id, printer FROM print_job WHERE " WAITING " AND state = 'queued' AND id > ? ORDER BY id",
                      DB_ARGS(db_int(after)), &rows, e);
        if (!ok) break;
        while (n < 64 && db_next(&rows))
            if (!spooler_worker(r->spooler, db_col_text(&rows, 1))) strays[n++] = db_col_int(&rows, 0);
        ok = db_done(&rows, e);
        for (size_t i = 0; i < n && ok; i++) ok = steer_job(db, site, strays[i], &there, e);
        if (n > 0) after = strays[n - 1];
        r->rehomed += (int64_t)n;
    } while (ok && n == 64);
    return ok;
}

static bool run_recover(struct db *db, void *self, struct error *e) {
    struct recovery *r = self;
    r->unknown = r->rehomed = 0;
    /* The same two transitions as in the table: sending → unknown, sent → unknown. */
    if (!db_exec(db,
                 "UPDATE print_job SET state = 'unknown', reason = CASE state WHEN 'sending' THEN 'the server stopped while "
                 "sending it'"
                 " ELSE 'the server stopped before the printer confirmed it' END WHERE " WAITING
                 " AND state IN ('sending', 'sent') AND NOT " JOB_WAITS_FOR_PERSON,
                 DB_NO_ARGS, e))
        return false;
    r->unknown = db_changes(db);
    return run_rehome(db, r, e);
}

bool rows_recover(struct spooler *s, struct error *e) {
    struct recovery r = {.spooler = s};
    if (!writer_run(s->options.writer, run_recover, &r, e)) return false;
    if (r.unknown) log_warning("spooler: %" PRId64 " ticket(s) were under way when the server stopped: in doubt", r.unknown);
    if (r.rehomed)
        log_warning("spooler: %" PRId64 " ticket(s) waited for a printer that is no longer configured: sent elsewhere",
                    r.rehomed);
    return true;
}
