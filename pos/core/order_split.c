/* Splitting a check: evenly, by dish, by seat, by amount; splitting a part again; and undoing it all while nothing is paid. */
#include <inttypes.h>
#include <stdio.h>

#include "pos/core/bill_store.h"
#include "pos/core/journal.h"
#include "pos/core/order_checks.h"

enum { SEATS_MAX = 99 };

struct part {
    struct bill_totals totals;
    const char *label;
};
struct splitting {
    const struct order_split_new *in;
    struct order_row order;
    struct order_checks checks;
    struct order_bill *check; /* what is taken apart */
    struct part *parts;
    size_t count;
};

/* ---- what is asked for ---- */

static bool check_new(const struct order_split_new *in, struct error *e) {
    int ways = (in->ways != 0) + (in->pick_count > 0) + (in->seat_count > 0) + (in->amount != 0);
    if (ways != 1) return error_fail(e, ERROR_INVALID, "invalid_field", "a split is one of: ways, lines, seats, amount");
    if (in->ways != 0 && (in->ways < 2 || in->ways > ORDER_WAYS_MAX)) {
        (void)error_fail(e, ERROR_INVALID, "invalid_field", "ways: must be 2 to %d", ORDER_WAYS_MAX);
        return error_at_field(e, "ways");
    }
    if (in->amount < 0 || in->amount > MONEY_MAX) {
        (void)error_fail(e, ERROR_INVALID, "invalid_field", "amount: must be above 0");
        return error_at_field(e, "amount");
    }
    for (size_t i = 0; i < in->seat_count; i++) {
        bool twice = false;
        for (size_t j = 0; j < i; j++) twice = twice || in->seats[j] == in->seats[i];
        if (in->seats[i] >= 1 && in->seats[i] <= SEATS_MAX && !twice) continue;
        (void)error_fail(e, ERROR_INVALID, "invalid_field", "seats: each is 1 to %d and named once", SEATS_MAX);
        return error_at_field(e, "seats");
    }
    return true;
}

static bool find_check(struct act *act, struct order_id id, struct splitting *s, struct error *e) {
    if (!order_row_live(act->db, id, act->arena, &s->order, e) || !order_checks(act->db, &s->order, act->arena, &s->checks, e) ||
        !order_checks_find(&s->checks, id, s->in->check, &s->check, e))
        return false;
    if (s->check->totals.line_count == 0)
        return error_fail(e, ERROR_CONFLICT, "order_empty", "order %" PRId64 ": there is nothing to split", id.v);
    return s->check->settled == 0 || error_fail(e, ERROR_CONFLICT, "order_part_paid",
                                                "check %" PRId64 ": %" PRId64 " of it is paid; it cannot be split any more",
                                                s->check->id.v, s->check->settled);
}

/* ---- taking it apart ---- */

static struct part *add_part(struct splitting *s, const char *label) {
    struct part *p = &s->parts[s->count++];
    p->label = label;
    return p;
}

static bool take_evenly(struct act *act, struct splitting *s, struct error *e) {
    size_t ways = (size_t)s->in->ways;
    struct bill_totals *totals = ARENA_ARRAY(act->arena, ways, struct bill_totals);
    if (!bill_split_evenly(&s->check->totals, ways, act->arena, totals, e)) return error_at_field(e, "ways");
    for (size_t i = 0; i < ways; i++) add_part(s, arena_printf(act->arena, "Parte %zu de %zu", i + 1, ways))->totals = totals[i];
    return true;
}

/* The dishes of a seat that are in the pool still. */
static bool seat_picks(struct act *act, const struct splitting *s, int32_t seat, struct bill_pick *picks, size_t *count,
                       struct error *e) {
    const struct bill_totals *whole = &s->check->totals;
    struct db_rows r;
    *count = 0;
    if (!db_query(act->db, "SELECT id FROM order_line WHERE order_id = ? AND seat = ? ORDER BY id",
                  DB_ARGS(db_int(s->order.id.v), db_int(seat)), &r, e))
        return false;
    while (db_next(&r))
        for (size_t i = 0; i < whole->line_count; i++)
            if (whole->lines[i].line == db_col_int(&r, 0) && whole->lines[i].quantity > 0)
                picks[(*count)++] = (struct bill_pick){.line = whole->lines[i].line, .quantity = whole->lines[i].quantity};
    return db_done(&r, e);
}

