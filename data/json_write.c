/* JSON out: building a document and printing it. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "data/json_doc.h"
#include "data/log.h"
#include "data/text.h"

enum { PRINT_BYTES = 1024 }; /* to begin with; doubled when it is not enough */

struct json json_new_object(struct arena *a) {
    json_lend(a);
    struct cJSON *root = cJSON_CreateObject();
    return (struct json){json_doc_new(a, root), root};
}

struct json json_new_array(struct arena *a) {
    json_lend(a);
    struct cJSON *root = cJSON_CreateArray();
    return (struct json){json_doc_new(a, root), root};
}

static struct json added(struct json container, const char *key, struct cJSON *node) {
    assert(key ? cJSON_IsObject(container.node) : cJSON_IsArray(container.node));
    if (key)
        cJSON_AddItemToObject(container.node, key, node);
    else
        cJSON_AddItemToArray(container.node, node);
    return (struct json){container.doc, node};
}

static struct cJSON *new_int(struct arena *a, int64_t value) {
    assert(value >= -JSON_INT_MAX && value <= JSON_INT_MAX);
    struct cJSON *node = cJSON_CreateNumber((double)value);
    json_keep_digits(a, node);
    return node;
}

/* What is written must be readable: bytes that are not UTF-8 (a file name, a printer's answer) become U+FFFD. */
static const char *mended(struct arena *a, const char *text) {
    size_t n = strlen(text);
    if (text_is_utf8(text, n)) return text;
    struct text_buffer good = {.arena = a};
    while (*text) {
        const char *from = text;
        bool replaced = text_next(&text) == 0xFFFD;
        if (replaced)
            text_append_text(&good, "\xEF\xBF\xBD");
        else
            text_append(&good, from, (size_t)(text - from));
    }
    return good.bytes;
}

static struct cJSON *new_text(struct arena *a, const char *text) {
    return text ? cJSON_CreateString(mended(a, text)) : cJSON_CreateNull();
}

void json_set_int(struct json object, const char *key, int64_t value) {
    json_lend(object.doc->arena);
    added(object, key, new_int(object.doc->arena, value));
}

void json_set_bool(struct json object, const char *key, bool value) {
    json_lend(object.doc->arena);
    added(object, key, cJSON_CreateBool(value));
}

void json_set_text(struct json object, const char *key, const char *text) {
    json_lend(object.doc->arena);
    added(object, key, new_text(object.doc->arena, text));
}

void json_set_null(struct json object, const char *key) {
    json_lend(object.doc->arena);
    added(object, key, cJSON_CreateNull());
}

struct json json_set_object(struct json object, const char *key) {
    json_lend(object.doc->arena);
    return added(object, key, cJSON_CreateObject());
}

struct json json_set_array(struct json object, const char *key) {
    json_lend(object.doc->arena);
    return added(object, key, cJSON_CreateArray());
}

void json_set_copy(struct json object, const char *key, struct json value) {
    json_lend(object.doc->arena);
    added(object, key, value.node ? cJSON_Duplicate(value.node, 1) : cJSON_CreateNull());
}

void json_push_int(struct json array, int64_t value) {
    json_lend(array.doc->arena);
    added(array, NULL, new_int(array.doc->arena, value));
}

void json_push_text(struct json array, const char *text) {
    json_lend(array.doc->arena);
    added(array, NULL, new_text(array.doc->arena, text));
}

struct json json_push_object(struct json array) {
    json_lend(array.doc->arena);
    return added(array, NULL, cJSON_CreateObject());
}

struct json json_push_array(struct json array) {
    json_lend(array.doc->arena);
    return added(array, NULL, cJSON_CreateArray());
}

const char *json_print(struct json value, struct arena *a, size_t *size) {
    json_lend(a);
    const char *printed = value.node ? cJSON_PrintBuffered(value.node, PRINT_BYTES, false) : "null";
    if (!printed) {
        log_error("a JSON text of more than 2 GB");
        abort();
    }
    if (size) *size = strlen(printed);
    return printed;
}
