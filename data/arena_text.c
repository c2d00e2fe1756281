/* What is made of arena_alloc alone: arrays, copies, texts. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "data/arena.h"

void *arena_array(struct arena *a, size_t count, size_t size) {
    size_t total;
    if (__builtin_mul_overflow(count, size, &total)) total = SIZE_MAX; /* which no machine has: arena_alloc says so */
    return arena_alloc(a, total);
}

void *arena_copy(struct arena *a, const void *bytes, size_t n) {
    void *copy = arena_alloc(a, n);
    if (n) memcpy(copy, bytes, n);
    return copy;
}

char *arena_text_n(struct arena *a, const char *bytes, size_t n) {
    char *copy = arena_alloc(a, n == SIZE_MAX ? n : n + 1);
    if (n) memcpy(copy, bytes, n);
    return copy;
}

char *arena_text(struct arena *a, const char *text) {
    return text ? arena_text_n(a, text, strlen(text)) : NULL;
}

char *arena_vprintf(struct arena *a, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n < 0) n = 0; /* only for a broken format or wide characters, neither of which is used here */
    char *text = arena_alloc(a, (size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return text;
}

char *arena_printf(struct arena *a, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(a, format, args);
    va_end(args);
    return text;
}
