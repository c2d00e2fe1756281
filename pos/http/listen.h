/* Opening the two sockets the door listens on. */
#ifndef COMANDA_HTTP_LISTEN_H
#define COMANDA_HTTP_LISTEN_H

#include "data/error.h"

enum { LISTEN_ADDRESS_MAX = 80 };

/* "127.0.0.1:8080", "[::1]:8080". `taken` is the address with the port that was really given: port 0 asks for any.
 * ERROR_INVALID "bad_address"; ERROR_IO "port_taken", "port_denied", "cannot_listen". *fd is the caller's to close. */
MUST_USE bool listen_on_network(const char *address, int *fd, char taken[LISTEN_ADDRESS_MAX], struct error *e);
/* A Unix socket that only its owner may use. The data directory's lock is held: a file found there was left by a process that
 * died. */
MUST_USE bool listen_on_control(const char *path, int *fd, struct error *e);

#endif
