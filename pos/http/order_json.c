/* An order in JSON. */
#include "pos/http/shapes.h"

static void shape_totals(struct json into, const struct bill_totals *t) {
    json_set_int(into, "gross", t->gross);
    json_set_int(into, "discount", t->discount);
    json_set_int(into, "net", t->net);
    json_set_int(into, "base", t->base);
    json_set_int(into, "tax", t->tax);
    struct json taxes = json_set_array(into, "taxes");
    for (size_t i = 0; i < t->tax_count; i++) {
        struct json tax = json_push_object(taxes);
        json_set_text(tax, "name", t->taxes[i].name);
        json_set_int(tax, "rate", t->taxes[i].rate);
        json_set_int(tax, "gross", t->taxes[i].gross);
        json_set_int(tax, "base", t->taxes[i].base);
        json_set_int(tax, "tax", t->taxes[i].amount);
    }
    json_set_int(into, "tip", t->tip);
    json_set_int(into, "due", t->due);
}

/* What the line comes to before discounts; nothing when all of it was taken back. */
static money amount_of(const struct order *order, struct line_id line) {
    for (size_t i = 0; i < order->totals.line_count; i++)
        if (order->totals.lines[i].line == line.v) return order->totals.lines[i].gross;
    return 0;
}

static void shape_line(struct json into, const struct order *order, const struct order_line *line) {
    json_set_int(into, "id", line->id.v);
    json_set_text(into, "item", line->item);
    json_set_text(into, "name", line->name);
    json_set_text(into, "category", line->category);
    json_set_text(into, "course", line->course);
    shape_int_or_null(into, "seat", line->seat);
    json_set_int(into, "quantity", line->quantity);
    json_set_int(into, "voided", line->voided);
    json_set_int(into, "sent", line->sent);
    json_set_bool(into, "held", line->held);
    json_set_bool(into, "changed", line->changed);
    json_set_int(into, "unit_price", line->unit_price);
    json_set_int(into, "amount", amount_of(order, line->id));
    json_set_text(into, "note", line->note);
    json_set_int(into, "tax_rate", line->tax_rate);
    struct json options = json_set_array(into, "options");
    for (size_t i = 0; i < line->option_count; i++) {
        const struct order_option *o = &line->options[i];
        struct json option = json_push_object(options);
        json_set_text(option, "group", o->group);
        json_set_text(option, "option", o->option);
        json_set_text(option, "name", o->name);
        json_set_int(option, "quantity", o->quantity);
        json_set_int(option, "price", o->price);
    }
}

static void shape_check(struct json into, const struct order_bill *bill) {
    json_set_int(into, "id", bill->id.v);
    json_set_int(into, "position", bill->position);
    json_set_text(into, "state", bill->paid ? "paid" : "open");
    shape_totals(json_set_object(into, "totals"), &bill->totals);
    json_set_int(into, "settled", bill->settled);
    json_set_text(into, "document", bill->document);
}

static void shape_payment(struct json into, const struct order_payment *p) {
    json_set_int(into, "id", p->id);
    shape_time(into, "at", p->at);
    json_set_text(into, "kind", p->kind);
    json_set_text(into, "means", p->means);
    json_set_int(into, "amount", p->amount);
    json_set_int(into, "charged", p->charged);
    json_set_int(into, "adjustment", p->adjustment);
    json_set_int(into, "tendered", p->tendered);
    json_set_int(into, "change", p->change);
    json_set_text(into, "reference", p->reference);
}

static void shape_head(struct json into, const struct order *order) {
    json_set_int(into, "id", order->id.v);
    json_set_int(into, "number", order->number);
    json_set_int(into, "version", order->version);
    json_set_text(into, "kind", order_kind_names[order->kind]);
    json_set_text(into, "table", order->table);
    json_set_text(into, "name", order->name);
    shape_int_or_null(into, "covers", order->covers);
    json_set_text(into, "state", order_state_names[order->state]);
    json_set_text(into, "opened_by", order->opened_by);
    shape_time(into, "opened_at", order->opened_at);
    shape_time(into, "ended_at", order->ended_at);
    json_set_text(into, "void_reason", order->void_reason);
    json_set_int(into, "sends", order->sends);
    json_set_bool(into, "changed", order->changed);
}

void shape_order(struct json into, const struct order *order, const struct site *site) {
    shape_head(into, order);
    struct json lines = json_set_array(into, "lines");
    for (size_t i = 0; i < order->line_count; i++) shape_line(json_push_object(lines), order, &order->lines[i]);
    struct json checks = json_set_array(into, "checks");
    for (size_t i = 0; i < order->bill_count; i++) shape_check(json_push_object(checks), &order->bills[i]);
    shape_totals(json_set_object(into, "totals"), &order->totals);
    json_set_int(into, "paid", order->paid);
    json_set_int(into, "balance", order->balance);
    json_set_int(into, "cash_due", bill_cash_due(order->balance, site->coin).charged);
    struct json tip = json_set_object(into, "tip");
    json_set_text(tip, "state", tip_answer_names[order->tip_answer]);
    json_set_int(tip, "amount", order->totals.tip);
    json_set_int(tip, "ceiling", bill_tip_ceiling(&order->totals, site->tip_max_rate));
    struct json payments = json_set_array(into, "payments");
    for (size_t i = 0; i < order->payment_count; i++) shape_payment(json_push_object(payments), &order->payments[i]);
}

void shape_order_summary(struct json into, const struct order_summary *o) {
    json_set_int(into, "id", o->id.v);
    json_set_int(into, "number", o->number);
    json_set_int(into, "version", o->version);
    json_set_text(into, "kind", order_kind_names[o->kind]);
    json_set_text(into, "table", o->table);
    json_set_text(into, "name", o->name);
    shape_int_or_null(into, "covers", o->covers);
    json_set_text(into, "state", order_state_names[o->state]);
    json_set_text(into, "opened_by", o->opened_by);
    shape_time(into, "opened_at", o->opened_at);
    json_set_int(into, "net", o->net);
    json_set_bool(into, "changed", o->changed);
    json_set_int(into, "unprinted", o->unprinted);
}
