/* comanda report daily: the day's sales as a table. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "data/clock.h"
#include "data/text.h"
#include "pos/cli/console.h"

enum { NAME_COLUMNS = 34, ROWS_MAX = 100000 };

static int64_t number(struct json of, const char *key) {
    return json_int(of, key, -JSON_INT_MAX, JSON_INT_MAX);
}

/* Terminals count columns, printf bytes. */
static void print_name(const char *name) {
    int pad = NAME_COLUMNS - (int)text_columns(name);
    printf("  %s%*s", name, pad > 0 ? pad : 0, "");
}

static void print_amount(const char *name, int64_t amount) {
    char text[MONEY_TEXT_MAX];
    print_name(name);
    printf(" %22s\n", money_text(amount, text));
}

static void print_count(const char *name, int64_t count, int64_t amount) {
    char text[MONEY_TEXT_MAX];
    print_name(name);
    printf(" %6" PRId64 " %15s\n", count, money_text(amount, text));
}

static void print_totals(struct json report) {
    struct json t = json_object(report, "totals"), before = json_object(report, "last_week");
    char text[MONEY_TEXT_MAX];
    print_name("documents");
    printf(" %22" PRId64 "\n", number(t, "documents"));
    print_amount("gross", number(t, "gross"));
    print_amount("discount", number(t, "courtesy") - number(t, "discount"));
    print_amount("courtesy", -number(t, "courtesy"));
    print_amount("net sales", number(t, "net"));
    print_amount("  of which base", number(t, "base"));
    print_amount("  of which tax", number(t, "tax"));
    print_amount("tips (not sales)", number(t, "tips"));
    print_amount("rounding of cash", number(t, "adjustment"));
    print_amount("collected", number(t, "collected"));
    print_amount("average document", number(t, "average"));
    printf("  a week before, %s: %s net\n", json_text(before, "date", 16), money_text(number(before, "net"), text));
}

static void print_table(struct json report, const char *key, const char *title, const char *name, const char *count,
                        const char *amount) {
    struct json rows = json_array(report, key, 0, ROWS_MAX);
    if (json_count(rows) == 0) return;
    printf("\n%s\n", title);
    JSON_EACH(row, rows) print_count(json_text(row, name, 256), number(row, count), number(row, amount));
}

static void print_taxes(struct json of, const char *key, const char *title, struct arena *a) {
    struct json rows = json_array(of, key, 0, ROWS_MAX);
    char base[MONEY_TEXT_MAX], tax[MONEY_TEXT_MAX];
    if (json_count(rows) == 0) return;
    printf("%s\n", title);
    JSON_EACH(row, rows) {
        int64_t rate = number(row, "rate");
        print_name(arena_printf(a, "%s %" PRId64 ",%02" PRId64 " %%", json_text(row, "name", 64), rate / 100, rate % 100));
        printf(" %15s %15s\n", money_text(number(row, "base"), base), money_text(number(row, "tax"), tax));
    }
}

static void print_hours(struct json report, struct arena *a) {
    bool title = false;
    JSON_EACH(row, json_array(report, "by_hour", 0, 24)) {
        if (number(row, "documents") == 0) continue;
        if (!title) printf("\nBy hour\n");
        title = true;
        print_count(arena_printf(a, "%02" PRId64 ":00", number(row, "hour")), number(row, "documents"), number(row, "net"));
    }
}

static void print_end(struct json report) {
    struct json voids = json_object(report, "voids");
    printf("\nVoids\n");
    print_count("taken back after sending", number(voids, "quantity"), number(voids, "amount"));
    print_name("orders voided");
    printf(" %6" PRId64 "\n", number(voids, "orders"));
    JSON_EACH(row, json_array(report, "numbering", 0, ROWS_MAX))
    printf("\nNumbers %s %" PRId64 " to %" PRId64 "\n", json_text(row, "prefix", 8), number(row, "first"), number(row, "last"));
    JSON_EACH(row, json_array(report, "shifts", 0, ROWS_MAX)) {
        char text[MONEY_TEXT_MAX];
        printf("Shift %" PRId64, number(row, "id"));
        if (json_has(row, "z_number"))
            printf(", Z %" PRId64 ", difference %s\n", number(row, "z_number"), money_text(number(row, "difference"), text));
        else
            printf(", still open\n");
    }
}

/* What was given back stands apart, and what is left of the sales without it. */
static void print_refunds(struct json report, struct arena *a) {
    struct json r = json_object(report, "refunds"), after = json_object(report, "after_refunds");
    if (number(r, "count") == 0) return;
    printf("\nRefunds\n");
    print_count("sales given back", number(r, "count"), number(r, "net"));
    print_amount("  of which base", number(r, "base"));
    print_amount("  of which tax", number(r, "tax"));
    print_taxes(r, "taxes", "  Taxes given back (base, tax)", a);
    print_amount("tips given back", number(r, "tips"));
    print_amount("rounding of cash", number(r, "adjustment"));
    print_amount("handed back", number(r, "returned"));
    print_amount("net sales less refunds", number(after, "net"));
    print_amount("  of which base", number(after, "base"));
    print_amount("  of which tax", number(after, "tax"));
    print_amount("collected less refunds", number(after, "collected"));
}

static bool print_report(struct cli *c, const char *text, struct error *e) {
    struct json report;
    if (!json_parse(c->arena, text, strlen(text), &report, e)) return false;
    printf("Sales of %s\n", json_text(report, "date", 16));
    print_totals(report);
    print_table(report, "by_means", "By means of payment", "name", "count", "charged");
    print_table(report, "by_category", "By category", "name", "quantity", "net");
    print_table(report, "by_item", "By item", "name", "quantity", "net");
    print_table(report, "by_kind", "By kind of order", "kind", "documents", "net");
    print_table(report, "by_staff", "By person", "name", "documents", "net");
    print_taxes(report, "by_tax", "\nTaxes (base, tax)", c->arena);
    print_refunds(report, c->arena);
    print_hours(report, c->arena);
    print_end(report);
    return json_ok(report, e);
}

int cli_report_daily(struct cli *c) {
    struct error e;
    struct console *s = NULL;
    const char *text;
    if (c->date && !clock_is_day(c->date)) return cli_usage("--date: a day is written YYYY-MM-DD");
    const char *path = c->date ? arena_printf(c->arena, "/api/v1/reports/daily?date=%s", c->date) : "/api/v1/reports/daily";
    bool ok = console_open(c, false, &s, &e) && console_call(s, "GET", path, NULL, &text, &e);
    if (ok && c->json)
        printf("%s\n", text);
    else if (ok)
        ok = print_report(c, text, &e);
    console_close(s);
    return ok ? CLI_DONE : cli_fail(&e);
}
