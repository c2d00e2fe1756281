/* The spooler with a real writer and database, virtual printers and fake network ones: states, evidence, fallback, crash,
 * independence. */
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/migrate.h"
#include "printer/escpos.h"
#include "printer/spooler.h"
#include "tests/support/data_suite.h"
#include "tests/support/data_tmp.h"
#include "tests/support/printer_fake_tcp.h"

static struct data_tmp tmp;
static struct error e;
static struct arena *a;
static struct db *reader;
static struct writer *writer;
static struct printer_profiles *profiles;
static struct spooler *spooler;
static struct clock noon;
static char path[512];

/* Two kitchens that stand in for each other, a bar on its own, and the till. */
static struct site_printer printers[4];
static const struct site_station stations[] = {
    {.slug = "caliente", .name = "COCINA CALIENTE", .printer = "cocina", .fallback = "fria"},
    {.slug = "fria", .name = "COCINA FRÍA", .printer = "fria", .fallback = "cocina"},
    {.slug = "barra", .name = "BARRA", .printer = "barra"},
};
static struct site site;
static struct spooler_timing timing;

static void open_writer(void) {
    struct db *db;
    ck_assert_msg(db_open(path, DB_WRITER, &db, &e), "%s", e.message);
    ck_assert_msg(migrate_run(db, path, &e), "%s", e.message);
    ck_assert_msg(writer_open(db, NULL, &writer, &e), "%s", e.message);
}

static void setup(void) {
    static const char *const slugs[] = {"cocina", "fria", "barra", "caja"};
    data_tmp_make(&tmp);
    snprintf(path, sizeof path, "%s/comanda.db", tmp.path);
    a = arena_open();
    for (size_t i = 0; i < 4; i++)
        printers[i] = (struct site_printer){
            .slug = slugs[i], .name = slugs[i], .profile = "epson-tm-t20iii", .transport = TRANSPORT_VIRTUAL};
    site = (struct site){
        .stations = stations, .station_count = 3, .printers = printers, .printer_count = 4, .receipt_printer = &printers[3]};
    /* Nothing but a kick wakes an idle printer within a test's life. */
    timing = (struct spooler_timing){
        .idle = 600000, .hold = 5, .retry_first = 5, .retry_max = 10, .fallback = 1, .answer = 5000, .ask_again = 600000};
    noon = clock_fixed(1764003600000);
    ck_assert_msg(profiles_load(a, &profiles, &e), "%s", e.message);
    open_writer();
    ck_assert_msg(db_open(path, DB_READER, &reader, &e), "%s", e.message);
}

static void stop(void) {
    if (spooler) spooler_close(spooler);
    spooler = NULL;
}
static void teardown(void) {
    stop();
    if (reader) db_close(reader);
    if (writer) writer_close(writer);
    arena_close(a);
    data_tmp_remove(&tmp);
}

static void start(void) {
    const struct spooler_options o = {.site = &site,
                                      .profiles = profiles,
                                      .clock = &noon,
                                      .writer = writer,
                                      .database = path,
                                      .virtual_directory = tmp.path,
                                      .timing = timing};
    ck_assert_msg(spooler_open(&o, &spooler, &e), "%s", e.message);
}

