/* The font: DejaVu Sans Mono drawn by FreeType into the cells of a printer's font A, for the picture of a ticket and for the
 * characters that no code page of a printer holds. The only file that knows FreeType. Thread: one at a time. */
#ifndef COMANDA_PRINTER_FONT_H
#define COMANDA_PRINTER_FONT_H

#include <stdbool.h>
#include <stdint.h>

#include "data/arena.h"
#include "data/error.h"
#include "printer/bitmap.h"

enum { FONT_CELL_WIDTH = 12, FONT_CELL_HEIGHT = 24 }; /* dots of one character of font A */

struct font; /* opaque; closed with its arena */

/* ERROR_IO "no_font" names the package to install. */
MUST_USE bool font_open(struct arena *a, struct font **out, struct error *e);

/* Cells a character takes: 1, or 2 for a wide sign; 0 when no face has it. */
int32_t font_columns(struct font *f, uint32_t code);

/* Adds a character to the cell (or two) whose upper left corner is x, y, `wide` and `high` times the normal size. Combining marks
 * go into the cell of their letter. A character that no face has leaves the cell as it is. */
void font_draw(struct font *f, uint32_t code, bool bold, int32_t wide, int32_t high, struct bitmap *into, int32_t x, int32_t y);

#endif
