/* The door with its sockets: many clients at once, one key at once, events, the control socket, and closing in the middle of it
 * all. */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "pos/http/door.h"
#include "pos/http/door_rooms.h"
#include "tests/support/core_fixture.h"

static struct core_fixture f;
static struct door *door;
static char token[SESSION_TOKEN_TEXT];
static const char *control;
static int port;

static bool sign_in(struct act *act, void *self, struct error *e) {
    int64_t expires_at;
    (void)self;
    return session_open(act, f.cashier.staff, "till-1", token, &expires_at, e);
}

static void open_door(void) {
    control = data_tmp_join(&f.tmp, "control.sock");
    struct door_options o = {.till = f.till, .listen = "127.0.0.1:0", .control = control};
    ck_assert_msg(door_open(&o, &door, &f.error), "%s", f.error.message);
    const char *address = server_address(door->server);
    ck_assert_int_eq(strncmp(address, "127.0.0.1:", 10), 0);
    port = (int)strtol(address + 10, NULL, 10);
    ck_assert_int_gt(port, 0);
}
static void setup(void) {
    core_fixture_open(&f);
    core_ok(&f, core_do(&f, f.cashier, sign_in, NULL));
    open_door();
}
static void teardown(void) {
    door_close(door);
    core_fixture_close(&f);
}

/* ---- a small client ---- */

enum { REPLY_MAX = 64 * 1024 };
struct client {
    int fd;
    char reply[REPLY_MAX + 1];
    size_t size, body; /* body: where it begins */
    int status;        /* 0: the connection ended instead */
};

static bool dial(struct client *c) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct timeval limit = {.tv_sec = 60};
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    (void)setsockopt(c->fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    return connect(c->fd, (struct sockaddr *)&to, sizeof to) == 0;
}

static bool send_all(struct client *c, const char *bytes, size_t n) {
    while (n > 0) {
        ssize_t sent = send(c->fd, bytes, n, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes += sent;
        n -= (size_t)sent;
    }
    return true;
}

/* More bytes of the reply; false at the end. */
static bool more(struct client *c) {
    if (c->size == REPLY_MAX) return false;
    ssize_t n = recv(c->fd, c->reply + c->size, REPLY_MAX - c->size, 0);
    if (n <= 0) return false;
    c->size += (size_t)n;
    c->reply[c->size] = '\0';
    return true;
}

static int receive(struct client *c) {
    c->size = 0;
    c->status = 0;
    c->reply[0] = '\0';
    char *end;
    while (!(end = strstr(c->reply, "\r\n\r\n")))
        if (!more(c)) return 0;
    c->body = (size_t)(end + 4 - c->reply);
    const char *length = strstr(c->reply, "Content-Length: ");
    size_t whole = c->body + (length ? strtoul(length + 16, NULL, 10) : 0);
    while (c->size < whole)
        if (!more(c)) return 0;
    return c->status = (int)strtol(c->reply + 9, NULL, 10);
}

static int ask(struct client *c, const char *method, const char *path, const char *key, const char *body) {
    char request[2048];
    int n = snprintf(request, sizeof request,
                     "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n%s%s%s%sContent-Length: %zu\r\n\r\n%s",
                     method, path, token, key ? "Idempotency-Key: " : "", key ? key : "", key ? "\r\n" : "",
                     body ? "Content-Type: application/json\r\n" : "", body ? strlen(body) : 0, body ? body : "");
    return send_all(c, request, (size_t)n) ? receive(c) : 0;
}

static int sell(struct client *c, int who, int n) {
    char key[40];
    snprintf(key, sizeof key, "00000000-0000-4000-8000-%06x%06x", (unsigned)who, (unsigned)n);
    return ask(c, "POST", "/api/v1/orders", key,
               "{\"kind\":\"takeaway\",\"name\":\"Ana\",\"lines\":[{\"item\":\"almuerzo\",\"quantity\":1}],\"send\":true}");
}

static struct client *new_client(void) {
    struct client *c = calloc(1, sizeof *c);
    ck_assert(c != NULL && dial(c));
    return c;
}
static void drop(struct client *c) {
    close(c->fd);
    free(c);
}

/* ---- at once ---- */

enum { CLIENTS = 8, EACH = 15 };
struct seller {
    pthread_t thread;
    int who, sold, refused;
    bool until_cut;
};

static void *sell_many(void *self) {
    struct seller *s = self;
    struct client *c = new_client();
    for (int n = 0; s->until_cut || n < EACH; n++) {
        int status = sell(c, s->who, n);
        if (status == 201)
            s->sold++;
        else if (status == 0 && s->until_cut)
            break;
        else
            s->refused++;
        if (n % 5 == 0 && status && ask(c, "GET", "/api/v1/orders?state=open", NULL, NULL) != 200 && !s->until_cut) s->refused++;
    }
    drop(c);
    return NULL;
}

START_TEST(clients_at_once_each_get_their_own_order) {
    struct seller sellers[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
        sellers[i] = (struct seller){.who = i + 1};
        pthread_create(&sellers[i].thread, NULL, sell_many, &sellers[i]);
    }
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(sellers[i].thread, NULL);
        ck_assert_int_eq(sellers[i].refused, 0);
        ck_assert_int_eq(sellers[i].sold, 15);
    }
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM orders"), 120);
    ck_assert_int_eq(core_int(&f, "SELECT max(number) FROM orders"), 120);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job"), 120);
    ck_assert_int_eq(core_int(&f, "SELECT max(sequence) FROM print_job"), 120);
}
END_TEST

