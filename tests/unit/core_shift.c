/* The shift: float, cash, a blind count, and a close that is whole or not at all. */
#include <string.h>

#include "pos/core/journal.h"
#include "printer/escpos.h"
#include "tests/support/core_refunding.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

struct call {
    struct shift_id id;
    enum cash_kind kind;
    money amount;
    const char *reason;
    int64_t movement;
    struct shift_close_in close;
    struct shift_closed closed;
};
static bool do_open(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return shift_open(act, c->amount, &c->id, e);
}
static bool do_cash(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return shift_cash(act, c->id, c->kind, c->amount, c->reason, &c->movement, e);
}
static bool do_close(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return shift_close(act, c->id, &c->close, &c->closed, e);
}

static bool cash(enum cash_kind kind, money amount, const char *reason) {
    return core_do(&f, f.cashier, do_cash, &(struct call){.id = f.shift, .kind = kind, .amount = amount, .reason = reason});
}
static bool close_as(struct actor who, struct shift_id id, const struct shift_count_row *count, size_t rows, bool carry,
                     struct shift_closed *out) {
    struct call c = {.id = id, .close = {.count = count, .rows = rows, .carry_open_orders = carry}};
    bool ok = core_do(&f, who, do_close, &c);
    if (out) *out = c.closed;
    return ok;
}
static bool close_empty(struct shift_id id, struct shift_closed *out) {
    return close_as(f.cashier, id, NULL, 0, false, out);
}
static bool reopen(money amount) {
    struct call c = {.amount = amount};
    bool ok = core_do(&f, f.cashier, do_open, &c);
    if (ok) f.shift = c.id;
    return ok;
}
static void pay(struct order_id id, const char *means, const char *reference) {
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = means, .reference = reference}));
}
static void sell(const char *item, int32_t quantity, const char *means, const char *reference) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, item, quantity, "");
    pay(id, means, reference);
}
static struct shift_report report(struct shift_id id) {
    struct shift_report r;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = shift_report(db, id, f.arena, &r, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    return r;
}
static struct shift read_shift(struct shift_id id) {
    struct shift s;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = shift_get(db, id, f.arena, &s, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    return s;
}
static const char *state(void) {
    return arena_printf(
        f.arena, "%s | %s", core_state(&f),
        core_text(&f, "SELECT group_concat(id || state || coalesce(z_number, 0)) || (SELECT count(*) FROM shift_count) || "
                      "(SELECT count(*) FROM cash_movement) || (SELECT group_concat(state) FROM orders) FROM shift"));
}

/* The example of the rules: 5×100.000, 4×50.000, 6×20.000, 2×10.000, 2×5.000, 1×2.000, 2×1.000, 1×500, 2×200, 1×100 = 855.000. */
static const struct shift_count_row example_count[] = {{100000, 5}, {50000, 4}, {20000, 6}, {10000, 2}, {5000, 2},
                                                       {2000, 1},   {1000, 2},  {500, 1},   {200, 2},   {100, 1}};

/* Cash sales of 845.350 in five orders, and one by card that the drawer never sees. */
static void sell_the_example(void) {
    sell("almuerzo", 10, "efectivo", NULL); /* 250.000 */
    sell("almuerzo", 10, "efectivo", NULL); /* 250.000 */
    sell("almuerzo", 11, "efectivo", NULL); /* 275.000 */
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "limonada", 1, ""); /* 8.900 + 24.000 + 10.000 = 42.900 */
    core_put(&f, id, "agua", 4, "");
    core_put(&f, id, "libro", 2, "");
    pay(id, "efectivo", NULL);
    sell("bandeja", 1, "efectivo", NULL); /* 27.480 → 27.450 */
    sell("bandeja", 1, "nequi", "M123");
}

/* ---- the figures ---- */

START_TEST(expected_is_float_and_sales_and_in_less_out_refunds_and_tips) {
    struct shift_cash_flow flow = {
        .float_amount = 200000, .sales = 845350, .in = 50000, .out = 120000, .refunds = 18500, .tips_paid_out = 101500};
    ck_assert_int_eq(shift_expected(&flow), 855350);
}
END_TEST

/* The same cash sales of 845.350 in six orders, and 18.500 of it given back: of the last, which was paid by two means. */
static void sell_and_give_back_the_example(void) {
    sell("almuerzo", 10, "efectivo", NULL); /* 250.000 + 250.000 + 225.000 = 725.000 */
    sell("almuerzo", 10, "efectivo", NULL);
    sell("almuerzo", 9, "efectivo", NULL);
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "limonada", 6, ""); /* 53.400 + 6.000 + 15.000 = 74.400 */
    core_put(&f, id, "agua", 1, "");
    core_put(&f, id, "torta", 1, "");
    pay(id, "efectivo", NULL);
    sell("bandeja", 1, "efectivo", NULL); /* 27.480 → 27.450 */
    id = core_sold(&f, "almuerzo", 1);
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "nequi", .amount = 6500, .reference = "M1"}));
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "efectivo"})); /* 18.500 */
    core_ok(&f, refunding_all(&f, id));
}

