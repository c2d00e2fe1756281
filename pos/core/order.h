/* Orders: opening, adding, sending, voiding, tip; and reading one back whole.
 *
 *   open ──send──▶ sent ──pay──▶ paid ──Z──▶ closed        open, sent ──void──▶ voided
 *     └────────────pay──────────▶                          (a payment sends what was not sent yet)
 *                  sent ◀──reopen── paid                    (pos/core/refund.h)
 *
 * Lines are added, never rewritten: two devices on one order lose nothing. Every change raises `version`. */
#ifndef COMANDA_CORE_ORDER_H
#define COMANDA_CORE_ORDER_H

#include "pos/core/bill_part.h"
#include "pos/core/till.h"

enum order_state { ORDER_OPEN, ORDER_SENT, ORDER_PAID, ORDER_CLOSED, ORDER_VOIDED };
extern const char *const order_state_names[];

enum { ORDER_LINES_MAX = 200, ORDER_LINE_QUANTITY_MAX = 999, ORDER_NOTE_MAX = 140, ORDER_NAME_MAX = 40, ORDER_PICKS_MAX = 40 };
enum { ORDER_COVERS_MAX = 99 };

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
/* All lines or none (ERROR_INVALID "order_full" beyond ORDER_LINES_MAX). Prices and names are taken from the newest menu, as they
 * are now for the order's kind (ERROR_CONFLICT "item_not_now" outside an item's hours). Errors name "lines[i]…" as their field. */
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

/* ---- orders that move. A station that knows of one gets a notice, never its food again (pos/core/kitchen_notice.h) ---- */
/* Only for kind table (ERROR_INVALID "not_at_table"); the new one must be known and free ("table_unknown", "table_taken"). The
 * same table: no change. */
MUST_USE bool order_move(struct act *act, struct order_id id, const char *table, struct error *e);
/* All that `from` holds becomes `into`'s, which keeps its number and table; `from` ends voided with merged_into. Both live
 * (faults of `from` name that field), not the same (ERROR_INVALID "merge_same"), not split ("order_split"), nothing paid
 * ("order_part_paid"), without a discount on the whole bill, which would spread to dishes it was not given for
 * ("order_discounted"); together at most ORDER_LINES_MAX lines ("order_full"). Where both did not decline a tip it is asked anew. */
MUST_USE bool order_merge(struct act *act, struct order_id into, struct order_id from, struct error *e);
/* Another person serves it: on tickets, in lists and in the report by person. ERROR_NOT_FOUND "staff_unknown", also for one who
 * has left; ERROR_INVALID "staff_cannot_serve" for a role that may not sell. The same person: no change. */
MUST_USE bool order_transfer(struct act *act, struct order_id id, struct staff_id staff, struct error *e);

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
/* Of one check (0: the only open one, "check_needed" when there are several). TIP_SET takes an amount; over the ceiling →
 * ERROR_INVALID "tip_over_limit" naming the ceiling. Site rule off → "tip_off". */
MUST_USE bool order_tip(struct act *act, struct order_id id, struct bill_id check, enum tip_answer answer, money amount,
                        struct error *e);
/* What this percentage (basis points) of the check's base comes to, rounded down as the ceiling is. */
MUST_USE bool order_tip_percent(struct act *act, struct order_id id, struct bill_id check, int32_t percent, money *out,
                                struct error *e);

/* ---- what comes off, and who pays what: order_discount.c, order_split.c ---- */
enum { ORDER_DISCOUNTS_MAX = 50, ORDER_WAYS_MAX = 50 };

struct order_discount_new {
    bool courtesy;
    int32_t percent; /* basis points of what is left … */
    money amount;    /* … or an amount: one of the two */
    struct line_id line; /* 0: of the whole check */
    const char *reason;
};
/* Off what no split has fixed. ERROR_INVALID "reason_missing", "discount_too_large" (more than is left), "invalid_field";
 * ERROR_CONFLICT "order_split", "line_voided", "order_empty", "discounts_full", "paid_more_than_due". All that came off a line (or
 * the check) together stays within the site's limit for the person's role, or within that of a manager who approves
 * (PERMISSION_DISCOUNT); a courtesy always needs PERMISSION_COURTESY: ERROR_DENIED "approval_required". */
