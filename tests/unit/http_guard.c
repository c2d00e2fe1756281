/* The guard: whose host name is ours, what a UUID is, which token was sent, which compression is taken. */
#include "pos/http/guard.h"

#include "pos/http/assets.h"
#include "pos/http/auth.h"
#include "tests/support/data_suite.h"

static struct arena *arena;
static void setup(void) {
    arena = arena_open();
}
static void teardown(void) {
    arena_close(arena);
}

START_TEST(on_loopback_only_loopbacks_names_are_ours) {
    static const char *const ours[] = {"localhost", "LOCALHOST:8080", "127.0.0.1:8080", "127.0.0.1", "[::1]:8080", "[::1]"};
    static const char *const foreign[] = {"evil.example",
                                          "localhost.evil.example",
                                          "192.168.1.20:8080",
                                          "10.0.0.1",
                                          "till",
                                          "till.local",
                                          "127.0.0.1.nip.io",
                                          "",
                                          ":8080",
                                          "[::1",
                                          "a:b:c"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        ck_assert_msg(guard_host_is_ours("127.0.0.1:8080", ours[i], "till"), "%s", ours[i]);
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        ck_assert_msg(!guard_host_is_ours("127.0.0.1:8080", foreign[i], "till"), "%s", foreign[i]);
    ck_assert(!guard_host_is_ours("127.0.0.1:8080", NULL, "till"));
    ck_assert(!guard_host_is_ours("[::1]:8080", "till", "till"));
    ck_assert(guard_host_is_ours("127.0.0.2:8080", "127.0.0.2:8080", "till"));
}
END_TEST

START_TEST(on_the_network_addresses_and_the_machines_name_are_ours) {
    static const char *const ours[] = {"192.168.1.20:8080", "[fe80::1]:8080", "localhost:8080", "till", "Till.local:8080"};
    static const char *const foreign[] = {"evil.example", "till.evil.example", "tills", "till.localx"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        ck_assert_msg(guard_host_is_ours("0.0.0.0:8080", ours[i], "till"), "%s", ours[i]);
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        ck_assert_msg(!guard_host_is_ours("0.0.0.0:8080", foreign[i], "till"), "%s", foreign[i]);
    ck_assert(!guard_host_is_ours("0.0.0.0:8080", "till", ""));
}
END_TEST

START_TEST(a_uuid_is_thirty_two_digits_in_five_groups) {
    ck_assert(guard_is_uuid("3f0c2c1e-9d0a-4f0e-8a55-0b8f6a1f2c77"));
    ck_assert(guard_is_uuid("3F0C2C1E-9D0A-4F0E-8A55-0B8F6A1F2C77"));
    static const char *const none[] = {"",
                                       "3f0c2c1e",
                                       "3f0c2c1e-9d0a-4f0e-8a55-0b8f6a1f2c7",
                                       "3f0c2c1e-9d0a-4f0e-8a55-0b8f6a1f2c777",
                                       "3f0c2c1e-9d0a-4f0e-8a55-0b8f6a1f2c7g",
                                       "3f0c2c1e_9d0a-4f0e-8a55-0b8f6a1f2c77",
                                       "{3f0c2c1e-9d0a-4f0e-8a55-0b8f6a1f2c77}",
                                       "3f0c2c1e9d0a4f0e8a550b8f6a1f2c77"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) ck_assert_msg(!guard_is_uuid(none[i]), "%s", none[i]);
}
END_TEST

static const char *token(const char *authorization, const char *cookie) {
    return auth_token(&(struct request_headers){.authorization = authorization, .cookie = cookie}, "comanda", arena);
}

START_TEST(the_token_comes_from_the_header_or_the_cookie) {
    ck_assert_str_eq(token("Bearer abc", NULL), "abc");
    ck_assert_str_eq(token("bearer abc", "comanda=def"), "abc");
    ck_assert_str_eq(token(NULL, "comanda=def"), "def");
    ck_assert_str_eq(token(NULL, "a=1; comanda=def; b=2"), "def");
    ck_assert_str_eq(token("Basic eHl6", "x=1;comanda=def"), "def");
    ck_assert_ptr_null(token(NULL, "xcomanda=def; comandas=ghi"));
    ck_assert_ptr_null(token(NULL, ""));
    ck_assert_ptr_null(token("Basic abc", NULL));
}
END_TEST

START_TEST(gzip_is_sent_only_to_who_takes_it) {
    ck_assert(asset_accepts_gzip("gzip"));
    ck_assert(asset_accepts_gzip("deflate, gzip;q=0.5, br"));
    ck_assert(asset_accepts_gzip("br, GZIP"));
    ck_assert(asset_accepts_gzip("*"));
    ck_assert(!asset_accepts_gzip("gzip;q=0"));
    ck_assert(!asset_accepts_gzip("gzip; q=0.000, *"));
    ck_assert(!asset_accepts_gzip("*;q=0"));
    ck_assert(!asset_accepts_gzip("identity, xgzip, gzipped"));
    ck_assert(!asset_accepts_gzip(""));
    ck_assert(!asset_accepts_gzip(NULL));
}
END_TEST

/* ---- the screens ---- */

static const struct embed_file files[] = {
    {"app-II53DE4C.js", (const unsigned char *)"let a = 1; let b = 2;", 21},
    {"app-II53DE4C.js.gz", (const unsigned char *)"zz", 2},
    {"app-notahash.css", (const unsigned char *)"b{}", 3},
    {"icon.svg", (const unsigned char *)"<svg/>", 6},
    {"icon.svg.gz", (const unsigned char *)"longer than it was", 18},
    {"index.html", (const unsigned char *)"<html>", 6},
    {NULL, NULL, 0},
};

START_TEST(a_hashed_name_may_be_kept_for_ever_and_others_not) {
    struct assets *assets = assets_index(files, arena);
    const struct asset *app = asset_find(assets, "/app-II53DE4C.js"), *css = asset_find(assets, "/app-notahash.css");
    ck_assert_str_eq(app->type, "text/javascript; charset=utf-8");
    ck_assert(app->immutable);
    ck_assert_uint_eq(app->gzip->size, 2);
    ck_assert_str_ne(app->tag, app->gzip_tag);
    ck_assert(!css->immutable);
    ck_assert_ptr_null(css->gzip);
    ck_assert_str_eq(asset_find(assets, "/icon.svg")->type, "image/svg+xml");
    ck_assert_ptr_null(asset_find(assets, "/icon.svg")->gzip); /* it grew: no use */
}
END_TEST

START_TEST(a_path_without_a_dot_is_the_page_and_a_missing_file_is_missing) {
    struct assets *assets = assets_index(files, arena);
    ck_assert_str_eq(asset_find(assets, "/")->path, "/index.html");
    ck_assert_str_eq(asset_find(assets, "/orders/31")->path, "/index.html");
    ck_assert_ptr_null(asset_find(assets, "/app-OLD00000.js"));
    ck_assert_ptr_null(asset_find(assets, "/app-II53DE4C.js.gz"));
    ck_assert_ptr_null(asset_find(assets, "/../index.html.bak"));
}
END_TEST

int main(void) {
    return data_suite_run("http_guard", setup, teardown,
                          DATA_TESTS(on_loopback_only_loopbacks_names_are_ours,
                                     on_the_network_addresses_and_the_machines_name_are_ours,
                                     a_uuid_is_thirty_two_digits_in_five_groups, the_token_comes_from_the_header_or_the_cookie,
                                     gzip_is_sent_only_to_who_takes_it, a_hashed_name_may_be_kept_for_ever_and_others_not,
                                     a_path_without_a_dot_is_the_page_and_a_missing_file_is_missing));
}
