/* verify: silent about a day that is whole, and naming what somebody changed behind the till's back. */
#include <string.h>

#include "pos/core/verify.h"
#include "tests/support/core_refunding.h"

static struct core_fixture f;
static struct verify_result result;
static char told[4096];

static bool do_close(struct act *act, void *self, struct error *e) {
    struct shift_closed closed;
    return shift_close(act, *(const struct shift_id *)self, &(struct shift_close_in){0}, &closed, e);
}
static void sell(const char *item, int32_t quantity, money tip, const char *means, const char *reference) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, item, quantity, "");
    core_put(&f, id, "libro", 1, "");
    core_ok(&f, core_tip(&f, id, tip ? TIP_SET : TIP_DECLINED, tip));
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = means, .reference = reference}));
}
static void setup(void) {
    core_fixture_open(&f);
    sell("limonada", 3, 0, "efectivo", NULL);
    sell("banquete", 1, 9169, "credito", "0043");
    core_ok(&f, core_do(&f, f.cashier, do_close, &f.shift));
    core_fixture_open_shift(&f);
    sell("camiseta", 1, 0, "nequi", "M1");
    core_table(&f, "mesa-2");
}
static void teardown(void) {
    core_fixture_close(&f);
}

static void tell(void *self, const char *line) {
    (void)self;
    strncat(told, line, sizeof told - strlen(told) - 2);
    strncat(told, "\n", sizeof told - strlen(told) - 1);
}
static bool verify(const unsigned char *key) {
    told[0] = '\0';
    struct db *db = db_pool_take(f.till->readers);
    bool ok = verify_database(db, f.site, key, tell, NULL, &result, &f.error);
    db_pool_give(f.till->readers, db);
    return ok;
}

/* Behind the till's back: whoever owns the file can drop its triggers. */
static bool run_script(struct act *act, void *self, struct error *e) {
    static const char drop[] =
        "DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete; DROP TRIGGER payment_no_update; "
        "DROP TRIGGER payment_no_delete; DROP TRIGGER fiscal_document_no_delete; DROP TRIGGER bill_paid_is_final; "
        "DROP TRIGGER shift_closed_is_final; DROP TRIGGER bill_line_no_update; DROP TRIGGER bill_line_no_delete; "
        "DROP TRIGGER refund_no_update; DROP TRIGGER refund_no_delete; DROP TRIGGER refund_payment_no_update; "
        "DROP TRIGGER refund_payment_no_delete; DROP TRIGGER discount_no_delete; PRAGMA defer_foreign_keys = ON;";
    return db_script(act->db, drop, e) && db_script(act->db, self, e);
}
static void found(const char *change, const char *finding) {
    char sql[512];
    strncpy(sql, change, sizeof sql - 1);
    sql[sizeof sql - 1] = '\0';
    core_ok(&f, core_do(&f, f.console, run_script, sql));
    core_ok(&f, verify(f.till->journal_key));
    ck_assert_msg(result.findings > 0 && strstr(told, finding), "%s\nwas told as:\n%s", change, told);
}

START_TEST(a_day_that_is_whole_has_no_findings) {
    core_ok(&f, verify(f.till->journal_key));
    ck_assert_msg(result.findings == 0, "%s", told);
    ck_assert_str_eq(told, "");
    ck_assert_int_eq(result.bills, 3);
    ck_assert_int_eq(result.documents, 3);
    ck_assert_int_eq(result.journal_entries, core_int(&f, "SELECT count(*) FROM journal"));
}
END_TEST

START_TEST(without_the_key_the_rest_is_checked_and_that_is_said) {
    core_ok(&f, verify(NULL));
    ck_assert_int_eq(result.findings, 0);
    ck_assert_ptr_nonnull(strstr(told, "its key is not here"));
}
END_TEST

START_TEST(a_bill_made_smaller_is_named) {
    found("UPDATE bill SET gross = gross - 1000, net = net - 1000, base = base - 1000, due = due - 1000 WHERE id = 1",
          "bill 1 of order 1: stands as");
}
END_TEST

START_TEST(tax_moved_to_the_base_is_named) {
    found("UPDATE bill SET base = base + 5, tax = tax - 5 WHERE id = 2; UPDATE bill_tax SET base = base + 5, amount = amount - 5 "
          "WHERE bill_id = 2 AND rate = 800",
          "bill 2: its tax inc stands as 99025 = 91695 + 7330");
}
END_TEST

