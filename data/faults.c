/* Gathers the faults of a configuration file for a person to mend in one go. */
#include "data/faults.h"

#include "data/text.h"

bool faults_none(struct json document, const char *file, const char *code, struct arena *a, const char **all, struct error *e) {
    struct error first = {0};
    if (json_ok(document, &first)) return true;
    if (all) {
        struct text_buffer lines = {.arena = a};
        for (size_t i = 0; i < json_fault_count(document); i++) {
            if (i) text_append_byte(&lines, '\n');
            if (file) text_appendf(&lines, "%s: ", file);
            text_append_text(&lines, json_fault(document, i));
        }
        *all = lines.bytes;
    }
    (void)error_fail(e, ERROR_INVALID, code, "%s", first.message);
    if (file) (void)error_within(e, "%s", file);
    return error_at_field(e, first.field);
}
