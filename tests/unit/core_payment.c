/* Payments: cash and the coin, means, parts, the closing transaction, and every refusal leaving nothing behind. */
#include "tests/support/core_fixture.h"

#include <string.h>

static struct core_fixture f;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

static bool same_as(const char *before) {
    return strcmp(before, core_state(&f)) == 0;
}
static bool pay(struct order_id id, const char *means, money amount, money tendered, const char *reference) {
    return core_pay(&f, id,
                    &(struct payment_new){.means = means, .amount = amount, .tendered = tendered, .reference = reference});
}
static const char *payments(void) {
    return core_text(&f, "SELECT group_concat(means || ' ' || amount || ' ' || charged || ' ' || adjustment || ' ' || tendered "
                         "|| ' ' || change, ', ')"
                         " FROM (SELECT * FROM payment ORDER BY id)");
}

/* ---- cash and the others ---- */

START_TEST(cash_is_charged_down_to_the_coin_and_gives_change) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    core_ok(&f, pay(id, "efectivo", 0, 30000, NULL));
    ck_assert_int_eq(f.paid.charged, 27450);
    ck_assert_int_eq(f.paid.change, 2550);
    ck_assert_int_eq(f.paid.adjustment, -30);
    ck_assert_int_eq(f.paid.amount, 27480);
    ck_assert(f.paid.closed);
    ck_assert_str_eq(f.paid.document, "INT-1");
    ck_assert_str_eq(payments(), "efectivo 27480 27450 -30 30000 2550");
    ck_assert_int_eq(core_int(&f, "SELECT tax FROM bill"), 2036); /* 27.480 − 25.444: the coin touches no tax */
}
END_TEST

START_TEST(a_card_pays_to_the_peso) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    core_ok(&f, pay(id, "debito", 0, 0, "451122"));
    ck_assert_int_eq(f.paid.charged, 27480);
    ck_assert_int_eq(f.paid.change, 0);
    ck_assert_int_eq(f.paid.adjustment, 0);
    ck_assert_str_eq(core_text(&f, "SELECT kind || ' ' || means || ' ' || reference FROM payment"), "debit debito 451122");
}
END_TEST

START_TEST(a_kinds_name_is_the_sites_first_means_of_it) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    core_ok(&f, pay(id, "transfer", 0, 0, "M7781"));
    ck_assert_str_eq(core_text(&f, "SELECT means FROM payment"), "nequi");
}
END_TEST

START_TEST(the_tip_is_paid_with_the_bill_and_stands_apart) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "banquete", 1, "");
    core_ok(&f, core_tip(&f, id, TIP_SET, 9169));
    core_ok(&f, pay(id, "credito", 0, 0, "900001"));
    ck_assert_int_eq(f.paid.charged, 108194);
    ck_assert_str_eq(core_text(&f, "SELECT net || ' ' || base || ' ' || tax || ' ' || tip || ' ' || due FROM bill"),
                     "99025 91690 7335 9169 108194");
}
END_TEST

/* ---- closing ---- */

