/* Printer profiles, read from the JSON files of printer/profiles as they stand in the binary. Contract: profile.h. */
#include "printer/profile.h"

#include <string.h>

#include "data/embed.h"
#include "data/json.h"
#include "data/text.h"
#include "printer/codepage.h"
#include "printer/logo.h"

/* Facts of a profile that a source may be given for. */
#define FACTS                                                                                                                    \
    "columns", "dots", "pictures", "codepages", "cut", "cut_feed", "tear_feed", "drawer", "native_qr", "native_barcode",         \
        "reverse", "red", "mode_font", "buzzer", "process_id", "ordered_status", "realtime_status"

enum { COLUMN_DOTS = 12, PICTURE_DOTS_MIN = 96, DOTS_MAX = 1024, TEAR_FEED = 4 };

static const char *const cut_names[] = {"none", "partial", "full", "both", NULL};
static const char *const buzzer_names[] = {"none", "esc_b", "esc_paren_a", NULL};
static const char *const picture_names[] = {"raster", "8_dot", NULL};

struct printer_profiles {
    struct printer_profile *at;
    size_t count;
};

static void read_codepages(struct json object, struct arena *a, struct printer_profile *p) {
    for (int i = 0; i < CODEPAGE_COUNT; i++) p->codepage_numbers[i] = -1;
    struct json pages = json_array(object, "codepages", 1, CODEPAGE_COUNT);
    enum printer_codepage *list = ARENA_ARRAY(a, CODEPAGE_COUNT, enum printer_codepage);
    JSON_EACH(page, pages) {
        JSON_ONLY(page, "name", "number");
        int which = json_enum(page, "name", codepage_names);
        if (p->codepage_numbers[which] >= 0) json_add_fault(page, "name", "named twice");
        p->codepage_numbers[which] = (int32_t)json_int(page, "number", 0, 255);
        if (p->codepage_count < CODEPAGE_COUNT) list[p->codepage_count++] = (enum printer_codepage)which;
    }
    p->codepages = list;
}

/* For whoever doubts a fact: where it is from. Nothing here is used. */
static void check_sources(struct json object) {
    struct json sources = json_object_or_none(object, "sources");
    if (!json_exists(sources)) return;
    JSON_ONLY(sources, FACTS);
    JSON_EACH(source, sources) json_value_text(source, 300);
}

static void read_dots(struct json object, struct printer_profile *p) {
    p->pictures = (enum printer_pictures)json_enum_or(object, "pictures", picture_names, PICTURES_RASTER);
    p->picture_dots = (int32_t)json_int(object, "dots", PICTURE_DOTS_MIN, DOTS_MAX);
    p->dots = p->pictures == PICTURES_RASTER ? p->picture_dots : p->columns * COLUMN_DOTS;
    if (p->dots < p->columns * COLUMN_DOTS)
        json_add_fault(object, "dots", "too few for %d columns of %d", p->columns, COLUMN_DOTS);
}

static void read_cut(struct json object, struct printer_profile *p) {
    p->cut = (enum printer_cut)json_enum(object, "cut", cut_names);
    p->cut_feed = (int32_t)json_int_or(object, "cut_feed", 0, 255, 0);
    p->tear_feed = (int32_t)json_int_or(object, "tear_feed", 0, 20, TEAR_FEED);
    if (p->cut == CUT_NONE && json_has(object, "cut_feed")) json_add_fault(object, "cut_feed", "only with a cutter");
    if (p->cut != CUT_NONE && json_has(object, "tear_feed")) json_add_fault(object, "tear_feed", "only without a cutter");
}

static bool read_profile(const struct embed_file *file, struct arena *a, struct printer_profile *p, struct error *e) {
    struct json object;
    if (!json_parse(a, (const char *)file->bytes, file->size, &object, e)) return error_within(e, "%s", file->name);
    JSON_ONLY(object, "name", "notes", "sources", FACTS);
    p->slug = arena_text_n(a, file->name, strcspn(file->name, "."));
    if (!text_is_slug(p->slug)) json_add_fault(object, NULL, "the file's name is not a slug");
    p->name = json_text(object, "name", 80);
    json_text(object, "notes", 1000);
    p->columns = (int32_t)json_int(object, "columns", 16, 80);
    read_dots(object, p);
    read_codepages(object, a, p);
    read_cut(object, p);
    p->drawer = json_bool(object, "drawer");
    p->native_qr = json_bool(object, "native_qr");
    p->native_barcode = json_bool_or(object, "native_barcode", false);
    p->reverse = json_bool_or(object, "reverse", true);
    p->red = json_bool_or(object, "red", false);
    p->mode_font = (int32_t)json_int_or(object, "mode_font", 0, 1, -1);
    p->buzzer = (enum printer_buzzer)json_enum(object, "buzzer", buzzer_names);
    p->process_id = json_bool(object, "process_id");
    p->ordered_status = json_bool_or(object, "ordered_status", false);
    p->realtime_status = json_bool(object, "realtime_status");
    check_sources(object);
    return json_ok(object, e) || error_within(e, "%s", file->name);
}

bool profiles_load(struct arena *a, struct printer_profiles **out, struct error *e) {
    size_t count = 0;
    while (embed_profiles[count].name != NULL) count++;
    const struct codepages *tables;
    if (!codepages_build(a, &tables, e)) return false;
    struct printer_profiles *all = ARENA_NEW(a, struct printer_profiles);
    all->at = ARENA_ARRAY(a, count, struct printer_profile);
    for (; all->count < count; all->count++) {
        all->at[all->count].tables = tables;
        if (!read_profile(&embed_profiles[all->count], a, &all->at[all->count], e)) return false;
    }
    *out = all;
    return true;
}

const struct printer_profile *profile_find(const struct printer_profiles *p, const char *slug) {
    for (size_t i = 0; slug != NULL && i < p->count; i++)
        if (strcmp(p->at[i].slug, slug) == 0) return &p->at[i];
    return NULL;
}

size_t profile_count(const struct printer_profiles *p) {
    return p->count;
}

const struct printer_profile *profile_at(const struct printer_profiles *p, size_t i) {
    return i < p->count ? &p->at[i] : NULL;
}

bool profiles_set_logo(struct printer_profiles *p, const char *file, struct arena *a, struct error *e) {
    struct logo *logo;
    if (!logo_read(file, a, &logo, e)) return false;
    for (size_t i = 0; i < p->count; i++) {
        struct printer_profile *one = &p->at[i];
        for (size_t j = 0; j < i && one->logo == NULL; j++)
            if (p->at[j].picture_dots == one->picture_dots) one->logo = p->at[j].logo;
        if (one->logo == NULL) one->logo = logo_for_paper(logo, one->picture_dots, a);
    }
    return true;
}
