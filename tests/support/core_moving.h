/* What the tests of orders that move and of orders that merge share. */
#ifndef COMANDA_TESTS_CORE_MOVING_H
#define COMANDA_TESTS_CORE_MOVING_H

#include "tests/support/core_fixture.h"

struct order_id moving_table(struct core_fixture *f, const char *table, int32_t covers);
struct order_id moving_takeaway(struct core_fixture *f); /* Rosa's */
struct line_id moving_line(struct core_fixture *f, struct order_id id, size_t index);
void moving_pay(struct core_fixture *f, struct order_id id); /* without a tip, in cash */

/* Every row and its table, waiter, bill and owner: equal texts mean that nothing changed. */
const char *moving_everything(struct core_fixture *f);
#define moving_nothing(f, before) ck_assert_str_eq(before, moving_everything(f))
/* The kitchen's tickets: "3 caliente 1 of 2, …", id, station, sequence, order. */
const char *moving_papers(struct core_fixture *f);
const char *moving_paper(struct core_fixture *f, int64_t job);

#endif
