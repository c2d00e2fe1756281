/* Steering printers and stations: the rows of pauses and routes, and the queued tickets that follow them. Contract: steer.h. */
#include "printer/steer.h"

#include <string.h>

/* The first condition is the index print_job_waiting's own, word for word: SQLite needs that to use it. */
#define QUEUED "state IN ('queued', 'sending', 'sent', 'unknown') AND state = 'queued'"

/* ---- where tickets go ---- */

bool steer_place(struct db *db, const struct site *site, const struct site_station *station, struct steer_place *out,
                 struct error *e) {
    struct db_rows r;
    *out = (struct steer_place){.printer = station->printer};
    if (!db_query(db, "SELECT printer FROM station_route WHERE station = ?", DB_ARGS(db_text(station->slug)), &r, e))
        return false;
    if (db_next(&r)) {
        const struct site_printer *there = site_find_printer(site, db_col_text(&r, 0));
        if (there && strcmp(there->slug, station->printer) != 0)
            *out = (struct steer_place){.printer = there->slug, .fallback_for = station->name};
    }
    return db_done(&r, e);
}

static bool put(struct db *db, int64_t id, const struct steer_place *at, struct error *e) {
    return db_exec(db, "UPDATE print_job SET printer = ?, fallback_for = ? WHERE id = ? AND state = 'queued'",
                   DB_ARGS(db_text(at->printer), db_text(at->fallback_for), db_int(id)), e);
}

bool steer_job(struct db *db, const struct site *site, int64_t id, const char **printer, struct error *e) {
    struct db_rows r;
    const struct site_station *station = NULL;
    const struct site_printer *at = NULL;
    bool queued = false;
    *printer = NULL;
    if (!db_query(db, "SELECT printer, station, state = 'queued' FROM print_job WHERE id = ?", DB_ARGS(db_int(id)), &r, e))
        return false;
    if (db_next(&r)) {
        at = site_find_printer(site, db_col_text(&r, 0));
        if (!db_col_null(&r, 1)) station = site_find_station(site, db_col_text(&r, 1));
        queued = db_col_int(&r, 2) != 0;
    }
    if (!db_done(&r, e)) return false;
    struct steer_place place = {0};
    if (queued && station) {
        if (!steer_place(db, site, station, &place, e)) return false;
    } else if (queued && !at && site->receipt_printer) {
        place.printer = site->receipt_printer->slug;
    }
    *printer = place.printer ? place.printer : at ? at->slug : NULL;
    return !place.printer || put(db, id, &place, e);
}

/* ---- pausing ---- */

bool steer_paused(struct db *db, const char *printer, bool *paused, struct error *e) {
    int64_t rows = 0;
    const bool ok =
        db_get_int(db, "SELECT count(*) FROM printer_pause WHERE printer = ?", DB_ARGS(db_text(printer)), 0, &rows, e);
    *paused = rows > 0;
    return ok;
}

bool steer_pause(struct db *db, const char *printer, int64_t staff, int64_t now, bool *changed, struct error *e) {
    if (!db_exec(db, "INSERT INTO printer_pause (printer, at, staff_id) VALUES (?, ?, ?) ON CONFLICT (printer) DO NOTHING",
                 DB_ARGS(db_text(printer), db_int(now), db_int_or_null(staff)), e))
        return false;
    *changed = db_changes(db) > 0;
    return true;
}

bool steer_resume(struct db *db, const char *printer, bool *changed, struct error *e) {
    if (!db_exec(db, "DELETE FROM printer_pause WHERE printer = ?", DB_ARGS(db_text(printer)), e)) return false;
    *changed = db_changes(db) > 0;
    return true;
}

/* ---- routing ---- */

