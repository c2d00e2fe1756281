/* The table of bills that people wrote (tests/golden/bills.json, which says its own form): every figure that differs is named
 * with its case. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "data/json.h"
#include "data/text.h"
#include "pos/core/bill_part.h"
#include "tests/support/data_suite.h"

enum { LINES_MAX = 100, NAME_MAX_BYTES = 200, NOTE_MAX_BYTES = 1000, PARTS_MAX = 50, UVT_LIMIT_MAX = 1000 };

static struct arena *arena;
static void setup(void) {
    arena = arena_open();
}
static void teardown(void) {
    arena_close(arena);
}

/* One case while it is computed. */
struct bench {
    const char *name;
    struct text_buffer *wrong; /* a line for each figure that differs */
    struct json lines;         /* as given: a line's mark is its place, from 1 */
    struct bill_totals bill;
};

static void same(struct bench *b, const char *where, const char *what, int64_t expected, int64_t got) {
    if (expected != got)
        text_appendf(b->wrong, "%s: %s%s is %" PRId64 ", not %" PRId64 "\n", b->name, where, what, got, expected);
}

/* ---- what a case says ---- */

static int64_t mark_of(struct bench *b, struct json at, const char *key) {
    const char *name = json_text(at, key, NAME_MAX_BYTES);
    int64_t mark = 0;
    JSON_EACH(line, b->lines) {
        mark++;
        if (strcmp(json_text(line, "name", NAME_MAX_BYTES), name) == 0) return mark;
    }
    json_add_fault(at, key, "no line of that name");
    return 0;
}

static size_t read_lines(struct bench *b, struct bill_line_in *out) {
    size_t n = 0;
    JSON_EACH(line, b->lines) {
        JSON_ONLY(line, "name", "quantity", "unit_price", "tax", "rate");
        out[n] = (struct bill_line_in){.line = (int64_t)n + 1,
                                       .quantity = json_int(line, "quantity", 0, MONEY_MAX),
                                       .unit_price = json_int(line, "unit_price", 0, MONEY_MAX),
                                       .tax = json_text(line, "tax", NAME_MAX_BYTES),
                                       .tax_name = json_text(line, "tax", NAME_MAX_BYTES),
                                       .tax_rate = (int32_t)json_int(line, "rate", 0, RATE_ONE)};
        n++;
        if (mark_of(b, line, "name") != out[n - 1].line) json_add_fault(line, "name", "used twice");
    }
    return n;
}

static size_t read_discounts(struct bench *b, struct json in, struct bill_discount_in *out) {
    size_t n = 0;
    JSON_EACH(d, in) {
        JSON_ONLY(d, "line", "percent", "amount", "courtesy");
        if (json_has(d, "percent") == json_has(d, "amount")) json_add_fault(d, NULL, "either a percent or an amount");
        out[n++] = (struct bill_discount_in){.line = json_has(d, "line") ? mark_of(b, d, "line") : 0,
                                             .percent = (int32_t)json_int_or(d, "percent", 1, RATE_ONE, 0),
                                             .amount = json_int_or(d, "amount", 1, MONEY_MAX, 0),
                                             .courtesy = json_bool_or(d, "courtesy", false)};
    }
    return n;
}

/* ---- what it must come to ---- */

static void check_taxes(struct bench *b, const char *where, struct json taxes, const struct bill_totals *t) {
    size_t i = 0;
    same(b, where, "count of taxes", (int64_t)json_count(taxes), (int64_t)t->tax_count);
    JSON_EACH(row, taxes) {
        JSON_ONLY(row, "tax", "rate", "gross", "base", "amount");
        const char *tax = json_text(row, "tax", NAME_MAX_BYTES);
        int64_t rate = json_int(row, "rate", 0, RATE_ONE), gross = json_int(row, "gross", 0, MONEY_MAX),
                base = json_int(row, "base", 0, MONEY_MAX), amount = json_int(row, "amount", 0, MONEY_MAX);
        if (i >= t->tax_count) break;
        const struct bill_tax_out *x = &t->taxes[i++];
        const char *here = arena_printf(arena, "%s%s at %" PRId64 ": ", where, tax, rate);
        if (strcmp(x->name, tax) != 0) text_appendf(b->wrong, "%s: %sis %s\n", b->name, here, x->name);
        same(b, here, "rate", rate, x->rate);
        same(b, here, "gross", gross, x->gross);
        same(b, here, "base", base, x->base);
        same(b, here, "amount", amount, x->amount);
    }
}

