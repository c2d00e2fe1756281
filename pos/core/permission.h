/* Who may do what: roles, permissions, and the one table that joins them (permission.c). The route table names the permission of
 * every route; an act that only some roles may do, or that a manager may approve, asks act_may() in the core. */
#ifndef COMANDA_CORE_PERMISSION_H
#define COMANDA_CORE_PERMISSION_H

#include <stdbool.h>

enum role { ROLE_COOK, ROLE_WAITER, ROLE_CASHIER, ROLE_MANAGER, ROLE_ADMINISTRATOR, ROLE_COUNT };
extern const char *const role_names[]; /* "cook" "waiter" "cashier" "manager" "administrator", NULL-ended */

enum permission {
    PERMISSION_PUBLIC,        /* no sign-in: health, the sign-in itself, the screens */
    PERMISSION_SIGNED_IN,     /* anyone with a session: site, menu, own session, events */
    PERMISSION_SELL,          /* open orders, add lines, send */
    PERMISSION_PAY,           /* take payments */
    PERMISSION_REFUND,        /* give money back; reopen a paid order */
    PERMISSION_DISCOUNT,      /* take off more than the limit of the role */
    PERMISSION_COURTESY,      /* give away */
    PERMISSION_VOID_SENT,     /* take back what the kitchen knows of; whole orders */
    PERMISSION_SHIFT,         /* open and close a shift */
    PERMISSION_CASH_MOVEMENT, /* cash in and out, tips paid out */
    PERMISSION_CARRY_ORDERS,  /* close a shift with orders still open */
    PERMISSION_X_REPORT,      /* the expected cash before the count */
    PERMISSION_REPORTS,       /* daily sales, Z reports */
    PERMISSION_SOLD_OUT,      /* mark items sold out */
    PERMISSION_PUBLISH_MENU,
    PERMISSION_PAPER,         /* see print jobs, reprint, resolve */
    PERMISSION_STAFF,         /* people and PINs */
    PERMISSION_JOURNAL,
    PERMISSION_COUNT
};
extern const char *const permission_names[]; /* "public" … stable, sent to the screens */

bool role_may(enum role role, enum permission permission);

#endif
