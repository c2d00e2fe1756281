/* The faults of a configuration file, told all at once and in one form: "FILE: path: reason", one a line. */
#ifndef COMANDA_DATA_FAULTS_H
#define COMANDA_DATA_FAULTS_H

#include "data/json.h"

/* True when the document has no fault. Otherwise ERROR_INVALID with `code`; field and message are the first fault's, with how
 * many more there are. Into *all (NULL: not wanted), which stays as it is without a fault, goes every one, from the arena. `file`
 * may be NULL when the document came from elsewhere. */
MUST_USE bool faults_none(struct json document, const char *file, const char *code, struct arena *a, const char **all,
                          struct error *e);

#endif
