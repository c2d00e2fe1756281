/* Tests of the ESC/POS encoder: exact bytes, code pages, wrapping, marks, and that no character is ever lost. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "data/text.h"
#include "printer/escpos.h"
#include "printer/paper.h"
#include "printer/wrap.h"
#include "tests/support/printer_golden.h"

static struct arena *arena;
static void set_up(void) {
    arena = arena_open();
}
static void tear_down(void) {
    arena_close(arena);
}

static const struct ticket_style normal;
static const struct ticket_marks unmarked;

static struct bytes encode(const struct ticket *t, const char *profile, struct ticket_marks marks) {
    struct bytes out;
    struct error e;
    ck_assert_msg(escpos_encode(t, golden_profile(arena, profile), &marks, arena, &out, &e), "%s", e.message);
    return out;
}

/* The preamble of generic-80, which everything below but its own test begins with. */
#define PREAMBLE 0x1B, '@', 0x1C, '.', 0x1B, 't', 19
#define ASSERT_BYTES(made, ...)                                                                                                  \
    do {                                                                                                                         \
        const uint8_t wanted_[] = {__VA_ARGS__};                                                                                 \
        struct bytes made_ = (made);                                                                                             \
        ck_assert_uint_eq(made_.size, sizeof wanted_);                                                                           \
        ck_assert_mem_eq(made_.at, wanted_, sizeof wanted_);                                                                     \
    } while (0)

static const uint8_t *find(struct bytes in, const void *what, size_t size) {
    return memmem(in.at, in.size, what, size);
}

static const char *text_on_paper(const struct ticket *t, const char *profile, struct ticket_marks marks) {
    struct paper *paper;
    struct error e;
    ck_assert_msg(paper_read(encode(t, profile, marks), golden_profile(arena, profile), arena, &paper, &e), "%s", e.message);
    ck_assert_int_eq(paper->unknown, 0);
    return paper_text(paper, arena);
}

static struct ticket *with_text(struct ticket_style style, const char *text) {
    struct ticket *t = ticket_new(arena);
    ticket_text(t, style, "%s", text);
    return t;
}

/* ---- preamble, styles, single commands ---- */

START_TEST(escpos_preamble_resets_leaves_double_byte_mode_and_sets_the_page) {
    ASSERT_BYTES(encode(ticket_new(arena), "generic-80", unmarked), 0x1B, 0x40, 0x1C, 0x2E, 0x1B, 0x74, 0x13);
    ASSERT_BYTES(encode(ticket_new(arena), "epson-tm-t20iii", unmarked), 0x1B, 0x40, 0x1C, 0x2E, 0x1B, 0x74, 0x10, 0x1D, 0x61,
                 0x0E);
}
END_TEST

START_TEST(escpos_sends_each_style_once_and_takes_it_back) {
    struct ticket *t = with_text((struct ticket_style){.width = 2, .height = 3}, "A");
    ticket_text(t, (struct ticket_style){.width = 2, .height = 3, .bold = true}, "B");
    ticket_text(t, (struct ticket_style){.underline = true}, "C");
    ticket_text(t, normal, "D");
    ASSERT_BYTES(encode(t, "generic-80", unmarked), PREAMBLE, 0x1D, '!', 0x12, 'A', 10, 0x1B, 'E', 1, 'B', 10, 0x1D, '!', 0, 0x1B,
                 'E', 0, 0x1B, '-', 1, 'C', 10, 0x1B, '-', 0, 'D', 10);
}
END_TEST

START_TEST(escpos_reversed_text_has_a_space_at_either_end_and_its_indent_stays_white) {
    struct ticket *t = with_text((struct ticket_style){.reverse = true, .indent = 2}, "X");
    ASSERT_BYTES(encode(t, "generic-80", unmarked), PREAMBLE, ' ', ' ', 0x1D, 'B', 1, ' ', 'X', ' ', 10);
}
END_TEST

START_TEST(escpos_centred_reversed_text_is_a_bar_over_the_whole_line) {
    struct ticket *t = with_text((struct ticket_style){.width = 2, .reverse = true, .align = TICKET_CENTER}, "MESA 12");
    ck_assert_str_eq(text_on_paper(t, "generic-58", unmarked), "▓▓▓ MESA 12 ▓▓▓▓\n"); /* 16 characters of double width */
    ck_assert_ptr_null(find(encode(t, "generic-58", unmarked), "\x1B\x61", 2));
}
END_TEST

START_TEST(escpos_alignment_is_the_printers_own) {
    struct ticket *t = with_text((struct ticket_style){.align = TICKET_CENTER}, "A");
    ticket_text(t, (struct ticket_style){.align = TICKET_RIGHT}, "B");
    ticket_text(t, normal, "C");
    ASSERT_BYTES(encode(t, "generic-80", unmarked), PREAMBLE, 0x1B, 'a', 1, 'A', 10, 0x1B, 'a', 2, 'B', 10, 0x1B, 'a', 0, 'C',
                 10);
}
END_TEST

