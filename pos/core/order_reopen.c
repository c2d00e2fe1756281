/* A paid order made live again: its checks are given back, its lines stand on a new one. */
#include <inttypes.h>

#include "pos/core/journal.h"
#include "pos/core/order_checks.h"
#include "pos/core/refund_store.h"
#include "pos/core/shift.h"

static bool check_state(const struct order_row *order, struct error *e) {
    switch (order->state) {
    case ORDER_PAID:
        return true;
    case ORDER_CLOSED:
        return error_fail(e, ERROR_CONFLICT, "order_closed", "order %" PRId64 ": its shift has its Z; refund it instead",
                          order->id.v);
    case ORDER_VOIDED:
        return error_fail(e, ERROR_CONFLICT, "order_voided", "order %" PRId64 ": voided", order->id.v);
    case ORDER_OPEN:
    case ORDER_SENT:
        break;
    }
    return error_fail(e, ERROR_CONFLICT, "order_not_paid", "order %" PRId64 ": is not paid", order->id.v);
}

/* Each paid check that still counts, in the order they were made. */
static bool give_all_back(struct act *act, struct refund_giving *g, struct error *e) {
    struct refund_done done;
    for (int64_t id = 0;;) {
        if (!db_get_int(act->db, "SELECT min(id) FROM bill_counting WHERE order_id = ? AND state = 'paid' AND id > ?",
                        DB_ARGS(db_int(g->order->id.v), db_int(id)), 0, &id, e))
            return false;
        if (id == 0) return true;
        g->bill.v = id;
        if (!refund_give(act, g, NULL, 0, &done, e)) return false;
    }
}

#define COUNTED "order_id = ?1 AND removed_at IS NULL AND bill_id IS NULL "

/* The discounts that were computed in the old checks stay with them; copies count in the new one. */
static bool renew_discounts(struct act *act, struct order_id id, struct error *e) {
    int64_t last;
    return db_get_int(act->db, "SELECT max(id) FROM discount", DB_NO_ARGS, 0, &last, e) &&
           db_exec(act->db,
                   "INSERT INTO discount (order_id, line_id, kind, percent, amount, reason, staff_id, approved_by, at)"
                   " SELECT order_id, line_id, kind, percent, amount, reason, staff_id, approved_by, at FROM discount"
                   " WHERE " COUNTED "ORDER BY id",
                   DB_ARGS(db_int(id.v)), e) &&
           db_exec(act->db,
                   "UPDATE discount SET bill_id = (SELECT min(id) FROM bill_counting WHERE order_id = ?1 AND state = 'paid'"
                   " AND split IS discount.split) WHERE " COUNTED "AND id <= ?2",
                   DB_ARGS(db_int(id.v), db_int(last)), e);
}

static bool make_live(struct act *act, struct order_id id, struct error *e) {
    return order_checks_ready(act, id, e) &&
           db_exec(
               act->db,
               "UPDATE orders SET version = version + 1, ended_at = NULL, state = CASE WHEN"
               " EXISTS (SELECT 1 FROM order_part WHERE order_id = ?1 AND told > 0)"
               " OR EXISTS (SELECT 1 FROM order_line WHERE order_id = ?1 AND told > 0) THEN 'sent' ELSE 'open' END WHERE id = ?1",
               DB_ARGS(db_int(id.v)), e);
}

bool order_reopen(struct act *act, struct order_id id, const char *reason, struct error *e) {
    struct order_row order;
    struct refund_giving g = {.order = &order, .reason = reason, .reopens = true};
    if (!act_person(act, e) || !refund_reason(reason, e) || !order_row_get(act->db, id, act->arena, &order, e)) return false;
    if (!check_state(&order, e) || !act_may(act, PERMISSION_REFUND, e) || !shift_now(act->db, &g.shift, e)) return false;
    if (order.kind == ORDER_TABLE && !order_table_free(act, order.table, e)) return false;
    if (!renew_discounts(act, id, e) || !give_all_back(act, &g, e) || !make_live(act, id, e)) return false;
    act_changed(act, EVENT_ORDER, id.v, NULL);
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "number", order.number);
    json_set_text(detail, "reason", reason);
    return journal_add(act, "order_reopened", id, g.shift, detail, e);
}
