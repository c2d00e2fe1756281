/* The USB transport on an emulated printer, through unmodified libusb: every byte, every fault with its exact count. */
#include <check.h>
#include <errno.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "printer/escpos.h"
#include "printer/transport.h"
#include "tests/emulator/test_usb.h"
#include "tests/emulator/usb_printer.h"
#include "tests/support/data_suite.h"
#include "tests/support/printer_golden.h"

static struct usb_bed *bed;
static struct arena *a;
static struct error e;
static const struct usb_model epson = {.vendor = 0x04B8, .product = 0x0E28, .serial = "J5HF012345", .port = 2};
static const struct site_printer any = {
    .slug = "cocina", .name = "Cocina", .profile = "epson-tm-t20iii", .transport = TRANSPORT_USB};

static void setup(void) {
    signal(SIGHUP, SIG_IGN); /* the emulated node is a terminal, and its end is a hang-up */
    bed = usb_bed_open();
    a = arena_open();
}
static void teardown(void) {
    usb_bed_close(bed);
    arena_close(a);
}

static struct transport *transport_to(const struct site_printer *p) {
    struct transport *t;
    ck_assert_msg(transport_new(p, "/nowhere", &t, &e), "%s", e.message);
    return t;
}
/* udev's news travel in libusb's own thread: what was just plugged in may need a moment to be seen. */
static void open_soon(struct transport *t) {
    for (int i = 0; i < 2000 && !t->ops->open(t, &e); i++) usleep(5000);
    ck_assert_msg(t->ops->open(t, &e), "%s", e.message);
}
static struct transport *opened(const struct site_printer *p) {
    struct transport *t = transport_to(p);
    ck_assert_msg(t->ops->open(t, &e), "%s", e.message);
    return t;
}
static struct usb_tally *tally(struct usb_printer *p) {
    struct usb_tally *all = arena_alloc(a, sizeof *all);
    usb_printer_tally(p, all);
    ck_assert_int_eq(all->resets, 0);
    ck_assert_int_eq(all->empty_outs, 0);
    return all;
}
static const uint8_t *pattern(size_t n) { /* without DLE, so that nothing in it looks like a question */
    uint8_t *bytes = arena_alloc(a, n);
    for (size_t i = 0; i < n; i++) bytes[i] = (uint8_t)(0x20 + (i * 7 + i / 251) % 200);
    return bytes;
}
#define OUT_WAS(t, i, l, d, s)                                                                                                   \
    do {                                                                                                                         \
        ck_assert_uint_gt((t)->out_count, (i));                                                                                  \
        ck_assert_int_eq((t)->out[i].length, (l));                                                                               \
        ck_assert_int_eq((t)->out[i].actual, (d));                                                                               \
        ck_assert_int_eq((t)->out[i].status, (s));                                                                               \
    } while (0)
static void paper_is(struct usb_printer *p, const uint8_t *want, size_t n) {
    size_t size;
    const uint8_t *got = usb_printer_paper(p, n, &size);
    ck_assert_uint_eq(size, n);
    ck_assert_mem_eq(got, want, n);
}

/* ---- whole tickets ---- */

static struct bytes encoded(const struct ticket *t) {
    struct bytes b;
    ck_assert_msg(escpos_encode(t, golden_profile(a, "epson-tm-t20iii"), &(struct ticket_marks){0}, a, &b, &e), "%s", e.message);
    return b;
}

