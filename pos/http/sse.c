/* The event streams. */
#include "pos/http/sse.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/json.h"

struct sse_client {
    struct sse_hub *hub;
    struct sse_client *next, **link;
    void *connection;
    int64_t cursor; /* id of the next event to send */
    int32_t beats;  /* heartbeats lived through */
    bool parked, greeted, resync, beat, over;
};

struct sse_hub {
    pthread_mutex_t lock;
    pthread_cond_t empty; /* the last client has left */
    struct sse_options options;
    struct event ring[SSE_RING]; /* event n at n % SSE_RING */
    int64_t first, next;         /* ids: first <= n < next are in the ring */
    struct sse_client *clients;
    size_t client_count;
    uint64_t events, dropped;
    bool stopped;
};

bool sse_open(const struct sse_options *o, struct sse_hub **out, struct error *e) {
    struct sse_hub *hub = calloc(1, sizeof *hub);
    if (!hub) return error_errno(e, errno, "no_memory", "opening the event streams");
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&hub->empty, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&hub->lock, NULL);
    hub->options = *o;
    hub->first = hub->next = o->first_id;
    *out = hub;
    return true;
}

void sse_close(struct sse_hub *hub) {
    if (!hub) return;
    while (hub->clients) sse_leave(hub->clients);
    pthread_cond_destroy(&hub->empty);
    pthread_mutex_destroy(&hub->lock);
    free(hub);
}

static void wake(struct sse_client *c) {
    if (!c->parked) return;
    c->parked = false;
    c->hub->options.wake(c->connection);
}

/* ---- coming and going ---- */

/* Where to go on: after the last event the client has seen, or at the next one with all before it to be fetched anew. */
static void place_cursor(struct sse_hub *hub, struct sse_client *c, const char *last_event_id) {
    c->cursor = hub->next;
    if (!last_event_id) return;
    char *end;
    errno = 0;
    int64_t seen = strtoll(last_event_id, &end, 10);
    bool known = !errno && end != last_event_id && !*end && seen >= hub->first - 1 && seen < hub->next;
    if (known)
        c->cursor = seen + 1;
    else
        c->resync = true;
}

bool sse_join(struct sse_hub *hub, const char *last_event_id, void *connection, struct sse_client **out, struct error *e) {
    struct sse_client *c = calloc(1, sizeof *c);
    if (!c) return error_errno(e, errno, "no_memory", "opening an event stream");
    c->hub = hub;
    c->connection = connection;
    pthread_mutex_lock(&hub->lock);
    bool room = hub->client_count < hub->options.clients_max && !hub->stopped;
    if (room) {
        place_cursor(hub, c, last_event_id);
        c->next = hub->clients;
        c->link = &hub->clients;
        if (c->next) c->next->link = &c->next;
        hub->clients = c;
        hub->client_count++;
    }
    pthread_mutex_unlock(&hub->lock);
    if (room) {
        *out = c;
        return true;
    }
    free(c);
    return error_fail(e, ERROR_BUSY, "too_many_streams", "no more than %zu event streams at once", hub->options.clients_max);
}

void sse_leave(struct sse_client *client) {
    struct sse_hub *hub = client->hub;
    pthread_mutex_lock(&hub->lock);
    *client->link = client->next;
    if (client->next) client->next->link = client->link;
    if (--hub->client_count == 0) pthread_cond_signal(&hub->empty);
    pthread_mutex_unlock(&hub->lock);
    free(client);
}

/* ---- messages ---- */

/* What one read takes along; written out after the lock is given back, so that a commit never waits for it. */
enum { BATCH = 16 };
struct batch {
    bool hello, resync, beat;
    int64_t first_id, hello_id;
    struct event events[BATCH];
    size_t count;
};

/* With the hub's lock. */
static void take_batch(struct sse_client *c, struct batch *b, size_t messages_max) {
    struct sse_hub *hub = c->hub;
    b->hello = !c->greeted;
    b->resync = c->resync;
    b->hello_id = c->cursor - 1;
    b->first_id = c->cursor;
    c->greeted = true;
    c->resync = false;
    while (c->cursor < hub->next && b->count < BATCH && b->count + 2 < messages_max)
        b->events[b->count++] = hub->ring[c->cursor++ % SSE_RING];
    b->beat = c->beat && !b->hello && !b->resync && b->count == 0;
    c->beat = false;
}

struct output {
    char *at;
    size_t size, max;
    struct arena *arena;
};

