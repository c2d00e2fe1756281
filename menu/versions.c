/* Published versions of the menu: each a whole document in the database that never changes. */
#include "menu/menu.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "data/db.h"

bool menu_publish(struct db *db, struct json document, const struct menu *checked, int64_t staff, int64_t now, int64_t *version,
                  struct error *e) {
    assert(checked); /* only menu_load makes one: what is published was checked */
    (void)checked;
    struct arena *a = arena_open();
    bool ok = db_insert(db, "INSERT INTO menu_version (document, staff_id, created_at) VALUES (?, ?, ?)",
                        DB_ARGS(db_text(json_print(document, a, NULL)), db_int_or_null(staff), db_int(now)), version, e);
    arena_close(a);
    return ok;
}

static bool newest(struct db *db, int64_t *version, struct error *e) {
    if (!db_get_int(db, "SELECT max(id) FROM menu_version", DB_NO_ARGS, 0, version, e)) return false;
    if (*version == 0) return error_fail(e, ERROR_NOT_FOUND, "menu_none", "menu: none was published yet");
    return true;
}

bool menu_document(struct db *db, int64_t version, struct arena *a, const char **text, struct error *e) {
    if (version == 0 && !newest(db, &version, e)) return false;
    if (!db_get_text(db, "SELECT document FROM menu_version WHERE id = ?", DB_ARGS(db_int(version)), a, text, e)) return false;
    if (!*text)
        return error_fail(e, ERROR_NOT_FOUND, "menu_version_unknown", "menu version %" PRId64 ": does not exist", version);
    return true;
}

bool menu_version(struct db *db, int64_t version, const struct site *site, struct arena *a, struct menu **out, struct error *e) {
    const char *text;
    struct json document;
    if (version == 0 && !newest(db, &version, e)) return false;
    if (!menu_document(db, version, a, &text, e)) return false;
    /* A version was right when it was published; the site may have lost a station or a tax since. */
    if (!json_parse(a, text, strlen(text), &document, e) || !menu_load(document, site, a, out, e))
        return error_within(e, "menu version %" PRId64, version);
    (*out)->version = version;
    return true;
}

bool menu_current(struct db *db, const struct site *site, struct arena *a, struct menu **out, struct error *e) {
    int64_t version;
    return newest(db, &version, e) && menu_version(db, version, site, a, out, e);
}
