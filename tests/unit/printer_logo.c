/* Tests of the logo: reading a PNG, scaling, dithering by hand, and what goes to each paper. */
#include <check.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "data/text.h"
#include "printer/logo.h"
#include "printer/paper.h"
#include "tests/support/data_tmp.h"
#include "tests/support/printer_golden.h"

#define SAMPLE "tests/support/printer_logo.png" /* 700 × 240, its edge transparent */

static struct arena *arena;
static struct data_tmp tmp;
static void set_up(void) {
    arena = arena_open();
    data_tmp_make(&tmp);
}
static void tear_down(void) {
    data_tmp_remove(&tmp);
    arena_close(arena);
}

static const struct bitmap *on_paper(int32_t width, int32_t height, const uint8_t *grey, int32_t dots) {
    struct logo l = {.width = width, .height = height, .grey = grey};
    return logo_for_paper(&l, dots, arena);
}

static void assert_dots(const struct bitmap *b, const char *const *rows) {
    for (int32_t y = 0; y < b->height; y++) {
        ck_assert_uint_eq(strlen(rows[y]), (size_t)b->width);
        for (int32_t x = 0; x < b->width; x++)
            ck_assert_msg(bitmap_get(b, x, y) == (rows[y][x] == '#'), "dot %d of row %d", x, y);
    }
}

static struct logo *read_logo(const char *file) {
    struct logo *l;
    struct error e;
    ck_assert_msg(logo_read(file, arena, &l, &e), "%s", e.message);
    return l;
}

/* ---- greys to dots ---- */

START_TEST(logo_smaller_than_the_paper_keeps_its_size_in_the_middle) {
    static const uint8_t grey[] = {0, 255, 255, 0};
    const struct bitmap *b = on_paper(2, 2, grey, 9);
    ck_assert_int_eq(b->height, 2);
    assert_dots(b, (const char *const[]){"...#.....", "....#...."});
}
END_TEST

START_TEST(logo_wider_than_the_paper_is_scaled_by_averages) {
    static const uint8_t grey[] = {0,   0,   255, 255, 0, 0, 255, 255, /* 8 × 4 on 4: each dot the mean of 2 × 2 */
                                   0,   0,   255, 255, 0, 0, 255, 255, /* */
                                   255, 255, 0,   0,   0, 0, 0,   0,   /* */
                                   255, 255, 0,   0,   0, 0, 0,   0};
    const struct bitmap *b = on_paper(8, 4, grey, 4);
    ck_assert_int_eq(b->height, 2);
    assert_dots(b, (const char *const[]){"#.#.", ".###"});
}
END_TEST

START_TEST(logo_grey_is_dithered_by_floyd_and_steinberg) {
    /* Every pixel 100. Row 0: 100 is black, 7/16 of it (43) go right; 143 is white, -112 · 7/16 = -49; 51 black, 22; 122 black.
     * Below come 3/16, 5/16 and the rest: +10, -18, +30 and +43. Row 1: 110 black, 48; 100 - 18 + 48 = 130 white, -54;
     * 100 + 30 - 54 = 76 black, 33; 100 + 43 + 33 = 176 white. */
    uint8_t grey[8];
    memset(grey, 100, sizeof grey);
    assert_dots(on_paper(4, 2, grey, 4), (const char *const[]){"#.##", "#.#."});
}
END_TEST

START_TEST(logo_middle_grey_is_half_black) {
    static uint8_t grey[100 * 100];
    memset(grey, 128, sizeof grey);
    const struct bitmap *b = on_paper(100, 100, grey, 100);
    int32_t black = 0;
    for (int32_t y = 0; y < 100; y++)
        for (int32_t x = 0; x < 100; x++) black += bitmap_get(b, x, y);
    ck_assert_int_ge(black, 4850); /* 10000 · 127/255 = 4980 */
    ck_assert_int_le(black, 5050);
}
END_TEST

/* ---- files ---- */

