/* Fuzz target: a menu's document, as a manager publishes it, at the site Interno. */
#include "menu/menu.h"

#include "data/text.h"
#include "tests/fuzz/kit/fuzz.h"

static const struct site *interno(void) {
    static struct arena *arena; /* kept for ever */
    static struct site *site;
    struct error e;
    if (arena == NULL) {
        arena = arena_open();
        HOLDS(site_load("data/sites/interno.json", arena, &site, NULL, &e));
    }
    return site;
}

static void check_groups(const struct menu *m, const struct menu_item *item) {
    for (size_t i = 0; i < item->group_count; i++) {
        const struct menu_group *g = item->groups[i];
        HOLDS(menu_find_group(m, g->id) == g && g->min >= 0 && g->min <= g->max && g->max >= 1 && g->option_count >= 1);
        for (size_t j = 0; j < g->option_count; j++) {
            const struct menu_option *o = &g->options[j];
            const struct menu_group *in;
            HOLDS(menu_find_option(item, o->id, &in) == o && in == g); /* unique across the item's groups */
            HOLDS(o->price >= 0 && o->name[0] != '\0' && o->short_name[0] != '\0');
            HOLDS(o->station == NULL || site_find_station(interno(), o->station) != NULL);
            HOLDS(o->course == NULL || (o->station != NULL && site_course_name(interno(), o->course) != NULL));
        }
    }
}

/* Sold with the first options that suffice: a price comes out, or the reason is one of those that the contract names. */
static void check_sale(const struct menu *m, const struct menu_item *item, struct menu_moment when, struct arena *a) {
    struct menu_pick *picks = ARENA_ARRAY(a, item->group_count + 1, struct menu_pick);
    size_t count = 0;
    for (size_t i = 0; i < item->group_count; i++)
        if (item->groups[i]->min > 0)
            picks[count++] = (struct menu_pick){.option = item->groups[i]->options[0].id, .quantity = item->groups[i]->min};
    struct menu_choice choice;
    struct error e;
    bool sold = menu_choose(m, item->id, picks, count, when, a, &choice, &e);
    HOLDS(sold == menu_item_sold_at(item, when));
    if (!sold) {
        HOLDS(e.kind == ERROR_CONFLICT && strcmp(e.code, "item_not_now") == 0);
        return;
    }
    money price = menu_item_price_at(item, when);
    for (size_t i = 0; i < choice.option_count; i++) price += choice.options[i].option->price * choice.options[i].quantity;
    HOLDS(choice.option_count == count && choice.unit_price == price && price >= 0);
}

static void check_menu(const struct menu *m, struct arena *a) {
    for (size_t i = 0; i < m->item_count; i++) {
        const struct menu_item *item = &m->items[i];
        HOLDS(menu_find_item(m, item->id) == item && text_is_slug(item->id));
        HOLDS(item->price >= 0 && item->name[0] != '\0' && item->short_name[0] != '\0');
        HOLDS(site_find_tax(interno(), item->tax) != NULL && item->tax_rate == site_find_tax(interno(), item->tax)->rate);
        HOLDS(item->station == NULL || site_find_station(interno(), item->station) != NULL);
        HOLDS(menu_hours_text(&item->hours, a)[0] != '\0');
        check_groups(m, item);
        for (int32_t at = 0; at < 7 * 1440; at += i < 4 ? 60 : 480) {
            struct menu_moment when = {.kind = interno()->default_kind, .weekday = at / 1440, .minute = at % 1440};
            if (at % 1440 < 480) check_sale(m, item, when, a);
        }
    }
    size_t listed = 0;
    for (size_t i = 0; i < m->category_count; i++) listed += m->categories[i].item_count;
    HOLDS(listed == m->item_count && m->category_count >= 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_open();
    struct json document, again;
    struct menu *m, *second;
    struct error e;
    if (json_parse(a, (const char *)data, size, &document, &e)) {
        bool loads = menu_load(document, interno(), a, &m, &e);
        HOLDS(loads == (json_fault_count(document) == 0));
        if (loads) {
            check_menu(m, a);
            size_t length;
            const char *stored = json_print(document, a, &length); /* as menu_publish keeps it */
            HOLDS(json_parse(a, stored, length, &again, &e) && menu_load(again, interno(), a, &second, &e));
            HOLDS(second->item_count == m->item_count && second->group_count == m->group_count);
        } else {
            HOLDS(e.kind == ERROR_INVALID && strcmp(e.code, "bad_menu") == 0 && e.message[0] != '\0');
        }
    }
    arena_close(a);
    return 0;
}
