/* Sending: what changed goes to its stations; the order is the kitchen's from the first ticket on. */
#include <inttypes.h>

#include "pos/core/kitchen.h"

bool order_send(struct act *act, struct order_id id, const char *const *courses, size_t course_count, struct order_ticket **out,
                size_t *count, struct error *e) {
    struct order_row row;
    struct kitchen_sent sent;
    struct kitchen_scope scope = {.what = KITCHEN_DUE, .courses = courses, .course_count = course_count};
    if (!act_person(act, e) || !order_row_live(act->db, id, act->arena, &row, e) || !kitchen_print(act, &row, &scope, &sent, e))
        return false;
    if (sent.left == 0 && sent.count == 0)
        return error_fail(e, ERROR_CONFLICT, "order_empty", "order %" PRId64 ": there is nothing on it", id.v);
    if (sent.counted) act_changed(act, EVENT_ORDER, id.v, NULL);
    *out = sent.tickets;
    *count = sent.count;
    return true;
}
