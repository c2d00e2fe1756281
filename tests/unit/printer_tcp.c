/* The network transport against a fake printer on a loopback port: bytes, status, IDs, and every way a connection can end. */
#include <check.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "printer/transport.h"
#include "tests/support/data_suite.h"
#include "tests/support/printer_fake_tcp.h"

static struct error e;
static struct site_printer cocina = {.slug = "cocina", .name = "Cocina", .transport = TRANSPORT_TCP, .host = "127.0.0.1"};

static struct transport *to(uint16_t port) {
    struct transport *t;
    cocina.port = port;
    ck_assert(transport_new(&cocina, "/nowhere", &t, &e));
    return t;
}
static struct transport *connected(struct fake_tcp *f) {
    struct transport *t = to(fake_tcp_port(f));
    ck_assert_msg(t->ops->open(t, &e), "%s", e.message);
    return t;
}

START_TEST(bytes_arrive_in_order_and_all_count) {
    static uint8_t ticket[200000];
    size_t accepted = 0, size;
    for (size_t i = 0; i < sizeof ticket; i++) ticket[i] = (uint8_t)(0x20 + i % 90);
    struct fake_tcp *f = fake_tcp_open(fake_tcp_healthy());
    struct transport *t = connected(f);
    ck_assert_msg(t->ops->send(t, ticket, sizeof ticket, &accepted, &e), "%s", e.message);
    ck_assert_uint_eq(accepted, 200000);
    const uint8_t *got = fake_tcp_received(f, 200000, &size);
    ck_assert_uint_eq(size, 200000);
    ck_assert_mem_eq(got, ticket, 200000);
    t->ops->close(t);
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_port_where_nobody_listens_is_unreachable) {
    struct transport *t = to(fake_tcp_dead_port());
    size_t accepted = 9;
    ck_assert(!t->ops->open(t, &e));
    ck_assert_int_eq(e.kind, ERROR_IO);
    ck_assert_str_eq(e.code, "printer_unreachable");
    ck_assert_ptr_nonnull(strstr(e.message, "cocina"));
    ck_assert_ptr_nonnull(strstr(e.message, "127.0.0.1"));
    ck_assert(!t->ops->send(t, (const uint8_t *)"x", 1, &accepted, &e));
    ck_assert_uint_eq(accepted, 0);
    t->ops->close(t);
}
END_TEST

START_TEST(a_host_without_a_name_is_unreachable) {
    struct transport *t = to(9100);
    const struct site_printer nameless = {.slug = "fria", .transport = TRANSPORT_TCP, .host = "printer.invalid", .port = 9100};
    t->printer = &nameless;
    ck_assert(!t->ops->open(t, &e));
    ck_assert_str_eq(e.code, "printer_unreachable");
    ck_assert_ptr_nonnull(strstr(e.message, "printer.invalid"));
    t->ops->close(t);
}
END_TEST

START_TEST(a_stop_ends_the_wait_for_a_connection) {
    struct transport *t = to(9);
    const struct site_printer far = {
        .slug = "lejos", .transport = TRANSPORT_TCP, .host = "192.0.2.1", .port = 9100}; /* TEST-NET-1 */
    t->printer = &far;
    t->wake = eventfd(1, EFD_CLOEXEC);
    ck_assert(!t->ops->open(t, &e)); /* or the system knows at once that there is no way */
    ck_assert(strcmp(e.code, "printer_stopped") == 0 || strcmp(e.code, "printer_unreachable") == 0);
    close(t->wake);
    t->ops->close(t);
}
END_TEST

START_TEST(status_is_what_the_printer_answers) {
    struct transport_status s;
    struct fake_tcp_habits h = fake_tcp_healthy();
    struct fake_tcp *f = fake_tcp_open(h);
    struct transport *t = connected(f);
    ck_assert(t->ops->status(t, 5000, &s, &e));
    ck_assert_int_eq(s.state, TRANSPORT_READY);
    ck_assert(s.known);
    ck_assert_int_eq(fake_tcp_questions(f), 2);
    h.status[1] = 0x1A; /* offline */
    h.status[2] = 0x32; /* printing stopped at the paper's end */
    h.status[4] = 0x72; /* no paper */
    fake_tcp_set(f, h);
    ck_assert(t->ops->status(t, 5000, &s, &e));
    ck_assert_int_eq(s.state, TRANSPORT_PAPER_OUT);
    ck_assert(s.known);
    ck_assert_str_eq(s.reason, "the paper has ended; put a new roll in");
    t->ops->close(t);
    fake_tcp_close(f);
}
END_TEST

