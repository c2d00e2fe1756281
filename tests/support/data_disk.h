/* A disk that fails on demand: a layer over SQLite's own file access, for databases opened after data_disk_install. */
#ifndef COMANDA_TESTS_DATA_DISK_H
#define COMANDA_TESTS_DATA_DISK_H

enum data_disk_state {
    DATA_DISK_GOOD,
    DATA_DISK_FULL,       /* writes answer that there is no room */
    DATA_DISK_SYNC_FAILS, /* fsync answers an I/O error */
    DATA_DISK_READ_FAILS,
};

void data_disk_install(void);
void data_disk_set(enum data_disk_state state); /* any thread; at once */
int data_disk_syncs(void);                      /* fsyncs so far */

#endif
