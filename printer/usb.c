/* A printer on USB: class 7 through libusb, without a kernel driver. Source: USB Printer Class 1.1; libusb-1.0 API.
 *
 * Which unit, and how it is claimed: usb_open.c. How its coming and going is noticed: usb_hotplug.c. What is on the bus:
 * usb_find.c. Units that need care: quirks.json.
 *
 * One libusb context a printer; its thread is the event thread (`usb_pump`). Rules that keep tickets whole:
 *  - one OUT transfer at a time, no time limit, never cancelled while the printer is attached (only when the server stops);
 *  - whatever ended a transfer, the next one begins at the byte count actually transferred: short write, stall (halt cleared)
 * alike;
 *  - IN is always pending, so that a printer that wants to talk is never blocked; an empty answer is not asked again at once;
 *  - never a zero-length OUT transfer, never a device reset;
 *  - the kernel's usblp is detached on claim and given back on close, save where quirks.json says no.
 * A transfer that ends with "no device", or in an I/O error, is "printer_unplugged". */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/clock.h"
#include "data/log.h"
#include "printer/usb_private.h"

enum {
    IN_PAUSE_MS = 200,
    PROGRESS_MS = 1000,
    QUESTION = 3,  /* bytes of DLE EOT n */
    TAKE_MS = 200, /* for one question */
    TRIES_WITHOUT_PROGRESS = 10,
    GET_PORT_STATUS = 1,
    PORT_PAPER_EMPTY = 0x20,
    PORT_SELECTED = 0x10,
    PORT_NO_ERROR = 0x08
};

static struct usb *self_of(struct transport *t) {
    return (struct usb *)(void *)t;
}

bool usb_fail(struct usb *u, const char *code, struct error *e, const char *why) {
    return error_fail(e, ERROR_IO, code, "printer %s: %s: %s", u->base.printer->slug, u->label, why);
}
static bool unplugged(struct usb *u, struct error *e) {
    return usb_fail(u, "printer_unplugged", e, "it was unplugged or switched off");
}
static bool stopped(const struct usb *u, struct error *e) {
    return error_fail(e, ERROR_BUSY, "printer_stopped", "printer %s: asked to stop", u->base.printer->slug);
}

/* ---- events ---- */

static void LIBUSB_CALL on_out(struct libusb_transfer *t) {
    struct usb *u = t->user_data;
    u->out_flight = false;
    u->out_ended = t->status;
    u->out_done = (size_t)t->actual_length;
    if (u->question) u->question -= u->out_done;
    u->close_at = clock_monotonic_ms() + u->quirk->slow_close;
    if (t->status == LIBUSB_TRANSFER_NO_DEVICE) u->gone = true;
}

static void LIBUSB_CALL on_in(struct libusb_transfer *t) {
    struct usb *u = t->user_data;
    u->in_flight = false;
    if (t->actual_length > 0) reply_collect(&u->inbox, u->in_bytes, (size_t)t->actual_length);
    if (t->status == LIBUSB_TRANSFER_NO_DEVICE) u->gone = u->news = true;
    if (t->status == LIBUSB_TRANSFER_STALL) u->in_stalled = true;
    if (t->status != LIBUSB_TRANSFER_COMPLETED || t->actual_length == 0) u->in_again = clock_monotonic_ms() + IN_PAUSE_MS;
}

void usb_ask_in(struct usb *u) {
    if (!u->ep_in || u->in_flight || u->gone || clock_monotonic_ms() < u->in_again) return;
    if (u->in_stalled) {
        u->in_stalled = false;
        if (libusb_clear_halt(u->handle, u->ep_in) == LIBUSB_ERROR_NO_DEVICE) u->gone = true;
        if (u->gone) return;
    }
    libusb_fill_bulk_transfer(u->in, u->handle, u->ep_in, u->in_bytes, IN_SIZE, on_in, u, 0);
    const int r = libusb_submit_transfer(u->in);
    u->in_flight = r == 0;
    if (r == LIBUSB_ERROR_NO_DEVICE)
        u->gone = true;
    else if (r != 0)
        u->in_again = clock_monotonic_ms() + IN_PAUSE_MS;
}

