/* A lifetime: memory handed out piece by piece and given back all at once.
 *
 * One arena a request, one for the process, short ones on the stack of a job. What comes out is zeroed, aligned for
 * anything, and borrowed from the arena: never free() it. There is no failure to handle: when the machine has no
 * memory left the process says so and aborts (the supervisor restarts it; an unacknowledged command is sent again).
 * Thread: one at a time. */
#ifndef COMANDA_DATA_ARENA_H
#define COMANDA_DATA_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "data/error.h"

struct arena; /* opaque */

struct arena *arena_open(void);
void arena_close(struct arena *a); /* runs the deferred clean-ups, newest first, then frees all; NULL is fine */

void *arena_alloc(struct arena *a, size_t size);
void *arena_array(struct arena *a, size_t count, size_t size); /* overflow-checked */
#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, count, type) ((type *)arena_array((a), (count), sizeof(type)))

char *arena_text(struct arena *a, const char *text);              /* a copy; NULL stays NULL */
char *arena_text_n(struct arena *a, const char *bytes, size_t n); /* a copy with a closing NUL */
void *arena_copy(struct arena *a, const void *bytes, size_t n);
char *arena_printf(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_vprintf(struct arena *a, const char *format, va_list args) PRINTF_LIKE(2, 0);

/* Runs clean_up(thing) when the arena closes: for what lives outside (a parsed document, a file). */
void arena_defer(struct arena *a, void (*clean_up)(void *thing), void *thing);

#endif
