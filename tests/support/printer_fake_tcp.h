/* A network printer for tests: it listens on a loopback port of the system's choice, keeps what it is sent, and answers as it is
 * told to. It has a thread of its own; every function may be called from the test. */
#ifndef COMANDA_TESTS_PRINTER_FAKE_TCP_H
#define COMANDA_TESTS_PRINTER_FAKE_TCP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fake_tcp; /* opaque */

struct fake_tcp_habits {
    bool answers_status;             /* DLE EOT n: status[n] */
    uint8_t status[5];               /* [1] to [4]; a healthy printer says 12h to each */
    bool answers_ids;                /* GS ( H function 48, unless `paper_out` */
    bool loses_ids;                  /* takes the request and its answer goes astray */
    bool answers_ordered;            /* GS r 1, unless `paper_out` */
    bool loses_ordered;              /* takes GS r 1 and its answer goes astray */
    bool paper_out;                  /* holds acknowledgements back; the newest one goes out when the paper is back */
    bool lies;                       /* acknowledges at once, paper or not */
    size_t closes_after;             /* hangs up once this many bytes came in on a connection; 0: never */
    bool hangs_up_at_once;           /* accepts, and closes */
    bool reads_nothing;              /* takes the connection and never reads: a printer that is stuck */
    bool answers_status_out_of_turn; /* an automatic status before every real-time answer */
};
/* Answers status and IDs, all well. */
struct fake_tcp_habits fake_tcp_healthy(void);

struct fake_tcp *fake_tcp_open(struct fake_tcp_habits habits);
void fake_tcp_close(struct fake_tcp *f);
uint16_t fake_tcp_port(struct fake_tcp *f);
void fake_tcp_set(struct fake_tcp *f, struct fake_tcp_habits habits);
void fake_tcp_hang_up(struct fake_tcp *f); /* closes the present connection */
/* Sends bytes of the test's own to the present connection. */
void fake_tcp_say(struct fake_tcp *f, const void *bytes, size_t size);

/* What came in, DLE EOT questions left out, all connections after each other. Waits until there are `at_least` bytes (20 s, else
 * the test fails). */
const uint8_t *fake_tcp_received(struct fake_tcp *f, size_t at_least, size_t *size);
int fake_tcp_questions(struct fake_tcp *f); /* DLE EOTs seen */

/* A loopback port on which nobody listens. */
uint16_t fake_tcp_dead_port(void);

#endif
