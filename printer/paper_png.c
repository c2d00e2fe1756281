/* Paper as a picture, by libpng. Contract: paper.h. */
#include <png.h>
#include <string.h>

#include "data/text.h"
#include "printer/font.h"
#include "printer/paper.h"

enum {
    MARGIN = 32,    /* dots of white paper on every side */
    LINE_DOTS = 30, /* the usual pitch of lines, 24 of them a cell */
    CUT_DOTS = 48,
    DASH = 12,
    GAP = 8
};

struct canvas {
    const struct paper *paper;
    struct bitmap *bitmap;
    struct font *font;
    struct arena *arena;
};

static struct bitmap *qr_of(const struct paper_line *line, struct arena *a) {
    return qr_symbol(a, line->qr, strlen(line->qr), line->qr_level);
}

static int32_t dots_of(const struct paper_line *line, struct arena *a) {
    if (line->cut) return CUT_DOTS;
    if (line->image != NULL) return line->image->height;
    if (line->qr != NULL) {
        const struct bitmap *symbol = qr_of(line, a);
        return symbol != NULL ? symbol->height * line->qr_module : LINE_DOTS;
    }
    if (line->barcode != NULL) return line->barcode_rows + (line->barcode_text ? LINE_DOTS : 0);
    int32_t cells = line->height * FONT_CELL_HEIGHT;
    return cells > LINE_DOTS ? cells : LINE_DOTS;
}

/* Where something `width` dots wide begins. */
static int32_t left_of(const struct canvas *c, enum ticket_align align, int32_t width) {
    int32_t rest = c->paper->dots - width;
    if (rest < 0 || align == TICKET_LEFT) return MARGIN;
    return MARGIN + (align == TICKET_CENTER ? rest / 2 : rest);
}

static int32_t width_of(const struct paper_cell *cell) {
    return cell->image != NULL ? cell->image->width : cell->width * FONT_CELL_WIDTH;
}

static void draw_cell(struct canvas *c, const struct paper_cell *cell, int32_t x, int32_t bottom) {
    int32_t width = width_of(cell), height = cell->height * FONT_CELL_HEIGHT;
    if (cell->image != NULL) {
        bitmap_paint(c->bitmap, x, bottom - cell->image->height, cell->image, 1, 1);
        return;
    }
    font_draw(c->font, cell->code, cell->bold, cell->width, cell->height, c->bitmap, x, bottom - height);
    if (cell->underline) bitmap_fill(c->bitmap, x, bottom - 1, width, 1, true);
    if (cell->reverse) bitmap_invert(c->bitmap, x, bottom - height, width, height);
}

static void draw_text(struct canvas *c, const struct paper_line *line, int32_t bottom) {
    int32_t width = 0;
    for (size_t i = 0; i < line->count; i++) width += width_of(&line->cells[i]);
    int32_t x = left_of(c, line->align, width);
    for (size_t i = 0; i < line->count; i++) {
        draw_cell(c, &line->cells[i], x, bottom);
        x += width_of(&line->cells[i]);
    }
}

static void draw_barcode(struct canvas *c, const struct paper_line *line, int32_t y) {
    const struct barcode *code = line->barcode;
    int32_t width = code->bars->width * line->barcode_module, left = left_of(c, line->align, width);
    bitmap_paint(c->bitmap, left, y, code->bars, line->barcode_module, line->barcode_rows);
    int32_t x = left + (width - (int32_t)strlen(code->text) * FONT_CELL_WIDTH) / 2;
    for (const char *at = code->text; line->barcode_text && *at != '\0'; at++, x += FONT_CELL_WIDTH)
        font_draw(c->font, (uint8_t)*at, false, 1, 1, c->bitmap, x, y + line->barcode_rows + LINE_DOTS - FONT_CELL_HEIGHT);
}

static void draw_cut(struct canvas *c, int32_t y) {
    for (int32_t x = 0; x < c->bitmap->width; x += DASH + GAP) bitmap_fill(c->bitmap, x, y + CUT_DOTS / 2 - 1, DASH, 2, true);
}

static void draw_line(struct canvas *c, const struct paper_line *line, int32_t y, int32_t height) {
    if (line->cut)
        draw_cut(c, y);
    else if (line->image != NULL)
        bitmap_paint(c->bitmap, left_of(c, line->align, line->image->width), y, line->image, 1, 1);
    else if (line->barcode != NULL)
        draw_barcode(c, line, y);
    else if (line->qr != NULL) {
        const struct bitmap *symbol = qr_of(line, c->arena);
        if (symbol == NULL) return; /* too long for a symbol: a printer prints none */
        bitmap_paint(c->bitmap, left_of(c, line->align, symbol->width * line->qr_module), y, symbol, line->qr_module,
                     line->qr_module);
    } else
        draw_text(c, line, y + height);
}

/* ---- PNG ---- */

static void write_some(png_structp png, png_bytep bytes, png_size_t size) {
    text_append(png_get_io_ptr(png), bytes, size);
}
static void write_all(png_structp png) {
    (void)png;
}
static void keep_quiet(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static bool encode(const struct bitmap *b, struct text_buffer *out, struct error *e) {
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, keep_quiet);
    png_infop info = png != NULL ? png_create_info_struct(png) : NULL;
    if (info == NULL || setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        return error_fail(e, ERROR_INTERNAL, "no_picture", "libpng cannot write a picture of %d × %d", b->width, b->height);
    }
    png_set_write_fn(png, out, write_some, write_all);
    png_set_IHDR(png, info, (png_uint_32)b->width, (png_uint_32)b->height, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, 6);
    png_set_filter(png, 0, PNG_FILTER_NONE);
    png_write_info(png, info);
    png_set_invert_mono(png);
    for (int32_t y = 0; y < b->height; y++) png_write_row(png, b->rows + (size_t)y * b->stride);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return true;
}

bool paper_png(const struct paper *p, struct arena *a, struct bytes *out, struct error *e) {
    struct canvas c = {.paper = p, .arena = a};
    if (!font_open(a, &c.font, e)) return false;
    int32_t *heights = ARENA_ARRAY(a, p->count + 1, int32_t), total = 2 * MARGIN;
    for (size_t i = 0; i < p->count; i++) {
        heights[i] = dots_of(&p->lines[i], a);
        total += heights[i];
        if (total > PAPER_DOTS_MAX)
            return error_fail(e, ERROR_INVALID, "paper_too_long", "print job: longer than %d dots", PAPER_DOTS_MAX);
    }
    c.bitmap = bitmap_new(a, p->dots + 2 * MARGIN, total);
    int32_t y = MARGIN;
    for (size_t i = 0; i < p->count; i++) {
        draw_line(&c, &p->lines[i], y, heights[i]);
        y += heights[i];
    }
    struct text_buffer b = {.arena = a};
    if (!encode(c.bitmap, &b, e)) return false;
    *out = (struct bytes){.at = (const uint8_t *)b.bytes, .size = b.size};
    return true;
}
