/* A network printer for tests. */
#include "tests/support/printer_fake_tcp.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { KEPT_MAX = 1 << 22 };

struct fake_tcp {
    pthread_t thread;
    int listener, bell; /* bell: habits changed, or the end */
    uint16_t port;

    pthread_mutex_t lock; /* of all below */
    pthread_cond_t more;
    struct fake_tcp_habits habits;
    bool ending, hang_up;
    int client;
    uint8_t *kept;
    size_t size, on_connection;
    int questions;
    uint8_t window[11]; /* the latest bytes */
    char pending[4];
    bool has_pending;
    int ordered_pending;
};

struct fake_tcp_habits fake_tcp_healthy(void) {
    return (struct fake_tcp_habits){.answers_status = true, .status = {0, 0x12, 0x12, 0x12, 0x12}, .answers_ids = true};
}

static void say(struct fake_tcp *f, const void *bytes, size_t size) {
    if (f->client >= 0) (void)!send(f->client, bytes, size, MSG_NOSIGNAL);
}

static void acknowledge(struct fake_tcp *f) {
    static const uint8_t paper[1] = {0x00};
    if (f->habits.loses_ids) f->has_pending = false;
    if (f->habits.loses_ordered) f->ordered_pending = 0;
    if (f->habits.paper_out && !f->habits.lies) return;
    for (; f->habits.answers_ordered && f->ordered_pending > 0; f->ordered_pending--) say(f, paper, sizeof paper);
    if (!f->has_pending || !f->habits.answers_ids) return;
    const uint8_t reply[7] = {
        0x37, 0x22, (uint8_t)f->pending[0], (uint8_t)f->pending[1], (uint8_t)f->pending[2], (uint8_t)f->pending[3], 0};
    f->has_pending = false;
    say(f, reply, sizeof reply);
}

static void answer_status(struct fake_tcp *f, uint8_t n) {
    static const uint8_t automatic[4] = {0x14, 0x00, 0x00, 0x0F};
    f->questions++;
    if (!f->habits.answers_status || n < 1 || n > 4) return;
    if (f->habits.answers_status_out_of_turn) say(f, automatic, sizeof automatic);
    say(f, &f->habits.status[n], 1);
}

static void take(struct fake_tcp *f, uint8_t byte) {
    static const uint8_t process_id[7] = {0x1D, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30}, ordered[3] = {0x1D, 0x72, 0x01};
    memmove(f->window, f->window + 1, 10);
    f->window[10] = byte;
    f->on_connection++;
    ck_assert_uint_lt(f->size, KEPT_MAX);
    f->kept[f->size++] = byte;
    if (f->window[8] == 0x10 && f->window[9] == 0x04) {
        f->size -= 3;
        answer_status(f, byte);
    }
    if (memcmp(f->window + 8, ordered, sizeof ordered) == 0) {
        f->ordered_pending++;
        acknowledge(f);
    }
    if (memcmp(f->window, process_id, sizeof process_id) == 0) {
        memcpy(f->pending, f->window + 7, 4);
        f->has_pending = true;
        acknowledge(f);
    }
}

static void drop_client(struct fake_tcp *f) {
    if (f->client >= 0) close(f->client);
    f->client = -1;
    f->on_connection = 0;
    memset(f->window, 0, sizeof f->window);
}

static void read_client(struct fake_tcp *f) {
    uint8_t in[4096];
    const ssize_t n = recv(f->client, in, sizeof in, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
        drop_client(f);
        return;
    }
    for (ssize_t i = 0; i < n; i++) {
        take(f, in[i]);
        if (f->habits.closes_after && f->on_connection >= f->habits.closes_after) {
            drop_client(f);
            break;
        }
    }
    pthread_cond_broadcast(&f->more);
}

