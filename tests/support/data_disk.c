/* A disk that fails on demand, as a layer over SQLite's own file access. */
#include "tests/support/data_disk.h"

#include <check.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static atomic_int state, syncs; /* a test program has one disk */
static sqlite3_vfs layer, *below;

struct layered_file {
    sqlite3_file base;
    sqlite3_io_methods methods; /* those of the file below, but for a few */
    sqlite3_file *file;
};

static sqlite3_file *real(sqlite3_file *file) {
    return ((struct layered_file *)file)->file;
}

static int do_close(sqlite3_file *file) {
    int result = real(file)->pMethods ? real(file)->pMethods->xClose(real(file)) : SQLITE_OK;
    free(real(file));
    return result;
}

static int do_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 at) {
    return state == DATA_DISK_READ_FAILS ? SQLITE_IOERR_READ : real(file)->pMethods->xRead(real(file), bytes, size, at);
}

static int do_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at) {
    return state == DATA_DISK_FULL ? SQLITE_FULL : real(file)->pMethods->xWrite(real(file), bytes, size, at);
}

static int do_sync(sqlite3_file *file, int flags) {
    syncs++;
    return state == DATA_DISK_SYNC_FAILS ? SQLITE_IOERR_FSYNC : real(file)->pMethods->xSync(real(file), flags);
}

/* The rest is passed on as it is. */
static int do_truncate(sqlite3_file *f, sqlite3_int64 size) {
    return real(f)->pMethods->xTruncate(real(f), size);
}
static int do_size(sqlite3_file *f, sqlite3_int64 *size) {
    return real(f)->pMethods->xFileSize(real(f), size);
}
static int do_lock(sqlite3_file *f, int level) {
    return real(f)->pMethods->xLock(real(f), level);
}
static int do_unlock(sqlite3_file *f, int level) {
    return real(f)->pMethods->xUnlock(real(f), level);
}
static int do_check(sqlite3_file *f, int *out) {
    return real(f)->pMethods->xCheckReservedLock(real(f), out);
}
static int do_control(sqlite3_file *f, int op, void *arg) {
    return real(f)->pMethods->xFileControl(real(f), op, arg);
}
static int do_sector(sqlite3_file *f) {
    return real(f)->pMethods->xSectorSize(real(f));
}
static int do_device(sqlite3_file *f) {
    return real(f)->pMethods->xDeviceCharacteristics(real(f));
}
static int do_map(sqlite3_file *f, int page, int size, int extend, void volatile **out) {
    return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}
static int do_shm_lock(sqlite3_file *f, int at, int n, int flags) {
    return real(f)->pMethods->xShmLock(real(f), at, n, flags);
}
static void do_barrier(sqlite3_file *f) {
    real(f)->pMethods->xShmBarrier(real(f));
}
static int do_unmap(sqlite3_file *f, int delete) {
    return real(f)->pMethods->xShmUnmap(real(f), delete);
}

static int do_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags) {
    (void)vfs;
    struct layered_file *f = (struct layered_file *)file;
    memset(f, 0, sizeof *f);
    f->file = calloc(1, (size_t)below->szOsFile);
    ck_assert_ptr_nonnull(f->file);
    f->methods = (sqlite3_io_methods){.iVersion = 2,
                                      .xClose = do_close,
                                      .xRead = do_read,
                                      .xWrite = do_write,
                                      .xTruncate = do_truncate,
                                      .xSync = do_sync,
                                      .xFileSize = do_size,
                                      .xLock = do_lock,
                                      .xUnlock = do_unlock,
                                      .xCheckReservedLock = do_check,
                                      .xFileControl = do_control,
                                      .xSectorSize = do_sector,
                                      .xDeviceCharacteristics = do_device,
                                      .xShmMap = do_map,
                                      .xShmLock = do_shm_lock,
                                      .xShmBarrier = do_barrier,
                                      .xShmUnmap = do_unmap};
    f->base.pMethods = &f->methods; /* set even on failure: then SQLite closes it */
    return below->xOpen(below, name, f->file, flags, out_flags);
}

void data_disk_install(void) {
    below = sqlite3_vfs_find(NULL);
    layer = *below;
    layer.szOsFile = (int)sizeof(struct layered_file);
    layer.pNext = NULL;
    layer.zName = "data_disk";
    layer.xOpen = do_open;
    state = DATA_DISK_GOOD;
    syncs = 0;
    ck_assert_int_eq(sqlite3_vfs_register(&layer, 1), SQLITE_OK);
}

void data_disk_set(enum data_disk_state new_state) {
    state = (int)new_state;
}

int data_disk_syncs(void) {
    return syncs;
}
