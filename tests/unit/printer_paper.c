/* Tests of the interpreter of ESC/POS bytes and of its pictures, with hostile bytes too. */
#include <check.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "data/text.h"
#include "printer/paper.h"
#include "tests/support/printer_golden.h"

static struct arena *arena;
static const struct printer_profile *profile;
static void set_up(void) {
    arena = arena_open();
    profile = golden_profile(arena, "generic-80");
}
static void tear_down(void) {
    arena_close(arena);
}

static struct paper *read_bytes(const void *bytes, size_t size) {
    struct paper *paper;
    struct error e;
    struct bytes stream = {.at = bytes, .size = size};
    ck_assert_msg(paper_read(stream, profile, arena, &paper, &e), "%s", e.message);
    return paper;
}
#define READ(literal) read_bytes(literal, sizeof(literal) - 1)
#define ASSERT_TEXT(paper, text) ck_assert_str_eq(paper_text((paper), arena), (text))

static struct bytes encode(const struct ticket *t) {
    static const struct ticket_marks none;
    struct bytes out;
    struct error e;
    ck_assert_msg(escpos_encode(t, profile, &none, arena, &out, &e), "%s", e.message);
    return out;
}

static uint8_t *picture_of(const struct paper *p, png_image *image) {
    struct bytes png;
    struct error e;
    ck_assert_msg(paper_png(p, arena, &png, &e), "%s", e.message);
    memset(image, 0, sizeof *image);
    image->version = PNG_IMAGE_VERSION;
    ck_assert(png_image_begin_read_from_memory(image, png.at, png.size) != 0);
    image->format = PNG_FORMAT_GRAY;
    uint8_t *grey = arena_alloc(arena, PNG_IMAGE_SIZE(*image));
    ck_assert(png_image_finish_read(image, NULL, grey, 0, NULL) != 0);
    return grey;
}

/* ---- reading ---- */

START_TEST(paper_shows_the_characters_of_the_page_that_is_set) {
    ASSERT_TEXT(READ("\x1Bt\x13\xA4\xA5\xD5\n"), "ñÑ€\n");
    ASSERT_TEXT(READ("\x1Bt\x10\xF1\xD1\x80\x96\n"), "ñÑ€–\n");
    ASSERT_TEXT(READ("\x1Bt\x10\x81\n"), "\xEF\xBF\xBD\n");                   /* a hole in the page */
    ASSERT_TEXT(READ("a\xA4\x1Bt\x63\xA4\n"), "a\xEF\xBF\xBD\xEF\xBF\xBD\n"); /* no page, or one this printer lacks */
}
END_TEST

START_TEST(paper_keeps_styles_with_the_cells) {
    struct paper *p = READ("\x1D!\x21"
                           "A\x1D!\x00\x1B"
                           "E\x01"
                           "B\x1B"
                           "E\x00\x1D"
                           "B\x01"
                           "C\x1B-\x01"
                           "D\x1B@E\n");
    ck_assert_uint_eq(p->count, 1);
    ck_assert_uint_eq(p->lines[0].count, 1); /* ESC @ emptied the line */
    ck_assert_uint_eq(p->lines[0].cells[0].code, 'E');
    p = READ("\x1D!\x21"
             "A\x1D!\x00\x1B"
             "E\x01"
             "B\x1D"
             "B\x01"
             "C\n");
    const struct paper_line *line = &p->lines[0];
    ck_assert_uint_eq(line->height, 2);
    ck_assert(line->cells[0].width == 3 && line->cells[0].height == 2 && !line->cells[0].bold);
    ck_assert(line->cells[1].width == 1 && line->cells[1].bold && !line->cells[1].reverse);
    ck_assert(line->cells[2].bold && line->cells[2].reverse && !line->cells[2].underline);
}
END_TEST

START_TEST(paper_text_without_a_line_feed_stays_in_the_buffer) {
    ASSERT_TEXT(READ("uno\ndos"), "uno\n");
    ASSERT_TEXT(READ("uno\x1D"
                     "V\x42\x00"),
                "uno\n✂ - - - - - - - - - - - - - - - - - - - - - - -\n");
}
END_TEST

