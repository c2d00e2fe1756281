/* What the core's tests share: a till at Interno, its people and shift, and the core's verbs. */
#include "tests/support/core_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/text.h"
#include "printer/paper.h"

static const char no_pin[] = "$argon2id$v=19$m=16,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA";

/* ---- opening and closing ---- */

void core_fixture_prepare(struct core_fixture *f) {
    const char *faults = "";
    *f = (struct core_fixture){
        .clock = clock_fixed(CORE_NOW), .arena = arena_open(), .console = {.role = ROLE_ADMINISTRATOR, .device = "console"}};
    data_tmp_make(&f->tmp);
    ck_assert_msg(site_load("data/sites/interno.json", f->arena, &f->site, &faults, &f->error), "%s", faults);
    f->site->menu_file = "tests/support/core_menu.json";
}

struct person {
    const char *name;
    enum role role;
    struct staff_id id;
};

static bool add_person(struct act *act, void *self, struct error *e) {
    struct person *p = self;
    return staff_add(act, p->name, p->role, no_pin, &p->id, e);
}

static struct actor person(struct core_fixture *f, const char *name, enum role role) {
    struct person p = {.name = name, .role = role};
    core_ok(f, core_do(f, f->console, add_person, &p));
    return (struct actor){.staff = p.id, .role = role, .device = "till-1"};
}

void core_fixture_start(struct core_fixture *f) {
    struct till_options o = {.site = f->site, .directory = f->tmp.path, .clock = &f->clock};
    ck_assert_msg(till_open(&o, &f->till, &f->error), "%s", f->error.message);
    f->waiter = person(f, "Marlene", ROLE_WAITER);
    f->cashier = person(f, "Caja", ROLE_CASHIER);
    f->manager = person(f, "Gerencia", ROLE_MANAGER);
}

static bool open_shift(struct act *act, void *self, struct error *e) {
    struct core_fixture *f = self;
    return shift_open(act, 200000, &f->shift, e);
}

void core_fixture_open_shift(struct core_fixture *f) {
    core_ok(f, core_do(f, f->cashier, open_shift, f));
}

void core_fixture_open(struct core_fixture *f) {
    core_fixture_prepare(f);
    core_fixture_start(f);
    core_fixture_open_shift(f);
}

void core_fixture_close(struct core_fixture *f) {
    till_close(f->till);
    data_tmp_remove(&f->tmp);
    arena_close(f->arena);
}

bool core_do(struct core_fixture *f, struct actor who, bool (*call)(struct act *act, void *self, struct error *e), void *self) {
    f->error = (struct error){0};
    return till_do(f->till, who, f->arena, call, self, &f->error);
}

/* ---- verbs: each packed for the writer's thread ---- */

struct call {
    struct core_fixture *f;
    struct order_id id, from;
    struct staff_id staff;
    struct line_id line;
    const struct order_new *order;
    const struct order_line_new *lines;
    size_t n;
    int32_t quantity;
    const char *text;
    enum tip_answer answer;
    money amount;
    const struct payment_new *payment;
};

static bool do_open(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return order_open(act, c->order, &c->id, e);
}
static bool do_add(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return order_add_lines(act, c->id, c->lines, c->n, e);
}
static bool do_remove(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return order_remove_line(act, c->id, c->line, e);
}
static bool do_void_line(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return order_void_line(act, c->id, c->line, c->quantity, c->text, e);
}
static bool do_void(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return order_void(act, c->id, c->text, e);
}
static bool do_send(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return order_send(act, c->id, c->text ? &c->text : NULL, c->text ? 1 : 0, &c->f->tickets, &c->f->ticket_count, e);
}
static bool do_tip(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return order_tip(act, c->id, (struct bill_id){0}, c->answer, c->amount, e);
}
static bool do_move(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return order_move(act, c->id, c->text, e);
}
static bool do_merge(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return order_merge(act, c->id, c->from, e);
}
static bool do_transfer(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return order_transfer(act, c->id, c->staff, e);
}
static bool do_pay(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return payment_take(act, c->id, c->payment, &c->f->paid, e);
}

