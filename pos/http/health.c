/* GET /healthz: the process lives and its database can be read. */
#include "data/migrate.h"
#include "pos/http/door.h"
#include "pos/http/resources.h"

bool health_answer(struct request *r, struct db *db, struct error *e) {
    struct staff *people;
    size_t count;
    if (!request_query_done(r, e) || !staff_list(db, r->arena, &people, &count, e)) return false;
    struct json health = json_new_object(r->arena);
    json_set_text(health, "status", "ok");
    json_set_text(health, "version", COMANDA_VERSION);
    json_set_int(health, "schema", migrate_newest());
    reply_json(r, 200, health);
    return true;
}
