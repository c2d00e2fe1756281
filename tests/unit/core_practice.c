/* Practice beside the real till: what it copies, what it marks, what it never touches, and the guided tasks. */
#include <stdio.h>
#include <string.h>

#include "pos/core/practice.h"
#include "tests/support/core_fixture.h"

static struct core_fixture f;
static struct till *practice;
static const char *folder;
static char real_before[8192];

static void remember_real(void) {
    (void)snprintf(real_before, sizeof real_before, "%s", core_state(&f));
}

static bool open_practice(void) {
    struct till_options o = {
        .site = practice_site(f.site, f.arena), .directory = folder, .practice_of = f.till, .clock = &f.clock};
    f.error = (struct error){0};
    return till_open(&o, &practice, &f.error);
}

static void setup(void) {
    core_fixture_open(&f);
    practice = NULL;
    folder = arena_printf(f.arena, "%s/practice", f.tmp.path);
    remember_real();
    core_ok(&f, open_practice());
}
static void teardown(void) {
    till_close(practice);
    core_fixture_close(&f);
}

/* The fixture's verbs, in practice: its till stands in for the real one. */
static struct till *swap(struct till *t) {
    struct till *was = f.till;
    f.till = t;
    return was;
}
#define IN_PRACTICE(...)                                                                                                         \
    do {                                                                                                                         \
        struct till *real_ = swap(practice);                                                                                     \
        __VA_ARGS__;                                                                                                             \
        swap(real_);                                                                                                             \
    } while (0)

static int64_t practice_int(const char *sql) {
    int64_t n;
    IN_PRACTICE(n = core_int(&f, sql));
    return n;
}

static void follow(void) {
    struct db *db = db_pool_take(practice->readers);
    bool ok = practice_follow(practice, db, f.arena, &f.error);
    db_pool_give(practice->readers, db);
    core_ok(&f, ok);
}

static bool change_person(struct act *act, void *self, struct error *e) {
    const struct staff_change change = {
        .name = "Marlén", .role = -1, .active = 0, .hash = "$argon2id$v=19$m=16,t=1,p=1$BBBBBBBBBBB$BBBBBBBBBBBBBBBBBBBBBB"};
    (void)self;
    return staff_update(act, f.waiter.staff, &change, e);
}

static struct practice_progress progress_of(struct actor who) {
    struct practice_progress p;
    struct staff person = {.id = who.staff, .role = who.role};
    struct db *db = db_pool_take(practice->readers);
    bool ok = practice_progress(db, &person, &p, &f.error);
    db_pool_give(practice->readers, db);
    core_ok(&f, ok);
    return p;
}

static bool has_done(struct actor who, enum practice_task task) {
    return progress_of(who).tasks[task].done_at != 0;
}

static void sell(const char *item) {
    core_ok(&f, core_pay(&f, core_sold(&f, item, 1), &(struct payment_new){.means = "efectivo"}));
}

START_TEST(practice_has_the_people_and_menu_of_the_real_till_and_leaves_it_as_it_is) {
    ck_assert_int_eq(practice_int("SELECT count(*) FROM staff"), 3);
    ck_assert_int_eq(practice_int("SELECT count(*) FROM staff WHERE name = 'Marlene' AND role = 'waiter' AND active = 1"), 1);
    ck_assert_int_eq(practice_int("SELECT count(*) FROM menu_version"), 1);
    ck_assert_int_eq(practice_int("SELECT count(*) FROM shift"), 0);
    follow(); /* nothing differs: nothing is written */
    ck_assert_int_eq(practice_int("SELECT count(*) FROM menu_version"), 1);
    ck_assert_str_eq(core_state(&f), real_before);
}
END_TEST

START_TEST(a_person_who_left_or_has_another_pin_is_so_in_practice) {
    core_ok(&f, core_do(&f, f.console, change_person, NULL));
    follow();
    ck_assert_int_eq(practice_int("SELECT count(*) FROM staff WHERE name = 'Marlén' AND active = 0 AND pin_hash LIKE '%BBBB'"),
                     1);
    ck_assert_int_eq(practice_int("SELECT count(*) FROM staff"), 3);
}
END_TEST

