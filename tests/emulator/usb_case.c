/* What the tests of the USB transport share. Contract: usb_case.h. */
#include "tests/emulator/usb_case.h"

#include <check.h>
#include <linux/capability.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

const struct usb_model usb_epson = {.vendor = 0x04B8, .product = 0x0E28, .serial = "J5HF012345", .port = 2};
const struct site_printer usb_any = {
    .slug = "cocina", .name = "Cocina", .profile = "epson-tm-t20iii", .transport = TRANSPORT_USB};

void usb_case_open(struct usb_case *c) {
    signal(SIGHUP, SIG_IGN); /* the emulated node is a terminal, and its end is a hang-up */
    c->bed = usb_bed_open();
    c->arena = arena_open();
}
void usb_case_close(struct usb_case *c) {
    usb_bed_close(c->bed);
    arena_close(c->arena);
}

struct transport *usb_case_transport(struct usb_case *c, const struct site_printer *p) {
    struct transport *t;
    ck_assert_msg(transport_new(p, "/nowhere", &t, &c->e), "%s", c->e.message);
    return t;
}
struct transport *usb_case_opened(struct usb_case *c, const struct site_printer *p) {
    struct transport *t = usb_case_transport(c, p);
    ck_assert_msg(t->ops->open(t, &c->e), "%s", c->e.message);
    return t;
}

const struct usb_tally *usb_case_tally(struct usb_case *c, struct usb_printer *p) {
    struct usb_tally *all = arena_alloc(c->arena, sizeof *all);
    usb_printer_tally(p, all);
    ck_assert_int_eq(all->resets, 0);
    ck_assert_int_eq(all->empty_outs, 0);
    return all;
}

const uint8_t *usb_case_pattern(struct usb_case *c, size_t n) {
    uint8_t *bytes = arena_alloc(c->arena, n);
    for (size_t i = 0; i < n; i++) bytes[i] = (uint8_t)(0x20 + (i * 7 + i / 251) % 200);
    return bytes;
}
void usb_case_send(struct usb_case *c, struct transport *t, size_t n) {
    size_t accepted = 0;
    ck_assert_msg(t->ops->send(t, usb_case_pattern(c, n), n, &accepted, &c->e), "%s", c->e.message);
    ck_assert_uint_eq(accepted, n);
}
void usb_case_paper_has(struct usb_case *c, struct usb_printer *p, size_t n) {
    size_t size;
    const uint8_t *got = usb_printer_paper(p, n, &size);
    ck_assert_uint_eq(size, n);
    ck_assert_mem_eq(got, usb_case_pattern(c, n), n);
}
void usb_case_out_was(const struct usb_tally *t, size_t i, int length, int actual, int status) {
    ck_assert_uint_gt(t->out_count, i);
    ck_assert_int_eq(t->out[i].length, length);
    ck_assert_int_eq(t->out[i].actual, actual);
    ck_assert_int_eq(t->out[i].status, status);
}

void usb_case_obey_modes(void) {
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct caps[2];
    if (geteuid() != 0) return;
    ck_assert_int_eq(syscall(SYS_capget, &head, caps), 0);
    caps[0].effective &= ~((1u << CAP_DAC_OVERRIDE) | (1u << CAP_DAC_READ_SEARCH));
    ck_assert_int_eq(syscall(SYS_capset, &head, caps), 0);
}
