/* Units that are not as the class says, and what a person is told when one cannot be had. */
#include <check.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "data/clock.h"
#include "printer/transport.h"
#include "tests/emulator/test_usb.h"
#include "tests/emulator/usb_case.h"
#include "tests/support/data_suite.h"

static struct usb_bed *bed;
static struct usb_tally all;
static struct error e;
static uint8_t bytes[5000];

static void setup(void) {
    signal(SIGHUP, SIG_IGN);
    bed = usb_bed_open();
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)('A' + i % 50);
}
static void teardown(void) {
    usb_bed_close(bed);
}

static struct transport *with(const struct site_printer *p, const char *quirks) {
    struct transport *t;
    ck_assert_msg(usb_with_quirks(p, quirks, quirks ? strlen(quirks) : 0, &t, &e), "%s", e.message);
    return t;
}
static struct transport *opened(const struct site_printer *p, const char *quirks) {
    struct transport *t = with(p, quirks);
    ck_assert_msg(t->ops->open(t, &e), "%s", e.message);
    return t;
}
static const struct usb_tally *tally(struct usb_printer *p) {
    usb_printer_tally(p, &all);
    ck_assert_int_eq(all.resets, 0);
    return &all;
}
static void prints(struct transport *t, struct usb_printer *p, size_t n) {
    size_t accepted, size;
    ck_assert_msg(t->ops->send(t, bytes, n, &accepted, &e), "%s", e.message);
    ck_assert_uint_eq(accepted, n);
    const uint8_t *paper = usb_printer_paper(p, n, &size);
    ck_assert_uint_eq(size, n);
    ck_assert_mem_eq(paper, bytes, n);
}
/* Closed after the test's look at it: the reason in full. */
static const char *refusal(const struct site_printer *p, const char *code) {
    struct transport *t = with(p, NULL);
    ck_assert(!t->ops->open(t, &e));
    ck_assert_str_eq(e.code, code);
    t->ops->close(t);
    return e.message;
}
#define TELLS(message, part) ck_assert_msg(strstr((message), (part)) != NULL, "\"%s\" lacks \"%s\"", (message), (part))

/* ---- interfaces of a vendor's own class ---- */

START_TEST(a_vendor_class_unit_is_found_by_its_product) {
    struct usb_model m = {.vendor = 0x04B8, .product = 0x0202, .serial = "J4LG008211", .port = 2, .vendor_class = true};
    struct usb_printer *p = usb_printer_plug(bed, &m);
    struct transport *t = opened(&usb_any, NULL);
    prints(t, p, 5000);
    t->ops->close(t);
}
END_TEST

START_TEST(a_vendor_class_unit_is_found_by_the_beginning_of_its_name) {
    struct usb_model m = {.vendor = 0x04B8, .product = 0x0E15, .port = 2, .vendor_class = true, .name = "TM-T20II"};
    struct usb_printer *p = usb_printer_plug(bed, &m);
    struct transport *t = opened(&usb_any, NULL);
    prints(t, p, 100);
    t->ops->close(t);
}
END_TEST

START_TEST(other_vendor_class_devices_are_left_alone) {
    struct usb_model scanner = {.vendor = 0x04B8, .product = 0x013A, .port = 2, .vendor_class = true, .name = "EPSON Scanner"};
    struct usb_model nobody = {.vendor = 0x1234, .product = 0x0202, .port = 3, .vendor_class = true, .name = "TM-T20II"};
    struct usb_printer *p[2] = {usb_printer_plug(bed, &scanner), usb_printer_plug(bed, &nobody)};
    TELLS(refusal(&usb_any, "printer_unreachable"), "not found; no USB printer is plugged in");
    ck_assert_int_eq(tally(p[0])->claims, 0);
    ck_assert_int_eq(tally(p[1])->claims, 0);
}
END_TEST

START_TEST(a_class_7_interface_needs_no_entry_and_an_entry_does_not_hide_it) {
    struct usb_model m = {.vendor = 0x04B8, .product = 0x0202, .port = 2}; /* its switch set to printer class */
    struct usb_printer *p = usb_printer_plug(bed, &m);
    struct transport *t = opened(&usb_any, NULL);
    prints(t, p, 100);
    t->ops->close(t);
}
END_TEST

