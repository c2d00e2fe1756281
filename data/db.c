/* The database: connections, statements and rows. */
#include "data/db.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "data/db_private.h"
#include "data/log.h"

enum {
    BUSY_TIMEOUT_MS = 5000,
    /* The writer checkpoints when the log has this many pages (8 MB). An order writes about ten, so a checkpoint, with its two
     * fsyncs, falls on one order in two hundred; pages written over and over in between are copied home once. */
    AUTOCHECKPOINT_PAGES = 2000,
};

/* ---- opening ---- */

static bool pragma_int(struct db *db, const char *sql, int64_t *out, struct error *e) {
    return db_get_int(db, sql, DB_NO_ARGS, 0, out, e);
}

/* Switches to WAL. A file that is not empty, not ours and not in WAL mode is left as it is: migrate_run will refuse it. */
static bool set_journal(struct db *db, struct error *e) {
    int64_t pages, application;
    const char *mode;
    struct arena *a = arena_open();
    bool ok = pragma_int(db, "PRAGMA page_count", &pages, e) && pragma_int(db, "PRAGMA application_id", &application, e);
    if (ok && (pages == 0 || application == DB_APPLICATION_ID)) {
        ok = db_get_text(db, "PRAGMA journal_mode = WAL", DB_NO_ARGS, a, &mode, e);
        if (ok && (!mode || strcmp(mode, "wal") != 0))
            ok = error_fail(e, ERROR_IO, "database_unwritable", "write-ahead log refused (journal mode %s)",
                            mode ? mode : "unknown");
    }
    arena_close(a);
    return ok;
}

static bool configure(struct db *db, enum db_mode mode, struct error *e) {
    static const struct {
        int option, value;
    } options[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1}, {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0}, {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
        {SQLITE_DBCONFIG_DQS_DML, 0},   {SQLITE_DBCONFIG_DQS_DDL, 0},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        int result = sqlite3_db_config(db->handle, options[i].option, options[i].value, NULL);
        if (result != SQLITE_OK) return db_fail(db, result, "configuring", e);
    }
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_timeout(db->handle, BUSY_TIMEOUT_MS);
    if (mode == DB_READER) {
        /* A reader that is the last to close would checkpoint; it may not (law 1). */
        int result = sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
        if (result != SQLITE_OK) return db_fail(db, result, "configuring", e);
        sqlite3_wal_autocheckpoint(db->handle, 0);
        return db_script(db, "PRAGMA cell_size_check = ON; PRAGMA query_only = ON; PRAGMA temp_store = MEMORY;", e);
    }
    /* SQLite opens a file that it may not write for reading, in silence. */
    if (sqlite3_db_readonly(db->handle, "main") != 0) return db_fail(db, SQLITE_READONLY, "opening", e);
    if (!db_script(db, "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;", e) || !set_journal(db, e)) return false;
    sqlite3_wal_autocheckpoint(db->handle, AUTOCHECKPOINT_PAGES);
    /* A log that a long reader let grow is cut back to 32 MB. The pages a day's orders come back to stay in memory: 8 MB, taken as
     * they are touched. */
    return db_script(db, "PRAGMA synchronous = FULL; PRAGMA cache_size = -8000; PRAGMA journal_size_limit = 33554432;", e);
}

/* SQLite's count of its memory takes a lock at every allocation, and nobody reads it. */
static void set_up_sqlite(void) {
    if (sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) != SQLITE_OK) log_error("SQLite was in use before it was set up");
}

bool db_open(const char *path, enum db_mode mode, struct db **out, struct error *e) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, set_up_sqlite);
    struct db *db = calloc(1, sizeof *db);
    if (!db) return error_fail(e, ERROR_INTERNAL, "no_memory", "%s: no memory to open it", path);
    int flags = mode == DB_WRITER ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    /* NOMUTEX: one thread at a time is the contract. */
    int result = sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    int64_t version;
    /* The file is first looked at by a read: only that finds a missing folder, a wrong header, a denied permission. */
    bool ok = result == SQLITE_OK ? configure(db, mode, e) && pragma_int(db, "PRAGMA schema_version", &version, e)
                                  : db_fail(db, result, "opening", e);
    if (!ok) {
        db_close(db);
        return error_within(e, "%s", path);
    }
    *out = db;
    return true;
}

