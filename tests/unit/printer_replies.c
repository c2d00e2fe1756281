/* Replies of printers: the four kinds told apart, broken off and mixed, and what their bits mean. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "printer/replies.h"
#include "tests/support/data_suite.h"

/* The replies in a stream as letters: r(eal-time) a(utomatic) o(rdered) p(rocess ID) b(lock). */
static const char *kinds(const uint8_t *bytes, size_t n, char out[64]) {
    static const char letters[] = "raopb";
    struct reply_parser p = {0};
    struct reply r;
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (reply_next(&p, bytes[i], &r)) out[count++] = letters[r.kind];
    out[count] = '\0';
    return out;
}
#define KINDS(...) kinds((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}), (char[64]){0})

START_TEST(each_kind_is_known_by_its_bits) {
    ck_assert_str_eq(KINDS(0x12), "r");
    ck_assert_str_eq(KINDS(0x16), "r"); /* drawer open */
    ck_assert_str_eq(KINDS(0x1A), "r"); /* offline */
    ck_assert_str_eq(KINDS(0x7E), "r"); /* all bits that may be set */
    ck_assert_str_eq(KINDS(0x10, 0x00, 0x00, 0x00), "a");
    ck_assert_str_eq(KINDS(0x3C, 0x6F, 0x6F, 0x6F), "a");
    ck_assert_str_eq(KINDS(0x00), "o");
    ck_assert_str_eq(KINDS(0x0C), "o");
    ck_assert_str_eq(KINDS(0x37, 0x22, '0', '1', '4', '7', 0x00), "p");
    ck_assert_str_eq(KINDS(0x37, 0x25, 0x00), "b"); /* DLE DC4 function 8 cleared the buffer */
    ck_assert_str_eq(KINDS(0x37, 0x20, 'T', 'M', 0x00), "b");
}
END_TEST

START_TEST(a_process_id_keeps_its_four_characters) {
    static const uint8_t stream[] = {0x37, 0x22, ' ', '~', '7', '"', 0x00};
    struct reply_parser p = {0};
    struct reply r;
    for (size_t i = 0; i < 6; i++) ck_assert(!reply_next(&p, stream[i], &r));
    ck_assert(reply_next(&p, stream[6], &r));
    ck_assert_int_eq(r.kind, REPLY_PROCESS_ID);
    ck_assert_mem_eq(r.bytes, " ~7\"", 4);
}
END_TEST

START_TEST(replies_follow_each_other_without_a_gap) {
    ck_assert_str_eq(KINDS(0x12, 0x37, 0x22, 'A', 'B', 'C', 'D', 0x00, 0x10, 0x00, 0x00, 0x00, 0x00, 0x12, 0x37, 0x22, 'A', 'B',
                           'C', 'E', 0x00),
                     "rpaorp");
}
END_TEST

START_TEST(a_realtime_answer_may_cut_into_an_automatic_status) {
    ck_assert_str_eq(KINDS(0x14, 0x00, 0x12, 0x00, 0x0F), "ra");
    struct reply_parser p = {0};
    struct reply r;
    ck_assert(!reply_next(&p, 0x14, &r));
    ck_assert(!reply_next(&p, 0x04, &r));
    ck_assert(reply_next(&p, 0x12, &r));
    ck_assert(!reply_next(&p, 0x0C, &r));
    ck_assert(reply_next(&p, 0x0F, &r));
    const uint8_t whole[4] = {0x14, 0x04, 0x0C, 0x0F};
    ck_assert_mem_eq(r.bytes, whole, 4);
}
END_TEST

START_TEST(a_realtime_answer_may_cut_into_a_process_id) {
    ck_assert_str_eq(KINDS(0x37, 0x22, 'A', 0x12, 'B', 'C', 'D', 0x00), "rp");
}
END_TEST

START_TEST(a_broken_process_id_is_dropped_and_the_next_one_is_read) {
    ck_assert_str_eq(KINDS(0x37, 0x22, 'A', 'B', 0x00), "o");                 /* two characters: no ID; 00h is a status */
    ck_assert_str_eq(KINDS(0x37, 0x22, 'A', 'B', 'C', 'D', 'E', 0x00), "oo"); /* five: 'E' and 00h are read afresh */
    ck_assert_str_eq(KINDS(0x37, 0x22, 'A', 0x1F, 0x37, 0x22, 'A', 'B', 'C', 'D', 0x00), "p"); /* noise inside */
    /* 37h and 22h are also the characters 7 and ": an ID cut short takes the next one with it, and the spooler asks again. */
    ck_assert_str_eq(KINDS(0x37, 0x22, 'A', 0x37, 0x22, 'A', 'B', 'C', 'D', 0x00, 0x37, 0x22, 'A', 'B', 'C', 'D', 0x00), "oooop");
}
END_TEST

