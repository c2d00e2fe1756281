/* Giving back what was paid: which check, how much of it, and by which means. */
#include "pos/core/refund.h"

#include <inttypes.h>
#include <string.h>

#include "pos/core/journal.h"
#include "pos/core/numbering.h"
#include "pos/core/refund_store.h"
#include "pos/core/shift.h"

/* ---- what it stands on ---- */

bool refund_reason(const char *reason, struct error *e) {
    if (!reason || !reason[0]) {
        (void)error_fail(e, ERROR_INVALID, "reason_missing", "a reason is needed to give money back");
        return error_at_field(e, "reason");
    }
    return order_check_text(reason, REFUND_REASON_MAX, "reason", e);
}

static bool named_check(struct db *db, struct order_id id, struct bill_id bill, struct arena *a, struct error *e) {
    const char *state;
    if (!db_get_text(db, "SELECT state FROM bill WHERE id = ? AND order_id = ?", DB_ARGS(db_int(bill.v), db_int(id.v)), a, &state,
                     e))
        return false;
    if (!state) {
        (void)error_fail(e, ERROR_NOT_FOUND, "bill_unknown", "order %" PRId64 ": has no check %" PRId64, id.v, bill.v);
        return error_at_field(e, "check");
    }
    return state[0] == 'p' ||
           error_fail(e, ERROR_CONFLICT, "order_not_paid", "order %" PRId64 ", check %" PRId64 ": is not paid", id.v, bill.v);
}

/* The only one that is paid. What was given back so that the order is sold anew does not count. */
static bool only_check(struct db *db, struct order_id id, struct bill_id *out, struct error *e) {
    struct db_rows r;
    int64_t paid = 0;
    if (!db_query(db, "SELECT id FROM bill_counting WHERE order_id = ? AND state = 'paid'", DB_ARGS(db_int(id.v)), &r, e))
        return false;
    for (; db_next(&r); paid++) out->v = db_col_int(&r, 0);
    if (!db_done(&r, e)) return false;
    if (paid == 0) return error_fail(e, ERROR_CONFLICT, "order_not_paid", "order %" PRId64 ": nothing of it is paid", id.v);
    if (paid == 1) return true;
    (void)error_fail(e, ERROR_INVALID, "check_needed", "order %" PRId64 ": %" PRId64 " checks are paid; say which", id.v, paid);
    return error_at_field(e, "check");
}

/* The check in question, of an order that has one: what a refund and its quote both ask first. */
static bool check_meant(struct db *db, const struct order_row *order, struct bill_id wanted, struct arena *a, struct bill_id *out,
                        struct error *e) {
    *out = wanted;
    if (order->state == ORDER_VOIDED)
        return error_fail(e, ERROR_CONFLICT, "order_voided", "order %" PRId64 ": voided", order->id.v);
    return wanted.v != 0 ? named_check(db, order->id, wanted, a, e) : only_check(db, order->id, out, e);
}

/* ---- how the money goes back ---- */

/* What is left of each payment of the check: how much of its due it still settles, and what is left of what was charged. */
static bool read_left(struct db *db, struct arena *a, struct refund_giving *g, struct error *e) {
    int64_t count;
    struct db_rows r;
    if (!db_get_int(db, "SELECT count(*) FROM payment WHERE bill_id = ?", DB_ARGS(db_int(g->bill.v)), 0, &count, e)) return false;
    g->shares = ARENA_ARRAY(a, (size_t)count + 1, struct refund_share);
    g->share_count = 0;
    if (!db_query(db,
                  "SELECT p.id, p.kind, p.means, p.amount - ifnull(sum(g.amount), 0), p.charged - ifnull(sum(g.charged), 0)"
                  " FROM payment p LEFT JOIN refund r ON r.bill_id = p.bill_id"
                  " LEFT JOIN refund_payment g ON g.refund_id = r.id AND g.payment_id = p.id"
                  " WHERE p.bill_id = ? GROUP BY p.id ORDER BY p.id",
                  DB_ARGS(db_int(g->bill.v)), &r, e))
        return false;
    while (g->share_count < (size_t)count && db_next(&r))
        g->shares[g->share_count++] = (struct refund_share){
            .payment = db_col_int(&r, 0),
            .kind = arena_text(a, db_col_text(&r, 1)),
            .means = arena_text(a, db_col_text(&r, 2)),
            .amount = db_col_int(&r, 3),
            .charged = db_col_int(&r, 4),
        };
    return db_done(&r, e);
}

