/* What the fuzz targets share. A target is one file tests/fuzz/NAME.c with LLVMFuzzerTestOneInput: it takes any bytes and asserts
 * what must hold of them, not only that nothing crashes. Seeds and every input that once failed lie in tests/fuzz/corpus/NAME. */
#ifndef COMANDA_TESTS_FUZZ_H
#define COMANDA_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Says what did not hold and stops; the engine keeps the input. */
#define HOLDS(condition)                                                                                                         \
    do {                                                                                                                         \
        if (!(condition)) {                                                                                                      \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);                                       \
            abort();                                                                                                             \
        }                                                                                                                        \
    } while (0)

/* An input read from the front; empty, it gives zeros. */
struct fuzz_input {
    const uint8_t *at;
    size_t left;
};
static inline uint8_t fuzz_byte(struct fuzz_input *in) {
    if (in->left == 0) return 0;
    in->left--;
    return *in->at++;
}
/* Bytes up to the next FFh (which no UTF-8 has) or the end, as a text of their own; ends at a NUL like any text. */
static inline char *fuzz_text(struct fuzz_input *in, struct arena *a) {
    const uint8_t *end = in->left > 0 ? memchr(in->at, 0xFF, in->left) : NULL;
    size_t n = end != NULL ? (size_t)(end - in->at) : in->left;
    char *text = arena_text_n(a, (const char *)in->at, n);
    in->at += n;
    in->left -= n;
    if (end != NULL) fuzz_byte(in);
    return text;
}

/* kit/arena.c: all that was ever handed out by an arena. */
size_t fuzz_arena_bytes(const struct arena *a);

#endif
