/* comanda doctor: every printer of the site, and what is plugged in. */
#include <stdio.h>
#include <string.h>

#include "pos/cli/console.h"
#include "pos/cli/doctor.h"
#include "printer/profile.h"
#include "printer/transport.h"

enum { STATUS_MS = 2000 };

static const char *where(struct doctor *d, const struct site_printer *p) {
    switch (p->transport) {
    case TRANSPORT_TCP:
        return arena_printf(d->arena, "tcp %s:%u", p->host, p->port);
    case TRANSPORT_USB:
        if (p->vendor == 0) return "usb, any printer";
        return arena_printf(d->arena, "usb %04x:%04x%s%s", p->vendor, p->product, p->serial ? " serial " : "",
                            p->serial ? p->serial : "");
    case TRANSPORT_VIRTUAL:
        break;
    }
    return arena_printf(d->arena, "virtual: tickets go to %s/tickets/%s", d->directory ? d->directory : "the data directory",
                        p->slug);
}

/* What is said of a printer is "WHAT; REMEDY": the remedy goes to its own line. NULL: it tells none. */
static const char *told_remedy(struct doctor *d, const char *message, const char **what) {
    const char *at = strstr(message, "; ");
    *what = at ? arena_text_n(d->arena, message, (size_t)(at - message)) : message;
    return at ? at + 2 : NULL;
}

static const char *remedy_for(struct doctor *d, const struct site_printer *p, const char *code) {
    if (strcmp(code, "printer_denied") == 0 || strcmp(code, "denied") == 0)
        return "let the till's user print: sudo usermod -aG lp USER, then start the till again";
    if (p->transport == TRANSPORT_TCP)
        return arena_printf(d->arena,
                            "is it on, and is its address right? ping %s; a status page from its feed button tells the address",
                            p->host);
    if (p->transport == TRANSPORT_USB) return "is it on and plugged in? the printers found on USB are listed below";
    return "see that the data directory can be written";
}

static void bad_printer(struct doctor *d, const struct site_printer *p, const char *code, const char *why) {
    const char *what = why, *remedy = told_remedy(d, why, &what);
    doctor_bad(d, "printer", remedy ? remedy : remedy_for(d, p, code), "%s (%s): %s; %s", p->slug, p->profile, what, where(d, p));
}

/* What a running server knows; it owns the printers, so they are not touched here. */
static bool examine_through_server(struct doctor *d) {
    struct cli c = {.arena = d->arena, .data = d->directory};
    struct console *s = NULL;
    struct json answer;
    struct error e;
    if (!console_open(&c, false, &s, &e) || !console_ask(s, "GET", "/api/v1/printers", NULL, &answer, &e)) return false;
    JSON_EACH(one, json_array(answer, "printers", 0, 1000)) {
        const struct site_printer *p = site_find_printer(d->site, json_text(one, "id", SITE_SLUG_MAX));
        const char *state = json_text(one, "state", 32), *reason = json_text_or(one, "reason", 256, "");
        if (!p) continue;
        if (strcmp(state, "ready") == 0)
            doctor_good(d, "printer", "%s (%s): ready; %s", p->slug, p->profile, where(d, p));
        else
            bad_printer(d, p, state, reason[0] ? reason : state);
    }
    return json_ok(answer, &e);
}

static void examine_directly(struct doctor *d, const struct site_printer *p, const struct printer_profile *profile) {
    struct transport *t;
    struct transport_status status = {0};
    struct error e;
    const char *tickets = arena_printf(d->arena, "%s/tickets", d->directory ? d->directory : ".");
    if (p->transport == TRANSPORT_VIRTUAL) { /* opening it would make its folder */
        doctor_good(d, "printer", "%s (%s): %s", p->slug, p->profile, where(d, p));
        return;
    }
    if (!transport_new(p, tickets, &t, &e)) {
        doctor_bad(d, "printer", remedy_for(d, p, e.code), "%s: %s", p->slug, e.message);
        return;
    }
    t->realtime = profile->realtime_status;
    if (!t->ops->open(t, &e) || !t->ops->status(t, STATUS_MS, &status, &e))
        bad_printer(d, p, e.code, e.message);
    else if (status.state != TRANSPORT_READY)
        bad_printer(d, p, transport_state_names[status.state],
                    status.reason[0] ? status.reason : transport_state_names[status.state]);
    else
        doctor_good(d, "printer", "%s (%s): %s; %s", p->slug, p->profile,
                    status.known ? "says that it is ready" : "reachable, says nothing of itself", where(d, p));
    t->ops->close(t);
}

void doctor_printers(struct doctor *d) {
    struct printer_profiles *profiles;
    struct error e;
    if (!profiles_load(d->arena, &profiles, &e)) {
        doctor_bad(d, "profiles", "this binary is damaged: install it again", "%s", e.message);
        return;
    }
    if (d->site->receipt_logo && !profiles_set_logo(profiles, d->site->receipt_logo, d->arena, &e))
        doctor_bad(d, "receipt_logo", "save it as PNG again, or take it out of the site's file", "%s", e.message);
    for (size_t i = 0; i < d->site->printer_count; i++) {
        const struct site_printer *p = &d->site->printers[i];
        if (!profile_find(profiles, p->profile))
            doctor_bad(d, "printer", "correct it in the site's file", "%s: no profile \"%s\"", p->slug, p->profile);
    }
    if (d->serving && examine_through_server(d)) return;
    for (size_t i = 0; i < d->site->printer_count; i++) {
        const struct site_printer *p = &d->site->printers[i];
        const struct printer_profile *profile = profile_find(profiles, p->profile);
        if (profile) examine_directly(d, p, profile);
    }
}

/* ---- what is plugged in ---- */

struct plugged {
    struct doctor *doctor;
    int count;
};

static void warn_closed(struct doctor *d, const struct usb_found *found) {
    const char *what, *remedy = told_remedy(d, found->why, &what);
    doctor_warn(d, "usb", remedy ? remedy : "plug it in again", "printer, %04x:%04x, at %s: %s", found->vendor, found->product,
                found->bus_path, what);
}

static void each_usb(void *self, const struct usb_found *found) {
    struct plugged *plugged = self;
    plugged->count++;
    const char *serial = found->serial[0] ? found->serial : "without a serial number";
    if (found->accessible)
        doctor_good(plugged->doctor, "usb", "%s, %04x:%04x, %s, at %s", found->name[0] ? found->name : "printer", found->vendor,
                    found->product, serial, found->bus_path);
    else
        warn_closed(plugged->doctor, found);
}

void doctor_usb(struct doctor *d) {
    struct plugged plugged = {.doctor = d};
    struct error e;
    bool wanted = false;
    for (size_t i = 0; d->site && i < d->site->printer_count; i++)
        wanted = wanted || d->site->printers[i].transport == TRANSPORT_USB;
    if (!usb_list(each_usb, &plugged, &e)) {
        if (wanted) doctor_bad(d, "usb", "is there a USB bus, and may this user see it?", "%s", e.message);
        if (!wanted) doctor_good(d, "usb", "cannot be looked at (%s), and no printer of the site needs it", e.message);
    } else if (plugged.count == 0) {
        doctor_good(d, "usb", "no printer is plugged in");
    }
}
