/* The precuenta: what a check comes to before it is paid, on paper; and that printing it changes nothing. */
#include "pos/core/precuenta.h"

#include <string.h>

#include "pos/core/paper.h"
#include "tests/support/core_checks.h"
#include "tests/support/printer_golden.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_prepare(&f);
    f.site->precuenta = true;
    core_fixture_start(&f);
    core_fixture_open_shift(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

struct call {
    struct order_id id;
    struct bill_id check;
    struct job_id job, copy;
};
static bool do_print(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return precuenta_print(act, c->id, c->check, &c->job, e);
}
static bool do_reprint(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return paper_reprint(act, c->job, &c->copy, e);
}
static bool asked(struct order_id id, struct bill_id check) {
    return core_do(&f, f.waiter, do_print, &(struct call){.id = id, .check = check});
}
static const char *paper(struct order_id id, struct bill_id check, const char *name) {
    struct call c = {.id = id, .check = check};
    core_ok(&f, core_do(&f, f.waiter, do_print, &c));
    return core_paper(&f, c.job, name);
}
static const struct bill_id only = {0};

static int times(const char *text, const char *part) {
    int n = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at += strlen(part)) n++;
    return n;
}

/* The n-th part between the rules of a paper. */
static const char *section(const char *text, int n) {
    static const char rule[] = "------------------------------------------------\n";
    for (; n > 0; n--) {
        const char *next = strstr(text, rule);
        ck_assert_ptr_nonnull(next);
        text = next + strlen(rule);
    }
    const char *end = strstr(text, rule);
    return arena_printf(f.arena, "%.*s", (int)(end ? (size_t)(end - text) : strlen(text)), text);
}

/* 23.800 @19 %, 42.000 and 2 × 27.480 @8 %, 5.000 excluded: 125.760. A courtesy of 2.000 on the posta, then 10 % off the rest,
 * 123.760: 2.380 + 4.000 + 5.496 + 500 = 12.376. Net 111.384 = 85.464 (79.133 + 6.331) + 21.420 (18.000 + 3.420) + 4.500; before
 * taxes 101.633, so that a tip is at most 10.163. */
static struct order_id dinner(void) {
    const struct menu_pick onion = {"sin-cebolla", 1};
    struct order_id id;
    core_ok(&f, core_open(&f, &(struct order_new){.kind = ORDER_TABLE, .table = "mesa-12", .name = "Ana", .covers = 2}, &id));
    core_put(&f, id, "camiseta", 1, "");
    core_ok(&f,
            core_add(&f, id,
                     &(struct order_line_new){.item = "posta", .quantity = 1, .picks = &onion, .pick_count = 1, .note = ""}, 1));
    core_put(&f, id, "bandeja", 1, "");
    core_put(&f, id, "libro", 1, "");
    core_put(&f, id, "bandeja", 1, "");
    core_ok(&f, core_discount(&f, f.manager, id,
                              &(struct order_discount_new){.courtesy = true, .amount = 2000, .line = {2}, .reason = "Demora"}));
    core_ok(&f, core_discount(&f, f.cashier, id, &(struct order_discount_new){.percent = 1000, .reason = "Cliente frecuente"}));
    return id;
}

START_TEST(it_says_what_is_due_and_that_it_is_no_document) {
    const char *text = paper(dinner(), only, "precuenta");
    ck_assert_int_eq(times(text, "PRECUENTA"), 2);
    ck_assert_int_eq(times(text, "NO ES FACTURA"), 2);
    data_has(text, "INTERNO");
    data_has(text, "Atiende: Marlene");
    data_has(text, "2 Bandeja");
    data_has(text, "sin cebolla");
    data_has(text, "Demora");
    data_has(text, "Cliente frecuente");
    data_has(text, "$ 111.384");
    data_has(text, "Propina voluntaria (hasta 10 %):");
    data_has(text, "$ 10.163");
    data_lacks(text, "NIT");
    data_lacks(text, "DOCUMENTO");
    data_lacks(text, "INT-");
    data_lacks(text, "Autorización");
    data_lacks(text, "[drawer]");
    golden_check("core-precuenta.txt", text, strlen(text));
}
END_TEST

