/* Is what is stored whole and true? Asked of the file, the journal, every paid bill, every number and every closed shift. */
#include "pos/core/verify.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "pos/core/bill.h"
#include "pos/core/journal.h"

struct verifying {
    struct db *db;
    void (*tell)(void *self, const char *line);
    void *self;
    struct verify_result *out;
};

static void PRINTF_LIKE(2, 3) finding(struct verifying *v, const char *format, ...) {
    char line[ERROR_MESSAGE_MAX];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    v->out->findings++;
    v->tell(v->self, line);
}

static void damage_found(void *self, const char *text) {
    finding(self, "database: %s", text);
}

/* ---- the journal ---- */

static bool verify_journal(struct verifying *v, const unsigned char *key, struct error *e) {
    int64_t bad;
    if (!key) {
        v->tell(v->self, "journal: its key is not here, so the chain was not checked");
        return true;
    }
    if (!journal_verify(v->db, key, &v->out->journal_entries, &bad, e)) return false;
    if (bad != 0) finding(v, "journal: entry %" PRId64 " is changed, missing or out of order", bad);
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
            finding(v, "Z %" PRId64 ": the journal has no entry of its close", z);
        else if ((ok = journal_head_at(v->db, db_col_int(&r, 2), head, e)) && (!printed || strcmp(printed, head) != 0))
            finding(v, "Z %" PRId64 ": prints the journal's head %s, which is now %s", z, printed ? printed : "(none)", head);
    }
    struct error second;
    return db_done(&r, ok ? e : &second) && ok;
}

/* ---- bills ---- */

struct stored_bill {
    int64_t id, order;
    money gross, discount, net, base, tax, tip, due;
};

static bool bill_lines(struct verifying *v, int64_t bill, struct arena *a, struct bill_line_in **lines,
                       struct bill_line_out **stored, size_t *n, struct error *e) {
    struct db_rows r;
    int64_t count;
    *n = 0;
    if (!db_get_int(v->db, "SELECT count(*) FROM bill_line WHERE bill_id = ?", DB_ARGS(db_int(bill)), 0, &count, e)) return false;
    *lines = ARENA_ARRAY(a, (size_t)count + 1, struct bill_line_in);
    *stored = ARENA_ARRAY(a, (size_t)count + 1, struct bill_line_out);
    if (!db_query(v->db,
                  "SELECT b.line_id, b.quantity, l.unit_price, l.tax, l.tax_name, l.tax_rate, b.gross, b.discount, b.net, "
                  "b.base, b.tax "
                  "FROM bill_line b JOIN order_line l ON l.id = b.line_id WHERE b.bill_id = ? ORDER BY b.line_id",
                  DB_ARGS(db_int(bill)), &r, e))
        return false;
    while (*n < (size_t)count && db_next(&r)) {
        (*lines)[*n] = (struct bill_line_in){
            .line = db_col_int(&r, 0),
            .quantity = db_col_int(&r, 1),
            .unit_price = db_col_int(&r, 2),
            .tax = arena_text(a, db_col_text(&r, 3)),
            .tax_name = arena_text(a, db_col_text(&r, 4)),
            .tax_rate = (int32_t)db_col_int(&r, 5),
            .discount = db_col_int(&r, 7), /* its own and its share of the bill's: after both the tax is the same */
        };
        (*stored)[*n] = (struct bill_line_out){
            .line = db_col_int(&r, 0),
            .quantity = db_col_int(&r, 1),
            .gross = db_col_int(&r, 6),
            .discount = db_col_int(&r, 7),
            .net = db_col_int(&r, 8),
            .base = db_col_int(&r, 9),
            .tax = db_col_int(&r, 10),
        };
        ++*n;
    }
    return db_done(&r, e);
}

static void compare_lines(struct verifying *v, const struct stored_bill *b, const struct bill_line_out *stored, size_t n,
                          const struct bill_totals *t) {
    for (size_t i = 0; i < n && i < t->line_count; i++) {
        const struct bill_line_out *want = &t->lines[i], *have = &stored[i];
        if (have->gross != want->gross || have->net != want->net || have->base != want->base || have->tax != want->tax)
            finding(v,
                    "bill %" PRId64 ", line %" PRId64 ": stands as %" PRId64 " = %" PRId64 " + %" PRId64 ", comes to %" PRId64
                    " = %" PRId64 " + %" PRId64,
                    b->id, have->line, have->net, have->base, have->tax, want->net, want->base, want->tax);
    }
}

