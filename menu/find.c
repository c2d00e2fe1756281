/* Look-ups in the menu by id. */
#include "menu/menu.h"

#include <string.h>

const struct menu_item *menu_find_item(const struct menu *m, const char *id) {
    for (size_t i = 0; i < m->item_count; i++)
        if (strcmp(m->items[i].id, id) == 0) return &m->items[i];
    return NULL;
}

const struct menu_group *menu_find_group(const struct menu *m, const char *id) {
    for (size_t i = 0; i < m->group_count; i++)
        if (strcmp(m->groups[i].id, id) == 0) return &m->groups[i];
    return NULL;
}

const struct menu_option *menu_find_option(const struct menu_item *item, const char *option_id, const struct menu_group **group) {
    for (size_t g = 0; g < item->group_count; g++) {
        const struct menu_group *in = item->groups[g];
        for (size_t o = 0; o < in->option_count; o++) {
            if (strcmp(in->options[o].id, option_id) != 0) continue;
            if (group) *group = in;
            return &in->options[o];
        }
    }
    return NULL;
}
