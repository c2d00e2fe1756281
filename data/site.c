/* Loads a site's file: its single values here, its lists in site_lists.c and beside, what ties them together in site_check.c. */
#include "data/site_read.h"

#include <string.h>

#include "data/faults.h"

enum {
    NAME_MAX_BYTES = 60,
    LONG_MAX_BYTES = 120,
    NIT_MAX_BYTES = 20,
    PATH_MAX_BYTES = 250,
    PRINTED_LINES_MAX = 12,
    REASONS_MAX = 30
};

#define DEFAULT_COIN 50
#define DEFAULT_CUTOVER 4
#define DEFAULT_UVT_LIMIT 5
#define DEFAULT_KEEP_DAYS 90
#define DEFAULT_CASHIER_DISCOUNT 1000 /* beyond these a manager approves */
#define TIP_CEILING 1000              /* Ley 1935 de 2018: 10 % */

static const char *const tip_rule_names[] = {"off", "ask", NULL};
static const char *const language_names[] = {"es", "en", NULL};

static void only_known_members(struct json root) {
    JSON_ONLY(root, "$schema", "sample", "slug", "name", "legal_name", "nit", "address", "city", "phone", "language", "time_zone",
              "cutover_hour", "coin", "taxes", "default_tax", "tip_rule", "tip_max_rate", "kinds", "default_kind", "precuenta",
              "document_uvt_limit", "areas", "tables", "stations", "printers", "receipt_printer", "means", "numbering", "uvts",
              "courses", "discount_limits", "void_reasons", "receipt_header", "receipt_footer", "receipt_logo", "menu_file",
              "keep_print_jobs_days");
}

/* "900.123.456-7": digits with dots, then the check digit. */
static bool is_nit(const char *text) {
    size_t n = strspn(text, "0123456789.");
    return n >= 5 && text[n] == '-' && strspn(text + n + 1, "0123456789") == 1 && text[n + 2] == '\0';
}

/* Only the form: whether the machine knows the zone shows when clock_set_zone is called. */
static bool is_zone(const char *text) {
    const char *const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";
    return strspn(text, letters) == strlen(text) && text[0] != '/' && strchr(text, '/') != NULL;
}

static void read_identity(struct json root, struct site *s) {
    (void)json_text_or(root, "$schema", PATH_MAX_BYTES, NULL); /* for editors */
    s->sample = json_bool_or(root, "sample", false);
    s->slug = json_slug(root, "slug");
    s->name = json_text(root, "name", NAME_MAX_BYTES);
    s->legal_name = json_text(root, "legal_name", LONG_MAX_BYTES);
    s->nit = json_text(root, "nit", NIT_MAX_BYTES);
    if (*s->nit && !is_nit(s->nit)) json_add_fault(root, "nit", "must look like \"900.123.456-7\"");
    s->address = json_text(root, "address", LONG_MAX_BYTES);
    s->city = json_text(root, "city", NAME_MAX_BYTES);
    s->phone = json_text_or(root, "phone", NAME_MAX_BYTES, "");
    s->language = language_names[json_enum_or(root, "language", language_names, 0)];
    s->time_zone = json_has(root, "time_zone") ? json_text(root, "time_zone", NAME_MAX_BYTES) : "America/Bogota";
    if (*s->time_zone && !is_zone(s->time_zone)) json_add_fault(root, "time_zone", "must look like \"America/Bogota\"");
}

static void read_rules(struct json root, struct site *s) {
    s->cutover_hour = (int32_t)json_int_or(root, "cutover_hour", 0, 12, DEFAULT_CUTOVER);
    s->coin = json_int_or(root, "coin", 1, 1000, DEFAULT_COIN);
    s->tip_rule = (enum tip_rule)json_enum_or(root, "tip_rule", tip_rule_names, TIP_ASK);
    s->tip_max_rate = (int32_t)json_int_or(root, "tip_max_rate", 0, TIP_CEILING, TIP_CEILING);
    if (s->tip_rule == TIP_OFF) s->tip_max_rate = 0; /* whoever asks for the highest tip hears that there is none */
    s->precuenta = json_bool_or(root, "precuenta", false);
    s->document_uvt_limit = (int32_t)json_int_or(root, "document_uvt_limit", 1, 1000, DEFAULT_UVT_LIMIT);
    s->keep_print_jobs_days = (int32_t)json_int_or(root, "keep_print_jobs_days", 7, 3650, DEFAULT_KEEP_DAYS);
}

