/* The halves of site_load, known only to data/site*.c: reading the lists, then checking that they fit each other.
 *
 * Every fault goes into the document (json_add_fault); nothing here fails by itself, so that all are told at once. */
#ifndef COMANDA_DATA_SITE_READ_H
#define COMANDA_DATA_SITE_READ_H

#include "data/json.h"
#include "data/site.h"

/* site_lists.c: each fills its list in `s` from the array of that name, memory from s->arena. */
void site_read_taxes(struct json root, struct site *s);
void site_read_courses(struct json root, struct site *s);
void site_read_areas(struct json root, struct site *s);
void site_read_tables(struct json root, struct site *s);
void site_read_stations(struct json root, struct site *s);
void site_read_means(struct json root, struct site *s);
/* The texts of an array that may be missing; NULL and 0 then. */
const char *const *site_read_texts(struct json array, struct arena *a, size_t max_bytes, size_t *count);

/* site_printers.c and site_fiscal.c */
void site_read_printers(struct json root, struct site *s);
void site_read_numbering(struct json root, struct site *s);
void site_read_uvts(struct json root, struct site *s);

/* site_logo.c: the file is there, a PNG, and not too large. */
void site_check_logo(struct json root, const char *file);

/* site_check.c: names that must exist, names that may not repeat, what clashes. */
void site_check(struct json root, const struct site *s);

#endif
