/* POST /orders/{id}/refunds, its quote, and /reopen, and a refund in JSON. */
#include "pos/core/refund.h"

#include "pos/http/order_parts.h"
#include "pos/http/resources.h"
#include "pos/http/shapes.h"

/* ---- as an answer ---- */

static void shape_means(struct json into, const struct refund *r) {
    struct json means = json_set_array(into, "means");
    for (size_t i = 0; i < r->means_count; i++) {
        struct json row = json_push_object(means);
        json_set_int(row, "payment", r->means[i].payment);
        json_set_text(row, "kind", r->means[i].kind);
        json_set_text(row, "means", r->means[i].means);
        json_set_int(row, "amount", r->means[i].amount);
        json_set_int(row, "charged", r->means[i].charged);
    }
}

static void shape_figures(struct json into, const struct refund *r) {
    json_set_int(into, "check", r->bill.v);
    json_set_int(into, "net", r->totals.net);
    json_set_int(into, "base", r->totals.base);
    json_set_int(into, "tax", r->totals.tax);
    json_set_int(into, "tip", r->totals.tip);
    json_set_int(into, "total", r->totals.due);
    json_set_int(into, "returned", r->charged);
}

static void shape_refund(struct json into, const struct refund *r) {
    json_set_int(into, "id", r->id);
    json_set_int(into, "number", r->number);
    shape_figures(into, r);
    json_set_bool(into, "reopens", r->reopens);
    json_set_text(into, "reason", r->reason);
    shape_time(into, "at", r->at);
    json_set_text(into, "by", r->by);
    json_set_text(into, "approved_by", r->approved_by);
    shape_means(into, r);
    struct json lines = json_set_array(into, "lines");
    for (size_t i = 0; i < r->line_count; i++) {
        struct json row = json_push_object(lines);
        json_set_int(row, "line", r->lines[i].line.v);
        json_set_text(row, "name", r->lines[i].name);
        json_set_int(row, "quantity", r->lines[i].quantity);
        json_set_int(row, "gross", r->lines[i].gross);
        json_set_int(row, "discount", r->lines[i].discount);
        json_set_int(row, "courtesy", r->lines[i].courtesy);
        json_set_int(row, "net", r->lines[i].net);
    }
}

void shape_refunds(struct json into, const struct order *order) {
    struct json refunds = json_set_array(into, "refunds");
    for (size_t i = 0; i < order->refund_count; i++) shape_refund(json_push_object(refunds), &order->refunds[i]);
}

/* ---- POST /orders/{id}/refunds ---- */

static bool read_picks(struct request *r, struct refund_new *in, struct error *e) {
    in->bill.v = json_int_or(r->json, "check", 1, JSON_INT_MAX, 0);
    in->tip = json_int_or(r->json, "tip", 1, MONEY_MAX, 0);
    if (!json_has(r->json, "lines")) return true;
    if (in->tip)
        return error_fail(e, ERROR_INVALID, "invalid_field", "a refund is one of: lines, tip, or everything that is left");
    struct json lines = json_array(r->json, "lines", 1, ORDER_LINES_MAX);
    struct bill_pick *picks = ARENA_ARRAY(r->arena, json_count(lines) + 1, struct bill_pick);
    JSON_EACH(line, lines) {
        JSON_ONLY(line, "line", "quantity", "of");
        struct bill_pick *p = &picks[in->pick_count++];
        p->line = json_int(line, "line", 1, JSON_INT_MAX);
        p->quantity = json_int(line, "quantity", 1, ORDER_LINE_QUANTITY_MAX);
        p->of = json_int_or(line, "of", 1, ORDER_WAYS_MAX, 0);
    }
    in->picks = picks;
    return true;
}

bool refund_parse(struct request *r, struct error *e) {
    struct refund_new *in = r->parsed = ARENA_NEW(r->arena, struct refund_new);
    REQUEST_ONLY(r, "check", "lines", "tip", "reason");
    in->reason = json_text(r->json, "reason", REFUND_REASON_MAX);
    return read_picks(r, in, e);
}

bool refund_run(struct act *act, struct request *r, struct error *e) {
    struct refund_done done;
    struct refund refund;
    if (!refund_take(act, request_order(r), r->parsed, &done, e) || !refund_get(act->db, done.id, r->arena, &refund, e))
        return false;
    struct json answer = json_new_object(r->arena);
    shape_refund(json_set_object(answer, "refund"), &refund);
    if (!order_member(act, json_set_object(answer, "order"), request_order(r), e)) return false;
    shape_int_or_null(answer, "job", done.job.v);
    reply_json(r, 201, answer);
    return true;
}

/* ---- POST /orders/{id}/refunds/quote: changes nothing, so it needs no key ---- */

bool refund_quote_parse(struct request *r, struct error *e) {
    struct refund_new *in = r->parsed = ARENA_NEW(r->arena, struct refund_new);
    json_only(r->json, (const char *const[]){"check", "lines", "tip", NULL});
    return read_picks(r, in, e);
}

bool refund_quote_answer(struct request *r, struct db *db, struct error *e) {
    struct refund quote;
    if (!request_query_done(r, e) || !db_begin_read(db, e)) return false;
    bool found = refund_quote(db, r->till->site, request_order(r), r->parsed, r->arena, &quote, e);
    db_end_read(db);
    if (!found) return false;
    struct json answer = json_new_object(r->arena);
    shape_figures(answer, &quote);
    shape_means(answer, &quote);
    reply_json(r, 200, answer);
    return true;
}

/* ---- POST /orders/{id}/reopen ---- */

bool order_reopen_parse(struct request *r, struct error *e) {
    (void)e;
    REQUEST_ONLY(r, "reason");
    r->parsed = arena_text(r->arena, json_text(r->json, "reason", REFUND_REASON_MAX));
    return true;
}

bool order_reopen_run(struct act *act, struct request *r, struct error *e) {
    return order_reopen(act, request_order(r), r->parsed, e) && order_reply(act, r, 200, request_order(r), e);
}