static void network(size_t i, struct fake_tcp *f) {
    printers[i].transport = TRANSPORT_TCP;
    printers[i].host = "127.0.0.1";
    printers[i].port = f ? fake_tcp_port(f) : fake_tcp_dead_port();
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
static int64_t add_as(const char *printer, const char *station, const char *text, const char *state) {
    struct arena *mine = arena_open();
    struct ticket *t = ticket_new(mine);
    ticket_text(t, (struct ticket_style){0}, "%s", text);
    ticket_cut(t);
    struct adding add = {.job = {.kind = station ? "kitchen" : "receipt", .printer = printer, .station = station, .ticket = t},
                         .state = state};
    struct error err;
    ck_assert_msg(writer_run(writer, run_add, &add, &err), "%s", err.message);
    arena_close(mine);
    return add.id;
}
static int64_t add_job(const char *printer, const char *station, const char *text) {
    const int64_t id = add_as(printer, station, text, NULL);
    if (spooler) spooler_kick(spooler, printer);
    return id;
}

static struct job get(int64_t id) {
    struct job j;
    ck_assert_msg(job_get(reader, id, a, &j, &e), "%s", e.message);
    return j;
}
static struct job reaches(int64_t id, enum job_state want) {
    for (int i = 0; i < 20000 && get(id).state != want; i++) usleep(1000);
    const struct job j = get(id);
    ck_assert_msg(j.state == want, "job %d is %s, not %s: %s", (int)id, job_state_names[j.state], job_state_names[want],
                  j.reason ? j.reason : "");
    return j;
}
static struct printer_health health(const char *slug) {
    struct printer_health *all;
    size_t n;
    ck_assert_msg(spooler_health(spooler, reader, a, &all, &n, &e), "%s", e.message);
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].slug, slug) == 0) return all[i];
    ck_abort_msg("no printer %s", slug);
}
static struct printer_health becomes(const char *slug, enum transport_state want) {
    for (int i = 0; i < 20000 && health(slug).status.state != want; i++) usleep(1000);
    ck_assert_str_eq(transport_state_names[health(slug).status.state], transport_state_names[want]);
    return health(slug);
}

static struct bytes bytes_of(int64_t id) {
    struct bytes b;
    const struct job j = get(id);
    ck_assert_msg(job_encode(&j, &site, profiles, a, &b, &e), "%s", e.message);
    return b;
}
static struct bytes file(const char *name) {
    FILE *f = fopen(data_tmp_join(&tmp, name), "rb");
    ck_assert_msg(f != NULL, "%s is missing", name);
    uint8_t *at = arena_alloc(a, 1 << 20);
    const size_t n = fread(at, 1, 1 << 20, f);
    fclose(f);
    return (struct bytes){at, n};
}
static bool exists(const char *name) {
    return access(data_tmp_join(&tmp, name), F_OK) == 0;
}
static bool holds(struct bytes b, const char *text) {
    return memmem(b.at, b.size, text, strlen(text)) != NULL;
}

/* GS ( H function 48 with the four characters of a row's id: base 94 from "!". */
#define ASK "\x1D\x28\x48\x06\x00\x30\x30"
#define PROBE ASK "    "

static const char *long_text(void) { /* more than a fake printer that does not read can hold */
    char *text = arena_alloc(a, 600001);
    for (size_t i = 0; i < 600000; i++) text[i] = i % 30 == 29 ? ' ' : (char)('a' + i % 26);
    return text;
}

/* ---- printing ---- */

START_TEST(a_ticket_for_a_virtual_printer_becomes_its_bytes_on_disk) {
    start();
    const int64_t id = add_job("cocina", "caliente", "2 POSTA CARTAGENERA");
    const struct job j = reaches(id, JOB_PRINTED);
    ck_assert_str_eq(j.evidence, "C");
    ck_assert_int_eq(j.printed_at, 1764003600000);
    const struct bytes want = bytes_of(id), got = file("cocina/000001.bin");
    ck_assert_uint_eq(got.size, want.size);
    ck_assert_mem_eq(got.at, want.at, want.size);
    /* The job's row says so first, the printer's health a moment later. */
    for (int i = 0; i < 20000 && health("cocina").last_printed_at == 0; i++) usleep(1000);
    ck_assert_int_eq(health("cocina").last_printed_at, 1764003600000);
    ck_assert_str_eq(health("cocina").evidence, "C");
}
END_TEST

START_TEST(tickets_that_wait_at_the_start_are_printed_in_order) {
    char name[32], text[32];
    int64_t id = 0;
    for (int i = 1; i <= 20; i++) {
        snprintf(text, sizeof text, "TICKET %02d.", i);
        id = add_as("cocina", "caliente", text, NULL);
    }
    start();
    reaches(id, JOB_PRINTED);
    for (int i = 1; i <= 20; i++) {
        snprintf(name, sizeof name, "cocina/%06d.bin", i);
        snprintf(text, sizeof text, "TICKET %02d.", i);
        ck_assert_msg(holds(file(name), text), "%s is not in %s", text, name);
    }
}
END_TEST