/* The shares become what is given back of what was left. Cash comes in whole coins; all of a payment is all that was charged. */
static bool share_out(const struct site *site, struct arena *a, struct refund_giving *g, struct error *e) {
    money *left = ARENA_ARRAY(a, g->share_count + 1, money);
    money *given = ARENA_ARRAY(a, g->share_count + 1, money);
    for (size_t i = 0; i < g->share_count; i++) left[i] = g->shares[i].amount;
    if (!money_apportion(g->part.due, left, g->share_count, given, e)) return false;
    for (size_t i = 0; i < g->share_count; i++) {
        struct refund_share *s = &g->shares[i];
        if (given[i] < left[i]) {
            s->charged = money_share(s->charged, given[i], left[i]);
            if (strcmp(s->kind, means_names[MEANS_CASH]) == 0) s->charged = money_round_down(s->charged, site->coin);
        }
        s->amount = given[i];
    }
    return true;
}

/* ---- one refund of one check ---- */

static bool anything_left(const struct bill_totals *rest) {
    if (rest->due > 0) return true;
    for (size_t i = 0; i < rest->line_count; i++)
        if (rest->lines[i].quantity > 0) return true;
    return false;
}

static bool take_tip(struct refund_giving *g, const struct bill_pool *pool, struct error *e) {
    g->part = (struct bill_totals){.tip = g->tip, .due = g->tip};
    if (g->tip <= pool->rest.tip) return true;
    (void)error_fail(e, ERROR_INVALID, "refund_tip_too_large",
                     "order %" PRId64 ", check %" PRId64 ": %" PRId64 " of its tip is left", g->order->id.v, g->bill.v,
                     pool->rest.tip);
    return error_at_field(e, "tip");
}

static bool take_part(struct db *db, struct arena *a, struct refund_giving *g, const struct bill_pick *picks, size_t n,
                      bool *empty, struct error *e) {
    struct bill_pool pool;
    if (!refund_pool(db, g->bill, a, &pool, e)) return false;
    *empty = !anything_left(&pool.rest);
    if (*empty && !g->reopens)
        return error_fail(e, ERROR_CONFLICT, "refund_nothing_left", "order %" PRId64 ", check %" PRId64 ": all was given back",
                          g->order->id.v, g->bill.v);
    if (g->tip > 0) return take_tip(g, &pool, e);
    if (n > 0) return bill_take_lines(&pool, picks, n, false, a, &g->part, e);
    bill_take_rest(&pool, a, &g->part);
    return true;
}

/* What goes back, and how: all of a refund's figures, before anything is stored. */
static bool work_out(struct db *db, const struct site *site, struct arena *a, struct refund_giving *g,
                     const struct bill_pick *picks, size_t n, bool *empty, struct error *e) {
    return take_part(db, a, g, picks, n, empty, e) && read_left(db, a, g, e) && share_out(site, a, g, e);
}

static bool print_ticket(struct act *act, const struct refund_giving *g, struct refund_done *out, struct error *e) {
    struct job_new job = {
        .kind = "refund", .printer = act->till->site->receipt_printer->slug, .order_id = g->order->id.v, .shift_id = g->shift.v};
    struct ticket *ticket;
    if (!refund_ticket(act->db, act->till->site, out->id, act->arena, &ticket, e)) return false;
    job.ticket = ticket;
    if (!job_add(act->db, &job, act->now, &out->job.v, e)) return false;
    act_changed(act, EVENT_PRINT_JOB, out->job.v, job.printer);
    return true;
}

