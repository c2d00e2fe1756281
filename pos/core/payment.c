/* Taking a payment: part of a check, or the whole of it with its document and its receipt; the last one ends the order. */
#include "pos/core/payment.h"

#include <inttypes.h>

#include "data/clock.h"
#include "pos/core/bill_store.h"
#include "pos/core/document.h"
#include "pos/core/journal.h"
#include "pos/core/kitchen.h"
#include "pos/core/numbering.h"
#include "pos/core/order_checks.h"
#include "pos/core/payment_check.h"
#include "pos/core/receipt.h"
#include "pos/core/shift.h"

/* A payment on its way: what was asked for and what it stands on. */
struct taking {
    const struct payment_new *in;
    const struct site_means *means;
    const char *buyer; /* stored form, or NULL */
    struct order_row order;
    struct shift_id shift; /* the open one: where the money goes */
    struct order_checks checks;
    struct order_bill *check; /* the one it pays */
    money tendered;
    bool closes;
};

/* ---- what it stands on ---- */

/* A share of a tip that was within its limit is, to the peso, within its own: a split has asked that already. */
static bool check_tip(const struct site *site, const struct taking *t, struct error *e) {
    money tip = t->check->totals.tip, ceiling = bill_tip_ceiling(&t->check->totals, site->tip_max_rate);
    if (site->tip_rule == TIP_ASK && t->check->tip_answer == TIP_UNASKED)
        return error_fail(e, ERROR_CONFLICT, "tip_unasked", "order %" PRId64 ": the guest was not asked for the tip yet",
                          t->order.id.v);
    return t->check->split != 0 || tip <= ceiling ||
           error_fail(e, ERROR_INVALID, "tip_over_limit",
                      "order %" PRId64 ": its tip of %" PRId64 " is over %" PRId64 " now; ask again", t->order.id.v, tip,
                      ceiling);
}

static bool find_all(struct act *act, struct order_id id, struct taking *t, struct error *e) {
    const struct site *site = act->till->site;
    if (!act_person(act, e) || !order_row_live(act->db, id, act->arena, &t->order, e)) return false;
    if (!payment_find_means(site, t->in->means, &t->means, e) || !payment_check_reference(t->means, t->in->reference, e))
        return false;
    if (!payment_check_buyer(t->in->buyer, act->arena, &t->buyer, e) || !shift_now(act->db, &t->shift, e)) return false;
    if (!order_checks(act->db, &t->order, act->arena, &t->checks, e) ||
        !order_checks_find(&t->checks, id, t->in->bill, &t->check, e))
        return false;
    if (t->check->totals.line_count == 0)
        return error_fail(e, ERROR_CONFLICT, "order_empty", "order %" PRId64 ": there is nothing on it", id.v);
    return check_tip(site, t, e);
}

/* ---- how much ---- */

/* How much of the due is settled, and what the guest is asked for. */
static bool work_out(const struct site *site, struct taking *t, struct payment_done *out, struct error *e) {
    money asked = t->in->amount;
    if (asked < 0 || asked > t->check->balance) {
        (void)error_fail(e, ERROR_INVALID, "amount_over_balance", "order %" PRId64 ": %" PRId64 " is left to pay", t->order.id.v,
                         t->check->balance);
        return error_at_field(e, "amount");
    }
    if (asked == 0) asked = t->check->balance;
    t->closes = asked == t->check->balance;
    bool cash = t->means->kind == MEANS_CASH;
    struct bill_cash due = cash ? bill_cash_due(asked, site->coin) : (struct bill_cash){.charged = asked};
    if (!t->closes && due.charged == 0) {
        (void)error_fail(e, ERROR_INVALID, "amount_too_small", "cash: the smallest coin is %" PRId64, site->coin);
        return error_at_field(e, "amount");
    }
    out->charged = due.charged;
    out->amount = t->closes ? asked : due.charged;
    out->adjustment = out->charged - out->amount;
    t->tendered = t->in->tendered ? t->in->tendered : due.charged;
    return true;
}

static bool check_tender(const struct taking *t, struct payment_done *out, struct error *e) {
    if (t->tendered < out->charged || t->tendered > MONEY_MAX) {
        (void)error_fail(e, ERROR_INVALID, "tender_short", "%" PRId64 " was handed over for %" PRId64, t->tendered, out->charged);
        return error_at_field(e, "tendered");
    }
    if (t->means->kind != MEANS_CASH && t->tendered != out->charged) {
        (void)error_fail(e, ERROR_INVALID, "tender_not_cash", "%s: only cash gives change", t->means->name);
        return error_at_field(e, "tendered");
    }
    out->change = t->tendered - out->charged;
    return true;
}

static bool insert_payment(struct act *act, const struct taking *t, struct payment_done *out, struct error *e) {
    const char *reference = t->in->reference && t->in->reference[0] ? t->in->reference : NULL;
    return db_insert(act->db,
                     "INSERT INTO payment (bill_id, order_id, shift_id, kind, means, amount, charged, adjustment, tendered, "
                     "change, reference, staff_id, at)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     DB_ARGS(db_int(t->check->id.v), db_int(t->order.id.v), db_int(t->shift.v),
                             db_text(means_names[t->means->kind]), db_text(t->means->slug), db_int(out->amount),
                             db_int(out->charged), db_int(out->adjustment), db_int(t->tendered), db_int(out->change),
                             db_text(reference), db_int(act->actor.staff.v), db_int(act->now)),
                     &out->id, e);
}

