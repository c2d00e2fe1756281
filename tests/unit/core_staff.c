/* People: PINs and their tries, changes and who may not go, sessions, the demo. */
#include <string.h>

#include "tests/support/core_fixture.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_prepare(&f);
    core_fixture_start(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

struct call {
    struct staff_id id;
    const char *name, *device, *hash, *token;
    enum role role;
    struct staff_change change;
    char made[SESSION_TOKEN_TEXT];
    int64_t expires_at;
};
static bool do_add(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return staff_add(act, c->name, c->role, c->hash, &c->id, e);
}
static bool do_update(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return staff_update(act, c->id, &c->change, e);
}
static bool do_attempt(struct act *act, void *self, struct error *e) {
    return pin_attempt(act, self, e);
}
static bool do_settle(struct act *act, void *self, struct error *e) {
    return pin_settle(act, self, e);
}
static bool do_mistaken(struct act *act, void *self, struct error *e) {
    return pin_mistaken(act, self, e);
}
static bool do_open(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return session_open(act, c->id, c->device, c->made, &c->expires_at, e);
}
static bool do_close(struct act *act, void *self, struct error *e) {
    struct call *c = self;
    return session_close(act, c->token, e);
}
static bool do_seed(struct act *act, void *self, struct error *e) {
    (void)self;
    return staff_seed_demo(act, e);
}

static const char hash[] = "$argon2id$v=19$m=16,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA";

static bool add(const char *name, enum role role, struct staff_id *out) {
    struct call c = {.name = name, .role = role, .hash = hash};
    bool ok = core_do(&f, f.console, do_add, &c);
    *out = c.id;
    return ok;
}
static bool update(struct staff_id id, struct staff_change change) {
    return core_do(&f, f.console, do_update, &(struct call){.id = id, .change = change});
}
static bool attempt(struct staff_id id, const char *device) {
    return core_do(&f, f.console, do_attempt, &(struct pin_try){.staff = id, .device = device});
}
static void settle(struct staff_id id, const char *device) {
    core_ok(&f, core_do(&f, f.console, do_settle, &(struct pin_try){.staff = id, .device = device}));
}
/* A whole try that proves wrong. */
static bool mistake(struct actor who, struct staff_id id, const char *device) {
    struct pin_try t = {.staff = id, .device = device};
    who.device = device;
    return core_do(&f, who, do_attempt, &t) && core_do(&f, who, do_mistaken, &t);
}
static struct call sign_in(struct staff_id id) {
    struct call c = {.id = id, .device = "till-1"};
    core_ok(&f, core_do(&f, f.console, do_open, &c));
    return c;
}
static bool find(const char *token, struct session *out) {
    struct db *db = db_pool_take(f.till->readers);
    bool ok = session_find(db, token, f.clock.fixed, f.arena, out, &f.error);
    db_pool_give(f.till->readers, db);
    return ok;
}
static bool verify(struct staff_id id, const char *pin) {
    struct db *db = db_pool_take(f.till->readers);
    bool ok = pin_verify(db, id, pin, &f.error);
    db_pool_give(f.till->readers, db);
    return ok;
}
#define UNCHANGED .role = -1, .active = -1

/* ---- the form of a PIN ---- */

START_TEST(a_pin_has_the_length_of_its_role) {
    static const struct {
        const char *pin;
        enum role role;
        const char *code; /* NULL: good */
    } rows[] = {
        {"7391", ROLE_WAITER, NULL},          {"739182", ROLE_CASHIER, NULL},          {"739", ROLE_WAITER, "pin_form"},
        {"7391826", ROLE_WAITER, "pin_form"}, {"73a1", ROLE_COOK, "pin_form"},         {"", ROLE_COOK, "pin_form"},
        {"７３９１", ROLE_COOK, "pin_form"},  {"73918", ROLE_MANAGER, "pin_form"},     {"739182", ROLE_MANAGER, NULL},
        {"73918264", ROLE_MANAGER, NULL},     {"739182645", ROLE_MANAGER, "pin_form"}, {"7391", ROLE_ADMINISTRATOR, "pin_form"},
        {"1234", ROLE_WAITER, "pin_weak"},    {"0000", ROLE_WAITER, "pin_weak"},       {"4321", ROLE_WAITER, "pin_weak"},
        {"1212", ROLE_WAITER, "pin_weak"},    {"456789", ROLE_MANAGER, "pin_weak"},    {"999999", ROLE_MANAGER, "pin_weak"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error e;
        bool good = pin_check_form(rows[i].pin, rows[i].role, false, &e);
        ck_assert_msg(good == (rows[i].code == NULL), "\"%s\" for a %s", rows[i].pin, role_names[rows[i].role]);
        if (good) continue;
        ck_assert_str_eq(e.code, rows[i].code);
        ck_assert_str_eq(e.field, "pin");
    }
    struct error e;
    ck_assert(pin_check_form("1111", ROLE_CASHIER, true, &e));
    ck_assert(!pin_check_form("111", ROLE_CASHIER, true, &e));
}
END_TEST

START_TEST(a_pin_is_kept_as_argon2id_with_19_mib_and_two_passes) {
    char one[128], two[128];
    core_ok(&f, pin_hash("7391", one, &f.error) && pin_hash("7391", two, &f.error));
    ck_assert_msg(strncmp(one, "$argon2id$v=19$m=19456,t=2,p=1$", 31) == 0, "%s", one);
    ck_assert_str_ne(one, two); /* salted */
}
END_TEST

START_TEST(unknown_disabled_and_mistaken_are_refused_alike) {
    char real[128];
    struct staff_id id;
    core_ok(&f, add("Nicolás", ROLE_WAITER, &id));
    core_ok(&f, pin_hash("7391", real, &f.error));
    core_ok(&f, update(id, (struct staff_change){UNCHANGED, .hash = real}));
    core_ok(&f, verify(id, "7391"));
    const char *message = NULL;
    const struct staff_id ids[] = {id, {999}, id};
    const char *const pins[] = {"7392", "7391", "7391"};
    for (int i = 0; i < 3; i++) {
        if (i == 2) core_ok(&f, update(id, (struct staff_change){.role = -1, .active = 0}));
        core_refused(&f, "pin_wrong", verify(ids[i], pins[i]));
        ck_assert_int_eq(f.error.kind, ERROR_DENIED);
        if (message) ck_assert_str_eq(f.error.message, message);
        message = arena_text(f.arena, f.error.message);
    }
}
END_TEST

/* ---- tries ---- */

static void locked_for(struct staff_id id, const char *device, const char *seconds) {
    core_refused(&f, "pin_locked", attempt(id, device));
    ck_assert_int_eq(f.error.kind, ERROR_BUSY);
    ck_assert_msg(strstr(f.error.message, seconds), "%s: not in \"%s\"", seconds, f.error.message);
}

START_TEST(wrong_tries_wait_longer_and_longer_up_to_a_quarter_of_an_hour) {
    struct staff_id id = f.waiter.staff;
    static const int64_t waits_s[] = {5, 10, 20, 40, 80, 160, 320, 640, 900, 900};
    core_ok(&f, attempt(id, "till-1"));
    core_ok(&f, attempt(id, "till-1"));
    for (size_t i = 0; i < sizeof waits_s / sizeof *waits_s; i++) {
        core_ok(&f, attempt(id, "till-1"));
        f.clock.fixed += 1;
        locked_for(id, "till-1", arena_printf(f.arena, " %d s", (int)waits_s[i]));
        f.clock.fixed += waits_s[i] * 1000 - 2;
        locked_for(id, "till-1", " 1 s");
        f.clock.fixed += 1;
    }
}
END_TEST

START_TEST(a_refused_try_is_not_counted) {
    struct staff_id id = f.waiter.staff;
    for (int i = 0; i < 3; i++) core_ok(&f, attempt(id, "till-1"));
    for (int i = 0; i < 50; i++) ck_assert(!attempt(id, "till-1"));
    f.clock.fixed += 5000;
    core_ok(&f, attempt(id, "till-1"));
    locked_for(id, "till-1", " 10 s");
}
END_TEST

START_TEST(a_person_is_locked_from_every_device) {
    for (int i = 0; i < 3; i++) core_ok(&f, attempt(f.waiter.staff, arena_printf(f.arena, "tablet-%d", i)));
    locked_for(f.waiter.staff, "tablet-9", "for this person");
    core_ok(&f, attempt(f.cashier.staff, "tablet-9"));
}
END_TEST

START_TEST(a_device_is_locked_for_every_person) {
    core_ok(&f, attempt(f.waiter.staff, "tablet-1"));
    core_ok(&f, attempt(f.cashier.staff, "tablet-1"));
    core_ok(&f, attempt((struct staff_id){999}, "tablet-1"));
    locked_for(f.manager.staff, "tablet-1", "from this device");
    core_ok(&f, attempt(f.manager.staff, "till-1"));
}
END_TEST

START_TEST(a_right_pin_forgets_the_wrong_ones) {
    for (int i = 0; i < 2; i++) core_ok(&f, attempt(f.waiter.staff, "till-1"));
    settle(f.waiter.staff, "till-1");
    for (int i = 0; i < 3; i++) core_ok(&f, attempt(f.waiter.staff, "till-1"));
    locked_for(f.waiter.staff, "till-1", " 5 s");
}
END_TEST

START_TEST(tries_are_forgotten_after_a_day) {
    for (int i = 0; i < 2; i++) core_ok(&f, attempt(f.waiter.staff, "till-1"));
    f.clock.fixed += INT64_C(24) * 3600 * 1000 + 1;
    core_ok(&f, attempt(f.cashier.staff, "till-2"));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM pin_throttle"), 2);
}
END_TEST

/* ---- what of it is in the journal ---- */

#define LOCKS                                                                                                                    \
    "SELECT group_concat(ifnull(staff_id, '-') || ' ' || device || ' ' || detail, '; ') FROM journal WHERE kind = 'pin_locked'"

START_TEST(a_lock_is_one_entry_and_the_tries_around_it_are_none) {
    for (int i = 0; i < 2; i++) core_ok(&f, mistake(f.console, f.manager.staff, "till-1"));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM journal WHERE kind = 'pin_locked'"), 0);
    core_ok(&f, mistake(f.console, f.manager.staff, "till-1"));
    for (int i = 0; i < 5; i++) core_refused(&f, "pin_locked", mistake(f.console, f.manager.staff, "till-1"));
    ck_assert_str_eq(
        core_text(&f, LOCKS),
        "- till-1 {\"staff\":3,\"device\":\"till-1\",\"purpose\":\"sign_in\",\"person_locked\":{\"failures\":3,\"until\":"
        "\"2026-11-24T19:42:05-05:00\"},\"device_locked\":{\"failures\":3,\"until\":\"2026-11-24T19:42:05-05:00\"}}");
    f.clock.fixed += 5000;
    core_ok(&f, mistake(f.console, f.manager.staff, "till-1")); /* the next lock, twice as long */
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM journal WHERE kind = 'pin_locked'"), 2);
}
END_TEST

START_TEST(a_wrong_approval_that_locks_the_manager_tells_who_asked_for_it) {
    core_ok(&f, mistake(f.waiter, f.manager.staff, "tablet-1"));
    core_ok(&f, mistake(f.waiter, f.manager.staff, "tablet-2"));
    core_ok(&f, mistake(f.cashier, f.manager.staff, "till-1"));
    ck_assert_str_eq(core_text(&f, LOCKS),
                     "2 till-1 {\"staff\":3,\"device\":\"till-1\",\"purpose\":\"approval\",\"person_locked\":{"
                     "\"failures\":3,\"until\":\"2026-11-24T19:42:05-05:00\"}}");
}
END_TEST

START_TEST(a_device_that_locks_is_an_entry_of_its_own) {
    core_ok(&f, mistake(f.console, f.waiter.staff, "tablet-1"));
    core_ok(&f, mistake(f.console, (struct staff_id){999}, "tablet-1"));
    core_ok(&f, mistake(f.console, f.cashier.staff, "tablet-1"));
    ck_assert_str_eq(core_text(&f, LOCKS),
                     "- tablet-1 {\"staff\":2,\"device\":\"tablet-1\",\"purpose\":\"sign_in\",\"device_locked\":{"
                     "\"failures\":3,\"until\":\"2026-11-24T19:42:05-05:00\"}}");
}
END_TEST

START_TEST(numbers_of_nobody_do_not_fill_the_journal) {
    for (int i = 0; i < 3; i++) core_ok(&f, mistake(f.console, (struct staff_id){999}, "tablet-1"));
    core_refused(&f, "pin_locked", mistake(f.console, (struct staff_id){999}, "tablet-1"));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM journal WHERE kind = 'pin_locked'"), 0);
}
END_TEST

START_TEST(a_right_pin_at_the_last_moment_locks_nothing) {
    for (int i = 0; i < 2; i++) core_ok(&f, mistake(f.console, f.waiter.staff, "till-1"));
    core_ok(&f, attempt(f.waiter.staff, "till-1"));
    settle(f.waiter.staff, "till-1");
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM journal WHERE kind = 'pin_locked'"), 0);
}
END_TEST

/* ---- people ---- */

START_TEST(a_name_is_given_once_and_is_well_formed) {
    struct staff_id id;
    core_ok(&f, add("José Núñez", ROLE_COOK, &id));
    core_refused(&f, "staff_name_taken", add("José Núñez", ROLE_WAITER, &id));
    ck_assert_int_eq(f.error.kind, ERROR_CONFLICT);
    static const char *const bad[] = {"",     " ",    " Ana",
                                      "Ana ", "A\nB", "0123456789012345678901234567890123456789012345678901234567890"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) core_refused(&f, "staff_name", add(bad[i], ROLE_COOK, &id));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM staff"), 4);
}
END_TEST

START_TEST(who_rises_to_manager_needs_a_new_pin) {
    core_refused(&f, "pin_form", update(f.waiter.staff, (struct staff_change){.role = ROLE_MANAGER, .active = -1}));
    core_ok(&f, update(f.waiter.staff, (struct staff_change){.role = ROLE_MANAGER, .active = -1, .hash = hash}));
    ck_assert_str_eq(core_text(&f, "SELECT role FROM staff WHERE name = 'Marlene'"), "manager");
}
END_TEST

START_TEST(the_last_administrator_stays) {
    struct staff_id first, second;
    core_ok(&f, add("Ana", ROLE_ADMINISTRATOR, &first));
    core_refused(&f, "last_administrator", update(first, (struct staff_change){.role = -1, .active = 0}));
    core_refused(&f, "last_administrator", update(first, (struct staff_change){.role = ROLE_MANAGER, .active = -1}));
    core_ok(&f, add("Berta", ROLE_ADMINISTRATOR, &second));
    core_ok(&f, update(first, (struct staff_change){.role = -1, .active = 0}));
    core_refused(&f, "last_administrator", update(second, (struct staff_change){.role = -1, .active = 0}));
    core_ok(&f, update(first, (struct staff_change){.role = -1, .active = 1}));
    core_ok(&f, update(second, (struct staff_change){.role = ROLE_COOK, .active = -1}));
}
END_TEST

START_TEST(a_change_is_journalled_without_the_pin) {
    core_ok(&f, update(f.waiter.staff, (struct staff_change){UNCHANGED, .name = "Marlén", .hash = hash}));
    ck_assert_str_eq(
        core_text(&f, "SELECT detail FROM journal WHERE kind = 'staff_changed'"),
        "{\"staff\":1,\"name\":\"Marlén\",\"former_name\":\"Marlene\",\"role\":\"waiter\",\"active\":true,\"new_pin\":true}");
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM journal WHERE detail LIKE '%argon2%'"), 0);
}
END_TEST

START_TEST(an_unknown_person_cannot_be_changed) {
    core_refused(&f, "staff_unknown", update((struct staff_id){999}, (struct staff_change){.role = -1, .active = 0}));
    ck_assert_int_eq(f.error.kind, ERROR_NOT_FOUND);
}
END_TEST

/* ---- sessions ---- */

START_TEST(a_session_is_found_by_its_token_only) {
    struct session s;
    struct call c = sign_in(f.cashier.staff), other = sign_in(f.cashier.staff);
    ck_assert_uint_eq(strlen(c.made), 43);
    ck_assert_str_ne(c.made, other.made);
    core_ok(&f, find(c.made, &s));
    ck_assert_str_eq(s.staff.name, "Caja");
    ck_assert_int_eq(s.staff.role, ROLE_CASHIER);
    ck_assert_str_eq(s.device, "till-1");
    ck_assert_int_eq(s.expires_at, CORE_NOW + INT64_C(57600000)); /* 16 hours */
    core_refused(&f, "not_signed_in", find("0123456789012345678901234567890123456789012", &s));
    core_refused(&f, "not_signed_in", find("", &s));
    core_refused(&f, "not_signed_in", find(NULL, &s));
}
END_TEST

START_TEST(the_database_holds_no_token) {
    struct call c = sign_in(f.cashier.staff);
    ck_assert_int_eq(
        core_int(&f, arena_printf(f.arena, "SELECT count(*) FROM session WHERE token_hash = CAST('%s' AS BLOB)", c.made)), 0);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM session WHERE length(token_hash) = 32"), 1);
}
END_TEST

START_TEST(a_session_ends_after_sixteen_hours) {
    struct session s;
    struct call c = sign_in(f.cashier.staff);
    f.clock.fixed = CORE_NOW + INT64_C(57599999);
    core_ok(&f, find(c.made, &s));
    f.clock.fixed += 1;
    core_refused(&f, "not_signed_in", find(c.made, &s));
}
END_TEST

START_TEST(signing_out_ends_this_session_only) {
    struct session s;
    struct call c = sign_in(f.cashier.staff), other = sign_in(f.cashier.staff);
    core_ok(&f, core_do(&f, f.cashier, do_close, &(struct call){.token = c.made}));
    core_refused(&f, "not_signed_in", find(c.made, &s));
    core_ok(&f, find(other.made, &s));
    core_refused(&f, "not_signed_in", core_do(&f, f.cashier, do_close, &(struct call){.token = c.made}));
}
END_TEST

START_TEST(a_disabled_person_loses_every_session_at_once) {
    struct session s;
    struct call c = sign_in(f.cashier.staff), other = sign_in(f.manager.staff);
    core_ok(&f, update(f.cashier.staff, (struct staff_change){.role = -1, .active = 0}));
    core_refused(&f, "not_signed_in", find(c.made, &s));
    core_ok(&f, find(other.made, &s));
    core_ok(&f, update(f.cashier.staff, (struct staff_change){.role = -1, .active = 1}));
    core_refused(&f, "not_signed_in", find(c.made, &s)); /* and it does not come back */
}
END_TEST

START_TEST(a_disabled_person_cannot_sign_in) {
    core_ok(&f, update(f.cashier.staff, (struct staff_change){.role = -1, .active = 0}));
    core_refused(&f, "pin_wrong", core_do(&f, f.console, do_open, &(struct call){.id = f.cashier.staff, .device = "till-1"}));
}
END_TEST

START_TEST(a_new_pin_ends_the_sessions_of_the_old_one) {
    struct session s;
    struct call c = sign_in(f.cashier.staff);
    core_ok(&f, update(f.cashier.staff, (struct staff_change){UNCHANGED, .hash = hash}));
    core_refused(&f, "not_signed_in", find(c.made, &s));
}
END_TEST

START_TEST(a_change_of_role_is_felt_in_the_open_session) {
    struct session s;
    struct call c = sign_in(f.cashier.staff);
    core_ok(&f, update(f.cashier.staff, (struct staff_change){.role = ROLE_COOK, .active = -1}));
    core_ok(&f, find(c.made, &s));
    ck_assert_int_eq(s.staff.role, ROLE_COOK);
}
END_TEST

START_TEST(signing_in_is_the_persons_own_entry_in_the_journal) {
    sign_in(f.cashier.staff);
    ck_assert_str_eq(
        core_text(&f,
                  "SELECT s.name || ' ' || j.kind FROM journal j JOIN staff s ON s.id = j.staff_id ORDER BY seq DESC LIMIT 1"),
        "Caja signed_in");
}
END_TEST

/* ---- the demo ---- */

START_TEST(the_demo_people_are_made_once) {
    const char *open;
    core_ok(&f, core_do(&f, f.console, do_seed, NULL));
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM staff"), 8);
    const char *before = core_text(&f, "SELECT group_concat(id || name || role || pin_hash) FROM staff");
    int64_t entries = core_int(&f, "SELECT count(*) FROM journal");
    core_ok(&f, core_do(&f, f.console, do_seed, NULL));
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(id || name || role || pin_hash) FROM staff"), before);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM journal"), entries);
    ck_assert_str_eq(
        core_text(&f, "SELECT group_concat(name || ' ' || role, ', ') FROM (SELECT * FROM staff WHERE id > 3 ORDER BY id)"),
        "caja cashier, mesa waiter, cocina cook, gerencia manager, administración administrator");
    core_ok(&f, verify((struct staff_id){7}, "444444"));
    struct db *db = db_pool_take(f.till->readers);
    core_ok(&f, staff_demo_pin_open(db, &open, &f.error));
    db_pool_give(f.till->readers, db);
    ck_assert_str_eq(open, "caja");
}
END_TEST

