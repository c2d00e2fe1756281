/* Inside the emulator: what the device (usb_printer.c) and its usbfs side (usb_bed.c) share. Tests include usb_printer.h only. */
#ifndef COMANDA_TESTS_USB_BED_H
#define COMANDA_TESTS_USB_BED_H

#include <pthread.h>
#include <umockdev.h>

#include "tests/emulator/usb_printer.h"

enum { URBS_MAX = 16, PRINTERS_MAX = 8, PAPER_MAX = 1 << 20, BUFFER_MAX = 1 << 16 };

enum urb_state { URB_FREE, URB_FLYING, URB_ENDED };
struct urb {
    enum urb_state state;
    UMockdevIoctlClient *client;
    UMockdevIoctlData *data, *buffer; /* struct usbdevfs_urb, and what it points to */
    uint64_t order;                   /* of submission, then of ending */
    uint8_t type, endpoint;
    size_t done;
    int status;
};

struct usb_bed {
    UMockdevTestbed *testbed;
    pthread_mutex_t lock; /* of everything here and in the printers */
    pthread_cond_t changed;
    struct usb_printer *printers[PRINTERS_MAX];
    size_t count;
    int next_address;
    usb_tracer *tracer; /* NULL: nobody looks */
    void *tracer_self;
};

struct usb_printer {
    struct usb_bed *bed;
    struct usb_model model;

    /* the device */
    uint64_t taken, printed, id_from; /* id_from: the paper after the last process ID */
    uint8_t paper[PAPER_MAX], buffer[BUFFER_MAX], replies[4096];
    size_t held, reply_count;
    bool paper_loaded, cover_open, hang, halted, in_halted, owes_id, vanish_on_clear;
    uint64_t short_at, stall_at, vanish_at; /* 0: never */
    uint8_t id[4];

    /* its place on the bus */
    bool attached;
    int address, master, slave; /* the pseudo-terminal behind the node */
    char node[32], syspath[128];
    UMockdevIoctlBase *handler;
    GPtrArray *handlers; /* of its former places too: whoever opened it there may still hold it, and ask */
    struct urb urbs[URBS_MAX];
    uint64_t orders;
    bool claimed, usblp;
    UMockdevIoctlClient *claimant; /* whose closing or death lets the interface go */
    struct usb_tally tally;
    void *body; /* of another device than usb_printer.c's: tests/fault plays its own behind the same bus */
};

void bed_lock(struct usb_bed *bed);
void bed_unlock(struct usb_bed *bed);
/* Lets the device work on what flies and tells poll(2) whether anything ended. Under the lock, as all below. */
void bed_run(struct usb_printer *p);
bool bed_in_pending(const struct usb_printer *p);

bool device_out(struct usb_printer *p, const uint8_t *bytes, size_t size, size_t *done, int *status);
size_t device_in(struct usb_printer *p, uint8_t *bytes, size_t size);
uint8_t device_port_status(const struct usb_printer *p);
void device_print(struct usb_printer *p);
void device_forget(struct usb_printer *p);

#endif
