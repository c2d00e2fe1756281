/* Code 128 barcodes (ISO/IEC 15417): choosing the code sets, and the bars themselves.
 *
 * Between the two stands the form that ESC/POS takes (GS k 73): "{A", "{B" or "{C" choose a code set, "{1" is FNC1, "{{" a brace,
 * and in set C each byte is a pair of digits. The bars are made from that form, so that a printer that draws them itself, the
 * raster for one that cannot, and the picture on the screen are one symbol. */
#ifndef COMANDA_PRINTER_BARCODE_H
#define COMANDA_PRINTER_BARCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/arena.h"
#include "printer/bitmap.h"

enum { BARCODE_CONTENT_MAX = 48, BARCODE_DATA_MAX = 255, BARCODE_SYMBOLS_MAX = BARCODE_DATA_MAX + 2, BARCODE_QUIET = 10 };

/* The form of GS k 73 for a content of 20h–7Eh, four and more digits in pairs. Answers its size; 0 for a content that is empty,
 * longer than BARCODE_CONTENT_MAX or not plain ASCII. */
size_t barcode_data(const char *content, uint8_t out[BARCODE_DATA_MAX]);

struct barcode {
    const char *text;                     /* as it stands under the bars, without what only a scanner sees */
    uint8_t symbols[BARCODE_SYMBOLS_MAX]; /* values: start, data, check, stop */
    size_t count;
    const struct bitmap *bars; /* one row, one dot a module, without the quiet zones (BARCODE_QUIET modules a side) */
};
/* False when the data is not what a printer would take. */
bool barcode_read(const uint8_t *data, size_t size, struct arena *a, struct barcode *out);

#endif
