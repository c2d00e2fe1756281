/* One printer's thread: reach it, hold while it is not ready, send the next ticket, wait for evidence that it is on paper.
 *
 *   loop:  open ── cannot ──▶ back off; long unreachable: waiting tickets to the fallback
 *           │
 *          status ── not ready ──▶ hold: the tickets stay queued
 *           │
 *          (new connection) a late acknowledgement? · what does this unit answer?         spooler_evidence.c, spooler_unit.c
 *           │
 *          next ticket: encode · commit `sending` · send · commit `sent` · evidence · commit `printed`
 *
 * A unit that answers process IDs, or else ordered statuses, owes an answer for every ticket; one that does neither gets none
 * asked. */
#include "printer/spooler_worker.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "data/log.h"
#include "data/text.h"
#include "printer/spooler_states.h"

static const char CONFIRM[] = "waits for a person to confirm";

bool worker_stopping(const struct worker *w) {
    return atomic_load(&w->spooler->stopping);
}
static const struct spooler_timing *timing(const struct worker *w) {
    return &w->spooler->options.timing;
}
static int64_t now(const struct worker *w) {
    return clock_now(w->spooler->options.clock);
}

/* True: the printer came or went meanwhile. */
bool worker_rest(struct worker *w, int ms, bool kick_too) {
    uint64_t rings;
    const bool news = w->transport->ops->rest(w->transport, ms, kick_too ? w->kick : -1);
    if (kick_too && read(w->kick, &rings, sizeof rings) < 0) return news; /* nobody rang */
    return news;
}

/* ---- what others see ---- */

void worker_set_status(struct worker *w, const struct transport_status *s, enum reach reach) {
    pthread_mutex_lock(&w->lock);
    const bool changed = w->status.state != s->state || w->status.cause != s->cause || w->status.known != s->known ||
                         strcmp(w->status.reason, s->reason) != 0;
    const bool other = w->status.cause != s->cause || w->status.state != s->state;
    w->status = *s;
    w->reach = reach;
    if (!w->evidence || w->met) w->evidence = unit_grade(w, s->known);
    pthread_mutex_unlock(&w->lock);
    if (!changed) return;
    if (other)
        log_line(s->state == TRANSPORT_READY && !s->cause ? LOG_LEVEL_INFO : LOG_LEVEL_WARNING, "printer %s: %s%s%s",
                 w->printer->slug, transport_state_names[s->state], s->reason[0] ? ": " : "", s->reason);
    worker_changed(w, 0);
}

static void on_waiting(void *self, const struct transport_status *s) {
    worker_set_status(self, s, REACH_YES);
}

/* The printer cannot be reached: says so, and when to try again. */
void worker_lost(struct worker *w, const struct error *why) {
    const int64_t at = clock_monotonic_ms();
    const struct transport_status s = transport_failed(w->printer, why);
    w->met = false;
    if (!w->down_since) w->down_since = at;
    w->retry_at = at + w->retry_ms;
    w->retry_ms = w->retry_ms * 2 > timing(w)->retry_max ? timing(w)->retry_max : w->retry_ms * 2;
    worker_set_status(w, &s, REACH_NO);
}

/* A printer that answers but takes no ticket is no better than one out of reach: back-off and fallback go on. */
static void reached(struct worker *w) {
    if (w->troubled) return;
    w->down_since = w->retry_at = 0;
    w->retry_ms = timing(w)->retry_first;
}

bool worker_mark(struct worker *w, const struct job_move *m, size_t count, bool *moved) {
    struct error e;
    if (!rows_move(w, m, count, moved, &e)) {
        if (!worker_stopping(w)) log_failure("print job", &e);
        return false;
    }
    if (*moved) {
        if (m[count - 1].to == JOB_PRINTED) {
            pthread_mutex_lock(&w->lock);
            w->last_printed_at = m[count - 1].now;
            pthread_mutex_unlock(&w->lock);
        }
        worker_changed(w, m[0].id);
    }
    return true;
}

/* ---- one ticket ---- */

static bool encode(struct worker *w, int64_t id, struct arena *a, struct job *job, struct bytes *out, struct error *e) {
    return job_get(w->reader, id, a, job, e) &&
           job_encode(job, w->spooler->options.site, w->spooler->options.profiles, a, out, e);
}

/* Of a unit that is asked for nothing the state is evidence enough, and a question away. */
static bool look(struct worker *w, char *grade) {
    struct transport_status s;
    struct error e;
    if (!w->transport->ops->status(w->transport, timing(w)->answer, &s, &e) || s.state != TRANSPORT_READY) return false;
    worker_set_status(w, &s, REACH_YES);
    *grade = unit_grade(w, s.known);
    return true;
}

/* Nothing but the bytes' going speaks for it, and the site wants a person to look. A pulse for the drawer leaves nothing to see.
 */
static bool person_confirms(const struct worker *w, const struct job *job, char grade) {
    return grade == 'D' && w->printer->confirm && strcmp(job->kind, "drawer") != 0;
}

