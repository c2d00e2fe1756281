/* The whole spooler on emulated USB printers: evidence, unplugs, late acknowledgements, power cuts. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "printer/escpos.h"
#include "printer/spooler.h"
#include "tests/emulator/test_usb.h"
#include "tests/emulator/usb_case.h"
#include "tests/emulator/usb_site.h"
#include "tests/support/data_suite.h"
#include "tests/support/printer_golden.h"

static struct usb_site s;
static struct arena *a;
static struct error e;

/* GS ( H function 48; a row's id in base 94 from "!", the probe four spaces. */
#define ASK "\x1D\x28\x48\x06\x00\x30\x30"

static void setup(void) {
    usb_site_open(&s);
    a = s.arena;
}
static void teardown(void) {
    usb_site_close(&s);
}

static int64_t add(const char *kind, const struct ticket *t) {
    return usb_site_add(&s, "cocina", kind, t);
}
static int64_t add_long(size_t size) {
    char *text = arena_alloc(a, size + 1);
    memset(text, 'x', size);
    return usb_site_add_text(&s, "cocina", text);
}
static struct job reaches(int64_t id, enum job_state want) {
    return usb_site_reaches(&s, id, want);
}
static void becomes(enum transport_state want) {
    (void)usb_site_becomes(&s, "cocina", want);
}

START_TEST(a_kitchen_ticket_and_a_receipt_are_printed_and_proven) {
    size_t size;
    struct usb_printer *p = usb_printer_plug(s.bed, &usb_epson);
    usb_site_start(&s);
    const int64_t kitchen = add("kitchen", golden_kitchen(a)), receipt = add("receipt", golden_receipt(a));
    ck_assert_str_eq(reaches(kitchen, JOB_PRINTED).evidence, "A");
    ck_assert_str_eq(reaches(receipt, JOB_PRINTED).evidence, "A");
    struct bytes k, r;
    const struct printer_profile *profile = profile_find(s.profiles, "epson-tm-t20iii");
    ck_assert(escpos_encode(golden_kitchen(a), profile, &(struct ticket_marks){0}, a, &k, &e));
    ck_assert(escpos_encode(golden_receipt(a), profile, &(struct ticket_marks){0}, a, &r, &e));
    const uint8_t *paper = usb_printer_paper(p, 11 + k.size + 11 + r.size + 11, &size);
    ck_assert_uint_eq(size, 11 + k.size + 11 + r.size + 11);
    ck_assert_mem_eq(paper, ASK "    ", 11); /* does this unit answer? it does */
    ck_assert_mem_eq(paper + 11, k.at, k.size);
    ck_assert_mem_eq(paper + 11 + k.size, ASK "!!!\"", 11);
    ck_assert_mem_eq(paper + 22 + k.size, r.at, r.size);
    ck_assert_mem_eq(paper + 22 + k.size + r.size, ASK "!!!#", 11);
    ck_assert_str_eq(usb_site_health(&s, "cocina").evidence, "A");
    ck_assert_str_eq(usb_site_health(&s, "cocina").transport, "usb");
}
END_TEST

START_TEST(paper_out_within_a_ticket_leaves_it_under_way_until_there_is_paper) {
    struct usb_printer *p = usb_printer_plug(s.bed, &usb_epson);
    usb_site_start(&s);
    becomes(TRANSPORT_READY);
    size_t size;
    (void)usb_printer_paper(p, 11, &size);
    usb_printer_stall_at(p, 3000 + usb_printer_taken(p)); /* and a stall on top */
    usb_printer_set_hang(p, true);
    const int64_t id = add_long(20000);
    reaches(id, JOB_SENDING);
    usb_printer_set_paper(p, false);
    usb_printer_set_hang(p, false);
    becomes(TRANSPORT_PAPER_OUT); /* told while the ticket hangs */
    reaches(id, JOB_SENDING);
    usb_printer_set_paper(p, true);
    ck_assert_str_eq(reaches(id, JOB_PRINTED).evidence, "A");
    const struct bytes b = usb_site_bytes(&s, id);
    const uint8_t *paper = usb_printer_paper(p, 11 + b.size + 11, &size);
    ck_assert_uint_eq(size, 11 + b.size + 11);
    ck_assert_mem_eq(paper + 11, b.at, b.size);
}
END_TEST

/* The bytes of the first long ticket that went over: all but status questions (3) and the probe (11). */
static int job_bytes_on_the_wire(struct usb_printer *p) {
    struct usb_tally *all = arena_alloc(a, sizeof *all);
    int n = 0;
    usb_printer_tally(p, all);
    for (size_t i = 0; i < all->out_count; i++)
        if (all->out[i].length > 11) n += all->out[i].actual;
    ck_assert_int_ge(n, 4990);
    ck_assert_int_le(n, 5000);
    return n;
}

