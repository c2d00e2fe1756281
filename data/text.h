/* Text: UTF-8 checks, bounded copies, and a growing buffer of bytes. */
#ifndef COMANDA_DATA_TEXT_H
#define COMANDA_DATA_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/arena.h"

/* True when the bytes are well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, ≤ U+10FFFF) without NUL. */
bool text_is_utf8(const char *bytes, size_t n);
/* How many leading bytes are so: where the first bad one stands. */
size_t text_utf8_prefix(const char *bytes, size_t n);

/* Next code point of well-formed UTF-8 and steps over it; 0 at the end. Malformed input gives U+FFFD and moves one byte. */
uint32_t text_next(const char **cursor);

/* Columns of a monospaced terminal or printer: code points, combining marks not counted. */
size_t text_columns(const char *utf8);

/* Copies at most size-1 bytes, never cutting a code point; always closes with NUL. Returns false when it had to cut. */
bool text_copy(char *out, size_t size, const char *text);

/* 1–64 characters of a-z, 0-9 and single inner hyphens: the ids in configuration and menus. */
bool text_is_slug(const char *text);

/* Upper case for Spanish (á → Á, ñ → Ñ), arena-owned: kitchen tickets shout. */
char *text_upper(struct arena *a, const char *utf8);

/* A growing byte buffer in an arena; `bytes` always has a NUL after `size` bytes once anything was appended. */
struct text_buffer {
    struct arena *arena;
    char *bytes;
    size_t size, capacity;
};
void text_append(struct text_buffer *b, const void *bytes, size_t n);
void text_append_text(struct text_buffer *b, const char *text);
void text_append_byte(struct text_buffer *b, uint8_t byte);
void text_appendf(struct text_buffer *b, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
