/* The guided tasks of practice: what a person has done there, beginning anew, and clearing the whole practice till. */
#include "pos/core/practice.h"

#include "data/text.h"

const char *const practice_task_names[] = {"sale", "modifier", "undo", "split", "close", NULL};
_Static_assert(sizeof practice_task_names / sizeof *practice_task_names == PRACTICE_TASKS + 1, "a name for every task");

/* ---- how far a person is ---- */

/* ?1 the person, ?2 since when it counts; the first time it was done. */
#define PAID                                                                                                                     \
    "SELECT min(p.at) FROM payment p JOIN orders o ON o.id = p.order_id WHERE p.staff_id = ?1 AND p.at > ?2 AND o.state IN "     \
    "('paid', 'closed')"
#define SENT                                                                                                                     \
    "SELECT min(o.opened_at) FROM orders o WHERE o.opened_by = ?1 AND o.opened_at > ?2 AND o.sends > 0 AND o.state <> 'voided'"
#define WITH_OPTIONS                                                                                                             \
    " AND EXISTS (SELECT 1 FROM order_line l JOIN order_line_option x ON x.line_id = l.id WHERE l.order_id = o.id AND "          \
    "l.added_by = ?1 AND l.voided < l.quantity)"
#define IN_PARTS(which) " AND (SELECT count(*) FROM bill_counting b WHERE b.order_id = o.id" which ") > 1"

/* Who may take money sees the guest off; who may not has done it once the kitchen has it. */
static const struct task {
    enum permission whole, part;
    const char *whole_sql, *part_sql;
} tasks[PRACTICE_TASKS] = {
    [PRACTICE_SALE] = {PERMISSION_PAY, PERMISSION_SELL, PAID, SENT},
    [PRACTICE_MODIFIER] = {PERMISSION_PAY, PERMISSION_SELL, PAID WITH_OPTIONS, SENT WITH_OPTIONS},
    [PRACTICE_UNDO] = {PERMISSION_SELL, PERMISSION_SELL, "SELECT min(at) FROM line_void WHERE staff_id = ?1 AND at > ?2", NULL},
    [PRACTICE_SPLIT] = {PERMISSION_PAY, PERMISSION_SELL, PAID IN_PARTS(" AND b.state = 'paid'"), SENT IN_PARTS("")},
    [PRACTICE_CLOSE] = {PERMISSION_SHIFT, PERMISSION_SHIFT,
                        "SELECT min(closed_at) FROM shift WHERE closed_by = ?1 AND closed_at > ?2", NULL},
};

static bool find_state(struct db *db, const struct task *task, const struct staff *person, int64_t since,
                       struct practice_state *out, struct error *e) {
    bool whole = role_may(person->role, task->whole);
    *out = (struct practice_state){.possible = whole || role_may(person->role, task->part)};
    return !out->possible || db_get_int(db, whole ? task->whole_sql : task->part_sql,
                                        DB_ARGS(db_int(person->id.v), db_int(since)), 0, &out->done_at, e);
}

bool practice_progress(struct db *db, const struct staff *person, struct practice_progress *out, struct error *e) {
    *out = (struct practice_progress){0};
    if (!db_get_int(db, "SELECT since FROM practice_person WHERE staff_id = ?", DB_ARGS(db_int(person->id.v)), 0, &out->since, e))
        return false;
    for (int i = 0; i < PRACTICE_TASKS; i++)
        if (!find_state(db, &tasks[i], person, out->since, &out->tasks[i], e)) return false;
    return true;
}

/* ---- anew ---- */

static bool only_practice(const struct act *act, struct error *e) {
    return act->till->practice_of || error_fail(e, ERROR_NOT_FOUND, "practice_only", "only the practice till has this");
}

bool practice_restart(struct act *act, struct staff_id person, struct error *e) {
    struct staff known;
    if (!only_practice(act, e) || !staff_get(act->db, person, act->arena, &known, e)) return false;
    if (person.v != act->actor.staff.v && !act_may(act, PERMISSION_REPORTS, e)) return false;
    act_changed(act, EVENT_STAFF, person.v, NULL);
    return db_exec(
        act->db, "INSERT INTO practice_person (staff_id, since) VALUES (?1, ?2) ON CONFLICT (staff_id) DO UPDATE SET since = ?2",
        DB_ARGS(db_int(person.v), db_int(act->now)), e);
}

static bool gather(struct db *db, const char *sql, struct text_buffer *script, struct error *e) {
    struct db_rows r;
    if (!db_query(db, sql, DB_NO_ARGS, &r, e)) return false;
    while (db_next(&r)) text_appendf(script, "%s;\n", db_col_text(&r, 0));
    return db_done(&r, e);
}

/* The triggers that keep history from being deleted stand aside within this transaction. Wrong PINs stay counted. */
static bool write_script(struct db *db, struct text_buffer *script, struct error *e) {
    text_appendf(script, "PRAGMA defer_foreign_keys = ON;\n");
    return gather(db, "SELECT 'DROP TRIGGER ' || name FROM sqlite_schema WHERE type = 'trigger'", script, e) &&
           gather(
               db,
               "SELECT 'DELETE FROM ' || name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT "
               "IN ('practice', 'staff', 'session', 'pin_throttle', 'menu_version', 'number_range')",
               script, e) &&
           gather(db, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'", script, e);
}

bool practice_reset(struct act *act, struct error *e) {
    static const enum event_kind all[] = {EVENT_ORDER, EVENT_MENU, EVENT_SHIFT, EVENT_PRINT_JOB, EVENT_PRINTER, EVENT_STAFF};
    struct text_buffer script = {.arena = act->arena};
    if (!only_practice(act, e) || !write_script(act->db, &script, e) || !db_script(act->db, script.bytes, e) ||
        !db_exec(act->db, "UPDATE number_range SET next = first", DB_NO_ARGS, e) ||
        !db_exec(act->db, "UPDATE practice SET since = ?", DB_ARGS(db_int(act->now)), e))
        return false;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) act_changed(act, all[i], 0, NULL);
    return true;
}