static void *sell_one_key(void *self) {
    struct seller *s = self;
    struct client *c = new_client();
    if (sell(c, 99, 1) == 201) s->sold++;
    if (strstr(c->reply, "Idempotent-Replayed: true")) s->refused++;
    drop(c);
    return NULL;
}

START_TEST(one_key_at_once_is_one_order_and_one_answer_for_all) {
    struct seller sellers[CLIENTS] = {0};
    int replayed = 0;
    for (int i = 0; i < CLIENTS; i++) pthread_create(&sellers[i].thread, NULL, sell_one_key, &sellers[i]);
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(sellers[i].thread, NULL);
        ck_assert_int_eq(sellers[i].sold, 1);
        replayed += sellers[i].refused;
    }
    ck_assert_int_eq(replayed, 7);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM orders"), 1);
}
END_TEST

START_TEST(a_close_in_the_middle_loses_nothing_that_was_acknowledged) {
    struct seller sellers[CLIENTS];
    struct client *stream = new_client();
    ck_assert(send_all(stream, "", 0));
    for (int i = 0; i < CLIENTS; i++) {
        sellers[i] = (struct seller){.who = i + 1, .until_cut = true};
        pthread_create(&sellers[i].thread, NULL, sell_many, &sellers[i]);
    }
    struct client *c = new_client();
    for (int n = 0; n < 20; n++) ck_assert_int_eq(sell(c, 50, n), 201);
    door_close(door);
    int acknowledged = 20;
    for (int i = 0; i < CLIENTS; i++) {
        pthread_join(sellers[i].thread, NULL);
        ck_assert_int_eq(sellers[i].refused, 0);
        acknowledged += sellers[i].sold;
    }
    drop(c);
    drop(stream);
    ck_assert_int_ge(core_int(&f, "SELECT count(*) FROM orders"), acknowledged);
    open_door(); /* the same till goes on; teardown closes it */
}
END_TEST

/* ---- events ---- */

static void await(struct client *c, const char *what) {
    while (!strstr(c->reply, what)) ck_assert_msg(more(c), "%s did not come, but\n%s", what, c->reply);
}

