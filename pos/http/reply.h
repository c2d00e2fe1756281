/* What goes back: status, headers and body of one reply. */
#ifndef COMANDA_HTTP_REPLY_H
#define COMANDA_HTTP_REPLY_H

#include <stdint.h>

#include "data/json.h"

struct request;

struct reply {
    int status;
    const char *type; /* NULL: no body */
    const char *body; /* the request's arena, or static */
    size_t size;
    /* headers, NULL or 0: not sent */
    const char *etag, *cookie, *allow, *file_name;
    const char *cache; /* Cache-Control; NULL: no-store */
    int retry_after_s;
    bool gzip;     /* the body is compressed */
    bool vary;     /* on Accept-Encoding */
    bool replayed; /* the stored answer of an earlier request */
};

void reply_json(struct request *r, int status, struct json value);
void reply_bytes(struct request *r, int status, const char *type, const void *bytes, size_t size);
void reply_text(struct request *r, int status, const char *type, const char *text);
void reply_empty(struct request *r, int status);
/* Replaces whatever the reply was. */
void reply_problem(struct request *r, const struct error *e);

/* Names the content, and turns a 200 into a 304 when the client has it already (If-None-Match). */
void reply_tag(struct request *r, const char *quoted_etag);
/* The same by a hash of the body. */
void reply_tag_by_content(struct request *r);

#endif
