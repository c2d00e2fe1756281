/* What the files of the door share: its houses, its parts, and its counters. */
#ifndef COMANDA_HTTP_DOOR_ROOMS_H
#define COMANDA_HTTP_DOOR_ROOMS_H

#include <pthread.h>
#include <stdatomic.h>

#include "pos/http/assets.h"
#include "pos/http/door.h"
#include "pos/http/server.h"
#include "pos/http/sse.h"
#include "pos/http/worker.h"

enum { DOOR_WORKERS = 2, DOOR_WORK_MAX = 64, DOOR_STREAMS_MAX = 64, DOOR_BEAT_S = 15, DOOR_BEATS_MAX = 240 /* an hour */ };

/* What stands behind the door: the real till, and the one of practice under its own path. */
#define PRACTICE_PATH "/practica"
struct house {
    struct till *till; /* NULL: practice that could not be opened */
    struct sse_hub *hub;
};

struct door {
    struct house real, practice;
    struct arena *arena;
    const char *listen;
    char machine[256]; /* this machine's name */
    const struct assets *assets;
    struct worker_pool *workers;
    struct server *server;
    int64_t opened_ms;            /* monotonic */
    _Atomic uint64_t answered[6]; /* by the first digit of the status */

    /* the ticker: heartbeats, and connections that wait too long */
    pthread_t ticker;
    pthread_mutex_t lock;
    pthread_cond_t stopping;
    bool stop, ticking;
};

#endif
