/* The spooler: print jobs are rows written with the order (the outbox); one thread a printer sends them in order.
 *
 *            kick               all bytes taken               evidence, or a person's word
 *   queued ─────────▶ sending ─────────────────▶ sent ──────────────────────────────────────▶ printed
 *     ▲ │ ▲             │ │                      │  │                                          ▲
 *     │ │ └─ none taken─┘ │ some taken; crash    │  │ crash, unplug, no longer confirmed       │
 *     │ │                 └──────────────────────┼──┴────▶ unknown ────────────────────────────┘
 *     │ │                                        │           │       a late acknowledgement, or a person's word
 *     │ ▼ cannot be encoded                      ▼           ▼
 *     │ failed ◀─────────────────────────────────┴───────────┘ a person's word: it is not on paper; a new row repeats it,
 *   a new row                                                  marked POSIBLE DUPLICADO
 *
 * `sending` is committed before the first byte leaves. `printed` needs evidence and says which. `unknown` is never repeated silently:
 * a reprint is a new row with its mark. A stuck printer delays no other. Every change of state goes through the writer and is
 * announced through `changed`.
 *
 * A `sent` job with evidence (it may come to that from `sent` without) waits for a person: its printer tells nothing, and its site
 * wants somebody to look (`confirm`). It is in the way of no other; only such a one, and one that is `unknown`, is a person's to
 * resolve. */
#ifndef COMANDA_PRINTER_SPOOLER_H
#define COMANDA_PRINTER_SPOOLER_H

#include <stdint.h>

#include "data/clock.h"
#include "data/db.h"
#include "data/site.h"
#include "data/writer.h"
#include "printer/profile.h"
#include "printer/ticket.h"
#include "printer/transport.h"

enum job_state { JOB_QUEUED, JOB_SENDING, JOB_SENT, JOB_PRINTED, JOB_UNKNOWN, JOB_FAILED };
extern const char *const job_state_names[]; /* "queued" … NULL-ended; the database's CHECK holds the same */

/* Evidence grades: 'A' process-ID reply · 'B' ordered reply and clean status · 'C' bytes accepted and clean status · 'D' bytes accepted only. */

struct job_new {
    const char *kind;      /* kitchen precuenta receipt refund report test drawer cash_movement */
    const char *printer;   /* slug */
    const char *station;   /* slug or NULL */
    int64_t order_id;      /* 0: none */
    int64_t shift_id;      /* 0: none */
    const struct ticket *ticket;
    struct ticket_marks marks;
    int64_t copy_of;       /* the job it repeats, 0: none */
    int64_t sequence;      /* the station's own number from job_next_sequence, 0: none */
};
/* The next number of a station, taken in the caller's transaction: no gap, no repeat; its ticket must go out with it. */
MUST_USE bool job_next_sequence(struct db *db, const char *station, int64_t *sequence, struct error *e);
/* Adds a job in the caller's transaction: it prints once that commits. Where a station's goes: steer_place (printer/steer.h). */
MUST_USE bool job_add(struct db *db, const struct job_new *job, int64_t now, int64_t *id, struct error *e);
/* A reprint: a new row with the same ticket, marked COPIA, or POSIBLE DUPLICADO when the first printing is in doubt. */
MUST_USE bool job_reprint(struct db *db, int64_t id, int64_t now, int64_t *new_id, struct error *e);
/* A person says what came out of an `unknown` job, or of a `sent` one that waits for it: printed → printed; not printed → a new marked
 * row (its id in *new_id, else 0). */
MUST_USE bool job_resolve(struct db *db, int64_t id, bool printed, int64_t now, int64_t *new_id, struct error *e);

/* Lets go of the tickets of jobs added before that instant, oldest first and at most so many rows a call: what was printed or has
 * failed, and no repetition of which is under way. Their rows stay: a station's numbers have no hole, ever. Receipts, refunds and
 * reports are kept whole. A repetition of what is gone, and its bytes, are ERROR_NOT_FOUND "job_let_go". */
enum { JOBS_LET_GO_MAX = 4000 };
MUST_USE bool jobs_let_go(struct db *db, int64_t before, int64_t *count, struct error *e);

struct job {
    int64_t id, order_id, shift_id, sequence, copy_of, created_at, printed_at; /* 0: none */
    const char *kind, *printer, *station, *evidence, *reason;                  /* NULL: none */
    enum job_state state;
    struct ticket_marks marks;
    bool let_go;                 /* its ticket is not kept any more (jobs_let_go) */
    const struct ticket *ticket; /* only from job_get; NULL: let go */
};
MUST_USE bool job_get(struct db *db, int64_t id, struct arena *a, struct job *out, struct error *e);
struct job_filter { int64_t order_id; const char *printer; int state; /* -1: any */ int64_t before; /* id, 0: newest */ int32_t limit; };
MUST_USE bool job_list(struct db *db, const struct job_filter *f, struct arena *a, struct job **out, size_t *count, struct error *e);
/* The bytes of that job's ticket, with its marks. To a printer that answers process IDs the spooler sends escpos_process_id after them. */
struct bytes;
MUST_USE bool job_encode(const struct job *job, const struct site *site, const struct printer_profiles *profiles, struct arena *a, struct bytes *out, struct error *e);

struct spooler; /* opaque */
struct spooler_timing { /* milliseconds; 0: the default in brackets */
    int idle;                 /* between looks at an idle printer [2000] */
    int hold;                 /* between looks at one that is out of paper, open or offline [500] */
    int retry_first, retry_max; /* between tries to reach one, doubling [250, 3000] */
    int fallback;             /* so long unreachable: its stations' waiting tickets go to their fallback [2000] */
    int answer;               /* for a status or a probe [1000] */
    int ask_again;            /* a ready printer owes an acknowledgement so long: it is asked once more [10000] */
    int silence;              /* so long: what it answers is found out afresh [30000] */
};
struct spooler_options {
    const struct site *site;
    const struct printer_profiles *profiles;
    const struct clock *clock;
    struct writer *writer;
    const char *database;          /* each printer's thread opens its own reader */
    const char *virtual_directory;
    struct spooler_timing timing;
    void (*changed)(void *self, const char *printer, int64_t job); /* a job or printer changed state; from a printer's thread */
    void *self;
};
/* Jobs found `sending` or `sent` belong to a process that died: they become unknown before anything else is sent. */
MUST_USE bool spooler_open(const struct spooler_options *o, struct spooler **out, struct error *e);
void spooler_kick(struct spooler *s, const char *printer); /* NULL: all. Cheap; any thread */
void spooler_close(struct spooler *s);

struct printer_health {
    const char *slug, *name, *transport; /* borrowed from the site */
    struct transport_status status;
    char evidence[2];
    int64_t waiting, oldest_waiting_ms, unknown; /* counted in the database by the caller's reader */
    int64_t confirm;                             /* so many wait for a person to say that they came out; not in `waiting` */
    int64_t last_printed_at;
};
MUST_USE bool spooler_health(struct spooler *s, struct db *reader, struct arena *a, struct printer_health **out, size_t *count, struct error *e);

#endif
