/* The writer: group commit, a failed job undone alone, failed commits, a full queue, a failing disk, closing. */
#include <check.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/writer.h"
#include "tests/support/data_disk.h"
#include "tests/support/data_suite.h"
#include "tests/support/data_tmp.h"

static struct data_tmp tmp;
static char path[512];
static struct writer *writer;
static int broken_calls;
static char broken_code[ERROR_CODE_MAX];

static void note_broken(void *self, const struct error *why) {
    (void)self;
    broken_calls++;
    snprintf(broken_code, sizeof broken_code, "%s", why->code);
}

static void open_writer(size_t queue_max) {
    struct error e;
    struct db *db;
    ck_assert_msg(db_open(path, DB_WRITER, &db, &e), "%s", e.message);
    ck_assert(db_script(db,
                        "CREATE TABLE IF NOT EXISTS sale (id INTEGER PRIMARY KEY, amount INTEGER UNIQUE,"
                        " later INTEGER REFERENCES sale (id) DEFERRABLE INITIALLY DEFERRED) STRICT",
                        &e));
    ck_assert(writer_open(db, &(struct writer_options){.queue_max = queue_max, .broken = note_broken}, &writer, &e));
}

static void setup(void) {
    data_tmp_make(&tmp);
    data_disk_install();
    snprintf(path, sizeof path, "%s", data_tmp_join(&tmp, "comanda.db"));
    open_writer(0);
}

static void teardown(void) {
    writer_close(writer);
    data_tmp_remove(&tmp);
}

static int64_t stored(const char *sql) {
    struct error e;
    struct db *reader;
    int64_t n = -1;
    ck_assert_msg(db_open(path, DB_READER, &reader, &e), "%s", e.message);
    ck_assert_msg(db_get_int(reader, sql, DB_NO_ARGS, -1, &n, &e), "%s", e.message);
    db_close(reader);
    return n;
}

/* ---- jobs ---- */

static bool sell(struct db *db, void *amount, struct error *e) {
    return db_exec(db, "INSERT INTO sale (amount) VALUES (?)", DB_ARGS(db_int(*(int64_t *)amount)), e);
}

static bool sell_then_fail(struct db *db, void *amount, struct error *e) {
    if (!sell(db, amount, e)) return false;
    return error_fail(e, ERROR_CONFLICT, "sold_out", "nothing left");
}

static bool refer_to_nothing(struct db *db, void *amount, struct error *e) {
    return db_exec(db, "INSERT INTO sale (amount, later) VALUES (?, 999)", DB_ARGS(db_int(*(int64_t *)amount)), e);
}

static bool end_the_transaction(struct db *db, void *self, struct error *e) {
    (void)self;
    return db_exec(db, "COMMIT", DB_NO_ARGS, e);
}

/* A job that holds the writer inside its transaction until told, so that what is submitted meanwhile makes one batch. */
struct gate {
    sem_t reached, open;
    int64_t amount;
};

static bool sell_at_gate(struct db *db, void *self, struct error *e) {
    struct gate *gate = self;
    sem_post(&gate->reached);
    while (sem_wait(&gate->open) != 0) continue;
    return sell(db, &gate->amount, e);
}

struct test_job {
    struct writer_job job; /* first */
    int64_t amount;
    sem_t finished;
    int64_t seen; /* rows another connection saw when `done` was called */
};

static void finish(struct writer_job *job) {
    struct test_job *t = (struct test_job *)job;
    if (t->seen) t->seen = stored("SELECT count(*) FROM sale");
    sem_post(&t->finished);
}

static void submit(struct test_job *t, bool (*run)(struct db *, void *, struct error *), void *self) {
    struct error e;
    t->job = (struct writer_job){.run = run, .done = finish, .self = self};
    sem_init(&t->finished, 0, 0);
    ck_assert_msg(writer_submit(writer, &t->job, &e), "%s", e.message);
}

static void sell_by(struct test_job *t, bool (*run)(struct db *, void *, struct error *), int64_t amount) {
    t->amount = amount;
    submit(t, run, &t->amount);
}

static void wait_for(struct test_job *t) {
    while (sem_wait(&t->finished) != 0) continue;
    sem_destroy(&t->finished);
}

static void close_gate(struct gate *gate, struct test_job *t, int64_t amount) {
    sem_init(&gate->reached, 0, 0);
    sem_init(&gate->open, 0, 0);
    gate->amount = amount;
    submit(t, sell_at_gate, gate);
    while (sem_wait(&gate->reached) != 0) continue;
}

