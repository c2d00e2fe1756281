/* The table of routes. */
#include "pos/http/route.h"

#include "pos/http/resources.h"

#define API "/api/v1"
#define GET(pattern_, permission_, handler)                                                                                      \
    { .method = "GET", .pattern = pattern_, .permission = PERMISSION_##permission_, .kind = ROUTE_READ, .answer = handler }
#define GET_SLOW(pattern_, permission_, handler)                                                                                 \
    { .method = "GET", .pattern = pattern_, .permission = PERMISSION_##permission_, .kind = ROUTE_SLOW, .answer = handler }
#define CHANGE(method_, pattern_, permission_, parse_, run_, ...)                                                                \
    {                                                                                                                            \
        .method = #method_, .pattern = pattern_, .permission = PERMISSION_##permission_, .kind = ROUTE_COMMAND, .parse = parse_, \
        .run = run_, ##__VA_ARGS__                                                                                               \
    }

/* clang-format off */
const struct route routes[] = {
    GET("/healthz", PUBLIC, health_answer),
    {.method = "GET", .pattern = "/metrics", .permission = PERMISSION_PUBLIC, .kind = ROUTE_READ, .house = HOUSE_REAL, .answer = metrics_answer},
    GET(API, PUBLIC, index_answer),
    {.method = "GET", .pattern = API "/events", .permission = PERMISSION_SIGNED_IN, .kind = ROUTE_STREAM, .answer = events_answer},

    GET_SLOW(API "/sign-in", PUBLIC, sign_in_answer), /* in practice it may have to copy people first */
    {.method = "POST", .pattern = API "/session", .permission = PERMISSION_PUBLIC, .kind = ROUTE_SLOW, .keyless = true,
     .parse = session_parse, .answer = session_post_answer},
    GET(API "/session", SIGNED_IN, session_answer),
    CHANGE(DELETE, API "/session", SIGNED_IN, NULL, session_end_run, .keyless = true),

    GET(API "/site", SIGNED_IN, site_answer),
    GET(API "/menu", SIGNED_IN, menu_answer),
    CHANGE(PUT, API "/menu/items/{item}/availability", SOLD_OUT, availability_parse, availability_run),
    CHANGE(POST, API "/menu/versions", PUBLISH_MENU, menu_publish_parse, menu_publish_run, .house = HOUSE_REAL),
    GET(API "/menu/versions/{version}", PUBLISH_MENU, menu_version_answer),

    GET(API "/shifts", SHIFT, shifts_answer),
    CHANGE(POST, API "/shifts", SHIFT, shift_open_parse, shift_open_run),
    GET(API "/shifts/current", SIGNED_IN, shift_current_answer),
    GET(API "/shifts/{id}", SHIFT, shift_answer),
    GET_SLOW(API "/shifts/{id}/report", SIGNED_IN, shift_report_answer), /* X and Z want different permissions: checked there */
    CHANGE(POST, API "/shifts/{id}/report", SHIFT, empty_parse, shift_x_run), /* only the X, which a manager approves */
    CHANGE(POST, API "/shifts/{id}/drawer", CASH_MOVEMENT, drawer_open_parse, drawer_open_run),
    CHANGE(POST, API "/shifts/{id}/cash-movements", CASH_MOVEMENT, cash_movement_parse, cash_movement_run),
    CHANGE(POST, API "/shifts/{id}/close", SHIFT, shift_close_parse, shift_close_run),
    GET(API "/numbering", SHIFT, numbering_answer), /* whoever opens a shift and charges must know before it is too late */

    GET(API "/orders", SIGNED_IN, orders_answer),
    CHANGE(POST, API "/orders", SELL, order_open_parse, order_open_run),
    GET(API "/orders/past", SIGNED_IN, orders_past_answer),
    GET(API "/orders/{id}", SIGNED_IN, order_answer),
    CHANGE(POST, API "/orders/{id}/lines", SELL, lines_parse, lines_run, .versioned = true),
    CHANGE(DELETE, API "/orders/{id}/lines/{line}", SELL, empty_parse, line_remove_run, .versioned = true),
    CHANGE(POST, API "/orders/{id}/lines/{line}/void", SELL, line_void_parse, line_void_run, .versioned = true),
    CHANGE(POST, API "/orders/{id}/void", SELL, order_void_parse, order_void_run, .versioned = true),
    CHANGE(POST, API "/orders/{id}/send", SELL, order_send_parse, order_send_run, .versioned = true),
    CHANGE(POST, API "/orders/{id}/move", SELL, order_move_parse, order_move_run, .versioned = true),
    CHANGE(POST, API "/orders/{id}/merge", SELL, order_merge_parse, order_merge_run, .versioned = true),
    CHANGE(POST, API "/orders/{id}/transfer", SELL, order_transfer_parse, order_transfer_run, .versioned = true),
    CHANGE(POST, API "/orders/{id}/tip", SELL, order_tip_parse, order_tip_run, .versioned = true),
    CHANGE(POST, API "/orders/{id}/discounts", SELL, order_discount_parse, order_discount_run, .versioned = true),
    CHANGE(DELETE, API "/orders/{id}/discounts/{discount}", SELL, empty_parse, order_discount_remove_run, .versioned = true),
    CHANGE(POST, API "/orders/{id}/split", SELL, order_split_parse, order_split_run, .versioned = true),
    CHANGE(DELETE, API "/orders/{id}/split", SELL, empty_parse, order_unsplit_run, .versioned = true),
    CHANGE(POST, API "/orders/{id}/precuenta", SELL, precuenta_parse, precuenta_run, .versioned = true),
    CHANGE(POST, API "/orders/{id}/payments", PAY, payment_parse, payment_run, .versioned = true),
    CHANGE(POST, API "/orders/{id}/refunds", PAY, refund_parse, refund_run, .versioned = true),
    {.method = "POST", .pattern = API "/orders/{id}/refunds/quote", .permission = PERMISSION_PAY, .kind = ROUTE_READ, .keyless = true,
     .parse = refund_quote_parse, .answer = refund_quote_answer},
    CHANGE(POST, API "/orders/{id}/reopen", PAY, order_reopen_parse, order_reopen_run, .versioned = true),

    GET(API "/printers", SIGNED_IN, printers_answer),
    CHANGE(POST, API "/printers/{printer}/test", PAPER, empty_parse, printer_test_run),
    CHANGE(POST, API "/printers/{printer}/pause", PAPER, empty_parse, printer_pause_run),
    CHANGE(POST, API "/printers/{printer}/resume", PAPER, empty_parse, printer_resume_run),
    CHANGE(POST, API "/stations/{station}/route", PAPER, station_route_parse, station_route_run),
    CHANGE(DELETE, API "/stations/{station}/route", PAPER, empty_parse, station_route_run),
    GET(API "/print-jobs", PAPER, jobs_answer),
    GET(API "/print-jobs/{id}", PAPER, job_answer),
    GET_SLOW(API "/print-jobs/{id}/bytes", PAPER, job_bytes_answer),
    GET_SLOW(API "/print-jobs/{id}/text", PAPER, job_text_answer),
    GET_SLOW(API "/print-jobs/{id}/picture", PAPER, job_picture_answer),
    CHANGE(POST, API "/print-jobs/{id}/reprint", PAPER, empty_parse, job_reprint_run),
    CHANGE(POST, API "/print-jobs/{id}/resolve", PAPER, job_resolve_parse, job_resolve_run),

    GET_SLOW(API "/reports/daily", REPORTS, report_daily_answer),

    GET(API "/staff", STAFF, staff_list_answer),
    CHANGE(POST, API "/staff", STAFF, staff_add_parse, staff_add_run, .work = staff_add_work, .house = HOUSE_REAL),
    CHANGE(PATCH, API "/staff/{id}", STAFF, staff_change_parse, staff_change_run, .work = staff_change_work, .house = HOUSE_REAL),
    {.method = "GET", .pattern = API "/practice", .permission = PERMISSION_SIGNED_IN, .kind = ROUTE_READ, .house = HOUSE_PRACTICE,
     .answer = practice_answer},
    CHANGE(POST, API "/practice/restart", SIGNED_IN, practice_restart_parse, practice_restart_run, .house = HOUSE_PRACTICE),
    CHANGE(POST, API "/practice/reset", REPORTS, empty_parse, practice_reset_run, .house = HOUSE_PRACTICE), /* whoever runs the shop */
    GET(API "/journal", JOURNAL, journal_answer),
    GET_SLOW(API "/journal/verify", JOURNAL, journal_verify_answer),
    {.method = NULL},
};
/* clang-format on */