START_TEST(automatic_status_between_the_answers_does_not_confuse) {
    struct transport_status s;
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.answers_status_out_of_turn = true;
    h.status[1] = 0x1A;
    h.status[2] = 0x16;
    struct fake_tcp *f = fake_tcp_open(h);
    struct transport *t = connected(f);
    ck_assert(t->ops->status(t, 5000, &s, &e));
    ck_assert_int_eq(s.state, TRANSPORT_COVER_OPEN);
    t->ops->close(t);
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_silent_printer_is_ready_but_not_known_to_be_and_is_asked_once) {
    struct transport_status s;
    struct fake_tcp *f = fake_tcp_open((struct fake_tcp_habits){0});
    struct transport *t = connected(f);
    for (int i = 0; i < 3; i++) {
        ck_assert(t->ops->status(t, 30, &s, &e));
        ck_assert_int_eq(s.state, TRANSPORT_READY);
        ck_assert(!s.known);
    }
    ck_assert_int_le(fake_tcp_questions(f), 1); /* the first may still be on its way */
    t->ops->close(t);
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_profile_without_realtime_status_is_never_asked) {
    struct transport_status s;
    size_t accepted, size;
    struct fake_tcp *f = fake_tcp_open(fake_tcp_healthy());
    struct transport *t = connected(f);
    t->realtime = false;
    ck_assert(t->ops->status(t, 5000, &s, &e));
    ck_assert(!s.known);
    ck_assert(t->ops->send(t, (const uint8_t *)"x", 1, &accepted, &e));
    (void)fake_tcp_received(f, 1, &size);
    ck_assert_int_eq(fake_tcp_questions(f), 0);
    t->ops->close(t);
    fake_tcp_close(f);
}
END_TEST

static const uint8_t ask_0147[11] = {0x1D, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, '0', '1', '4', '7'};

START_TEST(a_process_id_is_awaited_and_another_is_not_it) {
    bool got = true;
    size_t accepted;
    struct fake_tcp *f = fake_tcp_open(fake_tcp_healthy());
    struct transport *t = connected(f);
    ck_assert(t->ops->await_id(t, "0147", 0, &got, &e));
    ck_assert(!got);
    ck_assert(t->ops->send(t, ask_0147, sizeof ask_0147, &accepted, &e));
    ck_assert(t->ops->await_id(t, "0147", 20000, &got, &e));
    ck_assert(got);
    ck_assert(t->ops->await_id(t, "0147", 0, &got, &e)); /* it was taken */
    ck_assert(!got);
    fake_tcp_say(f,
                 "\x37\x22"
                 "0148\0",
                 7);
    ck_assert(t->ops->await_id(t, "0149", 50, &got, &e));
    ck_assert(!got);
    t->ops->close(t);
    fake_tcp_close(f);
}
END_TEST

START_TEST(an_id_held_back_for_paper_comes_when_the_paper_is_back) {
    bool got = true;
    size_t accepted;
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.paper_out = true;
    struct fake_tcp *f = fake_tcp_open(h);
    struct transport *t = connected(f);
    ck_assert(t->ops->send(t, ask_0147, sizeof ask_0147, &accepted, &e));
    ck_assert(t->ops->await_id(t, "0147", 100, &got, &e));
    ck_assert(!got);
    h.paper_out = false;
    fake_tcp_set(f, h);
    ck_assert(t->ops->await_id(t, "0147", 20000, &got, &e));
    ck_assert(got);
    t->ops->close(t);
    fake_tcp_close(f);
}
END_TEST

