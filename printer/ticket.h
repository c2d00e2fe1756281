/* A ticket: a document for paper, independent of any printer.
 *
 * A list of blocks, top to bottom. It is stored as JSON in the print job, so that a reprint is the same ticket, and encoded for
 * a printer only when it goes out. Text is UTF-8; long lines wrap at words with the given hanging indent. Lives in its arena.
 *
 * Any text may be given: bad UTF-8 becomes U+FFFD and control characters a space; a newline in ticket_text begins a new block of
 * the same style. Sizes and indents beyond their bounds are brought within them. */
#ifndef COMANDA_PRINTER_TICKET_H
#define COMANDA_PRINTER_TICKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/arena.h"
#include "data/error.h"
#include "data/json.h"

enum ticket_block_kind {
    TICKET_TEXT,
    TICKET_PAIR,
    TICKET_RULE,
    TICKET_FEED,
    TICKET_QR,
    TICKET_CUT,
    TICKET_DRAWER,
    TICKET_BUZZER,
    TICKET_BARCODE,
    TICKET_LOGO, /* the site's, as the printer's profile holds it when it is printed */
    TICKET_CHART /* the code pages of the printer's profile, every character of their upper halves */
};
enum ticket_align { TICKET_LEFT, TICKET_CENTER, TICKET_RIGHT };

struct ticket_style {
    uint8_t width, height; /* 1–4 times; 0 is 1 */
    bool bold, underline;
    bool reverse;            /* white on black, with a space at either end; centred: a black bar over the whole line */
    enum ticket_align align; /* TEXT only */
    uint8_t indent;          /* columns of normal width before every line, at most 40 */
    uint8_t hang;            /* further columns before the second and later lines of a wrapped text, at most 40 */
};
struct ticket_block {
    enum ticket_block_kind kind;
    struct ticket_style style;
    const char *text;  /* TEXT, QR and BARCODE (their content), PAIR (left) */
    const char *right; /* PAIR: kept whole at the right margin of the first line; the left wraps beside it. Too long for
                        * that, it follows on a line of its own */
    int32_t count;     /* FEED: lines; DRAWER: 1 or 2; CUT: 0 partial, 1 full; QR: module size in dots; BUZZER: beeps */
};
struct ticket {
    struct arena *arena;
    struct ticket_block *blocks;
    size_t count, capacity;
};

struct ticket *ticket_new(struct arena *a);
void ticket_text(struct ticket *t, struct ticket_style style, const char *format, ...) PRINTF_LIKE(3, 4);
void ticket_pair(struct ticket *t, struct ticket_style style, const char *left, const char *right);
void ticket_rule(struct ticket *t);
void ticket_feed(struct ticket *t, int32_t lines);
void ticket_qr(struct ticket *t, const char *content);
void ticket_cut(struct ticket *t);
void ticket_drawer(struct ticket *t, int32_t which);
void ticket_buzzer(struct ticket *t, int32_t beeps);
void ticket_barcode(struct ticket *t, const char *content); /* Code 128, its text below */
void ticket_logo(struct ticket *t);
void ticket_chart(struct ticket *t);

/* The stored form: {"blocks":[{"kind":"text","text":"…",…}]}; reading checks it like any input ("ticket: …", code bad_json or
 * invalid_field). Members: text: text · pair: left, right · both: width, height, bold, reverse, underline, align, indent, hang,
 * where not usual · barcode: text · qr: lines (its content split at newlines, each {"text":"…"}), count · feed, cut, drawer,
 * buzzer: count. */
const char *ticket_to_json(const struct ticket *t, struct arena *a);
MUST_USE bool ticket_from_json(const char *text, struct arena *a, struct ticket **out, struct error *e);

/* What stands on top of a printing that is not the first or not at its own place; printed reversed as the first lines. */
struct ticket_marks {
    bool copy;                /* COPIA */
    int32_t duplicate;        /* > 0: POSIBLE DUPLICADO – copia N */
    const char *fallback_for; /* RESPALDO DE <station>; NULL when at its own printer */
    bool practice;            /* PRÁCTICA */
};

#endif
