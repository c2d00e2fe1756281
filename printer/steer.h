/* Steering: a printer that a person told to wait, and a station whose tickets a person sends to another printer.
 *
 * Both are rows (printer_pause, station_route) and outlive a restart. A paused printer takes no further ticket, not even a test
 * page, and none of its tickets falls back; what it is sending it finishes. A routed station's tickets stand at the chosen
 * printer headed RESPALDO DE …; where its tickets go is asked in one place, steer_place. A pause or a route that names what the
 * site no longer has counts for nothing. All that writes does so in the caller's transaction. */
#ifndef COMANDA_PRINTER_STEER_H
#define COMANDA_PRINTER_STEER_H

#include "data/db.h"
#include "data/site.h"

/* ---- where tickets go ---- */
struct steer_place {
    const char *printer;      /* the site's own slug of it */
    const char *fallback_for; /* the mark: the station's name away from home, else NULL */
};
/* Where a station's tickets go now. */
MUST_USE bool steer_place(struct db *db, const struct site *site, const struct site_station *station, struct steer_place *out,
                          struct error *e);
/* Puts a queued job where it belongs now: to its station's printer; one without a station stays, unless its printer is gone: then
 * to where receipts come out. Nothing happens to a job in another state. *printer (borrowed from the site): where it stands now;
 * NULL: nowhere the site knows. */
MUST_USE bool steer_job(struct db *db, const struct site *site, int64_t id, const char **printer, struct error *e);

/* ---- pausing ---- */
MUST_USE bool steer_paused(struct db *db, const char *printer, bool *paused, struct error *e);
/* *changed false: it was so already; the first pause's time and person stand. staff 0: the console. */
MUST_USE bool steer_pause(struct db *db, const char *printer, int64_t staff, int64_t now, bool *changed, struct error *e);
MUST_USE bool steer_resume(struct db *db, const char *printer, bool *changed, struct error *e);

/* ---- routing ---- */
struct steer_moved {
    const char *from; /* the printer it stood at before, the site's slug */
    bool changed;     /* false: it stood there already */
    int64_t moved;    /* queued tickets, not a byte of which was sent, that went along */
};
/* The station's tickets go to that printer from now on; to its own one: home. */
MUST_USE bool steer_route(struct db *db, const struct site *site, const struct site_station *station,
                          const struct site_printer *printer, int64_t staff, int64_t now, struct steer_moved *out,
                          struct error *e);

/* ---- reading ---- */
struct steer_pause {
    const char *printer, *by; /* by: a person's name; NULL: the console */
    int64_t at;
};
struct steer_route { /* of a station away from home */
    const char *station, *printer, *by;
    int64_t at;
};
struct steering {
    struct steer_pause *pauses;
    struct steer_route *routes;
    size_t pause_count, route_count;
};
MUST_USE bool steering_read(struct db *db, const struct site *site, struct arena *a, struct steering *out, struct error *e);
const struct steer_pause *steering_pause(const struct steering *s, const char *printer); /* NULL: it prints */
const struct steer_route *steering_route(const struct steering *s, const char *station); /* NULL: at home */

#endif
