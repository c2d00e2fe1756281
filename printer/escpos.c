/* Ticket → ESC/POS bytes. Contract: escpos.h. */
#include "printer/escpos.h"

#include <string.h>

#include "printer/codepage.h"
#include "printer/escpos_private.h"
#include "printer/wrap.h"

enum {
    ASB_ONLINE_ERROR_PAPER = 0x0E,
    PAIR_GAP = 2,      /* columns between left and right */
    PAIR_LEFT_MIN = 8, /* narrower than this, the right text gets a line of its own */
    MODE_BOLD = 0x08,  /* bits of ESC ! */
    MODE_HIGH = 0x10,
    MODE_WIDE = 0x20,
    MODE_UNDERLINE = 0x80
};

const struct ticket_style escpos_plain = {.width = 1, .height = 1};

void escpos_align(struct encoder *x, enum ticket_align align) {
    if (x->now.align != align) EMIT(x, ESC, 'a', (uint8_t)align);
    x->now.align = align;
}

/* ESC ! says size, weight, underline and font at once. */
static uint8_t print_mode(const struct encoder *x, struct ticket_style s) {
    return (uint8_t)(x->profile->mode_font | (s.bold ? MODE_BOLD : 0) | (s.height > 1 ? MODE_HIGH : 0) |
                     (s.width > 1 ? MODE_WIDE : 0) | (s.underline ? MODE_UNDERLINE : 0));
}

void escpos_style(struct encoder *x, struct ticket_style s) {
    if (x->profile->mode_font >= 0) {
        if (print_mode(x, s) != print_mode(x, x->now)) EMIT(x, ESC, '!', print_mode(x, s));
    } else {
        if (s.width != x->now.width || s.height != x->now.height)
            EMIT(x, GS, '!', (uint8_t)((s.width - 1) << 4 | (s.height - 1)));
        if (s.bold != x->now.bold) EMIT(x, ESC, 'E', s.bold);
        if (s.underline != x->now.underline) EMIT(x, ESC, '-', s.underline);
    }
    if (s.reverse != x->now.reverse && x->profile->reverse) EMIT(x, GS, 'B', s.reverse);
    if (s.reverse != x->now.reverse && x->profile->red) EMIT(x, ESC, 'r', s.reverse);
    s.align = x->now.align;
    x->now = s;
}

void escpos_set_page(struct encoder *x, enum printer_codepage page) {
    EMIT(x, ESC, 't', (uint8_t)x->profile->codepage_numbers[page]);
    x->page = page;
}

static void spaces(struct encoder *x, int32_t n) {
    for (; n > 0; n--) text_append_byte(&x->out, ' ');
}

/* A character in no page: a cell of dots that sits in the line. Printers neither enlarge nor reverse it, so that is done here; it
 * stays one cell high. */
static void drawn_glyph(struct encoder *x, const struct glyph *g) {
    struct bitmap *cell = glyph_draw(&x->set, g, x->now.bold, x->now.width);
    if (x->now.underline) bitmap_fill(cell, 0, cell->height - 1, cell->width, 1, true);
    if (x->now.reverse) bitmap_invert(cell, 0, 0, cell->width, cell->height);
    EMIT(x, ESC, '*', 33, (uint8_t)(cell->width & 0xFF), (uint8_t)(cell->width >> 8));
    for (int32_t column = 0; column < cell->width; column++)
        for (int32_t row = 0; row < cell->height; row += 8) {
            uint8_t byte = 0;
            for (int32_t bit = 0; bit < 8; bit++) byte = (uint8_t)(byte << 1 | bitmap_get(cell, column, row + bit));
            text_append_byte(&x->out, byte);
        }
}

static void glyph(struct encoder *x, const struct glyph *g) {
    if (g->drawn) {
        drawn_glyph(x, g);
        return;
    }
    const struct printer_profile *p = x->profile;
    uint32_t code = g->code == 0xA0 ? ' ' : g->code; /* a hard space: some printers have another sign at its place */
    uint8_t byte = codepage_byte(p->tables, x->page, code);
    for (int32_t i = 0; byte == 0 && i < p->codepage_count; i++) {
        byte = codepage_byte(p->tables, p->codepages[i], code);
        if (byte != 0) escpos_set_page(x, p->codepages[i]);
    }
    text_append_byte(&x->out, byte);
}

static void line_of(struct encoder *x, const struct glyphs *g, const struct wrap_line *line) {
    for (size_t i = 0; i < line->count; i++) {
        const struct glyph *one = &g->at[line->from + i];
        if (one->code < 0x80 && !one->drawn) /* in every page */
            text_append_byte(&x->out, (uint8_t)one->code);
        else
            glyph(x, one);
    }
}

