/* Where a verb works: the site's file and the data directory. */
#include <stdio.h>
#include <string.h>

#include "pos/cli/cli.h"

bool cli_site(struct cli *c, struct site **out, struct error *e) {
    const char *faults = NULL;
    if (!c->site) return error_fail(e, ERROR_INVALID, "usage", "--site FILE is needed");
    if (site_load(c->site, c->arena, out, &faults, e)) return true;
    if (faults) fprintf(stderr, "%s%s", faults, faults[0] && faults[strlen(faults) - 1] == '\n' ? "" : "\n");
    return false;
}

bool cli_directory(struct cli *c, const char **out, struct error *e) {
    if (c->data) {
        *out = c->data;
        return true;
    }
    if (!c->site) return error_fail(e, ERROR_INVALID, "usage", "--data DIR or --site FILE is needed");
    struct site *site;
    if (!cli_site(c, &site, e)) return false;
    *out = arena_printf(c->arena, "var/%s", site->slug);
    return true;
}
