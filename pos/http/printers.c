/* Printers: how they are and for whom they print, a test page, pausing one, and sending a station's tickets to another. */
#include "pos/core/paper.h"

#include <string.h>

#include "pos/http/resources.h"
#include "pos/http/shapes.h"

/* ---- how they are ---- */

/* The stations whose tickets come out here now: its own that are at home, and those that were sent here. */
static void shape_stations(struct json into, const struct site *site, const struct steering *steering, const char *printer) {
    struct json stations = json_set_array(into, "stations");
    for (size_t i = 0; i < site->station_count; i++) {
        const struct site_station *station = &site->stations[i];
        const struct steer_route *route = steering_route(steering, station->slug);
        if (strcmp(route ? route->printer : station->printer, printer) != 0) continue;
        struct json row = json_push_object(stations);
        json_set_text(row, "id", station->slug);
        json_set_bool(row, "routed", route != NULL);
    }
}

static void shape_pause(struct json into, const struct steer_pause *pause) {
    if (!pause) {
        json_set_null(into, "paused");
        return;
    }
    struct json paused = json_set_object(into, "paused");
    shape_time(paused, "at", pause->at);
    json_set_text(paused, "by", pause->by);
}

static void shape_printer(struct json into, const struct printer_health *p, const struct site *site,
                          const struct steering *steering) {
    const enum transport_cause cause = p->status.cause;
    json_set_text(into, "id", p->slug);
    json_set_text(into, "name", p->name);
    json_set_text(into, "transport", p->transport);
    shape_stations(into, site, steering, p->slug);
    json_set_text(into, "state", transport_state_names[p->status.state]);
    json_set_text(into, "cause", cause == CAUSE_NONE ? NULL : transport_cause_names[cause]);
    json_set_text(into, "reason", p->status.reason[0] ? p->status.reason : NULL);
    shape_pause(into, steering_pause(steering, p->slug));
    json_set_text(into, "evidence", p->evidence[0] ? p->evidence : NULL);
    json_set_int(into, "waiting", p->waiting);
    json_set_int(into, "oldest_waiting_s", p->oldest_waiting_ms / 1000);
    json_set_int(into, "unknown", p->unknown);
    json_set_int(into, "confirm", p->confirm);
    shape_time(into, "last_printed_at", p->last_printed_at);
}

struct look { /* at all printers, at one moment */
    struct printer_health *list;
    size_t count;
    struct steering steering;
};

static bool look_at_printers(struct request *r, struct db *db, struct look *out, struct error *e) {
    if (!r->till->spooler) return error_fail(e, ERROR_BUSY, "no_spooler", "the printers are driven by the running server only");
    return spooler_health(r->till->spooler, db, r->arena, &out->list, &out->count, e) &&
           steering_read(db, r->till->site, r->arena, &out->steering, e);
}

bool printers_answer(struct request *r, struct db *db, struct error *e) {
    struct look look;
    if (!request_query_done(r, e) || !look_at_printers(r, db, &look, e)) return false;
    struct json answer = json_new_object(r->arena), printers = json_set_array(answer, "printers");
    for (size_t i = 0; i < look.count; i++)
        shape_printer(json_push_object(printers), &look.list[i], r->till->site, &look.steering);
    reply_json(r, 200, answer);
    return true;
}

/* ---- acts ---- */

bool printer_test_run(struct act *act, struct request *r, struct error *e) {
    struct job_id job;
    if (!paper_test_page(act, r->params[0].text, &job, e)) return false;
    struct json answer = json_new_object(r->arena);
    json_set_int(answer, "job", job.v);
    reply_json(r, 201, answer);
    return true;
}

static bool reply_printer(struct act *act, struct request *r, struct error *e) {
    struct look look;
    struct json answer = json_new_object(r->arena);
    if (!look_at_printers(r, act->db, &look, e)) return false;
    for (size_t i = 0; i < look.count; i++)
        if (strcmp(look.list[i].slug, r->params[0].text) == 0)
            shape_printer(answer, &look.list[i], r->till->site, &look.steering);
    reply_json(r, 200, answer);
    return true;
}

bool printer_pause_run(struct act *act, struct request *r, struct error *e) {
    return paper_pause(act, r->params[0].text, e) && reply_printer(act, r, e);
}

bool printer_resume_run(struct act *act, struct request *r, struct error *e) {
    return paper_resume(act, r->params[0].text, e) && reply_printer(act, r, e);
}

/* ---- stations ---- */

bool station_route_parse(struct request *r, struct error *e) {
    (void)e;
    REQUEST_ONLY(r, "printer");
    r->parsed = arena_text(r->arena, json_slug(r->json, "printer"));
    return true;
}

/* Without a body, and so without a printer: home. */
bool station_route_run(struct act *act, struct request *r, struct error *e) {
    struct paper_routed routed;
    if (!paper_route(act, r->params[0].text, r->parsed, &routed, e)) return false;
    struct json answer = json_new_object(r->arena);
    json_set_text(answer, "station", routed.station->slug);
    json_set_text(answer, "printer", routed.printer->slug);
    json_set_text(answer, "home", routed.station->printer);
    json_set_int(answer, "moved", routed.moved);
    reply_json(r, 200, answer);
    return true;
}
