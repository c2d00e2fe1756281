/* What the files of the orders share: lines in a body, and an order as an answer. */
#ifndef COMANDA_HTTP_ORDER_PARTS_H
#define COMANDA_HTTP_ORDER_PARTS_H

#include "pos/core/order.h"
#include "pos/http/request.h"

struct lines_in {
    struct order_line_new *list;
    size_t count;
};
/* The array "lines" of the body; faults stay in it. */
void lines_read(struct request *r, struct json array, struct lines_in *out);

/* The order as it stands in the act, as the reply or as a member of it. */
MUST_USE bool order_reply(struct act *act, struct request *r, int status, struct order_id id, struct error *e);
MUST_USE bool order_member(struct act *act, struct json object, struct order_id id, struct error *e);

#endif
