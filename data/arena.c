/* Arenas: a list of blocks, bumped through, freed together. What is made of arena_alloc alone: arena_text.c. */
#include "data/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

#include "data/log.h"

enum {
    FIRST_BLOCK = 4096, /* one request's usual need, in one malloc */
    BIGGEST_BLOCK = 256 * 1024,
};

struct block {
    struct block *older;
    alignas(max_align_t) char bytes[];
};

struct deferred {
    struct deferred *older;
    void (*clean_up)(void *thing);
    void *thing;
};

struct arena {
    char *free, *end; /* of the newest block */
    struct block *newest;
    struct deferred *deferred;
    size_t next_block;
};

static void out_of_memory(size_t size) {
    log_error("out of memory: %zu bytes wanted", size);
    abort();
}

/* calloc: large blocks come zeroed from the system without being touched. */
static struct block *block_new(size_t payload) {
    if (payload > SIZE_MAX / 2) out_of_memory(payload);
    struct block *block = calloc(1, sizeof(struct block) + payload);
    if (!block) out_of_memory(payload);
    return block;
}

static size_t rounded(size_t size) {
    return (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
}

struct arena *arena_open(void) {
    size_t payload = FIRST_BLOCK - sizeof(struct block);
    struct block *block = block_new(payload);
    struct arena *a = (struct arena *)block->bytes; /* lives in its own first block */
    a->newest = block;
    a->free = block->bytes + rounded(sizeof *a);
    a->end = block->bytes + payload;
    a->next_block = (size_t)2 * FIRST_BLOCK;
    return a;
}

void arena_close(struct arena *a) {
    if (!a) return;
    while (a->deferred) { /* a clean-up may defer another */
        struct deferred *d = a->deferred;
        a->deferred = d->older;
        d->clean_up(d->thing);
    }
    for (struct block *block = a->newest, *older; block; block = older) {
        older = block->older;
        free(block);
    }
}

/* A big piece gets a block of its own beneath the newest one, whose rest stays in use. */
static void *alloc_apart(struct arena *a, size_t size) {
    struct block *block = block_new(size);
    block->older = a->newest->older;
    a->newest->older = block;
    return block->bytes;
}

void *arena_alloc(struct arena *a, size_t size) {
    if (size > SIZE_MAX / 2) out_of_memory(size);
    size = rounded(size ? size : 1);
    if (size > (size_t)(a->end - a->free)) {
        if (size > a->next_block / 4) return alloc_apart(a, size);
        struct block *block = block_new(a->next_block);
        block->older = a->newest;
        a->newest = block;
        a->free = block->bytes;
        a->end = block->bytes + a->next_block;
        if (a->next_block < BIGGEST_BLOCK) a->next_block *= 2;
    }
    void *piece = a->free;
    a->free += size;
    return piece;
}

void arena_defer(struct arena *a, void (*clean_up)(void *thing), void *thing) {
    struct deferred *d = ARENA_NEW(a, struct deferred);
    *d = (struct deferred){a->deferred, clean_up, thing};
    a->deferred = d;
}
