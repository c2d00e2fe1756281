/* Reading shifts, and the X and Z report. */
#include <inttypes.h>

#include "pos/core/journal.h"
#include "pos/core/report_query.h"
#include "pos/core/shift_cash.h"

const money shift_denominations[SHIFT_DENOMINATIONS] = {100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50};

#define SHIFT_COLUMNS                                                                                                            \
    "SELECT s.id, s.till, s.business_day, o.name, c.name, s.float_amount, s.opened_at, s.closed_at, s.z_number, s.state = "      \
    "'open', "                                                                                                                   \
    "s.expected, s.counted, s.difference FROM shift s JOIN staff o ON o.id = s.opened_by LEFT JOIN staff c ON c.id = "           \
    "s.closed_by "

static struct shift shift_from_row(const struct db_rows *r, struct arena *a) {
    return (struct shift){
        .id = {db_col_int(r, 0)},
        .till = arena_text(a, db_col_text(r, 1)),
        .business_day = arena_text(a, db_col_text(r, 2)),
        .opened_by = arena_text(a, db_col_text(r, 3)),
        .closed_by = arena_text(a, db_col_text(r, 4)),
        .float_amount = db_col_int(r, 5),
        .opened_at = db_col_int(r, 6),
        .closed_at = db_col_int(r, 7),
        .z_number = db_col_int(r, 8),
        .open = db_col_int(r, 9) != 0,
        .expected = db_col_int(r, 10),
        .counted = db_col_int(r, 11),
        .difference = db_col_int(r, 12),
    };
}

static bool find(struct db *db, const char *sql, const struct db_arg *args, struct arena *a, struct shift *out, bool *found,
                 struct error *e) {
    struct db_rows r;
    if (!db_query(db, sql, args, &r, e)) return false;
    *found = db_next(&r);
    if (*found) *out = shift_from_row(&r, a);
    return db_done(&r, e);
}

bool shift_now(struct db *db, struct shift_id *out, struct error *e) {
    return db_get_int(db, "SELECT id FROM shift WHERE state = 'open'", DB_NO_ARGS, 0, &out->v, e) &&
           (out->v != 0 ||
            error_fail(e, ERROR_CONFLICT, "no_open_shift", "no shift is open: open one with its counted float first"));
}

bool shift_current(struct db *db, struct arena *a, struct shift *out, struct error *e) {
    bool found;
    if (!find(db, SHIFT_COLUMNS "WHERE s.state = 'open' ORDER BY s.id LIMIT 1", DB_NO_ARGS, a, out, &found, e)) return false;
    return found || error_fail(e, ERROR_NOT_FOUND, "no_open_shift", "no shift is open");
}

bool shift_get(struct db *db, struct shift_id id, struct arena *a, struct shift *out, struct error *e) {
    bool found;
    if (!find(db, SHIFT_COLUMNS "WHERE s.id = ?", DB_ARGS(db_int(id.v)), a, out, &found, e)) return false;
    return found || error_fail(e, ERROR_NOT_FOUND, "shift_unknown", "shift %" PRId64 ": unknown", id.v);
}

bool shift_list(struct db *db, int64_t before, int32_t limit, struct arena *a, struct shift **out, size_t *count,
                struct error *e) {
    struct db_rows r;
    *count = 0;
    *out = ARENA_ARRAY(a, limit > 0 ? (size_t)limit : 1, struct shift);
    if (!db_query(db, SHIFT_COLUMNS "WHERE s.id < ? ORDER BY s.id DESC LIMIT ?",
                  DB_ARGS(db_int(before > 0 ? before : INT64_MAX), db_int(limit > 0 ? limit : 0)), &r, e))
        return false;
    while (db_next(&r)) (*out)[(*count)++] = shift_from_row(&r, a);
    return db_done(&r, e);
}

/* ---- the report ---- */