/* ---- closing ---- */

static bool issue_document(struct act *act, const struct taking *t, struct payment_done *out, struct error *e) {
    const struct site *site = act->till->site;
    char today[CLOCK_TEXT_MAX];
    struct number_taken taken;
    money uvt = site_uvt_on(site, clock_local(act->now, "%Y-%m-%d", today));
    bool electronic = bill_needs_electronic(&t->check->totals, uvt, site->document_uvt_limit);
    if (electronic && !t->buyer) {
        (void)error_fail(e, ERROR_CONFLICT, "buyer_needed",
                         "order %" PRId64 ": over %" PRId32 " UVT before taxes the buyer's identification is needed",
                         t->order.id.v, site->document_uvt_limit);
        return error_at_field(e, "buyer");
    }
    if (!numbering_take(act, t->check->id, electronic, t->buyer, &taken, e)) return false;
    out->document = taken.text;
    out->numbering_warning = taken.warning;
    return true;
}

static bool print_receipt(struct act *act, const struct taking *t, struct payment_done *out, struct error *e) {
    const struct site *site = act->till->site;
    struct job_new job = {
        .kind = "receipt", .printer = site->receipt_printer->slug, .order_id = t->order.id.v, .shift_id = t->shift.v};
    struct ticket *ticket;
    if (!receipt_ticket(act->db, site, t->check->id, act->arena, &ticket, e)) return false;
    job.ticket = ticket;
    if (!job_add(act->db, &job, act->now, &out->receipt.v, e)) return false;
    act_changed(act, EVENT_PRINT_JOB, out->receipt.v, job.printer);
    return true;
}

/* The figures become those of the bill for good. Beside other checks it gets the number of a split of its own: what came off it
 * is used up, and does not come off lines that are added later. */
static bool store_check(struct act *act, const struct taking *t, struct error *e) {
    struct bill_closing closing = {.id = t->check->id,
                                   .shift = t->shift,
                                   .fixed = t->check->split != 0,
                                   .split = t->check->split,
                                   .tip_answer = t->check->tip_answer};
    bool beside = false;
    for (size_t i = 0; i < t->checks.count; i++) beside = beside || (&t->checks.list[i] != t->check && t->checks.list[i].counts);
    if (!closing.fixed && beside && !order_checks_next_split(act->db, t->order.id, &closing.split, e)) return false;
    if (!closing.fixed && !order_checks_fix_discounts(act, &t->checks, closing.split, e)) return false;
    return bill_store(act, &closing, &t->check->totals, e);
}

/* What was not sent yet goes to the kitchen now: once paid, nobody can send it. */
static bool close_bill(struct act *act, struct taking *t, struct payment_done *out, struct error *e) {
    struct kitchen_sent sent;
    if (!kitchen_print(act, &t->order, &(struct kitchen_scope){.what = KITCHEN_REST}, &sent, e)) return false;
    if (!store_check(act, t, e) || !issue_document(act, t, out, e)) return false;
    bool ends = t->checks.open == 1;
    if (ends ? !order_checks_end(act, t->order.id, &t->checks, e) : !order_touch(act, t->order.id, NULL, e)) return false;
    return print_receipt(act, t, out, e);
}

/* A part payment in cash goes into the drawer too. */
static bool open_drawer(struct act *act, const struct taking *t, struct error *e) {
    const struct site_printer *printer = act->till->site->receipt_printer;
    int64_t id;
    if (t->means->kind != MEANS_CASH || !printer->drawer) return true;
    struct ticket *ticket = ticket_new(act->arena);
    document_drawer(ticket, act->till->site);
    struct job_new job = {
        .kind = "drawer", .printer = printer->slug, .order_id = t->order.id.v, .shift_id = t->shift.v, .ticket = ticket};
    if (!job_add(act->db, &job, act->now, &id, e)) return false;
    act_changed(act, EVENT_PRINT_JOB, id, printer->slug);
    return true;
}

static bool journal_payment(struct act *act, const struct taking *t, const struct payment_done *done, struct error *e) {
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "payment", done->id);
    json_set_int(detail, "bill", t->check->id.v);
    json_set_text(detail, "means", t->means->slug);
    json_set_int(detail, "amount", done->amount);
    json_set_int(detail, "charged", done->charged);
    json_set_int(detail, "tendered", t->tendered);
    json_set_int(detail, "change", done->change);
    if (done->document) {
        json_set_text(detail, "document", done->document);
        json_set_int(detail, "net", t->check->totals.net);
        json_set_int(detail, "tax", t->check->totals.tax);
        json_set_int(detail, "tip", t->check->totals.tip);
    }
    return journal_add(act, "payment", t->order.id, t->shift, detail, e);
}

bool payment_take(struct act *act, struct order_id id, const struct payment_new *in, struct payment_done *out, struct error *e) {
    struct taking t = {.in = in};
    *out = (struct payment_done){0};
    if (!find_all(act, id, &t, e) || !work_out(act->till->site, &t, out, e) || !check_tender(&t, out, e)) return false;
    if (!insert_payment(act, &t, out, e)) return false;
    out->closed = t.closes;
    if (t.closes ? !close_bill(act, &t, out, e) : !(order_touch(act, id, NULL, e) && open_drawer(act, &t, e))) return false;
    act_changed(act, EVENT_ORDER, id.v, NULL);
    return journal_payment(act, &t, out, e);
}
