/* The site's file: the three real ones load, and what is wrong in a file is told all at once, each fault with its path. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "data/json.h"
#include "data/site.h"
#include "data/text.h"
#include "tests/support/data_suite.h"
#include "tests/support/data_tmp.h"

static struct arena *a;
static struct data_tmp tmp;

static void setup(void) {
    a = arena_open();
    data_tmp_make(&tmp);
}

static void teardown(void) {
    data_tmp_remove(&tmp);
    arena_close(a);
}

static struct site *load(const char *file) {
    struct error e;
    struct site *s = NULL;
    const char *faults = NULL;
    ck_assert_msg(site_load(file, a, &s, &faults, &e), "%s", faults);
    return s;
}

START_TEST(site_interno_has_its_tables_stations_and_rules) {
    struct site *s = load("data/sites/interno.json");
    ck_assert_str_eq(s->file, "data/sites/interno.json");
    ck_assert_str_eq(s->slug, "interno");
    ck_assert_str_eq(s->nit, "900.000.000-0");
    ck_assert(s->sample);
    ck_assert_uint_eq(s->table_count, 16);
    ck_assert_uint_eq(s->area_count, 2);
    ck_assert_uint_eq(s->station_count, 3);
    ck_assert_int_eq(s->tip_rule, TIP_ASK);
    ck_assert_int_eq(s->tip_max_rate, 1000);
    ck_assert_int_eq(s->cutover_hour, 4);
    ck_assert_int_eq(s->coin, 50);
    ck_assert(s->kinds[ORDER_TABLE] && s->kinds[ORDER_TAKEAWAY] && !s->kinds[ORDER_COUNTER] && !s->kinds[ORDER_TRUCK]);
    ck_assert_int_eq(s->default_kind, ORDER_TABLE);
    ck_assert_str_eq(s->default_tax->name, "INC");
    ck_assert_int_eq(s->default_tax->rate, 800);
    ck_assert_str_eq(s->receipt_printer->slug, "caja");
    ck_assert(s->receipt_printer->drawer);
    ck_assert_str_eq(s->menu_file, "data/sites/../menus/interno.json");
    ck_assert_str_eq(s->language, "es");
    ck_assert_str_eq(s->time_zone, "America/Bogota");
    ck_assert_int_eq(s->document_uvt_limit, 5);
    ck_assert_int_eq(s->keep_print_jobs_days, 90);
    ck_assert(!s->precuenta);
}
END_TEST

START_TEST(site_la_cocina_sells_at_a_counter) {
    struct site *s = load("data/sites/la-cocina.json");
    ck_assert(s->kinds[ORDER_COUNTER] && s->kinds[ORDER_TAKEAWAY] && !s->kinds[ORDER_TABLE] && !s->kinds[ORDER_TRUCK]);
    ck_assert_int_eq(s->default_kind, ORDER_COUNTER);
    ck_assert_uint_eq(s->table_count, 0);
    ck_assert_uint_eq(s->course_count, 0);
    ck_assert_str_eq(s->stations[0].slug, "cocina");
    ck_assert_str_eq(s->stations[1].slug, "bebidas");
    ck_assert_int_eq(s->tip_rule, TIP_OFF);
    ck_assert_int_eq(s->tip_max_rate, 0);
    ck_assert_str_eq(s->numbering[0].prefix, "COC");
}
END_TEST

START_TEST(site_go_lupe_has_one_printer_in_the_truck) {
    struct site *s = load("data/sites/go-lupe.json");
    ck_assert(s->kinds[ORDER_TRUCK] && !s->kinds[ORDER_TABLE] && !s->kinds[ORDER_COUNTER] && !s->kinds[ORDER_TAKEAWAY]);
    ck_assert_uint_eq(s->printer_count, 1);
    ck_assert_ptr_eq(s->receipt_printer, &s->printers[0]);
    ck_assert_str_eq(s->stations[0].printer, "camion");
    ck_assert_ptr_null(s->stations[0].fallback);
    ck_assert_str_eq(s->numbering[0].prefix, "LUPE");
}
END_TEST

START_TEST(site_every_printer_of_a_fresh_clone_is_virtual) {
    static const char *const files[] = {"data/sites/interno.json", "data/sites/la-cocina.json", "data/sites/go-lupe.json"};
    for (size_t f = 0; f < 3; f++) {
        struct site *s = load(files[f]);
        for (size_t i = 0; i < s->printer_count; i++) ck_assert_int_eq(s->printers[i].transport, TRANSPORT_VIRTUAL);
    }
}
END_TEST

START_TEST(site_numbering_of_the_samples_holds_for_a_year_and_more) {
    static const char *const files[] = {"data/sites/interno.json", "data/sites/la-cocina.json", "data/sites/go-lupe.json"};
    for (size_t f = 0; f < 3; f++) {
        const struct site_numbering *n = &load(files[f])->numbering[0];
        ck_assert_str_eq(n->kind, "pos");
        ck_assert_int_eq(n->from, 1);
        ck_assert_str_eq(n->valid_from, "2026-01-01");
        ck_assert_str_eq(n->valid_until, "2028-01-01");
        ck_assert_str_eq(n->resolution_date, "2026-01-01");
        ck_assert_int_eq(strncmp(n->resolution, "187640000000", 12), 0); /* visibly invented */
    }
}
END_TEST

