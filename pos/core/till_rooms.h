/* What only till.c, till_start.c and command.c share: the private half of the till, and the announcing of events. */
#ifndef COMANDA_CORE_TILL_ROOMS_H
#define COMANDA_CORE_TILL_ROOMS_H

#include <pthread.h>

#include "pos/core/till.h"

struct till_rooms {
    struct till till;          /* first: what the others see */
    int lock;                  /* of the data directory; -1: not taken */
    pthread_mutex_t listening; /* guards the listener, which may come after the printers' threads */
    void (*broken)(void *self, const struct error *why);
    void *broken_self;
};

/* Tells the listener. Thread: the writer's or a printer's. */
void till_announce(struct till *t, const struct event *events, size_t count);

/* ---- the steps of till_open (till_start.c) ---- */
MUST_USE bool till_make_directory(const char *path, struct error *e);
/* Every printer of the site has a profile that exists. */
MUST_USE bool till_check_printers(const struct till *t, struct error *e);
/* Inside the first transaction: the first menu, the numbering ranges, the demo people. */
MUST_USE bool till_first_steps(struct act *act, void *self, struct error *e);

#endif