money shift_expected(const struct shift_cash_flow *f) {
    return f->float_amount + f->sales + f->in - f->out - f->refunds - f->tips_paid_out;
}

static bool read_totals(struct db *db, const char *ids, struct shift_report *r, struct error *e) {
    struct db_rows rows;
    if (!db_query(db, report_sql("totals.sql"), DB_ARGS(db_text(ids)), &rows, e)) return false;
    if (db_next(&rows)) {
        r->documents = db_col_int(&rows, 0);
        r->gross = db_col_int(&rows, 2);
        r->discount = db_col_int(&rows, 3);
        r->courtesy = db_col_int(&rows, 4);
        r->net = db_col_int(&rows, 5);
        r->base = db_col_int(&rows, 6);
        r->tax = db_col_int(&rows, 7);
        r->tips = db_col_int(&rows, 8);
        r->adjustment = db_col_int(&rows, 9);
        r->collected = db_col_int(&rows, 10);
    }
    return db_done(&rows, e);
}

static bool read_cash(struct db *db, const char *ids, struct shift_report *r, struct error *e) {
    struct db_rows rows;
    struct shift_cash_flow flow = {0};
    if (!db_query(db, report_sql("cash.sql"), DB_ARGS(db_text(ids)), &rows, e)) return false;
    if (db_next(&rows))
        flow = (struct shift_cash_flow){
            .float_amount = db_col_int(&rows, 0),
            .sales = db_col_int(&rows, 1),
            .in = db_col_int(&rows, 2),
            .out = db_col_int(&rows, 3),
            .refunds = db_col_int(&rows, 4),
            .tips_paid_out = db_col_int(&rows, 5),
        };
    r->cash_sales = flow.sales;
    r->cash_in = flow.in;
    r->cash_out = flow.out;
    r->cash_refunds = flow.refunds;
    r->tips_paid_out = flow.tips_paid_out;
    r->expected = shift_expected(&flow);
    return db_done(&rows, e);
}

static bool read_voids_and_documents(struct db *db, const char *ids, struct arena *a, struct shift_report *r, struct error *e) {
    struct db_rows rows;
    if (!db_query(db, report_sql("voids.sql"), DB_ARGS(db_text(ids)), &rows, e)) return false;
    if (db_next(&rows)) {
        r->voided_lines = db_col_int(&rows, 0);
        r->voided_orders = db_col_int(&rows, 3);
    }
    if (!db_done(&rows, e) || !db_query(db, report_sql("documents.sql"), DB_ARGS(db_text(ids)), &rows, e)) return false;
    if (db_next(&rows)) {
        r->first_document = arena_text(a, db_col_text(&rows, 0));
        r->last_document = arena_text(a, db_col_text(&rows, 1));
    }
    return db_done(&rows, e);
}

/* The money taken while the shift was open: what the drawer and the card terminal are compared with. */
static bool read_means(struct db *db, const char *ids, struct arena *a, struct shift_report *r, struct error *e) {
    enum { MEANS_ROWS = 64 }; /* a site has a handful */
    struct db_rows rows;
    r->means = ARENA_ARRAY(a, MEANS_ROWS, struct shift_means);
    if (!db_query(db, report_sql("taken.sql"), DB_ARGS(db_text(ids)), &rows, e)) return false;
    while (r->means_count < MEANS_ROWS && db_next(&rows))
        r->means[r->means_count++] = (struct shift_means){
            .means = arena_text(a, db_col_text(&rows, 0)),
            .kind = arena_text(a, db_col_text(&rows, 1)),
            .count = db_col_int(&rows, 2),
            .amount = db_col_int(&rows, 3),
            .charged = db_col_int(&rows, 4),
            .refunded = db_col_int(&rows, 5),
        };
    return db_done(&rows, e);
}

