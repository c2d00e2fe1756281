/* The screens: files embedded at build time, each beside its gzipped form ("app-3F2A91BC.js", "app-3F2A91BC.js.gz"). */
#ifndef COMANDA_HTTP_ASSETS_H
#define COMANDA_HTTP_ASSETS_H

#include "data/arena.h"
#include "data/embed.h"

extern const struct embed_file embed_web[]; /* made by the Makefile from the built screens */

struct asset {
    const char *path; /* "/app-3F2A91BC.js" */
    const char *type;
    const struct embed_file *plain, *gzip; /* gzip NULL: only plain */
    char tag[40], gzip_tag[40];            /* quoted ETags */
    bool immutable;                        /* its name changes with its content */
};
struct assets; /* opaque; lives in the arena */
struct assets *assets_index(const struct embed_file *group, struct arena *a);
/* The file of that path; "/" and any path without a dot in its last part is the page itself, index.html. NULL: none. */
const struct asset *asset_find(const struct assets *assets, const char *path);

/* True when an Accept-Encoding header takes gzip (RFC 9110 §12.5.3). */
bool asset_accepts_gzip(const char *accept_encoding);

#endif
