/* Orders: opening, adding, taking back, voiding, and what is read back. */
#include "tests/support/core_fixture.h"

#include <string.h>

static struct core_fixture f;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

static bool try_open(enum order_kind kind, const char *table) {
    struct order_id id;
    return core_open(&f, &(struct order_new){.kind = kind, .table = table, .name = ""}, &id);
}
static bool try_add(struct order_id id, const char *item, int32_t quantity) {
    return core_add(&f, id, &(struct order_line_new){.item = item, .quantity = quantity, .note = ""}, 1);
}
static struct line_id line_at(struct order_id id, size_t index) {
    return core_read(&f, id)->lines[index].id;
}
static bool same_as(const char *before) {
    return strcmp(before, core_state(&f)) == 0;
}

/* ---- opening ---- */

START_TEST(an_order_opens_with_the_shifts_next_number) {
    struct order *first = core_read(&f, core_table(&f, "mesa-12")), *second = core_read(&f, core_table(&f, "mesa-1"));
    ck_assert_int_eq(first->number, 1);
    ck_assert_int_eq(second->number, 2);
    ck_assert_int_eq(first->state, ORDER_OPEN);
    ck_assert_str_eq(first->table, "mesa-12");
    ck_assert_str_eq(first->opened_by, "Marlene");
    ck_assert_int_eq(first->opened_at, CORE_NOW);
    ck_assert_int_eq(first->version, 1);
    ck_assert_uint_eq(first->bill_count, 1);
    ck_assert(!first->bills[0].paid);
    ck_assert_ptr_null(first->bills[0].document);
    ck_assert_int_eq(first->balance, 0);
}
END_TEST

START_TEST(a_table_takes_one_order) {
    core_table(&f, "mesa-3");
    const char *before = core_state(&f);
    core_refused(&f, "table_taken", try_open(ORDER_TABLE, "mesa-3"));
    ck_assert_int_eq(f.error.kind, ERROR_CONFLICT);
    ck_assert_ptr_nonnull(strstr(f.error.message, "order 1"));
    ck_assert(same_as(before));
}
END_TEST

START_TEST(what_the_site_does_not_have_is_refused) {
    const char *before = core_state(&f);
    core_refused(&f, "kind_not_offered", try_open(ORDER_TRUCK, NULL));
    core_refused(&f, "table_unknown", try_open(ORDER_TABLE, "mesa-99"));
    core_refused(&f, "table_unknown", try_open(ORDER_TABLE, NULL));
    core_refused(&f, "invalid_field", try_open(ORDER_TAKEAWAY, "mesa-1"));
    ck_assert_str_eq(f.error.field, "table");
    struct order_id id;
    core_refused(&f, "invalid_field", core_open(&f, &(struct order_new){.kind = ORDER_TAKEAWAY, .name = "", .covers = 100}, &id));
    core_refused(&f, "invalid_field", core_open(&f, &(struct order_new){.kind = ORDER_TAKEAWAY, .name = "dos\nlíneas"}, &id));
    ck_assert_str_eq(f.error.field, "name");
    ck_assert(same_as(before));
}
END_TEST

START_TEST(without_a_shift_nothing_is_sold) {
    core_fixture_close(&f);
    core_fixture_prepare(&f);
    core_fixture_start(&f);
    core_refused(&f, "no_open_shift", try_open(ORDER_TABLE, "mesa-1"));
    ck_assert_int_eq(f.error.kind, ERROR_CONFLICT);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM orders"), 0);
}
END_TEST

START_TEST(the_console_does_not_sell) {
    f.waiter = f.console;
    core_refused(&f, "staff_needed", try_open(ORDER_TABLE, "mesa-1"));
    ck_assert_int_eq(f.error.kind, ERROR_DENIED);
}
END_TEST

/* ---- lines ---- */

