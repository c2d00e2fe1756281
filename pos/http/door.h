/* The door: HTTP in front of the till. libmicrohttpd on one epoll thread; commands are suspended until the writer has committed,
 * slow work (PIN hashing, reports, pictures) runs on a small worker pool, reads are answered at once. The contract is
 * pos/http/openapi.yaml. */
#ifndef COMANDA_HTTP_DOOR_H
#define COMANDA_HTTP_DOOR_H

#include "pos/core/till.h"

#define COMANDA_VERSION "0.1.0"

struct door; /* opaque */
struct door_options {
    struct till *till;
    struct till *practice; /* served under /practica; NULL: what is asked of it is answered 503 "practice_off" */
    const char *listen;  /* "127.0.0.1:8080", "[::1]:8080", "0.0.0.0:8080" */
    const char *control; /* path of a Unix socket (0600) whose callers are the console; NULL: none */
};
/* ERROR_IO "port_taken" names the address. Becomes the listener of both tills (till_listen). */
MUST_USE bool door_open(const struct door_options *o, struct door **out, struct error *e);
/* Answers what is under way, tells event streams goodbye, stops. */
void door_close(struct door *d);

/* One call through the same route table without a socket: the command line when no server runs. The actor is the console. False
 * only when the address cannot be understood (it is plain text: no percent-encoding); a refusal is an answer (status >= 400,
 * application/problem+json). */
struct door_answer {
    int status;
    const char *type, *body;
    size_t size;
};
MUST_USE bool door_call(struct till *t, const char *method, const char *path_and_query, const char *body, struct arena *a,
                        struct door_answer *out, struct error *e);

#endif
