/* The event streams: greeting, order, going on after a cut, what was missed, who is dropped, and many threads at once. */
#include "pos/http/sse.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>

#include "data/text.h"
#include "tests/support/data_suite.h"

/* A connection of a test: parked or not, and a semaphore for the threads among them. */
struct peer {
    bool parked;
    int wakes;
    sem_t woken;
};

static void park(void *connection) {
    ((struct peer *)connection)->parked = true;
}
static void wake(void *connection) {
    struct peer *p = connection;
    ck_assert(p->parked); /* never one that is not parked */
    p->parked = false;
    p->wakes++;
    (void)sem_post(&p->woken);
}

static struct sse_hub *hub;
static struct peer peer;
static char text[16 * SSE_TEXT_MAX];

static void open_hub(int64_t first_id, size_t clients_max, int32_t beats_max) {
    struct error e;
    struct sse_options o = {
        .first_id = first_id, .clients_max = clients_max, .beats_max = beats_max, .version = "1.2.3", .park = park, .wake = wake};
    ck_assert(sse_open(&o, &hub, &e));
}
static void setup(void) {
    open_hub(100, 2, 3);
    peer = (struct peer){0};
    (void)sem_init(&peer.woken, 0, 0);
}
static void teardown(void) {
    sse_close(hub);
}

static struct sse_client *join(const char *last_event_id) {
    struct sse_client *client;
    struct error e;
    ck_assert_msg(sse_join(hub, last_event_id, &peer, &client, &e), "%s", e.message);
    return client;
}

/* What a read gives, as text; NULL when the stream is over. */
static const char *read_all(struct sse_client *client) {
    ssize_t n = sse_read(client, text, sizeof text - 1);
    if (n < 0) return NULL;
    text[n] = '\0';
    return text;
}

static void push(enum event_kind kind, int64_t id, const char *slug) {
    struct event event = {.kind = kind, .id = id};
    ck_assert(text_copy(event.slug, sizeof event.slug, slug));
    sse_push(hub, &event, 1);
}

#define HELLO(id) "retry: 1000\nid: " #id "\nevent: hello\ndata: {\"version\":\"1.2.3\"}\n\n"

START_TEST(a_new_stream_is_greeted_then_told_what_happens) {
    struct sse_client *client = join(NULL);
    ck_assert_str_eq(read_all(client), HELLO(99));
    ck_assert_str_eq(read_all(client), "");
    ck_assert(peer.parked);
    push(EVENT_ORDER, 31, "");
    ck_assert_int_eq(peer.wakes, 1);
    push(EVENT_PRINTER, 0, "cocina");
    push(EVENT_PRINT_JOB, 7, "cocina");
    push(EVENT_MENU, 0, "");
    ck_assert_int_eq(peer.wakes, 1); /* awake already */
    ck_assert_str_eq(read_all(client), "id: 100\nevent: order\ndata: {\"id\":31}\n\n"
                                       "id: 101\nevent: printer\ndata: {\"slug\":\"cocina\"}\n\n"
                                       "id: 102\nevent: print_job\ndata: {\"id\":7,\"slug\":\"cocina\"}\n\n"
                                       "id: 103\nevent: menu\ndata: {\"id\":0}\n\n");
    ck_assert_str_eq(read_all(client), "");
}
END_TEST

START_TEST(a_stream_cut_goes_on_after_the_last_event_it_saw) {
    for (int i = 0; i < 5; i++) push(EVENT_ORDER, i + 1, "");
    struct sse_client *client = join("102");
    ck_assert_str_eq(read_all(client),
                     HELLO(102) "id: 103\nevent: order\ndata: {\"id\":4}\n\nid: 104\nevent: order\ndata: {\"id\":5}\n\n");
    sse_leave(client);
    client = join("104"); /* saw all of it */
    ck_assert_str_eq(read_all(client), HELLO(104));
    sse_leave(client);
    client = join("99"); /* was greeted and cut before the first */
    ck_assert_ptr_nonnull(strstr(read_all(client), "id: 100\nevent: order\ndata: {\"id\":1}\n\n"));
}
END_TEST

