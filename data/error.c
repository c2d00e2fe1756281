/* Errors as values: filling them in. */
#include "data/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "data/text.h"

/* Keeps the promise of one line, whatever text was woven in. */
static void one_line(char *text) {
    for (char *c = text; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 127) *c = ' ';
}

static void fill(struct error *e, enum error_kind kind, const char *code, const char *file, int line, const char *message) {
    e->kind = kind;
    text_copy(e->code, sizeof e->code, code);
    e->field[0] = '\0';
    text_copy(e->message, sizeof e->message, message);
    one_line(e->message);
    e->file = file;
    e->line = line;
}

bool error_fail_at(struct error *e, enum error_kind kind, const char *code, const char *file, int line, const char *format, ...) {
    char message[2 * ERROR_MESSAGE_MAX]; /* an argument may be e's own message, so never format in place */
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    fill(e, kind, code, file, line, message);
    return false;
}

/* "context: reason", cut where it does not fit. */
static void join(char *out, size_t size, const char *context, const char *reason) {
    const char *parts[] = {context, ": ", reason};
    size_t used = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        text_copy(out + used, size - used, parts[i]);
        used += strlen(out + used);
    }
}

bool error_errno_at(struct error *e, int errno_value, const char *code, const char *file, int line, const char *format,
                    ...) {
    char context[2 * ERROR_MESSAGE_MAX], message[2 * ERROR_MESSAGE_MAX], reason[128];
    va_list args;
    va_start(args, format);
    vsnprintf(context, sizeof context, format, args);
    va_end(args);
    join(message, sizeof message, context, strerror_r(errno_value, reason, sizeof reason));
    fill(e, ERROR_IO, code, file, line, message);
    return false;
}

bool error_at_field(struct error *e, const char *field) {
    text_copy(e->field, sizeof e->field, field);
    return false;
}

bool error_within(struct error *e, const char *format, ...) {
    char context[2 * ERROR_MESSAGE_MAX], message[ERROR_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(context, sizeof context, format, args);
    va_end(args);
    memcpy(message, e->message, sizeof message);
    join(e->message, sizeof e->message, context, message);
    one_line(e->message);
    return false;
}

const char *error_kind_name(enum error_kind kind) {
    switch (kind) {
    case ERROR_NONE:
        return "none";
    case ERROR_INVALID:
        return "invalid";
    case ERROR_NOT_FOUND:
        return "not_found";
    case ERROR_CONFLICT:
        return "conflict";
    case ERROR_DENIED:
        return "denied";
    case ERROR_BUSY:
        return "busy";
    case ERROR_IO:
        return "io";
    case ERROR_INTERNAL:
        return "internal";
    }
    return "unknown";
}
