/* What the core's tests share: a till in a temporary directory at the site Interno with a small menu of its own (core_menu.json),
 * people, an open shift, a clock that stands still; and each verb of the core as one call that keeps its error. */
#ifndef COMANDA_TESTS_CORE_FIXTURE_H
#define COMANDA_TESTS_CORE_FIXTURE_H

#include <check.h>

#include "pos/core/order.h"
#include "pos/core/payment.h"
#include "pos/core/shift.h"
#include "pos/core/staff.h"
#include "tests/support/data_suite.h"
#include "tests/support/data_tmp.h"

/* 24 November 2026, 19:42 in Bogotá. */
#define CORE_NOW INT64_C(1795567320000)

struct core_fixture {
    struct data_tmp tmp;
    struct arena *arena;
    struct site *site;  /* may be changed before core_fixture_start */
    struct clock clock; /* set .fixed to move it */
    struct till *till;
    struct actor console, waiter, cashier, manager; /* Marlene, Caja, Gerencia; their PIN hashes fit no PIN */
    struct shift_id shift;
    /* results of the last call */
    struct error error;
    struct order_ticket *tickets;
    size_t ticket_count;
    struct payment_done paid;
};

/* Directory, arena and site; then the till with its people; then a shift with a float of 200.000. Stop the test when something
 * fails. */
void core_fixture_prepare(struct core_fixture *f);
void core_fixture_start(struct core_fixture *f);
void core_fixture_open_shift(struct core_fixture *f);
/* The three in one. */
void core_fixture_open(struct core_fixture *f);
void core_fixture_close(struct core_fixture *f);

/* One core call in a transaction of its own; false: f->error says why. */
bool core_do(struct core_fixture *f, struct actor who, bool (*call)(struct act *act, void *self, struct error *e), void *self);
#define core_ok(f, call) ck_assert_msg((call), "%s [%s]", (f)->error.message, (f)->error.code)
#define core_refused(f, wanted, call)                                                                                            \
    do {                                                                                                                         \
        ck_assert_msg(!(call), "was done, but should be refused as %s", (wanted));                                               \
        ck_assert_str_eq((f)->error.code, (wanted));                                                                             \
    } while (0)

/* ---- verbs; the actor is the waiter, for money the cashier ---- */
bool core_open(struct core_fixture *f, const struct order_new *in, struct order_id *out);
bool core_add(struct core_fixture *f, struct order_id id, const struct order_line_new *lines, size_t n);
bool core_remove(struct core_fixture *f, struct order_id id, struct line_id line);
bool core_void_line(struct core_fixture *f, struct actor who, struct order_id id, struct line_id line, int32_t quantity,
                    const char *reason);
bool core_void(struct core_fixture *f, struct actor who, struct order_id id, const char *reason);
bool core_send(struct core_fixture *f, struct order_id id);
bool core_fire(struct core_fixture *f, struct order_id id, const char *course);
bool core_tip(struct core_fixture *f, struct order_id id, enum tip_answer answer, money amount);
bool core_move(struct core_fixture *f, struct order_id id, const char *table);
bool core_merge(struct core_fixture *f, struct order_id into, struct order_id from);
bool core_transfer(struct core_fixture *f, struct order_id id, struct staff_id staff);
bool core_pay(struct core_fixture *f, struct order_id id, const struct payment_new *in);

/* ---- shorter, all sure to succeed ---- */
struct order_id core_table(struct core_fixture *f, const char *table); /* a new order on it */
void core_put(struct core_fixture *f, struct order_id id, const char *item, int32_t quantity, const char *note);
struct order *core_read(struct core_fixture *f, struct order_id id);
/* An order of one item at mesa-1, tip declined: ready to pay. */
struct order_id core_sold(struct core_fixture *f, const char *item, int32_t quantity);

/* ---- looking ---- */
/* First column of the first row, as text or number. */
int64_t core_int(struct core_fixture *f, const char *sql);
const char *core_text(struct core_fixture *f, const char *sql);
/* How many rows every table has and what may change in them: equal texts mean that nothing changed. */
const char *core_state(struct core_fixture *f);
/* A print job as it comes out on its printer. With COMANDA_TEST_PICTURES=DIRECTORY in the environment a PNG of it is left there
 * under `name`. */
const char *core_paper(struct core_fixture *f, struct job_id job, const char *name);
/* All that a station printed, first to last on one roll: what its cook has seen. A picture is left as core_paper leaves one. */
const char *core_roll(struct core_fixture *f, const char *station, const char *name);
/* The same for a ticket that is no job. */
const char *core_paper_of(struct core_fixture *f, const struct ticket *t, const char *printer, const char *name);

#endif
