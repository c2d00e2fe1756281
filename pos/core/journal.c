/* The chained journal: adding, listing, and walking the chain. */
#include "pos/core/journal.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "data/text.h"

enum { HASH_SIZE = 32 };

struct link { /* what is hashed of an entry, see journal.h */
    int64_t seq, at, staff, approved_by, order, shift;
    const char *device, *kind, *detail;
};

static void link_hash(const struct link *l, const unsigned char previous[HASH_SIZE], const unsigned char key[32],
                      unsigned char out[HASH_SIZE]) {
    char before[96], middle[32], after[64];
    snprintf(before, sizeof before, "%" PRId64 "\x1f%" PRId64 "\x1f%" PRId64 "\x1f", l->seq, l->at, l->staff);
    snprintf(middle, sizeof middle, "\x1f%" PRId64 "\x1f", l->approved_by);
    snprintf(after, sizeof after, "\x1f%" PRId64 "\x1f%" PRId64 "\x1f", l->order, l->shift);
    const char *const parts[] = {before, l->device, middle, l->kind, after, l->detail};
    crypto_generichash_state state;
    crypto_generichash_init(&state, key, 32, HASH_SIZE);
    crypto_generichash_update(&state, previous, HASH_SIZE);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        crypto_generichash_update(&state, (const unsigned char *)parts[i], strlen(parts[i]));
    crypto_generichash_final(&state, out, HASH_SIZE);
}

/* Number and hash of the last entry; 0 and zero bytes when there is none. */
static bool last_link(struct db *db, int64_t *seq, unsigned char hash[HASH_SIZE], struct error *e) {
    struct db_rows r;
    *seq = 0;
    memset(hash, 0, HASH_SIZE);
    if (!db_query(db, "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1", DB_NO_ARGS, &r, e)) return false;
    if (db_next(&r)) {
        size_t size;
        const void *bytes = db_col_blob(&r, 1, &size);
        *seq = db_col_int(&r, 0);
        if (size == HASH_SIZE) memcpy(hash, bytes, HASH_SIZE);
    }
    return db_done(&r, e);
}

bool journal_add(struct act *act, const char *kind, struct order_id order, struct shift_id shift, struct json detail,
                 struct error *e) {
    unsigned char previous[HASH_SIZE], hash[HASH_SIZE];
    struct link l = {
        .at = act->now,
        .staff = act->actor.staff.v,
        .approved_by = act->actor.approver.v,
        .order = order.v,
        .shift = shift.v,
        .device = act->actor.device ? act->actor.device : "",
        .kind = kind,
        .detail = json_exists(detail) ? json_print(detail, act->arena, NULL) : "{}",
    };
    if (!journal_kind_find(kind)) return error_fail(e, ERROR_INTERNAL, "journal_kind_unknown", "journal: no kind \"%s\"", kind);
    if (!last_link(act->db, &l.seq, previous, e)) return false;
    l.seq++;
    link_hash(&l, previous, act->till->journal_key, hash);
    return db_exec(act->db,
                   "INSERT INTO journal (seq, at, staff_id, device, approved_by, kind, order_id, shift_id, detail, hash) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   DB_ARGS(db_int(l.seq), db_int(l.at), db_int_or_null(l.staff), db_text(l.device), db_int_or_null(l.approved_by),
                           db_text(l.kind), db_int_or_null(l.order), db_int_or_null(l.shift), db_text(l.detail),
                           db_blob(hash, HASH_SIZE)),
                   e);
}

/* ---- reading ---- */

