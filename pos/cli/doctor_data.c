/* comanda doctor: the data directory, the server on it, and what the database holds. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "data/clock.h"
#include "data/lockfile.h"
#include "data/migrate.h"
#include "menu/menu.h"
#include "pos/cli/console.h"
#include "pos/cli/doctor.h"
#include "pos/core/journal.h"
#include "pos/core/numbering.h"
#include "pos/core/staff.h"
#include "printer/steer.h"

enum { MEGABYTE = 1024 * 1024, DISK_LOW_MB = 500, DISK_EMPTY_MB = 50 };

/* ---- directory and disk ---- */

static void examine_disk(struct doctor *d) {
    struct statvfs disk;
    if (statvfs(d->directory, &disk) != 0) return;
    uint64_t left = (uint64_t)disk.f_bavail * disk.f_frsize / MEGABYTE;
    static const char remedy[] = "make room: delete or move what is not the till's";
    if (left < DISK_EMPTY_MB)
        doctor_bad(d, "disk", remedy, "%" PRIu64 " MB left: the till stops when none is", left);
    else if (left < DISK_LOW_MB)
        doctor_warn(d, "disk", remedy, "%" PRIu64 " MB left", left);
    else
        doctor_good(d, "disk", "%" PRIu64 " MB left", left);
}

/* False when there is nothing to look into. */
static bool examine_directory(struct doctor *d) {
    if (access(d->directory, F_OK) != 0) {
        if (errno == ENOENT) doctor_warn(d, "data", "the first `comanda serve` makes it", "%s: does not exist yet", d->directory);
        if (errno != ENOENT)
            doctor_bad(d, "data", "let this user into the folders above it", "%s: %s", d->directory, strerror(errno));
        return false;
    }
    if (access(d->directory, R_OK | W_OK | X_OK) != 0)
        doctor_bad(d, "data", arena_printf(d->arena, "give it to the user of the till: chown -R USER %s", d->directory), "%s: %s",
                   d->directory, strerror(errno));
    else
        doctor_good(d, "data", "%s, writable", d->directory);
    examine_disk(d);
    return true;
}

static void examine_server(struct doctor *d) {
    d->serving = lockfile_held(d->directory);
    if (!d->serving) {
        doctor_warn(
            d, "server",
            arena_printf(d->arena, "comanda serve --site %s --data %s", d->cli->site ? d->cli->site : "FILE", d->directory),
            "none runs on this directory");
        return;
    }
    struct cli c = {.arena = d->arena, .data = d->directory};
    struct console *s = NULL;
    struct json health;
    struct error e;
    if (console_open(&c, false, &s, &e) && console_ask(s, "GET", "/healthz", NULL, &health, &e))
        doctor_good(d, "server", "answers, version %s", json_text_or(health, "version", 64, "?"));
    else
        doctor_bad(d, "server", "if it goes on, stop that process and start it again", "holds the directory, but: %s", e.message);
}

/* ---- the database ---- */

static int64_t size_of(const char *path) {
    struct stat s;
    return stat(path, &s) == 0 ? (int64_t)s.st_size : 0;
}

static bool examine_schema(struct doctor *d, struct db *db, const char *path) {
    int64_t application, schema;
    struct error e;
    if (!db_get_int(db, "PRAGMA application_id", DB_NO_ARGS, 0, &application, &e) ||
        !db_get_int(db, "PRAGMA user_version", DB_NO_ARGS, 0, &schema, &e)) {
        doctor_bad(d, "database", "restore the newest backup", "%s", e.message);
        return false;
    }
    if (application != DB_APPLICATION_ID) {
        doctor_bad(d, "database", "move this file away", "%s: not a database of comanda", path);
        return false;
    }
    if (schema > migrate_newest()) {
        doctor_bad(d, "database", "install the comanda that wrote it, or a newer one",
                   "%s: schema %" PRId64 ", this comanda knows %d", path, schema, migrate_newest());
        return false;
    }
    if (schema < migrate_newest())
        doctor_warn(d, "database", "the next `comanda serve` brings it up to date", "schema %" PRId64 " of %d", schema,
                    migrate_newest());
    int64_t bytes = size_of(path) + size_of(arena_printf(d->arena, "%s-wal", path));
    doctor_good(d, "database", "schema %" PRId64 ", %" PRId64 ".%" PRId64 " MB", schema, bytes / MEGABYTE,
                bytes % MEGABYTE * 10 / MEGABYTE);
    return schema == migrate_newest();
}

static void examine_key(struct doctor *d, struct db *db) {
    unsigned char key[32];
    struct error e;
    int64_t entries;
    if (!db_get_int(db, "SELECT max(seq) FROM journal", DB_NO_ARGS, 0, &entries, &e)) {
        doctor_bad(d, "journal", "comanda verify", "%s", e.message);
        return;
    }
    if (journal_key_load(d->directory, false, key, &e))
        doctor_good(d, "journal", "%" PRId64 " entries, its key is here", entries);
    else
        doctor_bad(d, "journal", "restore journal.key from its backup", "%s", e.message);
}

static void examine_menu(struct doctor *d, struct db *db) {
    struct error e;
    struct menu *m;
    if (d->site && menu_current(db, d->site, d->arena, &m, &e))
        doctor_good(d, "menu", "version %" PRId64 ", \"%s\", %zu items", m->version, m->name, m->item_count);
    else if (d->site)
        doctor_bad(d, "menu", "make the site's file fit the published menu again, start, then publish another", "%s", e.message);
}

