/* What is sold out, as an act: set by a person, journaled, told to every screen. (Selling a counted item down is the order's.) */
#ifndef COMANDA_CORE_STOCK_H
#define COMANDA_CORE_STOCK_H

#include "pos/core/till.h"

/* The item as it stands in the newest menu; ERROR_NOT_FOUND "item_unknown". */
MUST_USE bool stock_set(struct act *act, const char *item, struct menu_availability set, struct error *e);

#endif
