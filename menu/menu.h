/* The menu: what is sold. An immutable model made from one JSON document (data/menus/NAME.json is a first one).
 *
 * A published version never changes; what changes minute by minute (sold out, how many are left) lives in the database.
 * Ids are slugs, unique within their kind across the document. A fixed-price menu or a combo is an item whose option groups
 * are its courses: an option that names a station is a dish of its own and is cooked there (a component); one without is
 * a modifier of the item. Freed with its arena. Thread: any, once loaded. */
#ifndef COMANDA_MENU_MENU_H
#define COMANDA_MENU_MENU_H

#include <stdint.h>

#include "data/arena.h"
#include "data/error.h"
#include "data/json.h"
#include "data/money.h"
#include "data/site.h"

/* The band beside a category's icon and word: the Okabe-Ito palette, told apart by every eye. "orange" "sky" "green" "yellow" "blue"
 * "vermillion" "purple" "black", NULL-ended. */
extern const char *const menu_colors[];

/* ---- when it is sold, and at what price ---- */

/* "mon" "tue" "wed" "thu" "fri" "sat" "sun", NULL-ended. */
extern const char *const menu_day_names[];
enum { MENU_DAYS = 7 };

struct menu_moment { /* of a sale, on the site's clock */
    enum order_kind kind;
    int32_t weekday; /* 0: Monday */
    int32_t minute;  /* of the day, 0 to 1439 */
};
struct menu_span { /* a part of the day, on some days of the week */
    uint32_t days;    /* bit 0: Monday; all seven when the document names none */
    int32_t from, to; /* minutes of the day: from is in it, to is not. to <= from: it ends on the day after the one it is of, so that
                         0 to 0, also when the document gives no times, is the whole day */
};
struct menu_hours {
    const struct menu_span *spans;
    size_t count; /* 0: at all times */
};
struct menu_price {
    uint32_t kinds; /* bit of each order_kind; all when the document names none */
    struct menu_span when;
    money price;
};

struct menu_option {
    const char *id, *name;
    money price;             /* added to the item's price, >= 0 */
    const char *station;     /* slug, or NULL: a modifier, not a component */
    const char *course;      /* slug, or NULL */
    const char *short_name;  /* for kitchen paper; the name when not given */
    const char *allergens;   /* "camarón", or "" */
};
struct menu_group {
    const char *id, *name;
    int32_t min, max;        /* how many choices (counting quantities); 0 <= min <= max, max >= 1 */
    const struct menu_option *options;
    size_t option_count;
};
struct menu_item {
    const char *id, *name, *description; /* description may be "" */
    const char *short_name;  /* for kitchen paper; the name when not given */
    const char *category;    /* slug */
    money price;             /* tax included, > 0 or 0 for a gift; unless one of `prices` holds */
    const struct menu_price *prices; /* the first that holds */
    size_t price_count;
    struct menu_hours hours, category_hours; /* sold only when both allow it */
    const char *tax;         /* slug of a site tax category */
    int32_t tax_rate;        /* basis points, resolved */
    const char *tax_name;    /* "INC" */
    const char *station;     /* slug, or NULL when only its components are cooked or nothing is (a bottle handed over) */
    const char *course;      /* slug, or NULL */
    const char *allergens;   /* "camarón, leche" or "" */
    bool available;          /* the document's default */
    const struct menu_group *const *groups;
    size_t group_count;
};
struct menu_category {
    const char *id, *name;
    const struct menu_item *const *items;
    size_t item_count;
    const char *color;       /* one of menu_colors, or NULL */
    struct menu_hours hours;
};
struct menu {
    struct arena *arena;
    int64_t version;         /* 0 before it is published */
    const char *name;
    bool sample;             /* "sample": true — invented data */
    const struct menu_category *categories;  size_t category_count;
    const struct menu_item *items;           size_t item_count;
    const struct menu_group *groups;         size_t group_count;
};

/* Builds the model, checked against the site (stations, taxes, courses). Faults stay in `document` for json_fault(); on any:
 * ERROR_INVALID "bad_menu" naming the first. */
