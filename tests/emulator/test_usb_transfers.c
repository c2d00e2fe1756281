/* The USB transport on an emulated printer, through unmodified libusb: every byte, every fault with its exact count. */
#include <check.h>
#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "printer/escpos.h"
#include "tests/emulator/test_usb.h"
#include "tests/emulator/usb_case.h"
#include "tests/support/data_suite.h"
#include "tests/support/printer_golden.h"

static struct usb_case c;

static void setup(void) {
    usb_case_open(&c);
}
static void teardown(void) {
    usb_case_close(&c);
}

/* ---- whole tickets ---- */

static struct bytes encoded(const struct ticket *t) {
    struct bytes b;
    ck_assert_msg(escpos_encode(t, golden_profile(c.arena, "epson-tm-t20iii"), &(struct ticket_marks){0}, c.arena, &b, &c.e),
                  "%s", c.e.message);
    return b;
}

START_TEST(a_kitchen_ticket_and_a_receipt_arrive_byte_for_byte) {
    size_t accepted, size;
    bool got;
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
    const struct bytes kitchen = encoded(golden_kitchen(c.arena)), receipt = encoded(golden_receipt(c.arena));
    uint8_t ask[ESCPOS_PROCESS_ID_SIZE];
    ck_assert(t->ops->send(t, kitchen.at, kitchen.size, &accepted, &c.e));
    ck_assert_uint_eq(accepted, kitchen.size);
    ck_assert(t->ops->send(t, receipt.at, receipt.size, &accepted, &c.e));
    escpos_process_id("R031", ask);
    ck_assert(t->ops->send(t, ask, sizeof ask, &accepted, &c.e));
    ck_assert(t->ops->await_id(t, "R031", 20000, &got, &c.e));
    ck_assert(got);
    const uint8_t *paper = usb_printer_paper(p, 0, &size);
    ck_assert_uint_eq(size, kitchen.size + receipt.size + 11);
    ck_assert_mem_eq(paper, kitchen.at, kitchen.size);
    ck_assert_mem_eq(paper + kitchen.size, receipt.at, receipt.size);
    ck_assert_int_eq(usb_case_tally(&c, p)->out_discards_while_attached, 0);
    t->ops->close(t);
}
END_TEST

START_TEST(a_long_ticket_goes_in_transfers_of_4096) {
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
    usb_case_send(&c, t, 10000);
    const struct usb_tally *all = usb_case_tally(&c, p);
    ck_assert_uint_eq(all->out_count, 3);
    usb_case_out_was(all, 0, 4096, 4096, 0);
    usb_case_out_was(all, 1, 4096, 4096, 0);
    usb_case_out_was(all, 2, 1808, 1808, 0);
    usb_case_paper_has(&c, p, 10000);
    t->ops->close(t);
}
END_TEST

/* ---- faults within a ticket ---- */

START_TEST(after_a_short_write_the_next_transfer_begins_at_the_byte_not_taken) {
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
    usb_printer_short_at(p, 1000);
    usb_case_send(&c, t, 10000);
    const struct usb_tally *all = usb_case_tally(&c, p);
    ck_assert_uint_eq(all->out_count, 4);
    usb_case_out_was(all, 0, 4096, 1000, 0);
    usb_case_out_was(all, 1, 4096, 4096, 0);
    usb_case_out_was(all, 2, 4096, 4096, 0);
    usb_case_out_was(all, 3, 808, 808, 0);
    ck_assert_int_eq(all->clear_halts, 0);
    usb_case_paper_has(&c, p, 10000);
    t->ops->close(t);
}
END_TEST

