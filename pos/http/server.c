/* Sockets: libmicrohttpd's epoll thread, one for the network and one for the control socket.
 *
 * A request whose answer takes a commit or a worker is suspended: its connection leaves the epoll set until whoever finished it
 * resumes it. Suspending comes before the job is handed over, so that a resume never meets a connection that is not suspended
 * yet. */
#include "pos/http/server.h"

#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "data/log.h"
#include "data/text.h"
#include "pos/http/door_rooms.h"
#include "pos/http/listen.h"
#include "pos/http/request.h"

enum {
    CONNECTIONS_MAX = 512,
    CONNECTIONS_PER_ADDRESS_MAX = 256,
    CONNECTION_MEMORY = 32 * 1024,
    SILENCE_S = 30,                /* neither side moves a byte */
    WAIT_MS = 60 * 1000,           /* without a whole request */
    BODY_MS = 30 * 1000,           /* from the headers to the end of the body */
    SWALLOW_MAX = 8 * 1024 * 1024, /* of a body too large, read on so that the refusal is heard */
    UNACKNOWLEDGED_MS = 30 * 1000, /* TCP: the other machine is gone */
    STREAM_BLOCK = 8 * 1024,
};

struct link { /* one connection */
    struct link *next, **at;
    int fd;
    int64_t waiting_since; /* monotonic ms; 0 while a request is answered */
};
struct listener {
    struct server *server;
    struct MHD_Daemon *daemon;
    int fd;
    bool console;
};
struct server {
    struct door *door;
    struct listener network, control;
    char address[LISTEN_ADDRESS_MAX];
    char control_path[108];
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t idle;
    struct link *links;
    size_t under_way; /* requests begun and not answered yet */
    bool closing;     /* none is begun any more */
};
struct pending { /* a request as this file sees it */
    struct request request;
    struct server *server;
    struct text_buffer body;
    size_t received;
    int64_t started; /* monotonic ms */
    bool begun;
    char peer[INET6_ADDRSTRLEN + 4];
};

/* ---- the reply on the wire ---- */

static void add(struct MHD_Response *response, const char *name, const char *value) {
    if (value && MHD_add_response_header(response, name, value) != MHD_YES) log_error("header %s: refused by the server", name);
}

static const char content_security_policy[] = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri "
                                              "'none'; form-action 'self'; frame-ancestors 'none'";

static void add_headers(struct MHD_Response *response, const struct reply *reply) {
    add(response, "Content-Type", reply->type);
    add(response, "Cache-Control", reply->cache ? reply->cache : "no-store");
    add(response, "Content-Security-Policy", content_security_policy);
    add(response, "X-Content-Type-Options", "nosniff");
    add(response, "Referrer-Policy", "no-referrer");
    add(response, "ETag", reply->etag);
    add(response, "Set-Cookie", reply->cookie);
    add(response, "Allow", reply->allow);
    if (reply->gzip) add(response, "Content-Encoding", "gzip");
    if (reply->vary) add(response, "Vary", "Accept-Encoding");
    if (reply->replayed) add(response, "Idempotent-Replayed", "true");
    if (reply->status == 401) add(response, "WWW-Authenticate", "Bearer");
    char text[128];
    if (reply->retry_after_s) {
        snprintf(text, sizeof text, "%d", reply->retry_after_s);
        add(response, "Retry-After", text);
    }
    if (reply->file_name) {
        snprintf(text, sizeof text, "attachment; filename=\"%s\"", reply->file_name);
        add(response, "Content-Disposition", text);
    }
}

static ssize_t read_stream(void *stream, uint64_t position, char *out, size_t max) {
    (void)position;
    ssize_t n = max < SSE_READ_MIN ? -1 : sse_read(stream, out, max);
    return n < 0 ? MHD_CONTENT_READER_END_OF_STREAM : n;
}

static void leave_stream(void *stream) {
    sse_leave(stream);
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, struct request *r) {
    struct reply *reply = &r->reply;
    struct MHD_Response *response;
    int class = reply->status / 100;
    if (r->stream) {
        response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, read_stream, r->stream, leave_stream);
        if (!response) sse_leave(r->stream);
        r->stream = NULL;
    } else {
        response = MHD_create_response_from_buffer(reply->size, (void *)(uintptr_t)reply->body, MHD_RESPMEM_PERSISTENT);
    }
    if (!response) return MHD_NO;
    atomic_fetch_add_explicit(&r->door->answered[class > 0 && class < 6 ? class : 0], 1, memory_order_relaxed);
    add_headers(response, reply);
    enum MHD_Result result = MHD_queue_response(connection, (unsigned)reply->status, response);
    MHD_destroy_response(response);
    return result;
}

/* ---- the request off the wire ---- */

