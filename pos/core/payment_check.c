/* What a payment must be, apart from any order: its means, its reference, its buyer. */
#include "pos/core/payment_check.h"

#include <string.h>

#include "pos/core/order_row.h"

bool payment_find_means(const struct site *site, const char *name, const struct site_means **out, struct error *e) {
    *out = name ? site_find_means(site, name) : NULL;
    for (size_t i = 0; name && !*out && i < site->means_count; i++)
        if (strcmp(means_names[site->means[i].kind], name) == 0) *out = &site->means[i];
    if (*out) return true;
    (void)error_fail(e, ERROR_INVALID, "means_unknown", "%s: takes no payment by \"%s\"", site->name, name ? name : "");
    return error_at_field(e, "means");
}

/* ---- card numbers: ISO/IEC 7812, 13 to 19 digits with Luhn's check digit ---- */

enum { CARD_DIGITS_MIN = 13, CARD_DIGITS_MAX = 19 };

static size_t digits_of(const char *text, char out[CARD_DIGITS_MAX + 1]) {
    size_t n = 0;
    for (const char *c = text; *c; c++) {
        if (*c == ' ' || *c == '-' || *c == '.') continue;
        if (*c < '0' || *c > '9' || n == CARD_DIGITS_MAX) return 0;
        out[n++] = *c;
    }
    out[n] = '\0';
    return n;
}

static bool luhn(const char *digits, size_t n) {
    int sum = 0;
    for (size_t i = 0; i < n; i++) {
        int d = digits[n - 1 - i] - '0';
        if (i % 2 == 1) d = d * 2 > 9 ? d * 2 - 9 : d * 2;
        sum += d;
    }
    return sum % 10 == 0;
}

/* Payment cards begin with 2 to 6; reference numbers that are only long are let through. */
static bool is_card_number(const char *reference) {
    char digits[CARD_DIGITS_MAX + 1];
    size_t n = digits_of(reference, digits);
    return n >= CARD_DIGITS_MIN && digits[0] >= '2' && digits[0] <= '6' && luhn(digits, n);
}

bool payment_check_reference(const struct site_means *means, const char *reference, struct error *e) {
    if (!reference || !reference[0]) {
        if (!means->needs_reference) return true;
        (void)error_fail(e, ERROR_INVALID, "reference_missing", "%s: needs its approval or reference number", means->name);
        return error_at_field(e, "reference");
    }
    if (!order_check_text(reference, PAYMENT_REFERENCE_MAX, "reference", e)) return false;
    if (!is_card_number(reference)) return true;
    (void)error_fail(e, ERROR_INVALID, "card_number", "reference: looks like a card number; note the approval number instead");
    return error_at_field(e, "reference");
}

/* ---- the buyer ---- */

bool payment_check_buyer(const struct json *buyer, struct arena *a, const char **stored, struct error *e) {
    *stored = NULL;
    if (!buyer || !json_exists(*buyer)) return true;
    JSON_ONLY(*buyer, "name", "document", "document_type");
    (void)json_text(*buyer, "name", PAYMENT_BUYER_MAX);
    (void)json_text(*buyer, "document", PAYMENT_BUYER_MAX);
    (void)json_text_or(*buyer, "document_type", PAYMENT_BUYER_MAX, "");
    if (!json_ok(*buyer, e)) return false;
    *stored = json_print(*buyer, a, NULL);
    return true;
}
