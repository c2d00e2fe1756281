/* Ids of the till's rows, each its own type so that they cannot be swapped. 0 means none. */
#ifndef COMANDA_CORE_IDS_H
#define COMANDA_CORE_IDS_H

#include <stdint.h>

struct staff_id { int64_t v; };
struct order_id { int64_t v; };
struct line_id  { int64_t v; };
struct bill_id  { int64_t v; };
struct shift_id { int64_t v; };
struct job_id   { int64_t v; };

#endif
