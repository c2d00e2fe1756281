/* Commands: one change each, on the writer's thread, in its transaction, under its key (laws 1 and 3). */
#include <assert.h>
#include <errno.h>
#include <semaphore.h>
#include <string.h>

#include "pos/core/till.h"
#include "pos/core/till_rooms.h"

/* The stored answer under this key, if there is one. *found tells. */
static bool command_recall(struct command *c, struct db *db, bool *found, struct error *e) {
    struct db_rows r;
    *found = false;
    if (!db_query(db, "SELECT request_hash, status, answer FROM idempotency WHERE key = ?", DB_ARGS(db_text(c->key.key)), &r, e))
        return false;
    bool same = false;
    if (db_next(&r)) {
        size_t size = 0;
        const void *hash = db_col_blob(&r, 0, &size);
        same = size == sizeof c->key.request_hash && memcmp(hash, c->key.request_hash, size) == 0;
        *found = true;
        c->status = (int)db_col_int(&r, 1);
        if (same) c->answer = arena_text(c->arena, db_col_text(&r, 2));
    }
    if (!db_done(&r, e)) return false;
    if (*found && !same)
        return error_fail(e, ERROR_CONFLICT, "key_reused", "Idempotency-Key %s: already used for another request", c->key.key);
    return true;
}

static bool command_keep(struct command *c, struct db *db, struct error *e) {
    return db_exec(db, "INSERT INTO idempotency (key, request_hash, status, answer, at) VALUES (?, ?, ?, ?, ?)",
                   DB_ARGS(db_text(c->key.key), db_blob(c->key.request_hash, sizeof c->key.request_hash), db_int(c->status),
                           db_text(c->answer), db_int(c->act.now)),
                   e);
}

/* Inside the transaction. */
static bool command_carry_out(struct db *db, void *self, struct error *e) {
    struct command *c = self;
    c->replayed = false;
    c->act = (struct act){.till = c->till, .db = db, .arena = c->arena, .now = clock_now(c->till->clock), .actor = c->actor};
    if (c->key.key) {
        bool found;
        if (!command_recall(c, db, &found, e)) return false;
        if (found) {
            c->replayed = true;
            return true;
        }
    }
    c->status = 200;
    c->answer = NULL;
    if (!c->run(&c->act, c->self, &c->status, &c->answer, e)) return false;
    if (!c->answer) c->answer = "{}";
    return !c->key.key || command_keep(c, db, e);
}

/* After COMMIT or failure. */
static void command_settle(struct command *c) {
    c->ok = c->job.ok;
    c->error = c->job.error;
    if (!c->ok || c->replayed) return;
    if (c->act.new_menu) atomic_store(&c->till->menu, c->act.new_menu);
    for (size_t i = 0; c->till->spooler && i < c->act.event_count; i++) /* a printer: it was let go on */
        if (c->act.events[i].kind == EVENT_PRINT_JOB || c->act.events[i].kind == EVENT_PRINTER)
            spooler_kick(c->till->spooler, c->act.events[i].slug[0] ? c->act.events[i].slug : NULL);
    till_announce(c->till, c->act.events, c->act.event_count);
}

static void command_job_done(struct writer_job *job) {
    struct command *c = job->self;
    command_settle(c);
    c->done(c);
}

bool command_submit(struct command *c, struct error *e) {
    assert(c->done && c->run && c->arena);
    c->job = (struct writer_job){.run = command_carry_out, .done = command_job_done, .self = c};
    return writer_submit(c->till->writer, &c->job, e);
}

/* ---- waiting for one ---- */

struct waiting {
    struct command *command;
    sem_t done;
};

static bool waiting_run(struct db *db, void *self, struct error *e) {
    struct waiting *w = self;
    return command_carry_out(db, w->command, e);
}

static void waiting_done(struct writer_job *job) {
    struct waiting *w = job->self;
    command_settle(w->command);
    (void)sem_post(&w->done); /* the last touch: the waiter's stack goes away */
}

bool command_run(struct command *c, struct error *e) {
    assert(c->run && c->arena);
    struct waiting w = {.command = c};
    if (sem_init(&w.done, 0, 0) != 0) return error_errno(e, errno, "no_semaphore", "waiting for a command");
    c->job = (struct writer_job){.run = waiting_run, .done = waiting_done, .self = &w};
    bool queued = writer_submit(c->till->writer, &c->job, &c->error);
    if (queued)
        while (sem_wait(&w.done) != 0) {} /* EINTR: go on waiting */
    (void)sem_destroy(&w.done);
    if (!queued) c->ok = false;
    if (!c->ok) *e = c->error;
    return c->ok;
}

/* ---- a core call without a stored answer ---- */

struct plain_call {
    bool (*call)(struct act *act, void *self, struct error *e);
    void *self;
};

static bool plain_run(struct act *act, void *self, int *status, const char **answer, struct error *e) {
    struct plain_call *p = self;
    (void)status, (void)answer;
    return p->call(act, p->self, e);
}

bool till_do(struct till *t, struct actor actor, struct arena *a, bool (*call)(struct act *act, void *self, struct error *e),
             void *self, struct error *e) {
    struct plain_call p = {.call = call, .self = self};
    struct command c = {.till = t, .arena = a, .actor = actor, .run = plain_run, .self = &p};
    return command_run(&c, e);
}
