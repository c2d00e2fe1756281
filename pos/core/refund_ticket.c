/* The refund on paper: what goes back, of which document, by which means, why, who did it, and a place to sign for it. */
#include <inttypes.h>
#include <string.h>

#include "data/clock.h"
#include "pos/core/document.h"
#include "pos/core/numbering.h"
#include "pos/core/refund_store.h"

static const struct ticket_style plain = {0}, bold = {.bold = true}, hanging = {.hang = 2}, inner = {.indent = 2, .hang = 2},
                                 centred = {.align = TICKET_CENTER}, tall = {.bold = true, .height = 2};

/* The document whose sale is taken back. */
struct original {
    struct order_row order;
    const char *number;
    int64_t issued_at;
};

static bool read_original(struct db *db, struct bill_id bill, struct arena *a, struct original *out, struct error *e) {
    struct order_id order = {0};
    struct db_rows r;
    out->number = "";
    if (!db_query(db,
                  "SELECT b.order_id, d.prefix, d.number, d.issued_at FROM bill b JOIN fiscal_document d ON d.bill_id = b.id"
                  " WHERE b.id = ?",
                  DB_ARGS(db_int(bill.v)), &r, e))
        return false;
    if (db_next(&r)) {
        order.v = db_col_int(&r, 0);
        out->number = numbering_text(db_col_text(&r, 1), db_col_int(&r, 2), a);
        out->issued_at = db_col_int(&r, 3);
    }
    return db_done(&r, e) && order_row_get(db, order, a, &out->order, e);
}

static void put_head(struct ticket *t, const struct refund *r, const struct original *o, const struct site *s, struct arena *a) {
    static const struct ticket_style large = {.width = 2, .height = 2, .bold = true, .align = TICKET_CENTER};
    char date[CLOCK_TEXT_MAX], time[CLOCK_TEXT_MAX];
    document_house(t, s);
    ticket_text(t, centred, "%s", s->legal_name);
    ticket_text(t, centred, "NIT %s", s->nit);
    ticket_rule(t);
    ticket_text(t, large, "DEVOLUCIÓN %" PRId64, r->number);
    ticket_pair(t, plain, arena_printf(a, "Fecha: %s", clock_local(r->at, "%d/%m/%Y", date)),
                clock_local(r->at, "%H:%M:%S", time));
    ticket_pair(t, bold, arena_printf(a, "Del documento %s", o->number), clock_local(o->issued_at, "%d/%m/%Y", date));
    ticket_pair(t, plain, arena_printf(a, "Pedido %04" PRId64, o->order.number), document_place(&o->order, s, a));
    if (r->reopens) ticket_text(t, bold, "El pedido queda abierto y se cobra de nuevo");
    ticket_rule(t);
}

static void put_lines(struct ticket *t, const struct refund *r, struct arena *a) {
    for (size_t i = 0; i < r->line_count; i++) {
        const struct refund_line *l = &r->lines[i];
        document_amount(t, hanging, document_dish(l->name, l->quantity, l->share, a), l->gross);
    }
    if (r->line_count > 0) ticket_rule(t);
}

static void put_totals(struct ticket *t, const struct refund *r, struct arena *a) {
    const struct bill_totals *x = &r->totals;
    if (x->discount > 0) {
        document_amount(t, plain, "Subtotal", x->gross);
        if (x->discount > x->courtesy) document_amount(t, plain, "Descuento", x->courtesy - x->discount);
        if (x->courtesy > 0) document_amount(t, plain, "Cortesía", -x->courtesy);
    }
    document_taxes(t, x, a);
    document_amount(t, tall, "TOTAL DEVUELTO", x->net);
    if (x->tip > 0) {
        document_amount(t, plain, "Propina voluntaria (no\u00A0es\u00A0venta)", x->tip);
        document_amount(t, tall, "TOTAL CON PROPINA", x->due);
    }
    ticket_rule(t);
}

static void put_means(struct ticket *t, const struct refund *r, const struct site *s) {
    if (r->charged != r->totals.due) document_amount(t, plain, "Ajuste al peso (efectivo)", r->charged - r->totals.due);
    for (size_t i = 0; i < r->means_count; i++) {
        const struct refund_means *m = &r->means[i];
        const struct site_means *known = site_find_means(s, m->means);
        document_amount(t, bold, known ? known->name : m->means, m->charged);
        if (m->reference) ticket_text(t, inner, "Referencia %s", m->reference);
    }
    ticket_rule(t);
}

static void put_people(struct ticket *t, const struct refund *r) {
    ticket_text(t, hanging, "Motivo: %s", r->reason);
    ticket_pair(t, plain, "Devolvió", r->by);
    if (r->approved_by) ticket_pair(t, plain, "Autorizó", r->approved_by);
    document_signature(t, "Firma");
    document_signature(t, "Nombre");
    document_signature(t, "Documento");
}

static bool cash_goes_back(const struct refund *r) {
    for (size_t i = 0; i < r->means_count; i++)
        if (strcmp(r->means[i].kind, means_names[MEANS_CASH]) == 0 && r->means[i].charged > 0) return true;
    return false;
}

bool refund_ticket(struct db *db, const struct site *site, int64_t refund, struct arena *a, struct ticket **out,
                   struct error *e) {
    struct refund r;
    struct original o;
    if (!refund_get(db, refund, a, &r, e) || !read_original(db, r.bill, a, &o, e)) return false;
    struct ticket *t = ticket_new(a);
    if (cash_goes_back(&r)) document_drawer(t, site);
    put_head(t, &r, &o, site, a);
    put_lines(t, &r, a);
    put_totals(t, &r, a);
    put_means(t, &r, site);
    put_people(t, &r);
    ticket_cut(t);
    *out = t;
    return true;
}
