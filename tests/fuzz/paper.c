/* Fuzz target: ESC/POS bytes to lines and text. The first byte chooses the printer. */
#include "printer/paper.h"
#include "data/text.h"
#include "printer/font.h"
#include "tests/fuzz/kit/profiles.h"

/* What stands in one line fits the paper, unless it is a single cell wider than it. */
static int32_t check_line(const struct paper *p, const struct paper_line *line) {
    int32_t dots = 0;
    HOLDS(line->height >= 1 && line->height <= 8 && (unsigned)line->align <= TICKET_RIGHT);
    HOLDS((line->count > 0) + (line->qr != NULL) + (line->image != NULL) + (line->barcode != NULL) + line->cut <= 1);
    for (size_t i = 0; i < line->count; i++) {
        const struct paper_cell *c = &line->cells[i];
        HOLDS(c->height >= 1 && c->height <= line->height);
        if (c->image != NULL)
            HOLDS(c->image->width > 0 && c->image->width <= p->dots && c->image->height == FONT_CELL_HEIGHT);
        else
            HOLDS(c->width >= 1 && c->width <= 8 && c->code >= 0x20);
        dots += c->image != NULL ? c->image->width : c->width * FONT_CELL_WIDTH;
    }
    HOLDS(dots <= p->dots || line->count == 1);
    if (line->image != NULL) HOLDS(line->image->width > 0 && line->image->width <= p->dots && line->image->height > 0);
    if (line->qr != NULL)
        HOLDS(line->qr[0] != '\0' && text_is_utf8(line->qr, strlen(line->qr)) && line->qr_module >= 1 && line->qr_module <= 16);
    return line->cut;
}

static void check_text(const struct paper *p, const char *text) {
    size_t newlines = 0;
    for (const char *c = text; *c != '\0'; c++) newlines += *c == '\n';
    HOLDS(newlines == p->count);
    HOLDS(text_is_utf8(text, strlen(text)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fuzz_input in = {.at = data, .left = size};
    struct arena *a = arena_open();
    const struct printer_profile *profile = fuzz_profile(fuzz_byte(&in));
    struct bytes stream = {.at = in.at, .size = in.left};
    struct paper *p;
    struct error e;
    if (paper_read(stream, profile, a, &p, &e)) {
        int32_t cuts = 0;
        HOLDS(p->count <= PAPER_LINES_MAX && p->columns == profile->columns && p->dots == profile->dots);
        for (size_t i = 0; i < p->count; i++) cuts += check_line(p, &p->lines[i]);
        HOLDS(cuts == p->cuts);
        HOLDS(p->unknown >= 0 && (size_t)p->unknown <= size && (size_t)p->drawer_kicks <= size);
        /* What a stream may cost: its pictures four-fold and more, its lines twice while the list grows. */
        HOLDS(fuzz_arena_bytes(a) <= 200 * size + 4 * (p->count + 64) * sizeof *p->lines + 65536);
        check_text(p, paper_text(p, a));
    } else {
        HOLDS(e.kind == ERROR_INVALID && strcmp(e.code, "paper_too_long") == 0);
    }
    arena_close(a);
    return 0;
}
