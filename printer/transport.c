/* Transports: the names of their states, and the right one for a printer's configuration. */
#include "printer/transport.h"

const char *const transport_state_names[] = {"ready", "paper_out", "cover_open", "offline", "unplugged", "denied", "fault", NULL};

bool transport_new(const struct site_printer *p, const char *directory, struct transport **out, struct error *e) {
    switch (p->transport) {
    case TRANSPORT_VIRTUAL:
        return transport_virtual(p, directory, out, e);
    case TRANSPORT_TCP:
        return transport_tcp(p, out, e);
    case TRANSPORT_USB:
        return transport_usb(p, out, e);
    }
    return error_fail(e, ERROR_INTERNAL, "transport_unknown", "printer %s: transport %d does not exist", p->slug,
                      (int)p->transport);
}