/* 80 bits as sixteen signs of base32 that cannot be taken for one another (Crockford's: no I, L, O, U). */
static void head_text(const unsigned char hash[HASH_SIZE], char out[JOURNAL_HEAD_TEXT]) {
    static const char signs[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    size_t at = 0;
    for (size_t i = 0; i < 16; i++) {
        unsigned value = 0;
        for (size_t bit = 5 * i; bit < 5 * i + 5; bit++) value = value << 1 | (((unsigned)hash[bit / 8] >> (7 - bit % 8)) & 1U);
        if (i > 0 && i % 4 == 0) out[at++] = '-';
        out[at++] = signs[value];
    }
    out[at] = '\0';
}

bool journal_head(struct db *db, char out[JOURNAL_HEAD_TEXT], struct error *e) {
    int64_t seq;
    unsigned char hash[HASH_SIZE];
    if (!last_link(db, &seq, hash, e)) return false;
    head_text(hash, out);
    return true;
}

bool journal_head_at(struct db *db, int64_t seq, char out[JOURNAL_HEAD_TEXT], struct error *e) {
    struct db_rows r;
    unsigned char hash[HASH_SIZE] = {0};
    if (!db_query(db, "SELECT hash FROM journal WHERE seq = ?", DB_ARGS(db_int(seq)), &r, e)) return false;
    if (db_next(&r)) {
        size_t size;
        const void *bytes = db_col_blob(&r, 0, &size);
        if (size == HASH_SIZE) memcpy(hash, bytes, HASH_SIZE);
    }
    head_text(hash, out);
    return db_done(&r, e);
}

/* One statement for each direction: what is not asked for is let through. The kinds come as one text, each between commas. */
#define JOURNAL_LIST                                                                                                             \
    "SELECT j.seq, j.at, j.staff_id, j.approved_by, j.order_id, j.shift_id, s.name, j.device, j.kind, j.detail, m.name,"         \
    " o.number FROM journal j LEFT JOIN staff s ON s.id = j.staff_id LEFT JOIN staff m ON m.id = j.approved_by"                  \
    " LEFT JOIN orders o ON o.id = j.order_id"                                                                                   \
    " WHERE j.seq > ?1 AND (?2 = 0 OR j.seq < ?2) AND (?3 = 0 OR j.staff_id = ?3 OR j.approved_by = ?3)"                         \
    " AND (?4 = 0 OR j.order_id = ?4) AND (?5 = 0 OR o.number = ?5)"                                                             \
    " AND (?6 IS NULL OR instr(?6, ',' || j.kind || ',') > 0) AND j.at >= ?7 AND (?8 = 0 OR j.at < ?8)"

static const char *kinds_text(const struct journal_query *q, struct arena *a) {
    if (q->kind_count == 0) return NULL;
    const char *text = ",";
    for (size_t i = 0; i < q->kind_count; i++) text = arena_printf(a, "%s%s,", text, q->kinds[i]);
    return text;
}

bool journal_list(struct db *db, const struct journal_query *q, int32_t limit, struct arena *a, struct journal_entry **out,
                  size_t *count, struct error *e) {
    struct db_rows r;
    *count = 0;
    *out = ARENA_ARRAY(a, limit > 0 ? (size_t)limit : 1, struct journal_entry);
    if (!db_query(db,
                  q->newest_first ? JOURNAL_LIST " ORDER BY j.seq DESC LIMIT ?9" : JOURNAL_LIST " ORDER BY j.seq LIMIT ?9",
                  DB_ARGS(db_int(q->after), db_int(q->before), db_int(q->staff), db_int(q->order), db_int(q->order_number),
                          db_text(kinds_text(q, a)), db_int(q->from), db_int(q->until), db_int(limit > 0 ? limit : 0)),
                  &r, e))
        return false;
    while (db_next(&r)) {
        (*out)[(*count)++] = (struct journal_entry){
            .seq = db_col_int(&r, 0),
            .at = db_col_int(&r, 1),
            .staff = db_col_int(&r, 2),
            .approved_by = db_col_int(&r, 3),
            .order = db_col_int(&r, 4),
            .shift = db_col_int(&r, 5),
            .staff_name = arena_text(a, db_col_text(&r, 6)),
            .device = arena_text(a, db_col_text(&r, 7)),
            .kind = arena_text(a, db_col_text(&r, 8)),
            .detail = arena_text(a, db_col_text(&r, 9)),
            .approver_name = arena_text(a, db_col_text(&r, 10)),
            .order_number = db_col_int(&r, 11),
        };
    }
    return db_done(&r, e);
}

/* ---- the walk ---- */

bool journal_verify(struct db *db, const unsigned char key[32], int64_t *entries, int64_t *first_bad, struct error *e) {
    struct db_rows r;
    unsigned char previous[HASH_SIZE] = {0};
    *entries = *first_bad = 0;
    if (!db_query(
            db, "SELECT seq, at, staff_id, device, approved_by, kind, order_id, shift_id, detail, hash FROM journal ORDER BY seq",
            DB_NO_ARGS, &r, e))
        return false;
    while (*first_bad == 0 && db_next(&r)) {
        struct link l = {
            .seq = db_col_int(&r, 0),
            .at = db_col_int(&r, 1),
            .staff = db_col_int(&r, 2),
            .device = db_col_text(&r, 3),
            .approved_by = db_col_int(&r, 4),
            .kind = db_col_text(&r, 5),
            .order = db_col_int(&r, 6),
            .shift = db_col_int(&r, 7),
            .detail = db_col_text(&r, 8),
        };
        unsigned char hash[HASH_SIZE];
        size_t size;
        const void *stored = db_col_blob(&r, 9, &size);
        link_hash(&l, previous, key, hash);
        if (l.seq != *entries + 1)
            *first_bad = *entries + 1; /* a hole: the one that should stand here is gone */
        else if (size != HASH_SIZE || memcmp(hash, stored, HASH_SIZE) != 0)
            *first_bad = l.seq;
        else {
            memcpy(previous, hash, HASH_SIZE);
            ++*entries;
        }
    }
    return db_done(&r, e);
}
