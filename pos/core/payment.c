/* Taking a payment: part of a bill, or the whole of it with its document, its receipt and the end of the order. */
#include "pos/core/payment.h"

#include <inttypes.h>

#include "data/clock.h"
#include "pos/core/bill_store.h"
#include "pos/core/journal.h"
#include "pos/core/kitchen.h"
#include "pos/core/numbering.h"
#include "pos/core/payment_check.h"
#include "pos/core/receipt.h"

/* A payment on its way: what was asked for and what it stands on. */
struct taking {
    const struct payment_new *in;
    const struct site_means *means;
    const char *buyer; /* stored form, or NULL */
    struct order_row order;
    struct shift_id shift; /* the open one: where the money goes */
    struct bill_id bill;
    struct bill_totals totals;
    money settled, balance, tendered;
    bool closes;
};

/* ---- what it stands on ---- */

static bool find_shift(struct act *act, struct shift_id *out, struct error *e) {
    if (!db_get_int(act->db, "SELECT id FROM shift WHERE state = 'open' ORDER BY id DESC LIMIT 1", DB_NO_ARGS, 0, &out->v, e))
        return false;
    return out->v != 0 ||
           error_fail(e, ERROR_CONFLICT, "no_open_shift", "no shift is open: open one with its counted float first");
}

static bool find_bill(struct act *act, struct taking *t, struct error *e) {
    struct db_rows r;
    const char *state = NULL;
    if (!db_query(act->db,
                  "SELECT b.id, b.state, ifnull((SELECT sum(amount) FROM payment WHERE bill_id = b.id), 0) FROM bill b"
                  " WHERE b.order_id = ?1 AND (b.id = ?2 OR (?2 = 0 AND b.state = 'open')) ORDER BY b.position LIMIT 1",
                  DB_ARGS(db_int(t->order.id.v), db_int(t->in->bill.v)), &r, e))
        return false;
    if (db_next(&r)) {
        t->bill.v = db_col_int(&r, 0);
        state = arena_text(act->arena, db_col_text(&r, 1));
        t->settled = db_col_int(&r, 2);
    }
    if (!db_done(&r, e)) return false;
    if (!state)
        return error_fail(e, ERROR_NOT_FOUND, "bill_unknown", "order %" PRId64 ": has no such bill to pay", t->order.id.v);
    return state[0] == 'o' || error_fail(e, ERROR_CONFLICT, "order_paid", "bill %" PRId64 ": already paid", t->bill.v);
}

static bool check_tip(const struct site *site, const struct taking *t, struct error *e) {
    if (site->tip_rule == TIP_ASK && t->order.tip_answer == TIP_UNASKED)
        return error_fail(e, ERROR_CONFLICT, "tip_unasked", "order %" PRId64 ": the guest was not asked for the tip yet",
                          t->order.id.v);
    money ceiling = bill_tip_ceiling(&t->totals, site->tip_max_rate);
    return t->order.tip <= ceiling || error_fail(e, ERROR_INVALID, "tip_over_limit",
                                                 "order %" PRId64 ": its tip of %" PRId64 " is over %" PRId64 " now; ask again",
                                                 t->order.id.v, t->order.tip, ceiling);
}

static bool find_all(struct act *act, struct order_id id, struct taking *t, struct error *e) {
    const struct site *site = act->till->site;
    if (!act_person(act, e) || !order_row_live(act->db, id, act->arena, &t->order, e)) return false;
    if (!payment_find_means(site, t->in->means, &t->means, e) || !payment_check_reference(t->means, t->in->reference, e))
        return false;
    if (!payment_check_buyer(t->in->buyer, act->arena, &t->buyer, e) || !find_shift(act, &t->shift, e) || !find_bill(act, t, e))
        return false;
    if (!order_totals(act->db, id, t->order.tip, act->arena, &t->totals, e)) return false;
    if (t->totals.line_count == 0)
        return error_fail(e, ERROR_CONFLICT, "order_empty", "order %" PRId64 ": there is nothing on it", id.v);
    t->balance = t->totals.due - t->settled;
    return check_tip(site, t, e);
}

/* ---- how much ---- */

