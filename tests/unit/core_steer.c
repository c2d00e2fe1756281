/* Steering paper: who pauses a printer and sends a station's tickets elsewhere, what the kitchen then gets, what is told and
 * written, and that it outlives a restart. */
#include <string.h>
#include <unistd.h>

#include "data/text.h"
#include "pos/core/paper.h"
#include "tests/support/core_fixture.h"

static struct core_fixture f;
static struct event told[64];
static size_t told_count;

static void hear(void *self, const struct event *events, size_t count) {
    (void)self;
    for (size_t i = 0; i < count && told_count < 64; i++) told[told_count++] = events[i];
}
static void setup(void) {
    core_fixture_open(&f);
    told_count = 0;
    till_listen(f.till, hear, NULL);
}
static void teardown(void) {
    core_fixture_close(&f);
}

/* ---- the acts ---- */

struct call {
    const char *printer, *station;
    struct paper_routed routed;
    struct job_id job;
};
static bool do_pause(struct act *act, void *self, struct error *e) {
    return paper_pause(act, ((struct call *)self)->printer, e);
}
static bool do_resume(struct act *act, void *self, struct error *e) {
    return paper_resume(act, ((struct call *)self)->printer, e);
}
static bool do_route(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return paper_route(act, c->station, c->printer, &c->routed, e);
}
static bool do_test(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return paper_test_page(act, c->printer, &c->job, e);
}
static bool do_reprint(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    struct job_id copy;
    bool ok = paper_reprint(act, c->job, &copy, e);
    c->job = copy;
    return ok;
}
static bool do_resolve(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    struct job_id copy;
    bool ok = paper_resolve(act, c->job, false, &copy, e);
    c->job = copy;
    return ok;
}
static bool do_sql(struct act *act, void *self, struct error *e) {
    return db_exec(act->db, self, DB_NO_ARGS, e);
}

static bool pause_it(const char *printer) {
    return core_do(&f, f.waiter, do_pause, &(struct call){.printer = printer});
}
static bool resume(const char *printer) {
    return core_do(&f, f.cashier, do_resume, &(struct call){.printer = printer});
}
static bool route(const char *station, const char *printer, struct paper_routed *out) {
    struct call c = {.station = station, .printer = printer};
    bool ok = core_do(&f, f.waiter, do_route, &c);
    if (out) *out = c.routed;
    return ok;
}
static void sql(char *text) {
    core_ok(&f, core_do(&f, f.console, do_sql, text));
}

