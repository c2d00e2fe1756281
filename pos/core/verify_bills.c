/* Bills against their lines: what each check holds must add up to it, and what was sold must come to what was charged.
 *
 * A sale is what was computed at once: the one check of an order, or all the checks of one split, whose figures add up to the
 * bill that was split. It is computed again from the lines as they were sold and the discounts as they were given. */
#include <inttypes.h>
#include <string.h>

#include "pos/core/bill.h"
#include "pos/core/verify_parts.h"

struct sale {
    int64_t order, bill, split; /* split 0: that bill alone; bill is the first of a split's */
    bool reopened;              /* refunded whole so that its order is sold anew */
    const char *name;           /* "bill 7 of order 5", "order 5, split 1" */
    struct bill_line_in *lines;
    struct bill_line_out *stored; /* as they stand, over all its checks */
    size_t count;
    struct bill_totals is, should;
};

/* ---- one paid check against its own rows ---- */

struct sums {
    money gross, discount, courtesy, net, base, tax;
};
static struct sums sums_at(const struct db_rows *r, int column) {
    return (struct sums){db_col_int(r, column),     db_col_int(r, column + 1), db_col_int(r, column + 2),
                         db_col_int(r, column + 3), db_col_int(r, column + 4), db_col_int(r, column + 5)};
}

static void compare_check(struct verifying *v, const struct db_rows *r) {
    struct sums bill = sums_at(r, 2), lines = sums_at(r, 8);
    int64_t id = db_col_int(r, 0), order = db_col_int(r, 1), net = db_col_int(r, 14), base = db_col_int(r, 15),
            tax = db_col_int(r, 16);
    if (bill.gross != lines.gross || bill.discount != lines.discount || bill.courtesy != lines.courtesy ||
        bill.net != lines.net || bill.base != lines.base || bill.tax != lines.tax)
        verify_finding(v,
                       "bill %" PRId64 " of order %" PRId64 ": stands as %" PRId64 " - %" PRId64 " = %" PRId64 " + %" PRId64
                       "; its lines come to %" PRId64 " - %" PRId64 " = %" PRId64 " + %" PRId64,
                       id, order, bill.gross, bill.discount, bill.base, bill.tax, lines.gross, lines.discount, lines.base,
                       lines.tax);
    if (bill.net != net || bill.base != base || bill.tax != tax)
        verify_finding(v,
                       "bill %" PRId64 " of order %" PRId64 ": stands as %" PRId64 " = %" PRId64 " + %" PRId64
                       "; its rows of tax come to %" PRId64 " = %" PRId64 " + %" PRId64,
                       id, order, bill.net, bill.base, bill.tax, net, base, tax);
}

static bool verify_check(struct verifying *v, int64_t bill, struct error *e) {
    struct db_rows r;
    if (!db_query(v->db,
                  "SELECT b.id, b.order_id, b.gross, b.discount, ifnull(b.courtesy, 0), b.net, b.base, b.tax, l.*, t.*"
                  " FROM bill b, (SELECT sum(gross), sum(discount), sum(courtesy), sum(net), sum(base), sum(tax) FROM bill_line"
                  " WHERE bill_id = ?1) l, (SELECT sum(gross), sum(base), sum(amount) FROM bill_tax WHERE bill_id = ?1) t"
                  " WHERE b.id = ?1",
                  DB_ARGS(db_int(bill)), &r, e))
        return false;
    if (db_next(&r)) compare_check(v, &r);
    if (!db_done(&r, e)) return false;
    /* Each of its rows of tax is the sum of its lines of that category. */
    if (!db_query(
            v->db,
            "SELECT t.tax, t.gross, t.base, t.amount FROM bill_tax t WHERE t.bill_id = ?1 AND (t.gross, t.base, t.amount) <>"
            " (SELECT ifnull(sum(x.net), 0), ifnull(sum(x.base), 0), ifnull(sum(x.tax), 0) FROM bill_line x"
            " JOIN order_line l ON l.id = x.line_id WHERE x.bill_id = ?1 AND l.tax = t.tax AND l.tax_rate = t.rate)",
            DB_ARGS(db_int(bill)), &r, e))
        return false;
    while (db_next(&r))
        verify_finding(
            v, "bill %" PRId64 ": its tax %s stands as %" PRId64 " = %" PRId64 " + %" PRId64 ", which is not what its lines hold",
            bill, db_col_text(&r, 0), db_col_int(&r, 1), db_col_int(&r, 2), db_col_int(&r, 3));
    return db_done(&r, e);
}

/* ---- a sale computed again ---- */

#define CHECKS_OF_SALE "b.order_id = ?1 AND b.state <> 'voided' AND (b.id = ?2 OR b.split = ?3) "
#define SALE_ARGS(s) DB_ARGS(db_int((s)->order), db_int((s)->bill), db_int_or_null((s)->split))

