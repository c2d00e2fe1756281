/* What is on the USB: which devices are printers, what they are called, and what to do when one may not be opened. */
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/text.h"
#include "printer/usb_private.h"

enum { ACCOUNTS_MAX = 4096, GROUP_MAY = S_IRGRP | S_IWGRP, INSTEAD_MAX = 3 };

/* ---- units ---- */

static void place_of(libusb_device *d, struct usb_unit *unit) {
    uint8_t ports[7];
    const size_t size = sizeof unit->place;
    const int n = libusb_get_port_numbers(d, ports, (int)sizeof ports);
    int at = snprintf(unit->place, size, "%u", libusb_get_bus_number(d));
    for (int i = 0; i < n && at > 0 && (size_t)at < size; i++)
        at += snprintf(unit->place + at, size - (size_t)at, "%c%u", i ? '.' : '-', ports[i]);
    (void)snprintf(unit->node, sizeof unit->node, "/dev/bus/usb/%03u/%03u", libusb_get_bus_number(d),
                   libusb_get_device_address(d));
}

bool usb_about(libusb_device *d, struct usb_unit *out) {
    *out = (struct usb_unit){.device = d};
    if (libusb_get_device_descriptor(d, &out->about) != 0) return false;
    place_of(d, out);
    return true;
}

bool usb_text(libusb_device_handle *h, uint8_t index, char out[USB_TEXT_MAX]) {
    if (!index || libusb_get_string_descriptor_ascii(h, index, (unsigned char *)out, USB_TEXT_MAX) <= 0) out[0] = '\0';
    return out[0] != '\0';
}

/* How well an interface does as a printer: class 7 before a vendor's own, bidirectional before unidirectional; 0: not at all.
 * IPP over USB (protocol 4) is another thing. */
static int rank_of(const struct libusb_interface_descriptor *it, const struct usb_quirk *quirk, const struct usb_unit *found) {
    const bool vendor_class = it->bInterfaceClass == LIBUSB_CLASS_VENDOR_SPEC && quirk->vendor_class;
    if (!found->ep_out || (quirk->no_set_interface && it->bAlternateSetting != 0)) return 0;
    if (it->bInterfaceClass == LIBUSB_CLASS_PRINTER && it->bInterfaceProtocol != 4) return found->ep_in ? 4 : 3;
    return vendor_class ? (found->ep_in ? 2 : 1) : 0;
}

static void endpoints_of(const struct libusb_interface_descriptor *it, struct usb_unit *unit) {
    for (int i = 0; i < it->bNumEndpoints; i++) {
        const struct libusb_endpoint_descriptor *ep = &it->endpoint[i];
        if ((ep->bmAttributes & LIBUSB_TRANSFER_TYPE_MASK) != LIBUSB_TRANSFER_TYPE_BULK) continue;
        if (ep->bEndpointAddress & LIBUSB_ENDPOINT_IN)
            unit->ep_in = ep->bEndpointAddress;
        else
            unit->ep_out = ep->bEndpointAddress;
    }
}

static bool interface_of(libusb_device *d, struct usb_unit *unit) {
    struct libusb_config_descriptor *config;
    if (libusb_get_active_config_descriptor(d, &config) != 0 && libusb_get_config_descriptor(d, 0, &config) != 0) return false;
    int best = 0;
    for (int i = 0; i < config->bNumInterfaces; i++)
        for (int s = 0; s < config->interface[i].num_altsetting; s++) {
            const struct libusb_interface_descriptor *it = &config->interface[i].altsetting[s];
            struct usb_unit this = *unit;
            this.interface = it->bInterfaceNumber;
            this.setting = it->bAlternateSetting;
            this.ep_in = this.ep_out = 0;
            endpoints_of(it, &this);
            const int rank = rank_of(it, unit->quirk, &this);
            if (rank > best) best = rank, *unit = this;
        }
    libusb_free_config_descriptor(config);
    if (unit->quirk->unidirectional) unit->ep_in = 0;
    return best > 0;
}

bool usb_unit_of(const struct usb_quirks *q, libusb_device *d, bool certain, struct usb_unit *out) {
    char name[USB_TEXT_MAX] = "";
    if (!usb_about(d, out)) return false;
    const uint16_t vendor = out->about.idVendor, product = out->about.idProduct;
    const char *wanted = quirks_name_wanted(q, vendor, product);
    if (wanted) { /* only then: opening a device of somebody else is not for us */
        libusb_device_handle *h;
        const int r = libusb_open(d, &h);
        if (r == 0) {
            (void)usb_text(h, out->about.iProduct, name);
            libusb_close(h);
        } else if (r == LIBUSB_ERROR_ACCESS && certain) {
            text_copy(name, sizeof name, wanted);
        }
    }
    out->quirk = quirks_find(q, vendor, product, name);
    return interface_of(d, out);
}