START_TEST(practice_numbers_and_marks_are_its_own_and_no_drawer_opens) {
    struct order_id id;
    IN_PRACTICE(core_fixture_open_shift(&f); id = core_sold(&f, "limonada", 1); core_ok(&f, core_send(&f, id));
                core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "efectivo"})));
    ck_assert_int_eq(practice_int("SELECT count(*) FROM fiscal_document WHERE prefix = 'PRUE' AND number = 1"), 1);
    ck_assert_int_ge(practice_int("SELECT count(*) FROM print_job"), 2);
    ck_assert_int_eq(practice_int("SELECT count(*) FROM print_job WHERE practice = 0"), 0);
    ck_assert_int_eq(practice_int("SELECT count(*) FROM print_job WHERE document LIKE '%drawer%'"), 0);
    const char *paper;
    IN_PRACTICE(paper = core_paper(&f, f.paid.receipt, "practice-receipt"));
    ck_assert_ptr_nonnull(strstr(paper, "PRÁCTICA"));
    ck_assert_ptr_nonnull(strstr(paper, "PRUE-1"));
    ck_assert_ptr_nonnull(strstr(paper, "Sin valor fiscal"));
    ck_assert_ptr_null(strstr(paper, "Autorización DIAN"));
    ck_assert_str_eq(core_state(&f), real_before);
}
END_TEST

START_TEST(a_sale_is_done_once_it_is_paid_by_that_person_and_no_other) {
    IN_PRACTICE(core_fixture_open_shift(&f); (void)core_table(&f, "mesa-2"));
    ck_assert(!has_done(f.cashier, PRACTICE_SALE));
    f.clock.fixed += 1000;
    IN_PRACTICE(sell("limonada"));
    ck_assert(has_done(f.cashier, PRACTICE_SALE));
    ck_assert(!has_done(f.cashier, PRACTICE_MODIFIER));
    ck_assert(!has_done(f.cashier, PRACTICE_SPLIT));
    ck_assert(!has_done(f.manager, PRACTICE_SALE));
}
END_TEST

START_TEST(taking_back_is_done_and_closing_is_not_a_waiters) {
    struct order_id id;
    IN_PRACTICE(core_fixture_open_shift(&f); id = core_table(&f, "mesa-2"); core_put(&f, id, "limonada", 1, NULL);
                core_ok(&f, core_remove(&f, id, core_read(&f, id)->lines[0].id)));
    ck_assert(has_done(f.waiter, PRACTICE_UNDO));
    ck_assert(!progress_of(f.waiter).tasks[PRACTICE_CLOSE].possible);
    ck_assert(progress_of(f.cashier).tasks[PRACTICE_CLOSE].possible);
    ck_assert(!progress_of((struct actor){.staff = f.waiter.staff, .role = ROLE_COOK}).tasks[PRACTICE_SALE].possible);
}
END_TEST

START_TEST(a_waiter_has_sold_once_the_kitchen_has_it) {
    struct order_id id;
    IN_PRACTICE(core_fixture_open_shift(&f); id = core_table(&f, "mesa-2"); core_put(&f, id, "limonada", 1, NULL));
    ck_assert(!has_done(f.waiter, PRACTICE_SALE));
    IN_PRACTICE(core_ok(&f, core_send(&f, id)));
    ck_assert(has_done(f.waiter, PRACTICE_SALE));
}
END_TEST

static bool close_shift(struct act *act, void *self, struct error *e) {
    const struct shift_count_row count[] = {{.denomination = 100000, .pieces = 2}};
    const struct shift_close_in in = {.count = count, .rows = 1};
    struct shift_closed out;
    (void)self;
    return shift_close(act, f.shift, &in, &out, e);
}
START_TEST(closing_practice_is_a_task_and_the_real_shift_stays_open) {
    struct shift_id real = f.shift;
    IN_PRACTICE(core_fixture_open_shift(&f); core_ok(&f, core_do(&f, f.cashier, close_shift, NULL)));
    f.shift = real;
    ck_assert(has_done(f.cashier, PRACTICE_CLOSE));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM shift WHERE state = 'open'"), 1);
    ck_assert_str_eq(core_state(&f), real_before);
}
END_TEST

static bool restart(struct act *act, void *self, struct error *e) {
    const struct staff_id *who = self;
    return practice_restart(act, *who, e);
}
static bool reset(struct act *act, void *self, struct error *e) {
    (void)self;
    return practice_reset(act, e);
}

