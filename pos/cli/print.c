/* comanda print test: a page on a printer, and what became of it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "data/clock.h"
#include "pos/cli/console.h"

enum { WAIT_MS = 20000, LOOK_MS = 100 };

static void pause_ms(long ms) {
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    (void)nanosleep(&t, NULL);
}

/* Asks until the job has come to an end or the time is over. */
static bool await_job(struct cli *c, struct console *s, int64_t job, struct json *last, const char **state, struct error *e) {
    const char *path = arena_printf(c->arena, "/api/v1/print-jobs/%" PRId64, job);
    int64_t until = clock_monotonic_ms() + WAIT_MS;
    for (;;) {
        if (!console_ask(s, "GET", path, NULL, last, e)) return false;
        *state = json_text(*last, "state", 16);
        if (!json_ok(*last, e)) return false;
        if (strcmp(*state, "printed") == 0 || strcmp(*state, "unknown") == 0 || strcmp(*state, "failed") == 0) return true;
        if (clock_monotonic_ms() >= until) return true;
        pause_ms(LOOK_MS);
    }
}

/* What the printer itself says, for a job that did not come out. *paused: a person told it to wait, and so will the job. */
static const char *health_of(struct console *s, const char *slug, bool *paused) {
    struct json answer;
    struct error ignored;
    *paused = false;
    if (!console_ask(s, "GET", "/api/v1/printers", NULL, &answer, &ignored)) return "";
    JSON_EACH(p, json_array(answer, "printers", 0, 1000)) {
        if (strcmp(json_text(p, "id", SITE_SLUG_MAX), slug) != 0) continue;
        *paused = json_exists(json_object_or_none(p, "paused"));
        return *paused ? "paused; let it go on on the screen of the printers" : json_text_or(p, "reason", 256, "");
    }
    return "";
}

static bool test_one(struct cli *c, struct console *s, const char *slug, struct error *e) {
    struct json answer, job;
    const char *state = "queued";
    bool paused;
    if (!console_ask(s, "POST", arena_printf(c->arena, "/api/v1/printers/%s/test", slug), NULL, &answer, e)) return false;
    int64_t id = json_int(answer, "job", 1, JSON_INT_MAX);
    if (!json_ok(answer, e)) return false;
    const char *health = health_of(s, slug, &paused);
    if (paused) return error_fail(e, ERROR_IO, "not_printed", "%s: %s (job %" PRId64 "): %s", slug, state, id, health);
    if (!await_job(c, s, id, &job, &state, e)) return false;
    if (strcmp(state, "printed") == 0) {
        printf("%s: printed (job %" PRId64 ", evidence %s)\n", slug, id, json_text_or(job, "evidence", 4, "-"));
        return true;
    }
    const char *reason = json_text_or(job, "reason", 256, "");
    if (!reason[0]) reason = health_of(s, slug, &paused);
    return error_fail(e, ERROR_IO, "not_printed", "%s: %s (job %" PRId64 ")%s%s", slug, state, id, reason[0] ? ": " : "", reason);
}

static bool slug_is_plain(const char *slug) {
    size_t n = strlen(slug);
    return n > 0 && n <= SITE_SLUG_MAX && strspn(slug, "abcdefghijklmnopqrstuvwxyz0123456789-") == n;
}

/* Every printer, also after one has failed: each failure is told, the last one ends the verb. */
static bool test_all(struct cli *c, struct console *s, struct error *e) {
    struct json answer;
    bool ok = true;
    struct error first;
    if (!console_ask(s, "GET", "/api/v1/printers", NULL, &answer, e)) return false;
    JSON_EACH(p, json_array(answer, "printers", 1, 1000)) {
        struct error one;
        const char *slug = json_slug(p, "id");
        if (!json_ok(answer, e)) return false;
        if (test_one(c, s, slug, &one)) continue;
        if (ok)
            first = one;
        else
            (void)cli_fail(&one);
        ok = false;
    }
    if (!ok) *e = first;
    return ok;
}

int cli_print_test(struct cli *c) {
    struct error e;
    struct console *s = NULL;
    if (c->printer && !slug_is_plain(c->printer)) return cli_usage("--printer: a printer's slug, as in the site's file");
    bool ok = console_open(c, true, &s, &e) && (c->printer ? test_one(c, s, c->printer, &e) : test_all(c, s, &e));
    console_close(s);
    return ok ? CLI_DONE : cli_fail(&e);
}
