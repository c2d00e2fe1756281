/* The journal's kinds: every act of the core is driven once, and what it leaves is what the list of kinds says, no more and no
 * less; openapi.yaml says the same. */
#include <stdio.h>
#include <string.h>

#include "pos/core/journal.h"
#include "pos/core/paper.h"
#include "pos/core/precuenta.h"
#include "pos/core/stock.h"
#include "tests/support/core_checks.h"
#include "tests/support/core_refunding.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_prepare(&f);
    f.site->precuenta = true;
    core_fixture_start(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

/* ---- the acts ---- */

struct call {
    struct staff_id id;
    struct staff_change change;
    struct pin_try attempt;
    char token[SESSION_TOKEN_TEXT];
    const char *text;
    enum cash_kind cash;
    struct job_id job;
    bool printed;
    int64_t number;
};
static bool do_change(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return staff_update(act, c->id, &c->change, e);
}
static bool do_wrong_pin(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return pin_attempt(act, &c->attempt, e) && pin_mistaken(act, &c->attempt, e);
}
static bool do_sign_in(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return session_open(act, c->id, "till-1", c->token, &c->number, e);
}
static bool do_sign_out(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return session_close(act, c->token, e);
}
static bool do_stock(struct act *act, void *self, struct error *e) {
    (void)self;
    return stock_set(act, "torta", (struct menu_availability){.available = true, .remaining = 4}, e);
}
static bool do_cash(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return shift_cash(act, f.shift, c->cash, 5000, c->text, &c->number, e);
}
static bool do_drawer(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return shift_open_drawer(act, f.shift, "Cambiar un billete", &c->job, e);
}
static bool do_x(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return shift_print_x(act, f.shift, &c->job, e);
}
static bool do_precuenta(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return precuenta_print(act, (struct order_id){c->number}, (struct bill_id){0}, &c->job, e);
}
static bool do_reprint(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    struct job_id copy;
    return db_exec(act->db, "UPDATE print_job SET state = 'printed', evidence = 'A' WHERE id = ?", DB_ARGS(db_int(c->job.v)),
                   e) &&
           paper_reprint(act, c->job, &copy, e);
}
static bool do_resolve(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    struct job_id copy;
    return db_exec(act->db, "UPDATE print_job SET state = 'unknown' WHERE id = ?", DB_ARGS(db_int(c->job.v)), e) &&
           paper_resolve(act, c->job, c->printed, &copy, e);
}

static bool do_steer(struct act *act, void *self, struct error *e) {
    struct paper_routed to;
    (void)self;
    return paper_pause(act, "barra", e) && paper_resume(act, "barra", e) && paper_route(act, "barra", "caja", &to, e) &&
           paper_route(act, "barra", NULL, &to, e);
}

static void drive_people(void) {
    struct call c = {.id = f.waiter.staff, .change = {.name = "Marlene R.", .role = ROLE_CASHIER, .active = -1}};
    core_ok(&f, core_do(&f, f.console, do_change, &c));
    c.change = (struct staff_change){.name = "Marlene", .role = ROLE_WAITER, .active = 1};
    core_ok(&f, core_do(&f, f.console, do_change, &c));
    c.id = f.cashier.staff;
    core_ok(&f, core_do(&f, f.console, do_sign_in, &c));
    core_ok(&f, core_do(&f, f.cashier, do_sign_out, &c));
    for (int i = 0; i < 3; i++) {
        struct call wrong = {.attempt = {.staff = f.waiter.staff, .device = "till-1"}};
        core_ok(&f, core_do(&f, f.console, do_wrong_pin, &wrong));
    }
}

static void drive_lines(void) {
    struct order_id id = core_table(&f, "mesa-1"), other = core_table(&f, "mesa-2");
    core_put(&f, id, "posta", 3, "");
    core_put(&f, id, "torta", 2, "");
    core_ok(&f, core_void_line(&f, f.waiter, id, refunding_line(&f, id, 1), 1, "Se arrepintió"));
    core_ok(&f, core_remove(&f, id, refunding_line(&f, id, 1)));
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_void_line(&f, core_approved(f.waiter, f.manager), id, refunding_line(&f, id, 0), 1, "Plato frío"));
    core_ok(&f, core_move(&f, id, "mesa-3"));
    core_ok(&f, core_transfer(&f, id, f.cashier.staff));
    core_put(&f, other, "limonada", 1, "");
    core_ok(&f, core_tip(&f, other, TIP_SET, 500));
    core_ok(&f, core_merge(&f, id, other));
    core_ok(&f, core_void(&f, core_approved(f.waiter, f.manager), id, "Se fueron"));
}

