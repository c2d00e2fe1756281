/* What stands on a receipt, gathered from the stored bill, its document, lines and payments. */
#include "pos/core/receipt_read.h"

#include <inttypes.h>
#include <string.h>

#include "data/text.h"
#include "pos/core/bill_store.h"
#include "pos/core/numbering.h"

static bool read_document(struct db *db, struct bill_id bill, struct arena *a, struct receipt *out, struct order_id *order,
                          struct error *e) {
    struct db_rows r;
    if (!db_query(db,
                  "SELECT b.order_id, d.prefix, d.number, d.issued_at, d.needs_electronic, d.buyer, n.first, n.last, "
                  "n.valid_from, n.valid_until,"
                  " n.resolution, n.resolution_date, b.label FROM bill b JOIN fiscal_document d ON d.bill_id = b.id JOIN "
                  "number_range n "
                  "ON n.id = d.range_id"
                  " WHERE b.id = ?",
                  DB_ARGS(db_int(bill.v)), &r, e))
        return false;
    bool found = db_next(&r);
    if (found) {
        order->v = db_col_int(&r, 0);
        out->prefix = arena_text(a, db_col_text(&r, 1));
        out->number = numbering_text(out->prefix, db_col_int(&r, 2), a);
        out->issued_at = db_col_int(&r, 3);
        out->needs_electronic = db_col_int(&r, 4) != 0;
        out->buyer = arena_text(a, db_col_text(&r, 5));
        out->first = db_col_int(&r, 6);
        out->last = db_col_int(&r, 7);
        out->valid_from = arena_text(a, db_col_text(&r, 8));
        out->valid_until = arena_text(a, db_col_text(&r, 9));
        out->resolution = arena_text(a, db_col_text(&r, 10));
        out->resolution_date = arena_text(a, db_col_text(&r, 11));
        out->label = arena_text(a, db_col_text(&r, 12));
    }
    if (!db_done(&r, e)) return false;
    return found || error_fail(e, ERROR_NOT_FOUND, "bill_unknown", "bill %" PRId64 ": has no document", bill.v);
}

/* Equal dishes stand as one row; once any of them is a share, all of the row is. */
static void gather_line(struct receipt *out, const struct receipt_line *line) {
    for (size_t i = 0; i < out->line_count; i++) {
        struct receipt_line *seen = &out->lines[i];
        if (seen->unit_price != line->unit_price || strcmp(seen->item, line->item) != 0 || strcmp(seen->name, line->name) != 0 ||
            strcmp(seen->options, line->options) != 0)
            continue;
        seen->quantity += line->quantity;
        seen->gross += line->gross;
        seen->share = seen->share || line->share;
        return;
    }
    out->lines[out->line_count++] = *line;
}

/* The line of the totals that this row tells of, or NULL; both come in the order they were sold. */
static const struct bill_line_out *line_of(const struct bill_totals *t, size_t *at, int64_t id) {
    while (*at < t->line_count && t->lines[*at].line < id) ++*at;
    return *at < t->line_count && t->lines[*at].line == id ? &t->lines[*at] : NULL;
}

static struct receipt_line start_line(const struct db_rows *r, const struct bill_line_out *sold, struct arena *a) {
    money unit_price = db_col_int(r, 3);
    return (struct receipt_line){.item = arena_text(a, db_col_text(r, 1)),
                                 .name = arena_text(a, db_col_text(r, 2)),
                                 .options = "",
                                 .quantity = sold->quantity,
                                 .unit_price = unit_price,
                                 .gross = sold->gross,
                                 .share = sold->quantity * unit_price != sold->gross};
}

#define LINES                                                                                                                    \
    "SELECT l.id, l.item, l.name, l.unit_price, o.name, o.quantity FROM order_line l"                                            \
    " LEFT JOIN order_line_option o ON o.line_id = l.id WHERE "