static bool read_lines(struct verifying *v, struct sale *s, struct arena *a, struct error *e) {
    struct db_rows r;
    int64_t rows;
    if (!db_get_int(v->db, "SELECT count(*) FROM bill b JOIN bill_line x ON x.bill_id = b.id WHERE " CHECKS_OF_SALE, SALE_ARGS(s),
                    0, &rows, e))
        return false;
    s->lines = ARENA_ARRAY(a, (size_t)rows + 1, struct bill_line_in);
    s->stored = ARENA_ARRAY(a, (size_t)rows + 1, struct bill_line_out);
    if (!db_query(v->db,
                  "SELECT x.line_id, sum(x.quantity), l.unit_price, l.tax, l.tax_name, l.tax_rate, sum(x.gross), sum(x.discount),"
                  " sum(x.courtesy), sum(x.net), sum(x.base), sum(x.tax) FROM bill b JOIN bill_line x ON x.bill_id = b.id"
                  " JOIN order_line l ON l.id = x.line_id WHERE " CHECKS_OF_SALE "GROUP BY x.line_id ORDER BY x.line_id",
                  SALE_ARGS(s), &r, e))
        return false;
    for (; s->count < (size_t)rows && db_next(&r); s->count++) {
        s->lines[s->count] = (struct bill_line_in){.line = db_col_int(&r, 0),
                                                   .quantity = db_col_int(&r, 1),
                                                   .unit_price = db_col_int(&r, 2),
                                                   .tax = arena_text(a, db_col_text(&r, 3)),
                                                   .tax_name = arena_text(a, db_col_text(&r, 4)),
                                                   .tax_rate = (int32_t)db_col_int(&r, 5)};
        s->stored[s->count] = (struct bill_line_out){.line = db_col_int(&r, 0),
                                                     .gross = db_col_int(&r, 6),
                                                     .discount = db_col_int(&r, 7),
                                                     .courtesy = db_col_int(&r, 8),
                                                     .net = db_col_int(&r, 9),
                                                     .base = db_col_int(&r, 10),
                                                     .tax = db_col_int(&r, 11)};
    }
    return db_done(&r, e);
}

static bool read_discounts(struct verifying *v, const struct sale *s, struct arena *a, struct bill_discount_in **out, size_t *n,
                           struct error *e) {
    struct db_rows r;
    int64_t rows;
    *n = 0;
    if (!db_get_int(v->db, "SELECT count(*) FROM discount WHERE order_id = ?", DB_ARGS(db_int(s->order)), 0, &rows, e))
        return false;
    *out = ARENA_ARRAY(a, (size_t)rows + 1, struct bill_discount_in);
    if (rows == 0) return true;
    if (!db_query(v->db,
                  "SELECT line_id, percent, amount, kind FROM discount WHERE order_id = ?1 AND removed_at IS NULL AND split IS ?2"
                  " AND (?2 IS NOT NULL OR bill_id IS ?3) ORDER BY id",
                  DB_ARGS(db_int(s->order), db_int_or_null(s->split), db_int_or_null(s->reopened ? s->bill : 0)), &r, e))
        return false;
    while (*n < (size_t)rows && db_next(&r))
        (*out)[(*n)++] = (struct bill_discount_in){.line = db_col_int(&r, 0),
                                                   .percent = (int32_t)db_col_int(&r, 1),
                                                   .amount = db_col_int(&r, 2),
                                                   .courtesy = strcmp(db_col_text(&r, 3), "courtesy") == 0};
    return db_done(&r, e);
}

static bool compute(struct verifying *v, struct sale *s, struct arena *a, struct error *e, struct error *impossible) {
    struct bill_discount_in *in;
    size_t n;
    if (!read_discounts(v, s, a, &in, &n, e)) return false;
    if (bill_compute(s->lines, s->count, in, n, 0, a, &s->should, impossible)) impossible->kind = ERROR_NONE;
    return true;
}

