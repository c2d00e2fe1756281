/* The one table that joins roles and permissions. */
#include "pos/core/permission.h"

#include <stddef.h>
#include <stdint.h>

const char *const role_names[] = {"cook", "waiter", "cashier", "manager", "administrator", NULL};

const char *const permission_names[] = {
    "public",  "signed_in", "sell",         "pay",   "refund", "discount", "courtesy", "void_sent", "shift", "cash_movement", "carry_orders", "x_report",
    "reports", "sold_out",  "publish_menu", "paper", "staff",  "journal",   NULL,
};
_Static_assert(sizeof permission_names / sizeof *permission_names == PERMISSION_COUNT + 1, "a name for every permission");

#define MAY(permission) (UINT32_C(1) << (permission))

/* What a role adds to the one below it stands on its own line. A waiter sells and is not at the drawer; a cook marks what has run
 * out. */
enum {
    EVERYONE = MAY(PERMISSION_PUBLIC) | MAY(PERMISSION_SIGNED_IN),
    COOK = EVERYONE | MAY(PERMISSION_SOLD_OUT) | MAY(PERMISSION_PAPER),
    WAITER = COOK | MAY(PERMISSION_SELL),
    CASHIER = WAITER | MAY(PERMISSION_PAY) | MAY(PERMISSION_SHIFT) | MAY(PERMISSION_CASH_MOVEMENT),
    MANAGER = CASHIER | MAY(PERMISSION_REFUND) | MAY(PERMISSION_DISCOUNT) | MAY(PERMISSION_COURTESY) | MAY(PERMISSION_VOID_SENT) | MAY(PERMISSION_CARRY_ORDERS) |
              MAY(PERMISSION_X_REPORT) | MAY(PERMISSION_REPORTS) | MAY(PERMISSION_PUBLISH_MENU) | MAY(PERMISSION_JOURNAL),
    ADMINISTRATOR = MANAGER | MAY(PERMISSION_STAFF),
};

static const uint32_t table[ROLE_COUNT] = {
    [ROLE_COOK] = COOK,
    [ROLE_WAITER] = WAITER,
    [ROLE_CASHIER] = CASHIER,
    [ROLE_MANAGER] = MANAGER,
    [ROLE_ADMINISTRATOR] = ADMINISTRATOR,
};

bool role_may(enum role role, enum permission permission) {
    if ((unsigned)role >= ROLE_COUNT || (unsigned)permission >= PERMISSION_COUNT) return false;
    return (table[role] & MAY(permission)) != 0;
}
