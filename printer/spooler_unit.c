/* What a unit answers: asked once, remembered by its identity, and asked afresh once it does otherwise.
 *
 * No unit is believed for its model's name or for what it says of itself (GS I): clones claim what they cannot do. Each is asked
 * the two questions that its profile does not rule out, and what it did is kept in printer_unit:
 *
 *   yes   believed until an answer that it owes does not come
 *   no    believed for a day, or until the answer comes late after all: it may only have been slow, or ill */
#include "printer/spooler_worker.h"

#include <poll.h>
#include <string.h>

#include "data/log.h"

enum { NO_IS_BELIEVED_MS = 24 * 60 * 60 * 1000 };
static const char PROBE[4] = {' ', ' ', ' ', ' '}; /* no ticket's: theirs have no spaces */

static int answer_ms(const struct worker *w) {
    return w->spooler->options.timing.answer;
}

char unit_grade(const struct worker *w, bool known) {
    if (w->process_id == ANSWER_YES) return 'A';
    if (w->ordered == ANSWER_YES && known) return 'B';
    return w->ordered == ANSWER_YES || known ? 'C' : 'D';
}

/* ---- asking ---- */

bool unit_ask_id(struct worker *w, const char id[4], struct error *e) {
    uint8_t command[ESCPOS_PROCESS_ID_SIZE];
    size_t accepted;
    escpos_process_id(id, command);
    return w->transport->ops->send(w->transport, command, sizeof command, &accepted, e);
}

bool unit_ask_ordered(struct worker *w, struct error *e) {
    uint8_t command[ESCPOS_ORDERED_SIZE];
    size_t accepted;
    escpos_ordered(command);
    if (!w->transport->ops->send(w->transport, command, sizeof command, &accepted, e)) return false;
    w->owed++;
    return true;
}

bool unit_hear_ordered(struct worker *w, int timeout_ms, bool *got, struct error *e) {
    if (!w->transport->ops->await_ordered(w->transport, timeout_ms, got, e)) return false;
    if (*got && w->owed > 0) w->owed--;
    return true;
}

/* id NULL: process IDs are out of the question. */
static bool find_out(struct worker *w, const char *id, bool ordered, struct error *e) {
    bool got = false;
    if (id) {
        if (!unit_ask_id(w, id, e) || !w->transport->ops->await_id(w->transport, id, answer_ms(w), &got, e)) return false;
        w->process_id = got ? ANSWER_YES : ANSWER_NO;
    }
    if (w->process_id == ANSWER_YES || !ordered) return true;
    if (!unit_ask_ordered(w, e) || !unit_hear_ordered(w, answer_ms(w), &got, e)) return false;
    w->ordered = got ? ANSWER_YES : ANSWER_NO;
    return true;
}

/* ---- memory ---- */

struct memory {
    const char *unit;
    struct db_arg process_id, ordered;
    int64_t at;
};

static bool run_remember(struct db *db, void *self, struct error *e) {
    const struct memory *m = self;
    /* What was not asked now, because the profile rules it out or it does not matter, stays as it was. */
    return db_exec(db,
                   "INSERT INTO printer_unit (unit, process_id, ordered, learned_at) VALUES (?, ?, ?, ?) ON CONFLICT (unit) DO"
                   " UPDATE SET process_id = coalesce(excluded.process_id, process_id), ordered = coalesce(excluded.ordered,"
                   " ordered), learned_at = excluded.learned_at",
                   DB_ARGS(db_text(m->unit), m->process_id, m->ordered, db_int(m->at)), e);
}

static struct db_arg known_as(enum answer a, bool asked) {
    return asked && a != ANSWER_UNTRIED ? db_int(a == ANSWER_YES) : db_null();
}

/* A memory that cannot be kept costs a question at the next connection, no more. */
static void remember(struct worker *w, bool ids, bool ordered) {
    struct error e;
    struct memory m = {.unit = w->transport->identity,
                       .process_id = known_as(w->process_id, ids),
                       .ordered = known_as(w->ordered, ordered),
                       .at = clock_now(w->spooler->options.clock)};
    if (!m.unit[0]) return;
    while (!writer_run(w->spooler->options.writer, run_remember, &m, &e)) {
        struct pollfd stop = {.fd = w->spooler->stop, .events = POLLIN};
        if (e.kind == ERROR_BUSY && poll(&stop, 1, 20) == 0) continue;
        if (e.kind != ERROR_BUSY) log_failure("what a printer answers", &e);
        return;
    }
}

