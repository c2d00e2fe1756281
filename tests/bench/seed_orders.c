/* For `make bench`: fills a till's database with closed orders of the past, as a till that has stood for years.
 *
 * usage: seed_orders DATABASE ORDERS. The database is one that a server made and nobody has open. Each order has two lines, two parts, a paid bill with
 * its shares, a payment, a document and a journal entry; they lie in closed shifts of 1000 orders. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/db.h"

/* ?1: the first order's id, ?2: the last one's. Rows of one table after the other, so that each statement runs in the order of its keys. */
#define IDS "WITH RECURSIVE n (i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2) "
#define SHIFT "(i / 1000 + 1000000)"
#define AT "(1600000000000 + i * 60000)"

static const char *const rows[] = {
    IDS "INSERT INTO shift (id, business_day, float_amount, opened_by, opened_at, state, closed_by, closed_at, expected, counted, difference, z_number)"
        " SELECT DISTINCT " SHIFT ", '2020-09-13', 0, 1, 1600000000000, 'closed', 1, 1600000000001, 0, 0, 0, " SHIFT " FROM n WHERE true ON CONFLICT DO NOTHING",
    IDS "INSERT INTO orders (id, shift_id, number, kind, name, state, version, sends, menu_version, opened_by, device, opened_at, ended_at)"
        " SELECT i, " SHIFT ", i, 'counter', '', 'closed', 4, 1, 1, 1, 'till-1', " AT ", " AT " FROM n",
    IDS "INSERT INTO order_line (id, order_id, item, name, category, quantity, unit_price, tax, tax_name, tax_rate, added_by, added_at)"
        " SELECT i * 2 + l.k, i, 'corrientazo', 'Corrientazo del día', 'almuerzos', 1, 16000, 'inc', 'INC', 800, 1, " AT
        " FROM n, (SELECT 0 AS k UNION ALL SELECT 1) l ORDER BY i, k",
    IDS "INSERT INTO order_part (line_id, order_id, station, name, told)"
        " SELECT i * 2 + l.k, i, 'cocina', 'Corrientazo', 1 FROM n, (SELECT 0 AS k UNION ALL SELECT 1) l ORDER BY i, k",
    IDS "INSERT INTO bill (id, order_id, state, shift_id, gross, discount, courtesy, net, base, tax, tip, due, paid_at)"
        " SELECT i, i, 'paid', " SHIFT ", 32000, 0, 0, 32000, 29630, 2370, 0, 32000, " AT " FROM n",
    IDS "INSERT INTO bill_tax (bill_id, rate, tax, name, gross, base, amount) SELECT i, 800, 'inc', 'INC', 32000, 29630, 2370 FROM n",
    IDS "INSERT INTO bill_line (bill_id, line_id, quantity, gross, discount, net, base, tax)"
        " SELECT i, i * 2 + l.k, 1, 16000, 0, 16000, 14815, 1185 FROM n, (SELECT 0 AS k UNION ALL SELECT 1) l ORDER BY i, k",
    IDS "INSERT INTO payment (bill_id, order_id, shift_id, kind, means, amount, charged, adjustment, tendered, change, staff_id, at)"
        " SELECT i, i, " SHIFT ", 'cash', 'efectivo', 32000, 32000, 0, 32000, 0, 1, " AT " FROM n",
    IDS "INSERT INTO fiscal_document (bill_id, range_id, prefix, number, issued_at) SELECT i, 1, 'OLD', i, " AT " FROM n",
    IDS "INSERT INTO journal (seq, at, staff_id, device, kind, order_id, shift_id, detail, hash)"
        " SELECT i, " AT ", 1, 'till-1', 'payment', i, " SHIFT ", '{}', zeroblob(32) FROM n",
};

enum { AT_ONCE = 10000, FIRST = 1000 }; /* a till that was only started has used no id above that */

static bool fill(struct db *db, int64_t orders, struct error *e) {
    for (int64_t from = FIRST; from < FIRST + orders; from += AT_ONCE) {
        int64_t to = from + AT_ONCE < FIRST + orders ? from + AT_ONCE - 1 : FIRST + orders - 1;
        if (!db_script(db, "BEGIN", e)) return false;
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
            if (!db_exec(db, rows[i], DB_ARGS(db_int(from), db_int(to)), e)) return false;
        if (!db_script(db, "COMMIT", e)) return false;
        if (orders >= 100 * AT_ONCE && (from / AT_ONCE) % 10 == 0) fprintf(stderr, "\r%" PRId64 " of %" PRId64 " past orders", to - FIRST + 1, orders);
    }
    return true;
}

int main(int argc, char **argv) {
    struct error e;
    struct db *db = NULL;
    if (argc != 3) return fprintf(stderr, "usage: seed_orders DATABASE ORDERS\n"), 2;
    bool ok = db_open(argv[1], DB_WRITER, &db, &e) && db_script(db, "PRAGMA synchronous = OFF", &e) && fill(db, strtoll(argv[2], NULL, 10), &e);
    if (!ok) fprintf(stderr, "seed_orders: %s\n", e.message);
    db_close(db);
    return ok ? 0 : 1;
}
