/* Fuzz target: ESC/POS bytes to a picture, read back by libpng. The first byte chooses the printer. */
#include <png.h>

#include "printer/font.h"
#include "printer/paper.h"
#include "tests/fuzz/kit/profiles.h"

enum { MARGIN = 32, DOTS_MAX = 4000 }; /* longer pictures take long and show nothing new */

/* Each line's height, as the picture must have it. */
static int64_t height_of(const struct paper *p, struct arena *a) {
    int64_t height = 2 * MARGIN;
    for (size_t i = 0; i < p->count && height <= DOTS_MAX; i++) {
        const struct paper_line *line = &p->lines[i];
        const struct bitmap *qr = line->qr != NULL ? qr_symbol(a, line->qr, strlen(line->qr), line->qr_level) : NULL;
        if (line->cut)
            height += 48;
        else if (line->image != NULL)
            height += line->image->height;
        else if (line->barcode != NULL)
            height += line->barcode_rows + (line->barcode_text ? 30 : 0);
        else if (qr != NULL)
            height += (int64_t)qr->height * line->qr_module;
        else
            height += line->height > 1 ? line->height * FONT_CELL_HEIGHT : 30;
    }
    return height;
}

/* The margins are white all around, but for the dashes of a cut. */
static void check_pixels(const struct paper *p, const png_image *image, const uint8_t *pixels) {
    size_t width = image->width, height = image->height;
    for (size_t x = 0; x < width; x++) HOLDS(pixels[x] == 255 && pixels[(height - 1) * width + x] == 255);
    for (size_t y = 0; p->cuts == 0 && y < height; y++) HOLDS(pixels[y * width] == 255);
}

static void check_picture(const struct paper *p, struct bytes png, int64_t height, struct arena *a) {
    png_image image = {.version = PNG_IMAGE_VERSION};
    HOLDS(png_image_begin_read_from_memory(&image, png.at, png.size) != 0);
    HOLDS(image.width == (uint32_t)p->dots + 2 * MARGIN && image.height == (uint32_t)height);
    image.format = PNG_FORMAT_GRAY;
    uint8_t *pixels = arena_alloc(a, PNG_IMAGE_SIZE(image));
    HOLDS(png_image_finish_read(&image, NULL, pixels, 0, NULL) != 0);
    check_pixels(p, &image, pixels);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fuzz_input in = {.at = data, .left = size};
    struct arena *a = arena_open();
    const struct printer_profile *profile = fuzz_profile(fuzz_byte(&in));
    struct bytes stream = {.at = in.at, .size = in.left}, png;
    struct paper *p;
    struct error e;
    if (paper_read(stream, profile, a, &p, &e)) {
        int64_t height = height_of(p, a);
        if (height <= DOTS_MAX) {
            HOLDS(paper_png(p, a, &png, &e));
            check_picture(p, png, height, a);
        }
    }
    arena_close(a);
    return 0;
}
