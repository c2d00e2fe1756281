/* What the order's verbs share: reading its row, raising its version, totals of what it sold, and common refusals. */
#include "pos/core/order_row.h"

#include <inttypes.h>
#include <string.h>

#include "data/text.h"

const char *const order_state_names[] = {"open", "sent", "paid", "closed", "voided", NULL};
const char *const order_kind_labels[ORDER_KIND_COUNT] = {
    [ORDER_TABLE] = "Mesa", [ORDER_COUNTER] = "Mostrador", [ORDER_TAKEAWAY] = "Para llevar", [ORDER_TRUCK] = "Camión"};
const char *const tip_answer_names[] = {"unasked", "declined", "set", NULL};

int order_name_index(const char *const *names, const char *name) {
    for (int i = 0; name && names[i]; i++)
        if (strcmp(names[i], name) == 0) return i;
    return 0;
}

static void fill_row(const struct db_rows *r, struct arena *a, struct order_row *out) {
    *out = (struct order_row){
        .id = {db_col_int(r, 0)},
        .shift = {db_col_int(r, 1)},
        .number = db_col_int(r, 2),
        .kind = (enum order_kind)order_name_index(order_kind_names, db_col_text(r, 3)),
        .table = arena_text(a, db_col_text(r, 4)),
        .name = arena_text(a, db_col_text(r, 5)),
        .covers = (int32_t)db_col_int(r, 6),
        .state = (enum order_state)order_name_index(order_state_names, db_col_text(r, 7)),
        .version = db_col_int(r, 8),
        .sends = db_col_int(r, 9),
        .tip_answer = (enum tip_answer)order_name_index(tip_answer_names, db_col_text(r, 10)),
        .tip = db_col_int(r, 11),
        .opened_at = db_col_int(r, 12),
        .ended_at = db_col_int(r, 13),
        .void_reason = arena_text(a, db_col_text(r, 14)),
        .opened_by = arena_text(a, db_col_text(r, 15)),
        .served_by = arena_text(a, db_col_text(r, 16)),
        .server = {db_col_int(r, 17)},
        .merged_into = {db_col_int(r, 18)},
    };
}

bool order_row_get(struct db *db, struct order_id id, struct arena *a, struct order_row *out, struct error *e) {
    struct db_rows r;
    if (!db_query(
            db,
            "SELECT o.id, o.shift_id, o.number, o.kind, o.table_slug, o.name, o.covers, o.state, o.version, o.sends, "
            "o.tip_state, o.tip,"
            " o.opened_at, o.ended_at, o.void_reason, s.name, w.name, w.id, o.merged_into FROM orders o"
            " JOIN staff s ON s.id = o.opened_by JOIN staff w ON w.id = ifnull(o.served_by, o.opened_by) WHERE o.id = ?",
            DB_ARGS(db_int(id.v)), &r, e))
        return false;
    bool found = db_next(&r);
    if (found) fill_row(&r, a, out);
    if (!db_done(&r, e)) return false;
    return found || error_fail(e, ERROR_NOT_FOUND, "order_unknown", "order %" PRId64 ": there is none", id.v);
}

bool order_row_live(struct db *db, struct order_id id, struct arena *a, struct order_row *out, struct error *e) {
    if (!order_row_get(db, id, a, out, e)) return false;
    switch (out->state) {
    case ORDER_OPEN:
    case ORDER_SENT:
        return true;
    case ORDER_VOIDED:
        return error_fail(e, ERROR_CONFLICT, "order_voided", "order %" PRId64 ": voided", id.v);
    case ORDER_PAID:
    case ORDER_CLOSED:
        break;
    }
    return error_fail(e, ERROR_CONFLICT, "order_paid", "order %" PRId64 ": already paid", id.v);
}

bool order_touch(struct act *act, struct order_id id, int64_t *lines, struct error *e) {
    if (!db_exec(act->db, "UPDATE orders SET version = version + 1 WHERE id = ? AND (state = 'open' OR state = 'sent')",
                 DB_ARGS(db_int(id.v)), e))
        return false;
    struct order_row row;
    if (db_changes(act->db) == 0)
        return order_row_live(act->db, id, act->arena, &row, e) &&
               error_fail(e, ERROR_INTERNAL, "order_unchanged", "order %" PRId64 ": live, yet could not be changed", id.v);
    if (lines &&
        !db_get_int(act->db, "SELECT count(*) FROM order_line WHERE order_id = ?", DB_ARGS(db_int(id.v)), 0, lines, e))
        return false;
    act_changed(act, EVENT_ORDER, id.v, NULL);
    return true;
}

bool act_person(const struct act *act, struct error *e) {
    return act->actor.staff.v != 0 || error_fail(e, ERROR_DENIED, "staff_needed", "only a person who is signed in can sell");
}

bool order_table_free(struct act *act, const char *table, struct error *e) {
    const struct site *site = act->till->site;
    int64_t there;
    if (!site_find_table(site, table)) {
        (void)error_fail(e, ERROR_INVALID, "table_unknown", "%s: there is no table \"%s\"", site->name, table ? table : "");
        return error_at_field(e, "table");
    }
    if (!db_get_int(act->db, "SELECT id FROM orders WHERE state IN ('open', 'sent') AND table_slug = ?", DB_ARGS(db_text(table)),
                    0, &there, e))
        return false;
    if (there == 0) return true;
    (void)error_fail(e, ERROR_CONFLICT, "table_taken", "table %s: order %" PRId64 " is open on it", table, there);
    return error_at_field(e, "table");
}

bool order_check_text(const char *text, size_t max, const char *field, struct error *e) {
    const char *c = text;
    while (*c && (unsigned char)*c >= 0x20 && *c != 0x7F) c++;
    if (*c == '\0' && text_is_utf8(text, strlen(text)) && text_columns(text) <= max) return true;
    (void)error_fail(e, ERROR_INVALID, "invalid_field", "%s: at most %zu characters on one line", field, max);
    return error_at_field(e, field);
}

bool order_take_stock(struct act *act, const struct menu_item *item, int64_t quantity, struct error *e) {
    struct menu_availability is;
    if (!menu_availability_get(act->db, item, &is, e)) return false;
    if (is.available && is.remaining < 0) return true; /* not counted */
    if (!menu_availability_take(act->db, item, quantity, act->now, e)) return false;
    if (is.remaining >= 0) act_changed(act, EVENT_MENU, 0, item->id);
    return true;
}
