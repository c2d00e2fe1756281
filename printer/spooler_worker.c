/* One printer's thread: reach it, hold while it is not ready, send the next ticket, wait for evidence that it is on paper.
 *
 *   loop:  open ── cannot ──▶ back off; long unreachable: waiting tickets to the fallback
 *           │
 *          status ── not ready ──▶ hold: the tickets stay queued
 *           │
 *          (new connection) a late acknowledgement? · does it answer process IDs?
 *           │
 *          next ticket: encode · commit `sending` · send · commit `sent` · evidence · commit `printed`
 *
 * The unit is asked on every connection whether it answers process IDs, whatever its profile says: clones claim what they cannot
 * do. One that answered the question owes an answer for every ticket; one that did not gets none asked. */
#include "printer/spooler_worker.h"

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "data/log.h"
#include "data/text.h"
#include "printer/escpos.h"
#include "printer/spooler_states.h"

enum { REASON_MAX = 200 };
static const char PROBE[4] = {' ', ' ', ' ', ' '}; /* no ticket's: theirs have no spaces */

static bool stopping(const struct worker *w) {
    return atomic_load(&w->spooler->stopping);
}
static const struct spooler_timing *timing(const struct worker *w) {
    return &w->spooler->options.timing;
}
static int64_t now(const struct worker *w) {
    return clock_now(w->spooler->options.clock);
}

/* The process ID of a ticket: its row's id in base 94, characters 21h–7Eh. */
static void id_of(int64_t job, char out[4]) {
    for (int i = 3; i >= 0; i--, job /= 94) out[i] = (char)(0x21 + job % 94);
}

static void rest(struct worker *w, int ms, bool kick_too) {
    struct pollfd fds[2] = {{.fd = w->spooler->stop, .events = POLLIN}, {.fd = kick_too ? w->kick : -1, .events = POLLIN}};
    uint64_t rings;
    (void)poll(fds, 2, ms);
    if (kick_too && fds[1].revents && read(w->kick, &rings, sizeof rings) < 0) return; /* nobody rang after all */
}

/* ---- what others see ---- */

static void set_status(struct worker *w, const struct transport_status *s, enum reach reach) {
    pthread_mutex_lock(&w->lock);
    const bool changed = w->status.state != s->state || w->status.known != s->known || strcmp(w->status.reason, s->reason) != 0;
    const enum transport_state before = w->status.state;
    w->status = *s;
    w->reach = reach;
    if (!w->evidence || w->answers != ANSWERS_UNTRIED) w->evidence = w->answers == ANSWERS_YES ? 'A' : s->known ? 'C' : 'D';
    pthread_mutex_unlock(&w->lock);
    if (!changed) return;
    if (s->state != before)
        log_line(s->state == TRANSPORT_READY ? LOG_LEVEL_INFO : LOG_LEVEL_WARNING, "printer %s: %s%s%s", w->printer->slug,
                 transport_state_names[s->state], s->reason[0] ? ": " : "", s->reason);
    worker_changed(w, 0);
}

static void on_waiting(void *self, const struct transport_status *s) {
    set_status(self, s, REACH_YES);
}

/* The printer cannot be reached: says so, and when to try again. */
static void unreachable(struct worker *w, const struct error *why) {
    const int64_t at = clock_monotonic_ms();
    struct transport_status s = {.state = TRANSPORT_OFFLINE};
    if (strcmp(why->code, "printer_denied") == 0)
        s.state = TRANSPORT_DENIED;
    else if (w->printer->transport == TRANSPORT_USB)
        s.state = TRANSPORT_UNPLUGGED;
    (void)text_copy(s.reason, sizeof s.reason, why->message);
    w->answers = ANSWERS_UNTRIED;
    if (!w->down_since) w->down_since = at;
    w->retry_at = at + w->retry_ms;
    w->retry_ms = w->retry_ms * 2 > timing(w)->retry_max ? timing(w)->retry_max : w->retry_ms * 2;
    set_status(w, &s, REACH_NO);
}

/* A printer that answers but takes no ticket is no better than one out of reach: back-off and fallback go on. */
static void reached(struct worker *w) {
    if (w->troubled) return;
    w->down_since = w->retry_at = 0;
    w->retry_ms = timing(w)->retry_first;
}

/* ---- evidence ---- */

/* Waits for an ID in slices, so that it can be given up. *got false without an error: no answer in time. */
static bool await(struct worker *w, const char id[4], int timeout_ms, bool *got, struct error *e) {
    return w->transport->ops->await_id(w->transport, id, timeout_ms, got, e);
}

