/* What a USB printer says: status over both channels, replies, and IN that is always pending. */
#include <check.h>
#include <errno.h>
#include <string.h>

#include "printer/escpos.h"
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

/* ---- status and replies ---- */

static enum transport_state state_of(struct transport *t, bool *known) {
    struct transport_status s;
    ck_assert_msg(t->ops->status(t, 2000, &s, &c.e), "%s", c.e.message);
    *known = s.known;
    return s.state;
}

START_TEST(status_tells_paper_and_cover) {
    bool known;
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
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
    struct usb_model m = usb_epson;
    m.no_realtime = true;
    struct usb_printer *p = usb_printer_plug(c.bed, &m);
    struct transport *t = usb_case_opened(&c, &usb_any);
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
    struct usb_model m = usb_epson;
    m.no_port_status = m.unidirectional = true;
    struct usb_printer *p = usb_printer_plug(c.bed, &m);
    struct transport *t = usb_case_opened(&c, &usb_any);
    ck_assert_int_eq(state_of(t, &known), TRANSPORT_READY);
    ck_assert(!known);
    usb_case_send(&c, t, 5000);
    usb_case_paper_has(&c, p, 5000);
    ck_assert(t->ops->await_id(t, "abcd", 20, &got, &c.e));
    ck_assert(!got);
    ck_assert_int_eq(usb_case_tally(&c, p)->port_status_asked, 1); /* it stalled once; it is not asked again */
    t->ops->close(t);
}
END_TEST

START_TEST(a_question_the_printer_does_not_take_waits_and_the_ticket_follows_it) {
    struct transport_status s;
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
    usb_printer_set_hang(p, true);
    ck_assert(t->ops->status(t, 50, &s, &c.e)); /* OUT is blocked: the port status answers alone */
    ck_assert_int_eq(s.state, TRANSPORT_READY);
    usb_printer_set_hang(p, false);
    usb_case_send(&c, t, 100);
    usb_case_paper_has(&c, p, 100);
    ck_assert_uint_eq(usb_printer_taken(p), 103);
    ck_assert_int_eq(usb_case_tally(&c, p)->out_discards_while_attached, 0);
    t->ops->close(t);
}
END_TEST

START_TEST(in_is_always_pending) {
    size_t accepted;
    bool known, got;
    uint8_t ask[ESCPOS_PROCESS_ID_SIZE];
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
    ck_assert(usb_case_tally(&c, p)->in_pending);
    (void)state_of(t, &known);
    ck_assert(usb_case_tally(&c, p)->in_pending);
    escpos_process_id("0001", ask);
    ck_assert(t->ops->send(t, ask, sizeof ask, &accepted, &c.e));
    ck_assert(t->ops->await_id(t, "0001", 20000, &got, &c.e));
    ck_assert(got);
    ck_assert(usb_case_tally(&c, p)->in_pending);
    t->ops->close(t);
    ck_assert(!usb_case_tally(&c, p)->in_pending);
}
END_TEST

START_TEST(in_is_pending_again_after_it_stalled) {
    bool got;
    size_t accepted;
    uint8_t ask[ESCPOS_PROCESS_ID_SIZE];
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
    usb_printer_stall_in(p);
    escpos_process_id("0001", ask);
    ck_assert(t->ops->send(t, ask, sizeof ask, &accepted, &c.e));
    ck_assert(t->ops->await_id(t, "0001", 20000, &got, &c.e)); /* the answer waited behind the halt */
    ck_assert(got);
    ck_assert_int_eq(usb_case_tally(&c, p)->in_clear_halts, 1);
    ck_assert_int_eq(usb_case_tally(&c, p)->clear_halts, 0);
    ck_assert(usb_case_tally(&c, p)->in_pending);
    t->ops->close(t);
}
END_TEST

/* What the printer took of "10 04 01" makes a command of whatever follows it. */
START_TEST(a_question_that_was_taken_in_part_is_ended_before_the_ticket) {
    struct transport_status s;
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
    usb_printer_stall_at(p, 1);
    ck_assert_msg(t->ops->status(t, 2000, &s, &c.e), "%s", c.e.message);
    ck_assert_int_eq(s.state, TRANSPORT_READY);
    usb_case_send(&c, t, 100);
    usb_case_paper_has(&c, p, 100);
    const struct usb_tally *all = usb_case_tally(&c, p);
    usb_case_out_was(all, 0, 3, 1, -EPIPE);
    usb_case_out_was(all, 1, 2, 2, 0);
    ck_assert_int_eq(all->clear_halts, 1);
    t->ops->close(t);
}
END_TEST

START_TEST(a_question_that_ends_short_is_ended_before_the_ticket) {
    struct transport_status s;
    struct usb_printer *p = usb_printer_plug(c.bed, &usb_epson);
    struct transport *t = usb_case_opened(&c, &usb_any);
    usb_printer_short_at(p, 2);
    ck_assert_msg(t->ops->status(t, 2000, &s, &c.e), "%s", c.e.message);
    ck_assert(s.known);
    usb_case_send(&c, t, 100);
    usb_case_paper_has(&c, p, 100);
    t->ops->close(t);
}
END_TEST

int test_usb_status(void) {
    return data_suite_run("usb_status", setup, teardown,
                          DATA_TESTS(status_tells_paper_and_cover, the_port_status_is_enough_where_there_is_no_other,
                                     a_printer_that_can_say_nothing_is_ready_but_not_known_to_be,
                                     a_question_the_printer_does_not_take_waits_and_the_ticket_follows_it, in_is_always_pending,
                                     in_is_pending_again_after_it_stalled,
                                     a_question_that_was_taken_in_part_is_ended_before_the_ticket,
                                     a_question_that_ends_short_is_ended_before_the_ticket));
}
