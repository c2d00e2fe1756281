/* The checks of an order with their figures, their sum, and what must hold between them. */
#include "pos/core/order_checks.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "pos/core/bill_store.h"
#include "pos/core/kitchen.h"
#include "pos/core/numbering.h"

/* ---- the rows ---- */

static struct order_bill *add_check(struct order_checks *c, size_t *capacity, struct arena *a) {
    if (c->count == *capacity) {
        size_t larger_capacity = *capacity ? *capacity * 2 : 4;
        struct order_bill *larger = ARENA_ARRAY(a, larger_capacity, struct order_bill);
        if (c->count) memcpy(larger, c->list, c->count * sizeof *larger);
        c->list = larger;
        *capacity = larger_capacity;
    }
    return &c->list[c->count++];
}

static bool read_checks(struct db *db, const struct order_row *row, struct arena *a, struct order_checks *c, struct error *e) {
    size_t capacity = 0;
    struct db_rows r;
    if (!db_query(db,
                  "SELECT b.id, b.state, b.split, b.label, b.tip_state, b.tip_wanted, d.prefix, d.number,"
                  " (SELECT sum(amount) FROM payment WHERE bill_id = b.id), (SELECT sum(total) FROM refund WHERE bill_id = b.id),"
                  " (SELECT max(reopens) FROM refund WHERE bill_id = b.id) FROM bill b"
                  " LEFT JOIN fiscal_document d ON d.bill_id = b.id WHERE b.order_id = ? AND b.state <> 'voided'"
                  " ORDER BY b.position",
                  DB_ARGS(db_int(row->id.v)), &r, e))
        return false;
    while (db_next(&r)) {
        struct order_bill *b = add_check(c, &capacity, a);
        const char *prefix = db_col_text(&r, 6);
        *b = (struct order_bill){
            .id = {db_col_int(&r, 0)},
            .paid = strcmp(db_col_text(&r, 1), "paid") == 0,
            .split = db_col_int(&r, 2),
            .label = arena_text(a, db_col_text(&r, 3)),
            .tip_answer = (enum tip_answer)order_name_index(tip_answer_names, db_col_text(&r, 4)),
            .document = prefix ? numbering_text(prefix, db_col_int(&r, 7), a) : NULL,
            .settled = db_col_int(&r, 8),
            .refunded = db_col_int(&r, 9),
            .counts = db_col_int(&r, 10) == 0,
        };
        b->totals.tip = db_col_int(&r, 5);
        /* What no split has fixed is answered for on the order; so is what was paid before checks had an answer of their own. */
        if (b->split != 0 || (b->paid && b->tip_answer != TIP_UNASKED)) continue;
        b->tip_answer = row->tip_answer;
        b->totals.tip = row->tip;
    }
    return db_done(&r, e);
}

static bool read_discounts(struct db *db, struct order_id id, struct arena *a, struct order_checks *c, struct error *e) {
    struct db_rows r;
    if (!db_query(db,
                  "SELECT d.id, d.line_id, d.kind, d.percent, d.amount, d.reason, s.name, p.name, d.at, d.split, d.value"
                  " FROM discount d JOIN staff s ON s.id = d.staff_id LEFT JOIN staff p ON p.id = d.approved_by"
                  " WHERE d.order_id = ? AND d.removed_at IS NULL AND d.bill_id IS NULL ORDER BY d.id",
                  DB_ARGS(db_int(id.v)), &r, e))
        return false;
    while (db_next(&r)) {
        /* a merge brings those of another order: there is no limit to rely on */
        struct order_discount *larger = ARENA_ARRAY(a, c->discount_count + 1, struct order_discount);
        if (c->discount_count) memcpy(larger, c->discounts, c->discount_count * sizeof *larger);
        c->discounts = larger;
        larger[c->discount_count++] = (struct order_discount){
            .id = db_col_int(&r, 0),
            .line = {db_col_int(&r, 1)},
            .courtesy = strcmp(db_col_text(&r, 2), "courtesy") == 0,
            .percent = (int32_t)db_col_int(&r, 3),
            .amount = db_col_int(&r, 4),
            .reason = arena_text(a, db_col_text(&r, 5)),
            .by = arena_text(a, db_col_text(&r, 6)),
            .approved_by = arena_text(a, db_col_text(&r, 7)),
            .at = db_col_int(&r, 8),
            .split = db_col_int(&r, 9),
            .value = db_col_int(&r, 10),
        };
    }
    return db_done(&r, e);
}

