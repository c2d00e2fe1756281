/* Kitchen notices: food that is on its way goes to another table, or with another order.
 *
 * A notice is no food ticket. Each station that believes in a dish of the order gets one, under its own sequence number: from
 * where to where, the tickets it has, and what they come to, so that plates find their table and nothing is cooked twice.
 * order_part.told stays as it is: what a send prints before and after is the same. */
#ifndef COMANDA_CORE_KITCHEN_NOTICE_H
#define COMANDA_CORE_KITCHEN_NOTICE_H

#include "pos/core/order_row.h"

/* `was`: the order as the stations know it, whose parts are still its own. `is`: the same order at its new table, or the order
 * that takes it in. A station that was told of nothing, or of nothing that is left, gets no paper. Called by order_move and
 * order_merge. */
MUST_USE bool kitchen_notice_print(struct act *act, const struct order_row *was, const struct order_row *is, struct error *e);

#endif
