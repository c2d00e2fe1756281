/* A person's word where a printer has none: tickets that wait for it, and those that do not. */
#include <check.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/data_suite.h"
#include "tests/support/printer_kitchen.h"

static struct error e;

static struct fake_tcp *mute_at(size_t i, bool confirm) {
    struct fake_tcp *f = fake_tcp_open(fake_tcp_healthy()); /* its profile expects no answers, so none is asked for */
    kitchen_network(i, f);
    kitchen.printers[i].profile = "generic-80";
    kitchen.printers[i].confirm = confirm;
    return f;
}
struct word {
    int64_t id, again;
    bool printed;
};
static bool run_resolve(struct db *db, void *self, struct error *err) {
    struct word *w = self;
    return job_resolve(db, w->id, w->printed, 1764003700000, &w->again, err);
}
static int64_t resolve(int64_t id, bool printed) {
    struct word w = {.id = id, .printed = printed};
    ck_assert_msg(writer_run(kitchen.writer, run_resolve, &w, &e), "%s", e.message);
    return w.again;
}

START_TEST(a_printer_without_status_prints_on_the_lowest_evidence) {
    struct fake_tcp *f = mute_at(0, false);
    kitchen_start();
    ck_assert_str_eq(kitchen_reaches(kitchen_add("cocina", NULL, "x"), JOB_PRINTED).evidence, "D");
    ck_assert_int_eq(fake_tcp_questions(f), 0);
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(where_the_site_wants_it_a_person_confirms_and_nothing_waits_for_that) {
    size_t size;
    struct fake_tcp *f = mute_at(0, true);
    kitchen_start();
    const int64_t first = kitchen_add("cocina", NULL, "ONE"), second = kitchen_add("cocina", NULL, "TWO");
    for (int i = 0; i < 20000 && kitchen_health("cocina").confirm < 2; i++) usleep(1000);
    const struct job j = kitchen_job(first);
    ck_assert_int_eq(j.state, JOB_SENT);
    ck_assert_str_eq(j.evidence, "D");
    ck_assert_str_eq(j.reason, "waits for a person to confirm");
    ck_assert_int_eq(kitchen_job(second).state, JOB_SENT);
    const struct printer_health h = kitchen_health("cocina");
    ck_assert_int_eq(h.confirm, 2);
    ck_assert_int_eq(h.waiting, 0);
    ck_assert_int_eq(h.oldest_waiting_ms, 0);
    ck_assert_int_eq(h.unknown, 0);
    ck_assert_int_eq(resolve(first, true), 0);
    ck_assert_int_eq(kitchen_job(first).state, JOB_PRINTED);
    ck_assert_str_eq(kitchen_job(first).evidence, "D");
    ck_assert_int_eq(kitchen_job(first).printed_at, 1764003700000);
    const int64_t again = resolve(second, false);
    ck_assert_int_eq(kitchen_job(second).state, JOB_FAILED);
    ck_assert_int_eq(kitchen_job(again).marks.duplicate, 1);
    spooler_kick(kitchen.spooler, "cocina");
    kitchen_reaches(again, JOB_SENT); /* and waits for its own word */
    ck_assert(kitchen_holds(kitchen_bytes(again), "POSIBLE DUPLICADO"));
    (void)fake_tcp_received(f, kitchen_bytes(first).size + kitchen_bytes(second).size + kitchen_bytes(again).size, &size);
    ck_assert_int_eq(kitchen_times(f, "POSIBLE DUPLICADO", 17), 1);
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(what_waits_for_a_person_waits_on_after_a_restart) {
    struct fake_tcp *f = mute_at(0, true);
    kitchen_start();
    const int64_t id = kitchen_add("cocina", NULL, "x");
    kitchen_reaches(id, JOB_SENT);
    for (int i = 0; i < 20000 && kitchen_health("cocina").confirm < 1; i++) usleep(1000);
    kitchen_stop();
    kitchen_start();
    ck_assert_int_eq(kitchen_job(id).state, JOB_SENT);
    ck_assert_str_eq(kitchen_job(id).reason, "waits for a person to confirm");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_pulse_for_the_drawer_needs_no_person) {
    struct fake_tcp *f = mute_at(0, true);
    const int64_t id = kitchen_add_as("cocina", NULL, "x", NULL);
    kitchen_run("UPDATE print_job SET kind = 'drawer'");
    kitchen_start();
    ck_assert_str_eq(kitchen_reaches(id, JOB_PRINTED).evidence, "D");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_printer_that_tells_its_status_needs_no_person) {
    struct fake_tcp *f = kitchen_clone(0, false);
    kitchen.printers[0].confirm = true;
    kitchen.timing.answer = 300;
    kitchen_start();
    ck_assert_str_eq(kitchen_reaches(kitchen_add("cocina", NULL, "x"), JOB_PRINTED).evidence, "C");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_ticket_still_under_way_is_no_persons_to_resolve) {
    size_t size;
    struct fake_tcp_habits h = fake_tcp_healthy();
    struct fake_tcp *f = fake_tcp_open(h);
    kitchen_network(0, f);
    kitchen_start();
    (void)fake_tcp_received(f, 11, &size);
    kitchen_grade("cocina", "A");
    h.paper_out = true;
    fake_tcp_set(f, h);
    const int64_t id = kitchen_add("cocina", NULL, "x");
    kitchen_reaches(id, JOB_SENT);
    struct word w = {.id = id, .printed = true};
    ck_assert(!writer_run(kitchen.writer, run_resolve, &w, &e));
    ck_assert_str_eq(e.code, "job_not_unknown");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

int main(void) {
    return data_suite_run("printer_spooler_confirm", kitchen_setup, kitchen_teardown,
                          DATA_TESTS(a_printer_without_status_prints_on_the_lowest_evidence,
                                     where_the_site_wants_it_a_person_confirms_and_nothing_waits_for_that,
                                     what_waits_for_a_person_waits_on_after_a_restart, a_pulse_for_the_drawer_needs_no_person,
                                     a_printer_that_tells_its_status_needs_no_person,
                                     a_ticket_still_under_way_is_no_persons_to_resolve));
}