START_TEST(site_look_ups_find_by_slug_and_answer_null_for_the_unknown) {
    struct site *s = load("data/sites/interno.json");
    ck_assert_str_eq(site_find_table(s, "mesa-12")->name, "Mesa 12");
    ck_assert_str_eq(site_find_table(s, "mesa-12")->area, "patio");
    ck_assert_str_eq(site_find_station(s, "barra")->printer, "barra");
    ck_assert_str_eq(site_find_station(s, "barra")->fallback, "caja");
    ck_assert_str_eq(site_find_printer(s, "fria")->name, "Cocina fría");
    ck_assert_int_eq(site_find_tax(s, "iva")->rate, 1900);
    ck_assert_str_eq(site_course_name(s, "fuerte"), "Fuertes");
    ck_assert_ptr_null(site_find_table(s, "mesa-99"));
    ck_assert_ptr_null(site_find_station(s, "parrilla"));
    ck_assert_ptr_null(site_find_printer(s, ""));
    ck_assert_ptr_null(site_find_tax(s, "ico"));
    ck_assert_ptr_null(site_find_means(s, "cheque"));
    ck_assert_ptr_null(site_course_name(s, "sopa"));
}
END_TEST

START_TEST(site_means_want_a_reference_unless_they_are_cash) {
    struct site *s = load("data/sites/interno.json");
    ck_assert(!site_find_means(s, "efectivo")->needs_reference);
    ck_assert(site_find_means(s, "credito")->needs_reference);
    ck_assert_int_eq(site_find_means(s, "nequi")->kind, MEANS_TRANSFER);
    ck_assert(site_find_means(s, "nequi")->needs_reference);
}
END_TEST

START_TEST(site_uvt_changes_on_its_day) {
    struct site *s = load("data/sites/interno.json");
    ck_assert_int_eq(site_uvt_on(s, "2024-12-31"), 0);
    ck_assert_int_eq(site_uvt_on(s, "2025-01-01"), 49799);
    ck_assert_int_eq(site_uvt_on(s, "2025-12-31"), 49799);
    ck_assert_int_eq(site_uvt_on(s, "2026-01-01"), 52374);
    ck_assert_int_eq(site_uvt_on(s, "2026-11-24"), 52374);
}
END_TEST

/* The fixtures and what each must be told are shared with tests/support/schema_check.mjs. */
START_TEST(site_every_bad_fixture_is_refused_with_exactly_its_faults) {
    struct json expected;
    struct error e;
    ck_assert(json_parse_file(a, "tests/support/bad_sites/expected.json", &expected, &e));
    ck_assert_uint_eq(json_count(expected), 55);
    JSON_EACH(fixture, expected) {
        const char *file = arena_printf(a, "tests/support/bad_sites/%s", json_key(fixture));
        struct text_buffer wanted = {.arena = a};
        JSON_EACH(fault, json_array(fixture, "faults", 1, 100)) {
            text_appendf(&wanted, "%s%s: %s", wanted.size ? "\n" : "", file, json_value_text(fault, 500));
        }
        struct site *s = NULL;
        const char *faults = NULL;
        ck_assert_msg(!site_load(file, a, &s, &faults, &e), "%s was accepted", file);
        ck_assert_ptr_null(s);
        ck_assert_int_eq(e.kind, ERROR_INVALID);
        ck_assert_str_eq(e.code, "bad_site");
        ck_assert_str_eq(faults, wanted.bytes);
    }
    ck_assert(json_ok(expected, &e));
}
END_TEST

START_TEST(site_error_names_the_first_fault_and_counts_the_rest) {
    struct site *s = NULL;
    struct error e;
    ck_assert(!site_load("tests/support/bad_sites/many.json", a, &s, NULL, &e));
    ck_assert_str_eq(e.field, "colour");
    ck_assert_str_eq(e.message, "tests/support/bad_sites/many.json: colour: unknown key (and 21 more)");
}
END_TEST

