/* Fiscal numbering: registering authorised ranges, taking the next number, and how much is left. */
#include "pos/core/numbering.h"

#include <inttypes.h>

#include "data/clock.h"
#include "pos/core/journal.h"

enum { WARN_DAYS = 30, WARN_TENTH = 10 };

/* ---- registering ---- */

/* Two authorisations never share a number: the second would be refused at the till in the middle of a payment. */
static bool check_overlap(struct act *act, const struct site_numbering *n, struct error *e) {
    int64_t clash;
    if (!db_get_int(
            act->db, "SELECT id FROM number_range WHERE kind = ? AND prefix = ? AND resolution <> ? AND first <= ? AND last >= ?",
            DB_ARGS(db_text(n->kind), db_text(n->prefix), db_text(n->resolution), db_int(n->to), db_int(n->from)), 0, &clash, e))
        return false;
    return clash == 0 ||
           error_fail(e, ERROR_CONFLICT, "number_range_overlap",
                      "numbering %s, resolution %s: its numbers %" PRId64 " to %" PRId64 " overlap another authorisation's",
                      n->prefix, n->resolution, n->from, n->to);
}

static bool journal_range(struct act *act, const struct site_numbering *n, struct error *e) {
    struct json detail = json_new_object(act->arena);
    json_set_text(detail, "kind", n->kind);
    json_set_text(detail, "prefix", n->prefix);
    json_set_int(detail, "from", n->from);
    json_set_int(detail, "to", n->to);
    json_set_text(detail, "valid_from", n->valid_from);
    json_set_text(detail, "valid_until", n->valid_until);
    json_set_text(detail, "resolution", n->resolution);
    return journal_add(act, "numbering_registered", (struct order_id){0}, (struct shift_id){0}, detail, e);
}

/* A known range is corrected where the configuration differs, but its next number stays: the database's CHECK refuses limits that
 * exclude it. */
static bool register_range(struct act *act, const struct site_numbering *n, struct error *e) {
    if (!check_overlap(act, n, e)) return false;
    if (!db_exec(
            act->db,
            "INSERT INTO number_range (kind, prefix, first, last, next, valid_from, valid_until, resolution, resolution_date)"
            " VALUES (?1, ?2, ?3, ?4, ?3, ?5, ?6, ?7, ?8) ON CONFLICT (kind, prefix, resolution) DO UPDATE SET first = "
            "excluded.first,"
            " last = excluded.last, valid_from = excluded.valid_from, valid_until = excluded.valid_until, resolution_date = "
            "excluded.resolution_date"
            " WHERE first <> excluded.first OR last <> excluded.last OR valid_from <> excluded.valid_from OR valid_until <> "
            "excluded.valid_until"
            " OR resolution_date <> excluded.resolution_date",
            DB_ARGS(db_text(n->kind), db_text(n->prefix), db_int(n->from), db_int(n->to), db_text(n->valid_from),
                    db_text(n->valid_until), db_text(n->resolution), db_text(n->resolution_date)),
            e))
        return e->kind != ERROR_CONFLICT
                   ? false
                   : error_fail(e, ERROR_CONFLICT, "number_range_moved_back",
                                "numbering %s, resolution %s: %" PRId64 " to %" PRId64 " leaves out numbers already used",
                                n->prefix, n->resolution, n->from, n->to);
    return db_changes(act->db) == 0 || journal_range(act, n, e);
}

bool numbering_register(struct act *act, struct error *e) {
    const struct site *site = act->till->site;
    for (size_t i = 0; i < site->numbering_count; i++)
        if (!register_range(act, &site->numbering[i], e)) return error_within(e, "%s", site->file);
    return true;
}

/* ---- taking ---- */

const char *numbering_text(const char *prefix, int64_t number, struct arena *a) {
    return arena_printf(a, "%s%s%" PRId64, prefix, prefix[0] ? "-" : "", number);
}

