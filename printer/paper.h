/* Paper: what an ESC/POS stream looks like. An interpreter of the very bytes a printer gets — not of the ticket — so that the
 * virtual printer, the screens and the tests see what a cook would see. Covers what escpos.h emits and status requests; an
 * unknown command is noted in `unknown` and skipped. Pure functions, safe on any bytes. */
#ifndef COMANDA_PRINTER_PAPER_H
#define COMANDA_PRINTER_PAPER_H

#include <stdint.h>

#include "printer/barcode.h"
#include "printer/bitmap.h"
#include "printer/escpos.h"
#include "printer/profile.h"
#include "printer/qr.h"

enum { PAPER_LINES_MAX = 20000, PAPER_DOTS_MAX = 60000 }; /* 60000 dots are 7.5 m */

struct paper_cell {
    uint32_t code;                 /* U+FFFC for dots in the line, U+FFFD for a byte that the code page leaves empty */
    const struct bitmap *image;    /* dots in the line (ESC *), else NULL */
    uint8_t width, height;         /* times the normal cell; of an image: columns it covers, 1 */
    bool red;                      /* a two-colour ribbon; the picture has one colour and shows it black */
    bool bold, reverse, underline; /* an image is drawn as it came, whatever these say */
};
struct paper_line { /* text, or one of: a QR, a barcode, an image (GS v 0; bands of ESC * that ESC 3 joins), a cut */
    struct paper_cell *cells;
    size_t count;
    uint8_t height; /* the highest cell's, at least 1 */
    enum ticket_align align;
    const char *qr; /* its content, UTF-8 */
    int32_t qr_module;
    enum qr_level qr_level;
    const struct barcode *barcode;
    int32_t barcode_module, barcode_rows; /* dots */
    bool barcode_text;                    /* GS H asked for its text; it is shown below */
    const struct bitmap *image;
    bool cut;
};
struct paper {
    struct arena *arena;
    struct paper_line *lines;
    size_t count;
    int32_t columns, dots;
    int32_t drawer_kicks, cuts;
    int32_t unknown; /* commands not known, and one cut off by the end of the stream */
};

/* Text that no line feed follows stays in a printer's buffer, so it is not on the paper. ERROR_INVALID "paper_too_long" beyond
 * PAPER_LINES_MAX. */
MUST_USE bool paper_read(struct bytes stream, const struct printer_profile *p, struct arena *a, struct paper **out,
                         struct error *e);

/* Plain UTF-8 lines as laid out: wide text once per character, white on black between ▓, dots in the line as ▒, a QR as
 * "[QR: content]" (newlines as spaces), a barcode as "[Código de barras: text]", an image as "[imagen ancho×alto]", a cut as a
 * dashed line with scissors. */
const char *paper_text(const struct paper *p, struct arena *a);

/* A PNG, 1 bit a pixel, the profile's width in dots plus margins. Glyphs by FreeType from DejaVu Sans Mono, QR by libqrencode.
 * ERROR_INVALID "paper_too_long" beyond PAPER_DOTS_MAX, ERROR_IO "no_font". */
MUST_USE bool paper_png(const struct paper *p, struct arena *a, struct bytes *out, struct error *e);

#endif
