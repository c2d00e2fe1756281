/* For tests of the spooler: a real writer and database, and four printers: two kitchens that stand in for each other, a bar on
 * its own, and the till. All are virtual until kitchen_network. One a process; any failure fails the test. */
#ifndef COMANDA_TESTS_PRINTER_KITCHEN_H
#define COMANDA_TESTS_PRINTER_KITCHEN_H

#include "printer/escpos.h"
#include "printer/spooler.h"
#include "tests/support/data_tmp.h"
#include "tests/support/printer_fake_tcp.h"

/* GS ( H function 48 with the four characters of a row's id: base 94 from "!". GS r 1. */
#define ASK "\x1D\x28\x48\x06\x00\x30\x30"
#define PROBE ASK "    "
#define ASK_ORDERED "\x1D\x72\x01"

struct kitchen {
    struct data_tmp tmp;
    struct arena *arena;
    struct db *reader;
    struct writer *writer;
    struct printer_profiles *profiles;
    struct spooler *spooler;
    struct clock noon;
    struct site_printer printers[4]; /* cocina fria barra caja */
    struct site site;
    struct spooler_timing timing; /* nothing but a kick wakes an idle printer within a test's life */
    char path[512];
};
extern struct kitchen kitchen;

void kitchen_setup(void);
void kitchen_teardown(void);
void kitchen_open_writer(void);
void kitchen_start(void);
void kitchen_stop(void);
/* The printer is on the network; f NULL: at an address where nobody listens. */
void kitchen_network(size_t i, struct fake_tcp *f);

/* state NULL: queued. */
int64_t kitchen_add_as(const char *printer, const char *station, const char *text, const char *state);
int64_t kitchen_add(const char *printer, const char *station, const char *text); /* and kicks */
/* Runs a statement through the writer. */
void kitchen_run(const char *sql);

struct job kitchen_job(int64_t id);
struct job kitchen_reaches(int64_t id, enum job_state want);
struct printer_health kitchen_health(const char *slug);
struct printer_health kitchen_becomes(const char *slug, enum transport_state want);

void kitchen_grade(const char *slug, const char *want); /* the printer's health comes to say so */

/* A clone: no process IDs, and its profile asks for none; ordered statuses or not. */
struct fake_tcp *kitchen_clone(size_t i, bool answers_ordered);
void kitchen_asked(struct fake_tcp *f, int questions); /* waits for so many more status questions */
/* How often the bytes stand in what the fake printer received. */
int kitchen_times(struct fake_tcp *f, const char *bytes, size_t size);

struct bytes kitchen_bytes(int64_t id);      /* of the ticket alone */
struct bytes kitchen_file(const char *name); /* "cocina/000001.bin" */
bool kitchen_exists(const char *name);
bool kitchen_holds(struct bytes b, const char *text);

#endif
