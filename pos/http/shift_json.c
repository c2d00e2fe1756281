/* A shift and its report in JSON. */
#include "pos/http/shapes.h"

/* What nobody may know before the count is null until it is closed. */
static void shape_once_closed(struct json into, const char *key, bool open, money value) {
    if (open)
        json_set_null(into, key);
    else
        json_set_int(into, key, value);
}

void shape_shift(struct json into, const struct shift *s) {
    json_set_int(into, "id", s->id.v);
    json_set_text(into, "till", s->till);
    json_set_text(into, "business_day", s->business_day);
    json_set_text(into, "state", s->open ? "open" : "closed");
    json_set_int(into, "float", s->float_amount);
    json_set_text(into, "opened_by", s->opened_by);
    shape_time(into, "opened_at", s->opened_at);
    json_set_text(into, "closed_by", s->open ? NULL : s->closed_by);
    shape_time(into, "closed_at", s->open ? 0 : s->closed_at);
    shape_once_closed(into, "z_number", s->open, s->z_number);
    shape_once_closed(into, "expected", s->open, s->expected);
    shape_once_closed(into, "counted", s->open, s->counted);
    shape_once_closed(into, "difference", s->open, s->difference);
}

static void shape_figures(struct json into, const struct shift_report *r) {
    struct json totals = json_set_object(into, "totals");
    json_set_int(totals, "gross", r->gross);
    json_set_int(totals, "discount", r->discount);
    json_set_int(totals, "courtesy", r->courtesy);
    json_set_int(totals, "net", r->net);
    json_set_int(totals, "base", r->base);
    json_set_int(totals, "tax", r->tax);
    json_set_int(totals, "tips", r->tips);
    json_set_int(totals, "adjustment", r->adjustment);
    json_set_int(totals, "collected", r->collected);
    struct json cash = json_set_object(into, "cash");
    json_set_int(cash, "float", r->shift.float_amount);
    json_set_int(cash, "sales", r->cash_sales);
    json_set_int(cash, "in", r->cash_in);
    json_set_int(cash, "out", r->cash_out);
    json_set_int(cash, "refunds", r->cash_refunds);
    json_set_int(cash, "tips_paid_out", r->tips_paid_out);
    json_set_int(cash, "expected", r->expected);
}

static void shape_taxes(struct json into, const struct shift_tax *list, size_t count) {
    struct json taxes = json_set_array(into, "taxes");
    for (size_t i = 0; i < count; i++) {
        struct json row = json_push_object(taxes);
        json_set_text(row, "name", list[i].name);
        json_set_int(row, "rate", list[i].rate);
        json_set_int(row, "gross", list[i].gross);
        json_set_int(row, "base", list[i].base);
        json_set_int(row, "tax", list[i].tax);
    }
}

static void shape_given_back(struct json into, const struct shift_refunds *r) {
    json_set_int(into, "count", r->count);
    json_set_int(into, "gross", r->gross);
    json_set_int(into, "discount", r->discount);
    json_set_int(into, "courtesy", r->courtesy);
    json_set_int(into, "net", r->net);
    json_set_int(into, "base", r->base);
    json_set_int(into, "tax", r->tax);
    json_set_int(into, "tips", r->tips);
    json_set_int(into, "adjustment", r->adjustment);
    json_set_int(into, "returned", r->returned);
    shape_taxes(into, r->taxes, r->tax_count);
}

static void shape_lists(struct json into, const struct shift_report *r, const struct site *site) {
    struct json means = json_set_array(into, "means");
    for (size_t i = 0; i < r->means_count; i++) {
        const struct shift_means *m = &r->means[i];
        const struct site_means *known = site_find_means(site, m->means);
        struct json row = json_push_object(means);
        json_set_text(row, "means", m->means);
        json_set_text(row, "kind", m->kind);
        json_set_text(row, "name", known ? known->name : m->means);
        json_set_int(row, "count", m->count);
        json_set_int(row, "amount", m->amount);
        json_set_int(row, "charged", m->charged);
        json_set_int(row, "refunded", m->refunded);
    }
    shape_taxes(into, r->taxes, r->tax_count);
    struct json count = json_set_array(into, "count");
    for (size_t i = 0; i < r->count_rows; i++) {
        struct json row = json_push_object(count);
        json_set_int(row, "denomination", r->count[i].denomination);
        json_set_int(row, "pieces", r->count[i].pieces);
    }
}

void shape_shift_report(struct json into, const struct shift_report *r, const struct site *site) {
    json_set_bool(into, "z", r->z);
    shape_shift(json_set_object(into, "shift"), &r->shift);
    json_set_int(into, "documents", r->documents);
    json_set_int(into, "voided_orders", r->voided_orders);
    json_set_int(into, "voided_lines", r->voided_lines);
    json_set_int(into, "drawer_openings", r->drawer_openings);
    json_set_text(into, "first_document", r->first_document);
    json_set_text(into, "last_document", r->last_document);
    shape_figures(into, r);
    shape_lists(into, r, site);
    shape_given_back(json_set_object(into, "refunds"), &r->refunds);
    json_set_text(into, "journal_head", r->z ? r->journal_head : NULL);
}