START_TEST(a_lines_share_that_was_changed_is_named) {
    found("UPDATE bill_line SET base = base - 1, tax = tax + 1 WHERE bill_id = 1 AND line_id = 1",
          "bill 1 of order 1, line 1: stands as");
}
END_TEST

START_TEST(a_line_that_was_taken_off_a_bill_is_named) {
    found("DELETE FROM bill_line WHERE bill_id = 1 AND line_id = 2", "bill 1 of order 1");
}
END_TEST

START_TEST(a_price_changed_after_the_sale_is_named) {
    found("UPDATE order_line SET unit_price = 1 WHERE id = 1", "bill 1 of order 1");
}
END_TEST

START_TEST(a_missing_payment_is_named) {
    found("DELETE FROM payment WHERE id = 3", "bill 3: 28800 due, payments settle 0");
}
END_TEST

START_TEST(a_missing_document_is_named_with_its_number) {
    found("DELETE FROM fiscal_document WHERE number = 2", "bill 2: paid, and no document was issued for it");
    ck_assert_ptr_nonnull(strstr(told, "numbers INT 18764000000000: 3 taken, 2 documents"));
}
END_TEST

START_TEST(a_number_taken_for_nothing_is_named) {
    found("UPDATE number_range SET next = next + 1", "numbers INT 18764000000000: 4 taken, 3 documents");
}
END_TEST

START_TEST(a_shift_made_to_fit_is_named) {
    /* expected was 231.700: 200.000 and the 31.700 of the first bill; counted 0 */
    found("UPDATE shift SET expected = 0, difference = 0 WHERE id = 1",
          "shift 1: closed with 0 expected, its cash comes to 231700");
}
END_TEST

START_TEST(a_count_that_does_not_add_up_is_named) {
    found("INSERT INTO shift_count VALUES (1, 50000, 2)", "shift 1: counted 0, its pieces come to 100000");
}
END_TEST

START_TEST(a_missing_z_is_named) {
    found("UPDATE shift SET z_number = 7 WHERE id = 1", "Z numbers: 1 closed shifts, the last is number 7");
}
END_TEST

START_TEST(a_changed_journal_entry_is_named) {
    found("UPDATE journal SET detail = '{}' WHERE seq = 5", "journal: entry 5 is changed");
}
END_TEST

START_TEST(a_journal_cut_off_before_the_last_z_is_named) {
    found("DELETE FROM journal WHERE seq >= (SELECT seq FROM journal WHERE kind = 'shift_closed')",
          "Z 1: the journal has no entry of its close");
}
END_TEST

START_TEST(a_chain_rewritten_since_the_z_was_printed_is_named) {
    found("UPDATE journal SET hash = zeroblob(32) WHERE kind = 'shift_closed'", "Z 1: prints the journal's head");
}
END_TEST

START_TEST(a_lost_ticket_is_named) {
    found("DELETE FROM print_job WHERE station = 'barra'", "station barra: 1 tickets numbered, 0 first printings");
}
END_TEST

START_TEST(a_row_that_belongs_to_nothing_is_named) {
    till_close(f.till);
    struct db *db;
    core_ok(&f, db_open(data_tmp_join(&f.tmp, "comanda.db"), DB_WRITER, &db, &f.error));
    core_ok(&f, db_script(db, "PRAGMA foreign_keys = OFF; UPDATE order_line SET order_id = 999 WHERE id = 1", &f.error));
    told[0] = '\0';
    bool ok = verify_database(db, f.site, NULL, tell, NULL, &result, &f.error);
    db_close(db);
    struct till_options o = {.site = f.site, .directory = f.tmp.path, .clock = &f.clock};
    core_ok(&f, till_open(&o, &f.till, &f.error));
    ck_assert(ok);
    ck_assert_int_ge(result.findings, 1);
    ck_assert_ptr_nonnull(strstr(told, "order_line"));
}
END_TEST

/* ---- discounts, splits, refunds ---- */

