/* How many kitchen tickets of twelve lines a second become ESC/POS: usage: encode → prints encodes per second. */
#include <stdio.h>

#include "data/clock.h"
#include "printer/escpos.h"

static struct ticket *kitchen(struct arena *a) {
    static const char *const dishes[] = {"Posta cartagenera con arroz titoté", "Arroz caldoso de camarón", "Carimañola con suero costeño", "Boronía de plátano y berenjena"};
    struct ticket *t = ticket_new(a);
    ticket_pair(t, (struct ticket_style){.bold = true}, "COCINA CALIENTE", "#0147");
    ticket_text(t, (struct ticket_style){.width = 2, .height = 2, .reverse = true, .align = TICKET_CENTER}, " MESA 12 ");
    ticket_pair(t, (struct ticket_style){0}, "Salón · 4 personas", "19:42");
    ticket_rule(t);
    for (int i = 0; i < 12; i++) {
        ticket_text(t, (struct ticket_style){.height = 2, .hang = 3}, "%d  %s", 1 + i % 3, dishes[i % 4]);
        if (i % 3 == 0) ticket_text(t, (struct ticket_style){.indent = 6}, "sin cebolla · término medio, salsa de maracuyá aparte");
    }
    ticket_rule(t);
    ticket_text(t, (struct ticket_style){0}, "Pedido 0031 · envío 2");
    ticket_cut(t);
    return t;
}

int main(void) {
    enum { ENCODES = 20000 };
    struct arena *a = arena_open();
    struct printer_profiles *profiles;
    struct error e = {0};
    if (!profiles_load(a, &profiles, &e)) return fprintf(stderr, "encode: %s\n", e.message), 1;
    const struct printer_profile *p = profile_find(profiles, "generic-80");
    if (!p) return fprintf(stderr, "encode: no profile generic-80\n"), 1;
    struct ticket *t = kitchen(a);
    int64_t start = clock_monotonic_us();
    for (int i = 0; i < ENCODES; i++) {
        struct arena *job = arena_open();
        struct bytes out;
        if (!escpos_encode(t, p, NULL, job, &out, &e)) return fprintf(stderr, "encode: %s\n", e.message), 1;
        arena_close(job);
    }
    printf("%.0f\n", (double)ENCODES * 1e6 / (double)(clock_monotonic_us() - start));
    arena_close(a);
    return 0;
}
