/* Sockets: the only file behind this header knows libmicrohttpd. */
#ifndef COMANDA_HTTP_SERVER_H
#define COMANDA_HTTP_SERVER_H

#include "data/error.h"

struct door;
struct server; /* opaque */

/* listen as in door.h; control may be NULL. */
MUST_USE bool server_open(struct door *door, const char *listen, const char *control, struct server **out, struct error *e);
/* No new connections or requests from here on; returns when those under way have their answers. */
void server_quiesce(struct server *s);
/* Closes every connection. No stream may be parked any more. */
void server_close(struct server *s);
/* "127.0.0.1:8080", with the port that was really taken. */
const char *server_address(const struct server *s);
/* Ends connections that have been waiting too long without a whole request. Called now and then. */
void server_reap(struct server *s);

/* Parks and wakes a connection (struct MHD_Connection) for sse.h. */
void server_park(void *connection);
void server_wake(void *connection);

#endif
