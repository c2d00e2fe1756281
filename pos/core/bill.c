/* The bill's arithmetic: gross, discounts, taxes and tip, each defined here and nowhere else. */
#include "pos/core/bill.h"

#include <string.h>

static bool gross_of_lines(const struct bill_line_in *in, size_t n, struct bill_totals *t, struct error *e) {
    for (size_t i = 0; i < n; i++) {
        if (in[i].quantity <= 0) continue;
        struct bill_line_out *line = &t->lines[t->line_count++];
        line->line = in[i].line;
        line->quantity = in[i].quantity;
        line->category = in[i].tax;
        line->rate = in[i].tax_rate;
        if (!money_times(in[i].unit_price, in[i].quantity, &line->gross, e)) return false;
        line->net = line->gross;
        if (!money_add(t->gross, line->gross, &t->gross, e)) return false;
        t->net += line->net;
    }
    return true;
}

static void take_off(struct bill_line_out *line, money amount, bool courtesy, struct bill_totals *t) {
    line->discount += amount;
    line->net -= amount;
    t->discount += amount;
    t->net -= amount;
    if (!courtesy) return;
    line->courtesy += amount;
    t->courtesy += amount;
}

/* What a discount comes to on what is left. */
static money discount_of(const struct bill_discount_in *d, money left) {
    money off = d->percent > 0 ? money_percent(left, d->percent) : d->amount;
    return off < left ? off : left;
}

static money discount_line(const struct bill_discount_in *d, struct bill_totals *t) {
    for (size_t i = 0; i < t->line_count; i++) {
        if (t->lines[i].line != d->line) continue;
        money off = discount_of(d, t->lines[i].net);
        take_off(&t->lines[i], off, d->courtesy, t);
        return off;
    }
    return 0;
}

/* One discount of the whole bill, off what the lines still come to. */
static bool discount_bill(const struct bill_discount_in *d, struct arena *a, struct bill_totals *t, money *off, struct error *e) {
    *off = discount_of(d, t->net);
    if (*off == 0) return true;
    money *parts = ARENA_ARRAY(a, t->line_count, money);
    for (size_t i = 0; i < t->line_count; i++) parts[i] = t->lines[i].net;
    if (!money_apportion(*off, parts, t->line_count, parts, e)) return false;
    for (size_t i = 0; i < t->line_count; i++) take_off(&t->lines[i], parts[i], d->courtesy, t);
    return true;
}

static bool discount_all(const struct bill_discount_in *in, size_t n, struct arena *a, struct bill_totals *t, struct error *e) {
    money *off = ARENA_ARRAY(a, n + 1, money);
    t->off = off;
    for (size_t i = 0; i < n; i++) {
        const struct bill_discount_in *d = &in[i];
        if (d->percent < 0 || d->percent > RATE_ONE || d->amount < 0 || (d->percent > 0 && d->amount > 0))
            return error_fail(e, ERROR_INVALID, "invalid_field", "a discount is a percentage up to 100 or an amount");
        if (d->line != 0)
            off[i] = discount_line(d, t);
        else if (!discount_bill(d, a, t, &off[i], e))
            return false;
    }
    return true;
}

/* By rate, those without tax last: as they stand on paper. */
static int row_order(const struct bill_line_in *in, const struct bill_tax_out *x) {
    if ((in->tax_rate == 0) != (x->rate == 0)) return in->tax_rate == 0 ? 1 : -1;
    return in->tax_rate != x->rate ? in->tax_rate - x->rate : strcmp(in->tax, x->tax);
}

/* Where the row of a category stands, or would; a category whose rate changed while the order was open has one for each rate. */
static size_t tax_row(const struct bill_line_in *in, const struct bill_totals *t) {
    size_t row = 0;
    while (row < t->tax_count && row_order(in, &t->taxes[row]) > 0) row++;
    return row;
}

static void make_rows(const struct bill_line_in *in, size_t n, struct bill_totals *t) {
    for (size_t i = 0; i < n; i++) {
        size_t row = tax_row(&in[i], t);
        if (in[i].quantity <= 0 || (row < t->tax_count && row_order(&in[i], &t->taxes[row]) == 0)) continue;
        memmove(&t->taxes[row + 1], &t->taxes[row], (t->tax_count++ - row) * sizeof *t->taxes);
        t->taxes[row] = (struct bill_tax_out){.tax = in[i].tax, .name = in[i].tax_name, .rate = in[i].tax_rate};
    }
}

/* The tax of one row over its lines. */
static bool share_tax(const size_t *row_of, size_t row, struct arena *a, struct bill_totals *t, struct error *e) {
    money *weights = ARENA_ARRAY(a, t->line_count, money), *parts = ARENA_ARRAY(a, t->line_count, money);
    size_t n = 0;
    for (size_t i = 0; i < t->line_count; i++)
        if (row_of[i] == row) weights[n++] = t->lines[i].net;
    if (!money_apportion(t->taxes[row].amount, weights, n, parts, e)) return false;
    n = 0;
    for (size_t i = 0; i < t->line_count; i++) {
        if (row_of[i] != row) continue;
        t->lines[i].tax = parts[n++];
        t->lines[i].base = t->lines[i].net - t->lines[i].tax;
    }
    return true;
}

static bool taxes_of_bill(const struct bill_line_in *in, size_t n, struct arena *a, struct bill_totals *t, struct error *e) {
    size_t *row_of = ARENA_ARRAY(a, t->line_count, size_t), at = 0;
    make_rows(in, n, t);
    for (size_t i = 0; i < n; i++) {
        if (in[i].quantity <= 0) continue;
        row_of[at] = tax_row(&in[i], t);
        t->taxes[row_of[at]].gross += t->lines[at].net;
        at++;
    }
    for (size_t row = 0; row < t->tax_count; row++) {
        struct bill_tax_out *tax = &t->taxes[row];
        struct money_parts parts = money_split_tax(tax->gross, tax->rate);
        tax->base = parts.base;
        tax->amount = parts.tax;
        t->base += parts.base;
        t->tax += parts.tax;
        if (!share_tax(row_of, row, a, t, e)) return false;
    }
    return true;
}

bool bill_compute(const struct bill_line_in *lines, size_t n, const struct bill_discount_in *discounts, size_t discount_count,
                  money tip, struct arena *a, struct bill_totals *out, struct error *e) {
    *out = (struct bill_totals){.tip = tip,
                                .lines = ARENA_ARRAY(a, n ? n : 1, struct bill_line_out),
                                .taxes = ARENA_ARRAY(a, n ? n : 1, struct bill_tax_out)};
    if (!gross_of_lines(lines, n, out, e) || !discount_all(discounts, discount_count, a, out, e)) return false;
    if (!taxes_of_bill(lines, n, a, out, e)) return false;
    return money_add(out->net, tip, &out->due, e);
}

/* base <= MONEY_MAX and a rate is at most RATE_ONE: the product stays far inside 64 bits. */
money bill_tip_ceiling(const struct bill_totals *totals, int32_t tip_max_rate) {
    return totals->base * tip_max_rate / RATE_ONE;
}

struct bill_cash bill_cash_due(money due, money coin) {
    money charged = money_round_down(due, coin);
    return (struct bill_cash){.charged = charged, .adjustment = charged - due};
}

bool bill_needs_electronic(const struct bill_totals *totals, money uvt, int32_t limit) {
    return uvt > 0 && totals->base > uvt * limit;
}
