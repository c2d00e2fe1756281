/* Text made ready for one printer: a row of glyphs, each a character of one of its code pages or one to be drawn as dots.
 *
 * Nothing is lost and nothing becomes "?". In this order: a code page of the profile; a typographic equivalent in ASCII ("€" →
 * EUR, "–" → -); the font, as a drawn cell, where the printer takes dots; and where no face has it either, its number: [U+6F22].
 * Letters with combining marks are put together first. Characters that have no shape (controls, joiners, direction marks,
 * variation selectors) are left out.
 */
#ifndef COMANDA_PRINTER_GLYPH_H
#define COMANDA_PRINTER_GLYPH_H

#include <stdint.h>

#include "printer/bitmap.h"
#include "printer/font.h"
#include "printer/profile.h"

enum { GLYPH_MARKS_MAX = 3 };
struct glyph {
    uint32_t code;                   /* '\n' ends a line */
    uint32_t marks[GLYPH_MARKS_MAX]; /* combining marks that stayed apart; the glyph is drawn then */
    uint8_t columns;
    bool drawn;
};

/* Opens the font only when a character asks for it. */
struct glyph_setter {
    const struct printer_profile *profile;
    struct arena *arena;
    struct font *font; /* NULL until needed, or when the machine has none */
    bool font_tried;
};
struct glyphs {
    struct glyph *at;
    size_t count, capacity;
};
struct glyphs glyph_set(struct glyph_setter *s, const char *utf8);
int32_t glyph_columns(const struct glyph *at, size_t count);

/* Draws a drawn glyph, `wide` times as wide as normal and one cell high. */
struct bitmap *glyph_draw(struct glyph_setter *s, const struct glyph *g, bool bold, int32_t wide);

#endif
