/* The database: SQLite's result codes as errors. */
#include <string.h>

#include "data/db_private.h"
#include "data/text.h"

static const struct {
    int result;
    enum error_kind kind;
    const char *code;
    bool breaks; /* nothing more on this connection can be trusted */
} meanings[] = {
    {SQLITE_CONSTRAINT, ERROR_CONFLICT, "constraint", false},
    {SQLITE_BUSY, ERROR_BUSY, "database_busy", false},
    {SQLITE_CORRUPT, ERROR_IO, "database_corrupt", true},
    {SQLITE_NOTADB, ERROR_IO, "database_corrupt", true},
    {SQLITE_READONLY, ERROR_IO, "database_unwritable", false},
    {SQLITE_CANTOPEN, ERROR_IO, "database_unwritable", true},
    {SQLITE_PERM, ERROR_IO, "database_unwritable", true},
    {SQLITE_FULL, ERROR_IO, "disk_full", false}, /* undone cleanly; goes away when there is room again */
    {SQLITE_IOERR, ERROR_IO, "disk_failed", true},
};

bool db_fail_at(struct db *db, int result, const char *doing, const char *file, int line, struct error *e) {
    /* The message belongs to the last call on the handle; where that was another one, the code's own text is truer. */
    const char *why =
        db->handle && sqlite3_extended_errcode(db->handle) == result ? sqlite3_errmsg(db->handle) : sqlite3_errstr(result);
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        if (meanings[i].result != (result & 0xFF)) continue;
        if (meanings[i].breaks || result == SQLITE_READONLY_DBMOVED) db->broken = true;
        return error_fail_at(e, meanings[i].kind, meanings[i].code, file, line, "%s", why);
    }
    char start[161];
    text_copy(start, sizeof start, doing);
    return error_fail_at(e, ERROR_INTERNAL, "database_error", file, line, "%s, in: %s", why, start);
}
