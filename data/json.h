/* JSON in and out, strict: the one room where cJSON is known.
 *
 * Reading is sticky. Parse a document, ask for each member, and check once at the end with json_ok(): every getter that
 * finds something missing, of the wrong type or out of range notes a fault with its path ("lines[2].quantity: must be
 * 1 to 999") and answers a harmless value (0, "", an empty view). Validators may add faults of their own. So a request
 * handler asks straight through, and `menu check` reports every fault at once.
 *
 * Numbers: integers only, within ±(2^53 − 1); 1.5 or 1e300 where an integer is wanted is a fault.
 * A document and all text taken from it live as long as the arena. Views are small values: copy them.
 * Thread: a document belongs to one thread at a time. */
#ifndef COMANDA_DATA_JSON_H
#define COMANDA_DATA_JSON_H

#include <stddef.h>
#include <stdint.h>

#include "data/arena.h"
#include "data/error.h"

struct json_doc; /* opaque: the tree and its faults */
struct cJSON;

struct json { /* a view of one value; node is NULL where there is none */
    struct json_doc *doc;
    struct cJSON *node;
};

#define JSON_INT_MAX INT64_C(9007199254740991)
enum { JSON_DEPTH_MAX = 32 };

/* ---- reading ---- */

/* Text must be UTF-8, one value, nothing after it, no key twice in an object, nested at most JSON_DEPTH_MAX deep.
 * Otherwise ERROR_INVALID "bad_json" with the line and column. */
MUST_USE bool json_parse(struct arena *a, const char *text, size_t size, struct json *out, struct error *e);
/* The same for a file; errors name the file. */
MUST_USE bool json_parse_file(struct arena *a, const char *path, struct json *out, struct error *e);

/* Faults. json_ok: true when none; otherwise fills e (ERROR_INVALID, "invalid_field", field = path of the first,
 * message = the first and how many more). */
MUST_USE bool json_ok(struct json any, struct error *e);
size_t json_fault_count(struct json any);
const char *json_fault(struct json any, size_t index);                                           /* "path: reason" */
void json_add_fault(struct json at, const char *key, const char *format, ...) PRINTF_LIKE(3, 4); /* key may be NULL */
const char *json_path(struct json at, struct arena *a); /* "lines[2].quantity"; "" for the root */

/* The object may have these members and no others (list ends with NULL): each unknown one is a fault. */
void json_only(struct json object, const char *const *keys);
#define JSON_ONLY(object, ...) json_only((object), (const char *const[]){__VA_ARGS__, NULL})

bool json_has(struct json object, const char *key); /* present and not null */
bool json_holds_bool(struct json object, const char *key); /* present, and true or false … */
bool json_holds_number(struct json object, const char *key); /* … or a number */
bool json_exists(struct json view);                 /* the view holds a value */

/* Members that must be there … */
int64_t json_int(struct json object, const char *key, int64_t min, int64_t max);
bool json_bool(struct json object, const char *key);
const char *json_text(struct json object, const char *key, size_t max_bytes); /* not empty, no control characters */
const char *json_slug(struct json object, const char *key);                   /* text_is_slug */
int json_enum(struct json object, const char *key, const char *const *names); /* index in a NULL-ended list; 0 on a fault */
struct json json_object(struct json object, const char *key);
struct json json_array(struct json object, const char *key, size_t min, size_t max);
/* … and those that may be missing or null: the last argument is answered then. */
int64_t json_int_or(struct json object, const char *key, int64_t min, int64_t max, int64_t absent);
bool json_bool_or(struct json object, const char *key, bool absent);
const char *json_text_or(struct json object, const char *key, size_t max_bytes, const char *absent); /* "" allowed */
const char *json_slug_or(struct json object, const char *key, const char *absent);
int json_enum_or(struct json object, const char *key, const char *const *names, int absent);
struct json json_object_or_none(struct json object, const char *key); /* node NULL when missing */
struct json json_array_or_none(struct json object, const char *key, size_t max);

/* Walking. */
size_t json_count(struct json array_or_object);
struct json json_at(struct json array_or_object, size_t index); /* O(1) amortised when index goes up by one is not promised */
#define JSON_EACH(item, container) for (struct json item = json_first(container); json_exists(item); item = json_next(item))
struct json json_first(struct json array_or_object);
struct json json_next(struct json item);
const char *json_key(struct json member); /* its name in its object */
/* The value itself, for array elements and map members. */
int64_t json_value_int(struct json value, int64_t min, int64_t max);
const char *json_value_text(struct json value, size_t max_bytes);
int json_value_enum(struct json value, const char *const *names); /* index in a NULL-ended list; -1 on a fault */

/* ---- writing ---- */

struct json json_new_object(struct arena *a);
struct json json_new_array(struct arena *a);
void json_set_int(struct json object, const char *key, int64_t value);
void json_set_bool(struct json object, const char *key, bool value);
void json_set_text(struct json object, const char *key, const char *text); /* NULL → null; copied */
void json_set_null(struct json object, const char *key);
struct json json_set_object(struct json object, const char *key);
struct json json_set_array(struct json object, const char *key);
void json_set_copy(struct json object, const char *key, struct json value); /* a deep copy */
void json_push_int(struct json array, int64_t value);
void json_push_text(struct json array, const char *text);
struct json json_push_object(struct json array);
struct json json_push_array(struct json array);

/* Compact UTF-8, members in the order they were set (so equal content set alike is equal text). size may be NULL. */
const char *json_print(struct json value, struct arena *a, size_t *size);

#endif
