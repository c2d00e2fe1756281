/* Prices a choice: an item with its options, within its hours and what every group asks for. */
#include "menu/menu.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { PICK_QUANTITY_MAX = 99 };

static bool fail_at_pick(struct error *e, size_t index, const char *member) {
    char field[ERROR_FIELD_MAX];
    (void)snprintf(field, sizeof field, "options[%zu].%s", index, member);
    return error_at_field(e, field);
}

static bool check_picks(const struct menu_item *item, const struct menu_pick *picks, size_t count, struct error *e) {
    for (size_t i = 0; i < count; i++) {
        if (!menu_find_option(item, picks[i].option, NULL)) {
            (void)error_fail(e, ERROR_NOT_FOUND, "option_unknown", "%s: has no option \"%s\"", item->name, picks[i].option);
            return fail_at_pick(e, i, "option");
        }
        if (picks[i].quantity < 1 || picks[i].quantity > PICK_QUANTITY_MAX) {
            (void)error_fail(e, ERROR_INVALID, "invalid_field", "%s: option \"%s\" must be taken 1 to %d times", item->name,
                             picks[i].option, PICK_QUANTITY_MAX);
            return fail_at_pick(e, i, "quantity");
        }
    }
    return true;
}

/* The same option asked for twice is one choice with the sum. */
static int64_t picked(const struct menu_pick *picks, size_t count, const char *option) {
    int64_t quantity = 0;
    for (size_t i = 0; i < count; i++)
        if (strcmp(picks[i].option, option) == 0) quantity += picks[i].quantity;
    return quantity;
}

static bool choose_in_group(const struct menu_item *item, const struct menu_group *group, const struct menu_pick *picks,
                            size_t count, struct menu_choice_option *into, struct menu_choice *choice, struct error *e) {
    int64_t taken = 0;
    for (size_t o = 0; o < group->option_count; o++) {
        const struct menu_option *option = &group->options[o];
        int64_t quantity = picked(picks, count, option->id);
        if (quantity == 0) continue;
        taken += quantity;
        if (taken > group->max) {
            (void)error_fail(e, ERROR_INVALID, "options_too_many", "%s: at most %" PRId32 " of \"%s\"", item->name, group->max,
                             group->name);
            return error_at_field(e, "options");
        }
        money price;
        if (!money_times(option->price, quantity, &price, e) || !money_add(choice->unit_price, price, &choice->unit_price, e))
            return false;
        into[choice->option_count++] =
            (struct menu_choice_option){.group = group, .option = option, .quantity = (int32_t)quantity};
    }
    if (taken < group->min) {
        (void)error_fail(e, ERROR_INVALID, "options_missing", "%s: choose at least %" PRId32 " of \"%s\"", item->name, group->min,
                         group->name);
        return error_at_field(e, "options");
    }
    return true;
}

static bool sold_now(const struct menu_item *item, struct menu_moment now, struct arena *a, struct error *e) {
    if (menu_item_sold_at(item, now)) return true;
    if (!menu_hours_hold(&item->hours, now))
        (void)error_fail(e, ERROR_CONFLICT, "item_not_now", "%s: sold %s", item->name, menu_hours_text(&item->hours, a));
    else
        (void)error_fail(e, ERROR_CONFLICT, "item_not_now", "%s: its category \"%s\" is sold %s", item->name, item->category,
                         menu_hours_text(&item->category_hours, a));
    return error_at_field(e, "item");
}

bool menu_choose(const struct menu *m, const char *item, const struct menu_pick *picks, size_t pick_count,
                 struct menu_moment when, struct arena *a, struct menu_choice *out, struct error *e) {
    const struct menu_item *chosen = menu_find_item(m, item);
    if (!chosen) {
        (void)error_fail(e, ERROR_NOT_FOUND, "item_unknown", "menu version %" PRId64 ": has no item \"%s\"", m->version, item);
        return error_at_field(e, "item");
    }
    if (!sold_now(chosen, when, a, e)) return false;
    if (!check_picks(chosen, picks, pick_count, e)) return false;
    struct menu_choice_option *options = ARENA_ARRAY(a, pick_count, struct menu_choice_option);
    struct menu_choice choice = {.item = chosen, .unit_price = menu_item_price_at(chosen, when), .options = options};
    for (size_t g = 0; g < chosen->group_count; g++)
        if (!choose_in_group(chosen, chosen->groups[g], picks, pick_count, options, &choice, e)) return false;
    *out = choice;
    return true;
}
