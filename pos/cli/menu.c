/* comanda menu check | publish | export. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "menu/menu.h"
#include "pos/cli/console.h"

int cli_menu_check(struct cli *c) {
    struct error e;
    struct site *site;
    struct menu *menu;
    const char *faults = NULL;
    if (!cli_site(c, &site, &e)) return cli_fail(&e);
    if (!menu_load_file(c->words[0], site, c->arena, &menu, &faults, &e)) {
        if (faults) fprintf(stderr, "%s%s", faults, faults[0] && faults[strlen(faults) - 1] == '\n' ? "" : "\n");
        return cli_fail(&e);
    }
    printf("%s: no faults. \"%s\" for %s: %zu categories, %zu items, %zu option groups%s\n", c->words[0], menu->name, site->name,
           menu->category_count, menu->item_count, menu->group_count, menu->sample ? ", marked as sample data" : "");
    return CLI_DONE;
}

static bool publish(struct cli *c, struct console *s, struct error *e) {
    struct json document, answer;
    if (!json_parse_file(c->arena, c->words[0], &document, e)) return false;
    if (!console_ask(s, "POST", "/api/v1/menu/versions", json_print(document, c->arena, NULL), &answer, e))
        return error_within(e, "%s", c->words[0]);
    printf("%s is now version %" PRId64 " of the menu\n", c->words[0], json_int(answer, "version", 1, JSON_INT_MAX));
    return json_ok(answer, e);
}

int cli_menu_publish(struct cli *c) {
    struct error e;
    struct console *s = NULL;
    bool ok = console_open(c, false, &s, &e) && publish(c, s, &e);
    console_close(s);
    return ok ? CLI_DONE : cli_fail(&e);
}

static bool version_is_number(const char *text) {
    size_t n = strlen(text);
    return n > 0 && n <= 15 && strspn(text, "0123456789") == n;
}

static bool write_out(const char *path, const char *text, struct error *e) {
    FILE *to = path ? fopen(path, "wx") : stdout;
    if (!to) return error_errno(e, errno, "output_unwritable", "%s", path);
    bool ok = fputs(text, to) >= 0 && fputc('\n', to) != EOF && fflush(to) == 0;
    int problem = errno;
    if (path && fclose(to) != 0) ok = false, problem = errno;
    return ok || error_errno(e, problem, "output_unwritable", "%s", path ? path : "standard output");
}

int cli_menu_export(struct cli *c) {
    struct error e;
    struct console *s = NULL;
    const char *text;
    if (c->version && !version_is_number(c->version)) return cli_usage("--version: a number");
    const char *path = arena_printf(c->arena, "/api/v1/menu/versions/%s", c->version ? c->version : "current");
    bool ok = console_open(c, false, &s, &e) && console_call(s, "GET", path, NULL, &text, &e) && write_out(c->output, text, &e);
    console_close(s);
    return ok ? CLI_DONE : cli_fail(&e);
}
