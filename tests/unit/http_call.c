/* Calls without a server, as the command line makes them: the same table of routes, the console as the actor. */
#include <string.h>

#include "pos/http/door.h"
#include "tests/support/core_fixture.h"

static struct core_fixture f;
static struct door_answer answer;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

static int call(const char *method, const char *address, const char *body) {
    ck_assert_msg(door_call(f.till, method, address, body, f.arena, &answer, &f.error), "%s", f.error.message);
    return answer.status;
}

static void has(const char *part) {
    ck_assert_msg(strstr(answer.body, part) != NULL, "%s is not in\n%s", part, answer.body);
}

START_TEST(the_console_needs_neither_session_nor_key) {
    ck_assert_int_eq(call("GET", "/api/v1/staff", NULL), 200);
    has("{\"id\":1,\"name\":\"Marlene\",\"role\":\"waiter\",\"active\":true,\"created_at\":\"2026-11-24T19:42:00-05:00\"}");
    ck_assert_int_eq(call("POST", "/api/v1/staff", "{\"name\":\"Rosa\",\"role\":\"cook\",\"pin\":\"7391\"}"), 201);
    has("{\"id\":4,\"name\":\"Rosa\",\"role\":\"cook\",\"active\":true,");
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM idempotency"), 0);
    ck_assert_str_eq(
        core_text(&f, "SELECT device || ' ' || kind || ' ' || coalesce(staff_id, 'nobody') FROM journal ORDER BY seq DESC"),
        "console staff_added nobody");
}
END_TEST

START_TEST(a_refusal_is_an_answer) {
    const char *before = core_state(&f);
    ck_assert_int_eq(call("GET", "/api/v1/orders/77", NULL), 404);
    ck_assert_str_eq(answer.type, "application/problem+json");
    has("\"code\":\"order_unknown\"");
    ck_assert_int_eq(call("POST", "/api/v1/staff", "{\"name\":\"Rosa\",\"role\":\"cook\",\"pin\":\"1234\"}"), 400);
    has("\"code\":\"pin_weak\"");
    ck_assert_int_eq(call("POST", "/api/v1/staff", "{\"name\":\"Rosa\""), 400);
    has("\"code\":\"bad_json\"");
    ck_assert_int_eq(call("POST", "/api/v1/shifts", "{\"float\":1}"), 401); /* a shift is a person's */
    ck_assert_int_eq(call("GET", "/api/v1/nothing", NULL), 404);
    has("\"code\":\"no_route\"");
    ck_assert_int_eq(call("GET", "/", NULL), 404); /* the screens need a server */
    ck_assert_int_eq(call("GET", "/api/v1/events", NULL), 404);
    ck_assert_int_eq(call("GET", "/api/v1/session", NULL), 401);
    ck_assert_int_eq(call("GET", "/api/v1/printers", NULL), 503); /* and so do the printers */
    has("\"code\":\"no_spooler\"");
    ck_assert_str_eq(core_state(&f), before);
}
END_TEST

START_TEST(an_order_is_opened_by_a_person_and_not_by_the_console) {
    ck_assert_int_eq(call("POST", "/api/v1/orders", "{\"kind\":\"takeaway\"}"), 403);
    has("\"code\":\"staff_needed\"");
}
END_TEST

START_TEST(the_query_is_split_and_checked) {
    ck_assert_int_eq(call("GET", "/api/v1/reports/daily?date=2026-11-24", NULL), 200);
    has("{\"date\":\"2026-11-24\",");
    ck_assert_int_eq(call("GET", "/api/v1/reports/daily", NULL), 200);
    has("{\"date\":\"2026-11-24\",");
    ck_assert_int_eq(call("GET", "/api/v1/reports/daily?date=2026-02-30", NULL), 400);
    has("\"field\":\"date\"");
    ck_assert_int_eq(call("GET", "/api/v1/journal?after=2&limit=1", NULL), 200);
    has("{\"entries\":[{\"seq\":3,");
    has("\"next\":3}");
    ck_assert_int_eq(call("GET", "/api/v1/journal?after=2&limit=0", NULL), 400);
    ck_assert_int_eq(call("GET", "/api/v1/journal?aftr=2", NULL), 400);
    has("\"field\":\"aftr\"");
    ck_assert_int_eq(call("GET", "/api/v1/journal?after=1&a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9&j=1&k=2&l=3&m=4&n=5&o=6&p=7", NULL),
                     400);
    ck_assert(!door_call(f.till, "GET", "/api/v1/journal?after=%31", NULL, f.arena, &answer, &f.error));
    ck_assert_str_eq(f.error.code, "bad_path");
}
END_TEST

