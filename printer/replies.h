/* What printers say back: a pure parser over the bytes of the IN channel, and the meaning of status bytes.
 *
 * Sources: Epson ESC/POS command reference (DLE EOT, GS a, GS r, GS ( H). The four kinds can be told apart bit by bit:
 *
 *   real-time status (DLE EOT n)   0xx1xx10                       one byte; which n it answers is the asker's to know
 *   automatic status (GS a)        0xx1xx00 0xx0xxxx 0xx0xxxx 0xx0xxxx
 *   ordered status (GS r n)        0xx0xxxx                       one byte, outside an automatic status
 *   blocks (GS ( H and others)     37h, identifier, data, 00h     identifier 22h: process ID, data d1 d2 d3 d4 (20h–7Eh)
 *
 * Anything else is noise and dropped; a block or status that is broken off is dropped too, and the byte that broke it is read
 * afresh. */
#ifndef COMANDA_PRINTER_REPLIES_H
#define COMANDA_PRINTER_REPLIES_H

#include <stddef.h>
#include <stdint.h>

#include "printer/transport.h"

enum reply_kind { REPLY_REALTIME, REPLY_AUTOMATIC, REPLY_ORDERED, REPLY_PROCESS_ID, REPLY_BLOCK };
enum { REPLY_BLOCK_MAX = 80 };
struct reply {
    enum reply_kind kind;
    uint8_t bytes[4]; /* REALTIME, ORDERED: [0]; AUTOMATIC: all four; PROCESS_ID: d1–d4; BLOCK: [0] its identifier */
};

/* Zeroed is ready for use. */
struct reply_parser {
    uint8_t held[REPLY_BLOCK_MAX];
    size_t count;
};
/* Takes one byte; true when it completed a reply. */
bool reply_next(struct reply_parser *p, uint8_t byte, struct reply *out);

/* What status bytes mean. `heard` collects over several answers; reply_verdict sums them up, worst first. */
struct reply_heard {
    bool any; /* something was said at all */
    bool offline, cover, feeding, paper_end, paper_near, mechanical, cutter, fatal, hot;
};
void reply_realtime(struct reply_heard *h, int n, uint8_t byte); /* the answer to DLE EOT n, n = 1–4 */
void reply_automatic(struct reply_heard *h, const uint8_t bytes[4]);
struct transport_status reply_verdict(const struct reply_heard *h);

/* What came in and was not asked for yet: the newest of each kind; ordered statuses carry no name and are counted. Zeroed is
 * empty. */
struct reply_inbox {
    struct reply_parser parser;
    uint8_t realtime, automatic[4];
    char id[4];
    bool has_realtime, has_automatic, has_id;
    unsigned ordered;
};
void reply_collect(struct reply_inbox *in, const uint8_t *bytes, size_t n);
/* True once for an ID that came in. Only the newest counts: printers acknowledge cumulatively. */
bool reply_take_id(struct reply_inbox *in, const char id[4]);
/* True once for each ordered status that came in. */
bool reply_take_ordered(struct reply_inbox *in);

/* The questions of a real-time status: DLE EOT 1 and 4, and 2 and 3 when something is wrong. `ask` sends DLE EOT n and waits for
 * the one byte; *got false: no answer in time, and nothing more is asked. */
typedef bool reply_ask(void *self, int n, uint8_t *answer, bool *got, struct error *e);
MUST_USE bool reply_interview(reply_ask *ask, void *self, struct reply_heard *h, struct error *e);

#endif