START_TEST(a_line_keeps_the_names_price_and_tax_of_the_sale) {
    const struct menu_pick picks[] = {{"extra-suero", 2}, {"sin-cebolla", 1}};
    struct order_id id = core_table(&f, "mesa-1");
    core_ok(&f, core_add(&f, id,
                         &(struct order_line_new){
                             .item = "posta", .quantity = 2, .picks = picks, .pick_count = 2, .note = "poca sal", .seat = 4},
                         1));
    struct order *o = core_read(&f, id);
    ck_assert_uint_eq(o->line_count, 1);
    const struct order_line *l = &o->lines[0];
    ck_assert_str_eq(l->name, "Posta cartagenera con arroz titoté");
    ck_assert_str_eq(l->category, "cocina");
    ck_assert_str_eq(l->course, "fuerte");
    ck_assert_str_eq(l->note, "poca sal");
    ck_assert_int_eq(l->seat, 4);
    ck_assert_int_eq(l->unit_price, 50000); /* 42.000 + 2 × 4.000 */
    ck_assert_int_eq(l->tax_rate, 800);
    ck_assert_str_eq(l->tax_name, "INC");
    ck_assert_uint_eq(l->option_count, 2);
    ck_assert_str_eq(l->options[0].option, "sin-cebolla"); /* in the menu's order */
    ck_assert_str_eq(l->options[1].name, "adición de suero");
    ck_assert_int_eq(l->options[1].quantity, 2);
    ck_assert_int_eq(l->options[1].price, 4000);
    ck_assert_int_eq(o->totals.gross, 100000);
    ck_assert_int_eq(o->totals.base, 92593);
    ck_assert_int_eq(o->totals.tax, 7407);
    ck_assert_int_eq(o->balance, 100000);
    ck_assert(o->changed && l->changed);
    ck_assert_int_eq(l->sent, 0);
    ck_assert_int_eq(o->version, 2);
}
END_TEST

START_TEST(options_stand_with_their_own_line) {
    const struct menu_pick onion[] = {{"sin-cebolla", 1}}, titote[] = {{"titote-aparte", 1}};
    const struct order_line_new lines[] = {{.item = "posta", .quantity = 1, .picks = onion, .pick_count = 1, .note = ""},
                                           {.item = "almuerzo", .quantity = 1, .note = ""},
                                           {.item = "posta", .quantity = 1, .picks = titote, .pick_count = 1, .note = ""}};
    struct order_id id = core_table(&f, "mesa-1");
    core_ok(&f, core_add(&f, id, lines, 3));
    core_ok(&f, core_remove(&f, id, line_at(id, 0)));
    struct order *o = core_read(&f, id);
    ck_assert_uint_eq(o->line_count, 2);
    ck_assert_uint_eq(o->lines[0].option_count, 0);
    ck_assert_uint_eq(o->lines[1].option_count, 1);
    ck_assert_str_eq(o->lines[1].options[0].option, "titote-aparte");
}
END_TEST

START_TEST(lines_are_added_all_or_none) {
    const struct order_line_new lines[] = {{.item = "almuerzo", .quantity = 1, .note = ""},
                                           {.item = "limonada", .quantity = 1, .note = ""},
                                           {.item = "unicornio", .quantity = 1, .note = ""}};
    struct order_id id = core_table(&f, "mesa-1");
    const char *before = core_state(&f);
    core_refused(&f, "item_unknown", core_add(&f, id, lines, 3));
    ck_assert_int_eq(f.error.kind, ERROR_NOT_FOUND);
    ck_assert_str_eq(f.error.field, "lines[2].item");
    ck_assert(same_as(before));
}
END_TEST

