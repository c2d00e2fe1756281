/* Taking back: a line before the kitchen knew, a line after, a whole order. */
#include <inttypes.h>
#include <string.h>

#include "pos/core/journal.h"
#include "pos/core/kitchen.h"
#include "pos/core/order_checks.h"

struct sold_line {
    const char *item, *name;
    int64_t left; /* neither removed nor voided */
    money unit_price;
    bool told;             /* the kitchen knows of it, or a send has passed over it */
    struct shift_id shift; /* its order's */
};

static bool line_get(struct act *act, struct order_id order, struct line_id id, struct sold_line *out, struct error *e) {
    struct db_rows r;
    if (!db_query(act->db,
                  "SELECT item, name, quantity - voided, unit_price, told + ifnull((SELECT max(p.told) FROM order_part p WHERE "
                  "p.order_id = l.order_id AND p.line_id = l.id), 0), (SELECT shift_id FROM orders WHERE id = l.order_id)"
                  " FROM order_line l WHERE l.id = ? AND l.order_id = ?",
                  DB_ARGS(db_int(id.v), db_int(order.v)), &r, e))
        return false;
    bool found = db_next(&r);
    if (found)
        *out = (struct sold_line){.item = arena_text(act->arena, db_col_text(&r, 0)),
                                  .name = arena_text(act->arena, db_col_text(&r, 1)),
                                  .left = db_col_int(&r, 2),
                                  .unit_price = db_col_int(&r, 3),
                                  .told = db_col_int(&r, 4) > 0,
                                  .shift = {db_col_int(&r, 5)}};
    if (!db_done(&r, e)) return false;
    if (!found) return error_fail(e, ERROR_NOT_FOUND, "line_unknown", "order %" PRId64 ": has no line %" PRId64, order.v, id.v);
    return order_line_free(act->db, order, id, e);
}

/* An item that has left the menu since is counted no more. */
static bool give_back(struct act *act, const char *slug, int64_t quantity, struct error *e) {
    const struct menu_item *item = menu_find_item(atomic_load(&act->till->menu), slug);
    return !item || order_take_stock(act, item, -quantity, e);
}

static bool journal_line(struct act *act, const char *kind, struct order_id order, struct line_id line, const struct sold_line *l,
                         int64_t quantity, const char *reason, struct error *e) {
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "line", line.v);
    json_set_text(detail, "item", l->item);
    json_set_int(detail, "quantity", quantity);
    json_set_int(detail, "amount", quantity * l->unit_price);
    if (reason[0]) json_set_text(detail, "reason", reason);
    return journal_add(act, kind, order, l->shift, detail, e);
}

static bool take_back(struct act *act, struct order_id order, struct line_id line, const struct sold_line *l, int64_t quantity,
                      const char *reason, struct error *e) {
    if (!db_exec(act->db, "UPDATE order_line SET voided = voided + ? WHERE id = ?", DB_ARGS(db_int(quantity), db_int(line.v)), e))
        return false;
    if (!db_exec(act->db,
                 "INSERT INTO line_void (line_id, order_id, quantity, sent, reason, staff_id, approved_by, at) VALUES (?, ?, ?, "
                 "?, ?, ?, ?, ?)",
                 DB_ARGS(db_int(line.v), db_int(order.v), db_int(quantity), db_int(l->told), db_text(reason),
                         db_int(act->actor.staff.v), db_int_or_null(l->told ? act->actor.approver.v : 0), db_int(act->now)),
                 e))
        return false;
    if (!l->told && !give_back(act, l->item, quantity, e)) return false;
    return order_not_overpaid(act, order, e) &&
           journal_line(act, l->told ? "line_voided" : "line_removed", order, line, l, quantity, reason, e) &&
           order_end_when_paid(act, order, e);
}

bool order_remove_line(struct act *act, struct order_id id, struct line_id line, struct error *e) {
    struct sold_line l;
    if (!act_person(act, e) || !order_touch(act, id, NULL, e) || !line_get(act, id, line, &l, e)) return false;
    if (l.told)
        return error_fail(e, ERROR_CONFLICT, "line_sent", "order %" PRId64 ", line %" PRId64 ": was sent; void it with a reason",
                          id.v, line.v);
    if (l.left == 0)
        return error_fail(e, ERROR_CONFLICT, "line_voided", "order %" PRId64 ", line %" PRId64 ": nothing is left of it", id.v,
                          line.v);
    return take_back(act, id, line, &l, l.left, "", e);
}

/* What the kitchen knows of is taken back with a reason, by who may or with an approval. */
static bool check_told(struct act *act, const char *reason, struct error *e) {
    if (!reason[0]) {
        (void)error_fail(e, ERROR_INVALID, "reason_missing", "a reason is needed to void what was sent");
        return error_at_field(e, "reason");
    }
    return act_may(act, PERMISSION_VOID_SENT, e);
}

