/* A small site on emulated USB printers. Contract: usb_site.h. */
#include "tests/emulator/usb_site.h"

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "data/migrate.h"

enum { PATIENCE = 20000 }; /* looks, a millisecond apart */

void usb_site_open_writer(struct usb_site *s) {
    struct db *db;
    struct error e;
    ck_assert_msg(db_open(s->path, DB_WRITER, &db, &e), "%s", e.message);
    ck_assert_msg(migrate_run(db, s->path, &e), "%s", e.message);
    ck_assert_msg(writer_open(db, NULL, &s->writer, &e), "%s", e.message);
}

void usb_site_open(struct usb_site *s) {
    struct error e;
    *s = (struct usb_site){
        .printers = {{.slug = "cocina",
                      .name = "Cocina",
                      .profile = "epson-tm-t20iii",
                      .transport = TRANSPORT_USB,
                      .vendor = 0x04B8,
                      .product = 0x0E28},
                     {.slug = "caja", .name = "Caja", .profile = "epson-tm-t20iii", .transport = TRANSPORT_VIRTUAL}},
        .stations = {{.slug = "caliente", .name = "COCINA CALIENTE", .printer = "cocina", .fallback = "caja"}},
        .timing =
            {.idle = 20, .hold = 5, .retry_first = 5, .retry_max = 20, .fallback = 600000, .answer = 1500, .ask_again = 600000},
    };
    s->site = (struct site){.stations = s->stations,
                            .station_count = 1,
                            .printers = s->printers,
                            .printer_count = 2,
                            .receipt_printer = &s->printers[1]};
    signal(SIGHUP, SIG_IGN); /* the emulated node is a terminal, and its end is a hang-up */
    s->bed = usb_bed_open();
    data_tmp_make(&s->tmp);
    s->arena = arena_open();
    snprintf(s->path, sizeof s->path, "%s/comanda.db", s->tmp.path);
    ck_assert_msg(profiles_load(s->arena, &s->profiles, &e), "%s", e.message);
    usb_site_open_writer(s);
    ck_assert_msg(db_open(s->path, DB_READER, &s->reader, &e), "%s", e.message);
}

void usb_site_start(struct usb_site *s) {
    struct error e;
    const struct spooler_options o = {.site = &s->site,
                                      .profiles = s->profiles,
                                      .clock = &clock_system,
                                      .writer = s->writer,
                                      .database = s->path,
                                      .virtual_directory = s->tmp.path,
                                      .timing = s->timing};
    ck_assert_msg(spooler_open(&o, &s->spooler, &e), "%s", e.message);
}

void usb_site_stop(struct usb_site *s) {
    if (s->spooler) spooler_close(s->spooler);
    s->spooler = NULL;
}

void usb_site_close(struct usb_site *s) {
    usb_site_stop(s);
    db_close(s->reader);
    writer_close(s->writer);
    usb_bed_close(s->bed);
    arena_close(s->arena);
    data_tmp_remove(&s->tmp);
}

struct adding {
    struct job_new job;
    int64_t id;
};
static bool run_add(struct db *db, void *self, struct error *e) {
    struct adding *add = self;
    if (!job_next_sequence(db, add->job.station, &add->job.sequence, e)) return false;
    return job_add(db, &add->job, 1764003590000, &add->id, e);
}

int64_t usb_site_add(struct usb_site *s, const char *printer, const char *kind, const struct ticket *t) {
    struct error e;
    struct adding it = {.job = {.kind = kind, .printer = printer, .station = "caliente", .ticket = t}};
    ck_assert_msg(writer_run(s->writer, run_add, &it, &e), "%s", e.message);
    if (s->spooler) spooler_kick(s->spooler, printer);
    return it.id;
}

int64_t usb_site_add_text(struct usb_site *s, const char *printer, const char *text) {
    struct ticket *t = ticket_new(s->arena);
    ticket_text(t, (struct ticket_style){0}, "%s", text);
    return usb_site_add(s, printer, "kitchen", t);
}

static struct job job_of(struct usb_site *s, int64_t id) {
    struct job j;
    struct error e;
    ck_assert_msg(job_get(s->reader, id, s->arena, &j, &e), "%s", e.message);
    return j;
}

struct job usb_site_reaches(struct usb_site *s, int64_t id, enum job_state want) {
    struct job j = job_of(s, id);
    for (int i = 0; j.state != want && i < PATIENCE; i++, j = job_of(s, id)) usleep(1000);
    ck_assert_msg(j.state == want, "job %d is %s, not %s: %s", (int)id, job_state_names[j.state], job_state_names[want],
                  j.reason ? j.reason : "");
    return j;
}

struct bytes usb_site_bytes(struct usb_site *s, int64_t id) {
    struct bytes b;
    struct error e;
    const struct job j = job_of(s, id);
    ck_assert_msg(job_encode(&j, &s->site, s->profiles, s->arena, &b, &e), "%s", e.message);
    return b;
}

struct printer_health usb_site_health(struct usb_site *s, const char *printer) {
    struct printer_health *all;
    struct error e;
    size_t n;
    ck_assert_msg(spooler_health(s->spooler, s->reader, s->arena, &all, &n, &e), "%s", e.message);
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].slug, printer) == 0) return all[i];
    ck_abort_msg("no printer %s", printer);
}

struct printer_health usb_site_becomes(struct usb_site *s, const char *printer, enum transport_state want) {
    struct printer_health h = usb_site_health(s, printer);
    for (int i = 0; h.status.state != want && i < PATIENCE; i++, h = usb_site_health(s, printer)) usleep(1000);
    ck_assert_str_eq(transport_state_names[h.status.state], transport_state_names[want]);
    return h;
}
