/* A body on a USB cable: what usb_bed.c asks of a device, in place of tests/emulator/usb_printer.c. */
#include <check.h>
#include <errno.h>
#include <string.h>

#include "tests/fault/bed.h"

static struct bed_printer *of(const struct usb_printer *p) {
    return p->body;
}

/* Moves what can be moved of one bulk OUT. True when the transfer has ended; *status says how. */
bool device_out(struct usb_printer *p, const uint8_t *bytes, size_t size, size_t *done, int *status) {
    struct bed_printer *here = of(p);
    *status = 0;
    if (p->halted) return *status = -EPIPE, true;
    while (*done < size) {
        if (p->vanish_at && p->taken >= p->vanish_at) {
            here->body.tell(here->body.self, &here->body, here->cut_at_vanish ? "power" : "unplug");
            if (here->cut_at_vanish) {
                device_forget(p);
                here->off = true;
            } else
                body_note(&here->body, "unplug");
            return *status = -ESHUTDOWN, true;
        }
        if (p->stall_at && p->taken >= p->stall_at) {
            p->stall_at = 0;
            p->halted = true;
            here->body.tell(here->body.self, &here->body, "stall");
            return *status = -EPIPE, true;
        }
        if (p->short_at && p->taken >= p->short_at) {
            p->short_at = 0;
            here->body.tell(here->body.self, &here->body, "short");
            return true;
        }
        if (body_room(&here->body) == 0) return false; /* NAK */
        p->taken++;
        body_take(&here->body, bytes[(*done)++]);
    }
    return true;
}

size_t device_in(struct usb_printer *p, uint8_t *bytes, size_t size) {
    const size_t n = p->reply_count < size ? p->reply_count : size;
    memcpy(bytes, p->replies, n);
    memmove(p->replies, p->replies + n, p->reply_count - n);
    p->reply_count -= n;
    return n;
}

uint8_t device_port_status(const struct usb_printer *p) {
    return body_port_status(&of(p)->body);
}

/* Its clock is the bed's: it prints in its own time. */
void device_print(struct usb_printer *p) {
    (void)p;
}

void device_forget(struct usb_printer *p) {
    p->reply_count = 0;
    body_power_cut(&of(p)->body, NULL, 0);
}

/* Replies wait in the endpoint until they are fetched; when that is full, the newest are lost, as in a small machine. */
static void say(void *self, const void *bytes, size_t size) {
    struct usb_printer *p = ((struct bed_printer *)self)->usb;
    if (!p || p->reply_count + size > sizeof p->replies) return;
    memcpy(p->replies + p->reply_count, bytes, size);
    p->reply_count += size;
}

struct usb_printer *bed_usb_plug(struct usb_bed *bed, struct bed_printer *p, const char *serial, int port) {
    const struct usb_model model = {
        .vendor = 0x04B8, .product = 0x0E28, .serial = serial, .port = port, .buffer = p->body.capacity};
    p->body.say = say;
    p->usb = usb_printer_plug(bed, &model);
    p->usb->body = p;
    return p->usb;
}
