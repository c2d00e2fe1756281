/* Is what is stored whole and true? Asked of the file, the journal, every paid bill, every number and every closed shift. */
#include "pos/core/verify.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "pos/core/journal.h"
#include "pos/core/verify_parts.h"

void verify_finding(struct verifying *v, const char *format, ...) {
    char line[ERROR_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    v->out->findings++;
    v->tell(v->self, line);
}

static void damage_found(void *self, const char *text) {
    verify_finding(self, "database: %s", text);
}

/* ---- the journal ---- */

static bool verify_journal(struct verifying *v, const unsigned char *key, struct error *e) {
    int64_t bad;
    if (!key) {
        v->tell(v->self, "journal: its key is not here, so the chain was not checked");
        return true;
    }
    if (!journal_verify(v->db, key, &v->out->journal_entries, &bad, e)) return false;
    if (bad != 0) verify_finding(v, "journal: entry %" PRId64 " is changed, missing or out of order", bad);
    return true;
}

/* The head printed on each Z must be that of the entry of its close: entries cut off the end show here. */
static bool verify_heads(struct verifying *v, struct error *e) {
    struct db_rows r;
    bool ok = true;
    if (!db_query(v->db,
                  "SELECT s.z_number, s.z_head, max(j.seq) FROM shift s LEFT JOIN journal j ON j.shift_id = s.id AND j.kind = "
                  "'shift_closed' "
                  "WHERE s.state = 'closed' GROUP BY s.id ORDER BY s.z_number",
                  DB_NO_ARGS, &r, e))
        return false;
    while (ok && db_next(&r)) {
        char head[JOURNAL_HEAD_TEXT];
        int64_t z = db_col_int(&r, 0);
        const char *printed = db_col_text(&r, 1);
        if (db_col_null(&r, 2))
            verify_finding(v, "Z %" PRId64 ": the journal has no entry of its close", z);
        else if ((ok = journal_head_at(v->db, db_col_int(&r, 2), head, e)) && (!printed || strcmp(printed, head) != 0))
            verify_finding(v, "Z %" PRId64 ": prints the journal's head %s, which is now %s", z, printed ? printed : "(none)",
                           head);
    }
    struct error second;
    return db_done(&r, ok ? e : &second) && ok;
}

/* ---- the drawer ---- */

/* expected as it was at the close, against what the drawer's rows say. */
static bool verify_shifts(struct verifying *v, struct error *e) {
    struct db_rows r;
    if (!db_query(
            v->db,
            "SELECT s.id, s.expected, s.float_amount "
            "+ coalesce((SELECT sum(charged) FROM payment WHERE shift_id = s.id AND kind = 'cash'), 0) "
            "+ coalesce((SELECT sum(CASE kind WHEN 'in' THEN amount ELSE -amount END) FROM cash_movement WHERE shift_id = "
            "s.id), 0) "
            "- coalesce((SELECT sum(g.charged) FROM refund r JOIN refund_payment g ON g.refund_id = r.id AND g.kind = 'cash' "
            "WHERE r.shift_id = s.id), 0) "
            "FROM shift s WHERE s.state = 'closed' ORDER BY s.id",
            DB_NO_ARGS, &r, e))
        return false;
    while (db_next(&r))
        if (db_col_int(&r, 1) != db_col_int(&r, 2))
            verify_finding(v, "shift %" PRId64 ": closed with %" PRId64 " expected, its cash comes to %" PRId64,
                           db_col_int(&r, 0), db_col_int(&r, 1), db_col_int(&r, 2));
    return db_done(&r, e);
}

static bool verify_all(struct verifying *v, const unsigned char *key, struct error *e) {
    bool clean;
    if (!db_check(v->db, damage_found, v, &clean, e)) return false;
    if (!clean) return true; /* what is read from a damaged file proves nothing */
    if (!verify_journal(v, key, e) || !verify_heads(v, e) || !verify_bills(v, e)) return false;
    if (!verify_rows(v, e) || !verify_shifts(v, e)) return false;
    return db_get_int(v->db, "SELECT count(*) FROM fiscal_document", DB_NO_ARGS, 0, &v->out->documents, e);
}

bool verify_database(struct db *db, const struct site *site, const unsigned char *journal_key,
                     void (*tell)(void *self, const char *line), void *self, struct verify_result *out, struct error *e) {
    (void)site; /* figures stand in the database as they were sold: the site's settings of today have no say */
    struct verifying v = {.db = db, .tell = tell, .self = self, .out = out};
    *out = (struct verify_result){0};
    if (!db_begin_read(db, e)) return false;
    bool ok = verify_all(&v, journal_key, e);
    db_end_read(db);
    return ok;
}
