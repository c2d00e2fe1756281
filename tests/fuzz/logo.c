/* Fuzz target: a logo's PNG made ready for paper. */
#include "printer/logo.h"

#include <sys/mman.h>
#include <unistd.h>

#include "data/site.h"
#include "tests/fuzz/kit/fuzz.h"

/* As wide as the paper, no higher than it was, and white beside the logo. */
static void check_paper(const struct logo *l, int32_t dots, struct arena *a) {
    const struct bitmap *b = logo_for_paper(l, dots, a);
    HOLDS(b->width == dots && b->height >= 1 && b->height <= l->height);
    int32_t free = l->width < dots ? (dots - l->width) / 2 : 0;
    for (int32_t y = 0; y < b->height; y++)
        for (int32_t x = 0; x < free; x++) HOLDS(!bitmap_get(b, x, y) && !bitmap_get(b, dots - 1 - x, y));
    bool white = true, empty = true;
    for (size_t i = 0; i < (size_t)l->width * (size_t)l->height; i++) white &= l->grey[i] == 255;
    for (int32_t y = 0; white && y < b->height; y++)
        for (int32_t x = 0; x < dots; x++) empty &= !bitmap_get(b, x, y);
    HOLDS(!white || empty); /* nothing is printed of nothing */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_open();
    int fd = memfd_create("logo", 0);
    HOLDS(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    struct logo *l;
    struct error e;
    if (logo_read(arena_printf(a, "/proc/self/fd/%d", fd), a, &l, &e)) {
        HOLDS(l->width >= 1 && l->width <= SITE_LOGO_SIDE_MAX && l->height >= 1 && l->height <= SITE_LOGO_SIDE_MAX);
        check_paper(l, 384, a);
        check_paper(l, 576, a);
    } else {
        HOLDS(e.kind == ERROR_INVALID && strcmp(e.code, "bad_logo") == 0);
    }
    close(fd);
    arena_close(a);
    return 0;
}
