/* Random bills for property tests. Contract: core_bill_sample.h. */
#include "tests/support/core_bill_sample.h"

#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/json.h"

#define SEED UINT64_C(20261124)
enum { ROUNDS = 5000 };

uint64_t sample_next(struct sample_random *r) {
    uint64_t z = r->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

int64_t sample_below(struct sample_random *r, int64_t bound) {
    return (int64_t)(sample_next(r) % (uint64_t)bound); /* the bias of a bound far below 2^64 does not matter here */
}

int64_t sample_from(struct sample_random *r, int64_t low, int64_t high) {
    return low + sample_below(r, high - low + 1);
}

void sample_shuffle(struct sample_random *r, size_t *order, size_t n) {
    for (size_t i = 0; i < n; i++) {
        size_t j = (size_t)sample_below(r, (int64_t)i + 1);
        order[i] = order[j];
        order[j] = i;
    }
}

static uint64_t from_environment(const char *name, uint64_t absent) {
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 10) : absent;
}

uint64_t sample_seed(void) {
    return from_environment("COMANDA_SEED", SEED);
}

int64_t sample_rounds(void) {
    return (int64_t)from_environment("COMANDA_BILLS", ROUNDS);
}

/* ---- making ---- */

static const struct {
    const char *tax;
    int32_t rate;
} categories[] = {{"INC", 800}, {"IVA", 1900}, {"Excluido", 0}, {"IVA", 500}, {"INC", 1600}, {"Todo", RATE_ONE}};

static money usual_price(struct sample_random *r) {
    switch (sample_below(r, 8)) {
    case 0:
        return sample_from(r, 1, 999);
    case 1:
        return sample_from(r, 1, 300000);
    case 2:
        return sample_below(r, 4) == 0 ? 0 : sample_from(r, 1, 40) * 5000;
    default:
        return sample_from(r, 4, 180) * 500;
    }
}

/* Here and below one draw a statement: the order of two in one expression would be the compiler's. */
static void make_line(struct sample_random *r, size_t at, struct bill_line_in *out) {
    size_t category = 0; /* most bills are of one or two categories */
    if (sample_below(r, 3) == 0) category = (size_t)sample_below(r, sizeof categories / sizeof *categories);
    *out = (struct bill_line_in){.line = (int64_t)at + 1,
                                 .tax = categories[category].tax,
                                 .tax_name = categories[category].tax,
                                 .tax_rate = categories[category].rate};
    out->unit_price = usual_price(r);
    out->quantity = sample_from(r, 1, 5);
    if (sample_below(r, 20) == 0) out->quantity = sample_from(r, 0, 200);
}

/* A number of 64 - from bits at most, 64 - to at least. */
static int64_t any_size(struct sample_random *r, int64_t from, int64_t to) {
    int64_t bits = sample_from(r, from, to);
    return (int64_t)(sample_next(r) >> bits);
}

/* Amounts whose sum is about where amounts end; one line in some goes beyond, up to where 64 bits end. */
static void make_huge(struct sample_random *r, size_t lines, struct bill_line_in *out) {
    int64_t halvings = sample_below(r, 6);
    out->quantity = sample_from(r, 1, 3);
    out->unit_price = sample_from(r, 1, MONEY_MAX / (int64_t)lines) >> halvings;
    if (sample_below(r, 20) == 0) out->unit_price = any_size(r, 1, 40);
    if (sample_below(r, 20) == 0) out->quantity = any_size(r, 1, 63);
}

static void make_discount(struct sample_random *r, const struct sample *s, struct bill_discount_in *out) {
    static const int32_t usual[] = {500, 1000, 1500, 2000, 5000, RATE_ONE};
    *out = (struct bill_discount_in){.courtesy = sample_below(r, 3) == 0};
    if (sample_below(r, 2)) out->line = sample_from(r, 1, (int64_t)s->line_count);
    if (sample_below(r, 2))
        out->percent = usual[sample_below(r, 6)];
    else if (sample_below(r, 2))
        out->percent = (int32_t)sample_from(r, 1, RATE_ONE);
    else
        out->amount = sample_below(r, 2) ? sample_from(r, 1, 10) * 1000 : sample_from(r, 1, 3000);
}

