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
 * profile's (profiles_set_logo), in the same bands; nothing where it has none. A drawer (1 or 2, by the output it hangs on) is
 * not opened by a marked copy, possible duplicate or practice ticket. A beep goes as ESC B or as ESC ( A 97, or not at all where
 * the profile has no buzzer. A full or partial cut that the cutter has not is the other; a printer without a cutter feeds the
 * ticket past its tear bar instead. A chart is each code page of the profile: a line of Spanish and its upper half in hex rows.
 *
 * What an impact printer cannot do (its profile says so) is done otherwise or left out: sizes go by ESC ! and end at double
 * (mode_font); what is to be white on black stands between asterisks (reverse), in red where the ribbon has it (red, ESC r);
 * pictures go in bands of eight dots (ESC * 0): a QR with modules of three dots or more, a barcode where it fits with two, each
 * as its text where it does not; a character in no page goes as its number.
 * ERROR_INTERNAL "bad_profile" for a profile that did not come from profiles_load is the only failure. */
MUST_USE bool escpos_encode(const struct ticket *t, const struct printer_profile *p, const struct ticket_marks *marks,
                            struct arena *a, struct bytes *out, struct error *e);

/* GS ( H fn 48: asks the printer to say `id` (four characters 20h–7Eh) once everything before it is on paper. */
enum { ESCPOS_PROCESS_ID_SIZE = 11 };
void escpos_process_id(const char id[4], uint8_t out[ESCPOS_PROCESS_ID_SIZE]);
/* GS r 1: asks for a status in its turn, after everything before it; not executed while the paper has ended. */
enum { ESCPOS_ORDERED_SIZE = 3 };
void escpos_ordered(uint8_t out[ESCPOS_ORDERED_SIZE]);
/* Zeros enough to end any command that escpos_encode writes and a ticket broke off in: the rest of a picture comes out white. A
 * printer that waits for nothing passes over them. Without them a half picture swallows the tickets that follow as its dots. */
struct bytes escpos_fill(const struct printer_profile *p, struct arena *a);

#endif
