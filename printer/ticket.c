/* A ticket's blocks, and their stored form in JSON. Contract: ticket.h. */
#include "printer/ticket.h"

#include <string.h>

#include "data/text.h"

enum { BLOCKS_MAX = 5000, TEXT_MAX = 1 << 20, QR_LINES_MAX = 200, COLUMNS_MAX = 40, SIZE_MAX_TIMES = 4, QR_MODULE = 6 };

static const char *const kind_names[] = {"text",   "pair",   "rule",    "feed", "qr",    "cut",
                                         "drawer", "buzzer", "barcode", "logo", "chart", NULL};
static const char *const align_names[] = {"left", "center", "right", NULL};

/* What `count` may be for each kind, and what it is when nothing is said. */
static const struct {
    int32_t min, max, usual;
} counts[] = {
    [TICKET_TEXT] = {0, 0, 0},        [TICKET_PAIR] = {0, 0, 0}, [TICKET_RULE] = {0, 0, 0},   [TICKET_FEED] = {1, 255, 1},
    [TICKET_QR] = {1, 16, QR_MODULE}, [TICKET_CUT] = {0, 1, 0},  [TICKET_DRAWER] = {1, 2, 1}, [TICKET_BUZZER] = {1, 9, 1},
    [TICKET_BARCODE] = {0, 0, 0},     [TICKET_LOGO] = {0, 0, 0}, [TICKET_CHART] = {0, 0, 0},
};

struct ticket *ticket_new(struct arena *a) {
    struct ticket *t = ARENA_NEW(a, struct ticket);
    t->arena = a;
    return t;
}

static struct ticket_block *add(struct ticket *t, enum ticket_block_kind kind, int32_t count) {
    if (t->count == t->capacity) {
        size_t capacity = t->capacity == 0 ? 16 : t->capacity * 2;
        struct ticket_block *larger = ARENA_ARRAY(t->arena, capacity, struct ticket_block);
        if (t->count > 0) memcpy(larger, t->blocks, t->count * sizeof *larger);
        t->blocks = larger;
        t->capacity = capacity;
    }
    struct ticket_block *b = &t->blocks[t->count++];
    b->kind = kind;
    b->count = count < counts[kind].min ? counts[kind].min : count > counts[kind].max ? counts[kind].max : count;
    return b;
}

/* Every text in a ticket is well-formed UTF-8 without control characters, so that it can be stored, read back and printed
 * whatever was typed: bad bytes become U+FFFD, control characters a space. */
static char *clean(struct arena *a, const char *text, size_t size) {
    struct text_buffer b = {.arena = a};
    const char *cursor = text, *end = text + size, *good = text; /* good: where what may stay as it is begins */
    while (cursor < end) {
        const char *before = cursor;
        uint32_t code = text_next(&cursor);
        if (code == 0) break;
        const bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
        if (!control && code != 0xFFFD) continue;
        text_append(&b, good, (size_t)(before - good));
        text_append_text(&b, control ? " " : "\xEF\xBF\xBD");
        good = cursor;
    }
    text_append(&b, good, (size_t)(cursor - good));
    return b.bytes != NULL ? b.bytes : arena_text(a, "");
}

static struct ticket_style within_bounds(struct ticket_style s) {
    s.width = s.width < 1 ? 1 : s.width > SIZE_MAX_TIMES ? SIZE_MAX_TIMES : s.width;
    s.height = s.height < 1 ? 1 : s.height > SIZE_MAX_TIMES ? SIZE_MAX_TIMES : s.height;
    if (s.indent > COLUMNS_MAX) s.indent = COLUMNS_MAX;
    if (s.hang > COLUMNS_MAX) s.hang = COLUMNS_MAX;
    return s;
}

void ticket_text(struct ticket *t, struct ticket_style style, const char *format, ...) {
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(t->arena, format, args);
    va_end(args);
    for (;;) {
        size_t line = strcspn(text, "\n");
        struct ticket_block *b = add(t, TICKET_TEXT, 0);
        b->style = within_bounds(style);
        b->text = clean(t->arena, text, line);
        if (text[line] == '\0') return;
        text += line + 1;
    }
}

void ticket_pair(struct ticket *t, struct ticket_style style, const char *left, const char *right) {
    struct ticket_block *b = add(t, TICKET_PAIR, 0);
    b->style = within_bounds(style);
    b->text = clean(t->arena, left, strlen(left));
    b->right = clean(t->arena, right, strlen(right));
}

void ticket_rule(struct ticket *t) {
    add(t, TICKET_RULE, 0);
}

void ticket_feed(struct ticket *t, int32_t lines) {
    if (lines > 0) add(t, TICKET_FEED, lines);
}

void ticket_qr(struct ticket *t, const char *content) {
    struct text_buffer b = {.arena = t->arena};
    for (;;) { /* its newlines stay */
        size_t line = strcspn(content, "\n");
        text_append_text(&b, clean(t->arena, content, line));
        if (content[line] == '\0') break;
        text_append_byte(&b, '\n');
        content += line + 1;
    }
    add(t, TICKET_QR, QR_MODULE)->text = b.bytes;
}

void ticket_cut(struct ticket *t) {
    add(t, TICKET_CUT, 0);
}

void ticket_drawer(struct ticket *t, int32_t which) {
    add(t, TICKET_DRAWER, which);
}

void ticket_buzzer(struct ticket *t, int32_t beeps) {
    add(t, TICKET_BUZZER, beeps);
}

void ticket_barcode(struct ticket *t, const char *content) {
    add(t, TICKET_BARCODE, 0)->text = clean(t->arena, content, strlen(content));
}

void ticket_logo(struct ticket *t) {
    add(t, TICKET_LOGO, 0);
}

