/* Orders that move: to another table, into another order, to another waiter; and what the kitchen is told of it. */
#include <string.h>

#include "pos/core/report.h"
#include "pos/core/verify.h"
#include "tests/support/core_fixture.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

static struct order_id table_for(const char *table, int32_t covers) {
    struct order_id id;
    core_ok(&f, core_open(&f, &(struct order_new){.kind = ORDER_TABLE, .table = table, .name = "", .covers = covers}, &id));
    return id;
}
static struct order_id takeaway(void) {
    struct order_id id;
    core_ok(&f, core_open(&f, &(struct order_new){.kind = ORDER_TAKEAWAY, .name = "Rosa"}, &id));
    return id;
}
static struct line_id line_at(struct order_id id, size_t index) {
    return core_read(&f, id)->lines[index].id;
}
/* Every row and its table, waiter, bill and owner: equal texts mean that nothing changed. */
static const char *everything(void) {
    return arena_printf(
        f.arena, "%s|%s|%s|%s", core_state(&f),
        core_text(&f, "SELECT group_concat(id || ifnull(table_slug, '') || state || version || ifnull(covers, 0) || "
                      "ifnull(served_by, 0) || ifnull(merged_into, 0)) FROM orders"),
        core_text(&f, "SELECT group_concat(order_id) FROM order_line"), core_text(&f, "SELECT group_concat(state) FROM bill"));
}
#define nothing_changes(before) ck_assert_str_eq(before, everything())
static const char *papers(void) {
    return core_text(
        &f,
        "SELECT group_concat(id || ' ' || station || ' ' || sequence || ' of ' || order_id, ', ') FROM (SELECT * FROM print_job "
        "WHERE kind = 'kitchen' ORDER BY id)");
}
#define has(text, part) ck_assert_msg(strstr((text), (part)) != NULL, "\"%s\" is not in:\n%s", (part), (text))
#define lacks(text, part) ck_assert_msg(strstr((text), (part)) == NULL, "\"%s\" is in:\n%s", (part), (text))
static const char *paper(int64_t job) {
    return core_paper(&f, (struct job_id){job}, NULL);
}
static void pay(struct order_id id) {
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "efectivo"}));
}

/* ---- another table ---- */

START_TEST(a_move_takes_the_new_table_and_frees_the_old) {
    struct order_id id = table_for("mesa-3", 2);
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_move(&f, id, "mesa-7"));
    ck_assert_str_eq(core_read(&f, id)->table, "mesa-7");
    ck_assert_int_eq(core_read(&f, id)->number, 1);
    ck_assert_int_eq(core_read(&f, id)->version, 3); /* opened, a line, moved */
    core_table(&f, "mesa-3");
    ck_assert_str_eq(core_text(&f, "SELECT detail FROM journal WHERE kind = 'order_moved' AND order_id = 1"),
                     "{\"from\":\"mesa-3\",\"to\":\"mesa-7\"}");
}
END_TEST

START_TEST(the_same_table_is_no_change) {
    struct order_id id = table_for("mesa-3", 2);
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, id));
    const char *before = everything();
    core_ok(&f, core_move(&f, id, "mesa-3"));
    nothing_changes(before);
}
END_TEST

START_TEST(a_move_that_cannot_be_is_refused) {
    struct order_id id = table_for("mesa-3", 2), bag = takeaway();
    core_put(&f, id, "almuerzo", 1, "");
    table_for("mesa-7", 2);
    struct order_id paid = core_sold(&f, "limonada", 1), gone = core_table(&f, "mesa-8");
    core_ok(&f, core_pay(&f, paid, &(struct payment_new){.means = "efectivo"}));
    core_ok(&f, core_void(&f, f.waiter, gone, ""));
    const char *before = everything();
    core_refused(&f, "table_unknown", core_move(&f, id, "mesa-99"));
    ck_assert_str_eq(f.error.field, "table");
    core_refused(&f, "table_taken", core_move(&f, id, "mesa-7"));
    ck_assert_str_eq(f.error.field, "table");
    core_refused(&f, "not_at_table", core_move(&f, bag, "mesa-10"));
    ck_assert_int_eq(f.error.kind, ERROR_INVALID);
    core_refused(&f, "order_paid", core_move(&f, paid, "mesa-10"));
    core_refused(&f, "order_voided", core_move(&f, gone, "mesa-10"));
    core_refused(&f, "order_unknown", core_move(&f, (struct order_id){99}, "mesa-10"));
    f.waiter = f.console;
    core_refused(&f, "staff_needed", core_move(&f, id, "mesa-10"));
    nothing_changes(before);
}
END_TEST

