/* An interpreter of ESC/POS bytes: from a stream to lines on paper. Contract: paper.h. */
#include "printer/paper_private.h"

#include <string.h>

#include "printer/codepage.h"
#include "printer/font.h"

enum { DLE = 0x10, ESC = 0x1B, FS = 0x1C, GS = 0x1D, LF = 0x0A, LINE_DOTS = 30 };

/* ---- paper ---- */

static void reset(struct reader *r) {
    r->count = 0;
    r->dots = 0;
    r->page = -1; /* PC437 in most printers: ASCII alone is certain */
    r->width = r->height = 1;
    r->bold = r->reverse = r->underline = false;
    r->align = TICKET_LEFT;
    r->qr_module = 3;
    r->qr_level = QR_L;
    r->qr = NULL;
    r->barcode_module = 3;
    r->barcode_rows = 162; /* Epson's defaults */
    r->barcode_text = r->red = false;
    r->pitch = 0;
}

void paper_add_line(struct reader *r, struct paper_line line) {
    struct paper *p = r->paper;
    if (r->failed) return;
    if (p->count >= PAPER_LINES_MAX) {
        r->failed = true;
        error_fail(r->error, ERROR_INVALID, "paper_too_long", "print job: more than %d lines", PAPER_LINES_MAX);
        return;
    }
    if (p->count == r->line_capacity) {
        r->line_capacity = r->line_capacity == 0 ? 64 : r->line_capacity * 2;
        struct paper_line *larger = ARENA_ARRAY(p->arena, r->line_capacity, struct paper_line);
        if (p->count > 0) memcpy(larger, p->lines, p->count * sizeof *larger);
        p->lines = larger;
    }
    if (line.height == 0) line.height = 1;
    p->lines[p->count++] = line;
    r->joined = NULL;
}

static void end_line(struct reader *r) {
    bool joined = paper_join_band(r);
    struct paper_line line = {.count = r->count, .align = r->align};
    if (r->count > 0) line.cells = arena_copy(r->paper->arena, r->cells, r->count * sizeof *r->cells);
    for (size_t i = 0; i < r->count; i++)
        if (r->cells[i].height > line.height) line.height = r->cells[i].height;
    if (!joined) paper_add_line(r, line);
    r->count = 0;
    r->dots = 0;
}

void paper_end_text(struct reader *r) {
    if (r->count > 0) end_line(r);
}

static void feed_lines(struct reader *r, int32_t lines) {
    if (r->count > 0) {
        end_line(r);
        lines--;
    }
    for (; lines > 0; lines--) end_line(r);
}

void paper_add_cell(struct reader *r, struct paper_cell cell, int32_t dots) {
    if (r->dots + dots > r->profile->dots && r->count > 0) end_line(r); /* a full line prints by itself */
    if (r->count == r->capacity) {
        size_t capacity = r->capacity == 0 ? 64 : r->capacity * 2;
        struct paper_cell *larger = ARENA_ARRAY(r->paper->arena, capacity, struct paper_cell);
        if (r->count > 0) memcpy(larger, r->cells, r->count * sizeof *larger);
        r->cells = larger;
        r->capacity = capacity;
    }
    r->cells[r->count++] = cell;
    r->dots += dots;
}

static void print(struct reader *r, uint8_t byte) {
    enum printer_codepage page = r->page >= 0 ? (enum printer_codepage)r->page : CODEPAGE_PC850;
    uint32_t code = byte < 0x80 || r->page >= 0 ? codepage_character(r->profile->tables, page, byte) : 0;
    struct paper_cell cell = {.code = code != 0 ? code : NO_CHARACTER,
                              .width = r->width,
                              .height = r->height,
                              .bold = r->bold,
                              .reverse = r->reverse,
                              .underline = r->underline,
                              .red = r->red};
    paper_add_cell(r, cell, FONT_CELL_WIDTH * r->width);
}

/* To the next multiple of eight columns. */
static void tab(struct reader *r) {
    struct paper_cell blank = {.code = ' ', .width = 1, .height = 1};
    for (int32_t n = 8 - r->dots / FONT_CELL_WIDTH % 8; n > 0; n--) paper_add_cell(r, blank, FONT_CELL_WIDTH);
}

