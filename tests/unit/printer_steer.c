/* Steering: where a station's tickets go, which of them move, what a paused printer takes, and where a ticket falls back to. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "data/migrate.h"
#include "printer/escpos.h"
#include "printer/spooler_states.h"
#include "printer/spooler_worker.h"
#include "printer/steer.h"
#include "tests/support/data_suite.h"
#include "tests/support/data_tmp.h"

static struct data_tmp tmp;
static struct error e;
static struct arena *a;
static struct db *reader;
static struct writer *writer;

/* Two kitchens that stand in for each other, a bar on its own with narrow paper, and the till. */
static const struct site_printer printers[] = {
    {.slug = "cocina", .name = "Cocina", .profile = "epson-tm-t20iii"},
    {.slug = "fria", .name = "Fría", .profile = "epson-tm-t20iii"},
    {.slug = "barra", .name = "Barra", .profile = "pos-58"},
    {.slug = "caja", .name = "Caja", .profile = "epson-tm-t20iii"},
};
static const struct site_station stations[] = {
    {.slug = "caliente", .name = "COCINA CALIENTE", .printer = "cocina", .fallback = "fria"},
    {.slug = "fria", .name = "COCINA FRÍA", .printer = "fria", .fallback = "cocina"},
    {.slug = "barra", .name = "BARRA", .printer = "barra"},
};
static const struct site_station *const caliente = &stations[0], *const barra = &stations[2];
static const struct site site = {
    .stations = stations, .station_count = 3, .printers = printers, .printer_count = 4, .receipt_printer = &printers[3]};

/* The spooler's workers without their threads: what they do in the database is called here. */
static struct worker workers[4];
static struct spooler spooler;

static void setup(void) {
    struct db *db;
    data_tmp_make(&tmp);
    const char *path = data_tmp_join(&tmp, "comanda.db");
    ck_assert_msg(db_open(path, DB_WRITER, &db, &e), "%s", e.message);
    ck_assert_msg(migrate_run(db, path, &e), "%s", e.message);
    ck_assert_msg(
        db_exec(db, "INSERT INTO staff (id, name, role, pin_hash, created_at) VALUES (1, 'Marlene', 'waiter', '$argon2id$x', 1)",
                DB_NO_ARGS, &e),
        "%s", e.message);
    ck_assert_msg(writer_open(db, NULL, &writer, &e), "%s", e.message);
    ck_assert_msg(db_open(path, DB_READER, &reader, &e), "%s", e.message);
    a = arena_open();
    spooler = (struct spooler){.options = {.site = &site, .writer = writer}, .workers = workers, .count = 4, .stop = -1};
    for (size_t i = 0; i < 4; i++) {
        workers[i] = (struct worker){.spooler = &spooler, .printer = &printers[i], .reader = reader, .kick = -1};
        pthread_mutex_init(&workers[i].lock, NULL);
        workers[i].reach = REACH_YES;
    }
}
static void teardown(void) {
    for (size_t i = 0; i < 4; i++) pthread_mutex_destroy(&workers[i].lock);
    arena_close(a);
    db_close(reader);
    writer_close(writer);
    data_tmp_remove(&tmp);
}

/* ---- one call in a transaction of its own ---- */

