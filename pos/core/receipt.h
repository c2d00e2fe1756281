/* Order → receipt, shift → X or Z, and the test page: the documents a guest or a manager gets on paper. */
#ifndef COMANDA_CORE_RECEIPT_H
#define COMANDA_CORE_RECEIPT_H

#include "pos/core/order.h"
#include "pos/core/shift.h"

/* The receipt of a paid bill: who sells, the document's number and authorisation, lines, discount, base and tax of each rate, the
 * tip apart, the cash adjustment, means and change. Opens the drawer first when the payment that closed the bill was cash and the
 * receipt printer has one. */
MUST_USE bool receipt_ticket(struct db *db, const struct site *site, struct bill_id bill, struct arena *a, struct ticket **out,
                             struct error *e);
/* X (open) or Z (closed). Z prints z_number and the journal head stored with it: identical each time. */
MUST_USE bool shift_report_ticket(const struct shift_report *r, const struct site *site, struct arena *a, struct ticket **out,
                                  struct error *e);
/* Names, a ruler of the profile's columns, sizes, accents, the chart of its code pages, the logo, a QR code, a barcode and a beep:
 * `comanda print test`. */
struct ticket *test_ticket(const struct site *site, const struct site_printer *p, const struct printer_profile *profile, int64_t now,
                           struct arena *a);

#endif
