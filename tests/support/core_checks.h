/* What the core's tests of discounts and splits share: their verbs, and a check in one line of text. */
#ifndef COMANDA_TESTS_CORE_CHECKS_H
#define COMANDA_TESTS_CORE_CHECKS_H

#include "tests/support/core_fixture.h"

/* ---- verbs; the actor of a split is the waiter ---- */
bool core_discount(struct core_fixture *f, struct actor who, struct order_id id, const struct order_discount_new *in);
bool core_discount_remove(struct core_fixture *f, struct order_id id, int64_t discount);
bool core_split(struct core_fixture *f, struct order_id id, const struct order_split_new *in);
bool core_split_evenly(struct core_fixture *f, struct order_id id, int32_t ways);
bool core_split_dish(struct core_fixture *f, struct order_id id, int64_t line, int64_t quantity);
bool core_unsplit(struct core_fixture *f, struct order_id id);
bool core_tip_check(struct core_fixture *f, struct order_id id, struct bill_id check, enum tip_answer answer, money amount);
/* In cash, or by nequi; a check of 0 names none. */
bool core_pay_check(struct core_fixture *f, struct order_id id, struct bill_id check, const char *means);
/* Every open check in cash, those not asked without a tip: the order is paid then, and `comanda verify` finds nothing. */
void core_pay_all(struct core_fixture *f, struct order_id id);
/* The person, with this manager's approval. */
struct actor core_approved(struct actor who, struct actor by);

/* ---- looking ---- */
/* The check at a position, from 1. */
struct bill_id core_check(struct core_fixture *f, struct order_id id, int32_t position);
/* Each check as "label: gross -discount = base +tax, tip, due; …", a paid one with its document. */
const char *core_checks(struct core_fixture *f, struct order_id id);
/* The lines of one check as "line: quantity, gross -discount; …". */
const char *core_check_lines(struct core_fixture *f, struct order_id id, int32_t position);
/* Everything that `comanda verify` has to say; "" when nothing. */
const char *core_verify(struct core_fixture *f);

#endif
