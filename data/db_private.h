/* Inside of data/db*.c: what a connection is made of, and SQLite's codes as errors. */
#ifndef COMANDA_DATA_DB_PRIVATE_H
#define COMANDA_DATA_DB_PRIVATE_H

#include <sqlite3.h>

#include "data/db.h"

/* A prepared statement: in the cache (then it is reset after use) or of one use (then it is finalized). */
struct db_statement {
    const char *sql; /* the caller's pointer: the cache's key */
    sqlite3_stmt *handle;
    bool cached, in_use;
    struct db *db;
};

/* A program has a few hundred statements; a power of two well above that keeps the probes short. */
enum { DB_CACHE_SLOTS = 1024, DB_CACHE_PROBES = 16 };

struct db {
    sqlite3 *handle;
    bool broken; /* an I/O error or corruption was met */
    struct db_statement *cache[DB_CACHE_SLOTS];
};

/* Fills *e from SQLite's result and message; `doing` is the SQL or what was being done. Returns false. */
#define db_fail(db, result, doing, e) db_fail_at((db), (result), (doing), __FILE__, __LINE__, (e))
bool db_fail_at(struct db *db, int result, const char *doing, const char *file, int line, struct error *e);

#endif
