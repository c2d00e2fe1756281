/* What comes off: a discount or a courtesy, of a line or of the whole check, within what a role may give; and taking it back. */
#include <inttypes.h>

#include "pos/core/journal.h"
#include "pos/core/order_checks.h"

/* A discount on its way. */
struct giving {
    const struct order_discount_new *in;
    struct order_row order;
    struct order_checks checks;
    const struct order_bill *check; /* what no split has fixed */
    money gross, off, left;         /* of the line or the check: before, what came off already (courtesies apart), what is left */
    money value;
    bool approved; /* by the manager, not by the role of who gives it */
};

static bool check_new(const struct order_discount_new *in, struct error *e) {
    if (!in->reason || !in->reason[0]) {
        (void)error_fail(e, ERROR_INVALID, "reason_missing", "a discount needs a reason");
        return error_at_field(e, "reason");
    }
    if ((in->percent != 0) == (in->amount != 0) || in->percent < 0 || in->percent > RATE_ONE || in->amount < 0 ||
        in->amount > MONEY_MAX)
        return error_fail(e, ERROR_INVALID, "invalid_field", "a discount is one of: percent up to 10000, amount");
    return order_check_text(in->reason, ORDER_NOTE_MAX, "reason", e);
}

/* ---- what it comes off ---- */

static bool no_such_line(struct act *act, const struct giving *g, struct error *e) {
    int64_t left;
    if (!db_get_int(act->db, "SELECT quantity - voided FROM order_line WHERE id = ? AND order_id = ?",
                    DB_ARGS(db_int(g->in->line.v), db_int(g->order.id.v)), -1, &left, e))
        return false;
    if (left < 0) {
        (void)error_fail(e, ERROR_NOT_FOUND, "line_unknown", "order %" PRId64 ": has no line %" PRId64, g->order.id.v,
                         g->in->line.v);
        return error_at_field(e, "line");
    }
    if (left == 0)
        return error_fail(e, ERROR_CONFLICT, "line_voided", "order %" PRId64 ", line %" PRId64 ": nothing is left of it",
                          g->order.id.v, g->in->line.v);
    return order_line_free(act->db, g->order.id, g->in->line, e) &&
           error_fail(e, ERROR_INTERNAL, "line_lost", "order %" PRId64 ", line %" PRId64 ": live, and on no check", g->order.id.v,
                      g->in->line.v);
}

static bool find_target(struct act *act, struct giving *g, struct error *e) {
    for (size_t i = 0; i < g->checks.count; i++)
        if (!g->checks.list[i].paid && g->checks.list[i].split == 0) g->check = &g->checks.list[i];
    const struct bill_totals *t = g->check ? &g->check->totals : NULL;
    for (size_t i = 0; t && g->in->line.v != 0 && i < t->line_count; i++) {
        if (t->lines[i].line != g->in->line.v) continue;
        g->gross = t->lines[i].gross;
        g->off = t->lines[i].discount - t->lines[i].courtesy;
        g->left = t->lines[i].net;
        return true;
    }
    if (g->in->line.v != 0) return no_such_line(act, g, e);
    if (!t)
        return error_fail(e, ERROR_CONFLICT, "order_split", "order %" PRId64 ": its checks are fixed; undo the split first",
                          g->order.id.v);
    if (t->line_count == 0)
        return error_fail(e, ERROR_CONFLICT, "order_empty", "order %" PRId64 ": there is nothing on it", g->order.id.v);
    g->gross = t->gross;
    g->off = t->discount - t->courtesy;
    g->left = t->net;
    return true;
}

static bool find_value(struct giving *g, struct error *e) {
    g->value = g->in->percent ? money_percent(g->left, g->in->percent) : g->in->amount;
    if (g->left > 0 && g->value <= g->left) return true;
    (void)error_fail(e, ERROR_INVALID, "discount_too_large", "a discount of %" PRId64 ": %" PRId64 " is left", g->value, g->left);
    return error_at_field(e, g->in->percent ? "percent" : "amount");
}

/* ---- who may ---- */

static int32_t limit_of(const struct site *site, enum role role) {
    switch (role) {
    case ROLE_WAITER:
        return site->discount_limits.waiter;
    case ROLE_CASHIER:
        return site->discount_limits.cashier;
    case ROLE_MANAGER:
        return site->discount_limits.manager;
    case ROLE_ADMINISTRATOR:
        return site->discount_limits.administrator;
    case ROLE_COOK:
    case ROLE_COUNT:
        break;
    }
    return 0;
}