/* One of three lemonades of bill 1, for 8.900 = 8.241 + 659, from the drawer of the second shift. */
static void give_back(void) {
    core_ok(&f, refunding_some(&f, (struct order_id){1}, (struct line_id){1}, 1));
}
/* Order 5, bill 5: a cake and a lemonade, 23.900 less 10 %, of one check. */
static void sell_with_discount(void) {
    struct order_id id = core_sold(&f, "torta", 1);
    core_put(&f, id, "limonada", 1, "");
    refunding_off(&f, id, 1000, 0, false);
    refunding_pay(&f, id, (struct bill_id){0}, "nequi");
    ck_assert_int_eq(id.v, 5);
}
/* The same on two checks. */
static struct order_id sell_split(void) {
    struct order_id id = core_sold(&f, "torta", 1);
    core_put(&f, id, "limonada", 1, "");
    refunding_off(&f, id, 1000, 0, true);
    refunding_split_ways(&f, id, 2);
    refunding_pay(&f, id, refunding_check(&f, id, 0), "nequi");
    return id;
}

START_TEST(a_day_of_everything_has_no_findings) {
    give_back();
    struct order_id split = sell_split();
    refunding_verified(&f); /* one of its checks waits yet */
    refunding_pay(&f, split, refunding_check(&f, split, 1), "efectivo");
    refunding_verified(&f);
    core_ok(&f, refunding_of_check(&f, split, refunding_check(&f, split, 1)));
    core_ok(&f, refunding_reopen(&f, f.manager, split));
    core_ok(&f, core_tip(&f, split, TIP_SET, 1500));
    refunding_pay(&f, split, (struct bill_id){0}, "efectivo");
    struct order_id reopened = core_sold(&f, "bandeja", 1), other = core_table(&f, "mesa-3");
    refunding_off(&f, reopened, 0, 5000, false);
    refunding_pay(&f, reopened, (struct bill_id){0}, "efectivo");
    core_ok(&f, refunding_reopen(&f, f.manager, reopened));
    core_put(&f, other, "torta", 2, "");
    core_put(&f, other, "libro", 1, "");
    refunding_off_line(&f, other, refunding_line(&f, other, 0), 20000);
    core_ok(&f,
            core_void_line(&f, f.manager, other, refunding_line(&f, other, 0), 1, "No era")); /* 15.000 are left to take off */
    core_ok(&f, core_tip(&f, other, TIP_DECLINED, 0));
    refunding_pay(&f, other, (struct bill_id){0}, "efectivo");
    ck_assert_int_eq(f.paid.charged, 5000);
    refunding_close(&f);
    core_fixture_open_shift(&f);
    core_ok(&f, verify(f.till->journal_key));
    ck_assert_msg(result.findings == 0, "%s", told);
    ck_assert_int_eq(result.bills, 8);
}
END_TEST

START_TEST(a_discount_changed_after_the_sale_is_named) {
    sell_with_discount();
    found("UPDATE discount SET percent = 2000",
          "bill 5 of order 5: stands as 23900 - 2390 = 19917 + 1593; what was sold comes to 23900 - 4780 = 17704 + 1416");
}
END_TEST

START_TEST(a_discount_turned_into_a_courtesy_is_named) {
    sell_with_discount();
    found("UPDATE discount SET kind = 'courtesy'", "bill 5 of order 5, line 8: stands as");
}
END_TEST

START_TEST(a_check_of_a_split_made_smaller_is_named) {
    sell_split();
    found("UPDATE bill_line SET gross = gross - 100, net = net - 100, base = base - 100 WHERE bill_id = 6 AND line_id = 8;"
          "UPDATE bill_tax SET gross = gross - 100, base = base - 100 WHERE bill_id = 6",
          "order 5, split 1: stands as 23800 - 2390 = 19817 + 1593; what was sold comes to 23900 - 2390 = 19917 + 1593");
}
END_TEST

START_TEST(a_tax_row_its_lines_do_not_come_to_is_named) {
    sell_split();
    found("UPDATE bill_tax SET base = base + 1, amount = amount - 1 WHERE bill_id = 5; UPDATE bill_tax SET base = base - 1, "
          "amount = "
          "amount + 1 WHERE bill_id = 6",
          "bill 5: its tax inc stands as");
}
END_TEST

START_TEST(a_line_voided_after_the_sale_is_named) {
    found("UPDATE order_line SET voided = 1 WHERE id = 1", "order 1, line 1: 2 sold, its checks hold 3");
}
END_TEST

START_TEST(a_line_of_another_order_is_named) {
    found("UPDATE bill_line SET line_id = 3 WHERE bill_id = 3 AND line_id = 5", "bill 3 of order 3: holds line 3 of order 2");
}
END_TEST

