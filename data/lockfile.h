/* The lock file that keeps a second process out of a data directory: DIR/comanda.lock, holding the pid,
 * under an open-file-description lock (fcntl(2), F_OFD_SETLK): gone with the process however it ends. */
#ifndef COMANDA_DATA_LOCKFILE_H
#define COMANDA_DATA_LOCKFILE_H

#include "data/error.h"

/* ERROR_BUSY "data_in_use" naming the directory and the pid when another process holds it. *fd is the lock: close it with
 * lockfile_release. */
MUST_USE bool lockfile_take(const char *directory, int *fd, struct error *e);
void lockfile_release(int fd);
/* Asks without taking: true when some process holds it. */
bool lockfile_held(const char *directory);

#endif
