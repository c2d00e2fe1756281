/* One request on its way through the door: what was asked, who asks, what is answered.
 *
 *   request_begin (the door's thread) ──▶ answered at once: a read, or a fault
 *        └──▶ request_go_on ──▶ worker (PIN, reports, pictures) ──▶ writer (commands) ──▶ finish
 *
 * Lives in its arena. One thread has it at a time: the door's, then a worker's or the writer's, then the door's again. */
#ifndef COMANDA_HTTP_REQUEST_H
#define COMANDA_HTTP_REQUEST_H

#include "data/json.h"
#include "pos/core/staff.h"
#include "pos/core/till.h"
#include "pos/http/reply.h"
#include "pos/http/worker.h"

struct door;
struct house;
struct route;
struct sse_client;

enum { REQUEST_BODY_MAX = 256 * 1024, REQUEST_PARAMS_MAX = 2, REQUEST_QUERY_MAX = 16, REQUEST_DEVICE_MAX = 60 };

struct request_headers { /* NULL: not sent */
    const char *host, *origin, *content_type, *authorization, *cookie, *key, *if_match, *if_none_match, *last_event_id,
        *accept_encoding;
};
struct request_param {
    const char *text;
    int64_t number; /* of {id} and {line} */
};
struct request_query {
    const char *key, *value; /* decoded */
    bool asked;              /* a handler knows it */
};
struct request_approval { /* a manager's PIN on this one request */
    struct staff_id staff;
    const char *pin; /* NULL: none given */
};

struct request {
    struct door *door; /* NULL: a call without a server (call.c) */
    const struct house *house; /* which of the door's; NULL as above */
    struct till *till;         /* of that house; NULL: it is closed */
    struct arena *arena;

    /* asked */
    const char *method, *path; /* as that house knows it */
    struct request_headers headers;
    struct request_query query[REQUEST_QUERY_MAX];
    size_t query_count;
    const char *body;
    size_t body_size;
    bool body_too_large, query_too_long;
    bool console;     /* came through the control socket or call.c */
    const char *peer; /* address of the other end, "192.168.1.20" */

    /* found out */
    const struct route *route;
    struct request_param params[REQUEST_PARAMS_MAX];
    struct json json; /* the body; an empty object when none was sent */
    const char *token;
    struct session session; /* valid when signed_in */
    bool signed_in;
    struct actor actor;
    struct request_approval approval;
    int64_t expected_version; /* If-Match; 0: none */
    void *parsed;             /* the handler's own */

    /* on its way */
    struct command command;
    struct worker_job job;
    struct sse_client *stream;         /* of a ROUTE_STREAM */
    void (*finish)(struct request *r); /* the reply stands: tells whoever waits; any thread */
    void *connection;                  /* the server's */

    struct reply reply;
};

/* True: the reply stands. False: request_go_on must be called, and `finish` will be. */
bool request_begin(struct request *r);
void request_go_on(struct request *r);
/* All of it on this thread, for a caller that can wait. */
void request_run(struct request *r);

void request_add_query(struct request *r, const char *key, const char *value); /* borrowed */

/* ---- for handlers ---- */
/* Query parameters; a fault is ERROR_INVALID "invalid_query" naming the parameter. */
const char *request_query_text(struct request *r, const char *key); /* NULL: not given */
MUST_USE bool request_query_int(struct request *r, const char *key, int64_t min, int64_t max, int64_t absent, int64_t *out,
                                struct error *e);
MUST_USE bool request_query_enum(struct request *r, const char *key, const char *const *names, int absent, int *out,
                                 struct error *e);
/* After all have been asked for: one that nobody asked for is refused. */
MUST_USE bool request_query_done(struct request *r, struct error *e);

/* The body's members: these and "approval", no others. */
#define REQUEST_ONLY(r, ...) json_only((r)->json, (const char *const[]){"approval", __VA_ARGS__, NULL})
/* Only "approval" may be in the body. */
#define REQUEST_EMPTY(r) json_only((r)->json, (const char *const[]){"approval", NULL})

static inline struct order_id request_order(const struct request *r) {
    return (struct order_id){r->params[0].number};
}
static inline struct shift_id request_shift(const struct request *r) {
    return (struct shift_id){r->params[0].number};
}

#endif
