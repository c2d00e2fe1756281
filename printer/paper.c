/* An interpreter of ESC/POS bytes: from a stream to lines on paper. Contract: paper.h. */
#include "printer/paper.h"

#include <string.h>

#include "data/text.h"
#include "printer/codepage.h"
#include "printer/font.h"

enum { DLE = 0x10, ESC = 0x1B, FS = 0x1C, GS = 0x1D, LF = 0x0A, LINE_DOTS = 30, DOTS_IN_LINE = 0xFFFC, NO_CHARACTER = 0xFFFD };

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
};

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
}

static void add_line(struct reader *r, struct paper_line line) {
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
}

static void end_line(struct reader *r) {
    struct paper_line line = {.count = r->count, .align = r->align};
    if (r->count > 0) line.cells = arena_copy(r->paper->arena, r->cells, r->count * sizeof *r->cells);
    for (size_t i = 0; i < r->count; i++)
        if (r->cells[i].height > line.height) line.height = r->cells[i].height;
    add_line(r, line);
    r->count = 0;
    r->dots = 0;
}

/* What stands alone on the paper first ends the line before it. */
static void end_text(struct reader *r) {
    if (r->count > 0) end_line(r);
}

static void feed_lines(struct reader *r, int32_t lines) {
    if (r->count > 0) {
        end_line(r);
        lines--;
    }
    for (; lines > 0; lines--) end_line(r);
}

static void add_cell(struct reader *r, struct paper_cell cell, int32_t dots) {
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
                              .underline = r->underline};
    add_cell(r, cell, FONT_CELL_WIDTH * r->width);
}

/* To the next multiple of eight columns. */
static void tab(struct reader *r) {
    struct paper_cell blank = {.code = ' ', .width = 1, .height = 1};
    for (int32_t n = 8 - r->dots / FONT_CELL_WIDTH % 8; n > 0; n--) add_cell(r, blank, FONT_CELL_WIDTH);
}

/* ---- commands ---- */

