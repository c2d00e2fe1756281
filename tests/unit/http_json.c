/* What the core's structs look like in JSON: every member, in its place, with the right value. */
#include <string.h>

#include "pos/http/shapes.h"
#include "tests/support/core_checks.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

static const char *order_text(struct order_id id) {
    struct json into = json_new_object(f.arena);
    shape_order(into, core_read(&f, id), f.site);
    return json_print(into, f.arena, NULL);
}

static void has(const char *text, const char *part) {
    ck_assert_msg(strstr(text, part) != NULL, "%s is not in\n%s", part, text);
}

#define ALMUERZO                                                                                                                 \
    "{\"gross\":25000,\"discount\":0,\"courtesy\":0,\"net\":25000,\"base\":23148,\"tax\":1852,\"taxes\":[{\"name\":\"INC\","     \
    "\"rate\":800,"                                                                                                              \
    "\"gross\":25000,\"base\":23148,\"tax\":1852}],\"tip\":0,\"due\":25000}"

/* RULES: 25.000 at 8 % is 23.148 and INC 1.852; its highest tip 2.314. One piece after the other, nothing between them. */
START_TEST(an_open_order_has_every_member) {
    static const char *const wanted[] = {
        "{\"id\":1,\"number\":1,\"version\":2,\"kind\":\"table\",\"table\":\"mesa-1\",\"name\":\"\",\"covers\":null,\"state\":"
        "\"open\",",
        "\"opened_by\":\"Marlene\",\"served_by\":\"Marlene\",\"opened_at\":\"2026-11-24T19:42:00-05:00\",\"ended_at\":null,",
        "\"void_reason\":null,\"merged_into\":null,\"sends\":0,\"changed\":true,",
        "\"lines\":[{\"id\":1,\"item\":\"almuerzo\",\"name\":\"Almuerzo\",\"category\":\"cocina\",\"course\":null,\"seat\":null,",
        "\"quantity\":1,\"voided\":0,\"sent\":0,\"held\":false,\"changed\":true,\"unit_price\":25000,\"amount\":25000,",
        "\"note\":\"sin cebolla\",\"tax_rate\":800,\"options\":[]}],",
        "\"checks\":[{\"id\":1,\"position\":1,\"label\":\"\",\"state\":\"open\",\"fixed\":false,\"due\":25000,"
        "\"totals\":" ALMUERZO ",",
        "\"tip\":{\"state\":\"unasked\",\"amount\":0,\"ceiling\":2314},\"settled\":0,\"balance\":25000,\"cash_due\":25000,",
        "\"refunded\":0,\"document\":null,",
        "\"lines\":[{\"line\":1,\"quantity\":1,\"gross\":25000,\"discount\":0,\"courtesy\":0,\"net\":25000}]}],\"discounts\":[],",
        "\"totals\":" ALMUERZO ",\"paid\":0,\"balance\":25000,\"cash_due\":25000,",
        "\"tip\":{\"state\":\"unasked\",\"amount\":0,\"ceiling\":2314},\"payments\":[],\"refunds\":[]}",
    };
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "almuerzo", 1, "sin cebolla");
    const char *text = order_text(id);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        size_t size = strlen(wanted[i]);
        ck_assert_msg(strncmp(text, wanted[i], size) == 0, "%.200s\nis not\n%s", text, wanted[i]);
        text += size;
    }
    ck_assert_str_eq(text, "");
}
END_TEST

