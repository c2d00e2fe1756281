/* Money: whole pesos in integers, and the only arithmetic allowed on them. */
#include "data/money.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { APPORTION_MAX = 10000, RATE_MAX = 100 * RATE_ONE };

int64_t money_half_up(int64_t num, int64_t den) {
    assert(num >= 0 && den > 0);
    int64_t quotient = num / den, rest = num % den;
    return quotient + (rest >= den - rest); /* 2 × rest >= den, without the doubling that could overflow */
}

static bool within(money v) {
    return v >= -MONEY_MAX && v <= MONEY_MAX;
}

bool money_add(money a, money b, money *sum, struct error *e) {
    money r;
    if (!within(a) || !within(b) || __builtin_add_overflow(a, b, &r) || !within(r))
        return error_fail(e, ERROR_INVALID, "amount_too_large", "%" PRId64 " + %" PRId64 ": amounts end at %" PRId64, a, b,
                          MONEY_MAX);
    *sum = r;
    return true;
}

bool money_times(money unit, int64_t quantity, money *product, struct error *e) {
    money r;
    if (!within(unit) || __builtin_mul_overflow(unit, quantity, &r) || !within(r))
        return error_fail(e, ERROR_INVALID, "amount_too_large", "%" PRId64 " × %" PRId64 ": amounts end at %" PRId64, quantity,
                          unit, MONEY_MAX);
    *product = r;
    return true;
}

money money_percent(money amount, int32_t rate) {
    assert(amount >= 0 && amount <= MONEY_MAX && rate >= 0 && rate <= RATE_MAX);
    return money_half_up(amount * rate, RATE_ONE);
}

struct money_parts money_split_tax(money gross, int32_t rate) {
    assert(gross >= 0 && gross <= MONEY_MAX && rate >= 0 && rate <= RATE_MAX);
    money base = money_half_up(gross * RATE_ONE, RATE_ONE + rate);
    return (struct money_parts){.base = base, .tax = gross - base};
}

struct remainder {
    int64_t rest;
    size_t part;
};

static int larger_then_earlier(const void *left, const void *right) {
    const struct remainder *a = left, *b = right;
    if (a->rest != b->rest) return a->rest > b->rest ? -1 : 1;
    return a->part < b->part ? -1 : a->part > b->part;
}

static bool sum_weights(money whole, const money *weights, size_t n, int64_t *sum, struct error *e) {
    if (n > APPORTION_MAX) return error_fail(e, ERROR_INVALID, "too_many_parts", "%zu parts: at most %d", n, APPORTION_MAX);
    if (!within(whole)) return error_fail(e, ERROR_INVALID, "amount_too_large", "%" PRId64 ": too large to share out", whole);
    *sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (weights[i] < 0 || weights[i] > MONEY_MAX)
            return error_fail(e, ERROR_INVALID, "bad_weight", "part %zu: weight %" PRId64 " is not 0 to %" PRId64, i, weights[i],
                              MONEY_MAX);
        *sum += weights[i]; /* at most 10^4 × 10^12 */
    }
    if (*sum == 0 && whole != 0)
        return error_fail(e, ERROR_INVALID, "nothing_to_share_over", "%" PRId64 ": cannot be shared over nothing", whole);
    return true;
}

bool money_apportion(money whole, const money *weights, size_t n, money *parts, struct error *e) {
    int64_t sum = 0;
    if (!sum_weights(whole, weights, n, &sum, e)) return false;
    if (sum == 0) {
        for (size_t i = 0; i < n; i++) parts[i] = 0;
        return true;
    }
    struct remainder few[64], *remainders = few;
    if (n > sizeof few / sizeof *few) remainders = malloc(n * sizeof *remainders);
    if (!remainders) return error_fail(e, ERROR_INTERNAL, "no_memory", "no memory to share out %zu parts", n);

    money sign = whole < 0 ? -1 : 1, left = whole * sign; /* a refund is shared as its sale was */
    __int128 amount = left;
    for (size_t i = 0; i < n; i++) {
        __int128 share = amount * weights[i];
        remainders[i] = (struct remainder){.rest = (int64_t)(share % sum), .part = i};
        parts[i] = (money)(share / sum) * sign;
        left -= (money)(share / sum);
    }
    qsort(remainders, n, sizeof *remainders, larger_then_earlier);
    assert(left >= 0 && (size_t)left < n);
    for (size_t i = 0; i < (size_t)left; i++) parts[remainders[i].part] += sign;
    if (remainders != few) free(remainders);
    return true;
}

money money_share(money whole, money part, money of) {
    assert(whole >= 0 && part >= 0 && part <= of);
    return of == 0 ? 0 : (money)((__int128)whole * part / of);
}

int64_t money_share_cut(money whole, money part, money of) {
    assert(whole >= 0 && part >= 0 && part <= of);
    return of == 0 ? 0 : (int64_t)((__int128)whole * part % of);
}

money money_share_half_up(money whole, money part, money of) {
    int64_t cut = money_share_cut(whole, part, of);
    return money_share(whole, part, of) + (cut > 0 && cut >= of - cut);
}

money money_round_down(money amount, money coin) {
    assert(amount >= 0 && coin > 0);
    return amount - amount % coin;
}

const char *money_text(money amount, char out[MONEY_TEXT_MAX]) {
    char digits[24];
    uint64_t size = amount < 0 ? -(uint64_t)amount : (uint64_t)amount;
    size_t n = (size_t)snprintf(digits, sizeof digits, "%" PRIu64, size);
    char *o = out;
    if (amount < 0) *o++ = '-';
    *o++ = '$';
    *o++ = ' ';
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0) *o++ = '.';
        *o++ = digits[i];
    }
    *o = '\0';
    return out;
}