START_TEST(a_kitchen_ticket_and_a_receipt_arrive_byte_for_byte) {
    size_t accepted, size;
    bool got;
    struct usb_printer *p = usb_printer_plug(bed, &epson);
    struct transport *t = opened(&any);
    const struct bytes kitchen = encoded(golden_kitchen(a)), receipt = encoded(golden_receipt(a));
    uint8_t ask[ESCPOS_PROCESS_ID_SIZE];
    ck_assert(t->ops->send(t, kitchen.at, kitchen.size, &accepted, &e));
    ck_assert_uint_eq(accepted, kitchen.size);
    paper_is(p, kitchen.at, kitchen.size);
    ck_assert(t->ops->send(t, receipt.at, receipt.size, &accepted, &e));
    escpos_process_id("R031", ask);
    ck_assert(t->ops->send(t, ask, sizeof ask, &accepted, &e));
    ck_assert(t->ops->await_id(t, "R031", 20000, &got, &e));
    ck_assert(got);
    const uint8_t *paper = usb_printer_paper(p, 0, &size);
    ck_assert_uint_eq(size, kitchen.size + receipt.size + 11);
    ck_assert_mem_eq(paper, kitchen.at, kitchen.size);
    ck_assert_mem_eq(paper + kitchen.size, receipt.at, receipt.size);
    ck_assert_int_eq(tally(p)->out_discards_while_attached, 0);
    t->ops->close(t);
}
END_TEST

START_TEST(a_long_ticket_goes_in_transfers_of_4096) {
    size_t accepted;
    struct usb_printer *p = usb_printer_plug(bed, &epson);
    struct transport *t = opened(&any);
    ck_assert(t->ops->send(t, pattern(10000), 10000, &accepted, &e));
    ck_assert_uint_eq(accepted, 10000);
    const struct usb_tally *all = tally(p);
    ck_assert_uint_eq(all->out_count, 3);
    OUT_WAS(all, 0, 4096, 4096, 0);
    OUT_WAS(all, 1, 4096, 4096, 0);
    OUT_WAS(all, 2, 1808, 1808, 0);
    paper_is(p, pattern(10000), 10000);
    t->ops->close(t);
}
END_TEST

/* ---- faults within a ticket ---- */

START_TEST(after_a_short_write_the_next_transfer_begins_at_the_byte_not_taken) {
    size_t accepted;
    struct usb_printer *p = usb_printer_plug(bed, &epson);
    struct transport *t = opened(&any);
    usb_printer_short_at(p, 1000);
    ck_assert(t->ops->send(t, pattern(10000), 10000, &accepted, &e));
    ck_assert_uint_eq(accepted, 10000);
    const struct usb_tally *all = tally(p);
    ck_assert_uint_eq(all->out_count, 4);
    OUT_WAS(all, 0, 4096, 1000, 0);
    OUT_WAS(all, 1, 4096, 4096, 0);
    OUT_WAS(all, 2, 4096, 4096, 0);
    OUT_WAS(all, 3, 808, 808, 0);
    ck_assert_int_eq(all->clear_halts, 0);
    paper_is(p, pattern(10000), 10000);
    t->ops->close(t);
}
END_TEST

START_TEST(after_a_stall_the_halt_is_cleared_and_the_ticket_goes_on_where_it_was) {
    size_t accepted;
    struct usb_printer *p = usb_printer_plug(bed, &epson);
    struct transport *t = opened(&any);
    usb_printer_stall_at(p, 5000);
    ck_assert_msg(t->ops->send(t, pattern(10000), 10000, &accepted, &e), "%s", e.message);
    ck_assert_uint_eq(accepted, 10000);
    const struct usb_tally *all = tally(p);
    ck_assert_uint_eq(all->out_count, 4);
    OUT_WAS(all, 0, 4096, 4096, 0);
    OUT_WAS(all, 1, 4096, 904, -EPIPE);
    OUT_WAS(all, 2, 4096, 4096, 0);
    OUT_WAS(all, 3, 904, 904, 0);
    ck_assert_int_eq(all->clear_halts, 1);
    paper_is(p, pattern(10000), 10000);
    t->ops->close(t);
}
END_TEST

START_TEST(a_stall_between_two_transfers_loses_and_repeats_nothing) {
    size_t accepted;
    struct usb_printer *p = usb_printer_plug(bed, &epson);
    struct transport *t = opened(&any);
    usb_printer_stall_at(p, 4096);
    ck_assert(t->ops->send(t, pattern(6000), 6000, &accepted, &e));
    const struct usb_tally *all = tally(p);
    OUT_WAS(all, 0, 4096, 4096, 0);
    OUT_WAS(all, 1, 1904, 0, -EPIPE);
    OUT_WAS(all, 2, 1904, 1904, 0);
    ck_assert_int_eq(all->clear_halts, 1);
    paper_is(p, pattern(6000), 6000);
    t->ops->close(t);
}
END_TEST

