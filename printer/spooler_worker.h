/* Inside the spooler: one worker a printer, and what they share. Only spooler*.c include this. */
#ifndef COMANDA_PRINTER_SPOOLER_WORKER_H
#define COMANDA_PRINTER_SPOOLER_WORKER_H

#include <pthread.h>
#include <stdatomic.h>

#include "printer/spooler.h"

enum reach { REACH_UNTRIED, REACH_YES, REACH_NO };
enum answers { ANSWERS_UNTRIED, ANSWERS_YES, ANSWERS_NO }; /* does this unit answer process IDs? asked on every connection */

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
    enum answers answers;
    unsigned connection;          /* of the transport, the one `answers` is about */
    bool troubled;                /* the last ticket begun was not taken whole */
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
MUST_USE bool rows_next(struct worker *w, int64_t *id, struct error *e);           /* 0: none waits */
MUST_USE bool rows_newest_unknown(struct worker *w, int64_t *id, struct error *e); /* 0: the newest one begun is not in doubt */
/* Makes up to two transitions in one commit, and goes on trying while the writer is busy. *moved: the first was made. */
MUST_USE bool rows_move(struct worker *w, const struct job_move *moves, size_t count, bool *moved, struct error *e);
/* Hands waiting tickets of w's stations to each station's other printer, where that is not known to be out of reach. */
MUST_USE bool rows_fall_back(struct worker *w, int64_t *count, struct error *e);
/* At start: what was under way becomes unknown; jobs of printers no longer configured go where their station prints now. */
MUST_USE bool rows_recover(struct spooler *s, struct error *e);

struct worker *spooler_worker(struct spooler *s, const char *slug); /* NULL: none */
void worker_changed(struct worker *w, int64_t job);                 /* tells options.changed */
enum reach worker_reach(struct worker *w);

#endif
