/* The emulator's usbfs side: the device in sysfs, its node, and every ioctl that libusb makes on it.
 * Source of what the ioctls mean: linux/usbdevice_fs.h and drivers/usb/core/devio.c. */
#include "tests/emulator/usb_bed.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sys/ioctl.h> /* before usbdevice_fs.h, which uses its macros */

#include <linux/usbdevice_fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define BUS "/sys/devices/pci0000:00/0000:00:14.0/usb1"

void bed_lock(struct usb_bed *bed) {
    pthread_mutex_lock(&bed->lock);
}
void bed_unlock(struct usb_bed *bed) {
    pthread_mutex_unlock(&bed->lock);
}

/* ---- URBs ---- */

static struct usbdevfs_urb *of(const struct urb *u) {
    return (struct usbdevfs_urb *)(void *)u->data->data;
}

static void free_urb(struct urb *u) {
    if (u->data) umockdev_ioctl_data_unref(u->data);
    *u = (struct urb){.state = URB_FREE};
}

void usb_bed_trace(struct usb_bed *bed, usb_tracer *tracer, void *self) {
    bed_lock(bed);
    bed->tracer = tracer;
    bed->tracer_self = self;
    bed_unlock(bed);
}

static void trace(struct usb_printer *p, const char *what) {
    const struct usb_trace_note note = {.what = what};
    if (p->bed->tracer) p->bed->tracer(p->bed->tracer_self, p, &note);
}

static void trace_urb(struct usb_printer *p, const char *what, const struct urb *u) {
    if (!p->bed->tracer || u->type != USBDEVFS_URB_TYPE_BULK) return;
    const struct usb_trace_note note = {what, u->endpoint, {of(u)->buffer_length, (int32_t)u->done, u->status}};
    p->bed->tracer(p->bed->tracer_self, p, &note);
}

static void end_urb(struct usb_printer *p, struct urb *u, int status) {
    u->state = URB_ENDED;
    u->status = status;
    u->order = ++p->orders;
    trace_urb(p, "ended", u);
    if (u->type != USBDEVFS_URB_TYPE_BULK || u->endpoint & 0x80) return;
    if (p->tally.out_count < sizeof p->tally.out / sizeof *p->tally.out)
        p->tally.out[p->tally.out_count++] = (struct usb_transfer_note){of(u)->buffer_length, (int32_t)u->done, status};
}

/* What has ended is for the descriptor that submitted it: two threads may have the same device open. */
static struct urb *ended_for(struct usb_printer *p, const UMockdevIoctlClient *client) {
    struct urb *best = NULL;
    for (size_t i = 0; i < URBS_MAX; i++) {
        struct urb *u = &p->urbs[i];
        if (u->state == URB_ENDED && u->client == client && (!best || u->order < best->order)) best = u;
    }
    return best;
}

/* The oldest URB in a state, optionally of one endpoint. */
static struct urb *oldest(struct usb_printer *p, enum urb_state state, int endpoint) {
    struct urb *best = NULL;
    for (size_t i = 0; i < URBS_MAX; i++) {
        struct urb *u = &p->urbs[i];
        if (u->state == state && (endpoint < 0 || (u->type == USBDEVFS_URB_TYPE_BULK && u->endpoint == endpoint)) &&
            (!best || u->order < best->order))
            best = u;
    }
    return best;
}

bool bed_in_pending(const struct usb_printer *p) {
    for (size_t i = 0; i < URBS_MAX; i++)
        if (p->urbs[i].state == URB_FLYING && p->urbs[i].type == USBDEVFS_URB_TYPE_BULK && p->urbs[i].endpoint == 0x81)
            return true;
    return false;
}

static void tell_poll(struct usb_printer *p) {
    if (p->slave >= 0) (void)tcflow(p->slave, oldest(p, URB_ENDED, -1) ? TCOON : TCOOFF);
}

static void detach_from_bus(struct usb_printer *p);

