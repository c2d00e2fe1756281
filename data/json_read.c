/* JSON in: the getters. Each answers something harmless and notes a fault when it cannot answer well. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "data/json_doc.h"
#include "data/text.h"

static const struct json nothing;

bool json_exists(struct json view) {
    return view.node != NULL;
}

/* A missing object has been reported already; something else in its place is reported once. */
static bool is_object(struct json object) {
    if (!object.node) return false;
    if (cJSON_IsObject(object.node)) return true;
    json_add_fault(object, NULL, "must be an object");
    return false;
}

/* The member, NULL when absent or null. */
static struct cJSON *find(struct json object, const char *key) {
    if (!is_object(object)) return NULL;
    struct cJSON *member = cJSON_GetObjectItemCaseSensitive(object.node, key);
    return cJSON_IsNull(member) ? NULL : member;
}

static struct json need(struct json object, const char *key) {
    if (!is_object(object)) return nothing;
    struct cJSON *member = cJSON_GetObjectItemCaseSensitive(object.node, key);
    if (!member)
        json_add_fault(object, key, "missing");
    else if (cJSON_IsNull(member))
        json_add_fault(object, key, "must not be null");
    else
        return (struct json){object.doc, member};
    return nothing;
}

static struct json maybe(struct json object, const char *key) {
    struct cJSON *member = find(object, key);
    return member ? (struct json){object.doc, member} : nothing;
}

bool json_has(struct json object, const char *key) {
    return object.node && cJSON_IsObject(object.node) && find(object, key);
}

void json_only(struct json object, const char *const *keys) {
    if (!is_object(object)) return;
    for (struct cJSON *member = object.node->child; member; member = member->next) {
        const char *const *key = keys;
        while (*key && strcmp(*key, member->string) != 0) key++;
        if (!*key) json_add_fault((struct json){object.doc, member}, NULL, "unknown key");
    }
}

/* ---- one value, known to be there ---- */

int64_t json_value_int(struct json value, int64_t min, int64_t max) {
    if (!value.node) return 0;
    double v = json_is_number(value.node) ? value.node->valuedouble : NAN;
    if (isnan(v)) {
        json_add_fault(value, NULL, "must be a whole number");
        return 0;
    }
    bool exact = v >= -(double)JSON_INT_MAX && v <= (double)JSON_INT_MAX; /* also keeps the conversion defined */
    if (exact && v != trunc(v))
        json_add_fault(value, NULL, "must be a whole number");
    else if (exact && (int64_t)v >= min && (int64_t)v <= max)
        return (int64_t)v;
    else if (max >= JSON_INT_MAX && min <= -JSON_INT_MAX)
        json_add_fault(value, NULL, "must be within ±%" PRId64, JSON_INT_MAX);
    else if (max >= JSON_INT_MAX)
        json_add_fault(value, NULL, "must be %" PRId64 " or more", min);
    else
        json_add_fault(value, NULL, "must be %" PRId64 " to %" PRId64, min, max);
    return 0;
}

static bool value_bool(struct json value) {
    if (value.node && !cJSON_IsBool(value.node)) json_add_fault(value, NULL, "must be true or false");
    return value.node && cJSON_IsTrue(value.node);
}

static bool has_control(const char *text) {
    for (uint32_t c; (c = text_next(&text)) != 0;)
        if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return true;
    return false;
}

static const char *value_text(struct json value, size_t max_bytes, bool empty_allowed) {
    if (!value.node) return "";
    const char *text = cJSON_GetStringValue(value.node);
    if (!text)
        json_add_fault(value, NULL, "must be text");
    else if (!text[0] && !empty_allowed)
        json_add_fault(value, NULL, "must not be empty");
    else if (strlen(text) > max_bytes)
        json_add_fault(value, NULL, "must be at most %zu bytes long", max_bytes);
    else if (has_control(text))
        json_add_fault(value, NULL, "must be one line without control characters");
    else
        return text;
    return "";
}

const char *json_value_text(struct json value, size_t max_bytes) {
    return value_text(value, max_bytes, false);
}

static const char *value_slug(struct json value) {
    const char *text = value.node ? cJSON_GetStringValue(value.node) : "";
    if (text && (!value.node || text_is_slug(text))) return text;
    json_add_fault(value, NULL, "must be 1 to 64 characters of a-z, 0-9 and single hyphens between them");
    return "";
}

