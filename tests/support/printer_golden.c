/* Golden files and the tickets they show. Contract: printer_golden.h. */
#include "tests/support/printer_golden.h"

#include <check.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_updating(void) {
    const char *update = getenv("GOLDEN");
    return update != NULL && strcmp(update, "update") == 0;
}

static void write_file(const char *path, const void *bytes, size_t size) {
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file != NULL, "%s: cannot be written (run from the top of the tree)", path);
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

void golden_check(const char *name, const void *bytes, size_t size) {
    char path[512];
    snprintf(path, sizeof path, "tests/golden/%s", name);
    if (is_updating()) {
        write_file(path, bytes, size);
        return;
    }
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s: missing (GOLDEN=update writes it; run from the top of the tree)", path);
    char *golden = malloc(size + 1);
    size_t got = fread(golden, 1, size + 1, file);
    fclose(file);
    size_t same = 0;
    while (same < got && same < size && golden[same] == ((const char *)bytes)[same]) same++;
    free(golden);
    ck_assert_msg(got == size && same == size, "%s differs at byte %zu (GOLDEN=update rewrites it; then look at the difference)",
                  path, same);
}

/* ---- pictures ---- */

struct dots {
    png_image image;
    uint8_t *grey;
};

static bool finish(struct dots *d, struct arena *a) {
    d->image.format = PNG_FORMAT_GRAY;
    d->grey = arena_alloc(a, PNG_IMAGE_SIZE(d->image));
    return png_image_finish_read(&d->image, NULL, d->grey, 0, NULL) != 0;
}

/* FNV-1a of the font file: the same letters only from the same file. */
static uint64_t font_sum(void) {
    uint64_t sum = UINT64_C(0xCBF29CE484222325);
    FILE *file = fopen("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf", "rb");
    for (int c; file != NULL && (c = fgetc(file)) != EOF;) sum = (sum ^ (uint8_t)c) * UINT64_C(0x100000001B3);
    if (file != NULL) fclose(file);
    return sum;
}

static const char *fonts_here(struct arena *a) {
    FT_Library library;
    int major = 0, minor = 0, patch = 0;
    if (FT_Init_FreeType(&library) == 0) {
        FT_Library_Version(library, &major, &minor, &patch);
        FT_Done_FreeType(library);
    }
    return arena_printf(a, "FreeType %d.%d.%d, DejaVuSansMono.ttf %016llx\n", major, minor, patch,
                        (unsigned long long)font_sum());
}

static bool fonts_are_known(struct arena *a) {
    static const char path[] = "tests/golden/documents/FONTS";
    char known[200] = "";
    const char *here = fonts_here(a);
    if (is_updating()) write_file(path, here, strlen(here));
    FILE *file = fopen(path, "rb");
    if (file != NULL) {
        known[fread(known, 1, sizeof known - 1, file)] = '\0';
        fclose(file);
    }
    if (strcmp(known, here) == 0) return true;
    fprintf(stderr, "pictures are not compared: they were made with %sand this machine has %s", known, here);
    return false;
}

void golden_picture(const char *name, struct arena *a, const void *png, size_t size) {
    struct dots made = {.image.version = PNG_IMAGE_VERSION}, golden = {.image.version = PNG_IMAGE_VERSION};
    const char *path = arena_printf(a, "tests/golden/%s", name);
    ck_assert_msg(png_image_begin_read_from_memory(&made.image, png, size) && finish(&made, a), "%s: no picture was made", name);
    bool known = fonts_are_known(a), there = png_image_begin_read_from_file(&golden.image, path) && finish(&golden, a);
    bool same = there && made.image.width == golden.image.width && made.image.height == golden.image.height &&
                memcmp(made.grey, golden.grey, PNG_IMAGE_SIZE(made.image)) == 0;
    if (is_updating()) {
        if (!same) write_file(path, png, size);
        return;
    }
    ck_assert_msg(there, "%s: missing (GOLDEN=update writes it; then look at it)", path);
    ck_assert_msg(same || !known, "%s: its dots differ (GOLDEN=update rewrites it; then look at it)", path);
}

/* ---- profiles and papers ---- */

