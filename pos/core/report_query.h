/* The report queries of data/reports, shared by the day's sales and the shift's report: each figure is defined once. */
#ifndef COMANDA_CORE_REPORT_QUERY_H
#define COMANDA_CORE_REPORT_QUERY_H

#include "data/arena.h"
#include "data/db.h"

/* The text of data/reports/NAME; it is part of the binary, so that one missing is a fault of the build: abort(). */
const char *report_sql(const char *name);
/* The argument of those queries: shift ids as a JSON array, "[3,4]". */
const char *report_shifts(const int64_t *shifts, size_t count, struct arena *a);

#endif
