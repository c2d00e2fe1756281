/* The menu: what is sold, what is sold out, and publishing a new one. */
#include <string.h>

#include "pos/core/stock.h"
#include "pos/http/resources.h"
#include "pos/http/shapes.h"

bool menu_answer(struct request *r, struct db *db, struct error *e) {
    struct json answer = json_new_object(r->arena);
    if (!request_query_done(r, e) || !shape_menu(answer, atomic_load(&r->till->menu), db, e)) return false;
    reply_json(r, 200, answer);
    reply_tag_by_content(r); /* its version and what is left, both are in it */
    return true;
}

/* ---- PUT /menu/items/{item}/availability ---- */

bool availability_parse(struct request *r, struct error *e) {
    (void)e;
    struct menu_availability *set = r->parsed = ARENA_NEW(r->arena, struct menu_availability);
    REQUEST_ONLY(r, "available", "remaining");
    set->available = json_bool(r->json, "available");
    set->remaining = json_int_or(r->json, "remaining", 0, 100000, -1);
    return true;
}

bool availability_run(struct act *act, struct request *r, struct error *e) {
    const struct menu_availability *set = r->parsed;
    const char *id = r->params[0].text;
    struct json answer = json_new_object(r->arena);
    if (!stock_set(act, id, *set, e)) return false;
    if (!shape_menu_item(answer, menu_find_item(atomic_load(&act->till->menu), id), act->db, e)) return false;
    reply_json(r, 200, answer);
    return true;
}

/* ---- versions ---- */

/* Checked here already, so that a menu with faults costs the writer nothing. */
bool menu_publish_parse(struct request *r, struct error *e) {
    struct menu *checked;
    return menu_load(r->json, r->till->site, r->arena, &checked, e);
}

bool menu_publish_run(struct act *act, struct request *r, struct error *e) {
    int64_t version;
    if (!till_publish_menu(act, r->json, &version, e)) return false;
    struct json answer = json_new_object(r->arena);
    json_set_int(answer, "version", version);
    reply_json(r, 201, answer);
    return true;
}

static bool read_version(const char *text, int64_t *out) {
    *out = 0;
    if (strcmp(text, "current") == 0) return true;
    if (strlen(text) > 15 || text[strspn(text, "0123456789")] || text[0] == '0') return false;
    for (; *text; text++) *out = *out * 10 + (*text - '0');
    return true;
}

bool menu_version_answer(struct request *r, struct db *db, struct error *e) {
    int64_t version;
    const char *text;
    if (!request_query_done(r, e)) return false;
    if (!read_version(r->params[0].text, &version))
        return error_fail(e, ERROR_NOT_FOUND, "menu_none", "menu version %s: neither a number nor current", r->params[0].text);
    if (!menu_document(db, version, r->arena, &text, e)) return false;
    reply_text(r, 200, "application/json", text);
    reply_tag_by_content(r);
    return true;
}
