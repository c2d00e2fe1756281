/* Documents on paper of every width: the same job as text, bytes and picture, each beside its golden file. */
#ifndef COMANDA_TESTS_CORE_DOCUMENTS_H
#define COMANDA_TESTS_CORE_DOCUMENTS_H

#include "tests/support/core_fixture.h"

enum { DOCUMENT_WIDTHS = 3 }; /* 48, 42 and 32 columns */

/* A till at Interno whose printers have paper of that width (0, 1, 2), with the menu of the documents, a precuenta, a kitchen
 * that beeps and a journal whose key is always the same, so that a Z has the same seal each time; its shift is open. */
void documents_open(struct core_fixture *f, int width);

/* Encodes the job and compares with tests/golden/documents/NAME-COLUMNS.txt, .bin and .png (GOLDEN=update writes them: look at
 * each). With COMANDA_TEST_PICTURES=DIRECTORY the picture is left there, too. */
void documents_check(struct core_fixture *f, struct job_id job, const char *name);

#endif