/* ---- words ---- */

void usb_tell_instead(const struct usb_quirks *q, libusb_device *const *all, ssize_t n, char *out, size_t size) {
    char list[160];
    int units = 0;
    size_t at = 0;
    list[0] = '\0';
    for (ssize_t i = 0; i < n; i++) {
        struct usb_unit unit;
        libusb_device_handle *h;
        char serial[USB_TEXT_MAX] = "";
        if (!usb_unit_of(q, all[i], false, &unit)) continue;
        if (++units > INSTEAD_MAX) continue;
        if (libusb_open(all[i], &h) == 0) {
            (void)usb_text(h, unit.about.iSerialNumber, serial);
            libusb_close(h);
        }
        const int wrote = snprintf(list + at, sizeof list - at, "%s%04x:%04x %s%sat %s", at ? ", " : "", unit.about.idVendor,
                                   unit.about.idProduct, serial, serial[0] ? " " : "", unit.place);
        if (wrote > 0) at = at + (size_t)wrote < sizeof list ? at + (size_t)wrote : sizeof list - 1;
    }
    if (units == 0)
        (void)snprintf(out, size, "not found; no USB printer is plugged in: look at its cable, and is it switched on?");
    else if (units <= INSTEAD_MAX)
        (void)snprintf(out, size, "not found; plugged in instead: %s", list);
    else
        (void)snprintf(out, size, "not found; plugged in instead: %s and %d more", list, units - INSTEAD_MAX);
}

void usb_tell_denied(const char *node, char *out, size_t size) {
    char user_space[ACCOUNTS_MAX], group_space[ACCOUNTS_MAX];
    struct passwd user, *who = NULL;
    struct group group, *may = NULL;
    struct stat s;
    if (getpwuid_r(geteuid(), &user, user_space, sizeof user_space, &who) != 0) who = NULL;
    const char *name = who ? who->pw_name : "USER";
    /* Where the node is root's alone, no group helps until a rule gives it to one. */
    if (stat(node, &s) == 0 && (s.st_mode & GROUP_MAY) == GROUP_MAY && s.st_gid != 0 &&
        getgrgid_r(s.st_gid, &group, group_space, sizeof group_space, &may) != 0)
        may = NULL;
    if (may)
        (void)snprintf(out, size, "no permission for %s; add the user to group %s: sudo usermod -aG %s %s, and start again", node,
                       may->gr_name, may->gr_name, name);
    else
        (void)snprintf(out, size,
                       "no permission for %s; install the udev rule 60-comanda-printers.rules, add the user to group lp: sudo "
                       "usermod -aG lp %s, plug it in again",
                       node, name);
}

/* ---- the list ---- */

static struct usb_found found_of(const struct usb_unit *unit) {
    libusb_device_handle *h = NULL;
    struct usb_found f = {.vendor = unit->about.idVendor, .product = unit->about.idProduct};
    text_copy(f.bus_path, sizeof f.bus_path, unit->place);
    const int r = libusb_open(unit->device, &h);
    f.accessible = r == 0;
    if (r == LIBUSB_ERROR_ACCESS)
        usb_tell_denied(unit->node, f.why, sizeof f.why);
    else if (r != 0)
        text_copy(f.why, sizeof f.why, libusb_strerror(r));
    if (r != 0) return f;
    (void)usb_text(h, unit->about.iSerialNumber, f.serial);
    (void)usb_text(h, unit->about.iProduct, f.name);
    libusb_close(h);
    return f;
}

bool usb_list(void (*each)(void *self, const struct usb_found *found), void *self, struct error *e) {
    libusb_context *ctx;
    libusb_device **all = NULL;
    struct usb_quirks *quirks;
    struct arena *a = arena_open();
    if (!quirks_load(a, &quirks, e)) {
        arena_close(a);
        return false;
    }
    const int r = libusb_init(&ctx);
    if (r != 0) {
        arena_close(a);
        return error_fail(e, ERROR_IO, "usb_unavailable", "USB: %s", libusb_strerror(r));
    }
    const ssize_t n = libusb_get_device_list(ctx, &all);
    for (ssize_t i = 0; i < n; i++) {
        struct usb_unit unit;
        if (!usb_unit_of(quirks, all[i], false, &unit)) continue;
        const struct usb_found f = found_of(&unit);
        each(self, &f);
    }
    if (all) libusb_free_device_list(all, 1);
    libusb_exit(ctx);
    arena_close(a);
    return n >= 0 || error_fail(e, ERROR_IO, "usb_unavailable", "USB: %s", libusb_strerror((int)n));
}
