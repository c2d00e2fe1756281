/* The one table of routes, and finding one in it. Adding a route: one row in routes.c, its handlers in the file of its resource,
 * its operation in openapi.yaml; the contract test compares the two. */
#ifndef COMANDA_HTTP_ROUTE_H
#define COMANDA_HTTP_ROUTE_H

#include "pos/core/permission.h"
#include "pos/http/request.h"

enum route_kind {
    ROUTE_READ,    /* `answer` on the door's thread, with a reader: quick */
    ROUTE_SLOW,    /* `answer` on a worker */
    ROUTE_COMMAND, /* `parse` on the door's thread, `work` on a worker where there is one, `run` on the writer's */
    ROUTE_STREAM,  /* `answer` joins the event stream */
};
enum route_house { HOUSE_ANY, HOUSE_REAL, HOUSE_PRACTICE }; /* where it is answered: the real till, the practice till */
struct route {
    const char *method;
    const char *pattern; /* "/api/v1/orders/{id}": {id}, {line} and {discount} are numbers, any other name a text without '/' */
    enum permission permission;
    enum route_kind kind;
    bool keyless;                                      /* a change that may be repeated without harm: needs no Idempotency-Key */
    enum route_house house;                            /* elsewhere: "practice_only", "practice_refused" */
    bool versioned;                                    /* If-Match holds the version of the order {id} */
    bool (*parse)(struct request *r, struct error *e); /* the body; may be NULL */
    bool (*work)(struct request *r, struct db *db, struct error *e);   /* slow preparation; may be NULL */
    bool (*answer)(struct request *r, struct db *db, struct error *e); /* READ, SLOW, STREAM: fills the reply */
    bool (*run)(struct act *act, struct request *r, struct error *e);  /* COMMAND: fills the reply */
};
extern const struct route routes[]; /* ends with method NULL */

/* NULL when no route fits. Another method's route on the same path → *allow lists the methods there ("GET, POST"), else it is
 * NULL. HEAD finds GET. */
const struct route *route_find(const struct route *table, const char *method, const char *path, struct arena *a,
                               struct request_param params[REQUEST_PARAMS_MAX], const char **allow);

#endif