START_TEST(site_file_that_is_not_json_is_told_with_line_and_column) {
    const char *file = data_tmp_write_text(&tmp, "broken.json", "{\n  \"slug\": \"x\",\n  \"name\": oops\n}\n");
    struct site *s = NULL;
    struct error e;
    const char *faults = NULL;
    ck_assert(!site_load(file, a, &s, &faults, &e));
    ck_assert_int_eq(e.kind, ERROR_INVALID);
    ck_assert_str_eq(e.code, "bad_json");
    ck_assert_ptr_nonnull(strstr(e.message, "broken.json: line 3, column 11: "));
    ck_assert_str_eq(faults, e.message);
}
END_TEST

START_TEST(site_file_that_is_missing_is_told_by_name) {
    struct site *s = NULL;
    struct error e;
    const char *faults = NULL;
    ck_assert(!site_load(data_tmp_join(&tmp, "nowhere.json"), a, &s, &faults, &e));
    ck_assert_int_ne(e.kind, ERROR_NONE);
    ck_assert_ptr_nonnull(strstr(e.message, "nowhere.json"));
    ck_assert_str_eq(faults, e.message);
}
END_TEST

START_TEST(site_that_is_a_list_is_refused) {
    const char *file = data_tmp_write_text(&tmp, "list.json", "[]");
    struct site *s = NULL;
    struct error e;
    ck_assert(!site_load(file, a, &s, NULL, &e));
    ck_assert_str_eq(e.code, "bad_site");
    ck_assert_ptr_nonnull(strstr(e.message, "list.json: must be an object"));
}
END_TEST

START_TEST(site_limits_of_discounts_are_read_role_by_role) {
    const char *file = "tests/support/good_sites/estudio.json";
    struct json root;
    struct error e;
    struct site *s = NULL;
    ck_assert(json_parse_file(a, file, &root, &e));
    struct json limits = json_set_object(root, "discount_limits");
    json_set_int(limits, "waiter", 500);
    json_set_int(limits, "manager", 2500);
    ck_assert(site_load(data_tmp_write_text(&tmp, "limits.json", json_print(root, a, NULL)), a, &s, NULL, &e));
    ck_assert_int_eq(s->discount_limits.waiter, 500);
    ck_assert_int_eq(s->discount_limits.cashier, 1000); /* not named: as it is without */
    ck_assert_int_eq(s->discount_limits.manager, 2500);
    ck_assert_int_eq(s->discount_limits.administrator, 10000);
}
END_TEST

/* A site with a logo of that many pixels: a head is enough, nothing else is looked at here. */
static const char *logo_fault(uint32_t width, uint32_t height, size_t bytes) {
    const uint8_t head[] = {0x89,
                            'P',
                            'N',
                            'G',
                            '\r',
                            '\n',
                            0x1A,
                            '\n',
                            0,
                            0,
                            0,
                            13,
                            'I',
                            'H',
                            'D',
                            'R',
                            (uint8_t)(width >> 24),
                            (uint8_t)(width >> 16),
                            (uint8_t)(width >> 8),
                            (uint8_t)width,
                            (uint8_t)(height >> 24),
                            (uint8_t)(height >> 16),
                            (uint8_t)(height >> 8),
                            (uint8_t)height};
    FILE *f = fopen(data_tmp_join(&tmp, "logo.png"), "wb");
    ck_assert_uint_eq(fwrite(head, 1, sizeof head, f), sizeof head);
    if (bytes > 0) ck_assert_int_eq(fseek(f, (long)bytes - 1, SEEK_SET), 0);
    if (bytes > 0) fputc(0, f);
    fclose(f);
    struct json root;
    struct error e;
    struct site *s = NULL;
    const char *faults = NULL;
    ck_assert(json_parse_file(a, "tests/support/good_sites/estudio.json", &root, &e));
    json_set_text(root, "receipt_logo", "logo.png");
    if (site_load(data_tmp_write_text(&tmp, "logo.json", json_print(root, a, NULL)), a, &s, &faults, &e)) {
        ck_assert_str_eq(s->receipt_logo, data_tmp_join(&tmp, "logo.png"));
        return NULL;
    }
    const char *at = strstr(faults, "logo.png: ");
    ck_assert_msg(at != NULL && strstr(faults, "receipt_logo: ") != NULL, "%s", faults);
    return at + strlen("logo.png: ");
}