bool order_void_line(struct act *act, struct order_id id, struct line_id line, int32_t quantity, const char *reason,
                     struct error *e) {
    struct sold_line l;
    if (!reason) reason = "";
    if (!act_person(act, e) || !order_check_text(reason, ORDER_NOTE_MAX, "reason", e)) return false;
    if (!order_touch(act, id, NULL, e) || !line_get(act, id, line, &l, e)) return false;
    if (quantity < 1 || quantity > l.left) {
        (void)error_fail(e, ERROR_INVALID, "void_too_many", "order %" PRId64 ", line %" PRId64 ": 1 to %" PRId64 " can be voided",
                         id.v, line.v, l.left);
        return error_at_field(e, "quantity");
    }
    if (l.told && !check_told(act, reason, e)) return false;
    return take_back(act, id, line, &l, quantity, reason, e);
}

/* ---- the whole order ---- */

/* Counted items of lines the kitchen never knew of. */
static bool give_back_untold(struct act *act, struct order_id id, struct error *e) {
    struct db_rows r;
    if (!db_query(act->db,
                  "SELECT item, quantity - voided FROM order_line l WHERE order_id = ? AND voided < quantity AND told = 0"
                  " AND NOT EXISTS (SELECT 1 FROM order_part p WHERE p.order_id = l.order_id AND p.line_id = l.id AND p.told > 0)",
                  DB_ARGS(db_int(id.v)), &r, e))
        return false;
    bool ok = true;
    while (ok && db_next(&r)) ok = give_back(act, db_col_text(&r, 0), db_col_int(&r, 1), e);
    struct error ignored;
    return db_done(&r, ok ? e : &ignored) && ok;
}

static bool void_lines(struct act *act, struct order_id id, const char *reason, struct error *e) {
    return db_exec(act->db,
                   "INSERT INTO line_void (line_id, order_id, quantity, sent, reason, staff_id, approved_by, at)"
                   " SELECT id, order_id, quantity - voided, told > 0 OR EXISTS (SELECT 1 FROM order_part p WHERE "
                   "p.order_id = l.order_id AND p.line_id = l.id AND p.told > 0),"
                   " ?, ?, ?, ? FROM order_line l WHERE order_id = ? AND voided < quantity ORDER BY id",
                   DB_ARGS(db_text(reason), db_int(act->actor.staff.v), db_int_or_null(act->actor.approver.v), db_int(act->now),
                           db_int(id.v)),
                   e) &&
           db_exec(act->db, "UPDATE order_line SET voided = quantity WHERE order_id = ? AND voided < quantity",
                   DB_ARGS(db_int(id.v)), e);
}

static bool end_order(struct act *act, struct order_id id, const char *reason, struct error *e) {
    return db_exec(act->db, "UPDATE bill SET state = 'voided' WHERE order_id = ? AND state = 'open'", DB_ARGS(db_int(id.v)), e) &&
           db_exec(act->db,
                   "UPDATE orders SET state = 'voided', version = version + 1, ended_at = ?, void_reason = ?, tip_state = "
                   "'unasked', tip = 0 WHERE id = ?",
                   DB_ARGS(db_int(act->now), db_text(reason), db_int(id.v)), e);
}

static bool journal_void(struct act *act, const struct order_row *row, money net, const char *reason, struct error *e) {
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "number", row->number);
    json_set_int(detail, "amount", net);
    json_set_text(detail, "reason", reason);
    return journal_add(act, "order_voided", row->id, row->shift, detail, e);
}

bool order_void(struct act *act, struct order_id id, const char *reason, struct error *e) {
    struct order_row row;
    struct bill_totals totals;
    struct kitchen_sent sent;
    if (!reason) reason = "";
    if (!act_person(act, e) || !order_check_text(reason, ORDER_NOTE_MAX, "reason", e) ||
        !order_row_live(act->db, id, act->arena, &row, e))
        return false;
    if (row.state == ORDER_SENT && !check_told(act, reason, e)) return false;
    if (!order_nothing_paid(act->db, id, e)) return false;
    struct kitchen_scope everything = {.what = KITCHEN_VOID, .void_reason = reason};
    if (!order_totals(act->db, id, act->arena, &totals, e) || !give_back_untold(act, id, e) || !void_lines(act, id, reason, e))
        return false;
    if (!kitchen_print(act, &row, &everything, &sent, e) || !end_order(act, id, reason, e)) return false;
    act_changed(act, EVENT_ORDER, id.v, NULL);
    return journal_void(act, &row, totals.net, reason, e);
}