static const char *header(struct MHD_Connection *connection, const char *name) {
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result take_query(void *self, enum MHD_ValueKind kind, const char *key, const char *value) {
    (void)kind;
    request_add_query(self, key, value);
    return MHD_YES;
}

static void read_headers(struct MHD_Connection *connection, struct request_headers *h) {
    *h = (struct request_headers){
        .host = header(connection, "Host"),
        .origin = header(connection, "Origin"),
        .content_type = header(connection, "Content-Type"),
        .authorization = header(connection, "Authorization"),
        .cookie = header(connection, "Cookie"),
        .key = header(connection, "Idempotency-Key"),
        .if_match = header(connection, "If-Match"),
        .if_none_match = header(connection, "If-None-Match"),
        .last_event_id = header(connection, "Last-Event-ID"),
        .accept_encoding = header(connection, "Accept-Encoding"),
    };
}

static void name_peer(struct MHD_Connection *connection, struct pending *p) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info ? info->client_addr : NULL;
    socklen_t size = address && address->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
    if (!address || (address->sa_family != AF_INET && address->sa_family != AF_INET6) ||
        getnameinfo(address, size, p->peer, sizeof p->peer, NULL, 0, NI_NUMERICHOST) != 0)
        (void)text_copy(p->peer, sizeof p->peer, "unknown");
}

static bool enter(struct server *s) {
    pthread_mutex_lock(&s->lock);
    bool open = !s->closing;
    if (open) s->under_way++;
    pthread_mutex_unlock(&s->lock);
    return open;
}

static void leave(struct server *s) {
    pthread_mutex_lock(&s->lock);
    if (--s->under_way == 0 && s->closing) pthread_cond_signal(&s->idle);
    pthread_mutex_unlock(&s->lock);
}

/* On the writer's or a worker's thread. Once resumed, the request may be gone. */
static void finish(struct request *r) {
    struct server *s = r->door->server;
    MHD_resume_connection(r->connection);
    leave(s);
}

static struct link *link_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void set_waiting(struct server *s, struct MHD_Connection *connection, int64_t since) {
    struct link *link = link_of(connection);
    if (!link) return;
    pthread_mutex_lock(&s->lock);
    link->waiting_since = since;
    pthread_mutex_unlock(&s->lock);
}

/* The path from there on is as that house knows it. */
static const struct house *house_of(const struct door *door, const char **path) {
    const size_t prefix = sizeof PRACTICE_PATH - 1;
    if (strncmp(*path, PRACTICE_PATH, prefix) != 0 || ((*path)[prefix] != '\0' && (*path)[prefix] != '/')) return &door->real;
    *path += prefix;
    if (**path == '\0') *path = "/";
    return &door->practice;
}

static struct pending *new_pending(struct listener *l, struct MHD_Connection *connection, const char *url, const char *method) {
    struct arena *a = arena_open();
    struct pending *p = ARENA_NEW(a, struct pending);
    p->server = l->server;
    p->body.arena = a;
    p->started = clock_monotonic_ms();
    struct request *r = &p->request;
    r->door = l->server->door;
    r->house = house_of(r->door, &url);
    r->till = r->house->till;
    r->arena = a;
    r->method = method;
    r->path = url;
    r->console = l->console;
    r->peer = p->peer;
    r->finish = finish;
    r->connection = connection;
    read_headers(connection, &r->headers);
    name_peer(connection, p);
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, take_query, r);
    set_waiting(l->server, connection, 0);
    return p;
}

/* False: enough of it, the connection is to be cut. */
static bool take_body(struct pending *p, const char *data, size_t size) {
    p->received += size;
    if (p->received > SWALLOW_MAX || clock_monotonic_ms() - p->started > BODY_MS) return false;
    if (p->received > REQUEST_BODY_MAX)
        p->request.body_too_large = true;
    else
        text_append(&p->body, data, size);
    return true;
}

static enum MHD_Result on_request(void *self, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *data, size_t *size, void **state) {
    (void)version;
    struct pending *p = *state;
    if (!p) {
        *state = new_pending(self, connection, url, method);
        return MHD_YES;
    }
    if (*size) {
        bool more = take_body(p, data, *size);
        *size = 0;
        return more ? MHD_YES : MHD_NO;
    }
    struct request *r = &p->request;
    if (!p->begun) {
        if (!enter(p->server)) return MHD_NO;
        p->begun = true;
        r->body = p->body.bytes;
        r->body_size = p->body.size;
        if (!request_begin(r)) {
            MHD_suspend_connection(connection);
            request_go_on(r);
            return MHD_YES;
        }
        leave(p->server);
    }
    return send_reply(connection, r);
}

static void on_completed(void *self, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode why) {
    (void)why;
    struct listener *l = self;
    struct pending *p = *state;
    if (!p) return;
    *state = NULL;
    if (p->request.stream) sse_leave(p->request.stream);
    arena_close(p->request.arena);
    set_waiting(l->server, connection, clock_monotonic_ms());
}

