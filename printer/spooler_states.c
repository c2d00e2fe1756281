/* The states of a print job: the table of allowed transitions, and the statement that makes one. */
#include "printer/spooler_states.h"

#include <inttypes.h>

const char *const job_state_names[] = {"queued", "sending", "sent", "printed", "unknown", "failed", NULL};

/* The diagram stands in spooler.h. */
static const bool allowed[6][6] = {
    [JOB_QUEUED] = {[JOB_SENDING] = true, [JOB_FAILED] = true},
    [JOB_SENDING] = {[JOB_QUEUED] = true, [JOB_SENT] = true, [JOB_UNKNOWN] = true},
    [JOB_SENT] = {[JOB_SENT] = true, [JOB_PRINTED] = true, [JOB_UNKNOWN] = true, [JOB_FAILED] = true},
    [JOB_UNKNOWN] = {[JOB_PRINTED] = true, [JOB_FAILED] = true},
};

bool job_may_move(enum job_state from, enum job_state to) {
    return allowed[from][to];
}

bool job_move(struct db *db, const struct job_move *m, bool *moved, struct error *e) {
    *moved = false;
    if (!job_may_move(m->from, m->to))
        return error_fail(e, ERROR_INTERNAL, "job_transition", "print job %" PRId64 ": no way from %s to %s", m->id,
                          job_state_names[m->from], job_state_names[m->to]);
    if (!db_exec(db,
                 "UPDATE print_job SET state = ?1, evidence = coalesce(?2, evidence), reason = ?3,"
                 " printed_at = CASE ?1 WHEN 'printed' THEN ?4 ELSE printed_at END, attempts = attempts + (?1 = 'sending')"
                 " WHERE id = ?5 AND state = ?6",
                 DB_ARGS(db_text(job_state_names[m->to]), db_text(m->evidence), db_text(m->reason), db_int(m->now), db_int(m->id),
                         db_text(job_state_names[m->from])),
                 e))
        return false;
    *moved = db_changes(db) == 1;
    return true;
}
