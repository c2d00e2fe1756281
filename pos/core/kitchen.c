/* What changed in an order since the kitchen was last told: found, gathered by station, printed and noted as told. */
#include "pos/core/kitchen.h"

#include <inttypes.h>
#include <string.h>

#include "data/text.h"
#include "pos/core/kitchen_ticket.h"
#include "printer/steer.h"

struct part {
    int64_t id, told, wanted; /* id 0: a line nothing of which is cooked */
    int64_t line;
    const char *station;
    struct kitchen_dish dish;
    bool held, changes, done;
};

/* ---- reading ---- */

static void fill_part(const struct db_rows *r, struct arena *a, struct part *p) {
    int64_t left = db_col_int(r, 1);
    bool cooked = !db_col_null(r, 4);
    *p = (struct part){
        .line = db_col_int(r, 0),
        .id = db_col_int(r, 4),
        .station = arena_text(a, db_col_text(r, 5)),
        .told = db_col_int(r, cooked ? 11 : 3),
        .wanted = left * (cooked ? db_col_int(r, 10) : 1),
        .held = db_col_int(r, 12) != 0,
    };
    if (!cooked) return;
    p->dish = (struct kitchen_dish){
        .course = arena_text(a, db_col_text(r, 6)),
        .name = arena_text(a, db_col_text(r, 7)),
        .modifiers = arena_text(a, db_col_text(r, 8)),
        .allergens = arena_text(a, db_col_text(r, 9)),
        .note = arena_text(a, db_col_text(r, 2)),
        .seat = (int32_t)db_col_int(r, 13),
    };
}

struct parts {
    struct part *at;
    size_t count;
};

static bool read_parts(struct act *act, struct order_id order, struct parts *out, int64_t *left, struct error *e) {
    size_t capacity = 32;
    struct db_rows r;
    *out = (struct parts){.at = ARENA_ARRAY(act->arena, capacity, struct part)};
    *left = 0;
    if (!db_query(act->db,
                  "SELECT l.id, l.quantity - l.voided, l.note, l.told, p.id, p.station, p.course, p.name, p.modifiers, "
                  "p.allergens, p.per_line, p.told,"
                  " p.held, l.seat FROM order_line l LEFT JOIN order_part p ON p.order_id = l.order_id AND "
                  "p.line_id = l.id WHERE l.order_id = ? ORDER BY l.id, p.id",
                  DB_ARGS(db_int(order.v)), &r, e))
        return false;
    int64_t line = 0;
    while (db_next(&r)) {
        if (out->count == capacity) {
            struct part *larger = ARENA_ARRAY(act->arena, capacity * 2, struct part);
            memcpy(larger, out->at, out->count * sizeof *larger);
            out->at = larger;
            capacity *= 2;
        }
        fill_part(&r, act->arena, &out->at[out->count++]);
        if (db_col_int(&r, 0) != line) *left += db_col_int(&r, 1);
        line = db_col_int(&r, 0);
    }
    return db_done(&r, e);
}

/* ---- deciding ---- */

static bool course_named(const struct kitchen_scope *s, const char *course) {
    for (size_t i = 0; course && i < s->course_count; i++)
        if (strcmp(s->courses[i], course) == 0) return true;
    return false;
}

/* What is taken back is always told; what is added, when its time has come. */
static bool is_due(const struct part *p, const struct kitchen_scope *s) {
    if (p->wanted == p->told) return false;
    if (p->wanted < p->told || s->what != KITCHEN_DUE) return true;
    return s->courses ? course_named(s, p->dish.course) : !p->held;
}

static bool check_courses(const struct site *site, const struct kitchen_scope *s, struct error *e) {
    for (size_t i = 0; i < s->course_count; i++) {
        if (site_course_name(site, s->courses[i])) continue;
        (void)error_fail(e, ERROR_INVALID, "course_unknown", "%s: there is no course \"%s\"", site->name, s->courses[i]);
        return error_at_field(e, "courses");
    }
    return true;
}

/* ---- one station's ticket ---- */

