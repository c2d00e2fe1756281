/* Finding the route of a request. */
#include <string.h>

#include "data/json.h"
#include "data/text.h"
#include "pos/http/route.h"

/* A row id: digits without leading zeros, within what JSON carries. */
static bool read_number(const char *text, size_t length, int64_t *out) {
    if (length == 0 || length > 16 || text[0] == '0') return false;
    int64_t number = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        number = number * 10 + (text[i] - '0');
    }
    *out = number;
    return number <= JSON_INT_MAX;
}

static bool is_numeric(const char *name, size_t length) {
    return (length == 2 && memcmp(name, "id", 2) == 0) || (length == 4 && memcmp(name, "line", 4) == 0) ||
           (length == 8 && memcmp(name, "discount", 8) == 0);
}

/* Segment by segment; a parameter takes one whole segment. */
static bool fits(const char *pattern, const char *path, struct arena *a, struct request_param params[REQUEST_PARAMS_MAX]) {
    size_t count = 0;
    while (*pattern && *path) {
        if (*pattern != '{') {
            if (*pattern++ != *path++) return false;
            continue;
        }
        size_t name = strcspn(pattern + 1, "}"), length = strcspn(path, "/");
        if (length == 0 || count == REQUEST_PARAMS_MAX) return false;
        struct request_param *p = &params[count++];
        if (is_numeric(pattern + 1, name) && !read_number(path, length, &p->number)) return false;
        p->text = arena_text_n(a, path, length);
        pattern += name + 2;
        path += length;
    }
    return !*pattern && !*path;
}

const struct route *route_find(const struct route *table, const char *method, const char *path, struct arena *a,
                               struct request_param params[REQUEST_PARAMS_MAX], const char **allow) {
    struct text_buffer others = {.arena = a};
    *allow = NULL;
    if (strcmp(method, "HEAD") == 0) method = "GET";
    for (const struct route *route = table; route->method; route++) {
        bool same = strcmp(route->method, method) == 0;
        if (!fits(route->pattern, path, a, params)) continue;
        if (same) return route;
        text_appendf(&others, "%s%s", others.size ? ", " : "", route->method);
    }
    *allow = others.bytes;
    return NULL;
}
