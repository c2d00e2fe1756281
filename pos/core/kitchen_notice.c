/* Telling the stations that an order moved: which of them know of it, what they have, and one notice each. */
#include "pos/core/kitchen_notice.h"

#include <inttypes.h>
#include <string.h>

#include "data/text.h"
#include "pos/core/kitchen.h"
#include "pos/core/kitchen_ticket.h"

struct known { /* what one station believes in, the same dish in one row */
    const char *station;
    struct kitchen_dish dish;
    bool done;
};

static bool read_known(struct act *act, struct order_id order, struct known **out, size_t *count, struct error *e) {
    struct db_rows r;
    int64_t n;
    *count = 0;
    if (!db_get_int(act->db, "SELECT count(*) FROM order_part WHERE order_id = ? AND told > 0", DB_ARGS(db_int(order.v)), 0, &n,
                    e))
        return false;
    *out = ARENA_ARRAY(act->arena, (size_t)n + 1, struct known);
    if (!db_query(
            act->db,
            "SELECT p.station, p.name, p.modifiers, l.note, l.seat, sum(p.told) FROM order_part p JOIN order_line l ON l.id = "
            "p.line_id WHERE p.order_id = ? AND p.told > 0"
            " GROUP BY p.station, p.name, p.modifiers, l.note, l.seat ORDER BY min(p.line_id), min(p.id)",
            DB_ARGS(db_int(order.v)), &r, e))
        return false;
    while (*count < (size_t)n && db_next(&r))
        (*out)[(*count)++] = (struct known){
            .station = arena_text(act->arena, db_col_text(&r, 0)),
            .dish = {.name = arena_text(act->arena, db_col_text(&r, 1)),
                     .modifiers = arena_text(act->arena, db_col_text(&r, 2)),
                     .allergens = "",
                     .note = arena_text(act->arena, db_col_text(&r, 3)),
                     .seat = (int32_t)db_col_int(&r, 4),
                     .quantity = db_col_int(&r, 5)},
        };
    return db_done(&r, e);
}

/* The numbers of the order's tickets on the station's rail: "#0012 #0015". */
static bool read_tickets(struct act *act, struct order_id order, const char *station, const char **out, struct error *e) {
    struct text_buffer b = {.arena = act->arena};
    struct db_rows r;
    if (!db_query(act->db,
                  "SELECT sequence FROM print_job WHERE order_id = ? AND station = ? AND copy_of IS NULL ORDER BY sequence",
                  DB_ARGS(db_int(order.v), db_text(station)), &r, e))
        return false;
    while (db_next(&r)) text_appendf(&b, "%s#%04" PRId64, b.size ? " " : "", db_col_int(&r, 0));
    *out = b.size ? b.bytes : "";
    return db_done(&r, e);
}

static bool print_station(struct act *act, const struct order_row *was, const struct order_row *is, struct known *known,
                          size_t count, const char *slug, struct error *e) {
    struct kitchen_dish *dishes = ARENA_ARRAY(act->arena, count, struct kitchen_dish);
    struct site_station station = kitchen_station(act->till->site, slug);
    struct kitchen_notice_page page = {
        .site = act->till->site, .was = was, .is = is, .station = &station, .now = act->now, .dishes = dishes};
    struct order_ticket queued;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(known[i].station, slug) != 0) continue;
        known[i].done = true;
        dishes[page.dish_count++] = known[i].dish;
    }
    return read_tickets(act, was->id, slug, &page.tickets, e) && job_next_sequence(act->db, slug, &page.sequence, e) &&
           kitchen_queue(act, is, &station, page.sequence, kitchen_notice_ticket(&page, act->arena), &queued, e);
}

bool kitchen_notice_print(struct act *act, const struct order_row *was, const struct order_row *is, struct error *e) {
    struct known *known;
    size_t count;
    if (!read_known(act, was->id, &known, &count, e)) return false;
    for (size_t i = 0; i < count; i++)
        if (!known[i].done && !print_station(act, was, is, known, count, known[i].station, e)) return false;
    return true;
}
