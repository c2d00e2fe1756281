/* Migrations: bringing a database up to the schema of this binary. */
#include "data/migrate.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/log.h"

static int number_of(const struct embed_file *migration) {
    return (int)strtol(migration->name, NULL, 10); /* "0001_initial.sql" */
}

static int newest_of(const struct embed_file *migrations) {
    int newest = 0;
    for (const struct embed_file *m = migrations; m->name; m++) newest = number_of(m);
    return newest;
}

int migrate_newest(void) {
    return newest_of(embed_migrations);
}

/* A PRAGMA takes no bound arguments: the one place where SQL is put together, and only from a number. */
static bool set_pragma(struct db *db, const char *name, int value, struct error *e) {
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA %s = %d", name, value);
    return db_script(db, sql, e);
}

/* Foreign keys were off while it ran (a table is rebuilt by dropping it), so they are checked as a whole before COMMIT. */
static bool references_hold(struct db *db, struct error *e) {
    int64_t broken;
    if (!db_get_int(db, "SELECT count(*) FROM pragma_foreign_key_check", DB_NO_ARGS, 0, &broken, e)) return false;
    return broken == 0 || error_fail(e, ERROR_INTERNAL, "migration_broken", "%" PRId64 " rows would refer to nothing", broken);
}

static bool run_one(struct db *db, const struct embed_file *migration, struct error *e) {
    if (!db_script(db, "BEGIN IMMEDIATE", e)) return error_within(e, "migration %s", migration->name);
    bool ok = db_script(db, (const char *)migration->bytes, e) && references_hold(db, e) &&
              set_pragma(db, "application_id", DB_APPLICATION_ID, e) && set_pragma(db, "user_version", number_of(migration), e) &&
              db_script(db, "COMMIT", e);
    if (ok) return true;
    struct error ignored; /* the first error is the one to tell */
    if (db_in_transaction(db) && !db_script(db, "ROLLBACK", &ignored)) log_failure("undoing a migration", &ignored);
    return error_within(e, "migration %s", migration->name);
}

static bool run_after(struct db *db, int64_t version, const struct embed_file *migrations, struct error *e) {
    if (!db_script(db, "PRAGMA foreign_keys = OFF", e)) return false;
    bool ok = true;
    for (const struct embed_file *m = migrations; m->name && ok; m++)
        if (number_of(m) > version) ok = run_one(db, m, e);
    struct error ignored;
    if (!db_script(db, "PRAGMA foreign_keys = ON", ok ? e : &ignored)) ok = false;
    return ok;
}

static bool back_up(struct db *db, const char *path, int64_t version, const struct embed_file *migrations, struct error *e) {
    const struct embed_file *first = migrations;
    while (number_of(first) <= version) first++;
    char copy[4096];
    int n = snprintf(copy, sizeof copy, "%s.before-%04d", path, number_of(first));
    if (n < 0 || (size_t)n >= sizeof copy) return error_fail(e, ERROR_INVALID, "path_too_long", "%s: too long", path);
    if (!db_backup(db, copy, e)) return false;
    log_info("database copied to %s before it is brought up to date", copy);
    return true;
}

bool migrate_run_with(struct db *db, const char *path, const struct embed_file *migrations, struct error *e) {
    int64_t application, version, objects;
    int newest = newest_of(migrations);
    if (!db_get_int(db, "PRAGMA application_id", DB_NO_ARGS, 0, &application, e) ||
        !db_get_int(db, "PRAGMA user_version", DB_NO_ARGS, 0, &version, e) ||
        !db_get_int(db, "SELECT count(*) FROM sqlite_schema", DB_NO_ARGS, 0, &objects, e))
        return error_within(e, "%s", path);
    bool fresh = application == 0 && version == 0 && objects == 0;
    if (!fresh && application != DB_APPLICATION_ID)
        return error_fail(e, ERROR_INVALID, "database_foreign", "%s: not a database of Comanda; it was left as it is", path);
    if (version > newest)
        return error_fail(e, ERROR_CONFLICT, "database_newer",
                          "%s: written by a newer Comanda (schema %" PRId64 ", this one knows %d); it was left as it is", path,
                          version, newest);
    if (version == newest) return true;
    if (!fresh && !back_up(db, path, version, migrations, e)) return false;
    if (!run_after(db, version, migrations, e)) return error_within(e, "%s", path);
    return true;
}

bool migrate_run(struct db *db, const char *path, struct error *e) {
    return migrate_run_with(db, path, embed_migrations, e);
}
