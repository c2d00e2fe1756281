/* The kitchen ticket as a document: from a station's changes to what a cook reads at arm's length. */
#ifndef COMANDA_CORE_KITCHEN_TICKET_H
#define COMANDA_CORE_KITCHEN_TICKET_H

#include "pos/core/order_row.h"
#include "printer/ticket.h"

struct kitchen_dish {
    const char *name, *modifiers, *allergens, *note, *course; /* modifiers joined by " · "; course: slug or NULL */
    int32_t seat;                                             /* 0: none */
    int64_t quantity;                                         /* > 0 */
};
struct kitchen_page {
    const struct site *site;
    const struct order_row *order;
    const struct site_station *station;
    int64_t sequence; /* the station's own */
    int64_t send;     /* how often the order went to the kitchen, this time included */
    int64_t now;
    bool later;              /* the station has had a ticket of this order: additions are marked "+" */
    const char *void_reason; /* the whole order is voided; else NULL */
    const struct kitchen_dish *add;
    size_t add_count;
    const struct kitchen_dish *cancel;
    size_t cancel_count;
};
struct ticket *kitchen_ticket(const struct kitchen_page *page, struct arena *a);

#endif
