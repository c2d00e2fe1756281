/* A bill in the database: its rows are written once, by the split that fixes it or the payment that closes it, and read back as
 * they are ever after. */
#ifndef COMANDA_CORE_BILL_STORE_H
#define COMANDA_CORE_BILL_STORE_H

#include "pos/core/bill.h"
#include "pos/core/order.h"
#include "pos/core/till.h"

/* The rows of its lines and taxes. */
MUST_USE bool bill_write_rows(struct db *db, struct bill_id id, const struct bill_totals *totals, struct error *e);
/* Takes them away again: of a check that is split further, or whose split is undone. */
MUST_USE bool bill_drop_rows(struct db *db, struct bill_id id, struct error *e);

/* The bill becomes paid with these totals. `fixed`: a split wrote its rows already. `split`: the number it has from now on, 0 for
 * the only check of an order. */
struct bill_closing {
    struct bill_id id;
    struct shift_id shift;
    bool fixed;
    int64_t split;
    enum tip_answer tip_answer;
};
MUST_USE bool bill_store(struct act *act, const struct bill_closing *closing, const struct bill_totals *totals, struct error *e);

/* The totals of a paid bill. Lines in the order they were sold, taxes by rate, those without tax last. */
MUST_USE bool bill_stored(struct db *db, struct bill_id id, struct arena *a, struct bill_totals *out, struct error *e);
/* The same of one that a split has fixed and nobody has paid yet, with this tip. */
MUST_USE bool bill_fixed(struct db *db, struct bill_id id, money tip, struct arena *a, struct bill_totals *out, struct error *e);

#endif
