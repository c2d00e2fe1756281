/* An emulated USB printer: the device itself — its buffer, its paper, its replies, its faults. The usbfs side: usb_bed.c. */
#include "tests/emulator/usb_printer.h"

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/emulator/usb_bed.h"

/* ---- replies ---- */

static void say(struct usb_printer *p, const void *bytes, size_t size) {
    ck_assert_uint_lt(p->reply_count + size, sizeof p->replies);
    memcpy(p->replies + p->reply_count, bytes, size);
    p->reply_count += size;
}

/* Process IDs are cumulative: of those that wait, only the newest is said. */
static void acknowledge(struct usb_printer *p) {
    if (!p->owes_id || !p->paper_loaded || p->cover_open) return;
    const uint8_t reply[7] = {0x37, 0x22, p->id[0], p->id[1], p->id[2], p->id[3], 0x00};
    p->owes_id = false;
    say(p, reply, sizeof reply);
}

static void answer_realtime(struct usb_printer *p, uint8_t n) {
    const bool down = !p->paper_loaded || p->cover_open;
    const uint8_t answers[5] = {0, (uint8_t)(down ? 0x1A : 0x12),
                                (uint8_t)(0x12 | (p->cover_open ? 0x04 : 0) | (p->paper_loaded ? 0 : 0x20)), 0x12,
                                (uint8_t)(p->paper_loaded ? 0x12 : 0x72)};
    if (n >= 1 && n <= 4 && !p->model.no_realtime) say(p, &answers[n], 1);
}

uint8_t device_port_status(const struct usb_printer *p) {
    const bool down = !p->paper_loaded || p->cover_open;
    return (uint8_t)((p->paper_loaded ? 0 : 0x20) | (down ? 0 : 0x10 | 0x08));
}

/* ---- buffer and paper ---- */

/* One byte leaves the buffer for the paper. */
static void print_byte(struct usb_printer *p, uint8_t byte) {
    static const uint8_t process_id[7] = {0x1D, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30};
    ck_assert_uint_lt(p->printed, sizeof p->paper);
    p->paper[p->printed++] = byte;
    if (p->model.no_ids || p->printed < p->id_from + 11 || memcmp(p->paper + p->printed - 11, process_id, sizeof process_id) != 0)
        return;
    memcpy(p->id, p->paper + p->printed - 4, 4);
    p->id_from = p->printed;
    p->owes_id = true;
}

void device_print(struct usb_printer *p) {
    if (p->paper_loaded && !p->cover_open) {
        for (size_t i = 0; i < p->held; i++) print_byte(p, p->buffer[i]);
        p->held = 0;
    }
    acknowledge(p);
    pthread_cond_broadcast(&p->bed->changed);
}

/* One byte off the wire. A real-time question is answered at once and takes no room. */
static void take_byte(struct usb_printer *p, uint8_t byte) {
    p->taken++;
    p->buffer[p->held++] = byte;
    if (p->held < 3 || p->buffer[p->held - 3] != 0x10 || p->buffer[p->held - 2] != 0x04) return;
    p->held -= 3;
    answer_realtime(p, byte);
}

static size_t room(const struct usb_printer *p) {
    return p->model.buffer - p->held;
}

/* Moves what can be moved of one bulk OUT. True when the transfer has ended; *status says how. */
bool device_out(struct usb_printer *p, const uint8_t *bytes, size_t size, size_t *done, int *status) {
    *status = 0;
    if (p->halted) return *status = -EPIPE, true;
    while (!p->hang && *done < size) {
        if (p->vanish_at && p->taken == p->vanish_at) return *status = -ESHUTDOWN, true;
        if (p->stall_at && p->taken == p->stall_at) {
            p->stall_at = 0;
            p->halted = true;
            return *status = -EPIPE, true;
        }
        if (p->short_at && p->taken == p->short_at) {
            p->short_at = 0;
            return true;
        }
        if (room(p) == 0) {
            device_print(p);
            if (room(p) == 0) return false; /* NAK until there is paper */
        }
        take_byte(p, bytes[(*done)++]);
    }
    device_print(p);
    return *done == size;
}

size_t device_in(struct usb_printer *p, uint8_t *bytes, size_t size) {
    const size_t n = p->reply_count < size ? p->reply_count : size;
    memcpy(bytes, p->replies, n);
    memmove(p->replies, p->replies + n, p->reply_count - n);
    p->reply_count -= n;
    return n;
}

/* ---- what the test does to it ---- */

#define CHANGE(p, what)                                                                                                          \
    do {                                                                                                                         \
        bed_lock((p)->bed);                                                                                                      \
        what;                                                                                                                    \
        device_print(p);                                                                                                         \
        bed_run(p);                                                                                                              \
        bed_unlock((p)->bed);                                                                                                    \
    } while (0)

void usb_printer_set_paper(struct usb_printer *p, bool paper) {
    CHANGE(p, p->paper_loaded = paper);
}
void usb_printer_set_cover(struct usb_printer *p, bool open) {
    CHANGE(p, p->cover_open = open);
}
void usb_printer_set_hang(struct usb_printer *p, bool hang) {
    CHANGE(p, p->hang = hang);
}
void usb_printer_short_at(struct usb_printer *p, uint64_t n) {
    CHANGE(p, p->short_at = n);
}
void usb_printer_stall_at(struct usb_printer *p, uint64_t n) {
    CHANGE(p, p->stall_at = n);
}
void usb_printer_stall_in(struct usb_printer *p) {
    CHANGE(p, p->in_halted = true);
}
void usb_printer_vanish_at(struct usb_printer *p, uint64_t n) {
    CHANGE(p, p->vanish_at = n);
}
void usb_printer_stall_and_vanish_at(struct usb_printer *p, uint64_t n) {
    CHANGE(p, (p->stall_at = n, p->vanish_on_clear = true));
}

void device_forget(struct usb_printer *p) {
    p->held = p->reply_count = 0;
    p->owes_id = false;
}

/* ---- what the test sees of it ---- */

static void wait_for(struct usb_printer *p, const uint64_t *number, uint64_t at_least, const char *what) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 20;
    int late = 0;
    while (*number < at_least && late == 0) late = pthread_cond_timedwait(&p->bed->changed, &p->bed->lock, &until);
    if (*number >= at_least) return;
    const uint64_t got = *number;
    bed_unlock(p->bed);
    ck_abort_msg("the printer has %s %llu bytes, not %llu", what, (unsigned long long)got, (unsigned long long)at_least);
}

const uint8_t *usb_printer_paper(struct usb_printer *p, size_t at_least, size_t *size) {
    bed_lock(p->bed);
    wait_for(p, &p->printed, at_least, "printed");
    *size = p->printed;
    bed_unlock(p->bed);
    return p->paper;
}

void usb_printer_await_taken(struct usb_printer *p, uint64_t at_least) {
    bed_lock(p->bed);
    wait_for(p, &p->taken, at_least, "taken");
    bed_unlock(p->bed);
}

uint64_t usb_printer_taken(struct usb_printer *p) {
    bed_lock(p->bed);
    const uint64_t n = p->taken;
    bed_unlock(p->bed);
    return n;
}

void usb_printer_tally(struct usb_printer *p, struct usb_tally *out) {
    bed_lock(p->bed);
    *out = p->tally;
    out->claimed = p->claimed;
    out->usblp = p->usblp;
    out->in_pending = bed_in_pending(p);
    bed_unlock(p->bed);
}
