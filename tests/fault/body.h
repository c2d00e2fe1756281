/* The body of an emulated receipt printer, whatever cable it hangs on: a receive buffer, paper that fills at a speed, a cover,
 * replies, and the ways in which such a machine fails.
 *
 * Three files a printer, in the campaign's folder:
 *   NAME.paper   the bytes that were really printed, and nothing else
 *   NAME.events  what happened to the machine, one JSON a line; `at` is a length of the paper: {"at":4711,"what":"power"} …
 *   NAME.lost    what a power cut made it forget, one JSON a line: the ticket it was in the middle of and all that stood behind
 * it, as `bytes` in hexadecimal from that ticket's first byte; `printed` of them are on paper, the first `acknowledged` had been
 * confirmed to the till, and `answers` says what the unit could confirm when it lost them
 *
 * Not thread-safe: its owner locks. */
#ifndef COMANDA_TESTS_FAULT_BODY_H
#define COMANDA_TESTS_FAULT_BODY_H

#include <stdio.h>

#include "tests/fault/commands.h"

enum answers {
    ANSWERS_ALL,    /* DLE EOT, GS a, GS r, process IDs: once the data before them is on paper */
    ANSWERS_STATUS, /* a clone: no process IDs */
    ANSWERS_NONE,   /* a clone that answers nothing */
    ANSWERS_LIES    /* confirms a process ID when it comes in, printed or not */
};
extern const char *const answers_names[]; /* "full" "clone" "silent" "liar", NULL-ended */

struct body {
    const char *name;
    size_t capacity; /* of the receive buffer */
    double speed;    /* bytes printed a millisecond */
    enum answers answers;
    bool paper_loaded, cover_open, hang;
    uint64_t paper_ends_at, hangs_at;                                  /* of `on_paper`; of `came_in`; 0: never */
    void (*say)(void *self, const void *bytes, size_t size);           /* to the till; may find nobody there */
    void (*tell)(void *self, const struct body *b, const char *event); /* to the campaign */
    void *self;

    /* since it was switched on: taken[printed…size] waits in the buffer */
    uint8_t *taken;
    size_t size, room_of_taken, printed;
    size_t ticket_from;  /* the last ESC @ printed */
    size_t confirmed_to; /* all before this was confirmed; a liar's is ahead of `printed` */
    struct commands in, out;
    uint8_t last[3]; /* bytes that came in */
    double credit;
    char id[4];
    bool owes_id, automatic;

    uint64_t came_in, on_paper; /* ever */
    FILE *paper, *events, *lost;
};

/* Opens the three files in a folder. */
void body_open(struct body *b, const char *folder);
void body_close(struct body *b);

size_t body_room(const struct body *b);
void body_take(struct body *b, uint8_t byte);
void body_print(struct body *b, double milliseconds);
/* The paper or the cover may have changed: says so by itself, where it was asked to. */
void body_looked_after(struct body *b);
/* Says what was owed; nobody may have listened before. */
void body_owed(struct body *b);
/* Forgets its buffer; `wire`: what was still on the way and is lost with it. */
void body_power_cut(struct body *b, const uint8_t *wire, size_t size);
uint8_t body_port_status(const struct body *b);
void body_note(struct body *b, const char *what);

#endif
