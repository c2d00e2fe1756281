/* Fuzz target: a ticket built from any bytes, encoded, and read from the paper. First the printer and the marks, then blocks: a
 * kind, three bytes of style or a count, and text up to FFh. */
#include "data/text.h"
#include "printer/glyph.h"
#include "printer/paper.h"
#include "tests/fuzz/kit/profiles.h"

enum { OTHERS = 0xFFFF, CODES }; /* how often each character stands; all that are drawn count as one */

static struct ticket_style style_of(struct fuzz_input *in) {
    uint8_t size = fuzz_byte(in), look = fuzz_byte(in), columns = fuzz_byte(in);
    return (struct ticket_style){.width = size & 7,
                                 .height = size >> 3 & 7,
                                 .bold = look & 1,
                                 .underline = look & 2,
                                 .reverse = look & 4,
                                 .align = (enum ticket_align)((look >> 3) % 3),
                                 .indent = columns & 63,
                                 .hang = (uint8_t)(columns >> 6 << 4 | (look >> 4))};
}

static void add_block(struct ticket *t, struct fuzz_input *in, struct arena *a) {
    uint8_t byte = fuzz_byte(in), kind = byte >= 250 ? TICKET_CHART : byte % 10;
    if (kind == TICKET_TEXT) {
        struct ticket_style style = style_of(in);
        ticket_text(t, style, "%s", fuzz_text(in, a));
    } else if (kind == TICKET_PAIR) {
        struct ticket_style style = style_of(in);
        const char *left = fuzz_text(in, a);
        ticket_pair(t, style, left, fuzz_text(in, a));
    } else if (kind == TICKET_RULE)
        ticket_rule(t);
    else if (kind == TICKET_FEED)
        ticket_feed(t, (int8_t)fuzz_byte(in));
    else if (kind == TICKET_QR)
        ticket_qr(t, fuzz_text(in, a));
    else if (kind == TICKET_CUT)
        ticket_cut(t);
    else if (kind == TICKET_DRAWER)
        ticket_drawer(t, (int8_t)fuzz_byte(in));
    else if (kind == TICKET_BARCODE)
        ticket_barcode(t, fuzz_text(in, a));
    else if (kind == TICKET_LOGO)
        ticket_logo(t);
    else if (kind == TICKET_CHART)
        ticket_chart(t);
    else
        ticket_buzzer(t, (int8_t)fuzz_byte(in));
}

static void count(int32_t *table, uint32_t code, bool drawn, int32_t by) {
    if (drawn || code >= OTHERS)
        table[OTHERS] += by;
    else if (code != ' ' && code != 0xA0)
        table[code] += by;
}

static void expect(int32_t *table, struct glyph_setter *set, const char *text) {
    struct glyphs g = glyph_set(set, text);
    for (size_t i = 0; i < g.count; i++) count(table, g.at[i].code, g.at[i].drawn, 1);
}

/* Every character of the ticket is on the paper as often as in the ticket, blanks aside. */
static void check_characters(const struct ticket *t, const struct paper *p, struct glyph_setter *set, struct arena *a) {
    int32_t *table = ARENA_ARRAY(a, CODES, int32_t);
    for (size_t i = 0; i < t->count; i++) {
        const struct ticket_block *b = &t->blocks[i];
        if (b->kind == TICKET_QR || b->kind == TICKET_BARCODE || b->kind == TICKET_CHART)
            return; /* as a symbol, a picture or a text, and the chart's pages: the printer's profile says */
        if (b->kind == TICKET_TEXT || b->kind == TICKET_PAIR) expect(table, set, b->text);
        if (b->kind == TICKET_PAIR) expect(table, set, b->right);
        if (b->kind == TICKET_RULE) table['-'] += set->profile->columns;
    }
    for (size_t i = 0; i < p->count; i++)
        for (size_t j = 0; j < p->lines[i].count; j++)
            count(table, p->lines[i].cells[j].code, p->lines[i].cells[j].image != NULL, -1);
    if (!set->profile->reverse) table['*'] = 0; /* stands for white on black */
    for (size_t code = 0; code < CODES; code++) HOLDS(table[code] == 0);
}

/* No line that the encoder made is wider than the paper: read on paper four times as wide, where nothing wraps by itself. */
static void check_widths(struct bytes stream, const struct printer_profile *profile, struct arena *a) {
    struct printer_profile wide = *profile;
    struct paper *p;
    struct error e;
    wide.dots *= 4;
    HOLDS(paper_read(stream, &wide, a, &p, &e));
    for (size_t i = 0; i < p->count; i++) {
        int32_t columns = 0;
        for (size_t j = 0; j < p->lines[i].count; j++) columns += p->lines[i].cells[j].width;
        HOLDS(columns <= profile->columns);
    }
}

/* A reprint is the same ticket: stored and read back, the same bytes go out. */
static void check_stored(const struct ticket *t, const struct printer_profile *profile, const struct ticket_marks *marks,
                         struct bytes stream, struct arena *a) {
    struct ticket *again;
    struct bytes second;
    struct error e;
    HOLDS(ticket_from_json(ticket_to_json(t, a), a, &again, &e));
    HOLDS(escpos_encode(again, profile, marks, a, &second, &e));
    HOLDS(stream.size == second.size && memcmp(stream.at, second.at, stream.size) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fuzz_input in = {.at = data, .left = size};
    struct arena *a = arena_open();
    const struct printer_profile *profile = fuzz_profile(fuzz_byte(&in));
    uint8_t flags = fuzz_byte(&in);
    struct ticket_marks marks = {.copy = flags & 1, .duplicate = flags & 2 ? 3 : 0, .practice = flags & 4};
    struct ticket *t = ticket_new(a);
    while (in.left > 0 && t->count < 60) add_block(t, &in, a);
    struct bytes stream;
    struct paper *p;
    struct error e;
    HOLDS(escpos_encode(t, profile, &marks, a, &stream, &e));
    HOLDS(paper_read(stream, profile, a, &p, &e));
    HOLDS(p->unknown == 0);
    HOLDS(flags % 8 == 0 || p->drawer_kicks == 0);
    struct glyph_setter set = {.profile = profile, .arena = a};
    if (flags % 8 == 0) check_characters(t, p, &set, a);
    check_widths(stream, profile, a);
    check_stored(t, profile, &marks, stream, a);
    arena_close(a);
    return 0;
}
