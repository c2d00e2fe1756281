/* A paid bill in the database: its totals, tax rows and lines. */
#include "pos/core/bill_store.h"

#include <inttypes.h>

bool bill_store(struct act *act, struct bill_id id, struct shift_id shift, const struct bill_totals *t, struct error *e) {
    if (!db_exec(act->db,
                 "UPDATE bill SET state = 'paid', shift_id = ?, gross = ?, discount = ?, net = ?, base = ?, tax = ?, tip = ?, "
                 "due = ?, paid_at = ?"
                 " WHERE id = ? AND state = 'open'",
                 DB_ARGS(db_int(shift.v), db_int(t->gross), db_int(t->discount), db_int(t->net), db_int(t->base), db_int(t->tax),
                         db_int(t->tip), db_int(t->due), db_int(act->now), db_int(id.v)),
                 e))
        return false;
    if (db_changes(act->db) != 1)
        return error_fail(e, ERROR_CONFLICT, "order_paid", "bill %" PRId64 ": is not open any more", id.v);
    for (size_t i = 0; i < t->tax_count; i++) {
        const struct bill_tax_out *x = &t->taxes[i];
        if (!db_exec(act->db, "INSERT INTO bill_tax (bill_id, rate, tax, name, gross, base, amount) VALUES (?, ?, ?, ?, ?, ?, ?)",
                     DB_ARGS(db_int(id.v), db_int(x->rate), db_text(x->tax), db_text(x->name), db_int(x->gross), db_int(x->base),
                             db_int(x->amount)),
                     e))
            return false;
    }
    for (size_t i = 0; i < t->line_count; i++) {
        const struct bill_line_out *l = &t->lines[i];
        if (!db_exec(act->db,
                     "INSERT INTO bill_line (bill_id, line_id, quantity, gross, discount, net, base, tax) VALUES (?, ?, ?, ?, ?, "
                     "?, ?, ?)",
                     DB_ARGS(db_int(id.v), db_int(l->line), db_int(l->quantity), db_int(l->gross), db_int(l->discount),
                             db_int(l->net), db_int(l->base), db_int(l->tax)),
                     e))
            return false;
    }
    return true;
}

static bool stored_sums(struct db *db, struct bill_id id, struct bill_totals *t, size_t *lines, size_t *taxes, struct error *e) {
    struct db_rows r;
    if (!db_query(db,
                  "SELECT gross, discount, net, base, tax, tip, due, (SELECT count(*) FROM bill_line WHERE bill_id = b.id),"
                  " (SELECT count(*) FROM bill_tax WHERE bill_id = b.id) FROM bill b WHERE id = ? AND state = 'paid'",
                  DB_ARGS(db_int(id.v)), &r, e))
        return false;
    bool found = db_next(&r);
    if (found) {
        *t = (struct bill_totals){.gross = db_col_int(&r, 0),
                                  .discount = db_col_int(&r, 1),
                                  .net = db_col_int(&r, 2),
                                  .base = db_col_int(&r, 3),
                                  .tax = db_col_int(&r, 4),
                                  .tip = db_col_int(&r, 5),
                                  .due = db_col_int(&r, 6)};
        *lines = (size_t)db_col_int(&r, 7);
        *taxes = (size_t)db_col_int(&r, 8);
    }
    if (!db_done(&r, e)) return false;
    return found || error_fail(e, ERROR_NOT_FOUND, "bill_unknown", "bill %" PRId64 ": there is no paid one", id.v);
}

static bool stored_lines(struct db *db, struct bill_id id, struct bill_totals *t, size_t max, struct error *e) {
    struct db_rows r;
    if (!db_query(db,
                  "SELECT line_id, quantity, gross, discount, net, base, tax FROM bill_line WHERE bill_id = ? ORDER BY line_id",
                  DB_ARGS(db_int(id.v)), &r, e))
        return false;
    while (t->line_count < max && db_next(&r))
        t->lines[t->line_count++] = (struct bill_line_out){.line = db_col_int(&r, 0),
                                                           .quantity = db_col_int(&r, 1),
                                                           .gross = db_col_int(&r, 2),
                                                           .discount = db_col_int(&r, 3),
                                                           .net = db_col_int(&r, 4),
                                                           .base = db_col_int(&r, 5),
                                                           .tax = db_col_int(&r, 6)};
    return db_done(&r, e);
}

static bool stored_taxes(struct db *db, struct bill_id id, struct bill_totals *t, size_t max, struct arena *a, struct error *e) {
    struct db_rows r;
    if (!db_query(db, "SELECT tax, name, rate, gross, base, amount FROM bill_tax WHERE bill_id = ? ORDER BY rate = 0, rate, tax",
                  DB_ARGS(db_int(id.v)), &r, e))
        return false;
    while (t->tax_count < max && db_next(&r))
        t->taxes[t->tax_count++] = (struct bill_tax_out){.tax = arena_text(a, db_col_text(&r, 0)),
                                                         .name = arena_text(a, db_col_text(&r, 1)),
                                                         .rate = (int32_t)db_col_int(&r, 2),
                                                         .gross = db_col_int(&r, 3),
                                                         .base = db_col_int(&r, 4),
                                                         .amount = db_col_int(&r, 5)};
    return db_done(&r, e);
}

bool bill_stored(struct db *db, struct bill_id id, struct arena *a, struct bill_totals *out, struct error *e) {
    size_t lines, taxes;
    if (!stored_sums(db, id, out, &lines, &taxes, e)) return false;
    out->lines = ARENA_ARRAY(a, lines + 1, struct bill_line_out);
    out->taxes = ARENA_ARRAY(a, taxes + 1, struct bill_tax_out);
    return stored_lines(db, id, out, lines, e) && stored_taxes(db, id, out, taxes, a, e);
}
