/* Fiscal numbering: registering authorised ranges, and taking the next number. */
#include "pos/core/numbering.h"

#include <inttypes.h>

#include "pos/core/journal.h"

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

/* The range goes on by one, and is exhausted by its last number: the next payment, perhaps of this very batch, finds it so. */
static bool advance(struct act *act, const struct number_status *before, struct number_taken *out, struct error *e) {
    const struct number_range *range = before->active;
    struct number_status after;
    if (!db_exec(act->db, "UPDATE number_range SET next = next + 1 WHERE id = ?", DB_ARGS(db_int(range->id)), e) ||
        !numbering_status(act->db, act->now, act->arena, &after, e))
        return false;
    out->warning = after.active ? after.warning : NUMBER_WARNING_FEW; /* that was the last number of all */
    return true;
}

bool numbering_take(struct act *act, struct bill_id bill, bool needs_electronic, const char *buyer_json, struct number_taken *out,
                    struct error *e) {
    struct number_status status;
    if (!numbering_status(act->db, act->now, act->arena, &status, e)) return false;
    if (!status.active) return numbering_refused(&status, act->now, e);
    const struct number_range *range = status.active;
    out->prefix = range->prefix;
    out->number = range->next;
    out->text = numbering_text(out->prefix, out->number, act->arena);
    return advance(act, &status, out, e) &&
           db_insert(act->db,
                     "INSERT INTO fiscal_document (bill_id, range_id, prefix, number, issued_at, needs_electronic, buyer) VALUES "
                     "(?, ?, ?, ?, ?, ?, ?)",
                     DB_ARGS(db_int(bill.v), db_int(range->id), db_text(out->prefix), db_int(out->number), db_int(act->now),
                             db_int(needs_electronic), db_text(buyer_json)),
                     &out->document, e);
}