static bool ask_id(struct worker *w, const char id[4], struct error *e) {
    uint8_t command[ESCPOS_PROCESS_ID_SIZE];
    size_t accepted;
    escpos_process_id(id, command);
    return w->transport->ops->send(w->transport, command, sizeof command, &accepted, e);
}

static bool mark(struct worker *w, const struct job_move *m, size_t count, bool *moved) {
    struct error e;
    if (!rows_move(w, m, count, moved, &e)) {
        if (!stopping(w)) log_failure("print job", &e);
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

/* A new connection. A cable pull is not a power cut: what was under way may have been printed, and its acknowledgement may be
 * waiting. */
static bool late_acknowledgement(struct worker *w, struct error *e) {
    int64_t job = 0;
    bool got = false, moved;
    char id[4];
    if (!rows_newest_unknown(w, &job, e)) return false;
    if (job == 0) return true;
    id_of(job, id);
    if (!await(w, id, timing(w)->answer, &got, e)) return false;
    if (!got) return true;
    const struct job_move m = {
        .id = job, .from = JOB_UNKNOWN, .to = JOB_PRINTED, .evidence = "A", .reason = "acknowledged late", .now = now(w)};
    (void)mark(w, &m, 1, &moved);
    return true;
}

static bool probe(struct worker *w, struct error *e) {
    bool got = false;
    if (!w->profile->process_id || w->printer->transport == TRANSPORT_VIRTUAL) {
        w->answers = ANSWERS_NO;
        return true;
    }
    if (w->answers == ANSWERS_NO) { /* it may only have been slow */
        if (!await(w, PROBE, 0, &got, e)) return false;
        if (got) w->answers = ANSWERS_YES;
    }
    if (w->answers != ANSWERS_UNTRIED) return true;
    if (!late_acknowledgement(w, e) || !ask_id(w, PROBE, e) || !await(w, PROBE, timing(w)->answer, &got, e)) return false;
    w->answers = got ? ANSWERS_YES : ANSWERS_NO;
    if (!got) log_warning("printer %s: does not answer process IDs as its profile %s says", w->printer->slug, w->profile->slug);
    return true;
}

/* Until the ticket is known to be printed, or its printer is gone. False: the server stops; the row stays `sent`. */
static bool evidence(struct worker *w, const char id[4], char *grade, char why[REASON_MAX]) {
    struct error e;
    struct transport_status s;
    int64_t asked = clock_monotonic_ms();
    *grade = '\0';
    while (!stopping(w)) {
        bool got = false;
        if (w->answers == ANSWERS_YES) {
            if (!await(w, id, timing(w)->hold, &got, &e)) goto gone;
            if (got) return *grade = 'A', true;
        }
        if (!w->transport->ops->status(w->transport, timing(w)->answer, &s, &e)) goto gone;
        set_status(w, &s, REACH_YES);
        if (s.state == TRANSPORT_READY && w->answers != ANSWERS_YES) return *grade = s.known ? 'C' : 'D', true;
        if (w->answers != ANSWERS_YES)
            rest(w, timing(w)->hold, false);
        else if (s.state == TRANSPORT_READY && clock_monotonic_ms() - asked >= timing(w)->ask_again) {
            asked = clock_monotonic_ms(); /* asking prints nothing; a reply may have been lost */
            if (!ask_id(w, id, &e)) goto gone;
        }
    }
    return false;
gone:
    if (stopping(w)) return false;
    (void)text_copy(why, REASON_MAX, e.message);
    unreachable(w, &e);
    return true;
}

/* ---- one ticket ---- */

static bool encode(struct worker *w, int64_t job, struct arena *a, struct bytes *out, struct error *e) {
    struct job j;
    return job_get(w->reader, job, a, &j, e) && job_encode(&j, w->spooler->options.site, w->spooler->options.profiles, a, out, e);
}

/* The ticket's bytes and, to a printer that answers, the request to confirm them. */
static struct bytes with_id(const struct worker *w, struct bytes ticket, const char id[4], struct arena *a) {
    if (w->answers != ANSWERS_YES) return ticket;
    uint8_t *all = arena_alloc(a, ticket.size + ESCPOS_PROCESS_ID_SIZE);
    memcpy(all, ticket.at, ticket.size);
    escpos_process_id(id, all + ticket.size);
    return (struct bytes){all, ticket.size + ESCPOS_PROCESS_ID_SIZE};
}

/* All bytes are taken: sent, and printed as soon as something says so. */
static void finish(struct worker *w, int64_t job, const char id[4]) {
    char grade = '\0', why[REASON_MAX] = "";
    bool moved, over = false;
    struct job_move m[2] = {{.id = job, .from = JOB_SENDING, .to = JOB_SENT}, {.id = job, .from = JOB_SENT}};
    if (w->answers != ANSWERS_YES) { /* evidence is a question away: one commit for both steps */
        struct transport_status s;
        struct error e;
        if (w->transport->ops->status(w->transport, timing(w)->answer, &s, &e) && s.state == TRANSPORT_READY) {
            set_status(w, &s, REACH_YES);
            grade = s.known ? 'C' : 'D';
            over = true;
        }
    }
    if (!over) {
        if (!mark(w, m, 1, &moved) || !moved) return;
        if (!evidence(w, id, &grade, why)) return;
    }
    const char text[2] = {grade, '\0'};
    m[1].to = grade ? JOB_PRINTED : JOB_UNKNOWN;
    m[1].evidence = grade ? text : NULL;
    m[1].reason = grade ? NULL : why;
    m[1].now = now(w);
    (void)mark(w, over ? m : m + 1, over ? 2 : 1, &moved);
}

static void print(struct worker *w, int64_t job, struct arena *a) {
    struct error e;
    struct bytes ticket;
    char id[4], why[REASON_MAX];
    bool moved;
    id_of(job, id);
    if (!encode(w, job, a, &ticket, &e)) {
        log_failure("print job", &e);
        const struct job_move m = {.id = job, .from = JOB_QUEUED, .to = JOB_FAILED, .reason = e.message};
        if (e.kind == ERROR_INVALID || e.kind == ERROR_NOT_FOUND)
            (void)mark(w, &m, 1, &moved);
        else
            rest(w, timing(w)->hold, false);
        return;
    }
    const struct bytes all = with_id(w, ticket, id, a);
    const struct job_move begin = {.id = job, .from = JOB_QUEUED, .to = JOB_SENDING};
    if (!mark(w, &begin, 1, &moved)) {
        rest(w, timing(w)->hold, false);
        return;
    }
    if (!moved) return;
    size_t accepted = 0;
    w->troubled = !w->transport->ops->send(w->transport, all.at, all.size, &accepted, &e);
    if (!w->troubled) {
        reached(w);
        finish(w, job, id);
        return;
    }
    struct job_move m = {.id = job, .from = JOB_SENDING, .to = accepted ? JOB_UNKNOWN : JOB_QUEUED, .reason = why};
    char head[64];
    (void)snprintf(head, sizeof head, "%zu of %zu bytes taken: ", accepted, all.size);
    (void)text_copy(why, sizeof why, head);
    (void)text_copy(why + strlen(why), sizeof why - strlen(why), e.message);
    (void)mark(w, &m, 1, &moved);
    if (!stopping(w)) unreachable(w, &e);
}

/* ---- the loop ---- */

/* Reaches the printer and asks how it is. False: not now. */
static bool ready(struct worker *w) {
    struct error e;
    struct transport_status s;
    const struct transport_ops *ops = w->transport->ops;
    if (!ops->open(w->transport, &e) || !ops->status(w->transport, timing(w)->answer, &s, &e)) {
        if (!stopping(w)) unreachable(w, &e);
        return false;
    }
    if (w->connection != w->transport->connections) {
        w->connection = w->transport->connections;
        w->answers = ANSWERS_UNTRIED;
    }
    if (s.state == TRANSPORT_READY && !probe(w, &e)) {
        if (!stopping(w)) unreachable(w, &e);
        return false;
    }
    reached(w);
    set_status(w, &s, REACH_YES);
    return s.state == TRANSPORT_READY;
}

/* Out of reach: helps what waits to another printer, then rests until the next try is due or a new ticket comes. */
static void back_off(struct worker *w) {
    struct error e;
    int64_t handed = 0;
    const int64_t at = clock_monotonic_ms(), due = w->down_since + timing(w)->fallback;
    if (at >= due) {
        if (!rows_fall_back(w, &handed, &e) && !stopping(w)) log_failure("falling back", &e);
        if (handed) worker_changed(w, 0);
    }
    int64_t until = w->retry_at;
    if (at < due && due < until) until = due;
    rest(w, until > at ? (int)(until - at) : 0, true);
}

static void *run(struct worker *w) {
    struct error e;
    w->transport->waiting = on_waiting;
    w->transport->self = w;
    while (!stopping(w)) {
        int64_t job = 0;
        if (clock_monotonic_ms() < w->retry_at)
            back_off(w);
        else if (!ready(w)) {
            if (!w->down_since) rest(w, timing(w)->hold, false);
        } else if (!rows_next(w, &job, &e)) {
            log_failure("spooler", &e);
            rest(w, timing(w)->hold, false);
        } else if (job) {
            struct arena *a = arena_open();
            print(w, job, a);
            arena_close(a);
        } else
            rest(w, timing(w)->idle, true);
    }
    return NULL;
}

void *worker_run(void *worker) {
    return run(worker);
}
