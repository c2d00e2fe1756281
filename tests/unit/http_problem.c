/* Errors as answers: the status of each kind and of the codes that have their own, and the body. */
#include "pos/http/problem.h"

#include "tests/support/data_suite.h"

static struct arena *arena;
static void setup(void) {
    arena = arena_open();
}
static void teardown(void) {
    arena_close(arena);
}

static struct error error_of(enum error_kind kind, const char *code, const char *message) {
    struct error e;
    error_fail(&e, kind, code, "%s", message);
    return e;
}

START_TEST(each_kind_has_its_status) {
    static const struct {
        enum error_kind kind;
        int status;
    } table[] = {
        {ERROR_INVALID, 400}, {ERROR_NOT_FOUND, 404}, {ERROR_CONFLICT, 409}, {ERROR_DENIED, 403},
        {ERROR_BUSY, 503},    {ERROR_IO, 503},        {ERROR_INTERNAL, 500}, {ERROR_NONE, 500},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct error e = error_of(table[i].kind, "some_code", "x");
        ck_assert_int_eq(problem_status(&e), table[i].status);
    }
}
END_TEST

START_TEST(some_codes_have_a_status_of_their_own) {
    static const struct {
        enum error_kind kind;
        const char *code;
        int status;
    } table[] = {
        {ERROR_DENIED, "not_signed_in", 401},    {ERROR_DENIED, "pin_wrong", 401},    {ERROR_DENIED, "approval_required", 403},
        {ERROR_CONFLICT, "stale", 412},          {ERROR_CONFLICT, "key_reused", 409}, {ERROR_INVALID, "body_too_large", 413},
        {ERROR_INVALID, "content_type", 415},    {ERROR_BUSY, "pin_locked", 429},     {ERROR_INVALID, "method_not_allowed", 405},
        {ERROR_DENIED, "host_not_allowed", 421},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct error e = error_of(table[i].kind, table[i].code, "x");
        ck_assert_int_eq(problem_status(&e), table[i].status);
    }
}
END_TEST

START_TEST(the_body_names_code_detail_and_field) {
    struct error e = error_of(ERROR_INVALID, "invalid_field", "lines[2].quantity: must be 1 to 999");
    error_at_field(&e, "lines[2].quantity");
    ck_assert_str_eq(
        json_print(problem_json(&e, (struct json){0}, arena), arena, NULL),
        "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"detail\":\"lines[2].quantity: must be 1 to 999\","
        "\"code\":\"invalid_field\",\"field\":\"lines[2].quantity\"}");
}
END_TEST

START_TEST(what_a_manager_can_approve_says_so) {
    struct error e = error_of(ERROR_DENIED, "approval_required", "a manager must approve this (void_sent)");
    ck_assert_str_eq(
        json_print(problem_json(&e, (struct json){0}, arena), arena, NULL),
        "{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,\"detail\":\"a manager must approve this (void_sent)\","
        "\"code\":\"approval_required\",\"approvable\":true}");
}
END_TEST

START_TEST(all_faults_of_a_document_are_told) {
    struct json document;
    struct error e;
    ck_assert(json_parse(arena, "{\"a\":0,\"b\":\"x\"}", 15, &document, &e));
    (void)json_int(document, "a", 1, 9);
    (void)json_bool(document, "b");
    e = error_of(ERROR_INVALID, "bad_menu", "a: must be 1 to 9 (and 1 more)");
    ck_assert_str_eq(
        json_print(problem_json(&e, document, arena), arena, NULL),
        "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"detail\":\"a: must be 1 to 9 (and 1 more)\","
        "\"code\":\"bad_menu\",\"faults\":[\"a: must be 1 to 9\",\"b: must be true or false\"]}");
}
END_TEST

START_TEST(a_locked_pin_says_how_long_and_what_is_busy_one_second) {
    struct error locked = error_of(ERROR_BUSY, "pin_locked", "too many wrong PINs for this person: try again in 37 s");
    struct error busy = error_of(ERROR_BUSY, "writer_busy", "too much is waiting to be written; try again");
    struct error wrong = error_of(ERROR_DENIED, "pin_wrong", "the PIN is wrong");
    ck_assert_int_eq(problem_retry_after(&locked), 37);
    ck_assert_int_eq(problem_retry_after(&busy), 1);
    ck_assert_int_eq(problem_retry_after(&wrong), 0);
}
END_TEST

int main(void) {
    return data_suite_run("http_problem", setup, teardown,
                          DATA_TESTS(each_kind_has_its_status, some_codes_have_a_status_of_their_own,
                                     the_body_names_code_detail_and_field, what_a_manager_can_approve_says_so,
                                     all_faults_of_a_document_are_told, a_locked_pin_says_how_long_and_what_is_busy_one_second));
}
