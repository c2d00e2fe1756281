/* Fiscal numbering: authorised ranges, and the next number taken in the transaction that closes a bill. */
#ifndef COMANDA_CORE_NUMBERING_H
#define COMANDA_CORE_NUMBERING_H

#include "pos/core/till.h"

/* Registers the site's ranges: new ones are added, known ones corrected but never moved back. ERROR_CONFLICT
 * "number_range_moved_back" / "number_range_overlap". */
MUST_USE bool numbering_register(struct act *act, struct error *e);
/* "INT-1042"; the number alone without a prefix. */
const char *numbering_text(const char *prefix, int64_t number, struct arena *a);
struct number_taken {
    int64_t document, number;
    const char *prefix, *text; /* "INT-1042" */
};
/* The first range valid on the day that has numbers left; ERROR_CONFLICT "number_range_exhausted" / "number_range_expired". */
MUST_USE bool numbering_take(struct act *act, struct bill_id bill, bool needs_electronic, const char *buyer_json,
                             struct number_taken *out, struct error *e);

struct number_range_state {
    const char *kind, *prefix, *resolution, *resolution_date, *valid_from, *valid_until;
    int64_t first, last, next, left, days_left;
    bool warn;
}; /* warn: ≤ 10 % or ≤ 30 days */
MUST_USE bool numbering_state(struct db *db, const char *today, struct arena *a, struct number_range_state **out, size_t *count,
                              struct error *e);

#endif
