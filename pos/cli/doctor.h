/* What the files of `comanda doctor` share: the findings, and its examinations. */
#ifndef COMANDA_CLI_DOCTOR_H
#define COMANDA_CLI_DOCTOR_H

#include "data/db.h"
#include "pos/cli/cli.h"

struct doctor {
    struct cli *cli;
    struct arena *arena;
    struct site *site;     /* NULL: its file is broken */
    const char *directory; /* of the data */
    bool serving;          /* a process holds the data directory */
    int broken, warnings;
};

/* One line each: what was looked at and how it is; for the last two what to do about it ("" when nothing is to be added). */
void doctor_good(struct doctor *d, const char *what, const char *format, ...) PRINTF_LIKE(3, 4);
void doctor_warn(struct doctor *d, const char *what, const char *remedy, const char *format, ...) PRINTF_LIKE(4, 5);
void doctor_bad(struct doctor *d, const char *what, const char *remedy, const char *format, ...) PRINTF_LIKE(4, 5);

/* doctor_data.c: what is stored. */
void doctor_storage(struct doctor *d);
/* doctor_printers.c: paper. */
void doctor_printers(struct doctor *d);
void doctor_usb(struct doctor *d);

#endif
