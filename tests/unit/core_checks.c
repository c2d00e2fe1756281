/* Paying a split order: each check with its own tip, document, limit and receipt; the last one ends the order. */
#include <string.h>

#include "tests/support/core_checks.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

static const struct bill_id any = {0};

static bool off(struct order_id id, int64_t line) {
    return core_discount(&f, f.manager, id, &(struct order_discount_new){.percent = 100, .line = {line}, .reason = "Demora"});
}
static struct order_id table(const char *item, int32_t quantity) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, item, quantity, "");
    return id;
}
static bool paid(struct order_id id, struct bill_id check) {
    return core_pay_check(&f, id, check, "efectivo");
}

/* ---- paying ---- */

START_TEST(each_check_has_its_own_document_and_the_last_one_ends_the_order) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    core_ok(&f, core_split_evenly(&f, id, 2));
    struct bill_id second = core_check(&f, id, 2);
    core_refused(&f, "check_needed", paid(id, any));
    ck_assert_int_eq(f.error.kind, ERROR_INVALID);
    ck_assert_str_eq(f.error.field, "check");
    ck_assert_ptr_nonnull(strstr(f.error.message, "1, 2"));
    core_ok(&f, paid(id, second));
    ck_assert_str_eq(f.paid.document, "INT-1");
    struct order *o = core_read(&f, id);
    ck_assert_int_eq(o->state, ORDER_SENT); /* what was not sent went with the first */
    ck_assert_int_eq(o->paid, 13740);
    ck_assert_int_eq(o->balance, 13740);
    ck_assert_int_eq(o->bills[0].balance, 13740);
    ck_assert_int_eq(o->bills[1].balance, 0);
    ck_assert_int_eq(o->payments[0].bill.v, second.v);
    core_refused(&f, "order_paid", paid(id, second));
    core_refused(&f, "bill_unknown", paid(id, (struct bill_id){404}));
    core_ok(&f, core_pay_check(&f, id, any, "nequi")); /* one is open: it need not be named */
    ck_assert_str_eq(f.paid.document, "INT-2");
    ck_assert_int_eq(core_read(&f, id)->state, ORDER_PAID);
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(bill_id || ' ' || prefix || number, ', ') FROM fiscal_document"),
                     "2 INT1, 1 INT2");
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job WHERE kind = 'receipt'"), 2);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job WHERE kind = 'kitchen'"), 1);
    ck_assert_str_eq(core_verify(&f), "");
}
END_TEST

START_TEST(each_check_is_asked_for_its_own_tip) {
    struct order_id id = table("banquete", 1);
    core_ok(&f, core_split_evenly(&f, id, 2)); /* 49.513: base 45.845; 49.512: base 45.845 */
    struct bill_id first = core_check(&f, id, 1), second = core_check(&f, id, 2);
    core_refused(&f, "tip_unasked", paid(id, first));
    core_refused(&f, "check_needed", core_tip(&f, id, TIP_SET, 1000));
    core_refused(&f, "tip_over_limit", core_tip_check(&f, id, first, TIP_SET, 4585));
    core_ok(&f, core_tip_check(&f, id, first, TIP_SET, 4584));
    core_ok(&f, paid(id, first));
    ck_assert_int_eq(f.paid.amount, 54097);
    core_refused(&f, "order_paid", core_tip_check(&f, id, first, TIP_SET, 1));
    core_refused(&f, "tip_unasked", paid(id, second));
    core_ok(&f, core_tip_check(&f, id, second, TIP_DECLINED, 0));
    core_ok(&f, paid(id, second));
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(tip_state || ' ' || tip, ', ') FROM bill"), "set 4584, declined 0");
    ck_assert_str_eq(core_verify(&f), "");
}
END_TEST

/* Its tip of 9.169 is the highest; a third of it may be a peso above a third of the base. */
START_TEST(a_share_of_a_tip_that_was_allowed_is_allowed) {
    struct order_id id = table("banquete", 1);
    core_ok(&f, core_tip(&f, id, TIP_SET, 9169));
    core_ok(&f, core_split_evenly(&f, id, 3));
    ck_assert_int_eq(core_read(&f, id)->bills[1].totals.tip, 3057); /* of a base of 30.563 */
    core_ok(&f, paid(id, core_check(&f, id, 2)));
}
END_TEST

