/* Tests of the ticket document and its stored form. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "data/text.h"
#include "printer/ticket.h"

static struct arena *arena;
static void set_up(void) {
    arena = arena_open();
}
static void tear_down(void) {
    arena_close(arena);
}

static struct ticket *reread(const struct ticket *t) {
    struct ticket *again;
    struct error e;
    ck_assert_msg(ticket_from_json(ticket_to_json(t, arena), arena, &again, &e), "%s", e.message);
    return again;
}

START_TEST(ticket_is_stored_as_plain_json) {
    struct ticket *t = ticket_new(arena);
    ticket_text(t, (struct ticket_style){.width = 2, .height = 2, .bold = true, .align = TICKET_CENTER}, "MESA %d", 12);
    ticket_pair(t, (struct ticket_style){.hang = 3}, "2  Posta", "$ 52.000");
    ticket_rule(t);
    ticket_feed(t, 3);
    ticket_qr(t, "a\nb");
    ticket_cut(t);
    ticket_drawer(t, 2);
    ticket_buzzer(t, 2);
    ticket_barcode(t, "INT\n1024");
    ticket_logo(t);
    ck_assert_str_eq(
        ticket_to_json(t, arena),
        "{\"blocks\":[{\"kind\":\"text\",\"text\":\"MESA 12\",\"width\":2,\"height\":2,\"bold\":true,\"align\":\"center\"},"
        "{\"kind\":\"pair\",\"left\":\"2  Posta\",\"right\":\"$ 52.000\",\"hang\":3},{\"kind\":\"rule\"},"
        "{\"kind\":\"feed\",\"count\":3},{\"kind\":\"qr\",\"lines\":[{\"text\":\"a\"},{\"text\":\"b\"}]},{\"kind\":\"cut\"},"
        "{\"kind\":\"drawer\",\"count\":2},{\"kind\":\"buzzer\",\"count\":2},"
        "{\"kind\":\"barcode\",\"text\":\"INT 1024\"},{\"kind\":\"logo\"}]}");
}
END_TEST

START_TEST(ticket_read_back_is_the_same_ticket) {
    struct ticket *t = ticket_new(arena);
    struct ticket_style style = {
        .width = 3, .height = 4, .bold = true, .reverse = true, .underline = true, .indent = 5, .hang = 7};
    style.align = TICKET_RIGHT;
    ticket_text(t, style, "Carimañola “de la casa” – 5 €");
    ticket_qr(t, "NumFac: 1\n\nNit: 2");
    ticket_cut(t);
    t->blocks[2].count = 1;
    ticket_barcode(t, "A{1");
    ticket_logo(t);
    struct ticket *again = reread(t);
    ck_assert_uint_eq(again->count, 5);
    ck_assert_int_eq(again->blocks[3].kind, TICKET_BARCODE);
    ck_assert_str_eq(again->blocks[3].text, "A{1");
    ck_assert_int_eq(again->blocks[4].kind, TICKET_LOGO);
    ck_assert_str_eq(again->blocks[0].text, "Carimañola “de la casa” – 5 €");
    struct ticket_style s = again->blocks[0].style;
    ck_assert(s.width == 3 && s.height == 4 && s.bold && s.reverse && s.underline && s.indent == 5 && s.hang == 7);
    ck_assert_int_eq(s.align, TICKET_RIGHT);
    ck_assert_str_eq(again->blocks[1].text, "NumFac: 1\n\nNit: 2");
    ck_assert_int_eq(again->blocks[1].count, 6);
    ck_assert_int_eq(again->blocks[2].count, 1);
    ck_assert_str_eq(ticket_to_json(again, arena), ticket_to_json(t, arena));
}
END_TEST

START_TEST(ticket_newline_begins_a_new_block) {
    struct ticket *t = ticket_new(arena);
    ticket_text(t, (struct ticket_style){.bold = true}, "uno\n\ndos");
    ck_assert_uint_eq(t->count, 3);
    ck_assert_str_eq(t->blocks[0].text, "uno");
    ck_assert_str_eq(t->blocks[1].text, "");
    ck_assert_str_eq(t->blocks[2].text, "dos");
    ck_assert(t->blocks[2].style.bold);
    ck_assert_uint_eq(reread(t)->count, 3);
}
END_TEST

START_TEST(ticket_holds_no_control_character_and_no_broken_utf8) {
    struct ticket *t = ticket_new(arena);
    ticket_text(t, (struct ticket_style){0},
                "a\x1b@b\tc\x7f"
                "d\xC2\x85"
                "e");
    ticket_text(t, (struct ticket_style){0}, "caf\xE9 \xF0\x9F\x8C.");
    ticket_pair(t, (struct ticket_style){0}, "l\nm", "\x1dV");
    ticket_qr(t, "x\xFFy");
    ck_assert_str_eq(t->blocks[0].text, "a @b c d e");
    ck_assert_str_eq(t->blocks[1].text, "caf\xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD.");
    ck_assert_str_eq(t->blocks[2].text, "l m");
    ck_assert_str_eq(t->blocks[2].right, " V");
    ck_assert_str_eq(reread(t)->blocks[3].text, "x\xEF\xBF\xBDy");
}
END_TEST

START_TEST(ticket_sizes_are_brought_within_bounds) {
    struct ticket *t = ticket_new(arena);
    ticket_text(t, (struct ticket_style){.width = 9, .indent = 200, .hang = 200}, "x");
    ticket_feed(t, 1000);
    ticket_feed(t, 0);
    ticket_drawer(t, 7);
    ck_assert_uint_eq(t->count, 3);
    ck_assert_uint_eq(t->blocks[0].style.width, 4);
    ck_assert_uint_eq(t->blocks[0].style.height, 1);
    ck_assert_uint_eq(t->blocks[0].style.indent, 40);
    ck_assert_uint_eq(t->blocks[0].style.hang, 40);
    ck_assert_int_eq(t->blocks[1].count, 255);
    ck_assert_int_eq(t->blocks[2].count, 2);
    reread(t);
}
END_TEST

static const struct {
    const char *json, *code, *field;
} bad[] = {
    {"", "bad_json", ""},
    {"{\"blocks\":[", "bad_json", ""},
    {"{}", "invalid_field", "blocks"},
    {"{\"blocks\":{}}", "invalid_field", "blocks"},
    {"{\"blocks\":[{}]}", "invalid_field", "blocks[0].kind"},
    {"{\"blocks\":[{\"kind\":\"picture\"}]}", "invalid_field", "blocks[0].kind"},
    {"{\"blocks\":[{\"kind\":\"rule\",\"text\":\"x\"}]}", "invalid_field", "blocks[0].text"},
    {"{\"blocks\":[{\"kind\":\"text\",\"text\":7}]}", "invalid_field", "blocks[0].text"},
    {"{\"blocks\":[{\"kind\":\"text\",\"text\":\"\\u001b@\"}]}", "invalid_field", "blocks[0].text"},
    {"{\"blocks\":[{\"kind\":\"text\",\"text\":\"x\",\"width\":5}]}", "invalid_field", "blocks[0].width"},
    {"{\"blocks\":[{\"kind\":\"text\",\"text\":\"x\",\"align\":\"middle\"}]}", "invalid_field", "blocks[0].align"},
    {"{\"blocks\":[{\"kind\":\"rule\"},{\"kind\":\"feed\",\"count\":256}]}", "invalid_field", "blocks[1].count"},
    {"{\"blocks\":[{\"kind\":\"drawer\",\"count\":3}]}", "invalid_field", "blocks[0].count"},
    {"{\"blocks\":[{\"kind\":\"logo\",\"text\":\"x\"}]}", "invalid_field", "blocks[0].text"},
    {"{\"blocks\":[{\"kind\":\"barcode\",\"count\":3}]}", "invalid_field", "blocks[0].count"},
    {"{\"blocks\":[{\"kind\":\"qr\"}]}", "invalid_field", "blocks[0].lines"},
    {"{\"blocks\":[],\"more\":1}", "invalid_field", "more"},
};

START_TEST(ticket_that_is_not_one_is_refused_with_its_path) {
    struct ticket *t = NULL;
    struct error e = {0};
    ck_assert(!ticket_from_json(bad[_i].json, arena, &t, &e));
    ck_assert_int_eq(e.kind, ERROR_INVALID);
    ck_assert_str_eq(e.code, bad[_i].code);
    ck_assert_str_eq(e.field, bad[_i].field);
    ck_assert_msg(strncmp(e.message, "ticket: ", 8) == 0, "%s", e.message);
    ck_assert_ptr_null(t);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("printer_ticket");
    TCase *c = tcase_create("ticket");
    tcase_add_checked_fixture(c, set_up, tear_down);
    tcase_add_test(c, ticket_is_stored_as_plain_json);
    tcase_add_test(c, ticket_read_back_is_the_same_ticket);
    tcase_add_test(c, ticket_newline_begins_a_new_block);
    tcase_add_test(c, ticket_holds_no_control_character_and_no_broken_utf8);
    tcase_add_test(c, ticket_sizes_are_brought_within_bounds);
    tcase_add_loop_test(c, ticket_that_is_not_one_is_refused_with_its_path, 0, (int)(sizeof bad / sizeof bad[0]));
    suite_add_tcase(suite, c);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
