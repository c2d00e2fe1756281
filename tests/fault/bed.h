/* The printers of the fault campaign: one body each, behind umockdev's USB or behind a TCP port. Only the bed's own files include
 * this. */
#ifndef COMANDA_TESTS_FAULT_BED_H
#define COMANDA_TESTS_FAULT_BED_H

#include "tests/emulator/usb_bed.h"
#include "tests/fault/body.h"

enum { BED_PRINTERS_MAX = 4 };

struct bed_printer {
    struct body body;
    bool off; /* without power: prints nothing */

    struct usb_printer *usb; /* NULL: on TCP */
    bool cut_at_vanish;      /* the USB cable's fault at a byte is a power cut */

    uint16_t port;
    int listener, client; /* -1: none */
    uint64_t leaves_at;   /* of body.came_in: the network cable, or the power, goes there; 0: never */
    bool cut_at_leaving;
};

/* ---- bed_usb.c: the device that tests/emulator/usb_bed.c plays is a body ---- */
struct usb_printer *bed_usb_plug(struct usb_bed *bed, struct bed_printer *p, const char *serial, int port);

/* ---- bed_tcp.c ---- */
void bed_tcp_listen(struct bed_printer *p);
/* A connection, or what came in on it. */
void bed_tcp_accept(struct bed_printer *p);
void bed_tcp_read(struct bed_printer *p);
void bed_tcp_say(struct bed_printer *p, const void *bytes, size_t size);
/* The connection breaks off; what the machine had received it goes on printing. */
void bed_tcp_reset(struct bed_printer *p);
/* And nobody is there any more. power: its buffer is forgotten. */
void bed_tcp_leave(struct bed_printer *p, bool power);

#endif
