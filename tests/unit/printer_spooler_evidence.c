/* What the spooler takes for evidence: process IDs, ordered statuses, plain status, nothing; and what a late acknowledgement
 * proves. */
#include <check.h>
#include <string.h>
#include <unistd.h>

#include "printer/spooler_worker.h"
#include "tests/support/data_suite.h"
#include "tests/support/printer_kitchen.h"

/* ---- process IDs ---- */

START_TEST(a_process_id_reply_and_nothing_less_makes_it_printed) {
    size_t size;
    struct fake_tcp_habits h = fake_tcp_healthy();
    struct fake_tcp *f = fake_tcp_open(h);
    kitchen_network(0, f);
    kitchen_start();
    ck_assert_mem_eq(fake_tcp_received(f, 11, &size), PROBE, 11);
    kitchen_becomes("cocina", TRANSPORT_READY);
    h.paper_out = true; /* says it is ready, and prints nothing */
    fake_tcp_set(f, h);
    const int64_t id = kitchen_add("cocina", "caliente", "1 ARROZ CALDOSO");
    const struct bytes want = kitchen_bytes(id);
    const uint8_t *got = fake_tcp_received(f, 11 + want.size + 11, &size);
    ck_assert_uint_eq(size, 11 + want.size + 11);
    ck_assert_mem_eq(got + 11, want.at, want.size);
    ck_assert_mem_eq(got + 11 + want.size, ASK "!!!\"", 11); /* row 1 */
    kitchen_reaches(id, JOB_SENT);
    usleep(50000); /* long enough for many looks at its status: they are no evidence */
    ck_assert_int_eq(kitchen_job(id).state, JOB_SENT);
    h.paper_out = false;
    fake_tcp_set(f, h);
    ck_assert_str_eq(kitchen_reaches(id, JOB_PRINTED).evidence, "A");
    ck_assert_str_eq(kitchen_health("cocina").evidence, "A");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_printer_that_says_nothing_at_all_gives_the_lowest_grade) {
    struct fake_tcp *f = fake_tcp_open((struct fake_tcp_habits){0});
    kitchen_network(0, f);
    kitchen.timing.answer = 20;
    kitchen_start();
    ck_assert_str_eq(kitchen_reaches(kitchen_add("cocina", NULL, "x"), JOB_PRINTED).evidence, "D");
    ck_assert_str_eq(kitchen_health("cocina").evidence, "D");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_lost_reply_is_asked_for_again) {
    size_t size;
    struct fake_tcp_habits h = fake_tcp_healthy();
    struct fake_tcp *f = fake_tcp_open(h);
    kitchen_network(0, f);
    kitchen.timing.ask_again = 30;
    kitchen_start();
    (void)fake_tcp_received(f, 11, &size);
    kitchen_becomes("cocina", TRANSPORT_READY);
    h.loses_ids = true;
    fake_tcp_set(f, h);
    const int64_t id = kitchen_add("cocina", NULL, "x");
    const size_t once = 11 + kitchen_bytes(id).size + 11;
    (void)fake_tcp_received(f, once + 11, &size);
    ck_assert_mem_eq(fake_tcp_received(f, once + 11, &size) + once, ASK "!!!\"", 11); /* the question alone, not the ticket */
    h.loses_ids = false;
    fake_tcp_set(f, h);
    ck_assert_str_eq(kitchen_reaches(id, JOB_PRINTED).evidence, "A");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_printer_that_lies_is_believed) { /* it says that a ticket is on paper before it is: nothing can tell */
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.paper_out = h.lies = true;
    struct fake_tcp *f = fake_tcp_open(h);
    kitchen_network(0, f);
    kitchen_start();
    ck_assert_str_eq(kitchen_reaches(kitchen_add("cocina", NULL, "x"), JOB_PRINTED).evidence, "A");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

/* ---- ordered statuses ---- */

START_TEST(an_ordered_status_behind_the_ticket_is_grade_b) {
    size_t size;
    struct fake_tcp *f = kitchen_clone(0, true);
    kitchen_start();
    const int64_t id = kitchen_add("cocina", NULL, "x");
    ck_assert_str_eq(kitchen_reaches(id, JOB_PRINTED).evidence, "B");
    kitchen_grade("cocina", "B");
    const struct bytes want = kitchen_bytes(id);
    const uint8_t *got = fake_tcp_received(f, 3 + want.size + 3, &size);
    ck_assert_uint_eq(size, 3 + want.size + 3);
    ck_assert_mem_eq(got, ASK_ORDERED, 3); /* does this unit answer? */
    ck_assert_mem_eq(got + 3, want.at, want.size);
    ck_assert_mem_eq(got + 3 + want.size, ASK_ORDERED, 3);
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(without_paper_no_ordered_status_comes_and_the_ticket_waits_for_it) {
    size_t size;
    struct fake_tcp *f = kitchen_clone(0, true);
    kitchen_start();
    (void)fake_tcp_received(f, 3, &size);
    kitchen_grade("cocina", "B");
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.answers_ids = false;
    h.answers_ordered = h.paper_out = true; /* ready it says, all the same */
    fake_tcp_set(f, h);
    const int64_t id = kitchen_add("cocina", NULL, "x");
    kitchen_reaches(id, JOB_SENT);
    kitchen_asked(f, 6);
    ck_assert_int_eq(kitchen_job(id).state, JOB_SENT);
    h.paper_out = false;
    fake_tcp_set(f, h);
    ck_assert_str_eq(kitchen_reaches(id, JOB_PRINTED).evidence, "B");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(an_ordered_status_with_a_bad_status_is_not_enough) {
    size_t size;
    struct fake_tcp *f = kitchen_clone(0, true);
    kitchen_start();
    (void)fake_tcp_received(f, 3, &size);
    kitchen_grade("cocina", "B");
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.answers_ids = false;
    h.answers_ordered = h.paper_out = true;
    fake_tcp_set(f, h);
    const int64_t id = kitchen_add("cocina", NULL, "x");
    kitchen_reaches(id, JOB_SENT);
    h.status[1] = 0x1A;
    h.status[2] = 0x16; /* somebody opens the cover */
    h.paper_out = false;
    fake_tcp_set(f, h);
    kitchen_becomes("cocina", TRANSPORT_COVER_OPEN);
    kitchen_asked(f, 8);
    ck_assert_int_eq(kitchen_job(id).state, JOB_SENT);
    h.status[1] = h.status[2] = 0x12;
    fake_tcp_set(f, h);
    ck_assert_str_eq(kitchen_reaches(id, JOB_PRINTED).evidence, "B");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(an_ordered_status_of_a_printer_that_tells_no_status_is_grade_c) {
    struct fake_tcp_habits h = {.answers_ordered = true};
    struct fake_tcp *f = fake_tcp_open(h);
    kitchen_network(0, f);
    kitchen.printers[0].profile = "xprinter-xp80";
    kitchen.timing.answer = 300;
    kitchen_start();
    ck_assert_str_eq(kitchen_reaches(kitchen_add("cocina", NULL, "x"), JOB_PRINTED).evidence, "C");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(answers_to_old_questions_are_not_taken_for_a_new_one) {
    size_t size;
    struct fake_tcp *f = kitchen_clone(0, true);
    kitchen.timing.ask_again = 10;
    kitchen_start();
    (void)fake_tcp_received(f, 3, &size);
    kitchen_grade("cocina", "B");
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.answers_ids = false;
    h.answers_ordered = h.paper_out = true;
    fake_tcp_set(f, h);
    const int64_t first = kitchen_add("cocina", NULL, "x");
    (void)fake_tcp_received(f, 3 + kitchen_bytes(first).size + 9, &size); /* three questions at least */
    h.paper_out = false;
    fake_tcp_set(f, h); /* all their answers at once; one was enough */
    ck_assert_str_eq(kitchen_reaches(first, JOB_PRINTED).evidence, "B");
    h.paper_out = true;
    fake_tcp_set(f, h);
    const int64_t second = kitchen_add("cocina", NULL, "y");
    kitchen_reaches(second, JOB_SENT);
    kitchen_asked(f, 6);
    ck_assert_int_eq(kitchen_job(second).state, JOB_SENT);
    h.paper_out = false;
    fake_tcp_set(f, h);
    kitchen_reaches(second, JOB_PRINTED);
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

/* ---- what a late acknowledgement proves ---- */

/* Taken whole, no paper, and the cable out. */
static int64_t in_the_buffer(struct fake_tcp *f, const char *text) {
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.paper_out = true;
    fake_tcp_set(f, h);
    const int64_t id = kitchen_add("cocina", NULL, text);
    kitchen_reaches(id, JOB_SENT);
    fake_tcp_hang_up(f);
    kitchen_reaches(id, JOB_UNKNOWN);
    kitchen_asked(f, 2); /* connected again */
    return id;
}

START_TEST(an_acknowledgement_that_comes_late_resolves_the_doubt) {
    struct fake_tcp *f = fake_tcp_open(fake_tcp_healthy());
    kitchen_network(0, f);
    kitchen.timing.answer = 20000;
    const int64_t id = kitchen_add_as("cocina", "caliente", "went", "sent");
    kitchen_start();
    while (fake_tcp_questions(f) < 2) usleep(1000); /* connected, and asked how it is; the acknowledgement is awaited next */
    fake_tcp_say(f, "\x37\x22!!!\"\0", 7);
    const struct job j = kitchen_reaches(id, JOB_PRINTED);
    ck_assert_str_eq(j.evidence, "A");
    ck_assert_str_eq(j.reason, "acknowledged late");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_late_acknowledgement_proves_nothing_of_an_earlier_connection) {
    struct fake_tcp *f = fake_tcp_open(fake_tcp_healthy());
    kitchen_network(0, f);
    kitchen.timing.answer = 300;
    kitchen.timing.idle = 5;
    kitchen_start();
    kitchen_grade("cocina", "A");
    const int64_t first = in_the_buffer(f, "ONE");
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.loses_ids = true; /* the power is cut, and what it owed is forgotten */
    fake_tcp_set(f, h);
    const int64_t second = in_the_buffer(f, "TWO");
    fake_tcp_set(f, fake_tcp_healthy()); /* this time it was the cable only */
    const struct job j = kitchen_reaches(second, JOB_PRINTED);
    ck_assert_str_eq(j.evidence, "A");
    ck_assert_str_eq(j.reason, "acknowledged late");
    kitchen_asked(f, 4);
    ck_assert_int_eq(kitchen_job(first).state, JOB_UNKNOWN); /* it is lost, and nobody says that it is not */
    ck_assert_int_eq(kitchen_health("cocina").unknown, 1);
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(after_a_power_cut_nobody_asks_the_printer_what_it_cannot_know) {
    struct fake_tcp *f = fake_tcp_open(fake_tcp_healthy());
    kitchen_network(0, f);
    kitchen.timing.answer = 300;
    kitchen.timing.idle = 5;
    kitchen_start();
    kitchen_grade("cocina", "A");
    const int64_t id = in_the_buffer(f, "ONE");
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.loses_ids = true;
    fake_tcp_set(f, h);
    kitchen_asked(f, 6);
    fake_tcp_set(f, fake_tcp_healthy());
    ck_assert_str_eq(kitchen_reaches(kitchen_add("cocina", NULL, "TWO"), JOB_PRINTED).evidence, "A");
    ck_assert_int_eq(kitchen_times(f, ASK "!!!\"", 11), 1); /* with the ticket, never again */
    ck_assert_int_eq(kitchen_job(id).state, JOB_UNKNOWN);
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

/* Two tickets that nothing spoke for, on one connection, and a third with its acknowledgement outstanding. */
static void three_on_one_connection(struct fake_tcp *f, int64_t id[3]) {
    struct fake_tcp_habits h = {.answers_ids = true, .paper_out = true};
    kitchen.printers[0].confirm = true;
    kitchen.timing.answer = 300;
    kitchen.timing.idle = 5;
    kitchen_start();
    for (int i = 0; i < 2; i++) {
        id[i] = kitchen_add("cocina", NULL, "x");
        ck_assert_str_eq(kitchen_reaches(id[i], JOB_SENT).evidence, "D");
    }
    fake_tcp_say(f, "\x37\x22    \0", 7); /* it was only slow */
    kitchen_grade("cocina", "A");
    fake_tcp_set(f, h);
    id[2] = kitchen_add("cocina", NULL, "x");
    kitchen_reaches(id[2], JOB_SENT);
    ck_assert_ptr_null(kitchen_job(id[2]).evidence);
    ck_assert_int_eq(kitchen_job(id[0]).state, JOB_SENT); /* the answer to the first question says nothing of them */
}

START_TEST(an_acknowledgement_holds_for_every_earlier_ticket_of_its_connection) {
    int64_t id[3];
    struct fake_tcp *f = fake_tcp_open((struct fake_tcp_habits){0});
    kitchen_network(0, f);
    three_on_one_connection(f, id);
    fake_tcp_set(f, (struct fake_tcp_habits){.answers_ids = true});
    ck_assert_str_eq(kitchen_reaches(id[2], JOB_PRINTED).evidence, "A");
    for (int i = 0; i < 2; i++) {
        const struct job j = kitchen_reaches(id[i], JOB_PRINTED);
        ck_assert_str_eq(j.evidence, "A");
        ck_assert_str_eq(j.reason, "acknowledged late");
    }
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(so_does_one_that_comes_after_a_cable_pull) {
    int64_t id[3];
    struct fake_tcp *f = fake_tcp_open((struct fake_tcp_habits){0});
    kitchen_network(0, f);
    three_on_one_connection(f, id);
    fake_tcp_hang_up(f);
    kitchen_reaches(id[2], JOB_UNKNOWN);
    ck_assert_int_eq(kitchen_job(id[0]).state, JOB_SENT); /* still a person's to say */
    kitchen_becomes("cocina", TRANSPORT_READY);
    fake_tcp_set(f, (struct fake_tcp_habits){.answers_ids = true}); /* its buffer was kept */
    for (int i = 0; i < 3; i++) ck_assert_str_eq(kitchen_reaches(id[i], JOB_PRINTED).reason, "acknowledged late");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(nothing_that_follows_proves_anything_of_half_a_ticket) {
    struct worker w = {.connection = 1, .process_id = ANSWER_YES};
    evidence_handed(&w, 7, true);
    evidence_handed(&w, 8, false); /* cut off, and the channel stays */
    ck_assert_uint_eq(w.handed_count, 2);
    evidence_handed(&w, 9, true);
    ck_assert_uint_eq(w.handed_count, 1);
    ck_assert_int_eq(w.handed[0], 9);
    w.connection = 2;
    evidence_handed(&w, 10, true);
    ck_assert_uint_eq(w.handed_count, 1);
    for (int64_t id = 11; id < 40; id++) evidence_handed(&w, id, true);
    ck_assert_uint_eq(w.handed_count, 16); /* the oldest are let go: they stay in doubt */
    ck_assert_int_eq(w.handed[0], 24);
    ck_assert_int_eq(w.handed[15], 39);
}
END_TEST

int main(void) {
    return data_suite_run(
        "printer_spooler_evidence", kitchen_setup, kitchen_teardown,
        DATA_TESTS(
            a_process_id_reply_and_nothing_less_makes_it_printed, a_printer_that_says_nothing_at_all_gives_the_lowest_grade,
            a_lost_reply_is_asked_for_again, a_printer_that_lies_is_believed, an_ordered_status_behind_the_ticket_is_grade_b,
            without_paper_no_ordered_status_comes_and_the_ticket_waits_for_it, an_ordered_status_with_a_bad_status_is_not_enough,
            an_ordered_status_of_a_printer_that_tells_no_status_is_grade_c, answers_to_old_questions_are_not_taken_for_a_new_one,
            an_acknowledgement_that_comes_late_resolves_the_doubt, a_late_acknowledgement_proves_nothing_of_an_earlier_connection,
            after_a_power_cut_nobody_asks_the_printer_what_it_cannot_know,
            an_acknowledgement_holds_for_every_earlier_ticket_of_its_connection, so_does_one_that_comes_after_a_cable_pull,
            nothing_that_follows_proves_anything_of_half_a_ticket));
}
