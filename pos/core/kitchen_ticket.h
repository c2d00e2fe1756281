/* What a station prints as a document, to be read at arm's length: its ticket with what changed, and the notice of a move. */
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
    const char *fired;       /* the courses that the dining room calls for now: "Fuertes, Postres"; else NULL */
    const struct kitchen_dish *add;
    size_t add_count;
    const struct kitchen_dish *cancel;
    size_t cancel_count;
};
struct ticket *kitchen_ticket(const struct kitchen_page *page, struct arena *a);

/* Food on its way goes elsewhere (kitchen_notice.h). */
struct kitchen_notice_page {
    const struct site *site;
    const struct order_row *was, *is; /* the same order at two tables, or one that joins another */
    const struct site_station *station;
    int64_t sequence, now;
    const char *tickets; /* the station's earlier ones of the order: "#0012 #0015" */
    const struct kitchen_dish *dishes;
    size_t dish_count;
};
struct ticket *kitchen_notice_ticket(const struct kitchen_notice_page *page, struct arena *a);

#endif