START_TEST(an_unplug_within_a_ticket_is_told_with_the_bytes_taken) {
    size_t accepted = 0;
    struct usb_printer *p = usb_printer_plug(bed, &epson);
    struct transport *t = opened(&any);
    usb_printer_vanish_at(p, 7000);
    ck_assert(!t->ops->send(t, pattern(10000), 10000, &accepted, &e));
    ck_assert_int_eq(e.kind, ERROR_IO);
    ck_assert_str_eq(e.code, "printer_unplugged");
    ck_assert_uint_eq(accepted, 7000);
    ck_assert_uint_eq(usb_printer_taken(p), 7000);
    const struct usb_tally *all = tally(p);
    OUT_WAS(all, 0, 4096, 4096, 0);
    OUT_WAS(all, 1, 4096, 2904, -ESHUTDOWN);
    ck_assert_uint_eq(all->out_count, 2);
    t->ops->close(t);
}
END_TEST

START_TEST(a_stall_followed_by_removal_is_an_unplug) {
    size_t accepted = 0;
    struct usb_printer *p = usb_printer_plug(bed, &epson);
    struct transport *t = opened(&any);
    usb_printer_stall_and_vanish_at(p, 5000);
    ck_assert(!t->ops->send(t, pattern(10000), 10000, &accepted, &e));
    ck_assert_str_eq(e.code, "printer_unplugged");
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
    struct usb_printer *p = usb_printer_plug(bed, &epson);
    struct transport *t = opened(&any);
    struct watcher w = {.p = p, .then = give_paper};
    t->waiting = on_waiting;
    t->self = &w;
    usb_printer_set_paper(p, false);
    ck_assert_msg(t->ops->send(t, pattern(10000), 10000, &accepted, &e), "%s",
                  e.message); /* 4096 fit the buffer, then it waits */
    ck_assert_uint_eq(accepted, 10000);
    ck_assert_int_eq(w.calls, 1);
    ck_assert_int_eq(w.s.state, TRANSPORT_PAPER_OUT); /* the control endpoint answered while OUT was blocked */
    ck_assert(w.s.known);
    ck_assert_int_eq(tally(p)->out_discards_while_attached, 0);
    paper_is(p, pattern(10000), 10000);
    t->ops->close(t);
}
END_TEST

START_TEST(a_stop_while_the_printer_waits_for_paper_tells_the_bytes_taken) {
    size_t accepted = 0;
    struct usb_printer *p = usb_printer_plug(bed, &epson);
    struct transport *t = opened(&any);
    struct watcher w = {.wake = eventfd(0, EFD_CLOEXEC)};
    t->waiting = on_waiting;
    t->self = &w;
    t->wake = w.wake;
    usb_printer_set_paper(p, false);
    ck_assert(!t->ops->send(t, pattern(10000), 10000, &accepted, &e));
    ck_assert_int_eq(e.kind, ERROR_BUSY);
    ck_assert_str_eq(e.code, "printer_stopped");
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
    struct usb_printer *p = usb_printer_plug(bed, &epson);
    struct transport *t = opened(&any);
    struct watcher w = {.p = p, .then = pull};
    t->waiting = on_waiting;
    t->self = &w;
    usb_printer_set_hang(p, true);
    ck_assert(!t->ops->send(t, pattern(500), 500, &accepted, &e));
    ck_assert_str_eq(e.code, "printer_unplugged");
    ck_assert_uint_eq(accepted, 0);
    ck_assert_int_eq(w.s.state, TRANSPORT_OFFLINE);
    t->ops->close(t);
}
END_TEST

/* ---- the kernel's driver, other programs, permission ---- */

