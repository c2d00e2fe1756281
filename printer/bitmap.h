/* A one-bit picture: what a thermal head prints. Rows of bytes, most significant bit leftmost, 1 is black. Lives in its arena. */
#ifndef COMANDA_PRINTER_BITMAP_H
#define COMANDA_PRINTER_BITMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/arena.h"

struct bitmap {
    int32_t width, height;
    size_t stride; /* bytes a row */
    uint8_t *rows;
};

/* White. Sizes of zero are allowed, negative ones count as zero. */
struct bitmap *bitmap_new(struct arena *a, int32_t width, int32_t height);

/* Outside the picture: white, and nothing is drawn. */
bool bitmap_get(const struct bitmap *b, int32_t x, int32_t y);
void bitmap_set(struct bitmap *b, int32_t x, int32_t y, bool black);
void bitmap_fill(struct bitmap *b, int32_t x, int32_t y, int32_t width, int32_t height, bool black);
void bitmap_invert(struct bitmap *b, int32_t x, int32_t y, int32_t width, int32_t height);

/* Adds the black of `from` to `b` with its corner at x, y, each dot `wide` × `high` dots large. */
void bitmap_paint(struct bitmap *b, int32_t x, int32_t y, const struct bitmap *from, int32_t wide, int32_t high);

#endif
