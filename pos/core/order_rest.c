/* What of an order stands on no check yet: its live lines, less the discounts that count afresh. */
#include <inttypes.h>
#include <string.h>

#include "pos/core/order_checks.h"

/* Lines in the order they were sold. */
struct sold {
    struct bill_line_in *lines;
    size_t count, capacity;
};

static void add_line(struct sold *s, const struct db_rows *r, struct arena *a) {
    if (s->count == s->capacity) {
        size_t capacity = s->capacity ? s->capacity * 2 : 16;
        struct bill_line_in *larger = ARENA_ARRAY(a, capacity, struct bill_line_in);
        if (s->count) memcpy(larger, s->lines, s->count * sizeof *larger);
        s->lines = larger;
        s->capacity = capacity;
    }
    s->lines[s->count++] = (struct bill_line_in){
        .line = db_col_int(r, 0),
        .quantity = db_col_int(r, 1),
        .unit_price = db_col_int(r, 2),
        .tax = arena_text(a, db_col_text(r, 3)),
        .tax_name = arena_text(a, db_col_text(r, 4)),
        .tax_rate = (int32_t)db_col_int(r, 5),
    };
}

#define LIVE_LINES                                                                                                               \
    "SELECT l.id, l.quantity - l.voided, l.unit_price, l.tax, l.tax_name, l.tax_rate FROM order_line l WHERE l.order_id = ?"     \
    " AND l.voided < l.quantity "

/* An order that was never split needs no look at its checks. */
static bool read_lines(struct db *db, struct order_id id, bool beside, struct arena *a, struct sold *out, struct error *e) {
    struct db_rows r;
    const char *sql = beside ? LIVE_LINES "AND NOT EXISTS (SELECT 1 FROM bill_line x JOIN bill_counting b ON b.id = x.bill_id"
                                          " WHERE x.line_id = l.id) ORDER BY l.id"
                             : LIVE_LINES "ORDER BY l.id";
    if (!db_query(db, sql, DB_ARGS(db_int(id.v)), &r, e)) return false;
    while (db_next(&r)) add_line(out, &r, a);
    return db_done(&r, e);
}

/* Each discount that counts afresh is noted with what it came to. */
static bool total_up(const struct sold *sold, money tip, struct order_discount *d, size_t n, struct arena *a,
                     struct bill_totals *out, struct error *e) {
    struct bill_discount_in *in = ARENA_ARRAY(a, n + 1, struct bill_discount_in);
    size_t used = 0;
    for (size_t i = 0; i < n; i++)
        if (d[i].split == 0)
            in[used++] = (struct bill_discount_in){
                .line = d[i].line.v, .percent = d[i].percent, .amount = d[i].amount, .courtesy = d[i].courtesy};
    if (!bill_compute(sold->lines, sold->count, in, used, tip, a, out, e)) return false;
    used = 0;
    for (size_t i = 0; i < n; i++)
        if (d[i].split == 0) d[i].value = out->off[used++];
    return true;
}

bool order_rest(struct db *db, struct order_id id, bool beside, money tip, struct order_discount *discounts,
                size_t discount_count, struct arena *a, struct bill_totals *out, struct error *e) {
    struct sold sold = {0};
    if (!read_lines(db, id, beside, a, &sold, e)) return false;
    return total_up(&sold, tip, discounts, discount_count, a, out, e) || error_within(e, "order %" PRId64, id.v);
}