static struct client *open_stream(const char *last_event_id) {
    char request[512];
    struct client *c = new_client();
    int n =
        snprintf(request, sizeof request, "GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: comanda=%s\r\n%s%s%s\r\n",
                 token, last_event_id ? "Last-Event-ID: " : "", last_event_id ? last_event_id : "", last_event_id ? "\r\n" : "");
    ck_assert(send_all(c, request, (size_t)n));
    await(c, "event: hello\ndata: {\"version\":\"" COMANDA_VERSION "\"}\n\n");
    return c;
}

START_TEST(a_stream_hears_of_an_order_once_it_is_committed) {
    struct client *stream = open_stream(NULL), *c = new_client();
    ck_assert(strstr(stream->reply, "Content-Type: text/event-stream") != NULL);
    for (int n = 1; n <= 30; n++) {
        char event[64];
        ck_assert_int_eq(sell(c, 1, n), 201);
        snprintf(event, sizeof event, "event: order\ndata: {\"id\":%d}\n\n", n);
        await(stream, event);
    }
    drop(stream);
    drop(c);
}
END_TEST

START_TEST(streams_that_went_away_are_forgotten) {
    struct client *c = new_client();
    for (int n = 1; n <= 5; n++) drop(open_stream(NULL));
    ck_assert_int_eq(sell(c, 1, 1), 201); /* wakes them: the server finds them gone */
    struct client *last = open_stream(NULL);
    for (int n = 2; sse_stats(door->real.hub).clients > 1 && n < 1000; n++) ck_assert_int_eq(sell(c, 1, n), 201);
    ck_assert_uint_eq(sse_stats(door->real.hub).clients, 1);
    drop(last);
    drop(c);
}
END_TEST

START_TEST(a_close_says_goodbye_to_streams) {
    struct client *stream = open_stream("1");
    await(stream, "event: resync\ndata: {}\n\n");
    door_close(door);
    await(stream, "\r\n0\r\n\r\n"); /* the last chunk: ended, not cut */
    drop(stream);
    open_door();
}
END_TEST

/* ---- the wire ---- */

START_TEST(a_request_that_comes_byte_by_byte_is_answered) {
    static const char request[] = "GET /api/v1/sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n";
    struct client *c = new_client();
    for (size_t i = 0; i + 1 < sizeof request; i++) ck_assert(send_all(c, request + i, 1));
    ck_assert_int_eq(receive(c), 200);
    drop(c);
}
END_TEST

START_TEST(a_client_that_leaves_before_its_answer_does_no_harm) {
    for (int n = 0; n < 20; n++) {
        struct client *c = new_client();
        char request[512];
        static const char body[] = "{\"kind\":\"takeaway\",\"name\":\"Ana\"}";
        int size = snprintf(
            request, sizeof request,
            "POST /api/v1/orders HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
            "Idempotency-Key: 00000000-0000-4000-8000-%012x\r\nContent-Length: %zu\r\n\r\n%s",
            token, (unsigned)n, sizeof body - 1, body);
        ck_assert(send_all(c, request, (size_t)size));
        drop(c);
    }
    struct client *c = new_client();
    ck_assert_int_eq(sell(c, 1, 1), 201);
    drop(c);
}
END_TEST

START_TEST(every_answer_carries_the_security_headers) {
    static const char policy[] = "Content-Security-Policy: default-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
                                 "base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n";
    const char *const headers[] = {policy, "X-Content-Type-Options: nosniff\r\n", "Referrer-Policy: no-referrer\r\n"};
    static const char *const paths[] = {"/", "/api/v1/site", "/api/v1/orders/99", "/nothing.js"};
    struct client *c = new_client();
    for (size_t p = 0; p < sizeof paths / sizeof *paths; p++) {
        ask(c, "GET", paths[p], NULL, NULL);
        for (size_t h = 0; h < sizeof headers / sizeof *headers; h++)
            ck_assert_msg(strstr(c->reply, headers[h]) != NULL, "%s lacks %s", paths[p], headers[h]);
    }
    drop(c);
}
END_TEST

