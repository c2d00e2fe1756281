/* The bill: the one definition of every total. Pure arithmetic: no database, no clock.
 *
 * gross = Σ quantity × unit price. Discounts come off in the order given: those of a line off its net, the bill's own off all
 * lines' nets by largest remainder. A courtesy is a discount told apart: `courtesy` is its share of `discount`. For each tax
 * category: base = half_up(net × 10000 / (10000 + rate)), tax = net − base, over that category's sum, then shared over its lines
 * so that lines add up exactly. due = net + tip. */
#ifndef COMANDA_CORE_BILL_H
#define COMANDA_CORE_BILL_H

#include "data/arena.h"
#include "data/money.h"

struct bill_line_in {
    int64_t line;     /* the caller's own mark */
    int64_t quantity; /* >= 0 */
    money unit_price;
    const char *tax, *tax_name; /* category: lines of one slug and rate are one tax row */
    int32_t tax_rate;
};
struct bill_discount_in {
    int64_t line;    /* the mark of a line given; 0: the whole bill */
    int32_t percent; /* basis points of what is left of it … */
    money amount;    /* … or this much, or all that is left when that is less: one of the two */
    bool courtesy;
};
struct bill_line_out {
    int64_t line, quantity;
    money gross, discount, courtesy, net, base, tax; /* courtesy: part of discount */
    const char *category;                            /* with `rate`: the tax row that it is in */
    int32_t rate;
};
struct bill_tax_out {
    const char *tax, *name;
    int32_t rate;
    money gross, base, amount;
}; /* gross after discounts */
struct bill_totals {
    money gross, discount, courtesy, net, base, tax, tip, due;
    struct bill_line_out *lines;
    size_t line_count; /* as given, those of quantity 0 left out */
    struct bill_tax_out *taxes;
    size_t tax_count; /* by rate, those without tax last */
    const money *off; /* of bill_compute: what each discount came to, in the order given; of stored and taken bills NULL */
};
/* A discount never takes more than is left: voiding a dish must not make a bill that cannot be computed (whoever gives one is asked
 * before: order_discount). Of a line that is not given, or of which nothing is left, it takes nothing. ERROR_INVALID
 * "amount_too_large"; "invalid_field" for what is neither a share up to 100 % nor an amount. */
MUST_USE bool bill_compute(const struct bill_line_in *lines, size_t n, const struct bill_discount_in *discounts,
                           size_t discount_count, money tip, struct arena *a, struct bill_totals *out, struct error *e);

/* The highest tip: tip_max_rate of the base, rounded down. bill 99.025 @8 % → base 91.690 → 9.169. */
money bill_tip_ceiling(const struct bill_totals *totals, int32_t tip_max_rate);

/* What cash is asked for: due rounded down to the coin; adjustment = charged − due (≤ 0). */
struct bill_cash {
    money charged, adjustment;
};
struct bill_cash bill_cash_due(money due, money coin);

/* Above limit × UVT before taxes a POS document may not be issued. A tip never counts; without a UVT (0) there is no limit. */
bool bill_needs_electronic(const struct bill_totals *totals, money uvt, int32_t limit);

#endif
