/* For tests of the spooler: a writer, a database and four printers. */
#include "tests/support/printer_kitchen.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "data/migrate.h"

struct kitchen kitchen;
static struct error e;

static const struct site_station stations[] = {
    {.slug = "caliente", .name = "COCINA CALIENTE", .printer = "cocina", .fallback = "fria"},
    {.slug = "fria", .name = "COCINA FRÍA", .printer = "fria", .fallback = "cocina"},
    {.slug = "barra", .name = "BARRA", .printer = "barra"},
};

void kitchen_open_writer(void) {
    struct db *db;
    ck_assert_msg(db_open(kitchen.path, DB_WRITER, &db, &e), "%s", e.message);
    ck_assert_msg(migrate_run(db, kitchen.path, &e), "%s", e.message);
    ck_assert_msg(writer_open(db, NULL, &kitchen.writer, &e), "%s", e.message);
}

void kitchen_setup(void) {
    static const char *const slugs[] = {"cocina", "fria", "barra", "caja"};
    data_tmp_make(&kitchen.tmp);
    snprintf(kitchen.path, sizeof kitchen.path, "%s/comanda.db", kitchen.tmp.path);
    kitchen.arena = arena_open();
    for (size_t i = 0; i < 4; i++)
        kitchen.printers[i] = (struct site_printer){
            .slug = slugs[i], .name = slugs[i], .profile = "epson-tm-t20iii", .transport = TRANSPORT_VIRTUAL};
    kitchen.site = (struct site){.stations = stations,
                                 .station_count = 3,
                                 .printers = kitchen.printers,
                                 .printer_count = 4,
                                 .receipt_printer = &kitchen.printers[3]};
    kitchen.timing = (struct spooler_timing){.idle = 600000,
                                             .hold = 5,
                                             .retry_first = 5,
                                             .retry_max = 10,
                                             .fallback = 1,
                                             .answer = 5000,
                                             .ask_again = 600000,
                                             .silence = 600000};
    kitchen.noon = clock_fixed(1764003600000);
    ck_assert_msg(profiles_load(kitchen.arena, &kitchen.profiles, &e), "%s", e.message);
    kitchen_open_writer();
    ck_assert_msg(db_open(kitchen.path, DB_READER, &kitchen.reader, &e), "%s", e.message);
}

void kitchen_stop(void) {
    if (kitchen.spooler) spooler_close(kitchen.spooler);
    kitchen.spooler = NULL;
}
void kitchen_teardown(void) {
    kitchen_stop();
    if (kitchen.reader) db_close(kitchen.reader);
    if (kitchen.writer) writer_close(kitchen.writer);
    arena_close(kitchen.arena);
    data_tmp_remove(&kitchen.tmp);
}

void kitchen_start(void) {
    const struct spooler_options o = {.site = &kitchen.site,
                                      .profiles = kitchen.profiles,
                                      .clock = &kitchen.noon,
                                      .writer = kitchen.writer,
                                      .database = kitchen.path,
                                      .virtual_directory = kitchen.tmp.path,
                                      .timing = kitchen.timing};
    ck_assert_msg(spooler_open(&o, &kitchen.spooler, &e), "%s", e.message);
}

void kitchen_network(size_t i, struct fake_tcp *f) {
    kitchen.printers[i].transport = TRANSPORT_TCP;
    kitchen.printers[i].host = "127.0.0.1";
    kitchen.printers[i].port = f ? fake_tcp_port(f) : fake_tcp_dead_port();
}

/* ---- jobs ---- */

struct adding {
    struct job_new job;
    int64_t id;
    const char *state;
};
static bool run_add(struct db *db, void *self, struct error *err) {
    struct adding *add = self;
    if (add->job.station && !job_next_sequence(db, add->job.station, &add->job.sequence, err)) return false;
    if (!job_add(db, &add->job, 1764003590000, &add->id, err)) return false;
    return !add->state ||
           db_exec(db, "UPDATE print_job SET state = ? WHERE id = ?", DB_ARGS(db_text(add->state), db_int(add->id)), err);
}
int64_t kitchen_add_as(const char *printer, const char *station, const char *text, const char *state) {
    struct arena *mine = arena_open();
    struct ticket *t = ticket_new(mine);
    ticket_text(t, (struct ticket_style){0}, "%s", text);
    ticket_cut(t);
    struct adding add = {.job = {.kind = station ? "kitchen" : "receipt", .printer = printer, .station = station, .ticket = t},
                         .state = state};
    struct error err;
    ck_assert_msg(writer_run(kitchen.writer, run_add, &add, &err), "%s", err.message);
    arena_close(mine);
    return add.id;
}
int64_t kitchen_add(const char *printer, const char *station, const char *text) {
    const int64_t id = kitchen_add_as(printer, station, text, NULL);
    if (kitchen.spooler) spooler_kick(kitchen.spooler, printer);
    return id;
}

