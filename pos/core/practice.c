/* The practice till beside the real one: its site, the mark of its database, and what it copies. */
#include "pos/core/practice.h"

#include <string.h>

#include "pos/core/shift.h"

enum { FLOAT_OF_PRACTICE = 200000 };

/* ---- the site ---- */

static const struct site_numbering numbering = {.kind = "pos",
                                                .prefix = PRACTICE_PREFIX,
                                                .from = 1,
                                                .to = 99999999,
                                                .valid_from = "2000-01-01",
                                                .valid_until = "2099-12-31",
                                                .resolution = "PRÁCTICA",
                                                .resolution_date = "2000-01-01"};

const struct site *practice_site(const struct site *real, struct arena *a) {
    struct site *s = arena_copy(a, real, sizeof *real);
    struct site_printer *printers = arena_copy(a, real->printers, real->printer_count * sizeof *printers);
    for (size_t i = 0; i < s->printer_count; i++) {
        printers[i].transport = TRANSPORT_VIRTUAL;
        printers[i].confirm = false;
        printers[i].drawer = 0;
    }
    s->printers = printers;
    s->receipt_printer = site_find_printer(s, real->receipt_printer->slug);
    s->numbering = &numbering;
    s->numbering_count = 1;
    s->practice = true;
    return s;
}

/* ---- the database ---- */

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS practice (one INTEGER PRIMARY KEY CHECK (one = 1), since INTEGER NOT NULL) STRICT;"
    "CREATE TABLE IF NOT EXISTS practice_person (staff_id INTEGER PRIMARY KEY REFERENCES staff (id), since INTEGER NOT NULL) "
    "STRICT;"
    "CREATE TRIGGER IF NOT EXISTS practice_marks_paper AFTER INSERT ON print_job WHEN NEW.practice = 0"
    " BEGIN UPDATE print_job SET practice = 1 WHERE id = NEW.id; END;";

bool practice_check_kind(const struct till *t, struct db *db, struct error *e) {
    int64_t marked, people;
    if (!db_get_int(db, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'practice'", DB_NO_ARGS, 0, &marked,
                    e) ||
        !db_get_int(db, "SELECT count(*) FROM staff", DB_NO_ARGS, 0, &people, e))
        return false;
    if (marked && !t->practice_of)
        return error_fail(e, ERROR_CONFLICT, "practice_database", "%s: was made for practice, nothing in it is real",
                          t->database);
    if (!marked && people && t->practice_of)
        return error_fail(e, ERROR_CONFLICT, "practice_database", "%s: was not made for practice", t->database);
    return true;
}

/* ---- what is copied ---- */

struct person {
    int64_t id, active, created_at;
    const char *name, *role, *hash;
};
struct original {
    struct person *people;
    size_t count;
    const char *menu; /* newest; NULL: none yet */
};

static bool read_original(struct db *db, struct arena *a, struct original *out, struct error *e) {
    struct db_rows r;
    int64_t n;
    *out = (struct original){0};
    if (!db_get_int(db, "SELECT count(*) FROM staff", DB_NO_ARGS, 0, &n, e)) return false;
    out->people = ARENA_ARRAY(a, (size_t)n + 1, struct person);
    if (!db_query(db, "SELECT id, active, created_at, name, role, pin_hash FROM staff ORDER BY id LIMIT ?", DB_ARGS(db_int(n)),
                  &r, e))
        return false;
    while (db_next(&r))
        out->people[out->count++] = (struct person){.id = db_col_int(&r, 0),
                                                    .active = db_col_int(&r, 1),
                                                    .created_at = db_col_int(&r, 2),
                                                    .name = arena_text(a, db_col_text(&r, 3)),
                                                    .role = arena_text(a, db_col_text(&r, 4)),
                                                    .hash = arena_text(a, db_col_text(&r, 5))};
    return db_done(&r, e) &&
           db_get_text(db, "SELECT document FROM menu_version ORDER BY id DESC LIMIT 1", DB_NO_ARGS, a, &out->menu, e);
}

static bool read_real(const struct till *practice, struct arena *a, struct original *out, struct error *e) {
    struct db_pool *readers = practice->practice_of->readers;
    struct db *db = db_pool_take(readers);
    bool ok = read_original(db, a, out, e);
    db_pool_give(readers, db);
    return ok;
}

static bool same_person(const struct person *a, const struct person *b) {
    return a->id == b->id && a->active == b->active && strcmp(a->name, b->name) == 0 && strcmp(a->role, b->role) == 0 &&
           strcmp(a->hash, b->hash) == 0;
}

