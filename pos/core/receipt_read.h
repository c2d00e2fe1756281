/* What stands on a receipt, gathered from the stored bill: nothing here is computed again. */
#ifndef COMANDA_CORE_RECEIPT_READ_H
#define COMANDA_CORE_RECEIPT_READ_H

#include "pos/core/order_row.h"

struct receipt_line {
    const char *item, *name, *options; /* options: "Carimañola · Posta", "" when none */
    int64_t quantity;
    money unit_price, gross;
    bool share; /* not whole dishes: the quantity says nothing about the amount */
};
struct receipt_discount {
    bool courtesy;
    int32_t percent; /* basis points; 0: an amount */
    money value;     /* of all the checks of its split */
    const char *reason;
};
struct receipt_payment {
    enum means kind;
    const char *means, *reference; /* means: its slug; reference NULL: none */
    money charged, adjustment, tendered, change;
};
struct receipt {
    struct order_row order;
    struct bill_totals totals;
    const char *number, *buyer; /* "INT-1042"; buyer: stored JSON or NULL */
    const char *label;          /* of the check of a split; "" */
    const char *prefix, *resolution, *resolution_date, *valid_from, *valid_until;
    int64_t first, last, issued_at;
    bool needs_electronic;
    const char *cashier;
    struct receipt_line *lines;
    size_t line_count; /* equal ones gathered */
    struct receipt_discount *discounts;
    size_t discount_count;
    bool whole; /* the discounts are this bill's alone: their values add up to what came off it */
    struct receipt_payment *payments;
    size_t payment_count;
};
/* The lines that out->totals has, by the names they were sold under. `bill`: where they are written; 0: nowhere yet, they are
 * lines of out->order. */
MUST_USE bool receipt_read_lines(struct db *db, struct bill_id bill, struct arena *a, struct receipt *out, struct error *e);
MUST_USE bool receipt_read(struct db *db, struct bill_id bill, struct arena *a, struct receipt *out, struct error *e);

#endif