static void *run(void *self) {
    struct fake_tcp *f = self;
    pthread_mutex_lock(&f->lock);
    while (!f->ending) {
        const int client = f->habits.reads_nothing ? -1 : f->client;
        struct pollfd fds[3] = {
            {.fd = f->bell, .events = POLLIN}, {.fd = f->listener, .events = POLLIN}, {.fd = client, .events = POLLIN}};
        pthread_mutex_unlock(&f->lock);
        (void)poll(fds, 3, -1);
        pthread_mutex_lock(&f->lock);
        uint64_t rings;
        if (fds[0].revents) {
            (void)!read(f->bell, &rings, sizeof rings);
            acknowledge(f);
        }
        if (client >= 0 && fds[2].revents) read_client(f);
        if (fds[1].revents) {
            const int fresh = accept(f->listener, NULL, NULL);
            if (f->habits.hangs_up_at_once)
                close(fresh);
            else {
                drop_client(f);
                f->client = fresh;
            }
        }
        if (f->hang_up && f->client >= 0) { /* one that is still to be accepted is waited for */
            drop_client(f);
            f->hang_up = false;
        }
    }
    drop_client(f);
    pthread_mutex_unlock(&f->lock);
    return NULL;
}

static int listen_somewhere(uint16_t *port) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_ge(fd, 0);
    const int small = 4096; /* a stuck printer fills up soon */
    ck_assert_int_eq(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small), 0);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&at, &size), 0);
    *port = ntohs(at.sin_port);
    return fd;
}

uint16_t fake_tcp_dead_port(void) {
    uint16_t port;
    close(listen_somewhere(&port));
    return port;
}

struct fake_tcp *fake_tcp_open(struct fake_tcp_habits habits) {
    struct fake_tcp *f = calloc(1, sizeof *f);
    ck_assert_ptr_nonnull(f);
    f->kept = malloc(KEPT_MAX);
    ck_assert_ptr_nonnull(f->kept);
    f->habits = habits;
    f->client = -1;
    f->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    f->listener = listen_somewhere(&f->port);
    ck_assert_int_eq(listen(f->listener, 4), 0);
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->more, NULL);
    ck_assert_int_eq(pthread_create(&f->thread, NULL, run, f), 0);
    return f;
}

static void ring(struct fake_tcp *f) {
    const uint64_t one = 1;
    ck_assert_int_eq(write(f->bell, &one, sizeof one), sizeof one);
}

void fake_tcp_close(struct fake_tcp *f) {
    pthread_mutex_lock(&f->lock);
    f->ending = true;
    pthread_mutex_unlock(&f->lock);
    ring(f);
    pthread_join(f->thread, NULL);
    close(f->listener);
    close(f->bell);
    pthread_mutex_destroy(&f->lock);
    pthread_cond_destroy(&f->more);
    free(f->kept);
    free(f);
}

uint16_t fake_tcp_port(struct fake_tcp *f) {
    return f->port;
}

void fake_tcp_set(struct fake_tcp *f, struct fake_tcp_habits habits) {
    pthread_mutex_lock(&f->lock);
    f->habits = habits;
    pthread_mutex_unlock(&f->lock);
    ring(f);
}

void fake_tcp_hang_up(struct fake_tcp *f) {
    pthread_mutex_lock(&f->lock);
    f->hang_up = true;
    pthread_mutex_unlock(&f->lock);
    ring(f);
}

void fake_tcp_say(struct fake_tcp *f, const void *bytes, size_t size) {
    pthread_mutex_lock(&f->lock);
    say(f, bytes, size);
    pthread_mutex_unlock(&f->lock);
}

const uint8_t *fake_tcp_received(struct fake_tcp *f, size_t at_least, size_t *size) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 20;
    pthread_mutex_lock(&f->lock);
    int late = 0;
    while (f->size < at_least && late == 0) late = pthread_cond_timedwait(&f->more, &f->lock, &until);
    *size = f->size;
    pthread_mutex_unlock(&f->lock);
    ck_assert_msg(*size >= at_least, "the fake printer got %zu bytes, not %zu", *size, at_least);
    return f->kept;
}

int fake_tcp_questions(struct fake_tcp *f) {
    pthread_mutex_lock(&f->lock);
    const int n = f->questions;
    pthread_mutex_unlock(&f->lock);
    return n;
}
