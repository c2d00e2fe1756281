/* Orders that move to another table or to another waiter, and what the kitchen is told of it. */
#include "pos/core/report.h"
#include "tests/support/core_moving.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

/* ---- another table ---- */

START_TEST(a_move_takes_the_new_table_and_frees_the_old) {
    struct order_id id = moving_table(&f, "mesa-3", 2);
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
    struct order_id id = moving_table(&f, "mesa-3", 2);
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, id));
    const char *before = moving_everything(&f);
    core_ok(&f, core_move(&f, id, "mesa-3"));
    moving_nothing(&f, before);
}
END_TEST

START_TEST(a_move_that_cannot_be_is_refused) {
    struct order_id id = moving_table(&f, "mesa-3", 2), bag = moving_takeaway(&f);
    core_put(&f, id, "almuerzo", 1, "");
    moving_table(&f, "mesa-7", 2);
    struct order_id paid = core_sold(&f, "limonada", 1), gone = core_table(&f, "mesa-8");
    core_ok(&f, core_pay(&f, paid, &(struct payment_new){.means = "efectivo"}));
    core_ok(&f, core_void(&f, f.waiter, gone, ""));
    const char *before = moving_everything(&f);
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
    moving_nothing(&f, before);
}
END_TEST

START_TEST(each_station_that_knows_of_the_order_gets_one_notice) {
    struct order_id id = moving_table(&f, "mesa-3", 4);
    const struct menu_pick no_onion = {.option = "sin-cebolla", .quantity = 1};
    core_ok(&f, core_add(&f, id,
                         &(struct order_line_new){
                             .item = "posta", .quantity = 2, .picks = &no_onion, .pick_count = 1, .note = "", .seat = 3},
                         1));
    core_put(&f, id, "limonada", 1, "");
    core_ok(&f, core_send(&f, id));
    core_put(&f, id, "torta", 1, ""); /* the cold kitchen never knew */
    core_ok(&f, core_move(&f, id, "mesa-7"));
    ck_assert_str_eq(moving_papers(&f), "1 cocina-caliente 1 of 1, 2 barra 1 of 1, 3 cocina-caliente 2 of 1, 4 barra 2 of 1");
    const char *hot = moving_paper(&f, 3), *bar = moving_paper(&f, 4);
    data_has(hot, "COCINA CALIENTE");
    data_has(hot, "#0002\n");
    data_has(hot, "CAMBIO DE MESA");
    data_has(hot, "MESA 3\n");
    data_has(hot, "▓ PASA A MESA 7 ▓");
    data_has(hot, "Interno · Salón · 4 personas");
    data_has(hot, "19:42");
    data_has(hot, "Atiende: Marlene");
    data_has(hot, "NO PREPARAR DE NUEVO");
    data_has(hot, "Sigue en marcha lo de #0001:\n");
    data_has(hot, "  2 POSTA — sin cebolla · puesto 3\n");
    data_has(hot, "Pedido 0001 · cambio de mesa");
    data_lacks(hot, "LIMONADA");
    data_lacks(hot, "+ ");
    data_has(bar, "  1 LIMONADA\n");
    data_lacks(bar, "POSTA");
}
END_TEST

START_TEST(after_a_move_a_send_prints_only_what_changed) {
    struct order_id id = moving_table(&f, "mesa-3", 4);
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
    const char *text = moving_paper(&f, f.tickets[0].job.v);
    data_has(text, " MESA 7 ");
    data_has(text, "+ 1 LIMONADA");
    data_has(text, "envío 2"); /* a notice is no send */
}
END_TEST

START_TEST(an_order_the_kitchen_knows_nothing_of_moves_without_paper) {
    struct order_id id = moving_table(&f, "mesa-3", 4);
    core_put(&f, id, "almuerzo", 2, "");
    core_put(&f, id, "agua", 1, "");
    core_ok(&f, core_move(&f, id, "mesa-7"));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job"), 0);
}
END_TEST

START_TEST(a_station_with_nothing_left_of_the_order_gets_no_notice) {
    struct order_id id = moving_table(&f, "mesa-3", 4);
    core_put(&f, id, "almuerzo", 1, "");
    core_put(&f, id, "limonada", 1, "");
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_void_line(&f, f.manager, id, moving_line(&f, id, 1), 1, "Error al marcar"));
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_move(&f, id, "mesa-7"));
    ck_assert_str_eq(moving_papers(&f), "1 cocina-caliente 1 of 1, 2 barra 1 of 1, 3 barra 2 of 1, 4 cocina-caliente 2 of 1");
}
END_TEST

