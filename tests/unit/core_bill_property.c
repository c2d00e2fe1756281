/* What holds for every bill: thousands of random ones against a model of their own, and taken apart in every way. COMANDA_SEED
 * and COMANDA_BILLS choose others and more; a failing one is printed as small as it gets. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/core_bill_model.h"
#include "tests/support/core_bill_sample.h"
#include "tests/support/data_suite.h"

/* ---- the properties ---- */

static const char *is_the_models(const struct sample *s, struct arena *a) {
    struct model m;
    struct bill_totals t;
    struct error e;
    const char *refused = model_bill(s, &m), *wrong;
    bool done = sample_compute(s, a, &t, &e);
    if (!done && (!refused || strcmp(refused, e.code) != 0))
        return arena_printf(a, "refused as %s, in the model %s", e.code, refused ? refused : "computed");
    if (!done) return NULL;
    if (refused) return arena_printf(a, "computed, in the model %s", refused);
    if (t.gross != m.gross || t.net != m.net || t.courtesy != m.courtesy || t.base != m.base || t.due != m.due)
        return arena_printf(a, "%" PRId64 " = %" PRId64 " + %" PRId64 ", in the model %" PRId64 " = %" PRId64 " + …", t.net,
                            t.base, t.tax, (int64_t)m.net, (int64_t)m.base);
    for (size_t i = 0, at = 0; i < s->line_count; i++) {
        if (s->lines[i].quantity == 0) continue;
        const struct bill_line_out *l = &t.lines[at++];
        if (l->line != s->lines[i].line || l->net != m.nets[i] || l->courtesy != m.courtesies[i])
            return arena_printf(a, "line %" PRId64 ": net %" PRId64 ", in the model %" PRId64, l->line, l->net,
                                (int64_t)m.nets[i]);
    }
    if ((wrong = totals_unsound("the bill", &t, a)) || (wrong = totals_far(&t, 0, a))) return wrong;
    money ceiling = bill_tip_ceiling(&t, 1000);
    if (ceiling * 10 > t.base || (ceiling + 1) * 10 <= t.base) return arena_printf(a, "a highest tip of %" PRId64, ceiling);
    struct bill_cash cash = bill_cash_due(t.due, 50);
    if (cash.charged % 50 || cash.adjustment > 0 || cash.adjustment <= -50 || cash.charged - cash.adjustment != t.due)
        return arena_printf(a, "in cash %" PRId64 " and %" PRId64, cash.charged, cash.adjustment);
    return NULL;
}

/* Some of what is left, by dishes. */
static bool take_some(struct sample_random *r, struct bill_pool *pool, bool with_tip, struct arena *a, struct bill_totals *out,
                      struct error *e) {
    struct bill_pick picks[2 * SAMPLE_LINES];
    size_t n = 0;
    for (size_t i = 0; i < pool->rest.line_count; i++) {
        int64_t left = pool->rest.lines[i].quantity;
        if (left == 0 || sample_below(r, 2)) continue;
        picks[n].line = pool->rest.lines[i].line;
        picks[n++].quantity = sample_below(r, 2) ? left : sample_from(r, 1, left);
    }
    return bill_take_lines(pool, picks, n, with_tip, a, out, e);
}

static const char *any_takes_add_up(const struct sample *s, struct arena *a) {
    struct sample_random r = {s->plan};
    struct bill_totals whole, part, sum, both;
    struct bill_pool pool;
    struct error e;
    const char *wrong;
    if (!sample_compute(s, a, &whole, &e)) return NULL;
    sum = totals_zero(&whole, a);
    bill_pool_open(&whole, a, &pool);
    for (int64_t takes = sample_below(&r, 6); takes >= 0; takes--) {
        bool done = true;
        if (takes == 0)
            bill_take_rest(&pool, a, &part);
        else if (sample_below(&r, 2))
            done = take_some(&r, &pool, sample_below(&r, 2), a, &part, &e);
        else
            done = bill_take_due(&pool, sample_from(&r, 0, pool.rest.due), a, &part, &e);
        if (!done) return arena_printf(a, "refused: %s", e.message);
        totals_add(&sum, &part);
        both = totals_zero(&whole, a);
        totals_add(&both, &sum);
        totals_add(&both, &pool.rest);
        if ((wrong = totals_unsound("a part", &part, a)) || (wrong = totals_unsound("the rest", &pool.rest, a)) ||
            (wrong = totals_differ("parts and rest", &both, &whole, a)))
            return wrong;
    }
    if (pool.rest.due != 0) return "something is left";
    return totals_differ("all parts", &sum, &whole, a);
}

