/* What is refused before any handler sees it. */
#include "pos/http/guard.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "pos/http/door_rooms.h"
#include "pos/http/request_hash.h"
#include "pos/http/route.h"

/* ---- whose host, whose page ---- */

enum { HOST_MAX = 256 };

/* The name or address without port and brackets; false when it is no such thing. */
static bool bare_host(const char *host, char out[HOST_MAX]) {
    const char *from = host, *end;
    if (*host == '[') {
        end = strchr(++from, ']');
        if (!end || (end[1] != '\0' && end[1] != ':')) return false;
    } else {
        end = from + strcspn(from, ":");
        if (strchr(from, ':') != strrchr(from, ':')) return false;
    }
    size_t length = (size_t)(end - from);
    if (length == 0 || length >= HOST_MAX) return false;
    memcpy(out, from, length);
    out[length] = '\0';
    return true;
}

static bool is_address(const char *name) {
    unsigned char buffer[sizeof(struct in6_addr)];
    return inet_pton(AF_INET, name, buffer) == 1 || inet_pton(AF_INET6, name, buffer) == 1;
}

bool guard_host_is_ours(const char *listen, const char *host, const char *machine) {
    char name[HOST_MAX], own[HOST_MAX];
    if (!host || !bare_host(host, name) || !bare_host(listen, own)) return false;
    if (strcasecmp(name, "localhost") == 0 || strcmp(name, "127.0.0.1") == 0 || strcmp(name, "::1") == 0) return true;
    if (strcasecmp(name, own) == 0) return true;
    if (strncmp(own, "127.", 4) == 0 || strcmp(own, "::1") == 0) return false;
    if (is_address(name)) return true;
    size_t length = strlen(machine);
    return length > 0 && strncasecmp(name, machine, length) == 0 &&
           (name[length] == '\0' || strcasecmp(name + length, ".local") == 0);
}

bool guard_origin(const struct request *r, struct error *e) {
    if (r->console) return true;
    const char *host = r->headers.host;
    if (!guard_host_is_ours(r->door->listen, host, r->door->machine))
        return error_fail(e, ERROR_DENIED, "host_not_allowed", "this till is not %s", host ? host : "a server without a name");
    const char *origin = r->headers.origin;
    if (!origin || strcmp(r->method, "GET") == 0 || strcmp(r->method, "HEAD") == 0) return true;
    const char *at = strstr(origin, "://");
    if (at && strcasecmp(at + 3, host) == 0) return true;
    return error_fail(e, ERROR_DENIED, "foreign_origin", "pages of %s may not change anything here", origin);
}

/* ---- the body ---- */

static bool is_json(const char *content_type) {
    static const char json[] = "application/json";
    if (!content_type || strncasecmp(content_type, json, sizeof json - 1) != 0) return false;
    char after = content_type[sizeof json - 1];
    return after == '\0' || after == ';' || after == ' ';
}

static void read_approval(struct request *r) {
    struct json approval = json_object_or_none(r->json, "approval");
    if (!json_exists(approval)) return;
    JSON_ONLY(approval, "staff", "pin");
    r->approval.staff.v = json_int(approval, "staff", 1, JSON_INT_MAX);
    r->approval.pin = json_text(approval, "pin", 16);
}

bool guard_body(struct request *r, struct error *e) {
    if (r->body_too_large)
        return error_fail(e, ERROR_INVALID, "body_too_large", "a body may have at most %d bytes", REQUEST_BODY_MAX);
    if (r->body_size == 0) {
        r->json = json_new_object(r->arena);
        return true;
    }
    if (!is_json(r->headers.content_type) && !(r->console && !r->headers.content_type))
        return error_fail(e, ERROR_INVALID, "content_type", "the body must be application/json");
    if (!json_parse(r->arena, r->body, r->body_size, &r->json, e)) return false;
    read_approval(r);
    return json_ok(r->json, e);
}

/* ---- the headers of a change ---- */

bool guard_is_uuid(const char *text) {
    for (size_t i = 0; i < 36; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !isxdigit((unsigned char)text[i])) return false;
    }
    return text[36] == '\0';
}

static bool read_key(struct request *r, struct error *e) {
    const char *key = r->headers.key;
    if (r->route->keyless) return true;
    if (!key && r->console) return true;
    if (!key || !*key)
        return error_fail(e, ERROR_INVALID, "key_missing", "a change needs the header Idempotency-Key: a UUID of its own");
    if (!guard_is_uuid(key)) return error_fail(e, ERROR_INVALID, "key_invalid", "Idempotency-Key must be a UUID");
    char *lower = arena_text(r->arena, key);
    for (char *c = lower; *c; c++) *c = (char)tolower((unsigned char)*c);
    r->command.key.key = lower;
    request_hash(r);
    return true;
}

/* If-Match: "7" — the version the client has seen. */
static bool read_version(struct request *r, struct error *e) {
    const char *text = r->headers.if_match;
    if (!text || !r->route->versioned || strcmp(text, "*") == 0) return true;
    int64_t version = 0;
    const char *at = text;
    if (*at == '"') at++;
    for (; *at >= '0' && *at <= '9' && version < JSON_INT_MAX / 10; at++) version = version * 10 + (*at - '0');
    if (version == 0 || strcmp(at, text[0] == '"' ? "\"" : "") != 0)
        return error_fail(e, ERROR_INVALID, "if_match_invalid", "If-Match must be the order's version in quotes");
    r->expected_version = version;
    return true;
}

bool guard_command(struct request *r, struct error *e) {
    return read_key(r, e) && read_version(r, e);
}
