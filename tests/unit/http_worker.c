/* The workers: every job runs once, too many are refused, and closing loses none. */
#include "pos/http/worker.h"

#include <semaphore.h>
#include <stdatomic.h>

#include "tests/support/data_suite.h"

enum { JOBS = 200 };
static atomic_int runs;
static sem_t started, gate;

static void count(struct worker_job *job) {
    (void)job;
    atomic_fetch_add(&runs, 1);
}
static void stay(struct worker_job *job) {
    (void)job;
    (void)sem_post(&started);
    while (sem_wait(&gate) != 0) {}
    atomic_fetch_add(&runs, 1);
}
static void setup(void) {
    atomic_store(&runs, 0);
    (void)sem_init(&started, 0, 0);
    (void)sem_init(&gate, 0, 0);
}

START_TEST(closing_lets_every_job_finish) {
    static struct worker_job jobs[JOBS];
    struct worker_pool *w;
    struct error e;
    ck_assert(worker_open(2, JOBS, &w, &e));
    for (int i = 0; i < JOBS; i++) {
        jobs[i].run = count;
        ck_assert(worker_submit(w, &jobs[i], &e));
    }
    worker_close(w);
    ck_assert_int_eq(atomic_load(&runs), 200);
}
END_TEST

START_TEST(beyond_its_queue_it_refuses_and_recovers) {
    struct worker_job held = {.run = stay}, waiting[2] = {{.run = count}, {.run = count}}, more = {.run = count};
    struct worker_pool *w;
    struct error e;
    ck_assert(worker_open(1, 2, &w, &e));
    ck_assert(worker_submit(w, &held, &e));
    while (sem_wait(&started) != 0) {} /* the one thread has it */
    ck_assert(worker_submit(w, &waiting[0], &e));
    ck_assert(worker_submit(w, &waiting[1], &e));
    ck_assert(!worker_submit(w, &more, &e));
    ck_assert_str_eq(e.code, "door_busy");
    ck_assert_int_eq(e.kind, ERROR_BUSY);
    (void)sem_post(&gate);
    worker_close(w);
    ck_assert_int_eq(atomic_load(&runs), 3);
}
END_TEST

START_TEST(two_threads_work_side_by_side) {
    struct worker_job held[2] = {{.run = stay}, {.run = stay}};
    struct worker_pool *w;
    struct error e;
    ck_assert(worker_open(2, 8, &w, &e));
    for (int i = 0; i < 2; i++) ck_assert(worker_submit(w, &held[i], &e));
    for (int i = 0; i < 2; i++)
        while (sem_wait(&started) != 0) {} /* both have begun though neither has ended */
    for (int i = 0; i < 2; i++) (void)sem_post(&gate);
    worker_close(w);
    ck_assert_int_eq(atomic_load(&runs), 2);
}
END_TEST

int main(void) {
    return data_suite_run(
        "http_worker", setup, NULL,
        DATA_TESTS(closing_lets_every_job_finish, beyond_its_queue_it_refuses_and_recovers, two_threads_work_side_by_side));
}
