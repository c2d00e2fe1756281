/* Practice behind the door: its own path, its own session, and what each house refuses of the other. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "pos/core/practice.h"
#include "pos/http/door.h"
#include "pos/http/door_rooms.h"
#include "tests/support/core_fixture.h"

static struct core_fixture f;
static struct till *practice;
static struct door *door;
static char real_token[SESSION_TOKEN_TEXT], practice_token[SESSION_TOKEN_TEXT];
static char reply[64 * 1024];

static bool sign_in(struct act *act, void *self, struct error *e) {
    int64_t expires_at;
    return session_open(act, f.manager.staff, "till-1", self, &expires_at, e);
}

static void open_houses(bool with_practice) {
    core_fixture_open(&f);
    core_ok(&f, core_do(&f, f.manager, sign_in, real_token));
    practice = NULL;
    if (with_practice) {
        struct till_options o = {.site = practice_site(f.site, f.arena),
                                 .directory = arena_printf(f.arena, "%s/practice", f.tmp.path),
                                 .practice_of = f.till,
                                 .clock = &f.clock};
        core_ok(&f, till_open(&o, &practice, &f.error));
        core_ok(&f, till_do(practice, f.manager, f.arena, sign_in, practice_token, &f.error));
    }
    struct door_options o = {.till = f.till, .practice = practice, .listen = "127.0.0.1:0"};
    core_ok(&f, door_open(&o, &door, &f.error));
}
static void setup(void) {
    open_houses(true);
}
static void teardown(void) {
    door_close(door);
    till_close(practice);
    core_fixture_close(&f);
}

/* The status; the whole reply stands in `reply`. */
static int ask(const char *method, const char *path, const char *headers, const char *body) {
    const char *colon = strchr(server_address(door->server), ':');
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)strtol(colon + 1, NULL, 10)), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    const char *text = arena_printf(f.arena,
                                    "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
                                    "%sContent-Length: %zu\r\n\r\n%s",
                                    method, path, headers, strlen(body), body);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_eq(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    ck_assert_int_eq(send(fd, text, strlen(text), MSG_NOSIGNAL), (ssize_t)strlen(text));
    size_t size = 0;
    for (ssize_t n; size < sizeof reply - 1 && (n = recv(fd, reply + size, sizeof reply - 1 - size, 0)) > 0;) size += (size_t)n;
    reply[size] = '\0';
    close(fd);
    return (int)strtol(reply + strlen("HTTP/1.1 "), NULL, 10);
}
static const char *cookies(const char *real, const char *of_practice) {
    return arena_printf(f.arena, "Cookie: comanda=%s; comanda_practica=%s\r\n", real, of_practice);
}
static const char *change(const char *key) {
    return arena_printf(f.arena, "%sIdempotency-Key: 00000000-0000-7000-8000-00000000000%s\r\n",
                        cookies(real_token, practice_token), key);
}

START_TEST(each_house_knows_its_own_cookie_and_not_the_others) {
    ck_assert_int_eq(ask("GET", "/api/v1/site", cookies(real_token, practice_token), ""), 200);
    data_has(reply, "\"practice\":false");
    ck_assert_int_eq(ask("GET", "/practica/api/v1/site", cookies(real_token, practice_token), ""), 200);
    data_has(reply, "\"practice\":true");
    ck_assert_int_eq(ask("GET", "/practica/api/v1/site", cookies(real_token, "x"), ""), 401);
    ck_assert_int_eq(ask("GET", "/practica/api/v1/site", cookies(real_token, real_token), ""), 401);
    ck_assert_int_eq(ask("GET", "/api/v1/site", cookies("x", practice_token), ""), 401);
}
END_TEST

START_TEST(only_the_prefix_itself_leads_to_practice) {
    ck_assert_int_eq(ask("GET", "/practica/healthz", "", ""), 200);
    data_has(reply, "\"status\":\"ok\"");
    (void)ask("GET", "/practicas/healthz", "", ""); /* any other address is the page's */
    data_lacks(reply, "\"status\":\"ok\"");
    (void)ask("GET", "/practica/practica/healthz", "", "");
    data_lacks(reply, "\"status\":\"ok\"");
    ck_assert_int_eq(ask("GET", "/practica", "", ""), 200);
    data_has(reply, "<!doctype html>");
    ck_assert_int_eq(ask("GET", "/practica/", "", ""), 200);
    ck_assert_int_eq(ask("GET", "/api/v1/sign-in", "", ""), 200);
    data_has(reply, "\"practice\":\"open\"");
    ck_assert_int_eq(ask("GET", "/practica/api/v1/sign-in", "", ""), 200);
    data_has(reply, "\"practice\":\"here\"");
}
END_TEST