static void read_discount_limits(struct json root, struct site *s) {
    struct json limits = json_object_or_none(root, "discount_limits");
    s->discount_limits = (struct site_discount_limits){0, DEFAULT_CASHIER_DISCOUNT, RATE_ONE, RATE_ONE};
    if (!json_exists(limits)) return;
    JSON_ONLY(limits, "waiter", "cashier", "manager", "administrator");
    struct site_discount_limits *l = &s->discount_limits;
    l->waiter = (int32_t)json_int_or(limits, "waiter", 0, RATE_ONE, l->waiter);
    l->cashier = (int32_t)json_int_or(limits, "cashier", 0, RATE_ONE, l->cashier);
    l->manager = (int32_t)json_int_or(limits, "manager", 0, RATE_ONE, l->manager);
    l->administrator = (int32_t)json_int_or(limits, "administrator", 0, RATE_ONE, l->administrator);
}

static void read_kinds(struct json root, struct site *s) {
    size_t good = 0;
    JSON_EACH(one, json_array(root, "kinds", 1, ORDER_KIND_COUNT)) {
        const char *name = json_value_text(one, NAME_MAX_BYTES);
        size_t kind = 0;
        while (kind < ORDER_KIND_COUNT && strcmp(order_kind_names[kind], name) != 0) kind++;
        if (kind == ORDER_KIND_COUNT) {
            if (*name) json_add_fault(one, NULL, "must be one of table, counter, takeaway, truck");
            continue;
        }
        if (s->kinds[kind]) json_add_fault(one, NULL, "\"%s\" is given twice", name);
        s->kinds[kind] = true;
        good++;
    }
    size_t faults = json_fault_count(root);
    s->default_kind = (enum order_kind)json_enum(root, "default_kind", order_kind_names);
    if (good && json_fault_count(root) == faults && !s->kinds[s->default_kind])
        json_add_fault(root, "default_kind", "\"%s\" is not in kinds", order_kind_names[s->default_kind]);
    if (s->kinds[ORDER_TABLE] && s->table_count == 0) json_add_fault(root, "tables", "needed, because kinds has \"table\"");
}

static void read_receipt(struct json root, struct site *s) {
    const char *printer = json_slug(root, "receipt_printer");
    s->receipt_printer = site_find_printer(s, printer);
    if (*printer && !s->receipt_printer)
        json_add_fault(root, "receipt_printer", "unknown printer \"%s\" (not in printers)", printer);
    struct json header = json_array_or_none(root, "receipt_header", PRINTED_LINES_MAX);
    s->receipt_header = site_read_texts(header, s->arena, LONG_MAX_BYTES, &s->header_count);
    struct json footer = json_array_or_none(root, "receipt_footer", PRINTED_LINES_MAX);
    s->receipt_footer = site_read_texts(footer, s->arena, LONG_MAX_BYTES, &s->footer_count);
    struct json reasons = json_array(root, "void_reasons", 1, REASONS_MAX);
    s->void_reasons = site_read_texts(reasons, s->arena, NAME_MAX_BYTES, &s->void_reason_count);
}

static void read_default_tax(struct json root, struct site *s) {
    const char *tax = json_slug(root, "default_tax");
    s->default_tax = site_find_tax(s, tax);
    if (*tax && !s->default_tax) json_add_fault(root, "default_tax", "unknown tax \"%s\" (not in taxes)", tax);
}

/* A path in a configuration file is meant from the folder that file lies in. */
static const char *resolve(struct arena *a, const char *file, const char *path) {
    const char *slash = strrchr(file, '/');
    if (path[0] == '/' || !slash) return path;
    return arena_printf(a, "%.*s/%s", (int)(slash - file), file, path);
}

bool site_load(const char *file, struct arena *a, struct site **out, const char **faults, struct error *e) {
    struct json root;
    if (!json_parse_file(a, file, &root, e)) {
        if (faults) *faults = arena_text(a, e->message);
        return false;
    }
    struct site *s = ARENA_NEW(a, struct site);
    s->arena = a;
    s->file = arena_text(a, file);
    only_known_members(root);
    read_identity(root, s);
    read_rules(root, s);
    read_discount_limits(root, s);
    site_read_taxes(root, s);
    read_default_tax(root, s);
    site_read_courses(root, s);
    site_read_areas(root, s);
    site_read_tables(root, s);
    read_kinds(root, s);
    site_read_printers(root, s);
    site_read_stations(root, s);
    read_receipt(root, s);
    site_read_means(root, s);
    site_read_numbering(root, s);
    site_read_uvts(root, s);
    if (json_has(root, "receipt_logo")) {
        const char *logo = json_text(root, "receipt_logo", PATH_MAX_BYTES);
        s->receipt_logo = resolve(a, s->file, logo);
        if (*logo) site_check_logo(root, s->receipt_logo);
    }
    s->menu_file = resolve(a, s->file, json_text(root, "menu_file", PATH_MAX_BYTES));
    site_check(root, s);
    if (!faults_none(root, file, "bad_site", a, faults, e)) return false;
    *out = s;
    return true;
}
