/* Discounts and courtesies: POST /orders/{id}/discounts, DELETE /orders/{id}/discounts/{discount}. */
#include "pos/http/order_parts.h"
#include "pos/http/resources.h"

enum { REASON_MAX = 140 };
static const char *const kinds[] = {"discount", "courtesy", NULL};

bool order_discount_parse(struct request *r, struct error *e) {
    struct order_discount_new *in = r->parsed = ARENA_NEW(r->arena, struct order_discount_new);
    REQUEST_ONLY(r, "kind", "percent", "amount", "line", "reason");
    in->courtesy = json_enum(r->json, "kind", kinds) == 1;
    in->percent = (int32_t)json_int_or(r->json, "percent", 1, RATE_ONE, 0);
    in->amount = json_int_or(r->json, "amount", 1, MONEY_MAX, 0);
    in->line.v = json_int_or(r->json, "line", 1, JSON_INT_MAX, 0);
    in->reason = json_text(r->json, "reason", REASON_MAX);
    if (!json_ok(r->json, e)) return false;
    return (in->percent != 0) + (in->amount != 0) == 1 ||
           error_fail(e, ERROR_INVALID, "invalid_field", "a discount is one of: percent, amount");
}

bool order_discount_run(struct act *act, struct request *r, struct error *e) {
    int64_t id;
    return order_discount(act, request_order(r), r->parsed, &id, e) && order_reply(act, r, 201, request_order(r), e);
}

bool order_discount_remove_run(struct act *act, struct request *r, struct error *e) {
    return order_discount_remove(act, request_order(r), r->params[1].number, e) && order_reply(act, r, 200, request_order(r), e);
}
