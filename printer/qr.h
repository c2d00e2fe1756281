/* A QR symbol as a bitmap of one dot a module, by libqrencode. */
#ifndef COMANDA_PRINTER_QR_H
#define COMANDA_PRINTER_QR_H

#include <stddef.h>
#include <stdint.h>

#include "data/arena.h"
#include "printer/bitmap.h"

enum qr_level { QR_L, QR_M, QR_Q, QR_H }; /* the order of ESC/POS function 169, n = 48 … 51 */

/* NULL when the content is empty or too long for any symbol. No quiet zone. */
struct bitmap *qr_symbol(struct arena *a, const char *content, size_t size, enum qr_level level);

#endif