START_TEST(escpos_feed_cut_drawer_and_buzzer_bytes) {
    struct ticket *t = ticket_new(arena);
    ticket_feed(t, 3);
    ticket_drawer(t, 1);
    ticket_drawer(t, 2);
    ticket_buzzer(t, 2);
    ticket_cut(t);
    ticket_cut(t);
    t->blocks[5].count = 1; /* full */
    ASSERT_BYTES(encode(t, "rongta-rp80", unmarked), PREAMBLE, 0x1D, 'a', 0x0E, 0x1B, 'd', 3, 0x1B, 'p', 0, 0x19, 0xFA, 0x1B, 'p',
                 1, 0x19, 0xFA, 0x1B, 'B', 2, 3, 0x1D, 'V', 66, 0, 0x1D, 'V', 66, 0);
    /* No cutter: past the tear bar instead. No buzzer: silence. */
    ASSERT_BYTES(encode(t, "pos-58", unmarked), PREAMBLE, 0x1B, 'd', 3, 0x1B, 'p', 0, 0x19, 0xFA, 0x1B, 'p', 1, 0x19, 0xFA, 0x1B,
                 'd', 4, 0x1B, 'd', 4);
}
END_TEST

START_TEST(escpos_cut_is_of_the_kind_that_the_cutter_has) {
    struct ticket *t = ticket_new(arena);
    ticket_cut(t);
    ticket_cut(t);
    t->blocks[1].count = 1; /* full */
    static const struct {
        enum printer_cut cut;
        uint8_t partial, full;
    } cases[] = {{CUT_PARTIAL, 66, 66}, {CUT_FULL, 65, 65}, {CUT_BOTH, 66, 65}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct printer_profile p = *golden_profile(arena, "generic-80");
        struct bytes out;
        struct error e;
        p.cut = cases[i].cut;
        p.cut_feed = 12;
        ck_assert(escpos_encode(t, &p, &unmarked, arena, &out, &e));
        ASSERT_BYTES(out, PREAMBLE, 0x1D, 'V', cases[i].partial, 12, 0x1D, 'V', cases[i].full, 12);
    }
}
END_TEST

/* Epson, ESC ( A, function 97 of the TM-T88V and TM-T20: pL pH = 3, the pattern (1: A), how often. */
START_TEST(escpos_epson_buzzer_is_function_97) {
    struct ticket *t = ticket_new(arena);
    ticket_buzzer(t, 2);
    ASSERT_BYTES(encode(t, "epson-tm-t20iii", unmarked), 0x1B, '@', 0x1C, '.', 0x1B, 't', 16, 0x1D, 'a', 0x0E, 0x1B, '(', 'A', 3,
                 0, 97, 1, 2);
    ck_assert_str_eq(text_on_paper(t, "epson-tm-t20iii", unmarked), "");
    ck_assert_uint_eq(encode(t, "epson-tm-u220", unmarked).size, encode(ticket_new(arena), "epson-tm-u220", unmarked).size);
}
END_TEST

/* Whatever page the characters would be found in, each page is shown by its own bytes. */
START_TEST(escpos_chart_shows_each_page_of_the_profile_by_its_bytes) {
    struct ticket *t = ticket_new(arena);
    ticket_chart(t);
    const char *text = text_on_paper(t, "epson-tm-t88v", unmarked); /* 42 columns: a space before each */
    ck_assert_ptr_nonnull(strstr(text, "WPC1252 · ESC t 16\n"
                                       "áéíóúüñ ÁÉÍÓÚÜÑ ¿? ¡! « » ° $\n"
                                       "  0 1 2 3 4 5 6 7 8 9 A B C D E F\n"
                                       "8 €   ‚ ƒ „ … † ‡ ˆ ‰ Š ‹ Œ   Ž\n"));
    ck_assert_ptr_nonnull(strstr(text, "\nPC858 · ESC t 19\n"));
    ck_assert_ptr_nonnull(strstr(text, "\n8 Ç ü é â ä à å ç ê ë è ï î ì Ä Å\n"));
    ck_assert_ptr_nonnull(strstr(text, "\nPC850 · ESC t 2\n"));
    text = text_on_paper(t, "generic-58", unmarked); /* 32 columns: none */
    ck_assert_ptr_nonnull(strstr(text, "  0123456789ABCDEF\n8 ÇüéâäàåçêëèïîìÄÅ\n"));
    ck_assert_ptr_nonnull(
        find(encode(t, "generic-58", unmarked), "\n8 \x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8A\x8B\x8C\x8D\x8E\x8F\n", 20));
}
END_TEST

START_TEST(escpos_process_id_is_function_48) {
    uint8_t out[ESCPOS_PROCESS_ID_SIZE];
    escpos_process_id("0A~ ", out);
    ASSERT_BYTES(((struct bytes){out, sizeof out}), 0x1D, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, '0', 'A', '~', ' ');
}
END_TEST

START_TEST(escpos_rule_is_as_wide_as_the_paper) {
    struct ticket *t = ticket_new(arena);
    ticket_rule(t);
    ck_assert_str_eq(text_on_paper(t, "generic-58", unmarked), "--------------------------------\n");
    ck_assert_str_eq(text_on_paper(t, "epson-tm-t88v", unmarked), "------------------------------------------\n");
}
END_TEST

START_TEST(escpos_refuses_a_profile_without_code_pages) {
    struct printer_profile p = *golden_profile(arena, "generic-80");
    struct bytes out;
    struct error e = {0};
    p.tables = NULL;
    ck_assert(!escpos_encode(ticket_new(arena), &p, &unmarked, arena, &out, &e));
    ck_assert_str_eq(e.code, "bad_profile");
}
END_TEST

