/* Parts of a bill: the one way to take a bill apart, for splits and for refunds. Pure arithmetic, as bill.h.
 *
 * A pool is what is left of a bill. Every take answers a part with totals of its own and leaves the rest in the pool; whatever
 * the takes, their quantities, gross, discount, courtesy, net, base, tax and tip add up exactly to the bill's, line by line and
 * tax row by tax row, because the last one gets what is left. Nothing in a part or a rest is ever negative.
 *
 * What a part is of the pool, its tax in each category is of the pool's, half up: of a bill split evenly or by amounts it is
 * within one peso of what the part would come to on its own (where every line is a few pesos, nearly). Dishes taken whole take
 * their lines' taxes, each rounded for itself.
 *
 * A take that fails leaves the pool as it was. */
#ifndef COMANDA_CORE_BILL_PART_H
#define COMANDA_CORE_BILL_PART_H

#include "pos/core/bill.h"

struct bill_pool {
    struct bill_totals rest; /* lines and tax rows stay in place, also when nothing is left of them */
    struct bill_totals from; /* as the last take by dishes left it: what takes by amount are shares of */
};
/* A copy: `whole` stays as it is. Its lines must name their tax rows (`category`, `rate`). */
void bill_pool_open(const struct bill_totals *whole, struct arena *a, struct bill_pool *out);
/* Takes out what was given before (an earlier refund), whole: totals, lines and tax rows. ERROR_INTERNAL "bill_mismatch" when it
 * was not in there. */
MUST_USE bool bill_pool_less(struct bill_pool *pool, const struct bill_totals *gone, struct error *e);

struct bill_pick {
    int64_t line;
    int64_t quantity; /* >= 1 */
    int64_t of;       /* 0: so many whole dishes; else so many of `of` equal parts of what is left of the line */
    int32_t part;     /* for who makes several parts at once (order_split.c): which of them. A take does not look at it. */
};
/* Whole dishes, or parts of a line that several share; what of the pool's tip is theirs goes with them when `with_tip`.
 * ERROR_NOT_FOUND "line_unknown"; ERROR_INVALID "too_many_picked" when less is left of a line. The field of an error is
 * "lines[i]…". The same line may be named twice, but once only by parts. A share of a dish that counts as none (quantity 0) can
 * be picked by parts alone. */
MUST_USE bool bill_take_lines(struct bill_pool *pool, const struct bill_pick *picks, size_t n, bool with_tip, struct arena *a,
                              struct bill_totals *out, struct error *e);
/* A part that comes to `due` >= 0, tip included: a share of every line. ERROR_INVALID "amount_over_balance" when the pool is
 * less. The whole of what is due takes everything that is left. */
MUST_USE bool bill_take_due(struct bill_pool *pool, money due, struct arena *a, struct bill_totals *out, struct error *e);
/* Everything that is left. */
void bill_take_rest(struct bill_pool *pool, struct arena *a, struct bill_totals *out);
/* `ways` parts whose dues differ by one peso at most, the larger ones first. 2 <= ways <= 50; `out` holds `ways` totals. */
MUST_USE bool bill_split_evenly(const struct bill_totals *whole, size_t ways, struct arena *a, struct bill_totals *out,
                                struct error *e);

#endif