static void count(void *self, const struct usb_found *f) {
    int *n = self;
    ck_assert_uint_eq(f->product, 0x0202);
    ++*n;
}
START_TEST(the_list_shows_vendor_class_printers_too) {
    struct usb_model m = {.vendor = 0x04B8, .product = 0x0202, .port = 2, .vendor_class = true};
    struct usb_model scanner = {.vendor = 0x04B8, .product = 0x013A, .port = 3, .vendor_class = true};
    int n = 0;
    usb_printer_plug(bed, &m);
    usb_printer_plug(bed, &scanner);
    ck_assert(usb_list(count, &n, &e));
    ck_assert_int_eq(n, 1);
}
END_TEST

/* ---- the other entries ---- */

START_TEST(a_unit_that_must_not_be_read_never_is) {
    bool got;
    struct transport_status s;
    struct usb_model m = {.vendor = 0x2730, .product = 0x2008, .port = 2};
    struct usb_printer *p = usb_printer_plug(bed, &m);
    struct transport *t = opened(&usb_any, NULL);
    ck_assert(t->ops->status(t, 1000, &s, &e));
    ck_assert_int_eq(s.state, TRANSPORT_READY);
    ck_assert(s.known); /* the port says it */
    ck_assert_uint_eq(usb_printer_taken(p), 0);
    prints(t, p, 300);
    ck_assert(t->ops->await_id(t, "abcd", 20, &got, &e));
    ck_assert(!got);
    ck_assert(!tally(p)->in_pending);
    ck_assert_int_eq(tally(p)->port_status_asked, 1);
    t->ops->close(t);
}
END_TEST

#define TABLE(members) "{\"units\":[{\"vendor\":\"04b8\",\"what\":\"Epson\",\"source\":\"a test\"," members "}]}"

START_TEST(a_slow_closer_is_held_open_after_its_last_byte) {
    struct usb_printer *p = usb_printer_plug(bed, &usb_epson);
    struct transport *t = opened(&usb_any, TABLE("\"slow_close\":300"));
    const int64_t before = clock_monotonic_ms();
    prints(t, p, 300);
    t->ops->close(t);
    ck_assert_int_ge(clock_monotonic_ms() - before, 300);
    ck_assert_int_eq(tally(p)->releases, 1);
}
END_TEST

START_TEST(an_unplugged_slow_closer_is_not_waited_for) {
    struct usb_printer *p = usb_printer_plug(bed, &usb_epson);
    struct transport *t = opened(&usb_any, TABLE("\"slow_close\":10000"));
    prints(t, p, 300);
    usb_printer_pull(p);
    const int64_t before = clock_monotonic_ms();
    t->ops->close(t);
    ck_assert_int_lt(clock_monotonic_ms() - before, 9000);
}
END_TEST

START_TEST(transfers_keep_to_the_largest_chunk_of_the_unit) {
    struct usb_printer *p = usb_printer_plug(bed, &usb_epson);
    struct transport *t = opened(&usb_any, TABLE("\"max_chunk\":64"));
    prints(t, p, 150);
    const struct usb_tally *now = tally(p);
    ck_assert_uint_eq(now->out_count, 3);
    ck_assert_int_eq(now->out[0].length, 64);
    ck_assert_int_eq(now->out[1].length, 64);
    ck_assert_int_eq(now->out[2].length, 22);
    t->ops->close(t);
}
END_TEST

START_TEST(a_unit_without_status_is_asked_nothing) {
    struct transport_status s;
    struct usb_printer *p = usb_printer_plug(bed, &usb_epson);
    struct transport *t = opened(&usb_any, TABLE("\"no_status\":true"));
    ck_assert(t->ops->status(t, 1000, &s, &e));
    ck_assert_int_eq(s.state, TRANSPORT_READY);
    ck_assert(!s.known);
    ck_assert_uint_eq(usb_printer_taken(p), 0);
    ck_assert_int_eq(tally(p)->port_status_asked, 0);
    t->ops->close(t);
}
END_TEST

START_TEST(usblp_stays_away_where_it_must_not_come_back) {
    struct usb_model m = {.vendor = 0x1A86, .product = 0x7584, .port = 2, .usblp = true};
    struct usb_printer *p = usb_printer_plug(bed, &m);
    struct transport *t = opened(&usb_any, NULL);
    ck_assert_int_eq(tally(p)->detached, 1);
    prints(t, p, 300);
    t->ops->close(t);
    ck_assert_int_eq(tally(p)->releases, 1);
    ck_assert_int_eq(tally(p)->reattached, 0);
    ck_assert(!tally(p)->usblp);
}
END_TEST