START_TEST(the_example_closes_350_short) {
    struct shift_closed closed;
    sell_and_give_back_the_example();
    core_ok(&f, cash(CASH_IN, 50000, "Cambio del banco"));
    core_ok(&f, cash(CASH_OUT, 120000, "Plaza de mercado"));
    core_ok(&f, cash(CASH_TIP_PAYOUT, 101500, "Propinas del turno"));
    core_ok(&f, close_as(f.cashier, f.shift, example_count, 10, false, &closed));
    ck_assert_int_eq(closed.expected, 855350);
    ck_assert_int_eq(closed.counted, 855000);
    ck_assert_int_eq(closed.difference, -350);
    ck_assert_int_eq(closed.z_number, 1);
    struct shift s = read_shift(f.shift);
    ck_assert(!s.open);
    ck_assert_int_eq(s.difference, -350);
    ck_assert_int_eq(s.z_number, 1);
    ck_assert_str_eq(s.closed_by, "Caja");
    ck_assert_str_eq(s.business_day, "2026-11-24");
    struct shift_report r = report(f.shift);
    ck_assert_int_eq(r.cash_sales, 845350);
    ck_assert_int_eq(r.cash_refunds, 18500);
    ck_assert_int_eq(r.refunds.returned, 25000);
    ck_assert_int_eq(r.expected, 855350);
}
END_TEST

START_TEST(the_report_adds_up) {
    sell_the_example();
    core_ok(&f, cash(CASH_IN, 50000, "Cambio"));
    core_ok(&f, cash(CASH_TIP_PAYOUT, 1500, "Propinas"));
    struct shift_report r = report(f.shift);
    ck_assert(!r.z);
    ck_assert_int_eq(r.documents, 6);
    ck_assert_str_eq(r.first_document, "INT-1");
    ck_assert_str_eq(r.last_document, "INT-6");
    ck_assert_int_eq(r.gross, 872860); /* 250.000 + 250.000 + 275.000 + 42.900 + 27.480 + 27.480 */
    ck_assert_int_eq(r.net, 872860);
    ck_assert_int_eq(r.base, 808943); /* 231.481 + 231.481 + 254.630 + 30.463 + 10.000 + 25.444 + 25.444 */
    ck_assert_int_eq(r.base + r.tax, r.net);
    ck_assert_int_eq(r.adjustment, -30);
    ck_assert_int_eq(r.collected, 872830);
    ck_assert_int_eq(r.cash_sales, 845350);
    ck_assert_int_eq(r.cash_in, 50000);
    ck_assert_int_eq(r.tips_paid_out, 1500);
    ck_assert_int_eq(r.expected, 1093850);
    ck_assert_uint_eq(r.means_count, 2);
    ck_assert_str_eq(r.means[0].means, "efectivo");
    ck_assert_int_eq(r.means[0].count, 5);
    ck_assert_int_eq(r.means[0].amount, 845380);
    ck_assert_int_eq(r.means[0].charged, 845350);
    ck_assert_str_eq(r.means[1].means, "nequi");
    ck_assert_int_eq(r.means[1].charged, 27480);
    ck_assert_uint_eq(r.tax_count, 2);
    ck_assert_int_eq(r.taxes[0].rate, 800);
    ck_assert_int_eq(r.taxes[0].gross, 862860);
    ck_assert_int_eq(r.taxes[1].rate, 0);
    ck_assert_int_eq(r.taxes[1].base, 10000);
    ck_assert_ptr_null(r.journal_head);
}
END_TEST

