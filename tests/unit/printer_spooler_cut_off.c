/* A ticket that breaks off inside a picture leaves its printer waiting for dots. What comes next, from this process or the one
 * after it, must not be taken for them. */
#include <check.h>
#include <string.h>

#include "tests/support/data_suite.h"
#include "tests/support/printer_kitchen.h"

enum { FILL = 9232 }; /* of a TM-T20III: 128 rows of 576 dots, and 16 */

static const char *long_text(void) {
    char *text = arena_alloc(kitchen.arena, 600001);
    memset(text, 'x', 600000);
    text[600000] = '\0';
    return text;
}

/* Bytes of zero that stand right before `end`. */
static size_t zeros_before(const uint8_t *all, const uint8_t *end) {
    size_t n = 0;
    while (end - n > all && end[-1 - (ptrdiff_t)n] == 0) n++;
    return n;
}

/* Zeros right before the ticket that holds `text`. */
static size_t fill_before(struct fake_tcp *f, const char *text) {
    size_t size;
    const uint8_t *all = fake_tcp_received(f, 0, &size);
    const uint8_t *at = memmem(all, size, text, strlen(text));
    ck_assert_ptr_nonnull(at);
    while (at > all && memcmp(at, "\x1B@", 2) != 0) at--;
    return zeros_before(all, at);
}

START_TEST(after_a_ticket_that_broke_off_the_rest_of_its_picture_comes_first) {
    size_t size;
    struct fake_tcp_habits h = fake_tcp_healthy();
    struct fake_tcp *f = fake_tcp_open(h);
    kitchen.timing.answer = 500;
    kitchen.timing.fallback = 600000;
    kitchen_network(0, f);
    kitchen_start();
    (void)fake_tcp_received(f, 11, &size);
    kitchen_becomes("cocina", TRANSPORT_READY);
    h.closes_after = 5000;
    fake_tcp_set(f, h);
    const int64_t cut = kitchen_add("cocina", "caliente", long_text());
    kitchen_reaches(cut, JOB_UNKNOWN);
    fake_tcp_set(f, fake_tcp_healthy());
    kitchen_reaches(kitchen_add("cocina", "caliente", "THE NEXT ONE"), JOB_PRINTED);
    ck_assert_uint_ge(fill_before(f, "THE NEXT ONE"), FILL); /* more, where the fill itself broke off and began anew */
    kitchen_reaches(kitchen_add("cocina", "caliente", "THE ONE AFTER"), JOB_PRINTED);
    ck_assert_uint_lt(fill_before(f, "THE ONE AFTER"), 2); /* once is enough */
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_process_does_it_for_the_one_that_died) {
    struct fake_tcp *f = fake_tcp_open(fake_tcp_healthy());
    size_t size;
    kitchen.timing.answer = 100;
    kitchen_network(0, f);
    const int64_t cut = kitchen_add_as("cocina", "caliente", "half", NULL);
    kitchen_run("UPDATE print_job SET state = 'sending', attempts = 1 WHERE state = 'queued'");
    kitchen_start();
    kitchen_reaches(cut, JOB_UNKNOWN);
    const uint8_t *got = fake_tcp_received(f, FILL + 11, &size);
    ck_assert_uint_eq(zeros_before(got, got + FILL), FILL);
    ck_assert_mem_eq(got + FILL, PROBE, 11); /* the question, too, is not to be dots */
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_printer_whose_tickets_all_came_out_gets_nothing_but_tickets) {
    struct fake_tcp *f = fake_tcp_open(fake_tcp_healthy());
    size_t size;
    kitchen_network(0, f);
    kitchen_start();
    kitchen_reaches(kitchen_add("cocina", "caliente", "a whole one"), JOB_PRINTED);
    kitchen_stop();
    const size_t before = (fake_tcp_received(f, 0, &size), size);
    kitchen_start();
    const int64_t id = kitchen_add("cocina", "caliente", "another");
    kitchen_reaches(id, JOB_PRINTED);
    const struct bytes want = kitchen_bytes(id);
    const uint8_t *got = fake_tcp_received(f, before + want.size, &size);
    ck_assert_mem_eq(got + before, want.at, want.size);
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(the_fill_is_as_long_as_the_longest_command_of_the_model) {
    static const struct {
        const char *profile;
        size_t bytes;
    } rows[] = {
        {"epson-tm-t20iii", 9232}, /* 72 × 128 + 16 */
        {"pos-58", 6160},          /* 48 × 128 + 16 */
        {"epson-tm-u220", 3216},   /* 25 × 128 + 16 */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct bytes b = escpos_fill(profile_find(kitchen.profiles, rows[i].profile), kitchen.arena);
        ck_assert_uint_eq(b.size, rows[i].bytes);
        ck_assert_uint_eq(zeros_before(b.at, b.at + b.size), b.size);
    }
}
END_TEST

int main(void) {
    return data_suite_run("printer_spooler_cut_off", kitchen_setup, kitchen_teardown,
                          DATA_TESTS(after_a_ticket_that_broke_off_the_rest_of_its_picture_comes_first,
                                     a_process_does_it_for_the_one_that_died,
                                     a_printer_whose_tickets_all_came_out_gets_nothing_but_tickets,
                                     the_fill_is_as_long_as_the_longest_command_of_the_model));
}
