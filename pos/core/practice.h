/* Practice: a second till beside the real one, in DIRECTORY/practice, where nothing is real (RULES §11).
 *
 * Its database is a file of its own that says so of itself: it marks every print job PRÁCTICA by a trigger, whoever writes the row, and
 * a till that is not a practice till refuses it. Its site is the real one's with virtual printers, no drawer and a numbering of its
 * own. People with their PINs and the menu are the real till's: copied, never changed here. */
#ifndef COMANDA_CORE_PRACTICE_H
#define COMANDA_CORE_PRACTICE_H

#include "pos/core/staff.h"
#include "pos/core/till.h"

#define PRACTICE_PREFIX "PRUE"

/* The real site as practice runs it; borrows from it. */
const struct site *practice_site(const struct site *real, struct arena *a);
/* Of an opened and migrated database: is it of the kind that this till opens? ERROR_CONFLICT "practice_database". */
MUST_USE bool practice_check_kind(const struct till *t, struct db *db, struct error *e);
/* Inside the first transaction of a practice till: its own tables, people and menu. */
MUST_USE bool practice_first_steps(struct act *act, struct error *e);

/* Brings people and menu up to what they are in the real till; writes only where something differs, and waits for it then: not on the
 * door's or a writer's thread. A person with another PIN or role, or who has left, is signed out. */
MUST_USE bool practice_follow(struct till *t, struct db *reader, struct arena *a, struct error *e);
/* After a sign-in: who sells but may not open a shift finds one open. */
MUST_USE bool practice_welcome(struct act *act, const struct staff *person, struct error *e);

/* ---- the guided tasks: done when the person's own rows say so ---- */
enum practice_task { PRACTICE_SALE, PRACTICE_MODIFIER, PRACTICE_UNDO, PRACTICE_SPLIT, PRACTICE_CLOSE, PRACTICE_TASKS };
extern const char *const practice_task_names[]; /* "sale" "modifier" "undo" "split" "close", NULL-ended */

struct practice_state {
    bool possible;   /* the role may do it; who may not take money shows the dish to the kitchen and leaves paying to others */
    int64_t done_at; /* 0: not yet */
};
struct practice_progress {
    int64_t since; /* the person began anew then; 0: never */
    struct practice_state tasks[PRACTICE_TASKS];
};
MUST_USE bool practice_progress(struct db *db, const struct staff *person, struct practice_progress *out, struct error *e);
/* What the person did until now counts no more. Another's only with PERMISSION_REPORTS or approval. */
MUST_USE bool practice_restart(struct act *act, struct staff_id person, struct error *e);
/* Everything that was practised goes, for everybody; people, sessions and menu stay. ERROR_NOT_FOUND "practice_only" in the real till. */
MUST_USE bool practice_reset(struct act *act, struct error *e);

#endif
