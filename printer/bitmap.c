/* A one-bit picture. Contract: bitmap.h. */
#include "printer/bitmap.h"

struct bitmap *bitmap_new(struct arena *a, int32_t width, int32_t height) {
    struct bitmap *b = ARENA_NEW(a, struct bitmap);
    b->width = width > 0 ? width : 0;
    b->height = height > 0 ? height : 0;
    b->stride = ((size_t)b->width + 7) / 8;
    b->rows = ARENA_ARRAY(a, b->stride * (size_t)b->height + 1, uint8_t);
    return b;
}

static bool inside(const struct bitmap *b, int32_t x, int32_t y) {
    return x >= 0 && y >= 0 && x < b->width && y < b->height;
}

bool bitmap_get(const struct bitmap *b, int32_t x, int32_t y) {
    return inside(b, x, y) && (b->rows[(size_t)y * b->stride + (size_t)x / 8] & (0x80U >> ((uint32_t)x % 8))) != 0;
}

void bitmap_set(struct bitmap *b, int32_t x, int32_t y, bool black) {
    if (!inside(b, x, y)) return;
    uint8_t *byte = &b->rows[(size_t)y * b->stride + (size_t)x / 8];
    uint8_t bit = (uint8_t)(0x80U >> ((uint32_t)x % 8));
    *byte = (uint8_t)(black ? *byte | bit : *byte & ~bit);
}

void bitmap_fill(struct bitmap *b, int32_t x, int32_t y, int32_t width, int32_t height, bool black) {
    for (int32_t row = y; row < y + height; row++)
        for (int32_t column = x; column < x + width; column++) bitmap_set(b, column, row, black);
}

void bitmap_invert(struct bitmap *b, int32_t x, int32_t y, int32_t width, int32_t height) {
    for (int32_t row = y; row < y + height; row++)
        for (int32_t column = x; column < x + width; column++) bitmap_set(b, column, row, !bitmap_get(b, column, row));
}

void bitmap_paint(struct bitmap *b, int32_t x, int32_t y, const struct bitmap *from, int32_t wide, int32_t high) {
    for (int32_t row = 0; row < from->height; row++)
        for (int32_t column = 0; column < from->width; column++)
            if (bitmap_get(from, column, row)) bitmap_fill(b, x + column * wide, y + row * high, wide, high, true);
}
