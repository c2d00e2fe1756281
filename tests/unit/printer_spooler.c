/* The spooler with a real writer and database, virtual printers and fake network ones: states, fallback, crash, independence. */
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/data_suite.h"
#include "tests/support/printer_kitchen.h"

static struct error e;

static const char *long_text(void) { /* more than a fake printer that does not read can hold */
    char *text = arena_alloc(kitchen.arena, 600001);
    for (size_t i = 0; i < 600000; i++) text[i] = i % 30 == 29 ? ' ' : (char)('a' + i % 26);
    return text;
}

/* ---- printing ---- */

START_TEST(a_ticket_for_a_virtual_printer_becomes_its_bytes_on_disk) {
    kitchen_start();
    const int64_t id = kitchen_add("cocina", "caliente", "2 POSTA CARTAGENERA");
    const struct job j = kitchen_reaches(id, JOB_PRINTED);
    ck_assert_str_eq(j.evidence, "C");
    ck_assert_int_eq(j.printed_at, 1764003600000);
    const struct bytes want = kitchen_bytes(id), got = kitchen_file("cocina/000001.bin");
    ck_assert_uint_eq(got.size, want.size);
    ck_assert_mem_eq(got.at, want.at, want.size);
    /* The job's row says so first, the printer's health a moment later. */
    for (int i = 0; i < 20000 && kitchen_health("cocina").last_printed_at == 0; i++) usleep(1000);
    ck_assert_int_eq(kitchen_health("cocina").last_printed_at, 1764003600000);
    ck_assert_str_eq(kitchen_health("cocina").evidence, "C");
}
END_TEST

START_TEST(tickets_that_wait_at_the_start_are_printed_in_order) {
    char name[32], text[32];
    int64_t id = 0;
    for (int i = 1; i <= 20; i++) {
        snprintf(text, sizeof text, "TICKET %02d.", i);
        id = kitchen_add_as("cocina", "caliente", text, NULL);
    }
    kitchen_start();
    kitchen_reaches(id, JOB_PRINTED);
    for (int i = 1; i <= 20; i++) {
        snprintf(name, sizeof name, "cocina/%06d.bin", i);
        snprintf(text, sizeof text, "TICKET %02d.", i);
        ck_assert_msg(kitchen_holds(kitchen_file(name), text), "%s is not in %s", text, name);
    }
}
END_TEST

START_TEST(a_printer_out_of_paper_is_sent_nothing_until_it_has_some) {
    size_t size;
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.status[1] = 0x1A;
    h.status[2] = 0x32;
    h.status[4] = 0x72;
    struct fake_tcp *f = fake_tcp_open(h);
    kitchen_network(0, f);
    kitchen_start();
    const int64_t id = kitchen_add("cocina", NULL, "x");
    const struct printer_health out = kitchen_becomes("cocina", TRANSPORT_PAPER_OUT);
    ck_assert_str_eq(out.status.reason, "the paper has ended; put a new roll in");
    ck_assert_int_eq(out.waiting, 1);
    ck_assert_int_eq(out.oldest_waiting_ms, 10000);
    const int asked = fake_tcp_questions(f);
    while (fake_tcp_questions(f) < asked + 12) usleep(1000); /* three more looks at it */
    ck_assert_int_eq(kitchen_job(id).state, JOB_QUEUED);
    (void)fake_tcp_received(f, 0, &size);
    ck_assert_uint_eq(size, 0);
    fake_tcp_set(f, fake_tcp_healthy());
    ck_assert_str_eq(kitchen_reaches(id, JOB_PRINTED).evidence, "A");
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_ticket_that_cannot_be_read_fails_alone) {
    struct db *db;
    const int64_t bad = kitchen_add_as("cocina", NULL, "x", NULL), good = kitchen_add_as("cocina", NULL, "good", NULL);
    writer_close(kitchen.writer);
    ck_assert(db_open(kitchen.path, DB_WRITER, &db, &e));
    ck_assert(db_exec(db, "UPDATE print_job SET document = '{\"blocks\": [{\"kind\": \"hologram\"}]}' WHERE id = ?",
                      DB_ARGS(db_int(bad)), &e));
    db_close(db);
    kitchen_open_writer();
    kitchen_start();
    kitchen_reaches(good, JOB_PRINTED);
    struct job j;
    struct job *jobs;
    size_t n;
    ck_assert(job_list(kitchen.reader, &(struct job_filter){.state = JOB_FAILED}, kitchen.arena, &jobs, &n, &e));
    ck_assert_uint_eq(n, 1);
    ck_assert_int_eq(jobs[0].id, bad);
    ck_assert_ptr_nonnull(strstr(jobs[0].reason, "hologram") ? jobs[0].reason : strstr(jobs[0].reason, "kind"));
    ck_assert(!job_get(kitchen.reader, bad, kitchen.arena, &j, &e));
}
END_TEST