static void check_lines(struct bench *b, const char *where, struct json lines, const struct bill_totals *t) {
    same(b, where, "count of lines", (int64_t)json_count(lines), (int64_t)t->line_count);
    JSON_EACH(row, lines) {
        JSON_ONLY(row, "name", "quantity", "gross", "discount", "courtesy", "net", "base", "tax");
        int64_t mark = mark_of(b, row, "name");
        const char *here = arena_printf(arena, "%s%s: ", where, json_text(row, "name", NAME_MAX_BYTES));
        size_t i = 0;
        while (i < t->line_count && t->lines[i].line != mark) i++;
        if (i == t->line_count) {
            text_appendf(b->wrong, "%s: %sis not there\n", b->name, here);
            continue;
        }
        const struct bill_line_out *l = &t->lines[i];
        const struct {
            const char *key;
            int64_t got;
        } figures[] = {
            {"quantity", l->quantity}, {"gross", l->gross}, {"discount", l->discount}, {"courtesy", l->courtesy}, {"net", l->net},
            {"base", l->base},         {"tax", l->tax}};
        for (size_t k = 0; k < sizeof figures / sizeof *figures; k++)
            same(b, here, figures[k].key, json_int_or(row, figures[k].key, 0, MONEY_MAX, figures[k].got), figures[k].got);
    }
}

/* The members that every expectation has: of the whole, of a part, of what is left. */
#define FIGURES "gross", "discount", "courtesy", "net", "base", "tax", "tip", "due", "taxes", "lines"
static void check_figures(struct bench *b, const char *where, struct json expect, const struct bill_totals *t) {
    same(b, where, "gross", json_int(expect, "gross", 0, MONEY_MAX), t->gross);
    same(b, where, "discount", json_int_or(expect, "discount", 0, MONEY_MAX, 0), t->discount);
    same(b, where, "courtesy", json_int_or(expect, "courtesy", 0, MONEY_MAX, 0), t->courtesy);
    same(b, where, "net", json_int(expect, "net", 0, MONEY_MAX), t->net);
    same(b, where, "base", json_int(expect, "base", 0, MONEY_MAX), t->base);
    same(b, where, "tax", json_int(expect, "tax", 0, MONEY_MAX), t->tax);
    same(b, where, "tip", json_int_or(expect, "tip", 0, MONEY_MAX, 0), t->tip);
    same(b, where, "due", json_int(expect, "due", 0, MONEY_MAX), t->due);
    if (json_has(expect, "taxes")) check_taxes(b, where, json_array(expect, "taxes", 0, LINES_MAX), t);
    if (json_has(expect, "lines")) check_lines(b, where, json_array(expect, "lines", 0, LINES_MAX), t);
}

static void check_cash(struct bench *b, struct json c, struct json cash) {
    struct bill_cash due = bill_cash_due(b->bill.due, json_int_or(c, "coin", 1, 1000, 50));
    JSON_ONLY(cash, "charged", "adjustment", "change");
    same(b, "cash: ", "charged", json_int(cash, "charged", 0, MONEY_MAX), due.charged);
    same(b, "cash: ", "adjustment", json_int(cash, "adjustment", -1000, 0), due.adjustment);
    if (json_has(c, "tender") != json_has(cash, "change")) json_add_fault(c, "tender", "goes with the change that is expected");
    if (!json_has(cash, "change")) return;
    same(b, "cash: ", "change", json_int(cash, "change", 0, MONEY_MAX), json_int(c, "tender", 0, MONEY_MAX) - due.charged);
}

static void check_whole(struct bench *b, struct json c, struct json expect) {
    int32_t tip_rate = (int32_t)json_int_or(c, "tip_rate", 0, RATE_ONE, 1000);
    money uvt = json_int_or(c, "uvt", 1, MONEY_MAX, 0);
    int32_t limit = (int32_t)json_int_or(c, "uvt_limit", 1, UVT_LIMIT_MAX, 0);
    JSON_ONLY(expect, FIGURES, "tip_ceiling", "cash", "electronic");
    check_figures(b, "", expect, &b->bill);
    (void)json_array(expect, "taxes", 0, LINES_MAX); /* must be there */
    if (json_has(expect, "tip_ceiling"))
        same(b, "", "tip_ceiling", json_int(expect, "tip_ceiling", 0, MONEY_MAX), bill_tip_ceiling(&b->bill, tip_rate));
    if (json_has(expect, "cash")) check_cash(b, c, json_object(expect, "cash"));
    if (json_has(expect, "electronic"))
        same(b, "", "electronic", json_bool(expect, "electronic"), bill_needs_electronic(&b->bill, uvt, limit));
}

/* ---- taken apart ---- */

static void check_evenly(struct bench *b, struct json parts) {
    struct bill_totals *out = ARENA_ARRAY(arena, PARTS_MAX, struct bill_totals);
    struct error e;
    size_t i = 0;
    if (!bill_split_evenly(&b->bill, json_count(parts), arena, out, &e)) {
        text_appendf(b->wrong, "%s: evenly: %s\n", b->name, e.message);
        return;
    }
    JSON_EACH(expect, parts) {
        JSON_ONLY(expect, FIGURES);
        check_figures(b, arena_printf(arena, "part %zu: ", i + 1), expect, &out[i]);
        i++;
    }
}

