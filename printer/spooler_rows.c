/* The spooler's rows: what waits, transitions through the writer, falling back, and recovery at start. */
#include <inttypes.h>
#include <poll.h>
#include <string.h>

#include "data/log.h"
#include "printer/spooler_states.h"
#include "printer/spooler_worker.h"

/* The first condition is the index print_job_waiting's own, word for word: SQLite needs that to use it. */
#define WAITING "state IN ('queued', 'sending', 'sent', 'unknown')"

bool rows_next(struct worker *w, int64_t *id, struct error *e) {
    return db_get_int(w->reader,
                      "SELECT id FROM print_job WHERE " WAITING " AND printer = ? AND state = 'queued' ORDER BY id LIMIT 1",
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

struct moves {
    const struct job_move *at;
    size_t count;
    bool moved;
};

static bool run_moves(struct db *db, void *self, struct error *e) {
    struct moves *m = self;
    m->moved = true;
    for (size_t i = 0; i < m->count && m->moved; i++)
        if (!job_move(db, &m->at[i], &m->moved, e)) return false;
    return true;
}

bool rows_move(struct worker *w, const struct job_move *moves, size_t count, bool *moved, struct error *e) {
    struct moves m = {.at = moves, .count = count};
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

static bool run_fall_back(struct db *db, void *self, struct error *e) {
    struct fall_back *f = self;
    struct spooler *s = f->from->spooler;
    const char *here = f->from->printer->slug;
    for (size_t i = 0; i < s->options.site->station_count; i++) {
        const struct site_station *station = &s->options.site->stations[i];
        const bool home = strcmp(station->printer, here) == 0;
        if (!station->fallback || (!home && strcmp(station->fallback, here) != 0)) continue;
        const char *there = home ? station->fallback : station->printer;
        struct worker *other = spooler_worker(s, there);
        if (!other || other == f->from || worker_reach(other) == REACH_NO) continue;
        if (!db_exec(db,
                     "UPDATE print_job SET printer = ?1, fallback_for = ?2 WHERE " WAITING
                     " AND printer = ?3 AND state = 'queued' AND station = ?4",
                     DB_ARGS(db_text(there), db_text(home ? station->name : NULL), db_text(here), db_text(station->slug)), e))
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

/* A printer that left the configuration while tickets waited for it: not a byte of them is on paper. */
static bool rehome(struct db *db, const struct site *site, int64_t id, const char *station_slug, struct error *e) {
    const struct site_station *station = station_slug ? site_find_station(site, station_slug) : NULL;
    const char *to = station ? station->printer : site->receipt_printer ? site->receipt_printer->slug : NULL;
    if (!to) return true;
    return db_exec(db, "UPDATE print_job SET printer = ?, fallback_for = NULL WHERE id = ?", DB_ARGS(db_text(to), db_int(id)), e);
}

struct recovery {
    struct spooler *spooler;
    int64_t unknown, rehomed;
};

static bool run_rehome(struct db *db, struct recovery *r, struct error *e) {
    struct stray {
        int64_t id;
        const char *station;
    } strays[64];
    const struct site *site = r->spooler->options.site;
    struct arena *a = arena_open();
    struct db_rows rows;
    size_t n = 0;
    int64_t after = 0;
    bool ok = true;
    do {
        n = 0;
        ok = db_query(db,
                      "SELECT id, printer, station FROM print_job WHERE " WAITING " AND state = 'queued' AND id > ? ORDER BY id",
                      DB_ARGS(db_int(after)), &rows, e);
        if (!ok) break;
        while (n < 64 && db_next(&rows))
            if (!spooler_worker(r->spooler, db_col_text(&rows, 1)))
                strays[n++] = (struct stray){db_col_int(&rows, 0), arena_text(a, db_col_text(&rows, 2))};
        ok = db_done(&rows, e);
        for (size_t i = 0; i < n && ok; i++) ok = rehome(db, site, strays[i].id, strays[i].station, e);
        if (n > 0) after = strays[n - 1].id;
        r->rehomed += (int64_t)n;
    } while (ok && n == 64);
    arena_close(a);
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
                 " AND state IN ('sending', 'sent')",
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
