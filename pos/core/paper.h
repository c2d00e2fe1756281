/* Paper as acts: a reprint and a person's word on a ticket in doubt, which are journaled, and a test page; each told to every screen. */
#ifndef COMANDA_CORE_PAPER_H
#define COMANDA_CORE_PAPER_H

#include "pos/core/till.h"

/* A new job with the same ticket, marked COPIA or POSIBLE DUPLICADO (printer/spooler.h: job_reprint). */
MUST_USE bool paper_reprint(struct act *act, struct job_id job, struct job_id *copy, struct error *e);
/* What came out of an `unknown` job. *copy: the new marked job when it did not, else 0. */
MUST_USE bool paper_resolve(struct act *act, struct job_id job, bool printed, struct job_id *copy, struct error *e);
/* ERROR_NOT_FOUND "printer_unknown". */
MUST_USE bool paper_test_page(struct act *act, const char *printer, struct job_id *job, struct error *e);

#endif
