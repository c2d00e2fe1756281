/* Print jobs: the list, one of them as bytes, text and picture, the reprint, and a person's word on one in doubt. */
#include "pos/core/paper.h"
#include "printer/escpos.h"
#include "printer/paper.h"

#include "pos/http/resources.h"
#include "pos/http/shapes.h"

enum { PAGE = 100 };

bool jobs_answer(struct request *r, struct db *db, struct error *e) {
    struct job_filter f = {.limit = PAGE + 1};
    struct job *list;
    size_t count;
    f.printer = request_query_text(r, "printer");
    if (!request_query_int(r, "order", 1, JSON_INT_MAX, 0, &f.order_id, e) ||
        !request_query_enum(r, "state", job_state_names, -1, &f.state, e) ||
        !request_query_int(r, "before", 1, JSON_INT_MAX, 0, &f.before, e) || !request_query_done(r, e) ||
        !job_list(db, &f, r->arena, &list, &count, e))
        return false;
    size_t shown = count < PAGE ? count : PAGE;
    struct json answer = json_new_object(r->arena), jobs = json_set_array(answer, "jobs");
    for (size_t i = 0; i < shown; i++) shape_job(json_push_object(jobs), &list[i]);
    shape_next(answer, count > shown, shown ? list[shown - 1].id : 0);
    reply_json(r, 200, answer);
    return true;
}

static bool find_job(struct request *r, struct db *db, struct job *job, struct error *e) {
    return request_query_done(r, e) && job_get(db, r->params[0].number, r->arena, job, e);
}

bool job_answer(struct request *r, struct db *db, struct error *e) {
    struct job job;
    if (!find_job(r, db, &job, e)) return false;
    struct json answer = json_new_object(r->arena);
    shape_job(answer, &job);
    reply_json(r, 200, answer);
    return true;
}

/* ---- as it goes out ---- */

static bool encode(struct request *r, struct db *db, struct job *job, struct bytes *out, struct error *e) {
    return find_job(r, db, job, e) && job_encode(job, r->till->site, r->till->profiles, r->arena, out, e);
}

bool job_bytes_answer(struct request *r, struct db *db, struct error *e) {
    struct job job;
    struct bytes bytes;
    if (!encode(r, db, &job, &bytes, e)) return false;
    reply_bytes(r, 200, "application/octet-stream", bytes.at, bytes.size);
    r->reply.file_name = arena_printf(r->arena, "%s.bin", r->params[0].text);
    return true;
}

static bool lay_out(struct request *r, struct db *db, struct paper **out, struct error *e) {
    struct job job;
    struct bytes bytes;
    if (!encode(r, db, &job, &bytes, e)) return false;
    const struct site_printer *printer = site_find_printer(r->till->site, job.printer);
    const struct printer_profile *profile = printer ? profile_find(r->till->profiles, printer->profile) : NULL;
    if (!profile) return error_fail(e, ERROR_NOT_FOUND, "printer_unknown", "printer %s: the site has it no more", job.printer);
    return paper_read(bytes, profile, r->arena, out, e);
}

bool job_text_answer(struct request *r, struct db *db, struct error *e) {
    struct paper *paper;
    if (!lay_out(r, db, &paper, e)) return false;
    reply_text(r, 200, "text/plain; charset=utf-8", paper_text(paper, r->arena));
    return true;
}

bool job_picture_answer(struct request *r, struct db *db, struct error *e) {
    struct paper *paper;
    struct bytes png;
    if (!lay_out(r, db, &paper, e) || !paper_png(paper, r->arena, &png, e)) return false;
    reply_bytes(r, 200, "image/png", png.at, png.size);
    r->reply.cache = "private, max-age=3600"; /* a job's ticket and marks never change */
    return true;
}

/* ---- acts ---- */

static struct job_id request_job(const struct request *r) {
    return (struct job_id){r->params[0].number};
}

static void reply_job(struct request *r, int status, struct job_id job) {
    struct json answer = json_new_object(r->arena);
    shape_int_or_null(answer, "job", job.v);
    reply_json(r, status, answer);
}

bool job_reprint_run(struct act *act, struct request *r, struct error *e) {
    struct job_id copy;
    if (!paper_reprint(act, request_job(r), &copy, e)) return false;
    reply_job(r, 201, copy);
    return true;
}

bool job_resolve_parse(struct request *r, struct error *e) {
    (void)e;
    bool *printed = r->parsed = ARENA_NEW(r->arena, bool);
    REQUEST_ONLY(r, "printed");
    *printed = json_bool(r->json, "printed");
    return true;
}

bool job_resolve_run(struct act *act, struct request *r, struct error *e) {
    struct job_id copy;
    if (!paper_resolve(act, request_job(r), *(const bool *)r->parsed, &copy, e)) return false;
    reply_job(r, 200, copy);
    return true;
}