START_TEST(the_last_payment_closes_everything_at_once) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "cazuela", 1, "");
    core_put(&f, id, "camiseta", 1, "");
    core_put(&f, id, "libro", 1, "");
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    core_ok(&f, pay(id, "efectivo", 0, 100000, NULL));
    struct order *o = core_read(&f, id);
    ck_assert_int_eq(o->state, ORDER_PAID);
    ck_assert_int_eq(o->balance, 0);
    ck_assert_int_eq(o->paid, 82800);
    ck_assert_int_eq(o->ended_at, CORE_NOW);
    ck_assert(o->bills[0].paid);
    ck_assert_str_eq(o->bills[0].document, "INT-1");
    ck_assert_int_eq(o->bills[0].settled, 82800);
    ck_assert_uint_eq(o->payment_count, 1);
    ck_assert_int_eq(o->payments[0].change, 17200);
    ck_assert_str_eq(
        core_text(&f, "SELECT group_concat(tax || ' ' || gross || ' ' || base || ' ' || amount, ', ') FROM bill_tax"),
        "excluido 5000 5000 0, inc 54000 50000 4000, iva 23800 20000 3800");
    ck_assert_str_eq(
        core_text(
            &f,
            "SELECT group_concat(line_id || ' ' || quantity || ' ' || net || ' ' || base || ' ' || tax, ', ') FROM bill_line"),
        "1 1 54000 50000 4000, 2 1 23800 20000 3800, 3 1 5000 5000 0");
    ck_assert_str_eq(
        core_text(&f, "SELECT group_concat(kind || ' ' || printer, ', ') FROM (SELECT * FROM print_job ORDER BY id)"),
        "kitchen cocina, receipt caja");
    ck_assert_str_eq(core_text(&f, "SELECT prefix || number || ' ' || needs_electronic FROM fiscal_document"), "INT1 0");
    ck_assert_int_eq(
        core_int(&f, "SELECT count(*) FROM journal WHERE kind = 'payment' AND json_extract(detail, '$.document') = 'INT-1'"), 1);
    ck_assert_int_eq(core_int(&f, "SELECT shift_id FROM bill"), f.shift.v);
    core_table(&f, "mesa-1"); /* its table is free */
}
END_TEST

START_TEST(a_payment_sends_what_was_not_sent_even_what_was_held) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "limonada", 1, "");
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_add(&f, id, &(struct order_line_new){.item = "torta", .quantity = 1, .note = "", .hold = true}, 1));
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    core_ok(&f, pay(id, "efectivo", 0, 0, NULL));
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(ifnull(station, kind), ', ') FROM (SELECT * FROM print_job ORDER BY id)"),
                     "barra, cocina-fria, receipt");
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM order_part WHERE told <> 1 OR held <> 0"), 0);
}
END_TEST

START_TEST(paying_what_was_sent_prints_no_food_ticket) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    core_ok(&f, core_send(&f, id));
    core_ok(&f, pay(id, "efectivo", 0, 0, NULL));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job WHERE kind = 'kitchen'"), 1);
}
END_TEST

START_TEST(a_gift_is_closed_by_a_payment_of_nothing) {
    struct order_id id = core_sold(&f, "degustacion", 1);
    core_ok(&f, pay(id, "efectivo", 0, 0, NULL));
    ck_assert(f.paid.closed);
    ck_assert_int_eq(f.paid.charged, 0);
    ck_assert_str_eq(f.paid.document, "INT-1");
}
END_TEST

/* ---- parts ---- */

START_TEST(several_means_pay_one_bill) {
    struct order_id id = core_sold(&f, "bandeja", 2); /* 54.960 */
    core_ok(&f, pay(id, "nequi", 20000, 0, "M100"));
    ck_assert(!f.paid.closed);
    ck_assert_ptr_null(f.paid.document);
    ck_assert_int_eq(f.paid.receipt.v, 0);
    struct order *o = core_read(&f, id);
    ck_assert_int_eq(o->paid, 20000);
    ck_assert_int_eq(o->balance, 34960);
    ck_assert_int_eq(o->state, ORDER_OPEN);
    ck_assert_int_eq(o->bills[0].settled, 20000);
    core_ok(&f, pay(id, "debito", 10000, 0, "123456"));
    core_ok(&f, pay(id, "efectivo", 0, 30000, NULL));
    ck_assert(f.paid.closed);
    ck_assert_int_eq(f.paid.charged, 24950);
    ck_assert_int_eq(f.paid.change, 5050);
    ck_assert_str_eq(payments(),
                     "nequi 20000 20000 0 20000 0, debito 10000 10000 0 10000 0, efectivo 24960 24950 -10 30000 5050");
    ck_assert_int_eq(core_int(&f, "SELECT due - (SELECT sum(amount) FROM payment) FROM bill"), 0);
}
END_TEST

