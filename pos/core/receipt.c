/* The receipt as a document: what the law asks for, in two columns, the tip apart. */
#include "pos/core/receipt.h"

#include <inttypes.h>
#include <string.h>

#include "data/clock.h"
#include "data/text.h"
#include "pos/core/document.h"
#include "pos/core/receipt_body.h"

static const struct ticket_style plain = {0}, bold = {.bold = true}, inner = {.indent = 2, .hang = 2},
                                 centred = {.align = TICKET_CENTER}, bold_centred = {.bold = true, .align = TICKET_CENTER};

/* ---- who sells ---- */

static void put_house(struct ticket *t, const struct site *s) {
    document_house(t, s);
    ticket_text(t, bold_centred, "%s", s->legal_name);
    ticket_text(t, centred, "NIT %s", s->nit);
    ticket_text(t, centred, "%s", s->address);
    if (s->city && s->city[0]) ticket_text(t, centred, "%s", s->city);
    if (s->phone && s->phone[0]) ticket_text(t, centred, "Tel. %s", s->phone);
    ticket_rule(t);
}

/* ---- which document ---- */

static void put_buyer(struct ticket *t, const char *stored, struct arena *a) {
    struct json buyer;
    struct error ignored; /* it was checked when it was stored; a receipt is printed whatever stands there */
    if (!stored || !json_parse(a, stored, strlen(stored), &buyer, &ignored)) return;
    ticket_text(t, (struct ticket_style){.hang = 2}, "Comprador: %s", json_text_or(buyer, "name", 1000, ""));
    const char *type = json_text_or(buyer, "document_type", 1000, "");
    ticket_text(t, plain, "%s: %s", type[0] ? text_upper(a, type) : "Identificación", json_text_or(buyer, "document", 1000, ""));
}

static void put_document(struct ticket *t, const struct receipt *r, const struct site *s, struct arena *a) {
    char date[CLOCK_TEXT_MAX], time[CLOCK_TEXT_MAX];
    ticket_text(t, bold_centred, s->practice ? "DOCUMENTO DE PRÁCTICA" : "DOCUMENTO EQUIVALENTE POS");
    ticket_text(t, (struct ticket_style){.width = 2, .height = 2, .bold = true, .align = TICKET_CENTER}, "%s", r->number);
    ticket_pair(t, plain, arena_printf(a, "Fecha: %s", clock_local(r->issued_at, "%d/%m/%Y", date)),
                clock_local(r->issued_at, "%H:%M:%S", time));
    ticket_pair(t, plain, arena_printf(a, "Cajero/a: %s", r->cashier), arena_printf(a, "Pedido %04" PRId64, r->order.number));
    receipt_put_place(t, r, s, a);
    if (r->needs_electronic) ticket_text(t, bold, "Requiere factura electrónica");
    put_buyer(t, r->buyer, a);
    ticket_rule(t);
}

/* ---- how it was paid ---- */

static void put_payment(struct ticket *t, const struct receipt_payment *p, const struct site *s) {
    const struct site_means *means = site_find_means(s, p->means);
    document_amount(t, bold, means ? means->name : p->means, p->charged);
    if (p->reference) ticket_text(t, inner, "Referencia %s", p->reference);
    if (p->kind != MEANS_CASH) return;
    document_amount(t, inner, "Recibido", p->tendered);
    document_amount(t, inner, "Cambio", p->change);
}

static void put_payments(struct ticket *t, const struct receipt *r, const struct site *s) {
    money adjustment = 0;
    for (size_t i = 0; i < r->payment_count; i++) adjustment += r->payments[i].adjustment;
    if (adjustment != 0) document_amount(t, plain, "Ajuste al peso (efectivo)", adjustment);
    for (size_t i = 0; i < r->payment_count; i++) put_payment(t, &r->payments[i], s);
    ticket_rule(t);
}

/* ---- what allows it ---- */

/* Hard spaces: a day keeps its word where the line must break. */
static void put_authorisation(struct ticket *t, const struct receipt *r, struct arena *a) {
    ticket_text(t, centred, "Autorización DIAN %s del\u00A0%s", r->resolution, document_day(r->resolution_date, a));
    ticket_text(t, centred, "Numeración %s del %" PRId64 " al\u00A0%" PRId64, r->prefix, r->first, r->last);
    ticket_text(t, centred, "Vigente del %s al\u00A0%s", document_day(r->valid_from, a), document_day(r->valid_until, a));
}

bool receipt_ticket(struct db *db, const struct site *site, struct bill_id bill, struct arena *a, struct ticket **out,
                    struct error *e) {
    struct receipt r;
    if (!receipt_read(db, bill, a, &r, e)) return false;
    struct ticket *t = ticket_new(a);
    bool cash_last = r.payment_count > 0 && r.payments[r.payment_count - 1].kind == MEANS_CASH;
    if (cash_last) document_drawer(t, site);
    if (site->receipt_logo) ticket_logo(t);
    put_house(t, site);
    put_document(t, &r, site, a);
    receipt_put_lines(t, &r, a);
    receipt_put_totals(t, &r, a);
    ticket_rule(t);
    put_payments(t, &r, site);
    if (site->practice)
        ticket_text(t, bold_centred, "Sin valor fiscal: no es una venta");
    else
        put_authorisation(t, &r, a);
    if (site->footer_count) ticket_feed(t, 1);
    for (size_t i = 0; i < site->footer_count; i++)
        ticket_text(t, i == 0 ? bold_centred : centred, "%s", site->receipt_footer[i]);
    ticket_cut(t);
    *out = t;
    return true;
}