/* ---- one at a time ---- */

START_TEST(a_job_is_in_the_database_when_it_is_acknowledged) {
    struct error e;
    struct test_job t = {.seen = 1};
    sell_by(&t, sell, 100);
    wait_for(&t);
    ck_assert(t.job.ok);
    ck_assert_int_eq(t.seen, 1);
    int64_t more = 200;
    ck_assert(writer_run(writer, sell, &more, &e));
    ck_assert_int_eq(stored("SELECT sum(amount) FROM sale"), 300);
}
END_TEST

START_TEST(an_acknowledged_job_has_been_synced) {
    struct error e;
    int64_t amount = 100;
    int before = data_disk_syncs();
    ck_assert(writer_run(writer, sell, &amount, &e));
    ck_assert_int_gt(data_disk_syncs(), before);
}
END_TEST

START_TEST(a_lone_job_that_fails_leaves_nothing_and_says_why) {
    struct error e;
    int64_t amount = 100;
    ck_assert(!writer_run(writer, sell_then_fail, &amount, &e));
    ck_assert_int_eq(e.kind, ERROR_CONFLICT);
    ck_assert_str_eq(e.code, "sold_out");
    ck_assert_int_eq(stored("SELECT count(*) FROM sale"), 0);
    ck_assert(writer_run(writer, sell, &amount, &e));
    ck_assert(!writer_run(writer, sell, &amount, &e)); /* UNIQUE */
    ck_assert_str_eq(e.code, "constraint");
    ck_assert_int_eq(stored("SELECT count(*) FROM sale"), 1);
    struct writer_stats s = writer_stats(writer);
    ck_assert_uint_eq(s.jobs, 3);
    ck_assert_uint_eq(s.failed, 2);
    ck_assert_uint_eq(s.waiting, 0);
}
END_TEST

/* ---- in groups ---- */

START_TEST(what_waits_is_committed_together_with_one_sync) {
    struct gate gate;
    struct test_job first, rest[20];
    close_gate(&gate, &first, 1);
    memset(rest, 0, sizeof rest);
    for (int i = 0; i < 20; i++) sell_by(&rest[i], sell, 10 + i);
    int before = data_disk_syncs();
    sem_post(&gate.open);
    wait_for(&first);
    for (int i = 0; i < 20; i++) wait_for(&rest[i]);
    for (int i = 0; i < 20; i++) ck_assert(rest[i].job.ok);
    struct writer_stats s = writer_stats(writer);
    ck_assert_uint_eq(s.batches, 1);
    ck_assert_uint_eq(s.largest_batch, 21);
    ck_assert_uint_eq(s.jobs, 21);
    ck_assert_int_eq(data_disk_syncs() - before, 1);
    ck_assert_int_eq(stored("SELECT count(*) FROM sale"), 21);
}
END_TEST

START_TEST(nothing_of_a_group_is_acknowledged_before_its_commit) {
    struct gate gate;
    struct test_job first = {.seen = 1}, second = {.seen = 1};
    close_gate(&gate, &first, 1);
    sell_by(&second, sell, 2);
    sem_post(&gate.open);
    wait_for(&first);
    wait_for(&second);
    ck_assert_int_eq(first.seen, 2);
    ck_assert_int_eq(second.seen, 2);
}
END_TEST

START_TEST(a_failed_job_within_a_group_undoes_only_itself) {
    struct gate gate;
    struct test_job first = {0}, bad = {0}, after = {0}, twice = {0}, last = {0};
    close_gate(&gate, &first, 1);
    sell_by(&bad, sell_then_fail, 2);
    sell_by(&after, sell, 3);
    sell_by(&twice, sell, 1); /* UNIQUE against the first of the same transaction */
    sell_by(&last, sell, 2);  /* free again, the failed one being undone */
    sem_post(&gate.open);
    struct test_job *all[] = {&first, &bad, &after, &twice, &last};
    for (size_t i = 0; i < 5; i++) wait_for(all[i]);
    ck_assert(first.job.ok && !bad.job.ok && after.job.ok && !twice.job.ok && last.job.ok);
    ck_assert_str_eq(bad.job.error.code, "sold_out");
    ck_assert_str_eq(twice.job.error.code, "constraint");
    ck_assert_int_eq(stored("SELECT sum(amount) FROM sale"), 6);
    ck_assert_uint_eq(writer_stats(writer).batches, 1);
    ck_assert_uint_eq(writer_stats(writer).failed, 2);
}
END_TEST