START_TEST(logo_transparent_is_white) {
    struct logo *l = read_logo(SAMPLE);
    ck_assert_int_eq(l->width, 700);
    ck_assert_int_eq(l->height, 240);
    ck_assert_uint_eq(l->grey[0], 255);             /* black, but transparent */
    ck_assert_uint_eq(l->grey[120 * 700 + 120], 0); /* the middle of the ring */
    ck_assert_uint_eq(l->grey[120 * 700 + 180], 255);
}
END_TEST

static void assert_refused(const char *file, const char *reason) {
    struct logo *l = NULL;
    struct error e = {0};
    ck_assert(!logo_read(file, arena, &l, &e));
    ck_assert_int_eq(e.kind, ERROR_INVALID);
    ck_assert_str_eq(e.code, "bad_logo");
    ck_assert_msg(strncmp(e.message, file, strlen(file)) == 0 && strstr(e.message, reason) != NULL, "%s", e.message);
    ck_assert_ptr_null(l);
}

START_TEST(logo_file_that_is_none_is_refused_with_its_name) {
    assert_refused(data_tmp_join(&tmp, "nowhere.png"), "No such file");
    assert_refused(data_tmp_write_text(&tmp, "text.png", "hola"), "");
    char half[1000];
    FILE *f = fopen(SAMPLE, "rb");
    ck_assert_uint_eq(fread(half, 1, sizeof half, f), sizeof half);
    fclose(f);
    const char *cut = data_tmp_join(&tmp, "cut.png");
    f = fopen(cut, "wb");
    ck_assert_uint_eq(fwrite(half, 1, sizeof half, f), sizeof half);
    fclose(f);
    assert_refused(cut, "");
    static uint8_t line[2049];
    png_image wide = {.version = PNG_IMAGE_VERSION, .width = 2049, .height = 1, .format = PNG_FORMAT_GRAY};
    const char *file = data_tmp_join(&tmp, "wide.png");
    ck_assert(png_image_write_to_file(&wide, file, 0, line, 0, NULL) != 0);
    assert_refused(file, "larger than 2048 × 2048 pixels");
}
END_TEST

/* ---- on tickets ---- */

static const struct printer_profile *with_logo(const char *slug) {
    struct printer_profiles *profiles;
    struct error e;
    ck_assert_msg(profiles_load(arena, &profiles, &e), "%s", e.message);
    ck_assert_msg(profiles_set_logo(profiles, SAMPLE, arena, &e), "%s", e.message);
    return profile_find(profiles, slug);
}

static struct bytes encoded(const struct ticket *t, const struct printer_profile *p) {
    struct bytes out;
    struct error e;
    ck_assert_msg(escpos_encode(t, p, NULL, arena, &out, &e), "%s", e.message);
    return out;
}

START_TEST(logo_goes_in_bands_of_128_rows_as_wide_as_the_paper) {
    struct ticket *t = ticket_new(arena);
    ticket_logo(t);
    struct bytes out = encoded(t, with_logo("generic-80")); /* 700 × 240 → 576 × 197: 128 and 69 rows of 72 bytes */
    ck_assert_uint_eq(out.size, 7 + 8 + 128 * 72 + 8 + 69 * 72);
    ck_assert_mem_eq(out.at + 7, "\x1Dv0\x00\x48\x00\x80\x00", 8);
    ck_assert_mem_eq(out.at + 7 + 8 + 128 * 72, "\x1Dv0\x00\x48\x00\x45\x00", 8);
}
END_TEST

START_TEST(logo_is_made_once_for_papers_of_one_width) {
    struct printer_profiles *profiles;
    struct error e;
    ck_assert(profiles_load(arena, &profiles, &e));
    ck_assert_ptr_null(profile_find(profiles, "generic-80")->logo);
    ck_assert(profiles_set_logo(profiles, SAMPLE, arena, &e));
    ck_assert_ptr_nonnull(profile_find(profiles, "generic-80")->logo);
    ck_assert_ptr_eq(profile_find(profiles, "generic-80")->logo, profile_find(profiles, "epson-tm-m30")->logo);
    ck_assert_int_eq(profile_find(profiles, "generic-58")->logo->width, 384);
    ck_assert_int_eq(profile_find(profiles, "epson-tm-u220")->logo->width, 200);
}
END_TEST

