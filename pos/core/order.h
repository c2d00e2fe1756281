/* Orders: opening, adding, sending, voiding, tip; and reading one back whole.
 *
 *   open ──send──▶ sent ──pay──▶ paid ──Z──▶ closed        open, sent ──void──▶ voided
 *     └────────────pay──────────▶                          (a payment sends what was not sent yet)
 *
 * Lines are added, never rewritten: two devices on one order lose nothing. Every change raises `version`. */
#ifndef COMANDA_CORE_ORDER_H
#define COMANDA_CORE_ORDER_H

#include "pos/core/bill.h"
#include "pos/core/till.h"

enum order_state { ORDER_OPEN, ORDER_SENT, ORDER_PAID, ORDER_CLOSED, ORDER_VOIDED };
extern const char *const order_state_names[];

enum { ORDER_LINES_MAX = 200, ORDER_LINE_QUANTITY_MAX = 999, ORDER_NOTE_MAX = 140, ORDER_NAME_MAX = 40, ORDER_PICKS_MAX = 40 };

struct order_line_new {
    const char *item;
    int32_t quantity;
    const struct menu_pick *picks;
    size_t pick_count;
    const char *note;   /* "" when none */
    const char *course; /* NULL: the menu's */
    int32_t seat;       /* 0: none */
    bool hold;
};
struct order_new {
    enum order_kind kind;
    const char *table; /* slug; for ORDER_TABLE only */
    const char *name;  /* "" when none */
    int32_t covers;    /* 0: not said */
};
/* Needs an open shift (ERROR_CONFLICT "no_open_shift"), a kind the site has (ERROR_INVALID "kind_not_offered"), a known table
 * (ERROR_INVALID "table_unknown"), and for a table none open on it already (ERROR_CONFLICT "table_taken", naming the order).
 * Selling needs a person: the console is ERROR_DENIED "staff_needed". */
MUST_USE bool order_open(struct act *act, const struct order_new *in, struct order_id *out, struct error *e);
/* All lines or none (ERROR_INVALID "order_full" beyond ORDER_LINES_MAX). Prices and names are taken from the newest menu now.
 * Errors name "lines[i]…" as their field. */
MUST_USE bool order_add_lines(struct act *act, struct order_id id, const struct order_line_new *lines, size_t n, struct error *e);
/* Takes back a line nothing of which was sent ("line_sent" otherwise); gives counted items back. */
MUST_USE bool order_remove_line(struct act *act, struct order_id id, struct line_id line, struct error *e);
/* After sending: reason needed ("reason_missing"), PERMISSION_VOID_SENT by role or approval. What was never told to the kitchen
 * may go without. ERROR_INVALID "void_too_many"; ERROR_CONFLICT "paid_more_than_due" when part payments exceed what would be left
 * (so too for a removal and a smaller tip). */
MUST_USE bool order_void_line(struct act *act, struct order_id id, struct line_id line, int32_t quantity, const char *reason,
                              struct error *e);
/* The whole order: every station that knows of it is told at once. Once sent it needs a reason and PERMISSION_VOID_SENT, and
 * counted items do not come back. ERROR_CONFLICT "order_part_paid" when something was paid of it. */
MUST_USE bool order_void(struct act *act, struct order_id id, const char *reason, struct error *e);

struct order_ticket {
    struct job_id job;
    const char *station;
    int64_t sequence;
};
/* Prints what changed since the last send, once per station (pos/core/kitchen.h). Nothing changed → zero tickets, no error; an
 * order without a line → ERROR_CONFLICT "order_empty". courses: NULL = all that is not held; a list (ERROR_INVALID
 * "course_unknown") = these, held or not, and whatever was taken back. */
MUST_USE bool order_send(struct act *act, struct order_id id, const char *const *courses, size_t course_count,
                         struct order_ticket **out, size_t *count, struct error *e);

enum tip_answer { TIP_UNASKED, TIP_DECLINED, TIP_SET };
extern const char *const tip_answer_names[];
/* TIP_SET takes an amount; over the ceiling → ERROR_INVALID "tip_over_limit" naming the ceiling. Site rule off → "tip_off". */
MUST_USE bool order_tip(struct act *act, struct order_id id, enum tip_answer answer, money amount, struct error *e);

/* ---- reading ---- */
struct order_option {
    const char *group, *option, *name;
    int32_t quantity;
    money price;
};
struct order_line {
    struct line_id id;
    const char *item, *name, *category, *course, *note, *tax, *tax_name; /* course NULL: none */
    int32_t seat, quantity, voided, tax_rate;
    int32_t sent; /* how many of quantity the kitchen was told of (the least over its parts); quantity when nothing is cooked and
                     the order was sent */
    money unit_price;
    bool held, changed; /* changed: a send would print something for it */
    const struct order_option *options;
    size_t option_count;
};
struct order_payment {
    int64_t id, at;
    const char *kind, *means, *reference;
    money amount, charged, adjustment, tendered, change;
};
struct order_bill {
    struct bill_id id;
    int32_t position;
    bool paid;
    struct bill_totals totals;
    money settled;        /* Σ payment.amount */
    const char *document; /* "INT-1042" once issued, else NULL */
};
struct order {
    struct order_id id;
    struct shift_id shift;
    int64_t number, version, opened_at, ended_at, sends;
    enum order_kind kind;
    enum order_state state;
    const char *table, *name, *opened_by, *void_reason; /* table NULL: none */
    int32_t covers;
    enum tip_answer tip_answer;
    bool changed; /* a send would print something */
    const struct order_line *lines;
    size_t line_count; /* those wholly removed before sending are left out */
    const struct order_bill *bills;
    size_t bill_count;
    struct bill_totals totals; /* of the whole order */
    money paid, balance;
    const struct order_payment *payments;
    size_t payment_count;
};
MUST_USE bool order_get(struct db *db, const struct site *site, struct order_id id, struct arena *a, struct order **out,
                        struct error *e); /* ERROR_NOT_FOUND "order_unknown" */

struct order_summary {
    struct order_id id;
    int64_t number, version, opened_at, unprinted; /* unprinted: its kitchen jobs not yet on paper */
    enum order_kind kind;
    enum order_state state;
    const char *table, *name, *opened_by;
    int32_t covers;
    money net;
    bool changed;
};
/* Newest first. state: -1 = open or sent; before: id to go on from, 0 = start; limit <= 200. */
MUST_USE bool order_list(struct db *db, int state, struct shift_id shift, int64_t before, int32_t limit, struct arena *a,
                         struct order_summary **out, size_t *count, struct error *e);

#endif