/* The next n bytes, or NULL when the stream ends before: the command is cut off and nothing follows. */
static const uint8_t *take(struct reader *r, size_t n) {
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
static void do_drawer(struct reader *r, const uint8_t *n) {
    (void)n;
    r->paper->drawer_kicks++;
}
static void do_cut_now(struct reader *r, const uint8_t *n) { /* ESC i, ESC m */
    (void)n;
    end_text(r);
    r->paper->cuts++;
    add_line(r, (struct paper_line){.cut = true});
}
static void do_cut(struct reader *r, const uint8_t *m) { /* GS V: functions B and later have a distance after them */
    if (m[0] >= 'A' && take(r, 1) == NULL) return;
    do_cut_now(r, m);
}

static void do_dots(struct reader *r, const uint8_t *head) { /* ESC * m nL nH: columns of 8 or 24 dots */
    bool high = head[0] == 32 || head[0] == 33, narrow = head[0] == 1 || head[0] == 33;
    int32_t columns = head[1] + (head[2] << 8), bytes = high ? 3 : 1, wide = narrow ? 1 : 2, tall = high ? 1 : 3;
    const uint8_t *data = take(r, (size_t)columns * (size_t)bytes);
    if (data == NULL || columns == 0) return;
    int32_t shown = columns * wide < r->profile->dots ? columns : r->profile->dots / wide; /* the rest is beyond the paper */
    struct bitmap *image = bitmap_new(r->paper->arena, shown * wide, FONT_CELL_HEIGHT);
    for (int32_t x = 0; x < shown; x++)
        for (int32_t bit = 0; bit < bytes * 8; bit++)
            if (data[x * bytes + bit / 8] & (0x80 >> (bit % 8))) bitmap_fill(image, x * wide, bit * tall, wide, tall, true);
    int32_t cells = (image->width + FONT_CELL_WIDTH - 1) / FONT_CELL_WIDTH;
    struct paper_cell cell = {
        .code = DOTS_IN_LINE, .image = image, .width = (uint8_t)(cells < 255 ? cells : 255), .height = 1, .reverse = r->reverse};
    add_cell(r, cell, image->width);
}

static void do_raster(struct reader *r, const uint8_t *head) { /* GS v 0 m xL xH yL yH */
    if (head[0] != '0') {
        r->paper->unknown++;
        return;
    }
    size_t stride = (size_t)(head[2] + (head[3] << 8));
    int32_t rows = head[4] + (head[5] << 8), wide = head[1] & 1 ? 2 : 1, tall = head[1] & 2 ? 2 : 1;
    const uint8_t *data = take(r, stride * (size_t)rows);
    if (data == NULL || stride == 0 || rows == 0) return;
    end_text(r);
    int32_t width = (int32_t)stride * 8 * wide < r->profile->dots ? (int32_t)stride * 8 * wide : r->profile->dots;
    struct bitmap *image = bitmap_new(r->paper->arena, width, rows * tall);
    for (int32_t y = 0; y < image->height; y++)
        for (int32_t x = 0; x < image->width; x++) {
            const uint8_t *row = data + (size_t)(y / tall) * stride;
            bitmap_set(image, x, y, (row[x / wide / 8] & (0x80 >> (x / wide % 8))) != 0);
        }
    add_line(r, (struct paper_line){.image = image, .align = r->align});
}

/* QR content in UTF-8 whatever was sent, and without NUL, so that it is a text. */
static const char *content_of(struct arena *a, const uint8_t *data, size_t size) {
    const char *raw = arena_text_n(a, (const char *)data, size);
    struct text_buffer b = {.arena = a};
    text_append(&b, "", 0);
    for (const char *cursor = raw, *before = raw; cursor < raw + size; before = cursor) {
        uint32_t code = text_next(&cursor);
        if (code == 0) cursor++; /* a NUL inside */
        if (code == 0 || code == NO_CHARACTER)
            text_append_text(&b, "\xEF\xBF\xBD");
        else
            text_append(&b, before, (size_t)(cursor - before));
    }
    return b.bytes;
}

static void do_qr(struct reader *r, const uint8_t *data, size_t size) { /* cn fn parameters */
    if (size < 3 || data[0] != '1') {
        r->paper->unknown++;
        return;
    }
    switch (data[1]) {
    case 65:
        break; /* model */
    case 67:
        r->qr_module = data[2] >= 1 && data[2] <= 16 ? data[2] : 3;
        break;
    case 69:
        r->qr_level = data[2] >= '0' && data[2] <= '3' ? (enum qr_level)(data[2] - '0') : QR_L;
        break;
    case 80:
        r->qr = content_of(r->paper->arena, data + 3, size - 3);
        break;
    case 81:
        if (r->qr == NULL || r->qr[0] == '\0') break;
        end_text(r);
        add_line(r, (struct paper_line){.qr = r->qr, .qr_module = r->qr_module, .qr_level = r->qr_level, .align = r->align});
        break;
    default:
        r->paper->unknown++;
    }
}

/* GS ( X pL pH …: the length is always told, so those that leave no mark on paper are stepped over. */
static void do_sized(struct reader *r, const uint8_t *head) {
    size_t size = (size_t)(head[1] + (head[2] << 8));
    const uint8_t *data = take(r, size);
    if (data == NULL) return;
    if (head[0] == 'k')
        do_qr(r, data, size);
    else if (strchr("ACDEHKLMN", head[0]) == NULL || head[0] == '\0')
        r->paper->unknown++;
}

static void do_realtime(struct reader *r, const uint8_t *fn) { /* DLE DC4 */
    if (fn[0] == 1) r->paper->drawer_kicks++;
    if (fn[0] == 1 || fn[0] == 2)
        take(r, 2);
    else if (fn[0] == 8)
        take(r, 7);
    else
        r->paper->unknown++;
}

static void do_barcode(struct reader *r, const uint8_t *m) { /* GS k: not drawn, but stepped over */
    r->paper->unknown++;
    if (m[0] >= 'A') {
        const uint8_t *n = take(r, 1);
        if (n != NULL) take(r, n[0]);
        return;
    }
    const uint8_t *nul = memchr(r->at, 0, (size_t)(r->end - r->at));
    r->at = nul != NULL ? nul + 1 : r->end;
}

/* Commands, the bytes that always follow, and what they do; NULL: nothing to be seen on paper. */
static const struct command {
    uint8_t lead, code, follow;
    void (*act)(struct reader *r, const uint8_t *parameters);
} commands[] = {
    {ESC, '@', 0, do_reset},     {ESC, 't', 1, do_page},    {ESC, 'E', 1, do_bold},  {ESC, 'G', 1, do_bold},
    {ESC, '-', 1, do_underline}, {ESC, '!', 1, do_mode},    {ESC, 'a', 1, do_align}, {ESC, 'd', 1, do_feed},
    {ESC, 'J', 1, do_feed_dots}, {ESC, 'p', 3, do_drawer},  {ESC, '*', 3, do_dots},  {ESC, 'i', 0, do_cut_now},
    {ESC, 'm', 0, do_cut_now},   {ESC, '(', 3, do_sized},   {ESC, 'B', 2, NULL},     {ESC, '2', 0, NULL},
    {ESC, '3', 1, NULL},         {ESC, 'M', 1, NULL},       {ESC, 'R', 1, NULL},     {ESC, ' ', 1, NULL},
    {ESC, '{', 1, NULL},         {ESC, 'V', 1, NULL},       {ESC, '=', 1, NULL},     {ESC, 'c', 2, NULL},
    {ESC, 'r', 1, NULL},         {ESC, '%', 1, NULL},       {ESC, '$', 2, NULL},     {FS, '.', 0, NULL},
    {FS, '&', 0, NULL},          {FS, 'C', 1, NULL},        {FS, 'S', 2, NULL},      {FS, '!', 1, NULL},
    {FS, '-', 1, NULL},          {FS, '(', 3, do_sized},    {GS, '!', 1, do_size},   {GS, 'B', 1, do_reverse},
    {GS, 'V', 1, do_cut},        {GS, 'v', 6, do_raster},   {GS, '(', 3, do_sized},  {GS, 'k', 1, do_barcode},
    {GS, 'a', 1, NULL},          {GS, 'r', 1, NULL},        {GS, 'I', 1, NULL},      {GS, 'h', 1, NULL},
    {GS, 'w', 1, NULL},          {GS, 'H', 1, NULL},        {GS, 'f', 1, NULL},      {GS, 'b', 1, NULL},
    {GS, 'L', 2, NULL},          {GS, 'W', 2, NULL},        {GS, 'P', 2, NULL},      {DLE, 4, 1, NULL},
    {DLE, 5, 1, NULL},           {DLE, 20, 1, do_realtime},
};

static void command(struct reader *r, uint8_t lead) {
    const uint8_t *code = take(r, 1);
    if (code == NULL) return;
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (commands[i].lead != lead || commands[i].code != *code) continue;
        const uint8_t *parameters = take(r, commands[i].follow);
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
