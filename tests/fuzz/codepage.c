/* Fuzz target: characters to glyphs to bytes of a code page and back. The first byte chooses the printer, the rest is UTF-8. */
#include "printer/codepage.h"

#include "data/text.h"
#include "printer/glyph.h"
#include "tests/fuzz/kit/profiles.h"

/* In every page: what is encoded decodes to the same character, and what decodes encodes to a byte of the same meaning. */
static void check_code(const struct codepages *c, uint32_t code) {
    for (int page = 0; page < CODEPAGE_COUNT; page++) {
        uint8_t byte = codepage_byte(c, (enum printer_codepage)page, code);
        HOLDS(byte == 0 || byte >= 0x20);
        if (byte != 0) HOLDS(codepage_character(c, (enum printer_codepage)page, byte) == code);
        uint32_t there = codepage_character(c, (enum printer_codepage)page, (uint8_t)code);
        if (there >= 0xA0 || (there >= 0x20 && there < 0x7F)) {
            byte = codepage_byte(c, (enum printer_codepage)page, there);
            HOLDS(byte != 0 && codepage_character(c, (enum printer_codepage)page, byte) == there);
        }
    }
}

static bool in_a_page(const struct printer_profile *p, uint32_t code) {
    for (int32_t i = 0; i < p->codepage_count; i++)
        if (codepage_byte(p->tables, p->codepages[i], code) != 0) return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fuzz_input in = {.at = data, .left = size};
    struct arena *a = arena_open();
    const struct printer_profile *p = fuzz_profile(fuzz_byte(&in));
    const char *text = fuzz_text(&in, a), *cursor = text;
    size_t asked = 0, points = 0;
    for (uint32_t code; (code = text_next(&cursor)) != 0; points++) {
        check_code(p->tables, code);
        asked += code == '?';
    }
    struct glyph_setter set = {.profile = p, .arena = a};
    struct glyphs g = glyph_set(&set, text);
    size_t got = 0;
    for (size_t i = 0; i < g.count; i++) {
        const struct glyph *one = &g.at[i];
        got += one->code == '?' && !one->drawn;
        HOLDS(one->code == '\n' ? one->columns == 0 : one->columns == 1 || one->columns == 2);
        if (one->code != '\n' && one->code != 0xA0 && !one->drawn) HOLDS(in_a_page(p, one->code) && one->columns == 1);
        if (one->drawn) {
            struct bitmap *cell = glyph_draw(&set, one, i % 2 == 0, 1 + (int32_t)(i % 4));
            HOLDS(cell->width == one->columns * FONT_CELL_WIDTH * (1 + (int32_t)(i % 4)) && cell->height == FONT_CELL_HEIGHT);
        }
    }
    HOLDS(got <= asked);           /* nothing becomes "?" (with a mark above, it is drawn) */
    HOLDS(g.count <= 10 * points); /* "[U+10FFFF]" is the longest */
    arena_close(a);
    return 0;
}
