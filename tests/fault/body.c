/* The body of an emulated receipt printer. See body.h. */
#include "tests/fault/body.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *const answers_names[] = {"full", "clone", "silent", "liar", NULL};

static FILE *open_one(const char *folder, const char *name, const char *ending) {
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s.%s", folder, name, ending);
    FILE *f = fopen(path, "ab");
    if (!f) {
        perror(path);
        exit(1);
    }
    return f;
}

void body_open(struct body *b, const char *folder) {
    b->paper = open_one(folder, b->name, "paper");
    b->events = open_one(folder, b->name, "events");
    b->lost = open_one(folder, b->name, "lost");
}

void body_close(struct body *b) {
    (void)fclose(b->paper);
    (void)fclose(b->events);
    (void)fclose(b->lost);
    free(b->taken);
}

void body_note(struct body *b, const char *what) {
    (void)fprintf(b->events, "{\"at\":%" PRIu64 ",\"what\":\"%s\"}\n", b->on_paper, what);
    (void)fflush(b->events);
}

/* ---- replies ---- */

static bool down(const struct body *b) {
    return !b->paper_loaded || b->cover_open;
}

static void realtime(struct body *b, uint8_t n) {
    const uint8_t answers[5] = {0, (uint8_t)(down(b) ? 0x1A : 0x12),
                                (uint8_t)(0x12 | (b->cover_open ? 0x04 : 0) | (b->paper_loaded ? 0 : 0x20)), 0x12,
                                (uint8_t)(b->paper_loaded ? 0x12 : 0x72)};
    if (n >= 1 && n <= 4 && b->answers != ANSWERS_NONE) b->say(b->self, &answers[n], 1);
}

static void automatic(struct body *b) {
    const uint8_t status[4] = {(uint8_t)(0x10 | (down(b) ? 0x08 : 0) | (b->cover_open ? 0x20 : 0)), 0,
                               (uint8_t)(b->paper_loaded ? 0 : 0x0C), 0x0F};
    if (b->automatic && b->answers != ANSWERS_NONE) b->say(b->self, status, sizeof status);
}

static void confirm(struct body *b, const char id[4]) {
    const uint8_t reply[7] = {0x37, 0x22, (uint8_t)id[0], (uint8_t)id[1], (uint8_t)id[2], (uint8_t)id[3], 0x00};
    b->say(b->self, reply, sizeof reply);
}

/* Process IDs are cumulative: of those that wait, only the newest is said. */
void body_owed(struct body *b) {
    if (!b->owes_id || down(b) || b->answers != ANSWERS_ALL) return;
    b->owes_id = false;
    confirm(b, b->id);
}

void body_looked_after(struct body *b) {
    automatic(b);
    body_owed(b);
}

uint8_t body_port_status(const struct body *b) {
    return (uint8_t)((b->paper_loaded ? 0 : 0x20) | (down(b) ? 0 : 0x10 | 0x08));
}

/* ---- taking ---- */

size_t body_room(const struct body *b) {
    const size_t held = b->size - b->printed;
    return b->hang || held >= b->capacity ? 0 : b->capacity - held;
}

static void keep(struct body *b, uint8_t byte) {
    if (b->size == b->room_of_taken) {
        b->room_of_taken = b->room_of_taken ? 2 * b->room_of_taken : 65536;
        b->taken = realloc(b->taken, b->room_of_taken);
        if (!b->taken) abort();
    }
    b->taken[b->size++] = byte;
}

/* One byte off the wire. A real-time question is answered at once, even inside the data of a picture; between commands it takes
 * no room. */
void body_take(struct body *b, uint8_t byte) {
    b->came_in++;
    memmove(b->last, b->last + 1, 2);
    b->last[2] = byte;
    keep(b, byte);
    const enum command c = command_next(&b->in, byte);
    const bool asked = b->last[0] == 0x10 && b->last[1] == 0x04;
    if (c == COMMAND_REALTIME) b->size -= 3;
    if (asked) realtime(b, byte);
    if (c == COMMAND_PROCESS_ID && b->answers == ANSWERS_LIES) {
        b->confirmed_to = b->size;
        confirm(b, b->in.id);
    }
    if (b->hangs_at && b->came_in >= b->hangs_at) {
        b->hangs_at = 0;
        b->hang = true;
        body_note(b, "hang");
        b->tell(b->self, b, "hang");
    }
}

/* ---- printing ---- */

static void print_byte(struct body *b) {
    const uint8_t byte = b->taken[b->printed];
    const enum command c = command_next(&b->out, byte);
    (void)fputc(byte, b->paper);
    b->printed++;
    b->on_paper++;
    if (c == COMMAND_START) b->ticket_from = b->printed - 2;
    if (c == COMMAND_ORDERED && b->answers != ANSWERS_NONE) b->say(b->self, "\x00", 1);
    if (c == COMMAND_AUTOMATIC) {
        b->automatic = true;
        automatic(b);
    }
    if (c == COMMAND_PROCESS_ID) {
        memcpy(b->id, b->out.id, 4);
        b->owes_id = true;
        if (b->answers == ANSWERS_ALL) b->confirmed_to = b->printed;
        body_owed(b);
    }
    if (b->paper_ends_at && b->on_paper >= b->paper_ends_at) {
        b->paper_ends_at = 0;
        b->paper_loaded = false;
        body_note(b, b->out.data > 0 ? "paper out in a picture" : "paper out");
        b->tell(b->self, b, b->out.data > 0 ? "paper_out_in_picture" : "paper_out");
        body_looked_after(b);
    }
}

void body_print(struct body *b, double milliseconds) {
    b->credit += milliseconds * b->speed;
    /* A question that is coming in byte by byte is not to be printed before it is known for one. */
    const size_t end = b->size - (b->in.count > 0 && b->in.data == 0 && b->in.head[0] == 0x10 ? b->in.count : 0);
    while (b->credit >= 1 && b->printed < end && !down(b)) {
        print_byte(b);
        b->credit -= 1;
    }
    if (b->printed >= end || down(b)) b->credit = 0;
    (void)fflush(b->paper);
}

/* ---- power ---- */

void body_power_cut(struct body *b, const uint8_t *wire, size_t size) {
    const size_t from = b->ticket_from;
    body_note(b, "power");
    if (b->size > b->printed || size > 0) {
        (void)fprintf(b->lost, "{\"at\":%" PRIu64 ",\"answers\":\"%s\",\"printed\":%zu,\"acknowledged\":%zu,\"bytes\":\"",
                      b->on_paper, answers_names[b->answers], b->printed - from,
                      b->confirmed_to > from ? b->confirmed_to - from : 0);
        for (size_t i = from; i < b->size; i++) (void)fprintf(b->lost, "%02x", b->taken[i]);
        for (size_t i = 0; i < size; i++) (void)fprintf(b->lost, "%02x", wire[i]);
        (void)fprintf(b->lost, "\"}\n");
        (void)fflush(b->lost);
    }
    b->size = b->printed = b->ticket_from = b->confirmed_to = 0;
    b->in = b->out = (struct commands){0};
    b->owes_id = b->automatic = b->hang = false;
    memset(b->last, 0, sizeof b->last);
}