/* ---- characters ---- */

START_TEST(escpos_spanish_goes_in_the_bytes_of_the_page) {
    struct ticket *t = with_text(normal, "áéíóúüñÑ¿¡");
    ASSERT_BYTES(encode(t, "generic-80", unmarked), PREAMBLE, 0xA0, 0x82, 0xA1, 0xA2, 0xA3, 0x81, 0xA4, 0xA5, 0xA8, 0xAD, 10);
    ASSERT_BYTES(encode(t, "epson-tm-m30", unmarked), 0x1B, '@', 0x1C, '.', 0x1B, 't', 16, 0x1D, 'a', 0x0E, 0xE1, 0xE9, 0xED,
                 0xF3, 0xFA, 0xFC, 0xF1, 0xD1, 0xBF, 0xA1, 10);
}
END_TEST

START_TEST(escpos_changes_the_page_only_when_it_must) {
    struct ticket *t = with_text(normal, "é – é ½ ─");
    /* – is in WPC1252 alone, where é and ½ are too; ─ is in PC858 alone. */
    ASSERT_BYTES(encode(t, "generic-80", unmarked), PREAMBLE, 0x82, ' ', 0x1B, 't', 16, 0x96, ' ', 0xE9, ' ', 0xBD, ' ', 0x1B,
                 't', 19, 0xC4, 10);
}
END_TEST

START_TEST(escpos_takes_each_of_three_pages_for_what_it_alone_has) {
    struct ticket *t = with_text(normal, "é ı – é");
    /* é is in PC858, where it begins; ı in PC850 alone; – in WPC1252 alone, where é stays. */
    ASSERT_BYTES(encode(t, "pos-58", unmarked), PREAMBLE, 0x82, ' ', 0x1B, 't', 2, 0xD5, ' ', 0x1B, 't', 16, 0x96, ' ', 0xE9, 10);
    ck_assert_str_eq(text_on_paper(t, "pos-58", unmarked), "é ı – é\n");
}
END_TEST

START_TEST(escpos_euro_is_a_byte_where_a_page_has_it_and_eur_where_none_does) {
    struct ticket *t = with_text(normal, "5 €");
    ASSERT_BYTES(encode(t, "generic-80", unmarked), PREAMBLE, '5', ' ', 0xD5, 10);
    static const enum printer_codepage only_850[] = {CODEPAGE_PC850};
    struct printer_profile p = *golden_profile(arena, "pos-58");
    p.codepages = only_850;
    p.codepage_count = 1;
    struct bytes out;
    struct error e;
    ck_assert(escpos_encode(t, &p, &unmarked, arena, &out, &e));
    ASSERT_BYTES(out, 0x1B, '@', 0x1C, '.', 0x1B, 't', 2, '5', ' ', 'E', 'U', 'R', 10);
    ck_assert(escpos_encode(with_text(normal, "“a” – b…"), &p, &unmarked, arena, &out, &e));
    ASSERT_BYTES(out, 0x1B, '@', 0x1C, '.', 0x1B, 't', 2, '"', 'a', '"', ' ', '-', ' ', 'b', '.', '.', '.', 10);
}
END_TEST

START_TEST(escpos_letters_typed_in_two_parts_are_put_together) {
    struct ticket *t = with_text(normal, "n\xCC\x83 e\xCC\x81 U\xCC\x88"); /* ñ é Ü, decomposed */
    ASSERT_BYTES(encode(t, "generic-80", unmarked), PREAMBLE, 0xA4, ' ', 0x82, ' ', 0x9A, 10);
}
END_TEST

START_TEST(escpos_character_in_no_page_goes_as_dots_in_its_line) {
    struct bytes out = encode(with_text(normal, "așb"), "generic-80", unmarked);
    const size_t head = 7 + 1;
    ck_assert_uint_eq(out.size, head + 5 + 36 + 2);
    ck_assert_mem_eq(out.at + 7, "a\x1B*\x21\x0C\x00", 6);
    size_t black = 0;
    for (size_t i = 0; i < 36; i++) black += out.at[head + 5 + i] != 0;
    ck_assert_uint_ge(black, 6);
    ck_assert_mem_eq(out.at + head + 5 + 36, "b\n", 2);
}
END_TEST

START_TEST(escpos_dots_follow_width_and_reverse) {
    struct bytes out = encode(with_text((struct ticket_style){.width = 2, .reverse = true}, "Ω"), "generic-80", unmarked);
    const uint8_t *dots = find(out, "\x1B*\x21\x18\x00", 5); /* 24 columns */
    ck_assert_ptr_nonnull(dots);
    ck_assert_uint_eq(dots[5], 0xFF); /* the corner of a reversed cell is black */
    ck_assert_mem_eq(dots + 5 + 72, " \n", 2);
}
END_TEST

START_TEST(escpos_character_in_no_font_goes_as_its_number) {
    ck_assert_str_eq(text_on_paper(with_text(normal, "arroz 漢"), "generic-80", unmarked), "arroz [U+6F22]\n");
    ck_assert_str_eq(text_on_paper(with_text(normal, "\U0001F336\uFE0F"), "generic-80", unmarked), "[U+1F336]\n");
}
END_TEST

