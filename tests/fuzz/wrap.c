/* Fuzz target: breaking text into lines. Printer, columns of the first line, columns of the others, then UTF-8. */
#include "printer/wrap.h"

#include "tests/fuzz/kit/profiles.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fuzz_input in = {.at = data, .left = size};
    struct arena *a = arena_open();
    struct glyph_setter set = {.profile = fuzz_profile(fuzz_byte(&in)), .arena = a};
    int32_t first = (int8_t)fuzz_byte(&in), rest = (int8_t)fuzz_byte(&in);
    struct glyphs g = glyph_set(&set, fuzz_text(&in, a));
    struct wrap_line *lines;
    size_t count = wrap_glyphs(g.at, g.count, first, rest, a, &lines), at = 0;
    HOLDS(count >= 1 && count <= g.count + 1);
    for (size_t i = 0; i < count; i++) {
        const struct wrap_line *line = &lines[i];
        int32_t room = i == 0 ? first : rest;
        HOLDS(line->from >= at && line->from + line->count <= g.count);
        for (; at < line->from; at++) HOLDS(g.at[at].code == ' ' || g.at[at].code == '\n'); /* nothing else goes away */
        if (i == 0) HOLDS(line->from == 0);                                                 /* not even spaces at the beginning */
        int32_t columns = 0;
        for (; at < line->from + line->count; at++) {
            HOLDS(g.at[at].code != '\n');
            columns += g.at[at].columns;
        }
        HOLDS(line->columns == columns);
        HOLDS(columns <= (room > 1 ? room : 1) || line->count == 1); /* a glyph wider than the line stands alone */
    }
    for (; at < g.count; at++) HOLDS(g.at[at].code == ' ' || g.at[at].code == '\n');
    arena_close(a);
    return 0;
}
