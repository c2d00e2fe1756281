/* Every document that the till prints, made by its real act and held against what it looked like when a person last looked: as
 * text, bytes and dots, on paper of 48, 42 and 32 columns (tests/golden/documents). One row of the table is one document. */
#include "tests/support/core_documents.h"

#include <inttypes.h>
#include <stdlib.h>

#include "pos/core/paper.h"
#include "pos/core/precuenta.h"
#include "tests/support/core_checks.h"
#include "tests/support/core_refunding.h"

static struct core_fixture f;

/* ---- acts ---- */

struct call {
    struct order_id order;
    struct job_id job;
};
static bool do_precuenta(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return precuenta_print(act, c->order, (struct bill_id){0}, &c->job, e);
}
static bool do_cash_out(struct act *act, void *self, struct error *e) {
    int64_t movement;
    (void)self;
    return shift_cash(act, f.shift, CASH_OUT, 18500, "Hielo para la barra y dos bolsas de limón que hacían falta", &movement, e);
}
static bool do_tips(struct act *act, void *self, struct error *e) {
    int64_t movement;
    (void)self;
    return shift_cash(act, f.shift, CASH_TIP_PAYOUT, 9000, "Propinas de la mesa 12", &movement, e);
}
static bool do_drawer(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return shift_open_drawer(act, f.shift, "Cambiar un billete de cien mil a la vecina del local de al lado", &c->job, e);
}
static bool do_x(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return shift_print_x(act, f.shift, &c->job, e);
}
static bool do_close(struct act *act, void *self, struct error *e) {
    static const struct shift_count_row count[] = {{100000, 3}, {50000, 2}, {20000, 2}, {2000, 1}, {500, 1}, {200, 3}};
    struct call *c = self;
    struct shift_closed closed;
    bool ok =
        shift_close(act, f.shift, &(struct shift_close_in){.count = count, .rows = 6, .carry_open_orders = true}, &closed, e);
    c->job = closed.job;
    return ok;
}
static bool do_test_page(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return paper_test_page(act, "caja", &c->job, e);
}
static bool do_route(struct act *act, void *self, struct error *e) {
    struct paper_routed routed;
    (void)self;
    return paper_route(act, "cocina-fria", "cocina", &routed, e);
}
static bool do_reprint(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    struct job_id first = c->job;
    return db_exec(act->db, "UPDATE print_job SET state = 'unknown' WHERE id = ?", DB_ARGS(db_int(first.v)), e) &&
           paper_resolve(act, first, false, &c->job, e);
}

static struct job_id done(struct actor who, bool (*call)(struct act *act, void *self, struct error *e), struct call c) {
    core_ok(&f, core_do(&f, who, call, &c));
    return c.job;
}
static struct job_id newest(const char *kind) {
    return (struct job_id){core_int(&f, arena_printf(f.arena, "SELECT max(id) FROM print_job WHERE kind = '%s'", kind))};
}
static struct job_id newest_at(const char *station) {
    return (struct job_id){core_int(&f, arena_printf(f.arena, "SELECT max(id) FROM print_job WHERE station = '%s'", station))};
}

/* ---- orders ---- */

static void put(struct order_id id, struct order_line_new line, const char *const *options, size_t n) {
    struct menu_pick picks[4];
    for (size_t i = 0; i < n; i++) picks[i] = (struct menu_pick){.option = options[i], .quantity = 1};
    line.picks = picks;
    line.pick_count = n;
    if (!line.note) line.note = "";
    core_ok(&f, core_add(&f, id, &line, 1));
}

static struct order_id table_for(const char *table, int32_t covers) {
    struct order_id id;
    core_ok(&f, core_open(&f, &(struct order_new){.kind = ORDER_TABLE, .table = table, .name = "", .covers = covers}, &id));
    return id;
}

/* Four people, two courses at the hot kitchen, everything that a cook must see. */
static struct order_id dinner(void) {
    static const char *const changes[] = {"sin-cebolla", "salsa-aparte"}, *const cold[] = {"sin-hielo"};
    struct order_id id = table_for("mesa-12", 4);
    put(id, (struct order_line_new){.item = "mote", .quantity = 1, .seat = 1}, NULL, 0);
    put(id, (struct order_line_new){.item = "ceviche", .quantity = 2}, NULL, 0);
    put(id, (struct order_line_new){.item = "posta", .quantity = 2, .note = "término medio", .seat = 2}, changes, 2);
    put(id, (struct order_line_new){.item = "posta", .quantity = 1, .seat = 3}, NULL, 0);
    put(id, (struct order_line_new){.item = "caldoso", .quantity = 1, .note = "alergia: camarón", .seat = 4}, NULL, 0);
    put(id, (struct order_line_new){.item = "limonada", .quantity = 3}, NULL, 0);
    put(id, (struct order_line_new){.item = "limonada", .quantity = 1}, cold, 1);
    return id;
}

