/* Shifts: a counted float, sales, cash in and out, and a blind close (RULES §9).
 * expected = float + net cash sales + cash in − cash out − cash refunds − tips paid out in cash. */
#ifndef COMANDA_CORE_SHIFT_H
#define COMANDA_CORE_SHIFT_H

#include "pos/core/till.h"

enum { SHIFT_DENOMINATIONS = 11 };
extern const money shift_denominations[SHIFT_DENOMINATIONS]; /* 100000 … 50, descending */

struct shift {
    struct shift_id id;
    const char *till, *business_day, *opened_by, *closed_by; /* closed_by NULL while open */
    money float_amount;
    int64_t opened_at, closed_at, z_number;
    bool open;
    money expected, counted, difference; /* once closed */
};
/* ERROR_CONFLICT "shift_already_open". */
MUST_USE bool shift_open(struct act *act, money float_amount, struct shift_id *out, struct error *e);
/* The open one; ERROR_NOT_FOUND "no_open_shift". */
/* The open one, in which money moves and orders begin: ERROR_CONFLICT "no_open_shift" when there is none. */
MUST_USE bool shift_now(struct db *db, struct shift_id *out, struct error *e);
MUST_USE bool shift_current(struct db *db, struct arena *a, struct shift *out, struct error *e);
MUST_USE bool shift_get(struct db *db, struct shift_id id, struct arena *a, struct shift *out, struct error *e);
MUST_USE bool shift_list(struct db *db, int64_t before, int32_t limit, struct arena *a, struct shift **out, size_t *count, struct error *e);

enum cash_kind { CASH_IN, CASH_OUT, CASH_TIP_PAYOUT };
extern const char *const cash_kind_names[];
MUST_USE bool shift_cash(struct act *act, struct shift_id id, enum cash_kind kind, money amount, const char *reason, int64_t *movement, struct error *e);

/* Opens the drawer without a sale and prints who did it, when and why. ERROR_CONFLICT "shift_closed", ERROR_INVALID "reason_missing", "no_drawer". */
MUST_USE bool shift_open_drawer(struct act *act, struct shift_id id, const char *reason, struct job_id *job, struct error *e);
/* The X on paper: what the drawer should hold, so by PERMISSION_X_REPORT or approval. ERROR_CONFLICT "shift_closed": its Z is printed already. */
MUST_USE bool shift_print_x(struct act *act, struct shift_id id, struct job_id *job, struct error *e);

struct shift_count_row { money denomination; int64_t pieces; };
struct shift_close_in { const struct shift_count_row *count; size_t rows; bool carry_open_orders; };
struct shift_closed { money expected, counted, difference; int64_t z_number; struct job_id job; };
/* Whole or not at all: count, difference, Z number, orders paid → closed, open orders carried to the next shift (with PERMISSION_CARRY_ORDERS), the Z
 * printed. ERROR_CONFLICT "shift_closed", "orders_open" (naming how many); ERROR_INVALID "denomination_unknown". */
MUST_USE bool shift_close(struct act *act, struct shift_id id, const struct shift_close_in *in, struct shift_closed *out, struct error *e);

struct shift_means { const char *means, *kind; int64_t count; money amount, charged, refunded; }; /* refunded: handed back by it */
struct shift_tax { const char *name; int32_t rate; money gross, base, tax; };
struct shift_refunds { int64_t count; money gross, discount, courtesy, net, base, tax, tips, adjustment, returned; struct shift_tax *taxes; size_t tax_count; }; /* net + tips + adjustment = returned */
struct shift_report {
    struct shift shift;
    bool z;                       /* closed */
    int64_t documents, voided_orders, voided_lines, drawer_openings; /* the last: without a sale */
    const char *first_document, *last_document;
    money gross, discount, courtesy, net, base, tax, tips, adjustment, collected; /* of the documents: courtesy is part of discount; net + tips + adjustment = collected */
    money cash_sales, cash_in, cash_out, cash_refunds, tips_paid_out, expected;
    struct shift_means *means; size_t means_count; /* money taken in the shift; Σ charged ≠ collected when a part was paid on an order closed in another */
    struct shift_tax *taxes;   size_t tax_count;
    struct shift_refunds refunds; /* what this shift gave back, of its own sales or of earlier ones: not taken off the figures above */
    struct shift_count_row *count; size_t count_rows;
    const char *journal_head;     /* Z only */
};
/* expected, as above. */
struct shift_cash_flow { money float_amount, sales, in, out, refunds, tips_paid_out; };
money shift_expected(const struct shift_cash_flow *flow);
/* Reads one moment by itself: not to be called within db_begin_read. */
MUST_USE bool shift_report(struct db *db, struct shift_id id, struct arena *a, struct shift_report *out, struct error *e);

#endif
