/* Shifts: opening, looking, cash in and out, the blind close. */
#include "pos/core/shift.h"

#include <string.h>

#include "pos/http/resources.h"
#include "pos/http/shapes.h"

enum { PAGE = 50, REASON_MAX = 140 };

static bool shift_reply(struct act *act, struct request *r, int status, struct shift_id id, struct error *e) {
    struct shift shift;
    if (!shift_get(act->db, id, r->arena, &shift, e)) return false;
    struct json answer = json_new_object(r->arena);
    shape_shift(answer, &shift);
    reply_json(r, status, answer);
    return true;
}

/* ---- POST /shifts ---- */

bool shift_open_parse(struct request *r, struct error *e) {
    (void)e;
    money *amount = r->parsed = ARENA_NEW(r->arena, money);
    REQUEST_ONLY(r, "float");
    *amount = json_int(r->json, "float", 0, MONEY_MAX);
    return true;
}

bool shift_open_run(struct act *act, struct request *r, struct error *e) {
    struct shift_id id;
    return shift_open(act, *(const money *)r->parsed, &id, e) && shift_reply(act, r, 201, id, e);
}

/* ---- looking ---- */

bool shifts_answer(struct request *r, struct db *db, struct error *e) {
    int64_t before;
    struct shift *list;
    size_t count;
    if (!request_query_int(r, "before", 1, JSON_INT_MAX, 0, &before, e) || !request_query_done(r, e) ||
        !shift_list(db, before, PAGE + 1, r->arena, &list, &count, e))
        return false;
    size_t shown = count < PAGE ? count : PAGE;
    struct json answer = json_new_object(r->arena), shifts = json_set_array(answer, "shifts");
    for (size_t i = 0; i < shown; i++) shape_shift(json_push_object(shifts), &list[i]);
    shape_next(answer, count > shown, shown ? list[shown - 1].id.v : 0);
    reply_json(r, 200, answer);
    return true;
}

static void answer_shift(struct request *r, const struct shift *shift) {
    struct json answer = json_new_object(r->arena);
    shape_shift(answer, shift);
    reply_json(r, 200, answer);
}

bool shift_current_answer(struct request *r, struct db *db, struct error *e) {
    struct shift shift;
    if (!request_query_done(r, e) || !shift_current(db, r->arena, &shift, e)) return false;
    answer_shift(r, &shift);
    return true;
}

bool shift_answer(struct request *r, struct db *db, struct error *e) {
    struct shift shift;
    if (!request_query_done(r, e) || !shift_get(db, request_shift(r), r->arena, &shift, e)) return false;
    answer_shift(r, &shift);
    return true;
}

/* The X of an open shift shows the expected cash: not for whoever counts it. */
bool shift_report_answer(struct request *r, struct db *db, struct error *e) {
    struct shift_report report;
    if (!request_query_done(r, e) || !shift_report(db, request_shift(r), r->arena, &report, e)) return false;
    enum permission needed = report.z ? PERMISSION_REPORTS : PERMISSION_X_REPORT;
    if (!role_may(r->actor.role, needed))
        return error_fail(e, ERROR_DENIED, "not_permitted", "a %s may not see this (%s)", role_names[r->actor.role],
                          permission_names[needed]);
    struct json answer = json_new_object(r->arena);
    shape_shift_report(answer, &report, r->till->site);
    reply_json(r, 200, answer);
    return true;
}

/* ---- POST /shifts/{id}/cash-movements ---- */

struct movement_in {
    enum cash_kind kind;
    money amount;
    const char *reason;
};

bool cash_movement_parse(struct request *r, struct error *e) {
    (void)e;
    struct movement_in *in = r->parsed = ARENA_NEW(r->arena, struct movement_in);
    REQUEST_ONLY(r, "kind", "amount", "reason");
    in->kind = (enum cash_kind)json_enum(r->json, "kind", cash_kind_names);
    in->amount = json_int(r->json, "amount", 1, MONEY_MAX);
    in->reason = json_text(r->json, "reason", REASON_MAX);
    return true;
}

bool cash_movement_run(struct act *act, struct request *r, struct error *e) {
    const struct movement_in *in = r->parsed;
    int64_t id;
    if (!shift_cash(act, request_shift(r), in->kind, in->amount, in->reason, &id, e)) return false;
    struct json answer = json_new_object(r->arena);
    json_set_int(answer, "id", id);
    json_set_text(answer, "kind", cash_kind_names[in->kind]);
    json_set_int(answer, "amount", in->amount);
    json_set_text(answer, "reason", in->reason);
    reply_json(r, 201, answer);
    return true;
}

/* ---- POST /shifts/{id}/close ---- */

/* Keys are denominations in digits. */
static money read_denomination(struct json member) {
    const char *key = json_key(member);
    money value = 0;
    size_t length = strlen(key);
    if (length == 0 || length > 9 || key[0] == '0' || key[strspn(key, "0123456789")])
        json_add_fault(member, NULL, "must be named by a denomination in digits");
    else
        for (; *key; key++) value = value * 10 + (*key - '0');
    return value;
}

bool shift_close_parse(struct request *r, struct error *e) {
    (void)e;
    struct shift_close_in *in = r->parsed = ARENA_NEW(r->arena, struct shift_close_in);
    REQUEST_ONLY(r, "count", "carry_open_orders");
    struct json count = json_object(r->json, "count");
    in->rows = json_count(count);
    struct shift_count_row *rows = ARENA_ARRAY(r->arena, in->rows + 1, struct shift_count_row), *row = rows;
    JSON_EACH(member, count) {
        row->denomination = read_denomination(member);
        row++->pieces = json_value_int(member, 0, 1000000);
    }
    in->count = rows;
    in->carry_open_orders = json_bool_or(r->json, "carry_open_orders", false);
    return true;
}

bool shift_close_run(struct act *act, struct request *r, struct error *e) {
    struct shift_closed closed;
    if (!shift_close(act, request_shift(r), r->parsed, &closed, e)) return false;
    struct json answer = json_new_object(r->arena);
    json_set_int(answer, "expected", closed.expected);
    json_set_int(answer, "counted", closed.counted);
    json_set_int(answer, "difference", closed.difference);
    json_set_int(answer, "z_number", closed.z_number);
    shape_int_or_null(answer, "job", closed.job.v);
    reply_json(r, 200, answer);
    return true;
}