/* ---- connections ---- */

static void on_connection(void *self, struct MHD_Connection *connection, void **context,
                          enum MHD_ConnectionNotificationCode what) {
    struct listener *l = self;
    struct server *s = l->server;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        struct link *link = *context;
        if (!link) return;
        pthread_mutex_lock(&s->lock);
        *link->at = link->next;
        if (link->next) link->next->at = link->at;
        pthread_mutex_unlock(&s->lock);
        free(link);
        *context = NULL;
        return;
    }
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct link *link = info ? calloc(1, sizeof *link) : NULL;
    if (!link) return;
    link->fd = info->connect_fd;
    link->waiting_since = clock_monotonic_ms();
    int timeout = UNACKNOWLEDGED_MS;
    if (!l->console) (void)setsockopt(link->fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &timeout, sizeof timeout);
    pthread_mutex_lock(&s->lock);
    link->next = s->links;
    link->at = &s->links;
    if (link->next) link->next->at = &link->next;
    s->links = link;
    pthread_mutex_unlock(&s->lock);
    *context = link;
}

void server_reap(struct server *s) {
    int64_t now = clock_monotonic_ms();
    pthread_mutex_lock(&s->lock);
    for (struct link *link = s->links; link; link = link->next)
        if (link->waiting_since && now - link->waiting_since > WAIT_MS) (void)shutdown(link->fd, SHUT_RDWR);
    pthread_mutex_unlock(&s->lock);
}

void server_park(void *connection) {
    MHD_suspend_connection(connection);
}

void server_wake(void *connection) {
    MHD_resume_connection(connection);
}

/* ---- listening ---- */

static void log_server(void *self, const char *format, va_list args) PRINTF_LIKE(2, 0);
static void log_server(void *self, const char *format, va_list args) {
    (void)self;
    char line[256];
    vsnprintf(line, sizeof line, format, args);
    line[strcspn(line, "\n")] = '\0';
    log_debug("http: %s", line);
}

static bool start(struct server *s, struct listener *l, bool console, struct error *e) {
    l->server = s;
    l->console = console;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    l->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, l, MHD_OPTION_EXTERNAL_LOGGER, log_server, NULL,
                                 MHD_OPTION_LISTEN_SOCKET, l->fd, MHD_OPTION_NOTIFY_COMPLETED, on_completed, l,
                                 MHD_OPTION_NOTIFY_CONNECTION, on_connection, l, MHD_OPTION_CONNECTION_LIMIT,
                                 (unsigned)CONNECTIONS_MAX, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
                                 (unsigned)(console ? 0 : CONNECTIONS_PER_ADDRESS_MAX), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                                 (size_t)CONNECTION_MEMORY, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SILENCE_S, MHD_OPTION_END);
    if (l->daemon) return true;
    return error_fail(e, ERROR_IO, "cannot_listen", "the HTTP server did not start on %s",
                      console ? s->control_path : s->address);
}

static bool open_control(struct server *s, const char *path, struct error *e) {
    return listen_on_control(path, &s->control.fd, e) && text_copy(s->control_path, sizeof s->control_path, path);
}

bool server_open(struct door *door, const char *listen_on, const char *control, struct server **out, struct error *e) {
    struct server *s = calloc(1, sizeof *s);
    if (!s) return error_errno(e, errno, "no_memory", "opening the server");
    s->door = door;
    s->network.fd = s->control.fd = -1;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->idle, NULL);
    *out = s; /* requests may come from here on */
    if (listen_on_network(listen_on, &s->network.fd, s->address, e) && (!control || open_control(s, control, e)) &&
        start(s, &s->network, false, e) && (!control || start(s, &s->control, true, e)))
        return true;
    server_close(s);
    *out = NULL;
    return false;
}

static void quiesce(struct listener *l) {
    if (!l->daemon) return;
    int fd = MHD_quiesce_daemon(l->daemon);
    if (fd >= 0) close(fd);
    l->fd = -1;
}

void server_quiesce(struct server *s) {
    quiesce(&s->network);
    quiesce(&s->control);
    pthread_mutex_lock(&s->lock);
    s->closing = true;
    while (s->under_way) pthread_cond_wait(&s->idle, &s->lock);
    pthread_mutex_unlock(&s->lock);
}

static void stop(struct listener *l) {
    if (l->daemon)
        MHD_stop_daemon(l->daemon); /* closes its socket, unless quiesced */
    else if (l->fd >= 0)
        close(l->fd);
}

void server_close(struct server *s) {
    if (!s) return;
    stop(&s->network);
    stop(&s->control);
    if (s->control_path[0]) (void)unlink(s->control_path);
    pthread_cond_destroy(&s->idle);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

const char *server_address(const struct server *s) {
    return s->address;
}