START_TEST(a_tip_is_apart_from_sales) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "banquete", 1, "");
    core_ok(&f, core_tip(&f, id, TIP_SET, 9169));
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "efectivo"}));
    struct shift_report r = report(f.shift);
    ck_assert_int_eq(r.net, 99025);
    ck_assert_int_eq(r.base, 91690);
    ck_assert_int_eq(r.tax, 7335);
    ck_assert_int_eq(r.tips, 9169);
    ck_assert_int_eq(r.adjustment, -44); /* 108.194 → 108.150 */
    ck_assert_int_eq(r.collected, 108150);
    ck_assert_int_eq(r.expected, 308150);
}
END_TEST

/* ---- the close ---- */

START_TEST(nothing_is_known_before_the_count) {
    sell_the_example();
    struct shift s = read_shift(f.shift);
    ck_assert(s.open);
    ck_assert_int_eq(s.expected, 0);
    ck_assert_int_eq(s.counted, 0);
    ck_assert_int_eq(s.difference, 0);
    ck_assert_ptr_null(s.closed_by);
}
END_TEST

START_TEST(a_shift_without_a_sale_closes) {
    struct shift_closed closed;
    const struct shift_count_row count[] = {{50000, 4}};
    core_ok(&f, close_as(f.cashier, f.shift, count, 1, false, &closed));
    ck_assert_int_eq(closed.expected, 200000);
    ck_assert_int_eq(closed.difference, 0);
    ck_assert_int_eq(report(f.shift).documents, 0);
}
END_TEST

START_TEST(a_closed_shift_is_not_closed_again_and_nothing_changes) {
    core_ok(&f, close_empty(f.shift, NULL));
    const char *before = state();
    core_refused(&f, "shift_closed", close_empty(f.shift, NULL));
    core_refused(&f, "shift_closed", cash(CASH_IN, 1000, "tarde"));
    ck_assert_str_eq(state(), before);
}
END_TEST

START_TEST(z_numbers_have_no_gap) {
    struct shift_closed closed;
    core_ok(&f, close_empty(f.shift, &closed));
    ck_assert_int_eq(closed.z_number, 1);
    core_ok(&f, reopen(0));
    core_table(&f, "mesa-2");
    core_refused(&f, "orders_open", close_empty(f.shift, NULL)); /* takes no number */
    core_ok(&f, close_as(f.manager, f.shift, NULL, 0, true, &closed));
    ck_assert_int_eq(closed.z_number, 2);
}
END_TEST

START_TEST(a_wrong_count_is_refused_and_nothing_changes) {
    static const struct {
        struct shift_count_row rows[2];
        size_t n;
        const char *code;
    } bad[] = {
        {{{300, 1}}, 1, "denomination_unknown"},   {{{0, 1}}, 1, "denomination_unknown"},
        {{{-50, 1}}, 1, "denomination_unknown"},   {{{100000, -1}}, 1, "invalid_field"},
        {{{100000, 1000001}}, 1, "invalid_field"}, {{{500, 1}, {500, 2}}, 2, "denomination_unknown"},
    };
    sell("almuerzo", 1, "efectivo", NULL);
    const char *before = state();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        core_refused(&f, bad[i].code, close_as(f.cashier, f.shift, bad[i].rows, bad[i].n, false, NULL));
        ck_assert_str_eq(f.error.field, "count");
    }
    ck_assert_str_eq(state(), before);
}
END_TEST

