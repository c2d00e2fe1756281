/* The console: one way to ask the till for something, whether a server runs on the data directory or not.
 *
 * With a server the request goes over DIR/control.sock; without one the till is opened here and the request goes through
 * door_call. Both take the same route table, so a verb cannot tell the difference. */
#ifndef COMANDA_CLI_CONSOLE_H
#define COMANDA_CLI_CONSOLE_H

#include "data/json.h"
#include "pos/cli/cli.h"

struct console; /* opaque */

/* print: the till opened here also drives its printers. */
MUST_USE bool console_open(struct cli *c, bool print, struct console **out, struct error *e);
void console_close(struct console *s);

/* body NULL: none. A refusal comes back as an error with the answer's own words; the faults of a menu are told on standard error.
 */
MUST_USE bool console_call(struct console *s, const char *method, const char *path, const char *body, const char **answer,
                           struct error *e);
/* The same with the answer read. */
MUST_USE bool console_ask(struct console *s, const char *method, const char *path, const char *body, struct json *answer,
                          struct error *e);

#endif
