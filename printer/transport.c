/* Transports: their states and what lies behind them, and the right one for a printer's configuration. */
#include "printer/transport.h"

#include <poll.h>
#include <string.h>

#include "data/text.h"

const char *const transport_state_names[] = {"ready", "paper_out", "cover_open", "offline", "unplugged", "denied", "fault", NULL};
const char *const transport_cause_names[] = {"none",       "paper_out", "paper_low", "cover_open", "cutter",      "hot",
                                             "mechanical", "offline",   "no_answer", "unplugged",  "unreachable", "denied",
                                             "busy",       "stalled",   "feeding",   "service",    "error",       NULL};

static const struct {
    enum transport_state state;
    const char *reason;
} causes[] = {
    [CAUSE_NONE] = {TRANSPORT_READY, ""},
    [CAUSE_PAPER_OUT] = {TRANSPORT_PAPER_OUT, "the paper has ended; put a new roll in"},
    [CAUSE_PAPER_LOW] = {TRANSPORT_READY, "the paper is near its end; have a new roll at hand"},
    [CAUSE_COVER_OPEN] = {TRANSPORT_COVER_OPEN, "the cover is open; close it"},
    [CAUSE_CUTTER] = {TRANSPORT_FAULT, "the paper cutter is jammed; switch the printer off, clear the cutter, switch it on"},
    [CAUSE_HOT] = {TRANSPORT_OFFLINE, "the print head is too hot; wait, it goes on by itself"},
    [CAUSE_MECHANICAL] = {TRANSPORT_FAULT, "the printer reports an error; look for jammed paper"},
    [CAUSE_OFFLINE] = {TRANSPORT_OFFLINE, "the printer is offline; look at its lamps and its online button"},
    [CAUSE_NO_ANSWER] = {TRANSPORT_OFFLINE, "no longer answers; look for paper, cover or a lit error lamp, or switch it off and on"},
    [CAUSE_UNPLUGGED] = {TRANSPORT_UNPLUGGED, "it was unplugged or switched off; look at its cable and its switch"},
    [CAUSE_UNREACHABLE] = {TRANSPORT_OFFLINE, "cannot be reached; is it on, and is its address right?"},
    [CAUSE_DENIED] = {TRANSPORT_DENIED, "this user may not open it; run comanda doctor"},
    [CAUSE_BUSY] = {TRANSPORT_DENIED, "another program is using it; run comanda doctor"},
    [CAUSE_STALLED] = {TRANSPORT_OFFLINE, "takes no more data; look for paper, cover or a lit error lamp"},
    [CAUSE_FEEDING] = {TRANSPORT_OFFLINE, "the feed button is pressed; let it go"},
    [CAUSE_SERVICE] = {TRANSPORT_FAULT,
                       "the printer reports a fault that needs service; switch it off and on once, then call for help"},
    [CAUSE_ERROR] = {TRANSPORT_OFFLINE, "the printer reports an error; look for an open cover or jammed paper"},
};

struct transport_status transport_because(enum transport_cause cause, bool known) {
    struct transport_status s = {.state = causes[cause].state, .cause = cause, .known = known};
    (void)text_copy(s.reason, sizeof s.reason, causes[cause].reason);
    return s;
}

struct transport_status transport_failed(const struct site_printer *p, const struct error *why) {
    static const struct {
        const char *code;
        enum transport_cause cause;
    } codes[] = {{"printer_denied", CAUSE_DENIED}, {"printer_busy", CAUSE_BUSY}, {"printer_unplugged", CAUSE_UNPLUGGED}};
    enum transport_cause cause = p->transport == TRANSPORT_USB ? CAUSE_UNPLUGGED : CAUSE_UNREACHABLE;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(why->code, codes[i].code) == 0) cause = codes[i].cause;
    struct transport_status s = transport_because(cause, false);
    (void)text_copy(s.reason, sizeof s.reason, why->message);
    return s;
}

bool transport_rest(struct transport *t, int timeout_ms, int bell) {
    struct pollfd fds[2] = {{.fd = t->wake, .events = POLLIN}, {.fd = bell, .events = POLLIN}};
    (void)poll(fds, 2, timeout_ms);
    return false;
}

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