START_TEST(a_failed_first_job_does_not_harm_those_behind_it) {
    struct gate gate;
    struct test_job first = {0}, second = {0}, third = {0};
    int64_t one = 1;
    struct error e;
    ck_assert(writer_run(writer, sell, &one, &e));
    close_gate(&gate, &first, 1); /* will violate UNIQUE */
    sell_by(&second, sell_then_fail, 2);
    sell_by(&third, sell, 3);
    sem_post(&gate.open);
    wait_for(&first);
    wait_for(&second);
    wait_for(&third);
    ck_assert(!first.job.ok && !second.job.ok && third.job.ok);
    ck_assert_int_eq(stored("SELECT sum(amount) FROM sale"), 4);
}
END_TEST

START_TEST(a_failed_commit_fails_the_whole_group_and_the_next_one_works) {
    struct gate gate;
    struct error e;
    struct test_job first = {0}, good = {0}, bad = {0}, own = {0};
    close_gate(&gate, &first, 1);
    sell_by(&good, sell, 2);
    sell_by(&bad, refer_to_nothing, 3);
    sell_by(&own, sell_then_fail, 4);
    sem_post(&gate.open);
    wait_for(&first);
    wait_for(&good);
    wait_for(&bad);
    wait_for(&own);
    ck_assert(!first.job.ok && !good.job.ok && !bad.job.ok && !own.job.ok);
    ck_assert_str_eq(good.job.error.code, "constraint");
    ck_assert_str_eq(good.job.error.message, "FOREIGN KEY constraint failed");
    ck_assert_str_eq(own.job.error.code, "sold_out"); /* its own reason */
    ck_assert_int_eq(stored("SELECT count(*) FROM sale"), 0);
    ck_assert_uint_eq(writer_stats(writer).failed, 4);
    int64_t amount = 5;
    ck_assert(writer_run(writer, sell, &amount, &e));
    ck_assert_int_eq(stored("SELECT sum(amount) FROM sale"), 5);
    ck_assert_int_eq(broken_calls, 0);
}
END_TEST

START_TEST(a_job_that_ends_the_transaction_is_refused_with_its_group) {
    struct gate gate;
    struct error e;
    struct test_job first = {0}, bad = {0};
    close_gate(&gate, &first, 1);
    submit(&bad, end_the_transaction, NULL);
    sem_post(&gate.open);
    wait_for(&first);
    wait_for(&bad);
    ck_assert(!bad.job.ok);
    ck_assert_int_eq(bad.job.error.kind, ERROR_INTERNAL);
    ck_assert_str_eq(bad.job.error.code, "transaction_ended");
    int64_t amount = 5;
    ck_assert(writer_run(writer, sell, &amount, &e));
}
END_TEST

/* ---- limits ---- */

START_TEST(a_full_queue_refuses_and_keeps_what_it_has) {
    struct gate gate;
    struct error e;
    struct test_job first = {0}, two[2], refused = {.job = {.run = sell, .done = finish}};
    memset(two, 0, sizeof two);
    writer_close(writer);
    open_writer(2);
    close_gate(&gate, &first, 1); /* taken from the queue already */
    sell_by(&two[0], sell, 2);
    sell_by(&two[1], sell, 3);
    ck_assert_uint_eq(writer_stats(writer).waiting, 2);
    ck_assert(!writer_submit(writer, &refused.job, &e));
    ck_assert_int_eq(e.kind, ERROR_BUSY);
    ck_assert_str_eq(e.code, "writer_busy");
    sem_post(&gate.open);
    wait_for(&first);
    wait_for(&two[0]);
    wait_for(&two[1]);
    ck_assert_int_eq(stored("SELECT sum(amount) FROM sale"), 6);
}
END_TEST

START_TEST(closing_lets_what_waits_finish) {
    struct gate gate;
    struct test_job first = {0}, rest[300];
    memset(rest, 0, sizeof rest);
    close_gate(&gate, &first, 1);
    for (int i = 0; i < 300; i++) sell_by(&rest[i], sell, 10 + i);
    sem_post(&gate.open);
    writer_close(writer);
    writer = NULL;
    for (int i = 0; i < 300; i++) {
        ck_assert_int_eq(sem_trywait(&rest[i].finished), 0); /* told before close returned */
        ck_assert(rest[i].job.ok);
    }
    ck_assert_int_eq(stored("SELECT count(*) FROM sale"), 301);
}
END_TEST

/* ---- many threads ---- */