enum { FILL = 9232 }; /* zeros: 128 rows of 576 dots, and 16 */

START_TEST(an_unplug_within_a_ticket_leaves_it_in_doubt_and_the_next_prints_after_the_replug) {
    size_t size;
    struct usb_printer *p = usb_printer_plug(s.bed, &usb_epson);
    usb_site_start(&s);
    (void)usb_printer_paper(p, 11, &size);
    becomes(TRANSPORT_READY);
    usb_printer_set_hang(p, true); /* so that the number below is still ahead */
    const int64_t cut = add_long(20000);
    reaches(cut, JOB_SENDING);
    usb_printer_vanish_at(p, usb_printer_taken(p) + 5000);
    usb_printer_set_hang(p, false);
    const struct job j = reaches(cut, JOB_UNKNOWN);
    char want[64];
    snprintf(want, sizeof want, "%d of %zu bytes taken: ", job_bytes_on_the_wire(p), usb_site_bytes(&s, cut).size + 11);
    ck_assert_msg(strncmp(j.reason, want, strlen(want)) == 0, "%s, not %s", j.reason, want);
    ck_assert_ptr_nonnull(strstr(j.reason, "unplugged"));
    becomes(TRANSPORT_UNPLUGGED);
    const int64_t next = add("kitchen", golden_kitchen(a));
    ck_assert_int_eq(reaches(next, JOB_QUEUED).state, JOB_QUEUED);
    (void)usb_printer_paper(p, 0, &size);
    const size_t printed = size;
    usb_printer_push(p);
    ck_assert_str_eq(reaches(next, JOB_PRINTED).evidence, "A");
    ck_assert_int_eq(reaches(cut, JOB_UNKNOWN).state, JOB_UNKNOWN);
    const struct bytes b = usb_site_bytes(&s, next);
    const uint8_t *paper = usb_printer_paper(p, printed + FILL + b.size + 11, &size);
    /* A known unit: what ends the command that broke off, the next ticket and its request; nothing of the first again. */
    ck_assert_uint_eq(size, printed + FILL + b.size + 11);
    ck_assert_mem_eq(paper + printed + FILL, b.at, b.size);
    ck_assert_int_eq(usb_site_health(&s, "cocina").unknown, 1);
}
END_TEST

/* A ticket whole in the buffer, no paper to print it, and the cable out. */
static int64_t in_the_buffer(struct usb_printer *p, const struct ticket *t) {
    size_t size;
    (void)usb_printer_paper(p, 11, &size);
    becomes(TRANSPORT_READY);
    usb_printer_set_hang(p, true);
    const int64_t id = add("kitchen", t);
    reaches(id, JOB_SENDING);
    usb_printer_set_paper(p, false);
    usb_printer_set_hang(p, false);
    reaches(id, JOB_SENT);
    becomes(TRANSPORT_PAPER_OUT);
    usb_printer_pull(p);
    reaches(id, JOB_UNKNOWN);
    return id;
}

START_TEST(after_a_cable_pull_the_late_acknowledgement_is_collected) {
    struct usb_printer *p = usb_printer_plug(s.bed, &usb_epson);
    usb_site_start(&s);
    struct ticket *t = ticket_new(a);
    ticket_text(t, (struct ticket_style){0}, "1 ARROZ CALDOSO");
    const int64_t id = in_the_buffer(p, t);
    usb_printer_set_paper(p, true); /* it prints with the cable out */
    usb_printer_push(p);
    const struct job j = reaches(id, JOB_PRINTED);
    ck_assert_str_eq(j.evidence, "A");
    ck_assert_str_eq(j.reason, "acknowledged late");
    size_t size;
    const uint8_t *paper = usb_printer_paper(p, 0, &size);
    const uint8_t *once = memmem(paper, size, "ARROZ CALDOSO", 13);
    ck_assert_ptr_nonnull(once);
    ck_assert_ptr_null(memmem(once + 1, size - (size_t)(once + 1 - paper), "ARROZ CALDOSO", 13));
}
END_TEST

