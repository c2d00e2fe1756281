/* Orders that move into another order, and what the kitchen is told of it. */
#include <string.h>

#include "pos/core/verify.h"
#include "tests/support/core_moving.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

/* ---- into another order ---- */

/* Order 1 at table 7: 1 almuerzo sent. Order 2 at table 3: 2 limonadas sent of which 1 is voided, 1 torta not sent. */
static struct order_id into, from;
static void two_tables(void) {
    into = moving_table(&f, "mesa-7", 4);
    from = moving_table(&f, "mesa-3", 2);
    core_put(&f, into, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, into));
    core_put(&f, from, "limonada", 2, "poco hielo");
    core_ok(&f, core_send(&f, from));
    core_ok(&f, core_void_line(&f, f.manager, from, moving_line(&f, from, 0), 1, "Error al marcar"));
    core_put(&f, from, "torta", 1, "");
}

START_TEST(a_merged_order_has_everything_of_both) {
    two_tables();
    core_ok(&f, core_merge(&f, into, from));
    struct order *o = core_read(&f, into);
    ck_assert_int_eq(o->number, 1);
    ck_assert_str_eq(o->table, "mesa-7");
    ck_assert_int_eq(o->covers, 6);
    ck_assert_int_eq(o->state, ORDER_SENT);
    ck_assert_int_eq(o->sends, 2);
    ck_assert_int_eq(o->version, 4); /* opened, a line, a send, merged */
    ck_assert_uint_eq(o->line_count, 3);
    ck_assert_str_eq(o->lines[1].item, "limonada");
    ck_assert_int_eq(o->lines[1].voided, 1);
    ck_assert_int_eq(o->lines[1].sent, 2);
    ck_assert_str_eq(o->lines[2].item, "torta");
    ck_assert_int_eq(o->totals.gross, 48900); /* 25.000 + 8.900 + 15.000 */
    ck_assert_int_eq(o->balance, 48900);
    ck_assert_uint_eq(o->bill_count, 1);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM order_part WHERE order_id = 1"), 3);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM line_void WHERE order_id = 1"), 1);
    ck_assert_str_eq(core_text(&f, "SELECT detail FROM journal WHERE kind = 'order_merged' AND order_id = 1"),
                     "{\"from\":2,\"from_number\":2,\"from_table\":\"mesa-3\",\"amount\":23900}");
}
END_TEST

START_TEST(the_emptied_order_is_over_and_says_where_it_went) {
    two_tables();
    core_ok(&f, core_merge(&f, into, from));
    struct order *o = core_read(&f, from);
    ck_assert_int_eq(o->state, ORDER_VOIDED);
    ck_assert_int_eq(o->merged_into.v, into.v);
    ck_assert_str_eq(o->void_reason, "unido al pedido 1");
    ck_assert_int_eq(o->ended_at, CORE_NOW);
    ck_assert_int_eq(o->version, 6); /* opened, a line, a send, a void, a line, merged */
    ck_assert_uint_eq(o->line_count, 0);
    ck_assert_int_eq(o->balance, 0);
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(state) FROM bill WHERE order_id = 2"), "voided");
    core_refused(&f, "order_voided", core_send(&f, from));
    core_refused(&f, "order_voided", core_pay(&f, from, &(struct payment_new){.means = "efectivo"}));
    moving_table(&f, "mesa-3", 2); /* its table is free */
}
END_TEST

START_TEST(stations_are_told_whose_food_joins_which) {
    two_tables();
    core_ok(&f, core_merge(&f, into, from));
    /* Only the bar has something of table 3; the kitchen's plate goes where it was to go. */
    ck_assert_str_eq(moving_papers(&f), "1 cocina-caliente 1 of 1, 2 barra 1 of 1, 3 barra 2 of 1");
    const char *text = moving_paper(&f, 3);
    data_has(text, "BARRA");
    data_has(text, "#0002\n");
    data_has(text, "UNIÓN DE MESAS");
    data_has(text, "MESA 3\n");
    data_has(text, "▓ VA CON MESA 7 ▓");
    data_has(text, "6 personas");
    data_has(text, "NO PREPARAR DE NUEVO");
    data_has(text, "Sigue en marcha lo de #0001:\n");
    data_has(text, "  2 LIMONADA — poco hielo\n"); /* the void is not told yet */
    data_has(text, "Pedido 0002 · ahora 0001");
    data_lacks(text, "TORTA");
}
END_TEST

