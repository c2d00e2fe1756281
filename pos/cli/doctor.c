/* comanda doctor: what is configured, what is reachable, what is missing, and what to do about it. */
#include "pos/cli/doctor.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "data/clock.h"

/* ---- findings ---- */

static void PRINTF_LIKE(3, 0) line(const char *sign, const char *what, const char *format, va_list args) {
    printf("%-5s %-12s ", sign, what);
    vprintf(format, args);
    putchar('\n');
}

static void remedy_line(const char *remedy) {
    if (remedy[0]) printf("%-5s %-12s -> %s\n", "", "", remedy);
}

void doctor_good(struct doctor *d, const char *what, const char *format, ...) {
    (void)d;
    va_list args;
    va_start(args, format);
    line("ok", what, format, args);
    va_end(args);
}

void doctor_warn(struct doctor *d, const char *what, const char *remedy, const char *format, ...) {
    va_list args;
    va_start(args, format);
    line("warn", what, format, args);
    va_end(args);
    remedy_line(remedy);
    d->warnings++;
}

void doctor_bad(struct doctor *d, const char *what, const char *remedy, const char *format, ...) {
    va_list args;
    va_start(args, format);
    line("BAD", what, format, args);
    va_end(args);
    remedy_line(remedy);
    d->broken++;
}

/* ---- site and clock ---- */

static void examine_site(struct doctor *d) {
    struct error e;
    if (!d->cli->site) {
        doctor_bad(d, "site", "say which one: --site data/sites/NAME.json", "no file was named");
        return;
    }
    if (!cli_site(d->cli, &d->site, &e)) {
        doctor_bad(d, "site", "correct the file; every fault is told above", "%s", e.message);
        return;
    }
    doctor_good(d, "site", "%s (%s), %s%s", d->site->name, d->site->slug, d->site->file,
                d->site->sample ? ", marked as sample data" : "");
    doctor_good(d, "floor", "%zu tables, %zu stations, %zu printers, %zu means of payment", d->site->table_count,
                d->site->station_count, d->site->printer_count, d->site->means_count);
}

static void examine_clock(struct doctor *d) {
    char now[CLOCK_TEXT_MAX], year[CLOCK_TEXT_MAX], day[CLOCK_DAY_MAX];
    struct error e;
    int64_t wall = clock_now(&clock_system);
    if (d->site && !clock_set_zone(d->site->time_zone, &e)) {
        doctor_bad(d, "clock", "install the package tzdata, or correct time_zone in the site's file", "%s", e.message);
        return;
    }
    clock_rfc3339(wall, now);
    clock_local(wall, "%Y", year);
    const char *zone = d->site ? d->site->time_zone : "the machine's zone";
    if (strcmp(year, "2025") < 0)
        doctor_bad(d, "clock", "set it: timedatectl set-time, or connect to the network once",
                   "%s in %s: the clock of this machine is wrong", now, zone);
    else
        doctor_good(d, "clock", "%s in %s, business day %s", now, zone,
                    clock_business_day(wall, d->site ? d->site->cutover_hour : 0, day));
}

int cli_doctor(struct cli *c) {
    struct doctor d = {.cli = c, .arena = c->arena};
    struct error e;
    examine_site(&d);
    examine_clock(&d);
    if (c->data)
        d.directory = c->data;
    else if (d.site)
        d.directory = arena_printf(c->arena, "var/%s", d.site->slug);
    if (d.directory)
        doctor_storage(&d);
    else
        doctor_bad(&d, "data", "say where: --data DIR", "no directory to look into");
    if (d.site) doctor_printers(&d);
    doctor_usb(&d);
    printf("\n");
    if (d.broken == 0) {
        printf("%s\n", d.warnings == 0 ? "All is well." : "It works; see the warnings.");
        return CLI_DONE;
    }
    error_fail(&e, ERROR_CONFLICT, "broken", "%d %s broken, %d %s", d.broken, d.broken == 1 ? "thing is" : "things are",
               d.warnings, d.warnings == 1 ? "warning" : "warnings");
    return cli_fail(&e);
}