void db_close(struct db *db) {
    if (!db) return;
    for (size_t i = 0; i < DB_CACHE_SLOTS; i++) {
        if (!db->cache[i]) continue;
        sqlite3_finalize(db->cache[i]->handle);
        free(db->cache[i]);
    }
    sqlite3_close_v2(db->handle);
    free(db);
}

void *db_handle(struct db *db) {
    return db->handle;
}

bool db_in_transaction(struct db *db) {
    return !sqlite3_get_autocommit(db->handle);
}

bool db_is_broken(const struct db *db) {
    return db->broken;
}

/* ---- statements ---- */

struct db_arg db_text(const char *text) {
    return text ? (struct db_arg){.type = DB_ARG_TEXT, .bytes = text, .size = strlen(text)} : db_null();
}

struct db_arg db_blob(const void *bytes, size_t size) {
    return bytes ? (struct db_arg){.type = DB_ARG_BLOB, .bytes = bytes, .size = size} : db_null();
}

static bool prepare_new(struct db *db, const char *sql, bool cached, struct db_statement **out, struct error *e) {
    const char *rest = NULL;
    sqlite3_stmt *handle = NULL;
    int result = sqlite3_prepare_v3(db->handle, sql, -1, cached ? SQLITE_PREPARE_PERSISTENT : 0, &handle, &rest);
    if (result != SQLITE_OK) return db_fail(db, result, sql, e);
    struct db_statement *s = handle ? calloc(1, sizeof *s) : NULL;
    if (!s || rest[strspn(rest, " \t\r\n;")]) {
        sqlite3_finalize(handle);
        free(s);
        return error_fail(e, ERROR_INTERNAL, "database_error", "exactly one statement is expected in: %.160s", sql);
    }
    *s = (struct db_statement){.sql = sql, .handle = handle, .cached = cached, .db = db};
    *out = s;
    return true;
}

/* Found by the pointer, verified by the text: a caller whose SQL did not outlive the connection gets what it asked for. */
static bool prepare(struct db *db, const char *sql, struct db_statement **out, struct error *e) {
    size_t home = (size_t)(((uintptr_t)sql * UINT64_C(0x9E3779B97F4A7C15)) >> 54) % DB_CACHE_SLOTS;
    struct db_statement **slot = NULL;
    for (size_t i = 0; i < DB_CACHE_PROBES; i++) {
        slot = &db->cache[(home + i) % DB_CACHE_SLOTS];
        if (!*slot) break;
        if ((*slot)->sql != sql) continue;
        if ((*slot)->in_use) return prepare_new(db, sql, false, out, e); /* the same query inside its own rows */
        if (strcmp(sqlite3_sql((*slot)->handle), sql) == 0) {
            *out = *slot;
            return true;
        }
        break;
    }
    if (*slot && (*slot)->in_use) return prepare_new(db, sql, false, out, e);
    struct db_statement *fresh;
    if (!prepare_new(db, sql, true, &fresh, e)) return false;
    if (*slot) {
        sqlite3_finalize((*slot)->handle);
        free(*slot);
    }
    *out = *slot = fresh;
    return true;
}

/* Ends a use. Step has told the result already, so that of reset is only a repetition. */
static void release(struct db_statement *s) {
    if (s->cached) {
        sqlite3_reset(s->handle);
        s->in_use = false;
    } else {
        sqlite3_finalize(s->handle);
        free(s);
    }
}

static int bind_one(sqlite3_stmt *handle, int position, const struct db_arg *arg) {
    switch (arg->type) {
    case DB_ARG_INT:
        return sqlite3_bind_int64(handle, position, arg->integer);
    case DB_ARG_TEXT:
        return sqlite3_bind_text64(handle, position, arg->bytes, arg->size, SQLITE_STATIC, SQLITE_UTF8);
    case DB_ARG_BLOB:
        return sqlite3_bind_blob64(handle, position, arg->size ? arg->bytes : "", arg->size, SQLITE_STATIC);
    case DB_ARG_NULL:
    case DB_ARG_END:
        break;
    }
    return sqlite3_bind_null(handle, position);
}

static bool start(struct db *db, const char *sql, const struct db_arg *args, struct db_statement **out, struct error *e) {
    struct db_statement *s;
    if (!prepare(db, sql, &s, e)) return false;
    s->in_use = true;
    int count = 0, result = SQLITE_OK, wanted = sqlite3_bind_parameter_count(s->handle);
    for (; args && args[count].type != DB_ARG_END && count < wanted && result == SQLITE_OK; count++)
        result = bind_one(s->handle, count + 1, &args[count]);
    bool ok = true;
    if (result != SQLITE_OK)
        ok = db_fail(db, result, sql, e);
    else if (count != wanted || (args && args[count].type != DB_ARG_END))
        ok = error_fail(e, ERROR_INTERNAL, "database_error", "wants %d arguments: %.160s", wanted, sql);
    if (!ok)
        release(s);
    else
        *out = s;
    return ok;
}

