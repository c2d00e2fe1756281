/* The arena of the fuzz targets: every piece is an allocation of its own, of exactly its size, so that the address sanitizer sees
 * a step beyond it, which data/arena.c's large blocks would hide. Takes the place of that file; data/arena_text.c stands on either. Contract: data/arena.h. */
#include "data/arena.h"

#include <stdint.h>

#include "tests/fuzz/kit/fuzz.h"

struct piece {
    struct piece *older;
    void *bytes;
    void (*clean_up)(void *thing); /* NULL: `bytes` are the arena's; else they are the thing */
};
struct arena {
    struct piece *newest;
    size_t bytes;
};

static void *need(size_t size) {
    void *bytes = calloc(1, size ? size : 1);
    HOLDS(bytes != NULL);
    return bytes;
}

static void add(struct arena *a, void *bytes, void (*clean_up)(void *thing)) {
    struct piece *piece = need(sizeof *piece);
    *piece = (struct piece){.older = a->newest, .bytes = bytes, .clean_up = clean_up};
    a->newest = piece;
}

struct arena *arena_open(void) {
    return need(sizeof(struct arena));
}

void arena_close(struct arena *a) {
    if (!a) return;
    for (struct piece *p = a->newest; p; p = p->older) /* before any memory goes */
        if (p->clean_up) p->clean_up(p->bytes);
    for (struct piece *p = a->newest, *older; p; p = older) {
        older = p->older;
        if (!p->clean_up) free(p->bytes);
        free(p);
    }
    free(a);
}

void *arena_alloc(struct arena *a, size_t size) {
    void *bytes = need(size);
    a->bytes += size;
    add(a, bytes, NULL);
    return bytes;
}

void arena_defer(struct arena *a, void (*clean_up)(void *thing), void *thing) {
    add(a, thing, clean_up);
}

size_t fuzz_arena_bytes(const struct arena *a) {
    return a->bytes;
}
