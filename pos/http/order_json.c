/* An order in JSON. */
#include "pos/http/shapes.h"

static void shape_totals(struct json into, const struct bill_totals *t) {
    json_set_int(into, "gross", t->gross);
    json_set_int(into, "discount", t->discount);
    json_set_int(into, "courtesy", t->courtesy);
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

static void shape_tip(struct json into, enum tip_answer answer, const struct bill_totals *t, const struct site *site) {
    json_set_text(into, "state", tip_answer_names[answer]);
    json_set_int(into, "amount", t->tip);
    json_set_int(into, "ceiling", bill_tip_ceiling(t, site->tip_max_rate));
}

static void shape_check(struct json into, const struct order_bill *bill, const struct site *site) {
    json_set_int(into, "id", bill->id.v);
    json_set_int(into, "position", bill->position);
    json_set_text(into, "label", bill->label);
    json_set_text(into, "state", !bill->counts ? "refunded" : bill->paid ? "paid" : "open");
    json_set_bool(into, "fixed", bill->split != 0 || bill->paid);
    json_set_int(into, "due", bill->totals.due);
    shape_totals(json_set_object(into, "totals"), &bill->totals);
    shape_tip(json_set_object(into, "tip"), bill->tip_answer, &bill->totals, site);
    json_set_int(into, "settled", bill->settled);
    json_set_int(into, "balance", bill->balance);
    json_set_int(into, "cash_due", bill_cash_due(bill->balance, site->coin).charged);
    json_set_int(into, "refunded", bill->refunded);
    json_set_text(into, "document", bill->document);
    struct json lines = json_set_array(into, "lines");
    for (size_t i = 0; i < bill->totals.line_count; i++) {
        const struct bill_line_out *l = &bill->totals.lines[i];
        struct json line = json_push_object(lines);
        json_set_int(line, "line", l->line);
        json_set_int(line, "quantity", l->quantity);
        json_set_int(line, "gross", l->gross);
        json_set_int(line, "discount", l->discount);
        json_set_int(line, "courtesy", l->courtesy);
        json_set_int(line, "net", l->net);
    }
}

static void shape_discount(struct json into, const struct order_discount *d) {
    json_set_int(into, "id", d->id);
    json_set_text(into, "kind", d->courtesy ? "courtesy" : "discount");
    shape_int_or_null(into, "line", d->line.v);
    shape_int_or_null(into, "percent", d->percent);
    shape_int_or_null(into, "amount", d->amount);
    json_set_int(into, "value", d->value);
    json_set_bool(into, "fixed", d->split != 0);
    json_set_text(into, "reason", d->reason);
    json_set_text(into, "by", d->by);
    json_set_text(into, "approved_by", d->approved_by);
    shape_time(into, "at", d->at);
}

static void shape_payment(struct json into, const struct order_payment *p) {
    json_set_int(into, "id", p->id);
    json_set_int(into, "check", p->bill.v);
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
    json_set_text(into, "served_by", order->served_by);
    shape_time(into, "opened_at", order->opened_at);
    shape_time(into, "ended_at", order->ended_at);
    json_set_text(into, "void_reason", order->void_reason);
    shape_int_or_null(into, "merged_into", order->merged_into.v);
    json_set_int(into, "sends", order->sends);
    json_set_bool(into, "changed", order->changed);
}

void shape_order(struct json into, const struct order *order, const struct site *site) {
    shape_head(into, order);
    struct json lines = json_set_array(into, "lines");
    for (size_t i = 0; i < order->line_count; i++) shape_line(json_push_object(lines), order, &order->lines[i]);
    struct json checks = json_set_array(into, "checks");
    for (size_t i = 0; i < order->bill_count; i++) shape_check(json_push_object(checks), &order->bills[i], site);
    struct json discounts = json_set_array(into, "discounts");
    for (size_t i = 0; i < order->discount_count; i++) shape_discount(json_push_object(discounts), &order->discounts[i]);
    shape_totals(json_set_object(into, "totals"), &order->totals);
    json_set_int(into, "paid", order->paid);
    json_set_int(into, "balance", order->balance);
    json_set_int(into, "cash_due", bill_cash_due(order->balance, site->coin).charged);
    shape_tip(json_set_object(into, "tip"), order->tip_answer, &order->totals, site);
    struct json payments = json_set_array(into, "payments");
    for (size_t i = 0; i < order->payment_count; i++) shape_payment(json_push_object(payments), &order->payments[i]);
    shape_refunds(into, order);
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
    json_set_text(into, "served_by", o->served_by);
    shape_time(into, "opened_at", o->opened_at);
    json_set_int(into, "net", o->net);
    json_set_bool(into, "changed", o->changed);
    json_set_int(into, "unprinted", o->unprinted);
}
