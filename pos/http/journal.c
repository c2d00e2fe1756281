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
    json_set_text(into, "kind", entry->kind);
    shape_int_or_null(into, "order", entry->order);
    shape_int_or_null(into, "shift", entry->shift);
    json_set_copy(into, "detail", detail);
    return true;
}

bool journal_answer(struct request *r, struct db *db, struct error *e) {
    int64_t after, limit;
    struct journal_entry *list;
    size_t count;
    if (!request_query_int(r, "after", 0, JSON_INT_MAX, 0, &after, e) ||
        !request_query_int(r, "limit", 1, PAGE_MAX, PAGE, &limit, e) || !request_query_done(r, e) ||
        !journal_list(db, after, (int32_t)limit + 1, r->arena, &list, &count, e))
        return false;
    size_t shown = count < (size_t)limit ? count : (size_t)limit;
    struct json answer = json_new_object(r->arena), entries = json_set_array(answer, "entries");
    for (size_t i = 0; i < shown; i++)
        if (!shape_entry(json_push_object(entries), &list[i], r->arena, e)) return false;
    shape_next(answer, count > shown, shown ? list[shown - 1].seq : 0);
    reply_json(r, 200, answer);
    return true;
}

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