MUST_USE bool order_discount(struct act *act, struct order_id id, const struct order_discount_new *in, int64_t *out,
                             struct error *e);
/* ERROR_NOT_FOUND "discount_unknown", also for one taken off already; ERROR_CONFLICT "order_split" once a split has fixed it. */
MUST_USE bool order_discount_remove(struct act *act, struct order_id id, int64_t discount, struct error *e);

struct order_split_new {
    struct bill_id check; /* 0: the only open one */
    int32_t ways;         /* one of the four: so many equal parts … */
    const struct bill_pick *picks; /* … a check of these dishes (or one for each `part` of them, 1, 2, …; 0 is 1), and the rest … */
    size_t pick_count;
    const int32_t *seats; /* … a check for each seat, and one with what no named seat has … */
    size_t seat_count;
    money amount; /* … a check that comes to this much, tip included, and the rest */
};
/* Fixes the figures of the check's parts (pos/core/bill_part.h). ERROR_CONFLICT "order_empty", "order_part_paid"; ERROR_INVALID
 * "invalid_field", "split_too_few" (everything would be on one check), "seat_empty", "too_many_picked", "amount_over_balance". */
MUST_USE bool order_split(struct act *act, struct order_id id, const struct order_split_new *in, struct error *e);
/* Back to one check while nothing is paid: ERROR_CONFLICT "order_part_paid"; "not_split". */
MUST_USE bool order_unsplit(struct act *act, struct order_id id, struct error *e);

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
    struct bill_id bill;
    const char *kind, *means, *reference;
    money amount, charged, adjustment, tendered, change;
};
struct order_bill { /* a check */
    struct bill_id id;
    int32_t position;     /* 1, 2, … as shown */
    int64_t split;        /* the split that fixed its figures; 0: none, it is what no split has fixed */
    const char *label;    /* "Puesto 2"; "" when none */
    bool paid, counts;    /* counts: no refund has had it sold anew */
    enum tip_answer tip_answer;
    struct bill_totals totals;
    money settled;        /* Σ payment.amount */
    money balance;        /* what is left to pay of it */
    money refunded;       /* Σ refund.total */
    const char *document; /* "INT-1042" once issued, else NULL */
};
struct order_discount {
    int64_t id, at, split; /* split: the one that fixed it; 0: it still counts afresh */
    struct line_id line;   /* 0: of the whole check */
    bool courtesy;
    int32_t percent;
    money amount;
    money value; /* what it comes to: an amount takes no more than is left by now */
    const char *reason, *by, *approved_by; /* approved_by NULL: nobody had to */
};
struct refund; /* pos/core/refund.h */
struct order {
    struct order_id id;
    struct shift_id shift;
    int64_t number, version, opened_at, ended_at, sends;
    enum order_kind kind;
    enum order_state state;
    const char *table, *name, *opened_by, *served_by, *void_reason; /* table NULL: none */
    struct order_id merged_into;                                    /* 0: into none */
    int32_t covers;
    enum tip_answer tip_answer; /* of all its checks: unasked while one is */
    bool changed; /* a send would print something */
    const struct order_line *lines;
    size_t line_count; /* those wholly removed before sending are left out */
    const struct order_bill *bills;
    size_t bill_count; /* one that nothing stands on is left out beside others */
    const struct order_discount *discounts;
    size_t discount_count;
    struct bill_totals totals; /* of the whole order: the sum of the checks that count */
    money paid, balance;
    const struct order_payment *payments;
    size_t payment_count;
    const struct refund *refunds; /* oldest first */
    size_t refund_count;
};
MUST_USE bool order_get(struct db *db, const struct site *site, struct order_id id, struct arena *a, struct order **out,
                        struct error *e); /* ERROR_NOT_FOUND "order_unknown" */

struct order_summary {
    struct order_id id;
    int64_t number, version, opened_at, unprinted; /* unprinted: its kitchen jobs not yet on paper */
    enum order_kind kind;
    enum order_state state;
    const char *table, *name, *opened_by, *served_by;
    int32_t covers;
    money net;
    bool changed;
};
/* Newest first. state: -1 = open or sent; before: id to go on from, 0 = start; limit <= 200. */
MUST_USE bool order_list(struct db *db, int state, struct shift_id shift, int64_t before, int32_t limit, struct arena *a,
                         struct order_summary **out, size_t *count, struct error *e);

#endif
