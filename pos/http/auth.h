/* Who asks: the session behind a token, what its role may, and a manager's approval. */
#ifndef COMANDA_HTTP_AUTH_H
#define COMANDA_HTTP_AUTH_H

#include "pos/http/request.h"

/* Fills token, session and actor. ERROR_DENIED "not_signed_in" (a public route needs no session) / "not_permitted". */
MUST_USE bool auth_identify(struct request *r, struct db *db, struct error *e);
/* "Bearer TOKEN" or the cookie's value; NULL: none. */
const char *auth_token(const struct request_headers *headers, const char *cookie, struct arena *a);
/* A browser holds a session of the real till and one of practice side by side. */
struct auth_cookie {
    const char *name, *path;
};
const struct auth_cookie *auth_cookie(const struct till *t);

/* A PIN try in its three steps (staff.h); slow: worker only. ERROR_DENIED "pin_wrong", ERROR_BUSY "pin_locked". */
MUST_USE bool auth_check_pin(struct request *r, struct db *db, struct staff_id staff, const char *pin, const char *device,
                             struct error *e);
/* The approval in the body, when there is one: checks it and names the approver in the actor. */
MUST_USE bool auth_approve(struct request *r, struct db *db, struct error *e);

#endif
