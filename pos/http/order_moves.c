/* Orders that move: to another table, into another order, to another waiter. */
#include "pos/http/order_parts.h"
#include "pos/http/resources.h"

/* ---- POST /orders/{id}/move ---- */

bool order_move_parse(struct request *r, struct error *e) {
    (void)e;
    REQUEST_ONLY(r, "table");
    r->parsed = arena_text(r->arena, json_slug(r->json, "table"));
    return true;
}

bool order_move_run(struct act *act, struct request *r, struct error *e) {
    return order_move(act, request_order(r), r->parsed, e) && order_reply(act, r, 200, request_order(r), e);
}

/* ---- POST /orders/{id}/merge ---- */

bool order_merge_parse(struct request *r, struct error *e) {
    (void)e;
    struct order_id *from = r->parsed = ARENA_NEW(r->arena, struct order_id);
    REQUEST_ONLY(r, "from");
    from->v = json_int(r->json, "from", 1, JSON_INT_MAX);
    return true;
}

bool order_merge_run(struct act *act, struct request *r, struct error *e) {
    return order_merge(act, request_order(r), *(const struct order_id *)r->parsed, e) &&
           order_reply(act, r, 200, request_order(r), e);
}

/* ---- POST /orders/{id}/transfer ---- */

bool order_transfer_parse(struct request *r, struct error *e) {
    (void)e;
    struct staff_id *staff = r->parsed = ARENA_NEW(r->arena, struct staff_id);
    REQUEST_ONLY(r, "staff");
    staff->v = json_int(r->json, "staff", 1, JSON_INT_MAX);
    return true;
}

bool order_transfer_run(struct act *act, struct request *r, struct error *e) {
    return order_transfer(act, request_order(r), *(const struct staff_id *)r->parsed, e) &&
           order_reply(act, r, 200, request_order(r), e);
}