static bool take_lines(struct bench *b, struct bill_pool *pool, struct json take, struct bill_totals *out, struct error *e) {
    struct bill_pick picks[LINES_MAX];
    size_t n = 0;
    JSON_EACH(pick, json_array(take, "lines", 1, LINES_MAX)) {
        JSON_ONLY(pick, "name", "quantity");
        picks[n++] = (struct bill_pick){.line = mark_of(b, pick, "name"), .quantity = json_int(pick, "quantity", 1, MONEY_MAX)};
    }
    return bill_take_lines(pool, picks, n, json_bool_or(take, "with_tip", false), arena, out, e);
}

static void check_takes(struct bench *b, struct json takes, struct json left) {
    struct bill_pool pool;
    size_t i = 0;
    bill_pool_open(&b->bill, arena, &pool);
    JSON_EACH(take, takes) {
        const char *where = arena_printf(arena, "take %zu: ", ++i);
        struct json expect = json_object(take, "expect");
        struct bill_totals part = {0};
        struct error e;
        bool done = true;
        JSON_ONLY(take, "lines", "with_tip", "due", "rest", "expect");
        JSON_ONLY(expect, FIGURES);
        if (json_has(take, "lines") + json_has(take, "due") + json_has(take, "rest") != 1)
            json_add_fault(take, NULL, "one of lines, due, rest");
        if (json_has(take, "lines")) {
            done = take_lines(b, &pool, take, &part, &e);
        } else if (json_has(take, "due")) {
            done = bill_take_due(&pool, json_int(take, "due", 0, MONEY_MAX), arena, &part, &e);
        } else {
            if (!json_bool(take, "rest")) json_add_fault(take, "rest", "must be true");
            bill_take_rest(&pool, arena, &part);
        }
        if (done)
            check_figures(b, where, expect, &part);
        else
            text_appendf(b->wrong, "%s: %s%s\n", b->name, where, e.message);
    }
    if (json_exists(left)) {
        JSON_ONLY(left, FIGURES);
        check_figures(b, "left: ", left, &pool.rest);
    } else {
        same(b, "left: ", "gross", 0, pool.rest.gross);
        same(b, "left: ", "due", 0, pool.rest.due);
    }
}

/* ---- the table ---- */

static void check_case(struct json c, struct text_buffer *wrong) {
    struct bench b = {json_text(c, "name", NAME_MAX_BYTES), wrong, json_array(c, "lines", 0, LINES_MAX), {0}};
    struct bill_line_in lines[LINES_MAX];
    struct bill_discount_in discounts[LINES_MAX];
    const char *refused = json_text_or(c, "refused", NAME_MAX_BYTES, "");
    struct error e = {.code = ""};
    JSON_ONLY(c, "name", "note", "lines", "discounts", "tip", "tip_rate", "coin", "tender", "uvt", "uvt_limit", "expect",
              "refused", "evenly", "takes", "left");
    (void)json_text(c, "note", NOTE_MAX_BYTES);
    size_t n = read_lines(&b, lines), m = read_discounts(&b, json_array_or_none(c, "discounts", LINES_MAX), discounts);
    bool done = bill_compute(lines, n, discounts, m, json_int_or(c, "tip", 0, MONEY_MAX, 0), arena, &b.bill, &e);
    if (*refused || !done) {
        if (done || strcmp(refused, e.code) != 0)
            text_appendf(wrong, "%s: is %s, not %s\n", b.name, done ? "computed" : e.code, *refused ? refused : "computed");
        return;
    }
    check_whole(&b, c, json_object(c, "expect"));
    if (json_has(c, "evenly")) check_evenly(&b, json_array(c, "evenly", 2, PARTS_MAX));
    if (json_has(c, "takes"))
        check_takes(&b, json_array(c, "takes", 1, PARTS_MAX), json_object_or_none(c, "left"));
    else if (json_has(c, "left"))
        json_add_fault(c, "left", "goes with takes");
}

static size_t check_table(struct json table, struct text_buffer *wrong) {
    struct json cases = json_array(table, "cases", 1, 10000);
    size_t n = 0;
    JSON_ONLY(table, "about", "cases");
    JSON_EACH(line, json_array(table, "about", 0, 100))(void) json_value_text(line, NOTE_MAX_BYTES);
    JSON_EACH(c, cases) {
        const char *name = json_text(c, "name", NAME_MAX_BYTES);
        JSON_EACH(other, cases) {
            if (other.node == c.node) break;
            if (strcmp(json_text(other, "name", NAME_MAX_BYTES), name) == 0) json_add_fault(c, "name", "used twice");
        }
        check_case(c, wrong);
        n++;
    }
    return n;
}

