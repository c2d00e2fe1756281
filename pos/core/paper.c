/* Paper as acts. */
#include "pos/core/paper.h"

#include <string.h>

#include "pos/core/journal.h"
#include "pos/core/receipt.h"

static bool journal_paper(struct act *act, const char *kind, const struct job *job, struct json detail, struct error *e) {
    json_set_text(detail, "printer", job->printer);
    return journal_add(act, kind, (struct order_id){job->order_id}, (struct shift_id){job->shift_id}, detail, e);
}

/* A repetition of a station's ticket goes where that station prints now, wherever the first was sent. */
static bool announce_copy(struct act *act, struct job_id copy, struct error *e) {
    const char *printer;
    if (!steer_job(act->db, act->till->site, copy.v, &printer, e)) return false;
    act_changed(act, EVENT_PRINT_JOB, copy.v, printer);
    return true;
}

bool paper_reprint(struct act *act, struct job_id job, struct job_id *copy, struct error *e) {
    struct job first;
    if (!job_get(act->db, job.v, act->arena, &first, e) || !job_reprint(act->db, job.v, act->now, &copy->v, e)) return false;
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "job", job.v);
    json_set_int(detail, "copy", copy->v);
    return announce_copy(act, *copy, e) && journal_paper(act, "reprinted", &first, detail, e);
}

bool paper_resolve(struct act *act, struct job_id job, bool printed, struct job_id *copy, struct error *e) {
    struct job first;
    if (!job_get(act->db, job.v, act->arena, &first, e) || !job_resolve(act->db, job.v, printed, act->now, &copy->v, e))
        return false;
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "job", job.v);
    json_set_bool(detail, "printed", printed);
    act_changed(act, EVENT_PRINT_JOB, job.v, first.printer);
    if (copy->v) {
        json_set_int(detail, "copy", copy->v);
        if (!announce_copy(act, *copy, e)) return false;
    }
    return journal_paper(act, "print_resolved", &first, detail, e);
}

static bool find_printer(const struct act *act, const char *slug, const struct site_printer **out, struct error *e) {
    *out = site_find_printer(act->till->site, slug);
    return *out || error_fail(e, ERROR_NOT_FOUND, "printer_unknown", "printer %s: the site has none of that name", slug);
}

bool paper_test_page(struct act *act, const char *printer, struct job_id *job, struct error *e) {
    const struct site_printer *p;
    if (!find_printer(act, printer, &p, e)) return false;
    const struct printer_profile *profile =
        profile_find(act->till->profiles, p->profile); /* a till with an unknown one does not open */
    struct job_new page = {
        .kind = "test", .printer = p->slug, .ticket = test_ticket(act->till->site, p, profile, act->now, act->arena)};
    if (!job_add(act->db, &page, act->now, &job->v, e)) return false;
    act_changed(act, EVENT_PRINT_JOB, job->v, p->slug);
    return true;
}

/* ---- steering ---- */

static bool journal_steered(struct act *act, const char *kind, struct json detail, struct error *e) {
    return journal_add(act, kind, (struct order_id){0}, (struct shift_id){0}, detail, e);
}

/* Only what changes something is an entry; the events of printers wake them, too. */
static bool note_pause(struct act *act, const char *kind, const char *printer, bool changed, struct error *e) {
    if (!changed) return true;
    struct json detail = json_new_object(act->arena);
    json_set_text(detail, "printer", printer);
    act_changed(act, EVENT_PRINTER, 0, printer);
    return journal_steered(act, kind, detail, e);
}

bool paper_pause(struct act *act, const char *printer, struct error *e) {
    const struct site_printer *p;
    bool changed;
    return find_printer(act, printer, &p, e) && steer_pause(act->db, p->slug, act->actor.staff.v, act->now, &changed, e) &&
           note_pause(act, "printer_paused", p->slug, changed, e);
}

bool paper_resume(struct act *act, const char *printer, struct error *e) {
    const struct site_printer *p;
    bool changed;
    return find_printer(act, printer, &p, e) && steer_resume(act->db, p->slug, &changed, e) &&
           note_pause(act, "printer_resumed", p->slug, changed, e);
}

static bool note_route(struct act *act, const struct paper_routed *to, const struct steer_moved *moved, struct error *e) {
    struct json detail = json_new_object(act->arena);
    if (moved->moved > 0) act_changed(act, EVENT_PRINT_JOB, 0, NULL); /* more than one may have another printer now */
    if (!moved->changed) return true;
    act_changed(act, EVENT_PRINTER, 0, moved->from);
    act_changed(act, EVENT_PRINTER, 0, to->printer->slug);
    json_set_text(detail, "station", to->station->slug);
    json_set_text(detail, "from", moved->from);
    json_set_text(detail, "to", to->printer->slug);
    json_set_int(detail, "moved", moved->moved);
    const bool home = strcmp(to->printer->slug, to->station->printer) == 0;
    return journal_steered(act, home ? "station_home" : "station_routed", detail, e);
}

bool paper_route(struct act *act, const char *station, const char *printer, struct paper_routed *out, struct error *e) {
    const struct site *site = act->till->site;
    struct steer_moved moved;
    *out = (struct paper_routed){.station = site_find_station(site, station)};
    if (!out->station)
        return error_fail(e, ERROR_NOT_FOUND, "station_unknown", "station %s: the site has none of that name", station);
    if (!find_printer(act, printer ? printer : out->station->printer, &out->printer, e)) return error_at_field(e, "printer");
    if (!steer_route(act->db, site, out->station, out->printer, act->actor.staff.v, act->now, &moved, e)) return false;
    out->moved = moved.moved;
    return note_route(act, out, &moved, e);
}