static void *sell_often(void *self) {
    int64_t base = *(int64_t *)self;
    for (int64_t i = 0; i < 100; i++) {
        struct error e;
        int64_t amount = base + i;
        ck_assert(writer_run(writer, sell, &amount, &e));
        ck_assert(!writer_run(writer, sell, &amount, &e));
    }
    return NULL;
}

START_TEST(many_threads_lose_nothing) {
    enum { THREADS = 8 };
    pthread_t threads[THREADS];
    int64_t bases[THREADS];
    for (int i = 0; i < THREADS; i++) {
        bases[i] = (i + 1) * 1000;
        ck_assert_int_eq(pthread_create(&threads[i], NULL, sell_often, &bases[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    ck_assert_int_eq(stored("SELECT count(*) FROM sale"), 800);
    struct writer_stats s = writer_stats(writer);
    ck_assert_uint_eq(s.jobs, 1600);
    ck_assert_uint_eq(s.failed, 800);
}
END_TEST

/* ---- a failing disk ---- */

START_TEST(a_full_disk_fails_the_job_and_later_ones_work) {
    struct error e;
    int64_t amount = 1;
    data_disk_set(DATA_DISK_FULL);
    ck_assert(!writer_run(writer, sell, &amount, &e));
    ck_assert_int_eq(e.kind, ERROR_IO);
    ck_assert_str_eq(e.code, "disk_full");
    data_disk_set(DATA_DISK_GOOD);
    ck_assert(writer_run(writer, sell, &amount, &e));
    ck_assert_int_eq(broken_calls, 0);
    ck_assert_int_eq(stored("SELECT count(*) FROM sale"), 1);
}
END_TEST

START_TEST(a_failing_sync_fails_the_group_and_ends_all_writing) {
    struct gate gate;
    struct error e;
    struct test_job first = {0}, second = {0};
    int64_t amount = 9;
    struct writer_job late = {.run = sell, .done = finish, .self = &amount};
    close_gate(&gate, &first, 1);
    sell_by(&second, sell, 2);
    data_disk_set(DATA_DISK_SYNC_FAILS);
    sem_post(&gate.open);
    wait_for(&first);
    wait_for(&second);
    ck_assert(!first.job.ok && !second.job.ok);
    ck_assert_int_eq(second.job.error.kind, ERROR_IO);
    ck_assert_str_eq(second.job.error.code, "disk_failed");
    data_disk_set(DATA_DISK_GOOD);
    ck_assert(!writer_submit(writer, &late, &e)); /* whatever the disk does afterwards */
    ck_assert_str_eq(e.code, "disk_failed");
    writer_close(writer);
    writer = NULL;
    ck_assert_int_eq(broken_calls, 1);
    ck_assert_str_eq(broken_code, "disk_failed");
}
END_TEST

START_TEST(jobs_behind_a_failing_disk_are_told_too) {
    struct gate gate;
    static struct test_job first, rest[400]; /* more than one batch */
    close_gate(&gate, &first, 1);
    for (int i = 0; i < 400; i++) sell_by(&rest[i], sell, 10 + i);
    data_disk_set(DATA_DISK_SYNC_FAILS);
    sem_post(&gate.open);
    wait_for(&first);
    for (int i = 0; i < 400; i++) {
        wait_for(&rest[i]);
        ck_assert(!rest[i].job.ok);
        ck_assert_str_eq(rest[i].job.error.code, "disk_failed");
    }
    data_disk_set(DATA_DISK_GOOD);
}
END_TEST

int main(void) {
    return data_suite_run(
        "data_writer", setup, teardown,
        DATA_TESTS(a_job_is_in_the_database_when_it_is_acknowledged, an_acknowledged_job_has_been_synced,
                   a_lone_job_that_fails_leaves_nothing_and_says_why, what_waits_is_committed_together_with_one_sync,
                   nothing_of_a_group_is_acknowledged_before_its_commit, a_failed_job_within_a_group_undoes_only_itself,
                   a_failed_first_job_does_not_harm_those_behind_it, a_failed_commit_fails_the_whole_group_and_the_next_one_works,
                   a_job_that_ends_the_transaction_is_refused_with_its_group, a_full_queue_refuses_and_keeps_what_it_has,
                   closing_lets_what_waits_finish, many_threads_lose_nothing, a_full_disk_fails_the_job_and_later_ones_work,
                   a_failing_sync_fails_the_group_and_ends_all_writing, jobs_behind_a_failing_disk_are_told_too));
}
