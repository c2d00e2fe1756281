/* What the order's verbs share inside pos/core: its row, what it sold so far, and the refusals that are the same for all. */
#ifndef COMANDA_CORE_ORDER_ROW_H
#define COMANDA_CORE_ORDER_ROW_H

#include "pos/core/order.h"

struct order_row {
    struct order_id id;
    struct shift_id shift;
    int64_t number, version, sends, opened_at, ended_at;
    enum order_kind kind;
    enum order_state state;
    const char *table, *name, *opened_by, *void_reason; /* table NULL: none */
    const char *served_by;                              /* who opened it, unless it was handed on */
    struct staff_id server;                             /* the same person */
    struct order_id merged_into;                        /* 0: into none */
    int32_t covers;
    enum tip_answer tip_answer;
    money tip;
};
/* ERROR_NOT_FOUND "order_unknown". */
MUST_USE bool order_row_get(struct db *db, struct order_id id, struct arena *a, struct order_row *out, struct error *e);
/* Only one that is open or sent: ERROR_CONFLICT "order_paid" / "order_voided" else. */
MUST_USE bool order_row_live(struct db *db, struct order_id id, struct arena *a, struct order_row *out, struct error *e);
/* Raises the version of a live order and announces it; the same refusals, without a read when there is none. *lines, if not NULL:
 * how many it has. */
MUST_USE bool order_touch(struct act *act, struct order_id id, int64_t *lines, struct error *e);

/* A table of the site (ERROR_INVALID "table_unknown") that no live order stands on (ERROR_CONFLICT "table_taken", naming it). */
MUST_USE bool order_table_free(struct act *act, const char *table, struct error *e);

/* As they stand on paper: "Mesa", "Para llevar". */
extern const char *const order_kind_labels[ORDER_KIND_COUNT];

/* Takes from a counted item, or gives back (negative), and tells the screens how many are left. ERROR_CONFLICT "item_sold_out".
 */
MUST_USE bool order_take_stock(struct act *act, const struct menu_item *item, int64_t quantity, struct error *e);

/* Selling needs a person: ERROR_DENIED "staff_needed" for the console. */
MUST_USE bool act_person(const struct act *act, struct error *e);
/* A text that was typed: not longer than `max` characters, no control characters. ERROR_INVALID "invalid_field". */
MUST_USE bool order_check_text(const char *text, size_t max, const char *field, struct error *e);
/* Index of `name` in a NULL-ended list; 0 when it is not there (the database's CHECKs hold the same lists). */
int order_name_index(const char *const *names, const char *name);

#endif
