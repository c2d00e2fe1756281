/* The journal, and whether its chain is whole. */
#include "pos/core/journal.h"

#include <string.h>

#include "pos/http/resources.h"
#include "pos/http/shapes.h"

enum { PAGE = 100, PAGE_MAX = 500 };

static bool shape_entry(struct json into, const struct journal_entry *entry, struct arena *a, struct error *e) {
    struct json detail;
    if (!json_parse(a, entry->detail, strlen(entry->detail), &detail, e)) return false;
    json_set_int(into, "seq", entry->seq);
    shape_time(into, "at", entry->at);
    shape_int_or_null(into, "staff", entry->staff);
    json_set_text(into, "staff_name", entry->staff_name);
    json_set_text(into, "device", entry->device);
    shape_int_or_null(into, "approved_by", entry->approved_by);
    json_set_text(into, "approver_name", entry->approver_name);
    json_set_text(into, "kind", entry->kind);
    shape_int_or_null(into, "order", entry->order);
    shape_int_or_null(into, "order_number", entry->order_number);
    shape_int_or_null(into, "shift", entry->shift);
    json_set_copy(into, "detail", detail);
    return true;
}

/* ---- GET /journal ---- */

/* "refund,order_reopened" */
static bool query_kinds(struct request *r, struct journal_query *q, struct error *e) {
    const char *text = request_query_text(r, "kind");
    if (!text) return true;
    const char **kinds = ARENA_ARRAY(r->arena, JOURNAL_KINDS_MAX, const char *);
    char *rest = NULL, *copy = arena_text(r->arena, text);
    for (const char *name = strtok_r(copy, ",", &rest); name; name = strtok_r(NULL, ",", &rest)) {
        const struct journal_kind *kind = journal_kind_find(name);
        if (!kind || q->kind_count == JOURNAL_KINDS_MAX) {
            (void)error_fail(e, ERROR_INVALID, "invalid_query", "kind: \"%.30s\" is no kind of entry, or one too many", name);
            return error_at_field(e, "kind");
        }
        kinds[q->kind_count++] = kind->name;
    }
    q->kinds = kinds;
    return true;
}

static bool query_time(struct request *r, const char *key, int64_t *out, struct error *e) {
    const char *text = request_query_text(r, key);
    if (!text || clock_parse_rfc3339(text, out)) return true;
    (void)error_fail(e, ERROR_INVALID, "invalid_query", "%s: \"%.40s\" is no time with its offset (RFC 3339)", key, text);
    return error_at_field(e, key);
}

static bool query_journal(struct request *r, struct journal_query *q, int64_t *limit, struct error *e) {
    static const char *const sorts[] = {"oldest", "newest", NULL};
    int sort;
    if (!request_query_int(r, "after", 0, JSON_INT_MAX, 0, &q->after, e) ||
        !request_query_int(r, "before", 1, JSON_INT_MAX, 0, &q->before, e) ||
        !request_query_int(r, "limit", 1, PAGE_MAX, PAGE, limit, e) || !request_query_enum(r, "sort", sorts, 0, &sort, e) ||
        !request_query_int(r, "staff", 1, JSON_INT_MAX, 0, &q->staff, e) ||
        !request_query_int(r, "order", 1, JSON_INT_MAX, 0, &q->order, e) ||
        !request_query_int(r, "order_number", 1, JSON_INT_MAX, 0, &q->order_number, e) || !query_kinds(r, q, e) ||
        !query_time(r, "from", &q->from, e) || !query_time(r, "until", &q->until, e))
        return false;
    q->newest_first = sort == 1;
    return request_query_done(r, e);
}

bool journal_answer(struct request *r, struct db *db, struct error *e) {
    struct journal_query q = {0};
    int64_t limit;
    struct journal_entry *list;
    size_t count;
    if (!query_journal(r, &q, &limit, e) || !journal_list(db, &q, (int32_t)limit + 1, r->arena, &list, &count, e)) return false;
    size_t shown = count < (size_t)limit ? count : (size_t)limit;
    struct json answer = json_new_object(r->arena), entries = json_set_array(answer, "entries");
    for (size_t i = 0; i < shown; i++)
        if (!shape_entry(json_push_object(entries), &list[i], r->arena, e)) return false;
    shape_next(answer, count > shown, shown ? list[shown - 1].seq : 0);
    reply_json(r, 200, answer);
    return true;
}

/* ---- GET /journal/verify ---- */

bool journal_verify_answer(struct request *r, struct db *db, struct error *e) {
    int64_t entries, first_bad;
    char head[JOURNAL_HEAD_TEXT];
    if (!request_query_done(r, e) || !db_begin_read(db, e)) return false;
    bool read = journal_verify(db, r->till->journal_key, &entries, &first_bad, e) && journal_head(db, head, e);
    db_end_read(db);
    if (!read) return false;
    struct json answer = json_new_object(r->arena);
    json_set_int(answer, "entries", entries);
    shape_int_or_null(answer, "first_bad", first_bad);
    json_set_text(answer, "head", head);
    reply_json(r, 200, answer);
    return true;
}
