/* Makes the menu from its document: the frame here, option groups, items and their times beside. */
#include "menu/read.h"

#include <stdlib.h>
#include <string.h>

#include "data/faults.h"

enum { PATH_MAX_BYTES = 250 };

const char *const menu_colors[] = {"orange", "sky", "green", "yellow", "blue", "vermillion", "purple", "black", NULL};

const char *menu_read_station(struct json at, const struct site *site) {
    const char *slug = json_slug_or(at, "station", NULL);
    if (slug && *slug && !site_find_station(site, slug))
        json_add_fault(at, "station", "unknown station \"%s\" at %s", slug, site->slug);
    return slug;
}

const char *menu_read_course(struct json at, const struct site *site) {
    const char *slug = json_slug_or(at, "course", NULL);
    if (slug && *slug && !site_course_name(site, slug))
        json_add_fault(at, "course", "unknown course \"%s\" at %s", slug, site->slug);
    return slug;
}

static int by_id_then_order(const void *left, const void *right) {
    const struct menu_id *a = left, *b = right;
    int order = strcmp(a->id, b->id);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

static int by_order(const void *left, const void *right) {
    const struct menu_id *a = left, *b = right;
    return (a->order > b->order) - (a->order < b->order);
}

/* Sorting finds the repeats of a menu of thousands at once; a second sort tells them in the order of the document. */
void menu_ids_unique(struct menu_ids *ids, struct arena *a) {
    if (ids->count < 2) return;
    qsort(ids->list, ids->count, sizeof *ids->list, by_id_then_order);
    struct menu_id *repeats = ARENA_ARRAY(a, ids->count, struct menu_id);
    const struct menu_id **firsts = ARENA_ARRAY(a, ids->count, const struct menu_id *);
    size_t n = 0;
    const struct menu_id *first = &ids->list[0];
    for (size_t i = 1; i < ids->count; i++) {
        const struct menu_id *one = &ids->list[i];
        if (*one->id && strcmp(one->id, first->id) == 0) {
            firsts[one->order] = first;
            repeats[n++] = *one;
        } else {
            first = one;
        }
    }
    if (n) qsort(repeats, n, sizeof *repeats, by_order);
    for (size_t i = 0; i < n; i++) {
        const struct menu_id *r = &repeats[i];
        json_add_fault(r->at, "id", "\"%s\" is already used by %s", r->id, json_path(firsts[r->order]->at, a));
    }
}

bool menu_load(struct json document, const struct site *site, struct arena *a, struct menu **out, struct error *e) {
    struct menu *m = ARENA_NEW(a, struct menu);
    m->arena = a;
    JSON_ONLY(document, "$schema", "name", "sample", "categories", "option_groups");
    (void)json_text_or(document, "$schema", PATH_MAX_BYTES, NULL); /* for editors */
    m->name = json_text(document, "name", MENU_NAME_MAX);
    m->sample = json_bool_or(document, "sample", false);
    menu_read_groups(document, site, m);
    menu_read_categories(document, site, m);
    if (!faults_none(document, NULL, "bad_menu", a, NULL, e)) return false;
    *out = m;
    return true;
}

bool menu_load_file(const char *file, const struct site *site, struct arena *a, struct menu **out, const char **faults,
                    struct error *e) {
    struct json document;
    if (!json_parse_file(a, file, &document, e)) {
        if (faults) *faults = arena_text(a, e->message);
        return false;
    }
    if (menu_load(document, site, a, out, e)) return true;
    return faults_none(document, file, "bad_menu", a, faults, e);
}
