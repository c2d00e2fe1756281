/* `comanda verify`: is what is stored whole and true? Integrity, foreign keys, the journal's chain, and every paid bill recomputed from its lines. */
#ifndef COMANDA_CORE_VERIFY_H
#define COMANDA_CORE_VERIFY_H

#include "pos/core/till.h"

struct verify_result { int64_t bills, journal_entries, documents, findings; };
/* Each finding is one line through `tell`. Needs no running till: a reader and the key (NULL: the chain is skipped and that is said). */
MUST_USE bool verify_database(struct db *db, const struct site *site, const unsigned char *journal_key,
                              void (*tell)(void *self, const char *line), void *self, struct verify_result *out, struct error *e);

#endif
