/* A USB printer is opened and let go: the right unit by serial number, ids and port path, usblp out of the way and back. */
#include <stdio.h>
#include <string.h>

#include "data/clock.h"
#include "data/text.h"
#include "printer/usb_private.h"

static struct usb *self_of(struct transport *t) {
    return (struct usb *)(void *)t;
}

/* Claiming detaches usblp by itself; what is busy still is held by a driver that will not go, or by another program. */
static bool busy(struct usb *u, const struct usb_unit *unit, struct error *e) {
    char why[200];
    if (libusb_kernel_driver_active(u->handle, unit->interface) == 1)
        (void)snprintf(why, sizeof why, "the kernel's usblp holds it; take it away: sudo modprobe -r usblp");
    else
        (void)snprintf(why, sizeof why,
                       "another program is using it; see which: sudo fuser -v %s, and close it (CUPS: lpadmin -x QUEUE)",
                       unit->node);
    return usb_fail(u, "printer_busy", e, why);
}

static bool claim(struct usb *u, const struct usb_unit *unit, struct error *e) {
    if (unit->quirk->no_reattach)
        (void)libusb_detach_kernel_driver(u->handle, unit->interface); /* none bound: claiming says whether it matters */
    else
        (void)libusb_set_auto_detach_kernel_driver(u->handle, 1); /* not supported: claiming says so */
    int r = libusb_claim_interface(u->handle, unit->interface);
    if (r == 0 && unit->setting != 0) {
        r = libusb_set_interface_alt_setting(u->handle, unit->interface, unit->setting);
        if (r != 0) (void)libusb_release_interface(u->handle, unit->interface);
    }
    if (r == LIBUSB_ERROR_BUSY) return busy(u, unit, e);
    return r == 0 || usb_fail(u, "printer_unreachable", e, libusb_strerror(r));
}

enum taking { TAKEN, ANOTHER, REFUSED };

/* Opens and claims one unit. ANOTHER: it has not the serial number; REFUSED: *e says why this one will not do. */
static enum taking take(struct usb *u, const struct usb_unit *unit, struct error *e) {
    char why[240];
    (void)snprintf(u->label, sizeof u->label, "USB printer %04x:%04x", unit->about.idVendor, unit->about.idProduct);
    const int r = libusb_open(unit->device, &u->handle);
    if (r != 0) {
        u->handle = NULL;
        if (r == LIBUSB_ERROR_ACCESS)
            usb_tell_denied(unit->node, why, sizeof why);
        else
            text_copy(why, sizeof why, libusb_strerror(r));
        (void)usb_fail(u, r == LIBUSB_ERROR_ACCESS ? "printer_denied" : "printer_unreachable", e, why);
        return REFUSED;
    }
    char serial[USB_TEXT_MAX];
    const bool named = usb_text(u->handle, unit->about.iSerialNumber, serial);
    const char *wanted = u->base.printer->serial;
    const bool same = !wanted || (named && strcmp(serial, wanted) == 0);
    if (same && claim(u, unit, e)) {
        (void)snprintf(u->base.identity, sizeof u->base.identity, "%04x:%04x%c%s", unit->about.idVendor, unit->about.idProduct,
                       named ? ':' : '@', named ? serial : unit->place);
        u->quirk = unit->quirk;
        u->interface = unit->interface, u->ep_in = unit->ep_in, u->ep_out = unit->ep_out;
        u->base.one_way = unit->ep_in == 0;
        return TAKEN;
    }
    libusb_close(u->handle);
    u->handle = NULL;
    return same ? REFUSED : ANOTHER;
}

bool usb_wanted(const struct site_printer *p, const struct usb_unit *unit) {
    return (!p->vendor || unit->about.idVendor == p->vendor) && (!p->product || unit->about.idProduct == p->product) &&
           (!p->bus_path || strcmp(unit->place, p->bus_path) == 0);
}

static bool find(struct usb *u, struct error *e) {
    const struct site_printer *p = u->base.printer;
    libusb_device **all = NULL;
    char instead[240];
    bool ok = false, refused = false;
    const ssize_t n = libusb_get_device_list(u->ctx, &all);
    for (ssize_t i = 0; i < n && !ok; i++) {
        struct usb_unit unit;
        if (!usb_about(all[i], &unit) || !usb_wanted(p, &unit)) continue; /* another printer's is not even opened */
        if (!usb_unit_of(u->quirks, all[i], p->vendor && p->product, &unit)) continue;
        const enum taking taken = take(u, &unit, e); /* a refused one may have a twin */
        ok = taken == TAKEN;
        refused = refused || taken == REFUSED;
    }
    if (!ok && !refused) {
        (void)snprintf(u->label, sizeof u->label, p->vendor ? "USB printer %04x:%04x" : "any USB printer", p->vendor, p->product);
        usb_tell_instead(u->quirks, all, n, instead, sizeof instead);
        (void)usb_fail(u, "printer_unreachable", e, instead);
    }
    if (all) libusb_free_device_list(all, 1);
    return ok;
}

bool usb_release(struct usb *u) {
    if (!u->handle) return true;
    const int wake = u->base.wake;
    u->base.wake = -1;
    while (!u->gone && !u->out_flight && clock_monotonic_ms() < u->close_at) (void)usb_pump(u, u->close_at);
    if (u->out_flight) (void)libusb_cancel_transfer(u->out);
    if (u->in_flight) (void)libusb_cancel_transfer(u->in);
    const int64_t until = clock_monotonic_ms() + CLOSE_MS;
    u->in_again = INT64_MAX; /* IN is over */
    while ((u->out_flight || u->in_flight) && clock_monotonic_ms() < until) (void)usb_pump(u, until);
    u->base.wake = wake;
    if (u->out_flight || u->in_flight) return false;
    (void)libusb_release_interface(u->handle, u->interface); /* and usblp comes back */
    libusb_close(u->handle);
    u->handle = NULL;
    return true;
}

bool usb_open(struct transport *t, struct error *e) {
    struct usb *u = self_of(t);
    if (u->handle && !u->gone) {
        (void)usb_pump(u, 0);
        if (!u->gone) return true;
    }
    if (!usb_release(u)) return usb_fail(u, "printer_unreachable", e, "the system does not give its transfers back");
    if (!u->ctx) { /* not before: a machine without USB still has other printers */
        const int r = libusb_init(&u->ctx);
        if (r != 0) {
            u->ctx = NULL;
            return usb_fail(u, "printer_unreachable", e, libusb_strerror(r));
        }
        usb_watch(u);
    }
    u->news = false; /* what comes from here on was not seen */
    if (!find(u, e)) return false;
    u->gone = u->in_stalled = false;
    u->no_port_status = u->silent = u->quirk->no_status;
    u->in_again = u->close_at = 0;
    u->question = 0;
    u->inbox = (struct reply_inbox){0};
    u->base.connections++;
    usb_ask_in(u);
    return true;
}