START_TEST(signing_out_of_practice_leaves_the_real_session) {
    ck_assert_int_eq(ask("DELETE", "/practica/api/v1/session", cookies(real_token, practice_token), ""), 204);
    data_has(reply, "Set-Cookie: comanda_practica=; HttpOnly; SameSite=Strict; Path=/practica; Max-Age=0");
    ck_assert_int_eq(ask("GET", "/practica/api/v1/session", cookies(real_token, practice_token), ""), 401);
    ck_assert_int_eq(ask("GET", "/api/v1/session", cookies(real_token, practice_token), ""), 200);
}
END_TEST

START_TEST(what_is_the_real_tills_is_refused_in_practice) {
    const char *person = "{\"name\":\"Eva\",\"role\":\"waiter\",\"pin\":\"7391\"}";
    ck_assert_int_eq(ask("POST", "/practica/api/v1/staff", change("1"), person), 403);
    data_has(reply, "practice_refused");
    ck_assert_int_eq(ask("POST", "/practica/api/v1/menu/versions", change("2"), "{}"), 403);
    data_has(reply, "practice_refused");
    ck_assert_int_eq(ask("GET", "/practica/metrics", "", ""), 403);
    ck_assert_int_eq(ask("GET", "/api/v1/practice", cookies(real_token, ""), ""), 404);
    data_has(reply, "practice_only");
}
END_TEST

START_TEST(what_is_done_in_practice_the_real_till_never_sees) {
    char before[8192];
    (void)snprintf(before, sizeof before, "%s", core_state(&f));
    struct sse_stats real = sse_stats(door->real.hub);
    ck_assert_int_eq(ask("POST", "/practica/api/v1/shifts", change("3"), "{\"float\":1000}"), 201);
    ck_assert_int_eq(ask("GET", "/practica/api/v1/practice", cookies("", practice_token), ""), 200);
    data_has(reply, "\"task\":\"sale\",\"possible\":true,\"done_at\":null");
    ck_assert_int_eq(ask("POST", "/practica/api/v1/practice/reset", change("4"), "{}"), 200);
    ck_assert_int_eq(ask("GET", "/practica/api/v1/shifts/current", cookies("", practice_token), ""), 404);
    ck_assert_uint_eq(sse_stats(door->real.hub).events, real.events);
    ck_assert_uint_gt(sse_stats(door->practice.hub).events, 0);
    ck_assert_str_eq(core_state(&f), before);
    ck_assert_int_eq(ask("GET", "/api/v1/shifts/current", cookies(real_token, ""), ""), 200);
}
END_TEST

START_TEST(without_practice_the_real_till_sells_and_says_so) {
    teardown();
    open_houses(false);
    ck_assert_int_eq(ask("GET", "/practica/api/v1/sign-in", "", ""), 503);
    data_has(reply, "practice_off");
    ck_assert_int_eq(ask("POST", "/practica/api/v1/session", "", "{\"staff\":1,\"pin\":\"1111\"}"), 503);
    ck_assert_int_eq(ask("GET", "/practica/healthz", "", ""), 503);
    ck_assert_int_eq(ask("GET", "/api/v1/sign-in", "", ""), 200);
    data_has(reply, "\"practice\":\"off\"");
    ck_assert_int_eq(ask("GET", "/api/v1/site", cookies(real_token, ""), ""), 200);
}
END_TEST

int main(void) {
    return data_suite_run(
        "http_practice", setup, teardown,
        DATA_TESTS(each_house_knows_its_own_cookie_and_not_the_others, only_the_prefix_itself_leads_to_practice,
                   signing_out_of_practice_leaves_the_real_session, what_is_the_real_tills_is_refused_in_practice,
                   what_is_done_in_practice_the_real_till_never_sees, without_practice_the_real_till_sells_and_says_so));
}
