/* Fiscal numbering: authorised ranges, the next number taken in the transaction that closes a bill, and how much is left (RULES
 * of the DIAN: a prefix, from, to, valid from, valid until).
 *
 * A site may hold several authorisations in line. The one registered first that is valid today and has numbers left gives the
 * next number; when its last number is used or its last day is over the next one in line gives the number of that same payment.
 * Days are days of the calendar in the site's time zone. */
#ifndef COMANDA_CORE_NUMBERING_H
#define COMANDA_CORE_NUMBERING_H

#include "pos/core/till.h"

/* Registers the site's ranges: new ones are added, known ones corrected but never moved back. ERROR_CONFLICT
 * "number_range_moved_back" / "number_range_overlap". */
MUST_USE bool numbering_register(struct act *act, struct error *e);
/* "INT-1042"; the number alone without a prefix. */
const char *numbering_text(const char *prefix, int64_t number, struct arena *a);

/* ---- how much is left: the one definition, of payments, screens and `comanda doctor` ---- */

enum number_state {
    NUMBER_RANGE_ACTIVE,    /* gives the next number */
    NUMBER_RANGE_NEXT,      /* waits in line, or is not valid yet */
    NUMBER_RANGE_EXPIRED,   /* its last day is over, with numbers left */
    NUMBER_RANGE_EXHAUSTED, /* its last number is used */
};
extern const char *const number_state_names[]; /* "active" "next" "expired" "exhausted", NULL-ended */

/* Asked of the active range alone. FEW: a tenth of it or less is left, and no range in line that is valid today and has more than
 * a tenth of its own. SOON: in 30 days or less it ends, and so do those in line that follow it without a day between and have
 * more than a tenth left. FEW goes before SOON. */
enum number_warning { NUMBER_WARNING_NONE, NUMBER_WARNING_FEW, NUMBER_WARNING_SOON };
extern const char *const number_warning_names[]; /* "none" "few_numbers" "expires_soon", NULL-ended */

struct number_range {
    int64_t id;
    const char *kind, *prefix, *resolution, *resolution_date, *valid_from, *valid_until; /* days as YYYY-MM-DD */
    int64_t from, to, next;
    int64_t remaining; /* 0 when exhausted */
    int64_t days_left; /* until its last day: 0 on it, negative after it */
    enum number_state state;
    enum number_warning warning; /* NONE but for the active one */
};
struct number_status {
    struct number_range *ranges; /* in line: as they were registered */
    size_t count;
    const struct number_range *active; /* NULL: a payment is refused, see numbering_refused */
    enum number_warning warning;       /* the active one's */
    int64_t remaining;                 /* numbers of all that are valid today */
    int64_t days_left; /* until the last day on which there is an authorisation without a day between; -1: not today */
};
MUST_USE bool numbering_status(struct db *db, int64_t now, struct arena *a, struct number_status *out, struct error *e);
/* Why no number can be given now: ERROR_CONFLICT "number_range_exhausted" (one is valid today and used up) or
 * "number_range_expired" (none is valid today, telling from when the next one is). Only when nothing is active; returns false
 * like error_fail. */
bool numbering_refused(const struct number_status *status, int64_t now, struct error *e);

/* ---- taking ---- */

struct number_taken {
    int64_t document, number;
    const char *prefix, *text;   /* "INT-1042" */
    enum number_warning warning; /* how it stands once this number is gone */
};
/* Takes the next number for a bill that is being closed; fails as numbering_refused says. */
MUST_USE bool numbering_take(struct act *act, struct bill_id bill, bool needs_electronic, const char *buyer_json,
                             struct number_taken *out, struct error *e);

#endif
