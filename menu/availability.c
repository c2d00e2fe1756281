/* Sold out and how many are left: the one part of the menu that changes by the minute. */
#include "menu/menu.h"

#include <inttypes.h>

#include "data/db.h"

enum { NOT_COUNTED = -1, REMAINING_MAX = 1000000 };

bool menu_availability_get(struct db *db, const struct menu_item *item, struct menu_availability *out, struct error *e) {
    struct menu_availability found = {.available = item->available, .remaining = NOT_COUNTED};
    struct db_rows rows;
    if (!db_query(db, "SELECT available, remaining FROM item_availability WHERE item = ?", DB_ARGS(db_text(item->id)), &rows, e))
        return false;
    if (db_next(&rows)) {
        found.available = db_col_int(&rows, 0) != 0;
        if (!db_col_null(&rows, 1)) found.remaining = db_col_int(&rows, 1);
    }
    if (!db_done(&rows, e)) return false;
    *out = found;
    return true;
}

static bool store(struct db *db, const struct menu_item *item, struct menu_availability now_is, int64_t now, struct error *e) {
    struct db_arg remaining = now_is.remaining == NOT_COUNTED ? db_null() : db_int(now_is.remaining);
    return db_exec(db,
                   "INSERT INTO item_availability (item, available, remaining, updated_at) VALUES (?, ?, ?, ?) "
                   "ON CONFLICT (item) DO UPDATE SET available = excluded.available, remaining = excluded.remaining, "
                   "updated_at = excluded.updated_at",
                   DB_ARGS(db_text(item->id), db_int(now_is.available), remaining, db_int(now)), e);
}

bool menu_availability_set(struct db *db, const struct menu_item *item, struct menu_availability set, int64_t now,
                           struct error *e) {
    if (set.remaining < NOT_COUNTED || set.remaining > REMAINING_MAX) {
        (void)error_fail(e, ERROR_INVALID, "invalid_field", "item %s: remaining must be 0 to %d, or not counted", item->id,
                         REMAINING_MAX);
        return error_at_field(e, "remaining");
    }
    if (set.remaining == 0) set.available = false; /* none left is sold out */
    return store(db, item, set, now, e);
}

bool menu_availability_take(struct db *db, const struct menu_item *item, int64_t quantity, int64_t now, struct error *e) {
    struct menu_availability is;
    if (!menu_availability_get(db, item, &is, e)) return false;
    if (quantity > 0 && !is.available) return error_fail(e, ERROR_CONFLICT, "item_sold_out", "item %s: sold out", item->id);
    if (quantity == 0 || is.remaining == NOT_COUNTED) return true;
    if (quantity > is.remaining)
        return error_fail(e, ERROR_CONFLICT, "item_sold_out", "item %s: only %" PRId64 " left", item->id, is.remaining);
    if (quantity < -REMAINING_MAX) return error_fail(e, ERROR_INVALID, "invalid_field", "item %s: gives back too many", item->id);
    bool was_used_up = is.remaining == 0; /* sold out by its count, not by hand: what comes back can be sold again */
    is.remaining -= quantity;
    if (is.remaining > REMAINING_MAX) is.remaining = REMAINING_MAX;
    is.available = is.remaining > 0 && (is.available || was_used_up);
    return store(db, item, is, now, e);
}
