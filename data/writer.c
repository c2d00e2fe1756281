/* The single writer: its queue, its thread, and the commit they share. */
#include "data/writer.h"

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "data/clock.h"
#include "data/log.h"

enum {
    QUEUE_MAX = 1024,
    BATCH_MAX = 256, /* bounds how long the first of a batch waits for the commit */
    LOOK_OUT_US = 50,
};

struct list {
    struct writer_job *first, **last;
};

struct writer {
    struct db *db; /* the thread's */
    void (*broken)(void *self, const struct error *why);
    void *self;
    size_t queue_max;
    pthread_t thread;

    pthread_mutex_t lock; /* of all below */
    pthread_cond_t submitted;
    struct list queue;
    atomic_size_t waiting; /* its length; written under the lock, looked at without */
    bool sleeping, closing, refusing;
    struct error why; /* of refusing */
    struct writer_stats stats;
};

static void list_clear(struct list *list) {
    list->first = NULL;
    list->last = &list->first;
}

static void list_add(struct list *list, struct writer_job *job) {
    job->next = NULL;
    *list->last = job;
    list->last = &job->next;
}

static struct writer_job *list_take(struct list *list) {
    struct writer_job *job = list->first;
    if (!job) return NULL;
    list->first = job->next;
    if (!list->first) list->last = &list->first;
    job->next = NULL;
    return job;
}

/* ---- the queue ---- */

bool writer_submit(struct writer *w, struct writer_job *job, struct error *e) {
    enum { TAKEN, FULL, CLOSING, BROKEN } answer;
    bool wake = false;
    job->ok = false;
    pthread_mutex_lock(&w->lock);
    if (w->refusing) {
        answer = BROKEN;
        *e = w->why;
    } else if (w->closing)
        answer = CLOSING;
    else if (w->waiting >= w->queue_max)
        answer = FULL;
    else {
        answer = TAKEN;
        list_add(&w->queue, job);
        w->waiting++;
        wake = w->sleeping;
        w->sleeping = false; /* one call wakes it; those that follow need not */
    }
    pthread_mutex_unlock(&w->lock);
    if (wake) pthread_cond_signal(&w->submitted); /* after the unlock, or it would wake only to wait again */
    if (answer == FULL) return error_fail(e, ERROR_BUSY, "writer_busy", "too much is waiting to be written; try again");
    if (answer == CLOSING) return error_fail(e, ERROR_BUSY, "writer_busy", "the server is stopping; try again later");
    return answer == TAKEN;
}

/* Before it sleeps the thread looks out a moment longer, giving its core away at every turn: being woken costs a lone
 * terminal some tens of microseconds an order, of a commit's few hundred. (Spinning without giving way measured worse on two
 * cores: it is in the way of the thread that would bring the next job.) */
static void look_out(struct writer *w) {
    int64_t until = clock_monotonic_us() + LOOK_OUT_US;
    while (atomic_load_explicit(&w->waiting, memory_order_relaxed) == 0 && clock_monotonic_us() < until) sched_yield();
}

/* The next job; when there is none: NULL at once, or with `wait` only when the writer closes. */
static struct writer_job *next_job(struct writer *w, bool wait) {
    if (wait) look_out(w);
    pthread_mutex_lock(&w->lock);
    while (wait && !w->queue.first && !w->closing) {
        w->sleeping = true;
        pthread_cond_wait(&w->submitted, &w->lock);
    }
    w->sleeping = false;
    struct writer_job *job = list_take(&w->queue);
    if (job) w->waiting--;
    pthread_mutex_unlock(&w->lock);
    return job;
}

/* ---- the transaction ---- */

struct batch {
    struct list done; /* all its jobs, in order; ok says which are to be kept */
    size_t size, kept;
    bool open; /* BEGIN has run */
    bool lost; /* undone as a whole, for the reason below */
    struct error why;
};

static void lose(struct batch *b, const struct error *why) {
    if (!b->lost) b->why = *why;
    b->lost = true;
}

static void undo_all(struct writer *w, struct batch *b) {
    struct error e;
    if (db_in_transaction(w->db) && !db_exec(w->db, "ROLLBACK", DB_NO_ARGS, &e)) lose(b, &e);
    b->open = false;
}

/* The first job of a transaction needs no savepoint: what undoes it is ROLLBACK. A lone job, the common case, is spared both. */
static void run_job(struct writer *w, struct batch *b, struct writer_job *job) {
    struct error failed;
    bool savepoint = b->kept > 0;
    if (!b->open) b->open = db_exec(w->db, "BEGIN IMMEDIATE", DB_NO_ARGS, &failed);
    if (!b->open || (savepoint && !db_exec(w->db, "SAVEPOINT job", DB_NO_ARGS, &failed))) {
        lose(b, &failed);
        return;
    }
    job->ok = job->run(w->db, job->self, &job->error);
    if (db_is_broken(w->db)) {
        if (job->ok) error_fail(&job->error, ERROR_IO, "disk_failed", "a job went on after the disk had failed");
        lose(b, &job->error);
    } else if (!db_in_transaction(w->db)) { /* SQLite gave up the transaction (disk full), with it what ran before */
        if (job->ok) error_fail(&job->error, ERROR_INTERNAL, "transaction_ended", "a job ended the writer's transaction");
        lose(b, &job->error);
    } else if (job->ok) {
        b->kept++;
        if (savepoint && !db_exec(w->db, "RELEASE job", DB_NO_ARGS, &failed)) lose(b, &failed);
    } else if (!savepoint)
        undo_all(w, b);
    else if (!db_exec(w->db, "ROLLBACK TO job", DB_NO_ARGS, &failed) || !db_exec(w->db, "RELEASE job", DB_NO_ARGS, &failed))
        lose(b, &failed);
}

