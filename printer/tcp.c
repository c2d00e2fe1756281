/* A printer on the network: raw bytes to TCP port 9100, replies on the same connection.
 *
 * "Accepted" means acknowledged by the printer's TCP, not merely queued in this kernel: send() ends when nothing is outstanding.
 * After a failure the count is what was handed to the kernel, an upper bound: zero is certain. No TCP_USER_TIMEOUT: it would also
 * cut a healthy printer that has closed its window because it is out of paper. A dead peer is found by its missing
 * acknowledgements. */
#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "data/clock.h"
#include "printer/replies.h"
#include "printer/transport.h"

enum { CONNECT_MS = 3000, LOST_MS = 30000, PROGRESS_MS = 1000 };

struct tcp {
    struct transport base;
    int fd;      /* -1: not connected */
    bool silent; /* this connection left a status request unanswered and never answered one */
    bool answered;
    struct reply_inbox inbox;
    int64_t ask_until; /* for tcp_ask */
};

static struct tcp *self_of(struct transport *t) {
    return (struct tcp *)(void *)t;
}

static void drop(struct tcp *t) {
    if (t->fd >= 0) close(t->fd);
    t->fd = -1;
}

static bool lost(struct tcp *t, int why, struct error *e) {
    const struct site_printer *p = t->base.printer;
    drop(t);
    if (why) return error_errno(e, why, "printer_unreachable", "network printer %s (%s port %u)", p->slug, p->host, p->port);
    return error_fail(e, ERROR_IO, "printer_unreachable", "network printer %s (%s port %u): it closed the connection", p->slug,
                      p->host, p->port);
}

static bool stopped(const struct tcp *t, struct error *e) {
    return error_fail(e, ERROR_BUSY, "printer_stopped", "network printer %s: asked to stop", t->base.printer->slug);
}

/* Waits for events on the socket, at most until the monotonic deadline. *events 0: time is up. False: `wake`. */
static bool tcp_wait(const struct tcp *t, short want, int64_t until, short *events) {
    for (;;) {
        const int64_t left = until - clock_monotonic_ms();
        struct pollfd fds[2] = {{.fd = t->fd, .events = want},
                                {.fd = t->base.wake, .events = POLLIN}}; /* a negative fd is skipped */
        const int n = poll(fds, 2, left > 0 ? (int)left : 0);
        if (n < 0 && errno == EINTR) continue;
        *events = n > 0 ? fds[0].revents : 0;
        return !(n > 0 && fds[1].revents);
    }
}

/* Takes in whatever has come; never waits. */
static bool drain(struct tcp *t, struct error *e) {
    uint8_t in[512];
    for (;;) {
        const ssize_t n = recv(t->fd, in, sizeof in, MSG_DONTWAIT);
        if (n > 0)
            reply_collect(&t->inbox, in, (size_t)n);
        else if (n == 0)
            return lost(t, 0, e);
        else if (errno == EAGAIN || errno == EWOULDBLOCK)
            return true;
        else if (errno != EINTR)
            return lost(t, errno, e);
    }
}

/* Connects one address in CONNECT_MS. */
static bool connect_one(struct tcp *t, const struct addrinfo *a, int *why, bool *woken) {
    t->fd = socket(a->ai_family, a->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, a->ai_protocol);
    if (t->fd < 0) return *why = errno, false;
    int failure = 0;
    if (connect(t->fd, a->ai_addr, a->ai_addrlen) != 0) {
        if (errno != EINPROGRESS)
            failure = errno;
        else {
            short events = 0;
            *woken = !tcp_wait(t, POLLOUT, clock_monotonic_ms() + CONNECT_MS, &events);
            socklen_t size = sizeof failure;
            if (*woken)
                failure = ECANCELED;
            else if (events == 0)
                failure = ETIMEDOUT;
            else if (getsockopt(t->fd, SOL_SOCKET, SO_ERROR, &failure, &size) != 0)
                failure = errno;
        }
    }
    if (failure) return drop(t), *why = failure, false;
    return true;
}

