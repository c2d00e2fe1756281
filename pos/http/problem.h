/* Errors as answers: which status a struct error becomes, and its RFC 9457 body. The only place that knows both. */
#ifndef COMANDA_HTTP_PROBLEM_H
#define COMANDA_HTTP_PROBLEM_H

#include "data/json.h"

/* By kind; a few codes have a status of their own (412 stale, 413, 415, 405, 421, 429). */
int problem_status(const struct error *e);
/* {type, title, status, detail, code, field?, approvable?, faults?}. `faults`: a document whose faults are all told; {0}: none.
 */
struct json problem_json(const struct error *e, struct json faults, struct arena *a);
/* Seconds for Retry-After; 0: none. */
int problem_retry_after(const struct error *e);

#endif