static const char *even_parts_are_even(const struct sample *s, struct arena *a) {
    struct sample_random r = {s->plan};
    size_t ways = (size_t)(sample_below(&r, 3) ? sample_from(&r, 2, 6) : sample_from(&r, 2, 50));
    struct bill_totals whole, sum, *parts = ARENA_ARRAY(a, ways, struct bill_totals);
    struct error e;
    const char *wrong;
    if (!sample_compute(s, a, &whole, &e)) return NULL;
    if (!bill_split_evenly(&whole, ways, a, parts, &e)) return arena_printf(a, "refused: %s", e.message);
    sum = totals_zero(&whole, a);
    for (size_t i = 0; i < ways; i++) {
        totals_add(&sum, &parts[i]);
        if ((wrong = totals_unsound("a part", &parts[i], a)) || (wrong = totals_far(&parts[i], 1, a)))
            return arena_printf(a, "part %zu of %zu: %s", i + 1, ways, wrong);
        if (parts[0].due - parts[i].due > 1 || (i > 0 && parts[i].due > parts[i - 1].due))
            return arena_printf(a, "part %zu of %zu is due %" PRId64 ", the first %" PRId64, i + 1, ways, parts[i].due,
                                parts[0].due);
    }
    return totals_differ("all parts", &sum, &whole, a);
}

static const char *parts_by_amount_are_taxed_as_on_their_own(const struct sample *s, struct arena *a) {
    struct sample_random r = {s->plan};
    struct bill_totals whole, part;
    struct bill_pool pool;
    struct error e;
    const char *wrong = NULL;
    if (!sample_compute(s, a, &whole, &e)) return NULL;
    bill_pool_open(&whole, a, &pool);
    while (pool.rest.due > 0 && !wrong) {
        money most = sample_below(&r, 4) ? pool.rest.due / 3 : pool.rest.due, due = sample_from(&r, 1, most > 0 ? most : 1);
        if (!bill_take_due(&pool, due, a, &part, &e)) return arena_printf(a, "refused: %s", e.message);
        if (part.due != due) return arena_printf(a, "due %" PRId64 " when %" PRId64 " was asked", part.due, due);
        wrong = totals_far(&part, 1, a);
    }
    return wrong;
}

/* Each refund begins with what was sold and takes out what was given back before, as the till does. */
static const char *refunds_in_any_order_are_the_sale(const struct sample *s, struct arena *a) {
    struct sample_random r = {s->plan};
    struct bill_totals whole, sum, *gone = ARENA_ARRAY(a, 64, struct bill_totals);
    struct bill_pool pool;
    struct error e;
    bool with_tip = sample_below(&r, 2);
    if (!sample_compute(s, a, &whole, &e)) return NULL;
    sum = totals_zero(&whole, a);
    for (size_t n = 0; n < 64; n++) {
        int64_t left = 0;
        bill_pool_open(&whole, a, &pool);
        for (size_t i = 0; i < n; i++)
            if (!bill_pool_less(&pool, &gone[i], &e)) return arena_printf(a, "refund %zu: %s", n + 1, e.message);
        for (size_t i = 0; i < pool.rest.line_count; i++) left += pool.rest.lines[i].quantity;
        if (left == 0 || n == 63) {
            bill_take_rest(&pool, a, &gone[n]); /* a tip at most */
            totals_add(&sum, &gone[n]);
            if (left == 0 && n > 0 && gone[n].due > (with_tip ? 0 : whole.tip)) return "more than the tip is left";
            return totals_differ("all refunds", &sum, &whole, a);
        }
        if (!take_some(&r, &pool, with_tip, a, &gone[n], &e)) return arena_printf(a, "refused: %s", e.message);
        totals_add(&sum, &gone[n]);
    }
    return NULL;
}

