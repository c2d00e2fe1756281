/* The database: the one room where SQLite is known.
 *
 * A connection (struct db) belongs to one thread at a time. Statements are cached per connection by their SQL, which must
 * be a string that outlives it (a literal, or an embedded file). SQL takes values only through bound arguments.
 * Opening sets: foreign_keys, trusted_schema=OFF, cell_size_check, defensive mode, journal_mode=WAL, synchronous=FULL,
 * busy_timeout; readers are opened read-only with wal_autocheckpoint=0 and can never write or checkpoint.
 *
 * SQLite's codes become: SQLITE_CONSTRAINT → ERROR_CONFLICT "constraint" (message names the constraint); BUSY → ERROR_BUSY
 * "database_busy"; CORRUPT, NOTADB → ERROR_IO "database_corrupt"; READONLY, CANTOPEN, PERM → ERROR_IO "database_unwritable";
 * FULL → ERROR_IO "disk_full"; IOERR → ERROR_IO "disk_failed"; else ERROR_INTERNAL "database_error".
 * A number of arguments other than the statement's parameters is ERROR_INTERNAL too. */
#ifndef COMANDA_DATA_DB_H
#define COMANDA_DATA_DB_H

#include <stddef.h>
#include <stdint.h>

#include "data/arena.h"
#include "data/error.h"

struct db; /* opaque */

#define DB_APPLICATION_ID 0x434D4441 /* "CMDA": PRAGMA application_id of our files */

enum db_mode {
    DB_WRITER, /* the only connection that writes; creates the file; one that is not ours is not changed by opening */
    DB_READER, /* query_only, read-only */
};
MUST_USE bool db_open(const char *path, enum db_mode mode, struct db **out, struct error *e);
void db_close(struct db *db); /* NULL is fine; readers first: the writer, closing last, folds the log into the file */

/* ---- arguments ---- */
struct db_arg {
    enum { DB_ARG_END, DB_ARG_NULL, DB_ARG_INT, DB_ARG_TEXT, DB_ARG_BLOB } type;
    int64_t integer;
    const void *bytes;
    size_t size;
};
static inline struct db_arg db_int(int64_t v) {
    return (struct db_arg){.type = DB_ARG_INT, .integer = v};
}
static inline struct db_arg db_null(void) {
    return (struct db_arg){.type = DB_ARG_NULL};
}
static inline struct db_arg db_int_or_null(int64_t v) {
    return v ? db_int(v) : db_null();
} /* ids: 0 means none */
struct db_arg db_text(const char *text); /* NULL → SQL NULL; borrowed until the statement has run */
struct db_arg db_blob(const void *bytes, size_t size);
#define DB_ARGS(...) ((const struct db_arg[]){__VA_ARGS__, {.type = DB_ARG_END}})
#define DB_NO_ARGS NULL

/* ---- running ---- */
MUST_USE bool db_exec(struct db *db, const char *sql, const struct db_arg *args, struct error *e);
MUST_USE bool db_insert(struct db *db, const char *sql, const struct db_arg *args, int64_t *rowid, struct error *e);
/* Rows changed by the last db_exec. */
int64_t db_changes(struct db *db);
/* Several statements, no arguments, not cached: migrations. */
MUST_USE bool db_script(struct db *db, const char *sql, struct error *e);

/* First column of the first row; `absent` when there is no row or it is NULL. */
MUST_USE bool db_get_int(struct db *db, const char *sql, const struct db_arg *args, int64_t absent, int64_t *out,
                         struct error *e);
/* The same for text, copied into the arena; NULL when there is no row or it is NULL. */
MUST_USE bool db_get_text(struct db *db, const char *sql, const struct db_arg *args, struct arena *a, const char **out,
                          struct error *e);

/* Rows:  struct db_rows r;  if (!db_query(db, SQL, DB_ARGS(…), &r, e)) return false;
 *        while (db_next(&r)) { … db_col_int(&r, 0) … }
 *        return db_done(&r, e);
 * Leaving the loop early needs db_done too. */
struct db_rows {
    struct db *db;
    void *stmt;
    int result;
};
MUST_USE bool db_query(struct db *db, const char *sql, const struct db_arg *args, struct db_rows *rows, struct error *e);
bool db_next(struct db_rows *rows);
MUST_USE bool db_done(struct db_rows *rows, struct error *e);
int64_t db_col_int(const struct db_rows *rows, int column);      /* NULL → 0 */
const char *db_col_text(const struct db_rows *rows, int column); /* NULL → NULL; until the next db_next or db_done */
const void *db_col_blob(const struct db_rows *rows, int column, size_t *size);
bool db_col_null(const struct db_rows *rows, int column);
int db_col_count(const struct db_rows *rows);
const char *db_col_name(const struct db_rows *rows, int column);

/* True inside BEGIN … COMMIT: SQLite ends a transaction by itself when the disk is full or fails. */
bool db_in_transaction(struct db *db);
/* An I/O error or corruption was met on this connection: nothing more may be written through it. */
bool db_is_broken(const struct db *db);

/* A read that must see one moment across several statements. */
MUST_USE bool db_begin_read(struct db *db, struct error *e);
void db_end_read(struct db *db);

/* PRAGMA integrity_check and foreign_key_check: each finding through `report`; *clean tells. */
MUST_USE bool db_check(struct db *db, void (*report)(void *self, const char *finding), void *self, bool *clean, struct error *e);
/* A consistent copy while the original is in use (SQLite's online backup), fsynced and verified by reopening. */
MUST_USE bool db_backup(struct db *from, const char *to_path, struct error *e);
/* The raw handle for the two places that need it: the benches and tests. */
void *db_handle(struct db *db);

/* ---- a small pool of readers ---- */
struct db_pool; /* opaque */
MUST_USE bool db_pool_open(const char *path, size_t count, struct db_pool **out, struct error *e);
void db_pool_close(struct db_pool *pool);
struct db *db_pool_take(struct db_pool *pool); /* waits for a free one; thread-safe */
void db_pool_give(struct db_pool *pool, struct db *db);

#endif