START_TEST(a_bad_line_is_refused_by_its_field) {
    struct order_id id = core_table(&f, "mesa-1");
    const char *before = core_state(&f);
    core_refused(&f, "invalid_field", try_add(id, "almuerzo", 0));
    ck_assert_str_eq(f.error.field, "lines[0].quantity");
    core_refused(&f, "invalid_field", try_add(id, "almuerzo", -1));
    core_refused(&f, "invalid_field", try_add(id, "almuerzo", 1000));
    core_refused(&f, "options_missing", try_add(id, "menu-fijo", 1));
    ck_assert_str_eq(f.error.field, "lines[0].options");
    const struct menu_pick wrong = {"sin-gluten", 1};
    core_refused(&f, "option_unknown",
                 core_add(&f, id,
                          &(struct order_line_new){.item = "posta", .quantity = 1, .picks = &wrong, .pick_count = 1, .note = ""},
                          1));
    ck_assert_str_eq(f.error.field, "lines[0].options[0].option");
    core_refused(&f, "course_unknown",
                 core_add(&f, id, &(struct order_line_new){.item = "posta", .quantity = 1, .note = "", .course = "merienda"}, 1));
    core_refused(&f, "invalid_field",
                 core_add(&f, id, &(struct order_line_new){.item = "posta", .quantity = 1, .note = "", .seat = 100}, 1));
    ck_assert_str_eq(f.error.field, "lines[0].seat");
    char note[142];
    memset(note, 'x', 141);
    note[141] = '\0';
    core_refused(&f, "invalid_field",
                 core_add(&f, id, &(struct order_line_new){.item = "posta", .quantity = 1, .note = note}, 1));
    ck_assert_str_eq(f.error.field, "lines[0].note");
    core_refused(&f, "invalid_field", core_add(&f, id, NULL, 0));
    ck_assert(same_as(before));
    note[140] = '\0';
    core_ok(&f, core_add(&f, id, &(struct order_line_new){.item = "posta", .quantity = 999, .note = note}, 1));
}
END_TEST

START_TEST(an_order_takes_two_hundred_lines_and_no_more) {
    struct order_line_new lines[201];
    for (size_t i = 0; i < 201; i++) lines[i] = (struct order_line_new){.item = "agua", .quantity = 1, .note = ""};
    struct order_id id = core_table(&f, "mesa-1");
    core_refused(&f, "order_full", core_add(&f, id, lines, 201));
    core_ok(&f, core_add(&f, id, lines, 200));
    core_refused(&f, "order_full", core_add(&f, id, lines, 1));
    ck_assert_uint_eq(core_read(&f, id)->line_count, 200);
    ck_assert_int_eq(core_read(&f, id)->totals.gross, 1200000);
}
END_TEST

START_TEST(two_devices_adding_to_one_order_lose_nothing) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "almuerzo", 1, "");
    f.waiter.device = "tablet-2";
    core_put(&f, id, "limonada", 2, "");
    f.waiter.device = "till-1";
    core_put(&f, id, "agua", 1, "");
    ck_assert_uint_eq(core_read(&f, id)->line_count, 3);
    ck_assert_int_eq(core_read(&f, id)->totals.gross, 48800);
}
END_TEST

START_TEST(an_unknown_order_is_not_found) {
    core_refused(&f, "order_unknown", try_add((struct order_id){404}, "almuerzo", 1));
    ck_assert_int_eq(f.error.kind, ERROR_NOT_FOUND);
    core_refused(&f, "order_unknown", core_send(&f, (struct order_id){404}));
    core_refused(&f, "order_unknown", core_tip(&f, (struct order_id){404}, TIP_DECLINED, 0));
    core_refused(&f, "order_unknown", core_void(&f, f.manager, (struct order_id){404}, "x"));
}
END_TEST

/* ---- counted items ---- */

static bool count_three(struct act *act, void *self, struct error *e) {
    (void)self;
    const struct menu_item *item = menu_find_item(atomic_load(&act->till->menu), "torta");
    return menu_availability_set(act->db, item, (struct menu_availability){.available = true, .remaining = 3}, act->now, e);
}
static int64_t cakes_left(void) {
    return core_int(&f, "SELECT remaining FROM item_availability WHERE item = 'torta'");
}

