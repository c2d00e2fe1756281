/* What the tests of the USB transport share: an emulated machine and the transport on it, without a spooler. */
#ifndef COMANDA_TESTS_USB_CASE_H
#define COMANDA_TESTS_USB_CASE_H

#include "data/arena.h"
#include "printer/transport.h"
#include "tests/emulator/usb_printer.h"

struct usb_case {
    struct usb_bed *bed;
    struct arena *arena;
    struct error e; /* of the last call below */
};
void usb_case_open(struct usb_case *c);
void usb_case_close(struct usb_case *c);

extern const struct usb_model usb_epson;   /* 04b8:0e28 "J5HF012345" at port 2 */
extern const struct site_printer usb_any;  /* "cocina": whatever USB printer there is */

/* A transport to it, not open; and an open one. */
struct transport *usb_case_transport(struct usb_case *c, const struct site_printer *p);
struct transport *usb_case_opened(struct usb_case *c, const struct site_printer *p);

/* What the emulator counted; none of it ever a reset of the device or an empty transfer. */
const struct usb_tally *usb_case_tally(struct usb_case *c, struct usb_printer *p);
/* n bytes that vary, DLE not among them, so that nothing in it looks like a question. */
const uint8_t *usb_case_pattern(struct usb_case *c, size_t n);
/* Sends n bytes of the pattern; all of them are taken. */
void usb_case_send(struct usb_case *c, struct transport *t, size_t n);
/* The paper has the pattern's first n bytes and nothing else. */
void usb_case_paper_has(struct usb_case *c, struct usb_printer *p, size_t n);
/* The i-th bulk OUT that ended: asked, taken, and how usbfs ended it. */
void usb_case_out_was(const struct usb_tally *t, size_t i, int length, int actual, int status);

/* Root may open anything; this thread, from here on, not. */
void usb_case_obey_modes(void);

#endif
