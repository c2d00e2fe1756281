/* An interpreter of ESC/POS bytes: dots in the line, rasters, QR codes and barcodes. Contract: paper.h. */
#include <string.h>

#include "data/text.h"
#include "printer/font.h"
#include "printer/paper_private.h"

void paper_dots(struct reader *r, const uint8_t *head) { /* ESC * m nL nH: columns of 8 or 24 dots */
    bool high = head[0] == 32 || head[0] == 33, narrow = head[0] == 1 || head[0] == 33;
    int32_t columns = head[1] + (head[2] << 8), bytes = high ? 3 : 1, wide = narrow ? 1 : 2, tall = high ? 1 : 3;
    const uint8_t *data = paper_take(r, (size_t)columns * (size_t)bytes);
    if (data == NULL || columns == 0) return;
    int32_t shown = columns * wide < r->profile->dots ? columns : r->profile->dots / wide; /* the rest is beyond the paper */
    struct bitmap *image = bitmap_new(r->paper->arena, shown * wide, FONT_CELL_HEIGHT);
    for (int32_t x = 0; x < shown; x++)
        for (int32_t bit = 0; bit < bytes * 8; bit++)
            if (data[x * bytes + bit / 8] & (0x80 >> (bit % 8))) bitmap_fill(image, x * wide, bit * tall, wide, tall, true);
    int32_t cells = (image->width + FONT_CELL_WIDTH - 1) / FONT_CELL_WIDTH;
    struct paper_cell cell = {
        .code = DOTS_IN_LINE, .image = image, .width = (uint8_t)(cells < 255 ? cells : 255), .height = 1, .reverse = r->reverse};
    paper_add_cell(r, cell, image->width);
}

void paper_raster(struct reader *r, const uint8_t *head) { /* GS v 0 m xL xH yL yH */
    if (head[0] != '0') {
        r->paper->unknown++;
        return;
    }
    size_t stride = (size_t)(head[2] + (head[3] << 8));
    int32_t rows = head[4] + (head[5] << 8), wide = head[1] & 1 ? 2 : 1, tall = head[1] & 2 ? 2 : 1;
    const uint8_t *data = paper_take(r, stride * (size_t)rows);
    if (data == NULL || stride == 0 || rows == 0) return;
    paper_end_text(r);
    int32_t width = (int32_t)stride * 8 * wide < r->profile->dots ? (int32_t)stride * 8 * wide : r->profile->dots;
    struct bitmap *image = bitmap_new(r->paper->arena, width, rows * tall);
    for (int32_t y = 0; y < image->height; y++)
        for (int32_t x = 0; x < image->width; x++) {
            const uint8_t *row = data + (size_t)(y / tall) * stride;
            bitmap_set(image, x, y, (row[x / wide / 8] & (0x80 >> (x / wide % 8))) != 0);
        }
    paper_add_line(r, (struct paper_line){.image = image, .align = r->align});
}

/* QR content in UTF-8 whatever was sent, and without NUL, so that it is a text. */
static const char *content_of(struct arena *a, const uint8_t *data, size_t size) {
    const char *raw = arena_text_n(a, (const char *)data, size);
    struct text_buffer b = {.arena = a};
    text_append(&b, "", 0);
    for (const char *cursor = raw, *before = raw; cursor < raw + size; before = cursor) {
        uint32_t code = text_next(&cursor);
        if (code == 0) cursor++; /* a NUL inside */
        if (code == 0 || code == NO_CHARACTER)
            text_append_text(&b, "\xEF\xBF\xBD");
        else
            text_append(&b, before, (size_t)(cursor - before));
    }
    return b.bytes;
}

void paper_qr(struct reader *r, const uint8_t *data, size_t size) { /* cn fn parameters */
    if (size < 3 || data[0] != '1') {
        r->paper->unknown++;
        return;
    }
    switch (data[1]) {
    case 65:
        break; /* model */
    case 67:
        r->qr_module = data[2] >= 1 && data[2] <= 16 ? data[2] : 3;
        break;
    case 69:
        r->qr_level = data[2] >= '0' && data[2] <= '3' ? (enum qr_level)(data[2] - '0') : QR_L;
        break;
    case 80:
        r->qr = content_of(r->paper->arena, data + 3, size - 3);
        break;
    case 81:
        if (r->qr == NULL || r->qr[0] == '\0') break;
        paper_end_text(r);
        paper_add_line(r,
                       (struct paper_line){.qr = r->qr, .qr_module = r->qr_module, .qr_level = r->qr_level, .align = r->align});
        break;
    default:
        r->paper->unknown++;
    }
}

void paper_barcode_rows(struct reader *r, const uint8_t *n) {
    if (n[0] > 0) r->barcode_rows = n[0];
}
void paper_barcode_module(struct reader *r, const uint8_t *n) {
    if (n[0] >= 1 && n[0] <= 6) r->barcode_module = n[0];
}
void paper_barcode_text(struct reader *r, const uint8_t *n) { /* above, below, both */
    r->barcode_text = (n[0] & 3) != 0;
}

/* Code 128. What is wider than the paper no printer prints. */
static void code_128(struct reader *r, const uint8_t *data, size_t size) {
    struct barcode *code = ARENA_NEW(r->paper->arena, struct barcode);
    if (!barcode_read(data, size, r->paper->arena, code)) {
        r->paper->unknown++;
        return;
    }
    paper_end_text(r);
    if (code->bars->width * r->barcode_module > r->profile->dots) return;
    paper_add_line(r, (struct paper_line){.barcode = code,
                                          .barcode_module = r->barcode_module,
                                          .barcode_rows = r->barcode_rows,
                                          .barcode_text = r->barcode_text,
                                          .align = r->align});
}

void paper_barcode(struct reader *r, const uint8_t *m) { /* GS k: all but Code 128 are not drawn, but stepped over */
    if (m[0] >= 'A') {
        const uint8_t *n = paper_take(r, 1);
        const uint8_t *data = n != NULL ? paper_take(r, n[0]) : NULL;
        if (data != NULL && m[0] == 73)
            code_128(r, data, n[0]);
        else if (data != NULL)
            r->paper->unknown++;
        return;
    }
    r->paper->unknown++;
    const uint8_t *nul = memchr(r->at, 0, (size_t)(r->end - r->at));
    r->at = nul != NULL ? nul + 1 : r->end;
}
