/* The table of USB units that need care, read from JSON. Contract: quirks.h. */
#include "printer/quirks.h"

#include <stdlib.h>
#include <string.h>

#include "data/embed.h"
#include "data/json.h"

enum { UNITS_MAX = 500, NAME_MAX_BYTES = 63, TEXT_MAX_BYTES = 300, SLOW_CLOSE_MAX_MS = 10000, CHUNK_MAX = 65536 };

struct usb_quirks {
    struct usb_quirk *at;
    size_t count;
};

/* "04b8": four digits in small letters, as lsusb writes them. 0 is nobody's. */
static uint16_t read_id(struct json unit, const char *key, bool required) {
    const char *text = required ? json_text(unit, key, 4) : json_text_or(unit, key, 4, NULL);
    if (!text || (required && !text[0])) return 0;
    if (strlen(text) == 4 && strspn(text, "0123456789abcdef") == 4 && strcmp(text, "0000") != 0)
        return (uint16_t)strtoul(text, NULL, 16);
    json_add_fault(unit, key, "must be four hexadecimal digits in small letters, such as \"04b8\"");
    return 0;
}

static const char *read_name(struct json unit) {
    const char *name = json_text_or(unit, "name", NAME_MAX_BYTES, NULL);
    if (name && !name[0]) json_add_fault(unit, "name", "must not be empty; leave it out");
    return name;
}

static bool says_nothing(const struct usb_quirk *q) {
    return !q->unidirectional && !q->vendor_class && !q->no_set_interface && !q->no_reattach && !q->no_status && !q->slow_close &&
           !q->max_chunk;
}

static bool same_text(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static void read_unit(struct json unit, struct usb_quirks *all) {
    JSON_ONLY(unit, "vendor", "product", "name", "what", "unidirectional", "vendor_class", "no_set_interface", "no_reattach",
              "no_status", "slow_close", "max_chunk", "source");
    struct usb_quirk *q = &all->at[all->count++];
    *q = (struct usb_quirk){.vendor = read_id(unit, "vendor", true),
                            .product = read_id(unit, "product", false),
                            .name = read_name(unit),
                            .unidirectional = json_bool_or(unit, "unidirectional", false),
                            .vendor_class = json_bool_or(unit, "vendor_class", false),
                            .no_set_interface = json_bool_or(unit, "no_set_interface", false),
                            .no_reattach = json_bool_or(unit, "no_reattach", false),
                            .no_status = json_bool_or(unit, "no_status", false),
                            .slow_close = (int32_t)json_int_or(unit, "slow_close", 1, SLOW_CLOSE_MAX_MS, 0),
                            .max_chunk = (int32_t)json_int_or(unit, "max_chunk", 1, CHUNK_MAX, 0),
                            .what = json_text(unit, "what", TEXT_MAX_BYTES),
                            .source = json_text(unit, "source", TEXT_MAX_BYTES)};
    if (says_nothing(q)) json_add_fault(unit, NULL, "says of nothing that it is to be minded");
    /* Every scanner and camera of a vendor has an interface of class 255. */
    if (q->vendor_class && !q->product && !q->name)
        json_add_fault(unit, "vendor_class", "needs a product or a name: a vendor makes more than printers");
    for (const struct usb_quirk *earlier = all->at; earlier < q; earlier++)
        if (earlier->vendor == q->vendor && earlier->product == q->product && same_text(earlier->name, q->name))
            json_add_fault(unit, NULL, "the same unit as units[%zu]", (size_t)(earlier - all->at));
}

bool quirks_read(struct arena *a, const char *file, const char *text, size_t size, struct usb_quirks **out, struct error *e) {
    struct json object;
    if (!json_parse(a, text, size, &object, e)) return error_within(e, "%s", file);
    JSON_ONLY(object, "units");
    const struct json units = json_array(object, "units", 0, UNITS_MAX);
    struct usb_quirks *all = ARENA_NEW(a, struct usb_quirks);
    all->at = ARENA_ARRAY(a, json_count(units) + 1, struct usb_quirk);
    JSON_EACH(unit, units) read_unit(unit, all);
    *out = all;
    return json_ok(object, e) || error_within(e, "%s", file);
}

bool quirks_load(struct arena *a, struct usb_quirks **out, struct error *e) {
    const struct embed_file *file = &embed_quirks[0];
    return quirks_read(a, file->name, (const char *)file->bytes, file->size, out, e);
}

static bool could_fit(const struct usb_quirk *q, uint16_t vendor, uint16_t product) {
    return q->vendor == vendor && (!q->product || q->product == product);
}

static int exactness(const struct usb_quirk *q) {
    return (q->product ? 2 : 0) + (q->name ? 1 : 0);
}

const struct usb_quirk *quirks_find(const struct usb_quirks *q, uint16_t vendor, uint16_t product, const char *name) {
    static const struct usb_quirk ordinary = {.what = "", .source = ""};
    const struct usb_quirk *best = NULL;
    for (const struct usb_quirk *it = q->at; it < q->at + q->count; it++) {
        if (!could_fit(it, vendor, product)) continue;
        if (it->name && (!name || strncmp(name, it->name, strlen(it->name)) != 0)) continue;
        if (!best || exactness(it) > exactness(best)) best = it;
    }
    return best ? best : &ordinary;
}

const char *quirks_name_wanted(const struct usb_quirks *q, uint16_t vendor, uint16_t product) {
    for (const struct usb_quirk *it = q->at; it < q->at + q->count; it++)
        if (it->name && could_fit(it, vendor, product) && exactness(it) > exactness(quirks_find(q, vendor, product, NULL)))
            return it->name;
    return NULL;
}

size_t quirks_count(const struct usb_quirks *q) {
    return q->count;
}

const struct usb_quirk *quirks_at(const struct usb_quirks *q, size_t i) {
    return i < q->count ? &q->at[i] : NULL;
}
