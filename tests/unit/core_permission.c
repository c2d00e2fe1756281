/* Who may do what, what a manager's approval adds, and how changes are gathered. */
#include <string.h>

#include "pos/core/till.h"
#include "tests/support/data_suite.h"

static const enum role cook = ROLE_COOK, waiter = ROLE_WAITER, cashier = ROLE_CASHIER, manager = ROLE_MANAGER,
                       administrator = ROLE_ADMINISTRATOR;

START_TEST(each_permission_begins_at_its_role) {
    static const struct {
        enum permission permission;
        const char *name;
        const char *roles; /* cook waiter cashier manager administrator */
    } rows[] = {
        {PERMISSION_PUBLIC, "public", "yyyyy"},
        {PERMISSION_SIGNED_IN, "signed_in", "yyyyy"},
        {PERMISSION_SELL, "sell", "nyyyy"},
        {PERMISSION_PAY, "pay", "nnyyy"},
        {PERMISSION_REFUND, "refund", "nnnyy"},
        {PERMISSION_DISCOUNT, "discount", "nnnyy"},
        {PERMISSION_COURTESY, "courtesy", "nnnyy"},
        {PERMISSION_VOID_SENT, "void_sent", "nnnyy"},
        {PERMISSION_SHIFT, "shift", "nnyyy"},
        {PERMISSION_CASH_MOVEMENT, "cash_movement", "nnyyy"},
        {PERMISSION_CARRY_ORDERS, "carry_orders", "nnnyy"},
        {PERMISSION_X_REPORT, "x_report", "nnnyy"},
        {PERMISSION_REPORTS, "reports", "nnnyy"},
        {PERMISSION_SOLD_OUT, "sold_out", "yyyyy"},
        {PERMISSION_PUBLISH_MENU, "publish_menu", "nnnyy"},
        {PERMISSION_PAPER, "paper", "yyyyy"},
        {PERMISSION_STAFF, "staff", "nnnny"},
        {PERMISSION_JOURNAL, "journal", "nnnyy"},
    };
    ck_assert_int_eq(sizeof rows / sizeof *rows, PERMISSION_COUNT);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ck_assert_str_eq(permission_names[rows[i].permission], rows[i].name);
        const enum role roles[] = {cook, waiter, cashier, manager, administrator};
        for (size_t r = 0; r < 5; r++)
            ck_assert_msg(role_may(roles[r], rows[i].permission) == (rows[i].roles[r] == 'y'), "%s: %s", role_names[roles[r]],
                          rows[i].name);
    }
}
END_TEST

START_TEST(what_is_no_role_or_permission_may_nothing) {
    ck_assert(!role_may((enum role)7, PERMISSION_PUBLIC));
    ck_assert(!role_may(ROLE_ADMINISTRATOR, PERMISSION_COUNT));
    ck_assert(!role_may((enum role) - 1, PERMISSION_SELL));
}
END_TEST

START_TEST(a_managers_approval_does_what_the_role_may_not) {
    struct error e;
    struct act act = {.actor = {.staff = {3}, .role = ROLE_WAITER}};
    ck_assert(!act_may(&act, PERMISSION_VOID_SENT, &e));
    ck_assert_int_eq(e.kind, ERROR_DENIED);
    ck_assert_str_eq(e.code, "approval_required");
    ck_assert_ptr_nonnull(strstr(e.message, "void_sent"));
    act.actor.approver = (struct staff_id){4};
    act.actor.approver_role = ROLE_CASHIER;
    ck_assert(!act_may(&act, PERMISSION_VOID_SENT, &e));
    act.actor.approver_role = ROLE_MANAGER;
    ck_assert(act_may(&act, PERMISSION_VOID_SENT, &e));
    ck_assert(!act_may(&act, PERMISSION_STAFF, &e)); /* not even a manager's own */
    act.actor.approver = (struct staff_id){0};       /* a role without a person approves nothing */
    ck_assert(!act_may(&act, PERMISSION_VOID_SENT, &e));
}
END_TEST

START_TEST(a_change_is_told_once_with_its_name) {
    struct act act = {0};
    act_changed(&act, EVENT_ORDER, 31, NULL);
    act_changed(&act, EVENT_ORDER, 31, NULL);
    act_changed(&act, EVENT_PRINTER, 0, "cocina");
    act_changed(&act, EVENT_PRINTER, 0, "barra");
    ck_assert_uint_eq(act.event_count, 3);
    ck_assert_int_eq(act.events[0].kind, EVENT_ORDER);
    ck_assert_int_eq(act.events[0].id, 31);
    ck_assert_str_eq(act.events[2].slug, "barra");
    ck_assert_str_eq(event_names[EVENT_PRINT_JOB], "print_job");
}
END_TEST

START_TEST(too_many_changes_become_one_that_means_all) {
    struct act act = {0};
    act_changed(&act, EVENT_SHIFT, 2, NULL);
    for (int64_t id = 1; id <= 500; id++) act_changed(&act, EVENT_ORDER, id, NULL);
    for (int64_t id = 1; id <= 500; id++) act_changed(&act, EVENT_PRINT_JOB, id, "cocina");
    for (int kind = 0; kind <= EVENT_STAFF; kind++) act_changed(&act, (enum event_kind)kind, 0, NULL);
    ck_assert_uint_le(act.event_count, 64);
    size_t all_orders = 0, one_order = 0, shifts = 0;
    for (size_t i = 0; i < act.event_count; i++) {
        all_orders += act.events[i].kind == EVENT_ORDER && act.events[i].id == 0;
        one_order += act.events[i].kind == EVENT_ORDER && act.events[i].id != 0;
        shifts += act.events[i].kind == EVENT_SHIFT && act.events[i].id == 2;
    }
    ck_assert_uint_eq(all_orders, 1);
    ck_assert_uint_eq(one_order, 0);
    ck_assert_uint_eq(shifts, 1);
}
END_TEST

int main(void) {
    return data_suite_run("core_permission", NULL, NULL,
                          DATA_TESTS(each_permission_begins_at_its_role, what_is_no_role_or_permission_may_nothing,
                                     a_managers_approval_does_what_the_role_may_not, a_change_is_told_once_with_its_name,
                                     too_many_changes_become_one_that_means_all));
}
