/* What the files of verify share: where findings go, and the questions each file asks. */
#ifndef COMANDA_CORE_VERIFY_PARTS_H
#define COMANDA_CORE_VERIFY_PARTS_H

#include "pos/core/verify.h"

struct verifying {
    struct db *db;
    void (*tell)(void *self, const char *line);
    void *self;
    struct verify_result *out;
};
/* One line that names what is wrong. */
void verify_finding(struct verifying *v, const char *format, ...) PRINTF_LIKE(2, 3);

/* Every paid bill against its own rows, and every sale against the arithmetic of the bill (verify_bills.c). */
MUST_USE bool verify_bills(struct verifying *v, struct error *e);
/* What must hold between tables: payments, documents, numbers, refunds (verify_rows.c). */
MUST_USE bool verify_rows(struct verifying *v, struct error *e);

#endif