START_TEST(after_a_merge_a_send_prints_only_what_changed) {
    two_tables();
    core_ok(&f, core_merge(&f, into, from));
    core_ok(&f, core_send(&f, into));
    ck_assert_uint_eq(f.ticket_count, 2);
    const char *bar = moving_paper(&f, f.tickets[0].job.v), *cold = moving_paper(&f, f.tickets[1].job.v);
    data_has(bar, " MESA 7 ");
    data_has(bar, "ANULAR 1 LIMONADA — poco hielo");
    data_lacks(bar, "+ ");
    data_has(cold, " MESA 7 ");
    data_has(cold, "1  TORTA");
    core_ok(&f, core_send(&f, into));
    ck_assert_uint_eq(f.ticket_count, 0);
}
END_TEST

START_TEST(a_held_course_of_the_merged_order_is_fired_by_the_other) {
    into = moving_table(&f, "mesa-7", 0);
    from = moving_takeaway(&f);
    core_ok(&f, core_add(&f, from, &(struct order_line_new){.item = "posta", .quantity = 1, .note = "", .hold = true}, 1));
    core_ok(&f, core_merge(&f, into, from));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job"), 0);
    struct order *o = core_read(&f, into);
    ck_assert_int_eq(o->state, ORDER_OPEN);
    ck_assert_int_eq(o->covers, 0); /* neither said */
    ck_assert(o->lines[0].held);
    core_ok(&f, core_fire(&f, into, "fuerte"));
    ck_assert_uint_eq(f.ticket_count, 1);
    data_has(moving_paper(&f, 1), "1  POSTA");
}
END_TEST

START_TEST(orders_without_a_table_are_called_by_their_number) {
    into = moving_takeaway(&f);
    from = moving_takeaway(&f);
    core_put(&f, from, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, from));
    core_ok(&f, core_merge(&f, into, from));
    data_has(moving_paper(&f, 2), "UNIÓN DE PEDIDOS");
    data_has(moving_paper(&f, 2), "PEDIDO 2\n");
    data_has(moving_paper(&f, 2), "VA CON PEDIDO 1");
}
END_TEST