START_TEST(escpos_text_cannot_smuggle_commands) {
    struct ticket *t = with_text(normal, "x");
    t->blocks[0].text = "a\x1B@\x1Dp\x10\x14\x01\x7F\xC2\x9B"
                        "b\xFF";
    struct bytes out = encode(t, "generic-80", unmarked);
    ck_assert_mem_eq(out.at + 7, "a@pb", 4);
    for (size_t i = 7; i < 11; i++) ck_assert_uint_ge(out.at[i], 0x20);
}
END_TEST

/* ---- wrapping ---- */

#define DISH "Carimañolas de queso costeño con suero atollabuey y hogao"

START_TEST(escpos_wraps_at_words_with_a_hanging_indent) {
    struct ticket *t = with_text((struct ticket_style){.hang = 3}, DISH);
    ck_assert_str_eq(text_on_paper(t, "generic-80", unmarked), "Carimañolas de queso costeño con suero\n   atollabuey y hogao\n");
    ck_assert_str_eq(text_on_paper(t, "epson-tm-t88v", unmarked),
                     "Carimañolas de queso costeño con suero\n   atollabuey y hogao\n");
    ck_assert_str_eq(text_on_paper(t, "generic-58", unmarked), "Carimañolas de queso costeño con\n   suero atollabuey y hogao\n");
}
END_TEST

START_TEST(escpos_hanging_indent_takes_its_columns_from_the_line) {
    /* 32 columns, then 29: "aguacate y cebolla encurtida" is 28 and " si" would make it 31. Both spaces at the break go away. */
    struct ticket *t =
        with_text((struct ticket_style){.hang = 3}, "Doce empanadas con suero costeño  aguacate y cebolla encurtida si");
    ck_assert_str_eq(text_on_paper(t, "generic-58", unmarked),
                     "Doce empanadas con suero costeño\n   aguacate y cebolla encurtida\n   si\n");
    /* Beside "$ 52.000": 22 columns, then 19: "con arroz titoté y" is 18 and " no" would make it 21. */
    t = ticket_new(arena);
    ticket_pair(t, (struct ticket_style){.hang = 3}, "1  Posta cartagenera con arroz titoté y no", "$ 52.000");
    ck_assert_str_eq(text_on_paper(t, "generic-58", unmarked),
                     "1  Posta cartagenera    $ 52.000\n   con arroz titoté y\n   no\n");
}
END_TEST

START_TEST(escpos_wraps_wide_text_at_half_the_columns) {
    struct ticket *t = with_text((struct ticket_style){.width = 2, .height = 2, .hang = 4}, DISH);
    ck_assert_str_eq(text_on_paper(t, "generic-80", unmarked),
                     "Carimañolas de queso\n    costeño con suero\n    atollabuey y hogao\n");
    ck_assert_str_eq(text_on_paper(t, "epson-tm-t88v", unmarked),
                     "Carimañolas de queso\n    costeño con suero\n    atollabuey y hogao\n");
    ck_assert_str_eq(text_on_paper(t, "generic-58", unmarked),
                     "Carimañolas de\n    queso costeño\n    con suero\n    atollabuey y\n    hogao\n");
}
END_TEST

START_TEST(escpos_wraps_reversed_text_within_its_padding) {
    struct ticket *t = with_text((struct ticket_style){.reverse = true}, "uno dos tres cuatro cinco seis si"); /* 33 */
    ck_assert_str_eq(text_on_paper(t, "generic-58", unmarked), "▓uno dos tres cuatro cinco seis▓\n▓si▓\n");
}
END_TEST

START_TEST(escpos_cuts_a_word_longer_than_the_line) {
    struct ticket *t = with_text((struct ticket_style){.hang = 2}, "0123456789012345678901234567890123456789 fin");
    ck_assert_str_eq(text_on_paper(t, "generic-58", unmarked), "01234567890123456789012345678901\n  23456789 fin\n");
}
END_TEST

START_TEST(escpos_hard_space_does_not_break) {
    struct ticket *t = with_text(normal, "Total de la cuenta de mesa 12: $\u00A025.000");
    ck_assert_str_eq(text_on_paper(t, "generic-58", unmarked), "Total de la cuenta de mesa 12:\n$ 25.000\n");
}
END_TEST

START_TEST(escpos_empty_text_is_an_empty_line) {
    ck_assert_str_eq(text_on_paper(with_text(normal, ""), "generic-80", unmarked), "\n");
}
END_TEST

START_TEST(escpos_pair_keeps_the_amount_whole_beside_a_long_name) {
    struct ticket *t = ticket_new(arena);
    ticket_pair(t, (struct ticket_style){.hang = 3}, "1  Posta cartagenera con arroz titoté y ensalada de la casa", "$ 52.000");
    ck_assert_str_eq(text_on_paper(t, "generic-80", unmarked),
                     "1  Posta cartagenera con arroz titoté   $ 52.000\n   y ensalada de la casa\n");
    ck_assert_str_eq(text_on_paper(t, "generic-58", unmarked),
                     "1  Posta cartagenera    $ 52.000\n   con arroz titoté y\n   ensalada de la casa\n");
}
END_TEST