/* Together with what came off before: many small ones are no way around the limit. */
static bool within(const struct giving *g, int32_t limit) {
    return g->off + g->value <= money_percent(g->gross, limit);
}

static bool may_give(struct act *act, struct giving *g, struct error *e) {
    const struct actor *who = &act->actor;
    if (g->in->courtesy) {
        g->approved = !role_may(who->role, PERMISSION_COURTESY);
        return act_may(act, PERMISSION_COURTESY, e);
    }
    int32_t own = limit_of(act->till->site, who->role);
    if (within(g, own)) return true;
    g->approved = who->approver.v != 0 && role_may(who->approver_role, PERMISSION_DISCOUNT) &&
                  within(g, limit_of(act->till->site, who->approver_role));
    return g->approved || error_fail(e, ERROR_DENIED, "approval_required",
                                     "over %" PRId32 " hundredths of a percent of it a manager must approve (%s)", own,
                                     permission_names[PERMISSION_DISCOUNT]);
}

/* ---- giving ---- */

static bool insert(struct act *act, const struct giving *g, int64_t *id, struct error *e) {
    return db_insert(act->db,
                     "INSERT INTO discount (order_id, line_id, kind, percent, amount, reason, staff_id, approved_by, at)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     DB_ARGS(db_int(g->order.id.v), db_int_or_null(g->in->line.v),
                             db_text(g->in->courtesy ? "courtesy" : "discount"), db_int_or_null(g->in->percent),
                             db_int_or_null(g->in->amount), db_text(g->in->reason), db_int(act->actor.staff.v),
                             db_int_or_null(g->approved ? act->actor.approver.v : 0), db_int(act->now)),
                     id, e);
}

static bool journal(struct act *act, const char *kind, const struct order_row *row, const struct order_discount *d,
                    struct error *e) {
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "discount", d->id);
    json_set_text(detail, "kind", d->courtesy ? "courtesy" : "discount");
    if (d->line.v != 0) json_set_int(detail, "line", d->line.v);
    if (d->percent) json_set_int(detail, "percent", d->percent);
    json_set_int(detail, "amount", d->value);
    json_set_text(detail, "reason", d->reason);
    return journal_add(act, kind, row->id, row->shift, detail, e);
}

bool order_discount(struct act *act, struct order_id id, const struct order_discount_new *in, int64_t *out, struct error *e) {
    struct giving g = {.in = in};
    if (!act_person(act, e) || !check_new(in, e) || !order_row_live(act->db, id, act->arena, &g.order, e)) return false;
    if (!order_checks(act->db, &g.order, act->arena, &g.checks, e)) return false;
    if (g.checks.discount_count >= ORDER_DISCOUNTS_MAX)
        return error_fail(e, ERROR_CONFLICT, "discounts_full", "order %" PRId64 ": has %d discounts already", id.v,
                          ORDER_DISCOUNTS_MAX);
    if (!find_target(act, &g, e) || !find_value(&g, e) || !may_give(act, &g, e)) return false;
    if (!order_touch(act, id, NULL, e) || !insert(act, &g, out, e) || !order_not_overpaid(act, id, e)) return false;
    struct order_discount given = {
        .id = *out, .line = in->line, .courtesy = in->courtesy, .percent = in->percent, .value = g.value, .reason = in->reason};
    return journal(act, "discount", &g.order, &given, e);
}

bool order_discount_remove(struct act *act, struct order_id id, int64_t discount, struct error *e) {
    struct order_row row;
    struct order_checks checks;
    const struct order_discount *found = NULL;
    if (!act_person(act, e) || !order_row_live(act->db, id, act->arena, &row, e) ||
        !order_checks(act->db, &row, act->arena, &checks, e))
        return false;
    for (size_t i = 0; i < checks.discount_count; i++)
        if (checks.discounts[i].id == discount) found = &checks.discounts[i];
    if (!found)
        return error_fail(e, ERROR_NOT_FOUND, "discount_unknown", "order %" PRId64 ": has no discount %" PRId64, id.v, discount);
    if (found->split != 0)
        return error_fail(e, ERROR_CONFLICT, "order_split",
                          "order %" PRId64 ", discount %" PRId64 ": stands in its checks; undo the split first", id.v, discount);
    if (!order_touch(act, id, NULL, e)) return false;
    if (!db_exec(act->db, "UPDATE discount SET removed_by = ?, removed_at = ? WHERE id = ?",
                 DB_ARGS(db_int(act->actor.staff.v), db_int(act->now), db_int(discount)), e))
        return false;
    return journal(act, "discount_removed", &row, found, e);
}
