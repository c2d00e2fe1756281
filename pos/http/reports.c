/* Reports. */
#include "pos/core/report.h"

#include "pos/http/resources.h"

bool report_daily_answer(struct request *r, struct db *db, struct error *e) {
    char today[CLOCK_DAY_MAX];
    const struct site *site = r->till->site;
    const char *day = request_query_text(r, "date");
    struct json report;
    if (!request_query_done(r, e)) return false;
    if (!day) day = clock_business_day(clock_now(r->till->clock), site->cutover_hour, today);
    if (!clock_is_day(day)) {
        error_fail(e, ERROR_INVALID, "invalid_query", "date: must be a day such as 2026-11-24");
        return error_at_field(e, "date");
    }
    if (!report_daily(db, site, atomic_load(&r->till->menu), day, r->arena, &report, e)) return false;
    reply_json(r, 200, report);
    return true;
}
