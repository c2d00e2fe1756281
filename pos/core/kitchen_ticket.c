/* The kitchen ticket: station and number, the table in the largest type, then dishes, notes and what is taken back. And the
 * notice of a move: from where to where, and what is not to be cooked again. */
#include "pos/core/kitchen_ticket.h"

#include <inttypes.h>
#include <string.h>

#include "data/clock.h"
#include "data/text.h"

enum {
    SITE_NAME_COLUMNS_MAX = 16, /* a longer name of the house gives way to what the cook needs */
    UNDER_DISH = 5,             /* modifiers stand in from the dish's name */
};

#define HARD "\u00A0" /* a space where no line ends: a sign stays with the word before it, a number with what it counts */
#define BETWEEN " · " /* modifiers, as a part of an order has them */

static const struct ticket_style plain = {0}, bold = {.bold = true};

/* ---- the head ---- */

static const struct ticket_style largest = {.width = 2, .height = 2, .bold = true, .reverse = true, .align = TICKET_CENTER};
static const struct ticket_style second = {.width = 2, .height = 2, .bold = true, .align = TICKET_CENTER};

/* What is called out: a table by its name, a truck's guest by theirs, the others by the number. */
static const char *called(const struct site *s, const struct order_row *o, struct arena *a) {
    const struct site_table *table = site_find_table(s, o->table);
    if (o->kind == ORDER_TABLE) return text_upper(a, table ? table->name : o->table);
    if (o->kind == ORDER_TRUCK && o->name[0]) return text_upper(a, o->name);
    return arena_printf(a, "PEDIDO %" PRId64, o->number);
}

static void put_title(struct ticket *t, const struct site *s, const struct order_row *o, struct arena *a) {
    ticket_text(t, largest, "%s", called(s, o, a));
    if (o->kind == ORDER_TAKEAWAY) ticket_text(t, second, "PARA LLEVAR");
    if (o->name[0] && o->kind != ORDER_TRUCK) ticket_text(t, second, "%s", text_upper(a, o->name));
}

static const char *area_name(const struct site *s, const struct site_table *table) {
    for (size_t i = 0; table && i < s->area_count; i++)
        if (strcmp(s->areas[i].slug, table->area) == 0) return s->areas[i].name;
    return "";
}

static void put_where(struct ticket *t, const struct site *s, const struct order_row *o, int64_t now, struct arena *a) {
    struct text_buffer b = {.arena = a};
    char time[CLOCK_TEXT_MAX];
    if (text_columns(s->name) <= SITE_NAME_COLUMNS_MAX) text_appendf(&b, "%s" HARD "· ", s->name);
    const char *area = area_name(s, site_find_table(s, o->table));
    text_append_text(&b, area[0] ? area : order_kind_labels[o->kind]);
    if (o->covers > 0) text_appendf(&b, HARD "· %" PRId32 HARD "%s", o->covers, o->covers == 1 ? "persona" : "personas");
    ticket_pair(t, plain, b.bytes, clock_local(now, "%H:%M", time));
}

