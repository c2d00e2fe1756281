/* Many threads at the till at once, each a device that does not know of the others: numbers run on, money adds up, nothing is
 * lost. */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <string.h>

#include "pos/core/stock.h"
#include "tests/support/core_fixture.h"

enum { THREADS = 8, SALES = 20 };

static struct core_fixture f;
static struct site_numbering ranges[2];
static void setup(void) {
    core_fixture_prepare(&f);
    f.site->tip_rule = TIP_OFF; /* nobody is to be asked */
    ranges[0] = (struct site_numbering){"pos", "INT", 1, 50000, "2026-01-01", "2027-12-31", "18764000000001", "2025-12-20"};
    ranges[1] = (struct site_numbering){"pos", "IN2", 1, 500, "2026-01-01", "2028-12-31", "18764000000002", "2026-10-30"};
    f.site->numbering = ranges;
    f.site->numbering_count = 1;
}
static void teardown(void) {
    core_fixture_close(&f);
}
static void start(void) {
    core_fixture_start(&f);
    core_fixture_open_shift(&f);
}

/* ---- devices: a thread each, with an arena and a person of its own ---- */

struct device {
    pthread_t thread;
    pthread_barrier_t *start;
    int number; /* from 0 */
    struct actor actor;
    struct arena *arena;
    void (*work)(struct device *d);
    struct order_id shared; /* what all of them work on */
    int done, refused;
    struct error error; /* of the first call that failed otherwise than expected, or the last that was refused */
    bool broken;
};

/* One call as a command of its own; true when it was done. Any refusal but `expected` breaks the device. */
static bool device_do(struct device *d, bool (*call)(struct act *act, void *self, struct error *e), void *self,
                      const char *expected) {
    if (d->broken) return false;
    if (till_do(f.till, d->actor, d->arena, call, self, &d->error)) {
        d->done++;
        return true;
    }
    d->refused++;
    d->broken = !expected || strcmp(d->error.code, expected) != 0;
    return false;
}

static void *run_device(void *self) {
    struct device *d = self;
    (void)pthread_barrier_wait(d->start);
    d->work(d);
    return NULL;
}