START_TEST(the_kernels_driver_is_detached_and_given_back) {
    struct usb_model m = epson;
    m.usblp = true;
    struct usb_printer *p = usb_printer_plug(bed, &m);
    struct transport *t = opened(&any);
    const struct usb_tally *during = tally(p);
    ck_assert_int_eq(during->detached, 1);
    ck_assert(!during->usblp);
    ck_assert(during->claimed);
    t->ops->close(t);
    const struct usb_tally *after = tally(p);
    ck_assert_int_eq(after->releases, 1);
    ck_assert_int_eq(after->reattached, 1);
    ck_assert(after->usblp);
    ck_assert(!after->claimed);
}
END_TEST

START_TEST(a_printer_taken_by_another_program_is_denied_with_the_remedy) {
    struct usb_model m = epson;
    m.taken = true;
    usb_printer_plug(bed, &m);
    struct transport *t = transport_to(&any);
    ck_assert(!t->ops->open(t, &e));
    ck_assert_str_eq(e.code, "printer_denied");
    ck_assert_ptr_nonnull(strstr(e.message, "04b8:0e28"));
    ck_assert_ptr_nonnull(strstr(e.message, "another program"));
    t->ops->close(t);
}
END_TEST

START_TEST(the_twin_of_a_taken_printer_is_used_when_either_will_do) {
    size_t accepted;
    struct usb_model first = epson, second = epson;
    first.taken = true;
    second.port = 3;
    second.serial = "J5HF999999";
    usb_printer_plug(bed, &first);
    struct usb_printer *p = usb_printer_plug(bed, &second);
    struct transport *t = opened(&any);
    ck_assert(t->ops->send(t, pattern(100), 100, &accepted, &e));
    paper_is(p, pattern(100), 100);
    t->ops->close(t);
}
END_TEST

/* Root may open anything; this thread, from here on, not. */
static void obey_modes(void) {
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct caps[2];
    if (geteuid() != 0) return;
    ck_assert_int_eq(syscall(SYS_capget, &head, caps), 0);
    caps[0].effective &= ~((1u << CAP_DAC_OVERRIDE) | (1u << CAP_DAC_READ_SEARCH));
    ck_assert_int_eq(syscall(SYS_capset, &head, caps), 0);
}

START_TEST(a_printer_without_permission_is_denied_with_the_remedy) {
    struct usb_model m = epson;
    m.forbidden = true;
    usb_printer_plug(bed, &m);
    struct transport *t = transport_to(&any);
    obey_modes();
    ck_assert(!t->ops->open(t, &e));
    ck_assert_str_eq(e.code, "printer_denied");
    ck_assert_ptr_nonnull(strstr(e.message, "group lp"));
    t->ops->close(t);
}
END_TEST

/* ---- identity ---- */

START_TEST(serial_number_ids_and_port_path_each_choose) {
    struct usb_model one = epson, two = epson, three = {.vendor = 0x0FE6, .product = 0x811E, .port = 5};
    two.port = 4;
    two.serial = "SECOND";
    struct usb_printer *p[3] = {usb_printer_plug(bed, &one), usb_printer_plug(bed, &two), usb_printer_plug(bed, &three)};
    struct site_printer who[4] = {any, any, any, any};
    who[0].serial = "SECOND";
    who[1].bus_path = "1-2";
    who[2].vendor = 0x0FE6;
    who[2].product = 0x811E;
    who[3].serial = "NOBODY";
    static const int expected[3] = {1, 0, 2};
    for (int i = 0; i < 3; i++) {
        size_t accepted;
        struct transport *t = opened(&who[i]);
        ck_assert(t->ops->send(t, pattern(64), 64, &accepted, &e));
        paper_is(p[expected[i]], pattern(64), 64);
        t->ops->close(t);
    }
    struct transport *t = transport_to(&who[3]);
    ck_assert(!t->ops->open(t, &e));
    ck_assert_str_eq(e.code, "printer_unreachable");
    t->ops->close(t);
}
END_TEST

START_TEST(a_printer_that_is_not_there_is_unreachable) {
    struct site_printer absent = any;
    absent.vendor = 0x1234;
    absent.product = 0x5678;
    usb_printer_plug(bed, &epson);
    struct transport *t = transport_to(&absent);
    size_t accepted = 9;
    ck_assert(!t->ops->open(t, &e));
    ck_assert_str_eq(e.code, "printer_unreachable");
    ck_assert_ptr_nonnull(strstr(e.message, "1234:5678"));
    ck_assert(!t->ops->send(t, pattern(1), 1, &accepted, &e));
    ck_assert_uint_eq(accepted, 0);
    t->ops->close(t);
}
END_TEST

