/* People. */
#include "pos/core/staff.h"

#include "pos/http/resources.h"
#include "pos/http/shapes.h"

enum { NAME_MAX_BYTES = 60, PIN_MAX = 16, HASH_MAX = 128 };

bool staff_list_answer(struct request *r, struct db *db, struct error *e) {
    struct staff *people;
    size_t count;
    if (!request_query_done(r, e) || !staff_list(db, r->arena, &people, &count, e)) return false;
    struct json answer = json_new_object(r->arena), list = json_set_array(answer, "staff");
    for (size_t i = 0; i < count; i++) shape_staff(json_push_object(list), &people[i]);
    reply_json(r, 200, answer);
    return true;
}

static bool reply_person(struct act *act, struct request *r, int status, struct staff_id id, struct error *e) {
    struct staff person;
    if (!staff_get(act->db, id, r->arena, &person, e)) return false;
    struct json answer = json_new_object(r->arena);
    shape_staff(answer, &person);
    reply_json(r, status, answer);
    return true;
}

/* ---- POST /staff ---- */

struct person_in {
    struct staff_change change; /* NULL and -1: not given */
    const char *pin;
    char hash[HASH_MAX];
};

bool staff_add_parse(struct request *r, struct error *e) {
    struct person_in *in = r->parsed = ARENA_NEW(r->arena, struct person_in);
    REQUEST_ONLY(r, "name", "role", "pin");
    in->change.name = json_text(r->json, "name", NAME_MAX_BYTES);
    in->change.role = json_enum(r->json, "role", role_names);
    in->pin = json_text(r->json, "pin", PIN_MAX);
    return json_ok(r->json, e) && pin_check_form(in->pin, (enum role)in->change.role, false, e);
}

bool staff_add_work(struct request *r, struct db *db, struct error *e) {
    struct person_in *in = r->parsed;
    (void)db;
    return pin_hash(in->pin, in->hash, e);
}

bool staff_add_run(struct act *act, struct request *r, struct error *e) {
    const struct person_in *in = r->parsed;
    struct staff_id id;
    return staff_add(act, in->change.name, (enum role)in->change.role, in->hash, &id, e) && reply_person(act, r, 201, id, e);
}

/* ---- PATCH /staff/{id} ---- */

static struct staff_id request_person(const struct request *r) {
    return (struct staff_id){r->params[0].number};
}

bool staff_change_parse(struct request *r, struct error *e) {
    struct person_in *in = r->parsed = ARENA_NEW(r->arena, struct person_in);
    REQUEST_ONLY(r, "name", "role", "active", "pin");
    in->change = (struct staff_change){.role = -1, .active = -1};
    if (json_has(r->json, "name")) in->change.name = json_text(r->json, "name", NAME_MAX_BYTES);
    in->change.role = json_enum_or(r->json, "role", role_names, -1);
    if (json_has(r->json, "active")) in->change.active = json_bool(r->json, "active");
    if (json_has(r->json, "pin")) in->pin = json_text(r->json, "pin", PIN_MAX);
    if (!json_ok(r->json, e)) return false;
    if (in->change.name || in->change.role >= 0 || in->change.active >= 0 || in->pin) return true;
    return error_fail(e, ERROR_INVALID, "nothing_to_change", "say at least one of: name, role, active, pin");
}

/* The new PIN fits the role the person will have. */
bool staff_change_work(struct request *r, struct db *db, struct error *e) {
    struct person_in *in = r->parsed;
    struct staff person;
    if (!in->pin) return true;
    if (!staff_get(db, request_person(r), r->arena, &person, e)) return false;
    enum role role = in->change.role >= 0 ? (enum role)in->change.role : person.role;
    if (!pin_check_form(in->pin, role, false, e) || !pin_hash(in->pin, in->hash, e)) return false;
    in->change.hash = in->hash;
    return true;
}

bool staff_change_run(struct act *act, struct request *r, struct error *e) {
    const struct person_in *in = r->parsed;
    return staff_update(act, request_person(r), &in->change, e) && reply_person(act, r, 200, request_person(r), e);
}