START_TEST(after_a_power_cut_it_stays_in_doubt_and_comes_again_only_with_its_mark) {
    struct usb_printer *p = usb_printer_plug(s.bed, &usb_epson);
    usb_site_start(&s);
    struct ticket *t = ticket_new(a);
    ticket_text(t, (struct ticket_style){0}, "1 ARROZ CALDOSO");
    const int64_t id = in_the_buffer(p, t);
    usb_printer_power_cycle(p);
    usb_printer_set_paper(p, true);
    const int64_t next = add("kitchen", golden_receipt(a));
    reaches(next, JOB_PRINTED);
    ck_assert_int_eq(reaches(id, JOB_UNKNOWN).state, JOB_UNKNOWN);
    size_t size;
    const uint8_t *paper = usb_printer_paper(p, 0, &size);
    ck_assert_ptr_null(memmem(paper, size, "ARROZ CALDOSO", 13));
    struct db *db; /* a person says that it did not come out */
    int64_t again = 0;
    usb_site_stop(&s);
    writer_close(s.writer);
    ck_assert(db_open(s.path, DB_WRITER, &db, &e));
    ck_assert(job_resolve(db, id, false, 1764003600000, &again, &e));
    ck_assert(writer_open(db, NULL, &s.writer, &e));
    usb_site_start(&s);
    reaches(again, JOB_PRINTED);
    paper = usb_printer_paper(p, 0, &size);
    const uint8_t *mark = memmem(paper, size, "POSIBLE DUPLICADO", 17), *ticket = memmem(paper, size, "ARROZ CALDOSO", 13);
    ck_assert_ptr_nonnull(mark);
    ck_assert_ptr_nonnull(ticket);
    ck_assert(mark < ticket);
}
END_TEST

START_TEST(a_printer_that_is_not_plugged_in_sends_its_tickets_to_the_fallback) {
    s.timing.fallback = 1;
    usb_site_start(&s);
    const int64_t id = add("kitchen", golden_kitchen(a));
    const struct job j = reaches(id, JOB_PRINTED);
    ck_assert_str_eq(j.printer, "caja");
    ck_assert_str_eq(j.marks.fallback_for, "COCINA CALIENTE");
    becomes(TRANSPORT_UNPLUGGED);
}
END_TEST

START_TEST(a_unidirectional_printer_prints_with_evidence_c) {
    struct usb_model m = usb_epson;
    m.unidirectional = true;
    struct usb_printer *p = usb_printer_plug(s.bed, &m);
    usb_site_start(&s);
    const int64_t id = add("kitchen", golden_kitchen(a));
    ck_assert_str_eq(reaches(id, JOB_PRINTED).evidence, "C"); /* bytes accepted, and the port says that all is well */
    const struct bytes b = usb_site_bytes(&s, id);
    size_t size;
    const uint8_t *paper = usb_printer_paper(p, b.size, &size);
    ck_assert_ptr_nonnull(memmem(paper, size, b.at, b.size));
    ck_assert_str_eq(usb_site_health(&s, "cocina").evidence, "C");
}
END_TEST

static bool remembered(const char *unit) {
    int64_t found = 0;
    ck_assert(db_get_int(s.reader, "SELECT 1 FROM printer_unit WHERE unit = ? AND process_id = 1", DB_ARGS(db_text(unit)), 0,
                         &found, &e));
    return found == 1;
}

START_TEST(what_a_unit_answers_is_remembered_by_its_serial_number) {
    (void)usb_printer_plug(s.bed, &usb_epson);
    usb_site_start(&s);
    reaches(add("kitchen", golden_kitchen(a)), JOB_PRINTED);
    ck_assert(remembered("04b8:0e28:J5HF012345"));
}
END_TEST

START_TEST(a_unit_without_a_serial_number_is_remembered_by_its_socket) {
    struct usb_model m = usb_epson;
    m.serial = NULL;
    (void)usb_printer_plug(s.bed, &m);
    usb_site_start(&s);
    reaches(add("kitchen", golden_kitchen(a)), JOB_PRINTED);
    ck_assert(remembered("04b8:0e28@1-2"));
}
END_TEST

START_TEST(the_kernels_driver_is_back_when_the_spooler_is_closed) {
    struct usb_model m = usb_epson;
    m.usblp = true;
    struct usb_printer *p = usb_printer_plug(s.bed, &m);
    usb_site_start(&s);
    becomes(TRANSPORT_READY);
    usb_site_stop(&s);
    struct usb_tally *all = arena_alloc(a, sizeof *all);
    usb_printer_tally(p, all);
    ck_assert_int_eq(all->detached, 1);
    ck_assert_int_eq(all->reattached, 1);
    ck_assert(all->usblp);
}
END_TEST

int test_usb_spooler(void) {
    return data_suite_run("usb_spooler", setup, teardown,
                          DATA_TESTS(a_kitchen_ticket_and_a_receipt_are_printed_and_proven,
                                     paper_out_within_a_ticket_leaves_it_under_way_until_there_is_paper,
                                     an_unplug_within_a_ticket_leaves_it_in_doubt_and_the_next_prints_after_the_replug,
                                     after_a_cable_pull_the_late_acknowledgement_is_collected,
                                     after_a_power_cut_it_stays_in_doubt_and_comes_again_only_with_its_mark,
                                     a_printer_that_is_not_plugged_in_sends_its_tickets_to_the_fallback,
                                     a_unidirectional_printer_prints_with_evidence_c,
                                     what_a_unit_answers_is_remembered_by_its_serial_number,
                                     a_unit_without_a_serial_number_is_remembered_by_its_socket,
                                     the_kernels_driver_is_back_when_the_spooler_is_closed));
}
