/* The database: checking it and copying it while it is in use. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/db_private.h"

/* ---- checking ---- */

struct findings {
    void (*report)(void *self, const char *finding);
    void *self;
    bool clean;
};

static void found(struct findings *f, const char *finding) {
    f->clean = false;
    if (f->report) f->report(f->self, finding);
}

static bool check_integrity(struct db *db, struct findings *f, struct error *e) {
    struct db_rows rows;
    if (!db_query(db, "PRAGMA integrity_check", DB_NO_ARGS, &rows, e)) return false;
    while (db_next(&rows)) {
        const char *line = db_col_text(&rows, 0);
        if (line && strcmp(line, "ok") != 0) found(f, line);
    }
    return db_done(&rows, e);
}

static bool check_references(struct db *db, struct findings *f, struct error *e) {
    struct db_rows rows;
    if (!db_query(db, "PRAGMA foreign_key_check", DB_NO_ARGS, &rows, e)) return false;
    while (db_next(&rows)) {
        char finding[256];
        snprintf(finding, sizeof finding, "%s row %" PRId64 ": refers to a missing row of %s", db_col_text(&rows, 0),
                 db_col_int(&rows, 1), db_col_text(&rows, 2));
        found(f, finding);
    }
    return db_done(&rows, e);
}

bool db_check(struct db *db, void (*report)(void *self, const char *finding), void *self, bool *clean, struct error *e) {
    struct findings f = {report, self, true};
    bool (*const checks[])(struct db *, struct findings *, struct error *) = {check_integrity, check_references};
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        if (checks[i](db, &f, e)) continue;
        if (strcmp(e->code, "database_corrupt") != 0) return false;
        found(&f, e->message); /* too damaged to be walked: a finding, and not a failure of the check */
    }
    *clean = f.clean;
    return true;
}

/* ---- copying ---- */

static bool copy_pages(struct db *from, struct db *to, struct error *e) {
    sqlite3_backup *copy = sqlite3_backup_init(to->handle, "main", from->handle, "main");
    if (!copy) return db_fail(to, sqlite3_extended_errcode(to->handle), "starting a copy", e);
    /* In one step, so within one read transaction: a copy in portions starts anew whenever something is written. WAL lets the
     * writer go on meanwhile. */
    int result = sqlite3_backup_step(copy, -1);
    sqlite3_backup_finish(copy);
    return result == SQLITE_DONE || db_fail(to, result, "copying", e);
}

static bool verify_copy(const char *path, struct error *e) {
    struct db *copy;
    bool clean = false;
    if (!db_open(path, DB_READER, &copy, e)) return false;
    bool ok = db_check(copy, NULL, NULL, &clean, e);
    db_close(copy);
    if (ok && !clean)
        return error_fail(e, ERROR_IO, "database_corrupt", "the copy fails its check; so does the original, or the disk");
    return ok;
}

static bool write_copy(struct db *from, const char *path, struct error *e) {
    struct db to = {0};
    int result = sqlite3_open_v2(path, &to.handle,
                                 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    bool ok = result == SQLITE_OK ? copy_pages(from, &to, e) : db_fail(&to, result, "opening", e);
    /* One plain file that can be read from a read-only stick; db_open turns the log on again after a restore. */
    ok = ok && db_script(&to, "PRAGMA journal_mode = DELETE", e);
    sqlite3_close_v2(to.handle);
    return ok;
}

static bool sync_path(const char *path, int flags, struct error *e) {
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0) return error_errno(e, errno, "disk_failed", "opening");
    bool ok = fsync(fd) == 0 || error_errno(e, errno, "disk_failed", "writing to disk");
    close(fd);
    return ok;
}

static bool sync_folder_of(const char *path, struct arena *a, struct error *e) {
    const char *slash = strrchr(path, '/');
    const char *folder = !slash ? "." : slash == path ? "/" : arena_text_n(a, path, (size_t)(slash - path));
    return sync_path(folder, O_RDONLY | O_DIRECTORY, e);
}

bool db_backup(struct db *from, const char *to_path, struct error *e) {
    struct arena *a = arena_open();
    const char *part = arena_printf(a, "%s.part", to_path); /* a copy bears its name only once it is whole */
    unlink(part);
    bool ok = write_copy(from, part, e) && verify_copy(part, e) && sync_path(part, O_RDWR, e);
    if (ok && rename(part, to_path) != 0) ok = error_errno(e, errno, "disk_failed", "renaming the copy");
    ok = ok && sync_folder_of(to_path, a, e);
    if (!ok) {
        unlink(part);
        error_within(e, "backup to %s", to_path);
    }
    arena_close(a);
    return ok;
}
