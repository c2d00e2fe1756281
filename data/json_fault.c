/* JSON in: paths and faults. */
#include <stdarg.h>
#include <string.h>

#include "data/json_doc.h"
#include "data/text.h"

/* A name may hold anything that JSON can escape; a path is one line, so what controls a terminal becomes a space. */
static void append_name(struct text_buffer *path, const char *name) {
    for (const char *at = name, *from = name;; from = at) {
        uint32_t c = text_next(&at);
        if (c == 0) return;
        if (c < 0x20 || (c >= 0x7F && c < 0xA0))
            text_append_byte(path, ' ');
        else
            text_append(path, from, (size_t)(at - from));
    }
}

/* Depth first from the root, writing the way down; on the way back out the buffer is cut again. */
static bool find_path(const struct cJSON *from, const struct cJSON *wanted, struct text_buffer *path) {
    if (from == wanted) return true;
    size_t index = 0, length = path->size;
    for (const struct cJSON *child = from->child; child; child = child->next, index++) {
        if (child != wanted && !child->child) continue;
        if (cJSON_IsArray(from)) {
            text_appendf(path, "[%zu]", index);
        } else {
            if (length) text_append_byte(path, '.');
            append_name(path, child->string);
        }
        if (find_path(child, wanted, path)) return true;
        path->size = length;
    }
    return false;
}

const char *json_path(struct json at, struct arena *a) {
    struct text_buffer path = {.arena = a};
    text_append(&path, "", 0);
    if (at.doc && at.node && !find_path(at.doc->root, at.node, &path)) path.size = 0;
    path.bytes[path.size] = '\0';
    return path.bytes;
}

void json_add_fault(struct json at, const char *key, const char *format, ...) {
    struct json_doc *doc = at.doc;
    if (!doc || doc->fault_count >= JSON_FAULTS_MAX) return;
    const char *path = json_path(at, doc->arena);
    if (key) path = arena_printf(doc->arena, "%s%s%s", path, path[0] ? "." : "", key);
    va_list args;
    va_start(args, format);
    const char *reason = arena_vprintf(doc->arena, format, args);
    va_end(args);
    for (struct json_fault_entry *f = doc->faults; f; f = f->next) /* an array where an object is wanted, asked for each member */
        if (strcmp(f->path, path) == 0 && strcmp(f->reason, reason) == 0) return;
    struct json_fault_entry *fault = ARENA_NEW(doc->arena, struct json_fault_entry);
    *fault = (struct json_fault_entry){.path = path, .reason = reason};
    *doc->last_fault = fault;
    doc->last_fault = &fault->next;
    doc->fault_count++;
}

size_t json_fault_count(struct json any) {
    return any.doc ? any.doc->fault_count : 0;
}

static const char *fault_line(struct arena *a, const struct json_fault_entry *fault) {
    return fault->path[0] ? arena_printf(a, "%s: %s", fault->path, fault->reason) : fault->reason;
}

const char *json_fault(struct json any, size_t index) {
    struct json_fault_entry *fault = any.doc ? any.doc->faults : NULL;
    while (fault && index-- > 0) fault = fault->next;
    return fault ? fault_line(any.doc->arena, fault) : NULL;
}

bool json_ok(struct json any, struct error *e) {
    if (!any.doc || !any.doc->faults) return true;
    const struct json_fault_entry *first = any.doc->faults;
    const char *line = fault_line(any.doc->arena, first);
    size_t more = any.doc->fault_count - 1;
    if (more)
        error_fail(e, ERROR_INVALID, "invalid_field", "%s (and %zu more)", line, more);
    else
        error_fail(e, ERROR_INVALID, "invalid_field", "%s", line);
    return error_at_field(e, first->path);
}