START_TEST(what_is_no_id_of_this_process_means_fetch_everything_anew) {
    push(EVENT_ORDER, 1, "");
    static const char *const ids[] = {"98", "101", "0", "-1", "", "abc", "100x", "99999999999999999999999"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct sse_client *client = join(ids[i]);
        ck_assert_str_eq(read_all(client), HELLO(100) "event: resync\ndata: {}\n\n");
        ck_assert_str_eq(read_all(client), "");
        sse_leave(client);
    }
}
END_TEST

START_TEST(an_id_that_left_the_ring_means_fetch_everything_anew) {
    for (int i = 0; i < SSE_RING + 10; i++) push(EVENT_ORDER, i + 1, ""); /* 100 … 1133; the ring holds 110 … 1133 */
    struct sse_client *client = join("108");
    ck_assert_str_eq(read_all(client), HELLO(1133) "event: resync\ndata: {}\n\n");
    sse_leave(client);
    client = join("109"); /* the oldest that can still be followed */
    ck_assert_ptr_nonnull(strstr(read_all(client), "id: 110\nevent: order\ndata: {\"id\":11}\n\n"));
}
END_TEST

START_TEST(a_stream_that_falls_behind_the_ring_is_dropped_and_nobody_waits) {
    struct sse_client *client = join(NULL);
    read_all(client);
    for (int i = 0; i < SSE_RING; i++) push(EVENT_ORDER, i + 1, "");
    ck_assert_uint_eq(sse_stats(hub).dropped, 0);
    push(EVENT_ORDER, 9999, "");
    ck_assert_ptr_null(read_all(client));
    ck_assert_uint_eq(sse_stats(hub).dropped, 1);
}
END_TEST

START_TEST(a_read_takes_whole_messages_only) {
    struct sse_client *client = join(NULL);
    char small[SSE_READ_MIN];
    push(EVENT_ORDER, 1, "");
    for (int i = 0; i < 40; i++)
        push(EVENT_PRINT_JOB, 9007199254740991, "a-printer-whose-name-is-as-long-as-a-slug-may-be-sixty-four-char");
    size_t events = 0;
    for (int reads = 0; reads < 100 && !peer.parked; reads++) {
        ssize_t n = sse_read(client, small, sizeof small - 1);
        ck_assert_int_ge(n, 0);
        small[n] = '\0';
        ck_assert(n == 0 || strcmp(small + n - 2, "\n\n") == 0);
        for (const char *at = small; (at = strstr(at, "event: ")); at++) events++;
    }
    ck_assert_uint_eq(events, 42); /* hello, one order, forty jobs */
}
END_TEST

START_TEST(the_heartbeat_is_a_comment_and_says_nothing_when_something_else_was_said) {
    struct sse_client *client = join(NULL);
    read_all(client);
    read_all(client);
    sse_beat(hub);
    ck_assert_int_eq(peer.wakes, 1);
    ck_assert_str_eq(read_all(client), ":\n\n");
    ck_assert_str_eq(read_all(client), "");
    sse_beat(hub);
    push(EVENT_ORDER, 1, "");
    ck_assert_str_eq(read_all(client), "id: 100\nevent: order\ndata: {\"id\":1}\n\n");
    ck_assert_str_eq(read_all(client), "");
}
END_TEST

START_TEST(a_stream_ends_after_its_hour) {
    struct sse_client *client = join(NULL);
    for (int i = 0; i < 3; i++) sse_beat(hub);
    ck_assert_ptr_nonnull(read_all(client));
    ck_assert_ptr_null(read_all(client));
}
END_TEST

START_TEST(one_stream_too_many_is_refused_until_another_leaves) {
    struct sse_client *one = join(NULL), *two = join(NULL), *three;
    struct error e;
    ck_assert(!sse_join(hub, NULL, &peer, &three, &e));
    ck_assert_str_eq(e.code, "too_many_streams");
    ck_assert_int_eq(e.kind, ERROR_BUSY);
    sse_leave(one);
    ck_assert(sse_join(hub, NULL, &peer, &three, &e));
    ck_assert_uint_eq(sse_stats(hub).clients, 2);
    sse_leave(two);
    sse_leave(three);
    ck_assert_uint_eq(sse_stats(hub).clients, 0);
}
END_TEST

