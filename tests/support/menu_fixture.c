/* What the menu's tests share: the site Interno, its menu, and a new database. */
#include "tests/support/menu_fixture.h"

#include <check.h>

#include "data/migrate.h"

struct site *menu_fixture_site(struct arena *a, const char *slug) {
    struct error e;
    struct site *site = NULL;
    const char *faults = "";
    ck_assert_msg(site_load(arena_printf(a, "data/sites/%s.json", slug), a, &site, &faults, &e), "%s", faults);
    return site;
}

struct menu *menu_fixture_menu(struct arena *a, const struct site *site) {
    struct error e;
    struct menu *menu = NULL;
    const char *faults = "";
    ck_assert_msg(menu_load_file(site->menu_file, site, a, &menu, &faults, &e), "%s", faults);
    return menu;
}

struct db *menu_fixture_db(struct data_tmp *tmp) {
    struct error e;
    struct db *db = NULL;
    const char *path = data_tmp_join(tmp, "menu.db");
    ck_assert_msg(db_open(path, DB_WRITER, &db, &e) && migrate_run(db, path, &e), "%s", e.message);
    return db;
}
