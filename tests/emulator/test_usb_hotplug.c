/* Plugging in and taking away: noticed at once, by an idle printer's thread too, and always the right unit. No try that the clock
 * makes due happens within these tests: idle looks and back-off stand at ten minutes. */
#include <check.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "data/clock.h"
#include "tests/emulator/test_usb.h"
#include "tests/emulator/usb_case.h"
#include "tests/emulator/usb_site.h"
#include "tests/support/data_suite.h"

enum { NEVER = 600000 };

static struct usb_site s;
static struct error e;
static const struct usb_model keyboard = {.vendor = 0x046D, .product = 0xC31C, .port = 7, .vendor_class = true};

static void setup(void) {
    usb_site_open(&s);
    s.timing = (struct spooler_timing){.idle = NEVER,
                                       .hold = NEVER,
                                       .retry_first = NEVER,
                                       .retry_max = NEVER,
                                       .fallback = NEVER,
                                       .answer = 1500,
                                       .ask_again = NEVER};
}
static void teardown(void) {
    usb_site_close(&s);
}

/* ---- the transport alone ---- */

static struct transport *transport(void) {
    struct transport *t;
    ck_assert_msg(transport_new(&s.printers[0], "/nowhere", &t, &e), "%s", e.message);
    return t;
}

START_TEST(a_plug_in_ends_the_rest_and_the_printer_is_found) {
    struct transport *t = transport();
    ck_assert(!t->ops->open(t, &e));
    ck_assert_str_eq(e.code, "printer_unreachable");
    usb_printer_plug(s.bed, &usb_epson);
    ck_assert(t->ops->rest(t, NEVER, -1));
    ck_assert_msg(t->ops->open(t, &e), "%s", e.message);
    t->ops->close(t);
}
END_TEST

static void *plug_later(void *unused) {
    (void)unused;
    usleep(20000); /* most likely while the other thread waits; if not, the outcome is the same */
    return usb_printer_plug(s.bed, &usb_epson);
}
START_TEST(a_plug_in_wakes_one_who_rests_already) {
    pthread_t thread;
    struct transport *t = transport();
    ck_assert(!t->ops->open(t, &e));
    ck_assert_int_eq(pthread_create(&thread, NULL, plug_later, NULL), 0);
    ck_assert(t->ops->rest(t, NEVER, -1));
    ck_assert_msg(t->ops->open(t, &e), "%s", e.message);
    pthread_join(thread, NULL);
    t->ops->close(t);
}
END_TEST

START_TEST(a_pull_ends_the_rest_and_is_told) {
    struct transport_status now;
    struct usb_printer *p = usb_printer_plug(s.bed, &usb_epson);
    struct transport *t = transport();
    ck_assert_msg(t->ops->open(t, &e), "%s", e.message);
    usb_printer_pull(p);
    ck_assert(t->ops->rest(t, NEVER, -1));
    ck_assert(!t->ops->status(t, 1000, &now, &e));
    ck_assert_str_eq(e.code, "printer_unplugged");
    t->ops->close(t);
}
END_TEST

START_TEST(a_pull_of_a_unit_that_is_never_read_is_noticed_too) {
    struct usb_model m = usb_epson;
    m.unidirectional = true; /* no transfer is pending that could fail */
    struct usb_printer *p = usb_printer_plug(s.bed, &m);
    struct transport *t = transport();
    ck_assert_msg(t->ops->open(t, &e), "%s", e.message);
    usb_printer_pull(p);
    ck_assert(t->ops->rest(t, NEVER, -1));
    ck_assert(!t->ops->open(t, &e));
    ck_assert_str_eq(e.code, "printer_unreachable");
    t->ops->close(t);
}
END_TEST

