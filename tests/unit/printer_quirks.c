/* Tests of the table of USB units that need care. */
#include <check.h>
#include <string.h>

#include "printer/quirks.h"
#include "tests/support/data_suite.h"

static struct arena *arena;
static struct usb_quirks *table;
static struct error e;
static void set_up(void) {
    arena = arena_open();
    ck_assert_msg(quirks_load(arena, &table, &e), "%s", e.message);
}
static void tear_down(void) {
    arena_close(arena);
}

static bool reads(const char *text) {
    return quirks_read(arena, "quirks.json", text, strlen(text), &table, &e);
}

START_TEST(the_embedded_table_is_sound_and_names_its_sources) {
    ck_assert_uint_eq(quirks_count(table), 8);
    for (size_t i = 0; i < 8; i++) {
        ck_assert_uint_gt(strlen(quirks_at(table, i)->what), 0);
        ck_assert_ptr_nonnull(strstr(quirks_at(table, i)->source, "https://"));
    }
    ck_assert_ptr_null(quirks_at(table, 8));
}
END_TEST

START_TEST(the_known_units_are_minded) {
    ck_assert(quirks_find(table, 0x04B8, 0x0202, NULL)->vendor_class);
    ck_assert(quirks_find(table, 0x04B8, 0x0E15, "TM-T20II")->vendor_class);
    ck_assert(!quirks_find(table, 0x04B8, 0x0E15, NULL)->vendor_class);
    ck_assert(!quirks_find(table, 0x04B8, 0x013A, "EPSON TM-like Scanner")->vendor_class);
    ck_assert(quirks_find(table, 0x0416, 0x5011, "POS58 Printer USB")->no_set_interface);
    ck_assert(quirks_find(table, 0x0519, 0x0003, NULL)->unidirectional);
    ck_assert_int_eq(quirks_find(table, 0x0519, 0x0003, NULL)->slow_close, 0);
    ck_assert_int_eq(quirks_find(table, 0x0519, 0x0001, NULL)->slow_close, 1000);
    ck_assert(quirks_find(table, 0x067B, 0x2305, NULL)->no_reattach);
}
END_TEST

START_TEST(an_ordinary_unit_has_nothing_to_be_minded) {
    const struct usb_quirk *q = quirks_find(table, 0x0FE6, 0x811E, "USB Printer");
    ck_assert(!q->unidirectional && !q->vendor_class && !q->no_set_interface && !q->no_reattach && !q->no_status);
    ck_assert_int_eq(q->slow_close, 0);
    ck_assert_int_eq(q->max_chunk, 0);
}
END_TEST

#define UNIT(ids, more) "{" ids ",\"what\":\"w\",\"source\":\"s\"," more "}"

START_TEST(the_most_exact_entry_counts_whatever_the_order) {
    ck_assert_msg(
        reads("{\"units\":[" UNIT("\"vendor\":\"1111\",\"product\":\"0002\",\"name\":\"AB\"", "\"max_chunk\":4") "," UNIT(
            "\"vendor\":\"1111\"", "\"max_chunk\":1") "," UNIT("\"vendor\":\"1111\",\"product\":\"0002\"",
                                                               "\"max_chunk\":3") "," UNIT("\"vendor\":\"1111\","
                                                                                           "\"name\":\"AB\"",
                                                                                           "\"max_chunk\":2") "]}"),
        "%s", e.message);
    ck_assert_int_eq(quirks_find(table, 0x1111, 0x0001, NULL)->max_chunk, 1);
    ck_assert_int_eq(quirks_find(table, 0x1111, 0x0001, "ABC")->max_chunk, 2);
    ck_assert_int_eq(quirks_find(table, 0x1111, 0x0002, NULL)->max_chunk, 3);
    ck_assert_int_eq(quirks_find(table, 0x1111, 0x0002, "A")->max_chunk, 3);
    ck_assert_int_eq(quirks_find(table, 0x1111, 0x0002, "ABC")->max_chunk, 4);
    ck_assert_int_eq(quirks_find(table, 0x2222, 0x0002, "ABC")->max_chunk, 0);
}
END_TEST

START_TEST(a_name_is_asked_for_only_where_it_decides) {
    ck_assert_str_eq(quirks_name_wanted(table, 0x04B8, 0x0E15), "TM-");
    ck_assert_ptr_null(quirks_name_wanted(table, 0x04B8, 0x0202)); /* its product is more exact */
    ck_assert_ptr_null(quirks_name_wanted(table, 0x0519, 0x0001));
    ck_assert_ptr_null(quirks_name_wanted(table, 0x0FE6, 0x811E));
}
END_TEST

