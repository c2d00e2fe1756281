/* Ticket → ESC/POS bytes: the chart of the printer's code pages, for a person to see which page a unit really prints. Contract:
 * escpos.h. */
#include "printer/codepage.h"
#include "printer/escpos_private.h"

enum {
    ROW = 16,            /* characters a line, by the second hex digit */
    FIRST_ROW = 0x80,    /* the half of a page that differs */
    SPREAD = 2 + 2 * ROW /* columns from which on a space stands before each character */
};

static const char digits[] = "0123456789ABCDEF";
static const char spanish[] = "áéíóúüñ ÁÉÍÓÚÜÑ ¿? ¡! « » ° $";

static void put(struct encoder *x, uint8_t byte, bool spread) {
    if (spread) text_append_byte(&x->out, ' ');
    text_append_byte(&x->out, byte);
}

static void heading_row(struct encoder *x, bool spread) {
    text_append_text(&x->out, spread ? " " : "  ");
    for (const char *d = digits; *d != '\0'; d++) put(x, (uint8_t)*d, spread);
    text_append_byte(&x->out, LF);
}

/* Bytes as they are, whatever page would be chosen for their characters; a hole in the page is left blank. */
static void row(struct encoder *x, enum printer_codepage page, uint8_t first, bool spread) {
    text_append_byte(&x->out, (uint8_t)digits[first >> 4]);
    if (!spread) text_append_byte(&x->out, ' ');
    for (int32_t i = 0; i < ROW; i++) {
        uint8_t byte = (uint8_t)(first + i);
        put(x, codepage_character(x->profile->tables, page, byte) != 0 ? byte : ' ', spread);
    }
    text_append_byte(&x->out, LF);
}

static void spanish_row(struct encoder *x, enum printer_codepage page) {
    for (const char *cursor = spanish; *cursor != '\0';) {
        uint8_t byte = codepage_byte(x->profile->tables, page, text_next(&cursor));
        text_append_byte(&x->out, byte != 0 ? byte : ' ');
    }
    text_append_byte(&x->out, LF);
}

static void page_chart(struct encoder *x, enum printer_codepage page) {
    bool spread = x->profile->columns >= SPREAD;
    text_append_byte(&x->out, LF); /* a line apart */
    const char *name = arena_printf(x->set.arena, "%s · ESC t %d", codepage_names[page], x->profile->codepage_numbers[page]);
    escpos_text_block(x, (struct ticket_style){.width = 1, .height = 1, .bold = true}, name);
    escpos_style(x, escpos_plain);
    escpos_set_page(x, page);
    spanish_row(x, page);
    heading_row(x, spread);
    for (int32_t first = FIRST_ROW; first <= UINT8_MAX; first += ROW) row(x, page, (uint8_t)first, spread);
}

void escpos_chart(struct encoder *x) {
    for (int32_t i = 0; i < x->profile->codepage_count; i++) page_chart(x, x->profile->codepages[i]);
}
