/* Values: errors, arenas, text and embedded files. */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "data/arena.h"
#include "data/embed.h"
#include "data/error.h"
#include "data/text.h"
#include "tests/support/data_suite.h"

static struct arena *arena;

static void open_arena(void) {
    arena = arena_open();
}

static void close_arena(void) {
    arena_close(arena);
}

/* ---- errors ---- */

START_TEST(error_holds_kind_code_message_and_place) {
    struct error e;
    memset(&e, 'x', sizeof e);
    ck_assert(!error_fail(&e, ERROR_CONFLICT, "order_paid", "order %d: already paid", 412));
    ck_assert_int_eq(e.kind, ERROR_CONFLICT);
    ck_assert_str_eq(e.code, "order_paid");
    ck_assert_str_eq(e.message, "order 412: already paid");
    ck_assert_str_eq(e.field, "");
    ck_assert_str_eq(strrchr(e.file, '/'), "/data_values.c");
    ck_assert_int_gt(e.line, 20);
}
END_TEST

START_TEST(error_message_is_one_line_cut_at_a_whole_character) {
    struct error e;
    char wide[1200];
    for (size_t i = 0; i < sizeof wide - 1; i += 2) memcpy(wide + i, "ñ", 2);
    wide[sizeof wide - 2] = '\0';
    error_fail(&e, ERROR_INVALID, "x", "%s", wide);
    ck_assert_uint_eq(strlen(e.message), 510); /* 255 whole ñ; the last byte cannot hold half of one */
    ck_assert(text_is_utf8(e.message, strlen(e.message)));
    error_fail(&e, ERROR_INVALID, "x", "two\nlines");
    ck_assert_str_eq(e.message, "two lines");
}
END_TEST

START_TEST(error_gets_its_context_and_field_later) {
    struct error e;
    error_fail(&e, ERROR_INVALID, "bad_json", "line 1");
    ck_assert(!error_at_field(&e, "lines[2].quantity"));
    ck_assert(!error_within(&e, "%s", "site.json"));
    ck_assert_str_eq(e.message, "site.json: line 1");
    ck_assert_str_eq(e.field, "lines[2].quantity");
}
END_TEST

START_TEST(error_of_errno_says_what_the_system_said) {
    struct error e;
    ck_assert(!error_errno(&e, ENOSPC, "disk_full", "writing %s", "/x/y"));
    ck_assert_int_eq(e.kind, ERROR_IO);
    ck_assert_str_eq(e.message, "writing /x/y: No space left on device");
}
END_TEST

START_TEST(error_kinds_have_names) {
    ck_assert_str_eq(error_kind_name(ERROR_INVALID), "invalid");
    ck_assert_str_eq(error_kind_name(ERROR_NOT_FOUND), "not_found");
    ck_assert_str_eq(error_kind_name(ERROR_INTERNAL), "internal");
}
END_TEST

/* ---- arenas ---- */

START_TEST(arena_gives_zeroed_aligned_pieces_of_any_size) {
    for (size_t size = 0; size < 20000; size += 37) {
        unsigned char *piece = arena_alloc(arena, size);
        ck_assert_uint_eq((uintptr_t)piece % 16, 0);
        for (size_t i = 0; i < size; i++) ck_assert_uint_eq(piece[i], 0);
        memset(piece, 0xAA, size);
    }
    unsigned char *large = arena_alloc(arena, 5000000);
    ck_assert_uint_eq(large[4999999], 0);
}
END_TEST

START_TEST(arena_pieces_do_not_overlap) {
    char *pieces[500];
    for (int i = 0; i < 500; i++) pieces[i] = arena_printf(arena, "%0*d", 1 + i * 7 % 900, i);
    for (int i = 0; i < 500; i++) ck_assert_int_eq((int)strtol(pieces[i], NULL, 10), i);
}
END_TEST

START_TEST(arena_copies_text_and_bytes) {
    ck_assert_ptr_null(arena_text(arena, NULL));
    ck_assert_str_eq(arena_text(arena, "olla"), "olla");
    ck_assert_str_eq(arena_text_n(arena, "ollaX", 4), "olla");
    ck_assert_mem_eq(arena_copy(arena, "a\0b", 3), "a\0b", 3);
    ck_assert_str_eq(arena_printf(arena, "%s-%d", "mesa", 12), "mesa-12");
}
END_TEST

static char order[8];
static size_t order_count;

static void note_order(void *thing) {
    order[order_count++] = *(const char *)thing;
}

START_TEST(arena_runs_clean_ups_newest_first) {
    struct arena *a = arena_open();
    order_count = 0;
    arena_defer(a, note_order, arena_text(a, "1"));
    arena_defer(a, note_order, arena_text(a, "2"));
    arena_defer(a, note_order, arena_text(a, "3"));
    arena_close(a);
    ck_assert_uint_eq(order_count, 3);
    ck_assert_mem_eq(order, "321", 3);
    arena_close(NULL);
}
END_TEST

/* ---- text ---- */

