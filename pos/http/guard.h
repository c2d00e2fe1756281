/* What is refused before any handler sees it: foreign hosts and origins, bodies that are not JSON, changes without a key. */
#ifndef COMANDA_HTTP_GUARD_H
#define COMANDA_HTTP_GUARD_H

#include "pos/http/request.h"

/* Against DNS rebinding. Listening on loopback, only the names of loopback are ours; on any other address an IP address,
 * localhost, or this machine's own name (with or without a domain). `host` as in the header, with or without a port. */
bool guard_host_is_ours(const char *listen, const char *host, const char *machine);

/* Host and Origin. ERROR_DENIED "host_not_allowed" / "foreign_origin". */
MUST_USE bool guard_origin(const struct request *r, struct error *e);
/* Size, type and syntax of the body; r->json, r->approval. ERROR_INVALID "body_too_large", "content_type", "bad_json",
 * "invalid_field". */
MUST_USE bool guard_body(struct request *r, struct error *e);
/* Idempotency-Key and its request hash into r->command.key, If-Match into r->expected_version.
 * ERROR_INVALID "key_missing", "key_invalid", "if_match_invalid". */
MUST_USE bool guard_command(struct request *r, struct error *e);

/* 8-4-4-4-12 hexadecimal digits. */
bool guard_is_uuid(const char *text);

#endif
