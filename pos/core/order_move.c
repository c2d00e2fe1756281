/* Orders that move: to another table, into another order, to another waiter. */
#include <inttypes.h>
#include <string.h>

#include "pos/core/journal.h"
#include "pos/core/kitchen_notice.h"
#include "pos/core/order_checks.h"
#include "pos/core/staff.h"

/* ---- another table ---- */

bool order_move(struct act *act, struct order_id id, const char *table, struct error *e) {
    struct order_row was;
    if (!act_person(act, e) || !order_row_live(act->db, id, act->arena, &was, e)) return false;
    if (was.kind != ORDER_TABLE)
        return error_fail(e, ERROR_INVALID, "not_at_table", "order %" PRId64 ": stands at no table", id.v);
    if (table && strcmp(table, was.table) == 0) return true;
    if (!order_table_free(act, table, e)) return false;
    struct order_row is = was;
    is.table = table;
    struct json detail = json_new_object(act->arena);
    json_set_text(detail, "from", was.table);
    json_set_text(detail, "to", table);
    return kitchen_notice_print(act, &was, &is, e) && order_touch(act, id, NULL, e) &&
           db_exec(act->db, "UPDATE orders SET table_slug = ? WHERE id = ?", DB_ARGS(db_text(table), db_int(id.v)), e) &&
           journal_add(act, "order_moved", id, was.shift, detail, e);
}

/* ---- into another order ---- */

/* What was split stays with the guests it was split for; what is paid of an order stays its own. */
static bool check_whole(struct act *act, struct order_id id, struct error *e) {
    int64_t split, discounted;
    if (!db_get_int(act->db, "SELECT count(*) FROM bill WHERE order_id = ? AND state = 'open' AND split IS NOT NULL",
                    DB_ARGS(db_int(id.v)), 0, &split, e) ||
        !db_get_int(act->db,
                    "SELECT count(*) FROM discount WHERE order_id = ? AND line_id IS NULL AND split IS NULL AND bill_id IS NULL "
                    "AND removed_at IS NULL",
                    DB_ARGS(db_int(id.v)), 0, &discounted, e))
        return false;
    if (split > 0) return error_fail(e, ERROR_CONFLICT, "order_split", "order %" PRId64 ": is split; undo the split first", id.v);
    if (!order_nothing_paid(act->db, id, e)) return false;
    return discounted == 0 ||
           error_fail(e, ERROR_CONFLICT, "order_discounted",
                      "order %" PRId64 ": has a discount on the whole bill; take it off, merge, and give it again", id.v);
}

/* The document of a sale that was taken back stands with its order: that order does not end in another. */
static bool check_undocumented(struct act *act, struct order_id id, struct error *e) {
    int64_t documents;
    if (!db_get_int(act->db, "SELECT count(*) FROM bill WHERE order_id = ? AND state = 'paid'", DB_ARGS(db_int(id.v)), 0,
                    &documents, e))
        return false;
    return documents == 0 || error_fail(e, ERROR_CONFLICT, "order_part_paid",
                                        "order %" PRId64 ": a document was issued for it; merge the other one into it", id.v);
}

static bool check_room(struct act *act, struct order_id into, struct order_id from, struct error *e) {
    int64_t lines;
    if (!db_get_int(act->db, "SELECT count(*) FROM order_line WHERE order_id IN (?, ?)", DB_ARGS(db_int(into.v), db_int(from.v)),
                    0, &lines, e))
        return false;
    return lines <= ORDER_LINES_MAX ||
           error_fail(e, ERROR_INVALID, "order_full",
                      "orders %" PRId64 " and %" PRId64 ": have %" PRId64 " lines, and at most %d fit", into.v, from.v, lines,
                      ORDER_LINES_MAX);
}

/* Its paper too: what of it is not printed yet is now waited for at the other table. */
static bool hand_over(struct act *act, struct order_id into, struct order_id from, struct error *e) {
    static const char *const owned[] = {
        "UPDATE order_line SET order_id = ? WHERE order_id = ?",
        "UPDATE order_part SET order_id = ? WHERE order_id = ?",
        "UPDATE line_void SET order_id = ? WHERE order_id = ?",
        "UPDATE discount SET order_id = ? WHERE order_id = ? AND bill_id IS NULL",
        "UPDATE print_job SET order_id = ? WHERE order_id = ?",
    };
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        if (!db_exec(act->db, owned[i], DB_ARGS(db_int(into.v), db_int(from.v)), e)) return false;
    return true;
}

/* The guests of both were asked and declined, or they are asked again: an answer given for one bill is none for a larger one. */
static enum tip_answer joint_answer(const struct order_row *into, const struct order_row *from) {
    return into->tip_answer == TIP_DECLINED && from->tip_answer == TIP_DECLINED ? TIP_DECLINED : TIP_UNASKED;
}

