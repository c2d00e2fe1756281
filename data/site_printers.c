/* Reads the site's printers: how each is reached, and which members belong to which way. */
#include "data/site_read.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_BYTES = 60, HOST_MAX_BYTES = 253, USB_TEXT_MAX_BYTES = 63, PRINTERS_MAX = 50, RAW_PORT = 9100 };

static bool is_hex4(const char *text) {
    return strspn(text, "0123456789abcdefABCDEF") >= 4;
}

/* "04b8:0202", as lsusb and `comanda doctor` write it. */
static void read_usb_id(struct json at, struct site_printer *p) {
    const char *id = json_text_or(at, "usb_id", USB_TEXT_MAX_BYTES, NULL);
    if (!id) return;
    if (strlen(id) != 9 || !is_hex4(id) || id[4] != ':' || !is_hex4(id + 5)) {
        json_add_fault(at, "usb_id", "must look like \"04b8:0202\" (vendor:product in hexadecimal)");
        return;
    }
    p->vendor = (uint16_t)strtoul(id, NULL, 16);
    p->product = (uint16_t)strtoul(id + 5, NULL, 16);
}

static void refuse_members(struct json at, const char *const *keys, const char *transport) {
    for (; *keys; keys++)
        if (json_has(at, *keys)) json_add_fault(at, *keys, "only for a printer whose transport is \"%s\"", transport);
}

static const char *const tcp_members[] = {"host", "port", NULL};
static const char *const usb_members[] = {"usb_id", "serial", "bus_path", NULL};

/* true is the first output; one that has two names it. */
static int32_t read_drawer(struct json at) {
    if (json_holds_number(at, "drawer")) return (int32_t)json_int(at, "drawer", 1, 2);
    if (json_has(at, "drawer") && !json_holds_bool(at, "drawer")) json_add_fault(at, "drawer", "must be true, false, 1 or 2");
    return json_holds_bool(at, "drawer") && json_bool(at, "drawer") ? 1 : 0;
}

static void read_printer(struct json at, struct site_printer *p) {
    JSON_ONLY(at, "slug", "name", "profile", "transport", "host", "port", "usb_id", "serial", "bus_path", "drawer", "confirm");
    p->slug = json_slug(at, "slug");
    p->name = json_text(at, "name", NAME_MAX_BYTES);
    p->profile = json_slug(at, "profile");
    p->transport = (enum printer_transport)json_enum_or(at, "transport", printer_transport_names, TRANSPORT_VIRTUAL);
    p->drawer = read_drawer(at);
    p->confirm = json_bool_or(at, "confirm", false);
    if (p->transport == TRANSPORT_TCP) {
        p->host = json_text(at, "host", HOST_MAX_BYTES);
        p->port = (uint16_t)json_int_or(at, "port", 1, UINT16_MAX, RAW_PORT);
    } else {
        refuse_members(at, tcp_members, "tcp");
    }
    if (p->transport == TRANSPORT_USB) {
        read_usb_id(at, p);
        p->serial = json_has(at, "serial") ? json_text(at, "serial", USB_TEXT_MAX_BYTES) : NULL;
        p->bus_path = json_has(at, "bus_path") ? json_text(at, "bus_path", USB_TEXT_MAX_BYTES) : NULL;
    } else {
        refuse_members(at, usb_members, "usb");
    }
}

void site_read_printers(struct json root, struct site *s) {
    struct json list = json_array(root, "printers", 1, PRINTERS_MAX);
    struct site_printer *printers = ARENA_ARRAY(s->arena, json_count(list), struct site_printer);
    JSON_EACH(one, list) read_printer(one, &printers[s->printer_count++]);
    s->printers = printers;
}