static bool read_taxes(struct db *db, const char *file, const char *ids, struct arena *a, struct shift_tax **out, size_t *count,
                       struct error *e) {
    enum { TAX_ROWS = 64 };
    struct db_rows rows;
    *out = ARENA_ARRAY(a, TAX_ROWS, struct shift_tax);
    *count = 0;
    if (!db_query(db, report_sql(file), DB_ARGS(db_text(ids)), &rows, e)) return false;
    while (*count < TAX_ROWS && db_next(&rows))
        (*out)[(*count)++] = (struct shift_tax){
            .name = arena_text(a, db_col_text(&rows, 0)),
            .rate = (int32_t)db_col_int(&rows, 1),
            .gross = db_col_int(&rows, 2),
            .base = db_col_int(&rows, 3),
            .tax = db_col_int(&rows, 4),
        };
    return db_done(&rows, e);
}

/* What its drawer gave back. */
static bool read_refunds(struct db *db, const char *ids, struct arena *a, struct shift_refunds *r, struct error *e) {
    struct db_rows rows;
    if (!db_query(db, report_sql("refunds.sql"), DB_ARGS(db_text(ids)), &rows, e)) return false;
    if (db_next(&rows))
        *r = (struct shift_refunds){
            .count = db_col_int(&rows, 0),
            .gross = db_col_int(&rows, 1),
            .discount = db_col_int(&rows, 2),
            .courtesy = db_col_int(&rows, 3),
            .net = db_col_int(&rows, 4),
            .base = db_col_int(&rows, 5),
            .tax = db_col_int(&rows, 6),
            .tips = db_col_int(&rows, 7),
            .adjustment = db_col_int(&rows, 8),
            .returned = db_col_int(&rows, 9),
        };
    return db_done(&rows, e) && read_taxes(db, "refund_taxes.sql", ids, a, &r->taxes, &r->tax_count, e);
}

static bool read_count(struct db *db, struct shift_id id, struct arena *a, struct shift_report *r, struct error *e) {
    struct db_rows rows;
    r->count = ARENA_ARRAY(a, SHIFT_DENOMINATIONS, struct shift_count_row);
    if (!db_query(db, "SELECT denomination, pieces FROM shift_count WHERE shift_id = ? ORDER BY denomination DESC",
                  DB_ARGS(db_int(id.v)), &rows, e))
        return false;
    while (r->count_rows < SHIFT_DENOMINATIONS && db_next(&rows))
        r->count[r->count_rows++] = (struct shift_count_row){db_col_int(&rows, 0), db_col_int(&rows, 1)};
    return db_done(&rows, e);
}

bool shift_report_within(struct db *db, struct shift_id id, struct arena *a, struct shift_report *out, struct error *e) {
    *out = (struct shift_report){0};
    if (!shift_get(db, id, a, &out->shift, e)) return false;
    const char *ids = report_shifts(&id.v, 1, a);
    out->z = !out->shift.open;
    if (!read_totals(db, ids, out, e) || !read_cash(db, ids, out, e) || !read_voids_and_documents(db, ids, a, out, e))
        return false;
    if (!read_means(db, ids, a, out, e) || !read_taxes(db, "by_tax.sql", ids, a, &out->taxes, &out->tax_count, e)) return false;
    if (!read_refunds(db, ids, a, &out->refunds, e) || !read_count(db, id, a, out, e)) return false;
    if (!db_get_int(db, "SELECT count(*) FROM journal WHERE kind = 'drawer_opened' AND shift_id = ?", DB_ARGS(db_int(id.v)), 0,
                    &out->drawer_openings, e))
        return false;
    return db_get_text(db, "SELECT z_head FROM shift WHERE id = ?", DB_ARGS(db_int(id.v)), a, &out->journal_head, e);
}

bool shift_report(struct db *db, struct shift_id id, struct arena *a, struct shift_report *out, struct error *e) {
    if (!db_begin_read(db, e)) return false;
    bool ok = shift_report_within(db, id, a, out, e);
    db_end_read(db);
    return ok;
}
