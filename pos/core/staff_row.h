/* One row of people, read the same way by staff.c and session.c. */
#ifndef COMANDA_CORE_STAFF_ROW_H
#define COMANDA_CORE_STAFF_ROW_H

#include "pos/core/staff.h"

/* Columns 0–4: id, name, role, active, created_at. */
struct staff staff_from_row(const struct db_rows *r, struct arena *a);

#endif