bool usb_pump_or(struct usb *u, int64_t until, int bell) {
    enum { FDS_MAX = 16 };
    struct pollfd fds[FDS_MAX];
    struct timeval none = {0, 0};
    nfds_t n = 0;
    usb_ask_in(u);
    const struct libusb_pollfd **all = libusb_get_pollfds(u->ctx);
    for (size_t i = 0; all && all[i] && n < FDS_MAX - 2; i++)
        fds[n++] = (struct pollfd){.fd = all[i]->fd, .events = all[i]->events};
    libusb_free_pollfds(all);
    fds[n] = (struct pollfd){.fd = u->base.wake, .events = POLLIN};
    fds[n + 1] = (struct pollfd){.fd = bell, .events = POLLIN};
    int64_t left = until - clock_monotonic_ms();
    if (u->handle && !u->gone && u->ep_in && !u->in_flight && left > IN_PAUSE_MS)
        left = IN_PAUSE_MS; /* IN is to be asked again soon */
    const int ready = poll(fds, n + 2, left > 0 ? (int)left : 0);
    const bool woken = ready > 0 && (fds[n].revents || fds[n + 1].revents);
    (void)libusb_handle_events_timeout_completed(u->ctx, &none, NULL); /* what fails, fails in its transfer's callback */
    usb_ask_in(u);
    return !woken;
}

bool usb_pump(struct usb *u, int64_t until) {
    return usb_pump_or(u, until, -1);
}

/* ---- sending ---- */

static bool port_status(struct usb *u, int timeout_ms, uint8_t *bits) {
    const uint8_t to_interface =
        (uint8_t)LIBUSB_ENDPOINT_IN | (uint8_t)LIBUSB_REQUEST_TYPE_CLASS | (uint8_t)LIBUSB_RECIPIENT_INTERFACE;
    if (u->no_port_status || u->gone) return false;
    const int r =
        libusb_control_transfer(u->handle, to_interface, GET_PORT_STATUS, 0, u->interface, bits, 1, (unsigned)timeout_ms);
    if (r == LIBUSB_ERROR_PIPE) u->no_port_status = true;
    if (r == LIBUSB_ERROR_NO_DEVICE) u->gone = true;
    return r == 1;
}

static struct transport_status port_verdict(uint8_t bits) {
    if (bits & PORT_PAPER_EMPTY) return transport_because(CAUSE_PAPER_OUT, true);
    if (!(bits & PORT_NO_ERROR)) return transport_because(CAUSE_ERROR, true);
    if (!(bits & PORT_SELECTED)) return transport_because(CAUSE_OFFLINE, true);
    return transport_because(CAUSE_NONE, true);
}

/* While OUT is blocked the control endpoint still answers. */
static void tell_waiting(struct usb *u) {
    uint8_t bits = 0;
    if (!u->base.waiting) return;
    struct transport_status now = transport_because(CAUSE_NONE, false);
    if (port_status(u, PROGRESS_MS, &bits)) now = port_verdict(bits);
    if (u->gone) return;
    if (now.state == TRANSPORT_READY) now = transport_because(CAUSE_STALLED, now.known);
    u->base.waiting(u->base.self, &now);
}

static bool submit_out(struct usb *u, size_t n, struct error *e) {
    libusb_fill_bulk_transfer(u->out, u->handle, u->ep_out, u->out_bytes, (int)n, on_out, u, 0);
    u->out_done = 0;
    const int r = libusb_submit_transfer(u->out);
    if (r == LIBUSB_ERROR_NO_DEVICE) {
        u->gone = true;
        return unplugged(u, e);
    }
    if (r != 0) return usb_fail(u, "printer_unreachable", e, libusb_strerror(r));
    u->out_flight = true;
    return true;
}

/* Until the OUT transfer has ended. False with *e: `wake` ended it. */
static bool finish_out(struct usb *u, struct error *e) {
    int64_t next = clock_monotonic_ms() + PROGRESS_MS;
    while (u->out_flight) {
        if (!usb_pump(u, next)) {
            const int64_t until = clock_monotonic_ms() + CLOSE_MS;
            const int wake = u->base.wake;
            u->base.wake = -1;
            if (u->out_flight) (void)libusb_cancel_transfer(u->out);
            while (u->out_flight && clock_monotonic_ms() < until) (void)usb_pump(u, until);
            u->base.wake = wake;
            if (u->out_flight) u->out_done = (size_t)u->out->length; /* never came back: all of it may have gone */
            return stopped(u, e);
        }
        if (u->out_flight && clock_monotonic_ms() >= next) {
            tell_waiting(u);
            next = clock_monotonic_ms() + PROGRESS_MS;
        }
    }
    return true;
}

