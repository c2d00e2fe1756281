/* The day's sales, on a day worked out by hand. */
#include <string.h>

#include "pos/core/report.h"
#include "tests/support/core_refunding.h"

#define HOUR INT64_C(3600000)

static struct core_fixture f;
static struct json report;

static bool do_close(struct act *act, void *self, struct error *e) {
    struct shift_closed closed;
    return shift_close(act, *(const struct shift_id *)self, &(struct shift_close_in){0}, &closed, e);
}
static void end_shift(void) {
    core_ok(&f, core_do(&f, f.cashier, do_close, &f.shift));
}

static struct order_id order(enum order_kind kind, int32_t covers) {
    struct order_id id;
    struct order_new in = {.kind = kind,
                           .table = kind == ORDER_TABLE ? "mesa-3" : NULL,
                           .name = kind == ORDER_TABLE ? "" : "Rosa",
                           .covers = covers};
    core_ok(&f, core_open(&f, &in, &id));
    return id;
}
static void pay(struct order_id id, money tip, const char *means, const char *reference) {
    core_ok(&f, core_tip(&f, id, tip ? TIP_SET : TIP_DECLINED, tip));
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = means, .reference = reference}));
}

/* 17 November: one lunch of 25.000. 24 November:
 *   19:42  table of two, 3 limonadas                26.700  nequi
 *   19:42  table, bandeja                           27.480  cash: 27.450
 *   19:42  to take away, camiseta and libro         28.800  debit
 *   20:42  table of five, banquete, tip 9.169      108.194  credit
 *   01:12  (still the 24th) to take away, nothing: voided, and one of two almuerzos taken back after sending, the other voided
 * with its order */
static void setup(void) {
    core_fixture_prepare(&f);
    f.clock.fixed = CORE_NOW - 7 * 24 * HOUR;
    core_fixture_start(&f);
    core_fixture_open_shift(&f);
    struct order_id id = order(ORDER_TABLE, 1);
    core_put(&f, id, "almuerzo", 1, "");
    pay(id, 0, "efectivo", NULL);
    end_shift();

    f.clock.fixed = CORE_NOW;
    core_fixture_open_shift(&f);
    id = order(ORDER_TABLE, 2);
    core_put(&f, id, "limonada", 3, "");
    pay(id, 0, "nequi", "M1");
    id = order(ORDER_TABLE, 0);
    core_put(&f, id, "bandeja", 1, "");
    pay(id, 0, "efectivo", NULL);
    id = order(ORDER_TAKEAWAY, 0);
    core_put(&f, id, "camiseta", 1, "");
    core_put(&f, id, "libro", 1, "");
    pay(id, 0, "debito", "0042");
    f.clock.fixed = CORE_NOW + HOUR;
    id = order(ORDER_TABLE, 5);
    core_put(&f, id, "banquete", 1, "");
    pay(id, 9169, "credito", "0043");
    f.clock.fixed = CORE_NOW + 5 * HOUR + HOUR / 2;
    id = order(ORDER_TAKEAWAY, 0);
    core_put(&f, id, "almuerzo", 2, "");
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_void_line(&f, f.manager, id, core_read(&f, id)->lines[0].id, 1, "Error al marcar"));
    core_put(&f, id, "agua", 1, "");
    core_ok(&f, core_void(&f, f.manager, id, "Se fue"));
}
static void teardown(void) {
    core_fixture_close(&f);
}

static bool run(const char *day) {
    struct db *db = db_pool_take(f.till->readers);
    bool ok = report_daily(db, f.site, atomic_load(&f.till->menu), day, f.arena, &report, &f.error);
    db_pool_give(f.till->readers, db);
    return ok;
}
static void today(void) {
    core_ok(&f, run("2026-11-24"));
}
static const char *part(const char *key) {
    struct json copy = json_new_object(f.arena);
    bool list = json_exists(json_array_or_none(report, key, 1000));
    json_set_copy(copy, "x", list ? json_array(report, key, 0, 1000) : json_object(report, key));
    const char *text = json_print(copy, f.arena, NULL);
    return arena_text_n(f.arena, text + 5, strlen(text) - 6);
}

