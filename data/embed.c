/* Files carried inside the binary: finding one by name. */
#include "data/embed.h"

#include <string.h>

const struct embed_file *embed_find(const struct embed_file *group, const char *name) {
    for (const struct embed_file *file = group; file->name; file++)
        if (strcmp(file->name, name) == 0) return file;
    return NULL;
}