START_TEST(a_notice_tells_what_the_station_believes_and_leaves_a_void_to_the_send) {
    struct order_id id = moving_table(&f, "mesa-3", 4);
    core_put(&f, id, "almuerzo", 3, "sin sal");
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_void_line(&f, f.manager, id, moving_line(&f, id, 0), 1, "Error al marcar"));
    core_ok(&f, core_move(&f, id, "mesa-7"));
    data_has(moving_paper(&f, 2), "  3 ALMUERZO — sin sal\n");
    core_ok(&f, core_send(&f, id));
    ck_assert_uint_eq(f.ticket_count, 1);
    data_has(moving_paper(&f, 3), "ANULAR 1 ALMUERZO — sin sal");
}
END_TEST

START_TEST(a_notice_keeps_an_allergy_in_sight) {
    struct order_id id = moving_table(&f, "mesa-3", 4);
    core_put(&f, id, "caldoso", 1, "Alergia: maní");
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_move(&f, id, "mesa-7"));
    data_has(moving_paper(&f, 2), "▓1 ARROZ CALDOSO — Alergia: maní▓");
    data_has(moving_paper(&f, 2), "  1 ALMUERZO\n");
}
END_TEST

START_TEST(a_second_move_names_every_ticket_of_the_order) {
    struct order_id id = moving_table(&f, "mesa-3", 4);
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_move(&f, id, "mesa-7"));
    core_ok(&f, core_move(&f, id, "mesa-3"));
    data_has(moving_paper(&f, 3), "Sigue en marcha lo de #0001 #0002:\n");
    data_has(moving_paper(&f, 3), "MESA 7\n");
    data_has(moving_paper(&f, 3), "PASA A MESA 3");
}
END_TEST

/* ---- to another waiter ---- */

START_TEST(who_takes_over_is_on_tickets_and_in_lists) {
    struct order_id id = moving_table(&f, "mesa-3", 2);
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
    data_has(moving_paper(&f, 2), "Atiende: Caja");
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
    struct order_id kept = moving_table(&f, "mesa-3", 2), handed = moving_table(&f, "mesa-7", 2);
    core_put(&f, kept, "limonada", 1, "");
    core_put(&f, handed, "almuerzo", 1, "");
    core_ok(&f, core_transfer(&f, handed, f.cashier.staff));
    moving_pay(&f, kept);
    moving_pay(&f, handed);
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
    struct order_id id = moving_table(&f, "mesa-3", 2);
    const char *before = moving_everything(&f);
    core_ok(&f, core_transfer(&f, id, f.waiter.staff));
    moving_nothing(&f, before);
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
    struct order_id id = moving_table(&f, "mesa-3", 2);
    struct leaver cook, cashier = {f.cashier.staff};
    core_ok(&f, core_do(&f, f.console, do_hire_cook, &cook));
    core_ok(&f, core_do(&f, f.console, do_leave, &cashier));
    const char *before = moving_everything(&f);
    core_refused(&f, "staff_cannot_serve", core_transfer(&f, id, cook.id));
    ck_assert_str_eq(f.error.field, "staff");
    ck_assert_int_eq(f.error.kind, ERROR_INVALID);
    core_refused(&f, "staff_unknown", core_transfer(&f, id, f.cashier.staff));
    core_refused(&f, "staff_unknown", core_transfer(&f, id, (struct staff_id){99}));
    ck_assert_int_eq(f.error.kind, ERROR_NOT_FOUND);
    core_refused(&f, "order_unknown", core_transfer(&f, (struct order_id){99}, f.manager.staff));
    moving_nothing(&f, before);
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_order_move", setup, teardown,
        DATA_TESTS(a_move_takes_the_new_table_and_frees_the_old, the_same_table_is_no_change, a_move_that_cannot_be_is_refused,
                   each_station_that_knows_of_the_order_gets_one_notice, after_a_move_a_send_prints_only_what_changed,
                   an_order_the_kitchen_knows_nothing_of_moves_without_paper,
                   a_station_with_nothing_left_of_the_order_gets_no_notice,
                   a_notice_tells_what_the_station_believes_and_leaves_a_void_to_the_send, a_notice_keeps_an_allergy_in_sight,
                   a_second_move_names_every_ticket_of_the_order, who_takes_over_is_on_tickets_and_in_lists,
                   a_sale_is_of_the_one_who_serves_it_when_it_is_paid, the_same_waiter_is_no_change,
                   only_a_person_who_works_here_and_may_sell_serves));
}