/* ---- the figures ---- */

static bool figure(struct db *db, const struct order_row *row, struct arena *a, struct order_checks *c, struct order_bill *b,
                   struct error *e) {
    money tip = b->totals.tip;
    if (b->paid) return bill_stored(db, b->id, a, &b->totals, e);
    if (b->split != 0) return bill_fixed(db, b->id, tip, a, &b->totals, e);
    return order_rest(db, row->id, c->count > 1, tip, c->discounts, c->discount_count, a, &b->totals, e);
}

/* A check on which nothing stands is nobody's as long as another one counts. */
static void set_spare_aside(struct order_checks *c) {
    size_t spare = c->count, counting = 0;
    for (size_t i = 0; i < c->count; i++) {
        const struct order_bill *b = &c->list[i];
        bool empty = !b->paid && b->split == 0 && b->totals.line_count == 0 && b->settled == 0;
        if (empty) spare = i;
        counting += b->counts && !empty;
    }
    if (spare == c->count || counting == 0) return;
    c->spare = c->list[spare].id;
    for (size_t i = spare; i + 1 < c->count; i++) c->list[i] = c->list[i + 1];
    c->count--;
}

/* ---- the sum ---- */

static void add_line(struct bill_totals *to, const struct bill_line_out *l) {
    size_t i = 0;
    while (i < to->line_count && to->lines[i].line != l->line) i++;
    if (i == to->line_count) {
        to->lines[to->line_count++] = *l;
        return;
    }
    struct bill_line_out *sum = &to->lines[i];
    sum->quantity += l->quantity;
    sum->gross += l->gross;
    sum->discount += l->discount;
    sum->courtesy += l->courtesy;
    sum->net += l->net;
    sum->base += l->base;
    sum->tax += l->tax;
}

static void add_tax(struct bill_totals *to, const struct bill_tax_out *x) {
    size_t i = 0;
    while (i < to->tax_count && (to->taxes[i].rate != x->rate || strcmp(to->taxes[i].tax, x->tax) != 0)) i++;
    if (i == to->tax_count) {
        to->taxes[to->tax_count++] = *x;
        return;
    }
    to->taxes[i].gross += x->gross;
    to->taxes[i].base += x->base;
    to->taxes[i].amount += x->amount;
}

static void add_totals(struct bill_totals *to, const struct bill_totals *t) {
    to->gross += t->gross;
    to->discount += t->discount;
    to->courtesy += t->courtesy;
    to->net += t->net;
    to->base += t->base;
    to->tax += t->tax;
    to->tip += t->tip;
    to->due += t->due;
    for (size_t i = 0; i < t->line_count; i++) add_line(to, &t->lines[i]);
    for (size_t i = 0; i < t->tax_count; i++) add_tax(to, &t->taxes[i]);
}

static void sum_up(struct order_checks *c, struct arena *a) {
    size_t lines = 0, taxes = 0, counting = 0;
    const struct order_bill *only = NULL;
    for (size_t i = 0; i < c->count; i++) {
        const struct order_bill *b = &c->list[i];
        if (!b->counts) continue;
        only = b;
        counting++;
        lines += b->totals.line_count;
        taxes += b->totals.tax_count;
    }
    if (counting == 1) {
        c->totals = only->totals;
        return;
    }
    c->totals.lines = ARENA_ARRAY(a, lines + 1, struct bill_line_out);
    c->totals.taxes = ARENA_ARRAY(a, taxes + 1, struct bill_tax_out);
    for (size_t i = 0; i < c->count; i++)
        if (c->list[i].counts) add_totals(&c->totals, &c->list[i].totals);
}