/* 25.000 less 10 % and 2.500 given away of what is left, in two. */
START_TEST(a_split_order_shows_its_discounts_and_each_check) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_discount(&f, f.cashier, id, &(struct order_discount_new){.percent = 1000, .reason = "Cliente frecuente"}));
    core_ok(&f, core_discount(&f, core_approved(f.cashier, f.manager), id,
                              &(struct order_discount_new){.courtesy = true, .amount = 2500, .line = {1}, .reason = "Demora"}));
    core_ok(&f, core_split(&f, id, &(struct order_split_new){.ways = 2}));
    const char *text = order_text(id);
    has(text, "\"discounts\":[{\"id\":1,\"kind\":\"discount\",\"line\":null,\"percent\":1000,\"amount\":null,\"value\":2500,"
              "\"fixed\":true,"
              "\"reason\":\"Cliente frecuente\",\"by\":\"Caja\",\"approved_by\":null,\"at\":\"2026-11-24T19:42:00-05:00\"},"
              "{\"id\":2,\"kind\":\"courtesy\",\"line\":1,\"percent\":null,\"amount\":2500,\"value\":2500,\"fixed\":true,"
              "\"reason\":\"Demora\",\"by\":\"Caja\",\"approved_by\":\"Gerencia\",\"at\":\"2026-11-24T19:42:00-05:00\"}]");
    has(text, "{\"id\":2,\"position\":2,\"label\":\"Parte 2 de 2\",\"state\":\"open\",\"fixed\":true,\"due\":10000,");
    has(text, "\"lines\":[{\"line\":1,\"quantity\":1,\"gross\":12500,\"discount\":2500,\"courtesy\":1250,\"net\":10000}]}],");
    has(text, "\"totals\":{\"gross\":25000,\"discount\":5000,\"courtesy\":2500,\"net\":20000,");
}
END_TEST

/* RULES §5: due 27.480, tender 30.000 → charged 27.450, change 2.550. */
START_TEST(a_paid_order_shows_its_document_and_payment) {
    struct order_id id = core_sold(&f, "bandeja", 1);
    has(order_text(id), "\"balance\":27480,\"cash_due\":27450,\"tip\":{\"state\":\"declined\",\"amount\":0,");
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "cash", .tendered = 30000}));
    const char *text = order_text(id);
    has(text, "\"state\":\"paid\",\"opened_by\":\"Marlene\",\"served_by\":\"Marlene\",\"opened_at\":\"2026-11-24T19:42:00-05:"
              "00\",\"ended_at\":\"2026-11-"
              "24T19:42:00-05:00\"");
    has(text, "\"settled\":27480,\"balance\":0,\"cash_due\":0,\"refunded\":0,\"document\":\"INT-1\",");
    has(text, "\"paid\":27480,\"balance\":0,\"cash_due\":0");
    has(text, "\"payments\":[{\"id\":1,\"check\":1,\"at\":\"2026-11-24T19:42:00-05:00\",\"kind\":\"cash\",\"means\":\"efectivo\","
              "\"amount\":27480,"
              "\"charged\":27450,\"adjustment\":-30,\"tendered\":30000,\"change\":2550,\"reference\":null}],\"refunds\":[]}");
}
END_TEST

START_TEST(the_amount_of_a_line_is_what_is_left_of_it) {
    struct order_id id = core_table(&f, "mesa-1");
    core_put(&f, id, "limonada", 3, "");
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_void_line(&f, f.manager, id, (struct line_id){1}, 1, "Error al marcar"));
    has(order_text(id),
        "\"quantity\":3,\"voided\":1,\"sent\":3,\"held\":false,\"changed\":true,\"unit_price\":8900,\"amount\":17800,");
    core_ok(&f, core_void_line(&f, f.manager, id, (struct line_id){1}, 2, "Error al marcar"));
    has(order_text(id),
        "\"quantity\":3,\"voided\":3,\"sent\":3,\"held\":false,\"changed\":true,\"unit_price\":8900,\"amount\":0,");
}
END_TEST

