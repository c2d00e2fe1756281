/* The tip: asked, answered, changed or removed, check by check; each answer is in the journal and never touches a tax. */
#include <inttypes.h>

#include "pos/core/journal.h"
#include "pos/core/order_checks.h"

static bool check_amount(struct act *act, const struct order_bill *check, money amount, struct error *e) {
    money ceiling = bill_tip_ceiling(&check->totals, act->till->site->tip_max_rate);
    if (amount >= 0 && amount <= ceiling) return true;
    (void)error_fail(e, ERROR_INVALID, "tip_over_limit", "a tip of %" PRId64 ": must be 0 to %" PRId64, amount, ceiling);
    return error_at_field(e, "amount");
}

static bool journal_tip(struct act *act, const struct order_row *row, const struct order_bill *check, enum tip_answer answer,
                        money amount, struct error *e) {
    struct json detail = json_new_object(act->arena);
    json_set_text(detail, "answer", tip_answer_names[answer]);
    json_set_int(detail, "amount", amount);
    json_set_int(detail, "before", check->totals.tip);
    if (check->split != 0) json_set_int(detail, "bill", check->id.v);
    return journal_add(act, "tip", row->id, row->shift, detail, e);
}

static bool find(struct act *act, struct order_id id, struct bill_id wanted, struct order_row *row, struct order_checks *checks,
                 struct order_bill **out, struct error *e) {
    return order_row_live(act->db, id, act->arena, row, e) && order_checks(act->db, row, act->arena, checks, e) &&
           order_checks_find(checks, id, wanted, out, e);
}

/* What a split has fixed has an answer of its own; all else is answered for on the order. */
static bool store(struct act *act, struct order_id id, const struct order_bill *check, enum tip_answer answer, money amount,
                  struct error *e) {
    const struct db_arg state = db_text(tip_answer_names[answer]);
    if (check->split == 0)
        return db_exec(act->db, "UPDATE orders SET tip_state = ?, tip = ? WHERE id = ?",
                       DB_ARGS(state, db_int(amount), db_int(id.v)), e);
    return db_exec(act->db, "UPDATE bill SET tip_state = ?, tip_wanted = ? WHERE id = ?",
                   DB_ARGS(state, db_int(amount), db_int(check->id.v)), e);
}

bool order_tip(struct act *act, struct order_id id, struct bill_id wanted, enum tip_answer answer, money amount,
               struct error *e) {
    struct order_row row;
    struct order_checks checks;
    struct order_bill *check;
    if (!find(act, id, wanted, &row, &checks, &check, e)) return false;
    if (act->till->site->tip_rule == TIP_OFF)
        return error_fail(e, ERROR_INVALID, "tip_off", "%s: asks for no tip", act->till->site->name);
    if (answer != TIP_SET) amount = 0;
    if (answer == TIP_SET && !check_amount(act, check, amount, e)) return false;
    if (!order_touch(act, id, NULL, e) || !store(act, id, check, answer, amount, e)) return false;
    return order_not_overpaid(act, id, e) && journal_tip(act, &row, check, answer, amount, e);
}

bool order_tip_percent(struct act *act, struct order_id id, struct bill_id wanted, int32_t percent, money *out, struct error *e) {
    struct order_row row;
    struct order_checks checks;
    struct order_bill *check;
    if (!find(act, id, wanted, &row, &checks, &check, e)) return false;
    *out = bill_tip_ceiling(&check->totals, percent);
    return true;
}