START_TEST(open_orders_are_carried_with_a_managers_approval_only) {
    struct shift_closed closed;
    struct order_id id = core_table(&f, "mesa-12");
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, id));
    int64_t kitchen_jobs = core_int(&f, "SELECT count(*) FROM print_job WHERE kind = 'kitchen'");
    core_refused(&f, "orders_open", close_empty(f.shift, NULL));
    ck_assert_ptr_nonnull(strstr(f.error.message, "1 order is"));
    core_refused(&f, "approval_required", close_as(f.cashier, f.shift, NULL, 0, true, NULL));
    struct actor approved = f.cashier;
    approved.approver = f.manager.staff;
    approved.approver_role = ROLE_MANAGER;
    struct shift_id first = f.shift;
    core_ok(&f, close_as(approved, f.shift, NULL, 0, true, &closed));
    ck_assert_int_eq(core_int(&f, "SELECT approved_by FROM journal WHERE kind = 'shift_closed'"), f.manager.staff.v);
    ck_assert_int_eq(core_read(&f, id)->state, ORDER_SENT);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job WHERE kind = 'kitchen'"), kitchen_jobs);
    /* It is paid in the next shift, counts there, and leaves the first Z as it was. */
    core_ok(&f, reopen(0));
    pay(id, "efectivo", NULL);
    ck_assert_int_eq(report(first).documents, 0);
    ck_assert_int_eq(report(f.shift).documents, 1);
    ck_assert_int_eq(report(f.shift).cash_sales, 25000);
    core_ok(&f, close_empty(f.shift, NULL));
    ck_assert_int_eq(core_read(&f, id)->state, ORDER_CLOSED);
}
END_TEST

START_TEST(paid_orders_are_closed_by_the_z) {
    struct order_id id = core_sold(&f, "almuerzo", 1);
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "efectivo"}));
    ck_assert_int_eq(core_read(&f, id)->state, ORDER_PAID);
    core_ok(&f, close_empty(f.shift, NULL));
    ck_assert_int_eq(core_read(&f, id)->state, ORDER_CLOSED);
}
END_TEST

static bool forbid_paper(struct act *act, void *self, struct error *e) {
    (void)self;
    return db_script(act->db, "CREATE TRIGGER no_paper BEFORE INSERT ON print_job BEGIN SELECT RAISE(ABORT, 'no paper'); END", e);
}

START_TEST(a_close_that_fails_at_its_last_step_leaves_nothing) {
    sell("almuerzo", 1, "efectivo", NULL);
    core_ok(&f, core_do(&f, f.console, forbid_paper, NULL));
    const char *before = state();
    ck_assert(!close_as(f.cashier, f.shift, example_count, 10, false, NULL));
    ck_assert_str_eq(state(), before);
    ck_assert(read_shift(f.shift).open);
}
END_TEST

START_TEST(the_z_is_the_same_each_time_and_prints_the_journals_head) {
    struct shift_closed closed;
    char head[JOURNAL_HEAD_TEXT];
    sell("almuerzo", 1, "efectivo", NULL);
    core_ok(&f, close_as(f.cashier, f.shift, example_count, 10, false, &closed));
    struct db *db = db_pool_take(f.till->readers);
    bool read = journal_head(db, head, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, read);
    struct shift_id first = f.shift;
    struct shift_report r = report(first);
    ck_assert(r.z);
    ck_assert_str_eq(r.journal_head, head);
    ck_assert_uint_eq(r.count_rows, 10);
    ck_assert_int_eq(r.count[0].denomination, 100000);
    const char *paper = core_paper(&f, closed.job, "z-report");
    ck_assert_ptr_nonnull(strstr(paper, head));
    /* Another shift, another sale: the old one stays. */
    core_ok(&f, reopen(1000));
    sell("almuerzo", 2, "efectivo", NULL);
    struct shift_report again = report(first);
    ck_assert_str_eq(again.journal_head, head);
    ck_assert_int_eq(again.net, r.net);
    ck_assert_int_eq(again.expected, r.expected);
    ck_assert_int_eq(again.documents, 1);
    ck_assert_str_eq(core_paper(&f, closed.job, NULL), paper);
}
END_TEST

