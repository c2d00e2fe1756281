/* The encoder's parts, known only to printer/escpos*.c: text in escpos.c, pictures in escpos_picture.c, code pages in
 * escpos_chart.c. */
#ifndef COMANDA_PRINTER_ESCPOS_PRIVATE_H
#define COMANDA_PRINTER_ESCPOS_PRIVATE_H

#include "data/text.h"
#include "printer/escpos.h"
#include "printer/glyph.h"

enum { ESC = 0x1B, FS = 0x1C, GS = 0x1D, LF = 0x0A };

/* Writes bytes and remembers what the printer has been told, so that only changes go out. */
struct encoder {
    const struct printer_profile *profile;
    struct glyph_setter set;
    struct text_buffer out;
    enum printer_codepage page;
    struct ticket_style now;
};

#define EMIT(x, ...) text_append(&(x)->out, (const uint8_t[]){__VA_ARGS__}, sizeof(const uint8_t[]){__VA_ARGS__})

extern const struct ticket_style escpos_plain;

void escpos_set_page(struct encoder *x, enum printer_codepage page);
void escpos_align(struct encoder *x, enum ticket_align align);
/* All but the alignment, which a printer heeds at the beginning of a line only. */
void escpos_style(struct encoder *x, struct ticket_style s);
void escpos_text_block(struct encoder *x, struct ticket_style wish, const char *text);

void escpos_qr(struct encoder *x, const char *content, int32_t module);
void escpos_barcode(struct encoder *x, const char *content);
void escpos_logo(struct encoder *x);
/* The longest command of all of them, in bytes. */
size_t escpos_picture_most(const struct printer_profile *p);
void escpos_chart(struct encoder *x);

#endif