void sample_make(struct sample_random *r, enum sample_kind kind, struct sample *out) {
    *out = (struct sample){.line_count = (size_t)sample_from(r, 1, SAMPLE_LINES)};
    for (size_t i = 0; i < out->line_count; i++) {
        make_line(r, i, &out->lines[i]);
        if (kind == SAMPLE_HUGE) make_huge(r, out->line_count, &out->lines[i]);
    }
    if (sample_below(r, 2)) out->discount_count = (size_t)sample_from(r, 1, SAMPLE_DISCOUNTS);
    for (size_t i = 0; i < out->discount_count; i++) make_discount(r, out, &out->discounts[i]);
    if (sample_below(r, 2)) out->tip = kind == SAMPLE_HUGE ? any_size(r, 23, 40) : sample_from(r, 1, 60000);
    out->plan = sample_next(r);
}

bool sample_compute(const struct sample *s, struct arena *a, struct bill_totals *out, struct error *e) {
    return bill_compute(s->lines, s->line_count, s->discounts, s->discount_count, s->tip, a, out, e);
}

/* ---- making smaller ---- */

static void drop_discount(struct sample *s, size_t at) {
    for (size_t i = at; i + 1 < s->discount_count; i++) s->discounts[i] = s->discounts[i + 1];
    s->discount_count--;
}

static void drop_line(struct sample *s, size_t at) {
    int64_t mark = s->lines[at].line;
    for (size_t i = at; i + 1 < s->line_count; i++) s->lines[i] = s->lines[i + 1];
    s->line_count--;
    for (size_t i = s->discount_count; i-- > 0;)
        if (s->discounts[i].line == mark) drop_discount(s, i);
}

static bool lower(int64_t *value, int64_t to) {
    if (to == *value) return false;
    *value = to;
    return true;
}

/* The step-th smaller bill; false when it is no smaller. Steps go from the boldest to the most careful. */
static bool smaller(const struct sample *from, size_t step, struct sample *to, bool *end) {
    enum { PER_LINE = 6, PER_DISCOUNT = 4 };
    size_t lines = from->line_count, discounts = from->discount_count;
    *to = *from;
    *end = false;
    if (step < lines) return lines > 1 ? drop_line(to, step), true : false;
    if ((step -= lines) < discounts) return drop_discount(to, step), true;
    if ((step -= discounts) < lines * PER_LINE) {
        struct bill_line_in *l = &to->lines[step / PER_LINE];
        switch (step % PER_LINE) {
        case 0:
            return lower(&l->quantity, l->quantity > 1 ? 1 : l->quantity);
        case 1:
            return lower(&l->quantity, l->quantity / 2);
        case 2:
            return lower(&l->quantity, l->quantity > 0 ? l->quantity - 1 : 0);
        case 3:
            return lower(&l->unit_price, l->unit_price / 2);
        case 4:
            return lower(&l->unit_price, l->unit_price - l->unit_price % 1000);
        default:
            return lower(&l->unit_price, l->unit_price > 0 ? l->unit_price - 1 : 0);
        }
    }
    if ((step -= lines * PER_LINE) < discounts * PER_DISCOUNT) {
        struct bill_discount_in *d = &to->discounts[step / PER_DISCOUNT];
        int64_t percent = d->percent;
        bool is_less = true;
        switch (step % PER_DISCOUNT) {
        case 0:
            is_less = lower(&d->amount, d->amount / 2);
            break;
        case 1:
            is_less = lower(&d->amount, d->amount > 0 ? d->amount - 1 : 0);
            break;
        case 2:
            is_less = lower(&percent, percent / 2);
            break;
        default:
            is_less = lower(&percent, percent > 0 ? percent - 1 : 0);
            break;
        }
        d->percent = (int32_t)percent;
        return is_less;
    }
    step -= discounts * PER_DISCOUNT;
    *end = step > 2;
    return lower(&to->tip, step == 0 ? 0 : step == 1 ? to->tip / 2 : to->tip > 0 ? to->tip - 1 : 0);
}

static bool fails(sample_property *property, const struct sample *s) {
    struct arena *a = arena_open();
    bool failed = property(s, a) != NULL;
    arena_close(a);
    return failed;
}

