/* The event streams: what happened, told to every open screen (server-sent events; source: the HTML standard, section 9.2).
 *
 * The last 1024 events stay in a ring. Each stream reads at its own pace from there: a push copies the event and wakes the parked
 * streams, and waits for nobody. A stream that falls behind the ring is dropped; its browser comes back by itself with
 * Last-Event-ID and is told what it missed, or to fetch everything anew (`resync`). Ids count up from the instant of the start in
 * milliseconds, so that an id of an earlier process is never mistaken for one of this.
 *
 * Thread: any. park and wake are called with the hub's lock held. */
#ifndef COMANDA_HTTP_SSE_H
#define COMANDA_HTTP_SSE_H

#include <sys/types.h>

#include "pos/core/till.h"

enum { SSE_RING = 1024, SSE_TEXT_MAX = 256 /* no message is longer */, SSE_READ_MIN = 4 * SSE_TEXT_MAX };

struct sse_hub;    /* opaque */
struct sse_client; /* one stream */
struct sse_options {
    int64_t first_id; /* id of the first event, > 0 */
    size_t clients_max;
    int32_t beats_max;              /* a stream ends after so many heartbeats, and signs in again; 0: never */
    const char *version;            /* told in `hello`; borrowed */
    void (*park)(void *connection); /* nothing to send: no sse_read until wake */
    void (*wake)(void *connection);
};
MUST_USE bool sse_open(const struct sse_options *o, struct sse_hub **out, struct error *e);
void sse_close(struct sse_hub *hub); /* after every stream has left */

/* last_event_id: as sent by the client, NULL when it has none. ERROR_BUSY "too_many_streams". */
MUST_USE bool sse_join(struct sse_hub *hub, const char *last_event_id, void *connection, struct sse_client **out,
                       struct error *e);
void sse_leave(struct sse_client *client);
/* Fills up to max (>= SSE_READ_MIN) bytes with whole messages. 0: nothing now, and `park` was called. -1: the stream is over. */
ssize_t sse_read(struct sse_client *client, char *out, size_t max);

void sse_push(struct sse_hub *hub, const struct event *events, size_t count);
void sse_beat(struct sse_hub *hub); /* the heartbeat: a comment to every stream */
void sse_stop(struct sse_hub *hub); /* every stream ends once it has read what is there; no new ones */
/* Waits for all to leave, at most so long. */
void sse_await_empty(struct sse_hub *hub, int limit_s);

struct sse_stats {
    size_t clients;
    uint64_t events, dropped;
};
struct sse_stats sse_stats(struct sse_hub *hub);

#endif
