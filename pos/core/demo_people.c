/* The five people of the demo, whose PINs everybody knows. */
#include "pos/core/staff.h"

const struct demo_person demo_people[5] = {
    {"caja", "1111", ROLE_CASHIER},
    {"mesa", "2222", ROLE_WAITER},
    {"cocina", "3333", ROLE_COOK},
    {"gerencia", "444444", ROLE_MANAGER},
    {"administración", "555555", ROLE_ADMINISTRATOR},
};

bool staff_seed_demo(struct act *act, struct error *e) {
    for (size_t i = 0; i < sizeof demo_people / sizeof *demo_people; i++) {
        const struct demo_person *p = &demo_people[i];
        int64_t known;
        char hash[128];
        struct staff_id id;
        if (!db_get_int(act->db, "SELECT id FROM staff WHERE name = ?", DB_ARGS(db_text(p->name)), 0, &known, e)) return false;
        if (known != 0) continue; /* also when somebody gave that person another PIN or role since */
        if (!pin_hash(p->pin, hash, e) || !staff_add(act, p->name, p->role, hash, &id, e)) return false;
    }
    return true;
}

bool staff_demo_pin_open(struct db *db, const char **name, struct error *e) {
    *name = NULL;
    for (size_t i = 0; i < sizeof demo_people / sizeof *demo_people && !*name; i++) {
        int64_t id;
        struct error wrong;
        if (!db_get_int(db, "SELECT id FROM staff WHERE name = ? AND active = 1", DB_ARGS(db_text(demo_people[i].name)), 0, &id,
                        e))
            return false;
        if (id != 0 && pin_verify(db, (struct staff_id){id}, demo_people[i].pin, &wrong)) *name = demo_people[i].name;
    }
    return true;
}
