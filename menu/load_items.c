/* Reads the categories and their items. */
#include "menu/read.h"

#include <string.h>

enum { DESCRIPTION_MAX = 400, ITEM_GROUPS_MAX = 20 };

static void read_item_groups(struct json at, struct menu *m, struct menu_item *item) {
    struct json list = json_array_or_none(at, "option_groups", ITEM_GROUPS_MAX);
    const struct menu_group **groups = ARENA_ARRAY(m->arena, json_count(list), const struct menu_group *);
    JSON_EACH(one, list) {
        const char *id = json_value_text(one, MENU_NAME_MAX);
        if (!*id) continue;
        const struct menu_group *group = menu_find_group(m, id);
        if (!group) {
            json_add_fault(one, NULL, "unknown option group \"%s\" (not in option_groups)", id);
            continue;
        }
        bool twice = false;
        for (size_t i = 0; i < item->group_count; i++) twice = twice || groups[i] == group;
        if (twice) json_add_fault(one, NULL, "option group \"%s\" is given twice", id);
        groups[item->group_count++] = group;
    }
    item->groups = groups;
}

static void read_item_tax(struct json at, const struct site *site, struct menu_item *item) {
    const char *slug = json_slug_or(at, "tax", NULL);
    const struct site_tax *tax = slug ? site_find_tax(site, slug) : site->default_tax;
    if (!tax) {
        if (*slug) json_add_fault(at, "tax", "unknown tax \"%s\" at %s", slug, site->slug);
        return;
    }
    item->tax = tax->slug;
    item->tax_rate = tax->rate;
    item->tax_name = tax->name;
}

static void read_item(struct json at, const struct site *site, struct menu *m, struct menu_item *item) {
    JSON_ONLY(at, "id", "name", "short_name", "description", "price", "tax", "station", "course", "allergens", "available",
              "option_groups", "hours", "prices");
    item->id = json_slug(at, "id");
    item->name = json_text(at, "name", MENU_NAME_MAX);
    item->short_name = json_has(at, "short_name") ? json_text(at, "short_name", MENU_SHORT_NAME_MAX) : item->name;
    item->description = json_text_or(at, "description", DESCRIPTION_MAX, "");
    item->price = json_int(at, "price", 0, MENU_PRICE_MAX);
    read_item_tax(at, site, item);
    item->station = menu_read_station(at, site);
    item->course = menu_read_course(at, site);
    item->allergens = json_text_or(at, "allergens", MENU_ALLERGENS_MAX, "");
    item->available = json_bool_or(at, "available", true);
    read_item_groups(at, m, item);
    item->hours = menu_read_hours(at, m->arena);
    menu_read_prices(at, site, m->arena, item);
}

static const char *read_color(struct json at) {
    int none = -1, color = json_enum_or(at, "color", menu_colors, none);
    return color == none ? NULL : menu_colors[color];
}

/* The items of one category, added to the menu's own list, which is large enough for all. */
static void read_category(struct json at, const struct site *site, struct menu *m, struct menu_category *c, struct menu_item *all,
                          struct menu_ids *ids) {
    struct json list = json_array(at, "items", 1, MENU_LIST_MAX);
    const struct menu_item **items = ARENA_ARRAY(m->arena, json_count(list), const struct menu_item *);
    JSON_EACH(one, list) {
        struct menu_item *item = &all[m->item_count++];
        read_item(one, site, m, item);
        item->category = c->id;
        item->category_hours = c->hours;
        menu_check_times(one, site, item);
        items[c->item_count++] = item;
        ids->list[ids->count] = (struct menu_id){.id = item->id, .at = one, .order = ids->count};
        ids->count++;
    }
    c->items = items;
}

static size_t count_items(struct json categories) {
    size_t n = 0;
    JSON_EACH(category, categories) {
        JSON_EACH(member, category) {
            JSON_EACH(item, member) n += json_exists(item);
        }
    }
    return n;
}

void menu_read_categories(struct json root, const struct site *site, struct menu *m) {
    struct json list = json_array(root, "categories", 1, MENU_LIST_MAX);
    struct menu_category *categories = ARENA_ARRAY(m->arena, json_count(list), struct menu_category);
    struct menu_ids category_ids = {.list = ARENA_ARRAY(m->arena, json_count(list), struct menu_id)};
    size_t most = count_items(list);
    struct menu_item *items = ARENA_ARRAY(m->arena, most, struct menu_item);
    struct menu_ids item_ids = {.list = ARENA_ARRAY(m->arena, most, struct menu_id)};
    JSON_EACH(one, list) {
        struct menu_category *c = &categories[m->category_count++];
        JSON_ONLY(one, "id", "name", "color", "hours", "items");
        c->id = json_slug(one, "id");
        c->name = json_text(one, "name", MENU_NAME_MAX);
        c->color = read_color(one);
        c->hours = menu_read_hours(one, m->arena);
        category_ids.list[category_ids.count] = (struct menu_id){.id = c->id, .at = one, .order = category_ids.count};
        category_ids.count++;
        read_category(one, site, m, c, items, &item_ids);
    }
    m->categories = categories;
    m->items = items;
    menu_ids_unique(&category_ids, m->arena);
    menu_ids_unique(&item_ids, m->arena);
}