/* ---- what goes wrong ---- */

START_TEST(tickets_under_way_when_the_server_died_are_in_doubt_and_not_repeated) {
    const int64_t sending = kitchen_add_as("cocina", "caliente", "began", "sending"),
                  sent = kitchen_add_as("cocina", "caliente", "went", "sent"),
                  queued = kitchen_add_as("cocina", "caliente", "waits", NULL);
    kitchen_start();
    kitchen_reaches(queued, JOB_PRINTED);
    ck_assert_int_eq(kitchen_job(sending).state, JOB_UNKNOWN);
    ck_assert_str_eq(kitchen_job(sending).reason, "the server stopped while sending it");
    ck_assert_int_eq(kitchen_job(sent).state, JOB_UNKNOWN);
    ck_assert_str_eq(kitchen_job(sent).reason, "the server stopped before the printer confirmed it");
    ck_assert(kitchen_holds(kitchen_file("cocina/000001.bin"), "waits"));
    ck_assert(!kitchen_exists("cocina/000002.bin"));
    ck_assert_int_eq(kitchen_health("cocina").unknown, 2);
    ck_assert_int_eq(kitchen_health("cocina").waiting, 0);
    kitchen_stop();
    kitchen_start(); /* once more: still in doubt, still not repeated */
    ck_assert_int_eq(kitchen_job(sending).state, JOB_UNKNOWN);
    kitchen_reaches(kitchen_add("cocina", "caliente", "later"), JOB_PRINTED);
    ck_assert(kitchen_holds(kitchen_file("cocina/000002.bin"), "later"));
}
END_TEST