START_TEST(a_counted_item_is_sold_down_and_given_back_before_sending) {
    core_ok(&f, core_do(&f, f.manager, count_three, NULL));
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "torta", 2, "");
    ck_assert_int_eq(cakes_left(), 1);
    const char *before = core_state(&f);
    core_refused(&f, "item_sold_out", try_add(id, "torta", 2));
    ck_assert_str_eq(f.error.field, "lines[0].item");
    ck_assert(same_as(before));
    core_ok(&f, core_remove(&f, id, line_at(id, 0)));
    ck_assert_int_eq(cakes_left(), 3);
}
END_TEST

START_TEST(a_counted_item_does_not_come_back_once_sent) {
    core_ok(&f, core_do(&f, f.manager, count_three, NULL));
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "torta", 1, "");
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_void_line(&f, f.manager, id, line_at(id, 0), 1, "Plato devuelto"));
    ck_assert_int_eq(cakes_left(), 2);
    core_put(&f, id, "torta", 2, "");
    ck_assert_int_eq(cakes_left(), 0);
    core_ok(&f, core_void(&f, f.manager, id, "El cliente se fue"));
    ck_assert_int_eq(cakes_left(), 2); /* the two that nobody baked for */
}
END_TEST

/* ---- taking back ---- */

START_TEST(a_line_is_removed_freely_before_sending) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "almuerzo", 2, "");
    core_put(&f, id, "limonada", 1, "");
    struct line_id line = line_at(id, 0);
    core_ok(&f, core_remove(&f, id, line));
    struct order *o = core_read(&f, id);
    ck_assert_uint_eq(o->line_count, 1);
    ck_assert_int_eq(o->totals.gross, 8900);
    core_refused(&f, "line_voided", core_remove(&f, id, line));
    core_refused(&f, "line_unknown", core_remove(&f, id, (struct line_id){404}));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM line_void WHERE sent = 0 AND quantity = 2"), 1);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM journal WHERE kind = 'line_removed' AND order_id = 1"), 1);
}
END_TEST

START_TEST(a_line_of_another_order_is_not_found) {
    struct order_id one = core_table(&f, "mesa-1"), other = core_table(&f, "mesa-2");
    core_put(&f, one, "almuerzo", 1, "");
    core_put(&f, other, "almuerzo", 1, "");
    core_refused(&f, "line_unknown", core_remove(&f, other, line_at(one, 0)));
}
END_TEST

START_TEST(a_sent_line_is_voided_with_a_reason_by_who_may) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "almuerzo", 3, "");
    core_ok(&f, core_send(&f, id));
    struct line_id line = line_at(id, 0);
    const char *before = core_state(&f);
    core_refused(&f, "line_sent", core_remove(&f, id, line));
    core_refused(&f, "reason_missing", core_void_line(&f, f.manager, id, line, 1, ""));
    core_refused(&f, "approval_required", core_void_line(&f, f.waiter, id, line, 1, "Error al marcar"));
    ck_assert_int_eq(f.error.kind, ERROR_DENIED);
    core_refused(&f, "void_too_many", core_void_line(&f, f.manager, id, line, 4, "Error al marcar"));
    core_refused(&f, "void_too_many", core_void_line(&f, f.manager, id, line, 0, "Error al marcar"));
    ck_assert(same_as(before));
    core_ok(&f, core_void_line(&f, f.manager, id, line, 1, "Error al marcar"));
    struct order *o = core_read(&f, id);
    ck_assert_int_eq(o->lines[0].quantity, 3);
    ck_assert_int_eq(o->lines[0].voided, 1);
    ck_assert_int_eq(o->totals.gross, 50000);
    ck_assert(o->changed);
    ck_assert_str_eq(core_text(&f, "SELECT json_extract(detail, '$.reason') || ' ' || json_extract(detail, '$.amount') FROM "
                                   "journal WHERE kind = 'line_voided'"),
                     "Error al marcar 25000");
}
END_TEST

