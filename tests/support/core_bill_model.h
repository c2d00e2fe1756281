/* What a bill must come to, a second time and the slow way; and what is wrong with totals. For property tests. */
#ifndef COMANDA_TESTS_CORE_BILL_MODEL_H
#define COMANDA_TESTS_CORE_BILL_MODEL_H

#include "tests/support/core_bill_sample.h"

struct model {
    __int128 gross, net, courtesy, base, due;
    __int128 nets[SAMPLE_LINES], courtesies[SAMPLE_LINES];
};
/* NULL, or the code that the bill is refused with. */
const char *model_bill(const struct sample *s, struct model *m);

/* NULL, or what is wrong, in the arena. Differing in any member of the sums, the lines or the tax rows … */
const char *totals_differ(const char *what, const struct bill_totals *x, const struct bill_totals *y, struct arena *a);
/* … something negative, or a sum that is not of its lines and tax rows, or a row that is not of its lines … */
const char *totals_unsound(const char *what, const struct bill_totals *t, struct arena *a);
/* … a row's tax further than `most` from half_up of its own formula. */
const char *totals_far(const struct bill_totals *t, money most, struct arena *a);

/* A bill of the same lines and rows, all 0; and a part added to one that has its lines and rows. */
struct bill_totals totals_zero(const struct bill_totals *t, struct arena *a);
void totals_add(struct bill_totals *sum, const struct bill_totals *part);

#endif