void bed_run(struct usb_printer *p) {
    for (struct urb *u; p->attached && (u = oldest(p, URB_FLYING, 0x02));) {
        int status;
        if (!device_out(p, u->buffer ? u->buffer->data : NULL, (size_t)of(u)->buffer_length, &u->done, &status)) break;
        if (status == -ESHUTDOWN) {
            detach_from_bus(p);
            return;
        }
        end_urb(p, u, status);
    }
    for (struct urb *u; p->attached && p->in_halted && (u = oldest(p, URB_FLYING, 0x81));) end_urb(p, u, -EPIPE);
    for (struct urb *u; p->attached && p->reply_count > 0 && (u = oldest(p, URB_FLYING, 0x81));) {
        u->done = device_in(p, u->buffer->data, (size_t)of(u)->buffer_length);
        end_urb(p, u, 0);
    }
    tell_poll(p);
}

/* ---- control requests ---- */

static size_t string_descriptor(const char *text, uint8_t *out, size_t size) {
    const size_t n = 2 + 2 * strlen(text);
    if (n > size || n > 255) return 0;
    out[0] = (uint8_t)n;
    out[1] = 0x03;
    for (size_t i = 0; text[i]; i++) out[2 + 2 * i] = (uint8_t)text[i], out[3 + 2 * i] = 0;
    return n;
}

static int control(struct usb_printer *p, uint8_t *packet, size_t size, size_t *done) {
    const uint8_t type = packet[0], request = packet[1], index = packet[2], kind = packet[3];
    uint8_t *data = packet + 8;
    uint8_t text[256];
    size_t n = 0;
    if (type == 0x80 && request == 6 && kind == 3) {
        if (index == 0)
            n = (size_t)(memcpy(text, "\x04\x03\x09\x04", 4) ? 4 : 0);
        else if (index == 1)
            n = string_descriptor("ACME", text, sizeof text);
        else if (index == 2)
            n = string_descriptor(p->model.name ? p->model.name : "Receipt Printer", text, sizeof text);
        else if (index == 3 && p->model.serial)
            n = string_descriptor(p->model.serial, text, sizeof text);
    } else if (type == 0xA1 && request == 1) {
        p->tally.port_status_asked++;
        if (p->model.no_port_status) return -EPIPE;
        text[0] = device_port_status(p);
        n = 1;
    }
    if (n == 0) return -EPIPE;
    if (n > size - 8) n = size - 8;
    memcpy(data, text, n);
    *done = n;
    return 0;
}

/* ---- ioctls ---- */

/* What the ioctl's argument points to. NULL: its process was killed meanwhile, and nobody waits for the answer. */
static UMockdevIoctlData *argument(UMockdevIoctlClient *client, size_t size) {
    return umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(client), 0, size, NULL);
}

static int submit(struct usb_printer *p, UMockdevIoctlClient *client) {
    UMockdevIoctlData *data = argument(client, sizeof(struct usbdevfs_urb)), *buffer = NULL;
    if (!data) return EFAULT;
    struct usbdevfs_urb *in = (struct usbdevfs_urb *)(void *)data->data;
    if (in->buffer_length > 0) {
        buffer = umockdev_ioctl_data_resolve(data, offsetof(struct usbdevfs_urb, buffer), (gsize)in->buffer_length, NULL);
        if (!buffer) return EFAULT;
    }
    struct urb *u = NULL;
    for (size_t i = 0; i < URBS_MAX && !u; i++)
        if (p->urbs[i].state == URB_FREE) u = &p->urbs[i];
    ck_assert_ptr_nonnull(u);
    *u = (struct urb){.state = URB_FLYING,
                      .client = client,
                      .data = data,
                      .buffer = buffer,
                      .order = ++p->orders,
                      .type = in->type,
                      .endpoint = in->endpoint};
    if (u->type == USBDEVFS_URB_TYPE_BULK && !(u->endpoint & 0x80) && in->buffer_length == 0) p->tally.empty_outs++;
    trace_urb(p, "SUBMITURB", u);
    if (u->type == USBDEVFS_URB_TYPE_CONTROL) {
        const int status = control(p, u->buffer->data, (size_t)in->buffer_length, &u->done);
        end_urb(p, u, status);
    }
    bed_run(p);
    return 0;
}

