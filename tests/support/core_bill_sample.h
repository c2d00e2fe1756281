/* Random bills for property tests: made from a seed, told in the form of tests/golden/bills.json, and made smaller while they
 * still fail. */
#ifndef COMANDA_TESTS_CORE_BILL_SAMPLE_H
#define COMANDA_TESTS_CORE_BILL_SAMPLE_H

#include "pos/core/bill_part.h"

/* SplitMix64: small, and the same on every machine. */
struct sample_random {
    uint64_t state;
};
uint64_t sample_next(struct sample_random *r);
int64_t sample_below(struct sample_random *r, int64_t bound); /* 0 to bound - 1 */
int64_t sample_from(struct sample_random *r, int64_t low, int64_t high);
void sample_shuffle(struct sample_random *r, size_t *order, size_t n); /* fills it with 0 to n - 1 */

/* COMANDA_SEED in the environment, or the fixed one; of COMANDA_BILLS the number of bills for each property. */
uint64_t sample_seed(void);
int64_t sample_rounds(void);

enum { SAMPLE_LINES = 12, SAMPLE_DISCOUNTS = 4 };
struct sample {
    struct bill_line_in lines[SAMPLE_LINES]; /* marks 1, 2, … */
    size_t line_count;
    struct bill_discount_in discounts[SAMPLE_DISCOUNTS];
    size_t discount_count;
    money tip;
    uint64_t plan; /* seeds what is done with the bill */
};
enum sample_kind {
    SAMPLE_USUAL, /* prices of a restaurant and odd ones, gifts, lines taken off again, discounts that are at times too large */
    SAMPLE_HUGE,  /* around where amounts end, and far beyond */
};
void sample_make(struct sample_random *r, enum sample_kind kind, struct sample *out);
MUST_USE bool sample_compute(const struct sample *s, struct arena *a, struct bill_totals *out, struct error *e);

/* NULL: the property holds; otherwise what is wrong, in the arena. */
typedef const char *sample_property(const struct sample *s, struct arena *a);
/* The least failing bill that dropping and halving lead to. */
void sample_shrink(sample_property *property, struct sample *s);
/* A case of bills.json. */
const char *sample_json(const struct sample *s, struct arena *a);
/* `rounds` bills; prints what was run; when one fails, stops the test with its seed, its reason and its least form. */
void sample_check(const char *name, enum sample_kind kind, sample_property *property);

#endif
