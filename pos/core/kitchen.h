/* Kitchen tickets: from what changed in an order to one document per station.
 *
 * order_part.told is how many of a dish its station believes in. A print compares it with what is wanted, puts the differences on
 * one ticket a station with its number and job, and sets told: all in the caller's transaction. A station's first ticket of an
 * order lists plain quantities; later ones "+ 2 …"; what is taken back stands as "ANULAR 1 … — modifiers", whatever the scope. */
#ifndef COMANDA_CORE_KITCHEN_H
#define COMANDA_CORE_KITCHEN_H

#include "pos/core/order_row.h"

enum kitchen_what {
    KITCHEN_DUE,  /* a send: all that is not held, or the named courses, which are not held any more */
    KITCHEN_REST, /* a payment: everything, held or not, for nobody will send it later */
    KITCHEN_VOID, /* the order is voided: its lines already are */
};
struct kitchen_scope {
    enum kitchen_what what;
    const char *const *courses;
    size_t course_count;     /* NULL: no choice of courses */
    const char *void_reason; /* KITCHEN_VOID */
};
struct kitchen_sent {
    struct order_ticket *tickets;
    size_t count;
    int64_t left; /* pieces of the order neither removed nor voided */
    bool counted; /* the order's row was updated: sends, state, version */
};
/* A station that has left the configuration: its paper comes out where the receipts do, rather than nowhere. */
struct site_station kitchen_station(const struct site *site, const char *slug);
/* Queues a station's paper under the sequence number that stands on it, where the station prints now (printer/steer.h). */
MUST_USE bool kitchen_queue(struct act *act, const struct order_row *order, const struct site_station *station, int64_t sequence,
                            const struct ticket *ticket, struct order_ticket *out, struct error *e);

/* Called by order_send, order_void and payment_take. */
MUST_USE bool kitchen_print(struct act *act, const struct order_row *order, const struct kitchen_scope *scope,
                            struct kitchen_sent *out, struct error *e);

#endif