START_TEST(a_ticket_cut_off_is_in_doubt_and_the_next_one_prints) {
    struct fake_tcp_habits h = fake_tcp_healthy();
    struct fake_tcp *f = fake_tcp_open(h);
    size_t size;
    kitchen.timing.answer = 500; /* how long the reconnected printer is given to acknowledge late */
    kitchen.timing.fallback = 600000; /* it comes back: nothing is to go elsewhere meanwhile */
    kitchen_network(0, f);
    kitchen_start();
    (void)fake_tcp_received(f, 11, &size);
    kitchen_becomes("cocina", TRANSPORT_READY);
    h.closes_after = 5000;
    fake_tcp_set(f, h);
    const int64_t cut = kitchen_add("cocina", "caliente", long_text());
    const struct job j = kitchen_reaches(cut, JOB_UNKNOWN);
    ck_assert_ptr_nonnull(strstr(j.reason, "bytes taken: "));
    fake_tcp_set(f, fake_tcp_healthy());
    const size_t before = (fake_tcp_received(f, 0, &size), size);
    const int64_t next = kitchen_add("cocina", "caliente", "THE NEXT ONE");
    kitchen_reaches(next, JOB_PRINTED);
    const uint8_t *all = fake_tcp_received(f, 0, &size);
    ck_assert_ptr_nonnull(memmem(all + before - 11, size - before + 11, "THE NEXT ONE", 12));
    ck_assert_uint_lt(size - before, 20000); /* the long one did not come again; what ends its last command did */
    ck_assert_int_eq(kitchen_job(cut).state, JOB_UNKNOWN);
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(waiting_tickets_of_an_unreachable_printer_go_to_the_fallback_with_their_mark) {
    kitchen_network(0, NULL);
    kitchen_start();
    const int64_t id = kitchen_add("cocina", "caliente", "2 POSTA CARTAGENERA"),
                  receipt = kitchen_add("cocina", NULL, "no station");
    const struct job j = kitchen_reaches(id, JOB_PRINTED);
    ck_assert_str_eq(j.printer, "fria");
    ck_assert_str_eq(j.marks.fallback_for, "COCINA CALIENTE");
    ck_assert(kitchen_holds(kitchen_file("fria/000001.bin"), "RESPALDO DE"));
    ck_assert(kitchen_holds(kitchen_file("fria/000001.bin"), "2 POSTA CARTAGENERA"));
    ck_assert_int_eq(kitchen_job(receipt).state, JOB_QUEUED); /* nowhere else to go: it waits */
    const struct printer_health dead = kitchen_becomes("cocina", TRANSPORT_OFFLINE);
    ck_assert_ptr_nonnull(strstr(dead.status.reason, "Connection refused"));
    ck_assert_int_eq(dead.waiting, 1);
}
END_TEST

START_TEST(a_ticket_of_which_a_byte_went_out_stays_where_it_is) {
    size_t size;
    struct fake_tcp_habits h = fake_tcp_healthy();
    struct fake_tcp *f = fake_tcp_open(h);
    kitchen_network(0, f);
    kitchen_start();
    (void)fake_tcp_received(f, 11, &size);
    kitchen_becomes("cocina", TRANSPORT_READY);
    h.closes_after = 5000;
    fake_tcp_set(f, h);
    const int64_t cut = kitchen_add("cocina", "caliente", long_text());
    kitchen_reaches(cut, JOB_UNKNOWN);
    h.hangs_up_at_once = true;
    fake_tcp_set(f, h);
    fake_tcp_hang_up(f);
    const int64_t waits = kitchen_add("cocina", "caliente", "waits");
    ck_assert_str_eq(kitchen_reaches(waits, JOB_PRINTED).printer, "fria"); /* the fallback works … */
    ck_assert_int_eq(kitchen_job(cut).state, JOB_UNKNOWN);                 /* … but not for that one */
    ck_assert_str_eq(kitchen_job(cut).printer, "cocina");
    ck_assert(!kitchen_exists("fria/000002.bin"));
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(a_ticket_never_moves_to_a_printer_that_is_out_of_reach_too) {
    kitchen_network(0, NULL);
    data_tmp_write_text(&kitchen.tmp, "fria", "a file where its folder should be");
    kitchen_start();
    kitchen_becomes("cocina", TRANSPORT_OFFLINE);
    kitchen_becomes("fria", TRANSPORT_OFFLINE);
    for (int i = 0; i < 2000 && strstr(kitchen_health("fria").status.reason, "not tried"); i++) usleep(1000);
    const int64_t id = kitchen_add("cocina", "caliente", "x");
    for (int i = 0; i < 200; i++) { /* many tries long: it does not so much as travel */
        ck_assert_int_eq(kitchen_job(id).state, JOB_QUEUED);
        ck_assert_str_eq(kitchen_job(id).printer, "cocina");
        usleep(1000);
    }
    ck_assert_int_eq(unlink(data_tmp_join(&kitchen.tmp, "fria")), 0);
    ck_assert_str_eq(kitchen_reaches(id, JOB_PRINTED).printer, "fria");
}
END_TEST

START_TEST(a_ticket_at_its_fallback_goes_home_when_that_fails_and_loses_the_mark) {
    kitchen_network(0, NULL);
    kitchen_network(1, NULL);
    kitchen.printers[0].transport =
        TRANSPORT_VIRTUAL; /* home works; the fallback, where a former run left the ticket, does not */
    const int64_t id = kitchen_add_as("fria", "caliente", "x", NULL);
    kitchen_start();
    const struct job j = kitchen_reaches(id, JOB_PRINTED);
    ck_assert_str_eq(j.printer, "cocina");
    ck_assert_ptr_null(j.marks.fallback_for);
    ck_assert(!kitchen_holds(kitchen_file("cocina/000001.bin"), "RESPALDO"));
}
END_TEST

START_TEST(a_stuck_printer_delays_no_other_and_a_stop_leaves_its_ticket_in_doubt) {
    struct fake_tcp *f = fake_tcp_open((struct fake_tcp_habits){.reads_nothing = true});
    kitchen_network(0, f);
    kitchen.timing.answer = 20;
    kitchen_start();
    const int64_t stuck = kitchen_add("cocina", "caliente", long_text());
    kitchen_reaches(stuck, JOB_SENDING);
    int64_t last = 0;
    for (int i = 0; i < 30; i++) last = kitchen_add(i % 2 ? "fria" : "barra", i % 2 ? "fria" : "barra", "x");
    kitchen_reaches(last, JOB_PRINTED);
    kitchen_reaches(last - 1, JOB_PRINTED);
    ck_assert_int_eq(kitchen_job(stuck).state, JOB_SENDING);
    const int64_t behind = kitchen_add("cocina", "caliente", "behind it");
    kitchen_becomes("cocina", TRANSPORT_OFFLINE); /* takes no more data */
    kitchen_stop();
    ck_assert_int_eq(kitchen_job(stuck).state, JOB_UNKNOWN);
    ck_assert_int_eq(kitchen_job(behind).state, JOB_QUEUED);
    fake_tcp_close(f);
}
END_TEST

START_TEST(an_unreachable_printer_gets_its_tickets_when_it_is_back) {
    struct fake_tcp_habits h = fake_tcp_healthy();
    h.hangs_up_at_once = true;
    struct fake_tcp *f = fake_tcp_open(h);
    kitchen_network(2, f); /* the bar has no fallback */
    kitchen_start();
    const int64_t first = kitchen_add("barra", "barra", "2 LIMONADA"), second = kitchen_add("barra", "barra", "1 AGUA");
    for (int i = 0; i < 20000 && !strstr(kitchen_health("barra").status.reason, "closed the connection"); i++) usleep(1000);
    ck_assert_int_eq(kitchen_job(first).state, JOB_QUEUED);
    fake_tcp_set(f, fake_tcp_healthy());
    ck_assert_str_eq(kitchen_reaches(first, JOB_PRINTED).evidence, "A");
    kitchen_reaches(second, JOB_PRINTED);
    size_t size;
    const uint8_t *all = fake_tcp_received(f, 1, &size);
    const uint8_t *one = memmem(all, size, "2 LIMONADA", 10), *two = memmem(all, size, "1 AGUA", 6);
    ck_assert_ptr_nonnull(one);
    ck_assert_ptr_nonnull(two);
    ck_assert(one < two);
    kitchen_stop();
    fake_tcp_close(f);
}
END_TEST

START_TEST(tickets_of_a_printer_no_longer_configured_go_where_their_station_prints_now) {
    const int64_t ticket = kitchen_add_as("parrilla", "fria", "x", NULL),
                  receipt = kitchen_add_as("impresora-vieja", NULL, "y", NULL);
    kitchen_start();
    ck_assert_str_eq(kitchen_reaches(ticket, JOB_PRINTED).printer, "fria");
    ck_assert_str_eq(kitchen_reaches(receipt, JOB_PRINTED).printer, "caja");
    ck_assert(kitchen_exists("caja/000001.bin"));
}
END_TEST

START_TEST(a_printer_with_an_unknown_profile_stops_the_start) {
    kitchen.printers[2].profile = "abacus";
    const struct spooler_options o = {.site = &kitchen.site,
                                      .profiles = kitchen.profiles,
                                      .clock = &kitchen.noon,
                                      .writer = kitchen.writer,
                                      .database = kitchen.path,
                                      .virtual_directory = kitchen.tmp.path,
                                      .timing = kitchen.timing};
    ck_assert(!spooler_open(&o, &kitchen.spooler, &e));
    kitchen.spooler = NULL;
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
    for (int i = 0; i < 15; i++) kitchen_add(slug, slug, "x");
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
    kitchen.printers[0].slug = "caliente";
    kitchen.site.stations = simple;
    kitchen_network(0, f);
    const struct spooler_options o = {.site = &kitchen.site,
                                      .profiles = kitchen.profiles,
                                      .clock = &kitchen.noon,
                                      .writer = kitchen.writer,
                                      .database = kitchen.path,
                                      .virtual_directory = kitchen.tmp.path,
                                      .timing = kitchen.timing,
                                      .changed = count,
                                      .self = &changes};
    ck_assert_msg(spooler_open(&o, &kitchen.spooler, &e), "%s", e.message);
    for (size_t i = 0; i < 3; i++) ck_assert_int_eq(pthread_create(&threads[i], NULL, waiter, slugs[i]), 0);
    for (size_t i = 0; i < 3; i++) pthread_join(threads[i], NULL);
    for (int64_t id = 1; id <= 45; id++) kitchen_reaches(id, JOB_PRINTED);
    kitchen_stop();
    ck_assert(kitchen_exists("fria/000015.bin"));
    ck_assert(!kitchen_exists("fria/000016.bin"));
    ck_assert(kitchen_exists("barra/000015.bin"));
    ck_assert(!kitchen_exists("barra/000016.bin"));
    ck_assert_int_ge(changes, 45 * 2); /* each was seen to begin and to end */
    struct db_rows r;
    ck_assert(db_query(kitchen.reader, "SELECT station, min(sequence), max(sequence), count(*) FROM print_job GROUP BY station",
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
        "printer_spooler", kitchen_setup, kitchen_teardown,
        DATA_TESTS(a_ticket_for_a_virtual_printer_becomes_its_bytes_on_disk, tickets_that_wait_at_the_start_are_printed_in_order,
                   a_printer_out_of_paper_is_sent_nothing_until_it_has_some, a_ticket_that_cannot_be_read_fails_alone,
                   tickets_under_way_when_the_server_died_are_in_doubt_and_not_repeated,
                   a_ticket_cut_off_is_in_doubt_and_the_next_one_prints,
                   waiting_tickets_of_an_unreachable_printer_go_to_the_fallback_with_their_mark,
                   a_ticket_of_which_a_byte_went_out_stays_where_it_is,
                   a_ticket_never_moves_to_a_printer_that_is_out_of_reach_too,
                   a_ticket_at_its_fallback_goes_home_when_that_fails_and_loses_the_mark,
                   a_stuck_printer_delays_no_other_and_a_stop_leaves_its_ticket_in_doubt,
                   an_unreachable_printer_gets_its_tickets_when_it_is_back,
                   tickets_of_a_printer_no_longer_configured_go_where_their_station_prints_now,
                   a_printer_with_an_unknown_profile_stops_the_start, three_stations_at_once_lose_and_repeat_nothing));
}