static void write_message(struct output *o, int64_t id, const char *name, struct json data) {
    char text[SSE_TEXT_MAX], id_line[64] = "";
    bool hello = strcmp(name, "hello") == 0; /* says how soon to come back after a cut, in milliseconds */
    if (id) snprintf(id_line, sizeof id_line, "%sid: %" PRId64 "\n", hello ? "retry: 1000\n" : "", id);
    int n = snprintf(text, sizeof text, "%sevent: %s\ndata: %s\n\n", id_line, name, json_print(data, o->arena, NULL));
    if (n < 0 || (size_t)n >= sizeof text || o->max - o->size < (size_t)n) return;
    memcpy(o->at + o->size, text, (size_t)n);
    o->size += (size_t)n;
}

static void write_event(struct output *o, int64_t id, const struct event *event) {
    struct json data = json_new_object(o->arena);
    if (event->id || !event->slug[0]) json_set_int(data, "id", event->id);
    if (event->slug[0]) json_set_text(data, "slug", event->slug);
    write_message(o, id, event_names[event->kind], data);
}

/* hello carries the id before the first event to come, so that a stream cut early comes back to the right place. */
static void write_batch(struct output *o, const struct batch *b, const char *version) {
    if (b->hello) {
        struct json data = json_new_object(o->arena);
        json_set_text(data, "version", version);
        write_message(o, b->hello_id, "hello", data);
    }
    if (b->resync) write_message(o, 0, "resync", json_new_object(o->arena));
    for (size_t i = 0; i < b->count; i++) write_event(o, b->first_id + (int64_t)i, &b->events[i]);
    if (!b->beat) return;
    memcpy(o->at + o->size, ":\n\n", 3); /* a comment */
    o->size += 3;
}

ssize_t sse_read(struct sse_client *c, char *out, size_t max) {
    struct sse_hub *hub = c->hub;
    struct batch b = {0};
    pthread_mutex_lock(&hub->lock);
    bool behind = c->cursor < hub->first;
    if (behind)
        hub->dropped++;
    else
        take_batch(c, &b, max / SSE_TEXT_MAX);
    bool nothing = !b.hello && !b.resync && !b.beat && b.count == 0;
    bool over = behind || (nothing && (c->over || hub->stopped));
    if (nothing && !over) {
        c->parked = true;
        hub->options.park(c->connection);
    }
    pthread_mutex_unlock(&hub->lock);
    if (over) return -1;
    if (nothing) return 0;
    struct output o = {.at = out, .max = max, .arena = arena_open()};
    write_batch(&o, &b, hub->options.version);
    arena_close(o.arena);
    return (ssize_t)o.size;
}

/* ---- what happens ---- */

void sse_push(struct sse_hub *hub, const struct event *events, size_t count) {
    if (count == 0) return;
    pthread_mutex_lock(&hub->lock);
    for (size_t i = 0; i < count; i++) hub->ring[hub->next++ % SSE_RING] = events[i];
    if (hub->next - hub->first > SSE_RING) hub->first = hub->next - SSE_RING;
    hub->events += count;
    for (struct sse_client *c = hub->clients; c; c = c->next) wake(c);
    pthread_mutex_unlock(&hub->lock);
}

void sse_beat(struct sse_hub *hub) {
    pthread_mutex_lock(&hub->lock);
    for (struct sse_client *c = hub->clients; c; c = c->next) {
        c->beat = true;
        c->beats++;
        if (hub->options.beats_max && c->beats >= hub->options.beats_max) c->over = true;
        wake(c);
    }
    pthread_mutex_unlock(&hub->lock);
}

void sse_stop(struct sse_hub *hub) {
    pthread_mutex_lock(&hub->lock);
    hub->stopped = true;
    for (struct sse_client *c = hub->clients; c; c = c->next) wake(c);
    pthread_mutex_unlock(&hub->lock);
}

void sse_await_empty(struct sse_hub *hub, int limit_s) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += limit_s;
    pthread_mutex_lock(&hub->lock);
    while (hub->client_count > 0 && pthread_cond_timedwait(&hub->empty, &hub->lock, &until) == 0) {}
    pthread_mutex_unlock(&hub->lock);
}

struct sse_stats sse_stats(struct sse_hub *hub) {
    pthread_mutex_lock(&hub->lock);
    struct sse_stats s = {.clients = hub->client_count, .events = hub->events, .dropped = hub->dropped};
    pthread_mutex_unlock(&hub->lock);
    return s;
}
