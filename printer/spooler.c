/* The spooler: opening, kicking, closing, and the health of every printer. Contract: spooler.h; the work: spooler_worker.c. */
#include "printer/spooler.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "data/log.h"
#include "printer/spooler_states.h"
#include "printer/spooler_worker.h"

static void ring(int eventfd) {
    const uint64_t one = 1;
    ssize_t n;
    do n = write(eventfd, &one, sizeof one);
    while (n < 0 && errno == EINTR); /* EAGAIN: it rings already */
}

struct worker *spooler_worker(struct spooler *s, const char *slug) {
    for (size_t i = 0; slug && i < s->count; i++)
        if (strcmp(s->workers[i].printer->slug, slug) == 0) return &s->workers[i];
    return NULL;
}

void worker_changed(struct worker *w, int64_t job) {
    const struct spooler_options *o = &w->spooler->options;
    if (o->changed) o->changed(o->self, w->printer->slug, job);
}

enum reach worker_reach(struct worker *w) {
    pthread_mutex_lock(&w->lock);
    const enum reach r = w->reach;
    pthread_mutex_unlock(&w->lock);
    return r;
}

static void set_default(int *value, int usual) {
    if (*value <= 0) *value = usual;
}

static void default_timing(struct spooler_timing *t) {
    set_default(&t->idle, 2000);
    set_default(&t->hold, 500);
    set_default(&t->retry_first, 250);
    set_default(&t->retry_max, 3000);
    set_default(&t->fallback, 2000);
    set_default(&t->answer, 1000);
    set_default(&t->ask_again, 10000);
    set_default(&t->silence, 30000);
}

static bool open_worker(struct spooler *s, const struct site_printer *p, struct worker *w, struct error *e) {
    const struct spooler_options *o = &s->options;
    *w = (struct worker){.spooler = s, .printer = p, .kick = -1, .retry_ms = o->timing.retry_first};
    w->status = (struct transport_status){.state = TRANSPORT_OFFLINE, .reason = "not tried yet"};
    pthread_mutex_init(&w->lock, NULL);
    w->profile = profile_find(o->profiles, p->profile);
    if (!w->profile)
        return error_fail(e, ERROR_INVALID, "profile_unknown", "printer %s: profile %s does not exist", p->slug, p->profile);
    w->kick = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (w->kick < 0) return error_errno(e, errno, "eventfd_failed", "printer %s", p->slug);
    if (!transport_new(p, o->virtual_directory, &w->transport, e)) return false;
    w->transport->wake = s->stop;
    w->transport->realtime = w->profile->realtime_status;
    if (!db_open(o->database, DB_READER, &w->reader, e)) return false;
    int64_t broken_off = 0;
    if (!db_get_int(w->reader,
                    "SELECT EXISTS (SELECT 1 FROM print_job WHERE printer = ? AND attempts > 0 AND state <> 'printed')",
                    DB_ARGS(db_text(p->slug)), 0, &broken_off, e))
        return false;
    w->cut_off = broken_off != 0; /* by a process that may have died in the middle of it */
    return db_get_int(w->reader, "SELECT max(printed_at) FROM print_job WHERE printer = ?", DB_ARGS(db_text(p->slug)), 0,
                      &w->last_printed_at, e);
}

bool spooler_open(const struct spooler_options *o, struct spooler **out, struct error *e) {
    struct spooler *s = calloc(1, sizeof *s);
    struct worker *workers = calloc(o->site->printer_count ? o->site->printer_count : 1, sizeof *workers);
    if (!s || !workers) {
        free(s);
        free(workers);
        return error_fail(e, ERROR_INTERNAL, "out_of_memory", "spooler: no memory");
    }
    s->options = *o;
    default_timing(&s->options.timing);
    s->workers = workers;
    atomic_init(&s->stopping, false);
    s->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    bool ok = s->stop >= 0 || error_errno(e, errno, "eventfd_failed", "spooler");
    while (ok && s->count < o->site->printer_count) {
        ok = open_worker(s, &o->site->printers[s->count], &s->workers[s->count], e);
        s->count++; /* also a half-open one: closing knows */
    }
    ok = ok && rows_recover(s, e);
    for (size_t i = 0; ok && i < s->count; i++) {
        const int failure = pthread_create(&s->workers[i].thread, NULL, worker_run, &s->workers[i]);
        s->workers[i].started = failure == 0;
        ok = failure == 0 || error_errno(e, failure, "thread_failed", "printer %s", s->workers[i].printer->slug);
    }
    if (!ok) {
        spooler_close(s);
        return false;
    }
    *out = s;
    return true;
}

void spooler_kick(struct spooler *s, const char *printer) {
    for (size_t i = 0; i < s->count; i++)
        if (!printer || strcmp(s->workers[i].printer->slug, printer) == 0) ring(s->workers[i].kick);
}

void spooler_close(struct spooler *s) {
    if (!s) return;
    atomic_store(&s->stopping, true);
    if (s->stop >= 0) ring(s->stop);
    spooler_kick(s, NULL);
    for (size_t i = 0; i < s->count; i++)
        if (s->workers[i].started) pthread_join(s->workers[i].thread, NULL);
    for (size_t i = 0; i < s->count; i++) {
        struct worker *w = &s->workers[i];
        if (w->transport) w->transport->ops->close(w->transport);
        if (w->reader) db_close(w->reader);
        if (w->kick >= 0) close(w->kick);
        pthread_mutex_destroy(&w->lock);
    }
    if (s->stop >= 0) close(s->stop);
    free(s->workers);
    free(s);
}

bool spooler_health(struct spooler *s, struct db *reader, struct arena *a, struct printer_health **out, size_t *count,
                    struct error *e) {
    struct printer_health *all = ARENA_ARRAY(a, s->count, struct printer_health);
    const int64_t now = clock_now(s->options.clock);
    for (size_t i = 0; i < s->count; i++) {
        struct worker *w = &s->workers[i];
        all[i] = (struct printer_health){
            .slug = w->printer->slug, .name = w->printer->name, .transport = printer_transport_names[w->printer->transport]};
        pthread_mutex_lock(&w->lock);
        all[i].status = w->status;
        all[i].evidence[0] = w->evidence;
        all[i].last_printed_at = w->last_printed_at;
        pthread_mutex_unlock(&w->lock);
    }
    struct db_rows r;
    if (!db_query(reader,
                  "SELECT printer, sum(state <> 'unknown' AND NOT " JOB_WAITS_FOR_PERSON "), min(CASE WHEN state <> 'unknown' AND"
                  " NOT " JOB_WAITS_FOR_PERSON " THEN created_at END), sum(state = 'unknown'), sum(" JOB_WAITS_FOR_PERSON ")"
                  " FROM print_job WHERE state IN ('queued', 'sending', 'sent', 'unknown') GROUP BY printer",
                  DB_NO_ARGS, &r, e))
        return false;
    while (db_next(&r)) {
        const struct worker *w = spooler_worker(s, db_col_text(&r, 0));
        if (!w) continue;
        struct printer_health *h = &all[w - s->workers];
        h->waiting = db_col_int(&r, 1);
        if (!db_col_null(&r, 2)) h->oldest_waiting_ms = now - db_col_int(&r, 2);
        h->unknown = db_col_int(&r, 3);
        h->confirm = db_col_int(&r, 4);
    }
    *out = all;
    *count = s->count;
    return db_done(&r, e);
}