START_TEST(a_smaller_tip_never_leaves_a_check_overpaid) {
    struct order_id id = table("banquete", 1);
    core_ok(&f, core_tip(&f, id, TIP_SET, 8000));
    core_ok(&f, core_split_evenly(&f, id, 2)); /* 53.513 and 53.512 */
    struct bill_id first = core_check(&f, id, 1);
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.bill = first, .means = "nequi", .amount = 53000, .reference = "M1"}));
    core_refused(&f, "paid_more_than_due", core_tip_check(&f, id, first, TIP_DECLINED, 0));
    core_ok(&f, core_tip_check(&f, id, first, TIP_SET, 3500));
}
END_TEST

START_TEST(the_limit_of_the_pos_document_is_asked_of_each_check) {
    struct order_id id = core_sold(&f, "fiesta-y-uno", 1);
    core_refused(&f, "buyer_needed", paid(id, any));
    core_ok(&f, core_split_evenly(&f, id, 2));
    core_pay_all(&f, id);
    ck_assert_int_eq(core_int(&f, "SELECT sum(needs_electronic) FROM fiscal_document"), 0);
    struct order_id big = core_table(&f, "mesa-2");
    core_put(&f, big, "fiesta-y-uno", 1, "");
    core_put(&f, big, "agua", 1, "");
    core_ok(&f, core_tip(&f, big, TIP_DECLINED, 0));
    core_ok(&f, core_split_dish(&f, big, 3, 1));
    core_ok(&f, paid(big, core_check(&f, big, 1)));
    core_refused(&f, "buyer_needed", paid(big, any));
}
END_TEST

/* What came off a check that is paid is used up. */
START_TEST(a_discount_comes_off_once) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    core_ok(&f, core_split_evenly(&f, id, 2));
    core_put(&f, id, "torta", 1, "");
    core_ok(&f, off(id, 0));
    core_ok(&f, core_tip_check(&f, id, core_check(&f, id, 3), TIP_DECLINED, 0));
    core_ok(&f, paid(id, core_check(&f, id, 3))); /* 14.850 */
    core_put(&f, id, "agua", 1, "");
    ck_assert_str_eq(core_checks(&f, id), "Parte 1 de 2: 13740 = 12722 +1018, due 13740; "
                                          "Parte 2 de 2: 13740 = 12722 +1018, due 13740; "
                                          "15000 -150 = 13750 +1100, due 14850, INT-1; 6000 = 5556 +444, due 6000");
    ck_assert_int_eq(core_read(&f, id)->bills[3].tip_answer, TIP_UNASKED);
    core_pay_all(&f, id);
    ck_assert_int_eq(core_int(&f, "SELECT sum(discount) FROM bill WHERE state = 'paid'"), 150);
}
END_TEST

/* ---- paper ---- */

START_TEST(a_receipt_of_a_part_names_it_and_prints_no_quantity_that_is_none) {
    struct order_id id = table("almuerzo", 2);
    core_put(&f, id, "agua", 2, "");
    core_ok(&f, core_discount(&f, f.cashier, id, &(struct order_discount_new){.percent = 1000, .reason = "Cliente frecuente"}));
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    core_ok(&f, core_split_dish(&f, id, 2, 2)); /* the waters: whole dishes */
    core_ok(&f, core_split(&f, id, &(struct order_split_new){.check = core_check(&f, id, 2), .ways = 3}));
    core_ok(&f, paid(id, core_check(&f, id, 1)));
    const char *waters = core_paper(&f, f.paid.receipt, "receipt-dishes");
    data_has(waters, "Cuenta: Selección\n");
    data_has(waters, "2 Agua                                  $ 12.000\n");
    data_has(waters, "Descuento                               -$ 1.200\n  Cliente frecuente\n");
    core_ok(&f, paid(id, core_check(&f, id, 2)));
    const char *part = core_paper(&f, f.paid.receipt, "receipt-part");
    data_has(part, "Cuenta: Resto · Parte 1 de 3\n");
    data_has(part, "\nParte de Almuerzo                       $ 16.666\n"); /* a third of 50.000 */
    data_has(part, "TOTAL                                   $ 15.000\n");
    core_pay_all(&f, id);
}
END_TEST

int main(void) {
    return data_suite_run("core_checks", setup, teardown,
                          DATA_TESTS(each_check_has_its_own_document_and_the_last_one_ends_the_order,
                                     each_check_is_asked_for_its_own_tip, a_share_of_a_tip_that_was_allowed_is_allowed,
                                     a_smaller_tip_never_leaves_a_check_overpaid,
                                     the_limit_of_the_pos_document_is_asked_of_each_check, a_discount_comes_off_once,
                                     a_receipt_of_a_part_names_it_and_prints_no_quantity_that_is_none));
}
