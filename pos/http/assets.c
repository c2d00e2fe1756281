/* The screens, found by path. */
#include "pos/http/assets.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "pos/http/request_hash.h"

_Static_assert(sizeof((struct asset *)0)->tag >= CONTENT_TAG_MAX, "an ETag fits");

struct assets {
    struct asset *list;
    size_t count;
    const struct asset *page;
};

static const struct {
    const char *extension, *type;
} types[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".mp3", "audio/mpeg"},
    {".wav", "audio/wav"},
    {".txt", "text/plain; charset=utf-8"},
};

static bool ends_with(const char *name, const char *ending) {
    size_t n = strlen(name), m = strlen(ending);
    return n > m && strcmp(name + n - m, ending) == 0;
}

static const char *type_of(const char *name) {
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (ends_with(name, types[i].extension)) return types[i].type;
    return "application/octet-stream";
}

/* "-XXXXXXXX." as esbuild writes it: eight or more capitals and digits between the last hyphen and the first dot after it. */
static bool is_hashed(const char *name) {
    const char *dash = strrchr(name, '-');
    if (!dash) return false;
    size_t n = 0;
    while (isupper((unsigned char)dash[1 + n]) || isdigit((unsigned char)dash[1 + n])) n++;
    return n >= 8 && dash[1 + n] == '.';
}

static void describe(struct asset *asset, const struct embed_file *file, const struct embed_file *gzip, struct arena *a) {
    asset->path = arena_printf(a, "/%s", file->name);
    asset->type = type_of(file->name);
    asset->plain = file;
    asset->gzip = gzip && gzip->size < file->size ? gzip : NULL;
    asset->immutable = is_hashed(file->name);
    content_tag(file->bytes, file->size, asset->tag);
    if (asset->gzip) content_tag(gzip->bytes, gzip->size, asset->gzip_tag);
}

struct assets *assets_index(const struct embed_file *group, struct arena *a) {
    size_t n = 0;
    while (group[n].name) n++;
    struct assets *assets = ARENA_NEW(a, struct assets);
    assets->list = ARENA_ARRAY(a, n + 1, struct asset);
    for (const struct embed_file *file = group; file->name; file++) {
        if (ends_with(file->name, ".gz")) continue;
        struct asset *asset = &assets->list[assets->count++];
        describe(asset, file, embed_find(group, arena_printf(a, "%s.gz", file->name)), a);
        if (strcmp(file->name, "index.html") == 0) assets->page = asset;
    }
    return assets;
}

const struct asset *asset_find(const struct assets *assets, const char *path) {
    for (size_t i = 0; i < assets->count; i++)
        if (strcmp(assets->list[i].path, path) == 0) return &assets->list[i];
    const char *last = strrchr(path, '/');
    return last && !strchr(last, '.') ? assets->page : NULL;
}

/* One coding's weight: ";q=0" or ";q=0.000" means never. */
static bool is_wanted(const char *parameters, size_t n) {
    const char *q = memmem(parameters, n, "q=", 2);
    return !q || strtod(q + 2, NULL) > 0;
}

bool asset_accepts_gzip(const char *accept_encoding) {
    bool star = false;
    for (const char *at = accept_encoding; at && *at;) {
        at += strspn(at, " \t,");
        size_t size = strcspn(at, ","), name = strcspn(at, " \t,;");
        if (name == 4 && strncasecmp(at, "gzip", 4) == 0) return is_wanted(at + name, size - name);
        if (name == 1 && *at == '*') star = is_wanted(at + name, size - name);
        at += size;
    }
    return star;
}
