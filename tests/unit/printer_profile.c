/* Tests of printer profiles and code pages. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "printer/codepage.h"
#include "printer/profile.h"

static struct arena *arena;
static struct printer_profiles *profiles;
static void set_up(void) {
    struct error e;
    arena = arena_open();
    ck_assert_msg(profiles_load(arena, &profiles, &e), "%s", e.message);
}
static void tear_down(void) {
    arena_close(arena);
}

static const struct {
    const char *slug;
    int32_t columns, dots;
    bool process_id, realtime;
    enum printer_cut cut;
    bool qr;
    enum printer_buzzer buzzer;
    enum printer_codepage first;
} models[] = {
    {"generic-80", 48, 576, false, false, CUT_PARTIAL, false, BUZZER_NONE, CODEPAGE_PC858},
    {"generic-58", 32, 384, false, false, CUT_NONE, false, BUZZER_NONE, CODEPAGE_PC858},
    {"epson-tm-t20ii", 48, 576, true, true, CUT_PARTIAL, true, BUZZER_ESC_PAREN_A, CODEPAGE_WPC1252},
    {"epson-tm-t20iii", 48, 576, true, true, CUT_PARTIAL, true, BUZZER_ESC_PAREN_A, CODEPAGE_WPC1252},
    {"epson-tm-t88v", 42, 512, true, true, CUT_PARTIAL, true, BUZZER_ESC_PAREN_A, CODEPAGE_WPC1252},
    {"epson-tm-m30", 48, 576, true, true, CUT_PARTIAL, true, BUZZER_ESC_PAREN_A, CODEPAGE_WPC1252},
    {"epson-tm-u220", 40, 480, true, true, CUT_PARTIAL, false, BUZZER_NONE, CODEPAGE_WPC1252},
    {"epson-tm-u220-42", 42, 504, true, true, CUT_PARTIAL, false, BUZZER_NONE, CODEPAGE_WPC1252},
    {"epson-tm-u220-33", 33, 396, true, true, CUT_PARTIAL, false, BUZZER_NONE, CODEPAGE_WPC1252},
    {"xprinter-xp80", 48, 576, false, true, CUT_PARTIAL, true, BUZZER_ESC_B, CODEPAGE_PC858},
    {"rongta-rp80", 48, 576, false, true, CUT_PARTIAL, true, BUZZER_ESC_B, CODEPAGE_PC858},
    {"pos-58", 32, 384, false, false, CUT_NONE, false, BUZZER_NONE, CODEPAGE_PC858},
};

START_TEST(profile_says_what_the_model_can_do) {
    const struct printer_profile *p = profile_find(profiles, models[_i].slug);
    ck_assert_msg(p != NULL, "%s", models[_i].slug);
    ck_assert_str_eq(p->slug, models[_i].slug);
    ck_assert_uint_gt(strlen(p->name), 0);
    ck_assert_int_eq(p->columns, models[_i].columns);
    ck_assert_int_eq(p->dots, models[_i].dots);
    ck_assert_int_eq(p->process_id, models[_i].process_id);
    ck_assert_int_eq(p->realtime_status, models[_i].realtime);
    ck_assert_int_eq(p->cut, models[_i].cut);
    ck_assert_int_eq(p->cut_feed, 0);
    ck_assert_int_eq(p->tear_feed, 4);
    ck_assert_int_eq(p->native_qr, models[_i].qr);
    ck_assert_int_eq(p->buzzer, models[_i].buzzer);
    ck_assert_int_eq(p->codepages[0], models[_i].first);
    ck_assert_int_eq(p->codepage_numbers[CODEPAGE_PC858], 19);
    ck_assert_int_eq(p->codepage_numbers[CODEPAGE_WPC1252], 16);
}
END_TEST

START_TEST(profile_impact_printer_has_its_own_ways) {
    const struct printer_profile *impact = profile_find(profiles, "epson-tm-u220"),
                                 *thermal = profile_find(profiles, "epson-tm-t20ii"),
                                 *plain = profile_find(profiles, "generic-80");
    ck_assert(impact->pictures == PICTURES_8_DOT && !impact->reverse && impact->red && !impact->native_barcode);
    ck_assert_int_eq(impact->picture_dots, 200);
    ck_assert_int_eq(impact->mode_font, 1);
    ck_assert_int_eq(profile_find(profiles, "epson-tm-u220-33")->mode_font, 0);
    ck_assert(thermal->pictures == PICTURES_RASTER && thermal->reverse && !thermal->red && thermal->native_barcode);
    ck_assert_int_eq(thermal->mode_font, -1);
    ck_assert(plain->pictures == PICTURES_RASTER && plain->reverse && !plain->native_barcode); /* what nearly all can */
}
END_TEST