START_TEST(an_open_shift_hides_what_the_count_must_not_know) {
    struct shift shift;
    struct db *db = db_pool_take(f.till->readers);
    core_ok(&f, shift_get(db, f.shift, f.arena, &shift, &f.error));
    db_pool_give(f.till->readers, db);
    struct json into = json_new_object(f.arena);
    shape_shift(into, &shift);
    ck_assert_str_eq(
        json_print(into, f.arena, NULL),
        "{\"id\":1,\"till\":\"caja-1\",\"business_day\":\"2026-11-24\",\"state\":\"open\",\"float\":200000,\"opened_by\":"
        "\"Caja\","
        "\"opened_at\":\"2026-11-24T19:42:00-05:00\",\"closed_by\":null,\"closed_at\":null,\"z_number\":null,\"expected\":null,"
        "\"counted\":null,\"difference\":null}");
    shift.open = false;
    shift.closed_by = "Caja";
    shift.closed_at = CORE_NOW;
    shift.z_number = 12;
    shift.expected = 855350;
    shift.counted = 855000;
    shift.difference = -350;
    into = json_new_object(f.arena);
    shape_shift(into, &shift);
    has(json_print(into, f.arena, NULL),
        "\"closed_by\":\"Caja\",\"closed_at\":\"2026-11-24T19:42:00-05:00\",\"z_number\":12,\"expected\":855350,"
        "\"counted\":855000,\"difference\":-350}");
}
END_TEST

START_TEST(a_job_tells_its_marks) {
    struct job job = {.id = 9,
                      .kind = "kitchen",
                      .printer = "barra",
                      .station = "barra",
                      .state = JOB_UNKNOWN,
                      .reason = "it went away",
                      .created_at = CORE_NOW,
                      .copy_of = 3,
                      .sequence = 4,
                      .order_id = 31,
                      .marks = {.copy = true, .duplicate = 2, .fallback_for = "BARRA", .practice = true}};
    struct json into = json_new_object(f.arena);
    shape_job(into, &job);
    ck_assert_str_eq(
        json_print(into, f.arena, NULL),
        "{\"id\":9,\"kind\":\"kitchen\",\"order\":31,\"shift\":null,\"printer\":\"barra\",\"station\":\"barra\",\"sequence\":4,"
        "\"state\":\"unknown\",\"evidence\":null,\"reason\":\"it went away\","
        "\"marks\":[\"copia\",\"posible_duplicado\",\"respaldo\",\"practica\"],\"copy_of\":3,\"kept\":true,"
        "\"created_at\":\"2026-11-24T19:42:00-05:00\",\"printed_at\":null}");
}
END_TEST

START_TEST(a_session_tells_what_its_role_may) {
    struct session session = {.staff = {.id = {2}, .name = "Marlene", .role = ROLE_WAITER, .active = true},
                              .expires_at = CORE_NOW};
    struct json into = json_new_object(f.arena);
    shape_session(into, &session);
    ck_assert_str_eq(
        json_print(into, f.arena, NULL),
        "{\"staff\":{\"id\":2,\"name\":\"Marlene\",\"role\":\"waiter\"},"
        "\"permissions\":[\"signed_in\",\"sell\",\"sold_out\",\"paper\"],\"expires_at\":\"2026-11-24T19:42:00-05:00\"}");
}
END_TEST

START_TEST(a_list_says_where_it_goes_on) {
    struct json into = json_new_object(f.arena);
    shape_next(into, true, 31);
    ck_assert_str_eq(json_print(into, f.arena, NULL), "{\"next\":31}");
    into = json_new_object(f.arena);
    shape_next(into, false, 31);
    ck_assert_str_eq(json_print(into, f.arena, NULL), "{\"next\":null}");
}
END_TEST

int main(void) {
    return data_suite_run("http_json", setup, teardown,
                          DATA_TESTS(an_open_order_has_every_member, a_split_order_shows_its_discounts_and_each_check,
                                     a_paid_order_shows_its_document_and_payment, the_amount_of_a_line_is_what_is_left_of_it,
                                     an_open_shift_hides_what_the_count_must_not_know, a_job_tells_its_marks,
                                     a_session_tells_what_its_role_may, a_list_says_where_it_goes_on));
}
