/* A QR symbol, by libqrencode. Contract: qr.h. */
#include "printer/qr.h"

#include <limits.h>
#include <qrencode.h>

struct bitmap *qr_symbol(struct arena *a, const char *content, size_t size, enum qr_level level) {
    static const QRecLevel levels[] = {QR_ECLEVEL_L, QR_ECLEVEL_M, QR_ECLEVEL_Q, QR_ECLEVEL_H};
    if (size == 0 || size > INT_MAX) return NULL;
    QRcode *code = QRcode_encodeData((int)size, (const unsigned char *)content, 0, levels[level]);
    if (code == NULL) return NULL;
    struct bitmap *symbol = bitmap_new(a, code->width, code->width);
    for (int32_t y = 0; y < code->width; y++)
        for (int32_t x = 0; x < code->width; x++) bitmap_set(symbol, x, y, (code->data[y * code->width + x] & 1) != 0);
    QRcode_free(code);
    return symbol;
}
