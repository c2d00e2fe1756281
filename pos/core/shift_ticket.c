/* The X and Z report on paper: what was sold, what was taken and by which means, what the drawer should and did hold. */
#include <inttypes.h>

#include "data/clock.h"
#include "pos/core/document.h"
#include "pos/core/receipt.h"

static const struct ticket_style plain = {0}, bold = {.bold = true}, inner = {.indent = 2, .hang = 2},
                                 tall = {.bold = true, .height = 2}, heading = {.bold = true, .underline = true};

static const char *moment(int64_t at, struct arena *a) {
    char text[CLOCK_TEXT_MAX];
    return arena_text(a, clock_local(at, "%d/%m/%Y %H:%M", text));
}

static void put_head(struct ticket *t, const struct shift_report *r, const struct site *s, struct arena *a) {
    static const struct ticket_style large = {.width = 2, .height = 2, .bold = true, .align = TICKET_CENTER},
                                     centred = {.align = TICKET_CENTER};
    document_house(t, s);
    ticket_text(t, centred, "%s", s->legal_name);
    ticket_text(t, centred, "NIT %s", s->nit);
    ticket_feed(t, 1);
    if (r->z)
        ticket_text(t, large, "INFORME Z %" PRId64, r->shift.z_number);
    else
        ticket_text(t, large, "INFORME X");
    if (!r->z) ticket_text(t, centred, "El turno sigue abierto: cifras provisionales");
    ticket_rule(t);
    ticket_pair(t, plain, "Turno", arena_printf(a, "%" PRId64 " · %s", r->shift.id.v, r->shift.till));
    ticket_pair(t, plain, "Día de operación", document_day(r->shift.business_day, a));
    ticket_pair(t, plain, arena_printf(a, "Abrió %s", r->shift.opened_by), moment(r->shift.opened_at, a));
    if (r->z)
        ticket_pair(t, plain, arena_printf(a, "Cerró %s", r->shift.closed_by ? r->shift.closed_by : ""),
                    moment(r->shift.closed_at, a));
    ticket_rule(t);
}

static void put_count(struct ticket *t, const char *label, int64_t count, struct arena *a) {
    ticket_pair(t, plain, label, arena_printf(a, "%" PRId64, count));
}

static void put_sales(struct ticket *t, const struct shift_report *r, struct arena *a) {
    ticket_text(t, heading, "Ventas");
    put_count(t, "Documentos", r->documents, a);
    if (r->first_document) ticket_pair(t, plain, "Del – al", arena_printf(a, "%s – %s", r->first_document, r->last_document));
    document_amount(t, plain, "Ventas brutas", r->gross);
    if (r->discount != r->courtesy) document_amount(t, plain, "Descuentos", -(r->discount - r->courtesy));
    if (r->courtesy) document_amount(t, plain, "Cortesías", -r->courtesy);
    document_amount(t, tall, "VENTAS NETAS", r->net);
    for (size_t i = 0; i < r->tax_count; i++)
        document_tax(t, r->taxes[i].name, r->taxes[i].rate, r->taxes[i].base, r->taxes[i].tax, a);
    document_amount(t, plain, "Propinas (de terceros, no\u00A0son\u00A0venta)", r->tips);
    document_amount(t, plain, "Ajuste al peso (efectivo)", r->adjustment);
    document_amount(t, bold, "Total recaudado", r->collected);
    put_count(t, "Pedidos anulados", r->voided_orders, a);
    put_count(t, "Líneas anuladas", r->voided_lines, a);
    put_count(t, "Aperturas del cajón sin venta", r->drawer_openings, a);
    ticket_rule(t);
}

