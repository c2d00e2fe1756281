/* Closing a shift: the blind count, the Z, and nothing half done. */
#include <inttypes.h>

#include "pos/core/journal.h"
#include "pos/core/receipt.h"
#include "pos/core/shift_cash.h"

enum { PIECES_MAX = 1000000 };
#define DAY_MS (INT64_C(24) * 60 * 60 * 1000)
#define KEYS_KEPT_MS (7 * DAY_MS)

static bool denomination_known(money denomination) {
    for (size_t i = 0; i < SHIFT_DENOMINATIONS; i++)
        if (shift_denominations[i] == denomination) return true;
    return false;
}

static bool count_up(const struct shift_close_in *in, money *counted, struct error *e) {
    *counted = 0;
    for (size_t i = 0; i < in->rows; i++) {
        const struct shift_count_row *row = &in->count[i];
        money part;
        bool twice = false;
        for (size_t j = 0; j < i; j++) twice = twice || in->count[j].denomination == row->denomination;
        if (!denomination_known(row->denomination) || twice) {
            error_fail(e, ERROR_INVALID, "denomination_unknown", "%" PRId64 ": %s", row->denomination,
                       twice ? "counted twice" : "no note or coin of this value");
            return error_at_field(e, "count");
        }
        if (row->pieces < 0 || row->pieces > PIECES_MAX) {
            error_fail(e, ERROR_INVALID, "invalid_field", "%" PRId64 ": 0 to %d pieces", row->denomination, PIECES_MAX);
            return error_at_field(e, "count");
        }
        if (!money_times(row->denomination, row->pieces, &part, e) || !money_add(*counted, part, counted, e)) return false;
    }
    return true;
}

static bool carry_orders(const struct act *act, bool carry, int64_t *open, struct error *e) {
    if (!db_get_int(act->db, "SELECT count(*) FROM orders WHERE state IN ('open', 'sent')", DB_NO_ARGS, 0, open, e)) return false;
    if (*open == 0) return true;
    if (!carry)
        return error_fail(e, ERROR_CONFLICT, "orders_open", "%" PRId64 " %s still open", *open,
                          *open == 1 ? "order is" : "orders are");
    return act_may(act, PERMISSION_CARRY_ORDERS, e); /* they stay as they are: open, with their lines and payments */
}

static bool store_count(struct act *act, struct shift_id id, const struct shift_close_in *in, struct error *e) {
    for (size_t i = 0; i < in->rows; i++)
        if (!db_exec(act->db, "INSERT INTO shift_count (shift_id, denomination, pieces) VALUES (?, ?, ?)",
                     DB_ARGS(db_int(id.v), db_int(in->count[i].denomination), db_int(in->count[i].pieces)), e))
            return false;
    return true;
}

static bool journal_close(struct act *act, struct shift_id id, const struct shift_closed *c, int64_t carried, struct error *e) {
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "z_number", c->z_number);
    json_set_int(detail, "expected", c->expected);
    json_set_int(detail, "counted", c->counted);
    json_set_int(detail, "difference", c->difference);
    json_set_int(detail, "carried_orders", carried);
    return journal_add(act, "shift_closed", (struct order_id){0}, id, detail, e);
}

/* The row itself, with the journal's head as it stands right after this close. */
static bool seal(struct act *act, struct shift_id id, const struct shift_closed *c, struct error *e) {
    char head[JOURNAL_HEAD_TEXT];
    return journal_head(act->db, head, e) &&
           db_exec(act->db,
                   "UPDATE shift SET state = 'closed', closed_by = ?, closed_at = ?, expected = ?, counted = ?, difference = ?, "
                   "z_number = ?, z_head = ? WHERE id = ?",
                   DB_ARGS(db_int(act->actor.staff.v), db_int(act->now), db_int(c->expected), db_int(c->counted),
                           db_int(c->difference), db_int(c->z_number), db_text(head), db_int(id.v)),
                   e);
}

/* Its paid orders are history now; keys that no terminal can still be waiting for go too, and tickets nobody will ask for again.
 */
static bool tidy_up(struct act *act, struct shift_id id, struct error *e) {
    if (!db_exec(act->db,
                 "UPDATE orders SET state = 'closed', version = version + 1 WHERE state = 'paid' AND id IN "
                 "(SELECT order_id FROM bill WHERE shift_id = ? AND state = 'paid')",
                 DB_ARGS(db_int(id.v)), e))
        return false;
    if (db_changes(act->db) > 0) act_changed(act, EVENT_ORDER, 0, NULL);
    int64_t let_go;
    return db_exec(act->db, "DELETE FROM idempotency WHERE id < (SELECT id FROM idempotency WHERE at >= ? ORDER BY id LIMIT 1)",
                   DB_ARGS(db_int(act->now - KEYS_KEPT_MS)), e) &&
           jobs_let_go(act->db, act->now - act->till->site->keep_print_jobs_days * DAY_MS, &let_go, e);
}

/* The X of an open shift, the Z of a closed one. */
static bool print_report(struct act *act, struct shift_id id, struct job_id *job, struct error *e) {
    const struct site *site = act->till->site;
    struct shift_report report;
    struct ticket *ticket;
    if (!shift_report_within(act->db, id, act->arena, &report, e)) return false;
    if (!shift_report_ticket(&report, site, act->arena, &ticket, e)) return false;
    struct job_new new = {.kind = "report", .printer = site->receipt_printer->slug, .shift_id = id.v, .ticket = ticket};
    if (!job_add(act->db, &new, act->now, &job->v, e)) return false;
    act_changed(act, EVENT_PRINT_JOB, job->v, new.printer);
    return true;
}

bool shift_print_x(struct act *act, struct shift_id id, struct job_id *job, struct error *e) {
    if (!act_may(act, PERMISSION_X_REPORT, e) || !shift_accepts(act, id, e) || !print_report(act, id, job, e)) return false;
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "job", job->v);
    return journal_add(act, "x_printed", (struct order_id){0}, id, detail, e);
}

bool shift_close(struct act *act, struct shift_id id, const struct shift_close_in *in, struct shift_closed *out,
                 struct error *e) {
    struct shift_report report;
    int64_t carried;
    *out = (struct shift_closed){0};
    if (act->actor.staff.v == 0) return error_fail(e, ERROR_DENIED, "not_signed_in", "a shift is somebody's: sign in first");
    if (!shift_report_within(act->db, id, act->arena, &report, e)) return false;
    if (report.z) return error_fail(e, ERROR_CONFLICT, "shift_closed", "shift %" PRId64 ": already closed", id.v);
    if (!count_up(in, &out->counted, e) || !carry_orders(act, in->carry_open_orders, &carried, e)) return false;
    out->expected = report.expected;
    out->difference = out->counted - out->expected;
    if (!db_get_int(act->db, "SELECT max(z_number) FROM shift", DB_NO_ARGS, 0, &out->z_number, e)) return false;
    out->z_number++;
    if (!store_count(act, id, in, e) || !tidy_up(act, id, e) || !journal_close(act, id, out, carried, e)) return false;
    act_changed(act, EVENT_SHIFT, id.v, NULL);
    return seal(act, id, out, e) && print_report(act, id, &out->job, e);
}