static struct order_id sent_dinner(void) {
    struct order_id id = dinner();
    core_ok(&f, core_send(&f, id));
    f.clock.fixed += 7 * 60 * 1000;
    return id;
}

static void pay_cash(struct order_id id, money tendered) {
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "efectivo", .tendered = tendered}));
}

/* ---- the kitchen's ---- */

static struct job_id kitchen(void) {
    sent_dinner();
    return newest_at("cocina-caliente");
}

static struct job_id kitchen_changes(void) {
    struct order_id id = sent_dinner();
    core_ok(&f, core_void_line(&f, f.manager, id, refunding_line(&f, id, 2), 1, "Error al marcar"));
    core_ok(&f, core_void_line(&f, f.manager, id, refunding_line(&f, id, 0), 1, "Producto agotado"));
    put(id, (struct order_line_new){.item = "posta", .quantity = 2}, NULL, 0);
    put(id, (struct order_line_new){.item = "caldoso", .quantity = 1, .seat = 1}, NULL, 0);
    core_ok(&f, core_send(&f, id));
    return newest_at("cocina-caliente");
}

static struct job_id kitchen_void(void) {
    core_ok(&f, core_void(&f, f.manager, sent_dinner(), "El cliente cambió de opinión"));
    return newest_at("cocina-caliente");
}

static struct job_id kitchen_move(void) {
    core_ok(&f, core_move(&f, sent_dinner(), "mesa-3"));
    return newest_at("cocina-caliente");
}

static struct job_id kitchen_merge(void) {
    struct order_id id = sent_dinner(), into = table_for("mesa-11", 2);
    put(into, (struct order_line_new){.item = "caldoso", .quantity = 2}, NULL, 0);
    core_ok(&f, core_send(&f, into));
    core_ok(&f, core_merge(&f, into, id));
    return newest_at("cocina-caliente");
}

/* The main course waits until it is fired. */
static struct job_id kitchen_course(void) {
    struct order_id id = table_for("mesa-12", 4);
    put(id, (struct order_line_new){.item = "mote", .quantity = 2}, NULL, 0);
    put(id, (struct order_line_new){.item = "posta", .quantity = 3, .hold = true}, NULL, 0);
    put(id, (struct order_line_new){.item = "caldoso", .quantity = 1, .hold = true}, NULL, 0);
    core_ok(&f, core_send(&f, id));
    f.clock.fixed += 18 * 60 * 1000;
    core_ok(&f, core_fire(&f, id, "fuerte"));
    return newest_at("cocina-caliente");
}

static struct job_id kitchen_takeaway(void) {
    struct order_id id;
    core_ok(&f, core_open(&f, &(struct order_new){.kind = ORDER_TAKEAWAY, .table = NULL, .name = "Rosa Elvira"}, &id));
    put(id, (struct order_line_new){.item = "mote", .quantity = 1}, NULL, 0);
    put(id, (struct order_line_new){.item = "posta", .quantity = 1, .note = "empacar la ensalada aparte, sin aderezo"}, NULL, 0);
    core_ok(&f, core_send(&f, id));
    return newest_at("cocina-caliente");
}

/* In doubt, and not at its own printer. */
static struct job_id kitchen_duplicate(void) {
    core_ok(&f, core_do(&f, f.waiter, do_route, NULL));
    sent_dinner();
    return done(f.waiter, do_reprint, (struct call){.job = newest_at("cocina-fria")});
}

/* ---- the guest's ---- */

/* Three taxes, an option, two dishes alike, a discount. */
static struct order_id full_bill(void) {
    static const char *const changes[] = {"sin-cebolla"};
    struct order_id id = table_for("mesa-12", 2);
    core_put(&f, id, "mote", 1, "");
    put(id, (struct order_line_new){.item = "posta", .quantity = 2}, changes, 1);
    core_put(&f, id, "limonada", 2, "");
    core_put(&f, id, "camiseta", 1, "");
    core_put(&f, id, "libro", 1, "");
    core_ok(&f, core_send(&f, id));
    refunding_off(&f, id, 1000, 0, false);
    return id;
}

static struct job_id precuenta(void) {
    return done(f.waiter, do_precuenta, (struct call){.order = full_bill()});
}