static void compare_lines(struct verifying *v, struct sale *s) {
    struct bill_totals *is = &s->is;
    for (size_t i = 0, at = 0; i < s->count; i++) {
        const struct bill_line_out *have = &s->stored[i], none = {0};
        const struct bill_line_out *want = s->lines[i].quantity > 0 && at < s->should.line_count ? &s->should.lines[at++] : &none;
        is->gross += have->gross, is->discount += have->discount, is->courtesy += have->courtesy;
        is->net += have->net, is->base += have->base, is->tax += have->tax;
        if (have->gross != want->gross || have->discount != want->discount || have->courtesy != want->courtesy ||
            have->base != want->base || have->tax != want->tax)
            verify_finding(v,
                           "%s, line %" PRId64 ": stands as %" PRId64 " - %" PRId64 " = %" PRId64 " + %" PRId64
                           ", comes to %" PRId64 " - %" PRId64 " = %" PRId64 " + %" PRId64,
                           s->name, have->line, have->gross, have->discount, have->base, have->tax, want->gross, want->discount,
                           want->base, want->tax);
    }
    if (is->gross != s->should.gross || is->discount != s->should.discount || is->courtesy != s->should.courtesy ||
        is->base != s->should.base || is->tax != s->should.tax)
        verify_finding(v,
                       "%s: stands as %" PRId64 " - %" PRId64 " = %" PRId64 " + %" PRId64 "; what was sold comes to %" PRId64
                       " - %" PRId64 " = %" PRId64 " + %" PRId64,
                       s->name, is->gross, is->discount, is->base, is->tax, s->should.gross, s->should.discount, s->should.base,
                       s->should.tax);
}

static bool compare_taxes(struct verifying *v, const struct sale *s, struct error *e) {
    struct db_rows r;
    size_t seen = 0;
    if (!db_query(v->db,
                  "SELECT t.tax, t.rate, sum(t.gross), sum(t.base), sum(t.amount) FROM bill b JOIN bill_tax t ON t.bill_id = b.id"
                  " WHERE " CHECKS_OF_SALE "GROUP BY t.tax, t.rate",
                  SALE_ARGS(s), &r, e))
        return false;
    for (; db_next(&r); seen++) {
        const struct bill_tax_out *match = NULL;
        for (size_t i = 0; i < s->should.tax_count; i++)
            if (strcmp(s->should.taxes[i].tax, db_col_text(&r, 0)) == 0 && s->should.taxes[i].rate == db_col_int(&r, 1))
                match = &s->should.taxes[i];
        if (!match || match->gross != db_col_int(&r, 2) || match->base != db_col_int(&r, 3) || match->amount != db_col_int(&r, 4))
            verify_finding(v,
                           "%s: its tax %s stands as %" PRId64 " = %" PRId64 " + %" PRId64 ", what was sold comes to %" PRId64
                           " = %" PRId64 " + %" PRId64,
                           s->name, db_col_text(&r, 0), db_col_int(&r, 2), db_col_int(&r, 3), db_col_int(&r, 4),
                           match ? match->gross : 0, match ? match->base : 0, match ? match->amount : 0);
    }
    if (seen != s->should.tax_count)
        verify_finding(v, "%s: has %zu rows of tax, what was sold makes %zu", s->name, seen, s->should.tax_count);
    return db_done(&r, e);
}

static bool verify_sale(struct verifying *v, struct sale *s, struct error *e) {
    struct arena *a = arena_open();
    struct error impossible;
    s->name = s->split ? arena_printf(a, "order %" PRId64 ", split %" PRId64, s->order, s->split)
                       : arena_printf(a, "bill %" PRId64 " of order %" PRId64, s->bill, s->order);
    bool ok = read_lines(v, s, a, e) && compute(v, s, a, e, &impossible);
    if (ok && impossible.kind != ERROR_NONE) {
        verify_finding(v, "%s: its lines make no bill: %s", s->name, impossible.message);
    } else if (ok) {
        compare_lines(v, s);
        ok = compare_taxes(v, s, e);
    }
    arena_close(a);
    return ok;
}

/* Each paid check; and with the first check of each sale the sale. */
bool verify_bills(struct verifying *v, struct error *e) {
    struct db_rows r;
    bool ok = true;
    if (!db_query(v->db,
                  "SELECT b.id, b.order_id, b.split, b.state = 'paid', EXISTS (SELECT 1 FROM refund WHERE bill_id = b.id AND "
                  "reopens = 1),"
                  " b.split IS NOT NULL AND EXISTS (SELECT 1 FROM bill o WHERE o.order_id = b.order_id AND o.split = b.split"
                  " AND o.state <> 'voided' AND o.id < b.id)"
                  " FROM bill b WHERE b.state = 'paid' OR (b.state = 'open' AND b.split IS NOT NULL) ORDER BY b.id",
                  DB_NO_ARGS, &r, e))
        return false;
    while (ok && db_next(&r)) {
        struct sale s = {.bill = db_col_int(&r, 0),
                         .order = db_col_int(&r, 1),
                         .split = db_col_int(&r, 2),
                         .reopened = db_col_int(&r, 4) != 0};
        bool paid = db_col_int(&r, 3) != 0, later = db_col_int(&r, 5) != 0;
        v->out->bills += paid;
        if (paid) ok = verify_check(v, s.bill, e);
        if (ok && !later) ok = verify_sale(v, &s, e);
    }
    struct error second;
    return db_done(&r, ok ? e : &second) && ok;
}