static void drive_bill(void) {
    struct order_id id = core_sold(&f, "caldoso", 2);
    core_ok(&f,
            core_discount(&f, f.manager, id,
                          &(struct order_discount_new){.percent = 500, .line = refunding_line(&f, id, 0), .reason = "Demora"}));
    core_ok(&f, core_discount_remove(&f, id, 1));
    core_ok(&f, core_discount(&f, core_approved(f.cashier, f.manager), id,
                              &(struct order_discount_new){.courtesy = true, .amount = 1000, .reason = "Cortesía"}));
    core_ok(&f, core_do(&f, f.waiter, do_precuenta, &(struct call){.number = id.v}));
    core_ok(&f, core_split_evenly(&f, id, 2));
    core_ok(&f, core_tip_check(&f, id, core_check(&f, id, 1), TIP_SET, 900));
    core_ok(&f, core_unsplit(&f, id));
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "efectivo", .amount = 10000}));
    refunding_pay(&f, id, (struct bill_id){0}, "efectivo");
    core_ok(&f, core_do(&f, f.cashier, do_reprint, &(struct call){.job = f.paid.receipt}));
    core_ok(&f, refunding_some(&f, id, refunding_line(&f, id, 0), 1));
    core_ok(&f, refunding_reopen(&f, refunding_approved(&f), id));
}

static void drive_everything(void) {
    drive_people();
    core_ok(&f, core_do(&f, f.waiter, do_stock, NULL));
    core_fixture_open_shift(&f);
    core_ok(&f, core_do(&f, f.cashier, do_cash, &(struct call){.cash = CASH_OUT, .text = "Hielo"}));
    core_ok(&f, core_do(&f, f.cashier, do_drawer, &(struct call){0}));
    core_ok(&f, core_do(&f, f.manager, do_x, &(struct call){0}));
    drive_lines();
    struct job_id first = {core_int(&f, "SELECT min(id) FROM print_job WHERE kind = 'kitchen'")};
    core_ok(&f, core_do(&f, f.waiter, do_resolve, &(struct call){.job = first, .printed = false}));
    core_ok(&f, core_do(&f, f.waiter, do_steer, NULL));
    drive_bill();
    refunding_close(&f);
}

/* ---- what they left ---- */

/* "a, b?" as its members one by one; *optional tells of the "?". False at the end. */
static bool next_member(const char **at, char out[64], bool *optional) {
    size_t n = strcspn(*at, ",");
    if (n == 0) return false;
    *optional = (*at)[n - 1] == '?';
    snprintf(out, 64, "%.*s", (int)(*optional ? n - 1 : n), *at);
    *at += n;
    *at += strspn(*at, ", ");
    return true;
}

static bool lists(const struct journal_kind *kind, const char *member) {
    char name[64];
    bool optional;
    for (const char *at = kind->detail; next_member(&at, name, &optional);)
        if (strcmp(name, member) == 0) return true;
    return false;
}