/* One row an option, so a line comes as often as it has options. */
bool receipt_read_lines(struct db *db, struct bill_id bill, struct arena *a, struct receipt *out, struct error *e) {
    struct receipt_line line = {0};
    struct text_buffer options = {.arena = a};
    const struct bill_line_out *sold = NULL;
    int64_t id = 0;
    size_t at = 0;
    struct db_rows r;
    out->lines = ARENA_ARRAY(a, out->totals.line_count + 1, struct receipt_line);
    const char *sql = bill.v ? LINES "l.id IN (SELECT line_id FROM bill_line WHERE bill_id = ?) ORDER BY l.id, o.position"
                             : LINES "l.order_id = ? ORDER BY l.id, o.position";
    if (!db_query(db, sql, DB_ARGS(db_int(bill.v ? bill.v : out->order.id.v)), &r, e)) return false;
    while (db_next(&r)) {
        if (db_col_int(&r, 0) != id) {
            if (sold) gather_line(out, &line);
            id = db_col_int(&r, 0);
            sold = line_of(&out->totals, &at, id);
            options = (struct text_buffer){.arena = a};
            if (sold) line = start_line(&r, sold, a);
        }
        if (!sold || db_col_null(&r, 4)) continue;
        if (options.size) text_append_text(&options, " · ");
        if (db_col_int(&r, 5) > 1) text_appendf(&options, "%" PRId64 " × ", db_col_int(&r, 5));
        text_append_text(&options, db_col_text(&r, 4));
        line.options = options.bytes;
    }
    if (sold) gather_line(out, &line);
    return db_done(&r, e);
}

#define DISCOUNTS_OF_BILL                                                                                                        \
    " FROM bill b JOIN discount d ON d.order_id = b.order_id AND d.split IS b.split AND d.removed_at IS NULL"                    \
    " AND (d.bill_id IS NULL OR d.bill_id = b.id) AND d.value > 0 WHERE b.id = ?"

/* What came off: of a split all its checks have a share in each discount, so that only kinds can be told apart there. */
static bool read_discounts(struct db *db, struct bill_id bill, struct arena *a, struct receipt *out, struct error *e) {
    int64_t count;
    money sum = 0;
    struct db_rows r;
    if (out->totals.discount == 0) return true;
    if (!db_get_int(db, "SELECT count(*)" DISCOUNTS_OF_BILL, DB_ARGS(db_int(bill.v)), 0, &count, e)) return false;
    out->discounts = ARENA_ARRAY(a, (size_t)count + 1, struct receipt_discount);
    if (!db_query(db, "SELECT d.kind, d.percent, d.value, d.reason" DISCOUNTS_OF_BILL " ORDER BY d.id", DB_ARGS(db_int(bill.v)),
                  &r, e))
        return false;
    while (out->discount_count < (size_t)count && db_next(&r)) {
        struct receipt_discount *d = &out->discounts[out->discount_count++];
        *d = (struct receipt_discount){.courtesy = strcmp(db_col_text(&r, 0), "courtesy") == 0,
                                       .percent = (int32_t)db_col_int(&r, 1),
                                       .value = db_col_int(&r, 2),
                                       .reason = arena_text(a, db_col_text(&r, 3))};
        sum += d->value;
    }
    out->whole = sum == out->totals.discount;
    return db_done(&r, e);
}

static bool read_payments(struct db *db, struct bill_id bill, struct arena *a, struct receipt *out, struct error *e) {
    int64_t count;
    struct db_rows r;
    if (!db_get_int(db, "SELECT count(*) FROM payment WHERE bill_id = ?", DB_ARGS(db_int(bill.v)), 0, &count, e)) return false;
    out->payments = ARENA_ARRAY(a, (size_t)count + 1, struct receipt_payment);
    out->cashier = "";
    if (!db_query(db,
                  "SELECT p.kind, p.means, p.reference, p.charged, p.adjustment, p.tendered, p.change, s.name FROM payment p"
                  " JOIN staff s ON s.id = p.staff_id WHERE p.bill_id = ? ORDER BY p.id",
                  DB_ARGS(db_int(bill.v)), &r, e))
        return false;
    while (out->payment_count < (size_t)count && db_next(&r)) {
        out->payments[out->payment_count++] = (struct receipt_payment){
            .kind = (enum means)order_name_index(means_names, db_col_text(&r, 0)),
            .means = arena_text(a, db_col_text(&r, 1)),
            .reference = arena_text(a, db_col_text(&r, 2)),
            .charged = db_col_int(&r, 3),
            .adjustment = db_col_int(&r, 4),
            .tendered = db_col_int(&r, 5),
            .change = db_col_int(&r, 6),
        };
        out->cashier = arena_text(a, db_col_text(&r, 7));
    }
    return db_done(&r, e);
}

bool receipt_read(struct db *db, struct bill_id bill, struct arena *a, struct receipt *out, struct error *e) {
    struct order_id order;
    *out = (struct receipt){0};
    return read_document(db, bill, a, out, &order, e) && order_row_get(db, order, a, &out->order, e) &&
           bill_stored(db, bill, a, &out->totals, e) && receipt_read_lines(db, bill, a, out, e) &&
           read_discounts(db, bill, a, out, e) && read_payments(db, bill, a, out, e);
}
