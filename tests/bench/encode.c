/* How many receipts of twelve lines a second become ESC/POS, each built from its texts and encoded:
 * `encode TICKET.TXT SECONDS` prints encodes per second; `encode TICKET.TXT` prints the bytes of one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/clock.h"
#include "printer/escpos.h"

enum { LINES = 12, LINE_MAX = 200 };
struct line {
    char dish[LINE_MAX], amount[LINE_MAX];
};

static bool read_lines(const char *file, struct line lines[LINES]) {
    char text[2 * LINE_MAX];
    FILE *f = fopen(file, "r");
    int n = 0;
    while (f && n < LINES && fgets(text, sizeof text, f)) {
        if (sscanf(text, "%199[^\t]\t%199[^\n]", lines[n].dish, lines[n].amount) == 2) n++;
    }
    if (f) fclose(f);
    return n == LINES;
}

static struct ticket *receipt(const struct line lines[LINES], struct arena *a) {
    struct ticket *t = ticket_new(a);
    ticket_text(t, (struct ticket_style){.width = 2, .height = 2, .align = TICKET_CENTER}, "MESA 12");
    ticket_pair(t, (struct ticket_style){.bold = true}, "Salón · 4 personas", "19:42");
    ticket_rule(t);
    for (int i = 0; i < LINES; i++) ticket_pair(t, (struct ticket_style){0}, lines[i].dish, lines[i].amount);
    ticket_rule(t);
    ticket_pair(t, (struct ticket_style){.bold = true}, "TOTAL", "424.900");
    ticket_cut(t);
    return t;
}

int main(int argc, char **argv) {
    enum { AT_ONCE = 64 };
    struct line lines[LINES];
    struct arena *a = arena_open();
    struct printer_profiles *profiles;
    struct error e = {0};
    if (argc < 2 || !read_lines(argv[1], lines)) return fprintf(stderr, "usage: encode TICKET.TXT [SECONDS]\n"), 2;
    if (!profiles_load(a, &profiles, &e)) return fprintf(stderr, "encode: %s\n", e.message), 1;
    const struct printer_profile *p = profile_find(profiles, "generic-80");
    if (!p) return fprintf(stderr, "encode: its profile is missing\n"), 1;
    const int64_t start = clock_monotonic_us(), until = start + (argc > 2 ? strtoll(argv[2], NULL, 10) * 1000000 : 0);
    int64_t done = 0;
    do {
        for (int i = 0; i < AT_ONCE; i++, done++) {
            struct arena *job = arena_open();
            struct bytes out;
            if (!escpos_encode(receipt(lines, job), p, NULL, job, &out, &e)) return fprintf(stderr, "encode: %s\n", e.message), 1;
            if (argc == 2) return fwrite(out.at, 1, out.size, stdout) != out.size;
            arena_close(job);
        }
    } while (clock_monotonic_us() < until);
    printf("%.0f\n", (double)done * 1e6 / (double)(clock_monotonic_us() - start));
    arena_close(a);
    return 0;
}
