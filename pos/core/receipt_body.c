/* The middle of a bill on paper. */
#include "pos/core/receipt_body.h"

#include <inttypes.h>
#include <string.h>

#include "pos/core/document.h"

static const struct ticket_style plain = {0}, bold = {.bold = true}, inner = {.indent = 2, .hang = 2},
                                 tall = {.bold = true, .height = 2};

void receipt_put_place(struct ticket *t, const struct receipt *r, const struct site *s, struct arena *a) {
    ticket_pair(t, plain, document_place(&r->order, s, a),
                r->order.covers > 0
                    ? arena_printf(a, "%" PRId32 " %s", r->order.covers, r->order.covers == 1 ? "persona" : "personas")
                    : "");
    if (r->label[0]) ticket_text(t, bold, "Cuenta: %s", r->label);
}

void receipt_put_lines(struct ticket *t, const struct receipt *r, struct arena *a) {
    char text[MONEY_TEXT_MAX];
    for (size_t i = 0; i < r->line_count; i++) {
        const struct receipt_line *l = &r->lines[i];
        document_amount(t, (struct ticket_style){.hang = 2}, document_dish(l->name, l->quantity, l->share, a), l->gross);
        if (l->options[0]) ticket_text(t, inner, "%s", l->options);
        if (l->quantity > 1 && !l->share) ticket_text(t, inner, "a %s cada uno", money_text(l->unit_price, text));
    }
    ticket_rule(t);
}

static const char *const discount_names[] = {"Descuento", "Cortesía"};

/* A split check's share of all that came off, kind by kind; what for stands below, each reason once. */
static void put_discount_share(struct ticket *t, const struct receipt *r, bool courtesy, money amount) {
    if (amount == 0) return;
    document_amount(t, plain, discount_names[courtesy], -amount);
    for (size_t i = 0; i < r->discount_count; i++) {
        bool said = r->discounts[i].courtesy != courtesy;
        for (size_t j = 0; j < i && !said; j++)
            said = r->discounts[j].courtesy == courtesy && strcmp(r->discounts[j].reason, r->discounts[i].reason) == 0;
        if (!said) ticket_text(t, inner, "%s", r->discounts[i].reason);
    }
}

static void put_discounts(struct ticket *t, const struct receipt *r, struct arena *a) {
    const struct bill_totals *x = &r->totals;
    if (x->discount == 0) return;
    document_amount(t, plain, "Subtotal", x->gross);
    if (!r->whole) {
        put_discount_share(t, r, false, x->discount - x->courtesy);
        put_discount_share(t, r, true, x->courtesy);
        return;
    }
    for (size_t i = 0; i < r->discount_count; i++) {
        const struct receipt_discount *d = &r->discounts[i];
        const char *name = discount_names[d->courtesy];
        document_amount(t, plain, d->percent ? arena_printf(a, "%s %s", name, document_rate(d->percent, a)) : name, -d->value);
        ticket_text(t, inner, "%s", d->reason);
    }
}

void receipt_put_totals(struct ticket *t, const struct receipt *r, struct arena *a) {
    const struct bill_totals *x = &r->totals;
    put_discounts(t, r, a);
    document_taxes(t, x, a);
    document_amount(t, tall, "TOTAL", x->net);
    if (x->tip > 0) {
        document_amount(t, plain, "Propina voluntaria (no\u00A0es\u00A0venta)", x->tip);
        document_amount(t, tall, "TOTAL CON PROPINA", x->due);
    }
}
