/* Where ESC/POS commands begin and end, as a printer must know it: one byte at a time, for the emulated printers of the fault
 * campaign. Written from the Epson command reference and apart from printer/, so that no mistake of the till's own reader hides
 * here. */
#ifndef COMANDA_TESTS_FAULT_COMMANDS_H
#define COMANDA_TESTS_FAULT_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum command {
    COMMAND_NONE,       /* in the middle of one */
    COMMAND_TEXT,       /* a byte to print, a line feed among them */
    COMMAND_START,      /* ESC @ */
    COMMAND_CUT,        /* GS V */
    COMMAND_PROCESS_ID, /* GS ( H function 48; its four bytes in `id` */
    COMMAND_ORDERED,    /* GS r */
    COMMAND_AUTOMATIC,  /* GS a */
    COMMAND_REALTIME,   /* DLE EOT n */
    COMMAND_OTHER
};

/* Zeroed is ready for use. */
struct commands {
    uint8_t head[9]; /* the command so far, without its data */
    size_t count;
    size_t data; /* bytes of data still to come, swallowed whatever they are */
    char id[4];
};
enum command command_next(struct commands *c, uint8_t byte);
#endif