START_TEST(each_station_that_knows_of_the_order_gets_one_notice) {
    struct order_id id = table_for("mesa-3", 4);
    const struct menu_pick no_onion = {.option = "sin-cebolla", .quantity = 1};
    core_ok(&f, core_add(&f, id,
                         &(struct order_line_new){
                             .item = "posta", .quantity = 2, .picks = &no_onion, .pick_count = 1, .note = "", .seat = 3},
                         1));
    core_put(&f, id, "limonada", 1, "");
    core_ok(&f, core_send(&f, id));
    core_put(&f, id, "torta", 1, ""); /* the cold kitchen never knew */
    core_ok(&f, core_move(&f, id, "mesa-7"));
    ck_assert_str_eq(papers(), "1 cocina-caliente 1 of 1, 2 barra 1 of 1, 3 cocina-caliente 2 of 1, 4 barra 2 of 1");
    const char *hot = paper(3), *bar = paper(4);
    has(hot, "COCINA CALIENTE");
    has(hot, "#0002\n");
    has(hot, "CAMBIO DE MESA");
    has(hot, "MESA 3\n");
    has(hot, "▓ PASA A MESA 7 ▓");
    has(hot, "Interno · Salón · 4 personas");
    has(hot, "19:42");
    has(hot, "Atiende: Marlene");
    has(hot, "NO PREPARAR DE NUEVO");
    has(hot, "Sigue en marcha lo de #0001:\n");
    has(hot, "  2 POSTA — sin cebolla · puesto 3\n");
    has(hot, "Pedido 0001 · cambio de mesa");
    lacks(hot, "LIMONADA");
    lacks(hot, "+ ");
    has(bar, "  1 LIMONADA\n");
    lacks(bar, "POSTA");
}
END_TEST

START_TEST(after_a_move_a_send_prints_only_what_changed) {
    struct order_id id = table_for("mesa-3", 4);
    core_put(&f, id, "almuerzo", 2, "");
    core_put(&f, id, "limonada", 1, "");
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_move(&f, id, "mesa-7"));
    core_ok(&f, core_send(&f, id));
    ck_assert_uint_eq(f.ticket_count, 0);
    core_put(&f, id, "limonada", 1, "");
    core_ok(&f, core_send(&f, id));
    ck_assert_uint_eq(f.ticket_count, 1);
    ck_assert_int_eq(f.tickets[0].sequence, 3);
    const char *text = paper(f.tickets[0].job.v);
    has(text, " MESA 7 ");
    has(text, "+ 1 LIMONADA");
    has(text, "envío 2"); /* a notice is no send */
}
END_TEST

START_TEST(an_order_the_kitchen_knows_nothing_of_moves_without_paper) {
    struct order_id id = table_for("mesa-3", 4);
    core_put(&f, id, "almuerzo", 2, "");
    core_put(&f, id, "agua", 1, "");
    core_ok(&f, core_move(&f, id, "mesa-7"));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job"), 0);
}
END_TEST

START_TEST(a_station_with_nothing_left_of_the_order_gets_no_notice) {
    struct order_id id = table_for("mesa-3", 4);
    core_put(&f, id, "almuerzo", 1, "");
    core_put(&f, id, "limonada", 1, "");
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_void_line(&f, f.manager, id, line_at(id, 1), 1, "Error al marcar"));
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_move(&f, id, "mesa-7"));
    ck_assert_str_eq(papers(), "1 cocina-caliente 1 of 1, 2 barra 1 of 1, 3 barra 2 of 1, 4 cocina-caliente 2 of 1");
}
END_TEST