const struct printer_profile *golden_profile(struct arena *a, const char *slug) {
    struct printer_profiles *profiles;
    struct error e;
    ck_assert_msg(profiles_load(a, &profiles, &e), "%s", e.message);
    const struct printer_profile *p = profile_find(profiles, slug);
    ck_assert_msg(p != NULL, "no profile %s", slug);
    return p;
}

const struct ticket *golden_kitchen(struct arena *a) {
    struct ticket *t = ticket_new(a);
    struct ticket_style normal = {0}, strong = {.bold = true}, dish = {.height = 2, .bold = true, .hang = 3};
    struct ticket_style table = {.width = 2, .height = 2, .bold = true, .reverse = true, .align = TICKET_CENTER};
    struct ticket_style note = {.indent = 4, .hang = 2}, warning = {.height = 2, .bold = true, .reverse = true, .indent = 3};
    ticket_pair(t, strong, "COCINA CALIENTE", "#0147");
    ticket_text(t, table, "MESA 12");
    ticket_pair(t, normal, "Interno · Salón · 4 personas", "19:42");
    ticket_pair(t, normal, "Mesera: Marlene", "Fuertes");
    ticket_rule(t);
    ticket_text(t, dish, "2  POSTA CARTAGENERA");
    ticket_text(t, note, "sin cebolla");
    ticket_text(t, note, "titoté aparte");
    ticket_text(t, dish, "1  ARROZ CALDOSO");
    ticket_text(t, warning, "ALERGIA: CAMARÓN");
    ticket_rule(t);
    ticket_text(t, (struct ticket_style){.height = 2, .bold = true, .reverse = true}, "ANULAR 1 CARIMAÑOLAS — con suero");
    ticket_rule(t);
    ticket_text(t, normal, "Pedido 0031 · envío 2");
    ticket_cut(t);
    return t;
}

const struct ticket *golden_receipt(struct arena *a) {
    struct ticket *t = ticket_new(a);
    struct ticket_style normal = {0}, middle = {.align = TICKET_CENTER}, line = {.hang = 3};
    ticket_drawer(t, 1);
    ticket_text(t, (struct ticket_style){.width = 2, .height = 2, .bold = true, .align = TICKET_CENTER}, "INTERNO");
    ticket_text(t, middle, "Fundación Acción Interna\nNIT 900.000.000-0\nCentro, Calle de los Estribos\nCartagena de Indias");
    ticket_feed(t, 1);
    ticket_text(t, (struct ticket_style){.bold = true, .align = TICKET_CENTER}, "DOCUMENTO EQUIVALENTE P.O.S. No. INT1024");
    ticket_pair(t, normal, "26/07/2026 20:51", "Caja 1");
    ticket_pair(t, normal, "Mesa 12 · Pedido 0031", "4 personas");
    ticket_rule(t);
    ticket_pair(t, line, "2  Menú de tres tiempos", "$ 180.000");
    ticket_pair(t, line, "1  Posta cartagenera con arroz titoté y ensalada de la casa", "$ 52.000");
    ticket_pair(t, line, "3  Limonada de coco", "$ 36.000");
    ticket_rule(t);
    ticket_pair(t, normal, "Subtotal sin impuesto", "$ 248.148");
    ticket_pair(t, normal, "INC 8 %", "$ 19.852");
    ticket_pair(t, (struct ticket_style){.width = 2, .height = 2, .bold = true}, "TOTAL", "$ 268.000");
    ticket_pair(t, normal, "Propina voluntaria", "$ 24.800");
    ticket_pair(t, normal, "Efectivo", "$ 300.000");
    ticket_pair(t, normal, "Cambio", "$ 7.200");
    ticket_feed(t, 1);
    ticket_text(t, middle, "Autorización de numeración 18764000001 del 2026-01-15, INT1 a INT5000, vigente hasta 2028-01-15");
    ticket_feed(t, 1);
    ticket_qr(t, "NumFac: INT1024\nFecFac: 2026-07-26\nNitFac: 900594384\nValTolFac: 268000");
    ticket_feed(t, 1);
    ticket_text(t, middle, "¡Gracias por apoyar segundas oportunidades!");
    ticket_cut(t);
    return t;
}