static bool take_seats(struct act *act, struct splitting *s, struct bill_pool *pool, struct error *e) {
    struct bill_pick *picks = ARENA_ARRAY(act->arena, s->check->totals.line_count + 1, struct bill_pick);
    size_t count;
    for (size_t i = 0; i < s->in->seat_count; i++) {
        if (!seat_picks(act, s, s->in->seats[i], picks, &count, e)) return false;
        if (count == 0) {
            (void)error_fail(e, ERROR_INVALID, "seat_empty", "seat %" PRId32 ": nothing on this check is its own",
                             s->in->seats[i]);
            return error_at_field(e, "seats");
        }
        struct part *p = add_part(s, arena_printf(act->arena, "Puesto %" PRId32, s->in->seats[i]));
        if (!bill_take_lines(pool, picks, count, true, act->arena, &p->totals, e)) return false;
    }
    return true;
}

/* ---- by dish: one check or several at once, and dishes that some of them share ---- */

static bool pick_fault(struct act *act, size_t i, const char *member, struct error *e) {
    return error_at_field(e, arena_printf(act->arena, "lines[%zu].%s", i, member));
}
/* A take names the pick by its place among those of one check. */
static bool fault_as_asked(struct act *act, const size_t *asked, struct error *e) {
    size_t at;
    char member[ERROR_FIELD_MAX];
    if (sscanf(e->field, "lines[%zu].%95s", &at, member) == 2) return pick_fault(act, asked[at], member, e);
    return false;
}

static int32_t part_of(const struct bill_pick *pick) {
    return pick->part ? pick->part : 1;
}
/* Every one up to the last must have something. */
static int32_t last_part(const struct order_split_new *in) {
    int32_t last = 0;
    for (size_t i = 0; i < in->pick_count; i++)
        if (part_of(&in->picks[i]) > last) last = part_of(&in->picks[i]);
    return last;
}

/* Parts of a line are of the whole line; a take wants them of what the checks before have left. */
static bool of_what_is_left(struct act *act, const struct order_split_new *in, struct bill_pick *pick, size_t at,
                            struct error *e) {
    int64_t of = pick->of;
    for (size_t i = 0; i < in->pick_count; i++) {
        const struct bill_pick *other = &in->picks[i];
        if (other->line != pick->line) continue;
        if (other->of != of) {
            (void)error_fail(e, ERROR_INVALID, "invalid_field", "line %" PRId64 ": its picks are of as many parts", pick->line);
            return pick_fault(act, at, "of", e);
        }
        if (part_of(other) < part_of(pick)) pick->of -= other->quantity;
    }
    if (pick->quantity <= pick->of) return true;
    (void)error_fail(e, ERROR_INVALID, "too_many_picked", "line %" PRId64 ": more than %" PRId64 " parts of it", pick->line, of);
    return pick_fault(act, at, "quantity", e);
}

static bool take_picks(struct act *act, struct splitting *s, struct bill_pool *pool, struct error *e) {
    const struct order_split_new *in = s->in;
    int32_t last = last_part(in);
    struct bill_pick *picks = ARENA_ARRAY(act->arena, in->pick_count + 1, struct bill_pick);
    size_t *asked = ARENA_ARRAY(act->arena, in->pick_count + 1, size_t);
    for (int32_t part = 1; part <= last; part++) {
        size_t n = 0;
        for (size_t i = 0; i < in->pick_count; i++) {
            if (part_of(&in->picks[i]) != part) continue;
            picks[n] = in->picks[i];
            if (picks[n].of && !of_what_is_left(act, in, &picks[n], i, e)) return false;
            asked[n++] = i;
        }
        struct part *p = add_part(s, last > 1 ? arena_printf(act->arena, "Selección %" PRId32, part) : "Selección");
        if (n > 0 && !bill_take_lines(pool, picks, n, true, act->arena, &p->totals, e)) return fault_as_asked(act, asked, e);
    }
    return true;
}

