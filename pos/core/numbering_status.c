/* How the authorised ranges stand on a day: which one gives the next number, what waits in line, and when somebody must be
 * warned. */
#include <inttypes.h>
#include <string.h>

#include "data/clock.h"
#include "pos/core/numbering.h"

enum { WARN_DAYS = 30, WARN_PART = 10 };

const char *const number_state_names[] = {"active", "next", "expired", "exhausted", NULL};
const char *const number_warning_names[] = {"none", "few_numbers", "expires_soon", NULL};

static const char *day_of(int64_t now, char out[CLOCK_TEXT_MAX]) {
    return clock_local(now, "%Y-%m-%d", out);
}

/* ---- one range ---- */

static bool valid_on(const struct number_range *r, const char *day) {
    return strcmp(r->valid_from, day) <= 0 && strcmp(r->valid_until, day) >= 0;
}

/* More than a tenth of it is left. */
static bool is_plenty(const struct number_range *r) {
    return r->remaining > (r->to - r->from + 1) / WARN_PART;
}

/* Next until it is known which one is active. */
static struct number_range range_of(const struct db_rows *r, const char *today, struct arena *a) {
    struct number_range n = {
        .id = db_col_int(r, 0),
        .kind = arena_text(a, db_col_text(r, 1)),
        .prefix = arena_text(a, db_col_text(r, 2)),
        .resolution = arena_text(a, db_col_text(r, 3)),
        .resolution_date = arena_text(a, db_col_text(r, 4)),
        .valid_from = arena_text(a, db_col_text(r, 5)),
        .valid_until = arena_text(a, db_col_text(r, 6)),
        .from = db_col_int(r, 7),
        .to = db_col_int(r, 8),
        .next = db_col_int(r, 9),
        .state = NUMBER_RANGE_NEXT,
    };
    n.remaining = n.to + 1 - n.next;
    n.days_left = clock_days_between(today, n.valid_until);
    if (n.remaining == 0)
        n.state = NUMBER_RANGE_EXHAUSTED;
    else if (n.days_left < 0)
        n.state = NUMBER_RANGE_EXPIRED;
    return n;
}

/* ---- the line ---- */

static bool read_ranges(struct db *db, const char *today, struct arena *a, struct number_status *out, struct error *e) {
    int64_t rows;
    struct db_rows r;
    if (!db_get_int(db, "SELECT count(*) FROM number_range", DB_NO_ARGS, 0, &rows, e)) return false;
    out->ranges = ARENA_ARRAY(a, (size_t)rows + 1, struct number_range);
    if (!db_query(
            db,
            "SELECT id, kind, prefix, resolution, resolution_date, valid_from, valid_until, first, last, next FROM number_range"
            " WHERE kind = 'pos' ORDER BY id",
            DB_NO_ARGS, &r, e))
        return false;
    while (out->count < (size_t)rows && db_next(&r)) out->ranges[out->count++] = range_of(&r, today, a);
    return db_done(&r, e);
}

static struct number_range *find_active(struct number_status *s, const char *today) {
    for (size_t i = 0; i < s->count; i++)
        if (s->ranges[i].state == NUMBER_RANGE_NEXT && valid_on(&s->ranges[i], today)) return &s->ranges[i];
    return NULL;
}

/* A range in line that is valid today gives numbers the moment the active one has none. */
static bool is_relieved(const struct number_status *s, const char *today) {
    for (size_t i = 0; i < s->count; i++)
        if (s->ranges[i].state == NUMBER_RANGE_NEXT && is_plenty(&s->ranges[i]) && valid_on(&s->ranges[i], today)) return true;
    return false;
}

/* The last day that the active range and those in line reach together, each beginning at the latest on the day after the one
 * before it ends. Every round takes at least one range further, so it comes to an end. */
static const char *last_day(const struct number_status *s) {
    const char *end = s->active->valid_until;
    for (bool further = true; further;) {
        further = false;
        for (size_t i = 0; i < s->count; i++) {
            const struct number_range *r = &s->ranges[i];
            if (r->state != NUMBER_RANGE_NEXT || !is_plenty(r) || strcmp(r->valid_until, end) <= 0) continue;
            if (clock_days_between(end, r->valid_from) > 1) continue;
            end = r->valid_until;
            further = true;
        }
    }
    return end;
}

bool numbering_status(struct db *db, int64_t now, struct arena *a, struct number_status *out, struct error *e) {
    char today[CLOCK_TEXT_MAX];
    *out = (struct number_status){.days_left = -1};
    if (!read_ranges(db, day_of(now, today), a, out, e)) return false;
    struct number_range *active = find_active(out, today);
    if (!active) return true;
    active->state = NUMBER_RANGE_ACTIVE;
    out->active = active;
    out->days_left = clock_days_between(today, last_day(out));
    for (size_t i = 0; i < out->count; i++)
        if (valid_on(&out->ranges[i], today)) out->remaining += out->ranges[i].remaining;
    if (!is_plenty(active) && !is_relieved(out, today))
        active->warning = NUMBER_WARNING_FEW;
    else if (out->days_left <= WARN_DAYS)
        active->warning = NUMBER_WARNING_SOON;
    out->warning = active->warning;
    return true;
}

/* ---- why there is none ---- */

bool numbering_refused(const struct number_status *status, int64_t now, struct error *e) {
    char today[CLOCK_TEXT_MAX];
    const char *later = NULL;
    (void)day_of(now, today);
    for (size_t i = 0; i < status->count; i++) {
        const struct number_range *r = &status->ranges[i];
        if (r->state == NUMBER_RANGE_EXHAUSTED && valid_on(r, today))
            return error_fail(e, ERROR_CONFLICT, "number_range_exhausted",
                              "numbering %s: its last number %" PRId64 " is used; a new authorisation is needed", r->prefix,
                              r->to);
        if (r->state == NUMBER_RANGE_NEXT && (!later || strcmp(r->valid_from, later) < 0)) later = r->valid_from;
    }
    if (later)
        return error_fail(e, ERROR_CONFLICT, "number_range_expired",
                          "numbering: no authorisation is valid on %s; the next one is from %s on", today, later);
    return error_fail(e, ERROR_CONFLICT, "number_range_expired",
                      "numbering: no authorisation is valid on %s; a new one is needed", today);
}