START_TEST(a_manager_approves_a_waiters_void) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, id));
    struct actor approved = f.waiter;
    approved.approver = f.manager.staff;
    approved.approver_role = ROLE_MANAGER;
    core_ok(&f, core_void_line(&f, approved, id, line_at(id, 0), 1, "Plato devuelto"));
    ck_assert_str_eq(core_text(&f, "SELECT w.name || ' ' || a.name FROM line_void v JOIN staff w ON w.id = v.staff_id JOIN staff "
                                   "a ON a.id = v.approved_by"),
                     "Marlene Gerencia");
    struct order *o = core_read(&f, id);
    ck_assert_uint_eq(o->line_count, 1); /* voided after sending: stays to be seen */
    ck_assert_int_eq(o->totals.gross, 0);
}
END_TEST

START_TEST(what_was_added_after_a_send_is_still_removed_freely) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, id));
    core_put(&f, id, "agua", 1, "");
    core_put(&f, id, "limonada", 1, "");
    core_ok(&f, core_remove(&f, id, line_at(id, 2)));
    core_ok(&f, core_remove(&f, id, line_at(id, 1)));
    ck_assert_int_eq(core_read(&f, id)->totals.gross, 25000);
}
END_TEST

START_TEST(what_is_handed_over_counts_as_sent_after_a_send) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "agua", 2, "");
    ck_assert_int_eq(core_read(&f, id)->lines[0].sent, 0);
    core_ok(&f, core_send(&f, id));
    ck_assert_uint_eq(f.ticket_count, 0);
    struct order *o = core_read(&f, id);
    ck_assert_int_eq(o->state, ORDER_SENT);
    ck_assert_int_eq(o->lines[0].sent, 2);
    ck_assert(!o->changed);
    ck_assert_int_eq(o->sends, 0);
    core_refused(&f, "line_sent", core_remove(&f, id, line_at(id, 0)));
    core_refused(&f, "approval_required", core_void_line(&f, f.waiter, id, line_at(id, 0), 1, "Error al marcar"));
}
END_TEST

START_TEST(an_empty_order_is_not_sent) {
    struct order_id id = core_table(&f, "mesa-1");
    const char *before = core_state(&f);
    core_refused(&f, "order_empty", core_send(&f, id));
    ck_assert_int_eq(f.error.kind, ERROR_CONFLICT);
    ck_assert(same_as(before));
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_remove(&f, id, line_at(id, 0)));
    core_refused(&f, "order_empty", core_send(&f, id));
}
END_TEST

START_TEST(a_send_without_a_change_leaves_everything_as_it_was) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, id));
    ck_assert_int_eq(core_read(&f, id)->state, ORDER_SENT);
    const char *before = core_state(&f);
    core_ok(&f, core_send(&f, id));
    ck_assert_uint_eq(f.ticket_count, 0);
    ck_assert(same_as(before));
}
END_TEST

START_TEST(a_voided_order_is_over) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "almuerzo", 2, "");
    core_ok(&f, core_send(&f, id));
    core_refused(&f, "reason_missing", core_void(&f, f.manager, id, ""));
    core_refused(&f, "approval_required", core_void(&f, f.waiter, id, "El cliente se fue"));
    core_ok(&f, core_void(&f, f.manager, id, "El cliente se fue"));
    struct order *o = core_read(&f, id);
    ck_assert_int_eq(o->state, ORDER_VOIDED);
    ck_assert_str_eq(o->void_reason, "El cliente se fue");
    ck_assert_int_eq(o->balance, 0);
    ck_assert_int_eq(o->lines[0].voided, 2);
    ck_assert(!o->changed);
    const char *before = core_state(&f);
    core_refused(&f, "order_voided", try_add(id, "almuerzo", 1));
    core_refused(&f, "order_voided", core_send(&f, id));
    core_refused(&f, "order_voided", core_void(&f, f.manager, id, "otra vez"));
    core_refused(&f, "order_voided", core_tip(&f, id, TIP_SET, 100));
    core_refused(&f, "order_voided", core_pay(&f, id, &(struct payment_new){.means = "efectivo"}));
    core_refused(&f, "order_voided", core_void_line(&f, f.manager, id, o->lines[0].id, 1, "x"));
    ck_assert(same_as(before));
    core_table(&f, "mesa-1"); /* its table is free */
    ck_assert_str_eq(core_text(&f, "SELECT state FROM bill WHERE order_id = 1"), "voided");
    ck_assert_int_eq(
        core_int(&f, "SELECT count(*) FROM journal WHERE kind = 'order_voided' AND json_extract(detail, '$.amount') = 50000"), 1);
}
END_TEST

