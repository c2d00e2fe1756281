/* The interpreter's halves, known only to printer/paper*.c: text and commands in paper.c, pictures in paper_picture.c. */
#ifndef COMANDA_PRINTER_PAPER_PRIVATE_H
#define COMANDA_PRINTER_PAPER_PRIVATE_H

#include "printer/paper.h"

enum { DOTS_IN_LINE = 0xFFFC, NO_CHARACTER = 0xFFFD };

struct reader {
    const uint8_t *at, *end;
    const struct printer_profile *profile;
    struct paper *paper;
    size_t line_capacity;
    struct error *error;
    bool failed;
    /* the line being filled: what has no LF yet */
    struct paper_cell *cells;
    size_t count, capacity;
    int32_t dots;
    /* what commands have set */
    int32_t page; /* -1: one the profile does not name */
    uint8_t width, height;
    bool bold, reverse, underline;
    enum ticket_align align;
    int32_t qr_module;
    enum qr_level qr_level;
    const char *qr;
    int32_t barcode_module, barcode_rows;
    bool barcode_text, red;
    int32_t pitch;         /* dots from line to line by ESC 3; 0: the usual ones */
    struct bitmap *joined; /* the image of the last line of paper, where another band may follow; `joined_rows` has room */
    int32_t joined_rows;
};

/* The next n bytes, or NULL when the stream ends before: the command is cut off and nothing follows. */
const uint8_t *paper_take(struct reader *r, size_t n);
void paper_add_line(struct reader *r, struct paper_line line);
void paper_add_cell(struct reader *r, struct paper_cell cell, int32_t dots);
/* What stands alone on the paper first ends the line before it. */
void paper_end_text(struct reader *r);

/* A line that is nothing but one band of dots as high as the pitch becomes a picture, one with the bands right before it. */
bool paper_join_band(struct reader *r);

/* Commands, each with the bytes that always follow it. */
void paper_dots(struct reader *r, const uint8_t *head);            /* ESC * */
void paper_raster(struct reader *r, const uint8_t *head);          /* GS v */
void paper_qr(struct reader *r, const uint8_t *data, size_t size); /* GS ( k */
void paper_barcode_rows(struct reader *r, const uint8_t *n);       /* GS h */
void paper_barcode_module(struct reader *r, const uint8_t *n);     /* GS w */
void paper_barcode_text(struct reader *r, const uint8_t *n);       /* GS H */
void paper_barcode(struct reader *r, const uint8_t *m);            /* GS k */

#endif