START_TEST(a_tip_that_was_set_stands_apart_and_is_not_asked_again) {
    struct order_id id = dinner();
    core_ok(&f, core_tip(&f, id, TIP_SET, 5000));
    const char *text = paper(id, only, NULL);
    data_has(section(text, 3), "TOTAL                                  $ 111.384\n"
                               "Propina voluntaria (no es venta)         $ 5.000\n"
                               "TOTAL CON PROPINA                      $ 116.384\n");
    data_lacks(text, "hasta");
}
END_TEST

START_TEST(who_declined_a_tip_is_not_asked_again) {
    const char *text = paper(core_sold(&f, "bandeja", 1), only, NULL);
    data_has(text, "$ 27.480");
    data_lacks(text, "ropina");
}
END_TEST

START_TEST(a_site_without_tips_suggests_none) {
    f.site->tip_rule = TIP_OFF;
    f.site->tip_max_rate = 0;
    data_lacks(paper(dinner(), only, NULL), "ropina");
}
END_TEST

START_TEST(the_receipt_says_the_same_once_it_is_paid) {
    struct order_id id = dinner();
    core_ok(&f, core_tip(&f, id, TIP_SET, 5000));
    const char *before = paper(id, only, NULL);
    core_ok(&f, core_pay_check(&f, id, only, "efectivo"));
    const char *after = core_paper(&f, f.paid.receipt, NULL);
    ck_assert_str_eq(section(before, 2), section(after, 2)); /* lines */
    ck_assert_str_eq(section(before, 3), section(after, 3)); /* totals */
}
END_TEST

START_TEST(the_receipt_of_a_part_says_the_same_too) {
    struct order_id id = dinner();
    core_ok(&f, core_tip(&f, id, TIP_SET, 5000));
    core_ok(&f, core_split_evenly(&f, id, 3));
    struct bill_id second = core_check(&f, id, 2);
    const char *before = paper(id, second, "precuenta-part");
    data_has(before, "Cuenta: Parte 2 de 3");
    data_has(before, "Bandeja");
    data_lacks(before, "2 Bandeja"); /* a share is no number of dishes */
    core_ok(&f, core_pay_check(&f, id, second, "efectivo"));
    const char *after = core_paper(&f, f.paid.receipt, NULL);
    ck_assert_str_eq(section(before, 2), section(after, 2));
    ck_assert_str_eq(section(before, 3), section(after, 3));
}
END_TEST

START_TEST(dishes_on_another_check_are_not_on_it) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "bandeja", 2, "");
    core_put(&f, id, "libro", 1, "");
    core_ok(&f, core_split_dish(&f, id, 2, 1));
    core_put(&f, id, "agua", 1, ""); /* on a third check, which no split has fixed */
    const char *first = paper(id, core_check(&f, id, 1), NULL), *third = paper(id, core_check(&f, id, 3), NULL);
    data_has(first, "Libro de relatos");
    data_lacks(first, "Bandeja");
    data_lacks(first, "Agua");
    data_has(third, "1 Agua");
    data_has(third, "$ 6.000");
    data_lacks(third, "Bandeja");
    core_refused(&f, "check_needed", asked(id, only));
    ck_assert_str_eq(f.error.field, "check");
}
END_TEST

START_TEST(what_was_paid_already_and_what_is_left_stand_on_it) {
    struct order_id id = core_sold(&f, "bandeja", 2);
    data_lacks(paper(id, only, NULL), "FALTA");
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "nequi", .amount = 20000, .reference = "M100"}));
    data_has(section(paper(id, only, NULL), 3), "Ya pagado                              -$ 20.000\n"
                                                "FALTA POR PAGAR                         $ 34.960\n");
}
END_TEST

