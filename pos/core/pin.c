/* PINs: their form, their Argon2id hash, the counting of tries, and the entry of what they lock. */
#include <ctype.h>
#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "pos/core/journal.h"
#include "pos/core/staff.h"

/* OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB and two passes. */
enum { HASH_PASSES = 2, HASH_MEMORY = 19 * 1024 * 1024 };
enum { FREE_TRIES = 2, FIRST_WAIT_MS = 5000, LONGEST_WAIT_MS = 15 * 60 * 1000, FORGET_MS = 24 * 60 * 60 * 1000 };
enum { SCOPE_MAX = 128 };
_Static_assert(crypto_pwhash_STRBYTES <= 128, "a hash fits");

/* One digit all through, a run up or down, or a pair repeated: the first that anyone tries. */
static bool pin_is_weak(const char *pin, size_t n) {
    bool same = true, up = true, down = true, pair = true;
    for (size_t i = 1; i < n; i++) {
        same = same && pin[i] == pin[0];
        up = up && pin[i] == pin[i - 1] + 1;
        down = down && pin[i] == pin[i - 1] - 1;
        pair = pair && (i < 2 || pin[i] == pin[i - 2]);
    }
    return same || up || down || pair;
}

bool pin_check_form(const char *pin, enum role role, bool allow_weak, struct error *e) {
    bool senior = role >= ROLE_MANAGER;
    size_t least = senior ? 6 : 4, most = senior ? 8 : 6, n = strlen(pin);
    bool digits = n >= least && n <= most;
    for (size_t i = 0; digits && i < n; i++) digits = isdigit((unsigned char)pin[i]) != 0;
    if (!digits) {
        error_fail(e, ERROR_INVALID, "pin_form", "the PIN of a %s has %zu to %zu digits", role_names[role], least, most);
        return error_at_field(e, "pin");
    }
    if (!allow_weak && pin_is_weak(pin, n)) {
        error_fail(e, ERROR_INVALID, "pin_weak", "this PIN is among the first that anyone would try; choose another");
        return error_at_field(e, "pin");
    }
    return true;
}

bool pin_hash(const char *pin, char out[128], struct error *e) {
    memset(out, 0, 128);
    if (sodium_init() < 0 ||
        crypto_pwhash_str_alg(out, pin, strlen(pin), HASH_PASSES, HASH_MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return error_fail(e, ERROR_INTERNAL, "no_memory", "hashing a PIN: %d bytes of memory are not to be had", HASH_MEMORY);
    return true;
}

bool pin_verify(struct db *reader, struct staff_id id, const char *pin, struct error *e) {
    struct arena *a = arena_open();
    const char *stored;
    bool right = false;
    bool read =
        db_get_text(reader, "SELECT pin_hash FROM staff WHERE id = ? AND active = 1", DB_ARGS(db_int(id.v)), a, &stored, e);
    if (read && stored) {
        right = sodium_init() >= 0 && crypto_pwhash_str_verify(stored, pin, strlen(pin)) == 0;
    } else if (read) {
        char unused[128]; /* an unknown person takes as long as a known one */
        read = pin_hash(pin, unused, e);
    }
    arena_close(a);
    if (!read) return false;
    return right || error_fail(e, ERROR_DENIED, "pin_wrong", "the PIN is wrong");
}

/* ---- tries ---- */

static int64_t wait_after(int64_t failures) {
    if (failures <= FREE_TRIES) return 0;
    int64_t wait = FIRST_WAIT_MS;
    for (int64_t i = FREE_TRIES + 1; i < failures && wait < LONGEST_WAIT_MS; i++) wait *= 2;
    return wait < LONGEST_WAIT_MS ? wait : LONGEST_WAIT_MS;
}

static bool refuse_locked(struct act *act, const char *scope, const char *whose, struct error *e) {
    int64_t until;
    if (!db_get_int(act->db, "SELECT locked_until FROM pin_throttle WHERE scope = ?", DB_ARGS(db_text(scope)), 0, &until, e))
        return false;
    if (until <= act->now) return true;
    return error_fail(e, ERROR_BUSY, "pin_locked", "too many wrong PINs %s: try again in %" PRId64 " s", whose,
                      (until - act->now + 999) / 1000);
}

/* Counts as wrong until pin_settle says otherwise: tries made side by side cannot outrun the count. */
static bool count_try(struct act *act, const char *scope, struct pin_lock *lock, struct error *e) {
    int64_t failures;
    if (!db_get_int(act->db, "SELECT failures FROM pin_throttle WHERE scope = ?", DB_ARGS(db_text(scope)), 0, &failures, e))
        return false;
    failures++;
    int64_t until = act->now + wait_after(failures);
    *lock = until > act->now ? (struct pin_lock){.failures = failures, .until = until} : (struct pin_lock){0};
    return db_exec(act->db,
                   "INSERT INTO pin_throttle (scope, failures, locked_until) VALUES (?1, ?2, ?3) "
                   "ON CONFLICT (scope) DO UPDATE SET failures = ?2, locked_until = ?3",
                   DB_ARGS(db_text(scope), db_int(failures), db_int(until)), e);
}

struct scopes {
    const char *staff, *device;
};

static struct scopes scopes_of(struct act *act, const struct pin_try *t) {
    return (struct scopes){
        .staff = arena_printf(act->arena, "staff:%" PRId64, t->staff.v),
        .device = arena_printf(act->arena, "device:%.*s", SCOPE_MAX, t->device ? t->device : ""),
    };
}

bool pin_attempt(struct act *act, struct pin_try *t, struct error *e) {
    struct scopes s = scopes_of(act, t);
    /* A day without a try is forgotten: invented device names leave nothing behind. */
    if (!db_exec(act->db, "DELETE FROM pin_throttle WHERE locked_until < ?", DB_ARGS(db_int(act->now - FORGET_MS)), e))
        return false;
    return refuse_locked(act, s.staff, "for this person", e) && refuse_locked(act, s.device, "from this device", e) &&
           count_try(act, s.staff, &t->person, e) && count_try(act, s.device, &t->of_device, e);
}

bool pin_settle(struct act *act, const struct pin_try *t, struct error *e) {
    struct scopes s = scopes_of(act, t);
    return db_exec(act->db, "DELETE FROM pin_throttle WHERE scope IN (?, ?)", DB_ARGS(db_text(s.staff), db_text(s.device)), e);
}

/* ---- the journal ---- */

static void tell_lock(struct json detail, const char *scope, const struct pin_lock *lock) {
    char until[CLOCK_TEXT_MAX];
    if (lock->until == 0) return;
    struct json one = json_set_object(detail, scope);
    json_set_int(one, "failures", lock->failures);
    json_set_text(one, "until", clock_rfc3339(lock->until, until));
}

bool pin_mistaken(struct act *act, const struct pin_try *t, struct error *e) {
    int64_t known;
    if (!pin_try_locks(t)) return true;
    if (!db_get_int(act->db, "SELECT count(*) FROM staff WHERE id = ?", DB_ARGS(db_int(t->staff.v)), 0, &known, e)) return false;
    if (known == 0) return true;
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "staff", t->staff.v);
    json_set_text(detail, "device", t->device ? t->device : "");
    json_set_text(detail, "purpose", act->actor.staff.v != 0 ? "approval" : "sign_in");
    tell_lock(detail, "person_locked", &t->person);
    tell_lock(detail, "device_locked", &t->of_device);
    return journal_add(act, "pin_locked", (struct order_id){0}, (struct shift_id){0}, detail, e);
}
