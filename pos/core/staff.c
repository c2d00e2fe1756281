/* People: listing, adding, changing. */
#include "pos/core/staff.h"

#include <inttypes.h>
#include <string.h>

#include "data/text.h"
#include "pos/core/journal.h"
#include "pos/core/staff_row.h"

enum { NAME_MAX_SIGNS = 60 };

static enum role role_named(const char *name) {
    for (int i = 0; role_names[i]; i++)
        if (strcmp(role_names[i], name) == 0) return (enum role)i;
    return ROLE_COOK; /* the database's CHECK lets no other in */
}

struct staff staff_from_row(const struct db_rows *r, struct arena *a) {
    return (struct staff){
        .id = {db_col_int(r, 0)},
        .name = arena_text(a, db_col_text(r, 1)),
        .role = role_named(db_col_text(r, 2)),
        .active = db_col_int(r, 3) != 0,
        .created_at = db_col_int(r, 4),
    };
}

bool staff_list(struct db *db, struct arena *a, struct staff **out, size_t *count, struct error *e) {
    struct db_rows r;
    int64_t n;
    *count = 0;
    if (!db_get_int(db, "SELECT count(*) FROM staff", DB_NO_ARGS, 0, &n, e)) return false;
    *out = ARENA_ARRAY(a, (size_t)n + 1, struct staff);
    if (!db_query(db, "SELECT id, name, role, active, created_at FROM staff ORDER BY id LIMIT ?", DB_ARGS(db_int(n)), &r, e))
        return false;
    while (db_next(&r)) (*out)[(*count)++] = staff_from_row(&r, a);
    return db_done(&r, e);
}

bool staff_get(struct db *db, struct staff_id id, struct arena *a, struct staff *out, struct error *e) {
    struct db_rows r;
    bool found = false;
    if (!db_query(db, "SELECT id, name, role, active, created_at FROM staff WHERE id = ?", DB_ARGS(db_int(id.v)), &r, e))
        return false;
    if (db_next(&r)) {
        found = true;
        *out = staff_from_row(&r, a);
    }
    if (!db_done(&r, e)) return false;
    return found || error_fail(e, ERROR_NOT_FOUND, "staff_unknown", "person %" PRId64 ": unknown", id.v);
}

/* ---- changes ---- */

static bool check_name(const char *name, struct error *e) {
    size_t n = strlen(name);
    bool good = n > 0 && text_is_utf8(name, n) && text_columns(name) <= NAME_MAX_SIGNS && name[0] != ' ' && name[n - 1] != ' ';
    for (size_t i = 0; good && i < n; i++) good = (unsigned char)name[i] >= ' ' && name[i] != 0x7f;
    if (good) return true;
    error_fail(e, ERROR_INVALID, "staff_name", "a name has 1 to %d characters, without a space at either end", NAME_MAX_SIGNS);
    return error_at_field(e, "name");
}

static bool check_free(struct act *act, const char *name, struct staff_id but, struct error *e) {
    int64_t other;
    if (!db_get_int(act->db, "SELECT id FROM staff WHERE name = ? AND id <> ?", DB_ARGS(db_text(name), db_int(but.v)), 0, &other,
                    e))
        return false;
    if (other == 0) return true;
    error_fail(e, ERROR_CONFLICT, "staff_name_taken", "\"%s\": person %" PRId64 " has this name already", name, other);
    return error_at_field(e, "name");
}

bool staff_add(struct act *act, const char *name, enum role role, const char *hash, struct staff_id *out, struct error *e) {
    if (!check_name(name, e) || !check_free(act, name, (struct staff_id){0}, e)) return false;
    if (!db_insert(act->db, "INSERT INTO staff (name, role, pin_hash, created_at) VALUES (?, ?, ?, ?)",
                   DB_ARGS(db_text(name), db_text(role_names[role]), db_text(hash), db_int(act->now)), &out->v, e))
        return false;
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "staff", out->v);
    json_set_text(detail, "name", name);
    json_set_text(detail, "role", role_names[role]);
    act_changed(act, EVENT_STAFF, out->v, NULL);
    return journal_add(act, "staff_added", (struct order_id){0}, (struct shift_id){0}, detail, e);
}

static bool keep_an_administrator(struct act *act, const struct staff *was, enum role role, bool active, struct error *e) {
    if (was->role != ROLE_ADMINISTRATOR || !was->active || (role == ROLE_ADMINISTRATOR && active)) return true;
    int64_t others;
    if (!db_get_int(act->db, "SELECT count(*) FROM staff WHERE role = 'administrator' AND active = 1 AND id <> ?",
                    DB_ARGS(db_int(was->id.v)), 0, &others, e))
        return false;
    return others > 0 ||
           error_fail(e, ERROR_CONFLICT, "last_administrator", "%s is the last administrator: make another one first", was->name);
}

/* What changed, old and new; never the PIN. */
static bool journal_change(struct act *act, const struct staff *was, const char *name, enum role role, bool active, bool pin,
                           struct error *e) {
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "staff", was->id.v);
    json_set_text(detail, "name", name);
    if (strcmp(name, was->name) != 0) json_set_text(detail, "former_name", was->name);
    json_set_text(detail, "role", role_names[role]);
    if (role != was->role) json_set_text(detail, "former_role", role_names[was->role]);
    json_set_bool(detail, "active", active);
    json_set_bool(detail, "new_pin", pin);
    return journal_add(act, "staff_changed", (struct order_id){0}, (struct shift_id){0}, detail, e);
}

bool staff_update(struct act *act, struct staff_id id, const struct staff_change *change, struct error *e) {
    struct staff was;
    if (!staff_get(act->db, id, act->arena, &was, e)) return false;
    const char *name = change->name ? change->name : was.name;
    enum role role = change->role >= 0 ? (enum role)change->role : was.role;
    bool active = change->active >= 0 ? change->active != 0 : was.active;
    if (change->name && (!check_name(name, e) || !check_free(act, name, id, e))) return false;
    if (role >= ROLE_MANAGER && was.role < ROLE_MANAGER && !change->hash) {
        error_fail(e, ERROR_INVALID, "pin_form", "%s becomes %s and needs a new, longer PIN", was.name, role_names[role]);
        return error_at_field(e, "pin");
    }
    if (!keep_an_administrator(act, &was, role, active, e)) return false;
    if (!db_exec(act->db, "UPDATE staff SET name = ?, role = ?, active = ?, pin_hash = coalesce(?, pin_hash) WHERE id = ?",
                 DB_ARGS(db_text(name), db_text(role_names[role]), db_int(active), db_text(change->hash), db_int(id.v)), e))
        return false;
    /* A new PIN ends the sessions that the old one opened, and the wait that wrong ones had earned. */
    bool leave = !active || change->hash;
    if (leave && !db_exec(act->db, "DELETE FROM session WHERE staff_id = ?", DB_ARGS(db_int(id.v)), e)) return false;
    if (change->hash && !db_exec(act->db, "DELETE FROM pin_throttle WHERE scope = ?",
                                 DB_ARGS(db_text(arena_printf(act->arena, "staff:%" PRId64, id.v))), e))
        return false;
    act_changed(act, EVENT_STAFF, id.v, NULL);
    return journal_change(act, &was, name, role, active, change->hash != NULL, e);
}
