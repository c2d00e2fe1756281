/* Golden files: what a test made, byte for byte, beside what it made when a person last looked (tests/golden/NAME). */
#ifndef COMANDA_TESTS_PRINTER_GOLDEN_H
#define COMANDA_TESTS_PRINTER_GOLDEN_H

#include <stddef.h>

#include "data/arena.h"
#include "printer/profile.h"
#include "printer/ticket.h"

/* Fails the test where they differ, naming the first place. With GOLDEN=update in the
 * environment the file is written instead: look at the difference before you commit it. Run from the top of the tree. */
void golden_check(const char *name, const void *bytes, size_t size);

/* The same for a picture, by its dots: whatever libpng made of them, and by GOLDEN=update only when a dot is another. Letters are
 * drawn by the installed FreeType and DejaVu Sans Mono: where they are not those that tests/golden/documents/FONTS names, the
 * dots are not compared, and standard error says so once. */
void golden_picture(const char *name, struct arena *a, const void *png, size_t size);

/* The profile of that slug, loaded into the arena; fails the test when there is none. */
const struct printer_profile *golden_profile(struct arena *a, const char *slug);

/* Two papers that show every device: a kitchen ticket with a cancelled line, and a receipt. */
const struct ticket *golden_kitchen(struct arena *a);
const struct ticket *golden_receipt(struct arena *a);

#endif
