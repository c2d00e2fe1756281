/* The checks of an order and what each comes to: the one place where an order's money is worked out, for whoever reads,
 * discounts, splits or pays it.
 *
 * A paid check is what was stored with it; one that a split has fixed is what the split wrote; the one that no split has fixed
 * holds every live line that stands on no other check, less the discounts that count afresh. A check that was refunded whole so
 * that its order is sold anew does not count: its lines are free again. */
#ifndef COMANDA_CORE_ORDER_CHECKS_H
#define COMANDA_CORE_ORDER_CHECKS_H

#include "pos/core/order_row.h"

struct order_checks {
    struct order_bill *list;          /* by position; without `spare` */
    size_t count, open;               /* open: how many wait to be paid */
    struct bill_id spare;             /* an open one on which nothing stands, beside others: nobody pays it. 0: none */
    struct order_discount *discounts; /* those not taken off again, oldest first */
    size_t discount_count;
    enum tip_answer tip_answer; /* of all that count: unasked while an open one is */
    struct bill_totals totals;  /* the sum of those that count */
    money paid;                 /* Σ payments of those that count */
};
MUST_USE bool order_checks(struct db *db, const struct order_row *row, struct arena *a, struct order_checks *out,
                           struct error *e);
/* An open one: that named, or the only one (0). ERROR_INVALID "check_needed" naming them; ERROR_NOT_FOUND "bill_unknown";
 * ERROR_CONFLICT "order_paid". */
MUST_USE bool order_checks_find(const struct order_checks *c, struct order_id id, struct bill_id wanted, struct order_bill **out,
                                struct error *e);
/* Fixes the discounts that count afresh: `split` 0 leaves them so and only notes what they came to. */
MUST_USE bool order_checks_fix_discounts(struct act *act, const struct order_checks *c, int64_t split, struct error *e);
/* The number of the order's next split. */
MUST_USE bool order_checks_next_split(struct db *db, struct order_id id, int64_t *out, struct error *e);

/* Lines that are added, or free again, need an open check that no split has fixed; its tip is to be asked. */
MUST_USE bool order_checks_ready(struct act *act, struct order_id id, struct error *e);
/* A line whose figures no split has fixed; ERROR_CONFLICT "order_split" else. */
MUST_USE bool order_line_free(struct db *db, struct order_id id, struct line_id line, struct error *e);
/* What all the checks that count come to. */
MUST_USE bool order_totals(struct db *db, struct order_id id, struct arena *a, struct bill_totals *out, struct error *e);
/* ERROR_CONFLICT "order_part_paid" when anything was paid of a check that counts. */
MUST_USE bool order_nothing_paid(struct db *db, struct order_id id, struct error *e);
/* After something became less: ERROR_CONFLICT "paid_more_than_due" when part payments exceed what a check comes to. */
MUST_USE bool order_not_overpaid(struct act *act, struct order_id id, struct error *e);
/* The order is paid: its last open check was. */
MUST_USE bool order_checks_end(struct act *act, struct order_id id, const struct order_checks *c, struct error *e);
/* When every check is paid and none is open any more the order is paid; what the kitchen was not told is told. */
MUST_USE bool order_end_when_paid(struct act *act, struct order_id id, struct error *e);

/* The half that knows no bill (order_rest.c): what stands on no check yet. `beside`: other checks may hold lines of the order.
 * Gives each of `discounts` that counts afresh its value. */
MUST_USE bool order_rest(struct db *db, struct order_id id, bool beside, money tip, struct order_discount *discounts,
                         size_t discount_count, struct arena *a, struct bill_totals *out, struct error *e);

#endif
