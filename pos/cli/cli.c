/* Choosing the verb, reading its options, and help: the one table of subcommands. */
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "data/migrate.h"
#include "pos/cli/cli.h"
#include "pos/http/door.h"

const struct verb verbs[] = {
    {"serve", NULL, "--site FILE [--data DIR] [--listen ADDRESS:PORT] [--demo]", "run the till: database, printers and screens",
     "The screens are at the address; 127.0.0.1:8080 unless --listen says otherwise. --demo makes five people whose\n"
     "PINs everybody knows, and is refused on any address but this machine's own.\n",
     "site data listen demo", 0, cli_serve},
    {"menu", "check", "FILE --site FILE", "tell every fault of a menu file", "Needs no database and no server.\n", "site", 1,
     cli_menu_check},
    {"menu", "publish", "FILE [--data DIR] [--site FILE]", "make a menu file the newest version", NULL, "site data", 1,
     cli_menu_publish},
    {"menu", "export", "[--version N] [--output FILE] [--data DIR] [--site FILE]",
     "write a published menu, the newest by default", NULL, "site data version output", 0, cli_menu_export},
    {"report", "daily", "[--date YYYY-MM-DD] [--json] [--data DIR] [--site FILE]",
     "the sales of a business day, today's by default", NULL, "site data date json", 0, cli_report_daily},
    {"print", "test", "[--printer SLUG] [--data DIR] [--site FILE]", "print a test page, on every printer by default",
     "Waits until it is known what became of it; anything but printed is a failure.\n", "site data printer", 0, cli_print_test},
    {"staff", "add", "NAME --role ROLE [--data DIR] [--site FILE]", "add a person; the PIN is read from standard input",
     "Roles: cook, waiter, cashier (PIN of 4 to 6 digits), manager, administrator (6 to 8).\n", "site data role", 1,
     cli_staff_add},
    {"staff", "list", "[--json] [--data DIR] [--site FILE]", "who may sign in", NULL, "site data json", 0, cli_staff_list},
    {"staff", "pin", "NAME [--data DIR] [--site FILE]", "give a person a new PIN, read from standard input",
     "Ends the person's sessions. NAME may be the number that `staff list` shows.\n", "site data", 1, cli_staff_pin},
    {"backup", NULL, "DIRECTORY [--data DIR] [--site FILE]", "a verified copy of the database, also while the till is running",
     "Leaves comanda-NAME-DATE-TIME.db and the journal's key beside it. Keep the key apart from the copy where you can.\n",
     "site data", 1, cli_backup},
    {"verify", NULL, "[--data DIR] [--site FILE]", "is what is stored whole and true? also while the till is running",
     "Checks the file, foreign keys, the journal's chain, every paid bill, every number and every closed shift.\n", "site data",
     0, cli_verify},
    {"doctor", NULL, "--site FILE [--data DIR]", "what is configured, what is reachable, what is missing, in plain words", NULL,
     "site data", 0, cli_doctor},
    {0},
};

static const struct option long_options[] = {
    {"site", required_argument, NULL, 's'},    {"data", required_argument, NULL, 'd'},
    {"listen", required_argument, NULL, 'l'},  {"date", required_argument, NULL, 't'},
    {"printer", required_argument, NULL, 'p'}, {"role", required_argument, NULL, 'r'},
    {"version", required_argument, NULL, 'v'}, {"output", required_argument, NULL, 'o'},
    {"demo", no_argument, NULL, 'D'},          {"json", no_argument, NULL, 'j'},
    {"help", no_argument, NULL, 'h'},          {0},
};

/* ---- help ---- */

static void print_name(FILE *to, const struct verb *v) {
    fprintf(to, "comanda %s%s%s", v->name, v->sub ? " " : "", v->sub ? v->sub : "");
}

static void print_verbs(FILE *to) {
    fprintf(to, "comanda: a till for restaurants that needs no internet\n\n");
    for (const struct verb *v = verbs; v->name; v++) {
        char name[32];
        snprintf(name, sizeof name, "%s%s%s", v->name, v->sub ? " " : "", v->sub ? v->sub : "");
        fprintf(to, "  comanda %-14s %s\n", name, v->summary);
    }
    fprintf(to, "\nEach with --help. comanda --version says which one this is.\n"
                "Exit codes: 0 done, 1 failed, 2 called wrongly.\n");
}