/* All at once; afterwards none of them is broken. How many calls were done and refused stands in the first. */
static void all_at_once(struct device devices[THREADS], void (*work)(struct device *d), struct order_id shared) {
    pthread_barrier_t barrier;
    pthread_barrier_init(&barrier, NULL, THREADS);
    for (int i = 0; i < THREADS; i++) {
        devices[i] = (struct device){
            .start = &barrier, .number = i, .actor = f.cashier, .arena = arena_open(), .work = work, .shared = shared};
        ck_assert_int_eq(pthread_create(&devices[i].thread, NULL, run_device, &devices[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) pthread_join(devices[i].thread, NULL);
    pthread_barrier_destroy(&barrier);
    for (int i = 0; i < THREADS; i++) {
        ck_assert_msg(!devices[i].broken, "device %d: %s [%s]", i, devices[i].error.message, devices[i].error.code);
        arena_close(devices[i].arena);
        if (i == 0) continue;
        devices[0].done += devices[i].done;
        devices[0].refused += devices[i].refused;
    }
}

/* ---- what a device does ---- */

struct sale {
    const char *item;
    struct order_id id;
    struct payment_done paid;
};
static bool do_open(struct act *act, void *self, struct error *e) {
    struct sale *s = self;
    return order_open(act, &(struct order_new){.kind = ORDER_TAKEAWAY, .name = "Al tiempo"}, &s->id, e);
}
static bool do_add(struct act *act, void *self, struct error *e) {
    const struct sale *s = self;
    return order_add_lines(act, s->id, &(struct order_line_new){.item = s->item, .quantity = 1, .note = ""}, 1, e);
}
static bool do_pay(struct act *act, void *self, struct error *e) {
    struct sale *s = self;
    return payment_take(act, s->id, &(struct payment_new){.means = "efectivo"}, &s->paid, e);
}

/* Opens, adds and pays, each a command of its own, twenty times over. */
static void sell_many(struct device *d) {
    for (int i = 0; i < SALES; i++) {
        struct sale s = {.item = i % 2 ? "agua" : "limonada"};
        if (!device_do(d, do_open, &s, NULL) || !device_do(d, do_add, &s, NULL)) return;
        (void)device_do(d, do_pay, &s, "number_range_exhausted");
    }
}

static const char *numbers_of(const char *prefix) {
    return core_text(
        &f, arena_printf(f.arena,
                         "SELECT count(*) || ' from ' || min(number) || ' to ' || max(number) || ' in ' || count(DISTINCT "
                         "number) FROM fiscal_document WHERE prefix = '%s'",
                         prefix));
}

START_TEST(eight_tills_paying_at_once_take_consecutive_numbers) {
    struct device devices[THREADS];
    start();
    all_at_once(devices, sell_many, (struct order_id){0});
    ck_assert_int_eq(devices[0].done, 480); /* 8 tills, 20 sales of 3 calls */
    ck_assert_str_eq(numbers_of("INT"), "160 from 1 to 160 in 160");
    ck_assert_int_eq(core_int(&f, "SELECT next FROM number_range"), 161);
    /* The numbers follow the order in which the bills were closed. */
    ck_assert_int_eq(core_int(&f,
                              "SELECT count(*) FROM fiscal_document a JOIN fiscal_document b ON b.id = a.id + 1 AND b.number <> "
                              "a.number + 1"),
                     0);
    /* 80 lemonades of 8.900 and 80 waters of 6.000 */
    ck_assert_int_eq(core_int(&f, "SELECT sum(charged) FROM payment"), 1192000);
    ck_assert_int_eq(core_int(&f, "SELECT sum(total) FROM (SELECT net + tip AS total FROM bill WHERE state = 'paid')"), 1192000);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM orders WHERE state = 'paid'"), 160);
    ck_assert_int_eq(core_int(&f, "SELECT count(DISTINCT number) FROM orders"), 160);
}
END_TEST

START_TEST(the_drawer_expects_what_the_tills_took_at_once) {
    struct device devices[THREADS];
    struct shift_report report;
    start();
    all_at_once(devices, sell_many, (struct order_id){0});
    struct db *db = db_pool_take(f.till->readers);
    bool ok = shift_report(db, f.shift, f.arena, &report, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    ck_assert_int_eq(report.documents, 160);
    ck_assert_str_eq(report.first_document, "INT-1");
    ck_assert_str_eq(report.last_document, "INT-160");
    ck_assert_int_eq(report.net, 1192000);
    ck_assert_int_eq(report.cash_sales, 1192000);
    ck_assert_int_eq(report.expected, 1392000); /* with the float of 200.000 */
}
END_TEST

START_TEST(a_rush_over_the_end_of_a_range_leaves_no_gap) {
    struct device devices[THREADS];
    ranges[0].to = 57;
    f.site->numbering_count = 2;
    start();
    all_at_once(devices, sell_many, (struct order_id){0});
    ck_assert_str_eq(numbers_of("INT"), "57 from 1 to 57 in 57");
    ck_assert_str_eq(numbers_of("IN2"), "103 from 1 to 103 in 103");
}
END_TEST

START_TEST(when_the_numbers_end_in_a_rush_the_rest_is_refused_and_stays_open) {
    struct device devices[THREADS];
    ranges[0].to = 57;
    start();
    all_at_once(devices, sell_many, (struct order_id){0});
    ck_assert_int_eq(devices[0].refused, 103);
    ck_assert_str_eq(numbers_of("INT"), "57 from 1 to 57 in 57");
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM payment"), 57);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM orders WHERE state = 'paid'"), 57);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM orders WHERE state = 'open'"), 103);
}
END_TEST

/* ---- one order ---- */

static void pay_shared(struct device *d) {
    struct sale s = {.id = d->shared};
    (void)device_do(d, do_pay, &s, "order_paid");
}

START_TEST(eight_tills_charge_one_order_once) {
    struct device devices[THREADS];
    start();
    for (int round = 1; round <= 25; round++) {
        struct order_id id = core_table(&f, "mesa-1");
        core_put(&f, id, "almuerzo", 1, "");
        all_at_once(devices, pay_shared, id);
        ck_assert_int_eq(devices[0].done, 1);
        ck_assert_int_eq(devices[0].refused, 7);
        ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM payment"), round);
    }
    ck_assert_str_eq(numbers_of("INT"), "25 from 1 to 25 in 25");
    ck_assert_int_eq(core_int(&f, "SELECT sum(charged) FROM payment"), 625000);
}
END_TEST

static void add_to_shared(struct device *d) {
    struct sale s = {.item = "agua", .id = d->shared};
    for (int i = 0; i < SALES; i++) (void)device_do(d, do_add, &s, NULL);
}

START_TEST(eight_tills_on_one_order_lose_no_line) {
    struct device devices[THREADS];
    start();
    struct order_id id = core_table(&f, "mesa-1");
    all_at_once(devices, add_to_shared, id);
    struct order *order = core_read(&f, id);
    ck_assert_uint_eq(order->line_count, 160);
    ck_assert_int_eq(order->totals.net, 960000);
    ck_assert_int_eq(order->version, 161); /* opened, and once for each */
}
END_TEST

/* ---- the last one ---- */

static bool count_down(struct act *act, void *self, struct error *e) {
    return stock_set(act, "torta", (struct menu_availability){.available = true, .remaining = *(const int32_t *)self}, e);
}
static void sell_cakes(struct device *d) {
    for (int i = 0; i < 3; i++) {
        struct sale s = {.item = "torta"};
        if (!device_do(d, do_open, &s, NULL)) return;
        (void)device_do(d, do_add, &s, "item_sold_out");
    }
}

START_TEST(eight_tills_sell_no_more_than_there_is) {
    struct device devices[THREADS];
    start();
    core_ok(&f, core_do(&f, f.manager, count_down, &(int32_t){5}));
    all_at_once(devices, sell_cakes, (struct order_id){0});
    ck_assert_int_eq(devices[0].refused, 19); /* of 24 */
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM order_line WHERE item = 'torta'"), 5);
    ck_assert_int_eq(core_int(&f, "SELECT remaining FROM item_availability WHERE item = 'torta'"), 0);
}
END_TEST

/* ---- commands that wait in the queue together ---- */

struct queued {
    struct command command;
    struct sale sale;
    sem_t *left;
};
static bool run_pay(struct act *act, void *self, int *status, const char **answer, struct error *e) {
    struct queued *q = self;
    *status = 201;
    if (!do_pay(act, &q->sale, e)) return false;
    *answer = arena_printf(act->arena, "{\"document\":\"%s\"}", q->sale.paid.document);
    return true;
}
static void one_less(struct command *c) {
    const struct queued *q = c->self;
    (void)sem_post(q->left);
}

/* Holds the writer until every device has handed in what it has. */
static struct gate {
    struct command command;
    atomic_int handed_in;
    sem_t open, passed;
} gate;
static bool wait_at_gate(struct act *act, void *self, int *status, const char **answer, struct error *e) {
    (void)act, (void)self, (void)status, (void)answer, (void)e;
    while (sem_wait(&gate.open) != 0) {}
    return true;
}
static void gate_passed(struct command *c) {
    (void)c;
    (void)sem_post(&gate.passed);
}
static void gate_close(void) {
    sem_init(&gate.open, 0, 0);
    sem_init(&gate.passed, 0, 0);
    gate.command =
        (struct command){.till = f.till, .arena = f.arena, .actor = f.console, .run = wait_at_gate, .done = gate_passed};
    core_ok(&f, command_submit(&gate.command, &f.error));
}
static void gate_hand_in(void) {
    if (atomic_fetch_add(&gate.handed_in, 1) == THREADS - 1) (void)sem_post(&gate.open);
}

enum { EACH = 2 };
static struct order_id to_pay[THREADS][SALES];

/* Every device hands in all its payments, each twice under one key, before the first is answered. */
static void pay_in_one_batch(struct device *d) {
    struct queued queue[SALES * EACH];
    sem_t left;
    int waiting = 0;
    sem_init(&left, 0, 0);
    for (int i = 0; i < SALES * EACH; i++) {
        struct queued *q = &queue[i];
        *q = (struct queued){.sale.id = to_pay[d->number][i / EACH], .left = &left};
        q->command = (struct command){
            .till = f.till, .arena = arena_open(), .actor = d->actor, .run = run_pay, .done = one_less, .self = q};
        q->command.key.key = arena_printf(d->arena, "device-%d-%d", d->number, i / EACH);
        if (command_submit(&q->command, &d->error))
            waiting++;
        else
            d->broken = true;
    }
    gate_hand_in();
    for (int i = 0; i < waiting; i++)
        while (sem_wait(&left) != 0) {}
    for (int i = 0; i < SALES * EACH && !d->broken; i += EACH) {
        const struct command *first = &queue[i].command, *again = &queue[i + 1].command;
        d->broken = !first->ok || !again->ok || !again->replayed || strcmp(first->answer, again->answer) != 0;
        if (!first->ok) d->error = first->error;
    }
    for (int i = 0; i < SALES * EACH; i++) arena_close(queue[i].command.arena);
    sem_destroy(&left);
}

START_TEST(payments_that_share_a_commit_take_consecutive_numbers) {
    struct device devices[THREADS];
    start();
    for (int d = 0; d < THREADS; d++)
        for (int i = 0; i < SALES; i++) {
            core_ok(&f, core_open(&f, &(struct order_new){.kind = ORDER_TAKEAWAY, .name = ""}, &to_pay[d][i]));
            core_put(&f, to_pay[d][i], "agua", 1, "");
        }
    gate_close();
    all_at_once(devices, pay_in_one_batch, (struct order_id){0});
    while (sem_wait(&gate.passed) != 0) {}
    ck_assert_str_eq(numbers_of("INT"), "160 from 1 to 160 in 160");
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM payment"), 160);
    ck_assert_int_eq(core_int(&f, "SELECT sum(charged) FROM payment"), 960000);
    ck_assert_uint_eq(writer_stats(f.till->writer).largest_batch, 256); /* of 320: as many as a commit takes */
}
END_TEST

int main(void) {
    return data_suite_run("core_concurrency", setup, teardown,
                          DATA_TESTS(eight_tills_paying_at_once_take_consecutive_numbers,
                                     the_drawer_expects_what_the_tills_took_at_once, a_rush_over_the_end_of_a_range_leaves_no_gap,
                                     when_the_numbers_end_in_a_rush_the_rest_is_refused_and_stays_open,
                                     eight_tills_charge_one_order_once, eight_tills_on_one_order_lose_no_line,
                                     eight_tills_sell_no_more_than_there_is,
                                     payments_that_share_a_commit_take_consecutive_numbers));
}
