/* Orders: opening, looking, sending, voiding, the tip. */
#include "pos/core/order.h"

#include <inttypes.h>

#include "pos/http/order_parts.h"
#include "pos/http/resources.h"
#include "pos/http/shapes.h"

enum { PAGE = 100, REASON_MAX = 140, COURSES_MAX = 20 };

/* ---- an order as an answer ---- */

bool order_member(struct act *act, struct json object, struct order_id id, struct error *e) {
    struct order *order;
    if (!order_get(act->db, act->till->site, id, act->arena, &order, e)) return false;
    shape_order(object, order, act->till->site);
    return true;
}

bool order_reply(struct act *act, struct request *r, int status, struct order_id id, struct error *e) {
    struct json answer = json_new_object(r->arena);
    if (!order_member(act, answer, id, e)) return false;
    reply_json(r, status, answer);
    return true;
}

/* ---- POST /orders ---- */

struct open_in {
    struct order_new order;
    struct lines_in lines;
    bool send;
};

bool order_open_parse(struct request *r, struct error *e) {
    (void)e;
    struct open_in *in = r->parsed = ARENA_NEW(r->arena, struct open_in);
    REQUEST_ONLY(r, "kind", "table", "name", "covers", "lines", "send");
    in->order.kind = (enum order_kind)json_enum(r->json, "kind", order_kind_names);
    in->order.table = json_slug_or(r->json, "table", NULL);
    in->order.name = json_text_or(r->json, "name", ORDER_NAME_MAX, "");
    in->order.covers = (int32_t)json_int_or(r->json, "covers", 1, 99, 0);
    lines_read(r, json_array_or_none(r->json, "lines", ORDER_LINES_MAX), &in->lines);
    in->send = json_bool_or(r->json, "send", false);
    return true;
}

bool order_open_run(struct act *act, struct request *r, struct error *e) {
    const struct open_in *in = r->parsed;
    struct order_id id;
    struct order_ticket *tickets;
    size_t count;
    if (!order_open(act, &in->order, &id, e)) return false;
    if (in->lines.count && !order_add_lines(act, id, in->lines.list, in->lines.count, e)) return false;
    if (in->send && !order_send(act, id, NULL, 0, &tickets, &count, e)) return false;
    return order_reply(act, r, 201, id, e);
}

/* ---- looking ---- */

bool orders_answer(struct request *r, struct db *db, struct error *e) {
    int64_t before, shift;
    int state;
    struct order_summary *list;
    size_t count;
    if (!request_query_enum(r, "state", order_state_names, -1, &state, e) ||
        !request_query_int(r, "shift", 1, JSON_INT_MAX, 0, &shift, e) ||
        !request_query_int(r, "before", 1, JSON_INT_MAX, 0, &before, e) || !request_query_done(r, e))
        return false;
    if (state == ORDER_OPEN) state = -1; /* "open" asks for all that can still be sold to, sent or not */
    if (!order_list(db, state, (struct shift_id){shift}, before, PAGE + 1, r->arena, &list, &count, e)) return false;
    size_t shown = count < PAGE ? count : PAGE;
    struct json answer = json_new_object(r->arena), orders = json_set_array(answer, "orders");
    for (size_t i = 0; i < shown; i++) shape_order_summary(json_push_object(orders), &list[i]);
    shape_next(answer, count > shown, shown ? list[shown - 1].id.v : 0);
    reply_json(r, 200, answer);
    return true;
}

bool order_answer(struct request *r, struct db *db, struct error *e) {
    struct order *order;
    if (!request_query_done(r, e) || !db_begin_read(db, e)) return false;
    bool found = order_get(db, r->till->site, request_order(r), r->arena, &order, e);
    db_end_read(db);
    if (!found) return false;
    struct json answer = json_new_object(r->arena);
    shape_order(answer, order, r->till->site);
    reply_json(r, 200, answer);
    reply_tag(r, arena_printf(r->arena, "\"%" PRId64 "\"", order->version));
    return true;
}

/* ---- POST /orders/{id}/send ---- */

struct send_in {
    const char **courses; /* NULL: all that is not held */
    size_t count;
};

bool order_send_parse(struct request *r, struct error *e) {
    (void)e;
    struct send_in *in = r->parsed = ARENA_NEW(r->arena, struct send_in);
    REQUEST_ONLY(r, "courses");
    if (!json_has(r->json, "courses")) return true;
    struct json courses = json_array(r->json, "courses", 1, COURSES_MAX);
    in->courses = ARENA_ARRAY(r->arena, json_count(courses) + 1, const char *);
    JSON_EACH(course, courses) in->courses[in->count++] = json_value_text(course, SITE_SLUG_MAX);
    return true;
}

bool order_send_run(struct act *act, struct request *r, struct error *e) {
    const struct send_in *in = r->parsed;
    struct order_ticket *tickets;
    size_t count;
    if (!order_send(act, request_order(r), in->courses, in->count, &tickets, &count, e)) return false;
    struct json answer = json_new_object(r->arena), list = json_set_array(answer, "tickets");
    for (size_t i = 0; i < count; i++) {
        struct json ticket = json_push_object(list);
        json_set_int(ticket, "job", tickets[i].job.v);
        json_set_text(ticket, "station", tickets[i].station);
        json_set_int(ticket, "sequence", tickets[i].sequence);
    }
    if (!order_member(act, json_set_object(answer, "order"), request_order(r), e)) return false;
    reply_json(r, 200, answer);
    return true;
}

/* ---- POST /orders/{id}/void ---- */

bool order_void_parse(struct request *r, struct error *e) {
    (void)e;
    REQUEST_ONLY(r, "reason");
    r->parsed = arena_text(r->arena, json_text(r->json, "reason", REASON_MAX));
    return true;
}

bool order_void_run(struct act *act, struct request *r, struct error *e) {
    return order_void(act, request_order(r), r->parsed, e) && order_reply(act, r, 200, request_order(r), e);
}

/* ---- POST /orders/{id}/tip ---- */

struct tip_in {
    struct bill_id check; /* 0: the only open one */
    bool declined;
    money amount;    /* -1: a percentage */
    int32_t percent; /* basis points */
};

bool order_tip_parse(struct request *r, struct error *e) {
    struct tip_in *in = r->parsed = ARENA_NEW(r->arena, struct tip_in);
    REQUEST_ONLY(r, "check", "amount", "percent", "declined");
    in->check.v = json_int_or(r->json, "check", 1, JSON_INT_MAX, 0);
    in->declined = json_bool_or(r->json, "declined", false);
    in->amount = json_int_or(r->json, "amount", 0, MONEY_MAX, -1);
    in->percent = (int32_t)json_int_or(r->json, "percent", 0, RATE_ONE, -1);
    if (!json_ok(r->json, e)) return false;
    if (in->declined + (in->amount >= 0) + (in->percent >= 0) == 1) return true;
    return error_fail(e, ERROR_INVALID, "invalid_field", "a tip is one of: amount, percent, declined");
}

bool order_tip_run(struct act *act, struct request *r, struct error *e) {
    const struct tip_in *in = r->parsed;
    struct order_id id = request_order(r);
    money amount = in->amount;
    if (in->percent >= 0 && !order_tip_percent(act, id, in->check, in->percent, &amount, e)) return false;
    return order_tip(act, id, in->check, in->declined ? TIP_DECLINED : TIP_SET, amount, e) && order_reply(act, r, 200, id, e);
}