START_TEST(set_interface_is_sent_to_ordinary_units_only) {
    struct usb_model ordinary = {.vendor = 0x0FE6, .product = 0x811E, .port = 2, .two_settings = true};
    struct usb_model winbond = {.vendor = 0x0416, .product = 0x5011, .port = 3, .two_settings = true};
    struct usb_printer *p[2] = {usb_printer_plug(bed, &ordinary), usb_printer_plug(bed, &winbond)};
    struct site_printer one = usb_any, two = usb_any;
    one.bus_path = "1-2";
    two.bus_path = "1-3";
    struct transport *t = opened(&one, NULL);
    ck_assert_int_eq(tally(p[0])->settings, 1);
    ck_assert(tally(p[0])->in_pending);
    t->ops->close(t);
    t = opened(&two, NULL);
    prints(t, p[1], 300);
    ck_assert_int_eq(tally(p[1])->settings, 0); /* it has to do with setting 0, one way */
    ck_assert(!tally(p[1])->in_pending);
    t->ops->close(t);
}
END_TEST

/* ---- identity ---- */

START_TEST(two_alike_are_told_apart_by_serial_number) {
    struct usb_model first = usb_epson, second = usb_epson;
    second.serial = "J5HF012346";
    second.port = 3;
    struct usb_printer *p[2] = {usb_printer_plug(bed, &first), usb_printer_plug(bed, &second)};
    for (int i = 0; i < 2; i++) {
        struct site_printer who = usb_any;
        who.vendor = 0x04B8, who.product = 0x0E28;
        who.serial = i ? "J5HF012346" : "J5HF012345";
        struct transport *t = opened(&who, NULL);
        prints(t, p[i], (size_t)(100 + i));
        t->ops->close(t);
        ck_assert_uint_eq(usb_printer_taken(p[1 - i]), i ? 100u : 0u);
    }
}
END_TEST

START_TEST(two_alike_without_serial_numbers_are_told_apart_by_their_sockets) {
    struct usb_model first = usb_epson, second = usb_epson;
    first.serial = second.serial = NULL;
    second.port = 6;
    struct usb_printer *p[2] = {usb_printer_plug(bed, &first), usb_printer_plug(bed, &second)};
    for (int i = 0; i < 2; i++) {
        struct site_printer who = usb_any;
        who.vendor = 0x04B8, who.product = 0x0E28;
        who.bus_path = i ? "1-6" : "1-2";
        struct transport *t = opened(&who, NULL);
        prints(t, p[i], (size_t)(100 + i));
        t->ops->close(t);
        ck_assert_uint_eq(usb_printer_taken(p[1 - i]), i ? 100u : 0u);
    }
}
END_TEST

/* ---- what a person is told ---- */

START_TEST(what_is_plugged_in_instead_is_told_with_its_serial_and_socket) {
    struct usb_model nameless = {.vendor = 0x0FE6, .product = 0x811E, .port = 5};
    struct site_printer who = usb_any;
    usb_printer_plug(bed, &usb_epson);
    usb_printer_plug(bed, &nameless);
    who.vendor = 0x1234, who.product = 0x5678;
    const char *message = refusal(&who, "printer_unreachable"); /* in the order of the bus */
    TELLS(message, "printer cocina: USB printer 1234:5678: not found; plugged in instead: ");
    TELLS(message, "04b8:0e28 J5HF012345 at 1-2");
    TELLS(message, "0fe6:811e at 1-5");
}
END_TEST

START_TEST(a_wrong_serial_number_is_told_with_the_right_one) {
    struct site_printer who = usb_any;
    usb_printer_plug(bed, &usb_epson);
    who.vendor = 0x04B8, who.product = 0x0E28, who.serial = "J5HF999999";
    TELLS(refusal(&who, "printer_unreachable"), "plugged in instead: 04b8:0e28 J5HF012345 at 1-2");
}
END_TEST

START_TEST(more_than_three_are_counted) {
    struct site_printer who = usb_any;
    struct usb_model m = usb_epson;
    for (m.port = 1; m.port <= 5; m.port++) usb_printer_plug(bed, &m);
    who.vendor = 0x1234, who.product = 0x5678;
    const char *message = refusal(&who, "printer_unreachable");
    TELLS(message, "plugged in instead: 04b8:0e28 J5HF012345 at 1-");
    ck_assert_str_eq(message + strlen(message) - 11, " and 2 more");
}
END_TEST

