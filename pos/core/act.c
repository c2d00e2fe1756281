/* What stands around one command: what it changed, told to whoever listens after the COMMIT, and whether its actor may. */
#include <string.h>

#include "data/text.h"
#include "pos/core/till.h"

const char *const event_names[] = {"order", "menu", "shift", "print_job", "printer", "staff", NULL};

enum { EVENTS_MAX = sizeof((struct act *)0)->events / sizeof(struct event) };

/* Too many to name: all of a kind become one event without an id, which means "look at all of them". */
static void merge_kind(struct act *act, enum event_kind kind) {
    size_t kept = 0;
    for (size_t i = 0; i < act->event_count; i++)
        if (act->events[i].kind != kind) act->events[kept++] = act->events[i];
    act->events[kept++] = (struct event){.kind = kind};
    act->event_count = kept;
}

void act_changed(struct act *act, enum event_kind kind, int64_t id, const char *slug) {
    struct event event = {.kind = kind, .id = id};
    if (slug) (void)text_copy(event.slug, sizeof event.slug, slug); /* a slug fits by definition */
    for (size_t i = 0; i < act->event_count; i++) {
        const struct event *seen = &act->events[i];
        if (seen->kind != kind) continue;
        if (seen->id == 0 && seen->slug[0] == '\0') return; /* "all of them" is said already */
        if (seen->id == id && strcmp(seen->slug, event.slug) == 0) return;
    }
    /* One place for each kind stays free, so that merging always finds room. */
    if (act->event_count >= EVENTS_MAX - (size_t)(EVENT_STAFF + 1)) {
        merge_kind(act, kind);
        return;
    }
    act->events[act->event_count++] = event;
}

bool act_may(const struct act *act, enum permission permission, struct error *e) {
    if (role_may(act->actor.role, permission)) return true;
    if (act->actor.approver.v != 0 && role_may(act->actor.approver_role, permission)) return true;
    return error_fail(e, ERROR_DENIED, "approval_required", "a manager must approve this (%s)", permission_names[permission]);
}