START_TEST(parts_in_cash_never_round_away_more_than_the_whole) {
    struct order_id id = core_sold(&f, "bandeja", 1); /* 27.480: three friends, 9.160 each */
    core_ok(&f, pay(id, "efectivo", 9160, 0, NULL));
    ck_assert_int_eq(f.paid.amount, 9150);
    core_ok(&f, pay(id, "efectivo", 9160, 10000, NULL));
    ck_assert_int_eq(f.paid.change, 850);
    core_ok(&f, pay(id, "efectivo", 0, 0, NULL));
    ck_assert(f.paid.closed);
    ck_assert_str_eq(payments(), "efectivo 9150 9150 0 9150 0, efectivo 9150 9150 0 10000 850, efectivo 9180 9150 -30 9150 0");
    ck_assert_int_eq(core_int(&f, "SELECT sum(charged) FROM payment"), 27450);
}
END_TEST

START_TEST(a_part_in_cash_opens_the_drawer_and_one_by_card_does_not) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    core_ok(&f, pay(id, "debito", 1000, 0, "123456"));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job"), 0);
    core_ok(&f, pay(id, "efectivo", 1000, 0, NULL));
    ck_assert_str_eq(core_text(&f, "SELECT kind || ' ' || printer FROM print_job"), "drawer caja");
}
END_TEST

START_TEST(what_is_part_paid_cannot_become_less_than_paid) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "almuerzo", 1, "");
    core_put(&f, id, "agua", 1, "");
    core_ok(&f, core_tip(&f, id, TIP_SET, 2000));
    core_ok(&f, pay(id, "efectivo", 30000, 0, NULL)); /* of 33.000 */
    const char *before = core_state(&f);
    struct line_id lunch = core_read(&f, id)->lines[0].id;
    core_refused(&f, "paid_more_than_due", core_remove(&f, id, lunch));
    core_refused(&f, "order_part_paid", core_void(&f, f.manager, id, "Error"));
    ck_assert(same_as(before));
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    core_ok(&f, pay(id, "efectivo", 1000, 0, NULL)); /* 31.000 in all */
    ck_assert(f.paid.closed);
}
END_TEST

START_TEST(the_rest_that_a_void_leaves_at_nothing_is_closed_by_a_payment_of_nothing) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "almuerzo", 1, "");
    core_put(&f, id, "agua", 1, "");
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    core_ok(&f, pay(id, "nequi", 25000, 0, "M1"));
    core_ok(&f, core_remove(&f, id, core_read(&f, id)->lines[1].id));
    ck_assert_int_eq(core_read(&f, id)->balance, 0);
    core_ok(&f, pay(id, "efectivo", 0, 0, NULL));
    ck_assert(f.paid.closed);
    ck_assert_int_eq(core_int(&f, "SELECT due FROM bill"), 25000);
}
END_TEST

/* ---- refusals: nothing changed ---- */

START_TEST(paying_twice_is_told_it_is_paid) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    core_ok(&f, pay(id, "efectivo", 0, 0, NULL));
    const char *before = core_state(&f);
    core_refused(&f, "order_paid", pay(id, "efectivo", 0, 0, NULL));
    ck_assert_int_eq(f.error.kind, ERROR_CONFLICT);
    core_refused(&f, "order_paid", core_void(&f, f.manager, id, "Error"));
    core_refused(&f, "order_paid", core_send(&f, id));
    core_refused(&f, "order_paid", core_tip(&f, id, TIP_SET, 100));
    core_refused(&f, "order_paid", core_add(&f, id, &(struct order_line_new){.item = "agua", .quantity = 1, .note = ""}, 1));
    core_refused(&f, "order_paid", core_void_line(&f, f.manager, id, (struct line_id){1}, 1, "Error"));
    core_refused(&f, "order_paid", core_remove(&f, id, (struct line_id){1}));
    ck_assert(same_as(before));
}
END_TEST

START_TEST(an_empty_order_is_not_paid) {
    struct order_id id = core_table(&f, "mesa-1");
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    const char *before = core_state(&f);
    core_refused(&f, "order_empty", pay(id, "efectivo", 0, 0, NULL));
    ck_assert(same_as(before));
}
END_TEST