static const struct {
    const char *text, *path;
} faults[] = {
    {"[]", ""},
    {"{\"units\":1}", "units"},
    {"{\"units\":[],\"more\":1}", "more"},
    {"{\"units\":[{\"vendor\":\"1111\",\"no_status\":true,\"source\":\"s\"}]}", "units[0].what"},
    {"{\"units\":[{\"vendor\":\"1111\",\"no_status\":true,\"what\":\"w\"}]}", "units[0].source"},
    {"{\"units\":[" UNIT("\"product\":\"0202\"", "\"no_status\":true") "]}", "units[0].vendor"},
    {"{\"units\":[" UNIT("\"vendor\":\"04B8\"", "\"no_status\":true") "]}", "units[0].vendor"},
    {"{\"units\":[" UNIT("\"vendor\":\"4b8\"", "\"no_status\":true") "]}", "units[0].vendor"},
    {"{\"units\":[" UNIT("\"vendor\":\"0000\"", "\"no_status\":true") "]}", "units[0].vendor"},
    {"{\"units\":[" UNIT("\"vendor\":\"04b8\",\"product\":\"0x02\"", "\"no_status\":true") "]}", "units[0].product"},
    {"{\"units\":[" UNIT("\"vendor\":\"04b8\",\"product\":\"\"", "\"no_status\":true") "]}", "units[0].product"},
    {"{\"units\":[" UNIT("\"vendor\":\"04b8\",\"name\":\"\"", "\"no_status\":true") "]}", "units[0].name"},
    {"{\"units\":[" UNIT("\"vendor\":\"04b8\"", "\"no_status\":1") "]}", "units[0].no_status"},
    {"{\"units\":[" UNIT("\"vendor\":\"04b8\"", "\"slow_close\":0") "]}", "units[0].slow_close"},
    {"{\"units\":[" UNIT("\"vendor\":\"04b8\"", "\"slow_close\":10001") "]}", "units[0].slow_close"},
    {"{\"units\":[" UNIT("\"vendor\":\"04b8\"", "\"max_chunk\":0") "]}", "units[0].max_chunk"},
    {"{\"units\":[" UNIT("\"vendor\":\"04b8\"", "\"max_chunk\":65537") "]}", "units[0].max_chunk"},
    {"{\"units\":[" UNIT("\"vendor\":\"04b8\"", "\"soft_reset\":true") "]}", "units[0].soft_reset"},
    {"{\"units\":[" UNIT("\"vendor\":\"04b8\"", "\"vendor_class\":true") "]}", "units[0].vendor_class"},
    {"{\"units\":[" UNIT("\"vendor\":\"04b8\"", "\"unidirectional\":false") "]}", "units[0]"},
    {"{\"units\":[" UNIT("\"vendor\":\"04b8\"", "\"no_status\":true") "," UNIT("\"vendor\":\"04b8\"", "\"max_chunk\":1") "]}",
     "units[1]"},
};

START_TEST(a_fault_is_told_with_the_file_and_its_path) {
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        ck_assert_msg(!reads(faults[i].text), "%s", faults[i].text);
        ck_assert_int_eq(e.kind, ERROR_INVALID);
        ck_assert_msg(strcmp(e.field, faults[i].path) == 0, "%s: \"%s\", not \"%s\": %s", faults[i].text, e.field, faults[i].path,
                      e.message);
        ck_assert_msg(strncmp(e.message, "quirks.json: ", 13) == 0, "%s", e.message);
    }
}
END_TEST

START_TEST(what_is_not_json_is_refused) {
    ck_assert(!reads("{\"units\":["));
    ck_assert_str_eq(e.code, "bad_json");
    ck_assert_ptr_nonnull(strstr(e.message, "quirks.json"));
}
END_TEST

int main(void) {
    return data_suite_run("printer_quirks", set_up, tear_down,
                          DATA_TESTS(the_embedded_table_is_sound_and_names_its_sources, the_known_units_are_minded,
                                     an_ordinary_unit_has_nothing_to_be_minded, the_most_exact_entry_counts_whatever_the_order,
                                     a_name_is_asked_for_only_where_it_decides, a_fault_is_told_with_the_file_and_its_path,
                                     what_is_not_json_is_refused));
}