START_TEST(the_totals_of_the_day) {
    today();
    ck_assert_str_eq(json_text(report, "date", 16), "2026-11-24");
    ck_assert_str_eq(json_text(report, "currency", 8), "COP");
    /* net 26.700 + 27.480 + 28.800 + 99.025; base 24.722 + 25.444 + 25.000 + 91.690; 182.005 + 9.169 − 30 = 191.144; 182.005 / 4
     * = 45.501,25 */
    ck_assert_str_eq(part("totals"), "{\"documents\":4,\"covers\":7,\"gross\":182005,\"discount\":0,\"courtesy\":0,\"net\":"
                                     "182005,\"base\":166856,\"tax\":15149,"
                                     "\"tips\":9169,\"adjustment\":-30,\"collected\":191144,\"average\":45501}");
}
END_TEST

START_TEST(the_same_weekday_a_week_before_stands_beside_it) {
    today();
    ck_assert_str_eq(
        part("last_week"),
        "{\"date\":\"2026-11-17\",\"documents\":1,\"covers\":1,\"gross\":25000,\"discount\":0,\"courtesy\":0,\"net\":25000,"
        "\"base\":23148,\"tax\":1852,\"tips\":0,\"adjustment\":0,\"collected\":25000,\"average\":25000}");
}
END_TEST

START_TEST(by_means_of_payment) {
    today();
    ck_assert_str_eq(part("by_means"),
                     "[{\"means\":\"credito\",\"name\":\"Tarjeta "
                     "crédito\",\"kind\":\"credit\",\"count\":1,\"amount\":108194,\"charged\":108194,\"refunded\":0},"
                     "{\"means\":\"debito\",\"name\":\"Tarjeta "
                     "débito\",\"kind\":\"debit\",\"count\":1,\"amount\":28800,\"charged\":28800,\"refunded\":0},"
                     "{\"means\":\"efectivo\",\"name\":\"Efectivo\",\"kind\":\"cash\",\"count\":1,\"amount\":27480,\"charged\":"
                     "27450,\"refunded\":0},"
                     "{\"means\":\"nequi\",\"name\":\"Nequi\",\"kind\":\"transfer\",\"count\":1,\"amount\":26700,\"charged\":"
                     "26700,\"refunded\":0}]");
}
END_TEST

START_TEST(by_category_item_kind_and_person) {
    today();
    ck_assert_str_eq(
        part("by_category"),
        "[{\"category\":\"cocina\",\"name\":\"Cocina\",\"quantity\":2,\"net\":126505,\"refunded_quantity\":0,\"refunded\":0},"
        "{\"category\":\"tienda\",\"name\":\"Tienda\",\"quantity\":2,\"net\":28800,\"refunded_quantity\":0,\"refunded\":0},"
        "{\"category\":\"bebidas\",\"name\":\"Bebidas\",\"quantity\":3,\"net\":26700,\"refunded_quantity\":0,\"refunded\":0}]");
    ck_assert_str_eq(
        part("by_item"),
        "[{\"item\":\"banquete\",\"name\":\"Banquete\",\"quantity\":1,\"net\":99025,\"refunded_quantity\":0,\"refunded\":0},"
        "{\"item\":\"bandeja\",\"name\":\"Bandeja\",\"quantity\":1,\"net\":27480,\"refunded_quantity\":0,\"refunded\":0},"
        "{\"item\":\"limonada\",\"name\":\"Limonada "
        "natural\",\"quantity\":3,\"net\":26700,\"refunded_quantity\":0,\"refunded\":0},"
        "{\"item\":\"camiseta\",\"name\":\"Camiseta\",\"quantity\":1,\"net\":23800,\"refunded_quantity\":0,\"refunded\":0},"
        "{\"item\":\"libro\",\"name\":\"Libro de relatos\",\"quantity\":1,\"net\":5000,\"refunded_quantity\":0,\"refunded\":0}]");
    ck_assert_str_eq(part("by_kind"), "[{\"kind\":\"table\",\"documents\":3,\"net\":153205,\"refunded\":0},{\"kind\":"
                                      "\"takeaway\",\"documents\":1,\"net\":28800,\"refunded\":0}]");
    ck_assert_str_eq(part("by_staff"), "[{\"staff\":1,\"name\":\"Marlene\",\"documents\":4,\"net\":182005,\"tips\":9169,\"refunded\":0,\"tips_refunded\":0}]");
}
END_TEST

