/* Adding lines: an item with its choice becomes a line, its options, and one part for each dish a station cooks. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "data/text.h"
#include "pos/core/order_checks.h"

enum { SEAT_MAX = 99 };

/* "lines[2].quantity": names the line before the field the error has. */
static bool fail_in_line(struct error *e, size_t index, const char *member) {
    char field[ERROR_FIELD_MAX];
    const char *inner = member ? member : e->field;
    (void)snprintf(field, sizeof field, "lines[%zu]%s%.80s", index, inner[0] ? "." : "", inner);
    return error_at_field(e, field);
}

static bool check_line(const struct site *site, const struct order_line_new *in, struct error *e) {
    if (in->quantity < 1 || in->quantity > ORDER_LINE_QUANTITY_MAX) {
        (void)error_fail(e, ERROR_INVALID, "invalid_field", "quantity: must be 1 to %d", ORDER_LINE_QUANTITY_MAX);
        return error_at_field(e, "quantity");
    }
    if (in->seat < 0 || in->seat > SEAT_MAX) {
        (void)error_fail(e, ERROR_INVALID, "invalid_field", "seat: must be 1 to %d", SEAT_MAX);
        return error_at_field(e, "seat");
    }
    if (in->pick_count > ORDER_PICKS_MAX) {
        (void)error_fail(e, ERROR_INVALID, "invalid_field", "options: at most %d", ORDER_PICKS_MAX);
        return error_at_field(e, "options");
    }
    if (in->course && !site_course_name(site, in->course)) {
        (void)error_fail(e, ERROR_INVALID, "course_unknown", "%s: there is no course \"%s\"", site->name, in->course);
        return error_at_field(e, "course");
    }
    return !in->note || order_check_text(in->note, ORDER_NOTE_MAX, "note", e);
}

/* ---- what the kitchen reads ---- */

static void join(struct text_buffer *b, const char *between, const char *text) {
    if (b->size > 0) text_append_text(b, between);
    text_append_text(b, text);
}

/* The next name of a list such as "camarón, leche"; *size 0 at its end. */
static const char *next_name(const char **list, size_t *size) {
    const char *name = *list + strspn(*list, ", ");
    *size = strcspn(name, ",");
    *list = name + *size;
    return name;
}

/* Adds the names of a list that are not there yet: dish and extra may both contain milk. */
static void join_allergens(struct text_buffer *b, const char *list) {
    size_t size, known_size;
    for (const char *name; list && (name = next_name(&list, &size), size > 0);) {
        bool there = false;
        const char *known = b->size ? b->bytes : "";
        for (const char *k; !there && (k = next_name(&known, &known_size), known_size > 0);)
            there = known_size == size && memcmp(k, name, size) == 0;
        if (!there) join(b, ", ", arena_text_n(b->arena, name, size));
    }
}

/* The choice's modifiers: options that are no dish of their own. */
struct modifiers {
    const char *names, *allergens;
};
static struct modifiers modifiers_of(const struct menu_choice *choice, struct arena *a) {
    struct text_buffer names = {.arena = a}, allergens = {.arena = a};
    for (size_t i = 0; i < choice->option_count; i++) {
        const struct menu_choice_option *o = &choice->options[i];
        if (o->option->station) continue;
        if (o->quantity > 1)
            join(&names, " · ", arena_printf(a, "%" PRId32 " × %s", o->quantity, o->option->short_name));
        else
            join(&names, " · ", o->option->short_name);
        join_allergens(&allergens, o->option->allergens);
    }
    return (struct modifiers){.names = names.size ? names.bytes : "", .allergens = allergens.size ? allergens.bytes : ""};
}

static const char *with_allergens(const char *dish, const char *modifiers, struct arena *a) {
    struct text_buffer b = {.arena = a};
    join_allergens(&b, dish);
    join_allergens(&b, modifiers);
    return b.size ? b.bytes : "";
}

struct dish {
    const char *station, *course, *name, *allergens;
    int32_t per_line;
};

static bool insert_part(struct act *act, struct order_id order, int64_t line, const struct dish *d, const struct modifiers *m,
                        bool hold, struct error *e) {
    return db_exec(act->db,
                   "INSERT INTO order_part (line_id, order_id, station, course, name, modifiers, allergens, per_line, held)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   DB_ARGS(db_int(line), db_int(order.v), db_text(d->station), db_text(d->course), db_text(d->name),
                           db_text(m->names), db_text(with_allergens(d->allergens, m->allergens, act->arena)),
                           db_int(d->per_line), db_int(hold)),
                   e);
}

