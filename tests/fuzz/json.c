/* Fuzz target: JSON. What is accepted prints to a text that is accepted again and prints alike; getters are harmless and sticky.
 */
#include "data/json.h"

#include "data/text.h"
#include "tests/fuzz/kit/fuzz.h"

static const char *const names[] = {"a", "b", NULL};

static bool is_line(const char *text) {
    for (uint32_t c; (c = text_next(&text)) != 0;)
        if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return false;
    return true;
}

/* Asks one member in every way there is; a fault more means a harmless answer. */
static void ask(struct json object, const char *key) {
    size_t before = json_fault_count(object);
    int64_t number = json_int(object, key, -5, 1000);
    HOLDS(json_fault_count(object) > before || before >= 1 ? number >= -5 && number <= 1000 : number >= -5 && number <= 1000);
    number = json_int_or(object, key, 7, JSON_INT_MAX, 7);
    HOLDS(number == 0 || number >= 7);
    const char *text = json_text(object, key, 20), *slug = json_slug(object, key), *maybe = json_text_or(object, key, 9, "?");
    HOLDS(strlen(text) <= 20 && is_line(text));
    HOLDS(strlen(maybe) <= 9 && is_line(maybe));
    HOLDS(*slug == '\0' || text_is_slug(slug));
    int choice = json_enum(object, key, names), other = json_enum_or(object, key, names, 1);
    HOLDS(choice >= 0 && choice <= 1 && other >= 0 && other <= 1);
    json_bool(object, key);
    json_bool_or(object, key, true);
    json_slug_or(object, key, NULL);
    struct json list = json_array(object, key, 1, 3), inner = json_object(object, key);
    HOLDS(!json_exists(list) || (json_count(list) >= 1 && json_count(list) <= 3));
    HOLDS(!json_exists(list) || !json_exists(inner));
    json_object_or_none(object, key);
    json_array_or_none(object, key, 2);
    HOLDS(!json_exists(list) || json_has(object, key));
    HOLDS(json_fault_count(object) >= before);
}

/* Every value below, and each at the place where counting finds it. */
static void walk(struct json at, struct arena *a, int depth) {
    size_t i = 0;
    HOLDS(depth <= JSON_DEPTH_MAX);
    JSON_EACH(item, at) {
        HOLDS(i > 40 || json_at(at, i).node == item.node);
        i++;
        if (i < 40) ask(at, json_key(item));
        int64_t number = json_value_int(item, -JSON_INT_MAX, JSON_INT_MAX);
        HOLDS(number >= -JSON_INT_MAX && number <= JSON_INT_MAX);
        json_value_enum(item, names);
        HOLDS(strlen(json_value_text(item, 5)) <= 5);
        HOLDS(text_is_utf8(json_path(item, a), strlen(json_path(item, a))));
        walk(item, a, depth + 1);
    }
    HOLDS(json_count(at) == i);
}

static void check_faults(struct json root) {
    struct error e;
    size_t count = json_fault_count(root);
    HOLDS(json_ok(root, &e) == (count == 0));
    HOLDS(count == 0 || (e.kind == ERROR_INVALID && strcmp(e.code, "invalid_field") == 0));
    for (size_t i = 0; i < count; i++) HOLDS(json_fault(root, i) != NULL && is_line(json_fault(root, i)));
    HOLDS(json_fault(root, count) == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *a = arena_open();
    struct json root, again;
    struct error e;
    if (json_parse(a, (const char *)data, size, &root, &e)) {
        size_t length, second;
        const char *printed = json_print(root, a, &length);
        HOLDS(strlen(printed) == length && text_is_utf8(printed, length));
        HOLDS(json_parse(a, printed, length, &again, &e));
        const char *reprinted = json_print(again, a, &second);
        HOLDS(second == length && memcmp(printed, reprinted, length) == 0);
        JSON_ONLY(root, "a", "b");
        ask(root, "a");
        walk(root, a, 1);
        check_faults(root);
        struct json holder = json_new_object(a);
        json_set_copy(holder, "copy", again);
        HOLDS(strstr(json_print(holder, a, NULL), printed) != NULL);
    } else {
        HOLDS(e.kind == ERROR_INVALID && strcmp(e.code, "bad_json") == 0);
        HOLDS(text_is_utf8(e.message, strlen(e.message)) && is_line(e.message));
    }
    arena_close(a);
    return 0;
}