static bool tcp_open(struct transport *transport, struct error *e) {
    struct tcp *t = self_of(transport);
    const struct site_printer *p = transport->printer;
    if (t->fd >= 0) {
        struct error ignored;
        if (drain(t, &ignored)) return true; /* still there; else connect anew */
    }
    char port[8];
    (void)snprintf(port, sizeof port, "%u", p->port);
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
    struct addrinfo *all = NULL;
    const int found = getaddrinfo(p->host, port, &hints, &all);
    if (found != 0)
        return error_fail(e, ERROR_IO, "printer_unreachable", "network printer %s: host %s: %s", p->slug, p->host,
                          gai_strerror(found));
    int why = ECONNREFUSED;
    bool woken = false, ok = false;
    for (const struct addrinfo *a = all; a && !ok && !woken; a = a->ai_next) ok = connect_one(t, a, &why, &woken);
    freeaddrinfo(all);
    if (woken) return stopped(t, e);
    if (!ok) return lost(t, why, e);
    const int on = 1, idle = 10, interval = 5, count = 3;
    (void)setsockopt(t->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); /* best effort, all of them */
    (void)setsockopt(t->fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    (void)setsockopt(t->fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
    (void)setsockopt(t->fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof interval);
    (void)setsockopt(t->fd, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof count);
    t->inbox = (struct reply_inbox){0};
    t->silent = t->answered = false;
    t->base.connections++;
    return true;
}

/* Bytes the printer's TCP has not acknowledged yet. */
static int outstanding(const struct tcp *t) {
    int bytes = 0;
    return ioctl(t->fd, SIOCOUTQ, &bytes) == 0 ? bytes : 0;
}

/* True when data is in flight and nothing has been acknowledged for LOST_MS: the cable is out. */
static bool peer_gone(const struct tcp *t) {
    struct tcp_info info;
    socklen_t size = sizeof info;
    if (getsockopt(t->fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return false;
    return info.tcpi_unacked > 0 && info.tcpi_last_ack_recv > LOST_MS;
}

/* While send() cannot go on: what is known without asking, since a question would land in the middle of the ticket. */
static void tell_waiting(struct tcp *t) {
    if (!t->base.waiting) return;
    struct reply_heard heard = {0};
    if (t->inbox.has_automatic) reply_automatic(&heard, t->inbox.automatic);
    struct transport_status now = reply_verdict(&heard);
    if (now.state == TRANSPORT_READY) now = transport_because(CAUSE_STALLED, now.known);
    t->base.waiting(t->base.self, &now);
}

/* Hands over what the socket takes now. */
static bool push(struct tcp *t, const uint8_t *bytes, size_t size, size_t *accepted, bool *moved, struct error *e) {
    while (*accepted < size) {
        const ssize_t n = send(t->fd, bytes + *accepted, size - *accepted, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n > 0) {
            *accepted += (size_t)n;
            *moved = true;
        } else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return true;
        else if (n < 0 && errno != EINTR)
            return lost(t, errno, e);
    }
    return true;
}

static bool tcp_send(struct transport *transport, const uint8_t *bytes, size_t size, size_t *accepted, struct error *e) {
    struct tcp *t = self_of(transport);
    *accepted = 0;
    if (t->fd < 0) return lost(t, ENOTCONN, e);
    int before = 0, pause = 1;
    int64_t progress = clock_monotonic_ms();
    for (;;) {
        bool moved = false;
        if (!push(t, bytes, size, accepted, &moved, e)) return false;
        const int left = outstanding(t);
        if (*accepted == size && left == 0) return true; /* before reading: a printer may close right after the last byte */
        const int64_t now = clock_monotonic_ms();
        if (moved || left < before) progress = now, pause = 1;
        before = left;
        if (now - progress >= PROGRESS_MS) {
            progress = now;
            tell_waiting(t);
            if (peer_gone(t)) return lost(t, ETIMEDOUT, e);
        }
        short events = 0; /* no event tells that the last byte is acknowledged: look again, ever more slowly */
        const bool waiting = *accepted < size;
        if (!waiting && pause < 50) pause *= 2;
        if (!tcp_wait(t, waiting ? POLLIN | POLLOUT : POLLIN, now + (waiting ? PROGRESS_MS : pause), &events)) {
            drop(t);
            return stopped(t, e);
        }
        if (events & (POLLIN | POLLHUP | POLLERR) && !drain(t, e)) return false;
    }
}

/* DLE EOT n. Stale answers are read away first: they carry no n. */
static bool tcp_ask(void *self, int n, uint8_t *answer, bool *got, struct error *e) {
    struct tcp *t = self;
    const uint8_t question[] = {0x10, 0x04, (uint8_t)n};
    size_t accepted = 0;
    bool moved = false;
    *got = false;
    if (!drain(t, e)) return false;
    t->inbox.has_realtime = false;
    if (!push(t, question, sizeof question, &accepted, &moved, e)) return false;
    if (accepted > 0 && accepted < sizeof question) return lost(t, EPIPE, e); /* half a command must not stand before a ticket */
    while (accepted == sizeof question && clock_monotonic_ms() < t->ask_until) {
        short events = 0;
        if (!tcp_wait(t, POLLIN, t->ask_until, &events)) return stopped(t, e);
        if (events && !drain(t, e)) return false;
        if (t->inbox.has_realtime) {
            *answer = t->inbox.realtime;
            return *got = true;
        }
    }
    return true;
}

static bool tcp_status(struct transport *transport, int timeout_ms, struct transport_status *out, struct error *e) {
    struct tcp *t = self_of(transport);
    struct reply_heard heard = {0};
    if (t->fd < 0) return lost(t, ENOTCONN, e);
    if (!drain(t, e)) return false;
    if (peer_gone(t)) return lost(t, ETIMEDOUT, e);
    if (t->base.realtime && !t->silent && outstanding(t) == 0) {
        t->ask_until = clock_monotonic_ms() + timeout_ms;
        if (!reply_interview(tcp_ask, t, &heard, e)) return false;
        if (heard.any)
            t->answered = true;
        else if (!t->answered)
            t->silent = true; /* a unit that never answers is not asked again on this connection */
    }
    if (!heard.any && t->inbox.has_automatic) reply_automatic(&heard, t->inbox.automatic);
    *out = reply_verdict(&heard);
    if (!heard.any && t->answered) *out = transport_because(CAUSE_NO_ANSWER, false);
    return true;
}

/* id NULL: an ordered status. */
static bool await_reply(struct tcp *t, const char *id, int timeout_ms, bool *got, struct error *e) {
    const int64_t until = clock_monotonic_ms() + timeout_ms;
    *got = false;
    for (;;) {
        const bool ok = t->fd >= 0 ? drain(t, e) : lost(t, ENOTCONN, e); /* the reply may be the last thing before that */
        *got = id ? reply_take_id(&t->inbox, id) : reply_take_ordered(&t->inbox);
        if (*got || !ok) return *got;
        if (clock_monotonic_ms() >= until) return true;
        short events = 0;
        if (!tcp_wait(t, POLLIN, until, &events)) return stopped(t, e);
    }
}

static bool tcp_await_id(struct transport *t, const char id[4], int timeout_ms, bool *got, struct error *e) {
    return await_reply(self_of(t), id, timeout_ms, got, e);
}

static bool tcp_await_ordered(struct transport *t, int timeout_ms, bool *got, struct error *e) {
    return await_reply(self_of(t), NULL, timeout_ms, got, e);
}

static void tcp_close(struct transport *transport) {
    struct tcp *t = self_of(transport);
    drop(t);
    free(t);
}

static const struct transport_ops tcp_ops = {tcp_open,          tcp_send,  tcp_status,    tcp_await_id,
                                             tcp_await_ordered, tcp_close, transport_rest};

bool transport_tcp(const struct site_printer *p, struct transport **out, struct error *e) {
    struct tcp *t = calloc(1, sizeof *t);
    if (!t) return error_fail(e, ERROR_INTERNAL, "out_of_memory", "printer %s: no memory", p->slug);
    t->base = (struct transport){.ops = &tcp_ops, .printer = p, .wake = -1, .realtime = true};
    t->fd = -1;
    (void)snprintf(t->base.identity, sizeof t->base.identity, "%s:%u", p->host, p->port);
    *out = &t->base;
    return true;
}