START_TEST(a_process_id_reply_and_nothing_less_makes_it_printed) {
    size_t size;
    struct fake_tcp_habits h = fake_tcp_healthy();
    struct fake_tcp *f = fake_tcp_open(h);
    network(0, f);
    start();
    ck_assert_mem_eq(fake_tcp_received(f, 11, &size), PROBE, 11);
    becomes("cocina", TRANSPORT_READY);
    h.paper_out = true; /* says it is ready, and prints nothing */
    fake_tcp_set(f, h);
    const int64_t id = add_job("cocina", "caliente", "1 ARROZ CALDOSO");
    const struct bytes want = bytes_of(id);
    const uint8_t *got = fake_tcp_received(f, 11 + want.size + 11, &size);
    ck_assert_uint_eq(size, 11 + want.size + 11);
    ck_assert_mem_eq(got + 11, want.at, want.size);
    ck_assert_mem_eq(got + 11 + want.size, ASK "!!!\"", 11); /* row 1 */
    reaches(id, JOB_SENT);
    usleep(50000); /* long enough for many looks at its status: they are no evidence */
    ck_assert_int_eq(get(id).state, JOB_SENT);
    h.paper_out = false;
    fake_tcp_set(f, h);
    ck_assert_str_eq(reaches(id, JOB_PRINTED).evidence, "A");
    ck_assert_str_eq(health("cocina").evidence, "A");
    stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_clone_that_answers_no_ids_is_not_asked_and_counts_by_its_status) {
    size_t size;
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.answers_ids = false;
    struct fake_tcp *f = fake_tcp_open(h);
    network(0, f);
    timing.answer = 300;
    start();
    const int64_t id = add_job("cocina", NULL, "x");
    ck_assert_str_eq(reaches(id, JOB_PRINTED).evidence, "C");
    const struct bytes want = bytes_of(id);
    const uint8_t *got = fake_tcp_received(f, 11 + want.size, &size);
    ck_assert_uint_eq(size, 11 + want.size); /* the probe, the ticket, no second request */
    ck_assert_mem_eq(got + 11, want.at, want.size);
    stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(what_a_printer_answers_is_asked_anew_on_every_connection) {
    size_t size;
    struct fake_tcp_habits h = fake_tcp_healthy();
    struct fake_tcp *f = fake_tcp_open(h);
    network(0, f);
    timing.idle = 5;
    timing.answer = 300;
    start();
    const int64_t first = add_job("cocina", NULL, "x");
    ck_assert_str_eq(reaches(first, JOB_PRINTED).evidence, "A");
    const size_t before = 11 + bytes_of(first).size + 11;
    h.answers_ids = false; /* another unit takes its place */
    fake_tcp_set(f, h);
    fake_tcp_hang_up(f);
    ck_assert_mem_eq(fake_tcp_received(f, before + 11, &size) + before, PROBE, 11);
    ck_assert_str_eq(reaches(add_job("cocina", NULL, "x"), JOB_PRINTED).evidence, "C");
    stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_printer_that_says_nothing_at_all_gives_the_lowest_grade) {
    struct fake_tcp *f = fake_tcp_open((struct fake_tcp_habits){0});
    network(0, f);
    timing.answer = 20;
    start();
    ck_assert_str_eq(reaches(add_job("cocina", NULL, "x"), JOB_PRINTED).evidence, "D");
    ck_assert_str_eq(health("cocina").evidence, "D");
    stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_lost_reply_is_asked_for_again) {
    size_t size;
    struct fake_tcp_habits h = fake_tcp_healthy();
    struct fake_tcp *f = fake_tcp_open(h);
    network(0, f);
    timing.ask_again = 30;
    start();
    (void)fake_tcp_received(f, 11, &size);
    becomes("cocina", TRANSPORT_READY);
    h.loses_ids = true;
    fake_tcp_set(f, h);
    const int64_t id = add_job("cocina", NULL, "x");
    const size_t once = 11 + bytes_of(id).size + 11;
    (void)fake_tcp_received(f, once + 11, &size);
    ck_assert_mem_eq(fake_tcp_received(f, once + 11, &size) + once, ASK "!!!\"", 11); /* the question alone, not the ticket */
    h.loses_ids = false;
    fake_tcp_set(f, h);
    ck_assert_str_eq(reaches(id, JOB_PRINTED).evidence, "A");
    stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_printer_out_of_paper_is_sent_nothing_until_it_has_some) {
    size_t size;
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.status[1] = 0x1A;
    h.status[2] = 0x32;
    h.status[4] = 0x72;
    struct fake_tcp *f = fake_tcp_open(h);
    network(0, f);
    start();
    const int64_t id = add_job("cocina", NULL, "x");
    const struct printer_health out = becomes("cocina", TRANSPORT_PAPER_OUT);
    ck_assert_str_eq(out.status.reason, "the paper has ended");
    ck_assert_int_eq(out.waiting, 1);
    ck_assert_int_eq(out.oldest_waiting_ms, 10000);
    const int asked = fake_tcp_questions(f);
    while (fake_tcp_questions(f) < asked + 12) usleep(1000); /* three more looks at it */
    ck_assert_int_eq(get(id).state, JOB_QUEUED);
    (void)fake_tcp_received(f, 0, &size);
    ck_assert_uint_eq(size, 0);
    fake_tcp_set(f, fake_tcp_healthy());
    ck_assert_str_eq(reaches(id, JOB_PRINTED).evidence, "A");
    stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_ticket_that_cannot_be_read_fails_alone) {
    struct db *db;
    const int64_t bad = add_as("cocina", NULL, "x", NULL), good = add_as("cocina", NULL, "good", NULL);
    writer_close(writer);
    ck_assert(db_open(path, DB_WRITER, &db, &e));
    ck_assert(db_exec(db, "UPDATE print_job SET document = '{\"blocks\": [{\"kind\": \"hologram\"}]}' WHERE id = ?",
                      DB_ARGS(db_int(bad)), &e));
    db_close(db);
    open_writer();
    start();
    reaches(good, JOB_PRINTED);
    struct job j;
    struct job *jobs;
    size_t n;
    ck_assert(job_list(reader, &(struct job_filter){.state = JOB_FAILED}, a, &jobs, &n, &e));
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(jobs[0].id, bad);
    ck_assert_ptr_nonnull(strstr(jobs[0].reason, "hologram") ? jobs[0].reason : strstr(jobs[0].reason, "kind"));
    ck_assert(!job_get(reader, bad, a, &j, &e));
}
END_TEST

/* ---- what goes wrong ---- */

START_TEST(tickets_under_way_when_the_server_died_are_in_doubt_and_not_repeated) {
    const int64_t sending = add_as("cocina", "caliente", "began", "sending"), sent = add_as("cocina", "caliente", "went", "sent"),
                  queued = add_as("cocina", "caliente", "waits", NULL);
    start();
    reaches(queued, JOB_PRINTED);
    ck_assert_int_eq(get(sending).state, JOB_UNKNOWN);
    ck_assert_str_eq(get(sending).reason, "the server stopped while sending it");
    ck_assert_int_eq(get(sent).state, JOB_UNKNOWN);
    ck_assert_str_eq(get(sent).reason, "the server stopped before the printer confirmed it");
    ck_assert(holds(file("cocina/000001.bin"), "waits"));
    ck_assert(!exists("cocina/000002.bin"));
    ck_assert_int_eq(health("cocina").unknown, 2);
    ck_assert_int_eq(health("cocina").waiting, 0);
    stop();
    start(); /* once more: still in doubt, still not repeated */
    ck_assert_int_eq(get(sending).state, JOB_UNKNOWN);
    reaches(add_job("cocina", "caliente", "later"), JOB_PRINTED);
    ck_assert(holds(file("cocina/000002.bin"), "later"));
}
END_TEST

START_TEST(an_acknowledgement_that_comes_late_resolves_the_doubt) {
    struct fake_tcp *f = fake_tcp_open(fake_tcp_healthy());
    network(0, f);
    timing.answer = 20000;
    const int64_t id = add_as("cocina", "caliente", "went", "sent");
    start();
    while (fake_tcp_questions(f) < 2) usleep(1000); /* connected, and asked how it is; the acknowledgement is awaited next */
    fake_tcp_say(f, "\x37\x22!!!\"\0", 7);
    const struct job j = reaches(id, JOB_PRINTED);
    ck_assert_str_eq(j.evidence, "A");
    ck_assert_str_eq(j.reason, "acknowledged late");
    stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_ticket_cut_off_is_in_doubt_and_the_next_one_prints) {
    struct fake_tcp_habits h = fake_tcp_healthy();
    struct fake_tcp *f = fake_tcp_open(h);
    size_t size;
    timing.answer = 500; /* how long the reconnected printer is given to acknowledge late */
    network(0, f);
    start();
    (void)fake_tcp_received(f, 11, &size);
    becomes("cocina", TRANSPORT_READY);
    h.closes_after = 5000;
    fake_tcp_set(f, h);
    const int64_t cut = add_job("cocina", "caliente", long_text());
    const struct job j = reaches(cut, JOB_UNKNOWN);
    ck_assert_ptr_nonnull(strstr(j.reason, "bytes taken: "));
    fake_tcp_set(f, fake_tcp_healthy());
    const size_t before = (fake_tcp_received(f, 0, &size), size);
    const int64_t next = add_job("cocina", "caliente", "THE NEXT ONE");
    reaches(next, JOB_PRINTED);
    const uint8_t *all = fake_tcp_received(f, 0, &size);
    ck_assert_ptr_nonnull(memmem(all + before - 11, size - before + 11, "THE NEXT ONE", 12));
    ck_assert_uint_lt(size - before, 2000); /* the long one did not come again */
    ck_assert_int_eq(get(cut).state, JOB_UNKNOWN);
    stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(waiting_tickets_of_an_unreachable_printer_go_to_the_fallback_with_their_mark) {
    network(0, NULL);
    start();
    const int64_t id = add_job("cocina", "caliente", "2 POSTA CARTAGENERA"), receipt = add_job("cocina", NULL, "no station");
    const struct job j = reaches(id, JOB_PRINTED);
    ck_assert_str_eq(j.printer, "fria");
    ck_assert_str_eq(j.marks.fallback_for, "COCINA CALIENTE");
    ck_assert(holds(file("fria/000001.bin"), "RESPALDO DE"));
    ck_assert(holds(file("fria/000001.bin"), "2 POSTA CARTAGENERA"));
    ck_assert_int_eq(get(receipt).state, JOB_QUEUED); /* nowhere else to go: it waits */
    const struct printer_health dead = becomes("cocina", TRANSPORT_OFFLINE);
    ck_assert_ptr_nonnull(strstr(dead.status.reason, "Connection refused"));
    ck_assert_int_eq(dead.waiting, 1);
}
END_TEST

START_TEST(a_ticket_of_which_a_byte_went_out_stays_where_it_is) {
    size_t size;
    struct fake_tcp_habits h = fake_tcp_healthy();
    struct fake_tcp *f = fake_tcp_open(h);
    network(0, f);
    start();
    (void)fake_tcp_received(f, 11, &size);
    becomes("cocina", TRANSPORT_READY);
    h.closes_after = 5000;
    fake_tcp_set(f, h);
    const int64_t cut = add_job("cocina", "caliente", long_text());
    reaches(cut, JOB_UNKNOWN);
    h.hangs_up_at_once = true;
    fake_tcp_set(f, h);
    fake_tcp_hang_up(f);
    const int64_t waits = add_job("cocina", "caliente", "waits");
    ck_assert_str_eq(reaches(waits, JOB_PRINTED).printer, "fria"); /* the fallback works … */
    ck_assert_int_eq(get(cut).state, JOB_UNKNOWN);                 /* … but not for that one */
    ck_assert_str_eq(get(cut).printer, "cocina");
    ck_assert(!exists("fria/000002.bin"));
    stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_ticket_never_moves_to_a_printer_that_is_out_of_reach_too) {
    network(0, NULL);
    data_tmp_write_text(&tmp, "fria", "a file where its folder should be");
    start();
    becomes("cocina", TRANSPORT_OFFLINE);
    becomes("fria", TRANSPORT_OFFLINE);
    for (int i = 0; i < 2000 && strstr(health("fria").status.reason, "not tried"); i++) usleep(1000);
    const int64_t id = add_job("cocina", "caliente", "x");
    for (int i = 0; i < 200; i++) { /* many tries long: it does not so much as travel */
        ck_assert_int_eq(get(id).state, JOB_QUEUED);
        ck_assert_str_eq(get(id).printer, "cocina");
        usleep(1000);
    }
    ck_assert_int_eq(unlink(data_tmp_join(&tmp, "fria")), 0);
    ck_assert_str_eq(reaches(id, JOB_PRINTED).printer, "fria");
}
END_TEST

START_TEST(a_ticket_at_its_fallback_goes_home_when_that_fails_and_loses_the_mark) {
    network(0, NULL);
    network(1, NULL);
    printers[0].transport = TRANSPORT_VIRTUAL; /* home works; the fallback, where a former run left the ticket, does not */
    const int64_t id = add_as("fria", "caliente", "x", NULL);
    start();
    const struct job j = reaches(id, JOB_PRINTED);
    ck_assert_str_eq(j.printer, "cocina");
    ck_assert_ptr_null(j.marks.fallback_for);
    ck_assert(!holds(file("cocina/000001.bin"), "RESPALDO"));
}
END_TEST

START_TEST(a_stuck_printer_delays_no_other_and_a_stop_leaves_its_ticket_in_doubt) {
    struct fake_tcp *f = fake_tcp_open((struct fake_tcp_habits){.reads_nothing = true});
    network(0, f);
    timing.answer = 20;
    start();
    const int64_t stuck = add_job("cocina", "caliente", long_text());
    reaches(stuck, JOB_SENDING);
    int64_t last = 0;
    for (int i = 0; i < 30; i++) last = add_job(i % 2 ? "fria" : "barra", i % 2 ? "fria" : "barra", "x");
    reaches(last, JOB_PRINTED);
    reaches(last - 1, JOB_PRINTED);
    ck_assert_int_eq(get(stuck).state, JOB_SENDING);
    const int64_t behind = add_job("cocina", "caliente", "behind it");
    becomes("cocina", TRANSPORT_OFFLINE); /* takes no more data */
    stop();
    ck_assert_int_eq(get(stuck).state, JOB_UNKNOWN);
    ck_assert_int_eq(get(behind).state, JOB_QUEUED);
    fake_tcp_close(f);
}
END_TEST

START_TEST(an_unreachable_printer_gets_its_tickets_when_it_is_back) {
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.hangs_up_at_once = true;
    struct fake_tcp *f = fake_tcp_open(h);
    network(2, f); /* the bar has no fallback */
    start();
    const int64_t first = add_job("barra", "barra", "2 LIMONADA"), second = add_job("barra", "barra", "1 AGUA");
    for (int i = 0; i < 20000 && !strstr(health("barra").status.reason, "closed the connection"); i++) usleep(1000);
    ck_assert_int_eq(get(first).state, JOB_QUEUED);
    fake_tcp_set(f, fake_tcp_healthy());
    ck_assert_str_eq(reaches(first, JOB_PRINTED).evidence, "A");
    reaches(second, JOB_PRINTED);
    size_t size;
    const uint8_t *all = fake_tcp_received(f, 1, &size);
    const uint8_t *one = memmem(all, size, "2 LIMONADA", 10), *two = memmem(all, size, "1 AGUA", 6);
    ck_assert_ptr_nonnull(one);
    ck_assert_ptr_nonnull(two);
    ck_assert(one < two);
    stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(tickets_of_a_printer_no_longer_configured_go_where_their_station_prints_now) {
    const int64_t kitchen = add_as("parrilla", "fria", "x", NULL), receipt = add_as("impresora-vieja", NULL, "y", NULL);
    start();
    ck_assert_str_eq(reaches(kitchen, JOB_PRINTED).printer, "fria");
    ck_assert_str_eq(reaches(receipt, JOB_PRINTED).printer, "caja");
    ck_assert(exists("caja/000001.bin"));
}
END_TEST

START_TEST(a_printer_with_an_unknown_profile_stops_the_start) {
    printers[2].profile = "abacus";
    const struct spooler_options o = {.site = &site,
                                      .profiles = profiles,
                                      .clock = &noon,
                                      .writer = writer,
                                      .database = path,
                                      .virtual_directory = tmp.path,
                                      .timing = timing};
    ck_assert(!spooler_open(&o, &spooler, &e));
    spooler = NULL;
    ck_assert_str_eq(e.code, "profile_unknown");
    ck_assert_ptr_nonnull(strstr(e.message, "barra"));
}
END_TEST

/* ---- many at once ---- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void count(void *self, const char *printer, int64_t job) {
    (void)printer;
    pthread_mutex_lock(&lock);
    *(int *)self += job != 0;
    pthread_mutex_unlock(&lock);
}

static void *waiter(void *slug) {
    for (int i = 0; i < 15; i++) add_job(slug, slug, "x");
    return NULL;
}

START_TEST(three_stations_at_once_lose_and_repeat_nothing) {
    static char *const slugs[] = {"fria", "barra", "caliente"};
    static const struct site_station simple[] = {{.slug = "fria", .name = "F", .printer = "fria"},
                                                 {.slug = "barra", .name = "B", .printer = "barra"},
                                                 {.slug = "caliente", .name = "C", .printer = "cocina"}};
    int changes = 0;
    pthread_t threads[3];
    struct fake_tcp *f = fake_tcp_open(fake_tcp_healthy());
    printers[0].slug = "caliente";
    site.stations = simple;
    network(0, f);
    const struct spooler_options o = {.site = &site,
                                      .profiles = profiles,
                                      .clock = &noon,
                                      .writer = writer,
                                      .database = path,
                                      .virtual_directory = tmp.path,
                                      .timing = timing,
                                      .changed = count,
                                      .self = &changes};
    ck_assert_msg(spooler_open(&o, &spooler, &e), "%s", e.message);
    for (size_t i = 0; i < 3; i++) ck_assert_int_eq(pthread_create(&threads[i], NULL, waiter, slugs[i]), 0);
    for (size_t i = 0; i < 3; i++) pthread_join(threads[i], NULL);
    for (int64_t id = 1; id <= 45; id++) reaches(id, JOB_PRINTED);
    stop();
    ck_assert(exists("fria/000015.bin"));
    ck_assert(!exists("fria/000016.bin"));
    ck_assert(exists("barra/000015.bin"));
    ck_assert(!exists("barra/000016.bin"));
    ck_assert_int_ge(changes, 45 * 2); /* each was seen to begin and to end */
    struct db_rows r;
    ck_assert(db_query(reader, "SELECT station, min(sequence), max(sequence), count(*) FROM print_job GROUP BY station",
                       DB_NO_ARGS, &r, &e));
    while (db_next(&r)) {
        ck_assert_int_eq(db_col_int(&r, 1), 1);
        ck_assert_int_eq(db_col_int(&r, 2), 15);
        ck_assert_int_eq(db_col_int(&r, 3), 15);
    }
    ck_assert(db_done(&r, &e));
    fake_tcp_close(f);
}
END_TEST

int main(void) {
    return data_suite_run(
        "printer_spooler", setup, teardown,
        DATA_TESTS(
            a_ticket_for_a_virtual_printer_becomes_its_bytes_on_disk, tickets_that_wait_at_the_start_are_printed_in_order,
            a_process_id_reply_and_nothing_less_makes_it_printed,
            a_clone_that_answers_no_ids_is_not_asked_and_counts_by_its_status,
            what_a_printer_answers_is_asked_anew_on_every_connection, a_printer_that_says_nothing_at_all_gives_the_lowest_grade,
            a_lost_reply_is_asked_for_again, a_printer_out_of_paper_is_sent_nothing_until_it_has_some,
            a_ticket_that_cannot_be_read_fails_alone, tickets_under_way_when_the_server_died_are_in_doubt_and_not_repeated,
            an_acknowledgement_that_comes_late_resolves_the_doubt, a_ticket_cut_off_is_in_doubt_and_the_next_one_prints,
            waiting_tickets_of_an_unreachable_printer_go_to_the_fallback_with_their_mark,
            a_ticket_of_which_a_byte_went_out_stays_where_it_is, a_ticket_never_moves_to_a_printer_that_is_out_of_reach_too,
            a_ticket_at_its_fallback_goes_home_when_that_fails_and_loses_the_mark,
            a_stuck_printer_delays_no_other_and_a_stop_leaves_its_ticket_in_doubt,
            an_unreachable_printer_gets_its_tickets_when_it_is_back,
            tickets_of_a_printer_no_longer_configured_go_where_their_station_prints_now,
            a_printer_with_an_unknown_profile_stops_the_start, three_stations_at_once_lose_and_repeat_nothing));
}