static bool compare_taxes(struct verifying *v, const struct stored_bill *b, const struct bill_totals *t, struct error *e) {
    struct db_rows r;
    size_t seen = 0;
    if (!db_query(v->db, "SELECT tax, rate, gross, base, amount FROM bill_tax WHERE bill_id = ?", DB_ARGS(db_int(b->id)), &r, e))
        return false;
    for (; db_next(&r); seen++) {
        const struct bill_tax_out *match = NULL;
        for (size_t i = 0; i < t->tax_count; i++)
            if (strcmp(t->taxes[i].tax, db_col_text(&r, 0)) == 0 && t->taxes[i].rate == db_col_int(&r, 1)) match = &t->taxes[i];
        if (!match || match->gross != db_col_int(&r, 2) || match->base != db_col_int(&r, 3) || match->amount != db_col_int(&r, 4))
            finding(v,
                    "bill %" PRId64 ": its tax %s stands as %" PRId64 " = %" PRId64 " + %" PRId64
                    ", which its lines do not come to",
                    b->id, db_col_text(&r, 0), db_col_int(&r, 2), db_col_int(&r, 3), db_col_int(&r, 4));
    }
    if (seen != t->tax_count) finding(v, "bill %" PRId64 ": has %zu rows of tax, its lines make %zu", b->id, seen, t->tax_count);
    return db_done(&r, e);
}

static bool verify_bill(struct verifying *v, const struct stored_bill *b, struct error *e) {
    struct arena *a = arena_open();
    struct bill_line_in *lines;
    struct bill_line_out *stored;
    struct bill_totals t;
    struct error impossible;
    size_t n;
    bool ok = bill_lines(v, b->id, a, &lines, &stored, &n, e);
    if (ok && !bill_compute(lines, n, NULL, 0, b->tip, a, &t, &impossible)) {
        finding(v, "bill %" PRId64 ": its lines make no bill: %s", b->id, impossible.message);
    } else if (ok) {
        if (b->gross != t.gross || b->discount != t.discount || b->net != t.net || b->base != t.base || b->tax != t.tax ||
            b->due != t.due)
            finding(v,
                    "bill %" PRId64 " of order %" PRId64 ": stands as %" PRId64 " = %" PRId64 " + %" PRId64 ", due %" PRId64
                    "; its lines come to %" PRId64 " = %" PRId64 " + %" PRId64 ", due %" PRId64,
                    b->id, b->order, b->net, b->base, b->tax, b->due, t.net, t.base, t.tax, t.due);
        compare_lines(v, b, stored, n, &t);
        ok = compare_taxes(v, b, &t, e);
    }
    arena_close(a);
    return ok;
}

static bool verify_bills(struct verifying *v, struct error *e) {
    struct db_rows r;
    bool ok = true;
    if (!db_query(v->db,
                  "SELECT id, order_id, gross, discount, net, base, tax, tip, due FROM bill WHERE state = 'paid' ORDER BY id",
                  DB_NO_ARGS, &r, e))
        return false;
    while (ok && db_next(&r)) {
        struct stored_bill b = {
            .id = db_col_int(&r, 0),
            .order = db_col_int(&r, 1),
            .gross = db_col_int(&r, 2),
            .discount = db_col_int(&r, 3),
            .net = db_col_int(&r, 4),
            .base = db_col_int(&r, 5),
            .tax = db_col_int(&r, 6),
            .tip = db_col_int(&r, 7),
            .due = db_col_int(&r, 8),
        };
        v->out->bills++;
        ok = verify_bill(v, &b, e);
    }
    struct error second;
    return db_done(&r, ok ? e : &second) && ok;
}

/* ---- what must hold between tables: each query names what breaks it, one line a row ---- */

