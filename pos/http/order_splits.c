/* Who pays what: POST and DELETE /orders/{id}/split. */
#include "pos/http/order_parts.h"
#include "pos/http/resources.h"

enum { SEAT_MAX = 99 };

static void read_picks(struct request *r, struct order_split_new *in) {
    struct json list = json_array(r->json, "lines", 1, ORDER_LINES_MAX);
    struct bill_pick *picks = ARENA_ARRAY(r->arena, json_count(list) + 1, struct bill_pick);
    JSON_EACH(pick, list) {
        JSON_ONLY(pick, "line", "quantity", "of", "part");
        struct bill_pick *p = &picks[in->pick_count++];
        p->line = json_int(pick, "line", 1, JSON_INT_MAX);
        p->quantity = json_int(pick, "quantity", 1, ORDER_LINE_QUANTITY_MAX);
        p->of = json_int_or(pick, "of", 1, ORDER_WAYS_MAX, 0);
        p->part = (int32_t)json_int_or(pick, "part", 1, ORDER_WAYS_MAX, 1);
    }
    in->picks = picks;
}

static void read_seats(struct request *r, struct order_split_new *in) {
    struct json list = json_array(r->json, "seats", 1, SEAT_MAX);
    int32_t *seats = ARENA_ARRAY(r->arena, json_count(list) + 1, int32_t);
    JSON_EACH(seat, list) seats[in->seat_count++] = (int32_t)json_value_int(seat, 1, SEAT_MAX);
    in->seats = seats;
}

bool order_split_parse(struct request *r, struct error *e) {
    (void)e; /* that it is one of the four the core says */
    struct order_split_new *in = r->parsed = ARENA_NEW(r->arena, struct order_split_new);
    REQUEST_ONLY(r, "check", "ways", "lines", "seats", "amount");
    in->check.v = json_int_or(r->json, "check", 1, JSON_INT_MAX, 0);
    in->ways = (int32_t)json_int_or(r->json, "ways", 2, ORDER_WAYS_MAX, 0);
    in->amount = json_int_or(r->json, "amount", 1, MONEY_MAX, 0);
    if (json_has(r->json, "lines")) read_picks(r, in);
    if (json_has(r->json, "seats")) read_seats(r, in);
    return true;
}

bool order_split_run(struct act *act, struct request *r, struct error *e) {
    return order_split(act, request_order(r), r->parsed, e) && order_reply(act, r, 200, request_order(r), e);
}

bool order_unsplit_run(struct act *act, struct request *r, struct error *e) {
    return order_unsplit(act, request_order(r), e) && order_reply(act, r, 200, request_order(r), e);
}
