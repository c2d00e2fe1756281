/* Commands: done once under their key, whole or not at all, and told only when they are committed. */
#include <pthread.h>
#include <semaphore.h>
#include <string.h>

#include "tests/support/core_fixture.h"

static struct core_fixture f;
static struct told {
    int calls;
    struct event last;
} told;

static void listen_to(void *self, const struct event *events, size_t count) {
    struct told *t = self;
    t->calls++;
    t->last = events[count - 1];
}
static void setup(void) {
    core_fixture_prepare(&f);
    core_fixture_start(&f);
    told = (struct told){0};
    till_listen(f.till, listen_to, &told);
}
static void teardown(void) {
    core_fixture_close(&f);
}

/* A command that can be counted: one more sold-out item. */
static bool mark_one(struct act *act, void *self, int *status, const char **answer, struct error *e) {
    int64_t n;
    if (!db_get_int(act->db, "SELECT count(*) FROM item_availability", DB_NO_ARGS, 0, &n, e)) return false;
    if (!db_exec(act->db, "INSERT INTO item_availability (item, available, updated_at) VALUES (?, 0, ?)",
                 DB_ARGS(db_text(arena_printf(act->arena, "item-%d", (int)n + 1)), db_int(act->now)), e))
        return false;
    act_changed(act, EVENT_MENU, n + 1, NULL);
    *status = 201;
    *answer = arena_printf(act->arena, "{\"n\":%d}", (int)n + 1);
    if (self && *(const bool *)self) return error_fail(e, ERROR_CONFLICT, "changed_my_mind", "too late");
    return true;
}

static struct command command(const char *key, unsigned char hash_byte) {
    struct command c = {.till = f.till, .arena = f.arena, .actor = f.manager, .key = {.key = key}, .run = mark_one};
    memset(c.key.request_hash, hash_byte, sizeof c.key.request_hash);
    return c;
}
static int64_t marked(void) {
    return core_int(&f, "SELECT count(*) FROM item_availability");
}

#define KEY "0190f0c4-3a52-4b8e-9d43-3a52f0c44b8e"

START_TEST(the_same_key_gives_the_stored_answer_and_does_nothing) {
    struct command first = command(KEY, 1), again = command(KEY, 1);
    core_ok(&f, command_run(&first, &f.error));
    ck_assert_int_eq(first.status, 201);
    ck_assert_str_eq(first.answer, "{\"n\":1}");
    ck_assert(!first.replayed);
    core_ok(&f, command_run(&again, &f.error));
    ck_assert(again.replayed);
    ck_assert_int_eq(again.status, 201);
    ck_assert_str_eq(again.answer, "{\"n\":1}");
    ck_assert_int_eq(marked(), 1);
}
END_TEST

START_TEST(the_stored_answer_outlives_a_restart) {
    struct command first = command(KEY, 1);
    core_ok(&f, command_run(&first, &f.error));
    till_close(f.till);
    struct till_options o = {.site = f.site, .directory = f.tmp.path, .clock = &f.clock};
    core_ok(&f, till_open(&o, &f.till, &f.error));
    struct command again = command(KEY, 1);
    core_ok(&f, command_run(&again, &f.error));
    ck_assert(again.replayed);
    ck_assert_str_eq(again.answer, "{\"n\":1}");
    ck_assert_int_eq(marked(), 1);
}
END_TEST

START_TEST(the_same_key_for_another_request_is_refused) {
    struct command first = command(KEY, 1), other = command(KEY, 2);
    core_ok(&f, command_run(&first, &f.error));
    core_refused(&f, "key_reused", command_run(&other, &f.error));
    ck_assert_int_eq(f.error.kind, ERROR_CONFLICT);
    ck_assert_int_eq(marked(), 1);
    struct command again = command(KEY, 1); /* and the first answer still stands */
    core_ok(&f, command_run(&again, &f.error));
    ck_assert_str_eq(again.answer, "{\"n\":1}");
}
END_TEST

START_TEST(another_key_acts_again) {
    struct command first = command(KEY, 1), other = command("0190f0c4-0000-4b8e-9d43-3a52f0c44b8e", 1);
    core_ok(&f, command_run(&first, &f.error));
    core_ok(&f, command_run(&other, &f.error));
    ck_assert_str_eq(other.answer, "{\"n\":2}");
}
END_TEST

START_TEST(a_command_without_a_key_is_done_each_time) {
    struct command first = command(NULL, 0), second = command(NULL, 0);
    core_ok(&f, command_run(&first, &f.error));
    core_ok(&f, command_run(&second, &f.error));
    ck_assert_int_eq(marked(), 2);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM idempotency"), 0);
}
END_TEST