void ticket_chart(struct ticket *t) {
    add(t, TICKET_CHART, 0);
}

/* ---- JSON ---- */

static void style_to_json(const struct ticket_style *s, struct json object) {
    if (s->width > 1) json_set_int(object, "width", s->width);
    if (s->height > 1) json_set_int(object, "height", s->height);
    if (s->bold) json_set_bool(object, "bold", true);
    if (s->reverse) json_set_bool(object, "reverse", true);
    if (s->underline) json_set_bool(object, "underline", true);
    if (s->align != TICKET_LEFT) json_set_text(object, "align", align_names[s->align]);
    if (s->indent > 0) json_set_int(object, "indent", s->indent);
    if (s->hang > 0) json_set_int(object, "hang", s->hang);
}

/* A QR holds several lines (the fiscal one does), which a JSON text of ours may not: they are stored as a list. */
static void qr_to_json(struct arena *a, const char *content, struct json object) {
    struct json lines = json_set_array(object, "lines");
    for (;;) {
        size_t line = strcspn(content, "\n");
        json_set_text(json_push_object(lines), "text", clean(a, content, line));
        if (content[line] == '\0') return;
        content += line + 1;
    }
}

const char *ticket_to_json(const struct ticket *t, struct arena *a) {
    struct json document = json_new_object(a);
    struct json blocks = json_set_array(document, "blocks");
    for (size_t i = 0; i < t->count; i++) {
        const struct ticket_block *b = &t->blocks[i];
        struct json object = json_push_object(blocks);
        json_set_text(object, "kind", kind_names[b->kind]);
        if (b->kind == TICKET_TEXT || b->kind == TICKET_BARCODE) json_set_text(object, "text", b->text);
        if (b->kind == TICKET_PAIR) json_set_text(object, "left", b->text);
        if (b->kind == TICKET_PAIR) json_set_text(object, "right", b->right);
        if (b->kind == TICKET_QR) qr_to_json(a, b->text, object);
        if (b->kind == TICKET_TEXT || b->kind == TICKET_PAIR) style_to_json(&b->style, object);
        if (b->count != counts[b->kind].usual) json_set_int(object, "count", b->count);
    }
    return json_print(document, a, NULL);
}

static struct ticket_style style_from_json(struct json object) {
    return (struct ticket_style){
        .width = (uint8_t)json_int_or(object, "width", 1, SIZE_MAX_TIMES, 1),
        .height = (uint8_t)json_int_or(object, "height", 1, SIZE_MAX_TIMES, 1),
        .bold = json_bool_or(object, "bold", false),
        .reverse = json_bool_or(object, "reverse", false),
        .underline = json_bool_or(object, "underline", false),
        .align = (enum ticket_align)json_enum_or(object, "align", align_names, TICKET_LEFT),
        .indent = (uint8_t)json_int_or(object, "indent", 0, COLUMNS_MAX, 0),
        .hang = (uint8_t)json_int_or(object, "hang", 0, COLUMNS_MAX, 0),
    };
}

static const char *qr_from_json(struct json object, struct arena *a) {
    struct text_buffer b = {.arena = a};
    struct json lines = json_array(object, "lines", 1, QR_LINES_MAX);
    JSON_EACH(line, lines) {
        if (b.bytes != NULL) text_append_byte(&b, '\n');
        JSON_ONLY(line, "text");
        text_append_text(&b, json_text_or(line, "text", TEXT_MAX, ""));
    }
    return b.bytes != NULL ? b.bytes : "";
}

static void block_from_json(struct json object, struct ticket *t) {
    enum ticket_block_kind kind = (enum ticket_block_kind)json_enum(object, "kind", kind_names);
    struct ticket_block *b = add(t, kind, 0);
    switch (kind) {
    case TICKET_TEXT:
        JSON_ONLY(object, "kind", "text", "width", "height", "bold", "reverse", "underline", "align", "indent", "hang");
        b->text = json_text_or(object, "text", TEXT_MAX, "");
        b->style = style_from_json(object);
        break;
    case TICKET_PAIR:
        JSON_ONLY(object, "kind", "left", "right", "width", "height", "bold", "reverse", "underline", "align", "indent", "hang");
        b->text = json_text_or(object, "left", TEXT_MAX, "");
        b->right = json_text_or(object, "right", TEXT_MAX, "");
        b->style = style_from_json(object);
        break;
    case TICKET_BARCODE:
        JSON_ONLY(object, "kind", "text");
        b->text = json_text_or(object, "text", TEXT_MAX, "");
        break;
    case TICKET_RULE:
    case TICKET_LOGO:
    case TICKET_CHART:
        JSON_ONLY(object, "kind");
        break;
    case TICKET_QR:
        JSON_ONLY(object, "kind", "lines", "count");
        b->text = qr_from_json(object, t->arena);
        b->count = (int32_t)json_int_or(object, "count", counts[kind].min, counts[kind].max, counts[kind].usual);
        break;
    default:
        JSON_ONLY(object, "kind", "count");
        b->count = (int32_t)json_int_or(object, "count", counts[kind].min, counts[kind].max, counts[kind].usual);
    }
}

bool ticket_from_json(const char *text, struct arena *a, struct ticket **out, struct error *e) {
    struct json document;
    if (!json_parse(a, text, strlen(text), &document, e)) return error_within(e, "ticket");
    JSON_ONLY(document, "blocks");
    struct ticket *t = ticket_new(a);
    struct json blocks = json_array(document, "blocks", 0, BLOCKS_MAX);
    JSON_EACH(object, blocks) block_from_json(object, t);
    if (!json_ok(document, e)) return error_within(e, "ticket");
    *out = t;
    return true;
}