/* The item's own part has its modifiers; without one they stand on each component, for no cook may miss them. */
static bool insert_parts(struct act *act, struct order_id order, int64_t line, const struct menu_choice *choice,
                         const char *course, bool hold, struct error *e) {
    static const struct modifiers none = {.names = "", .allergens = ""};
    const struct menu_item *item = choice->item;
    struct modifiers m = modifiers_of(choice, act->arena);
    if (item->station) {
        struct dish own = {
            .station = item->station, .course = course, .name = item->short_name, .allergens = item->allergens, .per_line = 1};
        if (!insert_part(act, order, line, &own, &m, hold, e)) return false;
    }
    for (size_t i = 0; i < choice->option_count; i++) {
        const struct menu_option *o = choice->options[i].option;
        if (!o->station) continue;
        struct dish component = {.station = o->station,
                                 .course = o->course ? o->course : course,
                                 .name = o->short_name,
                                 .allergens = o->allergens,
                                 .per_line = choice->options[i].quantity};
        if (!insert_part(act, order, line, &component, item->station ? &none : &m, hold, e)) return false;
    }
    return true;
}

/* ---- the line ---- */

static bool insert_line(struct act *act, struct order_id order, const struct order_line_new *in, const struct menu_choice *choice,
                        const char *course, int64_t *id, struct error *e) {
    const struct menu_item *item = choice->item;
    return db_insert(act->db,
                     "INSERT INTO order_line (order_id, item, name, category, course, seat, quantity, unit_price, tax, tax_name, "
                     "tax_rate, note,"
                     " added_by, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                     DB_ARGS(db_int(order.v), db_text(item->id), db_text(item->name), db_text(item->category), db_text(course),
                             db_int_or_null(in->seat), db_int(in->quantity), db_int(choice->unit_price), db_text(item->tax),
                             db_text(item->tax_name), db_int(item->tax_rate), db_text(in->note ? in->note : ""),
                             db_int(act->actor.staff.v), db_int(act->now)),
                     id, e);
}

static bool insert_options(struct act *act, int64_t line, const struct menu_choice *choice, struct error *e) {
    for (size_t i = 0; i < choice->option_count; i++) {
        const struct menu_choice_option *o = &choice->options[i];
        if (!db_exec(act->db,
                     "INSERT INTO order_line_option (line_id, position, option_group, option, name, quantity, price) VALUES (?, "
                     "?, ?, ?, ?, ?, ?)",
                     DB_ARGS(db_int(line), db_int((int64_t)i + 1), db_text(o->group->id), db_text(o->option->id),
                             db_text(o->option->name), db_int(o->quantity), db_int(o->option->price)),
                     e))
            return false;
    }
    return true;
}

static bool add_line(struct act *act, struct order_id order, const struct menu *menu, struct menu_moment now,
                     const struct order_line_new *in, struct error *e) {
    struct menu_choice choice;
    money gross;
    int64_t line;
    if (!check_line(act->till->site, in, e)) return false;
    if (!menu_choose(menu, in->item, in->picks, in->pick_count, now, act->arena, &choice, e)) return false;
    if (!money_times(choice.unit_price, in->quantity, &gross, e)) return error_at_field(e, "quantity");
    if (!order_take_stock(act, choice.item, in->quantity, e)) return error_at_field(e, "item");
    const char *course = in->course ? in->course : choice.item->course;
    return insert_line(act, order, in, &choice, course, &line, e) && insert_options(act, line, &choice, e) &&
           insert_parts(act, order, line, &choice, course, in->hold, e);
}

/* What is sold, and for how much, is a matter of this instant and of the order's kind. */
static bool moment_of(struct act *act, struct order_id id, struct menu_moment *out, struct error *e) {
    const char *kind;
    if (!db_get_text(act->db, "SELECT kind FROM orders WHERE id = ?", DB_ARGS(db_int(id.v)), act->arena, &kind, e)) return false;
    *out = menu_moment_at(act->now, (enum order_kind)order_name_index(order_kind_names, kind));
    return true;
}

bool order_add_lines(struct act *act, struct order_id id, const struct order_line_new *lines, size_t n, struct error *e) {
    int64_t had;
    struct menu_moment now;
    if (!act_person(act, e)) return false;
    if (n == 0) {
        (void)error_fail(e, ERROR_INVALID, "invalid_field", "lines: at least one");
        return error_at_field(e, "lines");
    }
    if (!order_touch(act, id, &had, e)) return false;
    if (n > ORDER_LINES_MAX || had + (int64_t)n > ORDER_LINES_MAX) {
        (void)error_fail(e, ERROR_INVALID, "order_full", "order %" PRId64 ": has %" PRId64 " lines, and at most %d fit", id.v,
                         had, ORDER_LINES_MAX);
        return error_at_field(e, "lines");
    }
    if (!order_checks_ready(act, id, e) || !moment_of(act, id, &now, e)) return false;
    const struct menu *menu = atomic_load(&act->till->menu);
    for (size_t i = 0; i < n; i++)
        if (!add_line(act, id, menu, now, &lines[i], e)) return fail_in_line(e, i, NULL);
    return true;
}
