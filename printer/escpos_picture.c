/* Ticket → ESC/POS bytes: QR codes, barcodes and the logo, by the printer's own commands or as dots. Contract: escpos.h. */
#include <string.h>

#include "printer/barcode.h"
#include "printer/escpos_private.h"
#include "printer/qr.h"

enum {
    BAND_ROWS = 128,       /* raster rows a command: printers have small buffers */
    BAND_8 = 8,            /* rows that an impact head prints at once */
    FEED_8 = 16,           /* their height in motion units of 1/144 inch: eight needles 1/72 inch apart */
    MODULE_MIN = 2,        /* dots of a QR module: no camera reads modules of one dot */
    MODULE_MIN_8 = 3,      /* nor those of two needles, which the ribbon blurs */
    QR_CONTENT_MAX = 2331, /* bytes of the largest symbol of level M */
    BARCODE_ROWS = 80,     /* 10 mm at 203 dpi */
    BARCODE_ROWS_8 = 32,   /* 11 mm at 72 dpi */
    BARCODE_MODULE = 3,    /* dots; 2 where the paper is too narrow, and no less: GS w begins there, and scanners give up below */
    BARCODE_MODULE_MIN = 2
};

/* GS v 0: a picture as wide as the paper, band by band. */
static void raster(struct encoder *x, const struct bitmap *picture) {
    for (int32_t row = 0; row < picture->height; row += BAND_ROWS) {
        int32_t rows = picture->height - row < BAND_ROWS ? picture->height - row : BAND_ROWS;
        EMIT(x, GS, 'v', '0', 0, (uint8_t)(picture->stride & 0xFF), (uint8_t)(picture->stride >> 8), (uint8_t)(rows & 0xFF),
             (uint8_t)(rows >> 8));
        text_append(&x->out, picture->rows + (size_t)row * picture->stride, (size_t)rows * picture->stride);
    }
}

static int32_t last_black_column(const struct bitmap *picture) {
    for (int32_t x = picture->width - 1; x > 0; x--)
        for (int32_t y = 0; y < picture->height; y++)
            if (bitmap_get(picture, x, y)) return x;
    return 0;
}

/* ESC * 0: columns of eight dots. ESC 3 joins the bands, ESC 2 brings the usual lines back. */
static void bands(struct encoder *x, const struct bitmap *picture) {
    int32_t columns = last_black_column(picture) + 1;
    EMIT(x, ESC, '3', FEED_8);
    for (int32_t row = 0; row < picture->height; row += BAND_8) {
        EMIT(x, ESC, '*', 0, (uint8_t)(columns & 0xFF), (uint8_t)(columns >> 8));
        for (int32_t column = 0; column < columns; column++) {
            uint8_t byte = 0;
            for (int32_t bit = 0; bit < BAND_8; bit++) byte = (uint8_t)(byte << 1 | bitmap_get(picture, column, row + bit));
            text_append_byte(&x->out, byte);
        }
        text_append_byte(&x->out, LF);
    }
    EMIT(x, ESC, '2');
}

static void picture_of(struct encoder *x, const struct bitmap *picture) {
    if (x->profile->pictures == PICTURES_8_DOT)
        bands(x, picture);
    else
        raster(x, picture);
}

/* In the middle of a picture as wide as the paper: not every printer centres rasters. */
static void centred_picture(struct encoder *x, const struct bitmap *from, int32_t wide, int32_t high) {
    struct bitmap *picture = bitmap_new(x->set.arena, x->profile->picture_dots, from->height * high);
    bitmap_paint(picture, (picture->width - from->width * wide) / 2, 0, from, wide, high);
    picture_of(x, picture);
}

static void begin(struct encoder *x, enum ticket_align align) {
    escpos_style(x, escpos_plain);
    escpos_align(x, align);
}

/* ---- QR ---- */