static bool take_apart(struct act *act, struct splitting *s, struct error *e) {
    const struct order_split_new *in = s->in;
    char text[MONEY_TEXT_MAX];
    struct bill_pool pool;
    s->parts = ARENA_ARRAY(act->arena, (size_t)in->ways + in->seat_count + (size_t)last_part(in) + 2, struct part);
    if (in->ways) return take_evenly(act, s, e);
    bill_pool_open(&s->check->totals, act->arena, &pool);
    if (in->seat_count) {
        if (!take_seats(act, s, &pool, e)) return false;
    } else if (in->pick_count) {
        if (!take_picks(act, s, &pool, e)) return false;
    } else {
        struct part *p = add_part(s, arena_text(act->arena, money_text(in->amount, text)));
        if (!bill_take_due(&pool, in->amount, act->arena, &p->totals, e)) return error_at_field(e, "amount");
    }
    struct bill_totals rest;
    bill_take_rest(&pool, act->arena, &rest);
    if (rest.line_count > 0) add_part(s, "Resto")->totals = rest;
    return true;
}

/* A part on which nothing stands would be a check that nobody can pay. */
static bool check_parts(const struct splitting *s, struct error *e) {
    size_t filled = 0;
    for (size_t i = 0; i < s->count; i++) filled += s->parts[i].totals.line_count > 0;
    return (filled >= 2 && filled == s->count) ||
           error_fail(e, ERROR_INVALID, "split_too_few", "order %" PRId64 ": there is not enough on the check for each part",
                      s->order.id.v);
}

/* ---- writing the parts ---- */

static const char *label_of(struct act *act, const struct splitting *s, const struct part *p) {
    return s->check->label[0] ? arena_printf(act->arena, "%s · %s", s->check->label, p->label) : p->label;
}

/* The first part takes the row of what was taken apart. */
static bool write_part(struct act *act, const struct splitting *s, const struct part *p, int64_t split, struct error *e) {
    int64_t id = s->check->id.v;
    if (p != s->parts &&
        !db_insert(act->db,
                   "INSERT INTO bill (order_id, position) SELECT ?1, (SELECT max(position) + 1 FROM bill WHERE order_id = ?1)",
                   DB_ARGS(db_int(s->order.id.v)), &id, e))
        return false;
    return db_exec(act->db, "UPDATE bill SET split = ?, label = ?, tip_state = ?, tip_wanted = ? WHERE id = ?",
                   DB_ARGS(db_int(split), db_text(label_of(act, s, p)), db_text(tip_answer_names[s->check->tip_answer]),
                           db_int(p->totals.tip), db_int(id)),
                   e) &&
           bill_write_rows(act->db, (struct bill_id){id}, &p->totals, e);
}

/* Dishes that are added later are asked for their own tip. */
static bool fix(struct act *act, const struct splitting *s, int64_t *split, struct error *e) {
    *split = s->check->split;
    if (*split != 0) return bill_drop_rows(act->db, s->check->id, e);
    return order_checks_next_split(act->db, s->order.id, split, e) && order_checks_fix_discounts(act, &s->checks, *split, e) &&
           db_exec(act->db, "UPDATE orders SET tip_state = 'unasked', tip = 0 WHERE id = ?", DB_ARGS(db_int(s->order.id.v)), e);
}

static bool journal_split(struct act *act, const struct splitting *s, struct error *e) {
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "bill", s->check->id.v);
    json_set_int(detail, "due", s->check->totals.due);
    struct json parts = json_set_array(detail, "parts");
    for (size_t i = 0; i < s->count; i++) {
        struct json part = json_push_object(parts);
        json_set_text(part, "label", s->parts[i].label);
        json_set_int(part, "due", s->parts[i].totals.due);
    }
    return journal_add(act, "split", s->order.id, s->order.shift, detail, e);
}