START_TEST(an_automatic_status_broken_off_gives_way_to_what_follows) {
    ck_assert_str_eq(KINDS(0x14, 0x00, 0x14, 0x00, 0x00, 0x0F), "a");
    ck_assert_str_eq(KINDS(0x14, 0x00, 0x37, 0x22, 'A', 'B', 'C', 'D', 0x00), "p");
}
END_TEST

START_TEST(noise_is_dropped) {
    ck_assert_str_eq(KINDS(0x11, 0x13, 0xFF, 0x80, 0x92, 0x1F), ""); /* XON, XOFF, bytes with the highest bit */
    ck_assert_str_eq(KINDS(0xFF, 0x12), "r");
}
END_TEST

START_TEST(an_endless_block_ends_and_reading_goes_on) {
    uint8_t stream[300];
    memset(stream, 0x1F, sizeof stream); /* noise on its own */
    stream[0] = 0x37;
    stream[1] = 0x21;
    stream[298] = 0x12;
    stream[299] = 0x12;
    struct reply_parser p = {0};
    struct reply r;
    size_t n = 0;
    for (size_t i = 0; i < sizeof stream; i++) n += reply_next(&p, stream[i], &r);
    ck_assert_uint_eq(n, 2);
}
END_TEST

START_TEST(any_bytes_whatever_are_survived) {
    struct reply_inbox in = {0};
    uint32_t x = 0x2545F491;
    for (int i = 0; i < 200000; i++) {
        x ^= x << 13, x ^= x >> 17, x ^= x << 5;
        const uint8_t byte = (uint8_t)(x >> 11);
        reply_collect(&in, &byte, 1);
        ck_assert_uint_lt(in.parser.count, REPLY_BLOCK_MAX + 1);
    }
    reply_collect(&in, (const uint8_t[]){0xFF, 0x37, 0x22, 0xFF, 0x37, 0x22, 'l', 'a', 's', 't', 0x00}, 11);
    ck_assert(reply_take_id(&in, "last"));
}
END_TEST

START_TEST(an_id_is_taken_once_and_only_the_newest_counts) {
    struct reply_inbox in = {0};
    reply_collect(&in, (const uint8_t[]){0x37, 0x22, '0', '0', '0', '1', 0, 0x37, 0x22, '0', '0', '0', '2', 0}, 14);
    ck_assert(!reply_take_id(&in, "0001"));
    ck_assert(reply_take_id(&in, "0002"));
    ck_assert(!reply_take_id(&in, "0002"));
}
END_TEST

START_TEST(ordered_statuses_have_no_names_and_are_counted) {
    struct reply_inbox in = {0};
    reply_collect(&in, (const uint8_t[]){0x00, 0x12, 0x0C, 0x14, 0x00, 0x00, 0x0F}, 7); /* a status between, and an automatic one */
    ck_assert(reply_take_ordered(&in));
    ck_assert(reply_take_ordered(&in));
    ck_assert(!reply_take_ordered(&in));
}
END_TEST

static struct transport_status realtime(int n, uint8_t byte) {
    struct reply_heard h = {0};
    reply_realtime(&h, 1, 0x1A);
    reply_realtime(&h, n, byte);
    return reply_verdict(&h);
}

START_TEST(nothing_heard_is_ready_but_not_known_to_be) {
    const struct reply_heard h = {0};
    ck_assert(!reply_verdict(&h).known);
    ck_assert_int_eq(reply_verdict(&h).state, TRANSPORT_READY);
    ck_assert_int_eq(reply_verdict(&h).cause, CAUSE_NONE);
    ck_assert_str_eq(reply_verdict(&h).reason, "");
}
END_TEST

START_TEST(a_healthy_answer_is_known_and_without_a_cause) {
    struct reply_heard h = {0};
    reply_realtime(&h, 1, 0x12);
    ck_assert(reply_verdict(&h).known);
    ck_assert_int_eq(reply_verdict(&h).state, TRANSPORT_READY);
    ck_assert_int_eq(reply_verdict(&h).cause, CAUSE_NONE);
    ck_assert_str_eq(reply_verdict(&h).reason, "");
}
END_TEST

