/* Errors as values: what failed, in one line a person can act on.
 *
 * Every fallible function returns bool (true: done) and takes `struct error *e` as its last parameter. On false it has
 * filled *e, and whatever the function was to change is as it was. Callers branch on `kind` only; `code` is the stable
 * name that the HTTP door sends and the screens translate; `message` is English and names the object
 * ("order 412: already paid"). No function clears *e on success.
 *
 * Thread: a struct error belongs to whoever declared it; nothing here is shared. */
#ifndef COMANDA_DATA_ERROR_H
#define COMANDA_DATA_ERROR_H

#include <stdbool.h>

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(at, first) __attribute__((format(printf, at, first)))

enum error_kind {
    ERROR_NONE = 0,
    ERROR_INVALID,   /* the request or file is wrong; trying again unchanged cannot help */
    ERROR_NOT_FOUND, /* names something that does not exist */
    ERROR_CONFLICT,  /* clashes with the present state: already paid, sold out, duplicate */
    ERROR_DENIED,    /* not signed in, not permitted, or approval is needed */
    ERROR_BUSY,      /* try again later: queue full, locked PIN, database locked */
    ERROR_IO,        /* disk, socket or printer */
    ERROR_INTERNAL,  /* a fault of this program */
};

enum { ERROR_CODE_MAX = 48, ERROR_FIELD_MAX = 128, ERROR_MESSAGE_MAX = 512 };

struct error {
    enum error_kind kind;
    char code[ERROR_CODE_MAX];       /* stable, snake_case, e.g. "order_paid" */
    char field[ERROR_FIELD_MAX];     /* path of the bad value, e.g. "lines[2].quantity"; "" when none */
    char message[ERROR_MESSAGE_MAX]; /* one line, no newline */
    const char *file;                /* where it was detected */
    int line;
};

/* Fills *e and returns false, so that a check reads `return error_fail(e, ERROR_CONFLICT, "order_paid", "order %" PRId64 ":
 * already paid", id);` */
#define error_fail(e, kind, code, ...) error_fail_at((e), (kind), (code), __FILE__, __LINE__, __VA_ARGS__)
bool error_fail_at(struct error *e, enum error_kind kind, const char *code, const char *file, int line, const char *format, ...)
    PRINTF_LIKE(6, 7);

/* Names the field of an error just made; returns false like error_fail. */
bool error_at_field(struct error *e, const char *field);

/* Puts "context: " before the message, to name the file or object a lower floor could not know; returns false. */
bool error_within(struct error *e, const char *format, ...) PRINTF_LIKE(2, 3);

/* ERROR_IO with strerror(errno_value): `opening /x/y: No space left on device`. Returns false. */
#define error_errno(e, errno_value, code, ...) error_errno_at((e), (errno_value), (code), __FILE__, __LINE__, __VA_ARGS__)
bool error_errno_at(struct error *e, int errno_value, const char *code, const char *file, int line, const char *format, ...)
    PRINTF_LIKE(6, 7);

/* "invalid", "not_found" … for logs. */
const char *error_kind_name(enum error_kind kind);

#endif