static bool journal_refund(struct act *act, const struct refund_giving *g, const struct refund_done *done, struct error *e) {
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "refund", done->id);
    json_set_int(detail, "number", done->number);
    json_set_int(detail, "bill", g->bill.v);
    json_set_int(detail, "total", g->part.due);
    json_set_int(detail, "net", g->part.net);
    json_set_int(detail, "tax", g->part.tax);
    json_set_int(detail, "tip", g->part.tip);
    struct json means = json_set_array(detail, "means");
    for (size_t i = 0; i < g->share_count; i++) {
        if (g->shares[i].amount == 0) continue;
        struct json row = json_push_object(means);
        json_set_text(row, "means", g->shares[i].means);
        json_set_int(row, "amount", g->shares[i].amount);
        json_set_int(row, "charged", g->shares[i].charged);
    }
    json_set_bool(detail, "reopens", g->reopens);
    json_set_text(detail, "reason", g->reason);
    return journal_add(act, "refund", g->order->id, g->shift, detail, e);
}

bool refund_give(struct act *act, struct refund_giving *g, const struct bill_pick *picks, size_t n, struct refund_done *out,
                 struct error *e) {
    bool empty;
    *out = (struct refund_done){0};
    if (!work_out(act->db, act->till->site, act->arena, g, picks, n, &empty, e)) return false;
    if (!refund_insert(act, g, out, e) || (!empty && !print_ticket(act, g, out, e))) return false;
    return journal_refund(act, g, out, e);
}

/* ---- the verb ---- */

bool refund_take(struct act *act, struct order_id id, const struct refund_new *in, struct refund_done *out, struct error *e) {
    struct order_row order;
    struct refund_giving g = {.order = &order, .bill = in->bill, .reason = in->reason, .tip = in->tip};
    if (!act_person(act, e) || !refund_reason(in->reason, e) || !order_row_get(act->db, id, act->arena, &order, e)) return false;
    if (!check_meant(act->db, &order, in->bill, act->arena, &g.bill, e)) return false;
    if (!act_may(act, PERMISSION_REFUND, e) || !shift_now(act->db, &g.shift, e)) return false;
    if (!refund_give(act, &g, in->picks, in->pick_count, out, e)) return false;
    act_changed(act, EVENT_ORDER, id.v, NULL);
    return db_exec(act->db, "UPDATE orders SET version = version + 1 WHERE id = ?", DB_ARGS(db_int(id.v)), e);
}

/* ---- beforehand ---- */

static void fill_quote(struct refund_giving *g, struct arena *a, struct refund *out) {
    struct refund_line *lines = ARENA_ARRAY(a, g->part.line_count + 1, struct refund_line);
    struct refund_means *means = ARENA_ARRAY(a, g->share_count + 1, struct refund_means);
    *out = (struct refund){.bill = g->bill, .totals = g->part, .lines = lines, .means = means};
    for (size_t i = 0; i < g->part.line_count; i++) {
        const struct bill_line_out *l = &g->part.lines[i];
        if (l->quantity == 0 && l->gross == 0) continue;
        lines[out->line_count++] = (struct refund_line){.line = {l->line},
                                                        .quantity = l->quantity,
                                                        .gross = l->gross,
                                                        .discount = l->discount,
                                                        .courtesy = l->courtesy,
                                                        .net = l->net};
    }
    for (size_t i = 0; i < g->share_count; i++) {
        const struct refund_share *s = &g->shares[i];
        if (s->amount == 0) continue;
        means[out->means_count++] = (struct refund_means){
            .payment = s->payment, .kind = s->kind, .means = s->means, .amount = s->amount, .charged = s->charged};
        out->charged += s->charged;
    }
}

bool refund_quote(struct db *db, const struct site *site, struct order_id id, const struct refund_new *in, struct arena *a,
                  struct refund *out, struct error *e) {
    struct order_row order;
    struct refund_giving g = {.order = &order, .tip = in->tip};
    bool empty;
    if (!order_row_get(db, id, a, &order, e) || !check_meant(db, &order, in->bill, a, &g.bill, e)) return false;
    if (!work_out(db, site, a, &g, in->picks, in->pick_count, &empty, e)) return false;
    fill_quote(&g, a, out);
    return true;
}
