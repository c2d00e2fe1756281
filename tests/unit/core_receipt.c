/* Receipts, X and Z reports and the test page as they stand on paper. */
#include "pos/core/receipt.h"

#include <string.h>

#include "tests/support/core_fixture.h"
#include "tests/support/printer_golden.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

static struct ticket *test_page(void) {
    const struct site_printer *p = f.site->receipt_printer;
    return test_ticket(f.site, p, profile_find(f.till->profiles, p->profile), CORE_NOW, f.arena);
}

static bool pay(struct order_id id, const char *means, money amount, money tendered, const char *reference) {
    return core_pay(&f, id,
                    &(struct payment_new){.means = means, .amount = amount, .tendered = tendered, .reference = reference});
}

START_TEST(a_receipt_in_cash_says_everything_and_opens_the_drawer) {
    const struct menu_pick dinner[] = {{"e-carimanola", 1}, {"f-caldoso", 1}, {"p-cocadas", 1}};
    struct order_id id;
    core_ok(&f, core_open(&f, &(struct order_new){.kind = ORDER_TABLE, .table = "mesa-12", .name = "", .covers = 2}, &id));
    core_ok(&f,
            core_add(&f, id,
                     &(struct order_line_new){.item = "menu-fijo", .quantity = 1, .picks = dinner, .pick_count = 3, .note = ""},
                     1));
    core_put(&f, id, "limonada", 1, "");
    core_put(&f, id, "limonada", 1, "sin azúcar");
    core_put(&f, id, "limonada", 1, "");
    core_put(&f, id, "camiseta", 1, "");
    core_put(&f, id, "libro", 1, "");
    core_ok(&f, core_tip(&f, id, TIP_SET, 13455)); /* the ceiling: 114.537 + 20.000 + 5.000 before taxes → 13.953 */
    core_ok(&f, pay(id, "efectivo", 0, 200000, NULL));
    const char *text = core_paper(&f, f.paid.receipt, "receipt-cash");
    data_has(text, "[drawer]");
    data_has(text, "DOCUMENTO EQUIVALENTE POS");
    data_has(text, "INT-1");
    data_has(text, "NIT 900.000.000-0");
    data_has(text, "3 Limonada natural");
    data_has(text, "Ajuste al peso");
    golden_check("core-receipt-cash.txt", text, strlen(text));
}
END_TEST

START_TEST(a_receipt_by_card_keeps_the_drawer_shut) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    core_ok(&f, pay(id, "debito", 0, 0, "451122"));
    const char *text = core_paper(&f, f.paid.receipt, NULL);
    data_lacks(text, "[drawer]");
    data_has(text, "Tarjeta débito");
    data_has(text, "$ 27.480");
    data_has(text, "Referencia 451122");
    data_lacks(text, "Ajuste");
    data_lacks(text, "Cambio");
    data_lacks(text, "ropina");
    data_lacks(text, "Descuento");
}
END_TEST

START_TEST(lines_with_other_options_stand_apart_on_the_receipt) {
    const struct menu_pick onion = {"sin-cebolla", 1};
    struct order_id id = core_sold(&f, "posta", 1);
    core_ok(&f,
            core_add(&f, id,
                     &(struct order_line_new){.item = "posta", .quantity = 1, .picks = &onion, .pick_count = 1, .note = ""}, 1));
    core_put(&f, id, "posta", 1, "");
    core_ok(&f, pay(id, "efectivo", 0, 0, NULL));
    const char *text = core_paper(&f, f.paid.receipt, NULL);
    data_has(text, "2 Posta cartagenera");
    data_has(text, "1 Posta cartagenera");
    data_has(text, "  sin cebolla\n");
}
END_TEST

START_TEST(several_means_stand_each_on_the_receipt) {
    struct order_id id = core_sold(&f, "bandeja", 2);
    core_ok(&f, pay(id, "nequi", 20000, 0, "M100"));
    core_ok(&f, pay(id, "efectivo", 0, 40000, NULL));
    const char *text = core_paper(&f, f.paid.receipt, "receipt-parts");
    data_has(text, "a $ 27.480 cada uno");
    golden_check("core-receipt-parts.txt", text, strlen(text));
}
END_TEST

