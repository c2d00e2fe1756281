/* The log: one line an event on standard error. */
#include "data/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 2048 };

static const char *level_word(enum log_level level) {
    switch (level) {
    case LOG_LEVEL_ERROR:
        return "error: ";
    case LOG_LEVEL_WARNING:
        return "warning: ";
    case LOG_LEVEL_DEBUG:
        return "debug: ";
    case LOG_LEVEL_INFO:
        break;
    }
    return "";
}

void log_line(enum log_level level, const char *format, ...) {
    if (level == LOG_LEVEL_DEBUG && !getenv("COMANDA_DEBUG")) return;
    char line[LINE_MAX_BYTES];
    /* systemd sets JOURNAL_STREAM when standard error is its journal; a person at a terminal gets a word instead of <3>. */
    int start = getenv("JOURNAL_STREAM") ? snprintf(line, sizeof line, "<%d>", (int)level)
                                         : snprintf(line, sizeof line, "%s", level_word(level));
    va_list args;
    va_start(args, format);
    int wrote = vsnprintf(line + start, sizeof line - (size_t)start - 1, format, args);
    va_end(args);
    if (wrote < 0) return;
    size_t n = strlen(line);
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)line[i] < ' ' && line[i] != '\t') line[i] = ' ';
    line[n] = '\n';
    /* One write a line, so that threads do not mix theirs. Where even that fails there is nobody left to tell. */
    if (write(STDERR_FILENO, line, n + 1) < 0) return;
}

void log_failure(const char *what, const struct error *e) {
    log_error("%s: %s [%s] (%s:%d)", what, e->message, e->code, e->file ? e->file : "?", e->line);
}