START_TEST(by_tax) {
    today();
    ck_assert_str_eq(part("by_tax"), "[{\"name\":\"IVA\",\"rate\":1900,\"gross\":23800,\"base\":20000,\"tax\":3800},"
                                     "{\"name\":\"INC\",\"rate\":800,\"gross\":153205,\"base\":141856,\"tax\":11349},"
                                     "{\"name\":\"Excluido\",\"rate\":0,\"gross\":5000,\"base\":5000,\"tax\":0}]");
}
END_TEST

START_TEST(by_hour_of_the_sites_clock) {
    today();
    struct json hours = json_array(report, "by_hour", 24, 24);
    ck_assert_int_eq(json_int(json_at(hours, 19), "documents", 0, 100), 3);
    ck_assert_int_eq(json_int(json_at(hours, 19), "net", 0, 1000000), 82980);
    ck_assert_int_eq(json_int(json_at(hours, 20), "hour", 0, 23), 20);
    ck_assert_int_eq(json_int(json_at(hours, 20), "net", 0, 1000000), 99025);
    ck_assert_int_eq(json_int(json_at(hours, 0), "documents", 0, 100), 0);
    ck_assert(json_ok(report, &f.error));
}
END_TEST

START_TEST(voids_of_what_the_kitchen_knew) {
    today(); /* one almuerzo, then the other with its order; the water was never sent */
    ck_assert_str_eq(part("voids"), "{\"lines\":2,\"quantity\":2,\"amount\":50000,\"orders\":1}");
}
END_TEST

START_TEST(numbers_and_shifts_of_the_day) {
    today();
    ck_assert_str_eq(part("numbering"),
                     "[{\"kind\":\"pos\",\"prefix\":\"INT\",\"resolution\":\"18764000000000\",\"documents\":4,\"first\":2,"
                     "\"last\":5,\"needs_electronic\":0}]");
    ck_assert_str_eq(
        part("shifts"),
        "[{\"id\":2,\"till\":\"caja-1\",\"state\":\"open\",\"opened_at\":\"2026-11-24T19:42:00-05:00\",\"closed_at\":null,"
        "\"z_number\":null,\"float\":200000,\"expected\":null,\"counted\":null,\"difference\":null}]");
}
END_TEST

/* At 01:12: one lemonade of three of this day, and the lunch of a week before, in cash. */
START_TEST(what_was_given_back_stands_apart_on_the_day_it_was_given) {
    core_ok(&f, refunding_some(&f, (struct order_id){2}, (struct line_id){2}, 1));
    core_ok(&f, refunding_all(&f, (struct order_id){1}));
    today();
    /* 8.900 = 8.241 + 659 and 25.000 = 23.148 + 1.852 */
    ck_assert_str_eq(
        part("refunds"),
        "{\"count\":2,\"gross\":33900,\"discount\":0,\"courtesy\":0,\"net\":33900,\"base\":31389,\"tax\":2511,\"tips\":0,"
        "\"adjustment\":0,\"returned\":33900,\"taxes\":[{\"name\":\"INC\",\"rate\":800,\"gross\":33900,\"base\":31389,\"tax\":"
        "2511}]}");
    ck_assert_str_eq(part("after_refunds"), "{\"net\":148105,\"base\":135467,\"tax\":12638,\"tips\":9169,\"collected\":157244}");
    ck_assert_int_eq(json_int(json_object(report, "totals"), "net", 0, 1000000), 182005);
    ck_assert_int_eq(json_int(json_object(report, "last_week"), "net", 0, 1000000), 25000);
    struct json items = json_array(report, "by_item", 6, 6), means = json_array(report, "by_means", 4, 4);
    ck_assert_str_eq(json_print(json_at(items, 2), f.arena, NULL),
                     "{\"item\":\"limonada\",\"name\":\"Limonada "
                     "natural\",\"quantity\":3,\"net\":26700,\"refunded_quantity\":1,\"refunded\":8900}");
    ck_assert_str_eq(
        json_print(json_at(items, 5), f.arena, NULL),
        "{\"item\":\"almuerzo\",\"name\":\"Almuerzo\",\"quantity\":0,\"net\":0,\"refunded_quantity\":1,\"refunded\":25000}");
    ck_assert_int_eq(json_int(json_at(means, 2), "refunded", 0, 1000000), 25000);
    ck_assert_int_eq(json_int(json_at(means, 3), "refunded", 0, 1000000), 8900);
    struct json category = json_at(json_array(report, "by_category", 3, 3), 0),
                hour = json_at(json_array(report, "by_hour", 24, 24), 1);
    ck_assert_int_eq(json_int(category, "refunded", 0, 1000000), 25000);
    ck_assert_int_eq(json_int(hour, "refunds", 0, 100), 2);
    ck_assert_int_eq(json_int(hour, "refunded", 0, 1000000), 33900);
    ck_assert_int_eq(json_int(json_at(json_array(report, "by_kind", 2, 2), 0), "refunded", 0, 1000000), 33900);
    core_ok(&f, run("2026-11-17")); /* that day stays what it was */
    ck_assert_int_eq(json_int(json_object(report, "refunds"), "count", 0, 100), 0);
    ck_assert_int_eq(json_int(json_object(report, "after_refunds"), "net", 0, 1000000), 25000);
    ck_assert(json_ok(report, &f.error));
}
END_TEST