bool order_split(struct act *act, struct order_id id, const struct order_split_new *in, struct error *e) {
    struct splitting s = {.in = in};
    int64_t split;
    if (!act_person(act, e) || !check_new(in, e) || !find_check(act, id, &s, e)) return false;
    if (!take_apart(act, &s, e) || !check_parts(&s, e)) return false;
    if (!order_touch(act, id, NULL, e) || !fix(act, &s, &split, e)) return false;
    for (size_t i = 0; i < s.count; i++)
        if (!write_part(act, &s, &s.parts[i], split, e)) return false;
    return journal_split(act, &s, e);
}

/* ---- undoing ---- */

/* What was answered somewhere stays answered: the tips given, together. */
static bool gather_tips(struct act *act, const struct order_checks *c, struct order_id id, struct error *e) {
    enum tip_answer answer = TIP_UNASKED;
    money tip = 0;
    bool unasked = false;
    for (size_t i = 0; i < c->count; i++) {
        const struct order_bill *b = &c->list[i];
        if (!b->counts) continue;
        unasked = unasked || b->tip_answer == TIP_UNASKED;
        if (b->tip_answer > answer) answer = b->tip_answer;
        tip += b->totals.tip;
    }
    if (answer == TIP_DECLINED && unasked) answer = TIP_UNASKED;
    return db_exec(act->db, "UPDATE orders SET tip_state = ?, tip = ? WHERE id = ?",
                   DB_ARGS(db_text(tip_answer_names[answer]), db_int(tip), db_int(id.v)), e);
}

/* The rows of the other checks stay, voided: the id of a check is never another's. */
static bool unfix(struct act *act, const struct order_checks *c, struct order_id id, struct error *e) {
    int64_t first = 0;
    for (size_t i = 0; i < c->count; i++) {
        const struct order_bill *b = &c->list[i];
        if (b->paid) continue; /* one that was refunded whole so that its order is sold anew */
        if (!bill_drop_rows(act->db, b->id, e)) return false;
        if (!db_exec(act->db,
                     "UPDATE bill SET split = NULL, label = '', tip_state = 'unasked', tip_wanted = 0,"
                     " state = CASE WHEN ?2 THEN 'voided' ELSE 'open' END WHERE id = ?1",
                     DB_ARGS(db_int(b->id.v), db_int(first != 0)), e))
            return false;
        if (first == 0) first = b->id.v;
    }
    if (c->spare.v != 0 && !db_exec(act->db, "UPDATE bill SET state = 'voided' WHERE id = ?", DB_ARGS(db_int(c->spare.v)), e))
        return false;
    return db_exec(act->db, "UPDATE discount SET split = NULL, value = NULL WHERE order_id = ? AND bill_id IS NULL",
                   DB_ARGS(db_int(id.v)), e);
}

bool order_unsplit(struct act *act, struct order_id id, struct error *e) {
    struct order_row row;
    struct order_checks checks;
    bool split = false;
    if (!act_person(act, e) || !order_row_live(act->db, id, act->arena, &row, e) ||
        !order_checks(act->db, &row, act->arena, &checks, e))
        return false;
    for (size_t i = 0; i < checks.count; i++) split = split || (checks.list[i].counts && checks.list[i].split != 0);
    if (!split) return error_fail(e, ERROR_CONFLICT, "not_split", "order %" PRId64 ": is not split", id.v);
    if (!order_nothing_paid(act->db, id, e) || !order_touch(act, id, NULL, e)) return false;
    if (!unfix(act, &checks, id, e) || !gather_tips(act, &checks, id, e)) return false;
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "checks", (int64_t)checks.count);
    return journal_add(act, "unsplit", id, row.shift, detail, e);
}