START_TEST(paper_full_line_prints_by_itself) {
    ASSERT_TEXT(READ("123456789012345678901234567890123456789012345678X\n"),
                "123456789012345678901234567890123456789012345678\nX\n");
}
END_TEST

START_TEST(paper_aligns_wide_text_by_its_true_width) {
    ASSERT_TEXT(READ("\x1B"
                     "a\x01\x1D!\x11"
                     "MESA 12\n"),
                "                 MESA 12\n"); /* 14 columns in 48 */
    ASSERT_TEXT(READ("\x1B"
                     "a\x02"
                     "fin\n"),
                "                                             fin\n");
}
END_TEST

START_TEST(paper_counts_kicks_cuts_and_feeds) {
    struct paper *p = READ("a\n\x1B"
                           "d\x03\x1Bp\x00\x19\xFA\x10\x14\x01\x00\x05\x1D"
                           "V\x00\x1Bi");
    ck_assert_int_eq(p->drawer_kicks, 2);
    ck_assert_int_eq(p->cuts, 2);
    ck_assert_int_eq(p->unknown, 0);
    ck_assert_uint_eq(p->count, 1 + 3 + 2);
}
END_TEST

START_TEST(paper_status_requests_leave_no_mark) {
    struct paper *p = READ("\x10\x04\x01\x1Dr\x01\x1D(H\x06\x00\x30\x30"
                           "A001\x1D"
                           "a\x0E\x1DI\x01\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08ok\n");
    ASSERT_TEXT(p, "ok\n");
    ck_assert_int_eq(p->unknown, 0);
}
END_TEST

START_TEST(paper_unknown_command_is_counted_and_skipped) {
    struct paper *p = READ("\x1B\x7Fhola\n\x1D(Z\x02\x00xy\x1Dk\x04"
                           "123\x00\x1Dk\x49\x03"
                           "abcfin\n");
    ck_assert_int_eq(p->unknown, 4);
    ASSERT_TEXT(p, "hola\nfin\n");
}
END_TEST

START_TEST(paper_shows_dots_in_the_line) {
    struct paper *p = READ("a\x1B*\x21\x01\x00\x80\x00\x01"
                           "b\n");
    ASSERT_TEXT(p, "a▒b\n");
    const struct bitmap *image = p->lines[0].cells[1].image;
    ck_assert_ptr_nonnull(image);
    ck_assert(image->width == 1 && image->height == 24);
    ck_assert(bitmap_get(image, 0, 0) && !bitmap_get(image, 0, 1) && bitmap_get(image, 0, 23));
}
END_TEST

START_TEST(paper_reads_a_qr_either_way) {
    struct paper *p = READ("\x1D(k\x03\x00\x31\x43\x05\x1D(k\x03\x00\x31\x45\x32\x1D(k\x06\x00\x31\x50\x30"
                           "a\nb\x1D(k\x03\x00\x31\x51\x30");
    ck_assert_uint_eq(p->count, 1);
    ck_assert_str_eq(p->lines[0].qr, "a\nb");
    ck_assert_int_eq(p->lines[0].qr_module, 5);
    ck_assert_int_eq(p->lines[0].qr_level, QR_Q);
    ASSERT_TEXT(p, "[QR: a b]\n");
    /* As a raster: the module in the middle of each 6 × 6 square is the symbol's. */
    struct ticket *t = ticket_new(arena);
    ticket_qr(t, "HOLA");
    struct bytes out = encode(t);
    p = read_bytes(out.at, out.size);
    ASSERT_TEXT(p, "[imagen 576×126]\n");
    const struct bitmap *symbol = qr_symbol(arena, "HOLA", 4, QR_M);
    ck_assert_int_eq(symbol->width, 21);
    for (int32_t y = 0; y < 21; y++)
        for (int32_t x = 0; x < 21; x++)
            ck_assert(bitmap_get(p->lines[0].image, 225 + x * 6 + 3, y * 6 + 3) == bitmap_get(symbol, x, y));
    ck_assert(bitmap_get(symbol, 0, 0) && bitmap_get(symbol, 6, 6) && !bitmap_get(symbol, 1, 1));
}
END_TEST

