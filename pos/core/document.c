/* Pieces that several of the till's papers share. */
#include "pos/core/document.h"

#include <inttypes.h>
#include <string.h>

const char *document_place(const struct order_row *order, const struct site *s, struct arena *a) {
    const struct site_table *table = site_find_table(s, order->table);
    const char *place = order->kind == ORDER_TABLE ? (table ? table->name : order->table) : order_kind_labels[order->kind];
    return order->name[0] ? arena_printf(a, "%s · %s", place, order->name) : place;
}

const char *document_dish(const char *name, int64_t quantity, bool share, struct arena *a) {
    return share ? arena_printf(a, "Parte de %s", name) : arena_printf(a, "%" PRId64 " %s", quantity, name);
}

void document_house(struct ticket *t, const struct site *s) {
    static const struct ticket_style large = {.width = 2, .height = 2, .bold = true, .align = TICKET_CENTER},
                                     centred = {.align = TICKET_CENTER};
    if (s->header_count == 0) ticket_text(t, large, "%s", s->name);
    for (size_t i = 0; i < s->header_count; i++) ticket_text(t, i == 0 ? large : centred, "%s", s->receipt_header[i]);
}

const char *document_rate(int32_t rate, struct arena *a) {
    int32_t whole = rate / 100, rest = rate % 100;
    if (rest == 0) return arena_printf(a, "%" PRId32 " %%", whole);
    if (rest % 10 == 0) return arena_printf(a, "%" PRId32 ",%" PRId32 " %%", whole, rest / 10);
    return arena_printf(a, "%" PRId32 ",%02" PRId32 " %%", whole, rest);
}

void document_amount(struct ticket *t, struct ticket_style style, const char *label, money amount) {
    char text[MONEY_TEXT_MAX];
    if (style.hang == 0) style.hang = 2;
    ticket_pair(t, style, label, money_text(amount, text));
}

void document_tax(struct ticket *t, const char *name, int32_t rate, money base, money tax, struct arena *a) {
    static const struct ticket_style plain = {0};
    if (rate == 0) {
        document_amount(t, plain, arena_printf(a, "Base %s (0 %%)", name), base);
        return;
    }
    document_amount(t, plain, arena_printf(a, "Base %s %s", name, document_rate(rate, a)), base);
    document_amount(t, plain, arena_printf(a, "%s %s", name, document_rate(rate, a)), tax);
}

void document_taxes(struct ticket *t, const struct bill_totals *totals, struct arena *a) {
    for (size_t i = 0; i < totals->tax_count; i++)
        document_tax(t, totals->taxes[i].name, totals->taxes[i].rate, totals->taxes[i].base, totals->taxes[i].amount, a);
}

void document_drawer(struct ticket *t, const struct site *s) {
    if (s->receipt_printer->drawer) ticket_drawer(t, s->receipt_printer->drawer);
}

const char *document_day(const char *iso, struct arena *a) {
    return strlen(iso) == 10 ? arena_printf(a, "%.2s/%.2s/%.4s", iso + 8, iso + 5, iso) : iso;
}

void document_signature(struct ticket *t, const char *label) {
    static const struct ticket_style plain = {0};
    ticket_feed(t, 2);
    ticket_text(t, plain, "%s: ____________________", label);
}
