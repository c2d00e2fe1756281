/* The site in JSON: what the screens need to know of it. */
#include "pos/http/shapes.h"

#include <string.h>

static const money banknotes_from = 2000; /* the smallest banknote in use */

static void shape_names(struct json list, const char *id, const char *name) {
    struct json row = json_push_object(list);
    json_set_text(row, "id", id);
    json_set_text(row, "name", name);
}

static void shape_selling(struct json into, const struct site *s) {
    json_set_int(into, "coin", s->coin);
    struct json tip = json_set_object(into, "tip");
    json_set_text(tip, "rule", s->tip_rule == TIP_ASK ? "ask" : "off");
    json_set_int(tip, "max_rate", s->tip_max_rate);
    json_set_bool(into, "precuenta", s->precuenta);
    struct json kinds = json_set_array(into, "kinds");
    for (int i = 0; i < ORDER_KIND_COUNT; i++)
        if (s->kinds[i]) json_push_text(kinds, order_kind_names[i]);
    json_set_text(into, "default_kind", order_kind_names[s->default_kind]);
    struct json courses = json_set_array(into, "courses");
    for (size_t i = 0; i < s->course_count; i++) shape_names(courses, s->courses[i], s->course_names[i]);
    struct json reasons = json_set_array(into, "void_reasons");
    for (size_t i = 0; i < s->void_reason_count; i++) json_push_text(reasons, s->void_reasons[i]);
}

static void shape_floor(struct json into, const struct site *s) {
    struct json areas = json_set_array(into, "areas");
    for (size_t i = 0; i < s->area_count; i++) shape_names(areas, s->areas[i].slug, s->areas[i].name);
    struct json tables = json_set_array(into, "tables");
    for (size_t i = 0; i < s->table_count; i++) {
        const struct site_table *t = &s->tables[i];
        struct json row = json_push_object(tables);
        json_set_text(row, "id", t->slug);
        json_set_text(row, "name", t->name);
        json_set_text(row, "area", t->area);
        json_set_int(row, "seats", t->seats);
        json_set_int(row, "x", t->x);
        json_set_int(row, "y", t->y);
    }
}

void shape_printer_stations(struct json printer, const struct site *s, const char *slug) {
    struct json stations = json_set_array(printer, "stations");
    for (size_t i = 0; i < s->station_count; i++)
        if (strcmp(s->stations[i].printer, slug) == 0) json_push_text(stations, s->stations[i].slug);
}

static void shape_paper(struct json into, const struct site *s) {
    struct json stations = json_set_array(into, "stations");
    for (size_t i = 0; i < s->station_count; i++) {
        struct json row = json_push_object(stations);
        json_set_text(row, "id", s->stations[i].slug);
        json_set_text(row, "name", s->stations[i].name);
        json_set_text(row, "printer", s->stations[i].printer);
    }
    struct json printers = json_set_array(into, "printers");
    for (size_t i = 0; i < s->printer_count; i++) {
        struct json row = json_push_object(printers);
        json_set_text(row, "id", s->printers[i].slug);
        json_set_text(row, "name", s->printers[i].name);
        json_set_text(row, "transport", printer_transport_names[s->printers[i].transport]);
        shape_printer_stations(row, s, s->printers[i].slug);
    }
}

static void shape_money(struct json into, const struct site *s) {
    struct json means = json_set_array(into, "means");
    for (size_t i = 0; i < s->means_count; i++) {
        struct json row = json_push_object(means);
        json_set_text(row, "id", s->means[i].slug);
        json_set_text(row, "kind", means_names[s->means[i].kind]);
        json_set_text(row, "name", s->means[i].name);
        json_set_bool(row, "needs_reference", s->means[i].needs_reference);
    }
    struct json denominations = json_set_array(into, "denominations");
    for (size_t i = 0; i < SHIFT_DENOMINATIONS; i++) json_push_int(denominations, shift_denominations[i]);
    struct json notes = json_set_array(into, "notes");
    for (size_t i = 0; i < SHIFT_DENOMINATIONS; i++)
        if (shift_denominations[i] >= banknotes_from) json_push_int(notes, shift_denominations[i]);
}

void shape_site(struct json into, const struct site *s) {
    json_set_text(into, "slug", s->slug);
    json_set_text(into, "name", s->name);
    json_set_text(into, "language", s->language);
    json_set_text(into, "time_zone", s->time_zone);
    shape_selling(into, s);
    shape_floor(into, s);
    shape_paper(into, s);
    shape_money(into, s);
    json_set_bool(into, "practice", s->practice);
}
