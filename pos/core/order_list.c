/* The list of orders: what stands in a floor plan or a queue, one row an order. */
#include <inttypes.h>

#include "pos/core/order_checks.h"

enum { LIST_MAX = 200 };

/* Sums and states an order shows in a list. `unprinted`: its kitchen tickets that are not on paper, unless a later copy of them
 * is. */
#define SUMMARY                                                                                                                  \
    "SELECT o.id, o.number, o.version, o.opened_at, o.kind, o.state, o.table_slug, o.name, s.name, o.covers,"                    \
    " ifnull((SELECT sum((l.quantity - l.voided) * l.unit_price) FROM order_line l WHERE l.order_id = o.id), 0),"                \
    " EXISTS (SELECT 1 FROM order_part p JOIN order_line l ON l.id = p.line_id WHERE p.order_id = o.id"                          \
    "  AND (p.told > (l.quantity - l.voided) * p.per_line OR (p.held = 0 AND p.told < (l.quantity - l.voided) * p.per_line))),"  \
    " (SELECT count(*) FROM print_job j WHERE j.order_id = o.id AND j.kind = 'kitchen' AND j.state <> 'printed'"                 \
    "  AND NOT EXISTS (SELECT 1 FROM print_job c WHERE c.order_id = o.id AND c.copy_of = j.id))"                                 \
    ", w.name, EXISTS (SELECT 1 FROM discount d WHERE d.order_id = o.id AND d.removed_at IS NULL)"                               \
    " FROM orders o JOIN staff s ON s.id = o.opened_by JOIN staff w ON w.id = ifnull(o.served_by, o.opened_by)"

static struct order_summary summary_of(const struct db_rows *r, struct arena *a) {
    return (struct order_summary){
        .id = {db_col_int(r, 0)},
        .number = db_col_int(r, 1),
        .version = db_col_int(r, 2),
        .opened_at = db_col_int(r, 3),
        .kind = (enum order_kind)order_name_index(order_kind_names, db_col_text(r, 4)),
        .state = (enum order_state)order_name_index(order_state_names, db_col_text(r, 5)),
        .table = arena_text(a, db_col_text(r, 6)),
        .name = arena_text(a, db_col_text(r, 7)),
        .opened_by = arena_text(a, db_col_text(r, 8)),
        .covers = (int32_t)db_col_int(r, 9),
        .net = db_col_int(r, 10),
        .changed = db_col_int(r, 11) != 0,
        .unprinted = db_col_int(r, 12),
        .served_by = arena_text(a, db_col_text(r, 13)),
    };
}

/* Two statements, so that the open ones come from their own small index. */
static bool query(struct db *db, int state, struct shift_id shift, int64_t before, int32_t limit, struct db_rows *r,
                  struct error *e) {
    if (state < 0)
        return db_query(db,
                        SUMMARY " WHERE o.state IN ('open', 'sent') AND (?1 = 0 OR o.shift_id = ?1) AND (?2 = 0 OR o.id < ?2) "
                                "ORDER BY o.id DESC LIMIT ?3",
                        DB_ARGS(db_int(shift.v), db_int(before), db_int(limit)), r, e);
    return db_query(
        db, SUMMARY " WHERE o.state = ?4 AND (?1 = 0 OR o.shift_id = ?1) AND (?2 = 0 OR o.id < ?2) ORDER BY o.id DESC LIMIT ?3",
        DB_ARGS(db_int(shift.v), db_int(before), db_int(limit), db_text(order_state_names[state])), r, e);
}

bool order_list(struct db *db, int state, struct shift_id shift, int64_t before, int32_t limit, struct arena *a,
                struct order_summary **out, size_t *count, struct error *e) {
    struct db_rows r;
    struct bill_totals totals;
    bool less[LIST_MAX] = {false}; /* something came off: its sum is that of its checks */
    if (limit < 1 || limit > LIST_MAX) limit = LIST_MAX;
    *out = ARENA_ARRAY(a, (size_t)limit, struct order_summary);
    *count = 0;
    if (!query(db, state, shift, before, limit, &r, e)) return false;
    while (*count < (size_t)limit && db_next(&r)) {
        less[*count] = db_col_int(&r, 14) != 0;
        (*out)[(*count)++] = summary_of(&r, a);
    }
    if (!db_done(&r, e)) return false;
    for (size_t i = 0; i < *count; i++) {
        if (!less[i]) continue;
        if (!order_totals(db, (*out)[i].id, a, &totals, e)) return false;
        (*out)[i].net = totals.net;
    }
    return true;
}