START_TEST(voids_count_in_the_shift_that_was_open) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "almuerzo", 2, "");
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_void_line(&f, f.manager, id, core_read(&f, id)->lines[0].id, 1, "Se cayó"));
    struct order_id other = core_table(&f, "mesa-2");
    core_put(&f, other, "agua", 1, "");
    core_ok(&f, core_void(&f, f.manager, other, "Se fueron"));
    struct shift_report r = report(f.shift);
    ck_assert_int_eq(r.voided_lines, 1);
    ck_assert_int_eq(r.voided_orders, 1);
    f.clock.fixed += 1000;
    core_ok(&f, close_as(f.manager, f.shift, NULL, 0, true, NULL));
    f.clock.fixed += 1000;
    core_ok(&f, reopen(0));
    ck_assert_int_eq(report(f.shift).voided_lines, 0);
    ck_assert_int_eq(report(f.shift).voided_orders, 0);
}
END_TEST

static bool add_keys(struct act *act, void *self, struct error *e) {
    (void)self;
    return db_exec(act->db,
                   "INSERT INTO idempotency (key, request_hash, status, answer, at) VALUES ('old', zeroblob(32), 200, '{}', ?), "
                   "('new', zeroblob(32), 200, '{}', ?)",
                   DB_ARGS(db_int(act->now - INT64_C(604800001)), db_int(act->now - INT64_C(604799000))), e);
}

START_TEST(answers_older_than_a_week_are_dropped) {
    core_ok(&f, core_do(&f, f.console, add_keys, NULL));
    core_ok(&f, close_empty(f.shift, NULL));
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(key) FROM idempotency"), "new");
}
END_TEST

/* ---- opening, and cash ---- */

START_TEST(a_second_shift_is_refused_while_one_is_open) {
    core_refused(&f, "shift_already_open", reopen(0));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM shift"), 1);
}
END_TEST

START_TEST(a_float_is_an_amount) {
    core_ok(&f, close_empty(f.shift, NULL));
    core_refused(&f, "amount_out_of_range", reopen(-1));
    core_refused(&f, "amount_out_of_range", reopen(MONEY_MAX + 1));
    core_ok(&f, reopen(0));
}
END_TEST

START_TEST(a_shift_is_somebodys) {
    core_ok(&f, close_empty(f.shift, NULL));
    struct call c = {.amount = 0};
    core_refused(&f, "not_signed_in", core_do(&f, f.console, do_open, &c));
}
END_TEST

START_TEST(before_the_cut_over_it_is_still_yesterday) {
    core_ok(&f, close_empty(f.shift, NULL));
    f.clock.fixed = CORE_NOW + INT64_C(8) * 3600 * 1000; /* 03:42 on the 25th */
    core_ok(&f, reopen(0));
    ck_assert_str_eq(read_shift(f.shift).business_day, "2026-11-24");
    core_ok(&f, close_empty(f.shift, NULL));
    f.clock.fixed += INT64_C(3600) * 1000; /* 04:42 */
    core_ok(&f, reopen(0));
    ck_assert_str_eq(read_shift(f.shift).business_day, "2026-11-25");
}
END_TEST

START_TEST(cash_moves_with_an_amount_and_a_reason) {
    const char *before = state();
    core_refused(&f, "amount_out_of_range", cash(CASH_OUT, 0, "nada"));
    core_refused(&f, "amount_out_of_range", cash(CASH_OUT, -5000, "al revés"));
    core_refused(&f, "reason_missing", cash(CASH_OUT, 5000, ""));
    core_refused(&f, "reason_missing", cash(CASH_OUT, 5000, "   "));
    core_refused(&f, "reason_missing", cash(CASH_OUT, 5000, NULL));
    f.shift.v += 1;
    core_refused(&f, "shift_unknown", cash(CASH_OUT, 5000, "hielo"));
    f.shift.v -= 1;
    ck_assert_str_eq(state(), before);
}
END_TEST