START_TEST(an_unasked_tip_stops_the_payment) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "bandeja", 1, "");
    const char *before = core_state(&f);
    core_refused(&f, "tip_unasked", pay(id, "efectivo", 0, 0, NULL));
    ck_assert_int_eq(f.error.kind, ERROR_CONFLICT);
    ck_assert(same_as(before));
}
END_TEST

START_TEST(a_tip_that_a_void_left_too_high_stops_the_payment) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "almuerzo", 1, "");
    core_put(&f, id, "banquete", 1, "");
    core_ok(&f, core_tip(&f, id, TIP_SET, 11000));
    core_ok(&f, core_remove(&f, id, core_read(&f, id)->lines[1].id));
    core_refused(&f, "tip_over_limit", pay(id, "efectivo", 0, 0, NULL));
    core_ok(&f, core_tip(&f, id, TIP_SET, 2314));
    core_ok(&f, pay(id, "efectivo", 0, 0, NULL));
}
END_TEST

START_TEST(a_payment_that_does_not_fit_is_refused) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    const char *before = core_state(&f);
    core_refused(&f, "tender_short", pay(id, "efectivo", 0, 27400, NULL));
    ck_assert_str_eq(f.error.field, "tendered");
    core_refused(&f, "tender_short", pay(id, "efectivo", 0, -1, NULL));
    core_refused(&f, "amount_over_balance", pay(id, "efectivo", 27481, 0, NULL));
    core_refused(&f, "amount_over_balance", pay(id, "efectivo", -1, 0, NULL));
    core_refused(&f, "amount_too_small", pay(id, "efectivo", 49, 0, NULL));
    core_refused(&f, "tender_not_cash", pay(id, "nequi", 0, 30000, "M1"));
    core_refused(&f, "reference_missing", pay(id, "debito", 0, 0, NULL));
    core_refused(&f, "reference_missing", pay(id, "debito", 0, 0, ""));
    core_refused(&f, "means_unknown", pay(id, "cheque", 0, 0, NULL));
    core_refused(&f, "means_unknown", pay(id, NULL, 0, 0, NULL));
    core_refused(&f, "bill_unknown", core_pay(&f, id, &(struct payment_new){.bill = {404}, .means = "efectivo"}));
    core_refused(&f, "order_unknown", pay((struct order_id){404}, "efectivo", 0, 0, NULL));
    ck_assert(same_as(before));
    core_ok(&f, pay(id, "efectivo", 0, 27450, NULL));
}
END_TEST

START_TEST(a_card_number_is_never_stored) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    core_refused(&f, "card_number", pay(id, "credito", 0, 0, "4111111111111111"));
    core_refused(&f, "card_number", pay(id, "credito", 0, 0, "4111 1111 1111 1111"));
    core_refused(&f, "card_number", pay(id, "nequi", 0, 0, "3782-822463-10005"));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM payment"), 0);
    core_ok(&f, pay(id, "credito", 1000, 0, "4111111111111112"));      /* its check digit is wrong: only a long reference */
    core_ok(&f, pay(id, "nequi", 1000, 0, "M4111111111111111"));       /* a letter: no card has one */
    core_ok(&f, pay(id, "bre-b", 0, 0, "00000000000000000000000000")); /* longer than any card */
}
END_TEST

static bool carry_over(struct act *act, void *self, struct error *e) {
    (void)self;
    const struct shift_count_row count = {.denomination = 100000, .pieces = 2};
    struct shift_close_in in = {.count = &count, .rows = 1, .carry_open_orders = true};
    struct shift_closed closed;
    return shift_close(act, f.shift, &in, &closed, e);
}