/* The ends of a text that is to stand out. White on black they are spaces; a printer without that gets asterisks, but for the
 * place next to the words. */
static void ends(struct encoder *x, int32_t n, bool before) {
    bool stars = x->now.reverse && !x->profile->reverse;
    for (int32_t i = 0; i < n; i++) text_append_byte(&x->out, stars && i != (before ? n - 1 : 0) ? '*' : ' ');
}

static void indent(struct encoder *x, struct ticket_style s, bool first) {
    int32_t columns = s.indent + (first ? 0 : s.hang);
    if (columns == 0) return;
    escpos_style(x, escpos_plain);
    spaces(x, columns);
}

/* Bounds that leave at least some columns for text, whatever the paper. */
static struct ticket_style fitted(const struct printer_profile *p, struct ticket_style s) {
    if (s.width < 1) s.width = 1;
    if (s.height < 1) s.height = 1;
    uint8_t most = p->mode_font >= 0 ? 2 : 4; /* ESC ! doubles, GS ! multiplies */
    if (s.width > most) s.width = most;
    if (s.height > most) s.height = most;
    if (s.indent > p->columns / 2) s.indent = (uint8_t)(p->columns / 2);
    if (s.hang > p->columns / 4) s.hang = (uint8_t)(p->columns / 4);
    return s;
}

void escpos_text_block(struct encoder *x, struct ticket_style wish, const char *text) {
    struct ticket_style s = fitted(x->profile, wish);
    bool bar = s.reverse && s.align == TICKET_CENTER;
    bool margin = s.align == TICKET_LEFT; /* indent and hang stand at the left margin */
    if (!margin) s.hang = 0;
    int32_t columns = x->profile->columns - (bar ? 0 : s.indent), room = columns / s.width;
    int32_t narrow = (columns - s.hang) / s.width; /* the room of the later lines, which must hold the ends too */
    int32_t pad = !s.reverse || narrow <= 6 ? 0 : x->profile->reverse ? 1 : 2;
    struct glyphs g = glyph_set(&x->set, text);
    struct wrap_line *lines;
    size_t count = wrap_glyphs(g.at, g.count, room - 2 * pad, narrow - 2 * pad, x->set.arena, &lines);
    for (size_t i = 0; i < count; i++) {
        escpos_align(x, bar ? TICKET_LEFT : s.align);
        if (margin && !bar) indent(x, s, i == 0);
        escpos_style(x, s);
        int32_t rest = room - lines[i].columns;
        ends(x, bar ? rest / 2 : pad, true);
        line_of(x, &g, &lines[i]);
        ends(x, bar ? rest - rest / 2 : pad, false);
        text_append_byte(&x->out, LF);
    }
}

static void pair_block(struct encoder *x, struct ticket_style wish, const char *left, const char *right) {
    struct ticket_style s = fitted(x->profile, wish);
    s.align = TICKET_LEFT;
    int32_t columns = x->profile->columns - s.indent, room = columns / s.width;
    struct glyphs g = glyph_set(&x->set, left), r = glyph_set(&x->set, right);
    int32_t right_columns = glyph_columns(r.at, r.count), left_columns = glyph_columns(g.at, g.count);
    int32_t beside = room - right_columns - PAIR_GAP;
    if (left_columns > beside && beside < PAIR_LEFT_MIN) { /* the right text would squeeze the left: one below the other */
        escpos_text_block(x, s, left);
        s.align = TICKET_RIGHT;
        escpos_text_block(x, s, right);
        return;
    }
    struct wrap_line *lines;
    size_t count = wrap_glyphs(g.at, g.count, beside, beside - (s.hang + s.width - 1) / s.width, x->set.arena, &lines);
    for (size_t i = 0; i < count; i++) {
        escpos_align(x, TICKET_LEFT);
        indent(x, s, i == 0);
        escpos_style(x, s);
        line_of(x, &g, &lines[i]);
        if (i == 0) {
            spaces(x, room - lines[i].columns - right_columns);
            line_of(x, &r, &(struct wrap_line){.from = 0, .count = r.count});
        }
        text_append_byte(&x->out, LF);
    }
}

static void rule_block(struct encoder *x) {
    escpos_align(x, TICKET_LEFT);
    escpos_style(x, escpos_plain);
    for (int32_t i = 0; i < x->profile->columns; i++) text_append_byte(&x->out, '-');
    text_append_byte(&x->out, LF);
}

static void feed(struct encoder *x, int32_t lines) {
    if (lines > 0) EMIT(x, ESC, 'd', (uint8_t)(lines < 255 ? lines : 255));
}

/* GS V, function B: feeds to the cutter first. A kind that the cutter has not goes as the one it has. */
static void cut(struct encoder *x, bool full) {
    const struct printer_profile *p = x->profile;
    if (p->cut == CUT_NONE)
        feed(x, p->tear_feed);
    else
        EMIT(x, GS, 'V', p->cut == CUT_FULL || (full && p->cut == CUT_BOTH) ? 65 : 66, (uint8_t)p->cut_feed);
}