START_TEST(a_stop_ends_streams_after_what_is_there_and_lets_nobody_in) {
    struct sse_client *client = join(NULL), *late;
    struct error e;
    read_all(client);
    read_all(client);
    push(EVENT_ORDER, 1, "");
    sse_stop(hub);
    ck_assert_str_eq(read_all(client), "id: 100\nevent: order\ndata: {\"id\":1}\n\n");
    ck_assert_ptr_null(read_all(client));
    ck_assert(!sse_join(hub, NULL, &peer, &late, &e));
}
END_TEST

/* ---- many threads: two push, six streams read, one beats; each stream sees every event once and in order ---- */

enum { PUSHERS = 2, READERS = 6, EACH = 400 };

static void *push_many(void *self) {
    (void)self;
    for (int i = 0; i < EACH; i++) {
        push(EVENT_ORDER, i + 1, "");
        if (i % 16 == 15) sched_yield();
    }
    return NULL;
}

struct reader {
    pthread_t thread;
    struct peer peer;
    struct sse_client *client;
    int64_t seen, last;
    bool ordered;
};

static void count_events(struct reader *r, char *from) {
    for (char *at = from; (at = strstr(at, "id: ")); at++) {
        int64_t id = strtoll(at + 4, NULL, 10);
        char *event = strstr(at, "event: ");
        if (strncmp(event, "event: order", 12) != 0) continue;
        r->ordered = r->ordered && id == r->last + 1;
        r->last = id;
        r->seen++;
    }
}

static void *read_many(void *self) {
    struct reader *r = self;
    char buffer[8 * SSE_TEXT_MAX];
    for (;;) {
        ssize_t n = sse_read(r->client, buffer, sizeof buffer - 1);
        if (n < 0) return NULL;
        if (n == 0) {
            while (sem_wait(&r->peer.woken) != 0) {}
            continue;
        }
        buffer[n] = '\0';
        count_events(r, buffer);
    }
}

START_TEST(every_stream_sees_every_event_once_and_in_order) {
    static struct reader readers[READERS];
    pthread_t pushers[PUSHERS];
    struct error e;
    sse_close(hub);
    open_hub(100, READERS, 0);
    for (int i = 0; i < READERS; i++) {
        readers[i] = (struct reader){.last = 99, .ordered = true};
        (void)sem_init(&readers[i].peer.woken, 0, 0);
        ck_assert(sse_join(hub, NULL, &readers[i].peer, &readers[i].client, &e));
        pthread_create(&readers[i].thread, NULL, read_many, &readers[i]);
    }
    for (int i = 0; i < PUSHERS; i++) pthread_create(&pushers[i], NULL, push_many, NULL);
    for (int i = 0; i < 50; i++) sse_beat(hub);
    for (int i = 0; i < PUSHERS; i++) pthread_join(pushers[i], NULL);
    sse_stop(hub);
    for (int i = 0; i < READERS; i++) {
        pthread_join(readers[i].thread, NULL);
        ck_assert(readers[i].ordered);
        ck_assert_int_eq(readers[i].seen, 800); /* fewer than the ring holds: nobody can fall behind */
        sse_leave(readers[i].client);
    }
}
END_TEST

int main(void) {
    return data_suite_run(
        "http_sse", setup, teardown,
        DATA_TESTS(a_new_stream_is_greeted_then_told_what_happens, a_stream_cut_goes_on_after_the_last_event_it_saw,
                   what_is_no_id_of_this_process_means_fetch_everything_anew,
                   an_id_that_left_the_ring_means_fetch_everything_anew,
                   a_stream_that_falls_behind_the_ring_is_dropped_and_nobody_waits, a_read_takes_whole_messages_only,
                   the_heartbeat_is_a_comment_and_says_nothing_when_something_else_was_said, a_stream_ends_after_its_hour,
                   one_stream_too_many_is_refused_until_another_leaves,
                   a_stop_ends_streams_after_what_is_there_and_lets_nobody_in, every_stream_sees_every_event_once_and_in_order));
}
