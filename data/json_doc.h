/* Inside of data/json*.c: a document, its faults, and the numbers that cJSON does not hold exactly. */
#ifndef COMANDA_DATA_JSON_DOC_H
#define COMANDA_DATA_JSON_DOC_H

#include <cjson/cJSON.h>

#include "data/json.h"

struct json_fault_entry {
    const char *path, *reason;
    struct json_fault_entry *next;
};

/* Each fault searches the tree for its path; past this many a file is not worth another line. */
enum { JSON_FAULTS_MAX = 500 };

struct json_doc {
    struct arena *arena;
    struct cJSON *root;
    struct json_fault_entry *faults, **last_fault;
    size_t fault_count;
};

/* A document around a tree, which is freed with the arena. */
struct json_doc *json_doc_new(struct arena *a, struct cJSON *root);

/* cJSON prints numbers with 15 digits and takes what comes near for equal, so an integer longer than that is kept as raw
 * text beside its value. Such a node counts as a number. */
void json_keep_exact(struct cJSON *number);
static inline bool json_is_number(const struct cJSON *node) {
    return cJSON_IsNumber(node) || cJSON_IsRaw(node);
}

#endif