/* 700 × 240 → 200 × 69: nine bands of eight rows, joined by ESC 3 16. Its edge is transparent: the last black column is the
 * 197th. */
START_TEST(logo_goes_in_bands_of_eight_dots_to_an_impact_head) {
    struct ticket *t = ticket_new(arena);
    ticket_logo(t);
    struct bytes out = encoded(t, with_logo("epson-tm-u220"));
    const uint8_t *first = memmem(out.at, out.size, "\x1B\x33\x10\x1B*\x00\xC5\x00", 8);
    ck_assert_ptr_nonnull(first);
    size_t bands = 0;
    for (const uint8_t *at = first + 3; memcmp(at, "\x1B*\x00\xC5\x00", 5) == 0; at += 5 + 197 + 1) {
        ck_assert_uint_eq(at[5 + 197], '\n');
        bands++;
    }
    ck_assert_uint_eq(bands, 9);
    ck_assert_mem_eq(out.at + out.size - 2, "\x1B\x32", 2);
}
END_TEST

START_TEST(logo_that_is_not_there_prints_nothing) {
    struct ticket *t = ticket_new(arena);
    ticket_logo(t);
    ck_assert_uint_eq(encoded(t, golden_profile(arena, "generic-80")).size, 7);
}
END_TEST

/* A receipt's head with the logo and a barcode, for each width of paper; with COMANDA_TEST_PICTURES=dir the picture is left there
 * to be seen. */
static void check_head(const char *slug, const char *name) {
    struct ticket *t = ticket_new(arena);
    struct paper *paper;
    struct error e;
    ticket_logo(t);
    ticket_text(t, (struct ticket_style){.width = 2, .height = 2, .bold = true, .align = TICKET_CENTER}, "INTERNO");
    ticket_rule(t);
    ticket_barcode(t, "INT1024-000268");
    ticket_cut(t);
    struct bytes out = encoded(t, with_logo(slug)), png;
    ck_assert_msg(paper_read(out, with_logo(slug), arena, &paper, &e), "%s", e.message);
    ck_assert_int_eq(paper->unknown, 0);
    const char *text = paper_text(paper, arena);
    golden_check(arena_printf(arena, "%s.txt", name), text, strlen(text));
    golden_check(arena_printf(arena, "%s.bin", name), out.at, out.size);
    ck_assert_msg(paper_png(paper, arena, &png, &e), "%s", e.message);
    const char *folder = getenv("COMANDA_TEST_PICTURES");
    if (folder == NULL) return;
    FILE *f = fopen(arena_printf(arena, "%s/%s.png", folder, name), "wb");
    ck_assert_uint_eq(fwrite(png.at, 1, png.size, f), png.size);
    fclose(f);
}

START_TEST(logo_and_barcode_are_as_they_were_looked_at) {
    check_head("epson-tm-t20ii", "logo-t20ii");
    check_head("generic-80", "logo-80");
    check_head("epson-tm-t88v", "logo-t88v");
    check_head("generic-58", "logo-58");
    check_head("epson-tm-u220", "logo-u220");
}
END_TEST

int main(void) {
    Suite *suite = suite_create("printer_logo");
    TCase *c = tcase_create("logo");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, set_up, tear_down);
    tcase_add_test(c, logo_smaller_than_the_paper_keeps_its_size_in_the_middle);
    tcase_add_test(c, logo_wider_than_the_paper_is_scaled_by_averages);
    tcase_add_test(c, logo_grey_is_dithered_by_floyd_and_steinberg);
    tcase_add_test(c, logo_middle_grey_is_half_black);
    tcase_add_test(c, logo_transparent_is_white);
    tcase_add_test(c, logo_file_that_is_none_is_refused_with_its_name);
    tcase_add_test(c, logo_goes_in_bands_of_128_rows_as_wide_as_the_paper);
    tcase_add_test(c, logo_is_made_once_for_papers_of_one_width);
    tcase_add_test(c, logo_goes_in_bands_of_eight_dots_to_an_impact_head);
    tcase_add_test(c, logo_that_is_not_there_prints_nothing);
    tcase_add_test(c, logo_and_barcode_are_as_they_were_looked_at);
    suite_add_tcase(suite, c);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