/* What was given back, and what is left of the sales with it: the figures a bookkeeper enters. */
static void put_refunds(struct ticket *t, const struct shift_report *r, struct arena *a) {
    const struct shift_refunds *x = &r->refunds;
    if (x->count == 0) return;
    ticket_text(t, heading, "Devoluciones");
    put_count(t, "Cantidad", x->count, a);
    document_amount(t, plain, "Ventas devueltas", x->net);
    for (size_t i = 0; i < x->tax_count; i++)
        document_tax(t, x->taxes[i].name, x->taxes[i].rate, x->taxes[i].base, x->taxes[i].tax, a);
    if (x->tips) document_amount(t, plain, "Propinas devueltas", x->tips);
    if (x->adjustment) document_amount(t, plain, "Ajuste al peso (efectivo)", x->adjustment);
    document_amount(t, bold, "Total devuelto", x->returned);
    document_amount(t, tall, "VENTAS MENOS DEVOLUCIONES", r->net - x->net);
    document_amount(t, plain, "  Base", r->base - x->base);
    document_amount(t, plain, "  Impuestos", r->tax - x->tax);
    ticket_rule(t);
}

static void put_means(struct ticket *t, const struct shift_report *r, const struct site *s, struct arena *a) {
    ticket_text(t, heading, "Medios de pago");
    if (r->means_count == 0) ticket_text(t, plain, "Ningún pago en este turno");
    for (size_t i = 0; i < r->means_count; i++) {
        const struct site_means *m = site_find_means(s, r->means[i].means);
        document_amount(t, plain, arena_printf(a, "%s (%" PRId64 ")", m ? m->name : r->means[i].means, r->means[i].count),
                        r->means[i].charged);
        if (r->means[i].refunded) document_amount(t, inner, "Devuelto", -r->means[i].refunded);
    }
    ticket_rule(t);
}

static void put_drawer(struct ticket *t, const struct shift_report *r) {
    ticket_text(t, heading, "Efectivo en caja");
    document_amount(t, plain, "Base inicial", r->shift.float_amount);
    document_amount(t, plain, "+ Ventas en efectivo", r->cash_sales);
    document_amount(t, plain, "+ Entradas", r->cash_in);
    document_amount(t, plain, "- Salidas", r->cash_out);
    document_amount(t, plain, "- Devoluciones", r->cash_refunds);
    document_amount(t, plain, "- Propinas pagadas", r->tips_paid_out);
    document_amount(t, bold, "Esperado", r->expected);
}

/* How it was counted, and by how much that differs: only once the count is committed. */
static void put_counted(struct ticket *t, const struct shift_report *r, struct arena *a) {
    char text[MONEY_TEXT_MAX];
    document_amount(t, bold, "Contado", r->shift.counted);
    for (size_t i = 0; i < r->count_rows; i++) {
        if (r->count[i].pieces == 0) continue;
        document_amount(t, inner,
                        arena_printf(a, "%" PRId64 " × %s", r->count[i].pieces, money_text(r->count[i].denomination, text)),
                        r->count[i].pieces * r->count[i].denomination);
    }
    const char *label = r->shift.difference < 0 ? "FALTANTE" : r->shift.difference > 0 ? "SOBRANTE" : "CUADRA";
    document_amount(t, tall, label, r->shift.difference);
}

bool shift_report_ticket(const struct shift_report *r, const struct site *site, struct arena *a, struct ticket **out,
                         struct error *e) {
    if (r->z && (!r->journal_head || r->shift.z_number <= 0))
        return error_fail(e, ERROR_INTERNAL, "report_incomplete", "shift %" PRId64 ": its Z has no number or no journal head",
                          r->shift.id.v);
    struct ticket *t = ticket_new(a);
    put_head(t, r, site, a);
    put_sales(t, r, a);
    put_refunds(t, r, a);
    put_means(t, r, site, a);
    put_drawer(t, r);
    if (r->z) put_counted(t, r, a);
    ticket_rule(t);
    if (r->z) {
        ticket_text(t, (struct ticket_style){.align = TICKET_CENTER}, "Sello del diario");
        ticket_text(t, (struct ticket_style){.bold = true, .align = TICKET_CENTER}, "%s", r->journal_head);
        document_signature(t, "Firma");
    }
    ticket_cut(t);
    *out = t;
    return true;
}
