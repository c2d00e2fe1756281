/* Text made ready for one printer. Contract: glyph.h. */
#include "printer/glyph.h"

#include <string.h>

#include "data/text.h"
#include "printer/codepage.h"

/* Letters that a keyboard or a phone may send in two parts, by combining mark. Source: Unicode, canonical decompositions. */
static const struct {
    uint32_t mark;
    const char *letters, *composed;
} compositions[] = {
    {0x0300, "aeiouAEIOU", "àèìòùÀÈÌÒÙ"},
    {0x0301, "aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ"},
    {0x0302, "aeiouAEIOU", "âêîôûÂÊÎÔÛ"},
    {0x0303, "anoANO", "ãñõÃÑÕ"},
    {0x0308, "aeiouyAEIOU", "äëïöüÿÄËÏÖÜ"},
    {0x030A, "aA", "åÅ"},
    {0x0327, "cC", "çÇ"},
};

/* What typography writes in another way than a typewriter: the same to the eye, so not worth dots. */
static const struct {
    uint32_t code;
    const char *ascii;
} equivalents[] = {
    {0x2010, "-"},   {0x2011, "-"},    {0x2012, "-"},  {0x2013, "-"},  {0x2014, "-"},  {0x2015, "-"},
    {0x2212, "-"},   {0x2018, "'"},    {0x2019, "'"},  {0x201A, "'"},  {0x02BC, "'"},  {0x2032, "'"},
    {0x201C, "\""},  {0x201D, "\""},   {0x201E, "\""}, {0x2033, "\""}, {0x2022, "*"},  {0x2026, "..."},
    {0x20AC, "EUR"}, {0x2122, "(TM)"}, {0x2044, "/"},  {0x2190, "<-"}, {0x2192, "->"}, {0x00D7, "x"},
};

static bool is_shapeless(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF);
}
static bool is_space(uint32_t c) {
    return c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x205F || c == 0x3000 || c == '\t';
}
static bool is_hard_space(uint32_t c) {
    return c == 0xA0 || c == 0x2007 || c == 0x202F;
}
static bool is_mark(uint32_t c) {
    return c >= 0x0300 && c <= 0x036F;
}

static struct font *font_of(struct glyph_setter *s) {
    struct error ignored;                 /* without a font the number of the character is printed */
    if (s->profile->pictures != PICTURES_RASTER) return NULL; /* eight dots make no letter */
    if (!s->font_tried && !font_open(s->arena, &s->font, &ignored)) s->font = NULL;
    s->font_tried = true;
    return s->font;
}

static bool in_a_page(const struct printer_profile *p, uint32_t code) {
    for (int32_t i = 0; i < p->codepage_count; i++)
        if (codepage_byte(p->tables, p->codepages[i], code) != 0) return true;
    return false;
}

static void push(struct glyph_setter *s, struct glyphs *g, uint32_t code, int32_t columns, bool drawn) {
    if (g->count == g->capacity) {
        size_t capacity = g->capacity == 0 ? 64 : g->capacity * 2;
        struct glyph *larger = ARENA_ARRAY(s->arena, capacity, struct glyph);
        if (g->count > 0) memcpy(larger, g->at, g->count * sizeof *larger);
        g->at = larger;
        g->capacity = capacity;
    }
    g->at[g->count++] = (struct glyph){.code = code, .columns = (uint8_t)columns, .drawn = drawn};
}

static void push_ascii(struct glyph_setter *s, struct glyphs *g, const char *ascii) {
    for (; *ascii != '\0'; ascii++) push(s, g, (uint8_t)*ascii, 1, false);
}

static void push_character(struct glyph_setter *s, struct glyphs *g, uint32_t code) {
    if (in_a_page(s->profile, code)) {
        push(s, g, code, 1, false);
        return;
    }
    for (size_t i = 0; i < sizeof equivalents / sizeof equivalents[0]; i++)
        if (equivalents[i].code == code) {
            push_ascii(s, g, equivalents[i].ascii);
            return;
        }
    struct font *font = font_of(s);
    int32_t columns = font != NULL ? font_columns(font, code) : 0;
    if (columns > 0)
        push(s, g, code, columns, true);
    else
        push_ascii(s, g, arena_printf(s->arena, "[U+%04X]", code));
}

/* The one letter that stands for letter and mark; 0 when there is none. */
static uint32_t compose(uint32_t letter, uint32_t mark) {
    for (size_t i = 0; i < sizeof compositions / sizeof compositions[0]; i++) {
        if (compositions[i].mark != mark) continue;
        const char *composed = compositions[i].composed;
        for (const char *c = compositions[i].letters; *c != '\0'; c++) {
            uint32_t whole = text_next(&composed);
            if ((uint8_t)*c == letter) return whole;
        }
    }
    return 0;
}

static void push_mark(struct glyph_setter *s, struct glyphs *g, uint32_t mark) {
    struct glyph *last = g->count > 0 ? &g->at[g->count - 1] : NULL;
    uint32_t whole = last != NULL && last->marks[0] == 0 ? compose(last->code, mark) : 0;
    if (whole != 0 && in_a_page(s->profile, whole)) {
        last->code = whole;
        return;
    }
    struct font *font = font_of(s);
    bool known = font != NULL && font_columns(font, mark) > 0;
    for (size_t i = 0; known && last != NULL && last->code > ' ' && i < GLYPH_MARKS_MAX; i++)
        if (last->marks[i] == 0 && font_columns(font, last->code) > 0) {
            last->marks[i] = mark;
            last->drawn = true;
            return;
        }
    push_ascii(s, g, arena_printf(s->arena, "[U+%04X]", mark));
}

struct glyphs glyph_set(struct glyph_setter *s, const char *utf8) {
    struct glyphs g = {.capacity = strlen(utf8)}; /* enough, unless a character becomes several */
    if (g.capacity > 0) g.at = ARENA_ARRAY(s->arena, g.capacity, struct glyph);
    for (uint32_t code; (code = text_next(&utf8)) != 0;) {
        if (code >= 0x20 && code < 0x7F) /* nearly all of them */
            push(s, &g, code, 1, false);
        else if (code == '\n')
            push(s, &g, code, 0, false);
        else if (is_space(code))
            push(s, &g, ' ', 1, false);
        else if (is_hard_space(code))
            push(s, &g, 0xA0, 1, false);
        else if (is_mark(code))
            push_mark(s, &g, code);
        else if (!is_shapeless(code))
            push_character(s, &g, code);
    }
    return g;
}

int32_t glyph_columns(const struct glyph *at, size_t count) {
    int32_t columns = 0;
    for (size_t i = 0; i < count; i++) columns += at[i].columns;
    return columns;
}

struct bitmap *glyph_draw(struct glyph_setter *s, const struct glyph *g, bool bold, int32_t wide) {
    struct bitmap *cell = bitmap_new(s->arena, g->columns * FONT_CELL_WIDTH * wide, FONT_CELL_HEIGHT);
    font_draw(s->font, g->code, bold, wide, 1, cell, 0, 0);
    for (size_t i = 0; i < GLYPH_MARKS_MAX && g->marks[i] != 0; i++) font_draw(s->font, g->marks[i], bold, wide, 1, cell, 0, 0);
    return cell;
}