START_TEST(a_notice_tells_what_the_station_believes_and_leaves_a_void_to_the_send) {
    struct order_id id = table_for("mesa-3", 4);
    core_put(&f, id, "almuerzo", 3, "sin sal");
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_void_line(&f, f.manager, id, line_at(id, 0), 1, "Error al marcar"));
    core_ok(&f, core_move(&f, id, "mesa-7"));
    has(paper(2), "  3 ALMUERZO — sin sal\n");
    core_ok(&f, core_send(&f, id));
    ck_assert_uint_eq(f.ticket_count, 1);
    has(paper(3), "ANULAR 1 ALMUERZO — sin sal");
}
END_TEST

START_TEST(a_notice_keeps_an_allergy_in_sight) {
    struct order_id id = table_for("mesa-3", 4);
    core_put(&f, id, "caldoso", 1, "Alergia: maní");
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_move(&f, id, "mesa-7"));
    has(paper(2), "▓1 ARROZ CALDOSO — Alergia: maní▓");
    has(paper(2), "  1 ALMUERZO\n");
}
END_TEST

START_TEST(a_second_move_names_every_ticket_of_the_order) {
    struct order_id id = table_for("mesa-3", 4);
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_move(&f, id, "mesa-7"));
    core_ok(&f, core_move(&f, id, "mesa-3"));
    has(paper(3), "Sigue en marcha lo de #0001 #0002:\n");
    has(paper(3), "MESA 7\n");
    has(paper(3), "PASA A MESA 3");
}
END_TEST

/* ---- into another order ---- */

/* Order 1 at table 7: 1 almuerzo sent. Order 2 at table 3: 2 limonadas sent of which 1 is voided, 1 torta not sent. */
static struct order_id into, from;
static void two_tables(void) {
    into = table_for("mesa-7", 4);
    from = table_for("mesa-3", 2);
    core_put(&f, into, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, into));
    core_put(&f, from, "limonada", 2, "poco hielo");
    core_ok(&f, core_send(&f, from));
    core_ok(&f, core_void_line(&f, f.manager, from, line_at(from, 0), 1, "Error al marcar"));
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
    table_for("mesa-3", 2); /* its table is free */
}
END_TEST

START_TEST(stations_are_told_whose_food_joins_which) {
    two_tables();
    core_ok(&f, core_merge(&f, into, from));
    /* Only the bar has something of table 3; the kitchen's plate goes where it was to go. */
    ck_assert_str_eq(papers(), "1 cocina-caliente 1 of 1, 2 barra 1 of 1, 3 barra 2 of 1");
    const char *text = paper(3);
    has(text, "BARRA");
    has(text, "#0002\n");
    has(text, "UNIÓN DE MESAS");
    has(text, "MESA 3\n");
    has(text, "▓ VA CON MESA 7 ▓");
    has(text, "6 personas");
    has(text, "NO PREPARAR DE NUEVO");
    has(text, "Sigue en marcha lo de #0001:\n");
    has(text, "  2 LIMONADA — poco hielo\n"); /* the void is not told yet */
    has(text, "Pedido 0002 · ahora 0001");
    lacks(text, "TORTA");
}
END_TEST

START_TEST(after_a_merge_a_send_prints_only_what_changed) {
    two_tables();
    core_ok(&f, core_merge(&f, into, from));
    core_ok(&f, core_send(&f, into));
    ck_assert_uint_eq(f.ticket_count, 2);
    const char *bar = paper(f.tickets[0].job.v), *cold = paper(f.tickets[1].job.v);
    has(bar, " MESA 7 ");
    has(bar, "ANULAR 1 LIMONADA — poco hielo");
    lacks(bar, "+ ");
    has(cold, " MESA 7 ");
    has(cold, "1  TORTA");
    core_ok(&f, core_send(&f, into));
    ck_assert_uint_eq(f.ticket_count, 0);
}
END_TEST