START_TEST(escpos_pair_that_does_not_fit_takes_two_lines) {
    struct ticket *t = ticket_new(arena);
    struct ticket_style wide = {.width = 2};
    ticket_pair(t, wide, "TOTAL", "$ 268.000"); /* 5 + 2 + 9 = 16: just fits */
    ticket_pair(t, wide, "TOTAL", "$ 1.268.000");
    ticket_pair(t, normal, "Autorización", "18764000001 del 2026-01-15 (INT1-INT5000)"); /* longer than the line */
    ck_assert_str_eq(text_on_paper(t, "generic-58", unmarked), "TOTAL  $ 268.000\n"
                                                               "TOTAL\n"
                                                               "          $ 1.268.000\n" /* 11 wide ones after 10 columns */
                                                               "Autorización\n"
                                                               "      18764000001 del 2026-01-15\n"
                                                               "                  (INT1-INT5000)\n");
}
END_TEST

START_TEST(wrap_loses_no_word_at_any_width) {
    struct glyph_setter set = {.profile = golden_profile(arena, "generic-80"), .arena = arena};
    const char *text = "  Dos  posta cartagenera, con arroz \nde coco y ensalada-de-la-casa supercalifragilística  ";
    struct glyphs g = glyph_set(&set, text);
    struct wrap_line *lines;
    size_t count = wrap_glyphs(g.at, g.count, _i, _i - 2, arena, &lines);
    size_t next = 0;
    for (size_t i = 0; i < count; i++) {
        for (; next < lines[i].from; next++) ck_assert(g.at[next].code == ' ' || g.at[next].code == '\n');
        ck_assert_uint_eq(lines[i].from, next);
        ck_assert_int_le(lines[i].columns, i == 0 ? _i : _i > 3 ? _i - 2 : 1);
        next += lines[i].count;
    }
    for (; next < g.count; next++) ck_assert_uint_eq(g.at[next].code, ' ');
}
END_TEST

/* ---- QR ---- */

START_TEST(escpos_native_qr_bytes) {
    struct ticket *t = ticket_new(arena);
    ticket_qr(t, "HOLA");
    struct bytes out = encode(t, "epson-tm-t20iii", unmarked);
    ASSERT_BYTES(((struct bytes){out.at + 10, out.size - 10}), 0x1B, 'a', 1, 0x1D, '(', 'k', 4, 0, '1', 65, '2', 0, 0x1D, '(',
                 'k', 3, 0, '1', 67, 6, 0x1D, '(', 'k', 3, 0, '1', 69, '1', 0x1D, '(', 'k', 7, 0, '1', 80, '0', 'H', 'O', 'L',
                 'A', 0x1D, '(', 'k', 3, 0, '1', 81, '0');
}
END_TEST

START_TEST(escpos_qr_without_native_support_is_a_raster_in_small_bands) {
    struct ticket *t = ticket_new(arena);
    ticket_qr(t, "HOLA"); /* version 1: 21 modules of 6 dots = 126 rows of 72 bytes */
    struct bytes out = encode(t, "generic-80", unmarked);
    ck_assert_uint_eq(out.size, 7 + 8 + 126 * 72);
    ck_assert_mem_eq(out.at + 7, "\x1Dv0\x00\x48\x00\x7E\x00", 8);
    char long_content[101]; /* 100 bytes of level M: version 6, 41 modules, 246 rows */
    memset(long_content, 'a', 100);
    long_content[100] = '\0';
    t = ticket_new(arena);
    ticket_qr(t, long_content);
    out = encode(t, "generic-80", unmarked);
    ck_assert_uint_eq(out.size, 7 + 8 + 128 * 72 + 8 + 118 * 72);
    ck_assert_mem_eq(out.at + 7, "\x1Dv0\x00\x48\x00\x80\x00", 8);
    ck_assert_mem_eq(out.at + 7 + 8 + 128 * 72, "\x1Dv0\x00\x48\x00\x76\x00", 8);
}
END_TEST

START_TEST(escpos_qr_module_shrinks_to_the_paper) {
    struct ticket *t = ticket_new(arena);
    char content[301]; /* 300 bytes of level M: version 13, 69 modules; 6 × 71 = 426 > 384, 5 × 71 = 355 */
    memset(content, 'a', 300);
    content[300] = '\0';
    ticket_qr(t, content);
    ck_assert_ptr_nonnull(find(encode(t, "epson-tm-t20iii", unmarked), "\x31\x43\x06", 3));
    struct printer_profile narrow = *golden_profile(arena, "generic-58");
    narrow.native_qr = true;
    struct bytes out;
    struct error e;
    ck_assert(escpos_encode(t, &narrow, &unmarked, arena, &out, &e));
    ck_assert_ptr_nonnull(find(out, "\x31\x43\x05", 3));
}
END_TEST

START_TEST(escpos_content_too_long_for_a_qr_is_printed_as_text) {
    struct ticket *t = ticket_new(arena);
    char *content = arena_alloc(arena, 3001);
    memset(content, 'a', 3000);
    ticket_qr(t, content);
    struct bytes out = encode(t, "epson-tm-t20iii", unmarked);
    ck_assert_uint_eq(out.size, 10 + 3000 + 63); /* 63 lines of 48 */
}
END_TEST

/* ---- barcodes ---- */

