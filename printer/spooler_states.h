/* The states of a print job and the one way from one to another. The diagram stands in spooler.h. */
#ifndef COMANDA_PRINTER_SPOOLER_STATES_H
#define COMANDA_PRINTER_SPOOLER_STATES_H

#include "printer/spooler.h"

/* True for a transition in the table. */
bool job_may_move(enum job_state from, enum job_state to);

/* A job that nothing but a person's word will bring on: its bytes are gone, and no other evidence will come. */
#define JOB_WAITS_FOR_PERSON "(state = 'sent' AND evidence IS NOT NULL)"

struct job_move {
    int64_t id;
    enum job_state from, to;
    const char *evidence; /* a grade, or NULL: keeps what it has */
    const char *reason;   /* why it is where it is, for people; NULL: none */
    int64_t now;          /* for printed_at */
};
/* In the caller's transaction. *moved false: the job was no longer in `from`; nothing changed. A transition that is not in the
 * table is ERROR_INTERNAL "job_transition". */
MUST_USE bool job_move(struct db *db, const struct job_move *m, bool *moved, struct error *e);

#endif
