/* What the core's tests of discounts and splits share. */
#include "tests/support/core_checks.h"

#include <inttypes.h>

#include "data/text.h"
#include "pos/core/verify.h"

struct call {
    struct order_id id;
    struct bill_id check;
    int64_t discount;
    const struct order_discount_new *off;
    const struct order_split_new *split;
    enum tip_answer answer;
    money amount;
};

static bool do_discount(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return order_discount(act, c->id, c->off, &c->discount, e);
}
static bool do_remove(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return order_discount_remove(act, c->id, c->discount, e);
}
static bool do_split(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return order_split(act, c->id, c->split, e);
}
static bool do_unsplit(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return order_unsplit(act, c->id, e);
}
static bool do_tip(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return order_tip(act, c->id, c->check, c->answer, c->amount, e);
}

bool core_discount(struct core_fixture *f, struct actor who, struct order_id id, const struct order_discount_new *in) {
    return core_do(f, who, do_discount, &(struct call){.id = id, .off = in});
}
bool core_discount_remove(struct core_fixture *f, struct order_id id, int64_t discount) {
    return core_do(f, f->cashier, do_remove, &(struct call){.id = id, .discount = discount});
}
bool core_split(struct core_fixture *f, struct order_id id, const struct order_split_new *in) {
    return core_do(f, f->waiter, do_split, &(struct call){.id = id, .split = in});
}
bool core_split_evenly(struct core_fixture *f, struct order_id id, int32_t ways) {
    return core_split(f, id, &(struct order_split_new){.ways = ways});
}
bool core_split_dish(struct core_fixture *f, struct order_id id, int64_t line, int64_t quantity) {
    return core_split(
        f, id, &(struct order_split_new){.picks = &(struct bill_pick){.line = line, .quantity = quantity}, .pick_count = 1});
}
bool core_unsplit(struct core_fixture *f, struct order_id id) {
    return core_do(f, f->waiter, do_unsplit, &(struct call){.id = id});
}
bool core_tip_check(struct core_fixture *f, struct order_id id, struct bill_id check, enum tip_answer answer, money amount) {
    return core_do(f, f->cashier, do_tip, &(struct call){.id = id, .check = check, .answer = answer, .amount = amount});
}
bool core_pay_check(struct core_fixture *f, struct order_id id, struct bill_id check, const char *means) {
    return core_pay(f, id, &(struct payment_new){.bill = check, .means = means, .reference = means[0] == 'e' ? NULL : "M1"});
}

struct actor core_approved(struct actor who, struct actor by) {
    who.approver = by.staff;
    who.approver_role = by.role;
    return who;
}

struct bill_id core_check(struct core_fixture *f, struct order_id id, int32_t position) {
    struct order *o = core_read(f, id);
    ck_assert_uint_ge(o->bill_count, (size_t)position);
    ck_assert_int_eq(o->bills[position - 1].position, position);
    return o->bills[position - 1].id;
}

const char *core_checks(struct core_fixture *f, struct order_id id) {
    struct order *o = core_read(f, id);
    struct text_buffer b = {.arena = f->arena};
    for (size_t i = 0; i < o->bill_count; i++) {
        const struct order_bill *c = &o->bills[i];
        const struct bill_totals *t = &c->totals;
        if (i) text_append_text(&b, "; ");
        if (c->label[0]) text_appendf(&b, "%s: ", c->label);
        text_appendf(&b, "%" PRId64, t->gross);
        if (t->discount) text_appendf(&b, " -%" PRId64, t->discount);
        text_appendf(&b, " = %" PRId64 " +%" PRId64, t->base, t->tax);
        if (t->tip) text_appendf(&b, ", tip %" PRId64, t->tip);
        text_appendf(&b, ", due %" PRId64, t->due);
        if (c->document) text_appendf(&b, ", %s", c->document);
    }
    return b.size ? b.bytes : "";
}

const char *core_check_lines(struct core_fixture *f, struct order_id id, int32_t position) {
    const struct bill_totals *t = &core_read(f, id)->bills[position - 1].totals;
    struct text_buffer b = {.arena = f->arena};
    for (size_t i = 0; i < t->line_count; i++) {
        const struct bill_line_out *l = &t->lines[i];
        text_appendf(&b, "%s%" PRId64 ": %" PRId64 ", %" PRId64, i ? "; " : "", l->line, l->quantity, l->gross);
        if (l->discount) text_appendf(&b, " -%" PRId64, l->discount);
    }
    return b.size ? b.bytes : "";
}

static void tell(void *self, const char *line) {
    struct text_buffer *b = self;
    text_appendf(b, "%s%s", b->size ? "\n" : "", line);
}

const char *core_verify(struct core_fixture *f) {
    struct text_buffer b = {.arena = f->arena};
    struct verify_result result;
    struct db *db = db_pool_take(f->till->readers);
    bool ok = verify_database(db, f->site, f->till->journal_key, tell, &b, &result, &f->error);
    db_pool_give(f->till->readers, db);
    core_ok(f, ok);
    return b.size ? b.bytes : "";
}

void core_pay_all(struct core_fixture *f, struct order_id id) {
    for (;;) {
        struct order *o = core_read(f, id);
        size_t i = 0;
        while (i < o->bill_count && o->bills[i].paid) i++;
        if (i == o->bill_count) break;
        if (o->bills[i].tip_answer == TIP_UNASKED) core_ok(f, core_tip_check(f, id, o->bills[i].id, TIP_DECLINED, 0));
        core_ok(f, core_pay_check(f, id, o->bills[i].id, "efectivo"));
    }
    ck_assert_int_eq(core_read(f, id)->state, ORDER_PAID);
    ck_assert_str_eq(core_verify(f), "");
}
