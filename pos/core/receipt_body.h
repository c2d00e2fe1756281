/* The middle of a bill on paper, alike before and after it is paid: where it was sold, what, what came off, taxes, total, tip. */
#ifndef COMANDA_CORE_RECEIPT_BODY_H
#define COMANDA_CORE_RECEIPT_BODY_H

#include "pos/core/receipt_read.h"
#include "printer/ticket.h"

/* "Mesa 12 · Ana", and how many they are; which check of a split, where it has a name. */
void receipt_put_place(struct ticket *t, const struct receipt *r, const struct site *s, struct arena *a);
/* The lines, and a rule. */
void receipt_put_lines(struct ticket *t, const struct receipt *r, struct arena *a);
/* What came off and why, base and tax of each rate, the total, and apart from it the tip and both together. No rule after it. */
void receipt_put_totals(struct ticket *t, const struct receipt *r, struct arena *a);

#endif