START_TEST(escpos_native_barcode_bytes) {
    struct ticket *t = ticket_new(arena);
    ticket_barcode(t, "PJJ123C");
    struct bytes out = encode(t, "epson-tm-t20iii", unmarked);
    ASSERT_BYTES(((struct bytes){out.at + 10, out.size - 10}), 0x1B, 'a', 1, 0x1D, 'H', 2, 0x1D, 'f', 0, 0x1D, 'h', 80, 0x1D, 'w',
                 3, 0x1D, 'k', 73, 9, '{', 'B', 'P', 'J', 'J', '1', '2', '3', 'C');
    ck_assert_str_eq(text_on_paper(t, "epson-tm-t20iii", unmarked), "          [Código de barras: PJJ123C]\n"); /* 27 in 48 */
}
END_TEST

START_TEST(escpos_barcode_without_native_support_is_a_raster_with_its_text_below) {
    struct ticket *t = ticket_new(arena);
    ticket_barcode(t, "PJJ123C"); /* 10 symbols: 112 modules; with quiet zones 132 · 3 = 396 dots of 576, but 132 · 2 of 384 */
    struct bytes out = encode(t, "generic-80", unmarked);
    ck_assert_uint_eq(out.size, 7 + 8 + 80 * 72 + 3 + 8);
    ck_assert_mem_eq(out.at + 7, "\x1Dv0\x00\x48\x00\x50\x00", 8);
    ck_assert_mem_eq(out.at + 7 + 8 + 80 * 72, "\x1B\x61\x01PJJ123C\n", 11);
    ck_assert_str_eq(text_on_paper(t, "generic-80", unmarked), "[imagen 576×80]\n                    PJJ123C\n");
    /* Start B is 211214: at (576 - 336) / 2 = 120 six black dots, three white, three black, six white, three black, twelve white.
     */
    for (int32_t row = 0; row < 80; row += 79) {
        const uint8_t *dots = out.at + 7 + 8 + row * 72 + 15;
        ck_assert_mem_eq(dots, "\xFC\x70\x38\x00", 4); /* 111111000 111000000 111000000000000 */
        ck_assert_uint_eq(dots[-1], 0);
    }
    ck_assert_ptr_nonnull(find(encode(t, "generic-58", unmarked), "\x1Dv0\x00\x30\x00\x50\x00", 8));
}
END_TEST

START_TEST(escpos_barcode_that_cannot_be_one_is_printed_as_text) {
    struct ticket *t = ticket_new(arena);
    ticket_barcode(t, "piñata");
    ck_assert_str_eq(text_on_paper(t, "epson-tm-t20iii", unmarked), "                     piñata\n");
    t = ticket_new(arena);
    ticket_barcode(t, "abcdefghijklmnopqrstuvwxyz"); /* 29 symbols: 321 modules, 341 · 2 = 682 dots */
    ck_assert_str_eq(text_on_paper(t, "epson-tm-t20iii", unmarked), "           abcdefghijklmnopqrstuvwxyz\n");
    ck_assert_str_eq(text_on_paper(t, "generic-58", unmarked), "   abcdefghijklmnopqrstuvwxyz\n");
}
END_TEST

/* ---- impact printers ---- */

#define IMPACT 0x1B, '@', 0x1C, '.', 0x1B, 't', 16, 0x1B, '!', 1, 0x1D, 'a', 0x0E

START_TEST(escpos_impact_printer_gets_print_modes_asterisks_and_red) {
    struct ticket *t = with_text((struct ticket_style){.width = 4, .height = 3, .bold = true}, "A"); /* at most double */
    ticket_text(t, (struct ticket_style){.underline = true}, "B");
    ticket_text(t, (struct ticket_style){.reverse = true}, "C");
    ticket_text(t, normal, "D");
    ASSERT_BYTES(encode(t, "epson-tm-u220", unmarked), IMPACT, 0x1B, '!', 0x39, 'A', 10, 0x1B, '!', 0x81, 'B', 10, 0x1B, '!', 1,
                 0x1B, 'r', 1, '*', ' ', 'C', ' ', '*', 10, 0x1B, 'r', 0, 'D', 10);
    struct bytes large = encode(ticket_new(arena), "epson-tm-u220-33", unmarked);
    ck_assert_mem_eq(large.at + 7, "\x1B!\x00", 3); /* font A */
}
END_TEST

START_TEST(escpos_impact_printer_draws_in_bands_and_says_in_text_what_it_cannot) {
    struct ticket *t = with_text((struct ticket_style){.width = 2, .reverse = true, .align = TICKET_CENTER}, "MESA 12");
    ticket_text(t, normal, "Ω ñ €");
    ticket_qr(t, "https://comanda.example");
    ticket_barcode(t, "INT1024");
    ck_assert_str_eq(text_on_paper(t, "epson-tm-u220", unmarked), "***** MESA 12 ******\n" /* 20 wide ones */
                                                                  "[U+03A9] ñ €\n"
                                                                  "[imagen 328×200]\n"
                                                                  "                INT1024\n");
    /* 25 modules of three dots: 62 to 136 of the 200, so 137 columns, in ten bands. A Code 128 of two dots a bar is too wide. */
    struct bytes out = encode(t, "epson-tm-u220", unmarked);
    ck_assert_ptr_nonnull(find(out, "\x1B\x33\x10\x1B*\x00\x89\x00", 8));
    ck_assert_ptr_null(find(out, "\x1B*\x21", 3));
}
END_TEST

/* ---- marks ---- */

