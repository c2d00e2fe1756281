/* A shift's close lets go of tickets older than the site keeps them, and the books still add up. */
#include "pos/core/paper.h"
#include "tests/support/core_checks.h"
#include "tests/support/core_refunding.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_prepare(&f);
    f.site->keep_print_jobs_days = 30;
    core_fixture_start(&f);
    core_fixture_open_shift(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

static bool do_printed(struct act *act, void *self, struct error *e) {
    (void)self;
    return db_exec(act->db, "UPDATE print_job SET state = 'printed', evidence = 'A' WHERE state = 'queued'", DB_NO_ARGS, e);
}
static bool do_reprint(struct act *act, void *self, struct error *e) {
    struct job_id copy;
    return paper_reprint(act, *(struct job_id *)self, &copy, e);
}
static const char *gone(void) {
    const char *ids = core_text(&f, "SELECT group_concat(id || ' ' || kind, ', ') FROM (SELECT * FROM print_job WHERE document ="
                                    " '{}' ORDER BY id)");
    return ids ? ids : "";
}

/* Two orders, a month apart to the millisecond; the second is a day young when the shift closes. */
START_TEST(a_close_lets_go_of_kitchen_tickets_older_than_the_site_keeps_them) {
    (void)core_sold(&f, "posta", 1); /* not sent: paying sends it. Jobs 1 and 2: kitchen and receipt */
    refunding_pay(&f, (struct order_id){1}, (struct bill_id){0}, "efectivo");
    f.clock.fixed = CORE_NOW + INT64_C(2505600000); /* 29 days */
    (void)core_sold(&f, "posta", 1);
    refunding_pay(&f, (struct order_id){2}, (struct bill_id){0}, "efectivo");
    core_ok(&f, core_do(&f, f.console, do_printed, NULL));
    f.clock.fixed = CORE_NOW + INT64_C(2592000000); /* 30 days: it is not older yet */
    refunding_close(&f);
    ck_assert_str_eq(gone(), "");
    core_fixture_open_shift(&f);
    f.clock.fixed = CORE_NOW + INT64_C(2592000001);
    refunding_close(&f);
    ck_assert_str_eq(gone(), "1 kitchen");
    ck_assert_str_eq(core_verify(&f), "");
    core_refused(&f, "job_let_go", core_do(&f, f.waiter, do_reprint, &(struct job_id){1}));
    core_ok(&f, core_do(&f, f.waiter, do_reprint, &(struct job_id){2})); /* the receipt */
}
END_TEST

int main(void) {
    return data_suite_run("core_let_go", setup, teardown,
                          DATA_TESTS(a_close_lets_go_of_kitchen_tickets_older_than_the_site_keeps_them));
}