static bool run_sql(struct db *db, void *self, struct error *err) {
    return db_exec(db, self, DB_NO_ARGS, err);
}
void kitchen_run(const char *sql) {
    struct error err;
    char text[512];
    snprintf(text, sizeof text, "%s", sql);
    ck_assert_msg(writer_run(kitchen.writer, run_sql, text, &err), "%s", err.message);
}

struct job kitchen_job(int64_t id) {
    struct job j;
    ck_assert_msg(job_get(kitchen.reader, id, kitchen.arena, &j, &e), "%s", e.message);
    return j;
}
struct job kitchen_reaches(int64_t id, enum job_state want) {
    for (int i = 0; i < 20000 && kitchen_job(id).state != want; i++) usleep(1000);
    const struct job j = kitchen_job(id);
    ck_assert_msg(j.state == want, "job %d is %s, not %s: %s", (int)id, job_state_names[j.state], job_state_names[want],
                  j.reason ? j.reason : "");
    return j;
}
struct printer_health kitchen_health(const char *slug) {
    struct printer_health *all;
    size_t n;
    ck_assert_msg(spooler_health(kitchen.spooler, kitchen.reader, kitchen.arena, &all, &n, &e), "%s", e.message);
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].slug, slug) == 0) return all[i];
    ck_abort_msg("no printer %s", slug);
}
struct printer_health kitchen_becomes(const char *slug, enum transport_state want) {
    for (int i = 0; i < 20000 && kitchen_health(slug).status.state != want; i++) usleep(1000);
    ck_assert_str_eq(transport_state_names[kitchen_health(slug).status.state], transport_state_names[want]);
    return kitchen_health(slug);
}

struct bytes kitchen_bytes(int64_t id) {
    struct bytes b;
    const struct job j = kitchen_job(id);
    ck_assert_msg(job_encode(&j, &kitchen.site, kitchen.profiles, kitchen.arena, &b, &e), "%s", e.message);
    return b;
}
struct bytes kitchen_file(const char *name) {
    FILE *f = fopen(data_tmp_join(&kitchen.tmp, name), "rb");
    ck_assert_msg(f != NULL, "%s is missing", name);
    uint8_t *at = arena_alloc(kitchen.arena, 1 << 20);
    const size_t n = fread(at, 1, 1 << 20, f);
    fclose(f);
    return (struct bytes){at, n};
}
bool kitchen_exists(const char *name) {
    return access(data_tmp_join(&kitchen.tmp, name), F_OK) == 0;
}
bool kitchen_holds(struct bytes b, const char *text) {
    return memmem(b.at, b.size, text, strlen(text)) != NULL;
}

void kitchen_grade(const char *slug, const char *want) {
    for (int i = 0; i < 20000 && strcmp(kitchen_health(slug).evidence, want) != 0; i++) usleep(1000);
    ck_assert_str_eq(kitchen_health(slug).evidence, want);
}

/* ---- fake printers ---- */

struct fake_tcp *kitchen_clone(size_t i, bool answers_ordered) {
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.answers_ids = false;
    h.answers_ordered = answers_ordered;
    struct fake_tcp *f = fake_tcp_open(h);
    kitchen_network(i, f);
    kitchen.printers[i].profile = "xprinter-xp80";
    return f;
}

void kitchen_asked(struct fake_tcp *f, int questions) {
    const int before = fake_tcp_questions(f);
    while (fake_tcp_questions(f) < before + questions) usleep(1000);
}

int kitchen_times(struct fake_tcp *f, const char *bytes, size_t size) {
    size_t n;
    int found = 0;
    const uint8_t *all = fake_tcp_received(f, 0, &n);
    for (size_t i = 0; i + size <= n; i++) found += memcmp(all + i, bytes, size) == 0;
    return found;
}