static enum answer recalled(const struct db_rows *r, int column, bool old) {
    if (db_col_null(r, column)) return ANSWER_UNTRIED;
    if (db_col_int(r, column)) return ANSWER_YES;
    return old ? ANSWER_UNTRIED : ANSWER_NO;
}

static bool recall(struct worker *w, struct error *e) {
    struct db_rows r;
    w->process_id = w->ordered = ANSWER_UNTRIED;
    if (!db_query(w->reader, "SELECT process_id, ordered, learned_at FROM printer_unit WHERE unit = ?",
                  DB_ARGS(db_text(w->transport->identity)), &r, e))
        return false;
    if (db_next(&r)) {
        const int64_t age = clock_now(w->spooler->options.clock) - db_col_int(&r, 2);
        const bool old = age < 0 || age >= NO_IS_BELIEVED_MS;
        w->process_id = recalled(&r, 0, old);
        w->ordered = recalled(&r, 1, old);
    }
    return db_done(&r, e);
}

/* ---- meeting ---- */

static bool may_answer(const struct worker *w) {
    return w->printer->transport != TRANSPORT_VIRTUAL && !w->transport->one_way;
}
static bool may_ids(const struct worker *w) {
    return may_answer(w) && w->profile->process_id;
}
static bool may_ordered(const struct worker *w) {
    return may_answer(w) && w->profile->ordered_status;
}

/* A ticket broke off, perhaps inside a picture: until that is complete, a printer that kept its power takes whatever comes for
 * dots, questions and the next tickets too, and confirms them in the end. Done on every connection until a ticket is seen
 * through: this one may break off as well. */
static bool fill_up(struct worker *w, struct error *e) {
    size_t accepted;
    if (!w->cut_off || w->printer->transport == TRANSPORT_VIRTUAL) return true;
    struct arena *a = arena_open();
    const struct bytes zeros = escpos_fill(w->profile, a);
    const bool ok = w->transport->ops->send(w->transport, zeros.at, zeros.size, &accepted, e);
    arena_close(a);
    return ok;
}

bool unit_meet(struct worker *w, struct error *e) {
    if (w->met) return true;
    if (!fill_up(w, e)) return false;
    if (!recall(w, e)) return false;
    if (!may_ids(w)) w->process_id = ANSWER_NO;
    if (!may_ordered(w)) w->ordered = ANSWER_NO;
    w->probed = false;
    w->owed = 0;
    /* Before anything is asked: of the acknowledgements that a printer owes it sends the newest only. */
    if (w->process_id != ANSWER_NO && !evidence_late(w, answer_ms(w), e)) return false;
    const bool ids = w->process_id == ANSWER_UNTRIED, ordered = w->ordered == ANSWER_UNTRIED;
    if (ids || (ordered && w->process_id == ANSWER_NO)) {
        w->probed = ids;
        if (!find_out(w, ids ? PROBE : NULL, ordered, e)) return false;
        remember(w, ids, ordered);
        if (ids && w->process_id == ANSWER_NO)
            log_warning("printer %s: does not answer process IDs as its profile %s says", w->printer->slug, w->profile->slug);
    }
    w->met = true;
    return true;
}

bool unit_ask_afresh(struct worker *w, const char id[4], struct error *e) {
    w->process_id = w->ordered = ANSWER_NO;
    if (!find_out(w, may_ids(w) ? id : NULL, may_ordered(w), e)) return false;
    remember(w, may_ids(w), may_ordered(w));
    if (w->process_id != ANSWER_YES)
        log_warning("printer %s: no longer answers as it did; now its tickets count as printed on evidence %c", w->printer->slug,
                    unit_grade(w, true));
    return true;
}

void unit_answered_id(struct worker *w) {
    if (w->process_id == ANSWER_YES) return;
    w->process_id = ANSWER_YES;
    remember(w, true, false);
}

bool unit_answers_late(struct worker *w, struct error *e) {
    bool got = false;
    if (!w->met || w->process_id != ANSWER_NO || !w->probed) return true;
    if (!w->transport->ops->await_id(w->transport, PROBE, 0, &got, e)) return false;
    if (got) unit_answered_id(w);
    return true;
}
