/* Opening and closing the till, and telling its listener. */
#include "pos/core/till.h"

#include <stdlib.h>

#include "data/lockfile.h"
#include "data/log.h"
#include "data/migrate.h"
#include "data/text.h"
#include "pos/core/journal.h"
#include "pos/core/practice.h"
#include "pos/core/till_rooms.h"

enum { READERS = 4, PRACTICE_READERS = 2, WAITING_COMMANDS_MAX = 1024 };

/* ---- events ---- */

void till_listen(struct till *t, void (*listener)(void *self, const struct event *events, size_t count), void *self) {
    struct till_rooms *rooms = (struct till_rooms *)t;
    pthread_mutex_lock(&rooms->listening);
    t->listener = listener;
    t->listener_self = self;
    pthread_mutex_unlock(&rooms->listening);
}

void till_announce(struct till *t, const struct event *events, size_t count) {
    struct till_rooms *rooms = (struct till_rooms *)t;
    if (count == 0) return;
    pthread_mutex_lock(&rooms->listening);
    if (t->listener) t->listener(t->listener_self, events, count);
    pthread_mutex_unlock(&rooms->listening);
}

/* A printer's thread tells that a job moved on or the printer changed. */
static void printer_changed(void *self, const char *printer, int64_t job) {
    struct event events[2];
    size_t n = 0;
    if (job != 0) events[n++] = (struct event){.kind = EVENT_PRINT_JOB, .id = job};
    events[n] = (struct event){.kind = EVENT_PRINTER};
    if (printer) (void)text_copy(events[n].slug, sizeof events[n].slug, printer);
    till_announce(self, events, n + 1);
}

static void writer_broken(void *self, const struct error *why) {
    struct till_rooms *rooms = self;
    log_failure("the database cannot be written any more", why);
    if (!rooms->broken) abort(); /* nothing may be acknowledged from here on */
    rooms->broken(rooms->broken_self, why);
}

/* ---- opening ---- */

/* Lock, database and key. The connection is the caller's until the writer takes it over. */
static bool open_storage(struct till_rooms *rooms, struct db **db, struct error *e) {
    struct till *t = &rooms->till;
    if (!till_make_directory(t->directory, e) || !lockfile_take(t->directory, &rooms->lock, e)) return false;
    if (!db_open(t->database, DB_WRITER, db, e)) return false;
    int64_t entries;
    if (!migrate_run(*db, t->database, e) || !practice_check_kind(t, *db, e) ||
        !db_get_int(*db, "SELECT max(seq) FROM journal", DB_NO_ARGS, 0, &entries, e) ||
        !journal_key_load(t->directory, entries == 0, t->journal_key, e)) {
        db_close(*db);
        *db = NULL;
        return false;
    }
    return true;
}

static bool open_threads(struct till_rooms *rooms, struct db *db, struct error *e) {
    struct till *t = &rooms->till;
    struct writer_options writer = {.queue_max = WAITING_COMMANDS_MAX, .broken = writer_broken, .self = rooms};
    if (!writer_open(db, &writer, &t->writer, e)) {
        db_close(db);
        return false;
    }
    return db_pool_open(t->database, t->practice_of ? PRACTICE_READERS : READERS, &t->readers, e);
}

static bool first_steps(struct till *t, struct error *e) {
    struct arena *a = arena_open();
    struct actor console = {.role = ROLE_ADMINISTRATOR, .device = "console"};
    bool ok = till_do(t, console, a, till_first_steps, NULL, e);
    arena_close(a);
    return ok;
}

static bool open_printers(struct till *t, struct error *e) {
    struct spooler_options o = {
        .site = t->site,
        .profiles = t->profiles,
        .clock = t->clock,
        .writer = t->writer,
        .database = t->database,
        .virtual_directory = arena_printf(t->arena, "%s/tickets", t->directory),
        .changed = printer_changed,
        .self = t,
    };
    return till_make_directory(o.virtual_directory, e) && spooler_open(&o, &t->spooler, e);
}

static bool open_with(struct till_rooms *rooms, const struct till_options *o, const struct printer_profiles *profiles,
                      struct error *e) {
    struct till *t = &rooms->till;
    struct db *db = NULL;
    t->profiles = profiles;
    if (!till_check_printers(t, e) || !open_storage(rooms, &db, e)) return false;
    return open_threads(rooms, db, e) && first_steps(t, e) && (!o->print || open_printers(t, e));
}

static bool open_all(struct till_rooms *rooms, const struct till_options *o, struct error *e) {
    struct till *t = &rooms->till;
    struct printer_profiles *profiles;
    if (!clock_set_zone(o->site->time_zone, e)) return error_within(e, "%s", o->site->file);
    if (t->practice_of) return open_with(rooms, o, t->practice_of->profiles, e); /* they never change: one set does for both */
    if (!profiles_load(t->arena, &profiles, e)) return false;
    if (o->site->receipt_logo && !profiles_set_logo(profiles, o->site->receipt_logo, t->arena, e))
        return error_within(e, "%s: receipt_logo", o->site->file);
    return open_with(rooms, o, profiles, e);
}

bool till_open(const struct till_options *o, struct till **out, struct error *e) {
    struct arena *a = arena_open();
    struct till_rooms *rooms = calloc(1, sizeof *rooms);
    if (!rooms) abort();
    rooms->lock = -1;
    rooms->broken = o->broken;
    rooms->broken_self = o->listener_self;
    pthread_mutex_init(&rooms->listening, NULL);
    rooms->till = (struct till){
        .site = o->site,
        .practice_of = o->practice_of,
        .clock = o->clock ? o->clock : &clock_system,
        .directory = arena_text(a, o->directory),
        .database = arena_printf(a, "%s/comanda.db", o->directory),
        .arena = a,
        .demo = o->demo,
        .listener = o->listener,
        .listener_self = o->listener_self,
    };
    if (!open_all(rooms, o, e)) {
        till_close(&rooms->till);
        return false;
    }
    *out = &rooms->till;
    return true;
}

/* ---- closing ---- */

static bool nothing(struct db *db, void *self, struct error *e) {
    (void)db, (void)self, (void)e;
    return true;
}

void till_close(struct till *t) {
    if (!t) return;
    struct till_rooms *rooms = (struct till_rooms *)t;
    if (t->spooler) {
        /* What waits is committed first: it may still wake printers. A broken writer refuses, and has nothing waiting. */
        struct error ignored;
        if (!writer_run(t->writer, nothing, NULL, &ignored)) log_failure("closing", &ignored);
        spooler_close(t->spooler);
        t->spooler = NULL;
    }
    /* The writer last: whoever closes the last connection brings the write-ahead log home, and readers may not. */
    if (t->readers) db_pool_close(t->readers);
    if (t->writer) writer_close(t->writer);
    if (rooms->lock >= 0) lockfile_release(rooms->lock);
    pthread_mutex_destroy(&rooms->listening);
    arena_close(t->arena);
    free(rooms);
}