START_TEST(a_held_course_of_the_merged_order_is_fired_by_the_other) {
    into = table_for("mesa-7", 0);
    from = takeaway();
    core_ok(&f, core_add(&f, from, &(struct order_line_new){.item = "posta", .quantity = 1, .note = "", .hold = true}, 1));
    core_ok(&f, core_merge(&f, into, from));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job"), 0);
    struct order *o = core_read(&f, into);
    ck_assert_int_eq(o->state, ORDER_OPEN);
    ck_assert_int_eq(o->covers, 0); /* neither said */
    ck_assert(o->lines[0].held);
    core_ok(&f, core_fire(&f, into, "fuerte"));
    ck_assert_uint_eq(f.ticket_count, 1);
    has(paper(1), "1  POSTA");
}
END_TEST

START_TEST(orders_without_a_table_are_called_by_their_number) {
    into = takeaway();
    from = takeaway();
    core_put(&f, from, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, from));
    core_ok(&f, core_merge(&f, into, from));
    has(paper(2), "UNIÓN DE PEDIDOS");
    has(paper(2), "PEDIDO 2\n");
    has(paper(2), "VA CON PEDIDO 1");
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
    into = table_for("mesa-7", 90);
    from = table_for("mesa-3", 20);
    core_ok(&f, core_merge(&f, into, from));
    ck_assert_int_eq(core_read(&f, into)->covers, 99);
}
END_TEST

static enum tip_answer tip_after(enum tip_answer first, enum tip_answer second) {
    into = table_for("mesa-7", 0);
    from = table_for("mesa-3", 0);
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
    const char *before = everything();
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
    nothing_changes(before);
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
    core_ok(
        &f,
        core_do(&f, f.manager, do_discount,
                &(struct discount_call){
                    from, {.percent = 1000, .line = line_at(from, 1), .reason = "Cliente frecuente"}})); /* 1.500 of the torta */
    core_ok(&f, core_do(&f, f.manager, do_discount, &(struct discount_call){into, {.amount = 5000, .reason = "Demora"}}));
    core_refused(&f, "order_discounted", core_merge(&f, into, from));
    core_refused(&f, "order_discounted", core_merge(&f, from, into));
    ck_assert_str_eq(f.error.field, "from");
    struct order_id third = table_for("mesa-9", 0);
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
    into = table_for("mesa-7", 0);
    from = table_for("mesa-3", 0);
    core_ok(&f, core_add(&f, into, lines, 120));
    core_ok(&f, core_add(&f, from, lines, 81));
    const char *before = everything();
    core_refused(&f, "order_full", core_merge(&f, into, from));
    nothing_changes(before);
    core_ok(&f, core_remove(&f, from, line_at(from, 0))); /* a removed line keeps its row */
    core_refused(&f, "order_full", core_merge(&f, into, from));
    struct order_id other = table_for("mesa-8", 0);
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
    pay(into);
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

/* ---- to another waiter ---- */

START_TEST(who_takes_over_is_on_tickets_and_in_lists) {
    struct order_id id = table_for("mesa-3", 2);
    ck_assert_str_eq(core_read(&f, id)->served_by, "Marlene");
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_transfer(&f, id, f.cashier.staff));
    struct order *o = core_read(&f, id);
    ck_assert_str_eq(o->opened_by, "Marlene");
    ck_assert_str_eq(o->served_by, "Caja");
    ck_assert_int_eq(o->version, 4);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job"), 1); /* the kitchen need not know */
    ck_assert_str_eq(core_text(&f, "SELECT detail FROM journal WHERE kind = 'order_transferred' AND order_id = 1"),
                     "{\"from\":1,\"to\":2}");
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, id));
    has(paper(2), "Atiende: Caja");
    struct order_summary *rows;
    size_t count;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = order_list(db, -1, (struct shift_id){0}, 0, 10, f.arena, &rows, &count, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    ck_assert_str_eq(rows[0].opened_by, "Marlene");
    ck_assert_str_eq(rows[0].served_by, "Caja");
}
END_TEST

