/* Fuzz target: UTF-8 and texts, against a decoder of its own. */
#include "data/text.h"

#include "tests/fuzz/kit/fuzz.h"

/* Straight from RFC 3629: the code point at s, its length in *length; -1 when it is none. */
static int64_t decode(const uint8_t *s, size_t left, size_t *length) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = s[0] < 0x80 ? 1 : s[0] >> 5 == 6 ? 2 : s[0] >> 4 == 14 ? 3 : s[0] >> 3 == 30 ? 4 : 0;
    *length = 1;
    if (n == 0 || n > left) return -1;
    uint32_t code = n == 1 ? s[0] : s[0] & (0xFFU >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if (s[i] >> 6 != 2) return -1;
        code = code << 6 | (s[i] & 0x3F);
    }
    if (code < least[n] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return -1;
    *length = n;
    return code;
}

/* text_next walks as the decoder does; answers whether all was well-formed. */
static bool check_next(const char *text) {
    const char *cursor = text;
    size_t size = strlen(text), at = 0, points = 0, length, bad = SIZE_MAX;
    while (at < size) {
        int64_t code = decode((const uint8_t *)text + at, size - at, &length);
        if (code < 0 && bad == SIZE_MAX) bad = at;
        HOLDS(text_next(&cursor) == (code < 0 ? 0xFFFD : (uint32_t)code));
        at += length;
        points++;
        HOLDS(cursor == text + at);
    }
    HOLDS(text_next(&cursor) == 0 && cursor == text + size);
    HOLDS(text_columns(text) <= points);
    HOLDS(text_utf8_prefix(text, size) == (bad == SIZE_MAX ? size : bad));
    return bad == SIZE_MAX;
}

static void check_copy(const char *text, size_t room, bool good) {
    char *out = malloc(room);
    size_t size = strlen(text);
    HOLDS(out != NULL);
    HOLDS(text_copy(out, room, text) == (size < room));
    size_t kept = strlen(out);
    HOLDS(kept < room && memcmp(out, text, kept) == 0);
    if (good) HOLDS(text_is_utf8(out, kept) && (size < room ? kept == size : kept + 4 >= room));
    free(out);
}

static void check_upper(const char *text, bool good, struct arena *a) {
    char *upper = text_upper(a, text);
    HOLDS(strlen(upper) == strlen(text) && (!good || text_is_utf8(upper, strlen(upper))));
    HOLDS(strcmp(text_upper(a, upper), upper) == 0);
    HOLDS(!good || text_columns(upper) == text_columns(text));
    for (size_t i = 0; upper[i] != '\0'; i++) HOLDS(upper[i] < 'a' || upper[i] > 'z');
}

static void check_slug(const char *text) {
    size_t n = strlen(text);
    bool slug = n >= 1 && n <= 64 && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == n && text[0] != '-' &&
                text[n - 1] != '-' && strstr(text, "--") == NULL;
    HOLDS(text_is_slug(text) == slug);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fuzz_input in = {.at = data, .left = size};
    struct arena *a = arena_open();
    size_t room = 1 + fuzz_byte(&in);
    size_t prefix = text_utf8_prefix((const char *)in.at, in.left);
    HOLDS(prefix <= in.left && text_is_utf8((const char *)in.at, prefix));
    HOLDS(text_is_utf8((const char *)in.at, in.left) == (prefix == in.left));
    char *text = arena_text_n(a, (const char *)in.at, in.left);
    bool good = check_next(text);
    check_copy(text, room, good);
    check_upper(text, good, a);
    check_slug(text);

    struct text_buffer b = {.arena = a};
    for (size_t i = 0; i < in.left; i += room) text_append(&b, in.at + i, in.left - i < room ? in.left - i : room);
    text_appendf(&b, "%s", text);
    HOLDS(b.size == in.left + strlen(text) && (b.size == 0 || b.bytes[b.size] == '\0'));
    HOLDS(in.left == 0 || memcmp(b.bytes, in.at, in.left) == 0);
    arena_close(a);
    return 0;
}
