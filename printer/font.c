/* The font, by FreeType. Contract: font.h. */
#include "printer/font.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H

enum {
    EM = 20,       /* pixels an em: DejaVu Sans Mono is 0.602 em wide, so a character fills 12 dots */
    BASELINE = 19, /* dots below the top of the cell, so that Á and g both fit in 24 */
    FACES = 4
};

struct font {
    FT_Library library;
    FT_Face face[FACES];              /* mono, mono bold, sans, sans bold: the last two have more signs; they may be NULL */
    FT_UInt wide[FACES], high[FACES]; /* pixels each face is set to: setting runs the face's own program, so only on a change */
};

static const char *const face_files[FACES] = {"DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf", "DejaVuSans.ttf",
                                              "DejaVuSans-Bold.ttf"};
static const char *const font_folders[] = {"/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu-sans-mono-fonts",
                                           "/usr/share/fonts/dejavu-sans-fonts", "/usr/share/fonts/TTF",
                                           "/usr/share/fonts/dejavu"};

static void font_close(void *thing) {
    struct font *f = thing;
    FT_Done_FreeType(f->library); /* and its faces */
}

bool font_open(struct arena *a, struct font **out, struct error *e) {
    struct font *f = ARENA_NEW(a, struct font);
    if (FT_Init_FreeType(&f->library) != 0) return error_fail(e, ERROR_INTERNAL, "no_font", "FreeType does not start");
    arena_defer(a, font_close, f);
    for (size_t i = 0; i < FACES; i++)
        for (size_t j = 0; f->face[i] == NULL && j < sizeof font_folders / sizeof font_folders[0]; j++)
            if (FT_New_Face(f->library, arena_printf(a, "%s/%s", font_folders[j], face_files[i]), 0, &f->face[i]) != 0)
                f->face[i] = NULL;
    if (f->face[0] == NULL || f->face[1] == NULL)
        return error_fail(e, ERROR_IO, "no_font", "%s: not found (install the package fonts-dejavu-core)",
                          face_files[f->face[0] != NULL]);
    *out = f;
    return true;
}

/* The index of the face that has the character, the wished weight first; FACES when none has it. */
static size_t face_of(const struct font *f, uint32_t code, bool bold) {
    const size_t order[FACES] = {bold, !bold, 2 + (size_t)bold, 2 + (size_t)!bold};
    for (size_t i = 0; i < FACES; i++)
        if (f->face[order[i]] != NULL && FT_Get_Char_Index(f->face[order[i]], code) != 0) return order[i];
    return FACES;
}

/* Pixels to the next character at the normal size. */
static int32_t advance_of(FT_Face face, uint32_t code) {
    FT_Fixed units = 0;
    if (FT_Get_Advance(face, FT_Get_Char_Index(face, code), FT_LOAD_NO_SCALE, &units) != 0 || face->units_per_EM == 0) return 0;
    return (int32_t)((units * EM + face->units_per_EM / 2) / face->units_per_EM);
}

static int32_t columns_of(int32_t advance) {
    return advance <= FONT_CELL_WIDTH + 2 ? 1 : 2;
}

int32_t font_columns(struct font *f, uint32_t code) {
    size_t i = face_of(f, code, false);
    return i < FACES ? columns_of(advance_of(f->face[i], code)) : 0;
}

static bool set_size(struct font *f, size_t i, int32_t wide, int32_t high) {
    if (f->wide[i] == (FT_UInt)wide && f->high[i] == (FT_UInt)high) return true;
    f->wide[i] = f->high[i] = 0;
    if (FT_Set_Pixel_Sizes(f->face[i], (FT_UInt)wide, (FT_UInt)high) != 0) return false;
    f->wide[i] = (FT_UInt)wide;
    f->high[i] = (FT_UInt)high;
    return true;
}

static void paint(const FT_Bitmap *glyph, struct bitmap *into, int32_t x, int32_t y) {
    for (int32_t row = 0; row < (int32_t)glyph->rows; row++) {
        const uint8_t *bits = glyph->buffer + (ptrdiff_t)row * glyph->pitch;
        for (int32_t column = 0; column < (int32_t)glyph->width; column++)
            if (bits[column / 8] & (0x80 >> (column % 8))) bitmap_set(into, x + column, y + row, true);
    }
}

void font_draw(struct font *f, uint32_t code, bool bold, int32_t wide, int32_t high, struct bitmap *into, int32_t x, int32_t y) {
    size_t i = face_of(f, code, bold);
    if (i == FACES) return;
    int32_t cells = font_columns(f, code) * FONT_CELL_WIDTH, advance = advance_of(f->face[i], code);
    /* A sign wider than its cells is drawn smaller; a narrower one stands in the middle. */
    int32_t em = (advance > cells + 1 ? EM * cells / advance : EM) * wide;
    if (!set_size(f, i, em, EM * high) || FT_Load_Char(f->face[i], code, FT_LOAD_RENDER | FT_LOAD_TARGET_MONO) != 0) return;
    FT_GlyphSlot glyph = f->face[i]->glyph;
    if (glyph->bitmap.pixel_mode != FT_PIXEL_MODE_MONO) return;
    int32_t room = cells * wide, drawn = (int32_t)((glyph->advance.x + 32) / 64);
    int32_t left = drawn > 0 && drawn < room ? (room - drawn) / 2 : 0;
    if (drawn == 0) left = room; /* a combining mark that reaches back over its letter */
    paint(&glyph->bitmap, into, x + left + glyph->bitmap_left, y + BASELINE * high - glyph->bitmap_top);
}
