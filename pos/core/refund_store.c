/* Refunds in the database: written once, read back for the next refund, the order, the ticket. */
#include "pos/core/refund_store.h"

#include <inttypes.h>

#include "pos/core/bill_store.h"

/* ---- writing ---- */

static bool insert_lines(struct act *act, int64_t id, const struct bill_totals *t, struct error *e) {
    for (size_t i = 0; i < t->line_count; i++) {
        const struct bill_line_out *l = &t->lines[i];
        if (l->quantity == 0 && l->gross == 0) continue;
        if (!db_exec(act->db,
                     "INSERT INTO refund_line (refund_id, line_id, quantity, gross, discount, courtesy, net, base, tax)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     DB_ARGS(db_int(id), db_int(l->line), db_int(l->quantity), db_int(l->gross), db_int(l->discount),
                             db_int(l->courtesy), db_int(l->net), db_int(l->base), db_int(l->tax)),
                     e))
            return false;
    }
    return true;
}

static bool insert_taxes(struct act *act, int64_t id, const struct bill_totals *t, struct error *e) {
    for (size_t i = 0; i < t->tax_count; i++) {
        const struct bill_tax_out *x = &t->taxes[i];
        if (x->gross == 0) continue;
        if (!db_exec(act->db,
                     "INSERT INTO refund_tax (refund_id, rate, tax, name, gross, base, amount) VALUES (?, ?, ?, ?, ?, ?, ?)",
                     DB_ARGS(db_int(id), db_int(x->rate), db_text(x->tax), db_text(x->name), db_int(x->gross), db_int(x->base),
                             db_int(x->amount)),
                     e))
            return false;
    }
    return true;
}

static bool insert_shares(struct act *act, int64_t id, const struct refund_giving *g, struct error *e) {
    for (size_t i = 0; i < g->share_count; i++) {
        const struct refund_share *s = &g->shares[i];
        if (s->amount == 0) continue;
        if (!db_exec(act->db,
                     "INSERT INTO refund_payment (refund_id, payment_id, kind, means, amount, charged) VALUES (?, ?, ?, ?, ?, ?)",
                     DB_ARGS(db_int(id), db_int(s->payment), db_text(s->kind), db_text(s->means), db_int(s->amount),
                             db_int(s->charged)),
                     e))
            return false;
    }
    return true;
}

bool refund_insert(struct act *act, const struct refund_giving *g, struct refund_done *out, struct error *e) {
    const struct bill_totals *t = &g->part;
    if (!db_get_int(act->db, "SELECT max(number) FROM refund", DB_NO_ARGS, 0, &out->number, e)) return false;
    out->number++;
    return db_insert(
               act->db,
               "INSERT INTO refund (number, bill_id, order_id, shift_id, gross, discount, courtesy, net, base, tax, tip, "
               "total, reopens, reason, staff_id, approved_by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               DB_ARGS(db_int(out->number), db_int(g->bill.v), db_int(g->order->id.v), db_int(g->shift.v), db_int(t->gross),
                       db_int(t->discount), db_int(t->courtesy), db_int(t->net), db_int(t->base), db_int(t->tax), db_int(t->tip),
                       db_int(t->due), db_int(g->reopens), db_text(g->reason), db_int(act->actor.staff.v),
                       db_int_or_null(act->actor.approver.v), db_int(act->now)),
               &out->id, e) &&
           insert_lines(act, out->id, t, e) && insert_taxes(act, out->id, t, e) && insert_shares(act, out->id, g, e);
}

/* ---- reading ---- */

#define REFUND_COLUMNS                                                                                                           \
    "SELECT r.id, r.number, r.at, r.bill_id, r.reopens, r.gross, r.discount, r.courtesy, r.net, r.base, r.tax, r.tip, r.total, " \
    "r.reason, s.name, m.name, (SELECT count(*) FROM refund_line WHERE refund_id = r.id),"                                       \
    " (SELECT count(*) FROM refund_tax WHERE refund_id = r.id), (SELECT count(*) FROM refund_payment WHERE refund_id = r.id)"    \
    " FROM refund r JOIN staff s ON s.id = r.staff_id LEFT JOIN staff m ON m.id = r.approved_by "

