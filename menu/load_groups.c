/* Reads the option groups: choices of an item, whether modifiers or the dishes of a fixed-price menu. */
#include "menu/read.h"

enum { CHOICES_MAX = 99, OPTIONS_MAX = 100 };

static void read_option(struct json at, const struct site *site, struct menu_option *o) {
    JSON_ONLY(at, "id", "name", "short_name", "price", "station", "course", "allergens");
    o->id = json_slug(at, "id");
    o->name = json_text(at, "name", MENU_NAME_MAX);
    o->short_name = json_has(at, "short_name") ? json_text(at, "short_name", MENU_SHORT_NAME_MAX) : o->name;
    o->price = json_int_or(at, "price", 0, MENU_PRICE_MAX, 0);
    o->station = menu_read_station(at, site);
    o->course = menu_read_course(at, site);
    o->allergens = json_text_or(at, "allergens", MENU_ALLERGENS_MAX, "");
    if (o->course && !json_has(at, "station"))
        json_add_fault(at, "course", "needs a station: a modifier is served with its dish");
}

static void read_group(struct json at, const struct site *site, struct arena *a, struct menu_group *g, struct menu_ids *options) {
    JSON_ONLY(at, "id", "name", "min", "max", "options");
    g->id = json_slug(at, "id");
    g->name = json_text(at, "name", MENU_NAME_MAX);
    g->min = (int32_t)json_int(at, "min", 0, CHOICES_MAX);
    g->max = (int32_t)json_int(at, "max", 1, CHOICES_MAX);
    if (g->max && g->max < g->min) json_add_fault(at, "max", "is less than \"min\"");
    struct json list = json_array(at, "options", 1, OPTIONS_MAX);
    struct menu_option *into = ARENA_ARRAY(a, json_count(list), struct menu_option);
    JSON_EACH(one, list) {
        struct menu_option *o = &into[g->option_count++];
        read_option(one, site, o);
        options->list[options->count] = (struct menu_id){.id = o->id, .at = one, .order = options->count};
        options->count++;
    }
    g->options = into;
}

/* How many options all groups have together; counted before reading, so a wrong type is not told twice. */
static size_t count_options(struct json groups) {
    size_t n = 0;
    JSON_EACH(group, groups) {
        JSON_EACH(member, group) {
            JSON_EACH(option, member) n += json_exists(option);
        }
    }
    return n;
}

void menu_read_groups(struct json root, const struct site *site, struct menu *m) {
    struct json list = json_array_or_none(root, "option_groups", MENU_LIST_MAX);
    struct menu_group *groups = ARENA_ARRAY(m->arena, json_count(list), struct menu_group);
    struct menu_ids group_ids = {.list = ARENA_ARRAY(m->arena, json_count(list), struct menu_id)};
    struct menu_ids option_ids = {.list = ARENA_ARRAY(m->arena, count_options(list), struct menu_id)};
    JSON_EACH(one, list) {
        struct menu_group *g = &groups[m->group_count++];
        read_group(one, site, m->arena, g, &option_ids);
        group_ids.list[group_ids.count] = (struct menu_id){.id = g->id, .at = one, .order = group_ids.count};
        group_ids.count++;
    }
    m->groups = groups;
    menu_ids_unique(&group_ids, m->arena);
    menu_ids_unique(&option_ids, m->arena);
}
