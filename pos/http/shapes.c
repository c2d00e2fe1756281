/* The small shapes. */
#include "pos/http/shapes.h"

#include "data/clock.h"

void shape_time(struct json object, const char *key, int64_t wall_ms) {
    char text[CLOCK_TEXT_MAX];
    json_set_text(object, key, wall_ms ? clock_rfc3339(wall_ms, text) : NULL);
}

void shape_int_or_null(struct json object, const char *key, int64_t value) {
    if (value)
        json_set_int(object, key, value);
    else
        json_set_null(object, key);
}

void shape_next(struct json object, bool more, int64_t last) {
    shape_int_or_null(object, "next", more ? last : 0);
}