/* The head; room for the rows that belong to it. */
static void fill_head(const struct db_rows *r, struct arena *a, struct refund *out) {
    size_t lines = (size_t)db_col_int(r, 16), taxes = (size_t)db_col_int(r, 17), means = (size_t)db_col_int(r, 18);
    *out = (struct refund){
        .id = db_col_int(r, 0),
        .number = db_col_int(r, 1),
        .at = db_col_int(r, 2),
        .bill = {db_col_int(r, 3)},
        .reopens = db_col_int(r, 4) != 0,
        .totals = {.gross = db_col_int(r, 5),
                   .discount = db_col_int(r, 6),
                   .courtesy = db_col_int(r, 7),
                   .net = db_col_int(r, 8),
                   .base = db_col_int(r, 9),
                   .tax = db_col_int(r, 10),
                   .tip = db_col_int(r, 11),
                   .due = db_col_int(r, 12),
                   .lines = ARENA_ARRAY(a, lines + 1, struct bill_line_out),
                   .line_count = lines,
                   .taxes = ARENA_ARRAY(a, taxes + 1, struct bill_tax_out),
                   .tax_count = taxes},
        .reason = arena_text(a, db_col_text(r, 13)),
        .by = arena_text(a, db_col_text(r, 14)),
        .approved_by = arena_text(a, db_col_text(r, 15)),
        .means_count = means,
    };
}

static bool read_lines(struct db *db, struct arena *a, struct refund *out, struct error *e) {
    struct refund_line *lines = ARENA_ARRAY(a, out->totals.line_count + 1, struct refund_line);
    struct db_rows r;
    if (!db_query(db,
                  "SELECT g.line_id, l.name, g.quantity, g.gross, g.discount, g.courtesy, g.net, g.base, g.tax, l.unit_price"
                  " FROM refund_line g"
                  " JOIN order_line l ON l.id = g.line_id WHERE g.refund_id = ? ORDER BY g.line_id",
                  DB_ARGS(db_int(out->id)), &r, e))
        return false;
    while (out->line_count < out->totals.line_count && db_next(&r)) {
        struct bill_line_out *l = &out->totals.lines[out->line_count];
        *l = (struct bill_line_out){.line = db_col_int(&r, 0),
                                    .quantity = db_col_int(&r, 2),
                                    .gross = db_col_int(&r, 3),
                                    .discount = db_col_int(&r, 4),
                                    .courtesy = db_col_int(&r, 5),
                                    .net = db_col_int(&r, 6),
                                    .base = db_col_int(&r, 7),
                                    .tax = db_col_int(&r, 8)};
        lines[out->line_count++] = (struct refund_line){.line = {l->line},
                                                        .name = arena_text(a, db_col_text(&r, 1)),
                                                        .quantity = l->quantity,
                                                        .share = l->quantity * db_col_int(&r, 9) != l->gross,
                                                        .gross = l->gross,
                                                        .discount = l->discount,
                                                        .courtesy = l->courtesy,
                                                        .net = l->net};
    }
    out->lines = lines;
    return db_done(&r, e);
}

static bool read_taxes(struct db *db, struct arena *a, struct refund *out, struct error *e) {
    struct db_rows r;
    size_t n = 0;
    if (!db_query(db,
                  "SELECT tax, name, rate, gross, base, amount FROM refund_tax WHERE refund_id = ? ORDER BY rate = 0, rate, tax",
                  DB_ARGS(db_int(out->id)), &r, e))
        return false;
    while (n < out->totals.tax_count && db_next(&r))
        out->totals.taxes[n++] = (struct bill_tax_out){.tax = arena_text(a, db_col_text(&r, 0)),
                                                       .name = arena_text(a, db_col_text(&r, 1)),
                                                       .rate = (int32_t)db_col_int(&r, 2),
                                                       .gross = db_col_int(&r, 3),
                                                       .base = db_col_int(&r, 4),
                                                       .amount = db_col_int(&r, 5)};
    return db_done(&r, e);
}

