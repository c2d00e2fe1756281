/* The last one: whoever asks at the same moment, no more is sold than there is, and what is taken back can be sold again. */
#include <pthread.h>
#include <string.h>

#include "tests/support/core_fixture.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

static bool count_cakes(struct act *act, void *self, struct error *e) {
    const struct menu_item *item = menu_find_item(atomic_load(&act->till->menu), "torta");
    return menu_availability_set(act->db, item, (struct menu_availability){true, *(const int64_t *)self}, act->now, e);
}
static void bake(int64_t n) {
    core_ok(&f, core_do(&f, f.manager, count_cakes, &n));
}
static int64_t left(void) {
    return core_int(&f, "SELECT remaining FROM item_availability WHERE item = 'torta'");
}
static int64_t sold(void) {
    return core_int(&f, "SELECT ifnull(sum(quantity - voided), 0) FROM order_line WHERE item = 'torta'");
}

/* ---- devices: each a thread with commands of its own ---- */

enum { DEVICES_MAX = 20 };
struct device {
    pthread_t thread;
    pthread_barrier_t *start;
    struct arena *arena;
    struct order_id order;
    int32_t quantity;
    bool take_back; /* what was added, again and again */
    bool ok;
    struct error error;
    int failures; /* of the taking back */
};

struct wish {
    struct order_id order;
    int32_t quantity;
    struct line_id line; /* 0: add, else take it back */
};
static bool grant(struct act *act, void *self, int *status, const char **answer, struct error *e) {
    struct wish *w = self;
    *status = 200;
    *answer = "{}";
    if (w->line.v) return order_remove_line(act, w->order, w->line, e);
    struct order_line_new cake = {.item = "torta", .quantity = w->quantity, .note = ""};
    return order_add_lines(act, w->order, &cake, 1, e) && db_get_int(act->db, "SELECT max(id) FROM order_line WHERE order_id = ?",
                                                                     DB_ARGS(db_int(w->order.v)), 0, &w->line.v, e);
}
static bool ask(struct device *d, struct wish *w) {
    struct command c = {.till = f.till, .arena = d->arena, .actor = f.waiter, .run = grant, .self = w};
    return command_run(&c, &d->error);
}

static void *device_run(void *self) {
    struct device *d = self;
    (void)pthread_barrier_wait(d->start);
    for (int round = 0; round < (d->take_back ? 20 : 1); round++) {
        struct wish w = {.order = d->order, .quantity = d->quantity};
        d->ok = ask(d, &w);
        if (d->ok && d->take_back && !ask(d, &w)) d->failures++;
    }
    return NULL;
}

/* All begin at once; afterwards each says whether it got its own. */
static void all_at_once(struct device *devices, unsigned count) {
    pthread_barrier_t start;
    pthread_barrier_init(&start, NULL, count);
    for (unsigned i = 0; i < count; i++) {
        devices[i].start = &start;
        devices[i].arena = arena_open();
        ck_assert_int_eq(pthread_create(&devices[i].thread, NULL, device_run, &devices[i]), 0);
    }
    for (unsigned i = 0; i < count; i++) pthread_join(devices[i].thread, NULL);
    pthread_barrier_destroy(&start);
    for (unsigned i = 0; i < count; i++) arena_close(devices[i].arena);
}

/* How many got it; every other one was told that it is sold out. */
static int served(const struct device *devices, unsigned count) {
    int n = 0;
    for (unsigned i = 0; i < count; i++) {
        if (devices[i].ok)
            n++;
        else
            ck_assert_str_eq(devices[i].error.code, "item_sold_out");
    }
    return n;
}

START_TEST(of_two_devices_that_sell_the_last_one_at_once_one_is_refused) {
    struct order_id first = core_table(&f, "mesa-1"), second = core_table(&f, "mesa-2");
    for (int round = 1; round <= 50; round++) {
        struct device devices[2] = {{.order = first, .quantity = 1}, {.order = second, .quantity = 1}};
        bake(1);
        all_at_once(devices, 2);
        ck_assert_int_eq(served(devices, 2), 1);
        ck_assert_int_eq(left(), 0);
        ck_assert_int_eq(sold(), round);
        ck_assert_int_eq(core_int(&f, "SELECT available FROM item_availability WHERE item = 'torta'"), 0);
    }
}
END_TEST