/* ---- commands ---- */

const uint8_t *paper_take(struct reader *r, size_t n) {
    if ((size_t)(r->end - r->at) < n) {
        r->at = r->end;
        r->paper->unknown++;
        return NULL;
    }
    r->at += n;
    return r->at - n;
}

static void do_reset(struct reader *r, const uint8_t *n) {
    (void)n;
    reset(r);
}
static void do_page(struct reader *r, const uint8_t *n) {
    r->page = -1;
    for (int i = 0; i < CODEPAGE_COUNT; i++)
        if (r->profile->codepage_numbers[i] == n[0]) r->page = i;
}
static void do_bold(struct reader *r, const uint8_t *n) {
    r->bold = n[0] & 1;
}
static void do_underline(struct reader *r, const uint8_t *n) {
    r->underline = (n[0] & 3) != 0 && n[0] != '0';
}
static void do_reverse(struct reader *r, const uint8_t *n) {
    r->reverse = n[0] & 1;
}
static void do_size(struct reader *r, const uint8_t *n) {
    r->width = (uint8_t)((n[0] >> 4 & 7) + 1);
    r->height = (uint8_t)((n[0] & 7) + 1);
}
static void do_mode(struct reader *r, const uint8_t *n) { /* ESC ! */
    r->bold = (n[0] & 0x08) != 0;
    r->height = n[0] & 0x10 ? 2 : 1;
    r->width = n[0] & 0x20 ? 2 : 1;
    r->underline = (n[0] & 0x80) != 0;
}
static void do_align(struct reader *r, const uint8_t *n) {
    uint8_t align = n[0] >= '0' ? (uint8_t)(n[0] - '0') : n[0];
    if (r->count == 0 && align <= TICKET_RIGHT) r->align = (enum ticket_align)align;
}
static void do_feed(struct reader *r, const uint8_t *n) {
    feed_lines(r, n[0]);
}
static void do_feed_dots(struct reader *r, const uint8_t *n) {
    feed_lines(r, (n[0] + LINE_DOTS / 2) / LINE_DOTS);
}
/* In motion units: 1/144 inch on an impact printer, dots on others. Text is shown at the usual pitch whatever it is. */
static void do_pitch(struct reader *r, const uint8_t *n) {
    r->pitch = r->profile->pictures == PICTURES_8_DOT ? n[0] * 5 / 4 : n[0];
}
static void do_usual_pitch(struct reader *r, const uint8_t *n) {
    (void)n;
    r->pitch = 0;
}
static void do_drawer(struct reader *r, const uint8_t *n) {
    (void)n;
    r->paper->drawer_kicks++;
}
static void do_cut_now(struct reader *r, const uint8_t *n) { /* ESC i, ESC m */
    (void)n;
    paper_end_text(r);
    r->paper->cuts++;
    paper_add_line(r, (struct paper_line){.cut = true});
}
static void do_cut(struct reader *r, const uint8_t *m) { /* GS V: functions B and later have a distance after them */
    if (m[0] >= 'A' && paper_take(r, 1) == NULL) return;
    do_cut_now(r, m);
}

/* GS ( X pL pH …: the length is always told, so those that leave no mark on paper are stepped over. */
static void do_sized(struct reader *r, const uint8_t *head) {
    size_t size = (size_t)(head[1] + (head[2] << 8));
    const uint8_t *data = paper_take(r, size);
    if (data == NULL) return;
    if (head[0] == 'k')
        paper_qr(r, data, size);
    else if (strchr("ACDEHKLMN", head[0]) == NULL || head[0] == '\0')
        r->paper->unknown++;
}

static void do_realtime(struct reader *r, const uint8_t *fn) { /* DLE DC4 */
    if (fn[0] == 1) r->paper->drawer_kicks++;
    if (fn[0] == 1 || fn[0] == 2)
        paper_take(r, 2);
    else if (fn[0] == 8)
        paper_take(r, 7);
    else
        r->paper->unknown++;
}

