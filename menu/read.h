/* The halves of menu_load, known only to menu/load*.c. Faults go into the document; nothing here fails by itself. */
#ifndef COMANDA_MENU_READ_H
#define COMANDA_MENU_READ_H

#include "menu/menu.h"

enum { MENU_NAME_MAX = 80, MENU_SHORT_NAME_MAX = 40, MENU_ALLERGENS_MAX = 120, MENU_PRICE_MAX = 10000000, MENU_LIST_MAX = 500 };

/* load_groups.c: the option groups of the document into `m`. */
void menu_read_groups(struct json root, const struct site *site, struct menu *m);
/* load_items.c: categories with their items, whose groups must be in `m` already. */
void menu_read_categories(struct json root, const struct site *site, struct menu *m);

/* load_times.c: "hours" of an item or a category, "prices" of an item. */
struct menu_hours menu_read_hours(struct json at, struct arena *a);
void menu_read_prices(struct json at, const struct site *site, struct arena *a, struct menu_item *item);
/* Once category_hours is known: a fault for an item that could never be sold, and for a price that could never be asked. */
void menu_check_times(struct json at, const struct site *site, const struct menu_item *item);

/* load.c: what all need. */

/* A slug that may be missing (NULL) but must be the site's when it is there. */
const char *menu_read_station(struct json at, const struct site *site);
const char *menu_read_course(struct json at, const struct site *site);

/* Ids met so far, each with where; menu_ids_unique notes a fault at every one but the first of its name. */
struct menu_ids {
    struct menu_id {
        const char *id;
        struct json at;
        size_t order;
    } * list;
    size_t count;
};
void menu_ids_unique(struct menu_ids *ids, struct arena *a);

#endif
