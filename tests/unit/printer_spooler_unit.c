/* What the spooler learns of a unit and keeps: asked once, known again; units that turn out to be others, fall silent and come
 * back. */
#include <check.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/data_suite.h"
#include "tests/support/printer_kitchen.h"

static struct error e;

/* "process_id ordered" as remembered of the fake printer: 1, 0 or - each. */
static const char *remembered(struct fake_tcp *f) {
    struct db_rows r;
    char *out = arena_printf(kitchen.arena, "nothing");
    const char *unit = arena_printf(kitchen.arena, "127.0.0.1:%u", fake_tcp_port(f));
    ck_assert(
        db_query(kitchen.reader, "SELECT process_id, ordered FROM printer_unit WHERE unit = ?", DB_ARGS(db_text(unit)), &r, &e));
    if (db_next(&r))
        out = arena_printf(kitchen.arena, "%s %s",
                           db_col_null(&r, 0)  ? "-"
                           : db_col_int(&r, 0) ? "1"
                                               : "0",
                           db_col_null(&r, 1)  ? "-"
                           : db_col_int(&r, 1) ? "1"
                                               : "0");
    ck_assert(db_done(&r, &e));
    return out;
}
static void remember(struct fake_tcp *f, const char *process_id, const char *ordered, const char *learned_at) {
    kitchen_run(arena_printf(kitchen.arena, "INSERT INTO printer_unit VALUES ('127.0.0.1:%u', %s, %s, %s)", fake_tcp_port(f),
                             process_id, ordered, learned_at));
}
START_TEST(a_clone_that_answers_nothing_in_turn_is_asked_once_and_counts_by_its_status) {
    size_t size;
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.answers_ids = false;
    struct fake_tcp *f = fake_tcp_open(h);
    kitchen_network(0, f);
    kitchen.timing.answer = 300;
    kitchen_start();
    const int64_t id = kitchen_add("cocina", NULL, "x");
    ck_assert_str_eq(kitchen_reaches(id, JOB_PRINTED).evidence, "C");
    const struct bytes want = kitchen_bytes(id);
    const uint8_t *got = fake_tcp_received(f, 11 + 3 + want.size, &size);
    ck_assert_uint_eq(size, 11 + 3 + want.size); /* both questions, the ticket, no second request */
    ck_assert_mem_eq(got, PROBE ASK_ORDERED, 14);
    ck_assert_mem_eq(got + 14, want.at, want.size);
    ck_assert_str_eq(remembered(f), "0 0");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_known_unit_is_not_asked_again) {
    size_t size;
    struct fake_tcp *f = fake_tcp_open(fake_tcp_healthy());
    kitchen_network(0, f);
    kitchen.timing.idle = 5;
    kitchen_start();
    const int64_t first = kitchen_add("cocina", NULL, "x");
    ck_assert_str_eq(kitchen_reaches(first, JOB_PRINTED).evidence, "A");
    ck_assert_str_eq(remembered(f), "1 -");
    fake_tcp_hang_up(f);
    kitchen_asked(f, 4); /* connected once more */
    const int64_t second = kitchen_add("cocina", NULL, "x");
    ck_assert_str_eq(kitchen_reaches(second, JOB_PRINTED).evidence, "A");
    kitchen_stop();
    kitchen_start(); /* and another day */
    const int64_t third = kitchen_add("cocina", NULL, "x");
    ck_assert_str_eq(kitchen_reaches(third, JOB_PRINTED).evidence, "A");
    const size_t all = 11 + 3 * (kitchen_bytes(first).size + 11);
    (void)fake_tcp_received(f, all, &size);
    ck_assert_uint_eq(size, all);
    ck_assert_int_eq(kitchen_times(f, PROBE, 11), 1);
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(what_a_unit_does_not_answer_is_believed_for_a_day) {
    struct fake_tcp *f = fake_tcp_open(fake_tcp_healthy());
    remember(f, "0", "0", "1764003600000 - 86399999");
    kitchen_network(0, f);
    kitchen_start();
    ck_assert_str_eq(kitchen_reaches(kitchen_add("cocina", NULL, "x"), JOB_PRINTED).evidence, "C");
    ck_assert_int_eq(kitchen_times(f, PROBE, 11), 0);
    kitchen_stop();
    kitchen_run("UPDATE printer_unit SET learned_at = learned_at - 1");
    kitchen_start();
    ck_assert_str_eq(kitchen_reaches(kitchen_add("cocina", NULL, "x"), JOB_PRINTED).evidence, "A");
    ck_assert_int_eq(kitchen_times(f, PROBE, 11), 1);
    ck_assert_str_eq(remembered(f), "1 0"); /* of ordered statuses nothing was asked */
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_profile_that_rules_a_question_out_is_not_asked_it_whatever_is_remembered) {
    size_t size;
    struct fake_tcp *f = fake_tcp_open(fake_tcp_healthy());
    remember(f, "1", "1", "1764003600000");
    kitchen_network(0, f);
    kitchen.printers[0].profile = "generic-80";
    kitchen_start();
    const int64_t id = kitchen_add("cocina", NULL, "x");
    ck_assert_str_eq(kitchen_reaches(id, JOB_PRINTED).evidence, "D");
    (void)fake_tcp_received(f, kitchen_bytes(id).size, &size);
    ck_assert_int_eq(kitchen_times(f, ASK, 7), 0);
    ck_assert_int_eq(kitchen_times(f, ASK_ORDERED, 3), 0);
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(another_unit_at_a_known_address_is_found_out_and_its_ticket_is_in_doubt) {
    struct fake_tcp *f = kitchen_clone(0, false);
    kitchen.printers[0].profile = "epson-tm-t20iii";
    remember(f, "1", "NULL", "0"); /* of the one that stood here before */
    kitchen.timing.ask_again = 10;
    kitchen.timing.silence = 30;
    kitchen.timing.answer = 300;
    kitchen_start();
    const int64_t id = kitchen_add("cocina", "caliente", "x");
    ck_assert_str_eq(kitchen_reaches(id, JOB_UNKNOWN).reason, "the printer no longer confirms; look whether it is on paper");
    ck_assert_str_eq(remembered(f), "0 0");
    ck_assert_str_eq(kitchen_reaches(kitchen_add("cocina", "caliente", "y"), JOB_PRINTED).evidence, "C");
    ck_assert_int_eq(kitchen_job(id).state, JOB_UNKNOWN);
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(another_unit_that_answers_in_its_own_way_proves_the_same_ticket) {
    struct fake_tcp *f = kitchen_clone(0, true);
    kitchen.printers[0].profile = "epson-tm-t20iii";
    remember(f, "1", "NULL", "0");
    kitchen.timing.ask_again = 10;
    kitchen.timing.silence = 30;
    kitchen.timing.answer = 300;
    kitchen_start();
    ck_assert_str_eq(kitchen_reaches(kitchen_add("cocina", NULL, "x"), JOB_PRINTED).evidence, "B");
    ck_assert_str_eq(remembered(f), "0 1");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(silence_while_there_is_no_paper_is_no_contradiction) {
    size_t size;
    struct fake_tcp_habits h = fake_tcp_healthy();
    struct fake_tcp *f = fake_tcp_open(h);
    kitchen_network(0, f);
    kitchen_start();
    (void)fake_tcp_received(f, 11, &size);
    kitchen_grade("cocina", "A");
    kitchen_stop();
    kitchen.timing.ask_again = 5;
    kitchen.timing.silence = 2000;
    kitchen.timing.answer = 300;
    kitchen_start();
    h.paper_out = true;
    fake_tcp_set(f, h);
    const int64_t id = kitchen_add("cocina", NULL, "x");
    kitchen_reaches(id, JOB_SENT);
    h.status[1] = 0x1A;
    h.status[2] = 0x32;
    h.status[4] = 0x72;
    fake_tcp_set(f, h);
    kitchen_becomes("cocina", TRANSPORT_PAPER_OUT);
    usleep(2500000); /* longer than its silence may last */
    ck_assert_int_eq(kitchen_job(id).state, JOB_SENT);
    h = fake_tcp_healthy();
    h.paper_out = true; /* a new roll is in, and it has not printed yet */
    fake_tcp_set(f, h);
    kitchen_becomes("cocina", TRANSPORT_READY);
    kitchen_asked(f, 4);
    ck_assert_int_eq(kitchen_job(id).state, JOB_SENT); /* it has all its time again */
    ck_assert_str_eq(remembered(f), "1 -");
    fake_tcp_set(f, fake_tcp_healthy());
    ck_assert_str_eq(kitchen_reaches(id, JOB_PRINTED).evidence, "A");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_printer_that_tells_no_status_is_waited_for_and_says_so) {
    size_t size;
    struct fake_tcp_habits h = {.answers_ids = true};
    struct fake_tcp *f = fake_tcp_open(h);
    kitchen_network(0, f);
    kitchen.timing.answer = 300;
    kitchen.timing.ask_again = 10;
    kitchen.timing.silence = 30;
    kitchen_start();
    (void)fake_tcp_received(f, 11, &size);
    kitchen_grade("cocina", "A");
    h.paper_out = true;
    fake_tcp_set(f, h);
    const int64_t id = kitchen_add("cocina", NULL, "x");
    const struct printer_health silent = kitchen_becomes("cocina", TRANSPORT_OFFLINE);
    ck_assert_int_eq(silent.status.cause, CAUSE_NO_ANSWER);
    (void)fake_tcp_received(f, 11 + kitchen_bytes(id).size + 11 + 8 * 11, &size); /* asked again, long after the silence */
    ck_assert_int_eq(kitchen_job(id).state, JOB_SENT);
    h.paper_out = false;
    fake_tcp_set(f, h);
    ck_assert_str_eq(kitchen_reaches(id, JOB_PRINTED).evidence, "A");
    kitchen_becomes("cocina", TRANSPORT_READY);
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_slow_answer_to_the_first_question_counts_after_all) {
    size_t size;
    struct fake_tcp *f = kitchen_clone(0, false);
    kitchen.printers[0].profile = "epson-tm-t20iii";
    kitchen.timing.answer = 300;
    kitchen.timing.idle = 5;
    kitchen_start();
    ck_assert_str_eq(kitchen_reaches(kitchen_add("cocina", NULL, "x"), JOB_PRINTED).evidence, "C");
    ck_assert_str_eq(remembered(f), "0 0");
    fake_tcp_set(f, fake_tcp_healthy()); /* says what it owes */
    kitchen_grade("cocina", "A");
    ck_assert_str_eq(remembered(f), "1 0");
    ck_assert_str_eq(kitchen_reaches(kitchen_add("cocina", NULL, "x"), JOB_PRINTED).evidence, "A");
    (void)fake_tcp_received(f, 0, &size);
    ck_assert_int_eq(kitchen_times(f, PROBE, 11), 1);
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_printer_that_fell_silent_and_wakes_up_resolves_its_ticket) {
    size_t size;
    struct fake_tcp_habits h = fake_tcp_healthy();
    struct fake_tcp *f = fake_tcp_open(h);
    kitchen_network(0, f);
    kitchen.timing.answer = 300;
    kitchen.timing.ask_again = 10;
    kitchen.timing.silence = 30;
    kitchen.timing.idle = 5;
    kitchen_start();
    (void)fake_tcp_received(f, 11, &size);
    kitchen_grade("cocina", "A");
    h.answers_ids = false; /* but keeps the question */
    fake_tcp_set(f, h);
    const int64_t id = kitchen_add("cocina", NULL, "x");
    kitchen_reaches(id, JOB_UNKNOWN);
    kitchen_grade("cocina", "C");
    ck_assert_str_eq(remembered(f), "0 0");
    fake_tcp_set(f, fake_tcp_healthy());
    const struct job j = kitchen_reaches(id, JOB_PRINTED);
    ck_assert_str_eq(j.evidence, "A");
    ck_assert_str_eq(j.reason, "acknowledged late");
    ck_assert_str_eq(kitchen_reaches(kitchen_add("cocina", NULL, "x"), JOB_PRINTED).evidence, "A");
    ck_assert_str_eq(remembered(f), "1 0");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

int main(void) {
    return data_suite_run("printer_spooler_unit", kitchen_setup, kitchen_teardown,
                          DATA_TESTS(a_clone_that_answers_nothing_in_turn_is_asked_once_and_counts_by_its_status,
                                     a_known_unit_is_not_asked_again, what_a_unit_does_not_answer_is_believed_for_a_day,
                                     a_profile_that_rules_a_question_out_is_not_asked_it_whatever_is_remembered,
                                     another_unit_at_a_known_address_is_found_out_and_its_ticket_is_in_doubt,
                                     another_unit_that_answers_in_its_own_way_proves_the_same_ticket,
                                     silence_while_there_is_no_paper_is_no_contradiction,
                                     a_printer_that_tells_no_status_is_waited_for_and_says_so,
                                     a_slow_answer_to_the_first_question_counts_after_all,
                                     a_printer_that_fell_silent_and_wakes_up_resolves_its_ticket));
}