START_TEST(paper_near_its_end_still_prints) {
    struct reply_heard h = {0};
    reply_realtime(&h, 1, 0x12);
    reply_realtime(&h, 4, 0x1E);
    ck_assert_int_eq(reply_verdict(&h).state, TRANSPORT_READY);
    ck_assert_int_eq(reply_verdict(&h).cause, CAUSE_PAPER_LOW);
    ck_assert_str_eq(reply_verdict(&h).reason, "the paper is near its end; have a new roll at hand");
}
END_TEST

START_TEST(status_bits_become_states_and_causes) {
    static const struct {
        int n;
        uint8_t byte;
        enum transport_state state;
        const char *cause, *reason;
    } cases[] = {
        {1, 0x1A, TRANSPORT_OFFLINE, "offline", "the printer is offline; look at its lamps and its online button"},
        {2, 0x16, TRANSPORT_COVER_OPEN, "cover_open", "the cover is open; close it"},
        {2, 0x1A, TRANSPORT_OFFLINE, "feeding", "the feed button is pressed; let it go"},
        {2, 0x32, TRANSPORT_PAPER_OUT, "paper_out", "the paper has ended; put a new roll in"},
        {2, 0x52, TRANSPORT_FAULT, "mechanical", "the printer reports an error; look for jammed paper"},
        {3, 0x16, TRANSPORT_FAULT, "mechanical", "the printer reports an error; look for jammed paper"},
        {3, 0x1A, TRANSPORT_FAULT, "cutter",
         "the paper cutter is jammed; switch the printer off, clear the cutter, switch it on"},
        {3, 0x32, TRANSPORT_FAULT, "service",
         "the printer reports a fault that needs service; switch it off and on once, then call for help"},
        {3, 0x52, TRANSPORT_OFFLINE, "hot", "the print head is too hot; wait, it goes on by itself"}, /* it recovers */
        {4, 0x72, TRANSPORT_PAPER_OUT, "paper_out", "the paper has ended; put a new roll in"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct transport_status s = realtime(cases[i].n, cases[i].byte);
        ck_assert_int_eq(s.state, cases[i].state);
        ck_assert_str_eq(transport_cause_names[s.cause], cases[i].cause);
        ck_assert_str_eq(s.reason, cases[i].reason);
    }
}
END_TEST

START_TEST(the_worst_of_several_causes_is_told) {
    struct reply_heard h = {0};
    reply_realtime(&h, 1, 0x1A);
    reply_realtime(&h, 4, 0x7E); /* near its end, and at it */
    ck_assert_int_eq(reply_verdict(&h).cause, CAUSE_PAPER_OUT);
    reply_realtime(&h, 3, 0x1A);
    ck_assert_int_eq(reply_verdict(&h).cause, CAUSE_PAPER_OUT); /* the cutter comes after */
    reply_realtime(&h, 2, 0x36);
    ck_assert_int_eq(reply_verdict(&h).cause, CAUSE_COVER_OPEN); /* an open cover looks like an end of paper, too */
    reply_realtime(&h, 3, 0x32);
    ck_assert_int_eq(reply_verdict(&h).cause, CAUSE_SERVICE);
}
END_TEST

START_TEST(automatic_status_bits_become_states_and_causes) {
    static const struct {
        uint8_t bytes[4];
        enum transport_state state;
        const char *cause;
    } cases[] = {
        {{0x14, 0x00, 0x00, 0x0F}, TRANSPORT_READY, "none"},
        {{0x1C, 0x00, 0x00, 0x0F}, TRANSPORT_OFFLINE, "offline"},
        {{0x3C, 0x00, 0x00, 0x0F}, TRANSPORT_COVER_OPEN, "cover_open"},
        {{0x5C, 0x00, 0x00, 0x0F}, TRANSPORT_OFFLINE, "feeding"},
        {{0x1C, 0x00, 0x0C, 0x0F}, TRANSPORT_PAPER_OUT, "paper_out"},
        {{0x1C, 0x04, 0x00, 0x0F}, TRANSPORT_FAULT, "mechanical"},
        {{0x1C, 0x08, 0x00, 0x0F}, TRANSPORT_FAULT, "cutter"},
        {{0x1C, 0x20, 0x00, 0x0F}, TRANSPORT_FAULT, "service"},
        {{0x1C, 0x40, 0x00, 0x0F}, TRANSPORT_OFFLINE, "hot"},
        {{0x14, 0x00, 0x03, 0x0F}, TRANSPORT_READY, "paper_low"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reply_heard h = {0};
        reply_automatic(&h, cases[i].bytes);
        ck_assert_int_eq(reply_verdict(&h).state, cases[i].state);
        ck_assert_str_eq(transport_cause_names[reply_verdict(&h).cause], cases[i].cause);
        ck_assert(reply_verdict(&h).known);
    }
}
END_TEST

START_TEST(a_failure_has_its_cause_by_its_code) {
    static const struct site_printer usb = {.slug = "cocina", .transport = TRANSPORT_USB},
                                     tcp = {.slug = "barra", .transport = TRANSPORT_TCP};
    static const struct {
        const struct site_printer *printer;
        const char *code;
        enum transport_state state;
        const char *cause;
    } cases[] = {
        {&usb, "printer_denied", TRANSPORT_DENIED, "denied"},
        {&usb, "printer_busy", TRANSPORT_DENIED, "busy"},
        {&usb, "printer_unplugged", TRANSPORT_UNPLUGGED, "unplugged"},
        {&usb, "printer_unreachable", TRANSPORT_UNPLUGGED, "unplugged"},
        {&tcp, "printer_unreachable", TRANSPORT_OFFLINE, "unreachable"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error e;
        (void)error_fail(&e, ERROR_IO, cases[i].code, "printer x: what it is; what to do");
        const struct transport_status s = transport_failed(cases[i].printer, &e);
        ck_assert_int_eq(s.state, cases[i].state);
        ck_assert_str_eq(transport_cause_names[s.cause], cases[i].cause);
        ck_assert_str_eq(s.reason, "printer x: what it is; what to do");
        ck_assert(!s.known);
    }
}
END_TEST

struct asked {
    int n[8], count, silent_from;
    uint8_t answers[5];
};
static bool answer(void *self, int n, uint8_t *out, bool *got, struct error *e) {
    struct asked *a = self;
    (void)e;
    a->n[a->count++] = n;
    *out = a->answers[n];
    *got = !a->silent_from || a->count < a->silent_from;
    return true;
}

START_TEST(a_healthy_printer_is_asked_two_questions_and_a_sick_one_four) {
    struct error e;
    struct reply_heard h = {0};
    struct asked well = {.answers = {0, 0x12, 0x12, 0x12, 0x12}};
    ck_assert(reply_interview(answer, &well, &h, &e));
    ck_assert_int_eq(well.count, 2);
    struct asked sick = {.answers = {0, 0x1A, 0x16, 0x12, 0x12}};
    ck_assert(reply_interview(answer, &sick, &h, &e));
    ck_assert_int_eq(sick.count, 4);
    ck_assert_int_eq(reply_verdict(&h).state, TRANSPORT_COVER_OPEN);
}
END_TEST

START_TEST(a_printer_that_does_not_answer_is_not_asked_on) {
    struct error e;
    struct reply_heard h = {0};
    struct asked mute = {.silent_from = 1};
    ck_assert(reply_interview(answer, &mute, &h, &e));
    ck_assert_int_eq(mute.count, 1);
    ck_assert(!h.any);
}
END_TEST

int main(void) {
    return data_suite_run(
        "printer_replies", NULL, NULL,
        DATA_TESTS(each_kind_is_known_by_its_bits, a_process_id_keeps_its_four_characters,
                   replies_follow_each_other_without_a_gap, a_realtime_answer_may_cut_into_an_automatic_status,
                   a_realtime_answer_may_cut_into_a_process_id, a_broken_process_id_is_dropped_and_the_next_one_is_read,
                   an_automatic_status_broken_off_gives_way_to_what_follows, noise_is_dropped,
                   an_endless_block_ends_and_reading_goes_on, any_bytes_whatever_are_survived,
                   an_id_is_taken_once_and_only_the_newest_counts,
                   ordered_statuses_have_no_names_and_are_counted, nothing_heard_is_ready_but_not_known_to_be,
                   a_healthy_answer_is_known_and_without_a_cause, paper_near_its_end_still_prints,
                   status_bits_become_states_and_causes, the_worst_of_several_causes_is_told,
                   automatic_status_bits_become_states_and_causes, a_failure_has_its_cause_by_its_code,
                   a_healthy_printer_is_asked_two_questions_and_a_sick_one_four, a_printer_that_does_not_answer_is_not_asked_on));
}
