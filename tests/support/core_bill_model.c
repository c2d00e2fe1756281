/* The bill a second time, for property tests. Contract: core_bill_model.h. */
#include "tests/support/core_bill_model.h"

#include <inttypes.h>
#include <string.h>

/* ---- the model ---- */

static __int128 half_up(__int128 num, __int128 den) {
    return (2 * num + den) / (2 * den);
}

/* Largest remainder, one peso after the other. */
static void model_share(const struct model *m, size_t n, __int128 whole, __int128 *parts) {
    __int128 left = whole;
    bool given[SAMPLE_LINES] = {false};
    for (size_t i = 0; i < n; i++) left -= parts[i] = whole * m->nets[i] / m->net;
    for (; left > 0; left--) {
        size_t best = n;
        for (size_t i = 0; i < n; i++)
            if (!given[i] && (best == n || whole * m->nets[i] % m->net > whole * m->nets[best] % m->net)) best = i;
        given[best] = true;
        parts[best]++;
    }
}

static void model_discount(const struct sample *s, const struct bill_discount_in *d, struct model *m) {
    __int128 parts[SAMPLE_LINES] = {0}, left = d->line == 0 ? m->net : 0, off;
    for (size_t i = 0; i < s->line_count; i++)
        if (s->lines[i].line == d->line) left = m->nets[i];
    if (left == 0) return;
    off = d->percent > 0 ? half_up(left * d->percent, RATE_ONE) : d->amount;
    if (off > left) off = left;
    if (d->line == 0) model_share(m, s->line_count, off, parts);
    for (size_t i = 0; i < s->line_count; i++) {
        if (s->lines[i].line == d->line) parts[i] = off;
        m->nets[i] -= parts[i];
        if (d->courtesy) m->courtesies[i] += parts[i];
    }
    m->net -= off;
    if (d->courtesy) m->courtesy += off;
}

const char *model_bill(const struct sample *s, struct model *m) {
    *m = (struct model){0};
    for (size_t i = 0; i < s->line_count; i++) {
        const struct bill_line_in *l = &s->lines[i];
        m->nets[i] = (__int128)l->unit_price * l->quantity;
        m->gross += m->nets[i];
        if (l->quantity > 0 && l->unit_price > MONEY_MAX) return "amount_too_large";
        if (m->nets[i] > MONEY_MAX || m->gross > MONEY_MAX) return "amount_too_large";
    }
    m->net = m->gross;
    for (size_t i = 0; i < s->discount_count; i++) model_discount(s, &s->discounts[i], m);
    for (size_t i = 0; i < s->line_count; i++) {
        __int128 net = 0;
        bool is_first = true;
        for (size_t j = 0; j < s->line_count; j++) {
            if (strcmp(s->lines[i].tax, s->lines[j].tax) != 0 || s->lines[i].tax_rate != s->lines[j].tax_rate) continue;
            net += m->nets[j];
            is_first = is_first && j >= i;
        }
        if (is_first) m->base += half_up(net * RATE_ONE, RATE_ONE + s->lines[i].tax_rate);
    }
    m->due = m->net + s->tip;
    return s->tip > MONEY_MAX || m->due > MONEY_MAX ? "amount_too_large" : NULL;
}

/* ---- what is wrong with totals ---- */

