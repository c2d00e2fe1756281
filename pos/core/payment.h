/* Payments: money taken, the document number in the closing transaction, the receipt and the drawer.
 *
 * Cash is asked for in whole coins. The payment that settles the bill rounds what is left down to the coin and notes the
 * difference as its adjustment; a part payment in cash settles what was charged, so that parts never round away more than the
 * whole would. */
#ifndef COMANDA_CORE_PAYMENT_H
#define COMANDA_CORE_PAYMENT_H

#include "pos/core/numbering.h"
#include "pos/core/order.h"

enum { PAYMENT_REFERENCE_MAX = 60, PAYMENT_BUYER_MAX = 200 };

struct payment_new {
    struct bill_id bill;      /* 0: the order's only open check */
    const char *means;        /* slug of the site's means, or a kind's name */
    money amount;             /* 0: the whole balance; less is a part payment */
    money tendered;           /* cash: what was handed over; 0: exact */
    const char *reference;    /* approval number; NULL or "" when none */
    const struct json *buyer; /* {"name", "document", "document_type"?} for a document over the limit; NULL: none */
};
struct payment_done {
    int64_t id;
    money amount; /* how much of the due it settles */
    money charged, change, adjustment;
    bool closed;           /* the bill's balance reached zero */
    const char *document;  /* "INT-1042" when it did */
    enum number_warning numbering_warning; /* when it did: how the numbering stands now */
    struct job_id receipt; /* its print job */
};
/* ERROR_CONFLICT "order_paid" (ya pagada), "order_voided", "order_empty", "no_open_shift", "tip_unasked" (the site asks and
 * nobody answered); ERROR_INVALID "tender_short", "tender_not_cash", "amount_too_small", "amount_over_balance",
 * "reference_missing", "card_number" (a reference that looks like one), "means_unknown", "tip_over_limit" (the order became less
 * since it was set), "check_needed" (several are open and none is named), ERROR_NOT_FOUND "bill_unknown"; ERROR_CONFLICT "number_range_exhausted" / "number_range_expired" /
 * "buyer_needed" — nothing is taken then. */
MUST_USE bool payment_take(struct act *act, struct order_id id, const struct payment_new *in, struct payment_done *out,
                           struct error *e);

#endif
