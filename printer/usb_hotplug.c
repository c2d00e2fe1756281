/* A USB printer comes and goes: what the system tells of it while its thread rests. Source: libusb-1.0 API, hotplug; under Linux
 * libusb hears of it from udev, once the rules have given the node its group. */
#include "data/clock.h"
#include "printer/usb_private.h"

/* By what is known without opening it: a callback may not, and a keyboard is none of our business. */
static bool may_be_ours(const struct usb *u, libusb_device *d) {
    struct usb_unit unit;
    return usb_about(d, &unit) && usb_wanted(u->base.printer, &unit) &&
           (quirks_name_wanted(u->quirks, unit.about.idVendor, unit.about.idProduct) || usb_unit_of(u->quirks, d, false, &unit));
}

/* Runs within usb_pump. A unit that went while none is open may be the one that could not be had: that is news too. */
static int LIBUSB_CALL on_hotplug(libusb_context *ctx, libusb_device *d, libusb_hotplug_event event, void *self) {
    struct usb *u = self;
    const bool open = u->handle && !u->gone;
    (void)ctx;
    if (event == LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT && u->handle && d == libusb_get_device(u->handle))
        u->gone = u->news = true;
    else if (!open && may_be_ours(u, d))
        u->news = true;
    return 0;
}

void usb_watch(struct usb *u) {
    if (!libusb_has_capability(LIBUSB_CAP_HAS_HOTPLUG)) return; /* looked for again and again: the back-off does */
    (void)libusb_hotplug_register_callback(u->ctx, LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT,
                                           LIBUSB_HOTPLUG_NO_FLAGS, LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
                                           LIBUSB_HOTPLUG_MATCH_ANY, on_hotplug, u, NULL); /* it ends with the context */
}

bool usb_rest(struct transport *t, int timeout_ms, int bell) {
    struct usb *u = (struct usb *)(void *)t;
    const int64_t until = clock_monotonic_ms() + timeout_ms;
    if (!u->ctx) return transport_rest(t, timeout_ms, bell);
    while (!u->news)
        if (!usb_pump_or(u, until, bell) || clock_monotonic_ms() >= until) break;
    const bool news = u->news;
    u->news = false;
    return news;
}
