/* Evidence that a ticket is on paper: asked for behind its bytes, waited for, and collected late.
 *
 * What an acknowledgement proves. Both kinds come in the order of the bytes, so a process-ID reply says that all bytes before its
 * question are on paper: this ticket, and every earlier one that was taken whole on the same connection. Between two connections
 * the printer may have lost its power and its buffer, and no reply tells. So a reply is never evidence for a ticket of an earlier
 * connection but its own; with one exception that proves itself: a reply that was asked for on the earlier connection and comes
 * on a later one comes from a buffer that was kept.
 *
 * A question asked alone on a new connection proves nothing of the tickets before: a printer fresh from a power cut answers it,
 * too. So after a reconnection the spooler only listens. */
#include "printer/spooler_worker.h"

#include <string.h>

#include "data/text.h"
#include "printer/spooler_states.h"

/* The process ID of a ticket: its row's id in base 94, characters 21h–7Eh. */
static void id_of(int64_t job, char out[4]) {
    for (int i = 3; i >= 0; i--, job /= 94) out[i] = (char)(0x21 + job % 94);
}

static bool hear_id(struct worker *w, int64_t job, int timeout_ms, bool *got, struct error *e) {
    char id[4];
    id_of(job, id);
    return w->transport->ops->await_id(w->transport, id, timeout_ms, got, e);
}

/* ---- tickets whose printing is not proven ---- */

void evidence_handed(struct worker *w, int64_t job, bool whole) {
    if (w->handed_closed || w->handed_on != w->connection) w->handed_count = 0;
    if (w->handed_count == HANDED_MAX) memmove(w->handed, w->handed + 1, --w->handed_count * sizeof *w->handed);
    w->handed[w->handed_count++] = job;
    if (whole && w->process_id != ANSWER_YES && w->ordered == ANSWER_YES) w->owed++; /* the question behind it */
    w->handed_on = w->connection;
    w->handed_closed = !whole; /* nothing that follows proves anything of half a ticket */
}

void evidence_settled(struct worker *w, int64_t job) {
    size_t kept = 0;
    for (size_t i = 0; i < w->handed_count; i++)
        if (w->handed[i] != job) w->handed[kept++] = w->handed[i];
    w->handed_count = kept;
}

/* The first n of them are on paper; those in doubt, or waiting for a person's word, have it written into their rows. */
static void acknowledged(struct worker *w, size_t n) {
    for (size_t i = 0; i < n; i++) {
        bool moved = false;
        struct job_move m = {.id = w->handed[i],
                             .from = JOB_UNKNOWN,
                             .to = JOB_PRINTED,
                             .evidence = "A",
                             .reason = "acknowledged late",
                             .now = clock_now(w->spooler->options.clock)};
        if (!worker_mark(w, &m, 1, &moved) || moved) continue;
        m.from = JOB_SENT;
        (void)worker_mark(w, &m, 1, &moved); /* not moved: a person was faster */
    }
    w->handed_count -= n;
    memmove(w->handed, w->handed + n, w->handed_count * sizeof *w->handed);
    unit_answered_id(w);
}

bool evidence_late(struct worker *w, int timeout_ms, struct error *e) {
    bool got = false;
    if (w->handed_count == 0 && timeout_ms > 0) { /* a former process of ours may have handed one over */
        int64_t job = 0;
        if (!rows_newest_unknown(w, &job, e)) return false;
        if (job) evidence_handed(w, job, false);
    }
    for (size_t i = w->handed_count; i-- > 0;) {
        if (!hear_id(w, w->handed[i], i + 1 == w->handed_count ? timeout_ms : 0, &got, e)) return false;
        if (!got) continue;
        acknowledged(w, i + 1);
        return true;
    }
    return true;
}

/* ---- one ticket ---- */

bool evidence_is_asked(const struct worker *w) {
    return w->process_id == ANSWER_YES || w->ordered == ANSWER_YES;
}

bool evidence_prepare(struct worker *w, struct error *e) {
    bool got = true;
    if (w->ordered != ANSWER_YES || w->process_id == ANSWER_YES) return true;
    /* Ordered statuses have no names: what was asked before must not be taken for what is asked next. The printer is ready and
     * idle, so what is not here by now went astray. */
    while (got)
        if (!unit_hear_ordered(w, w->owed > 0 ? w->spooler->options.timing.answer : 0, &got, e)) return false;
    w->owed = 0;
    return true;
}