START_TEST(an_id_that_is_the_last_word_of_a_connection_counts) {
    bool got = false;
    struct fake_tcp *f = fake_tcp_open(fake_tcp_healthy());
    struct transport *t = connected(f);
    size_t accepted, size;
    ck_assert(t->ops->send(t, ask_0147, sizeof ask_0147, &accepted, &e));
    (void)fake_tcp_received(f, 11, &size);
    fake_tcp_hang_up(f);
    ck_assert(t->ops->await_id(t, "0147", 20000, &got, &e));
    ck_assert(got);
    ck_assert(!t->ops->await_id(t, "0147", 20000, &got, &e)); /* and then the loss shows */
    ck_assert_str_eq(e.code, "printer_unreachable");
    t->ops->close(t);
    fake_tcp_close(f);
}
END_TEST

START_TEST(an_id_that_came_before_the_loss_was_noticed_counts_after_it) {
    bool got = false;
    struct transport_status s;
    size_t accepted, size;
    struct fake_tcp *f = fake_tcp_open(fake_tcp_healthy());
    struct transport *t = connected(f);
    ck_assert(t->ops->send(t, ask_0147, sizeof ask_0147, &accepted, &e));
    (void)fake_tcp_received(f, 11, &size);
    fake_tcp_hang_up(f);
    while (t->ops->status(t, 5000, &s, &e)) usleep(1000);
    ck_assert(t->ops->await_id(t, "0147", 0, &got, &e));
    ck_assert(got);
    ck_assert(!t->ops->await_id(t, "0147", 0, &got, &e));
    ck_assert_str_eq(e.code, "printer_unreachable");
    t->ops->close(t);
    fake_tcp_close(f);
}
END_TEST

START_TEST(ordered_statuses_are_awaited_one_by_one) {
    bool got = true;
    size_t accepted;
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.answers_ordered = h.paper_out = true;
    struct fake_tcp *f = fake_tcp_open(h);
    struct transport *t = connected(f);
    ck_assert(t->ops->send(t, (const uint8_t *)"\x1D\x72\x01\x1D\x72\x01", 6, &accepted, &e));
    ck_assert(t->ops->await_ordered(t, 20, &got, &e));
    ck_assert(!got); /* not executed while the paper has ended */
    h.paper_out = false;
    fake_tcp_set(f, h);
    for (int i = 0; i < 2; i++) {
        ck_assert(t->ops->await_ordered(t, 20000, &got, &e));
        ck_assert(got);
    }
    ck_assert(t->ops->await_ordered(t, 20, &got, &e));
    ck_assert(!got);
    t->ops->close(t);
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_unit_is_known_by_its_address) {
    const struct site_printer far = {.slug = "bar", .transport = TRANSPORT_TCP, .host = "printer.invalid", .port = 9101};
    struct transport *t;
    ck_assert(transport_new(&far, "/nowhere", &t, &e));
    ck_assert_str_eq(t->identity, "printer.invalid:9101");
    ck_assert(!t->one_way);
    t->ops->close(t);
}
END_TEST

START_TEST(a_connection_lost_within_a_ticket_fails_with_a_count_above_zero) {
    static uint8_t ticket[4 << 20];
    size_t accepted = 0;
    memset(ticket, 'x', sizeof ticket);
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.closes_after = 1000;
    struct fake_tcp *f = fake_tcp_open(h);
    struct transport *t = connected(f);
    ck_assert(!t->ops->send(t, ticket, sizeof ticket, &accepted, &e));
    ck_assert_str_eq(e.code, "printer_unreachable");
    ck_assert_uint_ge(accepted, 1000);
    ck_assert_uint_lt(accepted, sizeof ticket);
    t->ops->close(t);
    fake_tcp_close(f);
}
END_TEST

START_TEST(an_idle_connection_that_was_closed_is_made_anew) {
    struct transport_status s;
    size_t accepted, size;
    struct fake_tcp *f = fake_tcp_open(fake_tcp_healthy());
    struct transport *t = connected(f);
    ck_assert(t->ops->open(t, &e)); /* idempotent: still the same connection */
    ck_assert_uint_eq(t->connections, 1);
    fake_tcp_hang_up(f);
    while (t->ops->status(t, 5000, &s, &e)) usleep(1000); /* until the loss has arrived here */
    ck_assert_str_eq(e.code, "printer_unreachable");
    ck_assert(t->ops->open(t, &e));
    ck_assert_uint_eq(t->connections, 2);
    ck_assert(t->ops->send(t, (const uint8_t *)"after", 5, &accepted, &e));
    ck_assert_mem_eq(fake_tcp_received(f, 5, &size), "after", 5);
    t->ops->close(t);
    fake_tcp_close(f);
}
END_TEST