static int32_t joint_covers(const struct order_row *into, const struct order_row *from) {
    int32_t both = into->covers + from->covers;
    return both > ORDER_COVERS_MAX ? ORDER_COVERS_MAX : both;
}

static bool update_both(struct act *act, const struct order_row *into, const struct order_row *from, struct error *e) {
    const char *state = into->state == ORDER_SENT || from->state == ORDER_SENT ? "sent" : "open";
    const char *why = arena_printf(act->arena, "unido al pedido %" PRId64, into->number);
    if (!db_exec(act->db, "UPDATE orders SET covers = ?, state = ?, sends = sends + ?, tip_state = ?, tip = 0 WHERE id = ?",
                 DB_ARGS(db_int_or_null(joint_covers(into, from)), db_text(state), db_int(from->sends),
                         db_text(tip_answer_names[joint_answer(into, from)]), db_int(into->id.v)),
                 e))
        return false;
    return db_exec(act->db, "UPDATE bill SET state = 'voided' WHERE order_id = ?", DB_ARGS(db_int(from->id.v)), e) &&
           db_exec(act->db,
                   "UPDATE orders SET state = 'voided', merged_into = ?, ended_at = ?, void_reason = ?, tip_state = 'unasked', "
                   "tip = 0 WHERE id = ?",
                   DB_ARGS(db_int(into->id.v), db_int(act->now), db_text(why), db_int(from->id.v)), e);
}

static bool journal_merge(struct act *act, const struct order_row *into, const struct order_row *from, money net,
                          struct error *e) {
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "from", from->id.v);
    json_set_int(detail, "from_number", from->number);
    if (from->table) json_set_text(detail, "from_table", from->table);
    json_set_int(detail, "amount", net);
    if (into->tip_answer == TIP_SET || from->tip_answer == TIP_SET) json_set_int(detail, "tip_before", into->tip + from->tip);
    return journal_add(act, "order_merged", into->id, into->shift, detail, e);
}

static bool check_from(struct act *act, struct order_id id, struct order_row *out, struct error *e) {
    if (order_row_live(act->db, id, act->arena, out, e) && check_whole(act, id, e) && check_undocumented(act, id, e)) return true;
    return error_at_field(e, "from");
}

bool order_merge(struct act *act, struct order_id into, struct order_id from, struct error *e) {
    struct order_row target, source, joint;
    struct bill_totals totals;
    if (!act_person(act, e)) return false;
    if (into.v == from.v) {
        (void)error_fail(e, ERROR_INVALID, "merge_same", "order %" PRId64 ": cannot be merged into itself", into.v);
        return error_at_field(e, "from");
    }
    if (!order_row_live(act->db, into, act->arena, &target, e) || !check_whole(act, into, e)) return false;
    if (!check_from(act, from, &source, e) || !check_room(act, into, from, e)) return false;
    joint = target;
    joint.covers = joint_covers(&target, &source);
    return order_totals(act->db, from, act->arena, &totals, e) && kitchen_notice_print(act, &source, &joint, e) &&
           order_touch(act, into, NULL, e) && order_touch(act, from, NULL, e) && hand_over(act, into, from, e) &&
           update_both(act, &target, &source, e) && journal_merge(act, &target, &source, totals.net, e);
}

/* ---- to another waiter ---- */

bool order_transfer(struct act *act, struct order_id id, struct staff_id staff, struct error *e) {
    struct order_row row;
    struct staff person;
    if (!act_person(act, e) || !order_row_live(act->db, id, act->arena, &row, e)) return false;
    if (!staff_get(act->db, staff, act->arena, &person, e)) return error_at_field(e, "staff");
    if (!person.active) {
        (void)error_fail(e, ERROR_NOT_FOUND, "staff_unknown", "%s: works here no more", person.name);
        return error_at_field(e, "staff");
    }
    if (!role_may(person.role, PERMISSION_SELL)) {
        (void)error_fail(e, ERROR_INVALID, "staff_cannot_serve", "%s: a %s serves no order", person.name,
                         role_names[person.role]);
        return error_at_field(e, "staff");
    }
    if (row.server.v == staff.v) return true;
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "from", row.server.v);
    json_set_int(detail, "to", staff.v);
    return order_touch(act, id, NULL, e) &&
           db_exec(act->db, "UPDATE orders SET served_by = ? WHERE id = ?", DB_ARGS(db_int(staff.v), db_int(id.v)), e) &&
           journal_add(act, "order_transferred", id, row.shift, detail, e);
}