START_TEST(a_sale_is_of_the_one_who_serves_it_when_it_is_paid) {
    struct order_id kept = table_for("mesa-3", 2), handed = table_for("mesa-7", 2);
    core_put(&f, kept, "limonada", 1, "");
    core_put(&f, handed, "almuerzo", 1, "");
    core_ok(&f, core_transfer(&f, handed, f.cashier.staff));
    pay(kept);
    pay(handed);
    struct json report;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = report_daily(db, f.site, atomic_load(&f.till->menu), "2026-11-24", f.arena, &report, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    struct json people = json_array(report, "by_staff", 2, 2), first = json_at(people, 0), second = json_at(people, 1);
    ck_assert_str_eq(json_text(first, "name", 60), "Caja");
    ck_assert_int_eq(json_int(first, "net", 0, MONEY_MAX), 25000);
    ck_assert_str_eq(json_text(second, "name", 60), "Marlene");
    ck_assert_int_eq(json_int(second, "net", 0, MONEY_MAX), 8900);
}
END_TEST

START_TEST(the_same_waiter_is_no_change) {
    struct order_id id = table_for("mesa-3", 2);
    const char *before = everything();
    core_ok(&f, core_transfer(&f, id, f.waiter.staff));
    nothing_changes(before);
}
END_TEST

struct leaver {
    struct staff_id id;
};
static bool do_leave(struct act *act, void *self, struct error *e) {
    return staff_update(act, ((struct leaver *)self)->id, &(struct staff_change){.role = -1, .active = 0}, e);
}
static bool do_hire_cook(struct act *act, void *self, struct error *e) {
    return staff_add(act, "Cocina", ROLE_COOK, "$argon2id$v=19$m=16,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
                     &((struct leaver *)self)->id, e);
}
START_TEST(only_a_person_who_works_here_and_may_sell_serves) {
    struct order_id id = table_for("mesa-3", 2);
    struct leaver cook, cashier = {f.cashier.staff};
    core_ok(&f, core_do(&f, f.console, do_hire_cook, &cook));
    core_ok(&f, core_do(&f, f.console, do_leave, &cashier));
    const char *before = everything();
    core_refused(&f, "staff_cannot_serve", core_transfer(&f, id, cook.id));
    ck_assert_str_eq(f.error.field, "staff");
    ck_assert_int_eq(f.error.kind, ERROR_INVALID);
    core_refused(&f, "staff_unknown", core_transfer(&f, id, f.cashier.staff));
    core_refused(&f, "staff_unknown", core_transfer(&f, id, (struct staff_id){99}));
    ck_assert_int_eq(f.error.kind, ERROR_NOT_FOUND);
    core_refused(&f, "order_unknown", core_transfer(&f, (struct order_id){99}, f.manager.staff));
    nothing_changes(before);
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_order_move", setup, teardown,
        DATA_TESTS(
            a_move_takes_the_new_table_and_frees_the_old, the_same_table_is_no_change, a_move_that_cannot_be_is_refused,
            each_station_that_knows_of_the_order_gets_one_notice, after_a_move_a_send_prints_only_what_changed,
            an_order_the_kitchen_knows_nothing_of_moves_without_paper, a_station_with_nothing_left_of_the_order_gets_no_notice,
            a_notice_tells_what_the_station_believes_and_leaves_a_void_to_the_send, a_notice_keeps_an_allergy_in_sight,
            a_second_move_names_every_ticket_of_the_order, a_merged_order_has_everything_of_both,
            the_emptied_order_is_over_and_says_where_it_went, stations_are_told_whose_food_joins_which,
            after_a_merge_a_send_prints_only_what_changed, a_held_course_of_the_merged_order_is_fired_by_the_other,
            orders_without_a_table_are_called_by_their_number, paper_that_waits_is_waited_for_at_the_new_order,
            covers_of_both_stay_within_what_an_order_holds, a_tip_is_asked_anew_unless_both_declined,
            only_two_live_orders_that_owe_everything_are_merged, a_split_order_is_not_merged,
            a_discount_on_a_dish_goes_with_it_and_one_on_the_whole_bill_is_not_spread, two_orders_that_do_not_fit_in_one_stay_two,
            a_merged_order_is_paid_once_and_is_no_voided_order, a_line_left_behind_in_a_merged_order_is_found_by_verify,
            who_takes_over_is_on_tickets_and_in_lists, a_sale_is_of_the_one_who_serves_it_when_it_is_paid,
            the_same_waiter_is_no_change, only_a_person_who_works_here_and_may_sell_serves));
}
