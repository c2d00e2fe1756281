/* Shapes: what the core's structs look like in JSON (pos/http/openapi.yaml). One file a shape; no arithmetic here. */
#ifndef COMANDA_HTTP_SHAPES_H
#define COMANDA_HTTP_SHAPES_H

#include "data/json.h"
#include "pos/core/order.h"
#include "pos/core/shift.h"
#include "pos/core/staff.h"

/* Small ones, used by all. Instants as RFC 3339; 0 → null. */
void shape_time(struct json object, const char *key, int64_t wall_ms);
void shape_int_or_null(struct json object, const char *key, int64_t value); /* 0 → null */
/* Where a list goes on: the cursor for the next page, or null when this was the last. */
void shape_next(struct json object, bool more, int64_t last);

void shape_order(struct json into, const struct order *order, const struct site *site);
void shape_refunds(struct json into, const struct order *order); /* its member "refunds" */
void shape_order_summary(struct json into, const struct order_summary *order);
void shape_shift(struct json into, const struct shift *shift);
void shape_shift_report(struct json into, const struct shift_report *report, const struct site *site);
void shape_site(struct json into, const struct site *site);
void shape_printer_stations(struct json printer, const struct site *site, const char *slug); /* whose tickets it prints */
/* Items with what is left of them now. */
MUST_USE bool shape_menu(struct json into, const struct menu *menu, struct db *db, struct error *e);
MUST_USE bool shape_menu_item(struct json into, const struct menu_item *item, struct db *db, struct error *e);
void shape_job(struct json into, const struct job *job);
void shape_staff(struct json into, const struct staff *person);
void shape_session(struct json into, const struct session *session);

#endif
