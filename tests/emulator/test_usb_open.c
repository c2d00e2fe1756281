/* Which unit a USB printer is, and having it: identity, the kernel's driver, other programs, permission, and back after an
 * unplug. */
#include <check.h>
#include <string.h>
#include <unistd.h>

#include "tests/emulator/test_usb.h"
#include "tests/emulator/usb_case.h"
#include "tests/support/data_suite.h"

static struct usb_case c;

static void setup(void) {
    usb_case_open(&c);
}
static void teardown(void) {
    usb_case_close(&c);
}

/* udev's news travel in libusb's own thread: what was just plugged in may need a moment to be seen. */
static void open_soon(struct transport *t) {
    for (int i = 0; i < 2000 && !t->ops->open(t, &c.e); i++) usleep(5000);
    ck_assert_msg(t->ops->open(t, &c.e), "%s", c.e.message);
}

/* ---- the kernel's driver, other programs, permission ---- */

START_TEST(the_kernels_driver_is_detached_and_given_back) {
    struct usb_model m = usb_epson;
    m.usblp = true;
    struct usb_printer *p = usb_printer_plug(c.bed, &m);
    struct transport *t = usb_case_opened(&c, &usb_any);
    const struct usb_tally *during = usb_case_tally(&c, p);
    ck_assert_int_eq(during->detached, 1);
    ck_assert(!during->usblp);
    ck_assert(during->claimed);
    t->ops->close(t);
    const struct usb_tally *after = usb_case_tally(&c, p);
    ck_assert_int_eq(after->releases, 1);
    ck_assert_int_eq(after->reattached, 1);
    ck_assert(after->usblp);
    ck_assert(!after->claimed);
}
END_TEST

START_TEST(a_printer_taken_by_another_program_is_busy_with_the_remedy) {
    struct usb_model m = usb_epson;
    m.taken = true;
    usb_printer_plug(c.bed, &m);
    struct transport *t = usb_case_transport(&c, &usb_any);
    ck_assert(!t->ops->open(t, &c.e));
    ck_assert_str_eq(c.e.code, "printer_busy");
    ck_assert_ptr_nonnull(strstr(c.e.message, "04b8:0e28"));
    ck_assert_ptr_nonnull(strstr(c.e.message, "another program"));
    t->ops->close(t);
}
END_TEST

START_TEST(the_twin_of_a_taken_printer_is_used_when_either_will_do) {
    struct usb_model first = usb_epson, second = usb_epson;
    first.taken = true;
    second.port = 3;
    second.serial = "J5HF999999";
    usb_printer_plug(c.bed, &first);
    struct usb_printer *p = usb_printer_plug(c.bed, &second);
    struct transport *t = usb_case_opened(&c, &usb_any);
    usb_case_send(&c, t, 100);
    usb_case_paper_has(&c, p, 100);
    t->ops->close(t);
}
END_TEST

START_TEST(a_printer_without_permission_is_denied_with_the_remedy) {
    struct usb_model m = usb_epson;
    m.forbidden = true;
    usb_printer_plug(c.bed, &m);
    struct transport *t = usb_case_transport(&c, &usb_any);
    usb_case_obey_modes();
    ck_assert(!t->ops->open(t, &c.e));
    ck_assert_str_eq(c.e.code, "printer_denied");
    ck_assert_ptr_nonnull(strstr(c.e.message, "group lp"));
    t->ops->close(t);
}
END_TEST

/* ---- identity ---- */

START_TEST(serial_number_ids_and_port_path_each_choose) {
    struct usb_model one = usb_epson, two = usb_epson, three = {.vendor = 0x0FE6, .product = 0x811E, .port = 5};
    two.port = 4;
    two.serial = "SECOND";
    struct usb_printer *p[3] = {usb_printer_plug(c.bed, &one), usb_printer_plug(c.bed, &two), usb_printer_plug(c.bed, &three)};
    struct site_printer who[4] = {usb_any, usb_any, usb_any, usb_any};
    who[0].serial = "SECOND";
    who[1].bus_path = "1-2";
    who[2].vendor = 0x0FE6;
    who[2].product = 0x811E;
    who[3].serial = "NOBODY";
    static const int expected[3] = {1, 0, 2};
    for (int i = 0; i < 3; i++) {
        struct transport *t = usb_case_opened(&c, &who[i]);
        usb_case_send(&c, t, 64);
        usb_case_paper_has(&c, p[expected[i]], 64);
        t->ops->close(t);
    }
    struct transport *t = usb_case_transport(&c, &who[3]);
    ck_assert(!t->ops->open(t, &c.e));
    ck_assert_str_eq(c.e.code, "printer_unreachable");
    t->ops->close(t);
}
END_TEST

START_TEST(a_printer_that_is_not_there_is_unreachable) {
    struct site_printer absent = usb_any;
    absent.vendor = 0x1234;
    absent.product = 0x5678;
    usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_transport(&c, &absent);
    size_t accepted = 9;
    ck_assert(!t->ops->open(t, &c.e));
    ck_assert_str_eq(c.e.code, "printer_unreachable");
    ck_assert_ptr_nonnull(strstr(c.e.message, "1234:5678"));
    ck_assert(!t->ops->send(t, usb_case_pattern(&c, 1), 1, &accepted, &c.e));
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
    usb_printer_plug(c.bed, &usb_epson);
    ck_assert_msg(usb_list(note, &l, &c.e), "%s", c.e.message);
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
    struct transport_status s;
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
    ck_assert_uint_eq(t->connections, 1);
    usb_printer_pull(p);
    ck_assert(!t->ops->status(t, 1000, &s, &c.e));
    ck_assert_str_eq(c.e.code, "printer_unplugged");
    ck_assert(!t->ops->open(t, &c.e));
    usb_printer_push(p);
    open_soon(t);
    ck_assert_uint_eq(t->connections, 2);
    usb_case_send(&c, t, 300);
    usb_case_paper_has(&c, p, 300);
    t->ops->close(t);
}
END_TEST

int test_usb_open(void) {
    return data_suite_run(
        "usb_open", setup, teardown,
        DATA_TESTS(the_kernels_driver_is_detached_and_given_back, a_printer_taken_by_another_program_is_busy_with_the_remedy,
                   the_twin_of_a_taken_printer_is_used_when_either_will_do,
                   a_printer_without_permission_is_denied_with_the_remedy, serial_number_ids_and_port_path_each_choose,
                   a_printer_that_is_not_there_is_unreachable, the_list_shows_printers_and_nothing_else,
                   an_unplugged_printer_is_found_again_when_it_is_back));
}