static int reap(struct usb_printer *p, UMockdevIoctlClient *client) {
    struct urb *u = ended_for(p, client);
    if (!u) return p->attached ? EAGAIN : ENODEV;
    UMockdevIoctlData *where = argument(client, sizeof(void *));
    if (!where) return EFAULT;
    of(u)->status = u->status;
    of(u)->actual_length = (int)u->done;
    umockdev_ioctl_data_set_ptr(where, 0, u->data);
    trace_urb(p, "REAPURB", u);
    free_urb(u);
    tell_poll(p);
    return 0;
}

static int discard(struct usb_printer *p, UMockdevIoctlClient *client) {
    const gulong address = *(gulong *)(void *)umockdev_ioctl_client_get_arg(client)->data;
    for (size_t i = 0; i < URBS_MAX; i++) {
        struct urb *u = &p->urbs[i];
        if (u->state != URB_FLYING || u->data->client_addr != address) continue;
        if (u->type == USBDEVFS_URB_TYPE_BULK && u->endpoint == 0x02) p->tally.out_discards_while_attached += p->attached;
        trace_urb(p, "DISCARDURB", u);
        end_urb(p, u, -ENOENT);
        tell_poll(p);
        return 0;
    }
    return EINVAL;
}

static int claim(struct usb_printer *p, UMockdevIoctlClient *client, bool detaching) {
    if (p->model.taken || p->claimed) return EBUSY;
    if (p->usblp && !detaching) return EBUSY;
    p->tally.detached += p->usblp;
    p->usblp = false;
    p->claimed = true;
    p->claimant = client;
    p->tally.claims++;
    trace(p, "CLAIM");
    return 0;
}

/* USBDEVFS_IOCTL: give the interface back to the kernel's driver (CONNECT), or take it away (DISCONNECT). */
static int driver_ioctl(struct usb_printer *p, UMockdevIoctlClient *client, glong *result) {
    UMockdevIoctlData *data = argument(client, sizeof(struct usbdevfs_ioctl));
    if (!data) return EFAULT;
    const struct usbdevfs_ioctl *c = (const void *)data->data;
    if (c->ioctl_code == (int)USBDEVFS_CONNECT && !p->claimed) {
        p->usblp = p->model.usblp;
        p->tally.reattached += p->usblp;
        *result = 1;
        return 0;
    }
    if (c->ioctl_code == (int)USBDEVFS_DISCONNECT) {
        if (!p->usblp) return ENODATA;
        p->usblp = false;
        p->tally.detached++;
        return 0;
    }
    return ENOTTY;
}

static int get_driver(struct usb_printer *p, UMockdevIoctlClient *client) {
    if (!p->usblp) return ENODATA;
    UMockdevIoctlData *data = argument(client, sizeof(struct usbdevfs_getdriver));
    if (!data) return EFAULT;
    struct usbdevfs_getdriver *d = (void *)data->data;
    (void)snprintf(d->driver, sizeof d->driver, "usblp");
    return 0;
}

static int clear_halt(struct usb_printer *p, UMockdevIoctlClient *client) {
    const unsigned *endpoint =
        (const void *)umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(client), 0, sizeof(unsigned), NULL)->data;
    if (*endpoint & 0x80) {
        p->tally.in_clear_halts++;
        p->in_halted = false;
        bed_run(p);
        return 0;
    }
    p->tally.clear_halts++;
    trace(p, "CLEAR_HALT");
    if (p->vanish_on_clear) {
        detach_from_bus(p);
        return ENODEV;
    }
    p->halted = false;
    bed_run(p);
    return 0;
}

static int capabilities(UMockdevIoctlClient *client) {
    UMockdevIoctlData *data = argument(client, sizeof(uint32_t));
    if (!data) return EFAULT;
    uint32_t *caps = (void *)data->data;
    *caps = USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_BULK_CONTINUATION | USBDEVFS_CAP_NO_PACKET_SIZE_LIM |
            USBDEVFS_CAP_REAP_AFTER_DISCONNECT;
    return 0;
}

