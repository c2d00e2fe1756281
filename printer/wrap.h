/* Breaking glyphs into lines at words. */
#ifndef COMANDA_PRINTER_WRAP_H
#define COMANDA_PRINTER_WRAP_H

#include "printer/glyph.h"

struct wrap_line {
    size_t from, count; /* glyphs */
    int32_t columns;
};

/* At most `first` columns in the first line and `rest` in the others (less than 1 counts as 1), breaking at spaces, which go away
 * there, and at '\n'; hard spaces do not break; a word longer than a line is cut. Spaces that begin the text stay. Every glyph
 * but those spaces is in exactly one line; there is always at least one line. */
size_t wrap_glyphs(const struct glyph *at, size_t count, int32_t first, int32_t rest, struct arena *a, struct wrap_line **lines);

#endif
