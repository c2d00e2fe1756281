/* A site: what differs between Interno, La Cocina, Go Lupe and the next one, read from data/sites/NAME.json.
 *
 * Loaded once at start, never changed, freed with its arena. Loading reports every fault at once, each as
 * "FILE: path: reason"; a site that has one does not start. The schema for editors is data/sites/site.schema.json; tests
 * hold the two together. Slugs name things across configuration, menu, database and API. */
#ifndef COMANDA_DATA_SITE_H
#define COMANDA_DATA_SITE_H

#include <stdint.h>

#include "data/arena.h"
#include "data/error.h"
#include "data/money.h"

enum order_kind { ORDER_TABLE, ORDER_COUNTER, ORDER_TAKEAWAY, ORDER_TRUCK, ORDER_KIND_COUNT };
extern const char *const order_kind_names[]; /* "table" "counter" "takeaway" "truck", NULL-ended */

enum means { MEANS_CASH, MEANS_DEBIT, MEANS_CREDIT, MEANS_TRANSFER, MEANS_COUNT };
extern const char *const means_names[]; /* "cash" "debit" "credit" "transfer", NULL-ended */

enum printer_transport { TRANSPORT_VIRTUAL, TRANSPORT_TCP, TRANSPORT_USB };
extern const char *const printer_transport_names[];

enum tip_rule { TIP_OFF, TIP_ASK };

enum {
    SITE_SLUG_MAX = 64,
    SITE_LOGO_SIDE_MAX = 2048, /* pixels */
    SITE_LOGO_ROWS_MAX = 400   /* of a logo on the widest paper: 50 mm */
};

struct site_tax {          /* a tax category that menu items refer to by slug */
    const char *slug, *name; /* "inc", "INC" — the name stands on paper */
    int32_t rate;            /* basis points; prices include it */
};
struct site_area { const char *slug, *name; };
struct site_table {
    const char *slug, *name, *area; /* "mesa-12", "Mesa 12": the name is complete, as it stands on screen and paper; a slug of areas */
    int32_t seats;
    int32_t x, y;                   /* its cell in the area's grid, from 0 */
};
struct site_station {
    const char *slug, *name;        /* "cocina-caliente", "COCINA CALIENTE" */
    const char *printer, *fallback; /* printer slugs; fallback may be NULL */
    int32_t beeps;                  /* of its printer after each ticket, 0: none; a printer without a buzzer stays silent */
};
struct site_printer {
    const char *slug, *name, *profile; /* profile: a slug of printer/profiles */
    enum printer_transport transport;
    const char *host;                  /* tcp */
    uint16_t port;                     /* tcp: 9100 */
    uint16_t vendor, product;          /* usb; 0 = any printer of class 7 */
    const char *serial, *bus_path;     /* usb, NULL = any */
    bool confirm;                      /* what it takes without a word, a person confirms */
    int32_t drawer;                    /* which of its outputs a cash drawer hangs on, 1 or 2; 0: none */
};
struct site_means {
    enum means kind;
    const char *slug, *name;           /* "nequi", "Nequi": several of one kind may exist */
    bool needs_reference;              /* an approval or reference number must be recorded */
};
struct site_numbering {                /* a numbering authorisation (DIAN) */
    const char *kind;                  /* "pos" */
    const char *prefix;                /* at most 4 characters */
    int64_t from, to;
    const char *valid_from, *valid_until; /* YYYY-MM-DD */
    const char *resolution, *resolution_date;
};
/* How much each role may take off by itself, in basis points of what it comes off; a cook sells nothing. */
struct site_discount_limits { int32_t waiter, cashier, manager, administrator; };
struct site_uvt { const char *from; money value; }; /* from this date on (YYYY-MM-DD) */

struct site {
    struct arena *arena;
    const char *file;                  /* where it was read */
    bool sample;                       /* "sample": true — NIT, address and resolutions are invented */
    const char *slug, *name, *legal_name, *nit, *address, *city, *phone;
    const char *language, *time_zone;  /* "es", "America/Bogota" */
    int32_t cutover_hour;              /* 0–12: before it a sale belongs to yesterday */
    money coin;                        /* cash rounds down to it */
    const struct site_tax *taxes;      size_t tax_count;
    const struct site_tax *default_tax;
    enum tip_rule tip_rule;
    int32_t tip_max_rate;              /* basis points of the pre-tax base; 0 with TIP_OFF */
    struct site_discount_limits discount_limits;
    bool kinds[ORDER_KIND_COUNT];
    enum order_kind default_kind;      /* what a new order is on the first screen */
    bool precuenta;
    int32_t document_uvt_limit;        /* 5 */
    int32_t keep_print_jobs_days;      /* 90; so long a ticket can be printed again; receipts, refunds and reports always */
    const struct site_area *areas;         size_t area_count;
    const struct site_table *tables;       size_t table_count;
    const struct site_station *stations;   size_t station_count;
    const struct site_printer *printers;   size_t printer_count;
    const struct site_printer *receipt_printer;
    const struct site_means *means;        size_t means_count;
    const struct site_numbering *numbering; size_t numbering_count;
    const struct site_uvt *uvts;           size_t uvt_count;
    const char *const *courses;            size_t course_count; /* slugs in order of serving: "entrada", "fuerte", "postre" */
    const char *const *course_names;
    const char *const *void_reasons;       size_t void_reason_count;
    const char *const *receipt_header;     size_t header_count;
    const char *const *receipt_footer;     size_t footer_count;
    const char *receipt_logo;          /* a PNG for the head of receipts, resolved against the site's file; NULL: none */
    const char *menu_file;             /* first menu to publish, resolved against the site's file */
    bool practice;                     /* not of the file: this is the copy that the practice till runs on (pos/core/practice.h) */
};

/* Reads and checks. On faults: ERROR_INVALID "bad_site", message names the first; all of them, one a line, go to *faults
 * (arena of the caller) when it is not NULL. */
MUST_USE bool site_load(const char *file, struct arena *a, struct site **out, const char **faults, struct error *e);

const struct site_table *site_find_table(const struct site *s, const char *slug);
const struct site_station *site_find_station(const struct site *s, const char *slug);
const struct site_printer *site_find_printer(const struct site *s, const char *slug);
const struct site_tax *site_find_tax(const struct site *s, const char *slug);
const struct site_means *site_find_means(const struct site *s, const char *slug);
const char *site_course_name(const struct site *s, const char *slug); /* NULL when unknown */
/* UVT in force on a day (YYYY-MM-DD); 0 when none is configured for it. */
money site_uvt_on(const struct site *s, const char *day);

#endif