static gboolean on_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *client, struct usb_printer *p) {
    (void)base;
    glong result = 0;
    int why = 0;
    bed_lock(p->bed);
    const gulong request = umockdev_ioctl_client_get_request(client);
    if (!p->attached && request != USBDEVFS_REAPURBNDELAY && request != USBDEVFS_REAPURB && request != USBDEVFS_DISCARDURB)
        why = ENODEV;
    else
        switch (request) {
        case USBDEVFS_GET_CAPABILITIES:
            why = capabilities(client);
            break;
        case USBDEVFS_CLAIMINTERFACE:
            why = claim(p, client, false);
            break;
        case USBDEVFS_DISCONNECT_CLAIM:
            why = claim(p, client, true);
            break;
        case USBDEVFS_RELEASEINTERFACE:
            p->tally.releases++;
            p->claimed = false;
            trace(p, "RELEASE");
            break;
        case USBDEVFS_SETINTERFACE:
            p->tally.settings++;
            break;
        case USBDEVFS_GETDRIVER:
            why = get_driver(p, client);
            break;
        case USBDEVFS_IOCTL:
            why = driver_ioctl(p, client, &result);
            break;
        case USBDEVFS_CLEAR_HALT:
            why = clear_halt(p, client);
            break;
        case USBDEVFS_RESET:
            p->tally.resets++;
            break;
        case USBDEVFS_SUBMITURB:
            why = submit(p, client);
            break;
        case USBDEVFS_REAPURB:
        case USBDEVFS_REAPURBNDELAY:
            why = reap(p, client);
            break;
        case USBDEVFS_DISCARDURB:
            why = discard(p, client);
            break;
        default:
            why = ENOTTY;
            break;
        }
    bed_unlock(p->bed);
    umockdev_ioctl_client_complete(client, why ? -1 : result, why);
    return TRUE;
}

/* A descriptor was closed, or its process died: what it had in flight is nobody's, and the kernel lets its interface go. */
static void forget_client(struct usb_printer *p, const void *client) {
    bed_lock(p->bed);
    for (size_t i = 0; i < URBS_MAX; i++)
        if (p->urbs[i].state != URB_FREE && p->urbs[i].client == client) free_urb(&p->urbs[i]);
    if (p->claimed && p->claimant == client) {
        p->claimed = false;
        trace(p, "client gone");
    }
    tell_poll(p);
    bed_unlock(p->bed);
}

/* umockdev 0.17 never emits client-vanished. A client that closes says so by its property; one whose process is killed in the
 * middle of an ioctl only disappears. */
static void on_connection(UMockdevIoctlClient *client, GParamSpec *what, struct usb_printer *p) {
    (void)what;
    if (!umockdev_ioctl_client_get_connected(client)) forget_client(p, client);
}
static void on_disappeared(gpointer p, GObject *client) {
    forget_client(p, client);
}
static void on_client(UMockdevIoctlBase *base, UMockdevIoctlClient *client, struct usb_printer *p) {
    (void)base;
    g_signal_connect(client, "notify::connected", G_CALLBACK(on_connection), p);
    g_object_weak_ref(G_OBJECT(client), on_disappeared, p);
}

/* ---- plugging ---- */

static void node_path(struct usb_printer *p, char *out, size_t size) {
    gchar *root = umockdev_testbed_get_root_dir(p->bed->testbed);
    (void)snprintf(out, size, "%s%s", root, p->node);
    g_free(root);
}

enum { NOBODY = 65534 };
static void forbid(const char *path, const char *group) {
    const struct group *g = group ? getgrnam(group) : NULL;
    if (g) ck_assert_int_eq(chown(path, NOBODY, g->gr_gid), 0);
    ck_assert_int_eq(chmod(path, g ? 0660 : 0), 0);
}

/* The node that umockdev made is a plain file, always ready: a pseudo-terminal takes its place. */
static void open_terminal(struct usb_printer *p) {
    char path[512], slave[64];
    struct termios raw;
    p->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    ck_assert_int_ge(p->master, 0);
    ck_assert_int_eq(grantpt(p->master), 0);
    ck_assert_int_eq(unlockpt(p->master), 0);
    ck_assert_int_eq(ptsname_r(p->master, slave, sizeof slave), 0);
    p->slave = open(slave, O_RDWR | O_NOCTTY | O_CLOEXEC);
    ck_assert_int_ge(p->slave, 0);
    ck_assert_int_eq(tcgetattr(p->slave, &raw), 0);
    cfmakeraw(&raw);
    ck_assert_int_eq(tcsetattr(p->slave, TCSANOW, &raw), 0);
    node_path(p, path, sizeof path);
    if (p->model.forbidden) {
        forbid(path, p->model.group);
        return;
    }
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_int_eq(symlink(slave, path), 0);
}