static void commit(struct writer *w, struct batch *b) {
    struct error failed;
    int64_t started = clock_monotonic_us();
    if (!b->lost && b->kept > 0 && !db_exec(w->db, "COMMIT", DB_NO_ARGS, &failed)) lose(b, &failed);
    if (b->lost || b->kept == 0) undo_all(w, b);
    uint64_t took = (uint64_t)(clock_monotonic_us() - started);

    pthread_mutex_lock(&w->lock);
    struct writer_stats *s = &w->stats;
    s->batches++;
    s->jobs += b->size;
    s->failed += b->lost ? b->size : b->size - b->kept;
    if (b->size > s->largest_batch) s->largest_batch = b->size;
    s->commit_us_total += took;
    if (took > s->commit_us_max) s->commit_us_max = took;
    if (db_is_broken(w->db) && !w->refusing) {
        w->refusing = true;
        w->why = b->why;
    }
    pthread_mutex_unlock(&w->lock);
}

/* A job that failed by itself keeps its own reason, also when the batch is lost. */
static void tell(struct batch *b) {
    for (struct writer_job *job; (job = list_take(&b->done)) != NULL;) {
        if (b->lost && (job->ok || job->error.kind == ERROR_NONE)) job->error = b->why;
        if (b->lost) job->ok = false;
        job->done(job); /* the job is its owner's again */
    }
}

/* Runs `job` and whatever else has come in by the time it has run, then commits and tells them all. */
static void run_batch(struct writer *w, struct writer_job *job) {
    struct batch b = {0};
    list_clear(&b.done);
    for (; job; job = b.size < BATCH_MAX && !b.lost ? next_job(w, false) : NULL) {
        job->error.kind = ERROR_NONE;
        b.size++;
        run_job(w, &b, job);
        list_add(&b.done, job);
    }
    commit(w, &b);
    tell(&b);
}

static void refuse(struct writer *w, struct writer_job *job) {
    job->error = w->why; /* written once, by this thread */
    job->ok = false;
    job->done(job);
}

static void *run_thread(void *self) {
    struct writer *w = self;
    bool told = false;
    for (struct writer_job *job; (job = next_job(w, true)) != NULL;) {
        if (!told)
            run_batch(w, job);
        else
            refuse(w, job);
        if (!db_is_broken(w->db) || told) continue;
        told = true;
        log_failure("the database cannot be written any more", &w->why);
        if (!w->broken) abort();
        w->broken(w->self, &w->why);
    }
    return NULL;
}

/* ---- opening and closing ---- */

bool writer_open(struct db *db, const struct writer_options *options, struct writer **out, struct error *e) {
    struct writer *w = calloc(1, sizeof *w);
    if (!w) return error_fail(e, ERROR_INTERNAL, "no_memory", "no memory for the writer");
    w->db = db;
    w->queue_max = options && options->queue_max ? options->queue_max : QUEUE_MAX;
    w->broken = options ? options->broken : NULL;
    w->self = options ? options->self : NULL;
    list_clear(&w->queue);
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->submitted, NULL);
    int result = pthread_create(&w->thread, NULL, run_thread, w);
    if (result != 0) {
        free(w);
        return error_errno(e, result, "no_thread", "starting the writer");
    }
    pthread_setname_np(w->thread, "writer");
    *out = w;
    return true;
}

void writer_close(struct writer *w) {
    if (!w) return;
    pthread_mutex_lock(&w->lock);
    w->closing = true;
    pthread_mutex_unlock(&w->lock);
    pthread_cond_signal(&w->submitted);
    pthread_join(w->thread, NULL);
    db_close(w->db);
    pthread_cond_destroy(&w->submitted);
    pthread_mutex_destroy(&w->lock);
    free(w);
}

/* ---- waiting for one ---- */

struct waiting_job {
    struct writer_job job; /* first, so that `done` finds the rest */
    sem_t finished;
};

static void wake_owner(struct writer_job *job) {
    sem_post(&((struct waiting_job *)job)->finished);
}

bool writer_run(struct writer *w, bool (*run)(struct db *, void *, struct error *), void *self, struct error *e) {
    assert(!pthread_equal(pthread_self(), w->thread)); /* it would wait for itself */
    struct waiting_job waiting = {.job = {.run = run, .done = wake_owner, .self = self}};
    sem_init(&waiting.finished, 0, 0);
    bool ok = writer_submit(w, &waiting.job, e);
    if (ok) {
        while (sem_wait(&waiting.finished) != 0) continue; /* EINTR */
        ok = waiting.job.ok;
        if (!ok) *e = waiting.job.error;
    }
    sem_destroy(&waiting.finished);
    return ok;
}

struct writer_stats writer_stats(struct writer *w) {
    pthread_mutex_lock(&w->lock);
    struct writer_stats stats = w->stats;
    stats.waiting = w->waiting;
    pthread_mutex_unlock(&w->lock);
    return stats;
}