/* ---- running ---- */

bool db_exec(struct db *db, const char *sql, const struct db_arg *args, struct error *e) {
    struct db_statement *s;
    if (!start(db, sql, args, &s, e)) return false;
    int result;
    do result = sqlite3_step(s->handle);
    while (result == SQLITE_ROW);
    bool ok = result == SQLITE_DONE || db_fail(db, result, sql, e);
    release(s);
    return ok;
}

bool db_insert(struct db *db, const char *sql, const struct db_arg *args, int64_t *rowid, struct error *e) {
    if (!db_exec(db, sql, args, e)) return false;
    *rowid = sqlite3_last_insert_rowid(db->handle);
    return true;
}

int64_t db_changes(struct db *db) {
    return sqlite3_changes64(db->handle);
}

bool db_script(struct db *db, const char *sql, struct error *e) {
    int result = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
    return result == SQLITE_OK || db_fail(db, result, sql, e);
}

bool db_get_int(struct db *db, const char *sql, const struct db_arg *args, int64_t absent, int64_t *out, struct error *e) {
    struct db_rows rows;
    if (!db_query(db, sql, args, &rows, e)) return false;
    int64_t value = db_next(&rows) && !db_col_null(&rows, 0) ? db_col_int(&rows, 0) : absent;
    if (!db_done(&rows, e)) return false;
    *out = value;
    return true;
}

bool db_get_text(struct db *db, const char *sql, const struct db_arg *args, struct arena *a, const char **out, struct error *e) {
    struct db_rows rows;
    if (!db_query(db, sql, args, &rows, e)) return false;
    const char *value = db_next(&rows) ? arena_text(a, db_col_text(&rows, 0)) : NULL;
    if (!db_done(&rows, e)) return false;
    *out = value;
    return true;
}

bool db_query(struct db *db, const char *sql, const struct db_arg *args, struct db_rows *rows, struct error *e) {
    struct db_statement *s;
    if (!start(db, sql, args, &s, e)) return false;
    *rows = (struct db_rows){.db = db, .stmt = s, .result = SQLITE_ROW};
    return true;
}

static sqlite3_stmt *handle_of(const struct db_rows *rows) {
    return ((struct db_statement *)rows->stmt)->handle;
}

bool db_next(struct db_rows *rows) {
    if (rows->result == SQLITE_ROW) rows->result = sqlite3_step(handle_of(rows));
    return rows->result == SQLITE_ROW;
}

bool db_done(struct db_rows *rows, struct error *e) {
    struct db_statement *s = rows->stmt;
    bool ok = rows->result == SQLITE_DONE || rows->result == SQLITE_ROW || db_fail(rows->db, rows->result, s->sql, e);
    release(s);
    rows->stmt = NULL;
    return ok;
}

int64_t db_col_int(const struct db_rows *rows, int column) {
    return sqlite3_column_int64(handle_of(rows), column);
}

const char *db_col_text(const struct db_rows *rows, int column) {
    return (const char *)sqlite3_column_text(handle_of(rows), column);
}

const void *db_col_blob(const struct db_rows *rows, int column, size_t *size) {
    const void *bytes = sqlite3_column_blob(handle_of(rows), column);
    *size = (size_t)sqlite3_column_bytes(handle_of(rows), column);
    return bytes;
}

bool db_col_null(const struct db_rows *rows, int column) {
    return sqlite3_column_type(handle_of(rows), column) == SQLITE_NULL;
}

int db_col_count(const struct db_rows *rows) {
    return sqlite3_column_count(handle_of(rows));
}

const char *db_col_name(const struct db_rows *rows, int column) {
    return sqlite3_column_name(handle_of(rows), column);
}

bool db_begin_read(struct db *db, struct error *e) {
    return db_exec(db, "BEGIN", DB_NO_ARGS, e);
}

void db_end_read(struct db *db) {
    struct error ignored; /* a read transaction ends whatever ROLLBACK says */
    if (!db_exec(db, "ROLLBACK", DB_NO_ARGS, &ignored)) return;
}