START_TEST(a_refund_made_larger_is_named) {
    give_back();
    found("UPDATE refund SET gross = gross + 100, net = net + 100, base = base + 100, total = total + 100",
          "refund 1: stands as 9000 - 0 = 8341 + 659, its lines come to 8900 - 0 = 8241 + 659");
    ck_assert_ptr_nonnull(strstr(told, "refund 1: 9000 in all, its means give back 8900"));
}
END_TEST

START_TEST(a_refunds_tax_that_was_moved_is_named) {
    give_back();
    found("UPDATE refund_tax SET base = base - 1, amount = amount + 1",
          "refund 1: stands as 8241 + 659, its rows of tax come to 8240 + 660");
}
END_TEST

START_TEST(a_gap_in_the_refunds_is_named) {
    give_back();
    found("UPDATE refund SET number = 3", "refunds: 1 of them, numbered 3 to 3");
}
END_TEST

START_TEST(more_given_back_than_sold_is_named) {
    give_back();
    found("UPDATE refund_line SET quantity = 4", "bill 1, line 1: 4 for 8900 given back, of 3 for 26700");
}
END_TEST

START_TEST(more_tax_given_back_than_there_was_is_named) {
    give_back();
    found("UPDATE refund_tax SET base = 30000, gross = 30000 + amount",
          "bill 1: of its tax inc 30000 + 659 was given back, more than there is");
}
END_TEST

START_TEST(a_refund_by_other_means_is_named) {
    give_back();
    found("UPDATE refund_payment SET kind = 'transfer', means = 'nequi'",
          "refund 1: gives back by payment 1 what bill 1 was not paid by");
}
END_TEST

START_TEST(more_handed_back_than_charged_is_named) {
    give_back();
    found("UPDATE refund_payment SET charged = 40000", "payment 1: 8900 given back in 40000, of 31700 in 31700");
}
END_TEST

START_TEST(a_tip_given_back_that_nobody_gave_is_named) {
    give_back();
    found("UPDATE refund SET tip = 100, total = total + 100", "bill 1: 9000 given back, tip 100, of 31700, tip 0");
}
END_TEST

START_TEST(a_refund_of_another_shifts_drawer_is_named) {
    give_back();
    found("UPDATE refund SET shift_id = 1", "shift 1: closed with 231700 expected, its cash comes to 222800");
}
END_TEST

START_TEST(a_refund_in_another_orders_name_is_named) {
    give_back();
    found("UPDATE refund SET order_id = 2", "refund 1: of bill 1 of order 1, which is paid, in the name of order 2");
}
END_TEST

START_TEST(an_order_sold_anew_with_something_kept_is_named) {
    give_back();
    found("UPDATE refund SET reopens = 1", "bill 1: its order was sold anew with 22800 of it not given back");
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_verify", setup, teardown,
        DATA_TESTS(a_day_that_is_whole_has_no_findings, without_the_key_the_rest_is_checked_and_that_is_said,
                   a_bill_made_smaller_is_named, tax_moved_to_the_base_is_named, a_lines_share_that_was_changed_is_named,
                   a_line_that_was_taken_off_a_bill_is_named, a_price_changed_after_the_sale_is_named, a_missing_payment_is_named,
                   a_missing_document_is_named_with_its_number, a_number_taken_for_nothing_is_named, a_shift_made_to_fit_is_named,
                   a_count_that_does_not_add_up_is_named, a_missing_z_is_named, a_changed_journal_entry_is_named,
                   a_journal_cut_off_before_the_last_z_is_named, a_chain_rewritten_since_the_z_was_printed_is_named,
                   a_lost_ticket_is_named, a_row_that_belongs_to_nothing_is_named, a_day_of_everything_has_no_findings,
                   a_discount_changed_after_the_sale_is_named, a_discount_turned_into_a_courtesy_is_named,
                   a_check_of_a_split_made_smaller_is_named, a_tax_row_its_lines_do_not_come_to_is_named,
                   a_line_voided_after_the_sale_is_named, a_line_of_another_order_is_named, a_refund_made_larger_is_named,
                   a_refunds_tax_that_was_moved_is_named, a_gap_in_the_refunds_is_named, more_given_back_than_sold_is_named,
                   more_tax_given_back_than_there_was_is_named, a_refund_by_other_means_is_named,
                   more_handed_back_than_charged_is_named, a_tip_given_back_that_nobody_gave_is_named,
                   a_refund_of_another_shifts_drawer_is_named, a_refund_in_another_orders_name_is_named,
                   an_order_sold_anew_with_something_kept_is_named));
}
