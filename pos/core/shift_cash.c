/* The slips that lie in the drawer: of a cash movement in place of the money, and of an opening without a sale. */
#include "pos/core/shift_cash.h"

#include <string.h>

#include "pos/core/document.h"
#include "pos/core/journal.h"
#include "pos/core/staff.h"

struct words {
    const char *titles[3], *opening, *no_sale, *shift, *by, *approved, *when, *reason, *signature;
};

static const struct words spanish = {{"ENTRADA DE EFECTIVO", "SALIDA DE EFECTIVO", "PAGO DE PROPINAS"},
                                     "APERTURA DE CAJÓN",
                                     "SIN VENTA",
                                     "Turno",
                                     "Registró",
                                     "Autorizó",
                                     "Fecha",
                                     "Motivo",
                                     "Firma"};
static const struct words english = {{"CASH IN", "CASH OUT", "TIPS PAID OUT"},
                                     "DRAWER OPENED",
                                     "NO SALE",
                                     "Shift",
                                     "Recorded by",
                                     "Approved by",
                                     "Date",
                                     "Reason",
                                     "Signature"};

static const struct words *words_of(const struct site *s) {
    return strcmp(s->language, "en") == 0 ? &english : &spanish;
}

static bool put_person(struct act *act, struct ticket *t, const char *label, struct staff_id id, struct error *e) {
    static const struct ticket_style plain = {0};
    struct staff person;
    if (id.v == 0) return true;
    if (!staff_get(act->db, id, act->arena, &person, e)) return false;
    ticket_pair(t, plain, label, person.name);
    return true;
}

/* `second`: below the title, as large: the amount. */
static bool print_slip(struct act *act, const char *kind, struct shift_id shift, const char *title, const char *second,
                       const char *reason, struct job_id *id, struct error *e) {
    static const struct ticket_style plain = {0}, centred = {.align = TICKET_CENTER},
                                     large = {.align = TICKET_CENTER, .bold = true, .height = 2};
    const struct site *site = act->till->site;
    const struct words *w = words_of(site);
    char when[CLOCK_TEXT_MAX];
    struct ticket *t = ticket_new(act->arena);
    document_drawer(t, site);
    ticket_text(t, centred, "%s", site->name);
    ticket_text(t, large, "%s", title);
    ticket_text(t, large, "%s", second);
    ticket_rule(t);
    ticket_pair(t, plain, w->shift, arena_printf(act->arena, "%lld", (long long)shift.v));
    ticket_pair(t, plain, w->when, clock_local(act->now, "%d/%m/%Y %H:%M", when));
    if (!put_person(act, t, w->by, act->actor.staff, e) || !put_person(act, t, w->approved, act->actor.approver, e)) return false;
    ticket_text(t, (struct ticket_style){.bold = true, .hang = 2}, "%s: %s", w->reason, reason);
    document_signature(t, w->signature);
    ticket_cut(t);
    struct job_new job = {.kind = kind, .printer = site->receipt_printer->slug, .shift_id = shift.v, .ticket = t};
    if (!job_add(act->db, &job, act->now, &id->v, e)) return false;
    act_changed(act, EVENT_PRINT_JOB, id->v, job.printer);
    return true;
}

bool cash_slip(struct act *act, struct shift_id shift, enum cash_kind kind, money amount, const char *reason, struct error *e) {
    char text[MONEY_TEXT_MAX];
    struct job_id job;
    return print_slip(act, "cash_movement", shift, words_of(act->till->site)->titles[kind], money_text(amount, text), reason,
                      &job, e);
}

bool shift_open_drawer(struct act *act, struct shift_id id, const char *reason, struct job_id *job, struct error *e) {
    const struct site *site = act->till->site;
    const struct words *w = words_of(site);
    if (!shift_accepts(act, id, e) || !shift_check_reason(reason, e)) return false;
    if (!site->receipt_printer->drawer)
        return error_fail(e, ERROR_INVALID, "no_drawer", "%s: no cash drawer hangs on the printer %s", site->name,
                          site->receipt_printer->slug);
    if (!print_slip(act, "drawer", id, w->opening, w->no_sale, reason, job, e)) return false;
    struct json detail = json_new_object(act->arena);
    json_set_text(detail, "printer", site->receipt_printer->slug);
    json_set_int(detail, "job", job->v);
    json_set_text(detail, "reason", reason);
    act_changed(act, EVENT_SHIFT, id.v, NULL);
    return journal_add(act, "drawer_opened", (struct order_id){0}, id, detail, e);
}