struct bytes evidence_ask(struct worker *w, struct bytes ticket, int64_t job, struct arena *a) {
    char id[4];
    const bool ids = w->process_id == ANSWER_YES;
    if (!evidence_is_asked(w)) return ticket;
    const size_t more = ids ? ESCPOS_PROCESS_ID_SIZE : ESCPOS_ORDERED_SIZE;
    uint8_t *all = arena_alloc(a, ticket.size + more);
    memcpy(all, ticket.at, ticket.size);
    id_of(job, id);
    if (ids)
        escpos_process_id(id, all + ticket.size);
    else
        escpos_ordered(all + ticket.size);
    return (struct bytes){all, ticket.size + more};
}

/* What a ticket's acknowledgement has come to. */
struct fence {
    bool passed;          /* it came, or none is asked of this unit */
    bool over;            /* it will not come */
    int64_t since, asked; /* monotonic: when the printer began to owe it with no excuse; when it was asked last */
};

static bool hear(struct worker *w, int64_t job, struct fence *f, struct error *e) {
    const int hold = w->spooler->options.timing.hold;
    return w->process_id == ANSWER_YES ? hear_id(w, job, hold, &f->passed, e) : unit_hear_ordered(w, hold, &f->passed, e);
}

/* A ready printer owes an answer: it is asked once more, which prints nothing, for a reply may have been lost. After a long
 * silence it is asked whether it answers at all: the reply to that comes after the ticket, too. A printer that says nothing of
 * its state may be out of paper all the time, and is waited for. */
static bool press(struct worker *w, int64_t job, bool known, struct fence *f, struct error *e) {
    const struct spooler_timing *t = &w->spooler->options.timing;
    const int64_t at = clock_monotonic_ms();
    char id[4];
    id_of(job, id);
    if (known && at - f->since >= t->silence) {
        if (!unit_ask_afresh(w, id, e)) return false;
        f->passed = w->process_id == ANSWER_YES || w->ordered == ANSWER_YES;
        f->over = !f->passed;
        return true;
    }
    if (at - f->asked < t->ask_again) return true;
    f->asked = at;
    return w->process_id == ANSWER_YES ? unit_ask_id(w, id, e) : unit_ask_ordered(w, e);
}

/* Everything handed over up to this ticket is on paper. */
static void prove(struct worker *w, int64_t job) {
    size_t n = w->handed_count;
    while (n > 0 && w->handed[n - 1] != job) n--;
    if (n > 1) acknowledged(w, n - 1); /* its own row is the caller's to write */
}

/* It may have come with the very end of the connection. */
static bool last_word(struct worker *w, int64_t job) {
    struct error e;
    bool got = false;
    return hear_id(w, job, 0, &got, &e) && got;
}

bool evidence_await(struct worker *w, int64_t job, char *grade, char why[REASON_MAX]) {
    struct error e;
    struct transport_status s;
    const struct spooler_timing *t = &w->spooler->options.timing;
    const int64_t start = clock_monotonic_ms();
    struct fence f = {.passed = !evidence_is_asked(w), .since = start, .asked = start};
    *grade = '\0';
    while (!worker_stopping(w)) {
        if (!f.passed && !hear(w, job, &f, &e)) goto gone;
        if (f.passed && w->process_id == ANSWER_YES) return prove(w, job), *grade = 'A', true;
        if (!w->transport->ops->status(w->transport, t->answer, &s, &e)) goto gone;
        const bool ready = s.state == TRANSPORT_READY, known = s.known;
        if (!ready) f.since = f.asked = clock_monotonic_ms();
        if (ready && !known && !f.passed && clock_monotonic_ms() - f.since >= t->ask_again)
            s = transport_because(CAUSE_NO_ANSWER, false);
        worker_set_status(w, &s, REACH_YES);
        if (f.passed && ready) return *grade = unit_grade(w, known), true;
        if (f.passed)
            (void)worker_rest(w, t->hold, false);
        else if (ready && !press(w, job, known, &f, &e))
            goto gone;
        if (f.over) return (void)text_copy(why, REASON_MAX, "the printer no longer confirms; look whether it is on paper"), true;
    }
    return false;
gone:
    if (worker_stopping(w)) return false;
    if (w->process_id == ANSWER_YES && last_word(w, job)) return prove(w, job), *grade = 'A', true;
    (void)text_copy(why, REASON_MAX, e.message);
    worker_lost(w, &e);
    return true;
}