MUST_USE bool menu_load(struct json document, const struct site *site, struct arena *a, struct menu **out, struct error *e);
MUST_USE bool menu_load_file(const char *file, const struct site *site, struct arena *a, struct menu **out, const char **faults, struct error *e);

const struct menu_item *menu_find_item(const struct menu *m, const char *id);    /* NULL when unknown */
const struct menu_group *menu_find_group(const struct menu *m, const char *id);
const struct menu_option *menu_find_option(const struct menu_item *item, const char *option_id, const struct menu_group **group);

/* The moment of a sale at this instant (data/clock.h: the zone must be set). */
struct menu_moment menu_moment_at(int64_t now, enum order_kind kind);
bool menu_hours_hold(const struct menu_hours *hours, struct menu_moment at);
bool menu_item_sold_at(const struct menu_item *item, struct menu_moment at); /* as to its hours; not whether it is sold out */
/* The first of its prices that holds; NULL: its own price. */
const struct menu_price *menu_item_rule_at(const struct menu_item *item, struct menu_moment at);
money menu_item_price_at(const struct menu_item *item, struct menu_moment at);
/* A minute of the day as "07:00". */
enum { MENU_TIME_SIZE = 6 };
const char *menu_time_text(int32_t minute, char out[MENU_TIME_SIZE]);
/* When it is sold, for people: "mon tue 07:00 to 11:00, every day 18:00 to 02:00"; "at all times". */
const char *menu_hours_text(const struct menu_hours *hours, struct arena *a);

/* ---- a choice: an item with its options, priced ---- */
struct menu_pick { /* as asked for */
    const char *option; /* id; unique across the groups of one item */
    int32_t quantity;   /* >= 1 */
};
struct menu_choice_option {
    const struct menu_group *group;
    const struct menu_option *option;
    int32_t quantity;
};
struct menu_choice {
    const struct menu_item *item;
    money unit_price;   /* item at that moment + options */
    const struct menu_choice_option *options; /* in the groups' order, then the options' */
    size_t option_count;
};
/* Checks the hours and min/max of every group, and prices it for that moment. ERROR_NOT_FOUND "item_unknown" / "option_unknown";
 * ERROR_CONFLICT "item_not_now" telling when it is sold; ERROR_INVALID "options_missing" / "options_too_many" naming the group. */
MUST_USE bool menu_choose(const struct menu *m, const char *item, const struct menu_pick *picks, size_t pick_count,
                          struct menu_moment when, struct arena *a, struct menu_choice *out, struct error *e);

/* ---- versions ---- */
struct db;
/* Stores the document as the next version (in the caller's transaction) and answers its number. */
MUST_USE bool menu_publish(struct db *db, struct json document, const struct menu *checked, int64_t staff, int64_t now, int64_t *version, struct error *e);
/* The newest version; ERROR_NOT_FOUND "menu_none" when nothing was published. */
MUST_USE bool menu_current(struct db *db, const struct site *site, struct arena *a, struct menu **out, struct error *e);
MUST_USE bool menu_version(struct db *db, int64_t version, const struct site *site, struct arena *a, struct menu **out, struct error *e);
/* The stored document, as published. version 0: the newest. */
MUST_USE bool menu_document(struct db *db, int64_t version, struct arena *a, const char **text, struct error *e);

/* ---- availability (86) ---- */
struct menu_availability { bool available; int64_t remaining; /* -1: not counted */ };
MUST_USE bool menu_availability_get(struct db *db, const struct menu_item *item, struct menu_availability *out, struct error *e);
MUST_USE bool menu_availability_set(struct db *db, const struct menu_item *item, struct menu_availability set, int64_t now, struct error *e);
/* Takes `quantity` from a counted item in the caller's transaction; ERROR_CONFLICT "item_sold_out" with nothing taken. Negative gives back. */
MUST_USE bool menu_availability_take(struct db *db, const struct menu_item *item, int64_t quantity, int64_t now, struct error *e);

#endif
