/* GET /orders/past: the orders of a day that are over, or the one whose receipt somebody brings. */
#include "pos/core/history.h"

#include "pos/http/resources.h"
#include "pos/http/shapes.h"

enum { PAGE = 50 };

static void shape_past(struct json into, const struct history_order *o) {
    json_set_int(into, "id", o->id.v);
    json_set_int(into, "number", o->number);
    json_set_text(into, "kind", order_kind_names[o->kind]);
    json_set_text(into, "state", order_state_names[o->state]);
    json_set_text(into, "business_day", o->business_day);
    json_set_text(into, "table", o->table);
    json_set_text(into, "name", o->name);
    json_set_text(into, "served_by", o->served_by);
    shape_time(into, "opened_at", o->opened_at);
    shape_time(into, "ended_at", o->ended_at);
    json_set_text(into, "documents", o->documents);
    json_set_int(into, "paid", o->paid);
    json_set_int(into, "returned", o->returned);
    json_set_bool(into, "refunded_whole", o->whole);
    shape_int_or_null(into, "merged_into", o->merged_into);
}

bool orders_past_answer(struct request *r, struct db *db, struct error *e) {
    char today[CLOCK_DAY_MAX];
    struct history_query q = {.day = request_query_text(r, "day")};
    struct history_order *list;
    size_t count;
    if (!request_query_int(r, "number", 1, JSON_INT_MAX, 0, &q.number, e) ||
        !request_query_int(r, "before", 1, JSON_INT_MAX, 0, &q.before, e) || !request_query_done(r, e))
        return false;
    if (q.day && !clock_is_day(q.day)) {
        (void)error_fail(e, ERROR_INVALID, "invalid_query", "day: \"%.20s\" is no YYYY-MM-DD", q.day);
        return error_at_field(e, "day");
    }
    if (!q.day) q.day = clock_business_day(clock_now(r->till->clock), r->till->site->cutover_hour, today);
    if (!history_list(db, &q, PAGE + 1, r->arena, &list, &count, e)) return false;
    size_t shown = count < PAGE ? count : PAGE;
    struct json answer = json_new_object(r->arena), orders = json_set_array(answer, "orders");
    for (size_t i = 0; i < shown; i++) shape_past(json_push_object(orders), &list[i]);
    shape_next(answer, count > shown, shown ? list[shown - 1].id.v : 0);
    reply_json(r, 200, answer);
    return true;
}
