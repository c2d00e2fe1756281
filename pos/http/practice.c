/* Practice: the guided tasks of the person signed in, and of everybody for a manager; beginning anew. Only in the practice till.
 */
#include "pos/core/practice.h"

#include "pos/http/resources.h"
#include "pos/http/shapes.h"

static bool shape_own(struct json into, struct db *db, const struct staff *person, struct error *e) {
    struct practice_progress p;
    if (!practice_progress(db, person, &p, e)) return false;
    shape_time(into, "since", p.since);
    struct json list = json_set_array(into, "tasks");
    for (int i = 0; i < PRACTICE_TASKS; i++) {
        struct json task = json_push_object(list);
        json_set_text(task, "task", practice_task_names[i]);
        json_set_bool(task, "possible", p.tasks[i].possible);
        shape_time(task, "done_at", p.tasks[i].done_at);
    }
    return true;
}

static bool shape_other(struct json into, struct db *db, const struct staff *person, struct error *e) {
    struct practice_progress p;
    if (!practice_progress(db, person, &p, e)) return false;
    json_set_int(into, "id", person->id.v);
    json_set_text(into, "name", person->name);
    json_set_text(into, "role", role_names[person->role]);
    struct json done = json_set_array(into, "done"), open = json_set_array(into, "open");
    for (int i = 0; i < PRACTICE_TASKS; i++)
        if (p.tasks[i].possible) json_push_text(p.tasks[i].done_at ? done : open, practice_task_names[i]);
    return true;
}

/* How far others are is for whoever runs the shop. */
static bool shape_others(struct json into, struct db *db, const struct staff *person, struct arena *a, struct error *e) {
    struct staff *people;
    size_t count;
    struct json list = json_set_array(into, "people");
    if (!role_may(person->role, PERMISSION_REPORTS)) return true;
    if (!staff_list(db, a, &people, &count, e)) return false;
    for (size_t i = 0; i < count; i++)
        if (people[i].active && !shape_other(json_push_object(list), db, &people[i], e)) return false;
    return true;
}

static bool answer(struct request *r, struct db *db, struct error *e) {
    if (!r->signed_in) return error_fail(e, ERROR_DENIED, "not_signed_in", "the console does not practise");
    struct json out = json_new_object(r->arena);
    if (!shape_own(out, db, &r->session.staff, e) || !shape_others(out, db, &r->session.staff, r->arena, e)) return false;
    reply_json(r, 200, out);
    return true;
}

bool practice_answer(struct request *r, struct db *db, struct error *e) {
    return request_query_done(r, e) && answer(r, db, e);
}

/* ---- anew ---- */

bool practice_restart_parse(struct request *r, struct error *e) {
    struct staff_id *person = r->parsed = ARENA_NEW(r->arena, struct staff_id);
    REQUEST_ONLY(r, "staff");
    *person = json_has(r->json, "staff") ? (struct staff_id){json_int(r->json, "staff", 1, JSON_INT_MAX)} : r->actor.staff;
    return json_ok(r->json, e);
}

bool practice_restart_run(struct act *act, struct request *r, struct error *e) {
    const struct staff_id *person = r->parsed;
    return practice_restart(act, *person, e) && answer(r, act->db, e);
}

bool practice_reset_run(struct act *act, struct request *r, struct error *e) {
    return practice_reset(act, e) && answer(r, act->db, e);
}
