/* GET /numbering. */
#include "pos/core/numbering.h"

#include "pos/http/resources.h"
#include "pos/http/shapes.h"

static void shape_range(struct json into, const struct number_range *n) {
    json_set_text(into, "kind", n->kind);
    json_set_text(into, "prefix", n->prefix);
    json_set_text(into, "resolution", n->resolution);
    json_set_text(into, "resolution_date", n->resolution_date);
    json_set_int(into, "from", n->from);
    json_set_int(into, "to", n->to);
    json_set_int(into, "next", n->next);
    json_set_int(into, "remaining", n->remaining);
    json_set_text(into, "valid_from", n->valid_from);
    json_set_text(into, "valid_until", n->valid_until);
    json_set_int(into, "days_left", n->days_left);
    json_set_text(into, "state", number_state_names[n->state]);
    json_set_text(into, "warning", number_warning_names[n->warning]);
}

bool numbering_answer(struct request *r, struct db *db, struct error *e) {
    int64_t now = clock_now(r->till->clock);
    struct number_status status;
    struct error why = {0};
    if (!request_query_done(r, e) || !numbering_status(db, now, r->arena, &status, e)) return false;
    if (!status.active) (void)numbering_refused(&status, now, &why);
    struct json answer = json_new_object(r->arena);
    json_set_text(answer, "refusal", status.active ? NULL : why.code);
    json_set_text(answer, "warning", number_warning_names[status.warning]);
    json_set_int(answer, "remaining", status.remaining);
    if (status.active)
        json_set_int(answer, "days_left", status.days_left);
    else
        json_set_null(answer, "days_left");
    struct json ranges = json_set_array(answer, "ranges");
    for (size_t i = 0; i < status.count; i++) shape_range(json_push_object(ranges), &status.ranges[i]);
    reply_json(r, 200, answer);
    return true;
}
