/* The kitchen ticket: station and number, the table in the largest type, then dishes, notes and what is taken back. */
#include "pos/core/kitchen_ticket.h"

#include <inttypes.h>
#include <string.h>

#include "data/clock.h"
#include "data/text.h"

enum {
    SITE_NAME_COLUMNS_MAX = 16, /* a longer name of the house gives way to what the cook needs */
    UNDER_DISH = 5,             /* modifiers stand in from the dish's name */
};

static const struct ticket_style plain = {0}, bold = {.bold = true};

/* ---- the head ---- */

/* What is called out: a table by its name, a truck's guest by theirs, the others by the number. */
static void put_title(struct ticket *t, const struct order_row *o, const struct site_table *table, struct arena *a) {
    static const struct ticket_style largest = {.width = 2, .height = 2, .bold = true, .reverse = true, .align = TICKET_CENTER};
    static const struct ticket_style second = {.width = 2, .height = 2, .bold = true, .align = TICKET_CENTER};
    bool named = o->name[0] != '\0';
    if (o->kind == ORDER_TABLE)
        ticket_text(t, largest, "%s", text_upper(a, table ? table->name : o->table));
    else if (o->kind == ORDER_TRUCK && named)
        ticket_text(t, largest, "%s", text_upper(a, o->name));
    else
        ticket_text(t, largest, "PEDIDO %" PRId64, o->number);
    if (o->kind == ORDER_TAKEAWAY) ticket_text(t, second, "PARA LLEVAR");
    if (named && o->kind != ORDER_TRUCK) ticket_text(t, second, "%s", text_upper(a, o->name));
}

static const char *area_name(const struct site *s, const struct site_table *table) {
    for (size_t i = 0; table && i < s->area_count; i++)
        if (strcmp(s->areas[i].slug, table->area) == 0) return s->areas[i].name;
    return "";
}

static void put_where(struct ticket *t, const struct kitchen_page *p, const struct site_table *table, struct arena *a) {
    struct text_buffer b = {.arena = a};
    char time[CLOCK_TEXT_MAX];
    if (text_columns(p->site->name) <= SITE_NAME_COLUMNS_MAX) text_appendf(&b, "%s · ", p->site->name);
    const char *area = area_name(p->site, table);
    text_append_text(&b, area[0] ? area : order_kind_labels[p->order->kind]);
    if (p->order->covers > 0)
        text_appendf(&b, " · %" PRId32 " %s", p->order->covers, p->order->covers == 1 ? "persona" : "personas");
    ticket_pair(t, plain, b.bytes, clock_local(p->now, "%H:%M", time));
}

/* The course of all dishes, when they share one; else NULL. */
static const char *single_course(const struct kitchen_page *p) {
    const char *course = p->add_count ? p->add[0].course : p->cancel_count ? p->cancel[0].course : NULL;
    for (size_t i = 0; course && i < p->add_count; i++)
        if (!p->add[i].course || strcmp(p->add[i].course, course) != 0) return NULL;
    for (size_t i = 0; course && i < p->cancel_count; i++)
        if (!p->cancel[i].course || strcmp(p->cancel[i].course, course) != 0) return NULL;
    return course;
}

static void put_head(struct ticket *t, const struct kitchen_page *p, const char *course, struct arena *a) {
    const struct site_table *table = site_find_table(p->site, p->order->table);
    ticket_pair(t, (struct ticket_style){.bold = true, .height = 2}, p->station->name,
                arena_printf(a, "#%04" PRId64, p->sequence));
    put_title(t, p->order, table, a);
    put_where(t, p, table, a);
    const char *name = course ? site_course_name(p->site, course) : NULL;
    ticket_pair(t, plain, arena_printf(a, "Atiende: %s", p->order->opened_by), name ? name : course ? course : "");
    ticket_rule(t);
}

/* ---- dishes ---- */

/* An allergy is a matter of life: wherever the word stands, the line is reversed. */
static bool tells_allergy(const char *text, struct arena *a) {
    const char *upper = text_upper(a, text);
    return strstr(upper, "ALERG") || strstr(upper, "ALÉRG") || strstr(upper, "ALLERG");
}

static void put_alarm(struct ticket *t, const char *text, struct arena *a) {
    ticket_text(t, (struct ticket_style){.bold = true, .reverse = true, .height = 2, .indent = UNDER_DISH - 1}, "%s",
                text_upper(a, text));
}

static void put_modifiers(struct ticket *t, const char *modifiers, struct arena *a) {
    static const char between[] = " · ";
    static const struct ticket_style style = {.bold = true, .indent = UNDER_DISH, .hang = 2};
    for (const char *at = modifiers; *at;) {
        const char *end = strstr(at, between);
        const char *one = end ? arena_text_n(a, at, (size_t)(end - at)) : at;
        if (tells_allergy(one, a))
            put_alarm(t, one, a);
        else
            ticket_text(t, style, "%s", one);
        at = end ? end + strlen(between) : at + strlen(at);
    }
}