START_TEST(the_bell_and_the_wake_end_a_rest_without_news) {
    const int bell = eventfd(1, EFD_CLOEXEC), wake = eventfd(1, EFD_CLOEXEC);
    uint64_t rings;
    usb_printer_plug(s.bed, &usb_epson);
    struct transport *t = transport();
    ck_assert(!t->ops->rest(t, NEVER, bell)); /* before the first open */
    ck_assert_msg(t->ops->open(t, &e), "%s", e.message);
    while (t->ops->rest(t, 0, -1)) {} /* what the plug-in itself still had to say */
    ck_assert(!t->ops->rest(t, NEVER, bell));
    ck_assert_int_eq(read(bell, &rings, sizeof rings), 8); /* it was left for its owner to read */
    t->wake = wake;
    ck_assert(!t->ops->rest(t, NEVER, bell));
    t->ops->close(t);
    close(bell);
    close(wake);
}
END_TEST

START_TEST(what_cannot_be_the_printer_is_no_news) {
    struct usb_model other = usb_epson;
    other.product = 0x0202;
    other.port = 4;
    struct transport *t = transport();
    ck_assert(!t->ops->open(t, &e));
    struct usb_printer *gone = usb_printer_plug(s.bed, &keyboard);
    usb_printer_plug(s.bed, &other);
    usb_printer_pull(gone);
    ck_assert(!t->ops->open(t, &e)); /* looking at the bus again takes the system's messages in */
    ck_assert(!t->ops->rest(t, 0, -1));
    t->ops->close(t);
}
END_TEST

START_TEST(another_printers_coming_and_going_leaves_an_open_one_alone) {
    struct usb_model twin = usb_epson;
    twin.serial = "J5HF999999";
    twin.port = 4;
    struct usb_printer *p = usb_printer_plug(s.bed, &usb_epson);
    s.printers[0].serial = "J5HF012345";
    struct transport *t = transport();
    ck_assert_msg(t->ops->open(t, &e), "%s", e.message);
    usb_printer_pull(usb_printer_plug(s.bed, &twin));
    struct usb_printer *last = usb_printer_plug(s.bed, &twin);
    struct site_printer who = s.printers[0];
    struct transport *t2;
    who.serial = "J5HF999999";
    ck_assert(transport_new(&who, "/nowhere", &t2, &e));
    ck_assert_msg(t2->ops->open(t2, &e), "%s", e.message); /* the system's messages are in */
    while (t->ops->rest(t, 0, -1)) {}
    ck_assert_msg(t->ops->open(t, &e), "%s", e.message);
    ck_assert_uint_eq(t->connections, 1);
    t2->ops->close(t2);
    t->ops->close(t);
    (void)p, (void)last;
}
END_TEST

/* ---- the printer's thread ---- */

static void has_printed(struct usb_printer *p, const char *text) {
    size_t size;
    const uint8_t *paper = usb_printer_paper(p, 0, &size);
    ck_assert_msg(memmem(paper, size, text, strlen(text)) != NULL, "\"%s\" is not on its paper", text);
}
static void has_not_printed(struct usb_printer *p, const char *text) {
    size_t size;
    const uint8_t *paper = usb_printer_paper(p, 0, &size);
    ck_assert_msg(memmem(paper, size, text, strlen(text)) == NULL, "\"%s\" is on its paper", text);
}

START_TEST(a_waiting_ticket_prints_when_the_printer_is_plugged_in) {
    usb_site_start(&s);
    (void)usb_site_becomes(&s, "cocina", TRANSPORT_UNPLUGGED);
    const int64_t id = usb_site_add_text(&s, "cocina", "1 ARROZ CALDOSO");
    struct usb_printer *p = usb_printer_plug(s.bed, &usb_epson);
    ck_assert_str_eq(usb_site_reaches(&s, id, JOB_PRINTED).evidence, "A");
    has_printed(p, "1 ARROZ CALDOSO");
}
END_TEST

