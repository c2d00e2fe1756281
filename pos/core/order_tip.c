/* The tip: asked, answered, changed or removed; each answer is in the journal and never touches a tax. */
#include <inttypes.h>

#include "pos/core/journal.h"
#include "pos/core/order_row.h"

static bool check_amount(struct act *act, struct order_id id, money amount, struct error *e) {
    struct bill_totals totals;
    if (!order_totals(act->db, id, 0, act->arena, &totals, e)) return false;
    money ceiling = bill_tip_ceiling(&totals, act->till->site->tip_max_rate);
    if (amount >= 0 && amount <= ceiling) return true;
    (void)error_fail(e, ERROR_INVALID, "tip_over_limit", "a tip of %" PRId64 ": must be 0 to %" PRId64, amount, ceiling);
    return error_at_field(e, "amount");
}

static bool journal_tip(struct act *act, const struct order_row *row, enum tip_answer answer, money amount, struct error *e) {
    struct json detail = json_new_object(act->arena);
    json_set_text(detail, "answer", tip_answer_names[answer]);
    json_set_int(detail, "amount", amount);
    json_set_int(detail, "before", row->tip);
    return journal_add(act, "tip", row->id, row->shift, detail, e);
}

bool order_tip(struct act *act, struct order_id id, enum tip_answer answer, money amount, struct error *e) {
    struct order_row row;
    if (!order_row_live(act->db, id, act->arena, &row, e)) return false;
    if (act->till->site->tip_rule == TIP_OFF)
        return error_fail(e, ERROR_INVALID, "tip_off", "%s: asks for no tip", act->till->site->name);
    if (answer != TIP_SET) amount = 0;
    if (answer == TIP_SET && !check_amount(act, id, amount, e)) return false;
    if (!order_touch(act, id, NULL, e)) return false;
    if (!db_exec(act->db, "UPDATE orders SET tip_state = ?, tip = ? WHERE id = ?",
                 DB_ARGS(db_text(tip_answer_names[answer]), db_int(amount), db_int(id.v)), e))
        return false;
    return order_not_overpaid(act, id, e) && journal_tip(act, &row, answer, amount, e);
}