START_TEST(escpos_marks_stand_on_top) {
    struct ticket *t = with_text(normal, "x");
    ck_assert_str_eq(text_on_paper(t, "generic-80", (struct ticket_marks){.copy = true}),
                     "▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓ COPIA ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓\n\nx\n");
    ck_assert_str_eq(text_on_paper(t, "generic-58", (struct ticket_marks){.duplicate = 2}),
                     "▓ POSIBLE DUPLICADO – copia 2 ▓▓\n\nx\n");
    ck_assert_str_eq(text_on_paper(t, "generic-58", (struct ticket_marks){.fallback_for = "cocina"}),
                     "▓▓▓▓▓▓ RESPALDO DE COCINA ▓▓▓▓▓▓\n\nx\n");
    ck_assert_str_eq(text_on_paper(t, "generic-58", (struct ticket_marks){.practice = true}),
                     "▓▓▓▓▓▓▓▓▓▓▓ PRÁCTICA ▓▓▓▓▓▓▓▓▓▓▓\n\nx\n");
    ck_assert_str_eq(
        text_on_paper(t, "generic-58", (struct ticket_marks){.practice = true, .duplicate = 3, .fallback_for = "Barra"}),
        "▓▓▓▓▓▓▓▓▓▓▓ PRÁCTICA ▓▓▓▓▓▓▓▓▓▓▓\n▓▓▓▓▓▓ RESPALDO DE BARRA ▓▓▓▓▓▓▓\n▓ POSIBLE DUPLICADO – copia 3 ▓▓\n\nx\n");
}
END_TEST

