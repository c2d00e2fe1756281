/* USB units that do not behave as the printer class says: what to mind, as data (printer/quirks.json, embedded), never as code.
 *
 * An entry is for a unit (vendor and product), for a vendor's units whose product name begins so, or for all of a vendor. The
 * most exact one that fits counts, alone: product and name, product, name, vendor. An entry says where its fact is from. */
#ifndef COMANDA_PRINTER_QUIRKS_H
#define COMANDA_PRINTER_QUIRKS_H

#include <stddef.h>
#include <stdint.h>

#include "data/arena.h"
#include "data/error.h"

struct usb_quirk {
    uint16_t vendor, product; /* product 0: any of the vendor */
    const char *name;         /* how its product name begins; NULL: any */
    bool unidirectional;      /* never read from it, although it may have an IN endpoint */
    bool vendor_class;        /* its interface of class 255 is the printer, when it has none of class 7 */
    bool no_set_interface;    /* SET_INTERFACE hangs it: alternate setting 0 or nothing */
    bool no_reattach;         /* usblp is not given back on close */
    bool no_status;           /* neither DLE EOT nor GET_PORT_STATUS: nothing is known of it */
    int32_t slow_close;       /* ms that pass between the last byte and the close, or it drops its buffer; 0: none */
    int32_t max_chunk;        /* bytes in one transfer; 0: as many as we like */
    const char *what, *source;
};

struct usb_quirks; /* opaque; lives in the arena it was loaded into */

/* The table in this binary. */
MUST_USE bool quirks_load(struct arena *a, struct usb_quirks **out, struct error *e);
/* Any table. ERROR_INVALID names the first fault by its path in the file ("units[3].vendor: …"); `file` stands before it. */
MUST_USE bool quirks_read(struct arena *a, const char *file, const char *text, size_t size, struct usb_quirks **out,
                          struct error *e);

/* What to mind with a unit; never NULL: an ordinary one has an entry of noughts. name: NULL when it has none, or none could be
 * read. */
const struct usb_quirk *quirks_find(const struct usb_quirks *q, uint16_t vendor, uint16_t product, const char *name);
/* The entry for such a unit depends on its product name; how that must begin, or NULL. */
const char *quirks_name_wanted(const struct usb_quirks *q, uint16_t vendor, uint16_t product);

size_t quirks_count(const struct usb_quirks *q);
const struct usb_quirk *quirks_at(const struct usb_quirks *q, size_t i);

#endif