static const char *a_lines_discount_leaves_other_lines_alone(const struct sample *s, struct arena *a) {
    struct sample some = *s, other;
    struct bill_totals t, u;
    struct error e;
    some.discount_count = 0;
    for (size_t i = 0; i < s->discount_count; i++)
        if (s->discounts[i].line != 0) some.discounts[some.discount_count++] = s->discounts[i];
    if (some.discount_count == 0 || !sample_compute(&some, a, &t, &e)) return NULL;

    other = some; /* lines the other way round; those of one line stay in their order */
    for (size_t i = 0; i < other.discount_count; i++)
        for (size_t j = i; j > 0 && other.discounts[j - 1].line < other.discounts[j].line; j--) {
            struct bill_discount_in swap = other.discounts[j];
            other.discounts[j] = other.discounts[j - 1];
            other.discounts[j - 1] = swap;
        }
    if (!sample_compute(&other, a, &u, &e)) return arena_printf(a, "in another order refused: %s", e.message);
    const char *wrong = totals_differ("in another order", &u, &t, a);
    if (wrong) return wrong;

    other = some;
    other.tip = 0; /* with it the bill might be too large without its discount */
    int64_t line = some.discounts[0].line;
    other.discount_count = 0;
    for (size_t i = 0; i < some.discount_count; i++)
        if (some.discounts[i].line != line) other.discounts[other.discount_count++] = some.discounts[i];
    if (!sample_compute(&other, a, &u, &e)) return arena_printf(a, "without one refused: %s", e.message);
    for (size_t i = 0; i < t.line_count; i++)
        if (t.lines[i].line != line && (t.lines[i].net != u.lines[i].net || t.lines[i].courtesy != u.lines[i].courtesy))
            return arena_printf(a, "a discount of line %" PRId64 " moves line %" PRId64, line, t.lines[i].line);
    return NULL;
}

/* Ties go to the earlier line: with one discount of the whole, a peso may stand elsewhere; its total never changes. */
static const char *the_order_of_lines_changes_no_total(const struct sample *s, struct arena *a) {
    struct sample_random r = {s->plan};
    struct sample other = *s;
    struct bill_totals t, u;
    struct error e;
    size_t order[SAMPLE_LINES], whole = 0;
    for (size_t i = 0; i < s->discount_count; i++) {
        if (s->discounts[i].line == 0)
            whole++;
        else if (whole > 0)
            return NULL; /* a share of a line that a tie moved: another bill */
    }
    if (whole > 1 || !sample_compute(s, a, &t, &e)) return NULL;
    sample_shuffle(&r, order, s->line_count);
    for (size_t i = 0; i < s->line_count; i++) other.lines[i] = s->lines[order[i]];
    if (!sample_compute(&other, a, &u, &e)) return arena_printf(a, "in another order refused: %s", e.message);
    if (t.gross != u.gross || t.discount != u.discount || t.courtesy != u.courtesy || t.net != u.net || t.due != u.due)
        return "totals";
    if (whole == 0 && (t.base != u.base || t.tax != u.tax)) return "base and tax";
    for (size_t i = 0; i < t.line_count; i++)
        for (size_t j = 0; j < u.line_count; j++)
            if (t.lines[i].line == u.lines[j].line && llabs(t.lines[i].net - u.lines[j].net) > (int64_t)whole)
                return arena_printf(a, "line %" PRId64 ": net %" PRId64 " and %" PRId64, t.lines[i].line, t.lines[i].net,
                                    u.lines[j].net);
    return NULL;
}