static bool read_means(struct db *db, struct arena *a, struct refund *out, struct error *e) {
    struct refund_means *means = ARENA_ARRAY(a, out->means_count + 1, struct refund_means);
    struct db_rows r;
    size_t n = 0;
    if (!db_query(db,
                  "SELECT g.payment_id, g.kind, g.means, g.amount, g.charged, p.reference FROM refund_payment g JOIN payment p "
                  "ON p.id = g.payment_id WHERE g.refund_id = ? ORDER BY g.payment_id",
                  DB_ARGS(db_int(out->id)), &r, e))
        return false;
    for (; n < out->means_count && db_next(&r); n++) {
        means[n] = (struct refund_means){.payment = db_col_int(&r, 0),
                                         .kind = arena_text(a, db_col_text(&r, 1)),
                                         .means = arena_text(a, db_col_text(&r, 2)),
                                         .amount = db_col_int(&r, 3),
                                         .charged = db_col_int(&r, 4),
                                         .reference = arena_text(a, db_col_text(&r, 5))};
        out->charged += means[n].charged;
    }
    out->means = means;
    return db_done(&r, e);
}

static bool read_parts(struct db *db, struct arena *a, struct refund *out, struct error *e) {
    return read_lines(db, a, out, e) && read_taxes(db, a, out, e) && read_means(db, a, out, e);
}

bool refund_get(struct db *db, int64_t id, struct arena *a, struct refund *out, struct error *e) {
    struct db_rows r;
    if (!db_query(db, REFUND_COLUMNS "WHERE r.id = ?", DB_ARGS(db_int(id)), &r, e)) return false;
    bool found = db_next(&r);
    if (found) fill_head(&r, a, out);
    if (!db_done(&r, e)) return false;
    if (!found) return error_fail(e, ERROR_NOT_FOUND, "refund_unknown", "refund %" PRId64 ": there is none", id);
    return read_parts(db, a, out, e);
}

static bool read_all(struct db *db, const char *sql, int64_t of, int64_t count, struct arena *a, struct refund **out, size_t *n,
                     struct error *e) {
    struct db_rows r;
    *n = 0;
    *out = ARENA_ARRAY(a, (size_t)count + 1, struct refund);
    if (count == 0) return true;
    if (!db_query(db, sql, DB_ARGS(db_int(of)), &r, e)) return false;
    while (*n < (size_t)count && db_next(&r)) fill_head(&r, a, &(*out)[(*n)++]);
    if (!db_done(&r, e)) return false;
    for (size_t i = 0; i < *n; i++)
        if (!read_parts(db, a, &(*out)[i], e)) return false;
    return true;
}

bool refunds_of_order(struct db *db, struct order_id id, struct arena *a, struct refund **out, size_t *count, struct error *e) {
    int64_t rows;
    return db_get_int(db, "SELECT count(*) FROM refund WHERE order_id = ?", DB_ARGS(db_int(id.v)), 0, &rows, e) &&
           read_all(db, REFUND_COLUMNS "WHERE r.order_id = ? ORDER BY r.id", id.v, rows, a, out, count, e);
}

bool refund_pool(struct db *db, struct bill_id bill, struct arena *a, struct bill_pool *out, struct error *e) {
    struct bill_totals whole;
    struct refund *before;
    int64_t rows;
    size_t count;
    if (!bill_stored(db, bill, a, &whole, e)) return false;
    bill_pool_open(&whole, a, out);
    if (!db_get_int(db, "SELECT count(*) FROM refund WHERE bill_id = ?", DB_ARGS(db_int(bill.v)), 0, &rows, e) ||
        !read_all(db, REFUND_COLUMNS "WHERE r.bill_id = ? ORDER BY r.id", bill.v, rows, a, &before, &count, e))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!bill_pool_less(out, &before[i].totals, e)) return error_within(e, "bill %" PRId64, bill.v);
    return true;
}
