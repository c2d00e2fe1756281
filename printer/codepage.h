/* Code pages of printers: which byte is which character. The tables are made by iconv, never by hand, once for each set of
 * profiles, and read-only afterwards: any thread may look. */
#ifndef COMANDA_PRINTER_CODEPAGE_H
#define COMANDA_PRINTER_CODEPAGE_H

#include <stdint.h>

#include "data/arena.h"
#include "data/error.h"
#include "printer/profile.h"

extern const char *const codepage_names[]; /* "PC850" "PC858" "WPC1252", NULL-ended, as in enum printer_codepage */

struct codepages; /* opaque */
MUST_USE bool codepages_build(struct arena *a, const struct codepages **out, struct error *e);

/* Bytes 20h–7Eh are ASCII in every page; the other answers: 0 when there is none. */
uint32_t codepage_character(const struct codepages *c, enum printer_codepage page, uint8_t byte);
uint8_t codepage_byte(const struct codepages *c, enum printer_codepage page, uint32_t code);

#endif
