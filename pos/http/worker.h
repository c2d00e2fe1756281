/* A small pool of threads for what would hold up the door: PIN hashing, reports, pictures. */
#ifndef COMANDA_HTTP_WORKER_H
#define COMANDA_HTTP_WORKER_H

#include <stddef.h>

#include "data/error.h"

struct worker_pool; /* opaque */
struct worker_job {
    void (*run)(struct worker_job *job); /* on a worker's thread; the job is the caller's again from its start */
    void *self;
    struct worker_job *next; /* the queue's */
};
MUST_USE bool worker_open(size_t threads, size_t queue_max, struct worker_pool **out, struct error *e);
/* ERROR_BUSY "door_busy" when queue_max jobs wait already. Thread: any. */
MUST_USE bool worker_submit(struct worker_pool *w, struct worker_job *job, struct error *e);
/* Lets what waits finish, then stops the threads. */
void worker_close(struct worker_pool *w);

#endif
