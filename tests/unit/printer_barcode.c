/* Tests of Code 128: code sets, check characters and bars, worked by hand from the table of ISO/IEC 15417. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "printer/barcode.h"

static struct arena *arena;
static void set_up(void) {
    arena = arena_open();
}
static void tear_down(void) {
    arena_close(arena);
}

static const struct {
    const char *content, *data;
    uint8_t symbols[16];
    size_t count;
} known[] = {
    /* The example of many textbooks, there in set A with start 103 and check 54: in set B one more each.
     * 104 + 1·48 + 2·42 + 3·42 + 4·17 + 5·18 + 6·19 + 7·35 = 879 = 8·103 + 55 */
    {"PJJ123C", "{BPJJ123C", {104, 48, 42, 42, 17, 18, 19, 35, 55, 106}, 10},
    /* Pairs of digits: 105 + 12 + 2·34 + 3·56 + 4·78 = 665 = 6·103 + 47 */
    {"12345678", "{C\x0C\x22\x38\x4E", {105, 12, 34, 56, 78, 47, 106}, 7},
    /* An odd digit before pairs: 104 + 33 + 2·17 + 3·99 + 4·23 + 5·45 = 785 = 7·103 + 64 */
    {"A12345", "{BA1{C\x17\x2D", {104, 33, 17, 99, 23, 45, 64, 106}, 8},
    /* And after them: 105 + 12 + 2·34 + 3·100 + 4·21 = 569 = 5·103 + 54 */
    {"12345", "{C\x0C\x22{B5", {105, 12, 34, 100, 21, 54, 106}, 7},
    /* Three digits are not worth a change. 104 + 17 + 2·18 + 3·19 = 214 = 2·103 + 8 */
    {"123", "{B123", {104, 17, 18, 19, 8, 106}, 6},
    /* A brace is written twice for the printer. 104 + 65 + 2·91 + 3·66 = 549 = 5·103 + 34 */
    {"a{b", "{Ba{{b", {104, 65, 91, 66, 34, 106}, 6},
};

START_TEST(barcode_of_a_known_content) {
    uint8_t data[BARCODE_DATA_MAX];
    struct barcode code;
    size_t size = barcode_data(known[_i].content, data);
    ck_assert_uint_eq(size, strlen(known[_i].data));
    ck_assert_mem_eq(data, known[_i].data, size);
    ck_assert(barcode_read(data, size, arena, &code));
    ck_assert_str_eq(code.text, known[_i].content);
    ck_assert_uint_eq(code.count, known[_i].count);
    ck_assert_mem_eq(code.symbols, known[_i].symbols, known[_i].count);
    ck_assert_int_eq(code.bars->width, (int32_t)known[_i].count * 11 + 2);
    ck_assert_int_eq(code.bars->height, 1);
}
END_TEST

START_TEST(barcode_bars_are_those_of_the_table) {
    uint8_t data[BARCODE_DATA_MAX];
    struct barcode code;
    ck_assert(barcode_read(data, barcode_data("A", data), arena, &code)); /* 104 33 34 106: 104 + 33 = 137 = 103 + 34 */
    static const char wanted[] = "11010010000"                            /* start B: 211214 */
                                 "10100011000"                            /* A: 111323 */
                                 "10001011000"                            /* B, the check character: 131123 */
                                 "1100011101011";                         /* stop: 2331112 */
    for (int32_t x = 0; x < code.bars->width; x++)
        ck_assert_msg(bitmap_get(code.bars, x, 0) == (wanted[x] == '1'), "module %d", x);
    ck_assert_uint_eq(strlen(wanted), (size_t)code.bars->width);
}
END_TEST

/* Each symbol of six widths is eleven modules, three bars of an even sum, and no two are alike: a slip in the table would show.
 */
START_TEST(barcode_table_is_sound) {
    char seen[103][12];
    for (uint8_t value = 0; value < 100; value++) {
        const uint8_t data[] = {'{', 'C', value};
        struct barcode code;
        ck_assert(barcode_read(data, sizeof data, arena, &code));
        int32_t bars = 0;
        for (int32_t i = 0; i < 11; i++) {
            bool black = bitmap_get(code.bars, 11 + i, 0);
            bars += black;
            seen[value][i] = black ? '1' : '0';
        }
        seen[value][11] = '\0';
        ck_assert_int_eq(bars % 2, 0);
        ck_assert(seen[value][0] == '1' && seen[value][10] == '0');
        for (uint8_t other = 0; other < value; other++) ck_assert_str_ne(seen[value], seen[other]);
    }
}
END_TEST

START_TEST(barcode_reads_what_other_programs_send) {
    struct barcode code;
    ck_assert(barcode_read((const uint8_t *)"{AA\x01{BZ", 7, arena, &code));
    ck_assert_str_eq(code.text, "A Z");
    ck_assert_mem_eq(code.symbols, ((const uint8_t[]){103, 33, 65, 100, 58}), 5);
    ck_assert(barcode_read((const uint8_t *)"{C{1\x2A", 5, arena, &code)); /* FNC1: GS1-128 */
    ck_assert_str_eq(code.text, "42");
    ck_assert_mem_eq(code.symbols, ((const uint8_t[]){105, 102, 42}), 3);
}
END_TEST

START_TEST(barcode_that_no_printer_takes_is_refused) {
    static const struct {
        const char *data;
        size_t size;
    } bad[] = {{"", 0},    {"{B", 2},         {"abc", 3},  {"{Ba{", 4},  {"{C\x64", 3}, {"{B\x01", 3},
               {"{Aa", 3}, {"{B\xC3\xB1", 4}, {"{Zab", 4}, {"{1{Ba", 5}, {"{A{{", 4}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct barcode code;
        ck_assert_msg(!barcode_read((const uint8_t *)bad[i].data, bad[i].size, arena, &code), "%zu", i);
    }
    uint8_t data[BARCODE_DATA_MAX];
    ck_assert_uint_eq(barcode_data("", data), 0);
    ck_assert_uint_eq(barcode_data("piñata", data), 0);
    ck_assert_uint_eq(barcode_data("a\nb", data), 0);
    ck_assert_uint_eq(barcode_data("1234567890123456789012345678901234567890123456789", data), 0); /* 49 */
    ck_assert_uint_eq(barcode_data("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuv", data), 50); /* 48 */
}
END_TEST

int main(void) {
    Suite *suite = suite_create("printer_barcode");
    TCase *c = tcase_create("barcode");
    tcase_add_checked_fixture(c, set_up, tear_down);
    tcase_add_loop_test(c, barcode_of_a_known_content, 0, (int)(sizeof known / sizeof known[0]));
    tcase_add_test(c, barcode_bars_are_those_of_the_table);
    tcase_add_test(c, barcode_table_is_sound);
    tcase_add_test(c, barcode_reads_what_other_programs_send);
    tcase_add_test(c, barcode_that_no_printer_takes_is_refused);
    suite_add_tcase(suite, c);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
