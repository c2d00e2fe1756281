/* Inside of printer/usb*.c: the transport on one unit (usb.c), how it is opened and let go (usb_open.c), how its coming and going is
 * noticed (usb_hotplug.c), what is on the bus (usb_find.c). */
#ifndef COMANDA_PRINTER_USB_PRIVATE_H
#define COMANDA_PRINTER_USB_PRIVATE_H

#include <libusb.h>

#include "printer/quirks.h"
#include "printer/replies.h"
#include "printer/transport.h"

enum {
    OUT_SIZE = 4096, /* one URB: its count is exact */
    IN_SIZE = 1024,
    CLOSE_MS = 2000,
    USB_LABEL_MAX = 64,
    USB_PLACE_MAX = 32,
    USB_TEXT_MAX = 64 /* serial numbers and product names */
};

struct usb {
    struct transport base;
    struct arena *arena; /* of the quirks */
    struct usb_quirks *quirks;
    const struct usb_quirk *quirk; /* of the open unit */
    libusb_context *ctx;
    libusb_device_handle *handle; /* NULL: not open */
    struct libusb_transfer *in, *out;
    uint8_t interface, ep_in, ep_out; /* ep_in 0: unidirectional */
    bool in_flight, out_flight;
    bool in_stalled, gone, no_port_status, silent;
    bool news;        /* the unit went, or one that may be it came, and nobody was told yet */
    size_t question;  /* bytes of a status question not taken yet */
    int64_t in_again; /* when IN may be asked next */
    int64_t close_at; /* not before, or the unit drops what it holds */
    enum libusb_transfer_status out_ended;
    size_t out_done;
    struct reply_inbox inbox;
    int64_t ask_until;
    char label[USB_LABEL_MAX]; /* "USB printer 04b8:0202" */
    uint8_t in_bytes[IN_SIZE], out_bytes[OUT_SIZE];
};

/* A printer on the bus. */
struct usb_unit {
    libusb_device *device;
    struct libusb_device_descriptor about;
    const struct usb_quirk *quirk;
    uint8_t interface, setting, ep_in, ep_out;
    char place[USB_PLACE_MAX]; /* "1-2.4": bus and port path, as in sysfs */
    char node[32];             /* "/dev/bus/usb/001/004" */
};

/* ---- usb.c ---- */

/* printer SLUG: LABEL: WHY. */
bool usb_fail(struct usb *u, const char *code, struct error *e, const char *why);
/* Runs what libusb has to do, waiting at most until the monotonic deadline for the first of it. False: `wake`. */
bool usb_pump(struct usb *u, int64_t until);
/* The same, ended by either of `wake` and `bell`. */
bool usb_pump_or(struct usb *u, int64_t until, int bell);
/* Asks IN again, where it is due. */
void usb_ask_in(struct usb *u);

/* ---- usb_open.c: the transport's open, and the way out ---- */

bool usb_open(struct transport *t, struct error *e);
/* Do ids and socket fit the printer's configuration? Its serial number is known once it is open. */
bool usb_wanted(const struct site_printer *p, const struct usb_unit *unit);
/* Lets go of the device. False: a transfer never came back, and what it points to must stay. */
bool usb_release(struct usb *u);

/* ---- usb_hotplug.c ---- */

/* From now on the system tells of what is plugged in and taken away, where it can. */
void usb_watch(struct usb *u);
bool usb_rest(struct transport *t, int timeout_ms, int bell);

/* ---- usb_find.c ---- */

/* The printer that this device is. False: none. `certain`: somebody named this very unit, so where its name decides and may not
 * be read, it is one: opening it tells what is to be done. */
bool usb_unit_of(const struct usb_quirks *q, libusb_device *d, bool certain, struct usb_unit *out);
/* Its ids and its place, known without opening it, whether it is a printer or not. */
bool usb_about(libusb_device *d, struct usb_unit *out);
bool usb_text(libusb_device_handle *h, uint8_t index, char out[USB_TEXT_MAX]);
/* "not found; plugged in instead: 04b8:0e28 J5HF012345 at 1-2, …". */
void usb_tell_instead(const struct usb_quirks *q, libusb_device *const *all, ssize_t n, char *out, size_t size);
/* Why a node may not be opened and the exact remedy: "no permission for NODE; REMEDY". */
void usb_tell_denied(const char *node, char *out, size_t size);

#endif
