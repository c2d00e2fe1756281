/* Refunds: what was paid, given back whole or by line, as it stands on the paid bill (RULES §5); and a paid order made live
 * again.
 *
 * Nothing is computed afresh: a refund is a part of the bill's stored figures (bill_part.h) less what earlier refunds took, so
 * that refunds one by one come to exactly the bill, in price, discount, tax and base.
 *
 * The money goes back by the means it came: shared over the bill's payments by what is left of each, by largest remainder. Cash
 * is handed back in whole coins: of what is left of a payment's charge the same share, rounded down; who takes all that is left
 * of the payment gets all that is left of its charge. So whatever was charged goes back, and never more.
 *
 * The tip is the staff's and stays with lines that are named one by one; everything that is left includes it. It may go back
 * alone, whole or in part, for a guest who thinks again (RULES §4): no tax moves then. */
#ifndef COMANDA_CORE_REFUND_H
#define COMANDA_CORE_REFUND_H

#include "pos/core/bill_part.h"
#include "pos/core/order.h"

enum { REFUND_REASON_MAX = 140 };

struct refund_new {
    struct bill_id bill;           /* 0: the order's only paid check */
    const struct bill_pick *picks; /* dishes or parts of them; NULL: everything that is left, its tip too */
    size_t pick_count;
    money tip; /* this much of the tip and nothing else; 0: not asked for */
    const char *reason;
};
struct refund_done {
    int64_t id, number;
    struct job_id job; /* its ticket */
};
/* Needs an open shift, whose drawer gives the money back, and PERMISSION_REFUND by role or approval. A check that is paid may be
 * refunded whatever became of its order since, also after its shift was closed.
 * ERROR_CONFLICT "order_not_paid", "order_voided", "refund_nothing_left", "no_open_shift"; ERROR_NOT_FOUND "order_unknown",
 * "bill_unknown", "line_unknown"; ERROR_INVALID "check_needed" (several checks are paid), "reason_missing", "too_many_picked",
 * "refund_tip_too_large". */
MUST_USE bool refund_take(struct act *act, struct order_id id, const struct refund_new *in, struct refund_done *out,
                          struct error *e);

/* A paid order is sold anew: what is left of its paid checks is given back, and all its lines, with their discounts, stand on one
 * new check; the tip is to be asked again. The kitchen hears nothing, and the next payment takes the next document number. A line
 * that was refunded before is on the order again: whoever does not want it charged voids it. PERMISSION_REFUND by role or
 * approval. ERROR_CONFLICT "order_closed" (its shift has its Z), "order_not_paid", "order_voided", "table_taken",
 * "no_open_shift". */
MUST_USE bool order_reopen(struct act *act, struct order_id id, const char *reason, struct error *e);

/* ---- reading ---- */
struct refund_line {
    struct line_id line;
    const char *name;
    int64_t quantity;
    bool share; /* of dishes that other checks hold too: no whole number of them */
    money gross, discount, courtesy, net;
};
struct refund_means {
    int64_t payment;
    const char *kind, *means, *reference; /* means: slug of the site's; reference: the payment's, NULL: none */
    money amount, charged;                /* charged: what was handed back */
};
struct refund {
    int64_t id, number, at;
    struct bill_id bill;
    bool reopens;
    struct bill_totals totals;             /* its lines as bill_totals has them; due = total */
    money charged;                         /* Σ of the means */
    const char *reason, *by, *approved_by; /* approved_by NULL: whoever did it may */
    const struct refund_line *lines;
    size_t line_count;
    const struct refund_means *means;
    size_t means_count;
};
/* Oldest first. */
MUST_USE bool refunds_of_order(struct db *db, struct order_id id, struct arena *a, struct refund **out, size_t *count,
                               struct error *e);
/* ERROR_NOT_FOUND "refund_unknown". */
MUST_USE bool refund_get(struct db *db, int64_t id, struct arena *a, struct refund *out, struct error *e);
/* What refund_take would give back and how, told before anybody gives anything: check, totals, charged, lines (without names) and
 * means; the rest is zero. Needs neither a reason, nor an open shift, nor leave; else refused as refund_take is. In one read
 * (db_begin_read). */
MUST_USE bool refund_quote(struct db *db, const struct site *site, struct order_id id, const struct refund_new *in,
                           struct arena *a, struct refund *out, struct error *e);

#endif
