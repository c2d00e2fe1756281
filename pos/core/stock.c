/* What is sold out. */
#include "pos/core/stock.h"

#include "pos/core/journal.h"

bool stock_set(struct act *act, const char *item, struct menu_availability set, struct error *e) {
    const struct menu_item *known = menu_find_item(atomic_load(&act->till->menu), item);
    if (!known) return error_fail(e, ERROR_NOT_FOUND, "item_unknown", "item %s: not on the menu", item);
    if (!menu_availability_set(act->db, known, set, act->now, e)) return false;
    struct json detail = json_new_object(act->arena);
    json_set_text(detail, "item", item);
    json_set_bool(detail, "available", set.available);
    if (set.remaining >= 0)
        json_set_int(detail, "remaining", set.remaining);
    else
        json_set_null(detail, "remaining");
    act_changed(act, EVENT_MENU, 0, item);
    return journal_add(act, "availability_set", (struct order_id){0}, (struct shift_id){0}, detail, e);
}
