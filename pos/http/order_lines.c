/* The lines of an order: adding, taking back, voiding. */
#include "pos/http/order_parts.h"
#include "pos/http/resources.h"

enum { REASON_MAX = 140 };

static void read_options(struct request *r, struct json line, struct order_line_new *out) {
    struct json array = json_array_or_none(line, "options", ORDER_PICKS_MAX);
    struct menu_pick *picks = ARENA_ARRAY(r->arena, json_count(array) + 1, struct menu_pick);
    JSON_EACH(option, array) {
        JSON_ONLY(option, "option", "quantity");
        picks[out->pick_count].option = json_slug(option, "option");
        picks[out->pick_count++].quantity = (int32_t)json_int_or(option, "quantity", 1, 99, 1);
    }
    out->picks = picks;
}

void lines_read(struct request *r, struct json array, struct lines_in *out) {
    *out = (struct lines_in){.list = ARENA_ARRAY(r->arena, json_count(array) + 1, struct order_line_new)};
    JSON_EACH(line, array) {
        struct order_line_new *new = &out->list[out->count++];
        JSON_ONLY(line, "item", "quantity", "options", "note", "course", "seat", "hold");
        new->item = json_slug(line, "item");
        new->quantity = (int32_t)json_int(line, "quantity", 1, ORDER_LINE_QUANTITY_MAX);
        read_options(r, line, new);
        new->note = json_text_or(line, "note", ORDER_NOTE_MAX, "");
        new->course = json_slug_or(line, "course", NULL);
        new->seat = (int32_t)json_int_or(line, "seat", 1, 99, 0);
        new->hold = json_bool_or(line, "hold", false);
    }
}

/* ---- POST /orders/{id}/lines ---- */

bool lines_parse(struct request *r, struct error *e) {
    (void)e;
    struct lines_in *in = r->parsed = ARENA_NEW(r->arena, struct lines_in);
    REQUEST_ONLY(r, "lines");
    lines_read(r, json_array(r->json, "lines", 1, ORDER_LINES_MAX), in);
    return true;
}

bool lines_run(struct act *act, struct request *r, struct error *e) {
    const struct lines_in *in = r->parsed;
    return order_add_lines(act, request_order(r), in->list, in->count, e) && order_reply(act, r, 200, request_order(r), e);
}

/* ---- DELETE /orders/{id}/lines/{line} ---- */

bool empty_parse(struct request *r, struct error *e) {
    (void)e;
    REQUEST_EMPTY(r);
    return true;
}

static struct line_id request_line(const struct request *r) {
    return (struct line_id){r->params[1].number};
}

bool line_remove_run(struct act *act, struct request *r, struct error *e) {
    return order_remove_line(act, request_order(r), request_line(r), e) && order_reply(act, r, 200, request_order(r), e);
}

/* ---- POST /orders/{id}/lines/{line}/void ---- */

struct void_in {
    int32_t quantity;
    const char *reason;
};

bool line_void_parse(struct request *r, struct error *e) {
    (void)e;
    struct void_in *in = r->parsed = ARENA_NEW(r->arena, struct void_in);
    REQUEST_ONLY(r, "quantity", "reason");
    in->quantity = (int32_t)json_int(r->json, "quantity", 1, ORDER_LINE_QUANTITY_MAX);
    in->reason = json_text(r->json, "reason", REASON_MAX);
    return true;
}

bool line_void_run(struct act *act, struct request *r, struct error *e) {
    const struct void_in *in = r->parsed;
    return order_void_line(act, request_order(r), request_line(r), in->quantity, in->reason, e) &&
           order_reply(act, r, 200, request_order(r), e);
}
