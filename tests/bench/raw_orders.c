/* The yardstick of `make bench`: the rows of an order written straight into SQLite, without a till around them.
 *
 * usage: raw_orders FOLDER ORDERS PER_TRANSACTION → prints orders per second. It uses the project's own schema and settings (WAL, synchronous=FULL)
 * and the same rows as POST /api/v1/orders with the three lines of run.mjs: order, bill, three lines, four options, four parts, stored answer. It
 * reads nothing, checks nothing and builds no answer. PER_TRANSACTION 1 is what a careful program does; 20 is group commit without anybody to wait for. */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/clock.h"
#include "data/db.h"
#include "data/migrate.h"

static void need(bool ok, const struct error *e) {
    if (ok) return;
    fprintf(stderr, "raw_orders: %s\n", e->message);
    exit(1);
}

enum { S_NUMBER, S_ORDER, S_BILL, S_LINE, S_OPTION, S_PART, S_ANSWER, S_COUNT };
static const char *const sql[S_COUNT] = {
    [S_NUMBER] = "UPDATE shift SET next_number = next_number + 1 WHERE id = 1",
    [S_ORDER] = "INSERT INTO orders (shift_id, number, kind, name, menu_version, opened_by, device, opened_at) VALUES (1, ?1, 'counter', 'Cliente', 1, 1, 'till-1', ?2)",
    [S_BILL] = "INSERT INTO bill (order_id) VALUES (?1)",
    [S_LINE] = "INSERT INTO order_line (order_id, item, name, category, quantity, unit_price, tax, tax_name, tax_rate, note, added_by, added_at) "
               "VALUES (?1, 'corrientazo', 'Corrientazo del día', 'almuerzos', 1, 16000, 'inc', 'INC', 800, '', 1, ?2)",
    [S_OPTION] = "INSERT INTO order_line_option (line_id, position, option_group, option, name, quantity, price) VALUES (?1, ?2, 'jugo', 'mora', 'Jugo de mora', 1, 0)",
    [S_PART] = "INSERT INTO order_part (line_id, order_id, station, name) VALUES (?1, ?2, 'cocina', 'CORRIENTAZO')",
    [S_ANSWER] = "INSERT INTO idempotency (key, request_hash, status, answer, at) VALUES (?1, zeroblob(32), 201, ?2, ?3)",
};

static void run(sqlite3 *db, sqlite3_stmt *s) {
    int result;
    while ((result = sqlite3_step(s)) == SQLITE_ROW) {}
    if (result != SQLITE_DONE) {
        fprintf(stderr, "raw_orders: %s\n", sqlite3_errmsg(db));
        exit(1);
    }
    sqlite3_reset(s);
}

static void order(sqlite3 *db, sqlite3_stmt *const s[S_COUNT], int64_t n, const char *answer) {
    int64_t now = clock_now(&clock_system);
    run(db, s[S_NUMBER]);
    sqlite3_bind_int64(s[S_ORDER], 1, n);
    sqlite3_bind_int64(s[S_ORDER], 2, now);
    run(db, s[S_ORDER]);
    int64_t id = sqlite3_last_insert_rowid(db);
    sqlite3_bind_int64(s[S_BILL], 1, id);
    run(db, s[S_BILL]);
    for (int line = 0; line < 3; line++) {
        sqlite3_bind_int64(s[S_LINE], 1, id);
        sqlite3_bind_int64(s[S_LINE], 2, now);
        run(db, s[S_LINE]);
        int64_t line_id = sqlite3_last_insert_rowid(db);
        for (int option = 1; line == 0 && option <= 4; option++) {
            sqlite3_bind_int64(s[S_OPTION], 1, line_id);
            sqlite3_bind_int64(s[S_OPTION], 2, option);
            run(db, s[S_OPTION]);
        }
        for (int part = line == 0 ? 0 : 1; part < 2; part++) {
            sqlite3_bind_int64(s[S_PART], 1, line_id);
            sqlite3_bind_int64(s[S_PART], 2, id);
            run(db, s[S_PART]);
        }
    }
    char key[40];
    snprintf(key, sizeof key, "%08" PRIx32 "-%04x-7000-8000-0000%08" PRIx32, (uint32_t)(now >> 16), (unsigned)(now & 0xffff), (uint32_t)n);
    sqlite3_bind_text(s[S_ANSWER], 1, key, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(s[S_ANSWER], 2, answer, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s[S_ANSWER], 3, now);
    run(db, s[S_ANSWER]);
}

int main(int argc, char **argv) {
    if (argc != 4) return fprintf(stderr, "usage: raw_orders FOLDER ORDERS PER_TRANSACTION\n"), 2;
    char path[4096];
    snprintf(path, sizeof path, "%s/raw.db", argv[1]);
    remove(path);
    struct error e = {0};
    struct db *db = NULL;
    need(db_open(path, DB_WRITER, &db, &e), &e);
    need(migrate_run(db, path, &e), &e);
    need(db_script(db,
                   "INSERT INTO staff VALUES (1, 'Caja', 'cashier', '$argon2id$x', 1, 0);"
                   "INSERT INTO menu_version VALUES (1, '{}', NULL, 0);"
                   "INSERT INTO shift (id, business_day, float_amount, opened_by, opened_at) VALUES (1, '2026-11-24', 0, 1, 0);",
                   &e), &e);
    sqlite3 *raw = db_handle(db);
    sqlite3_stmt *s[S_COUNT];
    for (int i = 0; i < S_COUNT; i++)
        if (sqlite3_prepare_v3(raw, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &s[i], NULL) != SQLITE_OK) return fprintf(stderr, "raw_orders: %s\n", sqlite3_errmsg(raw)), 1;
    sqlite3_stmt *begin, *commit;
    sqlite3_prepare_v2(raw, "BEGIN IMMEDIATE", -1, &begin, NULL);
    sqlite3_prepare_v2(raw, "COMMIT", -1, &commit, NULL);

    /* As long as the real one. */
    char answer[1834] = {0};
    memset(answer, 'x', sizeof answer - 1);
    int64_t orders = strtoll(argv[2], NULL, 10), per = strtoll(argv[3], NULL, 10), done = 0;
    int64_t start = clock_monotonic_us();
    while (done < orders) {
        run(raw, begin);
        for (int64_t i = 0; i < per && done < orders; i++) order(raw, s, ++done, answer);
        run(raw, commit);
    }
    int64_t us = clock_monotonic_us() - start;
    printf("%.0f\n", (double)orders * 1e6 / (double)us);
    for (int i = 0; i < S_COUNT; i++) sqlite3_finalize(s[i]);
    sqlite3_finalize(begin);
    sqlite3_finalize(commit);
    db_close(db);
    return 0;
}
