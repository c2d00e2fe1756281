/* Asking the till: over the control socket of a running server, or with the till opened here. */
#include "pos/cli/console.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "data/lockfile.h"
#include "data/text.h"
#include "pos/http/door.h"

enum { CALL_TIMEOUT_S = 60, ANSWER_MAX = 64 * 1024 * 1024 };

struct console {
    struct arena *arena;
    struct till *till; /* NULL: a server runs */
    const char *socket;
};

/* ---- over the socket ---- */

static size_t collect(char *bytes, size_t one, size_t n, void *self) {
    struct text_buffer *body = self;
    if (body->size + one * n > ANSWER_MAX) return 0;
    text_append(body, bytes, one * n);
    return one * n;
}

/* A random UUID (version 4): the command is carried out once, whatever happens to the connection. */
static bool make_key(char out[40], struct error *e) {
    unsigned char r[16];
    if (getrandom(r, sizeof r, 0) != (ssize_t)sizeof r)
        return error_fail(e, ERROR_INTERNAL, "no_random", "no random bytes to be had");
    r[6] = (unsigned char)((r[6] & 0x0f) | 0x40);
    r[8] = (unsigned char)((r[8] & 0x3f) | 0x80);
    snprintf(out, 40, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", r[0], r[1], r[2], r[3], r[4], r[5],
             r[6], r[7], r[8], r[9], r[10], r[11], r[12], r[13], r[14], r[15]);
    return true;
}

static struct curl_slist *headers_of(struct arena *a, const char *key) {
    struct curl_slist *list = curl_slist_append(NULL, "Content-Type: application/json");
    return curl_slist_append(list, arena_printf(a, "Idempotency-Key: %s", key));
}

static bool call_socket(struct console *s, const char *method, const char *path, const char *body, struct door_answer *out,
                        struct error *e) {
    struct text_buffer answer = {.arena = s->arena};
    char key[40];
    long status = 0;
    if (!make_key(key, e)) return false;
    CURL *curl = curl_easy_init();
    if (!curl) return error_fail(e, ERROR_INTERNAL, "no_curl", "libcurl cannot start");
    struct curl_slist *headers = headers_of(s->arena, key);
    curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, s->socket);
    curl_easy_setopt(curl, CURLOPT_URL, arena_printf(s->arena, "http://localhost%s", path));
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)CALL_TIMEOUT_S);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
    if (strcmp(method, "GET") != 0) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body ? body : "{}");
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)strlen(body ? body : "{}"));
    }
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    if (code != CURLE_OK)
        return error_fail(e, ERROR_IO, "server_unreachable", "a process holds the data directory, and does not answer on %s: %s",
                          s->socket, curl_easy_strerror(code));
    *out = (struct door_answer){.status = (int)status, .body = answer.bytes ? answer.bytes : "", .size = answer.size};
    return true;
}

/* ---- opening ---- */

static bool open_here(struct console *s, struct cli *c, const char *directory, bool print, struct error *e) {
    struct site *site;
    if (!c->site)
        return error_fail(e, ERROR_INVALID, "usage", "no server runs on %s: --site FILE is needed to open it", directory);
    if (!cli_site(c, &site, e)) return false;
    struct till_options o = {.site = site, .directory = directory, .print = print};
    return till_open(&o, &s->till, e);
}

bool console_open(struct cli *c, bool print, struct console **out, struct error *e) {
    const char *directory;
    if (!cli_directory(c, &directory, e)) return false;
    struct console *s = ARENA_NEW(c->arena, struct console);
    s->arena = c->arena;
    s->socket = arena_printf(c->arena, "%s/control.sock", directory);
    *out = s;
    return lockfile_held(directory) || open_here(s, c, directory, print, e);
}

void console_close(struct console *s) {
    if (s && s->till) till_close(s->till);
}

/* ---- calling ---- */

/* The refusal in the answer's own words (RFC 9457), each fault of a menu before it. */
static bool refused(struct console *s, const struct door_answer *a, struct error *e) {
    struct json problem;
    struct error unreadable;
    if (!json_parse(s->arena, a->body, a->size, &problem, &unreadable))
        return error_fail(e, ERROR_INTERNAL, "bad_answer", "the till answered %d", a->status);
    JSON_EACH(fault, json_array_or_none(problem, "faults", 100000)) fprintf(stderr, "%s\n", json_value_text(fault, 4096));
    const char *detail = json_text_or(problem, "detail", ERROR_MESSAGE_MAX, ""),
               *title = json_text_or(problem, "title", 256, "refused");
    const char *code = json_text_or(problem, "code", ERROR_CODE_MAX - 1, "refused");
    return error_fail(e, ERROR_CONFLICT, code, "%s", detail[0] ? detail : title);
}

bool console_call(struct console *s, const char *method, const char *path, const char *body, const char **answer,
                  struct error *e) {
    struct door_answer got;
    bool called =
        s->till ? door_call(s->till, method, path, body, s->arena, &got, e) : call_socket(s, method, path, body, &got, e);
    if (!called) return false;
    if (got.status < 200 || got.status > 299) return refused(s, &got, e);
    *answer = got.body;
    return true;
}

bool console_ask(struct console *s, const char *method, const char *path, const char *body, struct json *answer,
                 struct error *e) {
    const char *text = "";
    return console_call(s, method, path, body, &text, e) && json_parse(s->arena, text, strlen(text), answer, e);
}
