/* Opening a shift, and cash that goes in or out while it is open. */
#include <inttypes.h>
#include <string.h>

#include "data/text.h"
#include "pos/core/journal.h"
#include "pos/core/shift_cash.h"

const char *const cash_kind_names[] = {"in", "out", "tip_payout", NULL};

enum { REASON_MAX = 140 };

static bool needs_person(const struct act *act, struct error *e) {
    return act->actor.staff.v != 0 || error_fail(e, ERROR_DENIED, "not_signed_in", "a shift is somebody's: sign in first");
}

static bool check_amount(money amount, money least, const char *field, struct error *e) {
    if (amount >= least && amount <= MONEY_MAX) return true;
    error_fail(e, ERROR_INVALID, "amount_out_of_range", "%s: an amount from %" PRId64 " to %" PRId64 " pesos", field, least,
               MONEY_MAX);
    return error_at_field(e, field);
}

bool shift_open(struct act *act, money float_amount, struct shift_id *out, struct error *e) {
    char day[CLOCK_DAY_MAX];
    int64_t open;
    if (!needs_person(act, e) || !check_amount(float_amount, 0, "float", e)) return false;
    if (!db_get_int(act->db, "SELECT id FROM shift WHERE state = 'open'", DB_NO_ARGS, 0, &open, e)) return false;
    if (open != 0) return error_fail(e, ERROR_CONFLICT, "shift_already_open", "shift %" PRId64 ": still open", open);
    clock_business_day(act->now, act->till->site->cutover_hour, day);
    if (!db_insert(act->db, "INSERT INTO shift (business_day, float_amount, opened_by, opened_at) VALUES (?, ?, ?, ?)",
                   DB_ARGS(db_text(day), db_int(float_amount), db_int(act->actor.staff.v), db_int(act->now)), &out->v, e))
        return false;
    struct json detail = json_new_object(act->arena);
    json_set_text(detail, "business_day", day);
    json_set_int(detail, "float", float_amount);
    act_changed(act, EVENT_SHIFT, out->v, NULL);
    return journal_add(act, "shift_opened", (struct order_id){0}, *out, detail, e);
}

bool shift_accepts(struct act *act, struct shift_id id, struct error *e) {
    struct shift s;
    if (!needs_person(act, e) || !shift_get(act->db, id, act->arena, &s, e)) return false;
    return s.open || error_fail(e, ERROR_CONFLICT, "shift_closed", "shift %" PRId64 ": already closed", id.v);
}

bool shift_check_reason(const char *reason, struct error *e) {
    size_t n = reason ? strlen(reason) : 0;
    if (n > 0 && strspn(reason, " ") < n && text_is_utf8(reason, n) && text_columns(reason) <= REASON_MAX) return true;
    error_fail(e, ERROR_INVALID, "reason_missing", "a reason of 1 to %d characters is needed", REASON_MAX);
    return error_at_field(e, "reason");
}

bool shift_cash(struct act *act, struct shift_id id, enum cash_kind kind, money amount, const char *reason, int64_t *movement,
                struct error *e) {
    if (!shift_accepts(act, id, e) || !check_amount(amount, 1, "amount", e) || !shift_check_reason(reason, e)) return false;
    if (!db_insert(act->db, "INSERT INTO cash_movement (shift_id, kind, amount, reason, staff_id, at) VALUES (?, ?, ?, ?, ?, ?)",
                   DB_ARGS(db_int(id.v), db_text(cash_kind_names[kind]), db_int(amount), db_text(reason),
                           db_int(act->actor.staff.v), db_int(act->now)),
                   movement, e))
        return false;
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "movement", *movement);
    json_set_text(detail, "kind", cash_kind_names[kind]);
    json_set_int(detail, "amount", amount);
    json_set_text(detail, "reason", reason);
    act_changed(act, EVENT_SHIFT, id.v, NULL);
    return journal_add(act, "cash_moved", (struct order_id){0}, id, detail, e) && cash_slip(act, id, kind, amount, reason, e);
}