bool core_open(struct core_fixture *f, const struct order_new *in, struct order_id *out) {
    struct call c = {.f = f, .order = in};
    bool ok = core_do(f, f->waiter, do_open, &c);
    *out = c.id;
    return ok;
}
bool core_add(struct core_fixture *f, struct order_id id, const struct order_line_new *lines, size_t n) {
    return core_do(f, f->waiter, do_add, &(struct call){.f = f, .id = id, .lines = lines, .n = n});
}
bool core_remove(struct core_fixture *f, struct order_id id, struct line_id line) {
    return core_do(f, f->waiter, do_remove, &(struct call){.f = f, .id = id, .line = line});
}
bool core_void_line(struct core_fixture *f, struct actor who, struct order_id id, struct line_id line, int32_t quantity,
                    const char *reason) {
    return core_do(f, who, do_void_line, &(struct call){.f = f, .id = id, .line = line, .quantity = quantity, .text = reason});
}
bool core_void(struct core_fixture *f, struct actor who, struct order_id id, const char *reason) {
    return core_do(f, who, do_void, &(struct call){.f = f, .id = id, .text = reason});
}
bool core_send(struct core_fixture *f, struct order_id id) {
    return core_do(f, f->waiter, do_send, &(struct call){.f = f, .id = id});
}
bool core_fire(struct core_fixture *f, struct order_id id, const char *course) {
    return core_do(f, f->waiter, do_send, &(struct call){.f = f, .id = id, .text = course});
}
bool core_tip(struct core_fixture *f, struct order_id id, enum tip_answer answer, money amount) {
    return core_do(f, f->cashier, do_tip, &(struct call){.f = f, .id = id, .answer = answer, .amount = amount});
}
bool core_move(struct core_fixture *f, struct order_id id, const char *table) {
    return core_do(f, f->waiter, do_move, &(struct call){.f = f, .id = id, .text = table});
}
bool core_merge(struct core_fixture *f, struct order_id into, struct order_id from) {
    return core_do(f, f->waiter, do_merge, &(struct call){.f = f, .id = into, .from = from});
}
bool core_transfer(struct core_fixture *f, struct order_id id, struct staff_id staff) {
    return core_do(f, f->waiter, do_transfer, &(struct call){.f = f, .id = id, .staff = staff});
}
bool core_pay(struct core_fixture *f, struct order_id id, const struct payment_new *in) {
    return core_do(f, f->cashier, do_pay, &(struct call){.f = f, .id = id, .payment = in});
}

/* ---- shorter ---- */

struct order_id core_table(struct core_fixture *f, const char *table) {
    struct order_id id;
    core_ok(f, core_open(f, &(struct order_new){.kind = ORDER_TABLE, .table = table, .name = ""}, &id));
    return id;
}

void core_put(struct core_fixture *f, struct order_id id, const char *item, int32_t quantity, const char *note) {
    core_ok(f, core_add(f, id, &(struct order_line_new){.item = item, .quantity = quantity, .note = note}, 1));
}

struct order *core_read(struct core_fixture *f, struct order_id id) {
    struct order *order = NULL;
    struct db *db = db_pool_take(f->till->readers);
    bool ok = order_get(db, f->site, id, f->arena, &order, &f->error);
    db_pool_give(f->till->readers, db);
    core_ok(f, ok);
    return order;
}

struct order_id core_sold(struct core_fixture *f, const char *item, int32_t quantity) {
    struct order_id id = core_table(f, "mesa-1");
    core_put(f, id, item, quantity, "");
    core_ok(f, core_tip(f, id, TIP_DECLINED, 0));
    return id;
}

/* ---- looking ---- */

int64_t core_int(struct core_fixture *f, const char *sql) {
    int64_t value = 0;
    struct db *db = db_pool_take(f->till->readers);
    bool ok = db_get_int(db, sql, DB_NO_ARGS, -1, &value, &f->error);
    db_pool_give(f->till->readers, db);
    core_ok(f, ok);
    return value;
}

const char *core_text(struct core_fixture *f, const char *sql) {
    const char *text = NULL;
    struct db *db = db_pool_take(f->till->readers);
    bool ok = db_get_text(db, sql, DB_NO_ARGS, f->arena, &text, &f->error);
    db_pool_give(f->till->readers, db);
    core_ok(f, ok);
    return text ? text : "";
}

