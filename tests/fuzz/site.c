/* Fuzz target: a site's file. What loads fits together; what does not is told with its place. */
#include "data/site.h"

#include <sys/mman.h>
#include <unistd.h>

#include "data/text.h"
#include "tests/fuzz/kit/fuzz.h"

static void check_site(const struct site *s) {
    HOLDS(s->receipt_printer != NULL && site_find_printer(s, s->receipt_printer->slug) == s->receipt_printer);
    HOLDS(s->default_tax != NULL && site_find_tax(s, s->default_tax->slug) == s->default_tax);
    HOLDS(s->kinds[s->default_kind] && s->cutover_hour >= 0 && s->cutover_hour <= 12 && s->coin > 0);
    HOLDS(text_is_slug(s->slug) && s->name[0] != '\0' && s->void_reason_count >= 1 && s->means_count >= 1);
    for (size_t i = 0; i < s->table_count; i++) { /* found by its slug: so it is the only one of it */
        HOLDS(site_find_table(s, s->tables[i].slug) == &s->tables[i]);
        bool area = false;
        for (size_t j = 0; j < s->area_count; j++) area |= strcmp(s->areas[j].slug, s->tables[i].area) == 0;
        HOLDS(area);
    }
    for (size_t i = 0; i < s->station_count; i++) {
        const struct site_station *one = &s->stations[i];
        HOLDS(site_find_station(s, one->slug) == one && site_find_printer(s, one->printer) != NULL);
        HOLDS(one->fallback == NULL || (site_find_printer(s, one->fallback) != NULL && strcmp(one->fallback, one->printer) != 0));
    }
    for (size_t i = 0; i < s->printer_count; i++) HOLDS(site_find_printer(s, s->printers[i].slug) == &s->printers[i]);
    for (size_t i = 0; i < s->means_count; i++) HOLDS(site_find_means(s, s->means[i].slug) == &s->means[i]);
    for (size_t i = 0; i < s->course_count; i++) HOLDS(site_course_name(s, s->courses[i]) == s->course_names[i]);
    for (size_t i = 0; i < s->tax_count; i++) HOLDS(s->taxes[i].rate >= 0 && s->taxes[i].rate <= 10000);
    for (size_t i = 0; i < s->numbering_count; i++) {
        const struct site_numbering *n = &s->numbering[i];
        HOLDS(n->from >= 1 && n->from <= n->to && strlen(n->prefix) <= 4 && strcmp(n->valid_from, n->valid_until) <= 0);
        for (size_t j = 0; j < i; j++) {
            const struct site_numbering *o = &s->numbering[j];
            HOLDS(strcmp(n->prefix, o->prefix) != 0 || strcmp(n->kind, o->kind) != 0 || n->from > o->to || o->from > n->to);
        }
    }
    for (size_t i = 0; i < s->uvt_count; i++) HOLDS(i == 0 || strcmp(s->uvts[i - 1].from, s->uvts[i].from) < 0);
}

/* Every fault on its line, with the file before it. */
static void check_faults(const char *faults, const char *file) {
    HOLDS(faults != NULL && faults[0] != '\0' && text_is_utf8(faults, strlen(faults)));
    for (const char *line = faults; *line != '\0';) {
        HOLDS(strncmp(line, file, strlen(file)) == 0 && line[strlen(file)] == ':');
        line += strcspn(line, "\n");
        if (*line == '\n') line++;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_open();
    int fd = memfd_create("site", 0);
    HOLDS(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    const char *file = arena_printf(a, "/proc/self/fd/%d", fd), *faults = NULL;
    struct site *s;
    struct error e;
    if (site_load(file, a, &s, &faults, &e)) {
        check_site(s);
    } else {
        HOLDS(e.kind == ERROR_INVALID && (strcmp(e.code, "bad_site") == 0 || strcmp(e.code, "bad_json") == 0));
        check_faults(faults, file);
    }
    close(fd);
    arena_close(a);
    return 0;
}