static bool same(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_dish(const struct kitchen_dish *a, const struct kitchen_dish *b) {
    return a->seat == b->seat && same(a->name, b->name) && same(a->modifiers, b->modifiers) && same(a->allergens, b->allergens) &&
           same(a->note, b->note) && same(a->course, b->course);
}

/* Three taps on a lemonade are three lines of the bill and "3 LIMONADA" for the bar. */
static void gather(struct kitchen_dish *list, size_t *count, const struct kitchen_dish *dish, int64_t quantity) {
    for (size_t i = 0; i < *count; i++) {
        if (!same_dish(&list[i], dish)) continue;
        list[i].quantity += quantity;
        return;
    }
    list[*count] = *dish;
    list[(*count)++].quantity = quantity;
}

struct site_station kitchen_station(const struct site *site, const char *slug) {
    const struct site_station *known = site_find_station(site, slug);
    return known ? *known : (struct site_station){.slug = slug, .name = slug, .printer = site->receipt_printer->slug};
}

bool kitchen_queue(struct act *act, const struct order_row *order, const struct site_station *station, int64_t sequence,
                   const struct ticket *ticket, struct order_ticket *out, struct error *e) {
    struct steer_place place;
    if (!steer_place(act->db, act->till->site, station, &place, e)) return false;
    struct job_new job = {.kind = "kitchen",
                          .printer = place.printer,
                          .station = station->slug,
                          .order_id = order->id.v,
                          .shift_id = order->shift.v,
                          .ticket = ticket,
                          .marks = {.fallback_for = place.fallback_for},
                          .sequence = sequence};
    int64_t id;
    if (!job_add(act->db, &job, act->now, &id, e)) return false;
    act_changed(act, EVENT_PRINT_JOB, id, place.printer);
    *out = (struct order_ticket){.job = {id}, .station = arena_text(act->arena, station->slug), .sequence = sequence};
    return true;
}

/* "Fuertes, Postres". */
static const char *course_names(const struct site *site, const struct kitchen_scope *s, struct arena *a) {
    struct text_buffer b = {.arena = a};
    for (size_t i = 0; i < s->course_count; i++)
        text_appendf(&b, "%s%s", i ? ", " : "", site_course_name(site, s->courses[i])); /* check_courses knows them */
    return b.size ? b.bytes : NULL;
}

static bool print_station(struct act *act, const struct order_row *order, const struct kitchen_scope *s, struct parts parts,
                          const char *slug, struct order_ticket *out, struct error *e) {
    struct kitchen_dish *add = ARENA_ARRAY(act->arena, parts.count, struct kitchen_dish);
    struct kitchen_dish *cancel = ARENA_ARRAY(act->arena, parts.count, struct kitchen_dish);
    struct site_station station = kitchen_station(act->till->site, slug);
    struct kitchen_page page = {
        .site = act->till->site, .order = order, .station = &station, .send = order->sends + 1, .now = act->now};
    if (s->what == KITCHEN_VOID) page.void_reason = s->void_reason;
    if (s->what == KITCHEN_DUE && s->courses) page.fired = course_names(act->till->site, s, act->arena);
    for (size_t i = 0; i < parts.count; i++) {
        struct part *p = &parts.at[i];
        if (p->id == 0 || strcmp(p->station, slug) != 0) continue;
        page.later = page.later || p->told > 0;
        p->done = true;
        if (p->changes && p->wanted > p->told) gather(add, &page.add_count, &p->dish, p->wanted - p->told);
        if (p->changes && p->wanted < p->told) gather(cancel, &page.cancel_count, &p->dish, p->told - p->wanted);
    }
    page.add = add;
    page.cancel = cancel;
    return job_next_sequence(act->db, slug, &page.sequence, e) &&
           kitchen_queue(act, order, &station, page.sequence, kitchen_ticket(&page, act->arena), out, e);
}

static bool print_stations(struct act *act, const struct order_row *order, const struct kitchen_scope *s, struct parts parts,
                           struct kitchen_sent *out, struct error *e) {
    out->tickets = ARENA_ARRAY(act->arena, parts.count, struct order_ticket);
    for (size_t i = 0; i < parts.count; i++) {
        const struct part *p = &parts.at[i];
        if (!p->changes || p->done || p->id == 0) continue;
        if (!print_station(act, order, s, parts, p->station, &out->tickets[out->count], e)) return false;
        out->count++;
    }
    return true;
}

static bool note_told(struct act *act, const struct part *p, struct error *e) {
    if (p->id == 0)
        return db_exec(act->db, "UPDATE order_line SET told = ? WHERE id = ?", DB_ARGS(db_int(p->wanted), db_int(p->line)), e);
    return db_exec(act->db, "UPDATE order_part SET told = ?, held = 0 WHERE id = ?", DB_ARGS(db_int(p->wanted), db_int(p->id)),
                   e);
}

bool kitchen_print(struct act *act, const struct order_row *order, const struct kitchen_scope *scope, struct kitchen_sent *out,
                   struct error *e) {
    struct parts parts;
    *out = (struct kitchen_sent){0};
    if (!check_courses(act->till->site, scope, e) || !read_parts(act, order->id, &parts, &out->left, e)) return false;
    for (size_t i = 0; i < parts.count; i++) parts.at[i].changes = is_due(&parts.at[i], scope);
    if (!print_stations(act, order, scope, parts, out, e)) return false;
    bool any = false;
    for (size_t i = 0; i < parts.count; i++) {
        if (!parts.at[i].changes) continue;
        any = true;
        if (!note_told(act, &parts.at[i], e)) return false;
    }
    if (!any) return true;
    out->counted = true;
    return db_exec(act->db, "UPDATE orders SET sends = sends + ?, state = 'sent', version = version + 1 WHERE id = ?",
                   DB_ARGS(db_int(out->count > 0), db_int(order->id.v)), e);
}
