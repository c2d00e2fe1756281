/* What a shift puts on paper when somebody asks for it: its X, and the slip of a drawer opened without a sale. */
#include "pos/core/shift.h"

#include "pos/http/resources.h"
#include "pos/http/shapes.h"

enum { REASON_MAX = 140 };

static void reply_job(struct request *r, struct job_id job) {
    struct json answer = json_new_object(r->arena);
    json_set_int(answer, "job", job.v);
    reply_json(r, 201, answer);
}

/* ---- POST /shifts/{id}/report ---- */

bool shift_x_run(struct act *act, struct request *r, struct error *e) {
    struct job_id job;
    if (!shift_print_x(act, request_shift(r), &job, e)) return false;
    reply_job(r, job);
    return true;
}

/* ---- POST /shifts/{id}/drawer ---- */

bool drawer_open_parse(struct request *r, struct error *e) {
    (void)e;
    REQUEST_ONLY(r, "reason");
    const char **reason = r->parsed = ARENA_NEW(r->arena, const char *);
    *reason = json_text(r->json, "reason", REASON_MAX);
    return true;
}

bool drawer_open_run(struct act *act, struct request *r, struct error *e) {
    struct job_id job;
    if (!shift_open_drawer(act, request_shift(r), *(const char **)r->parsed, &job, e)) return false;
    reply_job(r, job);
    return true;
}