START_TEST(a_body_too_large_is_refused_whole) {
    char *large = arena_alloc(f.arena, 256 * 1024 + 2);
    memset(large, ' ', 256 * 1024 + 1);
    ck_assert_int_eq(call("POST", "/api/v1/staff", large), 413);
    has("\"code\":\"body_too_large\"");
    large[256 * 1024] = '\0'; /* one byte less is read, and is no JSON */
    ck_assert_int_eq(call("POST", "/api/v1/staff", large), 400);
    has("\"code\":\"bad_json\"");
}
END_TEST

START_TEST(a_menu_is_published_or_all_its_faults_are_told) {
    ck_assert_int_eq(call("GET", "/api/v1/menu/versions/current", NULL), 200);
    const char *document = arena_text_n(f.arena, answer.body, answer.size);
    ck_assert_int_eq(call("POST", "/api/v1/menu/versions", document), 201);
    has("{\"version\":2}");
    ck_assert_int_eq(call("GET", "/api/v1/menu", NULL), 200);
    has("{\"version\":2,\"name\":\"Carta de prueba\",\"sample\":true,");
    ck_assert_int_eq(call("POST", "/api/v1/menu/versions",
                          "{\"name\":\"x\",\"categories\":[{\"id\":\"c\",\"name\":\"C\",\"items\":[{\"id\":\"a\",\"name\":\"A\","
                          "\"price\":-1,\"station\":\"luna\"}]}]}"),
                     400);
    has("\"code\":\"bad_menu\"");
    has("\"faults\":[\"categories[0].items[0].price: ");
    has("categories[0].items[0].station: ");
    ck_assert_int_eq(call("GET", "/api/v1/menu/versions/3", NULL), 404);
}
END_TEST

START_TEST(sold_out_is_journaled_and_shown) {
    ck_assert_int_eq(call("PUT", "/api/v1/menu/items/limonada/availability", "{\"available\":true,\"remaining\":2}"), 200);
    has("\"available\":true,\"remaining\":2}");
    ck_assert_str_eq(core_text(&f, "SELECT kind || ' ' || detail FROM journal ORDER BY seq DESC"),
                     "availability_set {\"item\":\"limonada\",\"available\":true,\"remaining\":2}");
    ck_assert_int_eq(call("PUT", "/api/v1/menu/items/limonada/availability", "{\"available\":false}"), 200);
    has("\"available\":false,\"remaining\":null}");
    ck_assert_int_eq(call("PUT", "/api/v1/menu/items/nada/availability", "{\"available\":false}"), 404);
}
END_TEST

START_TEST(a_test_page_becomes_a_job_with_bytes_text_and_picture) {
    ck_assert_int_eq(call("POST", "/api/v1/printers/barra/test", NULL), 201);
    ck_assert_str_eq(answer.body, "{\"job\":1}");
    ck_assert_int_eq(call("GET", "/api/v1/print-jobs/1", NULL), 200);
    has("\"kind\":\"test\",\"order\":null,\"shift\":null,\"printer\":\"barra\",\"station\":null,\"sequence\":null,\"state\":"
        "\"queued\"");
    ck_assert_int_eq(call("GET", "/api/v1/print-jobs/1/bytes", NULL), 200);
    ck_assert_mem_eq(answer.body, "\x1b@", 2);
    ck_assert_int_eq(call("GET", "/api/v1/print-jobs/1/picture", NULL), 200);
    ck_assert_mem_eq(answer.body, "\x89PNG", 4);
    ck_assert_int_eq(call("GET", "/api/v1/print-jobs/1/text", NULL), 200);
    ck_assert_int_eq(call("POST", "/api/v1/print-jobs/1/reprint", "{}"), 409); /* it was not tried yet */
    has("\"code\":\"job_waiting\"");
    ck_assert_int_eq(call("POST", "/api/v1/printers/luna/test", NULL), 404);
}
END_TEST

START_TEST(an_intact_journal_verifies) {
    ck_assert_int_eq(call("GET", "/api/v1/journal/verify", NULL), 200);
    has("\"first_bad\":null");
}
END_TEST

int main(void) {
    return data_suite_run("http_call", setup, teardown,
                          DATA_TESTS(the_console_needs_neither_session_nor_key, a_refusal_is_an_answer,
                                     an_order_is_opened_by_a_person_and_not_by_the_console, the_query_is_split_and_checked,
                                     a_body_too_large_is_refused_whole, a_menu_is_published_or_all_its_faults_are_told,
                                     sold_out_is_journaled_and_shown, a_test_page_becomes_a_job_with_bytes_text_and_picture,
                                     an_intact_journal_verifies));
}
