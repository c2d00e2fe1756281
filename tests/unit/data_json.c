/* JSON: what is refused, faults with their paths, and writing that reads back the same. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "data/json.h"
#include "tests/support/data_suite.h"
#include "tests/support/data_tmp.h"

static struct arena *arena;
static struct data_tmp tmp;

static void setup(void) {
    arena = arena_open();
    data_tmp_make(&tmp);
}

static void teardown(void) {
    arena_close(arena);
    data_tmp_remove(&tmp);
}

static struct json parsed(const char *text) {
    struct json j = {0};
    struct error e;
    ck_assert_msg(json_parse(arena, text, strlen(text), &j, &e), "%s: %s", text, e.message);
    return j;
}

static const char *printed(struct json j) {
    return json_print(j, arena, NULL);
}

/* ---- strictness ---- */

START_TEST(what_is_not_strict_json_is_refused) {
    static const char *const bad[] = {
        "",
        " ",
        "{",
        "}",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "[1 2]",
        "{\"a\" 1}",
        "nul",
        "truex",
        "TRUE",
        "NaN",
        "Infinity",
        "-",
        "+1",
        "01",
        "-01",
        "00",
        "1.",
        ".5",
        "1.e5",
        "1e",
        "1e+",
        "0x10",
        "1-2",
        "--1",
        "1.2.3",
        "\"abc",
        "\"a\nb\"",
        "\"a\tb\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12G4\"",
        "\"\\uD800\"",
        "\"\\uDC00\"",
        "\"\\uD800\\u0041\"",
        "\"\\u0000\"",
        "\"\xFF\"",
        "\"\xC0\x80\"",
        "\"\xED\xA0\x80\"",
        "\xEF\xBB\xBF{}",
        "[1]\x01",
        "\x0B[1]",
        "[1]\xC2\xA0",
        "{} {}",
        "1 2",
        "[] x",
        "// c\n1",
        "/* c */ 1",
        "[1]]",
        "\\",
        "[\"a\\",
        "[\"\\u",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct json j;
        struct error e = {0};
        ck_assert_msg(!json_parse(arena, bad[i], strlen(bad[i]), &j, &e), "accepted: %s", bad[i]);
        ck_assert_int_eq(e.kind, ERROR_INVALID);
        ck_assert_str_eq(e.code, "bad_json");
    }
}
END_TEST

START_TEST(strict_json_of_every_kind_is_accepted) {
    static const char *const good[] = {
        "0",
        "-0",
        "-1",
        "10",
        "1.5",
        "1e5",
        "1E-5",
        "1.25e+10",
        "true",
        "false",
        "null",
        "\"\"",
        "[]",
        "{}",
        " [ 1 , 2 ] ",
        "\t{\r\n\"a\" : [ ] }\n",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00f1\"",
        "\"\\uD83C\\uDF2E\"",
        "\"mañana €\"",
        "{\"\":0}",
        "{\"a\":{\"a\":{\"a\":1}}}",
        "[\"-01\",\"1.\"]",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) parsed(good[i]);
    ck_assert_str_eq(json_value_text(parsed("\"\\uD83C\\uDF2E \\u00f1\""), 99), "🌮 ñ");
}
END_TEST

START_TEST(a_nul_byte_within_the_size_is_refused) {
    struct json j;
    struct error e;
    ck_assert(!json_parse(arena, "[1]\0", 4, &j, &e));
    ck_assert(!json_parse(arena, "\"a\0b\"", 5, &j, &e));
    ck_assert_str_eq(e.message, "line 1, column 3: a NUL byte");
}
END_TEST

START_TEST(only_the_bytes_within_the_size_are_read) {
    struct json j;
    struct error e;
    ck_assert(json_parse(arena, "[12]garbage", 4, &j, &e));
    ck_assert(json_parse(arena, "123", 1, &j, &e));
    ck_assert_int_eq(json_value_int(j, 0, 999), 1);
}
END_TEST

