/* The journal: every act that touches money, stock or people, append-only and chained.
 *
 * hash(n) = BLAKE2b-256, keyed with DIRECTORY/journal.key, over hash(n-1) ‖ canonical(n); hash(0) is 32 zero bytes. canonical(n) is the text
 * "seq\x1f at\x1f staff\x1f device\x1f approved_by\x1f kind\x1f order\x1f shift\x1f detail" (no spaces; decimal integers; none is empty). */
#ifndef COMANDA_CORE_JOURNAL_H
#define COMANDA_CORE_JOURNAL_H

#include "data/json.h"
#include "pos/core/till.h"

enum { JOURNAL_HEAD_TEXT = 20 }; /* "XXXX-XXXX-XXXX-XXXX" and NUL: the first 80 bits in base32 without look-alikes, as printed */

/* The one list of kinds (journal_kinds.c; ended by a NULL name), repeated word for word in pos/http/openapi.yaml. An entry also tells
 * when, who (nobody: the console, the till's start, a PIN tried before signing in), from which device, who approved, order and shift.
 *
 * Not here: orders opened and lines added, which tell who and when themselves; sends and test pages, which move nothing; the wrong PINs
 * that lock nothing yet; a backup, which only reads. */
struct journal_kind {
    const char *name;
    const char *detail; /* its members: "line, item, reason?"; "?": only where it applies */
    const char *what;
};
extern const struct journal_kind journal_kinds[];
const struct journal_kind *journal_kind_find(const char *name); /* NULL: none of that name */

/* Adds an entry in the act's transaction. `detail` is a JSON object; order/shift 0: none. A kind that is not in the list is
 * ERROR_INTERNAL "journal_kind_unknown". */
MUST_USE bool journal_add(struct act *act, const char *kind, struct order_id order, struct shift_id shift, struct json detail, struct error *e);
/* The chain's head as printed on the Z. "0000-…" for an empty journal. */
MUST_USE bool journal_head(struct db *db, char out[JOURNAL_HEAD_TEXT], struct error *e);
/* The same as it was when entry `seq` was the last. */
MUST_USE bool journal_head_at(struct db *db, int64_t seq, char out[JOURNAL_HEAD_TEXT], struct error *e);

struct journal_entry {
    int64_t seq, at, staff, approved_by, order, order_number, shift; /* 0: none */
    const char *staff_name, *approver_name, *device, *kind, *detail;
};
/* Which entries. Zeros and NULL ask for nothing: all of them, oldest first. */
struct journal_query {
    int64_t after;         /* those after this number … */
    int64_t before;        /* … and before this one; 0: to the end */
    int64_t staff;         /* whose act it was, or who approved it */
    int64_t order;         /* by its id … */
    int64_t order_number;  /* … or by the number that was called, in whatever shift */
    const char *const *kinds; /* any of these (journal_kind_find knows them), at most JOURNAL_KINDS_MAX */
    size_t kind_count;
    int64_t from, until;   /* at >= from; at < until, when it is not 0 */
    bool newest_first;
};
enum { JOURNAL_KINDS_MAX = 16 };
MUST_USE bool journal_list(struct db *db, const struct journal_query *q, int32_t limit, struct arena *a, struct journal_entry **out, size_t *count, struct error *e);
/* Walks the chain; *first_bad = 0 when whole, else the seq of the first entry that is changed, missing or out of order. */
MUST_USE bool journal_verify(struct db *db, const unsigned char key[32], int64_t *entries, int64_t *first_bad, struct error *e);
/* Reads DIRECTORY/journal.key, making it (0600, fsynced) when the journal is still empty. A missing key with a filled journal is an error. */
MUST_USE bool journal_key_load(const char *directory, bool create, unsigned char key[32], struct error *e);
/* Writes a key as journal_key_load reads it (0600, fsynced): for the load itself, and beside a backup. `directory` is that of `path`. */
MUST_USE bool journal_key_save(const char *directory, const char *path, const unsigned char key[32], struct error *e);

#endif