START_TEST(an_idle_printer_that_is_taken_away_and_brought_back_is_told_at_once) {
    struct usb_printer *p = usb_printer_plug(s.bed, &usb_epson);
    usb_site_start(&s);
    (void)usb_site_becomes(&s, "cocina", TRANSPORT_READY);
    for (int i = 0; i < 3; i++) {
        usb_printer_pull(p);
        (void)usb_site_becomes(&s, "cocina", TRANSPORT_UNPLUGGED);
        usb_printer_push(p);
        (void)usb_site_becomes(&s, "cocina", TRANSPORT_READY);
    }
    const int64_t id = usb_site_add_text(&s, "cocina", "1 ARROZ CALDOSO");
    (void)usb_site_reaches(&s, id, JOB_PRINTED);
    has_printed(p, "1 ARROZ CALDOSO");
}
END_TEST

START_TEST(a_printer_out_of_paper_that_is_taken_away_is_unplugged) {
    struct usb_printer *p = usb_printer_plug(s.bed, &usb_epson);
    usb_printer_set_paper(p, false);
    usb_site_start(&s);
    (void)usb_site_becomes(&s, "cocina", TRANSPORT_PAPER_OUT);
    usb_printer_pull(p);
    (void)usb_site_becomes(&s, "cocina", TRANSPORT_UNPLUGGED);
    usb_printer_set_paper(p, true);
    usb_printer_push(p);
    (void)usb_site_becomes(&s, "cocina", TRANSPORT_READY);
}
END_TEST

START_TEST(a_taken_printer_is_tried_again_when_it_is_plugged_in_anew) {
    struct usb_model m = usb_epson;
    m.taken = true;
    struct usb_printer *p = usb_printer_plug(s.bed, &m);
    usb_site_start(&s);
    ck_assert_str_eq(transport_cause_names[usb_site_becomes(&s, "cocina", TRANSPORT_DENIED).status.cause], "busy");
    usb_printer_pull(p);
    (void)usb_site_becomes(&s, "cocina", TRANSPORT_UNPLUGGED);
    usb_printer_plug(s.bed, &usb_epson); /* and nobody holds it now */
    (void)usb_site_becomes(&s, "cocina", TRANSPORT_READY);
}
END_TEST

/* ---- which unit ---- */

START_TEST(a_printer_with_a_serial_number_is_found_at_whatever_socket_it_is_put_into) {
    struct usb_model twin = usb_epson;
    twin.serial = "J5HF999999";
    twin.port = 3;
    struct usb_printer *p = usb_printer_plug(s.bed, &usb_epson);
    s.printers[0].serial = "J5HF012345";
    usb_site_start(&s);
    (void)usb_site_becomes(&s, "cocina", TRANSPORT_READY);
    usb_printer_pull(p);
    (void)usb_site_becomes(&s, "cocina", TRANSPORT_UNPLUGGED);
    const int64_t id = usb_site_add_text(&s, "cocina", "1 ARROZ CALDOSO");
    struct usb_printer *other = usb_printer_plug(s.bed, &twin); /* not this one */
    usb_printer_push_at(p, 5);
    (void)usb_site_reaches(&s, id, JOB_PRINTED);
    has_printed(p, "1 ARROZ CALDOSO");
    ck_assert_uint_eq(usb_printer_taken(other), 0);
}
END_TEST

/* Two units of one make that have no serial numbers: the socket says which is which. */
static void two_nameless(struct usb_printer *p[2]) {
    struct usb_model m = usb_epson;
    m.serial = NULL;
    for (int i = 0; i < 2; i++) {
        m.port = i ? 6 : 2;
        p[i] = usb_printer_plug(s.bed, &m);
        s.printers[i].transport = TRANSPORT_USB;
        s.printers[i].vendor = 0x04B8, s.printers[i].product = 0x0E28;
        s.printers[i].bus_path = i ? "1-6" : "1-2";
    }
    usb_site_start(&s);
    (void)usb_site_becomes(&s, "cocina", TRANSPORT_READY);
    (void)usb_site_becomes(&s, "caja", TRANSPORT_READY);
}

