/* Inside the spooler: one worker a printer, and what they share. Only spooler*.c include this, and the tests of their rows. */
#ifndef COMANDA_PRINTER_SPOOLER_WORKER_H
#define COMANDA_PRINTER_SPOOLER_WORKER_H

#include <pthread.h>
#include <stdatomic.h>

#include "printer/escpos.h"
#include "printer/spooler.h"

enum reach { REACH_UNTRIED, REACH_YES, REACH_NO };
enum answer { ANSWER_UNTRIED, ANSWER_YES, ANSWER_NO }; /* does this unit answer such a question? */
enum { REASON_MAX = 200, HANDED_MAX = 16 };

struct worker {
    struct spooler *spooler;
    const struct site_printer *printer;
    const struct printer_profile *profile;
    struct transport *transport;
    struct db *reader;
    pthread_t thread;
    bool started;
    int kick; /* an eventfd */

    /* the thread's own */
    unsigned connection;             /* of the transport: what follows is about it */
    bool met;                        /* its unit is known: asked, or remembered */
    enum answer process_id, ordered; /* what that unit answers */
    bool probed;                     /* it was asked for process IDs with no ticket, and may answer late */
    unsigned owed;                   /* ordered statuses asked for and not come */
    int64_t handed[HANDED_MAX]; /* tickets taken on connection handed_on whose printing is not proven, in order; whole, but for */
    size_t handed_count;        /* the last when handed_closed: then the next one begins a new list */
    unsigned handed_on;
    bool handed_closed;
    bool troubled; /* the last ticket begun was not taken whole */
    bool cut_off;  /* the last ticket handed over was not seen through: the printer may wait for the rest of a command */
    int64_t down_since, retry_at; /* monotonic; down_since 0: up */
    int retry_ms;

    /* seen by others */
    pthread_mutex_t lock;
    struct transport_status status;
    enum reach reach;
    char evidence;
    int64_t last_printed_at;
};

struct spooler {
    struct spooler_options options;
    struct worker *workers;
    size_t count;
    int stop; /* an eventfd, readable from spooler_close on: the transports' `wake` */
    atomic_bool stopping;
};

void *worker_run(void *worker); /* the thread */

/* spooler_rows.c: what a worker does in the database. Each false with *e: nothing was changed. */
struct job_move;
MUST_USE bool rows_next(struct worker *w, int64_t *id, struct error *e);           /* 0: none waits, or the printer is paused */
MUST_USE bool rows_newest_unknown(struct worker *w, int64_t *id, struct error *e); /* 0: the newest one begun is not in doubt */
/* Makes up to two transitions in one commit, and goes on trying while the writer is busy. *moved: the first was made; no ticket
 * is begun once its printer is paused or it was sent elsewhere. */
MUST_USE bool rows_move(struct worker *w, const struct job_move *moves, size_t count, bool *moved, struct error *e);
/* Hands w's waiting tickets to each station's other printer, where that is neither known to be out of reach nor paused; none when
 * w is paused itself: a person decided. */
MUST_USE bool rows_fall_back(struct worker *w, int64_t *count, struct error *e);
/* At start: what was under way becomes unknown; jobs of printers no longer configured go where their station prints now. */
MUST_USE bool rows_recover(struct spooler *s, struct error *e);

/* spooler_unit.c: what a unit answers. False with *e: the printer was lost, or the server stops. */
MUST_USE bool unit_meet(struct worker *w, struct error *e);         /* on a new connection: recalls it, or asks */
MUST_USE bool unit_answers_late(struct worker *w, struct error *e); /* takes in an answer given up on */
/* It did otherwise than remembered. id: of the ticket that it owes an answer for, so that even a late one tells of that. */
MUST_USE bool unit_ask_afresh(struct worker *w, const char id[4], struct error *e);
void unit_answered_id(struct worker *w);             /* it sent a process ID: it can */
char unit_grade(const struct worker *w, bool known); /* the evidence that a ticket will have; known: of its state */
MUST_USE bool unit_ask_id(struct worker *w, const char id[4], struct error *e);
MUST_USE bool unit_ask_ordered(struct worker *w, struct error *e);
MUST_USE bool unit_hear_ordered(struct worker *w, int timeout_ms, bool *got, struct error *e);

/* spooler_evidence.c: what is asked behind a ticket, and what the answers prove. */
bool evidence_is_asked(const struct worker *w);
MUST_USE bool evidence_prepare(struct worker *w, struct error *e); /* before a ticket: old answers are out of the way */
struct bytes evidence_ask(struct worker *w, struct bytes ticket, int64_t job, struct arena *a); /* the ticket and its question */
void evidence_handed(struct worker *w, int64_t job, bool whole); /* its bytes were taken, or some of them */
void evidence_settled(struct worker *w, int64_t job);            /* no acknowledgement is to be looked out for any more */
/* Until the ticket is known to be printed (*grade), or that will not be known (*why). False: the server stops; the row stays
 * `sent`. */
MUST_USE bool evidence_await(struct worker *w, int64_t job, char *grade, char why[REASON_MAX]);
/* Takes in acknowledgements of tickets in doubt; with a timeout, also of what a former process sent. */
MUST_USE bool evidence_late(struct worker *w, int timeout_ms, struct error *e);

/* spooler_worker.c */
bool worker_stopping(const struct worker *w);
bool worker_rest(struct worker *w, int ms, bool kick_too); /* true: the printer came or went meanwhile */
void worker_set_status(struct worker *w, const struct transport_status *s, enum reach reach);
void worker_lost(struct worker *w, const struct error *why); /* out of reach: says so, and when to try again */
/* rows_move, and tells of it. False: it was not possible, which is logged. */
bool worker_mark(struct worker *w, const struct job_move *m, size_t count, bool *moved);

struct worker *spooler_worker(struct spooler *s, const char *slug); /* NULL: none */
void worker_changed(struct worker *w, int64_t job);                 /* tells options.changed */
enum reach worker_reach(struct worker *w);

#endif