START_TEST(a_bill_over_the_limit_names_its_buyer) {
    static const char ana[] = "{\"name\": \"Ana Díaz\", \"document\": \"52.111.222\", \"document_type\": \"CC\"}";
    struct json buyer;
    core_ok(&f, json_parse(f.arena, ana, strlen(ana), &buyer, &f.error));
    struct order_id id = core_sold(&f, "fiesta-y-uno", 1);
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "credito", .reference = "778899", .buyer = &buyer}));
    const char *text = core_paper(&f, f.paid.receipt, "receipt-buyer");
    data_has(text, "Requiere factura electrónica");
    data_has(text, "Comprador: Ana Díaz");
    data_has(text, "CC: 52.111.222");
    data_has(text, "$ 261.871");
}
END_TEST

START_TEST(a_receipt_reads_the_stored_bill_and_stays_the_same) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    core_ok(&f, pay(id, "efectivo", 0, 30000, NULL));
    const char *printed = core_paper(&f, f.paid.receipt, NULL);
    f.clock.fixed += 86400000;
    struct ticket *again;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = receipt_ticket(db, f.site, (struct bill_id){1}, f.arena, &again, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    ck_assert_str_eq(printed, core_paper_of(&f, again, "caja", NULL));
}
END_TEST

START_TEST(an_unpaid_bill_has_no_receipt) {
    struct ticket *t;
    core_sold(&f, "bandeja", 1);
    struct db *db = db_pool_take(f.till->readers);
    bool ok = receipt_ticket(db, f.site, (struct bill_id){1}, f.arena, &t, &f.error);
    db_pool_give(f.till->readers, db);
    core_refused(&f, "bill_unknown", ok);
}
END_TEST

START_TEST(a_receipt_fits_narrow_paper) {
    struct site_printer narrow = *f.site->receipt_printer;
    narrow.profile = "generic-58";
    *(struct site_printer *)f.site->receipt_printer = narrow;
    struct order_id id = core_sold(&f, "posta", 2);
    core_ok(&f, pay(id, "efectivo", 0, 100000, NULL));
    const char *text = core_paper(&f, f.paid.receipt, "receipt-58");
    golden_check("core-receipt-58.txt", text, strlen(text));
}
END_TEST

START_TEST(a_site_with_a_logo_has_it_on_top_of_the_receipt_and_the_test_page) {
    core_fixture_close(&f);
    core_fixture_prepare(&f);
    f.site->receipt_logo = "tests/support/printer_logo.png";
    core_fixture_start(&f);
    core_fixture_open_shift(&f);
    struct order_id id = core_sold(&f, "posta", 2);
    core_ok(&f, pay(id, "nequi", 0, 0, "M-1"));
    const char *text = core_paper(&f, f.paid.receipt, "receipt-logo");
    ck_assert_msg(strncmp(text, "[imagen 576×128]\n[imagen 576×69]\n", 35) == 0, "%s", text);
    text = core_paper_of(&f, test_page(), "caja", NULL);
    ck_assert_msg(strncmp(text, "[imagen 576×128]\n", 17) == 0, "%s", text);
}
END_TEST

START_TEST(a_logo_that_cannot_be_read_keeps_the_till_shut) {
    core_fixture_close(&f);
    core_fixture_prepare(&f);
    f.site->receipt_logo = "tests/support/core_menu.json";
    struct till_options o = {.site = f.site, .directory = f.tmp.path, .clock = &f.clock};
    ck_assert(!till_open(&o, &f.till, &f.error));
    ck_assert_str_eq(f.error.code, "bad_logo");
    data_has(f.error.message, "data/sites/interno.json: receipt_logo: tests/support/core_menu.json: ");
    f.till = NULL;
}
END_TEST

/* ---- X and Z ---- */