START_TEST(utf8_is_told_from_what_only_resembles_it) {
    static const struct {
        const char *bytes;
        size_t n;
        bool good;
    } cases[] = {
        {"", 0, true},
        {"posta cartagenera", 17, true},
        {"mañana", 7, true},
        {"\xE2\x82\xAC", 3, true},      /* € */
        {"\xF0\x9F\x8C\xAE", 4, true},  /* a taco */
        {"\xF4\x8F\xBF\xBF", 4, true},  /* U+10FFFF */
        {"\xED\x9F\xBF", 3, true},      /* U+D7FF */
        {"a\0b", 3, false},             /* NUL */
        {"\xC0\x80", 2, false},         /* overlong NUL */
        {"\xC1\xBF", 2, false},         /* overlong */
        {"\xE0\x9F\xBF", 3, false},     /* overlong */
        {"\xF0\x8F\xBF\xBF", 4, false}, /* overlong */
        {"\xED\xA0\x80", 3, false},     /* a surrogate */
        {"\xF4\x90\x80\x80", 4, false}, /* above U+10FFFF */
        {"\xF5\x80\x80\x80", 4, false},
        {"\x80", 1, false}, /* a lone continuation */
        {"\xC3", 1, false}, /* cut short */
        {"\xE2\x82", 2, false},
        {"\xC3\x28", 2, false},
        {"\xE2\x28\xA1", 3, false},
        {"\xFF", 1, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(text_is_utf8(cases[i].bytes, cases[i].n) == cases[i].good, "case %zu", i);
    ck_assert_uint_eq(text_utf8_prefix("ab\xFF", 3), 2);
}
END_TEST

START_TEST(code_points_are_stepped_over_one_by_one) {
    const char *cursor = "a\xC3\xB1\xE2\x82\xAC\xF0\x9F\x8C\xAE\xFFz";
    ck_assert_uint_eq(text_next(&cursor), 'a');
    ck_assert_uint_eq(text_next(&cursor), 0xF1);
    ck_assert_uint_eq(text_next(&cursor), 0x20AC);
    ck_assert_uint_eq(text_next(&cursor), 0x1F32E);
    ck_assert_uint_eq(text_next(&cursor), 0xFFFD);
    ck_assert_uint_eq(text_next(&cursor), 'z');
    ck_assert_uint_eq(text_next(&cursor), 0);
    ck_assert_uint_eq(text_next(&cursor), 0);
}
END_TEST

START_TEST(columns_count_letters_and_not_their_marks) {
    ck_assert_uint_eq(text_columns(""), 0);
    ck_assert_uint_eq(text_columns("carimañola"), 10);
    ck_assert_uint_eq(text_columns("n\xCC\x83o"), 2); /* n with a combining tilde, o */
}
END_TEST

START_TEST(bounded_copy_never_cuts_a_letter) {
    char out[6];
    ck_assert(text_copy(out, sizeof out, "posta"));
    ck_assert_str_eq(out, "posta");
    ck_assert(!text_copy(out, sizeof out, "postas"));
    ck_assert_str_eq(out, "posta");
    ck_assert(!text_copy(out, sizeof out, "ajíño")); /* 5 bytes would end within the second pair */
    ck_assert_str_eq(out, "ají");
    ck_assert(!text_copy(out, 1, "a"));
    ck_assert_str_eq(out, "");
}
END_TEST

START_TEST(slugs_are_lower_case_with_single_inner_hyphens) {
    static const char *const good[] = {"a", "caja-1", "cocina-caliente", "0",
                                       "1234567890123456789012345678901234567890123456789012345678901234"};
    static const char *const bad[] = {
        "",    "-a",  "a-",       "a--b", "A",
        "a b", "a_b", "\xC3\xB1", "a.b",  "12345678901234567890123456789012345678901234567890123456789012345"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) ck_assert_msg(text_is_slug(good[i]), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) ck_assert_msg(!text_is_slug(bad[i]), "%s", bad[i]);
}
END_TEST

START_TEST(upper_case_knows_spanish) {
    ck_assert_str_eq(text_upper(arena, "arroz titoté, ñame y piña ü ÷ 1"), "ARROZ TITOTÉ, ÑAME Y PIÑA Ü ÷ 1");
}
END_TEST

START_TEST(buffer_grows_and_is_always_closed) {
    struct text_buffer b = {.arena = arena};
    text_append(&b, "\x1B@", 2);
    text_append_text(&b, "olla");
    text_append_byte(&b, 0);
    text_appendf(&b, "%s %d", "mesa", 7);
    ck_assert_uint_eq(b.size, 13);
    ck_assert_mem_eq(b.bytes, "\x1B@olla\0mesa 7", 14); /* with its closing NUL */
    for (int i = 0; i < 10000; i++) text_append_byte(&b, 'x');
    ck_assert_uint_eq(b.size, 10013);
    ck_assert_int_eq(b.bytes[10012], 'x');
    ck_assert_int_eq(b.bytes[10013], 0);
    ck_assert_mem_eq(b.bytes, "\x1B@olla\0mesa 7", 13);
}
END_TEST

/* ---- embedded files ---- */

START_TEST(embedded_files_are_found_by_name_and_are_c_strings) {
    const struct embed_file *first = embed_find(embed_migrations, "0001_initial.sql");
    ck_assert_ptr_nonnull(first);
    ck_assert_uint_eq(strlen((const char *)first->bytes), first->size);
    ck_assert_ptr_nonnull(strstr((const char *)first->bytes, "CREATE TABLE staff"));
    ck_assert_ptr_null(embed_find(embed_migrations, "0001_initial"));
}
END_TEST

int main(void) {
    return data_suite_run("data_values", open_arena, close_arena,
                          DATA_TESTS(error_holds_kind_code_message_and_place, error_message_is_one_line_cut_at_a_whole_character,
                                     error_gets_its_context_and_field_later, error_of_errno_says_what_the_system_said,
                                     error_kinds_have_names, arena_gives_zeroed_aligned_pieces_of_any_size,
                                     arena_pieces_do_not_overlap, arena_copies_text_and_bytes, arena_runs_clean_ups_newest_first,
                                     utf8_is_told_from_what_only_resembles_it, code_points_are_stepped_over_one_by_one,
                                     columns_count_letters_and_not_their_marks, bounded_copy_never_cuts_a_letter,
                                     slugs_are_lower_case_with_single_inner_hyphens, upper_case_knows_spanish,
                                     buffer_grows_and_is_always_closed, embedded_files_are_found_by_name_and_are_c_strings));
}
