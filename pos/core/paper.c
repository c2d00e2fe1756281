/* Paper as acts. */
#include "pos/core/paper.h"

#include "pos/core/journal.h"
#include "pos/core/receipt.h"

static bool journal_paper(struct act *act, const char *kind, const struct job *job, struct json detail, struct error *e) {
    json_set_text(detail, "printer", job->printer);
    return journal_add(act, kind, (struct order_id){job->order_id}, (struct shift_id){job->shift_id}, detail, e);
}

bool paper_reprint(struct act *act, struct job_id job, struct job_id *copy, struct error *e) {
    struct job first;
    if (!job_get(act->db, job.v, act->arena, &first, e) || !job_reprint(act->db, job.v, act->now, &copy->v, e)) return false;
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "job", job.v);
    json_set_int(detail, "copy", copy->v);
    act_changed(act, EVENT_PRINT_JOB, copy->v, first.printer);
    return journal_paper(act, "reprinted", &first, detail, e);
}

bool paper_resolve(struct act *act, struct job_id job, bool printed, struct job_id *copy, struct error *e) {
    struct job first;
    if (!job_get(act->db, job.v, act->arena, &first, e) || !job_resolve(act->db, job.v, printed, act->now, &copy->v, e))
        return false;
    struct json detail = json_new_object(act->arena);
    json_set_int(detail, "job", job.v);
    json_set_bool(detail, "printed", printed);
    act_changed(act, EVENT_PRINT_JOB, job.v, first.printer);
    if (copy->v) {
        json_set_int(detail, "copy", copy->v);
        act_changed(act, EVENT_PRINT_JOB, copy->v, first.printer);
    }
    return journal_paper(act, "print_resolved", &first, detail, e);
}

bool paper_test_page(struct act *act, const char *printer, struct job_id *job, struct error *e) {
    const struct site_printer *p = site_find_printer(act->till->site, printer);
    if (!p) return error_fail(e, ERROR_NOT_FOUND, "printer_unknown", "printer %s: the site has none of that name", printer);
    struct job_new page = {.kind = "test", .printer = p->slug, .ticket = test_ticket(act->till->site, p, act->now, act->arena)};
    if (!job_add(act->db, &page, act->now, &job->v, e)) return false;
    act_changed(act, EVENT_PRINT_JOB, job->v, p->slug);
    return true;
}