START_TEST(a_sale_after_midnight_belongs_to_the_shifts_day) {
    struct order_id id = order(ORDER_TABLE, 0); /* 01:12 on the 25th */
    core_put(&f, id, "agua", 1, "");
    pay(id, 0, "efectivo", NULL);
    today();
    ck_assert_int_eq(json_int(json_object(report, "totals"), "documents", 0, 100), 5);
    ck_assert_int_eq(json_int(json_at(json_array(report, "by_hour", 24, 24), 1), "net", 0, 100000), 6000);
    core_ok(&f, run("2026-11-25"));
    ck_assert_int_eq(json_int(json_object(report, "totals"), "documents", 0, 100), 0);
}
END_TEST

START_TEST(two_shifts_of_one_day_are_one_day) {
    end_shift();
    core_fixture_open_shift(&f); /* 01:12: before the cut-over */
    struct order_id id = order(ORDER_TABLE, 0);
    core_put(&f, id, "agua", 1, "");
    pay(id, 0, "efectivo", NULL);
    today();
    ck_assert_int_eq(json_int(json_object(report, "totals"), "net", 0, 1000000), 188005);
    ck_assert_uint_eq(json_count(json_array(report, "shifts", 0, 10)), 2);
}
END_TEST

START_TEST(a_day_without_sales_is_all_zeros) {
    core_ok(&f, run("2026-01-01"));
    ck_assert_str_eq(
        part("totals"),
        "{\"documents\":0,\"covers\":0,\"gross\":0,\"discount\":0,\"courtesy\":0,\"net\":0,\"base\":0,\"tax\":0,\"tips\":0,"
        "\"adjustment\":0,\"collected\":0,\"average\":0}");
    ck_assert_str_eq(part("by_means"), "[]");
    ck_assert_uint_eq(json_count(json_array(report, "by_hour", 0, 24)), 24);
    ck_assert_str_eq(part("voids"), "{\"lines\":0,\"quantity\":0,\"amount\":0,\"orders\":0}");
}
END_TEST

START_TEST(what_is_no_day_is_refused) {
    static const char *const bad[] = {"2026-02-30", "24-11-2026", "", "hoy", "2026-11-24'"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        core_refused(&f, "bad_date", run(bad[i]));
        ck_assert_str_eq(f.error.field, "date");
    }
}
END_TEST

int main(void) {
    return data_suite_run("core_report", setup, teardown,
                          DATA_TESTS(the_totals_of_the_day, the_same_weekday_a_week_before_stands_beside_it, by_means_of_payment,
                                     by_category_item_kind_and_person, by_tax, by_hour_of_the_sites_clock,
                                     voids_of_what_the_kitchen_knew, what_was_given_back_stands_apart_on_the_day_it_was_given,
                                     numbers_and_shifts_of_the_day, a_sale_after_midnight_belongs_to_the_shifts_day,
                                     two_shifts_of_one_day_are_one_day, a_day_without_sales_is_all_zeros,
                                     what_is_no_day_is_refused));
}