START_TEST(a_demo_person_with_another_pin_keeps_it_and_is_no_open_door) {
    const char *open;
    core_ok(&f, core_do(&f, f.console, do_seed, NULL));
    for (int64_t id = 4; id <= 8; id++)
        core_ok(&f, update((struct staff_id){id}, (struct staff_change){UNCHANGED, .hash = hash}));
    core_ok(&f, core_do(&f, f.console, do_seed, NULL));
    ck_assert(!verify((struct staff_id){4}, "1111"));
    struct db *db = db_pool_take(f.till->readers);
    core_ok(&f, staff_demo_pin_open(db, &open, &f.error));
    db_pool_give(f.till->readers, db);
    ck_assert_ptr_null(open);
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_staff", setup, teardown,
        DATA_TESTS(a_pin_has_the_length_of_its_role, a_pin_is_kept_as_argon2id_with_19_mib_and_two_passes,
                   unknown_disabled_and_mistaken_are_refused_alike, wrong_tries_wait_longer_and_longer_up_to_a_quarter_of_an_hour,
                   a_refused_try_is_not_counted, a_person_is_locked_from_every_device, a_device_is_locked_for_every_person,
                   a_right_pin_forgets_the_wrong_ones, tries_are_forgotten_after_a_day,
                   a_lock_is_one_entry_and_the_tries_around_it_are_none,
                   a_wrong_approval_that_locks_the_manager_tells_who_asked_for_it, a_device_that_locks_is_an_entry_of_its_own,
                   numbers_of_nobody_do_not_fill_the_journal, a_right_pin_at_the_last_moment_locks_nothing,
                   a_name_is_given_once_and_is_well_formed, who_rises_to_manager_needs_a_new_pin, the_last_administrator_stays,
                   a_change_is_journalled_without_the_pin, an_unknown_person_cannot_be_changed,
                   a_session_is_found_by_its_token_only, the_database_holds_no_token, a_session_ends_after_sixteen_hours,
                   signing_out_ends_this_session_only, a_disabled_person_loses_every_session_at_once,
                   a_disabled_person_cannot_sign_in, a_new_pin_ends_the_sessions_of_the_old_one,
                   a_change_of_role_is_felt_in_the_open_session, signing_in_is_the_persons_own_entry_in_the_journal,
                   the_demo_people_are_made_once, a_demo_person_with_another_pin_keeps_it_and_is_no_open_door));
}
