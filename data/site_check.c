/* Checks that the lists of a site fit each other: what is named must exist, what names must be unique, nothing may clash.
 *
 * Values that were already found faulty read as "" or 0 and are passed over, so that one mistake is told once. */
#include "data/site_read.h"

#include <inttypes.h>
#include <string.h>

#define SLUGS_OF(array, count, member)                                                                                           \
    (struct slugs) {                                                                                                             \
        (const char *)(array) + offsetof(__typeof__(*(array)), member), (count), sizeof *(array)                                 \
    }

/* The texts at one place in each element of an array of structs. */
struct slugs {
    const char *first;
    size_t count, stride;
};

static const char *slug_at(struct slugs s, size_t i) {
    const char *text;
    memcpy(&text, s.first + i * s.stride, sizeof text);
    return text;
}

static bool slug_known(struct slugs s, const char *slug) {
    for (size_t i = 0; i < s.count; i++)
        if (strcmp(slug_at(s, i), slug) == 0) return true;
    return false;
}

/* Element i of the array `list` in the document: where its fault is noted. */
static struct json element(struct json root, const char *list, size_t i) {
    return json_at(json_array_or_none(root, list, SIZE_MAX), i);
}

static void check_unique(struct json root, const char *list, const char *key, struct slugs s) {
    for (size_t i = 1; i < s.count; i++) {
        if (!*slug_at(s, i)) continue;
        for (size_t j = 0; j < i; j++) {
            if (strcmp(slug_at(s, i), slug_at(s, j)) != 0) continue;
            json_add_fault(element(root, list, i), key, "\"%s\" is already used by %s[%zu]", slug_at(s, i), list, j);
            break;
        }
    }
}

/* `what` and `list` name what is missing: unknown area "patio" (not in areas). */
static void check_known(struct json at, const char *key, const char *slug, struct slugs s, const char *what, const char *list) {
    if (slug && *slug && !slug_known(s, slug)) json_add_fault(at, key, "unknown %s \"%s\" (not in %s)", what, slug, list);
}

static void check_tables(struct json root, const struct site *s) {
    struct slugs areas = SLUGS_OF(s->areas, s->area_count, slug);
    check_unique(root, "tables", "slug", SLUGS_OF(s->tables, s->table_count, slug));
    check_unique(root, "tables", "name", SLUGS_OF(s->tables, s->table_count, name));
    for (size_t i = 0; i < s->table_count; i++) {
        const struct site_table *t = &s->tables[i];
        struct json at = element(root, "tables", i);
        check_known(at, "area", t->area, areas, "area", "areas");
        for (size_t j = 0; j < i; j++) {
            const struct site_table *other = &s->tables[j];
            if (!*t->area || strcmp(t->area, other->area) != 0 || t->x != other->x || t->y != other->y) continue;
            json_add_fault(at, NULL, "stands on the cell of tables[%zu] (area \"%s\", x %" PRId32 ", y %" PRId32 ")", j, t->area,
                           t->x, t->y);
            break;
        }
    }
}

static void check_stations(struct json root, const struct site *s) {
    struct slugs printers = SLUGS_OF(s->printers, s->printer_count, slug);
    check_unique(root, "stations", "slug", SLUGS_OF(s->stations, s->station_count, slug));
    for (size_t i = 0; i < s->station_count; i++) {
        const struct site_station *station = &s->stations[i];
        struct json at = element(root, "stations", i);
        check_known(at, "printer", station->printer, printers, "printer", "printers");
        check_known(at, "fallback", station->fallback, printers, "printer", "printers");
        if (station->fallback && *station->fallback && strcmp(station->fallback, station->printer) == 0)
            json_add_fault(at, "fallback", "must be another printer than \"printer\"");
    }
}

static bool same_text(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Two entries for one device would print each other's tickets into the middle of their own. */
static bool same_device(const struct site_printer *a, const struct site_printer *b) {
    if (a->transport != b->transport) return false;
    if (a->transport == TRANSPORT_TCP) return *a->host && strcmp(a->host, b->host) == 0 && a->port == b->port;
    return a->transport == TRANSPORT_USB && a->vendor == b->vendor && a->product == b->product &&
           same_text(a->serial, b->serial) && same_text(a->bus_path, b->bus_path);
}

static void check_printers(struct json root, const struct site *s) {
    struct slugs printers = SLUGS_OF(s->printers, s->printer_count, slug);
    check_unique(root, "printers", "slug", printers);
    for (size_t i = 1; i < s->printer_count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (!same_device(&s->printers[i], &s->printers[j])) continue;
            json_add_fault(element(root, "printers", i), NULL, "is the same device as printers[%zu]", j);
            break;
        }
    }
}

static void check_means(struct json root, const struct site *s) {
    check_unique(root, "means", "slug", SLUGS_OF(s->means, s->means_count, slug));
    bool cash = false;
    for (size_t i = 0; i < s->means_count; i++) {
        struct json at = element(root, "means", i);
        if (s->means[i].kind != MEANS_CASH || !json_has(at, "kind")) continue;
        if (cash) json_add_fault(at, "kind", "only one of the means may be cash");
        cash = true;
    }
}

/* Document numbers are unique by prefix and number: two ranges of one prefix may not share a number. */
static void check_numbering(struct json root, const struct site *s) {
    for (size_t i = 1; i < s->numbering_count; i++) {
        const struct site_numbering *n = &s->numbering[i];
        for (size_t j = 0; j < i; j++) {
            const struct site_numbering *other = &s->numbering[j];
            if (strcmp(n->prefix, other->prefix) != 0) continue;
            if (*n->resolution && strcmp(n->resolution, other->resolution) == 0) {
                json_add_fault(element(root, "numbering", i), "resolution", "has its prefix \"%s\" already in numbering[%zu]",
                               n->prefix, j);
            } else if (n->from <= other->to && other->from <= n->to) {
                json_add_fault(element(root, "numbering", i), NULL, "shares numbers of prefix \"%s\" with numbering[%zu]",
                               n->prefix, j);
            }
        }
    }
    for (size_t i = 1; i < s->uvt_count; i++) {
        const char *before = s->uvts[i - 1].from, *from = s->uvts[i].from;
        if (*before && *from && strcmp(from, before) <= 0)
            json_add_fault(element(root, "uvts", i), "from", "must be after uvts[%zu].from", i - 1);
    }
}

void site_check(struct json root, const struct site *s) {
    check_unique(root, "taxes", "slug", SLUGS_OF(s->taxes, s->tax_count, slug));
    check_unique(root, "courses", "slug", (struct slugs){(const char *)s->courses, s->course_count, sizeof *s->courses});
    check_unique(root, "areas", "slug", SLUGS_OF(s->areas, s->area_count, slug));
    check_tables(root, s);
    check_printers(root, s);
    check_stations(root, s);
    check_means(root, s);
    check_numbering(root, s);
}