/* What the end of a transfer means for the next one. `idle` counts ends that moved nothing. */
static bool go_on(struct usb *u, int *idle, struct error *e) {
    *idle = u->out_done > 0 ? 0 : *idle + 1;
    if (u->gone) return unplugged(u, e);
    if (u->out_ended == LIBUSB_TRANSFER_STALL) {
        const int r = libusb_clear_halt(u->handle, u->ep_out);
        if (r == LIBUSB_ERROR_NO_DEVICE || r == LIBUSB_ERROR_IO || r == LIBUSB_ERROR_NOT_FOUND) {
            u->gone = true; /* a stall followed by removal */
            return unplugged(u, e);
        }
    } else if (u->out_ended != LIBUSB_TRANSFER_COMPLETED) {
        u->gone = true; /* electrical trouble: look for it afresh */
        return unplugged(u, e);
    }
    if (*idle >= TRIES_WITHOUT_PROGRESS) {
        u->gone = true;
        return usb_fail(u, "printer_unreachable", e, "refuses data again and again");
    }
    return true;
}

/* What was taken of a status question in part is ended before anything else goes: its rest would swallow the first bytes of a
 * ticket. Only when no transfer flies; a question of which nothing was taken is dropped. */
static bool go_on_asking(struct usb *u, int *idle, struct error *e) {
    if (!go_on(u, idle, e)) return false;
    if (u->question == QUESTION) u->question = 0;
    if (u->question == 0) return true;
    memmove(u->out_bytes, u->out_bytes + u->out_done, u->question);
    return submit_out(u, u->question, e);
}

static bool usb_send(struct transport *t, const uint8_t *bytes, size_t size, size_t *accepted, struct error *e) {
    struct usb *u = self_of(t);
    *accepted = 0;
    if (!u->handle || u->gone) return unplugged(u, e);
    const size_t most = u->quirk->max_chunk && u->quirk->max_chunk < OUT_SIZE ? (size_t)u->quirk->max_chunk : OUT_SIZE;
    int idle = 0;
    while (u->question) /* a status question that was not taken yet: no byte of this job */
        if (!finish_out(u, e) || (u->question && !go_on_asking(u, &idle, e))) return false;
    while (*accepted < size) {
        const size_t left = size - *accepted, n = left < most ? left : most;
        memcpy(u->out_bytes, bytes + *accepted, n);
        if (!submit_out(u, n, e)) return false;
        const bool ended = finish_out(u, e);
        *accepted += u->out_done;
        if (!ended || !go_on(u, &idle, e)) return *accepted == size;
    }
    return true;
}

/* ---- status and replies ---- */

/* DLE EOT n, when OUT is free. A question the printer does not take stays in flight: send() waits for it. */
static bool usb_ask(void *self, int n, uint8_t *answer, bool *got, struct error *e) {
    struct usb *u = self;
    int idle = 0;
    *got = false;
    if (u->question && !u->out_flight && !go_on_asking(u, &idle, e)) return false;
    if (u->question) return true;
    (void)usb_pump(u, 0); /* stale answers carry no n: away with them */
    u->inbox.has_realtime = false;
    const uint8_t question[QUESTION] = {0x10, 0x04, (uint8_t)n};
    memcpy(u->out_bytes, question, sizeof question);
    u->question = sizeof question;
    if (!submit_out(u, sizeof question, e)) return false;
    const int64_t taken_by = clock_monotonic_ms() + TAKE_MS;
    while (!u->inbox.has_realtime && !u->gone && clock_monotonic_ms() < u->ask_until) {
        if (u->out_flight && clock_monotonic_ms() >= taken_by) break; /* it takes nothing now: it will not answer either */
        if (!u->out_flight && u->question && !go_on_asking(u, &idle, e)) return false;
        if (!usb_pump(u, u->out_flight && taken_by < u->ask_until ? taken_by : u->ask_until)) return stopped(u, e);
    }
    if (u->gone) return unplugged(u, e);
    *got = u->inbox.has_realtime;
    *answer = u->inbox.realtime;
    return true;
}