START_TEST(profile_list_holds_all_and_nothing_unknown) {
    ck_assert_uint_eq(profile_count(profiles), 12);
    for (size_t i = 0; i < 12; i++)
        ck_assert_ptr_eq(profile_find(profiles, profile_at(profiles, i)->slug), profile_at(profiles, i));
    ck_assert_ptr_null(profile_at(profiles, 12));
    ck_assert_ptr_null(profile_find(profiles, "epson"));
    ck_assert_ptr_null(profile_find(profiles, ""));
    ck_assert_ptr_null(profile_find(profiles, NULL));
    ck_assert_int_eq(profile_find(profiles, "generic-80")->codepage_numbers[CODEPAGE_PC850], -1);
}
END_TEST

/* Code charts: IBM 850 and 858, Windows-1252. */
static const struct {
    uint32_t code;
    uint8_t bytes[CODEPAGE_COUNT];
} characters[] = {
    {'A', {0x41, 0x41, 0x41}},  {0xE1, {0xA0, 0xA0, 0xE1}}, {0xE9, {0x82, 0x82, 0xE9}}, {0xED, {0xA1, 0xA1, 0xED}},
    {0xF3, {0xA2, 0xA2, 0xF3}}, {0xFA, {0xA3, 0xA3, 0xFA}}, {0xFC, {0x81, 0x81, 0xFC}}, {0xF1, {0xA4, 0xA4, 0xF1}},
    {0xD1, {0xA5, 0xA5, 0xD1}}, {0xBF, {0xA8, 0xA8, 0xBF}}, {0xA1, {0xAD, 0xAD, 0xA1}}, {0xC1, {0xB5, 0xB5, 0xC1}},
    {0x20AC, {0, 0xD5, 0x80}},  {0x131, {0xD5, 0, 0}},      {0x2013, {0, 0, 0x96}},     {0x2500, {0xC4, 0xC4, 0}},
    {0x6F22, {0, 0, 0}},
};

START_TEST(codepage_holds_the_characters_of_its_chart) {
    const struct codepages *tables = profile_at(profiles, 0)->tables;
    for (int page = 0; page < CODEPAGE_COUNT; page++) {
        uint8_t byte = characters[_i].bytes[page];
        ck_assert_uint_eq(codepage_byte(tables, (enum printer_codepage)page, characters[_i].code), byte);
        if (byte != 0) ck_assert_uint_eq(codepage_character(tables, (enum printer_codepage)page, byte), characters[_i].code);
    }
}
END_TEST

START_TEST(codepage_leaves_holes_and_controls_empty) {
    const struct codepages *tables = profile_at(profiles, 0)->tables;
    ck_assert_uint_eq(codepage_character(tables, CODEPAGE_WPC1252, 0x81), 0);
    ck_assert_uint_eq(codepage_character(tables, CODEPAGE_PC850, 0x1B), 0);
    ck_assert_uint_eq(codepage_character(tables, CODEPAGE_PC850, 0x7F), 0);
    ck_assert_uint_eq(codepage_byte(tables, CODEPAGE_PC850, 0x1B), 0);
    ck_assert_uint_eq(codepage_byte(tables, CODEPAGE_PC850, 0x85), 0);
    ck_assert_uint_eq(codepage_byte(tables, CODEPAGE_PC850, 0x100E1), 0);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("printer_profile");
    TCase *c = tcase_create("profile");
    tcase_add_checked_fixture(c, set_up, tear_down);
    tcase_add_loop_test(c, profile_says_what_the_model_can_do, 0, (int)(sizeof models / sizeof models[0]));
    tcase_add_test(c, profile_impact_printer_has_its_own_ways);
    tcase_add_test(c, profile_list_holds_all_and_nothing_unknown);
    tcase_add_loop_test(c, codepage_holds_the_characters_of_its_chart, 0, (int)(sizeof characters / sizeof characters[0]));
    tcase_add_test(c, codepage_leaves_holes_and_controls_empty);
    suite_add_tcase(suite, c);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