/* An open check that was not asked leaves the question open; one that gave something answers for those that did not. */
static enum tip_answer answer_of(const struct order_checks *c) {
    enum tip_answer answer = TIP_UNASKED;
    for (size_t i = 0; i < c->count; i++) {
        const struct order_bill *b = &c->list[i];
        if (!b->counts) continue;
        if (b->tip_answer == TIP_UNASKED && !b->paid) return TIP_UNASKED;
        if (b->tip_answer > answer) answer = b->tip_answer;
    }
    return answer;
}
_Static_assert(TIP_UNASKED < TIP_DECLINED && TIP_DECLINED < TIP_SET, "the one that weighs more comes later");

bool order_checks(struct db *db, const struct order_row *row, struct arena *a, struct order_checks *out, struct error *e) {
    *out = (struct order_checks){0};
    if (!read_checks(db, row, a, out, e) || !read_discounts(db, row->id, a, out, e)) return false;
    for (size_t i = 0; i < out->count; i++)
        if (!figure(db, row, a, out, &out->list[i], e)) return false;
    set_spare_aside(out);
    for (size_t i = 0; i < out->count; i++) {
        struct order_bill *b = &out->list[i];
        b->position = (int32_t)i + 1;
        b->balance = b->paid ? 0 : b->totals.due - b->settled;
        out->open += !b->paid;
        if (b->counts) out->paid += b->settled;
    }
    sum_up(out, a);
    out->tip_answer = answer_of(out);
    return true;
}

/* ---- asking for one ---- */

static bool check_needed(const struct order_checks *c, struct order_id id, struct error *e) {
    char names[160] = "";
    size_t used = 0;
    for (size_t i = 0; i < c->count && used < sizeof names - 64; i++) {
        if (c->list[i].paid) continue;
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%" PRId64, used ? ", " : "", c->list[i].id.v);
    }
    (void)error_fail(e, ERROR_INVALID, "check_needed", "order %" PRId64 ": which of its open checks? %s", id.v, names);
    return error_at_field(e, "check");
}

bool order_checks_find(const struct order_checks *c, struct order_id id, struct bill_id wanted, struct order_bill **out,
                       struct error *e) {
    *out = NULL;
    if (wanted.v == 0 && c->open > 1) return check_needed(c, id, e);
    for (size_t i = 0; i < c->count && !*out; i++)
        if (wanted.v ? c->list[i].id.v == wanted.v : !c->list[i].paid) *out = &c->list[i];
    if (!*out) {
        (void)error_fail(e, ERROR_NOT_FOUND, "bill_unknown", "order %" PRId64 ": has no such check to pay", id.v);
        return error_at_field(e, "check");
    }
    return !(*out)->paid || error_fail(e, ERROR_CONFLICT, "order_paid", "check %" PRId64 ": already paid", (*out)->id.v);
}

/* ---- changing ---- */

bool order_checks_fix_discounts(struct act *act, const struct order_checks *c, int64_t split, struct error *e) {
    for (size_t i = 0; i < c->discount_count; i++) {
        const struct order_discount *d = &c->discounts[i];
        if (d->split == 0 && !db_exec(act->db, "UPDATE discount SET split = ?, value = ? WHERE id = ?",
                                      DB_ARGS(db_int_or_null(split), db_int(d->value), db_int(d->id)), e))
            return false;
    }
    return true;
}

bool order_checks_next_split(struct db *db, struct order_id id, int64_t *out, struct error *e) {
    return db_get_int(db, "SELECT ifnull(max(split), 0) + 1 FROM bill WHERE order_id = ?", DB_ARGS(db_int(id.v)), 1, out, e);
}

bool order_checks_ready(struct act *act, struct order_id id, struct error *e) {
    if (!db_exec(act->db,
                 "INSERT INTO bill (order_id, position) SELECT ?1, (SELECT max(position) + 1 FROM bill WHERE order_id = ?1)"
                 " WHERE NOT EXISTS (SELECT 1 FROM bill WHERE order_id = ?1 AND state = 'open' AND split IS NULL)",
                 DB_ARGS(db_int(id.v)), e))
        return false;
    return db_changes(act->db) == 0 ||
           db_exec(act->db, "UPDATE orders SET tip_state = 'unasked', tip = 0 WHERE id = ?", DB_ARGS(db_int(id.v)), e);
}