static void buzzer(struct encoder *x, int32_t beeps) {
    uint8_t times = (uint8_t)(beeps < 1 ? 1 : beeps > 9 ? 9 : beeps);
    if (x->profile->buzzer == BUZZER_ESC_B) EMIT(x, ESC, 'B', times, 3);                      /* each 150 ms */
    if (x->profile->buzzer == BUZZER_ESC_PAREN_A) EMIT(x, ESC, '(', 'A', 3, 0, 97, 1, times); /* pattern A */
}

static void block(struct encoder *x, const struct ticket_block *b, bool original) {
    switch (b->kind) {
    case TICKET_TEXT:
        escpos_text_block(x, b->style, b->text);
        break;
    case TICKET_PAIR:
        pair_block(x, b->style, b->text, b->right);
        break;
    case TICKET_RULE:
        rule_block(x);
        break;
    case TICKET_FEED:
        feed(x, b->count);
        break;
    case TICKET_QR:
        escpos_qr(x, b->text, b->count);
        break;
    case TICKET_BARCODE:
        escpos_barcode(x, b->text);
        break;
    case TICKET_LOGO:
        escpos_logo(x);
        break;
    case TICKET_CHART:
        escpos_chart(x);
        break;
    case TICKET_CUT:
        cut(x, b->count == 1);
        break;
    case TICKET_DRAWER: /* 50 ms on, 500 ms off */
        if (x->profile->drawer && original) EMIT(x, ESC, 'p', b->count == 2 ? 1 : 0, 25, 250);
        break;
    case TICKET_BUZZER:
        buzzer(x, b->count);
        break;
    }
}

static void marks_block(struct encoder *x, const struct ticket_marks *m) {
    static const struct ticket_style bar = {.width = 1, .height = 2, .bold = true, .reverse = true, .align = TICKET_CENTER};
    struct arena *a = x->set.arena;
    if (m->practice) escpos_text_block(x, bar, "PRÁCTICA");
    if (m->fallback_for != NULL) escpos_text_block(x, bar, arena_printf(a, "RESPALDO DE %s", text_upper(a, m->fallback_for)));
    if (m->duplicate > 0) escpos_text_block(x, bar, arena_printf(a, "POSIBLE DUPLICADO – copia %d", m->duplicate));
    if (m->copy) escpos_text_block(x, bar, "COPIA");
    if (m->practice || m->fallback_for != NULL || m->duplicate > 0 || m->copy) feed(x, 1);
}

bool escpos_encode(const struct ticket *t, const struct printer_profile *p, const struct ticket_marks *marks, struct arena *a,
                   struct bytes *out, struct error *e) {
    if (p->codepage_count < 1 || p->tables == NULL || p->columns < 16)
        return error_fail(e, ERROR_INTERNAL, "bad_profile", "printer profile %s: has no code page or no columns", p->slug);
    static const struct ticket_marks none;
    if (marks == NULL) marks = &none;
    struct encoder x = {.profile = p, .set = {.profile = p, .arena = a}, .out = {.arena = a}, .now = escpos_plain};
    EMIT(&x, ESC, '@', FS, '.');
    escpos_set_page(&x, p->codepages[0]);
    if (p->mode_font >= 0) EMIT(&x, ESC, '!', print_mode(&x, escpos_plain)); /* after ESC @ a switch decides on the font */
    if (p->realtime_status) EMIT(&x, GS, 'a', ASB_ONLINE_ERROR_PAPER);
    marks_block(&x, marks);
    bool original = !marks->copy && marks->duplicate == 0 && !marks->practice;
    for (size_t i = 0; i < t->count; i++) block(&x, &t->blocks[i], original);
    *out = (struct bytes){.at = (const uint8_t *)x.out.bytes, .size = x.out.size};
    return true;
}

void escpos_ordered(uint8_t out[ESCPOS_ORDERED_SIZE]) {
    static const uint8_t command[ESCPOS_ORDERED_SIZE] = {GS, 'r', 1};
    memcpy(out, command, sizeof command);
}

void escpos_process_id(const char id[4], uint8_t out[ESCPOS_PROCESS_ID_SIZE]) {
    static const uint8_t command[] = {GS, '(', 'H', 6, 0, 48, 48};
    memcpy(out, command, sizeof command);
    memcpy(out + sizeof command, id, 4);
}

struct bytes escpos_fill(const struct printer_profile *p, struct arena *a) {
    const size_t size = escpos_picture_most(p);
    return (struct bytes){memset(arena_alloc(a, size), 0, size), size};
}
