/* GET /metrics: the Prometheus text format 0.0.4. */
#include <inttypes.h>

#include "data/text.h"
#include "pos/http/door_rooms.h"
#include "pos/http/request.h"
#include "pos/http/resources.h"
#include "printer/steer.h"

static void head(struct text_buffer *b, const char *name, const char *type, const char *help) {
    text_appendf(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void one(struct text_buffer *b, const char *name, const char *type, const char *help, uint64_t value) {
    head(b, name, type, help);
    text_appendf(b, "%s %" PRIu64 "\n", name, value);
}

static void seconds(struct text_buffer *b, const char *name, const char *type, const char *help, uint64_t us) {
    head(b, name, type, help);
    text_appendf(b, "%s %" PRIu64 ".%06" PRIu64 "\n", name, us / 1000000, us % 1000000);
}

static void write_door(struct text_buffer *b, struct door *d) {
    struct sse_stats streams = sse_stats(d->real.hub);
    head(b, "comanda_http_responses_total", "counter", "HTTP responses by class of status.");
    for (int class = 1; class < 6; class ++)
        text_appendf(b, "comanda_http_responses_total{class=\"%dxx\"} %" PRIu64 "\n", class, atomic_load(&d->answered[class]));
    one(b, "comanda_event_streams", "gauge", "Event streams open now.", streams.clients);
    one(b, "comanda_events_total", "counter", "Events announced.", streams.events);
    one(b, "comanda_event_streams_dropped_total", "counter", "Event streams dropped because they fell behind.", streams.dropped);
    seconds(b, "comanda_uptime_seconds", "gauge", "Since the door opened.",
            (uint64_t)(clock_monotonic_ms() - d->opened_ms) * 1000);
}

static void write_writer(struct text_buffer *b, struct writer *writer) {
    struct writer_stats w = writer_stats(writer);
    one(b, "comanda_writer_jobs_total", "counter", "Commands the writer has run.", w.jobs);
    one(b, "comanda_writer_failed_total", "counter", "Commands that failed and were undone.", w.failed);
    one(b, "comanda_writer_batches_total", "counter", "Group commits.", w.batches);
    one(b, "comanda_writer_largest_batch", "gauge", "Most commands in one commit.", w.largest_batch);
    one(b, "comanda_writer_waiting", "gauge", "Commands waiting for the writer now.", w.waiting);
    seconds(b, "comanda_commit_seconds_total", "counter", "Time spent in COMMIT.", w.commit_us_total);
    seconds(b, "comanda_commit_seconds_max", "gauge", "The longest COMMIT.", w.commit_us_max);
}

static bool write_printers(struct text_buffer *b, struct till *till, struct db *db, struct arena *a, struct error *e) {
    struct printer_health *list;
    struct steering steering;
    size_t count;
    if (!till->spooler) return true;
    if (!spooler_health(till->spooler, db, a, &list, &count, e) || !steering_read(db, till->site, a, &steering, e)) return false;
    head(b, "comanda_print_jobs_waiting", "gauge", "Tickets waiting at each printer.");
    for (size_t i = 0; i < count; i++)
        text_appendf(b, "comanda_print_jobs_waiting{printer=\"%s\"} %" PRId64 "\n", list[i].slug, list[i].waiting);
    head(b, "comanda_print_jobs_unknown", "gauge", "Tickets nobody knows to be on paper.");
    for (size_t i = 0; i < count; i++)
        text_appendf(b, "comanda_print_jobs_unknown{printer=\"%s\"} %" PRId64 "\n", list[i].slug, list[i].unknown);
    head(b, "comanda_printer_ready", "gauge", "1 when the printer is ready.");
    for (size_t i = 0; i < count; i++)
        text_appendf(b, "comanda_printer_ready{printer=\"%s\"} %d\n", list[i].slug, list[i].status.state == TRANSPORT_READY);
    head(b, "comanda_printer_paused", "gauge", "1 while a person lets the printer wait.");
    for (size_t i = 0; i < count; i++)
        text_appendf(b, "comanda_printer_paused{printer=\"%s\"} %d\n", list[i].slug,
                     steering_pause(&steering, list[i].slug) != NULL);
    head(b, "comanda_station_routed", "gauge", "1 while a station's tickets go to another printer than its own.");
    for (size_t i = 0; i < till->site->station_count; i++)
        text_appendf(b, "comanda_station_routed{station=\"%s\"} %d\n", till->site->stations[i].slug,
                     steering_route(&steering, till->site->stations[i].slug) != NULL);
    return true;
}

bool metrics_answer(struct request *r, struct db *db, struct error *e) {
    struct text_buffer b = {.arena = r->arena};
    if (!request_query_done(r, e)) return false;
    if (r->door) write_door(&b, r->door);
    write_writer(&b, r->till->writer);
    if (!write_printers(&b, r->till, db, r->arena, e)) return false;
    reply_bytes(r, 200, "text/plain; version=0.0.4; charset=utf-8", b.bytes, b.size);
    return true;
}
