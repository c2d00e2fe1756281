/* One call through the table of routes without a socket. */
#include <string.h>

#include "data/text.h"
#include "pos/http/door.h"
#include "pos/http/request.h"

static void no_finish(struct request *r) {
    (void)r; /* request_run waits for it all */
}

/* The address is the program's own: its parts stand as they are, without percent signs. */
static bool split(struct request *r, const char *address, struct error *e) {
    if (strchr(address, '%'))
        return error_fail(e, ERROR_INVALID, "bad_path", "%s: a percent sign is not understood here", address);
    size_t path = strcspn(address, "?");
    r->path = arena_text_n(r->arena, address, path);
    for (const char *at = address + path; *at;) {
        at++; /* '?' or '&' */
        size_t size = strcspn(at, "&"), key = strcspn(at, "=&");
        const char *value = key < size ? arena_text_n(r->arena, at + key + 1, size - key - 1) : "";
        if (size) request_add_query(r, arena_text_n(r->arena, at, key), value);
        at += size;
    }
    return true;
}

bool door_call(struct till *t, const char *method, const char *path_and_query, const char *body, struct arena *a,
               struct door_answer *out, struct error *e) {
    struct request *r = ARENA_NEW(a, struct request);
    r->till = t;
    r->arena = a;
    r->method = method;
    r->console = true;
    r->peer = "console";
    r->finish = no_finish;
    if (!split(r, path_and_query, e)) return false;
    r->body = body;
    r->body_size = body ? strlen(body) : 0;
    r->body_too_large = r->body_size > REQUEST_BODY_MAX;
    request_run(r);
    *out = (struct door_answer){.status = r->reply.status, .type = r->reply.type, .body = r->reply.body, .size = r->reply.size};
    return true;
}