/* An order of one POSTA, sent: its ticket. */
static struct job_id posta_sent(const char *table) {
    struct order_id id = core_table(&f, table);
    core_put(&f, id, "posta", 1, "");
    core_ok(&f, core_send(&f, id));
    return f.tickets[0].job;
}
static struct job look(struct job_id id) {
    struct job j;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = job_get(db, id.v, f.arena, &j, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    return j;
}
/* Kinds and details of the journal from the first act of paper on. */
static const char *entries(void) {
    const char *text = core_text(
        &f, "SELECT group_concat(j.kind || ' ' || j.detail || ' ' || s.name, char(10)) FROM (SELECT * FROM journal WHERE kind IN"
            " ('printer_paused', 'printer_resumed', 'station_routed', 'station_home') ORDER BY seq) j JOIN staff s ON s.id ="
            " j.staff_id");
    return text ? text : "";
}
static bool heard(enum event_kind kind, const char *slug) {
    for (size_t i = 0; i < told_count; i++)
        if (told[i].kind == kind && strcmp(told[i].slug, slug) == 0) return true;
    return false;
}

/* ---- pausing ---- */

START_TEST(a_pause_is_told_and_written_once_and_so_is_its_end) {
    core_ok(&f, pause_it("cocina"));
    ck_assert(heard(EVENT_PRINTER, "cocina"));
    told_count = 0;
    core_ok(&f, pause_it("cocina"));
    ck_assert_uint_eq(told_count, 0);
    core_ok(&f, resume("cocina"));
    ck_assert(heard(EVENT_PRINTER, "cocina"));
    core_ok(&f, resume("cocina"));
    ck_assert_str_eq(entries(), "printer_paused {\"printer\":\"cocina\"} Marlene\nprinter_resumed {\"printer\":\"cocina\"} Caja");
}
END_TEST

START_TEST(what_the_site_does_not_have_cannot_be_steered) {
    core_refused(&f, "printer_unknown", pause_it("patio"));
    core_refused(&f, "printer_unknown", resume("patio"));
    core_refused(&f, "station_unknown", route("patio", "caja", NULL));
    core_refused(&f, "printer_unknown", route("barra", "patio", NULL));
    ck_assert_str_eq(f.error.field, "printer");
    ck_assert_int_eq(f.error.kind, ERROR_NOT_FOUND);
    ck_assert_str_eq(entries(), "");
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM printer_pause") + core_int(&f, "SELECT count(*) FROM station_route"), 0);
}
END_TEST

/* ---- routing ---- */

START_TEST(new_tickets_of_a_routed_station_go_there_headed_respaldo) {
    struct paper_routed routed;
    core_ok(&f, route("cocina-caliente", "caja", &routed));
    ck_assert_str_eq(routed.station->slug, "cocina-caliente");
    ck_assert_str_eq(routed.printer->slug, "caja");
    ck_assert_int_eq(routed.moved, 0);
    ck_assert(heard(EVENT_PRINTER, "cocina") && heard(EVENT_PRINTER, "caja"));
    told_count = 0;
    struct job_id job = posta_sent("mesa-1");
    ck_assert(heard(EVENT_PRINT_JOB, "caja"));
    ck_assert_str_eq(look(job).printer, "caja");
    ck_assert_str_eq(look(job).station, "cocina-caliente");
    ck_assert_int_eq(look(job).sequence, 1);
    data_has(core_paper(&f, job, "kitchen-routed"), "RESPALDO DE COCINA CALIENTE");
    core_ok(&f, route("cocina-caliente", NULL, &routed));
    ck_assert_str_eq(routed.printer->slug, "cocina");
    ck_assert_int_eq(routed.moved, 1);
    ck_assert_str_eq(look(job).printer, "cocina");
    data_lacks(core_paper(&f, job, "kitchen-home"), "RESPALDO");
    ck_assert_int_eq(look(posta_sent("mesa-2")).sequence, 2); /* its own numbers go on, wherever it prints */
    ck_assert_str_eq(look(f.tickets[0].job).printer, "cocina");
}
END_TEST

START_TEST(waiting_tickets_go_along_at_once_and_every_screen_hears_of_them) {
    struct job_id waits = posta_sent("mesa-1"), printed = posta_sent("mesa-2");
    struct paper_routed routed;
    sql("UPDATE print_job SET state = 'printed', evidence = 'A' WHERE id = 2");
    told_count = 0;
    core_ok(&f, route("cocina-caliente", "barra", &routed));
    ck_assert_int_eq(routed.moved, 1);
    ck_assert_str_eq(look(waits).printer, "barra");
    ck_assert_str_eq(look(printed).printer, "cocina");
    ck_assert(heard(EVENT_PRINT_JOB, ""));
    ck_assert_str_eq(entries(),
                     "station_routed {\"station\":\"cocina-caliente\",\"from\":\"cocina\",\"to\":\"barra\",\"moved\":1} Marlene");
}
END_TEST

START_TEST(routing_a_station_to_its_own_printer_is_going_home) {
    struct paper_routed routed;
    core_ok(&f, route("barra", "barra", &routed));
    ck_assert_str_eq(routed.printer->slug, "barra");
    ck_assert_str_eq(entries(), ""); /* it was there */
    core_ok(&f, route("barra", "caja", NULL));
    core_ok(&f, route("barra", "caja", NULL)); /* the same again */
    core_ok(&f, route("barra", "barra", NULL));
    core_ok(&f, route("barra", NULL, NULL));
    ck_assert_str_eq(entries(), "station_routed {\"station\":\"barra\",\"from\":\"barra\",\"to\":\"caja\",\"moved\":0} Marlene\n"
                                "station_home {\"station\":\"barra\",\"from\":\"caja\",\"to\":\"barra\",\"moved\":0} Marlene");
}
END_TEST

START_TEST(a_repetition_goes_where_the_station_prints_now) {
    struct call c = {.job = posta_sent("mesa-1")}, doubt = {.job = posta_sent("mesa-2")};
    sql("UPDATE print_job SET state = 'printed', evidence = 'A' WHERE id = 1");
    sql("UPDATE print_job SET state = 'unknown' WHERE id = 2");
    core_ok(&f, route("cocina-caliente", "fria", NULL));
    told_count = 0;
    core_ok(&f, core_do(&f, f.waiter, do_reprint, &c));
    ck_assert(heard(EVENT_PRINT_JOB, "fria"));
    ck_assert_str_eq(look(c.job).printer, "fria");
    ck_assert_str_eq(look(c.job).marks.fallback_for, "COCINA CALIENTE");
    ck_assert(look(c.job).marks.copy);
    core_ok(&f, core_do(&f, f.waiter, do_resolve, &doubt));
    ck_assert_str_eq(look(doubt.job).printer, "fria");
    ck_assert_int_eq(look(doubt.job).marks.duplicate, 1);
    data_has(core_paper(&f, doubt.job, "kitchen-routed-duplicate"), "RESPALDO DE COCINA CALIENTE");
    core_ok(&f, route("cocina-caliente", NULL, NULL));
    c.job = (struct job_id){1};
    core_ok(&f, core_do(&f, f.waiter, do_reprint, &c));
    ck_assert_str_eq(look(c.job).printer, "cocina");
    ck_assert_ptr_null(look(c.job).marks.fallback_for);
}
END_TEST

START_TEST(the_notice_of_a_move_follows_the_route_too) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "posta", 1, "");
    core_ok(&f, core_send(&f, id));
    core_ok(&f, route("cocina-caliente", "fria", NULL));
    core_ok(&f, core_move(&f, id, "mesa-3"));
    ck_assert_str_eq(core_text(&f, "SELECT printer || ' ' || fallback_for FROM print_job ORDER BY id DESC LIMIT 1"),
                     "fria COCINA CALIENTE");
}
END_TEST

