/* A small pool of threads. */
#include "pos/http/worker.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct worker_pool {
    pthread_mutex_t lock;
    pthread_cond_t ready;
    struct worker_job *first, **last;
    size_t waiting, waiting_max, thread_count;
    bool stop;
    pthread_t threads[];
};

static void *work(void *self) {
    struct worker_pool *w = self;
    pthread_mutex_lock(&w->lock);
    for (;;) {
        while (!w->first && !w->stop) pthread_cond_wait(&w->ready, &w->lock);
        struct worker_job *job = w->first;
        if (!job) break;
        w->first = job->next;
        if (!w->first) w->last = &w->first;
        w->waiting--;
        pthread_mutex_unlock(&w->lock);
        job->run(job);
        pthread_mutex_lock(&w->lock);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

bool worker_open(size_t threads, size_t queue_max, struct worker_pool **out, struct error *e) {
    struct worker_pool *w = calloc(1, sizeof *w + threads * sizeof(pthread_t));
    if (!w) return error_errno(e, errno, "no_memory", "starting the workers");
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->ready, NULL);
    w->last = &w->first;
    w->waiting_max = queue_max;
    for (; w->thread_count < threads; w->thread_count++) {
        int failed = pthread_create(&w->threads[w->thread_count], NULL, work, w);
        if (!failed) continue;
        worker_close(w);
        return error_errno(e, failed, "no_thread", "starting the workers");
    }
    *out = w;
    return true;
}

bool worker_submit(struct worker_pool *w, struct worker_job *job, struct error *e) {
    job->next = NULL;
    pthread_mutex_lock(&w->lock);
    bool room = w->waiting < w->waiting_max && !w->stop;
    if (room) {
        *w->last = job;
        w->last = &job->next;
        w->waiting++;
        pthread_cond_signal(&w->ready);
    }
    pthread_mutex_unlock(&w->lock);
    return room || error_fail(e, ERROR_BUSY, "door_busy", "too many slow requests at once (%zu wait already)", w->waiting_max);
}

void worker_close(struct worker_pool *w) {
    if (!w) return;
    pthread_mutex_lock(&w->lock);
    w->stop = true;
    pthread_cond_broadcast(&w->ready);
    pthread_mutex_unlock(&w->lock);
    for (size_t i = 0; i < w->thread_count; i++) pthread_join(w->threads[i], NULL);
    pthread_cond_destroy(&w->ready);
    pthread_mutex_destroy(&w->lock);
    free(w);
}
