/* Golden files and the tickets they show. Contract: printer_golden.h. */
#include "tests/support/printer_golden.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void write_file(const char *path, const void *bytes, size_t size) {
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file != NULL, "%s: cannot be written (run from the top of the tree)", path);
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
}

void golden_check(const char *name, const void *bytes, size_t size) {
    char path[512];
    snprintf(path, sizeof path, "tests/golden/%s", name);
    const char *update = getenv("GOLDEN");
    if (update != NULL && strcmp(update, "update") == 0) {
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
