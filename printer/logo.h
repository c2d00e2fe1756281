/* A logo: a PNG made ready for paper. */
#ifndef COMANDA_PRINTER_LOGO_H
#define COMANDA_PRINTER_LOGO_H

#include <stdint.h>

#include "data/arena.h"
#include "data/error.h"
#include "printer/bitmap.h"

struct logo { /* white is 255; what was transparent is white */
    int32_t width, height;
    const uint8_t *grey;
};

/* Any PNG, of at most SITE_LOGO_SIDE_MAX on a side. ERROR_INVALID "bad_logo" with the file and the reason. */
MUST_USE bool logo_read(const char *file, struct arena *a, struct logo **out, struct error *e);

/* As wide as the paper, the logo in its middle: scaled down to it by averages, never up, then dithered (Floyd–Steinberg). */
const struct bitmap *logo_for_paper(const struct logo *l, int32_t dots, struct arena *a);

#endif
