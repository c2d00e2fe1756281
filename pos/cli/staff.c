/* comanda staff add | list | pin. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "data/text.h"
#include "pos/cli/console.h"
#include "pos/core/permission.h"

enum { PIN_LINE = 64 };

/* One line without its end. On a terminal it is asked for and not shown: a PIN on the command line would stand in every process
 * list. */
static bool read_pin(const char *prompt, char out[PIN_LINE], struct error *e) {
    struct termios shown, hidden;
    bool terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &shown) == 0;
    if (terminal) {
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
        fprintf(stderr, "%s: ", prompt);
    }
    char *line = fgets(out, PIN_LINE, stdin);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        fputc('\n', stderr);
    }
    if (!line) return error_fail(e, ERROR_INVALID, "pin_form", "no PIN on standard input");
    out[strcspn(out, "\r\n")] = '\0';
    return true;
}

static bool read_new_pin(char out[PIN_LINE], struct error *e) {
    char again[PIN_LINE];
    if (!read_pin("New PIN", out, e)) return false;
    if (!isatty(STDIN_FILENO)) return true;
    if (!read_pin("Once more", again, e)) return false;
    return strcmp(out, again) == 0 || error_fail(e, ERROR_INVALID, "pin_form", "the two are not the same");
}

static bool role_known(const char *role) {
    for (int i = 0; role_names[i]; i++)
        if (strcmp(role_names[i], role) == 0) return true;
    return false;
}

static bool add(struct cli *c, struct console *s, struct error *e) {
    char pin[PIN_LINE];
    struct json answer, body = json_new_object(c->arena);
    if (!read_new_pin(pin, e)) return false;
    json_set_text(body, "name", c->words[0]);
    json_set_text(body, "role", c->role);
    json_set_text(body, "pin", pin);
    if (!console_ask(s, "POST", "/api/v1/staff", json_print(body, c->arena, NULL), &answer, e)) return false;
    printf("%s added as %s, number %" PRId64 "\n", c->words[0], c->role, json_int(answer, "id", 1, JSON_INT_MAX));
    return json_ok(answer, e);
}

static bool list(struct cli *c, struct console *s, struct error *e) {
    const char *text;
    struct json answer;
    if (!console_call(s, "GET", "/api/v1/staff", NULL, &text, e)) return false;
    if (c->json) {
        printf("%s\n", text);
        return true;
    }
    if (!json_parse(c->arena, text, strlen(text), &answer, e)) return false;
    struct json people = json_array(answer, "staff", 0, 100000);
    if (json_count(people) == 0) printf("nobody yet: comanda staff add NAME --role administrator\n");
    JSON_EACH(person, people) {
        const char *name = json_text(person, "name", 256);
        int pad = 30 - (int)text_columns(name);
        printf("%4" PRId64 "  %s%*s %-14s %s\n", json_int(person, "id", 1, JSON_INT_MAX), name, pad > 0 ? pad : 0, "",
               json_text(person, "role", 32), json_bool(person, "active") ? "" : "disabled");
    }
    return json_ok(answer, e);
}

/* By name or by number. */
static bool find(struct console *s, const char *who, int64_t *id, struct error *e) {
    struct json answer;
    if (!console_ask(s, "GET", "/api/v1/staff", NULL, &answer, e)) return false;
    char *end;
    long long number = strtoll(who, &end, 10);
    bool numeric = *end == '\0';
    *id = 0;
    JSON_EACH(person, json_array(answer, "staff", 0, 100000)) {
        int64_t one = json_int(person, "id", 1, JSON_INT_MAX);
        if (strcmp(json_text(person, "name", 256), who) == 0 || (numeric && one == number && *id == 0)) *id = one;
    }
    if (!json_ok(answer, e)) return false;
    return *id != 0 || error_fail(e, ERROR_NOT_FOUND, "staff_unknown", "%s: nobody of this name", who);
}

static bool new_pin(struct cli *c, struct console *s, struct error *e) {
    char pin[PIN_LINE];
    const char *answer;
    int64_t id;
    struct json body = json_new_object(c->arena);
    if (!find(s, c->words[0], &id, e) || !read_new_pin(pin, e)) return false;
    json_set_text(body, "pin", pin);
    if (!console_call(s, "PATCH", arena_printf(c->arena, "/api/v1/staff/%" PRId64, id), json_print(body, c->arena, NULL), &answer,
                      e))
        return false;
    printf("%s has a new PIN\n", c->words[0]);
    return true;
}

static int with_console(struct cli *c, bool (*what)(struct cli *, struct console *, struct error *)) {
    struct error e;
    struct console *s = NULL;
    bool ok = console_open(c, false, &s, &e) && what(c, s, &e);
    console_close(s);
    return ok ? CLI_DONE : cli_fail(&e);
}

int cli_staff_add(struct cli *c) {
    if (!c->role || !role_known(c->role)) return cli_usage("--role: cook, waiter, cashier, manager or administrator");
    return with_console(c, add);
}
int cli_staff_list(struct cli *c) {
    return with_console(c, list);
}
int cli_staff_pin(struct cli *c) {
    return with_console(c, new_pin);
}
