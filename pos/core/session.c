/* Sessions: a random token in the browser, its hash in the database. */
#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "pos/core/journal.h"
#include "pos/core/staff.h"
#include "pos/core/staff_row.h"

enum { TOKEN_SIZE = 32, TOKEN_HASH = 32 };
#define SESSION_MS (INT64_C(3600000) * SESSION_HOURS)

static void token_hash(const char *token, unsigned char out[TOKEN_HASH]) {
    crypto_generichash(out, TOKEN_HASH, (const unsigned char *)token, strlen(token), NULL, 0);
}

static bool journal_session(struct act *act, const char *kind, struct staff_id id, const char *device, struct error *e) {
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "staff", id.v);
    json_set_text(detail, "device", device);
    return journal_add(act, kind, (struct order_id){0}, (struct shift_id){0}, detail, e);
}

bool session_open(struct act *act, struct staff_id id, const char *device, char token[SESSION_TOKEN_TEXT], int64_t *expires_at,
                  struct error *e) {
    unsigned char secret[TOKEN_SIZE], hash[TOKEN_HASH];
    struct staff person;
    if (!staff_get(act->db, id, act->arena, &person, e)) return false;
    if (!person.active)
        return error_fail(e, ERROR_DENIED, "pin_wrong", "the PIN is wrong"); /* disabled since the PIN was checked */
    if (sodium_init() < 0) return error_fail(e, ERROR_INTERNAL, "no_random", "libsodium cannot start");
    randombytes_buf(secret, sizeof secret);
    sodium_bin2base64(token, SESSION_TOKEN_TEXT, secret, sizeof secret, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(secret, sizeof secret);
    token_hash(token, hash);
    *expires_at = act->now + SESSION_MS;
    /* The sign-in is the person's own act, whoever carried it here. */
    act->actor.staff = id;
    act->actor.role = person.role;
    return db_exec(act->db, "DELETE FROM session WHERE expires_at <= ?", DB_ARGS(db_int(act->now)), e) &&
           db_exec(act->db, "INSERT INTO session (token_hash, staff_id, device, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
                   DB_ARGS(db_blob(hash, sizeof hash), db_int(id.v), db_text(device), db_int(act->now), db_int(*expires_at)),
                   e) &&
           journal_session(act, "signed_in", id, device, e);
}

static bool not_signed_in(struct error *e) {
    return error_fail(e, ERROR_DENIED, "not_signed_in", "not signed in");
}

bool session_find(struct db *db, const char *token, int64_t now, struct arena *a, struct session *out, struct error *e) {
    unsigned char hash[TOKEN_HASH];
    struct db_rows r;
    bool found = false;
    if (!token || strlen(token) != SESSION_TOKEN_TEXT - 1) return not_signed_in(e);
    token_hash(token, hash);
    if (!db_query(db,
                  "SELECT s.id, s.name, s.role, s.active, s.created_at, t.device, t.expires_at FROM session t "
                  "JOIN staff s ON s.id = t.staff_id WHERE t.token_hash = ? AND t.expires_at > ? AND s.active = 1",
                  DB_ARGS(db_blob(hash, sizeof hash), db_int(now)), &r, e))
        return false;
    if (db_next(&r)) {
        found = true;
        *out = (struct session){
            .staff = staff_from_row(&r, a),
            .device = arena_text(a, db_col_text(&r, 5)),
            .expires_at = db_col_int(&r, 6),
        };
    }
    if (!db_done(&r, e)) return false;
    return found || not_signed_in(e);
}

bool session_close(struct act *act, const char *token, struct error *e) {
    unsigned char hash[TOKEN_HASH];
    struct session s;
    if (!session_find(act->db, token, act->now, act->arena, &s, e)) return false;
    token_hash(token, hash);
    return db_exec(act->db, "DELETE FROM session WHERE token_hash = ?", DB_ARGS(db_blob(hash, sizeof hash)), e) &&
           journal_session(act, "signed_out", s.staff.id, s.device, e);
}