START_TEST(site_logo_is_found_beside_the_file_and_has_its_bounds) {
    ck_assert_ptr_null(logo_fault(576, 400, 0));
    ck_assert_ptr_null(logo_fault(2048, 1424, 0)); /* 400.5 rows on 576 dots */
    ck_assert_ptr_null(logo_fault(100, 100, 1024 * 1024));
    ck_assert_str_eq(logo_fault(576, 424, 0), "53 mm tall on paper, at most 50");
    ck_assert_str_eq(logo_fault(2048, 1426, 0), "51 mm tall on paper, at most 50"); /* 401 rows */
    ck_assert_str_eq(logo_fault(2049, 10, 0), "2049 × 10 pixels, at most 2048 × 2048");
    ck_assert_str_eq(logo_fault(0, 10, 0), "0 × 10 pixels, at most 2048 × 2048");
    ck_assert_str_eq(logo_fault(100, 100, 1024 * 1024 + 1), "larger than 1024 KB");
    ck_assert_ptr_null(load("data/sites/interno.json")->receipt_logo);
}
END_TEST

/* A shop: goods at 19 %, no stations, no tables, everything else by default. */
static const char shop[] = "tests/support/good_sites/estudio.json";

START_TEST(site_without_a_kitchen_needs_no_code_and_gets_the_defaults) {
    struct site *s = load(shop);
    ck_assert_uint_eq(s->station_count, 0);
    ck_assert_uint_eq(s->table_count, 0);
    ck_assert_int_eq(s->cutover_hour, 4);
    ck_assert_int_eq(s->coin, 50);
    ck_assert_int_eq(s->tip_rule, TIP_ASK);
    ck_assert_int_eq(s->tip_max_rate, 1000);
    ck_assert_int_eq(s->document_uvt_limit, 5);
    ck_assert_int_eq(s->keep_print_jobs_days, 90);
    ck_assert_int_eq(s->discount_limits.waiter, 0);
    ck_assert_int_eq(s->discount_limits.cashier, 1000);
    ck_assert_int_eq(s->discount_limits.manager, 10000);
    ck_assert_int_eq(s->discount_limits.administrator, 10000);
    ck_assert_str_eq(s->language, "es");
    ck_assert_str_eq(s->time_zone, "America/Bogota");
    ck_assert_str_eq(s->phone, "");
    ck_assert(!s->sample);
    ck_assert_str_eq(s->menu_file, "/srv/estudio.json");
    ck_assert_str_eq(s->numbering[0].prefix, "");
    ck_assert(site_find_means(s, "debito")->needs_reference);
    ck_assert_uint_eq(s->header_count, 0);
}
END_TEST

START_TEST(site_printer_tells_how_it_is_reached) {
    struct site *s = load(shop);
    const struct site_printer *usb = site_find_printer(s, "caja"), *tcp = site_find_printer(s, "red");
    ck_assert_int_eq(usb->transport, TRANSPORT_USB);
    ck_assert_uint_eq(usb->vendor, 0x04b8);
    ck_assert_uint_eq(usb->product, 0x8e15);
    ck_assert_ptr_null(usb->serial);
    ck_assert_str_eq(usb->bus_path, "1-2");
    ck_assert_int_eq(tcp->transport, TRANSPORT_TCP);
    ck_assert_str_eq(tcp->host, "192.168.0.50");
    ck_assert_uint_eq(tcp->port, 9100);
    ck_assert_int_eq(usb->drawer, 1); /* true */
    ck_assert_int_eq(tcp->drawer, 2);
    ck_assert_int_eq(site_find_printer(load("data/sites/interno.json"), "cocina")->drawer, 0);
    ck_assert(tcp->confirm);
    ck_assert(!usb->confirm);
}
END_TEST

int main(void) {
    return data_suite_run(
        "data_site", setup, teardown,
        DATA_TESTS(site_numbering_of_the_samples_holds_for_a_year_and_more, site_interno_has_its_tables_stations_and_rules,
                   site_la_cocina_sells_at_a_counter, site_go_lupe_has_one_printer_in_the_truck,
                   site_every_printer_of_a_fresh_clone_is_virtual, site_look_ups_find_by_slug_and_answer_null_for_the_unknown,
                   site_means_want_a_reference_unless_they_are_cash, site_uvt_changes_on_its_day,
                   site_every_bad_fixture_is_refused_with_exactly_its_faults,
                   site_error_names_the_first_fault_and_counts_the_rest, site_file_that_is_not_json_is_told_with_line_and_column,
                   site_file_that_is_missing_is_told_by_name, site_that_is_a_list_is_refused,
                   site_limits_of_discounts_are_read_role_by_role, site_logo_is_found_beside_the_file_and_has_its_bounds,
                   site_without_a_kitchen_needs_no_code_and_gets_the_defaults, site_printer_tells_how_it_is_reached));
}