START_TEST(of_two_alike_without_serial_numbers_only_the_one_taken_away_is_unplugged) {
    struct usb_printer *p[2];
    two_nameless(p);
    usb_printer_pull(p[0]);
    (void)usb_site_becomes(&s, "cocina", TRANSPORT_UNPLUGGED);
    const int64_t id = usb_site_add_text(&s, "caja", "RECIBO");
    (void)usb_site_reaches(&s, id, JOB_PRINTED);
    has_printed(p[1], "RECIBO");
    ck_assert_str_eq(transport_state_names[usb_site_health(&s, "caja").status.state], "ready");
    const int64_t kitchen = usb_site_add_text(&s, "cocina", "1 ARROZ CALDOSO");
    usb_printer_push(p[0]);
    (void)usb_site_reaches(&s, kitchen, JOB_PRINTED);
    has_printed(p[0], "1 ARROZ CALDOSO");
    has_not_printed(p[1], "1 ARROZ CALDOSO");
}
END_TEST

START_TEST(two_alike_without_serial_numbers_that_change_sockets_change_places) {
    struct usb_printer *p[2];
    two_nameless(p);
    usb_printer_pull(p[0]);
    usb_printer_pull(p[1]);
    (void)usb_site_becomes(&s, "cocina", TRANSPORT_UNPLUGGED);
    (void)usb_site_becomes(&s, "caja", TRANSPORT_UNPLUGGED);
    const int64_t kitchen = usb_site_add_text(&s, "cocina", "1 ARROZ CALDOSO"), till = usb_site_add_text(&s, "caja", "RECIBO");
    usb_printer_push_at(p[0], 6);
    usb_printer_push_at(p[1], 2);
    (void)usb_site_reaches(&s, kitchen, JOB_PRINTED);
    (void)usb_site_reaches(&s, till, JOB_PRINTED);
    has_printed(p[1], "1 ARROZ CALDOSO");
    has_printed(p[0], "RECIBO");
    has_not_printed(p[0], "1 ARROZ CALDOSO");
    has_not_printed(p[1], "RECIBO");
}
END_TEST

START_TEST(a_printer_named_by_its_socket_is_not_looked_for_in_another) {
    struct usb_printer *p = usb_printer_plug(s.bed, &usb_epson);
    s.printers[0].serial = "J5HF012345";
    s.printers[0].bus_path = "1-2";
    struct transport *t = transport();
    ck_assert_msg(t->ops->open(t, &e), "%s", e.message);
    usb_printer_pull(p);
    ck_assert(t->ops->rest(t, NEVER, -1));
    usb_printer_push_at(p, 5);
    ck_assert(!t->ops->open(t, &e));
    ck_assert_msg(strstr(e.message, "04b8:0e28 J5HF012345 at 1-5") != NULL, "%s", e.message);
    t->ops->close(t);
}
END_TEST

int test_usb_hotplug(void) {
    return data_suite_run("usb_hotplug", setup, teardown,
                          DATA_TESTS(a_plug_in_ends_the_rest_and_the_printer_is_found, a_plug_in_wakes_one_who_rests_already,
                                     a_pull_ends_the_rest_and_is_told, a_pull_of_a_unit_that_is_never_read_is_noticed_too,
                                     the_bell_and_the_wake_end_a_rest_without_news, what_cannot_be_the_printer_is_no_news,
                                     another_printers_coming_and_going_leaves_an_open_one_alone,
                                     a_waiting_ticket_prints_when_the_printer_is_plugged_in,
                                     an_idle_printer_that_is_taken_away_and_brought_back_is_told_at_once,
                                     a_printer_out_of_paper_that_is_taken_away_is_unplugged,
                                     a_taken_printer_is_tried_again_when_it_is_plugged_in_anew,
                                     a_printer_with_a_serial_number_is_found_at_whatever_socket_it_is_put_into,
                                     of_two_alike_without_serial_numbers_only_the_one_taken_away_is_unplugged,
                                     two_alike_without_serial_numbers_that_change_sockets_change_places,
                                     a_printer_named_by_its_socket_is_not_looked_for_in_another));
}