#define HOLDS(property)                                                                                                          \
    START_TEST(property##_test) {                                                                                                \
        sample_check(#property, SAMPLE_USUAL, property);                                                                         \
        sample_check(#property " (huge amounts)", SAMPLE_HUGE, property);                                                        \
    }                                                                                                                            \
    END_TEST
HOLDS(is_the_models)
HOLDS(any_takes_add_up)
HOLDS(even_parts_are_even)
HOLDS(parts_by_amount_are_taxed_as_on_their_own)
HOLDS(refunds_in_any_order_are_the_sale)
HOLDS(a_lines_discount_leaves_other_lines_alone)
HOLDS(the_order_of_lines_changes_no_total)

/* ---- the means: that bills are made of every sort, and that a failing one becomes small ---- */

START_TEST(bills_are_of_every_sort) {
    struct sample_random r = {sample_seed()};
    struct arena *a = arena_open();
    int64_t computed[2] = {0}, cut = 0, huge = 0, rounds = sample_rounds();
    for (int64_t i = 0; i < 2 * rounds; i++) {
        struct sample s;
        struct bill_totals t;
        struct error e;
        enum sample_kind kind = i % 2 ? SAMPLE_HUGE : SAMPLE_USUAL;
        sample_make(&r, kind, &s);
        if (!sample_compute(&s, a, &t, &e)) continue;
        computed[kind]++;
        bool less = false; /* an amount took what was left */
        for (size_t d = 0; d < s.discount_count; d++) less = less || t.off[d] < s.discounts[d].amount;
        cut += kind == SAMPLE_USUAL && less;
        huge += kind == SAMPLE_HUGE && t.due > MONEY_MAX / 100;
    }
    arena_close(a);
    printf("bills that come to something: %" PRId64 " of %" PRId64 ", with more to come off than there is %" PRId64
           "; of huge ones %" PRId64 ", near the end of amounts %" PRId64 "\n",
           computed[0], rounds, cut, computed[1], huge);
    ck_assert_int_eq(computed[0], rounds);
    ck_assert_int_gt(cut, rounds / 100);
    ck_assert_int_gt(computed[1], rounds / 20);
    ck_assert_int_gt(huge, rounds / 100);
}
END_TEST

START_TEST(a_seed_makes_the_same_bills_everywhere) {
    struct sample_random r = {20261124};
    uint64_t mixed = 0;
    for (int i = 0; i < 100; i++) {
        struct sample s;
        sample_make(&r, i % 2 ? SAMPLE_HUGE : SAMPLE_USUAL, &s);
        for (size_t k = 0; k < s.line_count; k++)
            mixed =
                mixed * 31 + (uint64_t)s.lines[k].unit_price + (uint64_t)s.lines[k].quantity * 7 + (uint64_t)s.lines[k].tax_rate;
        for (size_t k = 0; k < s.discount_count; k++)
            mixed = mixed * 31 + (uint64_t)s.discounts[k].line * 7 + (uint64_t)s.discounts[k].percent +
                    (uint64_t)s.discounts[k].amount;
        mixed = mixed * 31 + (uint64_t)s.tip + s.plan;
    }
    ck_assert_uint_eq(mixed, UINT64_C(9451437257468065448)); /* as gcc and clang make them */
}
END_TEST

static const char *no_bill_comes_to_50000(const struct sample *s, struct arena *a) {
    struct bill_totals t;
    struct error e;
    return sample_compute(s, a, &t, &e) && t.net > 50000 ? "more than 50.000" : NULL;
}

START_TEST(a_failing_bill_becomes_as_small_as_it_gets) {
    struct sample_random r = {1};
    struct sample s;
    struct arena *a = arena_open();
    do sample_make(&r, SAMPLE_USUAL, &s);
    while (s.line_count < 5 || !no_bill_comes_to_50000(&s, a));
    s.plan = 7;
    sample_shrink(no_bill_comes_to_50000, &s);
    ck_assert_uint_eq(s.line_count, 1);
    ck_assert_uint_eq(s.discount_count, 0);
    ck_assert_int_eq(s.tip, 0);
    ck_assert_int_eq(s.lines[0].quantity * s.lines[0].unit_price, 50001);
    s.lines[0] = (struct bill_line_in){1, 1, 50001, "INC", "INC", 800};
    ck_assert_str_eq(
        sample_json(&s, a),
        "{\"name\":\"a random bill made small\",\"note\":\"what the program makes of it, not what is right; plan 7\","
        "\"lines\":[{\"name\":\"line 1\",\"quantity\":1,\"unit_price\":50001,\"tax\":\"INC\",\"rate\":800}],"
        "\"discounts\":[],\"tip\":0,\"expect\":{\"gross\":50001,\"discount\":0,\"courtesy\":0,\"net\":50001,"
        "\"base\":46297,\"tax\":3704,\"tip\":0,\"due\":50001,\"taxes\":[{\"tax\":\"INC\",\"rate\":800,\"gross\":50001,"
        "\"base\":46297,\"amount\":3704}]}}");
    arena_close(a);
}
END_TEST

int main(void) {
    return data_suite_run("core_bill_property", NULL, NULL,
                          DATA_TESTS(bills_are_of_every_sort, a_seed_makes_the_same_bills_everywhere,
                                     a_failing_bill_becomes_as_small_as_it_gets, is_the_models_test, any_takes_add_up_test,
                                     even_parts_are_even_test, parts_by_amount_are_taxed_as_on_their_own_test,
                                     refunds_in_any_order_are_the_sale_test, a_lines_discount_leaves_other_lines_alone_test,
                                     the_order_of_lines_changes_no_total_test));
}
