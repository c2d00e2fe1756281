/* Ticket → ESC/POS bytes: QR codes, barcodes and the logo, by the printer's own commands or as dots. Contract: escpos.h. */
#include <string.h>

#include "printer/barcode.h"
#include "printer/escpos_private.h"
#include "printer/qr.h"

enum {
    BAND_ROWS = 128,       /* raster rows a command: printers have small buffers */
    QR_CONTENT_MAX = 2331, /* bytes of the largest symbol of level M */
    BARCODE_ROWS = 80,     /* 10 mm at 203 dpi */
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

/* In the middle of a picture as wide as the paper: not every printer centres rasters. */
static void centred_raster(struct encoder *x, const struct bitmap *from, int32_t wide, int32_t high) {
    struct bitmap *picture = bitmap_new(x->set.arena, x->profile->dots, from->height * high);
    bitmap_paint(picture, (picture->width - from->width * wide) / 2, 0, from, wide, high);
    raster(x, picture);
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
    bool possible = (x->profile->native_qr || x->profile->raster) && size <= QR_CONTENT_MAX;
    struct bitmap *symbol = possible ? qr_symbol(x->set.arena, content, size, QR_M) : NULL;
    if (module < 1 || module > 16) module = 6;
    while (symbol != NULL && module > 1 && (symbol->width + 2) * module > x->profile->dots) module--;
    if (symbol == NULL || module < 2) { /* no camera reads modules of one dot */
        escpos_text_block(x, escpos_plain, content);
        return;
    }
    begin(x, x->profile->native_qr ? TICKET_CENTER : TICKET_LEFT);
    if (x->profile->native_qr)
        native_qr(x, content, size, module);
    else
        centred_raster(x, symbol, module, module);
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
    size_t size = x->profile->native_barcode || x->profile->raster ? barcode_data(content, data) : 0;
    struct barcode code = {0};
    int32_t module = BARCODE_MODULE;
    if (size > 0 && !barcode_read(data, size, x->set.arena, &code)) size = 0;
    while (size > 0 && module >= BARCODE_MODULE_MIN && (code.bars->width + 2 * BARCODE_QUIET) * module > x->profile->dots)
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
    centred_raster(x, code.bars, module, BARCODE_ROWS);
    escpos_text_block(x, below, content);
}

/* ---- the logo ---- */

void escpos_logo(struct encoder *x) {
    if (!x->profile->raster || x->profile->logo == NULL) return;
    begin(x, TICKET_LEFT);
    raster(x, x->profile->logo);
}
