/* Fuzz target: the pure pieces of a request: its path, query, Idempotency-Key, If-Match, Host, cookie and body. The first byte
 * says which one the rest is. */
#include <ctype.h>
#include <inttypes.h>

#include "data/text.h"
#include "pos/http/assets.h"
#include "pos/http/auth.h"
#include "pos/http/guard.h"
#include "pos/http/route.h"
#include "tests/fuzz/kit/fuzz.h"

static void check_path(const char *path, struct arena *a) {
    static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "get"};
    for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
        struct request_param params[REQUEST_PARAMS_MAX] = {0};
        const char *allow;
        const struct route *route = route_find(routes, methods[m], path, a, params, &allow);
        if (route == NULL) {
            HOLDS(allow == NULL || (path[0] == '/' && strstr(allow, m == 5 ? "GET" : methods[m]) == NULL));
            continue;
        }
        HOLDS(strcmp(route->method, m == 5 ? "GET" : methods[m]) == 0);
        /* The pattern with the parameters put in is the path. */
        struct text_buffer b = {.arena = a};
        size_t n = 0;
        for (const char *c = route->pattern; *c != '\0'; c++) {
            if (*c != '{') {
                text_append_byte(&b, (uint8_t)*c);
                continue;
            }
            HOLDS(params[n].text[0] != '\0' && strchr(params[n].text, '/') == NULL);
            if (strncmp(c, "{id}", 4) == 0 || strncmp(c, "{line}", 6) == 0 || strncmp(c, "{discount}", 10) == 0) {
                HOLDS(params[n].number >= 1 && params[n].number <= JSON_INT_MAX);
                text_appendf(&b, "%" PRId64, params[n].number);
            } else
                text_append_text(&b, params[n].text);
            c += strcspn(c, "}");
            n++;
        }
        HOLDS(strcmp(b.bytes, path) == 0);
    }
}

static void check_query(struct fuzz_input *in, struct arena *a) {
    static const char *const names[] = {"open", "paid", NULL};
    struct request r = {.arena = a};
    size_t given = 0;
    while (in->left > 0 && given < 30) {
        const char *key = fuzz_text(in, a);
        request_add_query(&r, key, fuzz_text(in, a));
        given++;
    }
    HOLDS(r.query_count <= REQUEST_QUERY_MAX && r.query_too_long == (given > REQUEST_QUERY_MAX));
    struct error e;
    int64_t number = -1;
    int choice = -1;
    const char *limit = request_query_text(&r, "limit"), *status = request_query_text(&r, "status");
    if (request_query_int(&r, "limit", 1, 200, 50, &number, &e)) {
        HOLDS(number >= 1 && number <= 200 && (limit != NULL || number == 50));
        if (limit != NULL) HOLDS(strspn(limit, "0123456789") == strlen(limit) && strtoll(limit, NULL, 10) == number);
    } else
        HOLDS(limit != NULL && strcmp(e.code, "invalid_query") == 0 && strcmp(e.field, "limit") == 0);
    if (request_query_enum(&r, "status", names, 1, &choice, &e))
        HOLDS(status != NULL ? strcmp(status, names[choice]) == 0 : choice == 1);
    else
        HOLDS(status != NULL && strcmp(e.field, "status") == 0);
    bool others = r.query_too_long;
    for (size_t i = 0; i < r.query_count; i++)
        others |= strcmp(r.query[i].key, "limit") != 0 && strcmp(r.query[i].key, "status") != 0;
    HOLDS(request_query_done(&r, &e) == !others);
}