START_TEST(it_is_in_the_journal_and_the_order_stays_as_it_is) {
    static const char order[] = "SELECT version || ' ' || state || ' ' || tip_state || ' ' || sends FROM orders";
    struct order_id id = dinner();
    const char *before = core_text(&f, order);
    paper(id, only, NULL);
    ck_assert_str_eq(core_text(&f, order), before);
    ck_assert_str_eq(core_text(&f, "SELECT state FROM bill"), "open");
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM fiscal_document"), 0);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM bill_line"), 0);
    ck_assert_str_eq(core_text(&f, "SELECT kind || ' ' || order_id || ' ' || shift_id || ' ' || json_extract(detail, '$.due')"
                                   " || ' ' || json_extract(detail, '$.bill') FROM journal ORDER BY seq DESC LIMIT 1"),
                     "precuenta 1 1 111384 1");
    ck_assert_str_eq(
        core_text(&f,
                  "SELECT kind || ' ' || printer || ' ' || order_id || ' ' || shift_id FROM print_job ORDER BY id DESC LIMIT 1"),
        "precuenta caja 1 1");
    ck_assert_str_eq(core_verify(&f), "");
}
END_TEST

static bool mark_printed(struct act *act, void *self, struct error *e) {
    return db_exec(act->db, "UPDATE print_job SET state = 'printed', evidence = 'A', printed_at = created_at WHERE id = ?",
                   DB_ARGS(db_int(((struct call *)self)->job.v)), e);
}

START_TEST(a_reprint_is_the_same_marked_copia) {
    struct call c = {.id = dinner()};
    core_ok(&f, core_do(&f, f.waiter, do_print, &c));
    core_ok(&f, core_do(&f, f.waiter, mark_printed, &c));
    core_ok(&f, core_do(&f, f.waiter, do_reprint, &c));
    const char *first = core_paper(&f, c.job, NULL), *copy = core_paper(&f, c.copy, NULL);
    data_lacks(first, "COPIA");
    data_has(copy, "COPIA");
    data_has(copy, first); /* below its mark */
}
END_TEST

START_TEST(it_fits_narrow_paper) {
    ((struct site_printer *)f.site->receipt_printer)->profile = "generic-58";
    const char *text = paper(dinner(), only, "precuenta-58");
    golden_check("core-precuenta-58.txt", text, strlen(text));
}
END_TEST

START_TEST(a_site_without_it_prints_none) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    f.site->precuenta = false;
    const char *before = core_state(&f);
    core_refused(&f, "precuenta_off", asked(id, only));
    ck_assert_str_eq(core_state(&f), before);
}
END_TEST

START_TEST(what_cannot_be_charged_has_none) {
    struct order_id empty = core_table(&f, "mesa-2"), paid = core_sold(&f, "bandeja", 1), voided = core_table(&f, "mesa-3");
    core_ok(&f, core_pay_check(&f, paid, only, "efectivo"));
    core_ok(&f, core_void(&f, f.manager, voided, "Prueba"));
    const char *before = core_state(&f);
    core_refused(&f, "order_empty", asked(empty, only));
    core_refused(&f, "order_paid", asked(paid, only));
    core_refused(&f, "order_voided", asked(voided, only));
    core_refused(&f, "order_unknown", asked((struct order_id){99}, only));
    core_refused(&f, "bill_unknown", asked(empty, (struct bill_id){99}));
    ck_assert_str_eq(core_state(&f), before);
}
END_TEST

START_TEST(a_check_that_is_paid_has_none) {
    struct order_id id = core_sold(&f, "bandeja", 2);
    core_ok(&f, core_split_evenly(&f, id, 2));
    struct bill_id first = core_check(&f, id, 1);
    core_ok(&f, core_pay_check(&f, id, first, "efectivo"));
    core_refused(&f, "order_paid", asked(id, first));
    data_has(paper(id, only, NULL), "Parte 2 de 2"); /* the only open one */
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_precuenta", setup, teardown,
        DATA_TESTS(it_says_what_is_due_and_that_it_is_no_document, a_tip_that_was_set_stands_apart_and_is_not_asked_again,
                   who_declined_a_tip_is_not_asked_again, a_site_without_tips_suggests_none,
                   the_receipt_says_the_same_once_it_is_paid, the_receipt_of_a_part_says_the_same_too,
                   dishes_on_another_check_are_not_on_it, what_was_paid_already_and_what_is_left_stand_on_it,
                   it_is_in_the_journal_and_the_order_stays_as_it_is, a_reprint_is_the_same_marked_copia, it_fits_narrow_paper,
                   a_site_without_it_prints_none, what_cannot_be_charged_has_none, a_check_that_is_paid_has_none));
}