bool order_checks_end(struct act *act, struct order_id id, const struct order_checks *c, struct error *e) {
    if (c->spare.v != 0 && !db_exec(act->db, "UPDATE bill SET state = 'voided' WHERE id = ?", DB_ARGS(db_int(c->spare.v)), e))
        return false;
    return db_exec(act->db, "UPDATE orders SET state = 'paid', ended_at = ?, version = version + 1 WHERE id = ?",
                   DB_ARGS(db_int(act->now), db_int(id.v)), e);
}

/* ---- what must hold ---- */

bool order_line_free(struct db *db, struct order_id id, struct line_id line, struct error *e) {
    int64_t on;
    if (!db_get_int(db, "SELECT b.id FROM bill_line x JOIN bill_counting b ON b.id = x.bill_id WHERE x.line_id = ? LIMIT 1",
                    DB_ARGS(db_int(line.v)), 0, &on, e))
        return false;
    return on == 0 ||
           error_fail(e, ERROR_CONFLICT, "order_split",
                      "order %" PRId64 ", line %" PRId64 ": stands on check %" PRId64 "; undo the split first", id.v, line.v, on);
}

bool order_totals(struct db *db, struct order_id id, struct arena *a, struct bill_totals *out, struct error *e) {
    struct order_row row;
    struct order_checks checks;
    if (!order_row_get(db, id, a, &row, e) || !order_checks(db, &row, a, &checks, e)) return false;
    *out = checks.totals;
    return true;
}

bool order_nothing_paid(struct db *db, struct order_id id, struct error *e) {
    int64_t paid;
    if (!db_get_int(db,
                    "SELECT count(*) FROM bill_counting b WHERE b.order_id = ?"
                    " AND (b.state = 'paid' OR EXISTS (SELECT 1 FROM payment WHERE bill_id = b.id))",
                    DB_ARGS(db_int(id.v)), 0, &paid, e))
        return false;
    return paid == 0 ||
           error_fail(e, ERROR_CONFLICT, "order_part_paid", "order %" PRId64 ": something is paid of it already", id.v);
}

/* An order of which nothing was paid yet has nothing to be looked at. */
static bool any_payment(struct db *db, struct order_id id, bool *out, struct error *e) {
    int64_t found;
    if (!db_get_int(db,
                    "SELECT EXISTS (SELECT 1 FROM bill b WHERE b.order_id = ?"
                    " AND (b.state = 'paid' OR EXISTS (SELECT 1 FROM payment WHERE bill_id = b.id)))",
                    DB_ARGS(db_int(id.v)), 0, &found, e))
        return false;
    *out = found != 0;
    return true;
}

bool order_not_overpaid(struct act *act, struct order_id id, struct error *e) {
    struct order_row row;
    struct order_checks checks;
    bool any;
    if (!any_payment(act->db, id, &any, e)) return false;
    if (!any) return true;
    if (!order_row_get(act->db, id, act->arena, &row, e) || !order_checks(act->db, &row, act->arena, &checks, e)) return false;
    for (size_t i = 0; i < checks.count; i++) {
        const struct order_bill *b = &checks.list[i];
        if (!b->paid && b->settled > b->totals.due)
            return error_fail(e, ERROR_CONFLICT, "paid_more_than_due",
                              "order %" PRId64 ": %" PRId64 " is paid already, more than the %" PRId64 " that would be due", id.v,
                              b->settled, b->totals.due);
    }
    return true;
}

bool order_end_when_paid(struct act *act, struct order_id id, struct error *e) {
    struct order_row row;
    struct order_checks checks;
    struct kitchen_sent sent;
    bool any, counts = false;
    if (!any_payment(act->db, id, &any, e)) return false;
    if (!any) return true;
    if (!order_row_get(act->db, id, act->arena, &row, e) || !order_checks(act->db, &row, act->arena, &checks, e)) return false;
    for (size_t i = 0; i < checks.count; i++) counts = counts || (checks.list[i].paid && checks.list[i].counts);
    if (checks.open > 0 || !counts) return true;
    if (!kitchen_print(act, &row, &(struct kitchen_scope){.what = KITCHEN_REST}, &sent, e)) return false;
    return order_checks_end(act, id, &checks, e);
}