static struct job_id receipt(void) {
    struct order_id id = full_bill();
    core_ok(&f, core_tip(&f, id, TIP_SET, 20000));
    pay_cash(id, 250000);
    return f.paid.receipt;
}

static struct job_id receipt_split(void) {
    struct order_id id = full_bill();
    core_ok(&f, core_tip(&f, id, TIP_SET, 20000));
    refunding_split_ways(&f, id, 3);
    refunding_pay(&f, id, refunding_check(&f, id, 0), "nequi");
    core_ok(&f,
            core_pay(&f, id, &(struct payment_new){.bill = refunding_check(&f, id, 1), .means = "efectivo", .tendered = 150000}));
    return f.paid.receipt;
}

/* Over the limit of a POS document: the buyer is named. */
static struct job_id receipt_buyer(void) {
    static const char ana[] =
        "{\"name\": \"Ana Lucía Díaz de la Espriella\", \"document\": \"52.111.222\", \"document_type\": \"CC\"}";
    struct json buyer;
    core_ok(&f, json_parse(f.arena, ana, strlen(ana), &buyer, &f.error));
    struct order_id id = table_for("mesa-10", 8);
    core_put(&f, id, "caldoso", 6, "");
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "credito", .reference = "778899", .buyer = &buyer}));
    return f.paid.receipt;
}

static struct job_id refund(void) {
    struct order_id id = full_bill();
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    pay_cash(id, 0);
    f.clock.fixed += 3600000;
    struct bill_pick one = {.line = refunding_line(&f, id, 1).v, .quantity = 1};
    struct refund_new back = {.picks = &one, .pick_count = 1, .reason = "La posta llegó fría y la mesa no la quiso"};
    core_ok(&f, refunding_as(&f, refunding_approved(&f), id, &back));
    return newest("refund");
}

/* ---- the house's ---- */

static struct job_id cash_out(void) {
    core_ok(&f, core_do(&f, f.cashier, do_cash_out, NULL));
    return newest("cash_movement");
}

static struct job_id drawer(void) {
    return done(core_approved(f.cashier, f.manager), do_drawer, (struct call){0});
}

/* A shift with a bit of everything. */
static void day(void) {
    receipt();
    refunding_pay(&f, core_sold(&f, "vino", 2), (struct bill_id){0}, "nequi");
    struct order_id id = core_sold(&f, "caldoso", 2);
    pay_cash(id, 120000);
    core_ok(&f, refunding_some(&f, id, refunding_line(&f, id, 0), 1));
    core_ok(&f, core_do(&f, f.cashier, do_cash_out, NULL));
    core_ok(&f, core_do(&f, f.cashier, do_tips, NULL));
    done(f.cashier, do_drawer, (struct call){0});
    f.clock.fixed += 2 * 3600000;
}

static struct job_id x_report(void) {
    day();
    return done(f.manager, do_x, (struct call){0});
}

static struct job_id z_report(void) {
    day();
    return done(f.manager, do_close, (struct call){0});
}

static struct job_id test_page(void) {
    return done(f.manager, do_test_page, (struct call){0});
}

/* ---- the table ---- */

static const struct document {
    const char *name;
    struct job_id (*make)(void);
} documents[] = {
    {"kitchen", kitchen},
    {"kitchen-changes", kitchen_changes},
    {"kitchen-void", kitchen_void},
    {"kitchen-move", kitchen_move},
    {"kitchen-merge", kitchen_merge},
    {"kitchen-course", kitchen_course},
    {"kitchen-takeaway", kitchen_takeaway},
    {"kitchen-duplicate", kitchen_duplicate},
    {"precuenta", precuenta},
    {"receipt", receipt},
    {"receipt-split", receipt_split},
    {"receipt-buyer", receipt_buyer},
    {"refund", refund},
    {"cash-out", cash_out},
    {"drawer", drawer},
    {"x-report", x_report},
    {"z-report", z_report},
    {"test-page", test_page},
};
enum { DOCUMENTS = sizeof documents / sizeof *documents };

START_TEST(a_document_is_as_it_was_looked_at_on_every_paper) {
    const struct document *d = &documents[_i / DOCUMENT_WIDTHS];
    documents_open(&f, _i % DOCUMENT_WIDTHS);
    documents_check(&f, d->make(), d->name);
    core_fixture_close(&f);
}
END_TEST

int main(void) {
    Suite *suite = suite_create("core_documents");
    TCase *c = tcase_create("core_documents");
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, a_document_is_as_it_was_looked_at_on_every_paper, 0, DOCUMENTS * DOCUMENT_WIDTHS);
    suite_add_tcase(suite, c);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