/* One interface descriptor and its endpoints. */
static void interface_descriptor(const struct usb_printer *p, int setting, bool in, char *out, size_t size) {
    const int n = snprintf(out, size, "0904%02x%02x%02x%s%02x0007050202400000%s", 0, setting, in ? 2 : 1,
                           p->model.vendor_class ? "ffff" : "0701", in ? 2 : 1, in ? "07058102400000" : "");
    ck_assert_int_lt(n, (int)size);
}

/* Device, configuration, interface and endpoint descriptors, as sysfs shows them. */
static void descriptors(const struct usb_printer *p, char *out, size_t size) {
    char first[64], second[64] = "";
    interface_descriptor(p, 0, !p->model.unidirectional && !p->model.two_settings, first, sizeof first);
    if (p->model.two_settings) interface_descriptor(p, 1, true, second, sizeof second);
    const size_t length = 9 + (strlen(first) + strlen(second)) / 2;
    const int n = snprintf(out, size,
                           "1201000200000040%02x%02x%02x%02x00010102%02x01"
                           "0902%02x00010100c001%s%s",
                           p->model.vendor & 0xFF, p->model.vendor >> 8, p->model.product & 0xFF, p->model.product >> 8,
                           p->model.serial ? 3 : 0, (unsigned)length, first, second);
    ck_assert_int_lt(n, (int)size);
}

/* Addresses run from 2 to 127 and begin anew, as the kernel's do. */
static int next_address(struct usb_bed *bed) {
    for (;;) {
        const int address = bed->next_address;
        bool used = false;
        bed->next_address = address == 127 ? 2 : address + 1;
        for (size_t i = 0; i < bed->count; i++) used |= bed->printers[i]->attached && bed->printers[i]->address == address;
        if (!used) return address;
    }
}

static void attach_to_bus(struct usb_printer *p) {
    char about[2048], hex[256];
    GError *failure = NULL;
    p->address = next_address(p->bed);
    (void)snprintf(p->node, sizeof p->node, "/dev/bus/usb/001/%03d", p->address);
    (void)snprintf(p->syspath, sizeof p->syspath, BUS "/1-%d", p->model.port);
    p->attached = true;
    p->usblp = p->model.usblp;
    p->claimed = p->halted = p->in_halted = p->vanish_on_clear = false;
    p->vanish_at = p->stall_at = 0;
    p->handler = umockdev_ioctl_base_new();
    if (!p->handlers) p->handlers = g_ptr_array_new_with_free_func(g_object_unref);
    g_ptr_array_add(p->handlers, p->handler);
    g_signal_connect(p->handler, "handle-ioctl", G_CALLBACK(on_ioctl), p);
    g_signal_connect(p->handler, "client-connected", G_CALLBACK(on_client), p);
    ck_assert(umockdev_testbed_attach_ioctl(p->bed->testbed, p->node, p->handler, &failure));
    descriptors(p, hex, sizeof hex);
    const int n = snprintf(
        about, sizeof about,
        "P: %s\nN: bus/usb/001/%03d\nE: SUBSYSTEM=usb\nE: DRIVER=usb\nE: DEVTYPE=usb_device\nE: BUSNUM=001\nE: DEVNUM=%03d\n"
        "E: DEVNAME=/dev/bus/usb/001/%03d\nA: busnum=1\\n\nA: devnum=%d\\n\nA: bConfigurationValue=1\\n\nA: speed=12\\n\n"
        "A: devpath=%d\\n\nH: descriptors=%s\n",
        p->syspath + 4, p->address, p->address, p->address, p->address, p->model.port, hex);
    ck_assert_int_lt(n, (int)sizeof about);
    ck_assert_msg(umockdev_testbed_add_from_string(p->bed->testbed, about, &failure), "%s", failure ? failure->message : "");
    open_terminal(p);
    trace(p, "plugged");
    bed_run(p);
}

