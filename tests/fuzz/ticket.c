/* Fuzz target: the stored form of a ticket. What is read back is stored alike, and prints. */
#include "printer/ticket.h"

#include "data/text.h"
#include "printer/paper.h"
#include "tests/fuzz/kit/profiles.h"

static void check_block(const struct ticket_block *b) {
    HOLDS((unsigned)b->kind <= TICKET_LOGO && (unsigned)b->style.align <= TICKET_RIGHT);
    HOLDS(b->style.width <= 4 && b->style.height <= 4 && b->style.indent <= 40 && b->style.hang <= 40);
    if (b->kind == TICKET_TEXT || b->kind == TICKET_PAIR || b->kind == TICKET_QR || b->kind == TICKET_BARCODE)
        HOLDS(text_is_utf8(b->text, strlen(b->text)));
    if (b->kind == TICKET_PAIR) HOLDS(text_is_utf8(b->right, strlen(b->right)));
    if (b->kind == TICKET_FEED) HOLDS(b->count >= 1 && b->count <= 255);
    if (b->kind == TICKET_DRAWER) HOLDS(b->count == 1 || b->count == 2);
    if (b->kind == TICKET_CUT) HOLDS(b->count == 0 || b->count == 1);
    if (b->kind == TICKET_QR) HOLDS(b->count >= 1 && b->count <= 16);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_open();
    struct ticket *t, *again;
    struct error e;
    const char *text = arena_text_n(a, (const char *)data, size);
    if (ticket_from_json(text, a, &t, &e)) {
        for (size_t i = 0; i < t->count; i++) check_block(&t->blocks[i]);
        const char *stored = ticket_to_json(t, a);
        HOLDS(ticket_from_json(stored, a, &again, &e));
        HOLDS(again->count == t->count && strcmp(ticket_to_json(again, a), stored) == 0);
        for (uint8_t i = 0; i < 3 && t->count < 200; i++) {
            struct bytes first, second;
            struct ticket_marks marks = {.copy = i == 1, .duplicate = i == 2 ? 1 : 0};
            HOLDS(escpos_encode(t, fuzz_profile((uint8_t)(size + i)), &marks, a, &first, &e));
            HOLDS(escpos_encode(again, fuzz_profile((uint8_t)(size + i)), &marks, a, &second, &e));
            HOLDS(first.size == second.size && memcmp(first.at, second.at, first.size) == 0);
        }
    } else {
        HOLDS(e.kind == ERROR_INVALID && (strcmp(e.code, "bad_json") == 0 || strcmp(e.code, "invalid_field") == 0));
        HOLDS(strncmp(e.message, "ticket: ", 8) == 0);
    }
    arena_close(a);
    return 0;
}
