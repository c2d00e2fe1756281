/* Printers: how they are, and a test page. */
#include "pos/core/paper.h"

#include "pos/http/resources.h"
#include "pos/http/shapes.h"

static void shape_printer(struct json into, const struct printer_health *p, const struct site *site) {
    json_set_text(into, "id", p->slug);
    json_set_text(into, "name", p->name);
    json_set_text(into, "transport", p->transport);
    shape_printer_stations(into, site, p->slug);
    json_set_text(into, "state", transport_state_names[p->status.state]);
    json_set_text(into, "reason", p->status.reason[0] ? p->status.reason : NULL);
    json_set_text(into, "evidence", p->evidence[0] ? p->evidence : NULL);
    json_set_int(into, "waiting", p->waiting);
    json_set_int(into, "oldest_waiting_s", p->oldest_waiting_ms / 1000);
    json_set_int(into, "unknown", p->unknown);
    shape_time(into, "last_printed_at", p->last_printed_at);
}

bool printers_answer(struct request *r, struct db *db, struct error *e) {
    struct printer_health *list = NULL;
    size_t count = 0;
    if (!request_query_done(r, e)) return false;
    if (!r->till->spooler) return error_fail(e, ERROR_BUSY, "no_spooler", "the printers are driven by the running server only");
    if (!spooler_health(r->till->spooler, db, r->arena, &list, &count, e)) return false;
    struct json answer = json_new_object(r->arena), printers = json_set_array(answer, "printers");
    for (size_t i = 0; i < count; i++) shape_printer(json_push_object(printers), &list[i], r->till->site);
    reply_json(r, 200, answer);
    return true;
}

bool printer_test_run(struct act *act, struct request *r, struct error *e) {
    struct job_id job;
    if (!paper_test_page(act, r->params[0].text, &job, e)) return false;
    struct json answer = json_new_object(r->arena);
    json_set_int(answer, "job", job.v);
    reply_json(r, 201, answer);
    return true;
}
