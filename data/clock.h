/* Time: the one seam through which wall time enters, and the site's calendar.
 *
 * Wall times are milliseconds since 1970 UTC; deadlines use the monotonic clock. Zones are the C library's (tzdata):
 * clock_set_zone is called once at start, before any thread. */
#ifndef COMANDA_DATA_CLOCK_H
#define COMANDA_DATA_CLOCK_H

#include <stdint.h>

#include "data/error.h"

struct clock {
    int64_t (*wall)(const struct clock *self); /* ms since the epoch, UTC */
    int64_t fixed;                             /* clock_fixed: what wall answers */
};

extern const struct clock clock_system;
struct clock clock_fixed(int64_t wall_ms); /* tests: set .fixed to move it */
int64_t clock_now(const struct clock *c);
int64_t clock_monotonic_ms(void);
int64_t clock_monotonic_us(void);

MUST_USE bool clock_set_zone(const char *zone, struct error *e); /* "America/Bogota"; unknown name → ERROR_INVALID */

enum { CLOCK_TEXT_MAX = 40, CLOCK_DAY_MAX = 16 };
const char *clock_rfc3339(int64_t wall_ms, char out[CLOCK_TEXT_MAX]);                            /* "2026-11-24T19:42:05-05:00" */
/* The other way: with "Z" or an offset, to the second; false for anything else, and for no real date. */
bool clock_parse_rfc3339(const char *text, int64_t *wall_ms);
const char *clock_local(int64_t wall_ms, const char *strftime_format, char out[CLOCK_TEXT_MAX]); /* "%d/%m/%Y %H:%M" */
int clock_local_hour(int64_t wall_ms);
/* Where an instant stands in the local week: the day from 0 (Monday) to 6, the minute of that day from 0 to 1439. */
void clock_local_week(int64_t wall_ms, int *weekday, int *minute);

/* The business day an instant belongs to: before the cut-over hour it is still yesterday. "2026-11-24". */
const char *clock_business_day(int64_t wall_ms, int cutover_hour, char out[CLOCK_DAY_MAX]);

/* True for a real calendar date in the form YYYY-MM-DD. */
bool clock_is_day(const char *text);
/* Days from a to b (both YYYY-MM-DD, valid): 30 when b is 30 days after a. */
int64_t clock_days_between(const char *a, const char *b);

#endif
