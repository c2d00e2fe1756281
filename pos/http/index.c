/* GET /api/v1: what can be asked here. The contract test holds it against openapi.yaml. */
#include <string.h>

#include "pos/http/door.h"
#include "pos/http/resources.h"
#include "pos/http/route.h"

bool index_answer(struct request *r, struct db *db, struct error *e) {
    (void)db;
    if (!request_query_done(r, e)) return false;
    struct json index = json_new_object(r->arena);
    json_set_text(index, "name", "comanda");
    json_set_text(index, "version", COMANDA_VERSION);
    struct json list = json_set_array(index, "operations");
    for (const struct route *route = routes; route->method; route++) {
        struct json operation = json_push_object(list);
        json_set_text(operation, "method", route->method);
        json_set_text(operation, "path", route->pattern);
        json_set_text(operation, "permission", permission_names[route->permission]);
        json_set_bool(operation, "needs_key", route->kind == ROUTE_COMMAND && !route->keyless);
    }
    reply_json(r, 200, index);
    reply_tag_by_content(r);
    return true;
}