START_TEST(a_failed_command_leaves_nothing_and_its_key_is_free) {
    bool fail = true;
    struct command c = command(KEY, 1);
    c.self = &fail;
    core_refused(&f, "changed_my_mind", command_run(&c, &f.error));
    ck_assert_int_eq(marked(), 0);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM idempotency"), 0);
    ck_assert_int_eq(told.calls, 0);
    fail = false;
    struct command again = command(KEY, 1);
    core_ok(&f, command_run(&again, &f.error));
    ck_assert(!again.replayed);
    ck_assert_int_eq(marked(), 1);
}
END_TEST

/* ---- two at once ---- */

struct racer {
    pthread_t thread;
    pthread_barrier_t *start;
    struct arena *arena;
    struct command command;
    struct error error;
    bool ok;
};
static void *race(void *self) {
    struct racer *r = self;
    (void)pthread_barrier_wait(r->start);
    r->ok = command_run(&r->command, &r->error);
    return NULL;
}

START_TEST(two_threads_with_the_same_key_act_once) {
    enum { ROUNDS = 50 };
    for (int round = 1; round <= ROUNDS; round++) {
        struct racer racers[2] = {0};
        pthread_barrier_t start;
        const char *key = arena_printf(f.arena, "round-%d", round);
        pthread_barrier_init(&start, NULL, 2);
        for (int i = 0; i < 2; i++) {
            racers[i] = (struct racer){.start = &start, .arena = arena_open(), .command = command(key, 9)};
            racers[i].command.arena = racers[i].arena;
            ck_assert_int_eq(pthread_create(&racers[i].thread, NULL, race, &racers[i]), 0);
        }
        for (int i = 0; i < 2; i++) pthread_join(racers[i].thread, NULL);
        pthread_barrier_destroy(&start);
        ck_assert_msg(racers[0].ok && racers[1].ok, "%s / %s", racers[0].error.message, racers[1].error.message);
        ck_assert_int_eq(racers[0].command.replayed + racers[1].command.replayed, 1);
        ck_assert_str_eq(racers[0].command.answer, racers[1].command.answer);
        ck_assert_int_eq(marked(), round);
        for (int i = 0; i < 2; i++) arena_close(racers[i].arena);
    }
}
END_TEST

/* ---- telling ---- */

START_TEST(a_change_is_told_after_the_commit_and_not_on_a_replay) {
    struct command first = command(KEY, 1), again = command(KEY, 1);
    core_ok(&f, command_run(&first, &f.error));
    ck_assert_int_eq(told.calls, 1);
    ck_assert_int_eq(told.last.kind, EVENT_MENU);
    ck_assert_int_eq(told.last.id, 1);
    core_ok(&f, command_run(&again, &f.error));
    ck_assert_int_eq(told.calls, 1);
}
END_TEST

static void post(struct command *c) {
    (void)sem_post(c->self);
}
static bool keep_self(struct act *act, void *self, int *status, const char **answer, struct error *e) {
    (void)self;
    return mark_one(act, NULL, status, answer, e);
}

START_TEST(a_submitted_command_calls_back_with_its_result) {
    sem_t done;
    struct command c = command(KEY, 1);
    sem_init(&done, 0, 0);
    c.run = keep_self;
    c.self = &done;
    c.done = post;
    core_ok(&f, command_submit(&c, &f.error));
    while (sem_wait(&done) != 0) {}
    ck_assert(c.ok);
    ck_assert_str_eq(c.answer, "{\"n\":1}");
    ck_assert_int_eq(marked(), 1);
    sem_destroy(&done);
}
END_TEST

static bool look_at_act(struct act *act, void *self, struct error *e) {
    (void)e;
    *(struct act *)self = *act;
    return true;
}

START_TEST(an_act_knows_its_actor_and_one_instant) {
    struct act seen;
    f.clock.fixed = CORE_NOW + 777;
    core_ok(&f, core_do(&f, f.cashier, look_at_act, &seen));
    ck_assert_int_eq(seen.now, CORE_NOW + 777);
    ck_assert_int_eq(seen.actor.staff.v, f.cashier.staff.v);
    ck_assert_str_eq(seen.actor.device, "till-1");
}
END_TEST

int main(void) {
    return data_suite_run("core_command", setup, teardown,
                          DATA_TESTS(the_same_key_gives_the_stored_answer_and_does_nothing, the_stored_answer_outlives_a_restart,
                                     the_same_key_for_another_request_is_refused, another_key_acts_again,
                                     a_command_without_a_key_is_done_each_time,
                                     a_failed_command_leaves_nothing_and_its_key_is_free, two_threads_with_the_same_key_act_once,
                                     a_change_is_told_after_the_commit_and_not_on_a_replay,
                                     a_submitted_command_calls_back_with_its_result, an_act_knows_its_actor_and_one_instant));
}