static const char *all_faults(struct json table) {
    struct text_buffer b = {.arena = arena};
    for (size_t i = 0; i < json_fault_count(table); i++) text_appendf(&b, "%s\n", json_fault(table, i));
    return b.size > 0 ? b.bytes : "";
}

START_TEST(every_bill_of_the_table_comes_to_its_figures) {
    static const char path[] = "tests/golden/bills.json";
    struct text_buffer wrong = {.arena = arena};
    struct json table;
    struct error e;
    ck_assert_msg(json_parse_file(arena, path, &table, &e), "%s", e.message);
    size_t n = check_table(table, &wrong);
    ck_assert_msg(json_ok(table, &e), "%s:\n%s", path, all_faults(table));
    ck_assert_msg(wrong.size == 0, "%s:\n%s", path, wrong.bytes);
    printf("%s: %zu bills come to their figures\n", path, n);
}
END_TEST

/* ---- that the table is read closely ---- */

static void read_text(const char *text, struct json *table, struct text_buffer *wrong) {
    struct error e;
    *wrong = (struct text_buffer){.arena = arena};
    ck_assert_msg(json_parse(arena, text, strlen(text), table, &e), "%s", e.message);
    (void)check_table(*table, wrong);
}
#define ONE(name, figures, more)                                                                                                 \
    "{\"about\": [], \"cases\": [{\"name\": \"" name "\", \"note\": \"worked\", \"lines\": [{\"name\": \"Sopa\", "               \
    "\"quantity\": 1, \"unit_price\": 10800, \"tax\": \"INC\", \"rate\": 800}], \"expect\": {" figures                           \
    ", \"taxes\": [{\"tax\": \"INC\", \"rate\": 800, \"gross\": 10800, \"base\": 10000, \"amount\": 800}]}" more "}]}"
#define RIGHT "\"gross\": 10800, \"net\": 10800, \"base\": 10000, \"tax\": 800, \"due\": 10800"

START_TEST(a_figure_that_differs_is_named_with_its_case) {
    struct json table;
    struct text_buffer wrong;
    struct error e;
    read_text(ONE("soup", RIGHT, ""), &table, &wrong);
    ck_assert(json_ok(table, &e));
    ck_assert_uint_eq(wrong.size, 0);
    read_text(ONE("soup", "\"gross\": 10800, \"net\": 10800, \"base\": 10001, \"tax\": 799, \"due\": 10800", ""), &table, &wrong);
    ck_assert(json_ok(table, &e));
    ck_assert_str_eq(wrong.bytes, "soup: base is 10000, not 10001\nsoup: tax is 800, not 799\n");
    read_text(ONE("soup", RIGHT, ", \"refused\": \"amount_too_large\""), &table, &wrong);
    ck_assert_str_eq(wrong.bytes, "soup: is computed, not amount_too_large\n");
    read_text(ONE("soup", RIGHT, ", \"tip\": 1000000000000"), &table, &wrong);
    ck_assert_str_eq(wrong.bytes, "soup: is amount_too_large, not computed\n");
    read_text(ONE("soup", RIGHT,
                  ", \"takes\": [{\"due\": 5400, \"expect\": {\"gross\": 5400, \"net\": 5400, \"base\": 5000, "
                  "\"tax\": 401, \"due\": 5400}}]"),
              &table, &wrong);
    ck_assert_str_eq(wrong.bytes, "soup: take 1: tax is 400, not 401\nsoup: left: gross is 5400, not 0\nsoup: left: due is 5400, "
                                  "not 0\n");
}
END_TEST

START_TEST(a_misspelt_member_is_a_fault) {
    static const char *const texts[] = {
        ONE("soup", RIGHT ", \"tips\": 5", ""),
        ONE("soup", RIGHT, ", \"coins\": 50"),
        ONE("soup", RIGHT, ", \"discounts\": [{\"line\": \"Sopa\", \"percentage\": 1000}]"),
        ONE("soup", RIGHT, ", \"discounts\": [{\"line\": \"Seco\", \"percent\": 1000}]"),
        ONE("soup", RIGHT, ", \"takes\": [{\"all\": true, \"expect\": {" RIGHT "}}]"),
        ONE("soup", RIGHT, ", \"left\": {" RIGHT "}"),
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct json table;
        struct text_buffer wrong;
        struct error e;
        read_text(texts[i], &table, &wrong);
        ck_assert_msg(!json_ok(table, &e), "not a fault: %s", texts[i]);
        ck_assert_msg(strstr(e.field, "cases[0]") != NULL, "%s", e.field);
    }
}
END_TEST

int main(void) {
    return data_suite_run("core_bill_table", setup, teardown,
                          DATA_TESTS(every_bill_of_the_table_comes_to_its_figures, a_figure_that_differs_is_named_with_its_case,
                                     a_misspelt_member_is_a_fault));
}
