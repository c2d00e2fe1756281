/* Reads when an item is sold and what it costs then. What has a fault counts as not given, so that one fault is told once. */
#include "menu/read.h"

enum { SPANS_MAX = 20, PRICES_MAX = 20, EVERY_DAY = (1 << MENU_DAYS) - 1, EVERY_KIND = (1 << ORDER_KIND_COUNT) - 1 };

/* ---- one entry ---- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static int32_t read_time(struct json at, const char *key) {
    const char *text = json_text(at, key, MENU_NAME_MAX);
    if (!*text) return 0;
    bool formed = is_digit(text[0]) && is_digit(text[1]) && text[2] == ':' && is_digit(text[3]) && is_digit(text[4]) && !text[5];
    int32_t hour = formed ? (text[0] - '0') * 10 + (text[1] - '0') : 24,
            minute = formed ? (text[3] - '0') * 10 + (text[4] - '0') : 0;
    if (hour < 24 && minute < 60) return hour * 60 + minute;
    json_add_fault(at, key, "must be a time of day from 00:00 to 23:59, as HH:MM");
    return 0;
}

/* A list of names without repeats, as one bit each; `all` when it is not given. */
static uint32_t read_set(struct json at, const char *key, const char *const *names, uint32_t all) {
    uint32_t set = 0;
    if (!json_has(at, key)) return all;
    JSON_EACH(one, json_array(at, key, 1, SPANS_MAX)) {
        int i = json_value_enum(one, names);
        if (i < 0) continue;
        if (set >> i & 1U) json_add_fault(one, NULL, "\"%s\" is given twice", names[i]);
        set |= 1U << i;
    }
    return set;
}

static struct menu_span read_span(struct json at) {
    struct menu_span s = {.days = read_set(at, "days", menu_day_names, EVERY_DAY)};
    if (!json_has(at, "from") && !json_has(at, "to")) return s; /* the whole day */
    s.from = read_time(at, "from");
    s.to = read_time(at, "to");
    return s;
}

static bool has_time(struct json at) {
    return json_has(at, "days") || json_has(at, "from") || json_has(at, "to");
}

/* ---- the lists ---- */

struct menu_hours menu_read_hours(struct json at, struct arena *a) {
    struct menu_hours hours = {0};
    if (!json_has(at, "hours")) return hours;
    size_t faults = json_fault_count(at);
    struct json list = json_array(at, "hours", 1, SPANS_MAX);
    struct menu_span *spans = ARENA_ARRAY(a, json_count(list), struct menu_span);
    JSON_EACH(one, list) {
        size_t before = json_fault_count(one);
        JSON_ONLY(one, "days", "from", "to");
        if (!has_time(one) && json_fault_count(one) == before)
            json_add_fault(one, NULL, "needs \"days\", or \"from\" and \"to\"");
        spans[hours.count++] = read_span(one);
    }
    hours.spans = spans;
    return json_fault_count(at) == faults ? hours : (struct menu_hours){0};
}

static uint32_t read_kinds(struct json at, const struct site *site) {
    uint32_t kinds = read_set(at, "kinds", order_kind_names, EVERY_KIND);
    for (int i = 0; json_has(at, "kinds") && i < ORDER_KIND_COUNT; i++)
        if (kinds >> i & 1U && !site->kinds[i])
            json_add_fault(at, "kinds", "%s does not sell as \"%s\"", site->slug, order_kind_names[i]);
    return kinds;
}

void menu_read_prices(struct json at, const struct site *site, struct arena *a, struct menu_item *item) {
    if (!json_has(at, "prices")) return;
    size_t faults = json_fault_count(at), n = 0;
    struct json list = json_array(at, "prices", 1, PRICES_MAX);
    struct menu_price *prices = ARENA_ARRAY(a, json_count(list), struct menu_price);
    JSON_EACH(one, list) {
        size_t before = json_fault_count(one);
        JSON_ONLY(one, "kinds", "days", "from", "to", "price");
        if (!has_time(one) && !json_has(one, "kinds") && json_fault_count(one) == before)
            json_add_fault(one, NULL, "needs \"kinds\", \"days\", or \"from\" and \"to\"");
        struct menu_price *p = &prices[n++];
        p->kinds = read_kinds(one, site);
        p->when = read_span(one);
        p->price = json_int(one, "price", 0, MENU_PRICE_MAX);
    }
    if (json_fault_count(at) != faults) return;
    item->prices = prices;
    item->price_count = n;
}

/* ---- what could never be ---- */

/* Minutes at which what holds may change: between two of them nothing does, so they stand for the whole day. */
struct turns {
    int32_t minutes[1 + 2 * (2 * SPANS_MAX + PRICES_MAX)];
    size_t count;
};

static void add_turns(struct turns *t, const struct menu_span *s) {
    t->minutes[t->count++] = s->from;
    t->minutes[t->count++] = s->to;
}

static struct turns turns_of(const struct menu_item *item) {
    struct turns t = {.count = 1}; /* midnight */
    for (size_t i = 0; i < item->hours.count; i++) add_turns(&t, &item->hours.spans[i]);
    for (size_t i = 0; i < item->category_hours.count; i++) add_turns(&t, &item->category_hours.spans[i]);
    for (size_t i = 0; i < item->price_count; i++) add_turns(&t, &item->prices[i].when);
    return t;
}

void menu_check_times(struct json at, const struct site *site, const struct menu_item *item) {
    struct turns turns = turns_of(item);
    bool sold = false, asked[PRICES_MAX] = {0};
    if (turns.count == 1) return;
    for (int32_t day = 0; day < MENU_DAYS; day++) {
        for (size_t i = 0; i < turns.count; i++) {
            struct menu_moment now = {.weekday = day, .minute = turns.minutes[i]};
            if (!menu_item_sold_at(item, now)) continue;
            sold = true;
            for (int kind = 0; kind < ORDER_KIND_COUNT; kind++) {
                if (!site->kinds[kind]) continue;
                now.kind = (enum order_kind)kind;
                const struct menu_price *rule = menu_item_rule_at(item, now);
                if (rule) asked[rule - item->prices] = true;
            }
        }
    }
    if (!sold) {
        json_add_fault(at, "hours", "never at a time at which its category is sold");
        return;
    }
    for (size_t i = 0; i < item->price_count; i++)
        if (!asked[i])
            json_add_fault(json_at(json_array(at, "prices", 1, PRICES_MAX), i), NULL,
                           "can never be asked: those before it always hold first, or the item is not sold then");
}