struct call {
    enum { ADD, PAUSE, RESUME, ROUTE, PLACE_JOB, SQL } what;
    const char *printer, *station, *sql;
    int64_t id, at, staff;
    bool changed;
    struct steer_moved moved;
};
static bool add_ticket(struct db *db, struct call *c, struct error *err) {
    struct ticket *t = ticket_new(a);
    ticket_text(t, (struct ticket_style){0}, "2 POSTA CARTAGENERA");
    struct job_new job = {.kind = c->station ? "kitchen" : "receipt", .printer = c->printer, .station = c->station, .ticket = t};
    if (c->station && !job_next_sequence(db, c->station, &job.sequence, err)) return false;
    return job_add(db, &job, 1000, &c->id, err);
}
static bool run(struct db *db, void *self, struct error *err) {
    struct call *c = self;
    switch (c->what) {
    case ADD:
        return add_ticket(db, c, err);
    case PAUSE:
        return steer_pause(db, c->printer, c->staff, c->at, &c->changed, err);
    case RESUME:
        return steer_resume(db, c->printer, &c->changed, err);
    case ROUTE:
        return steer_route(db, &site, site_find_station(&site, c->station), site_find_printer(&site, c->printer), c->staff, c->at,
                           &c->moved, err);
    case PLACE_JOB:
        return steer_job(db, &site, c->id, &c->printer, err);
    case SQL:
        return db_exec(db, c->sql, DB_NO_ARGS, err);
    }
    return false;
}
static struct call done(struct call c) {
    ck_assert_msg(writer_run(writer, run, &c, &e), "%s", e.message);
    return c;
}
static int64_t add(const char *printer, const char *station) {
    return done((struct call){.what = ADD, .printer = printer, .station = station}).id;
}
static int64_t add_as(const char *printer, const char *station, const char *state) {
    int64_t id = add(printer, station);
    const char *sql = arena_printf(a, "UPDATE print_job SET state = '%s', evidence = 'A' WHERE id = %d", state, (int)id);
    (void)done((struct call){.what = SQL, .sql = sql});
    return id;
}
static struct steer_moved route(const char *station, const char *printer) {
    return done((struct call){.what = ROUTE, .station = station, .printer = printer, .staff = 1, .at = 2000}).moved;
}
static bool pause_it(const char *printer) {
    return done((struct call){.what = PAUSE, .printer = printer, .staff = 1, .at = 2000}).changed;
}
static struct job get(int64_t id) {
    struct job j;
    ck_assert_msg(job_get(reader, id, a, &j, &e), "%s", e.message);
    return j;
}
static struct steer_place place(const struct site_station *station) {
    struct steer_place p;
    ck_assert_msg(steer_place(reader, &site, station, &p, &e), "%s", e.message);
    return p;
}
static struct steering steering(void) {
    struct steering s;
    ck_assert_msg(steering_read(reader, &site, a, &s, &e), "%s", e.message);
    return s;
}
static void stands(int64_t id, const char *printer, const char *mark) {
    const struct job j = get(id);
    ck_assert_str_eq(j.printer, printer);
    ck_assert_pstr_eq(j.marks.fallback_for, mark);
}

/* ---- routes ---- */

START_TEST(a_station_prints_at_home_until_it_is_sent_elsewhere) {
    ck_assert_str_eq(place(caliente).printer, "cocina");
    ck_assert_ptr_null(place(caliente).fallback_for);
    const struct steer_moved m = route("caliente", "barra");
    ck_assert(m.changed);
    ck_assert_str_eq(m.from, "cocina");
    ck_assert_str_eq(place(caliente).printer, "barra");
    ck_assert_str_eq(place(caliente).fallback_for, "COCINA CALIENTE");
    ck_assert_str_eq(place(barra).printer, "barra"); /* the bar itself is at home there */
    ck_assert_ptr_null(place(barra).fallback_for);
}
END_TEST

START_TEST(a_route_takes_along_what_no_byte_of_was_sent_and_nothing_else) {
    int64_t first = add("cocina", "caliente"), fallen = add("fria", "caliente"),
            sending = add_as("cocina", "caliente", "sending"), unknown = add_as("cocina", "caliente", "unknown"),
            printed = add_as("cocina", "caliente", "printed"), cold = add("fria", "fria"), receipt = add("cocina", NULL),
            last = add("cocina", "caliente");
    ck_assert_int_eq(route("caliente", "caja").moved, 3);
    stands(first, "caja", "COCINA CALIENTE");
    stands(fallen, "caja", "COCINA CALIENTE");
    stands(last, "caja", "COCINA CALIENTE");
    stands(sending, "cocina", NULL);
    stands(unknown, "cocina", NULL);
    stands(printed, "cocina", NULL);
    stands(cold, "fria", NULL);
    stands(receipt, "cocina", NULL);
}
END_TEST

