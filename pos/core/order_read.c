/* Reading an order whole: its lines with what the kitchen knows, its checks, its payments. */
#include <inttypes.h>
#include <string.h>

#include "pos/core/order_checks.h"
#include "pos/core/refund.h"

/* ---- lines ---- */

struct reading {
    struct db *db;
    struct arena *arena;
    struct order *order;
    struct order_line *lines;
    size_t capacity;
};

static void start_line(const struct db_rows *r, struct reading *x) {
    struct order *o = x->order;
    if (o->line_count == x->capacity) {
        size_t capacity = x->capacity ? x->capacity * 2 : 16;
        struct order_line *larger = ARENA_ARRAY(x->arena, capacity, struct order_line);
        if (o->line_count) memcpy(larger, x->lines, o->line_count * sizeof *larger);
        x->lines = larger;
        x->capacity = capacity;
    }
    struct order_line *l = &x->lines[o->line_count++];
    *l = (struct order_line){
        .id = {db_col_int(r, 0)},
        .item = arena_text(x->arena, db_col_text(r, 1)),
        .name = arena_text(x->arena, db_col_text(r, 2)),
        .category = arena_text(x->arena, db_col_text(r, 3)),
        .course = arena_text(x->arena, db_col_text(r, 4)),
        .seat = (int32_t)db_col_int(r, 5),
        .quantity = (int32_t)db_col_int(r, 6),
        .voided = (int32_t)db_col_int(r, 7),
        .unit_price = db_col_int(r, 8),
        .tax = arena_text(x->arena, db_col_text(r, 9)),
        .tax_name = arena_text(x->arena, db_col_text(r, 10)),
        .tax_rate = (int32_t)db_col_int(r, 11),
        .note = arena_text(x->arena, db_col_text(r, 12)),
        .sent = (int32_t)db_col_int(r, 13),
    };
}

/* One of the line's parts: `sent` is the least any station knows of. */
static void add_part(const struct db_rows *r, struct order_line *l, bool first) {
    int64_t per_line = db_col_int(r, 15), told = db_col_int(r, 16), wanted = (l->quantity - l->voided) * per_line;
    bool held = db_col_int(r, 17) != 0;
    int32_t known = (int32_t)(told / per_line);
    if (first || known < l->sent) l->sent = known;
    if (told < wanted && held) l->held = true;
    if (told > wanted || (told < wanted && !held)) l->changed = true;
}

/* A line that was taken back before the kitchen knew is gone; one that was voided after stays to be seen. */
static bool read_lines(struct reading *x, struct error *e) {
    struct db_rows r;
    if (!db_query(x->db,
                  "SELECT l.id, l.item, l.name, l.category, l.course, l.seat, l.quantity, l.voided, l.unit_price, l.tax, "
                  "l.tax_name, l.tax_rate, l.note,"
                  " l.told, p.id, p.per_line, p.told, p.held FROM order_line l LEFT JOIN order_part p ON "
                  "p.order_id = l.order_id AND p.line_id = l.id WHERE l.order_id = ?"
                  " AND (l.voided < l.quantity OR EXISTS (SELECT 1 FROM line_void v WHERE v.order_id = l.order_id AND v.line_id "
                  "= l.id AND v.sent = 1))"
                  " ORDER BY l.id, p.id",
                  DB_ARGS(db_int(x->order->id.v)), &r, e))
        return false;
    while (db_next(&r)) {
        bool first = x->order->line_count == 0 || x->lines[x->order->line_count - 1].id.v != db_col_int(&r, 0);
        if (first) start_line(&r, x);
        struct order_line *l = &x->lines[x->order->line_count - 1];
        if (!db_col_null(&r, 14)) add_part(&r, l, first);
        x->order->changed = x->order->changed || l->changed;
    }
    x->order->lines = x->lines;
    return db_done(&r, e);
}

/* All options in one row of memory; each line then points at its own. */
static bool read_options(struct reading *x, struct error *e) {
    struct order_option *all = NULL;
    size_t at = 0, n = 0, capacity = 0;
    struct db_rows r;
    if (x->order->line_count == 0) return true;
    if (!db_query(x->db,
                  "SELECT o.line_id, o.option_group, o.option, o.name, o.quantity, o.price FROM order_line l JOIN "
                  "order_line_option o ON o.line_id = l.id"
                  " WHERE l.order_id = ? ORDER BY l.id, o.position",
                  DB_ARGS(db_int(x->order->id.v)), &r, e))
        return false;
    while (db_next(&r)) {
        int64_t line = db_col_int(&r, 0);
        while (at < x->order->line_count && x->lines[at].id.v < line) at++;
        if (at == x->order->line_count || x->lines[at].id.v != line) continue; /* of a line that is left out */
        if (n == capacity) {
            struct order_option *larger = ARENA_ARRAY(x->arena, capacity = capacity ? capacity * 2 : 16, struct order_option);
            if (n) memcpy(larger, all, n * sizeof *larger);
            all = larger;
        }
        all[n++] = (struct order_option){.group = arena_text(x->arena, db_col_text(&r, 1)),
                                         .option = arena_text(x->arena, db_col_text(&r, 2)),
                                         .name = arena_text(x->arena, db_col_text(&r, 3)),
                                         .quantity = (int32_t)db_col_int(&r, 4),
                                         .price = db_col_int(&r, 5)};
        x->lines[at].option_count++;
    }
    n = 0;
    for (size_t i = 0; i < x->order->line_count; i++) {
        if (x->lines[i].option_count) x->lines[i].options = &all[n];
        n += x->lines[i].option_count;
    }
    return db_done(&r, e);
}

