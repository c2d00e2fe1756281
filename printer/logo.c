/* A logo from a PNG, by libpng. Contract: logo.h. */
#include "printer/logo.h"

#include <png.h>
#include <string.h>

#include "data/site.h"

enum { WHITE = 255, BLACK_BELOW = 128 };

static bool refuse(const char *file, const png_image *png, struct error *e) {
    return error_fail(e, ERROR_INVALID, "bad_logo", "%s: %s", file, png->message);
}

bool logo_read(const char *file, struct arena *a, struct logo **out, struct error *e) {
    png_image png = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_file(&png, file)) return refuse(file, &png, e);
    if (png.width > SITE_LOGO_SIDE_MAX || png.height > SITE_LOGO_SIDE_MAX) {
        png_image_free(&png);
        return error_fail(e, ERROR_INVALID, "bad_logo", "%s: larger than %d × %d pixels", file, SITE_LOGO_SIDE_MAX,
                          SITE_LOGO_SIDE_MAX);
    }
    png.format = PNG_FORMAT_GRAY;
    uint8_t *grey = arena_alloc(a, PNG_IMAGE_SIZE(png));
    if (!png_image_finish_read(&png, &(png_color){WHITE, WHITE, WHITE}, grey, 0, NULL)) return refuse(file, &png, e);
    struct logo *l = ARENA_NEW(a, struct logo);
    *l = (struct logo){.width = (int32_t)png.width, .height = (int32_t)png.height, .grey = grey};
    *out = l;
    return true;
}

/* The mean of the pixels that one dot covers, at least one. */
static int32_t mean(const struct logo *l, int32_t x, int32_t y, int32_t width, int32_t height) {
    int32_t left = x * l->width / width, right = (x + 1) * l->width / width;
    int32_t top = y * l->height / height, bottom = (y + 1) * l->height / height;
    if (right == left) right++;
    if (bottom == top) bottom++;
    int64_t sum = 0, count = (int64_t)(right - left) * (bottom - top);
    for (int32_t row = top; row < bottom; row++)
        for (int32_t column = left; column < right; column++) sum += l->grey[(size_t)row * (size_t)l->width + (size_t)column];
    return (int32_t)((sum + count / 2) / count);
}

/* What a dot is off its grey goes to its neighbours: 7/16 to the right, 3, 5 and 1 below. */
static void dither_row(const int32_t *here, int32_t *below, struct bitmap *into, int32_t left, int32_t y, int32_t width) {
    int32_t carried = 0;
    for (int32_t x = 0; x < width; x++) {
        int32_t grey = here[x + 1] + carried;
        bool black = grey < BLACK_BELOW;
        int32_t off = grey - (black ? 0 : WHITE);
        bitmap_set(into, left + x, y, black);
        carried = off * 7 / 16;
        below[x] += off * 3 / 16;
        below[x + 1] += off * 5 / 16;
        below[x + 2] += off - off * 7 / 16 - off * 3 / 16 - off * 5 / 16;
    }
}

const struct bitmap *logo_for_paper(const struct logo *l, int32_t dots, struct arena *a) {
    int32_t width = l->width < dots ? l->width : dots;
    int32_t height = (int32_t)(((int64_t)l->height * width + l->width / 2) / l->width);
    if (height < 1) height = 1;
    struct bitmap *paper = bitmap_new(a, dots, height);
    /* Two rows of greys with what the dots before have left, one place wider at either end. */
    int32_t *here = ARENA_ARRAY(a, (size_t)width + 2, int32_t), *below = ARENA_ARRAY(a, (size_t)width + 2, int32_t);
    for (int32_t y = 0; y < height; y++) {
        for (int32_t x = 0; x < width; x++) here[x + 1] += mean(l, x, y, width, height);
        dither_row(here, below, paper, (dots - width) / 2, y, width);
        int32_t *done = here;
        here = below;
        below = done;
        memset(below, 0, ((size_t)width + 2) * sizeof *below);
    }
    return paper;
}
