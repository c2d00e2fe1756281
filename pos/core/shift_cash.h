/* The parts of a shift that only its own files share: what an act in it needs, the cash slip, and the report inside a transaction
 * that is open already. */
#ifndef COMANDA_CORE_SHIFT_CASH_H
#define COMANDA_CORE_SHIFT_CASH_H

#include "pos/core/shift.h"

/* A person does it, and the shift is open: ERROR_DENIED "not_signed_in", ERROR_NOT_FOUND, ERROR_CONFLICT "shift_closed". */
MUST_USE bool shift_accepts(struct act *act, struct shift_id id, struct error *e);
/* ERROR_INVALID "reason_missing". */
MUST_USE bool shift_check_reason(const char *reason, struct error *e);
/* Opens the drawer for a movement and prints the slip that goes into it. */
MUST_USE bool cash_slip(struct act *act, struct shift_id shift, enum cash_kind kind, money amount, const char *reason,
                        struct error *e);
/* shift_report without a read transaction of its own. */
MUST_USE bool shift_report_within(struct db *db, struct shift_id id, struct arena *a, struct shift_report *out, struct error *e);

#endif