int json_value_enum(struct json value, const char *const *names) {
    if (!value.node) return -1;
    const char *text = cJSON_GetStringValue(value.node);
    for (int i = 0; text && names[i]; i++)
        if (strcmp(text, names[i]) == 0) return i;
    struct text_buffer list = {.arena = value.doc->arena};
    for (int i = 0; names[i]; i++) text_appendf(&list, "%s%s", i ? ", " : "", names[i]);
    json_add_fault(value, NULL, "must be one of: %s", list.bytes);
    return -1;
}

/* A member's: on a fault the first of the list, which is harmless. */
static int value_enum(struct json value, const char *const *names) {
    int i = json_value_enum(value, names);
    return i < 0 ? 0 : i;
}

static struct json value_object(struct json value) {
    return is_object(value) ? value : nothing;
}

static struct json value_array(struct json value, size_t min, size_t max) {
    if (!value.node) return nothing;
    if (!cJSON_IsArray(value.node)) {
        json_add_fault(value, NULL, "must be a list");
        return nothing;
    }
    size_t count = json_count(value);
    if (count < min)
        json_add_fault(value, NULL, "must have %zu or more entries", min);
    else if (count > max)
        json_add_fault(value, NULL, "must have at most %zu entries", max);
    else
        return value;
    return nothing;
}

/* ---- members ---- */

int64_t json_int(struct json object, const char *key, int64_t min, int64_t max) {
    return json_value_int(need(object, key), min, max);
}

bool json_bool(struct json object, const char *key) {
    return value_bool(need(object, key));
}

const char *json_text(struct json object, const char *key, size_t max_bytes) {
    return value_text(need(object, key), max_bytes, false);
}

const char *json_slug(struct json object, const char *key) {
    return value_slug(need(object, key));
}

int json_enum(struct json object, const char *key, const char *const *names) {
    return value_enum(need(object, key), names);
}

struct json json_object(struct json object, const char *key) {
    return value_object(need(object, key));
}

struct json json_array(struct json object, const char *key, size_t min, size_t max) {
    return value_array(need(object, key), min, max);
}

int64_t json_int_or(struct json object, const char *key, int64_t min, int64_t max, int64_t absent) {
    struct json value = maybe(object, key);
    return value.node ? json_value_int(value, min, max) : absent;
}

bool json_holds_bool(struct json object, const char *key) {
    return cJSON_IsBool(maybe(object, key).node);
}

bool json_holds_number(struct json object, const char *key) {
    return cJSON_IsNumber(maybe(object, key).node);
}

bool json_bool_or(struct json object, const char *key, bool absent) {
    struct json value = maybe(object, key);
    return value.node ? value_bool(value) : absent;
}

const char *json_text_or(struct json object, const char *key, size_t max_bytes, const char *absent) {
    struct json value = maybe(object, key);
    return value.node ? value_text(value, max_bytes, true) : absent;
}

const char *json_slug_or(struct json object, const char *key, const char *absent) {
    struct json value = maybe(object, key);
    return value.node ? value_slug(value) : absent;
}

int json_enum_or(struct json object, const char *key, const char *const *names, int absent) {
    struct json value = maybe(object, key);
    return value.node ? value_enum(value, names) : absent;
}

struct json json_object_or_none(struct json object, const char *key) {
    return value_object(maybe(object, key));
}

struct json json_array_or_none(struct json object, const char *key, size_t max) {
    return value_array(maybe(object, key), 0, max);
}

/* ---- walking ---- */

static bool is_container(struct json view) {
    return view.node && (cJSON_IsArray(view.node) || cJSON_IsObject(view.node));
}

size_t json_count(struct json array_or_object) {
    size_t count = 0;
    JSON_EACH(item, array_or_object) count++;
    return count;
}

struct json json_at(struct json array_or_object, size_t index) {
    struct json item = json_first(array_or_object);
    while (item.node && index-- > 0) item = json_next(item);
    return item;
}

struct json json_first(struct json array_or_object) {
    if (!is_container(array_or_object)) return nothing;
    return (struct json){array_or_object.doc, array_or_object.node->child};
}

struct json json_next(struct json item) {
    return (struct json){item.doc, item.node ? item.node->next : NULL};
}

const char *json_key(struct json member) {
    return member.node && member.node->string ? member.node->string : "";
}
