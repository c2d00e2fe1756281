/* People and sessions in JSON. */
#include "pos/http/shapes.h"

void shape_staff(struct json into, const struct staff *person) {
    json_set_int(into, "id", person->id.v);
    json_set_text(into, "name", person->name);
    json_set_text(into, "role", role_names[person->role]);
    json_set_bool(into, "active", person->active);
    shape_time(into, "created_at", person->created_at);
}

void shape_session(struct json into, const struct session *session) {
    struct json person = json_set_object(into, "staff");
    json_set_int(person, "id", session->staff.id.v);
    json_set_text(person, "name", session->staff.name);
    json_set_text(person, "role", role_names[session->staff.role]);
    struct json permissions = json_set_array(into, "permissions");
    for (int p = PERMISSION_SIGNED_IN; p < PERMISSION_COUNT; p++)
        if (role_may(session->staff.role, (enum permission)p)) json_push_text(permissions, permission_names[p]);
    shape_time(into, "expires_at", session->expires_at);
}