START_TEST(paper_that_waits_is_waited_for_at_the_new_order) {
    two_tables();
    core_ok(&f, core_merge(&f, into, from));
    struct order_summary *rows;
    size_t count;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = order_list(db, -1, (struct shift_id){0}, 0, 10, f.arena, &rows, &count, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(rows[0].unprinted, 3);
    ck_assert_int_eq(rows[0].net, 48900);
}
END_TEST

START_TEST(covers_of_both_stay_within_what_an_order_holds) {
    into = moving_table(&f, "mesa-7", 90);
    from = moving_table(&f, "mesa-3", 20);
    core_ok(&f, core_merge(&f, into, from));
    ck_assert_int_eq(core_read(&f, into)->covers, 99);
}
END_TEST

static enum tip_answer tip_after(enum tip_answer first, enum tip_answer second) {
    into = moving_table(&f, "mesa-7", 0);
    from = moving_table(&f, "mesa-3", 0);
    core_put(&f, into, "almuerzo", 1, "");
    core_put(&f, from, "almuerzo", 1, "");
    if (first != TIP_UNASKED) core_ok(&f, core_tip(&f, into, first, 1000));
    if (second != TIP_UNASKED) core_ok(&f, core_tip(&f, from, second, 2000));
    core_ok(&f, core_merge(&f, into, from));
    struct order *o = core_read(&f, into);
    ck_assert_int_eq(o->totals.due, 50000);
    core_ok(&f, core_void(&f, f.waiter, into, ""));
    return o->tip_answer;
}
START_TEST(a_tip_is_asked_anew_unless_both_declined) {
    ck_assert_int_eq(tip_after(TIP_DECLINED, TIP_DECLINED), TIP_DECLINED);
    ck_assert_int_eq(tip_after(TIP_UNASKED, TIP_UNASKED), TIP_UNASKED);
    ck_assert_int_eq(tip_after(TIP_DECLINED, TIP_UNASKED), TIP_UNASKED);
    ck_assert_int_eq(tip_after(TIP_SET, TIP_DECLINED), TIP_UNASKED);
    ck_assert_int_eq(tip_after(TIP_SET, TIP_SET), TIP_UNASKED);
    ck_assert_int_eq(
        core_int(&f, "SELECT json_extract(detail, '$.tip_before') FROM journal WHERE kind = 'order_merged' ORDER BY seq DESC"),
        3000);
}
END_TEST

START_TEST(only_two_live_orders_that_owe_everything_are_merged) {
    two_tables();
    struct order_id paid = core_sold(&f, "limonada", 1), gone = core_table(&f, "mesa-8"), part = core_table(&f, "mesa-9");
    core_ok(&f, core_pay(&f, paid, &(struct payment_new){.means = "efectivo"}));
    core_ok(&f, core_void(&f, f.waiter, gone, ""));
    core_put(&f, part, "almuerzo", 1, "");
    core_ok(&f, core_tip(&f, part, TIP_DECLINED, 0));
    core_ok(&f, core_pay(&f, part, &(struct payment_new){.means = "efectivo", .amount = 10000}));
    const char *before = moving_everything(&f);
    core_refused(&f, "merge_same", core_merge(&f, into, into));
    ck_assert_int_eq(f.error.kind, ERROR_INVALID);
    core_refused(&f, "order_unknown", core_merge(&f, into, (struct order_id){99}));
    ck_assert_str_eq(f.error.field, "from");
    core_refused(&f, "order_unknown", core_merge(&f, (struct order_id){99}, from));
    ck_assert_str_eq(f.error.field, "");
    core_refused(&f, "order_paid", core_merge(&f, into, paid));
    core_refused(&f, "order_paid", core_merge(&f, paid, from));
    core_refused(&f, "order_voided", core_merge(&f, into, gone));
    core_refused(&f, "order_voided", core_merge(&f, gone, from));
    core_refused(&f, "order_part_paid", core_merge(&f, into, part));
    core_refused(&f, "order_part_paid", core_merge(&f, part, from));
    f.waiter = f.console;
    core_refused(&f, "staff_needed", core_merge(&f, into, from));
    moving_nothing(&f, before);
}
END_TEST

static bool do_split(struct act *act, void *self, struct error *e) {
    return order_split(act, *(const struct order_id *)self, &(struct order_split_new){.ways = 2}, e);
}
START_TEST(a_split_order_is_not_merged) {
    two_tables();
    core_ok(&f, core_do(&f, f.cashier, do_split, &into));
    core_refused(&f, "order_split", core_merge(&f, into, from));
    ck_assert_str_eq(f.error.field, "");
    core_refused(&f, "order_split", core_merge(&f, from, into));
    ck_assert_str_eq(f.error.field, "from");
}
END_TEST

struct discount_call {
    struct order_id order;
    struct order_discount_new in;
};
static bool do_discount(struct act *act, void *self, struct error *e) {
    struct discount_call *c = self;
    int64_t id;
    return order_discount(act, c->order, &c->in, &id, e);
}
START_TEST(a_discount_on_a_dish_goes_with_it_and_one_on_the_whole_bill_is_not_spread) {
    two_tables();
    core_ok(&f, core_do(&f, f.manager, do_discount,
                        &(struct discount_call){from,
                                                {.percent = 1000,
                                                 .line = moving_line(&f, from, 1),
                                                 .reason = "Cliente frecuente"}})); /* 1.500 of the torta */
    core_ok(&f, core_do(&f, f.manager, do_discount, &(struct discount_call){into, {.amount = 5000, .reason = "Demora"}}));
    core_refused(&f, "order_discounted", core_merge(&f, into, from));
    core_refused(&f, "order_discounted", core_merge(&f, from, into));
    ck_assert_str_eq(f.error.field, "from");
    struct order_id third = moving_table(&f, "mesa-9", 0);
    core_put(&f, third, "libro", 1, "");
    core_ok(&f, core_merge(&f, third, from));
    struct order *o = core_read(&f, third);
    ck_assert_int_eq(o->totals.gross, 28900); /* 5.000 + 8.900 + 15.000 */
    ck_assert_int_eq(o->totals.discount, 1500);
    ck_assert_int_eq(o->totals.due, 27400);
}
END_TEST

START_TEST(two_orders_that_do_not_fit_in_one_stay_two) {
    struct order_line_new lines[ORDER_LINES_MAX];
    for (size_t i = 0; i < ORDER_LINES_MAX; i++) lines[i] = (struct order_line_new){.item = "agua", .quantity = 1, .note = ""};
    into = moving_table(&f, "mesa-7", 0);
    from = moving_table(&f, "mesa-3", 0);
    core_ok(&f, core_add(&f, into, lines, 120));
    core_ok(&f, core_add(&f, from, lines, 81));
    const char *before = moving_everything(&f);
    core_refused(&f, "order_full", core_merge(&f, into, from));
    moving_nothing(&f, before);
    core_ok(&f, core_remove(&f, from, moving_line(&f, from, 0))); /* a removed line keeps its row */
    core_refused(&f, "order_full", core_merge(&f, into, from));
    struct order_id other = moving_table(&f, "mesa-8", 0);
    core_ok(&f, core_add(&f, other, lines, 80));
    core_ok(&f, core_merge(&f, into, other));
    ck_assert_uint_eq(core_read(&f, into)->line_count, 200);
}
END_TEST

/* ---- what the day's books say ---- */

static bool do_close(struct act *act, void *self, struct error *e) {
    struct shift_closed closed;
    return shift_close(act, *(const struct shift_id *)self, &(struct shift_close_in){0}, &closed, e);
}
static char findings[2048];
static void tell(void *self, const char *line) {
    (void)self;
    strncat(findings, line, sizeof findings - strlen(findings) - 1);
}
START_TEST(a_merged_order_is_paid_once_and_is_no_voided_order) {
    two_tables();
    core_ok(&f, core_merge(&f, into, from));
    moving_pay(&f, into);
    ck_assert_int_eq(core_int(&f, "SELECT due FROM bill WHERE state = 'paid'"), 48900);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM fiscal_document"), 1);
    core_ok(&f, core_do(&f, f.cashier, do_close, &f.shift));
    struct shift_report r;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = shift_report(db, f.shift, f.arena, &r, &f.error);
    struct verify_result result;
    bool sound = verify_database(db, f.site, f.till->journal_key, tell, NULL, &result, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    core_ok(&f, sound);
    ck_assert_str_eq(findings, "");
    ck_assert_int_eq(r.documents, 1);
    ck_assert_int_eq(r.net, 48900);
    ck_assert_int_eq(r.voided_orders, 0);
    ck_assert_int_eq(r.voided_lines, 1); /* the limonada, as before */
    ck_assert_int_eq(core_read(&f, from)->state, ORDER_VOIDED);
    ck_assert_int_eq(core_read(&f, into)->state, ORDER_CLOSED);
}
END_TEST

static bool do_leave_a_line_behind(struct act *act, void *self, struct error *e) {
    (void)self;
    return db_script(act->db, "UPDATE order_line SET order_id = 2 WHERE item = 'torta'", e);
}
START_TEST(a_line_left_behind_in_a_merged_order_is_found_by_verify) {
    two_tables();
    core_ok(&f, core_merge(&f, into, from));
    core_ok(&f, core_do(&f, f.console, do_leave_a_line_behind, NULL));
    struct verify_result result;
    struct db *db = db_pool_take(f.till->readers);
    bool done = verify_database(db, f.site, f.till->journal_key, tell, NULL, &result, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, done);
    ck_assert_str_eq(findings, "order 2: went into order 1, and still holds 1 lines");
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_order_merge", setup, teardown,
        DATA_TESTS(a_merged_order_has_everything_of_both, the_emptied_order_is_over_and_says_where_it_went,
                   stations_are_told_whose_food_joins_which, after_a_merge_a_send_prints_only_what_changed,
                   a_held_course_of_the_merged_order_is_fired_by_the_other, orders_without_a_table_are_called_by_their_number,
                   paper_that_waits_is_waited_for_at_the_new_order, covers_of_both_stay_within_what_an_order_holds,
                   a_tip_is_asked_anew_unless_both_declined, only_two_live_orders_that_owe_everything_are_merged,
                   a_split_order_is_not_merged, a_discount_on_a_dish_goes_with_it_and_one_on_the_whole_bill_is_not_spread,
                   two_orders_that_do_not_fit_in_one_stay_two, a_merged_order_is_paid_once_and_is_no_voided_order,
                   a_line_left_behind_in_a_merged_order_is_found_by_verify));
}
