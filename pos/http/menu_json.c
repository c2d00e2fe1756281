/* The menu in JSON, with what is left of each item. */
#include "pos/http/shapes.h"

bool shape_menu_item(struct json into, const struct menu_item *item, struct db *db, struct error *e) {
    struct menu_availability now;
    if (!menu_availability_get(db, item, &now, e)) return false;
    json_set_text(into, "id", item->id);
    json_set_text(into, "name", item->name);
    json_set_text(into, "description", item->description);
    json_set_int(into, "price", item->price);
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
        struct json items = json_set_array(category, "items");
        for (size_t n = 0; n < c->item_count; n++)
            if (!shape_menu_item(json_push_object(items), c->items[n], db, e)) return false;
    }
    struct json groups = json_set_array(into, "option_groups");
    for (size_t i = 0; i < menu->group_count; i++) shape_group(json_push_object(groups), &menu->groups[i]);
    return true;
}