START_TEST(escpos_marked_copy_leaves_the_drawer_shut) {
    struct ticket *t = ticket_new(arena);
    ticket_drawer(t, 1);
    static const struct {
        struct ticket_marks marks;
        bool opens;
    } cases[] = {
        {{0}, true},
        {{.fallback_for = "caja"}, true},
        {{.copy = true}, false},
        {{.duplicate = 1}, false},
        {{.practice = true}, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_int_eq(find(encode(t, "generic-80", cases[i].marks), "\x1Bp", 2) != NULL, cases[i].opens);
}
END_TEST

/* ---- any text at all ---- */

static uint32_t random_next(uint64_t *state) { /* Knuth's MMIX */
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

static const char *random_text(uint64_t *state) {
    static const char *const pieces[] = {"a",
                                         "Ñame",
                                         "posta",
                                         " ",
                                         "  ",
                                         "é",
                                         "n\xCC\x83",
                                         "x\xCC\x83",
                                         "€",
                                         "–",
                                         "漢",
                                         "Ω",
                                         "\U0001F336",
                                         "☺",
                                         "\u00A0",
                                         "\u200D",
                                         "\xFF",
                                         "\xE2\x82",
                                         "[",
                                         "\x1B@",
                                         "\xCC\x81",
                                         "-",
                                         "supercalifragilisticoespialidoso"};
    struct text_buffer b = {.arena = arena};
    for (uint32_t n = random_next(state) % 40 + 1; n > 0; n--)
        text_append_text(&b, pieces[random_next(state) % (sizeof pieces / sizeof pieces[0])]);
    return b.bytes;
}

/* Whatever is written, on whatever printer: no stray command, no line beyond the paper, no "?", and every letter of the words
 * there. */
START_TEST(escpos_any_text_comes_out_whole) {
    static const char *const profiles[] = {"generic-80", "pos-58", "epson-tm-t88v"};
    uint64_t state = 20260726 + (uint64_t)_i;
    for (int round = 0; round < 100; round++) {
        const struct printer_profile *p = golden_profile(arena, profiles[_i % 3]);
        struct ticket *t = ticket_new(arena);
        struct ticket_style style = {.width = (uint8_t)(random_next(&state) % 5), .height = (uint8_t)(random_next(&state) % 5)};
        style.reverse = random_next(&state) % 2, style.bold = random_next(&state) % 2;
        style.align = (enum ticket_align)(random_next(&state) % 3);
        style.indent = (uint8_t)(random_next(&state) % 50), style.hang = (uint8_t)(random_next(&state) % 50);
        const char *left = random_text(&state), *right = random_text(&state);
        bool pair = random_next(&state) % 2;
        if (pair)
            ticket_pair(t, style, left, right);
        else
            ticket_text(t, style, "%s%s", left, right);
        size_t wanted = 0, found = 0;
        for (const char *c = left; *c != '\0'; c++) wanted += *c == 'p' || *c == 'l';
        for (const char *c = right; *c != '\0'; c++) wanted += *c == 'p' || *c == 'l';
        struct paper *paper;
        struct error e;
        ck_assert(paper_read(encode(t, p->slug, unmarked), p, arena, &paper, &e));
        ck_assert_int_eq(paper->unknown, 0);
        for (size_t i = 0; i < paper->count; i++) {
            int32_t columns = 0;
            for (size_t j = 0; j < paper->lines[i].count; j++) {
                uint32_t code = paper->lines[i].cells[j].code;
                columns += paper->lines[i].cells[j].width;
                found += code == 'p' || code == 'l';
                ck_assert(code != '?' && code != 0xFFFD);
            }
            ck_assert_msg(columns <= p->columns, "round %d: %d columns of %d", round, columns, p->columns);
        }
        ck_assert_uint_eq(found, wanted);
    }
}
END_TEST

/* ---- whole tickets ---- */

static void check_golden(const struct ticket *t, const char *profile, const char *name, bool bytes) {
    const char *text = text_on_paper(t, profile, unmarked);
    golden_check(arena_printf(arena, "%s.txt", name), text, strlen(text));
    struct bytes out = encode(t, profile, unmarked);
    if (bytes) golden_check(arena_printf(arena, "%s.bin", name), out.at, out.size);
}

START_TEST(escpos_kitchen_ticket_is_as_it_was_looked_at) {
    check_golden(golden_kitchen(arena), "generic-80", "kitchen-80", true);
    check_golden(golden_kitchen(arena), "epson-tm-t88v", "kitchen-t88v", true);
    check_golden(golden_kitchen(arena), "pos-58", "kitchen-58", true);
    check_golden(golden_kitchen(arena), "epson-tm-u220", "kitchen-u220", true);
    check_golden(golden_kitchen(arena), "epson-tm-u220-42", "kitchen-u220-42", true);
    check_golden(golden_kitchen(arena), "epson-tm-u220-33", "kitchen-u220-33", true);
}
END_TEST

START_TEST(escpos_receipt_is_as_it_was_looked_at) {
    check_golden(golden_receipt(arena), "epson-tm-t20iii", "receipt-t20iii", true);
    check_golden(golden_receipt(arena), "generic-58", "receipt-58", false);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("printer_escpos");
    TCase *c = tcase_create("escpos");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, set_up, tear_down);
    tcase_add_test(c, escpos_preamble_resets_leaves_double_byte_mode_and_sets_the_page);
    tcase_add_test(c, escpos_sends_each_style_once_and_takes_it_back);
    tcase_add_test(c, escpos_reversed_text_has_a_space_at_either_end_and_its_indent_stays_white);
    tcase_add_test(c, escpos_centred_reversed_text_is_a_bar_over_the_whole_line);
    tcase_add_test(c, escpos_alignment_is_the_printers_own);
    tcase_add_test(c, escpos_feed_cut_drawer_and_buzzer_bytes);
    tcase_add_test(c, escpos_cut_is_of_the_kind_that_the_cutter_has);
    tcase_add_test(c, escpos_epson_buzzer_is_function_97);
    tcase_add_test(c, escpos_chart_shows_each_page_of_the_profile_by_its_bytes);
    tcase_add_test(c, escpos_process_id_is_function_48);
    tcase_add_test(c, escpos_rule_is_as_wide_as_the_paper);
    tcase_add_test(c, escpos_refuses_a_profile_without_code_pages);
    tcase_add_test(c, escpos_spanish_goes_in_the_bytes_of_the_page);
    tcase_add_test(c, escpos_changes_the_page_only_when_it_must);
    tcase_add_test(c, escpos_takes_each_of_three_pages_for_what_it_alone_has);
    tcase_add_test(c, escpos_euro_is_a_byte_where_a_page_has_it_and_eur_where_none_does);
    tcase_add_test(c, escpos_letters_typed_in_two_parts_are_put_together);
    tcase_add_test(c, escpos_character_in_no_page_goes_as_dots_in_its_line);
    tcase_add_test(c, escpos_dots_follow_width_and_reverse);
    tcase_add_test(c, escpos_character_in_no_font_goes_as_its_number);
    tcase_add_test(c, escpos_text_cannot_smuggle_commands);
    tcase_add_test(c, escpos_wraps_at_words_with_a_hanging_indent);
    tcase_add_test(c, escpos_hanging_indent_takes_its_columns_from_the_line);
    tcase_add_test(c, escpos_wraps_wide_text_at_half_the_columns);
    tcase_add_test(c, escpos_wraps_reversed_text_within_its_padding);
    tcase_add_test(c, escpos_cuts_a_word_longer_than_the_line);
    tcase_add_test(c, escpos_hard_space_does_not_break);
    tcase_add_test(c, escpos_empty_text_is_an_empty_line);
    tcase_add_test(c, escpos_pair_keeps_the_amount_whole_beside_a_long_name);
    tcase_add_test(c, escpos_pair_that_does_not_fit_takes_two_lines);
    tcase_add_loop_test(c, wrap_loses_no_word_at_any_width, 1, 60);
    tcase_add_test(c, escpos_native_qr_bytes);
    tcase_add_test(c, escpos_qr_without_native_support_is_a_raster_in_small_bands);
    tcase_add_test(c, escpos_qr_module_shrinks_to_the_paper);
    tcase_add_test(c, escpos_content_too_long_for_a_qr_is_printed_as_text);
    tcase_add_test(c, escpos_native_barcode_bytes);
    tcase_add_test(c, escpos_barcode_without_native_support_is_a_raster_with_its_text_below);
    tcase_add_test(c, escpos_barcode_that_cannot_be_one_is_printed_as_text);
    tcase_add_test(c, escpos_impact_printer_gets_print_modes_asterisks_and_red);
    tcase_add_test(c, escpos_impact_printer_draws_in_bands_and_says_in_text_what_it_cannot);
    tcase_add_test(c, escpos_marks_stand_on_top);
    tcase_add_test(c, escpos_marked_copy_leaves_the_drawer_shut);
    tcase_add_loop_test(c, escpos_any_text_comes_out_whole, 0, 6);
    tcase_add_test(c, escpos_kitchen_ticket_is_as_it_was_looked_at);
    tcase_add_test(c, escpos_receipt_is_as_it_was_looked_at);
    suite_add_tcase(suite, c);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
