/* Ticket → ESC/POS bytes. Source: Epson, "ESC/POS Application Programming Guide" / command reference.
 * A pure function: the same ticket, profile and marks give the same bytes on any machine, so golden files can hold them (the dots
 * of a character that no code page holds are the exception: they come from the installed font). */
#ifndef COMANDA_PRINTER_ESCPOS_H
#define COMANDA_PRINTER_ESCPOS_H

#include <stdint.h>

#include "printer/profile.h"
#include "printer/ticket.h"

struct bytes {
    const uint8_t *at;
    size_t size;
}; /* borrowed from the arena */

/* Begins with ESC @, FS . (leave double-byte mode), ESC t n, GS a 0Eh where the profile has realtime status (ASB: online, error,
 * paper), then the marks. Wraps to the profile's columns; switches code pages as the text asks.
 *
 * No ticket is refused for its text: "€" becomes EUR where no page holds it; any other character in no page goes as dots in its
 * line (ESC * 33) or, where the machine's font lacks it too, as its number [U+6F22]; never as "?". A QR goes as GS ( k or, where
 * the profile has no native_qr, as a raster (GS v 0) in bands of at most 128 rows; content that fits no QR, or no QR that fits
 * the paper, is printed as text. A barcode (Code 128) goes as GS k 73 or, where the profile has no native_barcode, as a raster,
 * its text below it either way; content that is no plain ASCII, or too long for the paper, is printed as text. The logo is the
 * profile's (profiles_set_logo), in the same bands; nothing where it has none. A drawer is not opened by a marked copy, possible
 * duplicate or practice ticket, nor a beep made where the profile has no buzzer. A printer without a cutter feeds the ticket past
 * its tear bar instead.
 *
 * What an impact printer cannot do (its profile says so) is done otherwise or left out: sizes go by ESC ! and end at double
 * (mode_font); what is to be white on black stands between asterisks (reverse), in red where the ribbon has it (red, ESC r);
 * without raster a QR and a barcode are printed as their text, a character in no page as its number, and a logo not at all.
 * ERROR_INTERNAL "bad_profile" for a profile that did not come from profiles_load is the only failure. */
MUST_USE bool escpos_encode(const struct ticket *t, const struct printer_profile *p, const struct ticket_marks *marks,
                            struct arena *a, struct bytes *out, struct error *e);

/* GS ( H fn 48: asks the printer to say `id` (four characters 20h–7Eh) once everything before it is on paper. */
enum { ESCPOS_PROCESS_ID_SIZE = 11 };
void escpos_process_id(const char id[4], uint8_t out[ESCPOS_PROCESS_ID_SIZE]);

#endif
