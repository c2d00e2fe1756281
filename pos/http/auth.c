/* Who asks. */
#include "pos/http/auth.h"

#include <string.h>
#include <strings.h>

#include "pos/http/door_rooms.h"
#include "pos/http/route.h"

/* RFC 6265: pairs "name=value" with "; " between them. */
static const char *cookie_value(const char *cookies, const char *name, struct arena *a) {
    size_t length = strlen(name);
    for (const char *at = cookies; at && *at;) {
        at += strspn(at, " ;");
        size_t size = strcspn(at, ";");
        if (size > length && strncmp(at, name, length) == 0 && at[length] == '=')
            return arena_text_n(a, at + length + 1, size - length - 1);
        at += size;
    }
    return NULL;
}

static const struct auth_cookie cookies[] = {{"comanda", "/"}, {"comanda_practica", PRACTICE_PATH}};

const struct auth_cookie *auth_cookie(const struct till *t) {
    return &cookies[t->practice_of != NULL];
}

const char *auth_token(const struct request_headers *headers, const char *cookie, struct arena *a) {
    const char *bearer = headers->authorization;
    if (bearer && strncasecmp(bearer, "Bearer ", 7) == 0) return bearer + 7;
    return cookie_value(headers->cookie, cookie, a);
}

static const struct actor console = {.role = ROLE_ADMINISTRATOR, .device = "console"};

bool auth_identify(struct request *r, struct db *db, struct error *e) {
    if (r->console) {
        r->actor = console;
        return true;
    }
    enum permission needed = r->route->permission;
    if (needed == PERMISSION_PUBLIC) {
        r->actor.device = r->peer;
        return true;
    }
    r->token = auth_token(&r->headers, auth_cookie(r->till)->name, r->arena);
    if (!r->token) return error_fail(e, ERROR_DENIED, "not_signed_in", "sign in first");
    if (!session_find(db, r->token, clock_now(r->till->clock), r->arena, &r->session, e)) return false;
    r->signed_in = true;
    r->actor = (struct actor){.staff = r->session.staff.id, .role = r->session.staff.role, .device = r->session.device};
    if (role_may(r->actor.role, needed)) return true;
    return error_fail(e, ERROR_DENIED, "not_permitted", "a %s may not do this (%s)", role_names[r->actor.role],
                      permission_names[needed]);
}

/* ---- PINs ---- */

static bool count_try(struct act *act, void *self, struct error *e) {
    return pin_attempt(act, self, e);
}

static bool settle_try(struct act *act, void *self, struct error *e) {
    return pin_settle(act, self, e);
}

static bool note_mistake(struct act *act, void *self, struct error *e) {
    return pin_mistaken(act, self, e);
}

bool auth_check_pin(struct request *r, struct db *db, struct staff_id staff, const char *pin, const char *device,
                    struct error *e) {
    struct pin_try t = {.staff = staff, .device = device};
    struct actor actor = r->actor;
    struct error unnoted;
    actor.device = device;
    if (!till_do(r->till, actor, r->arena, count_try, &t, e)) return false;
    if (pin_verify(db, staff, pin, e)) return till_do(r->till, actor, r->arena, settle_try, &t, e);
    /* The lock stands already; should its entry fail, the answer is that failure and not that the PIN is wrong. */
    if (e->kind == ERROR_DENIED && pin_try_locks(&t) && !till_do(r->till, actor, r->arena, note_mistake, &t, &unnoted))
        *e = unnoted;
    return false;
}

bool auth_approve(struct request *r, struct db *db, struct error *e) {
    if (!r->approval.pin) return true;
    struct staff approver;
    if (!auth_check_pin(r, db, r->approval.staff, r->approval.pin, r->actor.device, e)) return false;
    if (!staff_get(db, r->approval.staff, r->arena, &approver, e)) return false;
    r->actor.approver = approver.id;
    r->actor.approver_role = approver.role;
    return true;
}
