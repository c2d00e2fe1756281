/* The steps of opening a till that stand on their own: its directory, its printers' profiles, its first transaction; and a new
 * menu. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#include "pos/core/journal.h"
#include "pos/core/numbering.h"
#include "pos/core/practice.h"
#include "pos/core/staff.h"
#include "pos/core/till_rooms.h"

bool till_make_directory(const char *path, struct error *e) {
    struct arena *a = arena_open();
    char *part = arena_text(a, path);
    int problem = 0;
    for (char *slash = strchr(part + 1, '/'); part[0] && slash && !problem; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(part, 0755) != 0 && errno != EEXIST) problem = errno;
        *slash = '/';
    }
    /* PIN hashes and the journal's key are nobody else's business. */
    if (!problem && mkdir(part, 0700) != 0 && errno != EEXIST) problem = errno;
    arena_close(a);
    return !problem || error_errno(e, problem, "directory_unwritable", "making the data directory %s", path);
}

bool till_check_printers(const struct till *t, struct error *e) {
    for (size_t i = 0; i < t->site->printer_count; i++) {
        const struct site_printer *p = &t->site->printers[i];
        if (!profile_find(t->profiles, p->profile)) {
            error_fail(e, ERROR_INVALID, "profile_unknown", "%s: printer \"%s\": no profile \"%s\"", t->site->file, p->slug,
                       p->profile);
            return error_at_field(e, "printers");
        }
    }
    return true;
}

static bool journal_menu(struct act *act, int64_t version, const struct menu *m, struct error *e) {
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "version", version);
    json_set_text(detail, "name", m->name);
    json_set_int(detail, "items", (int64_t)m->item_count);
    return journal_add(act, "menu_published", (struct order_id){0}, (struct shift_id){0}, detail, e);
}

bool till_publish_menu(struct act *act, struct json document, int64_t *version, struct error *e) {
    const struct site *site = act->till->site;
    struct menu *checked, *kept;
    if (!menu_load(document, site, act->arena, &checked, e)) return false;
    if (!menu_publish(act->db, document, checked, act->actor.staff.v, act->now, version, e)) return false;
    /* Read back from the stored text, so that it lives as long as the process and not as the request. */
    if (!menu_version(act->db, *version, site, act->till->arena, &kept, e)) return false;
    if (!journal_menu(act, *version, kept, e)) return false;
    act->new_menu = kept;
    act_changed(act, EVENT_MENU, *version, NULL);
    return true;
}

static bool first_menu(struct act *act, struct error *e) {
    const struct site *site = act->till->site;
    int64_t newest;
    if (!db_get_int(act->db, "SELECT max(id) FROM menu_version", DB_NO_ARGS, 0, &newest, e)) return false;
    if (newest == 0) {
        struct json document;
        if (!site->menu_file)
            return error_fail(e, ERROR_INVALID, "menu_none", "%s: names no menu, and none was published yet", site->file);
        if (!json_parse_file(act->arena, site->menu_file, &document, e)) return false;
        return till_publish_menu(act, document, &newest, e) || error_within(e, "%s", site->menu_file);
    }
    struct menu *m;
    if (!menu_version(act->db, newest, site, act->till->arena, &m, e))
        return error_within(e, "%s does not fit the menu that is published", site->file);
    act->new_menu = m;
    return true;
}

bool till_first_steps(struct act *act, void *self, struct error *e) {
    (void)self;
    if (act->till->practice_of) return practice_first_steps(act, e) && numbering_register(act, e);
    if (!first_menu(act, e) || !numbering_register(act, e)) return false;
    return !act->till->demo || staff_seed_demo(act, e);
}
