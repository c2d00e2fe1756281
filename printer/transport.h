/* A transport: the way bytes reach one printer. Three kinds: virtual (a folder), TCP port 9100, USB (class 7, and those of a
 * vendor's own class that quirks.json knows).
 *
 * Used by one thread, the printer's spooler. Calls may block, but for the stated time only — save `send`, which waits as long as
 * the printer stays attached — and `wake` ends every wait: ERROR_BUSY "printer_stopped". A lost channel is ERROR_IO
 * "printer_unreachable" (TCP) or "printer_unplugged" (USB); the next open() looks for the printer afresh. */
#ifndef COMANDA_PRINTER_TRANSPORT_H
#define COMANDA_PRINTER_TRANSPORT_H

#include <stddef.h>
#include <stdint.h>

#include "data/error.h"
#include "data/site.h"

enum transport_state {
    TRANSPORT_READY,
    TRANSPORT_PAPER_OUT,
    TRANSPORT_COVER_OPEN,
    TRANSPORT_OFFLINE,
    TRANSPORT_UNPLUGGED,
    TRANSPORT_DENIED,
    TRANSPORT_FAULT
};
extern const char *const transport_state_names[]; /* "ready" "paper_out" …, NULL-ended */

/* Why it is so, for those who speak another language than `reason` does. CAUSE_PAPER_LOW goes with state ready; nothing but
 * CAUSE_NONE and it does. */
enum transport_cause {
    CAUSE_NONE, /* ready, or not tried yet */
    CAUSE_PAPER_OUT,
    CAUSE_PAPER_LOW, /* near its end: it still prints */
    CAUSE_COVER_OPEN,
    CAUSE_CUTTER,
    CAUSE_HOT,         /* the print head: recovers by itself */
    CAUSE_MECHANICAL,  /* something is in the way of the paper or the head */
    CAUSE_OFFLINE,     /* says no more than that */
    CAUSE_NO_ANSWER,   /* used to answer and does no longer */
    CAUSE_UNPLUGGED,   /* USB: not there */
    CAUSE_UNREACHABLE, /* network: no connection */
    CAUSE_DENIED,      /* this user may not open it */
    CAUSE_BUSY,        /* another program, or the kernel's driver, holds it */
    CAUSE_STALLED,     /* takes no more data and does not say why */
    CAUSE_FEEDING,     /* its feed button is pressed */
    CAUSE_SERVICE,     /* a fault that nobody but a technician mends */
    CAUSE_ERROR        /* an error of which it says nothing more */
};
extern const char *const transport_cause_names[]; /* "none" "paper_out" "paper_low" …, NULL-ended */

struct transport_status {
    enum transport_state state;
    enum transport_cause cause;
    bool known;       /* the device really said so; false: nothing but an open channel is known */
    char reason[250]; /* plain English, where there is a cause: what it is and, after "; ", what to do */
};
/* The status of a cause: its state, and its reason in plain English. */
struct transport_status transport_because(enum transport_cause cause, bool known);
/* The status of a printer whose open(), send() or status() failed, by the error's code; the reason is its message. */
struct transport_status transport_failed(const struct site_printer *p, const struct error *why);

struct transport;
struct transport_ops {
    /* Connects; ERROR_IO "printer_unreachable" / "printer_denied" / "printer_busy". Idempotent. */
    bool (*open)(struct transport *t, struct error *e);
    /* Sends all of it, in order, each byte once. *accepted says how many bytes the device took, also on failure. No time limit:
     * paper may be out for an hour; `waiting` tells what the device says meanwhile. */
    bool (*send)(struct transport *t, const uint8_t *bytes, size_t size, size_t *accepted, struct error *e);
    /* What the device says now, within timeout_ms. */
    bool (*status)(struct transport *t, int timeout_ms, struct transport_status *out, struct error *e);
    /* Waits up to timeout_ms for the process-ID reply 37 22 d1 d2 d3 d4 00; *got tells. Never true where the device cannot say
     * it. */
    bool (*await_id)(struct transport *t, const char id[4], int timeout_ms, bool *got, struct error *e);
    /* The same for the answer to one GS r: they come in the order of their questions. */
    bool (*await_ordered)(struct transport *t, int timeout_ms, bool *got, struct error *e);
    void (*close)(struct transport *t); /* closes and frees */
    /* For when there is nothing to do: waits up to timeout_ms, or until `wake` or `bell` (a descriptor, left unread; -1: none) is
     * readable. True at once when the printer was plugged in or taken away meanwhile, or since open() looked: open() tells which.
     */
    bool (*rest)(struct transport *t, int timeout_ms, int bell);
};
/* The constructors set ops and printer, wake = -1 and realtime = true; the rest is the user's to set before the first call. */
struct transport {
    const struct transport_ops *ops;
    const struct site_printer *printer;
    int wake; /* a descriptor that is readable once its owner wants every wait to end (an eventfd, never read here); -1: none */
    bool realtime; /* the profile says that DLE EOT is answered; without it status() tells of the channel and the USB port only */
    void (*waiting)(void *self,
                    const struct transport_status *now); /* once a second while send() makes no progress; NULL: nobody asks */
    void *self;
    bool one_way;         /* the unit open() found has no way to answer */
    char identity[264];   /* of the unit open() found: VID:PID:SERIAL, VID:PID@BUS-PORT where it has none, HOST:PORT; "": no unit */
    unsigned connections; /* how often open() has connected anew: another one may be another unit, or a freshly started one */
};

/* The `rest` of a transport that is not told when its printer comes or goes. */
bool transport_rest(struct transport *t, int timeout_ms, int bell);

/* directory: where a virtual printer leaves its tickets (DIRECTORY/SLUG/NNNNNN.bin). */
MUST_USE bool transport_virtual(const struct site_printer *p, const char *directory, struct transport **out, struct error *e);
MUST_USE bool transport_tcp(const struct site_printer *p, struct transport **out, struct error *e);
MUST_USE bool transport_usb(const struct site_printer *p, struct transport **out, struct error *e);
/* By the printer's kind. */
MUST_USE bool transport_new(const struct site_printer *p, const char *directory, struct transport **out, struct error *e);

/* The same with another table of units that need care (see quirks.h) in place of this binary's; NULL: this binary's. */
MUST_USE bool usb_with_quirks(const struct site_printer *p, const char *quirks, size_t size, struct transport **out,
                              struct error *e);

/* What is plugged in, for `comanda doctor`: calls `each` for every printer, of class 7 or known by quirks.json. why: what is
 * wrong and, after "; ", what to do, when it may not be opened. */
struct usb_found {
    uint16_t vendor, product;
    char serial[64], bus_path[32], name[64], why[240];
    bool accessible;
};
MUST_USE bool usb_list(void (*each)(void *self, const struct usb_found *found), void *self, struct error *e);

#endif
