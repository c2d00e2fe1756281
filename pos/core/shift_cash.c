/* The slip of a cash movement: what lies in the drawer in place of the money. */
#include "pos/core/shift_cash.h"

#include <string.h>

#include "pos/core/staff.h"
#include "printer/ticket.h"

struct words {
    const char *titles[3], *shift, *by, *reason, *signature;
};

static const struct words spanish = {
    {"ENTRADA DE EFECTIVO", "SALIDA DE EFECTIVO", "PAGO DE PROPINAS"}, "Turno", "Registró", "Motivo", "Firma"};
static const struct words english = {{"CASH IN", "CASH OUT", "TIPS PAID OUT"}, "Shift", "Recorded by", "Reason", "Signature"};

bool cash_slip(struct act *act, struct shift_id shift, enum cash_kind kind, money amount, const char *reason, struct error *e) {
    const struct site *site = act->till->site;
    const struct words *w = strcmp(site->language, "en") == 0 ? &english : &spanish;
    const struct ticket_style plain = {0}, centered = {.align = TICKET_CENTER},
                              title = {.align = TICKET_CENTER, .bold = true, .height = 2};
    char text[MONEY_TEXT_MAX], when[CLOCK_TEXT_MAX];
    struct staff person;
    if (!staff_get(act->db, act->actor.staff, act->arena, &person, e)) return false;
    struct ticket *t = ticket_new(act->arena);
    if (site->receipt_printer->drawer) ticket_drawer(t, 1); /* first: the drawer does not wait for the paper */
    ticket_text(t, centered, "%s", site->name);
    ticket_text(t, title, "%s", w->titles[kind]);
    ticket_text(t, title, "%s", money_text(amount, text));
    ticket_rule(t);
    ticket_pair(t, plain, w->shift, arena_printf(act->arena, "%lld", (long long)shift.v));
    ticket_pair(t, plain, w->by, person.name);
    ticket_text(t, (struct ticket_style){.hang = 2}, "%s: %s", w->reason, reason);
    ticket_text(t, plain, "%s", clock_local(act->now, "%d/%m/%Y %H:%M", when));
    ticket_feed(t, 3);
    ticket_text(t, plain, "%s: ________________________", w->signature);
    ticket_cut(t);
    struct job_new job = {.kind = "cash_movement", .printer = site->receipt_printer->slug, .shift_id = shift.v, .ticket = t};
    int64_t id;
    if (!job_add(act->db, &job, act->now, &id, e)) return false;
    act_changed(act, EVENT_PRINT_JOB, id, job.printer);
    return true;
}