static bool same_people(const struct original *a, const struct original *b) {
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) same = same_person(&a->people[i], &b->people[i]);
    return same;
}

static bool same_menu(const struct original *a, const struct original *b) {
    return a->menu && b->menu && strcmp(a->menu, b->menu) == 0;
}

static bool copy_person(struct act *act, const struct person *p, struct error *e) {
    return db_exec(act->db,
                   "DELETE FROM session WHERE staff_id = ?1 AND NOT EXISTS (SELECT 1 FROM staff WHERE id = ?1 AND role = ?2 AND "
                   "pin_hash = ?3 AND active = ?4)",
                   DB_ARGS(db_int(p->id), db_text(p->role), db_text(p->hash), db_int(p->active)), e) &&
           db_exec(
               act->db,
               "INSERT INTO staff (id, name, role, pin_hash, active, created_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO "
               "UPDATE SET name = excluded.name, role = excluded.role, pin_hash = excluded.pin_hash, active = excluded.active",
               DB_ARGS(db_int(p->id), db_text(p->name), db_text(p->role), db_text(p->hash), db_int(p->active),
                       db_int(p->created_at)),
               e);
}

/* Two people may have swapped their names: first nobody has any that a person could have (names hold no control characters).
 * Whoever is not in the real till any more stays so, and may not sign in: rows name them. */
static bool copy_people(struct act *act, const struct original *real, struct error *e) {
    if (!db_exec(act->db, "UPDATE staff SET name = char(1) || id", DB_NO_ARGS, e)) return false;
    for (size_t i = 0; i < real->count; i++)
        if (!copy_person(act, &real->people[i], e)) return false;
    act_changed(act, EVENT_STAFF, 0, NULL);
    return db_exec(act->db, "DELETE FROM session WHERE staff_id IN (SELECT id FROM staff WHERE name = char(1) || id)", DB_NO_ARGS,
                   e) &&
           db_exec(act->db, "UPDATE staff SET active = 0 WHERE name = char(1) || id", DB_NO_ARGS, e);
}

static bool copy_menu(struct act *act, const struct original *real, struct error *e) {
    struct json document;
    int64_t version;
    if (!real->menu) return error_fail(e, ERROR_INTERNAL, "menu_none", "the real till has no menu");
    return json_parse(act->arena, real->menu, strlen(real->menu), &document, e) && till_publish_menu(act, document, &version, e);
}

/* Compares again: two screens may have found the difference at once. */
static bool follow(struct act *act, void *self, struct error *e) {
    struct original real, own;
    (void)self;
    if (!read_real(act->till, act->arena, &real, e) || !read_original(act->db, act->arena, &own, e)) return false;
    return (same_people(&real, &own) || copy_people(act, &real, e)) && (same_menu(&real, &own) || copy_menu(act, &real, e));
}

static bool load_menu(struct act *act, struct error *e) {
    int64_t newest;
    struct menu *m;
    if (!db_get_int(act->db, "SELECT max(id) FROM menu_version", DB_NO_ARGS, 0, &newest, e) ||
        !menu_version(act->db, newest, act->till->site, act->till->arena, &m, e))
        return false;
    act->new_menu = m;
    return true;
}

bool practice_first_steps(struct act *act, struct error *e) {
    return db_script(act->db, schema, e) &&
           db_exec(act->db, "INSERT INTO practice (one, since) VALUES (1, ?) ON CONFLICT (one) DO NOTHING",
                   DB_ARGS(db_int(act->now)), e) &&
           follow(act, NULL, e) && (act->new_menu || load_menu(act, e));
}

bool practice_follow(struct till *t, struct db *reader, struct arena *a, struct error *e) {
    static const struct actor console = {.role = ROLE_ADMINISTRATOR, .device = "console"};
    struct original real, own;
    if (!read_original(reader, a, &own, e) || !read_real(t, a, &real, e)) return false;
    return (same_people(&real, &own) && same_menu(&real, &own)) || till_do(t, console, a, follow, NULL, e);
}

/* ---- signing in ---- */

bool practice_welcome(struct act *act, const struct staff *person, struct error *e) {
    struct shift_id shift;
    int64_t open;
    if (!role_may(person->role, PERMISSION_SELL) || role_may(person->role, PERMISSION_SHIFT)) return true;
    if (!db_get_int(act->db, "SELECT id FROM shift WHERE state = 'open'", DB_NO_ARGS, 0, &open, e)) return false;
    return open != 0 || shift_open(act, FLOAT_OF_PRACTICE, &shift, e);
}
