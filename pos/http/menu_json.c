/* The menu in JSON, with when it is sold at what price, and what is left of each item. */
#include "pos/http/shapes.h"

/* Days and times in full, so that a screen has nothing to fill in: a whole day is from 00:00 to 00:00 of the next. */
static void shape_span(struct json into, const struct menu_span *s) {
    char time[MENU_TIME_SIZE];
    struct json days = json_set_array(into, "days");
    for (int i = 0; i < MENU_DAYS; i++)
        if (s->days >> i & 1U) json_push_text(days, menu_day_names[i]);
    json_set_text(into, "from", menu_time_text(s->from, time));
    json_set_text(into, "to", menu_time_text(s->to, time));
}

static void shape_hours(struct json into, const struct menu_hours *hours) {
    struct json list = json_set_array(into, "hours");
    for (size_t i = 0; i < hours->count; i++) shape_span(json_push_object(list), &hours->spans[i]);
}

static void shape_prices(struct json into, const struct menu_item *item) {
    struct json list = json_set_array(into, "prices");
    for (size_t i = 0; i < item->price_count; i++) {
        const struct menu_price *p = &item->prices[i];
        struct json price = json_push_object(list), kinds = json_set_array(price, "kinds");
        for (int k = 0; k < ORDER_KIND_COUNT; k++)
            if (p->kinds >> k & 1U) json_push_text(kinds, order_kind_names[k]);
        shape_span(price, &p->when);
        json_set_int(price, "price", p->price);
    }
}

bool shape_menu_item(struct json into, const struct menu_item *item, struct db *db, struct error *e) {
    struct menu_availability now;
    if (!menu_availability_get(db, item, &now, e)) return false;
    json_set_text(into, "id", item->id);
    json_set_text(into, "name", item->name);
    json_set_text(into, "description", item->description);
    json_set_int(into, "price", item->price);
    shape_prices(into, item);
    shape_hours(into, &item->hours);
    json_set_int(into, "tax_rate", item->tax_rate);
    json_set_text(into, "station", item->station);
    json_set_text(into, "course", item->course);
    json_set_text(into, "allergens", item->allergens);
    struct json groups = json_set_array(into, "option_groups");
    for (size_t i = 0; i < item->group_count; i++) json_push_text(groups, item->groups[i]->id);
    json_set_bool(into, "available", now.available);
    if (now.remaining >= 0)
        json_set_int(into, "remaining", now.remaining);
    else
        json_set_null(into, "remaining");
    return true;
}

static void shape_group(struct json into, const struct menu_group *group) {
    json_set_text(into, "id", group->id);
    json_set_text(into, "name", group->name);
    json_set_int(into, "min", group->min);
    json_set_int(into, "max", group->max);
    struct json options = json_set_array(into, "options");
    for (size_t i = 0; i < group->option_count; i++) {
        const struct menu_option *o = &group->options[i];
        struct json option = json_push_object(options);
        json_set_text(option, "id", o->id);
        json_set_text(option, "name", o->name);
        json_set_int(option, "price", o->price);
        json_set_text(option, "course", o->course);
        json_set_text(option, "station", o->station);
        json_set_text(option, "allergens", o->allergens);
    }
}

bool shape_menu(struct json into, const struct menu *menu, struct db *db, struct error *e) {
    json_set_int(into, "version", menu->version);
    json_set_text(into, "name", menu->name);
    json_set_bool(into, "sample", menu->sample);
    struct json categories = json_set_array(into, "categories");
    for (size_t i = 0; i < menu->category_count; i++) {
        const struct menu_category *c = &menu->categories[i];
        struct json category = json_push_object(categories);
        json_set_text(category, "id", c->id);
        json_set_text(category, "name", c->name);
        json_set_text(category, "color", c->color);
        shape_hours(category, &c->hours);
        struct json items = json_set_array(category, "items");
        for (size_t n = 0; n < c->item_count; n++)
            if (!shape_menu_item(json_push_object(items), c->items[n], db, e)) return false;
    }
    struct json groups = json_set_array(into, "option_groups");
    for (size_t i = 0; i < menu->group_count; i++) shape_group(json_push_object(groups), &menu->groups[i]);
    return true;
}
