/* POST /orders/{id}/precuenta. */
#include "pos/core/precuenta.h"

#include "pos/http/resources.h"
#include "pos/http/shapes.h"

bool precuenta_parse(struct request *r, struct error *e) {
    (void)e;
    struct bill_id *check = r->parsed = ARENA_NEW(r->arena, struct bill_id);
    REQUEST_ONLY(r, "check");
    check->v = json_int_or(r->json, "check", 1, JSON_INT_MAX, 0);
    return true;
}

bool precuenta_run(struct act *act, struct request *r, struct error *e) {
    struct job_id job;
    if (!precuenta_print(act, request_order(r), *(const struct bill_id *)r->parsed, &job, e)) return false;
    struct json answer = json_new_object(r->arena);
    json_set_int(answer, "job", job.v);
    reply_json(r, 201, answer);
    return true;
}
