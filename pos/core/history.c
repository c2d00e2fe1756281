/* Orders that are over: the list of a day, and the one that a number names. */
#include "pos/core/history.h"

#include "pos/core/order_row.h"

enum { LIST_MAX = 200 };

/* An order charged anew has its refunds behind it: they count no more than its former check does. */
#define ROW                                                                                                                      \
    "SELECT o.id, o.number, o.opened_at, o.ended_at, o.kind, o.state, h.business_day, o.table_slug, o.name, s.name,"             \
    " ifnull((SELECT group_concat(text, ', ') FROM (SELECT CASE d.prefix WHEN '' THEN '' ELSE d.prefix || '-' END || d.number"   \
    "  AS text FROM fiscal_document d JOIN bill b ON b.id = d.bill_id WHERE b.order_id = o.id ORDER BY d.id)), ''),"             \
    " ifnull((SELECT sum(p.amount) FROM payment p JOIN bill_counting c ON c.id = p.bill_id WHERE c.order_id = o.id), 0),"        \
    " ifnull((SELECT sum(g.charged) FROM refund r JOIN refund_payment g ON g.refund_id = r.id JOIN bill_counting c"              \
    "  ON c.id = r.bill_id WHERE r.order_id = o.id), 0),"                                                                        \
    " ifnull((SELECT sum(r.total) FROM refund r JOIN bill_counting c ON c.id = r.bill_id WHERE r.order_id = o.id), 0),"          \
    " ifnull((SELECT number FROM orders t WHERE t.id = o.merged_into), 0)"                                                       \
    " FROM orders o JOIN shift h ON h.id = o.shift_id JOIN staff s ON s.id = ifnull(o.served_by, o.opened_by)"                   \
    " WHERE (o.ended_at IS NOT NULL OR EXISTS (SELECT 1 FROM bill_counting b WHERE b.order_id = o.id AND b.state = 'paid'))"              \
    " AND (?1 = 0 OR o.id < ?1)"

/* A number is that of an order of the day, or of a document of any day: a guest does not know on which one it was. */
#define OF_THE_DAY "o.shift_id IN (SELECT id FROM shift WHERE business_day = ?2)"
#define LIST ROW " AND " OF_THE_DAY " ORDER BY o.id DESC LIMIT ?3"
#define FIND                                                                                                                     \
    ROW " AND ((o.number = ?4 AND " OF_THE_DAY ") OR o.id IN (SELECT b.order_id FROM fiscal_document d JOIN bill b"              \
        " ON b.id = d.bill_id WHERE d.number = ?4)) ORDER BY o.id DESC LIMIT ?3"

static struct history_order order_of(const struct db_rows *r, struct arena *a) {
    money paid = db_col_int(r, 11);
    return (struct history_order){
        .id = {db_col_int(r, 0)},
        .number = db_col_int(r, 1),
        .opened_at = db_col_int(r, 2),
        .ended_at = db_col_int(r, 3),
        .kind = (enum order_kind)order_name_index(order_kind_names, db_col_text(r, 4)),
        .state = (enum order_state)order_name_index(order_state_names, db_col_text(r, 5)),
        .business_day = arena_text(a, db_col_text(r, 6)),
        .table = arena_text(a, db_col_text(r, 7)),
        .name = arena_text(a, db_col_text(r, 8)),
        .served_by = arena_text(a, db_col_text(r, 9)),
        .documents = arena_text(a, db_col_text(r, 10)),
        .paid = paid,
        .returned = db_col_int(r, 12),
        .whole = paid > 0 && db_col_int(r, 13) == paid,
        .merged_into = db_col_int(r, 14),
    };
}

bool history_list(struct db *db, const struct history_query *q, int32_t limit, struct arena *a, struct history_order **out,
                  size_t *count, struct error *e) {
    struct db_rows r;
    if (limit < 1 || limit > LIST_MAX) limit = LIST_MAX;
    *out = ARENA_ARRAY(a, (size_t)limit, struct history_order);
    *count = 0;
    if (q->number > 0 ? !db_query(db, FIND, DB_ARGS(db_int(q->before), db_text(q->day), db_int(limit), db_int(q->number)), &r, e)
                      : !db_query(db, LIST, DB_ARGS(db_int(q->before), db_text(q->day), db_int(limit)), &r, e))
        return false;
    while (*count < (size_t)limit && db_next(&r)) (*out)[(*count)++] = order_of(&r, a);
    return db_done(&r, e);
}
