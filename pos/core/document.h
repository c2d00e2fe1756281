/* Pieces that several of the till's papers share: where it was sold, the head with the house's name, a rate in words, the tax rows,
 * the drawer. */
#ifndef COMANDA_CORE_DOCUMENT_H
#define COMANDA_CORE_DOCUMENT_H

#include "data/site.h"
#include "pos/core/order_row.h"
#include "printer/ticket.h"

/* "Mesa 12 · Ana", "Para llevar · Luis": where it was sold. */
const char *document_place(const struct order_row *order, const struct site *s, struct arena *a);
/* "2 Limonada"; "Parte de Limonada" where a check holds a share of it, which is no whole number of dishes. */
const char *document_dish(const char *name, int64_t quantity, bool share, struct arena *a);
/* The receipt header of the site, its first line large; the site's name where there is none. */
void document_house(struct ticket *t, const struct site *s);
/* 800 → "8 %", 1950 → "19,5 %". */
const char *document_rate(int32_t rate, struct arena *a);
/* Base and tax of one category as two rows; one row where there is no tax. */
void document_tax(struct ticket *t, const char *name, int32_t rate, money base, money tax, struct arena *a);
void document_taxes(struct ticket *t, const struct bill_totals *totals, struct arena *a);
/* A label too long for its line goes on indented. */
void document_amount(struct ticket *t, struct ticket_style style, const char *label, money amount);

/* 2026-01-31 → 31/01/2026. */
const char *document_day(const char *iso, struct arena *a);
/* Room to sign, and the line for it: as wide as the narrowest paper. */
void document_signature(struct ticket *t, const char *label);
/* Opens the drawer of the receipt printer, where one hangs on it. First of all blocks: the drawer does not wait for the paper. */
void document_drawer(struct ticket *t, const struct site *s);

#endif
