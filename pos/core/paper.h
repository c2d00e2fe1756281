/* Paper as acts: a reprint, a person's word on a ticket in doubt, pausing a printer, sending a station's tickets elsewhere — all
 * journaled where they change something — and a test page; each told to every screen. */
#ifndef COMANDA_CORE_PAPER_H
#define COMANDA_CORE_PAPER_H

#include "pos/core/till.h"
#include "printer/steer.h"

/* A new job with the same ticket, marked COPIA or POSIBLE DUPLICADO (printer/spooler.h: job_reprint); a station's goes where the
 * station prints now. */
MUST_USE bool paper_reprint(struct act *act, struct job_id job, struct job_id *copy, struct error *e);
/* What came out of an `unknown` job. *copy: the new marked job when it did not, else 0. */
MUST_USE bool paper_resolve(struct act *act, struct job_id job, bool printed, struct job_id *copy, struct error *e);
/* ERROR_NOT_FOUND "printer_unknown". */
MUST_USE bool paper_test_page(struct act *act, const char *printer, struct job_id *job, struct error *e);

/* Until it is resumed the printer takes no ticket (printer/steer.h). Twice is once. ERROR_NOT_FOUND "printer_unknown". */
MUST_USE bool paper_pause(struct act *act, const char *printer, struct error *e);
MUST_USE bool paper_resume(struct act *act, const char *printer, struct error *e);

struct paper_routed {
    const struct site_station *station;
    const struct site_printer *printer; /* where its tickets come out now */
    int64_t moved;                      /* waiting tickets that went along */
};
/* Sends a station's tickets to a printer, from now on and those that wait. `printer` NULL, or the station's own: home again. Any
 * printer of the site will do: a ticket is encoded by the profile of the one it prints on. ERROR_NOT_FOUND "station_unknown",
 * "printer_unknown" (field "printer"). */
MUST_USE bool paper_route(struct act *act, const char *station, const char *printer, struct paper_routed *out, struct error *e);

#endif
