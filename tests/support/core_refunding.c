/* What the tests of refunds, of reopened orders and of verify share. */
#include "tests/support/core_refunding.h"

#include <string.h>

#include "pos/core/verify.h"

struct refund_done refunding_done;

struct call {
    struct order_id id;
    const struct order_discount_new *discount;
    const struct order_split_new *split;
    const struct refund_new *refund;
    struct shift_id shift;
};

static bool do_discount(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    int64_t discount;
    return order_discount(act, c->id, c->discount, &discount, e);
}
static bool do_split(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return order_split(act, c->id, c->split, e);
}
static bool do_refund(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return refund_take(act, c->id, c->refund, &refunding_done, e);
}
static bool do_reopen(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return order_reopen(act, c->id, "Se cobró mal", e);
}
static bool do_close(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    struct shift_closed closed;
    return shift_close(act, c->shift, &(struct shift_close_in){.carry_open_orders = true}, &closed, e);
}

/* ---- sales ---- */

void refunding_off(struct core_fixture *f, struct order_id id, int32_t percent, money amount, bool courtesy) {
    struct order_discount_new in = {.courtesy = courtesy, .percent = percent, .amount = amount, .reason = "Cliente de siempre"};
    core_ok(f, core_do(f, f->manager, do_discount, &(struct call){.id = id, .discount = &in}));
}

void refunding_off_line(struct core_fixture *f, struct order_id id, struct line_id line, money amount) {
    struct order_discount_new in = {.amount = amount, .line = line, .reason = "Demora"};
    core_ok(f, core_do(f, f->manager, do_discount, &(struct call){.id = id, .discount = &in}));
}

void refunding_split_ways(struct core_fixture *f, struct order_id id, int32_t ways) {
    struct order_split_new in = {.ways = ways};
    core_ok(f, core_do(f, f->cashier, do_split, &(struct call){.id = id, .split = &in}));
}

void refunding_split_lines(struct core_fixture *f, struct order_id id, const struct bill_pick *picks, size_t n) {
    struct order_split_new in = {.picks = picks, .pick_count = n};
    core_ok(f, core_do(f, f->cashier, do_split, &(struct call){.id = id, .split = &in}));
}

void refunding_pay(struct core_fixture *f, struct order_id id, struct bill_id check, const char *means) {
    bool cash = strcmp(means, "efectivo") == 0;
    core_ok(f, core_pay(f, id, &(struct payment_new){.bill = check, .means = means, .reference = cash ? NULL : "0043"}));
}

void refunding_close(struct core_fixture *f) {
    core_ok(f, core_do(f, f->manager, do_close, &(struct call){.shift = f->shift}));
}

void refunding_next_shift(struct core_fixture *f) {
    refunding_close(f);
    core_fixture_open_shift(f);
}

struct line_id refunding_line(struct core_fixture *f, struct order_id id, size_t at) {
    const struct order *order = core_read(f, id);
    ck_assert_uint_lt(at, order->line_count);
    return order->lines[at].id;
}

struct bill_id refunding_check(struct core_fixture *f, struct order_id id, size_t at) {
    const struct order *order = core_read(f, id);
    ck_assert_uint_lt(at, order->bill_count);
    return order->bills[at].id;
}

/* ---- giving back ---- */

bool refunding_as(struct core_fixture *f, struct actor who, struct order_id id, const struct refund_new *in) {
    return core_do(f, who, do_refund, &(struct call){.id = id, .refund = in});
}
bool refunding_all(struct core_fixture *f, struct order_id id) {
    return refunding_of_check(f, id, (struct bill_id){0});
}
bool refunding_some(struct core_fixture *f, struct order_id id, struct line_id line, int64_t quantity) {
    const struct bill_pick pick = {.line = line.v, .quantity = quantity};
    return refunding_as(f, f->manager, id, &(struct refund_new){.picks = &pick, .pick_count = 1, .reason = "Plato frío"});
}
bool refunding_of_check(struct core_fixture *f, struct order_id id, struct bill_id check) {
    return refunding_as(f, f->manager, id, &(struct refund_new){.bill = check, .reason = "Plato frío"});
}
bool refunding_reopen(struct core_fixture *f, struct actor who, struct order_id id) {
    return core_do(f, who, do_reopen, &(struct call){.id = id});
}
struct actor refunding_approved(struct core_fixture *f) {
    struct actor who = f->cashier;
    who.approver = f->manager.staff;
    who.approver_role = ROLE_MANAGER;
    return who;
}

/* ---- looking ---- */

struct refund refunding_read(struct core_fixture *f, int64_t id) {
    struct refund r;
    struct db *db = db_pool_take(f->till->readers);
    bool ok = refund_get(db, id, f->arena, &r, &f->error);
    db_pool_give(f->till->readers, db);
    core_ok(f, ok);
    return r;
}

const char *refunding_text(struct core_fixture *f) {
    return core_text(
        f, "SELECT group_concat(net || '=' || base || '+' || tax || ' ' || tip || ' ' || total || ' |' || ifnull((SELECT "
           "group_concat(' ' || means || ' ' || amount || '/' || charged, '') FROM (SELECT * FROM refund_payment WHERE "
           "refund_id = r.id ORDER BY payment_id)), ''), '; ') FROM (SELECT * FROM refund ORDER BY id) r");
}

static void found(void *self, const char *line) {
    (void)self;
    ck_abort_msg("verify: %s", line);
}
void refunding_verified(struct core_fixture *f) {
    struct verify_result result;
    struct db *db = db_pool_take(f->till->readers);
    bool ok = verify_database(db, f->site, f->till->journal_key, found, NULL, &result, &f->error);
    db_pool_give(f->till->readers, db);
    core_ok(f, ok);
}