static void do_red(struct reader *r, const uint8_t *n) { /* ESC r */
    r->red = n[0] & 1;
}
/* Commands, the bytes that always follow, and what they do; NULL: nothing to be seen on paper. */
static const struct command {
    uint8_t lead, code, follow;
    void (*act)(struct reader *r, const uint8_t *parameters);
} commands[] = {
    {ESC, '@', 0, do_reset},
    {ESC, 't', 1, do_page},
    {ESC, 'E', 1, do_bold},
    {ESC, 'G', 1, do_bold},
    {ESC, '-', 1, do_underline},
    {ESC, '!', 1, do_mode},
    {ESC, 'a', 1, do_align},
    {ESC, 'd', 1, do_feed},
    {ESC, 'J', 1, do_feed_dots},
    {ESC, 'p', 3, do_drawer},
    {ESC, '*', 3, paper_dots},
    {ESC, 'i', 0, do_cut_now},
    {ESC, 'm', 0, do_cut_now},
    {ESC, '(', 3, do_sized},
    {ESC, 'B', 2, NULL},
    {ESC, '2', 0, do_usual_pitch},
    {ESC, '3', 1, do_pitch},
    {ESC, 'M', 1, NULL},
    {ESC, 'R', 1, NULL},
    {ESC, ' ', 1, NULL},
    {ESC, '{', 1, NULL},
    {ESC, 'V', 1, NULL},
    {ESC, '=', 1, NULL},
    {ESC, 'c', 2, NULL},
    {ESC, 'r', 1, do_red},
    {ESC, '%', 1, NULL},
    {ESC, '$', 2, NULL},
    {FS, '.', 0, NULL},
    {FS, '&', 0, NULL},
    {FS, 'C', 1, NULL},
    {FS, 'S', 2, NULL},
    {FS, '!', 1, NULL},
    {FS, '-', 1, NULL},
    {FS, '(', 3, do_sized},
    {GS, '!', 1, do_size},
    {GS, 'B', 1, do_reverse},
    {GS, 'V', 1, do_cut},
    {GS, 'v', 6, paper_raster},
    {GS, '(', 3, do_sized},
    {GS, 'k', 1, paper_barcode},
    {GS, 'a', 1, NULL},
    {GS, 'r', 1, NULL},
    {GS, 'I', 1, NULL},
    {GS, 'h', 1, paper_barcode_rows},
    {GS, 'w', 1, paper_barcode_module},
    {GS, 'H', 1, paper_barcode_text},
    {GS, 'f', 1, NULL},
    {GS, 'b', 1, NULL},
    {GS, 'L', 2, NULL},
    {GS, 'W', 2, NULL},
    {GS, 'P', 2, NULL},
    {DLE, 4, 1, NULL},
    {DLE, 5, 1, NULL},
    {DLE, 20, 1, do_realtime},
};

static void command(struct reader *r, uint8_t lead) {
    const uint8_t *code = paper_take(r, 1);
    if (code == NULL) return;
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (commands[i].lead != lead || commands[i].code != *code) continue;
        const uint8_t *parameters = paper_take(r, commands[i].follow);
        if (parameters != NULL && commands[i].act != NULL) commands[i].act(r, parameters);
        return;
    }
    r->paper->unknown++;
}

bool paper_read(struct bytes stream, const struct printer_profile *p, struct arena *a, struct paper **out, struct error *e) {
    struct paper *paper = ARENA_NEW(a, struct paper);
    *paper = (struct paper){.arena = a, .columns = p->columns, .dots = p->dots};
    static const uint8_t nothing[1];
    const uint8_t *start = stream.at != NULL ? stream.at : nothing;
    struct reader r = {.at = start, .end = start + stream.size, .profile = p, .paper = paper, .error = e};
    reset(&r);
    while (r.at < r.end && !r.failed) {
        uint8_t byte = *r.at++;
        if (byte == LF)
            end_line(&r);
        else if (byte == ESC || byte == FS || byte == GS || byte == DLE)
            command(&r, byte);
        else if (byte == '\t')
            tab(&r);
        else if (byte >= 0x20 && byte != 0x7F)
            print(&r, byte);
        else if (byte != '\r' && byte != 0)
            paper->unknown++;
    }
    if (r.failed) return false;
    *out = paper;
    return true;
}