START_TEST(the_page_is_known_by_its_tag) {
    struct client *c = new_client();
    ck_assert_int_eq(ask(c, "GET", "/orders/31", NULL, NULL), 200);
    ck_assert(strstr(c->reply, "Content-Type: text/html; charset=utf-8\r\n") != NULL);
    ck_assert(strstr(c->reply, "Cache-Control: no-cache\r\n") != NULL);
    char tag[64], request[256];
    ck_assert_int_eq(sscanf(strstr(c->reply, "ETag: ") + 6, "%63[^\r]", tag), 1);
    int n = snprintf(request, sizeof request, "GET / HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: %s\r\n\r\n", tag);
    ck_assert(send_all(c, request, (size_t)n));
    ck_assert_int_eq(receive(c), 304);
    drop(c);
}
END_TEST

/* ---- the control socket ---- */

START_TEST(the_control_socket_is_its_owners_and_needs_neither_session_nor_key) {
    struct stat status;
    ck_assert_int_eq(stat(control, &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0600);
    struct client *c = calloc(1, sizeof *c);
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    snprintf(to.sun_path, sizeof to.sun_path, "%s", control);
    c->fd = socket(AF_UNIX, SOCK_STREAM, 0);
    ck_assert_int_eq(connect(c->fd, (struct sockaddr *)&to, sizeof to), 0);
    static const char request[] = "PUT /api/v1/menu/items/limonada/availability HTTP/1.1\r\nHost: anything\r\nContent-Length: "
                                  "19\r\n\r\n{\"available\":false}";
    ck_assert(send_all(c, request, sizeof request - 1));
    ck_assert_int_eq(receive(c), 200);
    ck_assert_str_eq(core_text(&f, "SELECT device FROM journal WHERE kind = 'availability_set'"), "console");
    drop(c);
    door_close(door);
    ck_assert_int_eq(access(control, F_OK), -1);
    open_door();
}
END_TEST

START_TEST(a_socket_left_by_a_dead_process_is_replaced) {
    door_close(door);
    data_tmp_write_text(&f.tmp, "control.sock", "");
    open_door();
    struct stat status;
    ck_assert_int_eq(stat(control, &status), 0);
    ck_assert(S_ISSOCK(status.st_mode));
}
END_TEST

START_TEST(an_address_that_is_taken_or_none_is_named) {
    struct door *second;
    struct door_options o = {.till = f.till, .listen = server_address(door->server)};
    ck_assert(!door_open(&o, &second, &f.error));
    ck_assert_str_eq(f.error.code, "port_taken");
    ck_assert_int_eq(f.error.kind, ERROR_IO);
    ck_assert(strstr(f.error.message, o.listen) != NULL);
    static const char *const bad[] = {
        "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http", ":8080", "localhost:8080", "127.0.0.1:80800", "[::1:8080", ""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        o.listen = bad[i];
        ck_assert_msg(!door_open(&o, &second, &f.error), "%s", bad[i]);
        ck_assert_str_eq(f.error.code, "bad_address");
    }
    struct client *c = new_client();
    ck_assert_int_eq(sell(c, 1, 1), 201); /* the first is unharmed */
    drop(c);
}
END_TEST

int main(void) {
    return data_suite_run(
        "http_door", setup, teardown,
        DATA_TESTS(clients_at_once_each_get_their_own_order, one_key_at_once_is_one_order_and_one_answer_for_all,
                   a_close_in_the_middle_loses_nothing_that_was_acknowledged, a_stream_hears_of_an_order_once_it_is_committed,
                   streams_that_went_away_are_forgotten, a_close_says_goodbye_to_streams,
                   a_request_that_comes_byte_by_byte_is_answered, a_client_that_leaves_before_its_answer_does_no_harm,
                   every_answer_carries_the_security_headers, the_page_is_known_by_its_tag,
                   the_control_socket_is_its_owners_and_needs_neither_session_nor_key,
                   a_socket_left_by_a_dead_process_is_replaced, an_address_that_is_taken_or_none_is_named));
}