START_TEST(a_key_twice_in_one_object_is_refused) {
    struct json j;
    struct error e;
    const char *twice = "{\"lines\":[{\"a\":1},{\"a\":1,\"b\":2,\"\\u0061\":3}]}";
    ck_assert(!json_parse(arena, twice, strlen(twice), &j, &e));
    ck_assert_str_eq(e.message, "lines[1].a: the same key twice in one object");
    const char *many = "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"c\":2}";
    ck_assert(!json_parse(arena, many, strlen(many), &j, &e));
    ck_assert_str_eq(e.message, "c: the same key twice in one object");
    parsed("{\"a\":1,\"A\":2,\"b\":{\"a\":1},\"c\":{\"a\":1}}");
}
END_TEST

START_TEST(depth_ends_at_thirty_two) {
    struct json j;
    struct error e;
    char text[80];
    snprintf(text, sizeof text, "%.*s%.*s", 32, "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", 32, "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
    parsed(text);
    snprintf(text, sizeof text, "[%.*s%.*s]", 32, "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", 32, "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
    ck_assert(!json_parse(arena, text, strlen(text), &j, &e));
    ck_assert_str_eq(e.message, "line 1, column 33: nested too deep");
    size_t size = 200000;
    char *deep = arena_alloc(arena, size);
    memset(deep, '[', size);
    ck_assert(!json_parse(arena, deep, size, &j, &e));
}
END_TEST

START_TEST(a_refusal_names_line_and_column) {
    struct json j;
    struct error e;
    const char *text = "{\n  \"ñ\": 012\n}";
    ck_assert(!json_parse(arena, text, strlen(text), &j, &e));
    ck_assert_str_eq(e.message, "line 2, column 8: not a number in JSON's form");
    text = "{\n\"a\": 1,\n\"b\" 2}";
    ck_assert(!json_parse(arena, text, strlen(text), &j, &e));
    ck_assert_str_eq(e.message, "line 3, column 5: not JSON");
    text = "{}\n\n x";
    ck_assert(!json_parse(arena, text, strlen(text), &j, &e));
    ck_assert_str_eq(e.message, "line 3, column 2: something follows the JSON value");
}
END_TEST

START_TEST(a_file_is_read_and_named_in_its_errors) {
    struct json j;
    struct error e;
    ck_assert(json_parse_file(arena, data_tmp_write_text(&tmp, "good.json", "{\"a\":5}\n"), &j, &e));
    ck_assert_int_eq(json_int(j, "a", 0, 9), 5);
    const char *bad = data_tmp_write_text(&tmp, "bad.json", "{\"a\":5");
    ck_assert(!json_parse_file(arena, bad, &j, &e));
    ck_assert_str_eq(e.code, "bad_json");
    ck_assert_ptr_eq(strstr(e.message, bad), e.message);
    ck_assert(!json_parse_file(arena, data_tmp_write_text(&tmp, "empty.json", ""), &j, &e));
    ck_assert_str_eq(e.code, "bad_json");
    ck_assert(!json_parse_file(arena, data_tmp_join(&tmp, "absent.json"), &j, &e));
    ck_assert_str_eq(e.code, "file_unreadable");
    ck_assert_int_eq(e.kind, ERROR_IO);
    ck_assert(!json_parse_file(arena, tmp.path, &j, &e));
    ck_assert_str_eq(e.code, "file_unreadable");
}
END_TEST

/* ---- numbers ---- */

static bool is_int(const char *text, int64_t *value) {
    struct json j;
    struct error e;
    if (!json_parse(arena, text, strlen(text), &j, &e)) return false;
    *value = json_value_int(j, -JSON_INT_MAX, JSON_INT_MAX);
    return json_ok(j, &e);
}

START_TEST(integers_are_exact_to_the_last_one) {
    int64_t v;
    ck_assert(is_int("9007199254740991", &v));
    ck_assert_int_eq(v, 9007199254740991);
    ck_assert(is_int("-9007199254740991", &v));
    ck_assert_int_eq(v, -9007199254740991);
    ck_assert(is_int("1.0", &v));
    ck_assert_int_eq(v, 1);
    ck_assert(is_int("12e3", &v));
    ck_assert_int_eq(v, 12000);
}
END_TEST

START_TEST(what_is_not_an_integer_of_53_bits_is_a_fault) {
    static const char *const bad[] = {"9007199254740992",
                                      "-9007199254740992",
                                      "9007199254740993",
                                      "18446744073709551616",
                                      "1e300",
                                      "1e999",
                                      "-1e999",
                                      "1.5",
                                      "0.1",
                                      "1e-5",
                                      "0.9999999999999999999",
                                      "9007199254740991.2",
                                      "1e-999",
                                      "\"1\"",
                                      "true",
                                      "null",
                                      "[]",
                                      "{}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t v;
        ck_assert_msg(!is_int(bad[i], &v), "accepted: %s", bad[i]);
    }
}
END_TEST

START_TEST(a_number_out_of_its_range_says_the_range) {
    struct error e;
    struct json j = parsed("{\"quantity\":1000,\"pieces\":-1,\"half\":0.5}");
    ck_assert_int_eq(json_int(j, "quantity", 1, 999), 0);
    ck_assert_int_eq(json_int(j, "pieces", 0, JSON_INT_MAX), 0);
    ck_assert_int_eq(json_int(j, "half", 0, 9), 0);
    ck_assert_str_eq(json_fault(j, 0), "quantity: must be 1 to 999");
    ck_assert_str_eq(json_fault(j, 1), "pieces: must be 0 or more");
    ck_assert_str_eq(json_fault(j, 2), "half: must be a whole number");
    ck_assert_ptr_null(json_fault(j, 3));
    ck_assert(!json_ok(j, &e));
    ck_assert_str_eq(e.code, "invalid_field");
    ck_assert_str_eq(e.field, "quantity");
    ck_assert_str_eq(e.message, "quantity: must be 1 to 999 (and 2 more)");
}
END_TEST

/* ---- reading ---- */

START_TEST(members_of_every_type_are_read) {
    static const char *const kinds[] = {"table", "counter", NULL};
    struct error e;
    struct json j = parsed("{\"i\":-7,\"t\":true,\"f\":false,\"s\":\"caja\",\"slug\":\"mesa-1\",\"kind\":\"counter\",\"o\":{"
                           "\"x\":1},\"l\":[10,20,30]}");
    ck_assert_int_eq(json_int(j, "i", -10, 10), -7);
    ck_assert(json_bool(j, "t"));
    ck_assert(!json_bool(j, "f"));
    ck_assert_str_eq(json_text(j, "s", 4), "caja");
    ck_assert_str_eq(json_slug(j, "slug"), "mesa-1");
    ck_assert_int_eq(json_enum(j, "kind", kinds), 1);
    ck_assert_int_eq(json_int(json_object(j, "o"), "x", 0, 9), 1);
    struct json l = json_array(j, "l", 1, 3);
    ck_assert_uint_eq(json_count(l), 3);
    ck_assert_int_eq(json_value_int(json_at(l, 2), 0, 99), 30);
    ck_assert(!json_exists(json_at(l, 3)));
    int64_t sum = 0;
    JSON_EACH(item, l) sum += json_value_int(item, 0, 99);
    ck_assert_int_eq(sum, 60);
    ck_assert_str_eq(json_key(json_at(j, 6)), "o");
    ck_assert(json_ok(j, &e));
}
END_TEST

START_TEST(a_name_in_a_list_is_its_index_or_a_fault) {
    static const char *const kinds[] = {"table", "counter", NULL};
    struct json j = parsed("[\"counter\",\"table\",\"Table\",1,null]");
    static const int wanted[] = {1, 0, -1, -1, -1};
    for (size_t i = 0; i < 5; i++) ck_assert_int_eq(json_value_enum(json_at(j, i), kinds), wanted[i]);
    ck_assert_int_eq(json_value_enum(json_at(j, 5), kinds), -1); /* no value, no fault */
    ck_assert_uint_eq(json_fault_count(j), 3);
    ck_assert_str_eq(json_fault(j, 0), "[2]: must be one of: table, counter");
    ck_assert_str_eq(json_fault(j, 2), "[4]: must be one of: table, counter");
}
END_TEST

START_TEST(optional_members_answer_what_was_agreed_when_missing_or_null) {
    static const char *const kinds[] = {"table", "counter", NULL};
    struct error e;
    struct json j = parsed("{\"i\":null,\"s\":\"\"}");
    ck_assert_int_eq(json_int_or(j, "i", 0, 9, 42), 42);
    ck_assert_int_eq(json_int_or(j, "none", 0, 9, -1), -1);
    ck_assert(json_bool_or(j, "none", true));
    ck_assert_str_eq(json_text_or(j, "s", 9, "x"), "");
    ck_assert_str_eq(json_text_or(j, "none", 9, "x"), "x");
    ck_assert_ptr_null(json_text_or(j, "none", 9, NULL));
    ck_assert_ptr_null(json_slug_or(j, "none", NULL));
    ck_assert_int_eq(json_enum_or(j, "none", kinds, 7), 7);
    ck_assert(!json_exists(json_object_or_none(j, "none")));
    ck_assert(!json_exists(json_array_or_none(j, "i", 5)));
    ck_assert(!json_has(j, "i"));
    ck_assert(!json_has(j, "none"));
    ck_assert(json_has(j, "s"));
    ck_assert(json_ok(j, &e));
}
END_TEST

START_TEST(an_optional_member_that_is_there_must_still_be_right) {
    struct json j = parsed("{\"i\":\"5\",\"b\":1,\"s\":3,\"slug\":\"A B\",\"o\":[],\"l\":{}}");
    json_int_or(j, "i", 0, 9, 0);
    json_bool_or(j, "b", false);
    json_text_or(j, "s", 9, "");
    json_slug_or(j, "slug", "");
    json_object_or_none(j, "o");
    json_array_or_none(j, "l", 9);
    ck_assert_uint_eq(json_fault_count(j), 6);
    ck_assert_str_eq(json_fault(j, 0), "i: must be a whole number");
    ck_assert_str_eq(json_fault(j, 1), "b: must be true or false");
    ck_assert_str_eq(json_fault(j, 2), "s: must be text");
    ck_assert_str_eq(json_fault(j, 4), "o: must be an object");
    ck_assert_str_eq(json_fault(j, 5), "l: must be a list");
}
END_TEST

START_TEST(every_fault_is_noted_with_its_path) {
    static const char *const kinds[] = {"table", "counter", NULL};
    struct json j =
        parsed("{\"lines\":[{\"item\":\"a\"},{\"item\":\"b\",\"quantity\":0,\"extra\":1}],\"kind\":\"bar\",\"name\":null}");
    struct json lines = json_array(j, "lines", 1, 9);
    JSON_EACH(line, lines) {
        JSON_ONLY(line, "item", "quantity");
        json_int(line, "quantity", 1, 999);
    }
    json_enum(j, "kind", kinds);
    json_text(j, "name", 9);
    json_object(j, "gone");
    json_add_fault(json_at(lines, 1), "item", "no dish is called %s", "b");
    json_add_fault(j, NULL, "all in all wrong");
    ck_assert_str_eq(json_fault(j, 0), "lines[0].quantity: missing");
    ck_assert_str_eq(json_fault(j, 1), "lines[1].extra: unknown key");
    ck_assert_str_eq(json_fault(j, 2), "lines[1].quantity: must be 1 to 999");
    ck_assert_str_eq(json_fault(j, 3), "kind: must be one of: table, counter");
    ck_assert_str_eq(json_fault(j, 4), "name: must not be null");
    ck_assert_str_eq(json_fault(j, 5), "gone: missing");
    ck_assert_str_eq(json_fault(j, 6), "lines[1].item: no dish is called b");
    ck_assert_str_eq(json_fault(j, 7), "all in all wrong");
    ck_assert_uint_eq(json_fault_count(j), 8);
    ck_assert_str_eq(json_path(json_at(json_at(lines, 1), 1), arena), "lines[1].quantity");
    ck_assert_str_eq(json_path(j, arena), "");
}
END_TEST

START_TEST(something_else_than_an_object_is_one_fault) {
    struct error e;
    struct json j = parsed("[5]");
    json_int(j, "a", 0, 9);
    json_text(j, "b", 9);
    JSON_ONLY(j, "a", "b");
    ck_assert_uint_eq(json_fault_count(j), 1);
    ck_assert(!json_ok(j, &e));
    ck_assert_str_eq(e.message, "must be an object");
    ck_assert_str_eq(e.field, "");
    JSON_EACH(item, j) json_int(item, "x", 0, 9);
    ck_assert_str_eq(json_fault(j, 1), "[0]: must be an object");
}
END_TEST

START_TEST(members_of_a_missing_object_are_no_further_faults) {
    struct json j = parsed("{}");
    struct json gone = json_object(j, "gone");
    ck_assert_int_eq(json_int(gone, "x", 1, 9), 0);
    ck_assert_str_eq(json_text(gone, "x", 9), "");
    ck_assert_uint_eq(json_count(gone), 0);
    JSON_EACH(item, gone) ck_abort_msg("an empty view has no items");
    ck_assert_uint_eq(json_fault_count(j), 1);
}
END_TEST

START_TEST(text_must_be_one_short_line) {
    struct json j =
        parsed("{\"empty\":\"\",\"long\":\"ñandú\",\"line\":\"a\\nb\",\"del\":\"\\u007f\",\"c1\":\"\\u0085\",\"fit\":\"ñandú\"}");
    json_text(j, "empty", 9);
    json_text(j, "long", 6);
    json_text(j, "line", 9);
    json_text(j, "del", 9);
    json_text(j, "c1", 9);
    ck_assert_str_eq(json_text(j, "fit", 7), "ñandú");
    ck_assert_str_eq(json_fault(j, 0), "empty: must not be empty");
    ck_assert_str_eq(json_fault(j, 1), "long: must be at most 6 bytes long");
    ck_assert_str_eq(json_fault(j, 2), "line: must be one line without control characters");
    ck_assert_uint_eq(json_fault_count(j), 5);
}
END_TEST

START_TEST(list_lengths_are_checked) {
    struct json j = parsed("{\"none\":[],\"two\":[1,2]}");
    ck_assert(!json_exists(json_array(j, "none", 1, 5)));
    ck_assert(!json_exists(json_array(j, "two", 0, 1)));
    ck_assert(json_exists(json_array(j, "two", 2, 2)));
    ck_assert_str_eq(json_fault(j, 0), "none: must have 1 or more entries");
    ck_assert_str_eq(json_fault(j, 1), "two: must have at most 1 entries");
}
END_TEST

START_TEST(a_flood_of_faults_is_bounded) {
    struct json j = json_new_array(arena), rest = {0};
    struct error e;
    for (int i = 0; i < 4000; i++) json_push_int(j, i);
    JSON_EACH(item, j) json_value_text(item, 5);
    ck_assert_uint_eq(json_fault_count(j), 500);
    ck_assert_uint_eq(json_fault_count(rest), 0);
    ck_assert(json_ok(rest, &e));
}
END_TEST

/* ---- writing ---- */

START_TEST(a_document_is_written_compact_and_in_order) {
    struct json o = json_new_object(arena);
    json_set_int(o, "id", 412);
    json_set_text(o, "name", "Mesa \"ñ\"\n");
    json_set_text(o, "none", NULL);
    json_set_bool(o, "open", true);
    json_set_null(o, "nil");
    struct json lines = json_set_array(o, "lines");
    json_set_int(json_push_object(lines), "q", -3);
    json_push_int(lines, 7);
    json_push_text(lines, "x");
    json_push_array(lines);
    json_set_object(o, "empty");
    json_set_copy(o, "copy", lines);
    size_t size;
    const char *text = json_print(o, arena, &size);
    ck_assert_str_eq(text, "{\"id\":412,\"name\":\"Mesa \\\"ñ\\\"\\n\",\"none\":null,\"open\":true,\"nil\":null,"
                           "\"lines\":[{\"q\":-3},7,\"x\",[]],\"empty\":{},\"copy\":[{\"q\":-3},7,\"x\",[]]}");
    ck_assert_uint_eq(size, strlen(text));
    ck_assert_str_eq(printed(json_new_array(arena)), "[]");
}
END_TEST

START_TEST(large_integers_are_written_in_full) {
    struct json a = json_new_array(arena);
    static const int64_t values[] = {999999999999999,  1000000000000000,  1795567325000,
                                     9007199254740991, -9007199254740991, 1000000000000};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) json_push_int(a, values[i]);
    const char *text = printed(a);
    ck_assert_str_eq(text, "[999999999999999,1000000000000000,1795567325000,9007199254740991,-9007199254740991,1000000000000]");
    struct json back = parsed(text);
    ck_assert_str_eq(printed(back), text);
    ck_assert_int_eq(json_value_int(json_at(back, 3), 0, JSON_INT_MAX), 9007199254740991);
    ck_assert_int_eq(json_value_int(json_at(a, 4), -JSON_INT_MAX, 0), -9007199254740991);
    struct json o = json_new_object(arena);
    json_set_copy(o, "c", back);
    ck_assert_str_eq(printed(json_at(o, 0)), text);
}
END_TEST

START_TEST(bytes_that_are_not_utf8_are_mended_when_written) {
    struct json a = json_new_array(arena);
    json_push_text(a, "caf\xE9 ñ");
    ck_assert_str_eq(printed(a), "[\"caf\xEF\xBF\xBD ñ\"]");
    parsed(printed(a));
}
END_TEST

START_TEST(what_was_read_is_written_the_same) {
    const char *text = "{\"a\":[1,2.5,true,null,\"\\u0001\"],\"b\":{\"c\":\"€\"}}";
    ck_assert_str_eq(printed(parsed(text)), text);
}
END_TEST

int main(void) {
    return data_suite_run(
        "data_json", setup, teardown,
        DATA_TESTS(
            what_is_not_strict_json_is_refused, strict_json_of_every_kind_is_accepted, a_nul_byte_within_the_size_is_refused,
            only_the_bytes_within_the_size_are_read, a_key_twice_in_one_object_is_refused, depth_ends_at_thirty_two,
            a_refusal_names_line_and_column, a_file_is_read_and_named_in_its_errors, integers_are_exact_to_the_last_one,
            what_is_not_an_integer_of_53_bits_is_a_fault, a_number_out_of_its_range_says_the_range,
            members_of_every_type_are_read, a_name_in_a_list_is_its_index_or_a_fault,
            optional_members_answer_what_was_agreed_when_missing_or_null, an_optional_member_that_is_there_must_still_be_right,
            every_fault_is_noted_with_its_path, something_else_than_an_object_is_one_fault,
            members_of_a_missing_object_are_no_further_faults, text_must_be_one_short_line, list_lengths_are_checked,
            a_flood_of_faults_is_bounded, a_document_is_written_compact_and_in_order, large_integers_are_written_in_full,
            bytes_that_are_not_utf8_are_mended_when_written, what_was_read_is_written_the_same));
}