START_TEST(an_order_opened_by_mistake_is_voided_by_whoever_sells) {
    struct order_id id = core_table(&f, "mesa-1");
    core_ok(&f, core_void(&f, f.waiter, id, ""));
    ck_assert_int_eq(core_read(&f, id)->state, ORDER_VOIDED);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job"), 0);
}
END_TEST

/* ---- the list ---- */

static struct order_summary *list(int state, int64_t before, int32_t limit, size_t *count) {
    struct order_summary *rows;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = order_list(db, state, (struct shift_id){0}, before, limit, f.arena, &rows, count, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    return rows;
}

START_TEST(the_list_shows_open_orders_newest_first) {
    size_t n;
    struct order_id sent = core_table(&f, "mesa-1"), fresh = core_table(&f, "mesa-2"), gone = core_table(&f, "mesa-3");
    core_put(&f, sent, "almuerzo", 2, "");
    core_ok(&f, core_send(&f, sent));
    core_put(&f, fresh, "limonada", 1, "");
    core_ok(&f, core_void(&f, f.manager, gone, "Error"));
    struct order_summary *rows = list(-1, 0, 200, &n);
    ck_assert_uint_eq(n, 2);
    ck_assert_int_eq(rows[0].id.v, fresh.v);
    ck_assert(rows[0].changed);
    ck_assert_int_eq(rows[0].net, 8900);
    ck_assert_int_eq(rows[0].unprinted, 0);
    ck_assert_int_eq(rows[1].state, ORDER_SENT);
    ck_assert(!rows[1].changed);
    ck_assert_int_eq(rows[1].net, 50000);
    ck_assert_int_eq(rows[1].unprinted, 1);
    ck_assert_str_eq(rows[1].table, "mesa-1");
    rows = list(ORDER_VOIDED, 0, 200, &n);
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(rows[0].id.v, gone.v);
    rows = list(-1, fresh.v, 200, &n);
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(rows[0].id.v, sent.v);
    list(-1, 0, 1, &n);
    ck_assert_uint_eq(n, 1);
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_order", setup, teardown,
        DATA_TESTS(an_order_opens_with_the_shifts_next_number, a_table_takes_one_order, what_the_site_does_not_have_is_refused,
                   without_a_shift_nothing_is_sold, the_console_does_not_sell, a_line_keeps_the_names_price_and_tax_of_the_sale,
                   options_stand_with_their_own_line, lines_are_added_all_or_none, a_bad_line_is_refused_by_its_field,
                   an_order_takes_two_hundred_lines_and_no_more, two_devices_adding_to_one_order_lose_nothing,
                   an_unknown_order_is_not_found, a_counted_item_is_sold_down_and_given_back_before_sending,
                   a_counted_item_does_not_come_back_once_sent, a_line_is_removed_freely_before_sending,
                   a_line_of_another_order_is_not_found, a_sent_line_is_voided_with_a_reason_by_who_may,
                   a_manager_approves_a_waiters_void, what_was_added_after_a_send_is_still_removed_freely,
                   what_is_handed_over_counts_as_sent_after_a_send, an_empty_order_is_not_sent,
                   a_send_without_a_change_leaves_everything_as_it_was, a_voided_order_is_over,
                   an_order_opened_by_mistake_is_voided_by_whoever_sells, the_list_shows_open_orders_newest_first));
}
