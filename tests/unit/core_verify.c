/* verify: silent about a day that is whole, and naming what somebody changed behind the till's back. */
#include <string.h>

#include "pos/core/verify.h"
#include "tests/support/core_fixture.h"

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
        "DROP TRIGGER shift_closed_is_final; PRAGMA defer_foreign_keys = ON;";
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
    found("UPDATE bill_line SET base = base - 1, tax = tax + 1 WHERE bill_id = 1 AND line_id = 1", "bill 1, line 1: stands as");
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

int main(void) {
    return data_suite_run(
        "core_verify", setup, teardown,
        DATA_TESTS(a_day_that_is_whole_has_no_findings, without_the_key_the_rest_is_checked_and_that_is_said,
                   a_bill_made_smaller_is_named, tax_moved_to_the_base_is_named, a_lines_share_that_was_changed_is_named,
                   a_line_that_was_taken_off_a_bill_is_named, a_price_changed_after_the_sale_is_named, a_missing_payment_is_named,
                   a_missing_document_is_named_with_its_number, a_number_taken_for_nothing_is_named, a_shift_made_to_fit_is_named,
                   a_count_that_does_not_add_up_is_named, a_missing_z_is_named, a_changed_journal_entry_is_named,
                   a_journal_cut_off_before_the_last_z_is_named, a_chain_rewritten_since_the_z_was_printed_is_named,
                   a_lost_ticket_is_named, a_row_that_belongs_to_nothing_is_named));
}
