/* Errors as answers (RFC 9457). */
#include "pos/http/problem.h"

#include <stdlib.h>
#include <string.h>

/* Codes whose status is not their kind's. */
static const struct own_status {
    const char *code;
    int status;
} own_statuses[] = {
    {"not_signed_in", 401},  {"pin_wrong", 401},    {"method_not_allowed", 405}, {"stale", 412},
    {"body_too_large", 413}, {"content_type", 415}, {"host_not_allowed", 421},   {"pin_locked", 429},
};

int problem_status(const struct error *e) {
    for (size_t i = 0; i < sizeof own_statuses / sizeof *own_statuses; i++)
        if (strcmp(e->code, own_statuses[i].code) == 0) return own_statuses[i].status;
    switch (e->kind) {
    case ERROR_INVALID:
        return 400;
    case ERROR_DENIED:
        return 403;
    case ERROR_NOT_FOUND:
        return 404;
    case ERROR_CONFLICT:
        return 409;
    case ERROR_BUSY:
    case ERROR_IO:
        return 503;
    case ERROR_NONE:
    case ERROR_INTERNAL:
        break;
    }
    return 500;
}

static const char *title_of(int status) {
    switch (status) {
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 409:
        return "Conflict";
    case 412:
        return "Precondition Failed";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 421:
        return "Misdirected Request";
    case 429:
        return "Too Many Requests";
    case 503:
        return "Service Unavailable";
    default:
        return "Internal Server Error";
    }
}

struct json problem_json(const struct error *e, struct json faults, struct arena *a) {
    int status = problem_status(e);
    struct json problem = json_new_object(a);
    json_set_text(problem, "type", "about:blank");
    json_set_text(problem, "title", title_of(status));
    json_set_int(problem, "status", status);
    json_set_text(problem, "detail", e->message);
    json_set_text(problem, "code", e->code);
    if (e->field[0]) json_set_text(problem, "field", e->field);
    if (strcmp(e->code, "approval_required") == 0) json_set_bool(problem, "approvable", true);
    size_t count = json_fault_count(faults);
    if (count == 0) return problem;
    struct json list = json_set_array(problem, "faults");
    for (size_t i = 0; i < count; i++) json_push_text(list, json_fault(faults, i));
    return problem;
}

int problem_retry_after(const struct error *e) {
    if (e->kind != ERROR_BUSY) return 0;
    if (strcmp(e->code, "pin_locked") != 0) return 1;
    const char *digits = strpbrk(e->message, "123456789"); /* staff.h: the message holds the seconds */
    long seconds = digits ? strtol(digits, NULL, 10) : 0;
    return seconds > 0 && seconds <= 3600 ? (int)seconds : 1;
}