static struct journal_entry *entries(size_t *count) {
    struct journal_entry *list;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = journal_list(db, &(struct journal_query){0}, 200, f.arena, &list, count, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    return list;
}

static int64_t with_member(const char *kind, const char *member) {
    return core_int(&f,
                    arena_printf(f.arena, "SELECT count(*) FROM journal WHERE kind = '%s' AND json_type(detail, '$.%s') NOT NULL",
                                 kind, member));
}

/* A kind that is new, or a member, has to be told of in the list; one that no act has any more, to leave it. */
START_TEST(every_act_leaves_what_the_list_of_kinds_says) {
    size_t count;
    drive_everything();
    struct journal_entry *list = entries(&count);
    for (size_t i = 0; i < count; i++) {
        struct json detail;
        const struct journal_kind *kind = journal_kind_find(list[i].kind);
        ck_assert_msg(kind, "%s: not in the list", list[i].kind);
        core_ok(&f, json_parse(f.arena, list[i].detail, strlen(list[i].detail), &detail, &f.error));
        JSON_EACH(member, detail)
        ck_assert_msg(lists(kind, json_key(member)), "%s: \"%s\" is not in the list", kind->name, json_key(member));
    }
    for (const struct journal_kind *kind = journal_kinds; kind->name; kind++) {
        char member[64];
        bool optional;
        int64_t all = core_int(&f, arena_printf(f.arena, "SELECT count(*) FROM journal WHERE kind = '%s'", kind->name));
        ck_assert_msg(all > 0, "%s: no act leaves it", kind->name);
        for (const char *at = kind->detail; next_member(&at, member, &optional);) {
            int64_t some = with_member(kind->name, member);
            ck_assert_msg(optional ? some > 0 : some == all, "%s: \"%s\" in %d of %d", kind->name, member, (int)some, (int)all);
        }
    }
}
END_TEST

static bool do_unknown_kind(struct act *act, void *self, struct error *e) {
    (void)self;
    return journal_add(act, "coffee_made", (struct order_id){0}, (struct shift_id){0}, json_new_object(act->arena), e);
}

START_TEST(a_kind_outside_the_list_is_refused) {
    core_refused(&f, "journal_kind_unknown", core_do(&f, f.console, do_unknown_kind, NULL));
}
END_TEST

START_TEST(the_description_of_the_api_repeats_the_list) {
    static char text[400000];
    FILE *from = fopen("pos/http/openapi.yaml", "r");
    ck_assert_ptr_nonnull(from);
    size_t size = fread(text, 1, sizeof text - 1, from), told = 0;
    fclose(from);
    ck_assert_uint_lt(size, sizeof text - 1);
    const char *names = "";
    for (const struct journal_kind *k = journal_kinds; k->name; k++) {
        const char *line = arena_printf(f.arena, "- `%s` {%s}: %s.\n", k->name, k->detail, k->what);
        ck_assert_msg(strstr(text, line), "openapi.yaml: does not say %s", line);
        names = arena_printf(f.arena, "%s%s%s", names, k == journal_kinds ? "" : ", ", k->name);
    }
    ck_assert_msg(strstr(text, arena_printf(f.arena, "kind: {type: string, enum: [%s]}\n", names)),
                  "openapi.yaml: its kinds are not %s", names);
    for (const char *at = strstr(text, "    JournalPage:"); at && (at = strstr(at, "- `")) != NULL; at++) told++;
    ck_assert_uint_eq(told, 34);
}
END_TEST

/* Worked by hand: who approved stands beside who did it, and only where somebody approved. */
START_TEST(who_approved_stands_beside_who_did_it) {
    drive_everything();
    ck_assert_str_eq(
        core_text(&f, "SELECT group_concat(kind || ' ' || s.name, ', ') FROM (SELECT * FROM journal WHERE approved_by = 3 "
                      "ORDER BY seq) j JOIN staff s ON s.id = j.staff_id"),
        "line_voided Marlene, order_voided Marlene, discount Caja, refund Caja, order_reopened Caja");
}
END_TEST

START_TEST(the_chain_is_whole_whatever_was_done) {
    int64_t all, first_bad;
    drive_everything();
    struct db *db = db_pool_take(f.till->readers);
    bool ok = journal_verify(db, f.till->journal_key, &all, &first_bad, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    ck_assert_int_eq(first_bad, 0);
    ck_assert_int_eq(all, core_int(&f, "SELECT count(*) FROM journal"));
    ck_assert_str_eq(core_verify(&f), "");
}
END_TEST

int main(void) {
    return data_suite_run("core_journal_kinds", setup, teardown,
                          DATA_TESTS(every_act_leaves_what_the_list_of_kinds_says, a_kind_outside_the_list_is_refused,
                                     the_description_of_the_api_repeats_the_list, who_approved_stands_beside_who_did_it,
                                     the_chain_is_whole_whatever_was_done));
}
