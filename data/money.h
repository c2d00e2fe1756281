/* Money: whole Colombian pesos in integers, and the only arithmetic allowed on them.
 *
 * Rates are basis points (8 % = 800). Nothing here, and nothing near an amount anywhere else, is floating point.
 * Amounts stay within ±MONEY_MAX; whatever would leave that range is an error, never a wrap. */
#ifndef COMANDA_DATA_MONEY_H
#define COMANDA_DATA_MONEY_H

#include <stddef.h>
#include <stdint.h>

#include "data/error.h"

typedef int64_t money; /* whole pesos */

#define MONEY_MAX INT64_C(1000000000000) /* a million million pesos */
#define RATE_ONE 10000                   /* 100 % in basis points */

/* num / den rounded half up, for num >= 0 and den > 0: the one rounding of the house. */
int64_t money_half_up(int64_t num, int64_t den);

MUST_USE bool money_add(money a, money b, money *sum, struct error *e);
MUST_USE bool money_times(money unit, int64_t quantity, money *product, struct error *e);

/* half_up(amount × rate / 10000), amount >= 0: a percentage of an amount. */
money money_percent(money amount, int32_t rate);

/* A price that includes tax, taken apart: base = half_up(gross × 10000 / (10000 + rate)), tax = gross − base. gross >= 0. */
struct money_parts {
    money base, tax;
};
struct money_parts money_split_tax(money gross, int32_t rate);

/* Shares `whole` out by `weights` (all >= 0, sum > 0) with the method of largest remainder, ties to the earlier part:
 * parts always add up exactly. With all weights zero the whole must be zero too. n <= 10000. */
MUST_USE bool money_apportion(money whole, const money *weights, size_t n, money *parts, struct error *e);

/* whole × part / of, rounded down: the share that goes with `part` of `of`. All >= 0, part <= of; of 0 gives 0. */
money money_share(money whole, money part, money of);
/* The same rounded half up; and what rounding down cuts off, in `of`-ths of a peso. */
money money_share_half_up(money whole, money part, money of);
int64_t money_share_cut(money whole, money part, money of);

/* Down to a multiple of the coin (cash): money_round_down(27480, 50) = 27450. coin > 0, amount >= 0. */
money money_round_down(money amount, money coin);

/* "$ 25.000", "-$ 350": dots every three digits, a plain space (the no-break one does not print). */
enum { MONEY_TEXT_MAX = 32 };
const char *money_text(money amount, char out[MONEY_TEXT_MAX]);

#endif
