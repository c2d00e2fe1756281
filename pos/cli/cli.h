/* The command line: one table of verbs, their options, and what they share.
 *
 * Exit codes: 0 done, 1 failed (one line on standard error says why), 2 called wrongly. Results go to standard output. */
#ifndef COMANDA_CLI_CLI_H
#define COMANDA_CLI_CLI_H

#include "data/arena.h"
#include "data/error.h"
#include "data/site.h"

enum { CLI_DONE = 0, CLI_FAILED = 1, CLI_USAGE = 2, CLI_WORDS_MAX = 4 };

struct cli {
    struct arena *arena;
    /* options; NULL when not given */
    const char *site, *data, *listen, *date, *printer, *role, *version, *output;
    bool demo, json, help;
    const char *words[CLI_WORDS_MAX]; /* what stands after the verb and is no option */
    int word_count;
};

struct verb {
    const char *name, *sub; /* "staff", "add"; sub NULL for a verb of one word */
    const char *arguments;  /* as in the usage line: "NAME --role ROLE" */
    const char *summary;    /* one line */
    const char *help;       /* further lines, NULL: none */
    const char *options;    /* the options it takes, by their names: "site data demo" */
    int words;              /* how many words it wants */
    int (*run)(struct cli *c);
};
extern const struct verb verbs[]; /* ends with name NULL */

int cli_serve(struct cli *c);
int cli_menu_check(struct cli *c);
int cli_menu_publish(struct cli *c);
int cli_menu_export(struct cli *c);
int cli_report_daily(struct cli *c);
int cli_print_test(struct cli *c);
int cli_staff_add(struct cli *c);
int cli_staff_list(struct cli *c);
int cli_staff_pin(struct cli *c);
int cli_backup(struct cli *c);
int cli_verify(struct cli *c);
int cli_doctor(struct cli *c);

/* argv after the program's name → exit code. */
int cli_main(int argc, char **argv);

/* ---- shared by the verbs ---- */
/* "comanda: MESSAGE" on standard error; answers CLI_FAILED, or CLI_USAGE for an error of code "usage". */
int cli_fail(const struct error *e);
/* "comanda: …" and a hint at --help; answers CLI_USAGE. */
int cli_usage(const char *format, ...) PRINTF_LIKE(1, 2);
/* Reads --site; on faults tells every one on standard error. */
MUST_USE bool cli_site(struct cli *c, struct site **out, struct error *e);
/* --data, or var/SITE when only a site is given. */
MUST_USE bool cli_directory(struct cli *c, const char **out, struct error *e);

#endif