static const char *const between[] = {
    "SELECT 'bill ' || b.id || ': ' || b.due || ' due, payments settle ' || coalesce((SELECT sum(amount) FROM payment WHERE "
    "bill_id = b.id), 0) "
    "FROM bill b WHERE b.state = 'paid' AND b.due <> coalesce((SELECT sum(amount) FROM payment WHERE bill_id = b.id), 0)",

    "SELECT 'bill ' || b.id || ': paid, and no document was issued for it' FROM bill b "
    "WHERE b.state = 'paid' AND NOT EXISTS (SELECT 1 FROM fiscal_document d WHERE d.bill_id = b.id)",

    "SELECT 'document ' || d.prefix || d.number || ': issued for bill ' || d.bill_id || ', which is not paid' FROM "
    "fiscal_document d "
    "JOIN bill b ON b.id = d.bill_id WHERE b.state <> 'paid'",

    /* Numbers: from the first to the one before `next`, each once. */
    "SELECT 'numbers ' || r.prefix || ' ' || r.resolution || ': ' || (r.next - r.first) || ' taken, ' || count(d.id) || ' "
    "documents' "
    "FROM number_range r LEFT JOIN fiscal_document d ON d.range_id = r.id GROUP BY r.id "
    "HAVING count(d.id) <> r.next - r.first OR (count(d.id) > 0 AND (min(d.number) <> r.first OR max(d.number) <> r.next - 1))",

    "SELECT 'Z numbers: ' || count(*) || ' closed shifts, the last is number ' || max(z_number) FROM shift WHERE state = "
    "'closed' "
    "HAVING count(*) <> max(z_number)",

    "SELECT 'shift ' || s.id || ': counted ' || s.counted || ', its pieces come to ' || "
    "coalesce((SELECT sum(denomination * pieces) FROM shift_count WHERE shift_id = s.id), 0) FROM shift s WHERE s.state = "
    "'closed' "
    "AND s.counted <> coalesce((SELECT sum(denomination * pieces) FROM shift_count WHERE shift_id = s.id), 0)",

    "SELECT 'order ' || o.id || ': ' || o.state || ', and a bill of it is open' FROM orders o WHERE o.state IN ('paid', "
    "'closed') "
    "AND EXISTS (SELECT 1 FROM bill b WHERE b.order_id = o.id AND b.state = 'open')",

    "SELECT 'station ' || q.station || ': ' || q.last || ' tickets numbered, ' || count(j.id) || ' first printings' FROM "
    "station_sequence q "
    "LEFT JOIN print_job j ON j.station = q.station AND j.copy_of IS NULL GROUP BY q.station HAVING count(j.id) <> q.last",
};

static bool verify_between(struct verifying *v, struct error *e) {
    for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
        struct db_rows r;
        if (!db_query(v->db, between[i], DB_NO_ARGS, &r, e)) return false;
        while (db_next(&r)) finding(v, "%s", db_col_text(&r, 0));
        if (!db_done(&r, e)) return false;
    }
    return true;
}

/* expected as it was at the close, against what the drawer's rows say. */
static bool verify_shifts(struct verifying *v, struct error *e) {
    struct db_rows r;
    if (!db_query(v->db,
                  "SELECT s.id, s.expected, s.float_amount "
                  "+ coalesce((SELECT sum(charged) FROM payment WHERE shift_id = s.id AND kind = 'cash'), 0) "
                  "+ coalesce((SELECT sum(CASE kind WHEN 'in' THEN amount ELSE -amount END) FROM cash_movement WHERE shift_id = "
                  "s.id), 0) "
                  "FROM shift s WHERE s.state = 'closed' ORDER BY s.id",
                  DB_NO_ARGS, &r, e))
        return false;
    while (db_next(&r))
        if (db_col_int(&r, 1) != db_col_int(&r, 2))
            finding(v, "shift %" PRId64 ": closed with %" PRId64 " expected, its cash comes to %" PRId64, db_col_int(&r, 0),
                    db_col_int(&r, 1), db_col_int(&r, 2));
    return db_done(&r, e);
}

static bool verify_all(struct verifying *v, const unsigned char *key, struct error *e) {
    bool clean;
    if (!db_check(v->db, damage_found, v, &clean, e)) return false;
    if (!clean) return true; /* what is read from a damaged file proves nothing */
    if (!verify_journal(v, key, e) || !verify_heads(v, e) || !verify_bills(v, e)) return false;
    if (!verify_between(v, e) || !verify_shifts(v, e)) return false;
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
