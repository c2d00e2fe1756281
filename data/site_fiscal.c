/* Reads what the tax office gives: numbering authorisations and the values of the UVT. */
#include "data/site_read.h"

#include <string.h>

#include "data/clock.h"

enum { PREFIX_MAX_BYTES = 4, RESOLUTION_MAX_BYTES = 40, DAY_BYTES = 10, LIST_MAX = 50 };

static const char *const document_kinds[] = {"pos", NULL};

static const char *read_day(struct json at, const char *key) {
    const char *day = json_text(at, key, DAY_BYTES);
    if (*day && !clock_is_day(day)) {
        json_add_fault(at, key, "must be a day as YYYY-MM-DD");
        return "";
    }
    return day;
}

static bool is_prefix(const char *text) {
    return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == strlen(text);
}

static void read_authorisation(struct json at, struct site_numbering *n) {
    JSON_ONLY(at, "kind", "prefix", "from", "to", "valid_from", "valid_until", "resolution", "resolution_date");
    n->kind = document_kinds[json_enum(at, "kind", document_kinds)];
    n->prefix = json_text_or(at, "prefix", PREFIX_MAX_BYTES, "");
    if (!is_prefix(n->prefix)) json_add_fault(at, "prefix", "must be capital letters and digits");
    n->from = json_int(at, "from", 1, INT32_MAX);
    n->to = json_int(at, "to", 1, INT32_MAX);
    n->valid_from = read_day(at, "valid_from");
    n->valid_until = read_day(at, "valid_until");
    n->resolution = json_text(at, "resolution", RESOLUTION_MAX_BYTES);
    n->resolution_date = read_day(at, "resolution_date");
    if (n->from && n->to && n->to < n->from) json_add_fault(at, "to", "is before \"from\"");
    if (*n->valid_from && *n->valid_until && strcmp(n->valid_until, n->valid_from) < 0)
        json_add_fault(at, "valid_until", "is before \"valid_from\"");
    if (*n->resolution_date && *n->valid_until && strcmp(n->resolution_date, n->valid_until) > 0)
        json_add_fault(at, "resolution_date", "is after \"valid_until\"");
}

void site_read_numbering(struct json root, struct site *s) {
    struct json list = json_array(root, "numbering", 1, LIST_MAX);
    struct site_numbering *numbering = ARENA_ARRAY(s->arena, json_count(list), struct site_numbering);
    JSON_EACH(one, list) read_authorisation(one, &numbering[s->numbering_count++]);
    s->numbering = numbering;
}

void site_read_uvts(struct json root, struct site *s) {
    struct json list = json_array(root, "uvts", 1, LIST_MAX);
    struct site_uvt *uvts = ARENA_ARRAY(s->arena, json_count(list), struct site_uvt);
    JSON_EACH(one, list) {
        JSON_ONLY(one, "from", "value");
        uvts[s->uvt_count++] = (struct site_uvt){.from = read_day(one, "from"), .value = json_int(one, "value", 1, 10000000)};
    }
    s->uvts = uvts;
}
