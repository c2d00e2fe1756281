/* An interpreter of ESC/POS bytes: dots in the line, rasters, QR codes and barcodes. Contract: paper.h. */
#include <string.h>

#include "data/text.h"
#include "printer/font.h"
#include "printer/paper_private.h"

/* How dots of ESC * stand on the paper: each `across / of` wide, a band `rows` high. */
struct dots {
    int32_t across, of, rows, bytes;
};

/* Modes 0 and 1 have bands of 8 dots, 32 and 33 of 24; 1 and 33 are the fine ones. The eight needles of an impact head are 20 of
 * the picture's dots high (8/72 inch) and go over the whole paper in picture_dots steps. */
static struct dots dots_of_mode(const struct printer_profile *p, uint8_t mode) {
    bool fine = mode == 1 || mode == 33, high = mode == 32 || mode == 33;
    if (p->pictures == PICTURES_8_DOT && !high)
        return (struct dots){.across = p->dots, .of = p->picture_dots * (fine ? 2 : 1), .rows = 20, .bytes = 1};
    return (struct dots){.across = fine ? 1 : 2, .of = 1, .rows = FONT_CELL_HEIGHT, .bytes = high ? 3 : 1};
}

void paper_dots(struct reader *r, const uint8_t *head) { /* ESC * m nL nH: columns of 8 or 24 dots */
    struct dots d = dots_of_mode(r->profile, head[0]);
    int32_t columns = head[1] + (head[2] << 8), bits = d.bytes * 8;
    const uint8_t *data = paper_take(r, (size_t)columns * (size_t)d.bytes);
    if (data == NULL || columns == 0) return;
    int32_t most = r->profile->dots * d.of / d.across;
    int32_t shown = columns < most ? columns : most; /* the rest is beyond the paper */
    int32_t width = shown * d.across / d.of;
    struct bitmap *image = bitmap_new(r->paper->arena, width > 0 ? width : 1, FONT_CELL_HEIGHT);
    for (int32_t x = 0; x < shown; x++)
        for (int32_t bit = 0; bit < bits; bit++) {
            if (!(data[x * d.bytes + bit / 8] & (0x80 >> (bit % 8)))) continue;
            int32_t left = x * d.across / d.of, top = bit * d.rows / bits;
            bitmap_fill(image, left, top, (x + 1) * d.across / d.of - left, (bit + 1) * d.rows / bits - top, true);
        }
    int32_t cells = (image->width + FONT_CELL_WIDTH - 1) / FONT_CELL_WIDTH;
    struct paper_cell cell = {
        .code = DOTS_IN_LINE, .image = image, .width = (uint8_t)(cells < 255 ? cells : 255), .height = 1, .reverse = r->reverse};
    paper_add_cell(r, cell, image->width);
}

/* Room for the rows of one more band; its rows are counted twice over when it grows, so that it grows seldom. */
static void make_room(struct reader *r, int32_t rows) {
    struct bitmap *old = r->joined;
    if (old->height + rows <= r->joined_rows) return;
    struct bitmap *larger = bitmap_new(r->paper->arena, old->width, r->joined_rows = 2 * (old->height + rows));
    memcpy(larger->rows, old->rows, (size_t)old->height * old->stride);
    old->rows = larger->rows;
}

bool paper_join_band(struct reader *r) {
    int32_t rows = dots_of_mode(r->profile, 0).rows;
    if (r->pitch != rows || r->count != 1 || r->cells[0].image == NULL) return false;
    const struct bitmap *band = r->cells[0].image;
    bool follows = r->joined != NULL && r->joined->width == band->width && r->joined->height < PAPER_DOTS_MAX;
    if (!follows) {
        struct bitmap *picture = bitmap_new(r->paper->arena, band->width, r->joined_rows = rows);
        picture->height = 0;
        paper_add_line(r, (struct paper_line){.image = picture, .align = r->align});
        if (r->failed) return true;
        r->joined = picture;
    }
    make_room(r, rows);
    memcpy(r->joined->rows + (size_t)r->joined->height * r->joined->stride, band->rows, (size_t)rows * band->stride);
    r->joined->height += rows;
    return true;
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
