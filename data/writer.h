/* The single writer: one thread that owns the only writing connection and commits in groups.
 *
 * A job is a closure. The thread takes all that wait (up to a bound), opens BEGIN IMMEDIATE, runs each under its own
 * SAVEPOINT, COMMITs (fsync), and only then tells each job's `done`. A job that returns false is rolled back alone; a COMMIT that
 * fails fails every job of the batch. A full disk ends there and writing goes on; after any other I/O error, a corrupt or a vanished
 * file the writer refuses everything and calls `broken`, and the process should exit. Source of the idea: group commit, DeWitt et al., "Implementation Techniques for Main Memory Database Systems", 1984. */
#ifndef COMANDA_DATA_WRITER_H
#define COMANDA_DATA_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/db.h"

struct writer; /* opaque */

struct writer_job {
    /* Runs on the writer's thread inside the transaction. False with *e filled: undone by its SAVEPOINT. */
    bool (*run)(struct db *db, void *self, struct error *e);
    /* Runs on the writer's thread after COMMIT (ok) or after the failure (error holds why). The job is the caller's again. */
    void (*done)(struct writer_job *job);
    void *self;
    bool ok;
    struct error error;
    struct writer_job *next; /* the queue's */
};

struct writer_options {
    size_t queue_max;                                    /* jobs that may wait; 0 → 1024 */
    void (*broken)(void *self, const struct error *why); /* the disk failed; on the writer's thread; NULL → abort() */
    void *self;
};

/* Takes over a DB_WRITER connection (closes it at the end). */
MUST_USE bool writer_open(struct db *db, const struct writer_options *options, struct writer **out, struct error *e);
/* Lets what waits finish, then stops the thread. */
void writer_close(struct writer *w);

/* Queues a job: ERROR_BUSY "writer_busy" when the queue is full. Job memory stays valid until `done`. Thread: any but the
 * writer's. */
MUST_USE bool writer_submit(struct writer *w, struct writer_job *job, struct error *e);
/* Queues and waits. */
MUST_USE bool writer_run(struct writer *w, bool (*run)(struct db *, void *, struct error *), void *self, struct error *e);

struct writer_stats {
    uint64_t jobs, failed, batches, largest_batch;
    uint64_t commit_us_total, commit_us_max;
    size_t waiting;
};
struct writer_stats writer_stats(struct writer *w);

#endif
