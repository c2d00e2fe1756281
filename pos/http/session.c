/* Signing in and out. */
#include <string.h>

#include "pos/core/practice.h"
#include "pos/http/auth.h"
#include "pos/http/door_rooms.h"
#include "pos/http/resources.h"
#include "pos/http/shapes.h"

/* ---- GET /sign-in: whom the PIN pad shows ---- */

static const char *demo_pin(const struct staff *person) {
    for (size_t i = 0; i < sizeof demo_people / sizeof *demo_people; i++)
        if (strcmp(demo_people[i].name, person->name) == 0) return demo_people[i].pin;
    return NULL;
}

/* Practice has the people, PINs and menu of the real till: those of this moment. */
static bool follow_real(struct request *r, struct db *db, struct error *e) {
    return !r->till->practice_of || practice_follow(r->till, db, r->arena, e);
}

/* This is it; it can be entered from here; there is none. */
static const char *practice_here(const struct request *r) {
    if (r->till->practice_of) return "here";
    return r->door && r->door->practice.till ? "open" : "off";
}

bool sign_in_answer(struct request *r, struct db *db, struct error *e) {
    struct staff *people;
    size_t count;
    if (!request_query_done(r, e) || !follow_real(r, db, e) || !staff_list(db, r->arena, &people, &count, e)) return false;
    struct json answer = json_new_object(r->arena);
    struct json site = json_set_object(answer, "site");
    json_set_text(site, "slug", r->till->site->slug);
    json_set_text(site, "name", r->till->site->name);
    json_set_text(site, "language", r->till->site->language);
    json_set_text(answer, "version", COMANDA_VERSION);
    json_set_bool(answer, "demo", r->till->demo);
    json_set_text(answer, "practice", practice_here(r));
    struct json list = json_set_array(answer, "people");
    for (size_t i = 0; i < count; i++) {
        if (!people[i].active) continue;
        struct json person = json_push_object(list);
        json_set_int(person, "id", people[i].id.v);
        json_set_text(person, "name", people[i].name);
        json_set_text(person, "role", role_names[people[i].role]);
        const char *pin = r->till->demo ? demo_pin(&people[i]) : NULL;
        if (pin) json_set_text(person, "pin", pin);
    }
    reply_json(r, 200, answer);
    return true;
}

/* ---- POST /session ---- */

static const char *cookie(const struct request *r, const char *token, int seconds) {
    const struct auth_cookie *c = auth_cookie(r->till);
    return arena_printf(r->arena, "%s=%s; HttpOnly; SameSite=Strict; Path=%s; Max-Age=%d", c->name, token, c->path, seconds);
}

struct session_in {
    struct staff_id staff;
    const char *pin, *device;
    char token[SESSION_TOKEN_TEXT];
    int64_t expires_at;
};

bool session_parse(struct request *r, struct error *e) {
    (void)e;
    struct session_in *in = r->parsed = ARENA_NEW(r->arena, struct session_in);
    JSON_ONLY(r->json, "staff", "pin", "device");
    in->staff.v = json_int(r->json, "staff", 1, JSON_INT_MAX);
    in->pin = json_text(r->json, "pin", 16);
    in->device = json_text_or(r->json, "device", REQUEST_DEVICE_MAX, "");
    if (!in->device[0]) in->device = r->peer;
    return true;
}

static bool open_session(struct act *act, void *self, struct error *e) {
    struct session_in *in = self;
    struct staff person;
    if (!session_open(act, in->staff, in->device, in->token, &in->expires_at, e)) return false;
    if (!act->till->practice_of) return true;
    return staff_get(act->db, in->staff, act->arena, &person, e) && practice_welcome(act, &person, e);
}

bool session_post_answer(struct request *r, struct db *db, struct error *e) {
    struct session_in *in = r->parsed;
    if (!request_query_done(r, e) || !follow_real(r, db, e) || !auth_check_pin(r, db, in->staff, in->pin, in->device, e))
        return false;
    struct actor actor = {.staff = in->staff, .device = in->device};
    struct session session = {.device = in->device};
    if (!till_do(r->till, actor, r->arena, open_session, in, e) || !staff_get(db, in->staff, r->arena, &session.staff, e))
        return false;
    session.expires_at = in->expires_at;
    struct json answer = json_new_object(r->arena);
    json_set_text(answer, "token", in->token);
    shape_session(answer, &session);
    reply_json(r, 201, answer);
    r->reply.cookie = cookie(r, in->token, SESSION_HOURS * 3600);
    return true;
}

/* ---- GET and DELETE /session ---- */

bool session_answer(struct request *r, struct db *db, struct error *e) {
    (void)db;
    if (!request_query_done(r, e)) return false;
    if (!r->signed_in) return error_fail(e, ERROR_DENIED, "not_signed_in", "the console has no session");
    struct json answer = json_new_object(r->arena);
    shape_session(answer, &r->session);
    reply_json(r, 200, answer);
    return true;
}

bool session_end_run(struct act *act, struct request *r, struct error *e) {
    if (!r->signed_in) return error_fail(e, ERROR_DENIED, "not_signed_in", "the console has no session");
    if (!session_close(act, r->token, e)) return false;
    reply_empty(r, 204);
    r->reply.cookie = cookie(r, "", 0);
    return true;
}