struct seen {
    struct transport_status s;
    struct transport *t;
};
static void note(void *self, const struct transport_status *s) {
    struct seen *seen = self;
    const uint64_t one = 1;
    seen->s = *s;
    ck_assert_int_eq(write(seen->t->wake, &one, sizeof one), sizeof one); /* enough seen: stop */
}

START_TEST(a_stuck_printer_is_reported_and_a_stop_ends_the_sending) {
    static uint8_t ticket[8 << 20];
    struct seen seen = {.s = {.state = TRANSPORT_READY}};
    size_t accepted = 0;
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.reads_nothing = true;
    struct fake_tcp *f = fake_tcp_open(h);
    struct transport *t = connected(f);
    t->wake = eventfd(0, EFD_CLOEXEC);
    t->waiting = note;
    t->self = &seen;
    seen.t = t;
    ck_assert(!t->ops->send(t, ticket, sizeof ticket, &accepted, &e));
    ck_assert_int_eq(e.kind, ERROR_BUSY);
    ck_assert_str_eq(e.code, "printer_stopped");
    ck_assert_uint_gt(accepted, 0);
    ck_assert_uint_lt(accepted, sizeof ticket);
    ck_assert_int_eq(seen.s.state, TRANSPORT_OFFLINE);
    ck_assert_int_eq(seen.s.cause, CAUSE_STALLED);
    ck_assert_str_eq(seen.s.reason, "takes no more data; look for paper, cover or a lit error lamp");
    close(t->wake);
    t->ops->close(t);
    fake_tcp_close(f);
}
END_TEST

START_TEST(what_waits_in_this_machine_only_is_not_yet_taken) {
    static uint8_t ticket[65536]; /* fits our own send buffer, not the printer's window */
    struct seen seen = {.s = {.state = TRANSPORT_READY}};
    size_t accepted = 0;
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.reads_nothing = true;
    struct fake_tcp *f = fake_tcp_open(h);
    struct transport *t = connected(f);
    t->wake = eventfd(0, EFD_CLOEXEC);
    t->waiting = note;
    t->self = &seen;
    seen.t = t;
    ck_assert(!t->ops->send(t, ticket, sizeof ticket, &accepted, &e));
    ck_assert_str_eq(e.code, "printer_stopped");
    ck_assert_int_eq(seen.s.state, TRANSPORT_OFFLINE);
    ck_assert_uint_gt(accepted, 0);
    close(t->wake);
    t->ops->close(t);
    fake_tcp_close(f);
}
END_TEST

int main(void) {
    return data_suite_run(
        "printer_tcp", NULL, NULL,
        DATA_TESTS(bytes_arrive_in_order_and_all_count, a_port_where_nobody_listens_is_unreachable,
                   a_host_without_a_name_is_unreachable, a_stop_ends_the_wait_for_a_connection,
                   status_is_what_the_printer_answers, automatic_status_between_the_answers_does_not_confuse,
                   a_silent_printer_is_ready_but_not_known_to_be_and_is_asked_once,
                   a_profile_without_realtime_status_is_never_asked, a_process_id_is_awaited_and_another_is_not_it,
                   an_id_held_back_for_paper_comes_when_the_paper_is_back, an_id_that_is_the_last_word_of_a_connection_counts,
                   an_id_that_came_before_the_loss_was_noticed_counts_after_it, ordered_statuses_are_awaited_one_by_one,
                   a_unit_is_known_by_its_address, a_connection_lost_within_a_ticket_fails_with_a_count_above_zero,
                   an_idle_connection_that_was_closed_is_made_anew, a_stuck_printer_is_reported_and_a_stop_ends_the_sending,
                   what_waits_in_this_machine_only_is_not_yet_taken));
}
