/* Orders to move, and what stands of them before and after. Contract: core_moving.h. */
#include "tests/support/core_moving.h"

struct order_id moving_table(struct core_fixture *f, const char *table, int32_t covers) {
    struct order_id id;
    core_ok(f, core_open(f, &(struct order_new){.kind = ORDER_TABLE, .table = table, .name = "", .covers = covers}, &id));
    return id;
}
struct order_id moving_takeaway(struct core_fixture *f) {
    struct order_id id;
    core_ok(f, core_open(f, &(struct order_new){.kind = ORDER_TAKEAWAY, .name = "Rosa"}, &id));
    return id;
}
struct line_id moving_line(struct core_fixture *f, struct order_id id, size_t index) {
    return core_read(f, id)->lines[index].id;
}
void moving_pay(struct core_fixture *f, struct order_id id) {
    core_ok(f, core_tip(f, id, TIP_DECLINED, 0));
    core_ok(f, core_pay(f, id, &(struct payment_new){.means = "efectivo"}));
}

const char *moving_everything(struct core_fixture *f) {
    return arena_printf(
        f->arena, "%s|%s|%s|%s", core_state(f),
        core_text(f, "SELECT group_concat(id || ifnull(table_slug, '') || state || version || ifnull(covers, 0) || "
                     "ifnull(served_by, 0) || ifnull(merged_into, 0)) FROM orders"),
        core_text(f, "SELECT group_concat(order_id) FROM order_line"), core_text(f, "SELECT group_concat(state) FROM bill"));
}
const char *moving_papers(struct core_fixture *f) {
    return core_text(
        f,
        "SELECT group_concat(id || ' ' || station || ' ' || sequence || ' of ' || order_id, ', ') FROM (SELECT * FROM print_job "
        "WHERE kind = 'kitchen' ORDER BY id)");
}
const char *moving_paper(struct core_fixture *f, int64_t job) {
    return core_paper(f, (struct job_id){job}, NULL);
}
