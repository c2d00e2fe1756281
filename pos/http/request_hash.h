/* The two hashes of the door: of a request under its Idempotency-Key, and of content for its ETag (BLAKE2b, libsodium). */
#ifndef COMANDA_HTTP_REQUEST_HASH_H
#define COMANDA_HTTP_REQUEST_HASH_H

#include "pos/http/request.h"

/* What makes two requests the same: method, path and body, into r->command.key.request_hash. */
void request_hash(struct request *r);

enum { CONTENT_TAG_MAX = 40 };
/* A quoted ETag. */
void content_tag(const void *bytes, size_t size, char out[CONTENT_TAG_MAX]);

#endif
