/* Files carried inside the binary: migrations, report queries, and the screens. Made by data/embed.sh at build time. */
#ifndef COMANDA_DATA_EMBED_H
#define COMANDA_DATA_EMBED_H

#include <stddef.h>

struct embed_file {
    const char *name;           /* path from the group's folder, "0001_initial.sql", "index.html" */
    const unsigned char *bytes; /* a NUL follows the last byte, so that text may be used as a C string */
    size_t size;
};

/* Each group ends with name == NULL, in order of name. */
extern const struct embed_file embed_migrations[];
extern const struct embed_file embed_reports[];
extern const struct embed_file embed_profiles[];
extern const struct embed_file embed_quirks[];

/* The file of that name, or NULL. */
const struct embed_file *embed_find(const struct embed_file *group, const char *name);

#endif
