/* When an item is sold and what it costs then: parts of the day, days of the week, kinds of order. */
#include <string.h>

#include "data/clock.h"
#include "data/text.h"
#include "menu/menu.h"

const char *const menu_day_names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL};

struct menu_moment menu_moment_at(int64_t now, enum order_kind kind) {
    int weekday, minute;
    clock_local_week(now, &weekday, &minute);
    return (struct menu_moment){.kind = kind, .weekday = weekday, .minute = minute};
}

static bool is_of(uint32_t set, int32_t member) {
    return set >> member & 1U;
}

/* What lies past midnight is of the day on which it began: "fri 22:00 to 02:00" holds early on Saturday. */
static bool span_holds(const struct menu_span *s, struct menu_moment at) {
    bool over_midnight = s->to <= s->from;
    if (is_of(s->days, at.weekday) && at.minute >= s->from && (over_midnight || at.minute < s->to)) return true;
    return over_midnight && is_of(s->days, (at.weekday + MENU_DAYS - 1) % MENU_DAYS) && at.minute < s->to;
}

bool menu_hours_hold(const struct menu_hours *hours, struct menu_moment at) {
    for (size_t i = 0; i < hours->count; i++)
        if (span_holds(&hours->spans[i], at)) return true;
    return hours->count == 0;
}

bool menu_item_sold_at(const struct menu_item *item, struct menu_moment at) {
    return menu_hours_hold(&item->hours, at) && menu_hours_hold(&item->category_hours, at);
}

const struct menu_price *menu_item_rule_at(const struct menu_item *item, struct menu_moment at) {
    for (size_t i = 0; i < item->price_count; i++) {
        const struct menu_price *p = &item->prices[i];
        if (is_of(p->kinds, (int32_t)at.kind) && span_holds(&p->when, at)) return p;
    }
    return NULL;
}

money menu_item_price_at(const struct menu_item *item, struct menu_moment at) {
    const struct menu_price *rule = menu_item_rule_at(item, at);
    return rule ? rule->price : item->price;
}

const char *menu_time_text(int32_t minute, char out[MENU_TIME_SIZE]) {
    int32_t hour = minute / 60;
    minute %= 60;
    const char digits[MENU_TIME_SIZE] = {(char)('0' + hour / 10),   (char)('0' + hour % 10),   ':',
                                         (char)('0' + minute / 10), (char)('0' + minute % 10), '\0'};
    memcpy(out, digits, sizeof digits);
    return out;
}

static void append_span(struct text_buffer *b, const struct menu_span *s) {
    char from[MENU_TIME_SIZE], to[MENU_TIME_SIZE];
    int32_t days = 0;
    for (int32_t d = 0; d < MENU_DAYS; d++) days += is_of(s->days, d);
    if (days == MENU_DAYS) text_append_text(b, "every day");
    for (int32_t d = 0, n = 0; d < MENU_DAYS && days < MENU_DAYS; d++)
        if (is_of(s->days, d)) text_appendf(b, "%s%s", n++ ? " " : "", menu_day_names[d]);
    if (s->from == 0 && s->to == 0) return;
    text_appendf(b, " %s to %s", menu_time_text(s->from, from), menu_time_text(s->to, to));
}

const char *menu_hours_text(const struct menu_hours *hours, struct arena *a) {
    struct text_buffer b = {.arena = a};
    if (hours->count == 0) return "at all times";
    for (size_t i = 0; i < hours->count; i++) {
        if (i) text_append_text(&b, ", ");
        append_span(&b, &hours->spans[i]);
    }
    return b.bytes;
}
