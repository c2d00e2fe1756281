/* A paid bill in the database: written once by the payment that closes it, read back as it was ever after. */
#ifndef COMANDA_CORE_BILL_STORE_H
#define COMANDA_CORE_BILL_STORE_H

#include "pos/core/bill.h"
#include "pos/core/till.h"

/* The bill becomes paid with these totals, its tax rows and its lines' shares. */
MUST_USE bool bill_store(struct act *act, struct bill_id id, struct shift_id shift, const struct bill_totals *totals,
                         struct error *e);
/* The totals of a paid bill. Lines in the order they were sold, taxes by rate, those without tax last. */
MUST_USE bool bill_stored(struct db *db, struct bill_id id, struct arena *a, struct bill_totals *out, struct error *e);

#endif
