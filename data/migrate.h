/* Migrations: numbered SQL files (data/migrations/NNNN_name.sql), embedded, run forward, one transaction each.
 * PRAGMA user_version is the number of the last one that ran; application_id marks the file as ours (DB_APPLICATION_ID). */
#ifndef COMANDA_DATA_MIGRATE_H
#define COMANDA_DATA_MIGRATE_H

#include "data/db.h"
#include "data/embed.h"

int migrate_newest(void); /* the schema this binary wants */

/* Brings an open DB_WRITER connection up to date. An older database is first copied to PATH.before-NNNN; a newer one, or
 * one that is not ours, is refused: ERROR_CONFLICT "database_newer" / ERROR_INVALID "database_foreign"; nothing is changed then.
 */
MUST_USE bool migrate_run(struct db *db, const char *path, struct error *e);
/* The same with other migrations than the embedded ones: tests. */
MUST_USE bool migrate_run_with(struct db *db, const char *path, const struct embed_file *migrations, struct error *e);

#endif