static void examine_people(struct doctor *d, struct db *db) {
    struct staff *people;
    size_t count, active = 0, administrators = 0;
    const char *demo;
    struct error e;
    if (!staff_list(db, d->arena, &people, &count, &e) || !staff_demo_pin_open(db, &demo, &e)) {
        doctor_bad(d, "people", "comanda verify", "%s", e.message);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        active += people[i].active;
        administrators += people[i].active && people[i].role == ROLE_ADMINISTRATOR;
    }
    static const char add[] = "comanda staff add NAME --role administrator";
    if (active == 0)
        doctor_bad(d, "people", add, "nobody can sign in");
    else if (administrators == 0)
        doctor_warn(d, "people", add, "%zu can sign in, none of them an administrator", active);
    else
        doctor_good(d, "people", "%zu can sign in, %zu of them administrators", active, administrators);
    if (demo)
        doctor_warn(d, "people",
                    arena_printf(d->arena, "before real work: comanda staff pin %s, and the other demo people", demo),
                    "%s has the PIN of the demo, which everybody knows", demo);
}

static const char another_range[] = "ask the tax office for another range and add it to the site's file";

static void examine_range(struct doctor *d, const struct number_range *r) {
    const char *what = arena_printf(d->arena, "%s%sresolution %s", r->prefix, r->prefix[0] ? ", " : "", r->resolution);
    switch (r->state) {
    case NUMBER_RANGE_EXHAUSTED:
        doctor_good(d, "numbers", "%s: used up to its last number, %" PRId64, what, r->to);
        return;
    case NUMBER_RANGE_EXPIRED:
        doctor_good(d, "numbers", "%s: ended on %s, %" PRId64 " of its numbers were never used", what, r->valid_until,
                    r->remaining);
        return;
    case NUMBER_RANGE_NEXT:
        doctor_good(d, "numbers", "%s: in line, %" PRId64 " left, valid %s to %s", what, r->remaining, r->valid_from,
                    r->valid_until);
        return;
    case NUMBER_RANGE_ACTIVE:
        break;
    }
    if (r->warning == NUMBER_WARNING_NONE)
        doctor_good(d, "numbers", "%s: next %" PRId64 ", %" PRId64 " left, valid until %s", what, r->next, r->remaining,
                    r->valid_until);
    else
        doctor_warn(d, "numbers", another_range, "%s: next %" PRId64 ", %" PRId64 " left, valid until %s (%" PRId64 " days)",
                    what, r->next, r->remaining, r->valid_until, r->days_left);
}

static void examine_numbers(struct doctor *d, struct db *db) {
    struct number_status status;
    struct error e;
    int64_t now = clock_now(&clock_system);
    if (!numbering_status(db, now, d->arena, &status, &e)) {
        doctor_bad(d, "numbers", "comanda verify", "%s", e.message);
        return;
    }
    for (size_t i = 0; i < status.count; i++) examine_range(d, &status.ranges[i]);
    if (status.active) return;
    (void)numbering_refused(&status, now, &e);
    doctor_bad(d, "numbers", another_range, "%s: no bill can be closed", e.message);
}

static void examine_open_work(struct doctor *d, struct db *db) {
    struct error e;
    int64_t unknown, failed;
    if (!db_get_int(db, "SELECT count(*) FROM print_job WHERE state = 'unknown'", DB_NO_ARGS, 0, &unknown, &e) ||
        !db_get_int(db, "SELECT count(*) FROM print_job WHERE state = 'failed'", DB_NO_ARGS, 0, &failed, &e)) {
        doctor_bad(d, "paper", "comanda verify", "%s", e.message);
        return;
    }
    if (unknown > 0)
        doctor_warn(d, "paper", "say on the screen of the printers what came out",
                    "%" PRId64 " tickets of which nobody knows whether they were printed", unknown);
    if (failed > 0)
        doctor_warn(d, "paper", "look at them on the screen of the printers", "%" PRId64 " tickets could not be made", failed);
}

/* What a person decided and may have forgotten: nothing is wrong with it. */
static void examine_steering(struct doctor *d, struct db *db) {
    static const char *const where = "when it is no longer wanted, undo it on the screen of the printers";
    struct steering s;
    struct error e;
    char at[CLOCK_TEXT_MAX];
    if (!d->site) return;
    if (!steering_read(db, d->site, d->arena, &s, &e)) {
        doctor_bad(d, "paper", "comanda verify", "%s", e.message);
        return;
    }
    for (size_t i = 0; i < s.pause_count; i++)
        doctor_warn(d, "paper", where, "%s: paused by %s since %s, its tickets wait", s.pauses[i].printer,
                    s.pauses[i].by ? s.pauses[i].by : "the console", clock_rfc3339(s.pauses[i].at, at));
    for (size_t i = 0; i < s.route_count; i++)
        doctor_warn(d, "paper", where, "%s: its tickets go to %s since %s, sent there by %s", s.routes[i].station,
                    s.routes[i].printer, clock_rfc3339(s.routes[i].at, at), s.routes[i].by ? s.routes[i].by : "the console");
}

void doctor_storage(struct doctor *d) {
    struct db *db;
    struct error e;
    if (!examine_directory(d)) return;
    examine_server(d);
    const char *path = arena_printf(d->arena, "%s/comanda.db", d->directory);
    if (access(path, F_OK) != 0) {
        doctor_warn(d, "database", "the first `comanda serve` makes it", "%s: does not exist yet", path);
        return;
    }
    if (!db_open(path, DB_READER, &db, &e)) {
        doctor_bad(d, "database", "restore the newest backup, or see who may read the file", "%s", e.message);
        return;
    }
    if (examine_schema(d, db, path)) {
        examine_key(d, db);
        examine_menu(d, db);
        examine_people(d, db);
        examine_numbers(d, db);
        examine_open_work(d, db);
        examine_steering(d, db);
    }
    db_close(db);
}