/* GS ( k, functions 165 (model 2), 167 (module), 169 (level M), 180 (store) and 181 (print). */
static void native_qr(struct encoder *x, const char *content, size_t size, int32_t module) {
    EMIT(x, GS, '(', 'k', 4, 0, '1', 65, '2', 0);
    EMIT(x, GS, '(', 'k', 3, 0, '1', 67, (uint8_t)module);
    EMIT(x, GS, '(', 'k', 3, 0, '1', 69, '1');
    EMIT(x, GS, '(', 'k', (uint8_t)((size + 3) & 0xFF), (uint8_t)((size + 3) >> 8), '1', 80, '0');
    text_append(&x->out, content, size);
    EMIT(x, GS, '(', 'k', 3, 0, '1', 81, '0');
}

void escpos_qr(struct encoder *x, const char *content, int32_t module) {
    size_t size = strlen(content);
    struct bitmap *symbol = size <= QR_CONTENT_MAX ? qr_symbol(x->set.arena, content, size, QR_M) : NULL;
    bool needles = x->profile->pictures == PICTURES_8_DOT;
    int32_t least = needles ? MODULE_MIN_8 : MODULE_MIN;
    if (module < least || module > 16) module = 6;
    if (needles) module = MODULE_MIN_8; /* three of its dots are as large as eight of a thermal head */
    while (symbol != NULL && module >= least && (symbol->width + 2) * module > x->profile->picture_dots) module--;
    if (symbol == NULL || module < least) {
        escpos_text_block(x, escpos_plain, content);
        return;
    }
    begin(x, x->profile->native_qr ? TICKET_CENTER : TICKET_LEFT);
    if (x->profile->native_qr)
        native_qr(x, content, size, module);
    else
        centred_picture(x, symbol, module, module);
}

/* ---- barcodes ---- */

/* GS H (text below), GS f (in font A), GS h, GS w, then GS k 73. */
static void native_barcode(struct encoder *x, const uint8_t *data, size_t size, int32_t module) {
    EMIT(x, GS, 'H', 2, GS, 'f', 0, GS, 'h', BARCODE_ROWS, GS, 'w', (uint8_t)module, GS, 'k', 73, (uint8_t)size);
    text_append(&x->out, data, size);
}

void escpos_barcode(struct encoder *x, const char *content) {
    static const struct ticket_style below = {.width = 1, .height = 1, .align = TICKET_CENTER};
    uint8_t data[BARCODE_DATA_MAX];
    size_t size = barcode_data(content, data);
    struct barcode code = {0};
    int32_t module = BARCODE_MODULE;
    if (size > 0 && !barcode_read(data, size, x->set.arena, &code)) size = 0;
    while (size > 0 && module >= BARCODE_MODULE_MIN && (code.bars->width + 2 * BARCODE_QUIET) * module > x->profile->picture_dots)
        module--;
    if (size == 0 || module < BARCODE_MODULE_MIN) {
        escpos_text_block(x, below, content);
        return;
    }
    begin(x, x->profile->native_barcode ? TICKET_CENTER : TICKET_LEFT);
    if (x->profile->native_barcode) {
        native_barcode(x, data, size, module);
        return;
    }
    centred_picture(x, code.bars, module, x->profile->pictures == PICTURES_8_DOT ? BARCODE_ROWS_8 : BARCODE_ROWS);
    escpos_text_block(x, below, content);
}

/* ---- the logo ---- */

void escpos_logo(struct encoder *x) {
    if (x->profile->logo == NULL) return;
    begin(x, TICKET_LEFT);
    picture_of(x, x->profile->logo);
}

/* A band of a raster, or the content of a QR; with the head of the command, and the ESC before it. */
size_t escpos_picture_most(const struct printer_profile *p) {
    enum { HEAD = 16 };
    const size_t band = (size_t)(p->picture_dots + 7) / 8 * BAND_ROWS;
    return HEAD + (band > QR_CONTENT_MAX ? band : QR_CONTENT_MAX);
}