START_TEST(a_cash_movement_opens_the_drawer_and_leaves_a_slip) {
    core_ok(&f, cash(CASH_OUT, 120000, "Plaza de mercado"));
    struct job_id job = {core_int(&f, "SELECT id FROM print_job WHERE kind = 'cash_movement'")};
    const char *paper = core_paper(&f, job, "cash-slip");
    ck_assert_ptr_nonnull(strstr(paper, "[drawer]"));
    ck_assert_ptr_nonnull(strstr(paper, "SALIDA DE EFECTIVO"));
    ck_assert_ptr_nonnull(strstr(paper, "$ 120.000"));
    ck_assert_ptr_nonnull(strstr(paper, "Motivo: Plaza de mercado"));
    ck_assert_str_eq(core_text(&f, "SELECT detail FROM journal WHERE kind = 'cash_moved'"),
                     "{\"movement\":1,\"kind\":\"out\",\"amount\":120000,\"reason\":\"Plaza de mercado\"}");
}
END_TEST

/* ---- paper on demand ---- */

static bool do_open_drawer(struct act *act, void *self, struct error *e) {
    struct job_id job;
    return shift_open_drawer(act, f.shift, self, &job, e);
}
static bool do_print_x(struct act *act, void *self, struct error *e) {
    return shift_print_x(act, f.shift, self, e);
}
static bool open_drawer(struct actor who, const char *reason) {
    return core_do(&f, who, do_open_drawer, (void *)(uintptr_t)reason);
}