static void check_key(const char *key, struct arena *a) {
    bool uuid = strlen(key) == 36;
    for (size_t i = 0; uuid && i < 36; i++)
        uuid = i == 8 || i == 13 || i == 18 || i == 23 ? key[i] == '-' : strchr("0123456789abcdefABCDEF", key[i]) != NULL;
    HOLDS(guard_is_uuid(key) == uuid);
    static const struct route route = {.method = "POST"};
    struct till till = {.arena = a};
    struct request r = {.arena = a, .till = &till, .route = &route, .method = "POST", .path = "/", .headers.key = key};
    struct error e;
    HOLDS(guard_command(&r, &e) == uuid);
    for (size_t i = 0; uuid && i < 36; i++) HOLDS(r.command.key.key[i] == tolower((unsigned char)key[i]));
}

static void check_if_match(const char *text, struct arena *a) {
    static const struct route route = {.method = "POST", .keyless = true, .versioned = true};
    struct request r = {.arena = a, .route = &route, .headers.if_match = text};
    struct error e;
    if (!guard_command(&r, &e)) {
        HOLDS(strcmp(e.code, "if_match_invalid") == 0 && r.expected_version == 0);
        return;
    }
    HOLDS(r.expected_version > 0 ? r.expected_version <= JSON_INT_MAX : strcmp(text, "*") == 0);
    if (r.expected_version == 0) return;
    size_t size = strlen(text), quote = text[0] == '"' ? 1 : 0;
    HOLDS(quote == 0 || text[size - 1] == '"');
    HOLDS(strspn(text + quote, "0123456789") == size - 2 * quote && strtoll(text + quote, NULL, 10) == r.expected_version);
}

/* On loopback no name but its own is ours, whatever the port. */
static void check_host(const char *host) {
    if (guard_host_is_ours("127.0.0.1:8080", host, "caja")) {
        static const char *const ours[] = {"localhost", "127.0.0.1", "[::1]", "[localhost]", "[127.0.0.1]"};
        bool known = false;
        for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
            size_t n = strlen(ours[i]);
            known |= strncasecmp(host, ours[i], n) == 0 && (host[n] == '\0' || host[n] == ':');
        }
        HOLDS(known);
        HOLDS(guard_host_is_ours("0.0.0.0:80", host, "caja")); /* and ours on every other address too */
    }
    guard_host_is_ours(host, "caja.local", "caja");
    asset_accepts_gzip(host);
}

static void check_token(const char *cookie, struct arena *a) {
    struct request_headers headers = {.cookie = cookie};
    const char *token = auth_token(&headers, "comanda", a);
    if (token != NULL) HOLDS(strchr(token, ';') == NULL && strstr(cookie, arena_printf(a, "comanda=%s", token)) != NULL);
    headers = (struct request_headers){.authorization = cookie};
    token = auth_token(&headers, "comanda", a);
    HOLDS(token == NULL || (token == cookie + 7 && strncasecmp(cookie, "bearer ", 7) == 0));
}

static void check_body(struct fuzz_input *in, struct arena *a) {
    struct request r = {.arena = a,
                        .body = (const char *)in->at,
                        .body_size = in->left,
                        .headers.content_type = "application/json; charset=utf-8"};
    struct error e;
    if (!guard_body(&r, &e)) {
        HOLDS(e.kind == ERROR_INVALID);
        return;
    }
    HOLDS(r.approval.pin == NULL || (r.approval.staff.v >= 1 && strlen(r.approval.pin) >= 1 && strlen(r.approval.pin) <= 16 &&
                                     json_has(r.json, "approval")));
    HOLDS(json_has(r.json, "approval") == (r.approval.pin != NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fuzz_input in = {.at = data, .left = size};
    struct arena *a = arena_open();
    uint8_t piece = fuzz_byte(&in) % 7;
    if (piece == 1)
        check_query(&in, a);
    else if (piece == 2)
        check_body(&in, a);
    else {
        const char *text = arena_text_n(a, (const char *)in.at, in.left);
        if (piece == 0) check_path(text, a);
        if (piece == 3) check_key(text, a);
        if (piece == 4) check_if_match(text, a);
        if (piece == 5) check_host(text);
        if (piece == 6) check_token(text, a);
    }
    arena_close(a);
    return 0;
}
