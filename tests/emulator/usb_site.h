/* A small site on emulated USB printers, with a real database, writer and spooler: what the spooler's USB tests stand on. */
#ifndef COMANDA_TESTS_USB_SITE_H
#define COMANDA_TESTS_USB_SITE_H

#include "printer/escpos.h"
#include "printer/spooler.h"
#include "tests/emulator/usb_printer.h"
#include "tests/support/data_tmp.h"

/* Two printers, COCINA CALIENTE on the first, which falls back to the second. May be changed between open and start. */
struct usb_site {
    struct usb_bed *bed;
    struct data_tmp tmp;
    struct arena *arena;
    struct db *reader;
    struct writer *writer;
    struct printer_profiles *profiles;
    struct spooler *spooler;
    struct site_printer printers[2]; /* "cocina" on USB (04b8:0e28), "caja" virtual */
    struct site_station stations[1];
    struct site site;
    struct spooler_timing timing; /* quick looks and tries; no fallback, no asking again */
    char path[512];
};

void usb_site_open(struct usb_site *s);
void usb_site_open_writer(struct usb_site *s);
void usb_site_close(struct usb_site *s);
void usb_site_start(struct usb_site *s);
void usb_site_stop(struct usb_site *s);

/* A ticket for a printer, numbered and kicked as an order does it. */
int64_t usb_site_add(struct usb_site *s, const char *printer, const char *kind, const struct ticket *t);
int64_t usb_site_add_text(struct usb_site *s, const char *printer, const char *text);

/* Waits for it (20 s, else the test fails). */
struct job usb_site_reaches(struct usb_site *s, int64_t job, enum job_state want);
struct printer_health usb_site_becomes(struct usb_site *s, const char *printer, enum transport_state want);

struct printer_health usb_site_health(struct usb_site *s, const char *printer);
struct bytes usb_site_bytes(struct usb_site *s, int64_t job); /* of its ticket, without the request to confirm it */

#endif