START_TEST(paper_reads_a_barcode) {
    struct paper *p = READ("\x1D"
                           "h\x28\x1Dw\x02\x1DH\x02\x1Dk\x49\x09{BPJJ123C");
    ASSERT_TEXT(p, "[Código de barras: PJJ123C]\n");
    const struct paper_line *line = &p->lines[0];
    ck_assert(line->barcode_module == 2 && line->barcode_rows == 40 && line->barcode_text);
    ck_assert_int_eq(line->barcode->bars->width, 112);
    /* Wider than the paper: 112 modules of 6 dots. The printer prints none. */
    ck_assert_uint_eq(READ("\x1Dw\x06\x1Dk\x49\x09{BPJJ123C")->count, 0);
}
END_TEST

START_TEST(paper_picture_shows_a_barcode_and_its_text) {
    png_image image;
    uint8_t *grey = picture_of(READ("\x1D"
                                    "h\x28\x1Dw\x02\x1Dk\x49\x09{BPJJ123C"),
                               &image);
    ck_assert_uint_eq(image.height, 64 + 40);
    for (size_t y = 32; y < 32 + 40; y += 39) /* 211214: four black dots, two white, two black, four white, two black */
        for (size_t x = 0; x < 14; x++) ck_assert_uint_eq(grey[y * 640 + 32 + x], "00001100111100"[x] == '0' ? 0 : 255);
    grey = picture_of(READ("\x1D"
                           "h\x28\x1DH\x02\x1Dk\x49\x09{BPJJ123C"),
                      &image);
    ck_assert_uint_eq(image.height, 64 + 40 + 30);
    size_t ink = 0;
    for (size_t i = (32 + 41) * 640; i < (32 + 70) * 640; i++) ink += grey[i] == 0;
    ck_assert_uint_gt(ink, 200);
}
END_TEST

/* ---- hostile bytes ---- */

START_TEST(paper_truncated_stream_shows_what_came) {
    struct bytes whole = encode(golden_kitchen(arena));
    struct paper *all = read_bytes(whole.at, whole.size);
    for (size_t size = 0; size <= whole.size; size++) {
        uint8_t *cut = malloc(size + 1); /* of its own, so that a sanitizer sees a step beyond */
        memcpy(cut, whole.at, size);
        uint8_t *exact = size == 0 ? cut : realloc(cut, size);
        struct paper *p = read_bytes(exact, size);
        ck_assert_uint_le(p->count, all->count);
        ck_assert_int_le(p->unknown, 1);
        const char *text = paper_text(p, arena);
        ck_assert_msg(strncmp(text, paper_text(all, arena), strlen(text)) == 0, "cut at %zu", size);
        free(exact);
    }
}
END_TEST

START_TEST(paper_announced_but_missing_data_is_not_read) {
    ck_assert_int_eq(READ("\x1Dv0\x00\xFF\xFF\xFF\xFF")->unknown, 1);
}
END_TEST

START_TEST(paper_endless_feed_is_refused) {
    char feeds[300];
    for (size_t i = 0; i < 300; i += 3)
        memcpy(feeds + i,
               "\x1B"
               "d\xFF",
               3);
    struct paper *paper = NULL;
    struct error e = {0};
    ck_assert(!paper_read((struct bytes){(const uint8_t *)feeds, sizeof feeds}, profile, arena, &paper, &e));
    ck_assert_str_eq(e.code, "paper_too_long");
    ck_assert_ptr_null(paper);
}
END_TEST

START_TEST(paper_too_long_for_a_picture_is_refused) {
    char feeds[30];
    for (size_t i = 0; i < 30; i += 3)
        memcpy(feeds + i,
               "\x1B"
               "d\xFF",
               3);
    struct bytes png;
    struct error e = {0};
    ck_assert(!paper_png(read_bytes(feeds, sizeof feeds), arena, &png, &e)); /* 2550 lines of 30 dots */
    ck_assert_str_eq(e.code, "paper_too_long");
}
END_TEST

