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

/* Whatever cJSON allocates in this thread comes out of the arena until the next call, and is freed with it: a tree is a hundred
 * small pieces that live and die together. (Measured: malloc and free were a tenth of an order's time.) Before any call of
 * cJSON that makes something. */
void json_lend(struct arena *a);

/* A document around a tree. */
struct json_doc *json_doc_new(struct arena *a, struct cJSON *root);

/* Keeps an integer as raw text beside its value; such a node counts as a number. cJSON prints a number through "%1.15g", which
 * loses digits of a large one, and reads it back to see whether it did: for what we write, a twentieth of an order's time. */
void json_keep_digits(struct arena *a, struct cJSON *number);
static inline bool json_is_number(const struct cJSON *node) {
    return cJSON_IsNumber(node) || cJSON_IsRaw(node);
}

#endif