/* How much of the due is settled, and what the guest is asked for. */
static bool work_out(const struct site *site, struct taking *t, struct payment_done *out, struct error *e) {
    money asked = t->in->amount;
    if (asked < 0 || asked > t->balance) {
        (void)error_fail(e, ERROR_INVALID, "amount_over_balance", "order %" PRId64 ": %" PRId64 " is left to pay", t->order.id.v,
                         t->balance);
        return error_at_field(e, "amount");
    }
    if (asked == 0) asked = t->balance;
    t->closes = asked == t->balance;
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
                     DB_ARGS(db_int(t->bill.v), db_int(t->order.id.v), db_int(t->shift.v), db_text(means_names[t->means->kind]),
                             db_text(t->means->slug), db_int(out->amount), db_int(out->charged), db_int(out->adjustment),
                             db_int(t->tendered), db_int(out->change), db_text(reference), db_int(act->actor.staff.v),
                             db_int(act->now)),
                     &out->id, e);
}

/* ---- closing ---- */

static bool issue_document(struct act *act, const struct taking *t, struct payment_done *out, struct error *e) {
    const struct site *site = act->till->site;
    char today[CLOCK_TEXT_MAX];
    struct number_taken taken;
    money uvt = site_uvt_on(site, clock_local(act->now, "%Y-%m-%d", today));
    bool electronic = bill_needs_electronic(&t->totals, uvt, site->document_uvt_limit);
    if (electronic && !t->buyer) {
        (void)error_fail(e, ERROR_CONFLICT, "buyer_needed",
                         "order %" PRId64 ": over %" PRId32 " UVT before taxes the buyer's identification is needed",
                         t->order.id.v, site->document_uvt_limit);
        return error_at_field(e, "buyer");
    }
    if (!numbering_take(act, t->bill, electronic, t->buyer, &taken, e)) return false;
    out->document = taken.text;
    return true;
}

static bool print_receipt(struct act *act, const struct taking *t, struct payment_done *out, struct error *e) {
    const struct site *site = act->till->site;
    struct job_new job = {
        .kind = "receipt", .printer = site->receipt_printer->slug, .order_id = t->order.id.v, .shift_id = t->shift.v};
    struct ticket *ticket;
    if (!receipt_ticket(act->db, site, t->bill, act->arena, &ticket, e)) return false;
    job.ticket = ticket;
    if (!job_add(act->db, &job, act->now, &out->receipt.v, e)) return false;
    act_changed(act, EVENT_PRINT_JOB, out->receipt.v, job.printer);
    return true;
}

/* What was not sent yet goes to the kitchen now: once paid, nobody can send it. */
static bool close_bill(struct act *act, struct taking *t, struct payment_done *out, struct error *e) {
    struct kitchen_sent sent;
    if (!kitchen_print(act, &t->order, &(struct kitchen_scope){.what = KITCHEN_REST}, &sent, e)) return false;
    if (!bill_store(act, t->bill, t->shift, &t->totals, e) || !issue_document(act, t, out, e)) return false;
    return db_exec(act->db, "UPDATE orders SET state = 'paid', ended_at = ?, version = version + 1 WHERE id = ?",
                   DB_ARGS(db_int(act->now), db_int(t->order.id.v)), e) &&
           print_receipt(act, t, out, e);
}

/* A part payment in cash goes into the drawer too. */
static bool open_drawer(struct act *act, const struct taking *t, struct error *e) {
    const struct site_printer *printer = act->till->site->receipt_printer;
    int64_t id;
    if (t->means->kind != MEANS_CASH || !printer->drawer) return true;
    struct ticket *ticket = ticket_new(act->arena);
    ticket_drawer(ticket, 1);
    struct job_new job = {
        .kind = "drawer", .printer = printer->slug, .order_id = t->order.id.v, .shift_id = t->shift.v, .ticket = ticket};
    if (!job_add(act->db, &job, act->now, &id, e)) return false;
    act_changed(act, EVENT_PRINT_JOB, id, printer->slug);
    return true;
}

static bool journal_payment(struct act *act, const struct taking *t, const struct payment_done *done, struct error *e) {
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "payment", done->id);
    json_set_int(detail, "bill", t->bill.v);
    json_set_text(detail, "means", t->means->slug);
    json_set_int(detail, "amount", done->amount);
    json_set_int(detail, "charged", done->charged);
    json_set_int(detail, "tendered", t->tendered);
    json_set_int(detail, "change", done->change);
    if (done->document) {
        json_set_text(detail, "document", done->document);
        json_set_int(detail, "net", t->totals.net);
        json_set_int(detail, "tax", t->totals.tax);
        json_set_int(detail, "tip", t->totals.tip);
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