static bool set_route(struct db *db, const struct site_station *station, const struct site_printer *printer, int64_t staff,
                      int64_t now, struct error *e) {
    if (strcmp(printer->slug, station->printer) == 0)
        return db_exec(db, "DELETE FROM station_route WHERE station = ?", DB_ARGS(db_text(station->slug)), e);
    return db_exec(
        db,
        "INSERT INTO station_route (station, printer, at, staff_id) VALUES (?, ?, ?, ?) ON CONFLICT (station) DO UPDATE"
        " SET printer = excluded.printer, at = excluded.at, staff_id = excluded.staff_id",
        DB_ARGS(db_text(station->slug), db_text(printer->slug), db_int(now), db_int_or_null(staff)), e);
}

bool steer_route(struct db *db, const struct site *site, const struct site_station *station, const struct site_printer *printer,
                 int64_t staff, int64_t now, struct steer_moved *out, struct error *e) {
    struct steer_place was, is;
    if (!steer_place(db, site, station, &was, e)) return false;
    *out = (struct steer_moved){.from = was.printer, .changed = strcmp(was.printer, printer->slug) != 0};
    /* One that stands there already keeps the time and person of its route. */
    if (out->changed && !set_route(db, station, printer, staff, now, e)) return false;
    if (!steer_place(db, site, station, &is, e) ||
        !db_exec(db, "UPDATE print_job SET printer = ?1, fallback_for = ?2 WHERE " QUEUED " AND station = ?3 AND printer <> ?1",
                 DB_ARGS(db_text(is.printer), db_text(is.fallback_for), db_text(station->slug)), e))
        return false;
    out->moved = db_changes(db);
    return true;
}

/* ---- reading ---- */

static bool read_pauses(struct db *db, const struct site *site, struct arena *a, struct steering *out, struct error *e) {
    struct db_rows r;
    out->pauses = ARENA_ARRAY(a, site->printer_count, struct steer_pause);
    if (!db_query(db, "SELECT p.printer, p.at, s.name FROM printer_pause p LEFT JOIN staff s ON s.id = p.staff_id ORDER BY p.at",
                  DB_NO_ARGS, &r, e))
        return false;
    while (db_next(&r)) {
        const struct site_printer *p = site_find_printer(site, db_col_text(&r, 0));
        if (p)
            out->pauses[out->pause_count++] =
                (struct steer_pause){.printer = p->slug, .at = db_col_int(&r, 1), .by = arena_text(a, db_col_text(&r, 2))};
    }
    return db_done(&r, e);
}

static bool read_routes(struct db *db, const struct site *site, struct arena *a, struct steering *out, struct error *e) {
    struct db_rows r;
    out->routes = ARENA_ARRAY(a, site->station_count, struct steer_route);
    if (!db_query(db,
                  "SELECT r.station, r.printer, r.at, s.name FROM station_route r LEFT JOIN staff s ON s.id = r.staff_id"
                  " ORDER BY r.at",
                  DB_NO_ARGS, &r, e))
        return false;
    while (db_next(&r)) {
        const struct site_station *station = site_find_station(site, db_col_text(&r, 0));
        const struct site_printer *p = site_find_printer(site, db_col_text(&r, 1));
        if (station && p && strcmp(station->printer, p->slug) != 0)
            out->routes[out->route_count++] = (struct steer_route){
                .station = station->slug, .printer = p->slug, .at = db_col_int(&r, 2), .by = arena_text(a, db_col_text(&r, 3))};
    }
    return db_done(&r, e);
}

bool steering_read(struct db *db, const struct site *site, struct arena *a, struct steering *out, struct error *e) {
    *out = (struct steering){0};
    return read_pauses(db, site, a, out, e) && read_routes(db, site, a, out, e);
}

const struct steer_pause *steering_pause(const struct steering *s, const char *printer) {
    for (size_t i = 0; i < s->pause_count; i++)
        if (strcmp(s->pauses[i].printer, printer) == 0) return &s->pauses[i];
    return NULL;
}

const struct steer_route *steering_route(const struct steering *s, const char *station) {
    for (size_t i = 0; i < s->route_count; i++)
        if (strcmp(s->routes[i].station, station) == 0) return &s->routes[i];
    return NULL;
}
