/* A body on the network: port 9100's way, one connection at a time, bytes in and replies out. */
#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/fault/bed.h"

void bed_tcp_say(struct bed_printer *p, const void *bytes, size_t size) {
    if (p->client >= 0) (void)!send(p->client, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* Always on the same port: the till knows it by that. */
void bed_tcp_listen(struct bed_printer *p) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(p->port)};
    socklen_t size = sizeof at;
    const int on = 1, small = 4096; /* a stuck printer fills up soon */
    if (p->listener >= 0) return;
    p->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_ge(p->listener, 0);
    ck_assert_int_eq(setsockopt(p->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), 0);
    ck_assert_int_eq(setsockopt(p->listener, SOL_SOCKET, SO_RCVBUF, &small, sizeof small), 0);
    ck_assert_msg(bind(p->listener, (struct sockaddr *)&at, sizeof at) == 0, "port %u: %s", p->port, strerror(errno));
    ck_assert_int_eq(getsockname(p->listener, (struct sockaddr *)&at, &size), 0);
    p->port = ntohs(at.sin_port);
    ck_assert_int_eq(listen(p->listener, 4), 0);
}

static void drop(struct bed_printer *p, bool reset) {
    const struct linger now = {.l_onoff = 1, .l_linger = 0};
    if (p->client < 0) return;
    if (reset) (void)setsockopt(p->client, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close(p->client);
    p->client = -1;
}

/* What its network side had acknowledged is in the machine, even past its buffer's end. */
static void take_what_arrived(struct bed_printer *p) {
    uint8_t in[4096];
    ssize_t n;
    while (p->client >= 0 && (n = recv(p->client, in, sizeof in, MSG_DONTWAIT)) > 0)
        for (ssize_t i = 0; i < n; i++) body_take(&p->body, in[i]);
}

void bed_tcp_reset(struct bed_printer *p) {
    take_what_arrived(p);
    body_note(&p->body, "reset");
    drop(p, true);
}

void bed_tcp_leave(struct bed_printer *p, bool power) {
    uint8_t wire[65536];
    size_t size = 0;
    ssize_t n;
    p->leaves_at = 0;
    if (power) {
        while (p->client >= 0 && size < sizeof wire && (n = recv(p->client, wire + size, sizeof wire - size, MSG_DONTWAIT)) > 0)
            size += (size_t)n;
        body_power_cut(&p->body, wire, size);
        p->off = true;
    } else {
        take_what_arrived(p);
        body_note(&p->body, "unplug");
    }
    drop(p, true);
    if (p->listener >= 0) close(p->listener);
    p->listener = -1;
}

void bed_tcp_accept(struct bed_printer *p) {
    const int fresh = accept4(p->listener, NULL, NULL, SOCK_CLOEXEC);
    if (fresh < 0) return;
    take_what_arrived(p); /* the last words of a till that died */
    drop(p, false);
    p->client = fresh;
    p->body.owes_id = false; /* it was owed to the former connection */
}

void bed_tcp_read(struct bed_printer *p) {
    uint8_t in[4096];
    size_t most = body_room(&p->body);
    if (most > sizeof in) most = sizeof in;
    if (p->leaves_at && p->leaves_at - p->body.came_in < most) most = (size_t)(p->leaves_at - p->body.came_in);
    const ssize_t n = recv(p->client, in, most, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
        drop(p, false);
        return;
    }
    for (ssize_t i = 0; i < n; i++) body_take(&p->body, in[i]); /* a hang sets in with the next read: a little later than asked */
    if (p->leaves_at && p->body.came_in >= p->leaves_at) {
        p->body.tell(p->body.self, &p->body, p->cut_at_leaving ? "power" : "unplug");
        bed_tcp_leave(p, p->cut_at_leaving);
    }
}