static bool say_why_none(struct act *act, const char *today, struct error *e) {
    int64_t valid;
    if (!db_get_int(act->db, "SELECT count(*) FROM number_range WHERE kind = 'pos' AND valid_from <= ?1 AND valid_until >= ?1",
                    DB_ARGS(db_text(today)), 0, &valid, e))
        return false;
    if (valid > 0)
        return error_fail(e, ERROR_CONFLICT, "number_range_exhausted",
                          "numbering: every authorised number is used; a new authorisation is needed");
    return error_fail(e, ERROR_CONFLICT, "number_range_expired",
                      "numbering: no authorisation is valid on %s; a new one is needed", today);
}

static bool take_next(struct act *act, int64_t *range, struct number_taken *out, struct error *e) {
    char today[CLOCK_TEXT_MAX];
    struct db_rows r;
    (void)clock_local(act->now, "%Y-%m-%d", today);
    if (!db_query(act->db,
                  "SELECT id, prefix, next FROM number_range WHERE kind = 'pos' AND valid_from <= ?1 AND valid_until >= ?1"
                  " AND next <= last ORDER BY id LIMIT 1",
                  DB_ARGS(db_text(today)), &r, e))
        return false;
    *range = 0;
    if (db_next(&r)) {
        *range = db_col_int(&r, 0);
        out->prefix = arena_text(act->arena, db_col_text(&r, 1));
        out->number = db_col_int(&r, 2);
    }
    if (!db_done(&r, e)) return false;
    if (*range == 0) return say_why_none(act, today, e);
    return db_exec(act->db, "UPDATE number_range SET next = next + 1 WHERE id = ?", DB_ARGS(db_int(*range)), e);
}

bool numbering_take(struct act *act, struct bill_id bill, bool needs_electronic, const char *buyer_json, struct number_taken *out,
                    struct error *e) {
    int64_t range;
    if (!take_next(act, &range, out, e)) return false;
    out->text = numbering_text(out->prefix, out->number, act->arena);
    return db_insert(act->db,
                     "INSERT INTO fiscal_document (bill_id, range_id, prefix, number, issued_at, needs_electronic, buyer) VALUES "
                     "(?, ?, ?, ?, ?, ?, ?)",
                     DB_ARGS(db_int(bill.v), db_int(range), db_text(out->prefix), db_int(out->number), db_int(act->now),
                             db_int(needs_electronic), db_text(buyer_json)),
                     &out->document, e);
}

/* ---- how much is left ---- */

static struct number_range_state state_of(const struct db_rows *r, const char *today, struct arena *a) {
    struct number_range_state s = {
        .kind = arena_text(a, db_col_text(r, 0)),
        .prefix = arena_text(a, db_col_text(r, 1)),
        .resolution = arena_text(a, db_col_text(r, 2)),
        .resolution_date = arena_text(a, db_col_text(r, 3)),
        .valid_from = arena_text(a, db_col_text(r, 4)),
        .valid_until = arena_text(a, db_col_text(r, 5)),
        .first = db_col_int(r, 6),
        .last = db_col_int(r, 7),
        .next = db_col_int(r, 8),
    };
    s.left = s.last + 1 - s.next;
    s.days_left = clock_days_between(today, s.valid_until);
    s.warn = s.left * WARN_TENTH <= s.last + 1 - s.first || s.days_left <= WARN_DAYS;
    return s;
}

bool numbering_state(struct db *db, const char *today, struct arena *a, struct number_range_state **out, size_t *count,
                     struct error *e) {
    int64_t rows;
    struct db_rows r;
    *count = 0;
    if (!db_get_int(db, "SELECT count(*) FROM number_range", DB_NO_ARGS, 0, &rows, e)) return false;
    *out = ARENA_ARRAY(a, (size_t)rows + 1, struct number_range_state);
    if (!db_query(db,
                  "SELECT kind, prefix, resolution, resolution_date, valid_from, valid_until, first, last, next FROM "
                  "number_range ORDER BY id",
                  DB_NO_ARGS, &r, e))
        return false;
    while (*count < (size_t)rows && db_next(&r)) (*out)[(*count)++] = state_of(&r, today, a);
    return db_done(&r, e);
}