START_TEST(a_drawer_opened_without_a_sale_is_on_paper_in_the_journal_and_in_the_x) {
    struct actor approved = f.cashier;
    approved.approver = f.manager.staff;
    approved.approver_role = f.manager.role;
    core_ok(&f, open_drawer(approved, "Cambiar un billete"));
    struct job_id job = {core_int(&f, "SELECT id FROM print_job WHERE kind = 'drawer'")};
    const char *paper = core_paper(&f, job, NULL);
    data_has(paper, "[drawer]");
    data_has(paper, "APERTURA DE CAJÓN");
    data_has(paper, "Motivo: Cambiar un billete");
    data_has(paper, "24/11/2026 19:42");
    data_has(paper, "Caja\n");
    data_has(paper, "Gerencia\n");
    ck_assert_str_eq(core_text(&f, "SELECT detail || approved_by FROM journal WHERE kind = 'drawer_opened'"),
                     arena_printf(f.arena, "{\"printer\":\"caja\",\"job\":%d,\"reason\":\"Cambiar un billete\"}3", (int)job.v));
    struct shift_report r;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = shift_report(db, f.shift, f.arena, &r, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    ck_assert_int_eq(r.drawer_openings, 1);
    ck_assert_int_eq(r.expected, 200000); /* no money moved */
}
END_TEST

/* The second output of the printer: pin 5. */
START_TEST(the_second_drawer_is_opened_by_its_own_pulse) {
    ((struct site_printer *)f.site->receipt_printer)->drawer = 2;
    core_ok(&f, open_drawer(f.cashier, "Cambiar un billete"));
    struct job job;
    struct bytes bytes;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = job_get(db, core_int(&f, "SELECT max(id) FROM print_job"), f.arena, &job, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok && job_encode(&job, f.site, f.till->profiles, f.arena, &bytes, &f.error));
    ck_assert_ptr_nonnull(memmem(bytes.at, bytes.size, "\x1Bp\x01\x19\xFA", 5));
    ck_assert_ptr_null(memmem(bytes.at, bytes.size, "\x1Bp\x00\x19\xFA", 5));
}
END_TEST

START_TEST(a_drawer_is_not_opened_without_a_reason_a_drawer_or_a_shift) {
    const char *before = state();
    core_refused(&f, "reason_missing", open_drawer(f.cashier, ""));
    core_refused(&f, "reason_missing", open_drawer(f.cashier, "   "));
    core_refused(&f, "not_signed_in", open_drawer(f.console, "Cambiar un billete"));
    ((struct site_printer *)f.site->receipt_printer)->drawer = 0;
    core_refused(&f, "no_drawer", open_drawer(f.cashier, "Cambiar un billete"));
    ((struct site_printer *)f.site->receipt_printer)->drawer = 1;
    ck_assert_str_eq(state(), before);
    core_ok(&f, close_empty(f.shift, NULL));
    core_refused(&f, "shift_closed", open_drawer(f.cashier, "Cambiar un billete"));
}
END_TEST

START_TEST(an_x_is_printed_for_a_manager_and_changes_nothing) {
    struct job_id job;
    struct actor approved = f.cashier;
    approved.approver = f.manager.staff;
    approved.approver_role = f.manager.role;
    core_refused(&f, "approval_required", core_do(&f, f.cashier, do_print_x, &job));
    core_ok(&f, core_do(&f, approved, do_print_x, &job));
    const char *paper = core_paper(&f, job, NULL);
    data_has(paper, "INFORME X");
    data_has(paper, "El turno sigue abierto");
    data_lacks(paper, "Contado");
    data_lacks(paper, "Sello");
    ck_assert_str_eq(core_text(&f, "SELECT state FROM shift"), "open");
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM journal WHERE kind = 'x_printed'"), 1);
    core_ok(&f, close_empty(f.shift, NULL));
    core_refused(&f, "shift_closed", core_do(&f, f.manager, do_print_x, &job));
}
END_TEST

START_TEST(shifts_are_listed_newest_first) {
    struct shift *list;
    size_t count;
    core_ok(&f, close_empty(f.shift, NULL));
    core_ok(&f, reopen(7000));
    struct db *db = db_pool_take(f.till->readers);
    bool ok = shift_list(db, 0, 10, f.arena, &list, &count, &f.error);
    ck_assert_uint_eq(count, 2);
    ck_assert_int_eq(list[0].id.v, 2);
    ck_assert_int_eq(list[0].float_amount, 7000);
    ck_assert_int_eq(list[1].z_number, 1);
    ok = ok && shift_list(db, 2, 10, f.arena, &list, &count, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(list[0].id.v, 1);
}
END_TEST

START_TEST(without_an_open_shift_there_is_no_current_one) {
    struct shift s;
    core_ok(&f, close_empty(f.shift, NULL));
    struct db *db = db_pool_take(f.till->readers);
    bool ok = shift_current(db, f.arena, &s, &f.error);
    db_pool_give(f.till->readers, db);
    ck_assert(!ok);
    ck_assert_str_eq(f.error.code, "no_open_shift");
    ck_assert_int_eq(f.error.kind, ERROR_NOT_FOUND);
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_shift", setup, teardown,
        DATA_TESTS(expected_is_float_and_sales_and_in_less_out_refunds_and_tips, the_example_closes_350_short, the_report_adds_up,
                   a_tip_is_apart_from_sales, nothing_is_known_before_the_count, a_shift_without_a_sale_closes,
                   a_closed_shift_is_not_closed_again_and_nothing_changes, z_numbers_have_no_gap,
                   a_wrong_count_is_refused_and_nothing_changes, open_orders_are_carried_with_a_managers_approval_only,
                   paid_orders_are_closed_by_the_z, a_close_that_fails_at_its_last_step_leaves_nothing,
                   the_z_is_the_same_each_time_and_prints_the_journals_head, voids_count_in_the_shift_that_was_open,
                   answers_older_than_a_week_are_dropped, a_second_shift_is_refused_while_one_is_open, a_float_is_an_amount,
                   a_shift_is_somebodys, before_the_cut_over_it_is_still_yesterday, cash_moves_with_an_amount_and_a_reason,
                   a_cash_movement_opens_the_drawer_and_leaves_a_slip,
                   a_drawer_opened_without_a_sale_is_on_paper_in_the_journal_and_in_the_x,
                   the_second_drawer_is_opened_by_its_own_pulse, a_drawer_is_not_opened_without_a_reason_a_drawer_or_a_shift,
                   an_x_is_printed_for_a_manager_and_changes_nothing, shifts_are_listed_newest_first,
                   without_an_open_shift_there_is_no_current_one));
}