START_TEST(two_devices_at_one_order_share_what_is_left) {
    struct order_id id = core_table(&f, "mesa-1");
    struct device devices[2] = {{.order = id, .quantity = 2}, {.order = id, .quantity = 2}};
    bake(3);
    all_at_once(devices, 2);
    ck_assert_int_eq(served(devices, 2), 1); /* the other asked for two of one */
    ck_assert_int_eq(left(), 1);
    ck_assert_int_eq(sold(), 2);
}
END_TEST

START_TEST(twenty_devices_sell_seven_of_seven) {
    struct device devices[DEVICES_MAX] = {0};
    struct order_id tables[4] = {core_table(&f, "mesa-1"), core_table(&f, "mesa-2"), core_table(&f, "mesa-3"),
                                 core_table(&f, "mesa-4")};
    for (unsigned i = 0; i < DEVICES_MAX; i++) devices[i] = (struct device){.order = tables[i % 4], .quantity = 1};
    bake(7);
    all_at_once(devices, DEVICES_MAX);
    ck_assert_int_eq(served(devices, DEVICES_MAX), 7);
    ck_assert_int_eq(left(), 0);
    ck_assert_int_eq(sold(), 7);
}
END_TEST

START_TEST(what_is_taken_back_at_the_same_time_is_all_there_again) {
    struct device devices[4] = {0};
    const char *tables[] = {"mesa-1", "mesa-2", "mesa-3", "mesa-4"};
    for (unsigned i = 0; i < 4; i++)
        devices[i] = (struct device){.order = core_table(&f, tables[i]), .quantity = 2, .take_back = true};
    bake(5); /* enough for two of the four at a time */
    all_at_once(devices, 4);
    for (unsigned i = 0; i < 4; i++) ck_assert_int_eq(devices[i].failures, 0);
    ck_assert_int_eq(sold(), 0);
    ck_assert_int_eq(left(), 5);
    ck_assert_int_eq(core_int(&f, "SELECT available FROM item_availability WHERE item = 'torta'"), 1);
}
END_TEST

START_TEST(the_last_one_taken_back_is_sold_once_more) {
    struct order_id first = core_table(&f, "mesa-1"), second = core_table(&f, "mesa-2");
    const struct order_line_new cake = {.item = "torta", .quantity = 1, .note = ""};
    bake(1);
    core_ok(&f, core_add(&f, first, &cake, 1));
    core_refused(&f, "item_sold_out", core_add(&f, second, &cake, 1));
    core_ok(&f, core_remove(&f, first, core_read(&f, first)->lines[0].id));
    ck_assert_int_eq(left(), 1);
    core_ok(&f, core_add(&f, second, &cake, 1));
    core_refused(&f, "item_sold_out", core_add(&f, first, &cake, 1));
    ck_assert_int_eq(left(), 0);
    ck_assert_int_eq(sold(), 1);
}
END_TEST

START_TEST(an_unsent_order_that_is_voided_gives_all_of_its_items_back) {
    struct order_id id = core_table(&f, "mesa-1");
    bake(4);
    core_put(&f, id, "torta", 3, "");
    core_put(&f, id, "torta", 1, "");
    ck_assert_int_eq(left(), 0);
    core_ok(&f, core_void(&f, f.waiter, id, ""));
    ck_assert_int_eq(left(), 4);
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_last_one", setup, teardown,
        DATA_TESTS(of_two_devices_that_sell_the_last_one_at_once_one_is_refused, two_devices_at_one_order_share_what_is_left,
                   twenty_devices_sell_seven_of_seven, what_is_taken_back_at_the_same_time_is_all_there_again,
                   the_last_one_taken_back_is_sold_once_more, an_unsent_order_that_is_voided_gives_all_of_its_items_back));
}