START_TEST(after_a_stall_the_halt_is_cleared_and_the_ticket_goes_on_where_it_was) {
    size_t accepted;
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
    usb_printer_stall_at(p, 5000);
    ck_assert_msg(t->ops->send(t, usb_case_pattern(&c, 10000), 10000, &accepted, &c.e), "%s", c.e.message);
    ck_assert_uint_eq(accepted, 10000);
    const struct usb_tally *all = usb_case_tally(&c, p);
    ck_assert_uint_eq(all->out_count, 4);
    usb_case_out_was(all, 0, 4096, 4096, 0);
    usb_case_out_was(all, 1, 4096, 904, -EPIPE);
    usb_case_out_was(all, 2, 4096, 4096, 0);
    usb_case_out_was(all, 3, 904, 904, 0);
    ck_assert_int_eq(all->clear_halts, 1);
    usb_case_paper_has(&c, p, 10000);
    t->ops->close(t);
}
END_TEST

START_TEST(a_stall_between_two_transfers_loses_and_repeats_nothing) {
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
    usb_printer_stall_at(p, 4096);
    usb_case_send(&c, t, 6000);
    const struct usb_tally *all = usb_case_tally(&c, p);
    usb_case_out_was(all, 0, 4096, 4096, 0);
    usb_case_out_was(all, 1, 1904, 0, -EPIPE);
    usb_case_out_was(all, 2, 1904, 1904, 0);
    ck_assert_int_eq(all->clear_halts, 1);
    usb_case_paper_has(&c, p, 6000);
    t->ops->close(t);
}
END_TEST

START_TEST(an_unplug_within_a_ticket_is_told_with_the_bytes_taken) {
    size_t accepted = 0;
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
    usb_printer_vanish_at(p, 7000);
    ck_assert(!t->ops->send(t, usb_case_pattern(&c, 10000), 10000, &accepted, &c.e));
    ck_assert_int_eq(c.e.kind, ERROR_IO);
    ck_assert_str_eq(c.e.code, "printer_unplugged");
    ck_assert_uint_eq(accepted, 7000);
    ck_assert_uint_eq(usb_printer_taken(p), 7000);
    const struct usb_tally *all = usb_case_tally(&c, p);
    usb_case_out_was(all, 0, 4096, 4096, 0);
    usb_case_out_was(all, 1, 4096, 2904, -ESHUTDOWN);
    ck_assert_uint_eq(all->out_count, 2);
    t->ops->close(t);
}
END_TEST

START_TEST(a_stall_followed_by_removal_is_an_unplug) {
    size_t accepted = 0;
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
    usb_printer_stall_and_vanish_at(p, 5000);
    ck_assert(!t->ops->send(t, usb_case_pattern(&c, 10000), 10000, &accepted, &c.e));
    ck_assert_str_eq(c.e.code, "printer_unplugged");
    ck_assert_uint_eq(accepted, 5000);
    ck_assert_uint_eq(usb_printer_taken(p), 5000);
    t->ops->close(t);
}
END_TEST

struct watcher {
    struct usb_printer *p;
    struct transport_status s;
    int calls;
    void (*then)(struct usb_printer *p);
    int wake;
};
static void on_waiting(void *self, const struct transport_status *s) {
    struct watcher *w = self;
    const uint64_t one = 1;
    w->s = *s;
    w->calls++;
    if (w->then)
        w->then(w->p);
    else
        ck_assert_int_eq(write(w->wake, &one, sizeof one), sizeof one);
}
static void give_paper(struct usb_printer *p) {
    usb_printer_set_paper(p, true);
}

START_TEST(paper_out_within_a_ticket_is_waited_for_and_reported) {
    size_t accepted = 0;
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
    struct watcher w = {.p = p, .then = give_paper};
    t->waiting = on_waiting;
    t->self = &w;
    usb_printer_set_paper(p, false);
    ck_assert_msg(t->ops->send(t, usb_case_pattern(&c, 10000), 10000, &accepted, &c.e), "%s",
                  c.e.message); /* 4096 fit the buffer, then it waits */
    ck_assert_uint_eq(accepted, 10000);
    ck_assert_int_eq(w.calls, 1);
    ck_assert_int_eq(w.s.state, TRANSPORT_PAPER_OUT); /* the control endpoint answered while OUT was blocked */
    ck_assert(w.s.known);
    ck_assert_int_eq(usb_case_tally(&c, p)->out_discards_while_attached, 0);
    usb_case_paper_has(&c, p, 10000);
    t->ops->close(t);
}
END_TEST

