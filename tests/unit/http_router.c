/* Routes: which one a request finds, and that the table itself is sound. */
#include <string.h>

#include "pos/http/route.h"
#include "tests/support/data_suite.h"

static struct arena *arena;
static void setup(void) {
    arena = arena_open();
}
static void teardown(void) {
    arena_close(arena);
}

static struct request_param params[REQUEST_PARAMS_MAX];
static const char *allow;

static const struct route *find(const char *method, const char *path) {
    memset(params, 0, sizeof params);
    return route_find(routes, method, path, arena, params, &allow);
}

static void finds(const char *method, const char *path, const char *pattern) {
    const struct route *route = find(method, path);
    ck_assert_msg(route != NULL, "%s %s finds nothing", method, path);
    ck_assert_str_eq(route->pattern, pattern);
}

START_TEST(a_path_finds_its_route_with_its_numbers) {
    finds("GET", "/healthz", "/healthz");
    finds("GET", "/api/v1", "/api/v1");
    finds("DELETE", "/api/v1/orders/31/lines/44", "/api/v1/orders/{id}/lines/{line}");
    ck_assert_int_eq(params[0].number, 31);
    ck_assert_int_eq(params[1].number, 44);
    finds("DELETE", "/api/v1/orders/31/discounts/3", "/api/v1/orders/{id}/discounts/{discount}");
    ck_assert_int_eq(params[1].number, 3);
    finds("PUT", "/api/v1/menu/items/limonada/availability", "/api/v1/menu/items/{item}/availability");
    ck_assert_str_eq(params[0].text, "limonada");
    finds("GET", "/api/v1/orders/9007199254740991", "/api/v1/orders/{id}");
    ck_assert_int_eq(params[0].number, 9007199254740991);
}
END_TEST

START_TEST(a_word_beside_a_number_finds_the_words_route) {
    finds("GET", "/api/v1/shifts/current", "/api/v1/shifts/current");
    finds("GET", "/api/v1/shifts/7", "/api/v1/shifts/{id}");
    finds("GET", "/api/v1/menu/versions/current", "/api/v1/menu/versions/{version}");
}
END_TEST

START_TEST(what_is_no_row_number_finds_nothing) {
    static const char *const paths[] = {"/api/v1/orders/abc", "/api/v1/orders/0",  "/api/v1/orders/-1",
                                        "/api/v1/orders/007", "/api/v1/orders/+7", "/api/v1/orders/9007199254740992",
                                        "/api/v1/orders/1.5", "/api/v1/orders/",   "/api/v1/orders/99999999999999999999"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        ck_assert_msg(find("GET", paths[i]) == NULL, "%s", paths[i]);
        ck_assert_msg(allow == NULL, "%s allows %s", paths[i], allow);
    }
}
END_TEST

START_TEST(near_misses_find_nothing) {
    static const char *const paths[] = {
        "", "/", "/api", "/api/v1/", "/api/v1/orderss", "/api/v1/orders/1/", "/api/v1/orders//lines", "//healthz", "/healthz/x"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) ck_assert_msg(find("GET", paths[i]) == NULL, "%s", paths[i]);
}
END_TEST

START_TEST(another_method_is_told_which_ones_there_are) {
    ck_assert_ptr_null(find("PUT", "/api/v1/orders"));
    ck_assert_str_eq(allow, "GET, POST");
    ck_assert_ptr_null(find("POST", "/api/v1/orders/1"));
    ck_assert_str_eq(allow, "GET");
    ck_assert_ptr_null(find("GET", "/nothing"));
    ck_assert_ptr_null(allow);
}
END_TEST

START_TEST(head_finds_what_get_finds) {
    finds("HEAD", "/api/v1/menu", "/api/v1/menu");
    ck_assert_ptr_null(find("HEAD", "/api/v1/orders/1/send"));
}
END_TEST

START_TEST(every_route_is_whole) {
    for (const struct route *r = routes; r->method; r++) {
        bool get = strcmp(r->method, "GET") == 0;
        ck_assert_msg(get == (r->kind != ROUTE_COMMAND && !r->parse), "%s %s: only a GET changes nothing", r->method, r->pattern);
        ck_assert_msg((r->kind == ROUTE_COMMAND) == (r->run != NULL), "%s %s: a command runs", r->method, r->pattern);
        ck_assert_msg((r->kind != ROUTE_COMMAND) == (r->answer != NULL), "%s %s: anything else answers", r->method, r->pattern);
        ck_assert_msg(!r->versioned || strncmp(r->pattern, "/api/v1/orders/{id}", 19) == 0, "%s %s: {id} is an order", r->method,
                      r->pattern);
        ck_assert_msg(r->permission < PERMISSION_COUNT, "%s %s", r->method, r->pattern);
        for (const struct route *other = r + 1; other->method; other++)
            ck_assert_msg(strcmp(r->method, other->method) != 0 || strcmp(r->pattern, other->pattern) != 0, "%s %s twice",
                          r->method, r->pattern);
    }
}
END_TEST

/* A route opened to everybody, or made keyless, by mistake changes this list. */
START_TEST(only_these_need_no_session_and_only_these_no_key) {
    static const char *const open[] = {"GET /healthz", "GET /metrics", "GET /api/v1", "GET /api/v1/sign-in",
                                       "POST /api/v1/session"};
    static const char *const keyless[] = {"POST /api/v1/session", "DELETE /api/v1/session", "POST /api/v1/orders/{id}/refunds/quote"};
    size_t opened = 0, without_key = 0;
    for (const struct route *r = routes; r->method; r++) {
        const char *name = arena_printf(arena, "%s %s", r->method, r->pattern);
        if (r->permission == PERMISSION_PUBLIC) ck_assert_str_eq(name, open[opened++]);
        if (r->keyless) ck_assert_str_eq(name, keyless[without_key++]);
    }
    ck_assert_uint_eq(opened, 5);
    ck_assert_uint_eq(without_key, 3);
}
END_TEST

int main(void) {
    return data_suite_run("http_router", setup, teardown,
                          DATA_TESTS(a_path_finds_its_route_with_its_numbers, a_word_beside_a_number_finds_the_words_route,
                                     what_is_no_row_number_finds_nothing, near_misses_find_nothing,
                                     another_method_is_told_which_ones_there_are, head_finds_what_get_finds, every_route_is_whole,
                                     only_these_need_no_session_and_only_these_no_key));
}