START_TEST(another_program_is_told_with_the_way_to_find_it) {
    struct usb_model m = usb_epson;
    m.taken = true;
    usb_printer_plug(bed, &m);
    TELLS(refusal(&usb_any, "printer_busy"), "another program is using it; see which: sudo fuser -v /dev/bus/usb/001/002");
}
END_TEST

START_TEST(a_driver_that_does_not_let_go_is_told_with_the_command) {
    struct usb_model m = usb_epson;
    m.taken = m.usblp = true;
    usb_printer_plug(bed, &m);
    TELLS(refusal(&usb_any, "printer_busy"), "the kernel's usblp holds it; take it away: sudo modprobe -r usblp");
}
END_TEST

START_TEST(a_node_of_nobodys_group_needs_the_rule) {
    struct usb_model m = usb_epson;
    m.forbidden = true;
    usb_printer_plug(bed, &m);
    usb_case_obey_modes();
    const char *message = refusal(&usb_any, "printer_denied");
    TELLS(message, "USB printer 04b8:0e28: no permission for /dev/bus/usb/001/002; install the udev rule");
    TELLS(message, "60-comanda-printers.rules");
    TELLS(message, "sudo usermod -aG lp ");
}
END_TEST

START_TEST(a_node_of_group_lp_needs_the_group_only) {
    struct usb_model m = usb_epson;
    if (geteuid() != 0 || !getgrnam("lp")) return; /* nobody else can give a node to a group that he is not in */
    m.forbidden = true;
    m.group = "lp";
    usb_printer_plug(bed, &m);
    usb_case_obey_modes();
    const char *message = refusal(&usb_any, "printer_denied");
    TELLS(message, "no permission for /dev/bus/usb/001/002; add the user to group lp: sudo usermod -aG lp root, and start again");
    ck_assert_ptr_null(strstr(message, "udev"));
}
END_TEST

START_TEST(a_vendor_class_unit_that_may_not_be_opened_is_denied_not_missing) {
    struct usb_model m = {
        .vendor = 0x04B8, .product = 0x0E15, .port = 2, .vendor_class = true, .name = "TM-T20II", .forbidden = true};
    struct site_printer who = usb_any;
    who.vendor = 0x04B8, who.product = 0x0E15;
    usb_printer_plug(bed, &m);
    usb_case_obey_modes();
    TELLS(refusal(&who, "printer_denied"), "no permission for /dev/bus/usb/001/002");
}
END_TEST

static void closed(void *self, const struct usb_found *f) {
    *(struct usb_found *)self = *f;
}
START_TEST(the_list_tells_the_remedy_of_a_closed_node) {
    struct usb_model m = usb_epson;
    struct usb_found f = {.accessible = true};
    m.forbidden = true;
    usb_printer_plug(bed, &m);
    usb_case_obey_modes();
    ck_assert(usb_list(closed, &f, &e));
    ck_assert(!f.accessible);
    TELLS(f.why, "no permission for /dev/bus/usb/001/002; install the udev rule");
}
END_TEST

int test_usb_units(void) {
    return data_suite_run(
        "usb_units", setup, teardown,
        DATA_TESTS(a_vendor_class_unit_is_found_by_its_product, a_vendor_class_unit_is_found_by_the_beginning_of_its_name,
                   other_vendor_class_devices_are_left_alone, a_class_7_interface_needs_no_entry_and_an_entry_does_not_hide_it,
                   the_list_shows_vendor_class_printers_too, a_unit_that_must_not_be_read_never_is,
                   a_slow_closer_is_held_open_after_its_last_byte, an_unplugged_slow_closer_is_not_waited_for,
                   transfers_keep_to_the_largest_chunk_of_the_unit, a_unit_without_status_is_asked_nothing,
                   usblp_stays_away_where_it_must_not_come_back, set_interface_is_sent_to_ordinary_units_only,
                   two_alike_are_told_apart_by_serial_number, two_alike_without_serial_numbers_are_told_apart_by_their_sockets,
                   what_is_plugged_in_instead_is_told_with_its_serial_and_socket,
                   a_wrong_serial_number_is_told_with_the_right_one, more_than_three_are_counted,
                   another_program_is_told_with_the_way_to_find_it, a_driver_that_does_not_let_go_is_told_with_the_command,
                   a_node_of_nobodys_group_needs_the_rule, a_node_of_group_lp_needs_the_group_only,
                   a_vendor_class_unit_that_may_not_be_opened_is_denied_not_missing, the_list_tells_the_remedy_of_a_closed_node));
}