struct listing {
    struct usb_found found[4];
    int count;
};
static void note(void *self, const struct usb_found *f) {
    struct listing *l = self;
    ck_assert_int_lt(l->count, 4);
    l->found[l->count++] = *f;
}

START_TEST(the_list_shows_printers_and_nothing_else) {
    struct listing l = {0};
    usb_printer_plug(bed, &epson);
    ck_assert_msg(usb_list(note, &l, &e), "%s", e.message);
    ck_assert_int_eq(l.count, 1); /* not the hub */
    ck_assert_uint_eq(l.found[0].vendor, 0x04B8);
    ck_assert_uint_eq(l.found[0].product, 0x0E28);
    ck_assert_str_eq(l.found[0].serial, "J5HF012345");
    ck_assert_str_eq(l.found[0].bus_path, "1-2");
    ck_assert_str_eq(l.found[0].name, "Receipt Printer");
    ck_assert(l.found[0].accessible);
}
END_TEST

START_TEST(an_unplugged_printer_is_found_again_when_it_is_back) {
    size_t accepted;
    struct transport_status s;
    struct usb_printer *p = usb_printer_plug(bed, &epson);
    struct transport *t = opened(&any);
    ck_assert_uint_eq(t->connections, 1);
    usb_printer_pull(p);
    ck_assert(!t->ops->status(t, 1000, &s, &e));
    ck_assert_str_eq(e.code, "printer_unplugged");
    ck_assert(!t->ops->open(t, &e));
    usb_printer_push(p);
    open_soon(t);
    ck_assert_uint_eq(t->connections, 2);
    ck_assert(t->ops->send(t, pattern(300), 300, &accepted, &e));
    paper_is(p, pattern(300), 300);
    t->ops->close(t);
}
END_TEST

/* ---- status and replies ---- */

static enum transport_state state_of(struct transport *t, bool *known) {
    struct transport_status s;
    ck_assert_msg(t->ops->status(t, 2000, &s, &e), "%s", e.message);
    *known = s.known;
    return s.state;
}

START_TEST(status_tells_paper_and_cover) {
    bool known;
    struct usb_printer *p = usb_printer_plug(bed, &epson);
    struct transport *t = opened(&any);
    ck_assert_int_eq(state_of(t, &known), TRANSPORT_READY);
    ck_assert(known);
    usb_printer_set_cover(p, true);
    ck_assert_int_eq(state_of(t, &known), TRANSPORT_COVER_OPEN);
    usb_printer_set_cover(p, false);
    usb_printer_set_paper(p, false);
    ck_assert_int_eq(state_of(t, &known), TRANSPORT_PAPER_OUT);
    usb_printer_set_paper(p, true);
    ck_assert_int_eq(state_of(t, &known), TRANSPORT_READY);
    t->ops->close(t);
}
END_TEST

START_TEST(the_port_status_is_enough_where_there_is_no_other) {
    bool known;
    struct usb_model m = epson;
    m.no_realtime = true;
    struct usb_printer *p = usb_printer_plug(bed, &m);
    struct transport *t = opened(&any);
    t->realtime = false;
    ck_assert_int_eq(state_of(t, &known), TRANSPORT_READY);
    ck_assert(known);
    usb_printer_set_paper(p, false);
    ck_assert_int_eq(state_of(t, &known), TRANSPORT_PAPER_OUT);
    ck_assert_uint_eq(usb_printer_taken(p), 0); /* not a byte was sent to learn it */
    t->ops->close(t);
}
END_TEST

