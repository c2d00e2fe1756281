/* The door's parts, opened and closed in order. */
#include "pos/http/door.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "data/log.h"
#include "pos/http/door_rooms.h"

enum { TICK_S = 5, GOODBYE_S = 2 };

static void on_events(void *self, const struct event *events, size_t count) {
    const struct house *h = self;
    sse_push(h->hub, events, count);
}

/* ---- the ticker ---- */

static void beat(struct door *d) {
    sse_beat(d->real.hub);
    if (d->practice.hub) sse_beat(d->practice.hub);
}

static void *tick(void *self) {
    struct door *d = self;
    pthread_mutex_lock(&d->lock);
    for (int passed = TICK_S; !d->stop; passed += TICK_S) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += TICK_S;
        int result = 0;
        while (!d->stop && result != ETIMEDOUT) result = pthread_cond_timedwait(&d->stopping, &d->lock, &until);
        if (d->stop) break;
        pthread_mutex_unlock(&d->lock);
        server_reap(d->server);
        if (passed % DOOR_BEAT_S == 0) beat(d);
        pthread_mutex_lock(&d->lock);
    }
    pthread_mutex_unlock(&d->lock);
    return NULL;
}

static bool start_ticker(struct door *d, struct error *e) {
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&d->lock, NULL);
    pthread_cond_init(&d->stopping, &monotonic);
    pthread_condattr_destroy(&monotonic);
    int failed = pthread_create(&d->ticker, NULL, tick, d);
    d->ticking = failed == 0;
    return d->ticking || error_errno(e, failed, "no_thread", "starting the door's ticker");
}

static void stop_ticker(struct door *d) {
    if (!d->ticking) return;
    pthread_mutex_lock(&d->lock);
    d->stop = true;
    pthread_cond_signal(&d->stopping);
    pthread_mutex_unlock(&d->lock);
    pthread_join(d->ticker, NULL);
    pthread_cond_destroy(&d->stopping);
    pthread_mutex_destroy(&d->lock);
}

/* ---- opening and closing ---- */

static bool open_house(struct house *h, struct error *e) {
    struct sse_options streams = {.first_id = clock_now(h->till->clock),
                                  .clients_max = DOOR_STREAMS_MAX,
                                  .beats_max = DOOR_BEATS_MAX,
                                  .version = COMANDA_VERSION,
                                  .park = server_park,
                                  .wake = server_wake};
    return sse_open(&streams, &h->hub, e);
}

static bool open_parts(struct door *d, const struct door_options *o, struct error *e) {
    if (!worker_open(DOOR_WORKERS, DOOR_WORK_MAX, &d->workers, e) || !open_house(&d->real, e) ||
        (d->practice.till && !open_house(&d->practice, e)) || !server_open(d, o->listen, o->control, &d->server, e) ||
        !start_ticker(d, e))
        return false;
    till_listen(d->real.till, on_events, &d->real);
    if (d->practice.till) till_listen(d->practice.till, on_events, &d->practice);
    return true;
}

bool door_open(const struct door_options *o, struct door **out, struct error *e) {
    struct arena *a = arena_open();
    struct door *d = ARENA_NEW(a, struct door);
    d->arena = a;
    d->real.till = o->till;
    d->practice.till = o->practice;
    d->listen = arena_text(a, o->listen);
    d->opened_ms = clock_monotonic_ms();
    if (gethostname(d->machine, sizeof d->machine - 1) != 0) d->machine[0] = '\0';
    d->assets = assets_index(embed_web, a);
    if (!open_parts(d, o, e)) {
        door_close(d);
        return false;
    }
    log_info("listening on http://%s", server_address(d->server));
    *out = d;
    return true;
}

static void leave_house(struct house *h) {
    if (!h->hub) return;
    sse_stop(h->hub);
    sse_await_empty(h->hub, GOODBYE_S); /* one that does not read is cut */
}

void door_close(struct door *d) {
    if (!d) return;
    stop_ticker(d);
    if (d->real.hub) till_listen(d->real.till, NULL, NULL);
    if (d->practice.hub) till_listen(d->practice.till, NULL, NULL);
    if (d->server) server_quiesce(d->server); /* needs the workers, and the writer, which outlives the door */
    worker_close(d->workers);
    leave_house(&d->real);
    leave_house(&d->practice);
    server_close(d->server);
    sse_close(d->real.hub);
    sse_close(d->practice.hub);
    arena_close(d->arena);
}