static void put_station(struct ticket *t, const struct site_station *station, int64_t sequence, struct arena *a) {
    ticket_pair(t, (struct ticket_style){.bold = true, .height = 2}, station->name, arena_printf(a, "#%04" PRId64, sequence));
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
    put_station(t, p->station, p->sequence, a);
    put_title(t, p->site, p->order, a);
    put_where(t, p->site, p->order, p->now, a);
    const char *name = course ? site_course_name(p->site, course) : NULL;
    ticket_pair(t, plain, arena_printf(a, "Atiende: %s", p->order->served_by), name ? name : course ? course : "");
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
    static const struct ticket_style style = {.bold = true, .indent = UNDER_DISH, .hang = 2};
    for (const char *at = modifiers; *at;) {
        const char *end = strstr(at, BETWEEN);
        const char *one = end ? arena_text_n(a, at, (size_t)(end - at)) : at;
        if (tells_allergy(one, a))
            put_alarm(t, one, a);
        else
            ticket_text(t, style, "%s", one);
        at = end ? end + strlen(BETWEEN) : at + strlen(at);
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

static void append_next(struct text_buffer *which, const char *text, size_t size) {
    if (which->size) text_append_text(which, HARD "· ");
    text_append(which, text, size);
}

/* Which plate it is, on one line: "2 POSTA — sin cebolla · puesto 3". */
static const char *one_line(const struct kitchen_dish *d, struct arena *a) {
    struct text_buffer which = {.arena = a};
    for (const char *at = d->modifiers, *end; *at; at = end ? end + strlen(BETWEEN) : at + strlen(at)) {
        end = strstr(at, BETWEEN);
        append_next(&which, at, end ? (size_t)(end - at) : strlen(at));
    }
    if (d->note[0]) append_next(&which, d->note, strlen(d->note));
    const char *seat = d->seat > 0 ? arena_printf(a, "puesto" HARD "%" PRId32, d->seat) : "";
    if (seat[0]) append_next(&which, seat, strlen(seat));
    return arena_printf(a, "%" PRId64 " %s%s%s", d->quantity, text_upper(a, d->name), which.size ? HARD "— " : "",
                        which.size ? which.bytes : "");
}

static void put_cancels(struct ticket *t, const struct kitchen_page *p, struct arena *a) {
    static const struct ticket_style style = {.bold = true, .reverse = true, .height = 2, .hang = 2};
    for (size_t i = 0; i < p->cancel_count; i++) {
        if (i > 0) ticket_feed(t, 1); /* else two would be one black patch */
        ticket_text(t, style, "ANULAR %s", one_line(&p->cancel[i], a));
    }
}

/* The end of every ticket of a station: when it beeps, the paper is out. */
static void put_end(struct ticket *t, const struct site_station *station) {
    ticket_cut(t);
    if (station->beeps > 0) ticket_buzzer(t, station->beeps);
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
    if (p->fired && p->add_count) {
        ticket_text(t, (struct ticket_style){.bold = true, .height = 2, .align = TICKET_CENTER}, "MARCHA: %s",
                    text_upper(a, p->fired));
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
    put_end(t, p->station);
    return t;
}

/* ---- the notice of a move ---- */

/* The new place stands where a ticket has its table, behind a word that no food ticket has there. */
static void put_change(struct ticket *t, const struct kitchen_notice_page *p, bool joins, struct arena *a) {
    static const struct ticket_style heading = {.height = 2, .bold = true, .align = TICKET_CENTER};
    bool tables = p->was->kind == ORDER_TABLE && p->is->kind == ORDER_TABLE;
    ticket_text(t, heading, "%s", !joins ? "CAMBIO DE MESA" : tables ? "UNIÓN DE MESAS" : "UNIÓN DE PEDIDOS");
    ticket_text(t, second, "%s", called(p->site, p->was, a));
    ticket_text(t, largest, "%s %s", joins ? "VA CON" : "PASA A", called(p->site, p->is, a));
}

/* What the station has of it already: enough to find the plates, too small to be cooked from. White on black is for what is taken
 * back and for allergies: a hurried eye must not read this as a cancellation. */
static void put_moved(struct ticket *t, const struct kitchen_notice_page *p, struct arena *a) {
    static const struct ticket_style warning = {.height = 2, .bold = true, .align = TICKET_CENTER};
    ticket_text(t, warning, "NO PREPARAR DE NUEVO");
    ticket_text(t, (struct ticket_style){.bold = true, .hang = 2}, "Sigue en marcha lo de %s:", p->tickets);
    for (size_t i = 0; i < p->dish_count; i++)
        ticket_text(t, (struct ticket_style){.indent = 2, .hang = 2, .reverse = tells_allergy(p->dishes[i].note, a)}, "%s",
                    one_line(&p->dishes[i], a));
}

struct ticket *kitchen_notice_ticket(const struct kitchen_notice_page *p, struct arena *a) {
    struct ticket *t = ticket_new(a);
    bool joins = p->was->id.v != p->is->id.v;
    put_station(t, p->station, p->sequence, a);
    put_change(t, p, joins, a);
    put_where(t, p->site, p->is, p->now, a);
    ticket_text(t, plain, "Atiende: %s", p->is->served_by);
    ticket_rule(t);
    put_moved(t, p, a);
    ticket_rule(t);
    if (joins)
        ticket_text(t, bold, "Pedido %04" PRId64 " · ahora %04" PRId64, p->was->number, p->is->number);
    else
        ticket_text(t, bold, "Pedido %04" PRId64 " · cambio de mesa", p->is->number);
    put_end(t, p->station);
    return t;
}
