/* Orders that are over, or have a document already: where somebody looks who comes back with a receipt in the hand. */
#ifndef COMANDA_CORE_HISTORY_H
#define COMANDA_CORE_HISTORY_H

#include "pos/core/order.h"

struct history_order {
    struct order_id id;
    int64_t number, opened_at, ended_at; /* ended_at 0: a check of it is paid, another is open */
    enum order_kind kind;
    enum order_state state;
    const char *business_day;             /* of the shift it was opened in */
    const char *table, *name, *served_by; /* table NULL: none */
    const char *documents;                /* "INT-1041, INT-1042", in their order; "" when none was issued */
    money paid;                           /* Σ payment.amount of the checks that count: what its guests owed, tip included */
    money returned;                       /* handed back of those checks */
    bool whole;                           /* nothing is left to give back of what was paid */
    int64_t merged_into;                  /* the number of the order that took it in; 0: none */
};
struct history_query {
    const char *day; /* a business day, YYYY-MM-DD */
    int64_t number;  /* the order's, on that day, or a document's of whatever day; 0: any */
    int64_t before;  /* id to go on from; 0: the newest */
};
/* Newest first; 1 <= limit <= 200. */
MUST_USE bool history_list(struct db *db, const struct history_query *q, int32_t limit, struct arena *a,
                           struct history_order **out, size_t *count, struct error *e);

#endif