START_TEST(going_home_takes_the_waiting_ones_back_without_the_mark) {
    int64_t one = add("cocina", "caliente"), done_there;
    ck_assert_int_eq(route("caliente", "caja").moved, 1);
    done_there = add_as("caja", "caliente", "printed");
    const struct steer_moved m = route("caliente", "cocina");
    ck_assert(m.changed);
    ck_assert_str_eq(m.from, "caja");
    ck_assert_int_eq(m.moved, 1);
    stands(one, "cocina", NULL);
    stands(done_there, "caja", NULL);
    ck_assert_uint_eq(steering().route_count, 0);
    ck_assert(!route("caliente", "cocina").changed); /* to itself: it is there */
}
END_TEST

START_TEST(the_same_route_twice_is_one_route) {
    ck_assert(route("caliente", "caja").changed);
    const struct steer_moved again =
        done((struct call){.what = ROUTE, .station = "caliente", .printer = "caja", .staff = 0, .at = 9000}).moved;
    ck_assert(!again.changed);
    ck_assert_int_eq(again.moved, 0);
    const struct steering s = steering();
    ck_assert_uint_eq(s.route_count, 1);
    ck_assert_int_eq(s.routes[0].at, 2000);
    ck_assert_str_eq(s.routes[0].by, "Marlene");
    ck_assert_str_eq(steering_route(&s, "caliente")->printer, "caja");
    ck_assert_ptr_null(steering_route(&s, "fria"));
    ck_assert(route("caliente", "barra").changed); /* and then to a third */
    ck_assert_str_eq(place(caliente).printer, "barra");
}
END_TEST

START_TEST(what_the_site_no_longer_has_counts_for_nothing) {
    (void)done((struct call){.what = SQL, .sql = "INSERT INTO station_route VALUES ('caliente', 'sold', 1, NULL)"});
    (void)done((struct call){.what = SQL, .sql = "INSERT INTO station_route VALUES ('patio', 'caja', 1, NULL)"});
    (void)done((struct call){.what = SQL, .sql = "INSERT INTO printer_pause VALUES ('sold', 1, NULL)"});
    ck_assert_str_eq(place(caliente).printer, "cocina");
    ck_assert_ptr_null(place(caliente).fallback_for);
    ck_assert_uint_eq(steering().route_count, 0);
    ck_assert_uint_eq(steering().pause_count, 0);
}
END_TEST

static const char *job_place(int64_t id) {
    return done((struct call){.what = PLACE_JOB, .id = id}).printer;
}

START_TEST(a_single_ticket_is_put_where_its_station_prints) {
    int64_t kitchen = add("cocina", "caliente"), printed = add_as("cocina", "caliente", "printed"), receipt = add("barra", NULL),
            lost = add("sold", NULL), stray = add("sold", "caliente");
    (void)done((struct call){.what = SQL, .sql = "INSERT INTO station_route VALUES ('caliente', 'barra', 1, NULL)"});
    ck_assert_str_eq(job_place(kitchen), "barra");
    stands(kitchen, "barra", "COCINA CALIENTE");
    ck_assert_str_eq(job_place(printed), "cocina");
    stands(printed, "cocina", NULL);
    ck_assert_str_eq(job_place(receipt), "barra");
    stands(receipt, "barra", NULL);
    ck_assert_str_eq(job_place(lost), "caja"); /* its printer is gone: where receipts come out */
    stands(lost, "caja", NULL);
    ck_assert_str_eq(job_place(stray), "barra");
    stands(stray, "barra", "COCINA CALIENTE");
}
END_TEST

START_TEST(tickets_of_printers_that_left_the_site_go_at_the_start_where_their_station_was_sent) {
    int64_t stray = add("sold", "caliente"), lost = add("sold", NULL), waits = add("cocina", "fria");
    ck_assert(route("caliente", "barra").changed);
    (void)done((struct call){.what = SQL, .sql = "UPDATE print_job SET printer = 'sold', fallback_for = NULL WHERE id = 1"});
    ck_assert_msg(rows_recover(&spooler, &e), "%s", e.message);
    stands(stray, "barra", "COCINA CALIENTE");
    stands(lost, "caja", NULL);
    stands(waits, "cocina", NULL);
}
END_TEST

