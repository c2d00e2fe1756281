/* The day's sales: runs the queries of data/reports and gathers their rows into one JSON object. */
#include "pos/core/report.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "data/embed.h"
#include "data/log.h"
#include "pos/core/report_query.h"

const char *report_sql(const char *name) {
    const struct embed_file *file = embed_find(embed_reports, name);
    if (!file) {
        log_error("data/reports/%s is not in this binary", name);
        abort();
    }
    return (const char *)file->bytes;
}

const char *report_shifts(const int64_t *shifts, size_t count, struct arena *a) {
    struct json ids = json_new_array(a);
    for (size_t i = 0; i < count; i++) json_push_int(ids, shifts[i]);
    return json_print(ids, a, NULL);
}

/* ---- one question ---- */

struct question {
    const char *key;   /* of the answer's array */
    const char *file;  /* in data/reports */
    const char *types; /* a sign for each column: i integer, n integer or null, t text, @ time or null; with a name beside the
                          slug: c category, m means */
};

struct asking {
    struct db *db;
    const struct site *site;
    const struct menu *menu;
    const char *shifts; /* "[3,4]" */
    struct arena *arena;
};

static const char *category_name(const struct menu *m, const char *slug) {
    for (size_t i = 0; m && i < m->category_count; i++)
        if (strcmp(m->categories[i].id, slug) == 0) return m->categories[i].name;
    return slug; /* of a former menu */
}

static const char *means_name(const struct site *s, const char *slug) {
    const struct site_means *means = site_find_means(s, slug);
    return means ? means->name : slug;
}

static void put_column(const struct asking *q, struct json row, const struct db_rows *r, int column, char type) {
    const char *key = db_col_name(r, column), *text = db_col_text(r, column);
    char time[CLOCK_TEXT_MAX];
    switch (type) {
    case 'i':
        json_set_int(row, key, db_col_int(r, column));
        break;
    case 'n':
        db_col_null(r, column) ? json_set_null(row, key) : json_set_int(row, key, db_col_int(r, column));
        break;
    case '@':
        json_set_text(row, key, db_col_null(r, column) ? NULL : clock_rfc3339(db_col_int(r, column), time));
        break;
    case 'c':
        json_set_text(row, key, text);
        json_set_text(row, "name", category_name(q->menu, text));
        break;
    case 'm':
        json_set_text(row, key, text);
        json_set_text(row, "name", means_name(q->site, text));
        break;
    default:
        json_set_text(row, key, text);
        break;
    }
}

static void put_row(const struct asking *q, struct json row, const struct db_rows *r, const char *types) {
    assert(db_col_count(r) == (int)strlen(types));
    for (int i = 0; types[i]; i++) put_column(q, row, r, i, types[i]);
}

static bool ask_rows(const struct asking *q, struct json out, const struct question *question, struct error *e) {
    struct json rows = json_set_array(out, question->key);
    struct db_rows r;
    if (!db_query(q->db, report_sql(question->file), DB_ARGS(db_text(q->shifts)), &r, e)) return false;
    while (db_next(&r)) put_row(q, json_push_object(rows), &r, question->types);
    return db_done(&r, e);
}

/* A question whose answer is one row: its columns become members of `into`. */
static bool ask_one(const struct asking *q, struct json into, const char *file, const char *types, struct error *e) {
    struct db_rows r;
    if (!db_query(q->db, report_sql(file), DB_ARGS(db_text(q->shifts)), &r, e)) return false;
    if (db_next(&r)) put_row(q, into, &r, types);
    return db_done(&r, e);
}

/* ---- the day ---- */

/* The day's shifts into `rows`, and their ids as the other queries want them. */
static bool ask_shifts(struct asking *q, const char *day, struct json rows, struct error *e) {
    struct json ids = json_new_array(q->arena);
    struct db_rows r;
    if (!db_query(q->db, report_sql("shifts_of_day.sql"), DB_ARGS(db_text(day)), &r, e)) return false;
    while (db_next(&r)) {
        json_push_int(ids, db_col_int(&r, 0));
        if (json_exists(rows)) put_row(q, json_push_object(rows), &r, "itt@@ninnn");
    }
    q->shifts = json_print(ids, q->arena, NULL);
    return db_done(&r, e);
}

