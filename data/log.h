/* The log: one line an event on standard error; under systemd with the level prefix that its journal reads (sd-daemon(3)),
 * at a terminal with the level as a word.
 * Thread: any. Never log a PIN, a token or a whole request body. */
#ifndef COMANDA_DATA_LOG_H
#define COMANDA_DATA_LOG_H

#include "data/error.h"

enum log_level { LOG_LEVEL_ERROR = 3, LOG_LEVEL_WARNING = 4, LOG_LEVEL_INFO = 6, LOG_LEVEL_DEBUG = 7 };

#define log_error(...) log_line(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...) log_line(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_info(...) log_line(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...) log_line(LOG_LEVEL_DEBUG, __VA_ARGS__) /* written only when COMANDA_DEBUG is set */
void log_line(enum log_level level, const char *format, ...) PRINTF_LIKE(2, 3);

/* A whole struct error with where it was found: "WHAT: message [code] (file:line)". */
void log_failure(const char *what, const struct error *e);

#endif