static struct shift_report example(void) {
    static struct shift_means means[] = {{"efectivo", "cash", 41, 845600, 845350, 18500},
                                         {"nequi", "transfer", 7, 163200, 163200, 0}};
    static struct shift_tax taxes[] = {{"INC", 800, 909900, 842500, 67400}, {"Excluido", 0, 5000, 5000, 0}};
    static struct shift_tax refunded[] = {{"INC", 800, 18500, 17130, 1370}};
    static struct shift_count_row count[] = {{100000, 5}, {50000, 4}, {20000, 6}, {10000, 2}, {5000, 2}, {2000, 1},
                                             {1000, 2},   {500, 1},   {200, 2},   {100, 1},   {50, 0}};
    return (struct shift_report){
        .shift = {.id = {14},
                  .till = "caja-1",
                  .business_day = "2026-11-24",
                  .opened_by = "Caja",
                  .closed_by = "Gerencia",
                  .float_amount = 200000,
                  .opened_at = CORE_NOW - 8 * 3600000,
                  .closed_at = CORE_NOW,
                  .z_number = 12,
                  .expected = 855350,
                  .counted = 855000,
                  .difference = -350},
        .z = true,
        .documents = 48,
        .voided_orders = 1,
        .voided_lines = 3,
        .first_document = "INT-101",
        .last_document = "INT-148",
        .gross = 914900,
        .net = 914900,
        .base = 847500,
        .tax = 67400,
        .tips = 93900,
        .adjustment = -250,
        .collected = 1008550,
        .cash_sales = 845350,
        .cash_in = 50000,
        .cash_out = 120000,
        .cash_refunds = 18500,
        .tips_paid_out = 101500,
        .expected = 855350,
        .refunds = {.count = 1,
                    .gross = 18500,
                    .net = 18500,
                    .base = 17130,
                    .tax = 1370,
                    .returned = 18500,
                    .taxes = refunded,
                    .tax_count = 1},
        .means = means,
        .means_count = 2,
        .taxes = taxes,
        .tax_count = 2,
        .count = count,
        .count_rows = 11,
        .journal_head = "7QXM-2KHD-9PWC-4TRV",
    };
}
static const char *report_on_paper(const struct shift_report *r, const char *name) {
    struct ticket *t;
    core_ok(&f, shift_report_ticket(r, f.site, f.arena, &t, &f.error));
    return core_paper_of(&f, t, "caja", name);
}

START_TEST(a_z_report_shows_sales_drawer_count_and_the_journals_seal) {
    struct shift_report r = example();
    const char *text = report_on_paper(&r, "z-report");
    data_has(text, "INFORME Z 12");
    data_has(text, "FALTANTE");
    data_has(text, "-$ 350");
    data_has(text, "5 × $ 100.000");
    data_has(text, "7QXM-2KHD-9PWC-4TRV");
    data_lacks(text, "0 × $ 50");
    golden_check("core-z-report.txt", text, strlen(text));
}
END_TEST

START_TEST(an_x_report_is_provisional_and_has_no_count) {
    struct shift_report r = example();
    r.z = false;
    r.journal_head = NULL;
    const char *text = report_on_paper(&r, "x-report");
    data_has(text, "INFORME X");
    data_has(text, "provisionales");
    data_lacks(text, "Contado");
    data_lacks(text, "FALTANTE");
    data_lacks(text, "Sello");
}
END_TEST

START_TEST(a_z_without_its_seal_is_not_printed) {
    struct shift_report r = example();
    struct ticket *t;
    r.journal_head = NULL;
    core_refused(&f, "report_incomplete", shift_report_ticket(&r, f.site, f.arena, &t, &f.error));
}
END_TEST

START_TEST(a_shift_without_a_sale_has_a_report_too) {
    struct shift_report r = {.shift = {.id = {1},
                                       .till = "caja-1",
                                       .business_day = "2026-11-24",
                                       .opened_by = "Caja",
                                       .opened_at = CORE_NOW,
                                       .open = true,
                                       .float_amount = 200000},
                             .expected = 200000};
    const char *text = report_on_paper(&r, NULL);
    data_has(text, "Ningún pago en este turno");
    data_has(text, "$ 200.000");
}
END_TEST

START_TEST(the_test_page_shows_accents_sizes_and_columns) {
    const char *text = core_paper_of(&f, test_page(), "caja", "test-page");
    data_has(text, "carimañola");
    data_has(text, "¿? ¡!");
    data_has(text, "123456789012345678901234567890123456789012345678\n");
    data_has(text, "epson-tm-t20iii");
    data_has(text, "24/11/2026 19:42:00");
    golden_check("core-test-page.txt", text, strlen(text));
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_receipt", setup, teardown,
        DATA_TESTS(a_receipt_in_cash_says_everything_and_opens_the_drawer, a_receipt_by_card_keeps_the_drawer_shut,
                   lines_with_other_options_stand_apart_on_the_receipt, several_means_stand_each_on_the_receipt,
                   a_bill_over_the_limit_names_its_buyer, a_receipt_reads_the_stored_bill_and_stays_the_same,
                   an_unpaid_bill_has_no_receipt, a_receipt_fits_narrow_paper,
                   a_site_with_a_logo_has_it_on_top_of_the_receipt_and_the_test_page,
                   a_logo_that_cannot_be_read_keeps_the_till_shut, a_z_report_shows_sales_drawer_count_and_the_journals_seal,
                   an_x_report_is_provisional_and_has_no_count, a_z_without_its_seal_is_not_printed,
                   a_shift_without_a_sale_has_a_report_too, the_test_page_shows_accents_sizes_and_columns));
}