static bool ask_totals(const struct asking *q, struct json totals, struct error *e) {
    if (!ask_one(q, totals, "totals.sql", "iiiiiiiiiii", e)) return false;
    int64_t documents = json_int(totals, "documents", 0, JSON_INT_MAX), net = json_int(totals, "net", 0, JSON_INT_MAX);
    json_set_int(totals, "average", documents > 0 ? money_half_up(net, documents) : 0);
    return json_ok(totals, e);
}

/* What was given back on the day, and what its sales come to without it. */
static bool ask_refunds(const struct asking *q, struct json out, struct json totals, struct error *e) {
    static const char *const both[] = {"net", "base", "tax", "tips"};
    struct json given = json_set_object(out, "refunds"), after = json_set_object(out, "after_refunds");
    if (!ask_one(q, given, "refunds.sql", "iiiiiiiiii", e)) return false;
    if (!ask_rows(q, given, &(struct question){"taxes", "refund_taxes.sql", "tiiii"}, e)) return false;
    for (size_t i = 0; i < sizeof both / sizeof *both; i++)
        json_set_int(after, both[i], json_int(totals, both[i], 0, JSON_INT_MAX) - json_int(given, both[i], 0, JSON_INT_MAX));
    json_set_int(after, "collected",
                 json_int(totals, "collected", 0, JSON_INT_MAX) - json_int(given, "returned", 0, JSON_INT_MAX));
    return json_ok(totals, e) && json_ok(given, e);
}

/* The same weekday a week before. */
static bool ask_last_week(const struct asking *this_week, const char *day, struct json out, struct error *e) {
    struct asking q = *this_week;
    const char *before;
    if (!db_get_text(q.db, "SELECT date(?, '-7 days')", DB_ARGS(db_text(day)), q.arena, &before, e)) return false;
    struct json totals = json_set_object(out, "last_week");
    json_set_text(totals, "date", before);
    return ask_shifts(&q, before, (struct json){0}, e) && ask_totals(&q, totals, e);
}

static bool ask_all(struct asking *q, const char *day, struct json out, struct error *e) {
    static const struct question questions[] = {
        {"by_means", "by_means.sql", "mtiiii"}, {"by_category", "by_category.sql", "ciiii"},
        {"by_item", "by_item.sql", "ttiiii"},   {"by_hour", "by_hour.sql", "iiiii"},
        {"by_tax", "by_tax.sql", "tiiii"},      {"by_staff", "by_staff.sql", "itiiiii"},
        {"by_kind", "by_kind.sql", "tiii"},     {"numbering", "numbering.sql", "tttiiii"},
    };
    json_set_text(out, "date", day);
    json_set_text(out, "currency", "COP");
    struct json totals = json_set_object(out, "totals");
    if (!ask_last_week(q, day, out, e)) return false;
    struct json shifts = json_new_array(q->arena);
    if (!ask_shifts(q, day, shifts, e) || !ask_totals(q, totals, e) || !ask_refunds(q, out, totals, e)) return false;
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        if (!ask_rows(q, out, &questions[i], e)) return false;
    if (!ask_one(q, json_set_object(out, "voids"), "voids.sql", "iiii", e)) return false;
    json_set_copy(out, "shifts", shifts);
    return true;
}

bool report_daily(struct db *db, const struct site *site, const struct menu *menu, const char *day, struct arena *a,
                  struct json *out, struct error *e) {
    if (!clock_is_day(day)) {
        error_fail(e, ERROR_INVALID, "bad_date", "\"%.20s\": a day is written YYYY-MM-DD", day);
        return error_at_field(e, "date");
    }
    struct asking q = {.db = db, .site = site, .menu = menu, .arena = a};
    *out = json_new_object(a);
    if (!db_begin_read(db, e)) return false;
    bool ok = ask_all(&q, day, *out, e);
    db_end_read(db);
    return ok;
}