#define DIFFERS(member)                                                                                                          \
    if (x->member != y->member)                                                                                                  \
    return arena_printf(a, "%s: " #member " is %" PRId64 ", not %" PRId64, what, (int64_t)x->member, (int64_t)y->member)

const char *totals_differ(const char *what, const struct bill_totals *x, const struct bill_totals *y, struct arena *a) {
    DIFFERS(gross);
    DIFFERS(discount);
    DIFFERS(courtesy);
    DIFFERS(net);
    DIFFERS(base);
    DIFFERS(tax);
    DIFFERS(tip);
    DIFFERS(due);
    DIFFERS(line_count);
    DIFFERS(tax_count);
    for (size_t i = 0; i < x->line_count; i++) {
        DIFFERS(lines[i].line);
        DIFFERS(lines[i].quantity);
        DIFFERS(lines[i].gross);
        DIFFERS(lines[i].discount);
        DIFFERS(lines[i].courtesy);
        DIFFERS(lines[i].net);
        DIFFERS(lines[i].base);
        DIFFERS(lines[i].tax);
    }
    for (size_t i = 0; i < x->tax_count; i++) {
        DIFFERS(taxes[i].rate);
        DIFFERS(taxes[i].gross);
        DIFFERS(taxes[i].base);
        DIFFERS(taxes[i].amount);
    }
    return NULL;
}

void totals_add(struct bill_totals *sum, const struct bill_totals *part) {
    sum->gross += part->gross;
    sum->discount += part->discount;
    sum->courtesy += part->courtesy;
    sum->net += part->net;
    sum->base += part->base;
    sum->tax += part->tax;
    sum->tip += part->tip;
    sum->due += part->due;
    for (size_t i = 0; i < part->line_count; i++)
        for (size_t j = 0; j < sum->line_count; j++) {
            struct bill_line_out *to = &sum->lines[j];
            const struct bill_line_out *l = &part->lines[i];
            if (to->line != l->line) continue;
            to->quantity += l->quantity;
            to->gross += l->gross;
            to->discount += l->discount;
            to->courtesy += l->courtesy;
            to->net += l->net;
            to->base += l->base;
            to->tax += l->tax;
        }
    for (size_t i = 0; i < part->tax_count; i++)
        for (size_t j = 0; j < sum->tax_count; j++) {
            struct bill_tax_out *to = &sum->taxes[j];
            const struct bill_tax_out *x = &part->taxes[i];
            if (to->rate != x->rate || strcmp(to->tax, x->tax) != 0) continue;
            to->gross += x->gross;
            to->base += x->base;
            to->amount += x->amount;
        }
}

struct bill_totals totals_zero(const struct bill_totals *t, struct arena *a) {
    struct bill_totals z = {.line_count = t->line_count, .tax_count = t->tax_count};
    z.lines = ARENA_ARRAY(a, t->line_count + 1, struct bill_line_out);
    z.taxes = ARENA_ARRAY(a, t->tax_count + 1, struct bill_tax_out);
    for (size_t i = 0; i < t->line_count; i++)
        z.lines[i] = (struct bill_line_out){.line = t->lines[i].line, .category = t->lines[i].category, .rate = t->lines[i].rate};
    for (size_t i = 0; i < t->tax_count; i++)
        z.taxes[i] = (struct bill_tax_out){.tax = t->taxes[i].tax, .name = t->taxes[i].name, .rate = t->taxes[i].rate};
    return z;
}

static const char *negative_or_torn(const struct bill_line_out *l, struct arena *a) {
    if (l->quantity < 0 || l->courtesy < 0 || l->discount < l->courtesy || l->net < 0 || l->base < 0 || l->tax < 0 ||
        l->gross != l->net + l->discount || l->net != l->base + l->tax)
        return arena_printf(a,
                            "line %" PRId64 ": %" PRId64 " of %" PRId64 " less %" PRId64 " (given away %" PRId64 ") = %" PRId64
                            " = %" PRId64 " + %" PRId64,
                            l->line, l->quantity, l->gross, l->discount, l->courtesy, l->net, l->base, l->tax);
    return NULL;
}

const char *totals_unsound(const char *what, const struct bill_totals *t, struct arena *a) {
    struct bill_totals sum = totals_zero(t, a);
    sum.tip = t->tip;
    for (size_t i = 0; i < t->line_count; i++) {
        const struct bill_line_out *l = &t->lines[i];
        const char *wrong = negative_or_torn(l, a);
        if (wrong) return arena_printf(a, "%s: %s", what, wrong);
        struct bill_tax_out row = {.tax = l->category, .rate = l->rate, .gross = l->net, .base = l->base, .amount = l->tax};
        totals_add(&sum, &(struct bill_totals){.gross = l->gross,
                                               .discount = l->discount,
                                               .courtesy = l->courtesy,
                                               .net = l->net,
                                               .base = l->base,
                                               .tax = l->tax,
                                               .due = l->net,
                                               .lines = &t->lines[i],
                                               .line_count = 1,
                                               .taxes = &row,
                                               .tax_count = 1});
    }
    sum.due += t->tip;
    if (t->tip < 0) return arena_printf(a, "%s: a tip of %" PRId64, what, t->tip);
    return totals_differ(what, t, &sum, a);
}

const char *totals_far(const struct bill_totals *t, money most, struct arena *a) {
    for (size_t i = 0; i < t->tax_count; i++) {
        const struct bill_tax_out *x = &t->taxes[i];
        money own = x->gross - (money)half_up((__int128)x->gross * RATE_ONE, RATE_ONE + x->rate);
        if (x->amount > own + most || x->amount < own - most)
            return arena_printf(a, "%s at %d: %" PRId64 " of tax on %" PRId64 ", on its own %" PRId64, x->tax, x->rate, x->amount,
                                x->gross, own);
    }
    return NULL;
}
