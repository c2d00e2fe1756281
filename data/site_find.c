/* Names of the site's enumerations, and the look-ups by slug. */
#include "data/site.h"

#include <string.h>

const char *const order_kind_names[] = {"table", "counter", "takeaway", "truck", NULL};
const char *const means_names[] = {"cash", "debit", "credit", "transfer", NULL};
const char *const printer_transport_names[] = {"virtual", "tcp", "usb", NULL};

const struct site_table *site_find_table(const struct site *s, const char *slug) {
    for (size_t i = 0; slug && i < s->table_count; i++)
        if (strcmp(s->tables[i].slug, slug) == 0) return &s->tables[i];
    return NULL;
}

const struct site_station *site_find_station(const struct site *s, const char *slug) {
    for (size_t i = 0; slug && i < s->station_count; i++)
        if (strcmp(s->stations[i].slug, slug) == 0) return &s->stations[i];
    return NULL;
}

const struct site_printer *site_find_printer(const struct site *s, const char *slug) {
    for (size_t i = 0; slug && i < s->printer_count; i++)
        if (strcmp(s->printers[i].slug, slug) == 0) return &s->printers[i];
    return NULL;
}

const struct site_tax *site_find_tax(const struct site *s, const char *slug) {
    for (size_t i = 0; slug && i < s->tax_count; i++)
        if (strcmp(s->taxes[i].slug, slug) == 0) return &s->taxes[i];
    return NULL;
}

const struct site_means *site_find_means(const struct site *s, const char *slug) {
    for (size_t i = 0; slug && i < s->means_count; i++)
        if (strcmp(s->means[i].slug, slug) == 0) return &s->means[i];
    return NULL;
}

const char *site_course_name(const struct site *s, const char *slug) {
    for (size_t i = 0; slug && i < s->course_count; i++)
        if (strcmp(s->courses[i], slug) == 0) return s->course_names[i];
    return NULL;
}

/* The list is in order of date (site_check), so the last that has begun is in force. ISO dates compare as text. */
money site_uvt_on(const struct site *s, const char *day) {
    money value = 0;
    for (size_t i = 0; i < s->uvt_count; i++)
        if (strcmp(s->uvts[i].from, day) <= 0) value = s->uvts[i].value;
    return value;
}
