/* comanda backup | verify: both read beside a running server. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/clock.h"
#include "data/migrate.h"
#include "pos/cli/cli.h"
#include "pos/core/journal.h"
#include "pos/core/verify.h"

/* ---- what both need ---- */

/* A reader never makes a file, so a missing database is named here and not as an odd code of SQLite. */
static bool open_reader(struct cli *c, const char *path, struct db **out, struct error *e) {
    (void)c;
    int64_t application, schema;
    if (access(path, F_OK) != 0) return error_fail(e, ERROR_NOT_FOUND, "database_missing", "%s: no such database", path);
    if (!db_open(path, DB_READER, out, e)) return false;
    bool ok = db_get_int(*out, "PRAGMA application_id", DB_NO_ARGS, 0, &application, e) &&
              db_get_int(*out, "PRAGMA user_version", DB_NO_ARGS, 0, &schema, e);
    if (ok && application != DB_APPLICATION_ID)
        ok = error_fail(e, ERROR_INVALID, "database_foreign", "%s: not a database of comanda", path);
    if (ok && schema != migrate_newest())
        ok = error_fail(e, ERROR_CONFLICT, "database_newer", "%s: has schema %" PRId64 ", this comanda knows %d", path, schema,
                        migrate_newest());
    if (!ok) db_close(*out);
    return ok;
}

static void tell(void *self, const char *line) {
    (void)self;
    printf("%s\n", line);
}

static bool check(struct db *db, const unsigned char *key, struct verify_result *result, struct error *e) {
    if (!verify_database(db, NULL, key, tell, NULL, result, e)) return false;
    if (result->findings == 0) return true;
    return error_fail(e, ERROR_CONFLICT, "not_whole", "%" PRId64 " %s", result->findings,
                      result->findings == 1 ? "finding" : "findings");
}

static void print_result(const struct verify_result *r) {
    printf("whole: %" PRId64 " paid bills, %" PRId64 " documents, %" PRId64 " journal entries\n", r->bills, r->documents,
           r->journal_entries);
}

/* ---- verify ---- */

int cli_verify(struct cli *c) {
    struct error e;
    const char *directory;
    struct db *db = NULL;
    struct verify_result result;
    unsigned char key[32];
    if (!cli_directory(c, &directory, &e)) return cli_fail(&e);
    if (!open_reader(c, arena_printf(c->arena, "%s/comanda.db", directory), &db, &e)) return cli_fail(&e);
    struct error keyless;
    bool has_key = journal_key_load(directory, false, key, &keyless);
    bool ok = check(db, has_key ? key : NULL, &result, &e);
    db_close(db);
    if (!ok) return cli_fail(&e);
    if (!has_key) return cli_fail(&keyless); /* all else is well; that the chain was not checked must not pass unseen */
    print_result(&result);
    return CLI_DONE;
}

/* ---- backup ---- */

/* The data directory's own name: "interno" of var/interno. */
static const char *name_of(struct cli *c, const char *directory) {
    char *real = realpath(directory, NULL);
    if (!real) return "data";
    const char *name = arena_text(c->arena, strrchr(real, '/') + 1);
    free(real);
    return name[0] ? name : "data";
}

static bool check_target(const char *directory, const char *copy, struct error *e) {
    struct stat s;
    if (stat(directory, &s) != 0 || !S_ISDIR(s.st_mode)) /* not made here: a stick that is not mounted must be noticed */
        return error_fail(e, ERROR_NOT_FOUND, "directory_missing", "%s: no such directory", directory);
    if (access(copy, F_OK) == 0) return error_fail(e, ERROR_CONFLICT, "backup_exists", "%s: exists already", copy);
    return true;
}

static bool copy_and_check(struct cli *c, struct db *from, const char *copy, const unsigned char *key,
                           struct verify_result *result, struct error *e) {
    struct db *again;
    if (!db_backup(from, copy, e) || !open_reader(c, copy, &again, e)) return false;
    bool ok = check(again, key, result, e);
    db_close(again);
    return ok || error_within(e, "%s", copy);
}

int cli_backup(struct cli *c) {
    struct error e;
    const char *directory, *to = c->words[0];
    struct db *db;
    struct verify_result result;
    unsigned char key[32];
    char when[CLOCK_TEXT_MAX];
    umask(077); /* a copy holds everybody's PIN hashes */
    if (!cli_directory(c, &directory, &e) || !journal_key_load(directory, false, key, &e)) return cli_fail(&e);
    clock_local(clock_now(&clock_system), "%Y%m%d-%H%M%S", when);
    const char *stem = arena_printf(c->arena, "%s/comanda-%s-%s", to, name_of(c, directory), when);
    const char *copy = arena_printf(c->arena, "%s.db", stem), *key_copy = arena_printf(c->arena, "%s.journal.key", stem);
    if (!check_target(to, copy, &e) || !open_reader(c, arena_printf(c->arena, "%s/comanda.db", directory), &db, &e))
        return cli_fail(&e);
    bool ok = copy_and_check(c, db, copy, key, &result, &e) && journal_key_save(to, key_copy, key, &e);
    db_close(db);
    if (!ok) return cli_fail(&e);
    printf("%s\n%s\n", copy, key_copy);
    print_result(&result);
    return CLI_DONE;
}
