/* The precuenta as a paper and as an act. */
#include "pos/core/precuenta.h"

#include <inttypes.h>

#include "data/clock.h"
#include "pos/core/document.h"
#include "pos/core/journal.h"
#include "pos/core/order_checks.h"
#include "pos/core/receipt_body.h"

static const struct ticket_style plain = {0}, inner = {.indent = 2, .hang = 2}, tall = {.bold = true, .height = 2};

/* ---- what stands on it ---- */

/* A check that no split has fixed has the discounts that count afresh; else those of its split, in which it has a share. */
static void take_discounts(struct receipt *out, const struct order_checks *c, const struct order_bill *check, struct arena *a) {
    money sum = 0;
    if (check->totals.discount == 0) return;
    out->discounts = ARENA_ARRAY(a, c->discount_count + 1, struct receipt_discount);
    for (size_t i = 0; i < c->discount_count; i++) {
        const struct order_discount *d = &c->discounts[i];
        if (d->split != check->split || d->value == 0) continue;
        out->discounts[out->discount_count++] =
            (struct receipt_discount){.courtesy = d->courtesy, .percent = d->percent, .value = d->value, .reason = d->reason};
        sum += d->value;
    }
    out->whole = sum == check->totals.discount;
}

static bool gather(struct act *act, struct order_id id, struct bill_id wanted, struct receipt *out, struct order_bill **check,
                   struct error *e) {
    struct order_checks checks;
    *out = (struct receipt){0};
    if (!order_row_live(act->db, id, act->arena, &out->order, e) || !order_checks(act->db, &out->order, act->arena, &checks, e) ||
        !order_checks_find(&checks, id, wanted, check, e))
        return false;
    if ((*check)->totals.line_count == 0)
        return error_fail(e, ERROR_CONFLICT, "order_empty", "order %" PRId64 ": there is nothing on it", id.v);
    out->totals = (*check)->totals;
    out->label = (*check)->label;
    take_discounts(out, &checks, *check, act->arena);
    return receipt_read_lines(act->db, (*check)->split ? (*check)->id : (struct bill_id){0}, act->arena, out, e);
}

/* ---- on paper ---- */

static void put_warning(struct ticket *t) {
    static const struct ticket_style large = {.width = 2, .height = 2, .bold = true, .reverse = true, .align = TICKET_CENTER};
    ticket_text(t, large, "PRECUENTA\nNO ES FACTURA");
}

static void put_head(struct ticket *t, const struct receipt *r, const struct act *act) {
    char date[CLOCK_TEXT_MAX], time[CLOCK_TEXT_MAX];
    struct arena *a = act->arena;
    put_warning(t);
    document_house(t, act->till->site);
    ticket_rule(t);
    ticket_pair(t, plain, arena_printf(a, "Fecha: %s", clock_local(act->now, "%d/%m/%Y", date)),
                clock_local(act->now, "%H:%M:%S", time));
    ticket_pair(t, plain, arena_printf(a, "Atiende: %s", r->order.served_by),
                arena_printf(a, "Pedido %04" PRId64, r->order.number));
    receipt_put_place(t, r, act->till->site, a);
    ticket_rule(t);
}

/* Only who was not asked yet is told how much a tip may be: nothing is chosen for them, nothing is added, and who answered is not
 * asked again. */
static void put_tip_question(struct ticket *t, const struct site *s, const struct order_bill *check, struct arena *a) {
    money ceiling = bill_tip_ceiling(&check->totals, s->tip_max_rate);
    if (s->tip_rule != TIP_ASK || check->tip_answer != TIP_UNASKED || ceiling == 0) return;
    document_amount(t, plain, arena_printf(a, "Propina voluntaria (hasta\u00A0%s):", document_rate(s->tip_max_rate, a)), ceiling);
    ticket_text(t, inner, "No está incluida: usted decide si la da");
}

static void put_settled(struct ticket *t, const struct order_bill *check) {
    if (check->settled == 0) return;
    document_amount(t, plain, "Ya pagado", -check->settled);
    document_amount(t, tall, "FALTA POR PAGAR", check->balance);
}

static struct ticket *draw(const struct act *act, const struct receipt *r, const struct order_bill *check) {
    struct ticket *t = ticket_new(act->arena);
    put_head(t, r, act);
    receipt_put_lines(t, r, act->arena);
    receipt_put_totals(t, r, act->arena);
    put_tip_question(t, act->till->site, check, act->arena);
    put_settled(t, check);
    ticket_rule(t);
    put_warning(t);
    ticket_cut(t);
    return t;
}

/* ---- as an act ---- */

static bool journal_precuenta(struct act *act, const struct order_row *row, const struct order_bill *check, struct job_id job,
                              struct error *e) {
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "bill", check->id.v);
    json_set_int(detail, "due", check->totals.due);
    json_set_int(detail, "job", job.v);
    return journal_add(act, "precuenta", row->id, row->shift, detail, e);
}

bool precuenta_print(struct act *act, struct order_id id, struct bill_id wanted, struct job_id *job, struct error *e) {
    const struct site *site = act->till->site;
    struct receipt r;
    struct order_bill *check;
    if (!site->precuenta)
        return error_fail(e, ERROR_INVALID, "precuenta_off", "%s: prints no bill before it is paid", site->name);
    if (!gather(act, id, wanted, &r, &check, e)) return false;
    struct job_new paper = {.kind = "precuenta",
                            .printer = site->receipt_printer->slug,
                            .order_id = id.v,
                            .shift_id = r.order.shift.v,
                            .ticket = draw(act, &r, check)};
    if (!job_add(act->db, &paper, act->now, &job->v, e)) return false;
    act_changed(act, EVENT_PRINT_JOB, job->v, paper.printer);
    return journal_precuenta(act, &r.order, check, *job, e);
}
