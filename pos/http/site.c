/* GET /site. */
#include "pos/http/resources.h"
#include "pos/http/shapes.h"

bool site_answer(struct request *r, struct db *db, struct error *e) {
    (void)db;
    if (!request_query_done(r, e)) return false;
    struct json answer = json_new_object(r->arena);
    shape_site(answer, r->till->site);
    reply_json(r, 200, answer);
    reply_tag_by_content(r);
    return true;
}