/* Forty letters: one line of 48 columns, two of 32. */
START_TEST(a_ticket_that_moves_is_laid_out_for_the_printer_it_comes_to) {
    struct printer_profiles *profiles;
    struct bytes wide, narrow;
    ck_assert_msg(profiles_load(a, &profiles, &e), "%s", e.message);
    int64_t id = add("cocina", "caliente");
    (void)done((struct call){.what = SQL,
                             .sql = "UPDATE print_job SET document = '{\"blocks\":[{\"kind\":\"text\",\"text\":"
                                    "\"ABCDEFGHIJ ABCDEFGHIJ ABCDEFGHIJ ABCDEFG\"}]}'"});
    struct job j = get(id);
    ck_assert_msg(job_encode(&j, &site, profiles, a, &wide, &e), "%s", e.message);
    (void)route("caliente", "barra");
    j = get(id);
    ck_assert_msg(job_encode(&j, &site, profiles, a, &narrow, &e), "%s", e.message);
    ck_assert_ptr_nonnull(memmem(wide.at, wide.size, "ABCDEFGHIJ ABCDEFG\n", 19));
    ck_assert_ptr_null(memmem(narrow.at, narrow.size, "ABCDEFGHIJ ABCDEFG\n", 19));
    ck_assert_ptr_nonnull(memmem(narrow.at, narrow.size, "ABCDEFG\n", 8));
    ck_assert_ptr_nonnull(memmem(narrow.at, narrow.size, "RESPALDO DE COCINA CALIENTE", 27));
    ck_assert_ptr_null(memmem(wide.at, wide.size, "RESPALDO", 8));
}
END_TEST

/* ---- pauses ---- */

START_TEST(a_pause_twice_is_one_and_the_first_counts) {
    bool paused;
    ck_assert(pause_it("cocina"));
    ck_assert(!done((struct call){.what = PAUSE, .printer = "cocina", .staff = 0, .at = 9000}).changed);
    struct steering s = steering();
    ck_assert_uint_eq(s.pause_count, 1);
    ck_assert_int_eq(steering_pause(&s, "cocina")->at, 2000);
    ck_assert_str_eq(steering_pause(&s, "cocina")->by, "Marlene");
    ck_assert_ptr_null(steering_pause(&s, "fria"));
    ck_assert(steer_paused(reader, "cocina", &paused, &e) && paused);
    ck_assert(steer_paused(reader, "fria", &paused, &e) && !paused);
    ck_assert(done((struct call){.what = RESUME, .printer = "cocina"}).changed);
    ck_assert(!done((struct call){.what = RESUME, .printer = "cocina"}).changed);
    ck_assert_uint_eq(steering().pause_count, 0);
    ck_assert(done((struct call){.what = PAUSE, .printer = "cocina", .at = 9000}).changed);
    ck_assert_ptr_null(steering().pauses[0].by); /* the console */
}
END_TEST

static int64_t next(size_t i) {
    int64_t id;
    ck_assert_msg(rows_next(&workers[i], &id, &e), "%s", e.message);
    return id;
}
static bool begins(size_t i, int64_t id) {
    const struct job_move m = {.id = id, .from = JOB_QUEUED, .to = JOB_SENDING};
    bool moved;
    ck_assert_msg(rows_move(&workers[i], &m, 1, &moved, &e), "%s", e.message);
    return moved;
}

START_TEST(a_paused_printer_takes_no_ticket_and_every_other_does) {
    int64_t one = add("cocina", "caliente"), cold = add("fria", "fria");
    ck_assert_int_eq(next(0), one);
    (void)pause_it("cocina");
    ck_assert_int_eq(next(0), 0);
    ck_assert_int_eq(next(1), cold);
    (void)done((struct call){.what = RESUME, .printer = "cocina"});
    ck_assert_int_eq(next(0), one);
}
END_TEST

START_TEST(a_ticket_found_just_before_the_pause_is_not_begun) {
    int64_t one = add("cocina", "caliente");
    ck_assert_int_eq(next(0), one);
    (void)pause_it("cocina");
    ck_assert(!begins(0, one));
    ck_assert_int_eq(get(one).state, JOB_QUEUED);
    (void)done((struct call){.what = RESUME, .printer = "cocina"});
    ck_assert(begins(0, one));
}
END_TEST

