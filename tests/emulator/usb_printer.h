/* An emulated USB printer of class 7: what unmodified libusb sees of one, played behind umockdev.
 *
 * The bed is a sysfs tree with one root hub; a printer is plugged into one of its ports. umockdev's preloaded library turns the
 * usbfs ioctls of this process (CLAIMINTERFACE, SUBMITURB, REAPURBNDELAY, DISCARDURB, DISCONNECT_CLAIM …) into calls of the
 * emulator's handler, which runs in umockdev's thread and plays the printer: bulk OUT into a receive buffer, paper, status on the
 * control endpoint, replies on bulk IN, and faults. Faults are set from the test's thread; everything is behind one lock. Byte
 * numbers count from the printer's first byte ever, and are exact: a fault at n means that the printer took n bytes before it.
 *
 * Behind the device node stands a pseudo-terminal: its POLLOUT is usbfs's "an URB can be reaped", its hang-up is usbfs's "device
 * gone". */
#ifndef COMANDA_TESTS_USB_PRINTER_H
#define COMANDA_TESTS_USB_PRINTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct usb_bed; /* opaque: the machine */
struct usb_printer;

/* One bed a process. Fails the test when umockdev's library is not preloaded. */
struct usb_bed *usb_bed_open(void);
void usb_bed_close(struct usb_bed *bed);

struct usb_model {
    uint16_t vendor, product;
    const char *serial;  /* NULL: has none */
    int port;            /* of the root hub, 1–9: the port path is "1-PORT" */
    const char *name;    /* its product name; NULL: "Receipt Printer" */
    bool unidirectional; /* no IN endpoint */
    bool vendor_class;   /* its interface says 255, not 7 */
    bool two_settings;   /* alternate setting 0 without, 1 with an IN endpoint */
    bool usblp;          /* the kernel's driver is bound */
    bool taken;          /* another program has claimed the interface */
    bool forbidden;      /* nobody may open the node; root may all the same, unless it gives CAP_DAC_OVERRIDE up */
    const char *group;   /* forbidden, but this group may; root only can set that */
    size_t buffer;       /* receive buffer; 0: 4096 */
    bool no_ids;         /* does not know GS ( H */
    bool no_realtime;    /* does not answer DLE EOT */
    bool no_port_status; /* stalls GET_PORT_STATUS */
};
/* Plugs a new printer in, switched on, with paper. */
struct usb_printer *usb_printer_plug(struct usb_bed *bed, const struct usb_model *model);
/* The cable: out, and in again as a new device. What it holds, it keeps, and goes on printing. */
void usb_printer_pull(struct usb_printer *p);
void usb_printer_push(struct usb_printer *p);
/* In again at another socket. It must be out. */
void usb_printer_push_at(struct usb_printer *p, int port);
/* Power off and on while the cable is in: its buffer and what it owed are forgotten. */
void usb_printer_power_cycle(struct usb_printer *p);

void usb_printer_set_paper(struct usb_printer *p, bool paper);
void usb_printer_set_cover(struct usb_printer *p, bool open);
void usb_printer_set_hang(struct usb_printer *p, bool hang);  /* NAKs every OUT */
void usb_printer_short_at(struct usb_printer *p, uint64_t n); /* the transfer ends there, successful and short */
void usb_printer_stall_at(struct usb_printer *p, uint64_t n); /* and the endpoint stays halted until cleared */
void usb_printer_stall_in(struct usb_printer *p);              /* the IN endpoint, until cleared; replies wait */
void usb_printer_stall_and_vanish_at(struct usb_printer *p, uint64_t n);
void usb_printer_vanish_at(struct usb_printer *p, uint64_t n); /* the cable comes out */

/* What is on paper: bytes printed, real-time questions left out. Waits for `at_least` (20 s, else the test fails). */
const uint8_t *usb_printer_paper(struct usb_printer *p, size_t at_least, size_t *size);
uint64_t usb_printer_taken(struct usb_printer *p); /* bytes taken into the buffer, questions included */
/* Waits until so many bytes were taken. */
void usb_printer_await_taken(struct usb_printer *p, uint64_t at_least);

struct usb_transfer_note {
    int32_t length, actual, status;
}; /* of a bulk OUT; status as usbfs says it: 0, -EPIPE, -ESHUTDOWN, -ENOENT */
struct usb_tally {
    int claims, releases, detached, reattached, clear_halts /* of OUT */, in_clear_halts, resets, empty_outs, out_discards_while_attached, port_status_asked, settings;
    bool claimed, usblp, in_pending;
    size_t out_count;                  /* at most those below; a longer run is for a tracer */
    struct usb_transfer_note out[512]; /* in order of ending */
};
void usb_printer_tally(struct usb_printer *p, struct usb_tally *out);

/* What passes over usbfs, as it passes: "SUBMITURB", "ended" (by the device), "REAPURB", "DISCARDURB" of a bulk endpoint, "CLEAR_HALT",
 * "CLAIM", "RELEASE", "plugged", "unplugged", "client gone". Called under the bed's lock, from any thread. */
struct usb_trace_note {
    const char *what;
    uint8_t endpoint; /* 0: not of a bulk endpoint */
    struct usb_transfer_note urb;
};
typedef void usb_tracer(void *self, const struct usb_printer *p, const struct usb_trace_note *note);
void usb_bed_trace(struct usb_bed *bed, usb_tracer *tracer, void *self);

#endif
