/* The till: everything one running site shares, and the way every change is made.
 *
 * A change is a command: it runs on the writer's thread inside one transaction (struct act), and what it did is announced after the
 * COMMIT. Reads use a reader connection and need no act. */
#ifndef COMANDA_CORE_TILL_H
#define COMANDA_CORE_TILL_H

#include <stdatomic.h>

#include "data/arena.h"
#include "data/clock.h"
#include "data/db.h"
#include "data/site.h"
#include "data/writer.h"
#include "menu/menu.h"
#include "pos/core/ids.h"
#include "pos/core/permission.h"
#include "printer/profile.h"
#include "printer/spooler.h"

/* ---- what happened, told to whoever listens (the SSE door, the spooler) ---- */
enum event_kind { EVENT_ORDER, EVENT_MENU, EVENT_SHIFT, EVENT_PRINT_JOB, EVENT_PRINTER, EVENT_STAFF };
extern const char *const event_names[]; /* "order" "menu" "shift" "print_job" "printer" "staff" */
struct event {
    enum event_kind kind;
    int64_t id;          /* of the row; 0 where there is none */
    char slug[SITE_SLUG_MAX + 1]; /* printer, item; "" when none */
};

struct till {
    const struct site *site;
    const struct till *practice_of; /* the real till whose practice this is (practice.h); NULL: this is the real one */
    const struct clock *clock;
    const char *directory;      /* data directory */
    const char *database;       /* its file */
    struct writer *writer;
    struct db_pool *readers;
    const struct printer_profiles *profiles;
    struct spooler *spooler;    /* NULL on the command line when nothing is to be printed */
    unsigned char journal_key[32];
    struct arena *arena;        /* process lifetime; used only at start and by the writer's thread */
    _Atomic(const struct menu *) menu; /* newest published; older ones stay in memory until the process ends */
    bool demo;                  /* the five people with known PINs exist and are shown */
    void (*listener)(void *self, const struct event *events, size_t count); /* after COMMIT, on the writer's or a printer's thread; NULL: nobody */
    void *listener_self;        /* both set through till_listen once the till is open */
};
/* Another listener (NULL: nobody), also while the printers' threads run; once it returns the former one is not called any more. */
void till_listen(struct till *t, void (*listener)(void *self, const struct event *events, size_t count), void *self);

struct till_options {
    const struct site *site;    /* borrowed; outlives the till */
    const char *directory;      /* made if missing */
    const struct clock *clock;  /* NULL: clock_system */
    const struct till *practice_of; /* opens the practice of this till, which outlives it; `site` is practice_site's */
    bool demo;                  /* seeds the demo people; a practice till has those of the real one */
    bool print;                 /* runs the spooler */
    void (*listener)(void *self, const struct event *events, size_t count);
    void *listener_self;
    void (*broken)(void *self, const struct error *why); /* the writer's disk failed */
};
/* Takes the lock, opens and migrates the database, checks profiles, publishes the site's menu at the first start, registers the numbering
 * ranges, starts writer, readers and spooler. A practice till copies people and menu instead. A practice database opens for practice
 * alone, and no other does for it: ERROR_CONFLICT "practice_database". Every fault names what and where; nothing is half-open after one. */
MUST_USE bool till_open(const struct till_options *o, struct till **out, struct error *e);
void till_close(struct till *t); /* finishes what is queued, stops threads, releases the lock */

/* ---- commands ---- */
struct actor { /* who does it */
    struct staff_id staff;     /* 0: the console */
    enum role role;
    const char *device;        /* "till-1", "console" */
    struct staff_id approver;  /* a manager who approved this one request by PIN; 0: nobody */
    enum role approver_role;
};
struct act { /* one command being carried out, inside the writer's transaction */
    struct till *till;
    struct db *db;
    struct arena *arena;       /* the request's */
    int64_t now;               /* ms, one instant for the whole command */
    struct actor actor;
    struct event events[64];   /* announced after COMMIT; when more happen, EVENT_… with id 0 means "all of them" */
    size_t event_count;
    const struct menu *new_menu; /* the till's from the COMMIT on; set by till_publish_menu */
};
/* Announces a change if the command commits. */
void act_changed(struct act *act, enum event_kind kind, int64_t id, const char *slug);
/* True when the actor, or the manager who approved, has the permission; else ERROR_DENIED "approval_required" naming it. */
MUST_USE bool act_may(const struct act *act, enum permission permission, struct error *e);

/* Stores the document as the menu's next version, in the act; from the COMMIT on new lines are sold from it. Checked again: ERROR_INVALID
 * "bad_menu", its faults stay in `document`. */
MUST_USE bool till_publish_menu(struct act *act, struct json document, int64_t *version, struct error *e);

/* The stored answer of a command, under its key (law 3). */
struct command_key {
    const char *key;           /* UUID text; NULL: not idempotent (console) */
    unsigned char request_hash[32];
};
struct command {
    struct writer_job job;
    struct till *till;
    struct arena *arena;
    struct actor actor;
    struct command_key key;
    /* On the writer's thread: does it and writes the answer (JSON text in the arena). */
    bool (*run)(struct act *act, void *self, int *status, const char **answer, struct error *e);
    /* After COMMIT or failure, on the writer's thread; NULL for command_run. */
    void (*done)(struct command *c);
    void *self;
    /* results */
    bool ok, replayed;
    struct error error;
    int status;                /* HTTP status of a success, 200 or 201 */
    const char *answer;
    struct act act;
};
/* Same key and hash as before → the stored answer, nothing done. Same key, other hash → ERROR_CONFLICT "key_reused". */
MUST_USE bool command_submit(struct command *c, struct error *e); /* then c->done */
MUST_USE bool command_run(struct command *c, struct error *e);    /* waits; e is c->error */

/* Runs one core call that needs no stored answer (tests, start, console). */
MUST_USE bool till_do(struct till *t, struct actor actor, struct arena *a, bool (*call)(struct act *act, void *self, struct error *e), void *self, struct error *e);

#endif
