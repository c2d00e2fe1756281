/* POST /orders/{id}/payments. */
#include "pos/core/payment.h"

#include "pos/http/order_parts.h"
#include "pos/http/resources.h"
#include "pos/http/shapes.h"

struct payment_in {
    struct payment_new payment;
    struct json buyer;
};

/* {kind, number, name} of the API in the members the core keeps. */
static void read_buyer(struct request *r, struct payment_in *in) {
    struct json given = json_object_or_none(r->json, "buyer");
    if (!json_exists(given)) return;
    JSON_ONLY(given, "kind", "number", "name");
    in->buyer = json_new_object(r->arena);
    json_set_text(in->buyer, "name", json_text(given, "name", PAYMENT_BUYER_MAX));
    json_set_text(in->buyer, "document", json_text(given, "number", PAYMENT_BUYER_MAX));
    json_set_text(in->buyer, "document_type", json_text(given, "kind", PAYMENT_BUYER_MAX));
    in->payment.buyer = &in->buyer;
}

bool payment_parse(struct request *r, struct error *e) {
    (void)e;
    struct payment_in *in = r->parsed = ARENA_NEW(r->arena, struct payment_in);
    REQUEST_ONLY(r, "check", "means", "amount", "tendered", "reference", "buyer");
    in->payment.bill.v = json_int_or(r->json, "check", 1, JSON_INT_MAX, 0);
    in->payment.means = json_slug(r->json, "means");
    in->payment.amount = json_int_or(r->json, "amount", 1, MONEY_MAX, 0);
    in->payment.tendered = json_int_or(r->json, "tendered", 1, MONEY_MAX, 0);
    in->payment.reference = json_text_or(r->json, "reference", PAYMENT_REFERENCE_MAX, "");
    read_buyer(r, in);
    return true;
}

bool payment_run(struct act *act, struct request *r, struct error *e) {
    const struct payment_in *in = r->parsed;
    struct payment_done done;
    if (!payment_take(act, request_order(r), &in->payment, &done, e)) return false;
    struct json answer = json_new_object(r->arena), payment = json_set_object(answer, "payment");
    json_set_int(payment, "id", done.id);
    json_set_int(payment, "charged", done.charged);
    json_set_int(payment, "change", done.change);
    json_set_int(payment, "adjustment", done.adjustment);
    if (!order_member(act, json_set_object(answer, "order"), request_order(r), e)) return false;
    if (done.closed) {
        struct json receipt = json_set_object(answer, "receipt");
        json_set_text(receipt, "number", done.document);
        shape_int_or_null(receipt, "job", done.receipt.v);
        json_set_text(receipt, "numbering_warning", number_warning_names[done.numbering_warning]);
    } else {
        json_set_null(answer, "receipt");
    }
    reply_json(r, 201, answer);
    return true;
}