/* ---- over a restart, with the printers running ---- */

static void start_again(bool print) {
    struct till_options o = {.site = f.site, .directory = f.tmp.path, .clock = &f.clock, .print = print};
    till_close(f.till);
    f.till = NULL;
    ck_assert_msg(till_open(&o, &f.till, &f.error), "%s", f.error.message);
}
static struct job reaches(struct job_id id, enum job_state want) {
    for (int i = 0; i < 20000 && look(id).state != want; i++) usleep(1000);
    ck_assert_str_eq(job_state_names[look(id).state], job_state_names[want]);
    return look(id);
}

START_TEST(a_pause_and_a_route_outlive_a_restart_and_a_resumed_printer_prints) {
    struct call page = {.printer = "cocina"}, other = {.printer = "fria"};
    struct job_id kitchen = posta_sent("mesa-1"), bar;
    struct order_id id = core_table(&f, "mesa-2");
    core_ok(&f, pause_it("cocina"));
    core_ok(&f, route("barra", "fria", NULL));
    start_again(true);
    core_put(&f, id, "limonada", 1, "");
    core_ok(&f, core_send(&f, id));
    bar = f.tickets[0].job;
    core_ok(&f, core_do(&f, f.waiter, do_test, &page));
    ck_assert_str_eq(reaches(bar, JOB_PRINTED).printer, "fria");
    ck_assert_str_eq(look(bar).marks.fallback_for, "BARRA");
    for (int i = 0; i < 20; i++) { /* many tickets later at another printer … */
        core_ok(&f, core_do(&f, f.waiter, do_test, &other));
        (void)reaches(other.job, JOB_PRINTED);
    }
    ck_assert_int_eq(look(kitchen).state, JOB_QUEUED); /* … it still waits, and the test page behind it */
    ck_assert_int_eq(look(page.job).state, JOB_QUEUED);
    core_ok(&f, resume("cocina"));
    ck_assert_str_eq(reaches(kitchen, JOB_PRINTED).printer, "cocina");
    (void)reaches(page.job, JOB_PRINTED);
    ck_assert_int_le(core_int(&f, "SELECT printed_at FROM print_job WHERE id = 1"), look(page.job).printed_at);
    start_again(false);
    core_ok(&f, route("barra", NULL, NULL));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM station_route"), 0);
}
END_TEST

int main(void) {
    return data_suite_run("core_steer", setup, teardown,
                          DATA_TESTS(a_pause_is_told_and_written_once_and_so_is_its_end,
                                     what_the_site_does_not_have_cannot_be_steered,
                                     new_tickets_of_a_routed_station_go_there_headed_respaldo,
                                     waiting_tickets_go_along_at_once_and_every_screen_hears_of_them,
                                     routing_a_station_to_its_own_printer_is_going_home,
                                     a_repetition_goes_where_the_station_prints_now, the_notice_of_a_move_follows_the_route_too,
                                     a_pause_and_a_route_outlive_a_restart_and_a_resumed_printer_prints));
}