static bool usb_status(struct transport *t, int timeout_ms, struct transport_status *out, struct error *e) {
    struct usb *u = self_of(t);
    struct reply_heard heard = {0};
    uint8_t bits = 0;
    if (!u->handle) return unplugged(u, e);
    (void)usb_pump(u, 0);
    const bool port = port_status(u, timeout_ms, &bits);
    if (!u->gone && u->base.realtime && u->ep_in && !u->silent && !u->out_flight) {
        u->ask_until = clock_monotonic_ms() + timeout_ms;
        if (!reply_interview(usb_ask, u, &heard, e)) return false;
        if (!heard.any && !u->question) u->silent = true;
    }
    if (u->gone) return unplugged(u, e);
    if (!heard.any && u->inbox.has_automatic) reply_automatic(&heard, u->inbox.automatic);
    *out = reply_verdict(&heard);
    if (port && out->state == TRANSPORT_READY) {
        const struct transport_status said = port_verdict(bits);
        if (said.state != TRANSPORT_READY || !out->known) *out = said;
    }
    return true;
}

/* id NULL: an ordered status. */
static bool await_reply(struct usb *u, const char *id, int timeout_ms, bool *got, struct error *e) {
    const int64_t until = clock_monotonic_ms() + timeout_ms;
    *got = false;
    if (!u->handle) return unplugged(u, e);
    for (bool woken = false;;) {
        *got = id ? reply_take_id(&u->inbox, id) : reply_take_ordered(&u->inbox);
        if (*got) return true;
        if (u->gone) return unplugged(u, e);
        if (woken) return stopped(u, e);
        if (clock_monotonic_ms() >= until) return true;
        woken = !usb_pump(u, until);
    }
}

static bool usb_await_id(struct transport *t, const char id[4], int timeout_ms, bool *got, struct error *e) {
    return await_reply(self_of(t), id, timeout_ms, got, e);
}

static bool usb_await_ordered(struct transport *t, int timeout_ms, bool *got, struct error *e) {
    return await_reply(self_of(t), NULL, timeout_ms, got, e);
}

static void usb_close(struct transport *t) {
    struct usb *u = self_of(t);
    if (!usb_release(u)) {
        log_warning("printer %s: a USB transfer never came back; its memory is left alone", u->base.printer->slug);
        return;
    }
    libusb_free_transfer(u->in);
    libusb_free_transfer(u->out);
    if (u->ctx) libusb_exit(u->ctx);
    arena_close(u->arena);
    free(u);
}

static const struct transport_ops usb_ops = {usb_open,          usb_send,  usb_status, usb_await_id,
                                             usb_await_ordered, usb_close, usb_rest};

bool usb_with_quirks(const struct site_printer *p, const char *quirks, size_t size, struct transport **out, struct error *e) {
    struct usb *u = calloc(1, sizeof *u);
    if (!u) return error_fail(e, ERROR_INTERNAL, "out_of_memory", "printer %s: no memory", p->slug);
    u->base = (struct transport){.ops = &usb_ops, .printer = p, .wake = -1, .realtime = true};
    u->arena = arena_open();
    (void)snprintf(u->label, sizeof u->label, "USB printer");
    u->in = libusb_alloc_transfer(0);
    u->out = libusb_alloc_transfer(0);
    const bool room = u->in && u->out;
    if (!room) (void)error_fail(e, ERROR_INTERNAL, "out_of_memory", "printer %s: no memory", p->slug);
    if (!room ||
        !(quirks ? quirks_read(u->arena, "quirks", quirks, size, &u->quirks, e) : quirks_load(u->arena, &u->quirks, e))) {
        usb_close(&u->base);
        return false;
    }
    *out = &u->base;
    return true;
}

bool transport_usb(const struct site_printer *p, struct transport **out, struct error *e) {
    return usb_with_quirks(p, NULL, 0, out, e);
}