static void print_help(const struct verb *v) {
    printf("usage: ");
    print_name(stdout, v);
    printf("%s%s\n\n%c%s.\n", v->arguments[0] ? " " : "", v->arguments,
           v->summary[0] - (v->summary[0] >= 'a' && v->summary[0] <= 'z' ? 32 : 0), v->summary + 1);
    if (v->help) printf("%s", v->help);
    printf("\n");
    if (strstr(v->options, "site")) printf("  --site FILE   the site's file, data/sites/NAME.json\n");
    if (strstr(v->options, "data")) printf("  --data DIR    the data directory; var/SITE unless given\n");
    if (strcmp(v->options, "site") != 0 && !strstr(v->options, "demo") && v->run != cli_doctor && v->run != cli_backup &&
        v->run != cli_verify)
        printf("\nA server that runs on the data directory is asked to do it; without one the directory is opened, for which\n"
               "--site is needed.\n");
}

int cli_fail(const struct error *e) {
    fprintf(stderr, "comanda: %s\n", e->message);
    return strcmp(e->code, "usage") == 0 ? CLI_USAGE : CLI_FAILED;
}

int cli_usage(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("comanda: ", stderr);
    vfprintf(stderr, format, args);
    fputs(" (comanda --help)\n", stderr);
    va_end(args);
    return CLI_USAGE;
}

/* ---- options ---- */

/* The names are words of a short list without one being part of another. */
static bool verb_takes(const struct verb *v, const char *option) {
    return strcmp(option, "help") == 0 || strstr(v->options, option);
}

static void take_option(struct cli *c, int sign) {
    switch (sign) {
    case 's':
        c->site = optarg;
        break;
    case 'd':
        c->data = optarg;
        break;
    case 'l':
        c->listen = optarg;
        break;
    case 't':
        c->date = optarg;
        break;
    case 'p':
        c->printer = optarg;
        break;
    case 'r':
        c->role = optarg;
        break;
    case 'v':
        c->version = optarg;
        break;
    case 'o':
        c->output = optarg;
        break;
    case 'D':
        c->demo = true;
        break;
    case 'j':
        c->json = true;
        break;
    default:
        c->help = true;
        break;
    }
}

static int read_options(struct cli *c, const struct verb *v, int argc, char **argv) {
    int sign, index = 0;
    opterr = 0;
    optind = 1;
    while ((sign = getopt_long(argc, argv, "h", long_options, &index)) != -1) {
        if (sign == '?' || sign == ':') return cli_usage("%s: unknown, ambiguous, or without its value", argv[optind - 1]);
        if (sign != 'h' && !verb_takes(v, long_options[index].name))
            return cli_usage("--%s: not an option of %s%s%s", long_options[index].name, v->name, v->sub ? " " : "",
                             v->sub ? v->sub : "");
        take_option(c, sign);
    }
    for (; optind < argc; optind++) {
        if (c->word_count == CLI_WORDS_MAX) return cli_usage("too many words");
        c->words[c->word_count++] = argv[optind];
    }
    if (!c->help && c->word_count != v->words)
        return cli_usage("usage: comanda %s%s%s %s", v->name, v->sub ? " " : "", v->sub ? v->sub : "", v->arguments);
    return CLI_DONE;
}

/* ---- the way in ---- */

static int run_verb(const struct verb *v, int argc, char **argv) {
    struct cli c = {.arena = arena_open()};
    int code = read_options(&c, v, argc, argv);
    if (code == CLI_DONE && c.help)
        print_help(v);
    else if (code == CLI_DONE)
        code = v->run(&c);
    arena_close(c.arena);
    /* A full disk or a closed pipe shows only now. */
    if (fflush(stdout) != 0 && code == CLI_DONE) {
        fprintf(stderr, "comanda: the output could not be written\n");
        code = CLI_FAILED;
    }
    return code;
}

static int group_usage(const char *name) {
    fprintf(stderr, "comanda: %s needs a word after it:\n", name);
    for (const struct verb *v = verbs; v->name; v++)
        if (strcmp(v->name, name) == 0) {
            fputs("  ", stderr);
            print_name(stderr, v);
            fprintf(stderr, " %s\n", v->arguments);
        }
    return CLI_USAGE;
}

int cli_main(int argc, char **argv) {
    bool known = false;
    if (argc < 2) {
        print_verbs(stderr);
        return CLI_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("comanda %s (schema %d)\n", COMANDA_VERSION, migrate_newest());
        return CLI_DONE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        print_verbs(stdout);
        return CLI_DONE;
    }
    for (const struct verb *v = verbs; v->name; v++) {
        if (strcmp(v->name, argv[1]) != 0) continue;
        known = true;
        if (!v->sub) return run_verb(v, argc - 1, argv + 1);
        if (argc > 2 && strcmp(v->sub, argv[2]) == 0) return run_verb(v, argc - 2, argv + 2);
    }
    if (known && argc > 2 && (strcmp(argv[2], "--help") == 0 || strcmp(argv[2], "-h") == 0)) {
        (void)group_usage(argv[1]);
        return CLI_DONE;
    }
    return known ? group_usage(argv[1]) : cli_usage("%s: no such verb", argv[1]);
}
