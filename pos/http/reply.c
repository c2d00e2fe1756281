/* Filling replies. */
#include "pos/http/reply.h"

#include <string.h>

#include "data/log.h"
#include "pos/http/problem.h"
#include "pos/http/request.h"
#include "pos/http/request_hash.h"

void reply_bytes(struct request *r, int status, const char *type, const void *bytes, size_t size) {
    r->reply.status = status;
    r->reply.type = type;
    r->reply.body = bytes;
    r->reply.size = size;
}

void reply_text(struct request *r, int status, const char *type, const char *text) {
    reply_bytes(r, status, type, text, strlen(text));
}

void reply_json(struct request *r, int status, struct json value) {
    size_t size;
    const char *text = json_print(value, r->arena, &size);
    reply_bytes(r, status, "application/json", text, size);
}

void reply_empty(struct request *r, int status) {
    reply_bytes(r, status, NULL, "", 0);
}

void reply_problem(struct request *r, const struct error *e) {
    int status = problem_status(e);
    if (status >= 500) log_failure(r->path, e);
    struct json faults = strcmp(e->code, "bad_menu") == 0 ? r->json : (struct json){0};
    const char *allow = status == 405 ? r->reply.allow : NULL;
    size_t size;
    const char *text = json_print(problem_json(e, faults, r->arena), r->arena, &size);
    r->reply = (struct reply){.allow = allow, .retry_after_s = problem_retry_after(e)};
    reply_bytes(r, status, "application/problem+json", text, size);
}

/* RFC 9110 §13.1.2: a list of tags, compared weakly, or "*". */
static bool has_already(const char *if_none_match, const char *tag) {
    if (!if_none_match) return false;
    if (strcmp(if_none_match, "*") == 0) return true;
    size_t length = strlen(tag);
    for (const char *at = strstr(if_none_match, tag); at; at = strstr(at + 1, tag)) {
        char after = at[length];
        if (after == '\0' || after == ',' || after == ' ') return true;
    }
    return false;
}

void reply_tag(struct request *r, const char *quoted_etag) {
    r->reply.etag = quoted_etag;
    if (!r->reply.cache) r->reply.cache = "private, no-cache";
    if (r->reply.status == 200 && has_already(r->headers.if_none_match, quoted_etag)) {
        reply_bytes(r, 304, r->reply.type, "", 0);
        r->reply.gzip = false;
    }
}

void reply_tag_by_content(struct request *r) {
    char *tag = arena_alloc(r->arena, CONTENT_TAG_MAX);
    content_tag(r->reply.body, r->reply.size, tag);
    reply_tag(r, tag);
}
