/* Opening an order: a number from the open shift, a table that is free, and the one bill it starts with. */
#include <inttypes.h>
#include <string.h>

#include "pos/core/order_row.h"
#include "pos/core/shift.h"

static bool check_new(const struct site *site, const struct order_new *in, struct error *e) {
    if (in->kind >= ORDER_KIND_COUNT || !site->kinds[in->kind]) {
        (void)error_fail(e, ERROR_INVALID, "kind_not_offered", "%s: does not sell this way", site->name);
        return error_at_field(e, "kind");
    }
    if (in->kind != ORDER_TABLE && in->table) {
        (void)error_fail(e, ERROR_INVALID, "invalid_field", "table: only an order at a table has one");
        return error_at_field(e, "table");
    }
    if (in->covers < 0 || in->covers > ORDER_COVERS_MAX) {
        (void)error_fail(e, ERROR_INVALID, "invalid_field", "covers: must be 1 to %d", ORDER_COVERS_MAX);
        return error_at_field(e, "covers");
    }
    return !in->name || order_check_text(in->name, ORDER_NAME_MAX, "name", e);
}

/* The open shift's next called number. */
static bool take_number(struct act *act, struct shift_id *shift, int64_t *number, struct error *e) {
    return shift_now(act->db, shift, e) &&
           db_get_int(act->db, "SELECT next_number FROM shift WHERE id = ?", DB_ARGS(db_int(shift->v)), 0, number, e) &&
           db_exec(act->db, "UPDATE shift SET next_number = next_number + 1 WHERE id = ?", DB_ARGS(db_int(shift->v)), e);
}

bool order_open(struct act *act, const struct order_new *in, struct order_id *out, struct error *e) {
    struct shift_id shift;
    int64_t number, id, bill;
    if (!act_person(act, e) || !check_new(act->till->site, in, e)) return false;
    if (in->kind == ORDER_TABLE && !order_table_free(act, in->table, e)) return false;
    if (!take_number(act, &shift, &number, e)) return false;
    const struct menu *menu = atomic_load(&act->till->menu);
    if (!db_insert(
            act->db,
            "INSERT INTO orders (shift_id, number, kind, table_slug, name, covers, menu_version, opened_by, device, opened_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            DB_ARGS(db_int(shift.v), db_int(number), db_text(order_kind_names[in->kind]), db_text(in->table),
                    db_text(in->name ? in->name : ""), db_int_or_null(in->covers), db_int(menu->version),
                    db_int(act->actor.staff.v), db_text(act->actor.device), db_int(act->now)),
            &id, e))
        return false;
    if (!db_insert(act->db, "INSERT INTO bill (order_id) VALUES (?)", DB_ARGS(db_int(id)), &bill, e)) return false;
    act_changed(act, EVENT_ORDER, id, NULL);
    *out = (struct order_id){id};
    return true;
}