START_TEST(beginning_anew_counts_what_comes_after_and_only_a_manager_does_it_for_others) {
    IN_PRACTICE(core_fixture_open_shift(&f); sell("limonada"));
    ck_assert(has_done(f.cashier, PRACTICE_SALE));
    IN_PRACTICE(core_refused(&f, "approval_required", core_do(&f, f.waiter, restart, &f.cashier.staff));
                core_ok(&f, core_do(&f, f.cashier, restart, &f.cashier.staff)));
    ck_assert(!has_done(f.cashier, PRACTICE_SALE));
    f.clock.fixed += 1000;
    IN_PRACTICE(sell("limonada"));
    ck_assert(has_done(f.cashier, PRACTICE_SALE));
    IN_PRACTICE(core_ok(&f, core_do(&f, f.manager, restart, &f.cashier.staff)));
    ck_assert(!has_done(f.cashier, PRACTICE_SALE));
    core_refused(&f, "practice_only", core_do(&f, f.cashier, restart, &f.cashier.staff));
}
END_TEST

START_TEST(clearing_practice_leaves_people_menu_marks_and_the_guards_of_history) {
    int64_t triggers = practice_int("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'");
    IN_PRACTICE(core_fixture_open_shift(&f); sell("limonada"); core_ok(&f, core_do(&f, f.manager, reset, NULL)));
    ck_assert_int_eq(
        practice_int("SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM shift) + (SELECT count(*) FROM journal) + "
                     "(SELECT count(*) FROM payment) + (SELECT count(*) FROM print_job)"),
        0);
    ck_assert_int_eq(practice_int("SELECT count(*) FROM staff"), 3);
    ck_assert_int_eq(practice_int("SELECT count(*) FROM menu_version"), 1);
    ck_assert_int_eq(practice_int("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'"), triggers);
    ck_assert_int_eq(practice_int("SELECT next FROM number_range WHERE prefix = 'PRUE'"), 1);
    IN_PRACTICE(core_fixture_open_shift(&f); sell("limonada")); /* and goes on */
    ck_assert_int_eq(practice_int("SELECT count(*) FROM print_job WHERE practice = 0"), 0);
    core_refused(&f, "practice_only", core_do(&f, f.manager, reset, NULL));
}
END_TEST

static bool welcome(struct act *act, void *self, struct error *e) {
    const struct actor *who = self;
    return practice_welcome(act, &(struct staff){.id = who->staff, .role = who->role}, e);
}
START_TEST(who_may_not_open_a_shift_finds_one_open) {
    IN_PRACTICE(core_ok(&f, core_do(&f, f.cashier, welcome, &f.cashier)));
    ck_assert_int_eq(practice_int("SELECT count(*) FROM shift"), 0);
    IN_PRACTICE(core_ok(&f, core_do(&f, f.waiter, welcome, &f.waiter)); core_ok(&f, core_do(&f, f.waiter, welcome, &f.waiter)));
    ck_assert_int_eq(practice_int("SELECT count(*) FROM shift WHERE float_amount = 200000 AND state = 'open'"), 1);
}
END_TEST

START_TEST(a_practice_database_opens_for_practice_alone) {
    struct till *t;
    till_close(practice);
    practice = NULL;
    struct till_options real = {.site = f.site, .directory = folder, .clock = &f.clock};
    core_refused(&f, "practice_database", till_open(&real, &t, &f.error));
    core_ok(&f, open_practice()); /* again, and for practice it does */
    const char *other = arena_printf(f.arena, "%s/other", f.tmp.path);
    struct till_options o = {.site = f.site, .directory = other, .clock = &f.clock, .demo = true};
    core_ok(&f, till_open(&o, &t, &f.error));
    till_close(t);
    struct till_options wrong = {
        .site = practice_site(f.site, f.arena), .directory = other, .practice_of = f.till, .clock = &f.clock};
    core_refused(&f, "practice_database", till_open(&wrong, &t, &f.error));
}
END_TEST

int main(void) {
    return data_suite_run("core_practice", setup, teardown,
                          DATA_TESTS(practice_has_the_people_and_menu_of_the_real_till_and_leaves_it_as_it_is,
                                     a_person_who_left_or_has_another_pin_is_so_in_practice,
                                     practice_numbers_and_marks_are_its_own_and_no_drawer_opens,
                                     a_sale_is_done_once_it_is_paid_by_that_person_and_no_other,
                                     taking_back_is_done_and_closing_is_not_a_waiters, a_waiter_has_sold_once_the_kitchen_has_it,
                                     closing_practice_is_a_task_and_the_real_shift_stays_open,
                                     beginning_anew_counts_what_comes_after_and_only_a_manager_does_it_for_others,
                                     clearing_practice_leaves_people_menu_marks_and_the_guards_of_history,
                                     who_may_not_open_a_shift_finds_one_open, a_practice_database_opens_for_practice_alone));
}
