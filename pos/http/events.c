/* GET /api/v1/events: joins the stream of what happens (sse.h). */
#include "pos/http/door_rooms.h"
#include "pos/http/request.h"
#include "pos/http/resources.h"

bool events_answer(struct request *r, struct db *db, struct error *e) {
    (void)db;
    if (!request_query_done(r, e)) return false;
    if (!r->door || !r->connection) return error_fail(e, ERROR_NOT_FOUND, "no_route", "events need a running server");
    reply_empty(r, 200);
    r->reply.type = "text/event-stream";
    r->reply.cache = "no-cache";
    return sse_join(r->house->hub, r->headers.last_event_id, r->connection, &r->stream, e);
}
