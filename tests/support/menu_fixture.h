/* What the menu's tests share: the site Interno, its menu, and a new database. */
#ifndef COMANDA_TESTS_MENU_FIXTURE_H
#define COMANDA_TESTS_MENU_FIXTURE_H

#include "data/db.h"
#include "menu/menu.h"
#include "tests/support/data_tmp.h"

/* Each stops the test when it cannot be had. */
struct site *menu_fixture_site(struct arena *a, const char *slug); /* data/sites/SLUG.json */
struct menu *menu_fixture_menu(struct arena *a, const struct site *site);
struct db *menu_fixture_db(struct data_tmp *tmp); /* empty, with today's schema; db_close it */

#endif
