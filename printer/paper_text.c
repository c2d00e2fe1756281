/* Paper as plain text. Contract: paper.h. */
#include "data/text.h"
#include "printer/paper.h"

static void append_code(struct text_buffer *b, uint32_t c) {
    if (c < 0x80)
        text_append_byte(b, (uint8_t)c);
    else if (c < 0x800) {
        text_append(b, (const uint8_t[]){(uint8_t)(0xC0 | c >> 6), (uint8_t)(0x80 | (c & 0x3F))}, 2);
    } else {
        text_append(
            b, (const uint8_t[]){(uint8_t)(0xE0 | c >> 12), (uint8_t)(0x80 | (c >> 6 & 0x3F)), (uint8_t)(0x80 | (c & 0x3F))}, 3);
    }
}

static bool is_blank(const struct paper_cell *c) {
    return c->image == NULL && c->code == ' ';
}

/* In a white-on-black stretch the outer spaces show as ▓, but for the one next to the words when there are more. */
static bool is_shade(const struct paper_line *line, size_t i) {
    if (!line->cells[i].reverse || !is_blank(&line->cells[i])) return false;
    size_t from = i, to = i; /* the blanks around i, and the stretch's ends */
    while (from > 0 && line->cells[from - 1].reverse && is_blank(&line->cells[from - 1])) from--;
    while (to + 1 < line->count && line->cells[to + 1].reverse && is_blank(&line->cells[to + 1])) to++;
    bool opens = from == 0 || !line->cells[from - 1].reverse, closes = to + 1 == line->count || !line->cells[to + 1].reverse;
    if (opens && closes) return true;
    if (opens) return from == to || i < to;
    return closes && (from == to || i > from);
}

static int32_t columns_of(const struct paper_line *line) {
    int32_t columns = 0;
    for (size_t i = 0; i < line->count; i++) columns += line->cells[i].width;
    return columns;
}

static void pad(struct text_buffer *b, const struct paper *p, const struct paper_line *line, int32_t columns) {
    int32_t rest = p->columns - columns;
    if (line->align == TICKET_CENTER) rest /= 2;
    for (; line->align != TICKET_LEFT && rest > 0; rest--) text_append_byte(b, ' ');
}

static void cells(struct text_buffer *b, const struct paper_line *line) {
    size_t count = line->count;
    while (count > 0 && is_blank(&line->cells[count - 1]) && !line->cells[count - 1].reverse) count--;
    for (size_t i = 0; i < count; i++) {
        if (line->cells[i].image != NULL)
            append_code(b, 0x2592);
        else
            append_code(b, is_shade(line, i) ? 0x2593 : line->cells[i].code);
    }
}

static void barcode(struct text_buffer *b, const struct paper *p, const struct paper_line *line) {
    pad(b, p, line, (int32_t)text_columns(line->barcode->text) + 20);
    text_appendf(b, "[Código de barras: %s]", line->barcode->text);
}

static void qr(struct text_buffer *b, const struct paper *p, const struct paper_line *line) {
    pad(b, p, line, (int32_t)text_columns(line->qr) + 6);
    text_append_text(b, "[QR: ");
    for (const char *c = line->qr; *c != '\0'; c++) text_append_byte(b, (uint8_t)*c < 0x20 ? ' ' : (uint8_t)*c);
    text_append_byte(b, ']');
}

static void cut(struct text_buffer *b, const struct paper *p) {
    text_append_text(b, "✂ ");
    for (int32_t i = 2; i + 1 < p->columns; i += 2) text_append_text(b, "- ");
    b->size--; /* no space at the end of a line */
}

const char *paper_text(const struct paper *p, struct arena *a) {
    struct text_buffer b = {.arena = a};
    text_append(&b, "", 0);
    for (size_t i = 0; i < p->count; i++) {
        const struct paper_line *line = &p->lines[i];
        if (line->cut)
            cut(&b, p);
        else if (line->barcode != NULL)
            barcode(&b, p, line);
        else if (line->qr != NULL)
            qr(&b, p, line);
        else if (line->image != NULL)
            text_appendf(&b, "[imagen %d×%d]", line->image->width, line->image->height);
        else if (line->count > 0) {
            pad(&b, p, line, columns_of(line));
            cells(&b, line);
        }
        text_append_byte(&b, '\n');
    }
    return b.bytes;
}