const char *core_state(struct core_fixture *f) {
    return core_text(
        f,
        "SELECT 'orders ' || (SELECT count(*) || '/' || ifnull(sum(version), 0) || '/' || ifnull(sum(tip), 0) FROM orders)"
        " || ' lines ' || (SELECT count(*) || '/' || ifnull(sum(voided), 0) || '/' || ifnull(sum(told), 0) FROM order_line)"
        " || ' options ' || (SELECT count(*) FROM order_line_option)"
        " || ' parts ' || (SELECT count(*) || '/' || ifnull(sum(told), 0) || '/' || ifnull(sum(held), 0) FROM order_part)"
        " || ' voids ' || (SELECT count(*) FROM line_void)"
        " || ' bills ' || (SELECT count(*) || '/' || count(paid_at) FROM bill)"
        " || ' bill_tax ' || (SELECT count(*) FROM bill_tax) || ' bill_line ' || (SELECT count(*) FROM bill_line)"
        " || ' payments ' || (SELECT count(*) FROM payment) || ' documents ' || (SELECT count(*) FROM fiscal_document)"
        " || ' next ' || (SELECT group_concat(next) FROM number_range)"
        " || ' jobs ' || (SELECT count(*) FROM print_job) || ' sequences ' || (SELECT ifnull(sum(last), 0) FROM station_sequence)"
        " || ' journal ' || (SELECT count(*) FROM journal)"
        " || ' stock ' || (SELECT count(*) || '/' || ifnull(sum(remaining), 0) FROM item_availability)"
        " || ' numbers ' || (SELECT ifnull(sum(next_number), 0) FROM shift)");
}

static void leave_picture(struct core_fixture *f, const struct paper *p, const char *name) {
    const char *directory = getenv("COMANDA_TEST_PICTURES");
    struct bytes png;
    if (!directory || !name) return;
    core_ok(f, paper_png(p, f->arena, &png, &f->error));
    FILE *file = fopen(arena_printf(f->arena, "%s/%s.png", directory, name), "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(png.at, 1, png.size, file), png.size);
    ck_assert_int_eq(fclose(file), 0);
}

static const char *paper_of(struct core_fixture *f, struct bytes bytes, const char *printer, const char *name) {
    struct paper *p = NULL;
    const struct printer_profile *profile = profile_find(f->till->profiles, site_find_printer(f->site, printer)->profile);
    core_ok(f, paper_read(bytes, profile, f->arena, &p, &f->error));
    ck_assert_int_eq(p->unknown, 0);
    leave_picture(f, p, name);
    return arena_printf(f->arena, "%s%s", p->drawer_kicks ? "[drawer]\n" : "", paper_text(p, f->arena));
}

static struct bytes bytes_of(struct core_fixture *f, int64_t id, struct job *job) {
    struct bytes bytes = {0};
    struct db *db = db_pool_take(f->till->readers);
    bool ok = job_get(db, id, f->arena, job, &f->error);
    db_pool_give(f->till->readers, db);
    core_ok(f, ok);
    core_ok(f, job_encode(job, f->site, f->till->profiles, f->arena, &bytes, &f->error));
    return bytes;
}

const char *core_paper(struct core_fixture *f, struct job_id id, const char *name) {
    struct job job;
    struct bytes bytes = bytes_of(f, id.v, &job);
    return paper_of(f, bytes, job.printer, name);
}

const char *core_roll(struct core_fixture *f, const char *station, const char *name) {
    struct text_buffer roll = {.arena = f->arena};
    const char *printer = site_find_station(f->site, station)->printer;
    int64_t last = core_int(f, "SELECT ifnull(max(id), 0) FROM print_job");
    for (int64_t id = 1; id <= last; id++) {
        struct job job;
        struct bytes bytes = bytes_of(f, id, &job);
        if (job.station && strcmp(job.station, station) == 0) text_append(&roll, bytes.at, bytes.size);
    }
    return paper_of(f, (struct bytes){.at = (const uint8_t *)roll.bytes, .size = roll.size}, printer, name);
}

const char *core_paper_of(struct core_fixture *f, const struct ticket *t, const char *printer, const char *name) {
    struct bytes bytes;
    const struct printer_profile *profile = profile_find(f->till->profiles, site_find_printer(f->site, printer)->profile);
    core_ok(f, escpos_encode(t, profile, &(struct ticket_marks){0}, f->arena, &bytes, &f->error));
    return paper_of(f, bytes, printer, name);
}