START_TEST(an_order_carried_over_is_paid_in_the_next_shift) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    struct shift_id first = f.shift;
    core_ok(&f, core_do(&f, f.manager, carry_over, NULL));
    const char *before = core_state(&f);
    core_refused(&f, "no_open_shift", pay(id, "efectivo", 0, 0, NULL));
    ck_assert_int_eq(f.error.kind, ERROR_CONFLICT);
    ck_assert(same_as(before));
    core_fixture_open_shift(&f);
    core_ok(&f, pay(id, "efectivo", 0, 0, NULL));
    ck_assert_int_ne(f.shift.v, first.v);
    ck_assert_int_eq(core_int(&f, "SELECT shift_id FROM payment"), f.shift.v);
    ck_assert_int_eq(core_int(&f, "SELECT shift_id FROM bill"), f.shift.v);
    ck_assert_int_eq(core_int(&f, "SELECT shift_id FROM orders"), first.v);
}
END_TEST

/* ---- the document ---- */

static struct json buyer(const char *text) {
    struct json json;
    core_ok(&f, json_parse(f.arena, text, strlen(text), &json, &f.error));
    return json;
}

START_TEST(a_bill_at_the_limit_needs_no_buyer_and_one_peso_more_does) {
    struct order_id at = core_sold(&f, "fiesta", 1);
    core_ok(&f, pay(at, "efectivo", 0, 0, NULL));
    struct order_id over = core_sold(&f, "fiesta-y-uno", 1);
    const char *before = core_state(&f);
    core_refused(&f, "buyer_needed", pay(over, "efectivo", 0, 0, NULL));
    ck_assert_int_eq(f.error.kind, ERROR_CONFLICT);
    ck_assert_str_eq(f.error.field, "buyer");
    ck_assert(same_as(before));
    struct json half = buyer("{\"name\": \"Ana\"}"),
                strange = buyer("{\"name\": \"Ana\", \"document\": \"1\", \"phone\": \"3\"}");
    core_refused(&f, "invalid_field", core_pay(&f, over, &(struct payment_new){.means = "efectivo", .buyer = &half}));
    core_refused(&f, "invalid_field", core_pay(&f, over, &(struct payment_new){.means = "efectivo", .buyer = &strange}));
    ck_assert(same_as(before));
    struct json ana = buyer("{\"name\": \"Ana Díaz\", \"document\": \"52.111.222\", \"document_type\": \"CC\"}");
    core_ok(&f, core_pay(&f, over, &(struct payment_new){.means = "efectivo", .buyer = &ana}));
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(number || ' ' || needs_electronic || ' ' || ifnull(json_extract(buyer, "
                                   "'$.name'), '-'), ', ') FROM fiscal_document"),
                     "1 0 -, 2 1 Ana Díaz");
}
END_TEST

START_TEST(a_tip_never_asks_for_the_buyer) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "fiesta", 1, "");
    core_ok(&f, core_tip(&f, id, TIP_SET, 26187));
    core_ok(&f, pay(id, "efectivo", 0, 0, NULL));
    ck_assert_int_eq(core_int(&f, "SELECT needs_electronic FROM fiscal_document"), 0);
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_payment", setup, teardown,
        DATA_TESTS(cash_is_charged_down_to_the_coin_and_gives_change, a_card_pays_to_the_peso,
                   a_kinds_name_is_the_sites_first_means_of_it, the_tip_is_paid_with_the_bill_and_stands_apart,
                   the_last_payment_closes_everything_at_once, a_payment_sends_what_was_not_sent_even_what_was_held,
                   paying_what_was_sent_prints_no_food_ticket, a_gift_is_closed_by_a_payment_of_nothing,
                   several_means_pay_one_bill, parts_in_cash_never_round_away_more_than_the_whole,
                   a_part_in_cash_opens_the_drawer_and_one_by_card_does_not, what_is_part_paid_cannot_become_less_than_paid,
                   the_rest_that_a_void_leaves_at_nothing_is_closed_by_a_payment_of_nothing, paying_twice_is_told_it_is_paid,
                   an_empty_order_is_not_paid, an_unasked_tip_stops_the_payment,
                   a_tip_that_a_void_left_too_high_stops_the_payment, a_payment_that_does_not_fit_is_refused,
                   a_card_number_is_never_stored, an_order_carried_over_is_paid_in_the_next_shift,
                   a_bill_at_the_limit_needs_no_buyer_and_one_peso_more_does, a_tip_never_asks_for_the_buyer));
}