START_TEST(a_printer_that_can_say_nothing_is_ready_but_not_known_to_be) {
    bool known, got;
    size_t accepted;
    struct usb_model m = epson;
    m.no_port_status = m.unidirectional = true;
    struct usb_printer *p = usb_printer_plug(bed, &m);
    struct transport *t = opened(&any);
    ck_assert_int_eq(state_of(t, &known), TRANSPORT_READY);
    ck_assert(!known);
    ck_assert(t->ops->send(t, pattern(5000), 5000, &accepted, &e));
    paper_is(p, pattern(5000), 5000);
    ck_assert(t->ops->await_id(t, "abcd", 20, &got, &e));
    ck_assert(!got);
    ck_assert_int_eq(tally(p)->port_status_asked, 1); /* it stalled once; it is not asked again */
    t->ops->close(t);
}
END_TEST

START_TEST(a_question_the_printer_does_not_take_waits_and_the_ticket_follows_it) {
    size_t accepted, size;
    struct transport_status s;
    struct usb_printer *p = usb_printer_plug(bed, &epson);
    struct transport *t = opened(&any);
    usb_printer_set_hang(p, true);
    ck_assert(t->ops->status(t, 50, &s, &e)); /* OUT is blocked: the port status answers alone */
    ck_assert_int_eq(s.state, TRANSPORT_READY);
    usb_printer_set_hang(p, false);
    ck_assert(t->ops->send(t, pattern(100), 100, &accepted, &e));
    ck_assert_uint_eq(accepted, 100);
    paper_is(p, pattern(100), 100);
    ck_assert_uint_eq(usb_printer_taken(p), 103);
    ck_assert_int_eq(tally(p)->out_discards_while_attached, 0);
    (void)usb_printer_paper(p, 100, &size);
    t->ops->close(t);
}
END_TEST

START_TEST(in_is_always_pending) {
    size_t accepted;
    bool known, got;
    uint8_t ask[ESCPOS_PROCESS_ID_SIZE];
    struct usb_printer *p = usb_printer_plug(bed, &epson);
    struct transport *t = opened(&any);
    ck_assert(tally(p)->in_pending);
    (void)state_of(t, &known);
    ck_assert(tally(p)->in_pending);
    escpos_process_id("0001", ask);
    ck_assert(t->ops->send(t, ask, sizeof ask, &accepted, &e));
    ck_assert(t->ops->await_id(t, "0001", 20000, &got, &e));
    ck_assert(got);
    ck_assert(tally(p)->in_pending);
    t->ops->close(t);
    ck_assert(!tally(p)->in_pending);
}
END_TEST

int main(void) {
    const int transport = data_suite_run(
        "usb_transport", setup, teardown,
        DATA_TESTS(
            a_kitchen_ticket_and_a_receipt_arrive_byte_for_byte, a_long_ticket_goes_in_transfers_of_4096,
            after_a_short_write_the_next_transfer_begins_at_the_byte_not_taken,
            after_a_stall_the_halt_is_cleared_and_the_ticket_goes_on_where_it_was,
            a_stall_between_two_transfers_loses_and_repeats_nothing, an_unplug_within_a_ticket_is_told_with_the_bytes_taken,
            a_stall_followed_by_removal_is_an_unplug, paper_out_within_a_ticket_is_waited_for_and_reported,
            a_stop_while_the_printer_waits_for_paper_tells_the_bytes_taken, an_unplug_of_a_printer_that_took_nothing_counts_zero,
            the_kernels_driver_is_detached_and_given_back, a_printer_taken_by_another_program_is_denied_with_the_remedy,
            the_twin_of_a_taken_printer_is_used_when_either_will_do, a_printer_without_permission_is_denied_with_the_remedy,
            serial_number_ids_and_port_path_each_choose, a_printer_that_is_not_there_is_unreachable,
            the_list_shows_printers_and_nothing_else, an_unplugged_printer_is_found_again_when_it_is_back,
            status_tells_paper_and_cover, the_port_status_is_enough_where_there_is_no_other,
            a_printer_that_can_say_nothing_is_ready_but_not_known_to_be,
            a_question_the_printer_does_not_take_waits_and_the_ticket_follows_it, in_is_always_pending));
    const int spooler = test_usb_spooler();
    const int units = test_usb_units();
    return transport || spooler || units;
}
