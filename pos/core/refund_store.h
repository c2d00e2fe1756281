/* A refund in the database, and what refund.c and order_reopen.c share: one refund of one check. */
#ifndef COMANDA_CORE_REFUND_STORE_H
#define COMANDA_CORE_REFUND_STORE_H

#include "pos/core/order_row.h"
#include "pos/core/refund.h"

/* What goes back by one of the check's payments. */
struct refund_share {
    int64_t payment;
    const char *kind, *means;
    money amount, charged;
};
struct refund_giving {
    const struct order_row *order;
    struct bill_id bill;
    struct shift_id shift; /* the open one */
    const char *reason;
    bool reopens;
    money tip; /* above 0: this much of the tip alone */
    /* found on the way */
    struct bill_totals part;
    struct refund_share *shares;
    size_t share_count;
};
/* A reason is given and is a text; ERROR_INVALID "reason_missing". */
MUST_USE bool refund_reason(const char *reason, struct error *e);
/* Works out what goes back of the check, stores and journals it, prints its ticket. picks none: everything that is left. With
 * `reopens` nothing may be left: then it has no ticket. */
MUST_USE bool refund_give(struct act *act, struct refund_giving *g, const struct bill_pick *picks, size_t n,
                          struct refund_done *out, struct error *e);

/* Adds the rows; *out gets id and number, the next one. */
MUST_USE bool refund_insert(struct act *act, const struct refund_giving *g, struct refund_done *out, struct error *e);
/* What is left of a paid check after its refunds so far. */
MUST_USE bool refund_pool(struct db *db, struct bill_id bill, struct arena *a, struct bill_pool *out, struct error *e);
/* The document: "DEVOLUCIÓN", opening the drawer when cash goes back. */
MUST_USE bool refund_ticket(struct db *db, const struct site *site, int64_t refund, struct arena *a, struct ticket **out,
                            struct error *e);

#endif
