/* What the tests of refunds, of reopened orders and of verify share: sales with what comes off and several checks, and giving
 * back. */
#ifndef COMANDA_TESTS_CORE_REFUNDING_H
#define COMANDA_TESTS_CORE_REFUNDING_H

#include "pos/core/refund.h"
#include "tests/support/core_fixture.h"

/* ---- sales; sure to succeed ---- */
/* Off the whole check, by the manager: one of percent (basis points) and amount. */
void refunding_off(struct core_fixture *f, struct order_id id, int32_t percent, money amount, bool courtesy);
void refunding_off_line(struct core_fixture *f, struct order_id id, struct line_id line, money amount);
void refunding_split_ways(struct core_fixture *f, struct order_id id, int32_t ways);
void refunding_split_lines(struct core_fixture *f, struct order_id id, const struct bill_pick *picks, size_t n);
/* Pays all that is left of a check (0: the only open one). */
void refunding_pay(struct core_fixture *f, struct order_id id, struct bill_id check, const char *means);
void refunding_close(struct core_fixture *f); /* the open shift; open orders are carried */
/* Closes the open shift and opens another with the same float. */
void refunding_next_shift(struct core_fixture *f);
struct line_id refunding_line(struct core_fixture *f, struct order_id id, size_t at);
struct bill_id refunding_check(struct core_fixture *f, struct order_id id, size_t at);

/* ---- giving back ---- */
extern struct refund_done refunding_done; /* of the last refund */
bool refunding_as(struct core_fixture *f, struct actor who, struct order_id id, const struct refund_new *in);
/* By the manager, for "Plato frío": all that is left of the only check; some of a line of it; of that check. */
bool refunding_all(struct core_fixture *f, struct order_id id);
bool refunding_some(struct core_fixture *f, struct order_id id, struct line_id line, int64_t quantity);
bool refunding_of_check(struct core_fixture *f, struct order_id id, struct bill_id check);
bool refunding_reopen(struct core_fixture *f, struct actor who, struct order_id id);
/* A cashier with the manager's approval. */
struct actor refunding_approved(struct core_fixture *f);

/* ---- looking ---- */
struct refund refunding_read(struct core_fixture *f, int64_t id);
/* Each refund as "net=base+tax tip total | means amount/charged …", in order, joined by "; ". */
const char *refunding_text(struct core_fixture *f);
/* The test ends when `comanda verify` finds anything. */
void refunding_verified(struct core_fixture *f);

#endif
