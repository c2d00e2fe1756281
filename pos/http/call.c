/* One call through the table of routes without a socket. */
#include <curl/curl.h>
#include <string.h>

#include "data/text.h"
#include "pos/http/door.h"
#include "pos/http/request.h"

static void no_finish(struct request *r) {
    (void)r; /* request_run waits for it all */
}

static void free_curl(void *text) {
    curl_free(text);
}

static bool decode(struct arena *a, const char *text, size_t size, const char **out, struct error *e) {
    int length = 0;
    char *plain = curl_easy_unescape(NULL, text, (int)size, &length);
    if (!plain) return error_fail(e, ERROR_INVALID, "bad_path", "%.*s: not a well-formed address", (int)size, text);
    arena_defer(a, free_curl, plain);
    *out = plain;
    return true;
}

static bool split(struct request *r, const char *address, struct error *e) {
    size_t path = strcspn(address, "?");
    if (!decode(r->arena, address, path, &r->path, e)) return false;
    for (const char *at = address + path; *at;) {
        at++; /* '?' or '&' */
        size_t size = strcspn(at, "&"), key_size = strcspn(at, "=&");
        const char *key, *value = "";
        if (!decode(r->arena, at, key_size, &key, e)) return false;
        if (key_size < size && !decode(r->arena, at + key_size + 1, size - key_size - 1, &value, e)) return false;
        if (size) request_add_query(r, key, value);
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
