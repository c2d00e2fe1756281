/* Reads the site's plain lists: taxes, courses, areas, tables, stations, payment means, and lists of text. */
#include "data/site_read.h"

enum { NAME_MAX_BYTES = 60, LIST_MAX = 200, GRID_MAX = 99 };

void site_read_taxes(struct json root, struct site *s) {
    struct json list = json_array(root, "taxes", 1, LIST_MAX);
    struct site_tax *taxes = ARENA_ARRAY(s->arena, json_count(list), struct site_tax);
    JSON_EACH(one, list) {
        JSON_ONLY(one, "slug", "name", "rate");
        taxes[s->tax_count++] = (struct site_tax){
            .slug = json_slug(one, "slug"),
            .name = json_text(one, "name", NAME_MAX_BYTES),
            .rate = (int32_t)json_int(one, "rate", 0, RATE_ONE),
        };
    }
    s->taxes = taxes;
}

void site_read_courses(struct json root, struct site *s) {
    struct json list = json_array_or_none(root, "courses", LIST_MAX);
    const char **slugs = ARENA_ARRAY(s->arena, json_count(list), const char *);
    const char **names = ARENA_ARRAY(s->arena, json_count(list), const char *);
    JSON_EACH(one, list) {
        JSON_ONLY(one, "slug", "name");
        slugs[s->course_count] = json_slug(one, "slug");
        names[s->course_count++] = json_text(one, "name", NAME_MAX_BYTES);
    }
    s->courses = slugs;
    s->course_names = names;
}

void site_read_areas(struct json root, struct site *s) {
    struct json list = json_array_or_none(root, "areas", LIST_MAX);
    struct site_area *areas = ARENA_ARRAY(s->arena, json_count(list), struct site_area);
    JSON_EACH(one, list) {
        JSON_ONLY(one, "slug", "name");
        areas[s->area_count++] = (struct site_area){
            .slug = json_slug(one, "slug"),
            .name = json_text(one, "name", NAME_MAX_BYTES),
        };
    }
    s->areas = areas;
}

void site_read_tables(struct json root, struct site *s) {
    struct json list = json_array_or_none(root, "tables", LIST_MAX);
    struct site_table *tables = ARENA_ARRAY(s->arena, json_count(list), struct site_table);
    JSON_EACH(one, list) {
        JSON_ONLY(one, "slug", "name", "area", "seats", "x", "y");
        tables[s->table_count++] = (struct site_table){
            .slug = json_slug(one, "slug"),
            .name = json_text(one, "name", NAME_MAX_BYTES),
            .area = json_slug(one, "area"),
            .seats = (int32_t)json_int(one, "seats", 1, 99),
            .x = (int32_t)json_int(one, "x", 0, GRID_MAX),
            .y = (int32_t)json_int(one, "y", 0, GRID_MAX),
        };
    }
    s->tables = tables;
}

void site_read_stations(struct json root, struct site *s) {
    struct json list = json_array_or_none(root, "stations", LIST_MAX);
    struct site_station *stations = ARENA_ARRAY(s->arena, json_count(list), struct site_station);
    JSON_EACH(one, list) {
        JSON_ONLY(one, "slug", "name", "printer", "fallback", "beeps");
        stations[s->station_count++] = (struct site_station){
            .slug = json_slug(one, "slug"),
            .name = json_text(one, "name", NAME_MAX_BYTES),
            .printer = json_slug(one, "printer"),
            .fallback = json_slug_or(one, "fallback", NULL),
            .beeps = (int32_t)json_int_or(one, "beeps", 0, 9, 0),
        };
    }
    s->stations = stations;
}

void site_read_means(struct json root, struct site *s) {
    struct json list = json_array(root, "means", 1, LIST_MAX);
    struct site_means *means = ARENA_ARRAY(s->arena, json_count(list), struct site_means);
    JSON_EACH(one, list) {
        JSON_ONLY(one, "kind", "slug", "name", "needs_reference");
        enum means kind = (enum means)json_enum(one, "kind", means_names);
        means[s->means_count++] = (struct site_means){
            .kind = kind,
            .slug = json_slug(one, "slug"),
            .name = json_text(one, "name", NAME_MAX_BYTES),
            .needs_reference = json_bool_or(one, "needs_reference", kind != MEANS_CASH),
        };
    }
    s->means = means;
}

const char *const *site_read_texts(struct json array, struct arena *a, size_t max_bytes, size_t *count) {
    const char **texts = ARENA_ARRAY(a, json_count(array), const char *);
    *count = 0;
    JSON_EACH(one, array) texts[(*count)++] = json_value_text(one, max_bytes);
    return texts;
}
