/* People: names, roles, PINs (Argon2id, libsodium), sessions, and the slowing of wrong tries.
 *
 * A PIN is 4–6 digits; managers and administrators 6–8. Wrong tries are counted per person and per device before they are checked, so that
 * tries side by side count too: the 3rd wrong one waits 5 s, each further one twice as long, up to 15 minutes (locked: "pin_locked").
 * Checking a PIN takes tens of milliseconds by design: never on the writer's or the door's thread. */
#ifndef COMANDA_CORE_STAFF_H
#define COMANDA_CORE_STAFF_H

#include "pos/core/till.h"

struct staff {
    struct staff_id id;
    const char *name;
    enum role role;
    bool active;
    int64_t created_at;
};
MUST_USE bool staff_list(struct db *db, struct arena *a, struct staff **out, size_t *count, struct error *e);
MUST_USE bool staff_get(struct db *db, struct staff_id id, struct arena *a, struct staff *out, struct error *e); /* ERROR_NOT_FOUND "staff_unknown" */

/* Checks the PIN's form for the role: ERROR_INVALID "pin_form" saying what it must be. Refuses 1234, 0000 and their like ("pin_weak") except for the demo people. */
MUST_USE bool pin_check_form(const char *pin, enum role role, bool allow_weak, struct error *e);
/* Slow. */
MUST_USE bool pin_hash(const char *pin, char out[128], struct error *e);

/* pin_hash'ed beforehand. ERROR_CONFLICT "staff_name_taken". */
MUST_USE bool staff_add(struct act *act, const char *name, enum role role, const char *hash, struct staff_id *out, struct error *e);
struct staff_change { const char *name; int role; int active; const char *hash; }; /* NULL / -1: unchanged */
/* Disabling ends the person's sessions at once; the last active administrator cannot be disabled or demoted ("last_administrator"). */
MUST_USE bool staff_update(struct act *act, struct staff_id id, const struct staff_change *change, struct error *e);

/* ---- a PIN try, in three steps: count it, check it (slow, no transaction), settle it ---- */
struct pin_lock { int64_t failures, until; }; /* what a try locks should it prove wrong; 0: nothing */
struct pin_try { struct staff_id staff; const char *device; struct pin_lock person, of_device; };
/* Counts the try for the person and the device, and tells in it what it locks. ERROR_BUSY "pin_locked" with the seconds to wait in the message, nothing counted then. */
MUST_USE bool pin_attempt(struct act *act, struct pin_try *t, struct error *e);
/* Slow; any thread. ERROR_DENIED "pin_wrong" — the same for an unknown, a disabled and a mistaken one. */
MUST_USE bool pin_verify(struct db *reader, struct staff_id id, const char *pin, struct error *e);
/* Forgets the counts of this person and this device after a right PIN. */
MUST_USE bool pin_settle(struct act *act, const struct pin_try *t, struct error *e);
/* Journals the lock that a wrong try brought: one entry for a lock, none for the tries before it, nor for those refused while it lasts. A try
 * for nobody known brings none: numbers and device names that anybody can invent would fill the journal. */
MUST_USE bool pin_mistaken(struct act *act, const struct pin_try *t, struct error *e);
static inline bool pin_try_locks(const struct pin_try *t) { return t->person.until != 0 || t->of_device.until != 0; }

/* ---- sessions ---- */
enum { SESSION_TOKEN_TEXT = 44, SESSION_HOURS = 16 }; /* 32 random bytes in URL-safe base64 and NUL */
struct session { struct staff staff; const char *device; int64_t expires_at; };
/* After pin_verify. Journals the sign-in. */
MUST_USE bool session_open(struct act *act, struct staff_id id, const char *device, char token[SESSION_TOKEN_TEXT], int64_t *expires_at, struct error *e);
MUST_USE bool session_find(struct db *db, const char *token, int64_t now, struct arena *a, struct session *out, struct error *e); /* ERROR_DENIED "not_signed_in" */
MUST_USE bool session_close(struct act *act, const char *token, struct error *e);

/* The five people of the demo: caja 1111, mesa 2222, cocina 3333, gerencia 444444, administración 555555. Idempotent. */
MUST_USE bool staff_seed_demo(struct act *act, struct error *e);
struct demo_person { const char *name, *pin; enum role role; };
extern const struct demo_person demo_people[5];
/* The first demo person who is active and still has the PIN everybody knows; *name NULL when nobody does. Slow. */
MUST_USE bool staff_demo_pin_open(struct db *db, const char **name, struct error *e);

#endif
