/* A print job in JSON. */
#include "pos/http/shapes.h"

void shape_job(struct json into, const struct job *job) {
    json_set_int(into, "id", job->id);
    json_set_text(into, "kind", job->kind);
    shape_int_or_null(into, "order", job->order_id);
    shape_int_or_null(into, "shift", job->shift_id);
    json_set_text(into, "printer", job->printer);
    json_set_text(into, "station", job->station);
    shape_int_or_null(into, "sequence", job->sequence);
    json_set_text(into, "state", job_state_names[job->state]);
    json_set_text(into, "evidence", job->evidence);
    json_set_text(into, "reason", job->reason);
    struct json marks = json_set_array(into, "marks");
    if (job->marks.copy) json_push_text(marks, "copia");
    if (job->marks.duplicate > 0) json_push_text(marks, "posible_duplicado");
    if (job->marks.fallback_for) json_push_text(marks, "respaldo");
    if (job->marks.practice) json_push_text(marks, "practica");
    shape_int_or_null(into, "copy_of", job->copy_of);
    json_set_bool(into, "kept", !job->let_go);
    shape_time(into, "created_at", job->created_at);
    shape_time(into, "printed_at", job->printed_at);
}
