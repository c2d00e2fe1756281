/* Breaking glyphs into lines. Contract: wrap.h. */
#include "printer/wrap.h"

/* Where the line that begins at `from` ends (exclusive) when it may have `room` columns. */
static size_t line_end(const struct glyph *at, size_t count, size_t from, int32_t room) {
    int32_t columns = 0;
    size_t word_end = 0; /* end of the last whole word */
    for (size_t i = from; i < count && at[i].code != '\n'; i++) {
        if (at[i].code == ' ' && i > from && at[i - 1].code != ' ') word_end = i;
        columns += at[i].columns;
        if (columns <= room) continue;
        if (word_end > from) return word_end;
        return i > from ? i : from + 1; /* a word longer than the line, or a glyph wider than it */
    }
    while (from < count && at[from].code != '\n') from++;
    return from;
}

size_t wrap_glyphs(const struct glyph *at, size_t count, int32_t first, int32_t rest, struct arena *a, struct wrap_line **lines) {
    struct wrap_line *list = ARENA_ARRAY(a, count + 1, struct wrap_line); /* every line but one takes a glyph */
    static const struct glyph none;
    if (at == NULL) at = &none; /* an empty text: stepping from NULL is not defined, not even by nothing */
    size_t n = 0, from = 0;
    do {
        int32_t room = n == 0 ? first : rest;
        size_t end = line_end(at, count, from, room > 1 ? room : 1);
        list[n++] = (struct wrap_line){.from = from, .count = end - from, .columns = glyph_columns(at + from, end - from)};
        if (end < count && at[end].code == '\n') {
            from = end + 1;
            if (from == count) break; /* a closing newline begins no line */
            continue;
        }
        from = end;
        while (from < count && at[from].code == ' ') from++;
        if (from > end && from < count && at[from].code == '\n') from++;
    } while (from < count);
    *lines = list;
    return n;
}