/* All bytes are taken: sent, and printed as soon as something says so. */
static void finish(struct worker *w, const struct job *job) {
    char grade = '\0', why[REASON_MAX] = "";
    bool moved;
    struct job_move m[2] = {{.id = job->id, .from = JOB_SENDING, .to = JOB_SENT}, {.id = job->id, .from = JOB_SENT}};
    const bool at_once = !evidence_is_asked(w) && look(w, &grade); /* one commit for both steps */
    if (!at_once && (!worker_mark(w, m, 1, &moved) || !moved || !evidence_await(w, job->id, &grade, why))) return;
    const char text[2] = {grade, '\0'};
    const bool person = person_confirms(w, job, grade);
    m[1].to = person ? JOB_SENT : grade ? JOB_PRINTED : JOB_UNKNOWN;
    m[1].evidence = grade ? text : NULL;
    m[1].reason = person ? CONFIRM : grade ? NULL : why;
    m[1].now = now(w);
    w->cut_off = !grade;
    if (grade && !person) evidence_settled(w, job->id);
    (void)worker_mark(w, at_once ? m : m + 1, at_once ? 2 : 1, &moved);
}

/* It cannot be begun: a ticket that nobody can read fails alone, all else may pass. */
static void refuse(struct worker *w, int64_t job, const struct error *e) {
    bool moved;
    log_failure("print job", e);
    const struct job_move m = {.id = job, .from = JOB_QUEUED, .to = JOB_FAILED, .reason = e->message};
    if (e->kind == ERROR_INVALID || e->kind == ERROR_NOT_FOUND)
        (void)worker_mark(w, &m, 1, &moved);
    else
        (void)worker_rest(w, timing(w)->hold, false);
}

static void print(struct worker *w, int64_t id, struct arena *a) {
    struct error e;
    struct job job;
    struct bytes ticket;
    char why[REASON_MAX];
    bool moved;
    if (!encode(w, id, a, &job, &ticket, &e)) {
        refuse(w, id, &e);
        return;
    }
    if (!evidence_prepare(w, &e)) {
        if (!worker_stopping(w)) worker_lost(w, &e);
        return;
    }
    const struct bytes all = evidence_ask(w, ticket, id, a);
    const struct job_move begin = {.id = id, .from = JOB_QUEUED, .to = JOB_SENDING};
    if (!worker_mark(w, &begin, 1, &moved)) {
        (void)worker_rest(w, timing(w)->hold, false);
        return;
    }
    if (!moved) return;
    size_t accepted = 0;
    w->troubled = !w->transport->ops->send(w->transport, all.at, all.size, &accepted, &e);
    if (accepted > 0) evidence_handed(w, id, !w->troubled);
    w->cut_off = w->cut_off || accepted > 0;
    if (!w->troubled) {
        reached(w);
        finish(w, &job);
        return;
    }
    struct job_move m = {.id = id, .from = JOB_SENDING, .to = accepted ? JOB_UNKNOWN : JOB_QUEUED, .reason = why};
    char head[64];
    (void)snprintf(head, sizeof head, "%zu of %zu bytes taken: ", accepted, all.size);
    (void)text_copy(why, sizeof why, head);
    (void)text_copy(why + strlen(why), sizeof why - strlen(why), e.message);
    (void)worker_mark(w, &m, 1, &moved);
    if (!worker_stopping(w)) worker_lost(w, &e);
}

/* ---- the loop ---- */

/* Reaches the printer and asks how it is. False: not now. */
static bool ready(struct worker *w) {
    struct error e;
    struct transport_status s;
    const struct transport_ops *ops = w->transport->ops;
    if (!ops->open(w->transport, &e) || !ops->status(w->transport, timing(w)->answer, &s, &e)) {
        if (!worker_stopping(w)) worker_lost(w, &e);
        return false;
    }
    if (w->connection != w->transport->connections) {
        w->connection = w->transport->connections;
        w->met = false;
    }
    if (s.state == TRANSPORT_READY && !(unit_meet(w, &e) && unit_answers_late(w, &e) && evidence_late(w, 0, &e))) {
        if (!worker_stopping(w)) worker_lost(w, &e);
        return false;
    }
    reached(w);
    worker_set_status(w, &s, REACH_YES);
    return s.state == TRANSPORT_READY;
}

/* Out of reach: helps what waits to another printer, then rests until the next try is due or a new ticket comes. */
static void back_off(struct worker *w) {
    struct error e;
    int64_t handed = 0;
    const int64_t at = clock_monotonic_ms(), due = w->down_since + timing(w)->fallback;
    if (at >= due) {
        if (!rows_fall_back(w, &handed, &e) && !worker_stopping(w)) log_failure("falling back", &e);
        if (handed) worker_changed(w, 0);
    }
    int64_t until = w->retry_at;
    if (at < due && due < until) until = due;
    if (!worker_rest(w, until > at ? (int)(until - at) : 0, true)) return;
    w->retry_at = 0; /* plugged in: now, not when the next try is due */
    w->retry_ms = timing(w)->retry_first;
}

static void *run(struct worker *w) {
    struct error e;
    w->transport->waiting = on_waiting;
    w->transport->self = w;
    while (!worker_stopping(w)) {
        int64_t job = 0;
        if (clock_monotonic_ms() < w->retry_at)
            back_off(w);
        else if (!ready(w)) {
            if (!w->down_since) (void)worker_rest(w, timing(w)->hold, false);
        } else if (!rows_next(w, &job, &e)) {
            log_failure("spooler", &e);
            (void)worker_rest(w, timing(w)->hold, false);
        } else if (job) {
            struct arena *a = arena_open();
            print(w, job, a);
            arena_close(a);
        } else
            (void)worker_rest(w, timing(w)->idle, true);
    }
    return NULL;
}

void *worker_run(void *worker) {
    return run(worker);
}