START_TEST(what_is_being_sent_when_the_pause_comes_is_finished) {
    int64_t one = add("cocina", "caliente");
    bool moved;
    ck_assert(begins(0, one));
    (void)pause_it("cocina");
    const struct job_move rest[2] = {{.id = one, .from = JOB_SENDING, .to = JOB_SENT},
                                     {.id = one, .from = JOB_SENT, .to = JOB_PRINTED, .evidence = "A", .now = 3000}};
    ck_assert_msg(rows_move(&workers[0], rest, 2, &moved, &e), "%s", e.message);
    ck_assert(moved);
    ck_assert_int_eq(get(one).state, JOB_PRINTED);
}
END_TEST

START_TEST(a_ticket_found_just_before_it_was_sent_elsewhere_is_begun_there_only) {
    int64_t one = add("cocina", "caliente");
    ck_assert_int_eq(next(0), one);
    ck_assert_int_eq(route("caliente", "caja").moved, 1);
    ck_assert(!begins(0, one));
    ck_assert_int_eq(next(3), one);
    ck_assert(begins(3, one));
    ck_assert(!begins(0, one));
}
END_TEST

/* ---- falling back, steered ---- */

static int64_t falls(size_t from) {
    int64_t n;
    ck_assert_msg(rows_fall_back(&workers[from], &n, &e), "%s", e.message);
    return n;
}

START_TEST(nothing_falls_back_from_a_paused_printer) {
    int64_t one = add("cocina", "caliente");
    workers[0].reach = REACH_NO;
    (void)pause_it("cocina");
    ck_assert_int_eq(falls(0), 0);
    stands(one, "cocina", NULL);
    (void)done((struct call){.what = RESUME, .printer = "cocina"});
    ck_assert_int_eq(falls(0), 1);
    stands(one, "fria", "COCINA CALIENTE");
}
END_TEST

START_TEST(nothing_falls_back_to_a_paused_printer) {
    int64_t one = add("cocina", "caliente");
    workers[0].reach = REACH_NO;
    (void)pause_it("fria");
    ck_assert_int_eq(falls(0), 0);
    stands(one, "cocina", NULL);
}
END_TEST

START_TEST(a_routed_station_falls_back_from_where_it_was_sent_and_not_to_where_it_was_sent_from) {
    (void)route("caliente", "barra");
    int64_t one = add("barra", "caliente"), left = add("cocina", "caliente"), bar = add("barra", "barra");
    workers[2].reach = REACH_NO;
    ck_assert_int_eq(falls(2), 1);
    stands(one, "fria", "COCINA CALIENTE"); /* its fallback comes before its home, which a person gave up */
    stands(bar, "barra", NULL);             /* the bar has no other */
    workers[2].reach = REACH_YES;
    workers[0].reach = REACH_NO;
    ck_assert_int_eq(falls(0), 1); /* one that came back unsent after the route */
    stands(left, "barra", "COCINA CALIENTE");
    workers[2].reach = workers[1].reach = REACH_NO;
    workers[0].reach = REACH_YES;
    ck_assert_int_eq(falls(1), 1);
    stands(one, "cocina", NULL); /* nothing else works: home, and no mark */
}
END_TEST

int main(void) {
    return data_suite_run(
        "printer_steer", setup, teardown,
        DATA_TESTS(a_station_prints_at_home_until_it_is_sent_elsewhere,
                   a_route_takes_along_what_no_byte_of_was_sent_and_nothing_else,
                   going_home_takes_the_waiting_ones_back_without_the_mark, the_same_route_twice_is_one_route,
                   what_the_site_no_longer_has_counts_for_nothing, a_single_ticket_is_put_where_its_station_prints,
                   tickets_of_printers_that_left_the_site_go_at_the_start_where_their_station_was_sent,
                   a_ticket_that_moves_is_laid_out_for_the_printer_it_comes_to, a_pause_twice_is_one_and_the_first_counts,
                   a_paused_printer_takes_no_ticket_and_every_other_does, a_ticket_found_just_before_the_pause_is_not_begun,
                   what_is_being_sent_when_the_pause_comes_is_finished,
                   a_ticket_found_just_before_it_was_sent_elsewhere_is_begun_there_only, nothing_falls_back_from_a_paused_printer,
                   nothing_falls_back_to_a_paused_printer,
                   a_routed_station_falls_back_from_where_it_was_sent_and_not_to_where_it_was_sent_from));
}
