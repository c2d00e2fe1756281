/* Code pages of printers, by iconv. Contract: codepage.h. */
#include "printer/codepage.h"

#include <errno.h>
#include <iconv.h>

enum {
    UPPER = 128,  /* the half of a page that differs */
    LATIN = 0xA0, /* the letters of Spanish are U+00A0–U+00FF, wherever a page has them */
    LATIN_END = 0x100
};

struct codepages {
    uint16_t upper[CODEPAGE_COUNT][UPPER];            /* characters of bytes 80h–FFh; 0: none */
    uint8_t latin[CODEPAGE_COUNT][LATIN_END - LATIN]; /* and back; 0: none */
};

const char *const codepage_names[] = {"PC850", "PC858", "WPC1252", NULL};
static const char *const iconv_names[CODEPAGE_COUNT] = {"CP850", "CP858", "CP1252"};

static bool build_page(enum printer_codepage page, uint16_t *upper, struct error *e) {
    iconv_t converter = iconv_open("UTF-16BE", iconv_names[page]);
    if (converter == (iconv_t)-1) return error_errno(e, errno, "no_codepage", "iconv has no table %s", iconv_names[page]);
    for (int i = 0; i < UPPER; i++) {
        char in[1] = {(char)(UPPER + i)};
        unsigned char out[4] = {0};
        char *from = in, *to = (char *)out;
        size_t in_left = sizeof in, out_left = sizeof out;
        bool known = iconv(converter, &from, &in_left, &to, &out_left) != (size_t)-1 && out_left == sizeof out - 2;
        upper[i] = (uint16_t)(known ? out[0] << 8 | out[1] : 0);
        iconv(converter, NULL, NULL, NULL, NULL);
    }
    iconv_close(converter);
    return true;
}

static uint8_t byte_of(const uint16_t upper[UPPER], uint32_t code) {
    for (int i = 0; i < UPPER; i++)
        if (upper[i] == code) return (uint8_t)(UPPER + i);
    return 0;
}

bool codepages_build(struct arena *a, const struct codepages **out, struct error *e) {
    struct codepages *c = ARENA_NEW(a, struct codepages);
    for (int page = 0; page < CODEPAGE_COUNT; page++)
        if (!build_page((enum printer_codepage)page, c->upper[page], e)) return false;
    for (int page = 0; page < CODEPAGE_COUNT; page++)
        for (uint32_t code = LATIN; code < LATIN_END; code++) c->latin[page][code - LATIN] = byte_of(c->upper[page], code);
    *out = c;
    return true;
}

uint32_t codepage_character(const struct codepages *c, enum printer_codepage page, uint8_t byte) {
    if (byte >= UPPER) return c->upper[page][byte - UPPER];
    return byte >= 0x20 && byte < 0x7F ? byte : 0;
}

uint8_t codepage_byte(const struct codepages *c, enum printer_codepage page, uint32_t code) {
    if (code >= 0x20 && code < 0x7F) return (uint8_t)code;
    if (code < LATIN || code > UINT16_MAX) return 0;
    return code < LATIN_END ? c->latin[page][code - LATIN] : byte_of(c->upper[page], code);
}