static void give_paper_at_last(struct usb_printer *p) {
    struct usb_tally all;
    usb_printer_tally(p, &all);
    if (all.port_status_asked >= 3) usb_printer_set_paper(p, true);
}

START_TEST(after_a_long_paper_out_the_same_transfer_goes_on) {
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
    struct watcher w = {.p = p, .then = give_paper_at_last};
    t->waiting = on_waiting;
    t->self = &w;
    usb_printer_set_paper(p, false);
    usb_printer_short_at(p, 100); /* so that the buffer is full in the middle of a transfer */
    usb_case_send(&c, t, 10000);
    ck_assert_int_eq(w.calls, 3);
    ck_assert_int_eq(w.s.state, TRANSPORT_PAPER_OUT);
    const struct usb_tally *all = usb_case_tally(&c, p);
    ck_assert_uint_eq(all->out_count, 4);
    usb_case_out_was(all, 0, 4096, 100, 0);
    usb_case_out_was(all, 1, 4096, 4096, 0); /* 3996 of it before the paper came, the rest after */
    usb_case_out_was(all, 2, 4096, 4096, 0);
    usb_case_out_was(all, 3, 1708, 1708, 0);
    ck_assert_int_eq(all->out_discards_while_attached, 0);
    usb_case_paper_has(&c, p, 10000);
    t->ops->close(t);
}
END_TEST

START_TEST(a_stop_while_the_printer_waits_for_paper_tells_the_bytes_taken) {
    size_t accepted = 0;
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
    struct watcher w = {.wake = eventfd(0, EFD_CLOEXEC)};
    t->waiting = on_waiting;
    t->self = &w;
    t->wake = w.wake;
    usb_printer_set_paper(p, false);
    ck_assert(!t->ops->send(t, usb_case_pattern(&c, 10000), 10000, &accepted, &c.e));
    ck_assert_int_eq(c.e.kind, ERROR_BUSY);
    ck_assert_str_eq(c.e.code, "printer_stopped");
    ck_assert_uint_eq(accepted, 4096);
    ck_assert_uint_eq(usb_printer_taken(p), 4096);
    t->ops->close(t);
    close(w.wake);
}
END_TEST

static void pull(struct usb_printer *p) {
    usb_printer_pull(p);
}

START_TEST(an_unplug_of_a_printer_that_took_nothing_counts_zero) {
    size_t accepted = 9;
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
    struct watcher w = {.p = p, .then = pull};
    t->waiting = on_waiting;
    t->self = &w;
    usb_printer_set_hang(p, true);
    ck_assert(!t->ops->send(t, usb_case_pattern(&c, 500), 500, &accepted, &c.e));
    ck_assert_str_eq(c.e.code, "printer_unplugged");
    ck_assert_uint_eq(accepted, 0);
    ck_assert_int_eq(w.s.state, TRANSPORT_OFFLINE);
    t->ops->close(t);
}
END_TEST

int test_usb_transfers(void) {
    return data_suite_run(
        "usb_transfers", setup, teardown,
        DATA_TESTS(a_kitchen_ticket_and_a_receipt_arrive_byte_for_byte, a_long_ticket_goes_in_transfers_of_4096,
                   after_a_short_write_the_next_transfer_begins_at_the_byte_not_taken,
                   after_a_stall_the_halt_is_cleared_and_the_ticket_goes_on_where_it_was,
                   a_stall_between_two_transfers_loses_and_repeats_nothing,
                   an_unplug_within_a_ticket_is_told_with_the_bytes_taken, a_stall_followed_by_removal_is_an_unplug,
                   paper_out_within_a_ticket_is_waited_for_and_reported, after_a_long_paper_out_the_same_transfer_goes_on,
                   a_stop_while_the_printer_waits_for_paper_tells_the_bytes_taken,
                   an_unplug_of_a_printer_that_took_nothing_counts_zero));
}
