/* A bill in the database: its totals, tax rows and lines. */
#include "pos/core/bill_store.h"

#include <inttypes.h>

/* ---- writing ---- */

static bool write_tax(struct db *db, struct bill_id id, const struct bill_tax_out *x, struct error *e) {
    return db_exec(db, "INSERT INTO bill_tax (bill_id, rate, tax, name, gross, base, amount) VALUES (?, ?, ?, ?, ?, ?, ?)",
                   DB_ARGS(db_int(id.v), db_int(x->rate), db_text(x->tax), db_text(x->name), db_int(x->gross), db_int(x->base),
                           db_int(x->amount)),
                   e);
}

static bool write_line(struct db *db, struct bill_id id, const struct bill_line_out *l, struct error *e) {
    return db_exec(db,
                   "INSERT INTO bill_line (bill_id, line_id, quantity, gross, discount, courtesy, net, base, tax)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   DB_ARGS(db_int(id.v), db_int(l->line), db_int(l->quantity), db_int(l->gross), db_int(l->discount),
                           db_int(l->courtesy), db_int(l->net), db_int(l->base), db_int(l->tax)),
                   e);
}

bool bill_write_rows(struct db *db, struct bill_id id, const struct bill_totals *t, struct error *e) {
    for (size_t i = 0; i < t->tax_count; i++)
        if (!write_tax(db, id, &t->taxes[i], e)) return false;
    for (size_t i = 0; i < t->line_count; i++)
        if (!write_line(db, id, &t->lines[i], e)) return false;
    return true;
}

bool bill_drop_rows(struct db *db, struct bill_id id, struct error *e) {
    return db_exec(db, "DELETE FROM bill_line WHERE bill_id = ?", DB_ARGS(db_int(id.v)), e) &&
           db_exec(db, "DELETE FROM bill_tax WHERE bill_id = ?", DB_ARGS(db_int(id.v)), e);
}

bool bill_store(struct act *act, const struct bill_closing *c, const struct bill_totals *t, struct error *e) {
    if (!c->fixed && !bill_write_rows(act->db, c->id, t, e)) return false;
    if (!db_exec(
            act->db,
            "UPDATE bill SET state = 'paid', shift_id = ?, gross = ?, discount = ?, courtesy = ?, net = ?, base = ?, tax = ?, "
            "tip = ?, due = ?, paid_at = ?, split = ?, tip_state = ?, tip_wanted = ? WHERE id = ? AND state = 'open'",
            DB_ARGS(db_int(c->shift.v), db_int(t->gross), db_int(t->discount), db_int(t->courtesy), db_int(t->net),
                    db_int(t->base), db_int(t->tax), db_int(t->tip), db_int(t->due), db_int(act->now), db_int_or_null(c->split),
                    db_text(tip_answer_names[c->tip_answer]), db_int(t->tip), db_int(c->id.v)),
            e))
        return false;
    return db_changes(act->db) == 1 ||
           error_fail(e, ERROR_CONFLICT, "order_paid", "bill %" PRId64 ": is not open any more", c->id.v);
}

/* ---- reading ---- */

static bool stored_sums(struct db *db, struct bill_id id, struct bill_totals *t, struct error *e) {
    struct db_rows r;
    if (!db_query(db, "SELECT gross, discount, courtesy, net, base, tax, tip, due FROM bill WHERE id = ? AND state = 'paid'",
                  DB_ARGS(db_int(id.v)), &r, e))
        return false;
    bool found = db_next(&r);
    if (found)
        *t = (struct bill_totals){.gross = db_col_int(&r, 0),
                                  .discount = db_col_int(&r, 1),
                                  .courtesy = db_col_int(&r, 2),
                                  .net = db_col_int(&r, 3),
                                  .base = db_col_int(&r, 4),
                                  .tax = db_col_int(&r, 5),
                                  .tip = db_col_int(&r, 6),
                                  .due = db_col_int(&r, 7)};
    if (!db_done(&r, e)) return false;
    return found || error_fail(e, ERROR_NOT_FOUND, "bill_unknown", "bill %" PRId64 ": there is no paid one", id.v);
}

static bool read_taxes(struct db *db, struct bill_id id, struct bill_totals *t, size_t max, struct arena *a, struct error *e) {
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

static bool read_lines(struct db *db, struct bill_id id, struct bill_totals *t, size_t max, struct arena *a, struct error *e) {
    struct db_rows r;
    if (!db_query(db,
                  "SELECT x.line_id, x.quantity, x.gross, x.discount, x.courtesy, x.net, x.base, x.tax, l.tax, l.tax_rate"
                  " FROM bill_line x JOIN order_line l ON l.id = x.line_id WHERE x.bill_id = ? ORDER BY x.line_id",
                  DB_ARGS(db_int(id.v)), &r, e))
        return false;
    while (t->line_count < max && db_next(&r))
        t->lines[t->line_count++] = (struct bill_line_out){.line = db_col_int(&r, 0),
                                                           .quantity = db_col_int(&r, 1),
                                                           .gross = db_col_int(&r, 2),
                                                           .discount = db_col_int(&r, 3),
                                                           .courtesy = db_col_int(&r, 4),
                                                           .net = db_col_int(&r, 5),
                                                           .base = db_col_int(&r, 6),
                                                           .tax = db_col_int(&r, 7),
                                                           .category = arena_text(a, db_col_text(&r, 8)),
                                                           .rate = (int32_t)db_col_int(&r, 9)};
    return db_done(&r, e);
}

static bool read_rows(struct db *db, struct bill_id id, struct arena *a, struct bill_totals *out, struct error *e) {
    int64_t lines, taxes;
    if (!db_get_int(db, "SELECT count(*) FROM bill_line WHERE bill_id = ?", DB_ARGS(db_int(id.v)), 0, &lines, e) ||
        !db_get_int(db, "SELECT count(*) FROM bill_tax WHERE bill_id = ?", DB_ARGS(db_int(id.v)), 0, &taxes, e))
        return false;
    out->lines = ARENA_ARRAY(a, (size_t)lines + 1, struct bill_line_out);
    out->taxes = ARENA_ARRAY(a, (size_t)taxes + 1, struct bill_tax_out);
    return read_taxes(db, id, out, (size_t)taxes, a, e) && read_lines(db, id, out, (size_t)lines, a, e);
}

bool bill_stored(struct db *db, struct bill_id id, struct arena *a, struct bill_totals *out, struct error *e) {
    return stored_sums(db, id, out, e) && read_rows(db, id, a, out, e);
}

bool bill_fixed(struct db *db, struct bill_id id, money tip, struct arena *a, struct bill_totals *out, struct error *e) {
    *out = (struct bill_totals){.tip = tip};
    if (!read_rows(db, id, a, out, e)) return false;
    for (size_t i = 0; i < out->line_count; i++) {
        const struct bill_line_out *l = &out->lines[i];
        out->gross += l->gross;
        out->discount += l->discount;
        out->courtesy += l->courtesy;
        out->net += l->net;
        out->base += l->base;
        out->tax += l->tax;
    }
    return money_add(out->net, tip, &out->due, e);
}
