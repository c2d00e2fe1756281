/* What a payment must be, apart from any order: its means, its reference, its buyer. */
#ifndef COMANDA_CORE_PAYMENT_CHECK_H
#define COMANDA_CORE_PAYMENT_CHECK_H

#include "pos/core/payment.h"

/* The means by its slug, or the site's first of the kind with that name. */
MUST_USE bool payment_find_means(const struct site *site, const char *name, const struct site_means **out, struct error *e);
/* There where it is needed, and never a card number. */
MUST_USE bool payment_check_reference(const struct site_means *means, const char *reference, struct error *e);
/* The identification as it is stored; NULL when none was given. */
MUST_USE bool payment_check_buyer(const struct json *buyer, struct arena *a, const char **stored, struct error *e);

#endif