/* ---- payments ---- */

static bool read_payments(struct reading *x, struct error *e) {
    struct order_payment *list = NULL;
    size_t capacity = 0;
    struct db_rows r;
    if (!db_query(x->db,
                  "SELECT p.id, p.kind, p.means, p.amount, p.charged, p.adjustment, p.tendered, p.change, p.reference, p.at, b.id"
                  " FROM bill b JOIN payment p ON p.bill_id = b.id WHERE b.order_id = ? ORDER BY b.position, p.id",
                  DB_ARGS(db_int(x->order->id.v)), &r, e))
        return false;
    while (db_next(&r)) {
        if (x->order->payment_count == capacity) {
            struct order_payment *larger = ARENA_ARRAY(x->arena, capacity = capacity ? capacity * 2 : 4, struct order_payment);
            if (x->order->payment_count) memcpy(larger, list, x->order->payment_count * sizeof *larger);
            list = larger;
        }
        list[x->order->payment_count++] = (struct order_payment){
            .id = db_col_int(&r, 0),
            .kind = arena_text(x->arena, db_col_text(&r, 1)),
            .means = arena_text(x->arena, db_col_text(&r, 2)),
            .amount = db_col_int(&r, 3),
            .charged = db_col_int(&r, 4),
            .adjustment = db_col_int(&r, 5),
            .tendered = db_col_int(&r, 6),
            .change = db_col_int(&r, 7),
            .reference = arena_text(x->arena, db_col_text(&r, 8)),
            .at = db_col_int(&r, 9),
            .bill = {db_col_int(&r, 10)},
        };
    }
    x->order->payments = list;
    return db_done(&r, e);
}

/* Of an order nothing of which is paid there are none. */
static bool read_refunds(struct reading *x, struct error *e) {
    struct refund *list = NULL;
    bool paid = false;
    for (size_t i = 0; i < x->order->bill_count; i++) paid = paid || x->order->bills[i].paid;
    if (paid && !refunds_of_order(x->db, x->order->id, x->arena, &list, &x->order->refund_count, e)) return false;
    x->order->refunds = list;
    return true;
}

/* ---- the whole ---- */

static bool read_checks(struct reading *x, const struct order_row *row, struct error *e) {
    struct order *o = x->order;
    struct order_checks checks;
    if (!order_checks(x->db, row, x->arena, &checks, e)) return false;
    o->bills = checks.list;
    o->bill_count = checks.count;
    o->discounts = checks.discounts;
    o->discount_count = checks.discount_count;
    o->tip_answer = checks.tip_answer;
    o->totals = checks.totals;
    o->paid = checks.paid;
    o->balance = o->state == ORDER_VOIDED ? 0 : checks.totals.due - checks.paid;
    return true;
}

static void fill_order(const struct order_row *row, struct order *o) {
    *o = (struct order){
        .id = row->id,
        .shift = row->shift,
        .number = row->number,
        .version = row->version,
        .opened_at = row->opened_at,
        .ended_at = row->ended_at,
        .sends = row->sends,
        .kind = row->kind,
        .state = row->state,
        .table = row->table,
        .name = row->name,
        .opened_by = row->opened_by,
        .served_by = row->served_by,
        .merged_into = row->merged_into,
        .void_reason = row->void_reason,
        .covers = row->covers,
    };
}

bool order_get(struct db *db, const struct site *site, struct order_id id, struct arena *a, struct order **out, struct error *e) {
    (void)site;
    struct order_row row;
    struct reading x = {.db = db, .arena = a, .order = ARENA_NEW(a, struct order)};
    if (!order_row_get(db, id, a, &row, e)) return false;
    fill_order(&row, x.order);
    if (!read_lines(&x, e) || !read_options(&x, e) || !read_checks(&x, &row, e) || !read_payments(&x, e) || !read_refunds(&x, e))
        return false;
    *out = x.order;
    return true;
}
