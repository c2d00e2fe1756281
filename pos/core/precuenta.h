/* The precuenta: what a check comes to, on paper, before it is paid. It is no document: it has no NIT, no number and no
 * authorisation, and says NO ES FACTURA at either end. */
#ifndef COMANDA_CORE_PRECUENTA_H
#define COMANDA_CORE_PRECUENTA_H

#include "pos/core/order.h"

/* Prints one open check (0: the only one) on the receipt printer. The order stays as it is, its version too; that money was shown
 * is in the journal. ERROR_INVALID "precuenta_off" where the site has none, "check_needed"; ERROR_NOT_FOUND "order_unknown",
 * "bill_unknown"; ERROR_CONFLICT "order_paid", "order_voided", "order_empty". */
MUST_USE bool precuenta_print(struct act *act, struct order_id id, struct bill_id check, struct job_id *job, struct error *e);

#endif