void sample_shrink(sample_property *property, struct sample *s) {
    enum { TRIES_MAX = 20000 };
    struct sample candidate;
    bool end = false;
    size_t step = 0;
    for (int tries = 0; tries < TRIES_MAX && !end; tries++) {
        bool is_less = smaller(s, step, &candidate, &end);
        if (!end && is_less && fails(property, &candidate)) {
            *s = candidate;
            step = 0;
        } else {
            step++;
        }
    }
}

/* ---- telling ---- */

static const char *name_of(int64_t line, struct arena *a) {
    return arena_printf(a, "line %" PRId64, line);
}

static void tell_totals(const struct bill_totals *t, struct json c) {
    struct json expect = json_set_object(c, "expect");
    json_set_int(expect, "gross", t->gross);
    json_set_int(expect, "discount", t->discount);
    json_set_int(expect, "courtesy", t->courtesy);
    json_set_int(expect, "net", t->net);
    json_set_int(expect, "base", t->base);
    json_set_int(expect, "tax", t->tax);
    json_set_int(expect, "tip", t->tip);
    json_set_int(expect, "due", t->due);
    struct json taxes = json_set_array(expect, "taxes");
    for (size_t i = 0; i < t->tax_count; i++) {
        struct json row = json_push_object(taxes);
        json_set_text(row, "tax", t->taxes[i].name);
        json_set_int(row, "rate", t->taxes[i].rate);
        json_set_int(row, "gross", t->taxes[i].gross);
        json_set_int(row, "base", t->taxes[i].base);
        json_set_int(row, "amount", t->taxes[i].amount);
    }
}

/* Beyond what JSON holds exactly an amount is told as the largest it does: as refused as the real one. */
static int64_t told(int64_t value) {
    return value > JSON_INT_MAX ? JSON_INT_MAX : value;
}

const char *sample_json(const struct sample *s, struct arena *a) {
    struct json c = json_new_object(a), lines, discounts;
    struct bill_totals t;
    struct error e;
    json_set_text(c, "name", "a random bill made small");
    json_set_text(c, "note", arena_printf(a, "what the program makes of it, not what is right; plan %" PRIu64, s->plan));
    lines = json_set_array(c, "lines");
    for (size_t i = 0; i < s->line_count; i++) {
        struct json line = json_push_object(lines);
        json_set_text(line, "name", name_of(s->lines[i].line, a));
        json_set_int(line, "quantity", told(s->lines[i].quantity));
        json_set_int(line, "unit_price", told(s->lines[i].unit_price));
        json_set_text(line, "tax", s->lines[i].tax);
        json_set_int(line, "rate", s->lines[i].tax_rate);
    }
    discounts = json_set_array(c, "discounts");
    for (size_t i = 0; i < s->discount_count; i++) {
        const struct bill_discount_in *d = &s->discounts[i];
        struct json discount = json_push_object(discounts);
        if (d->line != 0) json_set_text(discount, "line", name_of(d->line, a));
        json_set_int(discount, d->percent > 0 ? "percent" : "amount", d->percent > 0 ? d->percent : d->amount);
        if (d->courtesy) json_set_bool(discount, "courtesy", true);
    }
    json_set_int(c, "tip", told(s->tip));
    if (sample_compute(s, a, &t, &e))
        tell_totals(&t, c);
    else
        json_set_text(c, "refused", e.code);
    return json_print(c, a, NULL);
}

void sample_check(const char *name, enum sample_kind kind, sample_property *property) {
    uint64_t seed = sample_seed();
    int64_t rounds = sample_rounds();
    struct sample_random r = {seed};
    for (int64_t i = 0; i < rounds; i++) {
        struct sample s;
        sample_make(&r, kind, &s);
        if (!fails(property, &s)) continue;
        struct arena *a = arena_open();
        sample_shrink(property, &s);
        ck_abort_msg("%s: bill %" PRId64 " of COMANDA_SEED=%" PRIu64 " fails; made small: %s\n%s", name, i, seed, property(&s, a),
                     sample_json(&s, a));
    }
    printf("%s: %" PRId64 " bills of seed %" PRIu64 "\n", name, rounds, seed);
}
