/* Text: UTF-8 checks, bounded copies, and a growing buffer of bytes. */
#include "data/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Length of the well-formed sequence at `s` of at most n bytes, 0 when it is malformed. Table 3-7 of the Unicode Standard. */
static size_t sequence_length(const unsigned char *s, size_t n) {
    unsigned char lead = s[0], low = 0x80, high = 0xBF;
    size_t length;
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        length = 2;
    else if (lead >= 0xE0 && lead <= 0xEF)
        length = 3;
    else if (lead >= 0xF0 && lead <= 0xF4)
        length = 4;
    else
        return 0;
    if (lead == 0xE0) low = 0xA0;  /* overlong */
    if (lead == 0xED) high = 0x9F; /* surrogates */
    if (lead == 0xF0) low = 0x90;  /* overlong */
    if (lead == 0xF4) high = 0x8F; /* above U+10FFFF */
    if (n < length || s[1] < low || s[1] > high) return 0;
    for (size_t i = 2; i < length; i++)
        if ((s[i] & 0xC0) != 0x80) return 0;
    return length;
}

size_t text_utf8_prefix(const char *bytes, size_t n) {
    const unsigned char *s = (const unsigned char *)bytes;
    size_t i = 0;
    while (i < n && s[i]) {
        size_t length = sequence_length(s + i, n - i);
        if (!length) break;
        i += length;
    }
    return i;
}

bool text_is_utf8(const char *bytes, size_t n) {
    return text_utf8_prefix(bytes, n) == n;
}

uint32_t text_next(const char **cursor) {
    const unsigned char *s = (const unsigned char *)*cursor;
    if (!s[0]) return 0;
    if (s[0] < 0x80) {
        ++*cursor;
        return s[0];
    }
    size_t length = sequence_length(s, 4); /* a NUL ends a sequence like any byte that may not follow: none is read beyond it */
    *cursor += length ? length : 1;
    switch (length) {
    case 2:
        return (uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3F);
    case 3:
        return (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
    case 4:
        return (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3F) << 12 | (uint32_t)(s[2] & 0x3F) << 6 | (s[3] & 0x3F);
    default:
        return 0xFFFD;
    }
}

static bool takes_no_column(uint32_t c) {
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200D},
        {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].first && c <= ranges[i].last) return true;
    return false;
}

size_t text_columns(const char *utf8) {
    size_t columns = 0;
    for (uint32_t c; (c = text_next(&utf8)) != 0;)
        if (!takes_no_column(c)) columns++;
    return columns;
}

bool text_copy(char *out, size_t size, const char *text) {
    if (!size) return false;
    size_t n = strnlen(text, size);
    bool whole = n < size;
    if (!whole) {
        n = size - 1;
        while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80) n--;
    }
    memmove(out, text, n);
    out[n] = '\0';
    return whole;
}

bool text_is_slug(const char *text) {
    size_t n = strnlen(text, 65);
    if (n < 1 || n > 64 || text[0] == '-' || text[n - 1] == '-') return false;
    for (size_t i = 0; i < n; i++) {
        char c = text[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && text[i - 1] != '-');
        if (!good) return false;
    }
    return true;
}

/* Latin-1 is enough for Spanish; every pair keeps its length in UTF-8 (ÿ, whose capital lies elsewhere, stays). */
char *text_upper(struct arena *a, const char *utf8) {
    char *upper = arena_text(a, utf8);
    for (char *c = upper; *c; c++) {
        unsigned char byte = (unsigned char)*c, next = (unsigned char)c[1];
        if (byte >= 'a' && byte <= 'z')
            *c = (char)(byte - 0x20);
        else if (byte == 0xC3 && next >= 0xA0 && next <= 0xBE && next != 0xB7)
            *++c = (char)(next - 0x20); /* U+00E0–U+00FE, not ÷ */
    }
    return upper;
}

static void reserve(struct text_buffer *b, size_t more) {
    size_t needed;
    if (__builtin_add_overflow(b->size, more, &needed) || __builtin_add_overflow(needed, 1, &needed))
        needed = SIZE_MAX; /* arena aborts */
    if (needed <= b->capacity) return;
    size_t capacity = b->capacity ? b->capacity : 128;
    while (capacity < needed) capacity = capacity > SIZE_MAX / 2 ? SIZE_MAX : capacity * 2;
    char *bytes = arena_alloc(b->arena, capacity);
    if (b->size) memcpy(bytes, b->bytes, b->size);
    b->bytes = bytes;
    b->capacity = capacity;
}

void text_append(struct text_buffer *b, const void *bytes, size_t n) {
    reserve(b, n);
    if (n) memcpy(b->bytes + b->size, bytes, n);
    b->size += n;
    b->bytes[b->size] = '\0';
}

void text_append_text(struct text_buffer *b, const char *text) {
    text_append(b, text, strlen(text));
}

void text_append_byte(struct text_buffer *b, uint8_t byte) {
    if (b->capacity - b->size < 2) reserve(b, 1);
    b->bytes[b->size++] = (char)byte;
    b->bytes[b->size] = '\0';
}

void text_appendf(struct text_buffer *b, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n > 0) {
        reserve(b, (size_t)n);
        vsnprintf(b->bytes + b->size, (size_t)n + 1, format, again);
        b->size += (size_t)n;
    }
    va_end(again);
}