/* Off the bus: usbfs ends every URB, poll reports an error, udev tells of the removal. */
static void detach_from_bus(struct usb_printer *p) {
    if (!p->attached) return;
    p->attached = false;
    device_print(p); /* what it took, it prints */
    trace(p, "unplugged");
    for (struct urb *u; (u = oldest(p, URB_FLYING, -1));) end_urb(p, u, -ESHUTDOWN);
    p->claimed = p->usblp = false;
    close(p->master);
    close(p->slave);
    p->master = p->slave = -1;
    umockdev_testbed_uevent(p->bed->testbed, p->syspath, "remove");
    umockdev_testbed_remove_device(p->bed->testbed, p->syspath);
    pthread_cond_broadcast(&p->bed->changed);
}

struct usb_printer *usb_printer_plug(struct usb_bed *bed, const struct usb_model *model) {
    struct usb_printer *p = calloc(1, sizeof *p);
    ck_assert_ptr_nonnull(p);
    ck_assert_uint_lt(bed->count, PRINTERS_MAX);
    p->bed = bed;
    p->model = *model;
    if (!p->model.buffer) p->model.buffer = 4096;
    p->paper_loaded = true;
    bed_lock(bed);
    bed->printers[bed->count++] = p;
    attach_to_bus(p);
    bed_unlock(bed);
    return p;
}

void usb_printer_pull(struct usb_printer *p) {
    bed_lock(p->bed);
    detach_from_bus(p);
    bed_unlock(p->bed);
}

void usb_printer_push(struct usb_printer *p) {
    bed_lock(p->bed);
    if (!p->attached) attach_to_bus(p);
    bed_unlock(p->bed);
}

void usb_printer_push_at(struct usb_printer *p, int port) {
    bed_lock(p->bed);
    ck_assert(!p->attached);
    p->model.port = port;
    attach_to_bus(p);
    bed_unlock(p->bed);
}

void usb_printer_power_cycle(struct usb_printer *p) {
    bed_lock(p->bed);
    detach_from_bus(p);
    device_forget(p);
    attach_to_bus(p);
    bed_unlock(p->bed);
}

/* ---- the bed ---- */

struct usb_bed *usb_bed_open(void) {
    struct usb_bed *bed = calloc(1, sizeof *bed);
    ck_assert_ptr_nonnull(bed);
    pthread_mutex_init(&bed->lock, NULL);
    pthread_cond_init(&bed->changed, NULL);
    bed->testbed = umockdev_testbed_new();
    ck_assert_msg(umockdev_in_mock_environment(), "umockdev's library is not preloaded: run through tests/emulator/run.sh");
    bed->next_address = 2;
    GError *failure = NULL;
    ck_assert(umockdev_testbed_add_from_string(
        bed->testbed,
        "P: /devices/pci0000:00/0000:00:14.0/usb1\nN: bus/usb/001/001\nE: SUBSYSTEM=usb\nE: DRIVER=usb\n"
        "E: DEVTYPE=usb_device\nE: BUSNUM=001\nE: DEVNUM=001\nE: DEVNAME=/dev/bus/usb/001/001\n"
        "A: busnum=1\\n\nA: devnum=1\\n\nA: bConfigurationValue=1\\n\nA: speed=480\\n\n"
        "H: descriptors=12010002090001406b1d020015060302010109021900010100e0000904000001090000000705810304000c\n",
        &failure));
    return bed;
}

void usb_bed_close(struct usb_bed *bed) {
    for (size_t i = 0; i < bed->count; i++) {
        struct usb_printer *p = bed->printers[i];
        bed_lock(bed);
        detach_from_bus(p);
        bed_unlock(bed);
    }
    g_object_unref(bed->testbed);
    for (size_t i = 0; i < bed->count; i++) {
        struct usb_printer *p = bed->printers[i];
        for (size_t u = 0; u < URBS_MAX; u++)
            if (p->urbs[u].state != URB_FREE) free_urb(&p->urbs[u]);
        g_ptr_array_unref(p->handlers);
        free(p);
    }
    pthread_mutex_destroy(&bed->lock);
    pthread_cond_destroy(&bed->changed);
    free(bed);
}