static uint32_t random_next(uint64_t *state) { /* Knuth's MMIX */
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

START_TEST(paper_takes_any_bytes) {
    static const uint8_t likely[] = "\x1B\x1D\x1C\x10\n\t*v(kd!aEtBV@p0123I{AChwH\x00\x01\x11\x20\x21";
    uint64_t state = 20260726 + (uint64_t)_i;
    for (int round = 0; round < 400; round++) {
        struct arena *short_lived = arena_open();
        size_t size = random_next(&state) % 400;
        uint8_t *bytes = malloc(size == 0 ? 1 : size);
        for (size_t i = 0; i < size; i++)
            bytes[i] = random_next(&state) % 2 ? (uint8_t)random_next(&state) : likely[random_next(&state) % (sizeof likely - 1)];
        struct paper *p;
        struct error e;
        ck_assert_msg(paper_read((struct bytes){bytes, size}, profile, short_lived, &p, &e), "%s", e.message);
        free(bytes); /* nothing may still point into it */
        const char *text = paper_text(p, short_lived);
        ck_assert(text_is_utf8(text, strlen(text)));
        struct bytes png;
        if (round % 20 == 0 && !paper_png(p, short_lived, &png, &e)) ck_assert_str_eq(e.code, "paper_too_long");
        arena_close(short_lived);
    }
}
END_TEST

/* ---- pictures ---- */

START_TEST(paper_picture_is_black_on_white_with_margins) {
    png_image image;
    uint8_t *grey = picture_of(READ("\x1D"
                                    "B\x01 \x1D"
                                    "B\x00 \n"),
                               &image);
    ck_assert_uint_eq(image.width, 576 + 64);
    ck_assert_uint_eq(image.height, 30 + 64);
    size_t black = 0;
    for (size_t i = 0; i < PNG_IMAGE_SIZE(image); i++) black += grey[i] == 0;
    ck_assert_uint_eq(black, 12 * 24);                     /* one reversed cell */
    ck_assert_uint_eq(grey[(32 + 6) * 640 + 32], 0);       /* its corner */
    ck_assert_uint_eq(grey[(32 + 29) * 640 + 32 + 11], 0); /* and the other */
    ck_assert_uint_eq(grey[(32 + 29) * 640 + 32 + 12], 255);
}
END_TEST

START_TEST(paper_picture_grows_with_the_letters) {
    png_image image;
    picture_of(READ("a\n\x1D!\x11"
                    "b\n\x1D!\x33"
                    "c\n"),
               &image);
    ck_assert_uint_eq(image.height, 64 + 30 + 48 + 96);
}
END_TEST

START_TEST(paper_picture_shows_letters_qr_and_dots) {
    png_image image;
    uint8_t *grey = picture_of(READ("\xB5"), &image); /* no LF: nothing on the paper */
    size_t black = 0;
    for (size_t i = 0; i < PNG_IMAGE_SIZE(image); i++) black += grey[i] == 0;
    ck_assert_uint_eq(black, 0);
    grey = picture_of(READ("\x1Bt\x13\xA4\n"), &image); /* ñ: more ink than n, and above it */
    size_t above = 0;
    for (size_t y = 32 + 6; y < 32 + 6 + 8; y++)
        for (size_t x = 32; x < 44; x++) above += grey[y * 640 + x] == 0;
    ck_assert_uint_gt(above, 4);
    grey = picture_of(READ("\x1D(k\x03\x00\x31\x43\x06\x1D(k\x07\x00\x31\x50\x30HOLA\x1D(k\x03\x00\x31\x51\x30"), &image);
    ck_assert_uint_eq(image.height, 64 + 126);
    ck_assert_uint_eq(grey[32 * 640 + 32], 0);
    ck_assert_uint_eq(grey[(32 + 9) * 640 + 32 + 9], 255);
}
END_TEST

/* ESC 3 n makes bands of ESC * one picture: n dots on a thermal head, n/144 inch on an impact one. */
START_TEST(paper_joins_bands_of_dots_into_one_picture) {
    struct paper *p = READ("a\n\x1B\x33\x18\x1B*\x00\x02\x00\xFF\x80\n\x1B*\x00\x02\x00\x01\x00\n\x1B\x32"
                           "b\n");
    ck_assert_uint_eq(p->count, 3);
    const struct bitmap *image = p->lines[1].image; /* two columns of two dots, two bands of 24 */
    ck_assert(image->width == 4 && image->height == 48);
    ck_assert(bitmap_get(image, 0, 0) && bitmap_get(image, 1, 23) && bitmap_get(image, 2, 2) && !bitmap_get(image, 2, 3));
    ck_assert(!bitmap_get(image, 0, 44) && bitmap_get(image, 0, 45) && bitmap_get(image, 1, 47) && !bitmap_get(image, 2, 47));
    profile = golden_profile(arena, "epson-tm-u220"); /* 480 of the picture's dots hold 200 of its own */
    p = READ("\x1B\x33\x10\x1B*\x00\x05\x00\x80\x00\x00\x00\x01\n\x1B*\x00\x05\x00\x80\x00\x00\x00\x01\n");
    ck_assert_uint_eq(p->count, 1);
    image = p->lines[0].image;
    ck_assert(image->width == 12 && image->height == 40); /* 5 × 2.4, 2 × 8/72 inch */
    ck_assert(bitmap_get(image, 0, 0) && bitmap_get(image, 11, 19) && bitmap_get(image, 0, 20) && bitmap_get(image, 11, 39));
    ck_assert(!bitmap_get(image, 0, 3) && !bitmap_get(image, 5, 10));
}
END_TEST

START_TEST(paper_keeps_bands_apart_that_the_usual_pitch_or_a_text_parts) {
    struct paper *p = READ("\x1B*\x00\x02\x00\xFF\x80\n\x1B*\x00\x02\x00\xFF\x80\n");
    ck_assert(p->count == 2 && p->lines[0].image == NULL && p->lines[0].cells[0].image != NULL);
    p = READ("\x1B\x33\x18\x1B*\x00\x01\x00\xFF\n"
             "a\n\x1B*\x00\x01\x00\xFF\n\x1B*\x00\x02\x00\xFF\xFF\n");
    ck_assert_uint_eq(p->count, 4); /* the last is wider than the one before */
    for (size_t i = 0; i < 4; i++) ck_assert(i == 1 || p->lines[i].image->height == 24);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("printer_paper");
    TCase *c = tcase_create("paper");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, set_up, tear_down);
    tcase_add_test(c, paper_joins_bands_of_dots_into_one_picture);
    tcase_add_test(c, paper_keeps_bands_apart_that_the_usual_pitch_or_a_text_parts);
    tcase_add_test(c, paper_shows_the_characters_of_the_page_that_is_set);
    tcase_add_test(c, paper_keeps_styles_with_the_cells);
    tcase_add_test(c, paper_text_without_a_line_feed_stays_in_the_buffer);
    tcase_add_test(c, paper_full_line_prints_by_itself);
    tcase_add_test(c, paper_aligns_wide_text_by_its_true_width);
    tcase_add_test(c, paper_counts_kicks_cuts_and_feeds);
    tcase_add_test(c, paper_status_requests_leave_no_mark);
    tcase_add_test(c, paper_unknown_command_is_counted_and_skipped);
    tcase_add_test(c, paper_shows_dots_in_the_line);
    tcase_add_test(c, paper_reads_a_qr_either_way);
    tcase_add_test(c, paper_reads_a_barcode);
    tcase_add_test(c, paper_picture_shows_a_barcode_and_its_text);
    tcase_add_test(c, paper_truncated_stream_shows_what_came);
    tcase_add_test(c, paper_announced_but_missing_data_is_not_read);
    tcase_add_test(c, paper_endless_feed_is_refused);
    tcase_add_test(c, paper_too_long_for_a_picture_is_refused);
    tcase_add_loop_test(c, paper_takes_any_bytes, 0, 10);
    tcase_add_test(c, paper_picture_is_black_on_white_with_margins);
    tcase_add_test(c, paper_picture_grows_with_the_letters);
    tcase_add_test(c, paper_picture_shows_letters_qr_and_dots);
    suite_add_tcase(suite, c);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
