/* Code 128. Contract: barcode.h. */
#include "printer/barcode.h"

#include <string.h>

#include "data/text.h"

enum {
    PAIRS_FROM = 4, /* digits in a row that are worth two changes of set */
    TO_C = 99,      /* changes of set: from A or B; "100" is to B from A and C, "101" to A from B and C */
    TO_B = 100,
    TO_A = 101,
    FNC1 = 102,
    START_A = 103, /* B and C follow */
    STOP = 106,
    CHECK_MODULUS = 103,
    MODULES = 11 /* a symbol; the stop has two more */
};

/* Widths of bar, space, bar, space, bar, space of each value. Source: ISO/IEC 15417, table 1. */
static const char *const widths[] = {
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312",  "231212",
    "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212", "223112",  "312131",
    "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123",  "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131", "113123", "113321",  "133121",
    "313121", "211331", "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311",  "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412",  "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242", "121142", "121241",  "114212",
    "124112", "124211", "411212", "421112", "421211", "212141", "214121", "412121", "111143", "111341", "131141",  "114113",
    "114311", "411113", "411311", "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112",
};

/* ---- from a content to the data ---- */

static size_t digits(const char *text) {
    return strspn(text, "0123456789");
}

size_t barcode_data(const char *content, uint8_t out[BARCODE_DATA_MAX]) {
    size_t size = 0, length = strlen(content);
    if (length == 0 || length > BARCODE_CONTENT_MAX) return 0;
    for (const char *c = content; *c != '\0'; c++)
        if (*c < 0x20 || *c > 0x7E) return 0;
    char set = '\0';
    while (*content != '\0') {
        bool pairs = digits(content) >= PAIRS_FROM || (set == 'C' && digits(content) >= 2);
        if (pairs && set != 'C' && digits(content) % 2 == 1 && set != '\0') pairs = false; /* the odd digit goes first, in B */
        char wanted = pairs ? 'C' : 'B';
        if (wanted != set) {
            out[size++] = '{';
            out[size++] = (uint8_t)wanted;
            set = wanted;
        }
        if (pairs) {
            out[size++] = (uint8_t)((content[0] - '0') * 10 + content[1] - '0');
            content += 2;
            continue;
        }
        if (*content == '{') out[size++] = '{';
        out[size++] = (uint8_t)*content++;
    }
    return size;
}

/* ---- from the data to the bars ---- */

struct reading {
    struct barcode *code;
    struct text_buffer text;
    char set; /* A, B, C; 0 before the first choice */
};

static void put(struct reading *r, int value) {
    r->code->symbols[r->code->count++] = (uint8_t)value;
}

static bool choose_set(struct reading *r, char set) {
    if (r->set == '\0')
        put(r, START_A + set - 'A');
    else if (r->set != set)
        put(r, set == 'A' ? TO_A : set == 'B' ? TO_B : TO_C);
    r->set = set;
    return true;
}

static bool put_character(struct reading *r, uint8_t c) {
    if (r->set == 'C') {
        if (c > 99) return false;
        put(r, c);
        text_appendf(&r->text, "%02u", c);
        return true;
    }
    if (c > 127 || (r->set == 'A' && c > 95) || (r->set == 'B' && c < 32)) return false;
    put(r, c < 32 ? c + 64 : c - 32);
    text_append_byte(&r->text, c < 32 || c == 127 ? ' ' : c);
    return true;
}

static bool put_next(struct reading *r, const uint8_t **at, const uint8_t *end) {
    uint8_t c = *(*at)++;
    if (c != '{') return r->set != '\0' && put_character(r, c);
    if (*at == end) return false;
    c = *(*at)++;
    if (c >= 'A' && c <= 'C') return choose_set(r, (char)c);
    if (r->set == '\0') return false;
    if (c == '1') {
        put(r, FNC1);
        return true;
    }
    return c == '{' && r->set == 'B' && put_character(r, c);
}

static int check_value(const struct barcode *code) {
    uint32_t sum = code->symbols[0];
    for (size_t i = 1; i < code->count; i++) sum += (uint32_t)i * code->symbols[i];
    return (int)(sum % CHECK_MODULUS);
}

static const struct bitmap *draw(const struct barcode *code, struct arena *a) {
    struct bitmap *bars = bitmap_new(a, (int32_t)code->count * MODULES + 2, 1);
    int32_t x = 0;
    for (size_t i = 0; i < code->count; i++)
        for (const char *w = widths[code->symbols[i]], *first = w; *w != '\0'; w++) {
            if ((w - first) % 2 == 0) bitmap_fill(bars, x, 0, *w - '0', 1, true);
            x += *w - '0';
        }
    return bars;
}

bool barcode_read(const uint8_t *data, size_t size, struct arena *a, struct barcode *out) {
    *out = (struct barcode){0};
    if (size < 3 || size > BARCODE_DATA_MAX) return false;
    struct reading r = {.code = out, .text = {.arena = a}};
    text_append(&r.text, "", 0);
    for (const uint8_t *at = data, *end = data + size; at < end;)
        if (!put_next(&r, &at, end)) return false;
    if (out->count < 2) return false; /* sets were chosen, but nothing written */
    put(&r, check_value(out));
    put(&r, STOP);
    out->text = r.text.bytes;
    out->bars = draw(out, a);
    return true;
}