static void put_dish(struct ticket *t, const struct kitchen_dish *d, bool later, struct arena *a) {
    struct ticket_style name = {.bold = true, .height = 2, .hang = later ? 4 : 3};
    if (later)
        ticket_text(t, name, "+ %" PRId64 " %s", d->quantity, text_upper(a, d->name));
    else
        ticket_text(t, name, "%" PRId64 "  %s", d->quantity, text_upper(a, d->name));
    put_modifiers(t, d->modifiers, a);
    bool allergy = tells_allergy(d->note, a);
    if (allergy)
        put_alarm(t, d->note, a);
    else if (d->note[0])
        ticket_text(t, (struct ticket_style){.bold = true, .underline = true, .indent = UNDER_DISH, .hang = 2}, "%s", d->note);
    if (d->allergens[0] && (allergy || tells_allergy(d->allergens, a)))
        put_alarm(t, arena_printf(a, "contiene: %s", d->allergens), a);
    else if (d->allergens[0])
        ticket_text(t, (struct ticket_style){.indent = UNDER_DISH, .hang = 2}, "Contiene: %s", d->allergens);
    if (d->seat > 0) ticket_text(t, (struct ticket_style){.indent = UNDER_DISH}, "Puesto %" PRId32, d->seat);
}

static bool of_course(const struct kitchen_dish *d, const char *course) {
    return course && d->course ? strcmp(course, d->course) == 0 : !course && !d->course;
}

/* The dishes of one course, under its heading where there are several. */
static void put_course(struct ticket *t, const struct kitchen_page *p, const char *course, const char *heading, struct arena *a) {
    bool headed = false;
    for (size_t i = 0; i < p->add_count; i++) {
        if (!of_course(&p->add[i], course)) continue;
        if (heading && !headed)
            ticket_text(t, (struct ticket_style){.bold = true, .align = TICKET_CENTER}, "— %s —", text_upper(a, heading));
        headed = true;
        put_dish(t, &p->add[i], p->later, a);
    }
}

static bool known_course(const struct site *s, const char *course) {
    return !course || site_course_name(s, course) != NULL;
}

/* In the order of serving; what has no course comes last. */
static void put_dishes(struct ticket *t, const struct kitchen_page *p, const char *single, struct arena *a) {
    bool several = single == NULL;
    for (size_t c = 0; c < p->site->course_count; c++)
        put_course(t, p, p->site->courses[c], several ? p->site->course_names[c] : NULL, a);
    for (size_t i = 0; i < p->add_count; i++) /* of a course that has left the configuration */
        if (!known_course(p->site, p->add[i].course)) put_dish(t, &p->add[i], p->later, a);
    bool mixed = false;
    for (size_t i = 0; i < p->add_count; i++) mixed = mixed || p->add[i].course;
    put_course(t, p, NULL, mixed ? "Sin tiempo" : NULL, a);
}

/* ---- what is taken back ---- */

static void put_cancels(struct ticket *t, const struct kitchen_page *p, struct arena *a) {
    static const struct ticket_style style = {.bold = true, .reverse = true, .height = 2, .hang = 2};
    for (size_t i = 0; i < p->cancel_count; i++) {
        const struct kitchen_dish *d = &p->cancel[i];
        struct text_buffer which = {.arena = a};
        if (d->modifiers[0]) text_append_text(&which, d->modifiers);
        if (d->note[0]) text_appendf(&which, "%s%s", which.size ? " · " : "", d->note);
        if (d->seat > 0) text_appendf(&which, "%spuesto %" PRId32, which.size ? " · " : "", d->seat);
        ticket_text(t, style, "ANULAR %" PRId64 " %s%s%s", d->quantity, text_upper(a, d->name), which.size ? " — " : "",
                    which.size ? which.bytes : "");
    }
}

struct ticket *kitchen_ticket(const struct kitchen_page *p, struct arena *a) {
    struct ticket *t = ticket_new(a);
    const char *course = single_course(p);
    put_head(t, p, course, a);
    if (p->void_reason) {
        ticket_text(t, (struct ticket_style){.width = 2, .height = 2, .bold = true, .align = TICKET_CENTER}, "PEDIDO ANULADO");
        if (p->void_reason[0]) ticket_text(t, (struct ticket_style){.bold = true, .align = TICKET_CENTER}, "%s", p->void_reason);
        ticket_rule(t);
    }
    put_dishes(t, p, course, a);
    if (p->add_count && p->cancel_count) ticket_rule(t);
    put_cancels(t, p, a);
    ticket_rule(t);
    if (p->void_reason)
        ticket_text(t, bold, "Pedido %04" PRId64 " · anulado", p->order->number);
    else
        ticket_text(t, bold, "Pedido %04" PRId64 " · envío %" PRId64, p->order->number, p->send);
    ticket_cut(t);
    return t;
}
