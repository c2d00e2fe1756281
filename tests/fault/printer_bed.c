/* The printers of the fault campaign, as a process of its own: a class-7 USB printer behind umockdev (the server's libusb is the
 * unmodified one) and network printers on loopback ports. They outlive any death of the server.
 *
 *   BED_FOLDER=folder BED_PRINTERS="NAME=usb:SERIAL NAME=tcp:PORT …" printer_bed      (under libumockdev-preload; PORT 0: any)
 *
 * Says on stdout, one JSON a line: {"event":"ready","root":"/tmp/umockdev.…","ports":{"barra":9100}}, what happens by itself
 * ({"event":"stall", "printer":"cocina",…}), and {"done":"…"} after each command. Takes commands on stdin, "NAME VERB [NUMBER]":
 *
 *   paper_out  paper_out_after N  paper_in     N bytes of print from now; also in the middle of a picture
 *   cover_open  cover_close
 *   hang  hang_after N  unhang                 takes no more data (USB: NAK)
 *   stall_after N  short_after N               USB: the endpoint halts, the transfer ends short
 *   unplug  unplug_after N  plug               the cable; the buffer is kept and printed
 *   power  power_after N                       the plug of the wall; the buffer is forgotten, `plug` brings it back
 *   reset                                      TCP: the connection breaks off
 *   full  clone  silent  liar                  what it answers
 *   disarm                                     whatever was to happen after N
 *   state                                      → {"state":…}
 *
 * BED_FOLDER gets the files of body.h and trace.log, each bulk URB and what it moved. */
#include <check.h>
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/fault/bed.h"

enum { TICK_MS = 2, CAPACITY = 4096, COMMAND_MAX = 4096 };
static const double SPEED = 40; /* bytes a millisecond: a ticket in 15 ms, a logo in half a second */

struct bed {
    struct usb_bed *usb;
    struct bed_printer printers[BED_PRINTERS_MAX];
    size_t count;
    FILE *trace;
    double began;
    bool ending;
    char line[COMMAND_MAX];
    size_t typed;
};

static double now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* ---- what is told ---- */

static void print_state(const struct bed_printer *p) {
    const struct body *b = &p->body;
    const bool plugged = p->usb ? p->usb->attached : p->listener >= 0;
    (void)printf("\"printer\":\"%s\",\"came_in\":%" PRIu64 ",\"on_paper\":%" PRIu64
                 ",\"held\":%zu,\"plugged\":%s,\"paper\":%s,\"cover\":%s,\"hang\":%s,\"answers\":\"%s\"",
                 b->name, b->came_in, b->on_paper, b->size - b->printed, plugged ? "true" : "false",
                 b->paper_loaded ? "true" : "false", b->cover_open ? "true" : "false", b->hang ? "true" : "false",
                 answers_names[b->answers]);
}

static void tell(void *self, const struct body *b, const char *event) {
    (void)b;
    (void)printf("{\"event\":\"%s\",", event);
    print_state(self);
    (void)printf("}\n");
    (void)fflush(stdout);
}

static const char *status_name(int status) {
    return status == 0            ? "0"
           : status == -EPIPE     ? "-EPIPE"
           : status == -ESHUTDOWN ? "-ESHUTDOWN"
           : status == -ENOENT    ? "-ENOENT"
                                  : "?";
}

static void on_trace(void *self, const struct usb_printer *u, const struct usb_trace_note *n) {
    struct bed *bed = self;
    const struct bed_printer *p = u->body;
    (void)fprintf(bed->trace, "%10.1f ms  %-8s %-11s", now_ms() - bed->began, p ? p->body.name : "?", n->what);
    if (n->endpoint) (void)fprintf(bed->trace, " ep %02x length %5d", n->endpoint, n->urb.length);
    if (n->endpoint && n->what[0] != 'S')
        (void)fprintf(bed->trace, " actual %5d status %s", n->urb.actual, status_name(n->urb.status));
    (void)fprintf(bed->trace, "   (device has taken %" PRIu64 ")\n", u->taken);
}

static void tcp_say(void *self, const void *bytes, size_t size) {
    bed_tcp_say(self, bytes, size);
}

/* ---- commands ---- */

static void leave(struct bed_printer *p, bool power) {
    if (power) tell(p, &p->body, "power");
    if (!p->usb) {
        bed_tcp_leave(p, power);
        return;
    }
    if (power) {
        p->off = true;
        device_forget(p->usb);
    } else
        body_note(&p->body, "unplug");
}

static void plug(struct bed_printer *p) {
    p->off = false;
    body_note(&p->body, "plug");
    if (!p->usb) bed_tcp_listen(p);
    body_owed(&p->body);
}

static void disarm(struct bed_printer *p) {
    p->body.paper_ends_at = p->body.hangs_at = p->leaves_at = 0;
    if (p->usb) p->usb->stall_at = p->usb->short_at = p->usb->vanish_at = 0;
}

static void arm_leaving(struct bed_printer *p, uint64_t n, bool power) {
    p->cut_at_vanish = p->cut_at_leaving = power;
    if (p->usb)
        p->usb->vanish_at = p->usb->taken + n;
    else
        p->leaves_at = p->body.came_in + n;
}

/* Under the bed's lock. False: no such verb. */
static bool obey(struct bed_printer *p, const char *verb, uint64_t n) {
    struct body *b = &p->body;
    const bool is_paper = strncmp(verb, "paper_", 6) == 0;
    for (int a = 0; answers_names[a]; a++)
        if (strcmp(verb, answers_names[a]) == 0) return b->answers = (enum answers)a, body_note(b, verb), body_owed(b), true;
    if (strcmp(verb, "paper_out_after") == 0) return b->paper_ends_at = b->on_paper + n, true;
    if (is_paper || strncmp(verb, "cover_", 6) == 0) {
        if (is_paper)
            b->paper_loaded = strcmp(verb, "paper_in") == 0;
        else
            b->cover_open = strcmp(verb, "cover_open") == 0;
        body_note(b, verb);
        body_looked_after(b);
    } else if (strcmp(verb, "hang_after") == 0)
        b->hangs_at = b->came_in + n;
    else if (strcmp(verb, "hang") == 0 || strcmp(verb, "unhang") == 0)
        b->hang = verb[0] == 'h', body_note(b, verb);
    else if (p->usb && strcmp(verb, "stall_after") == 0)
        p->usb->stall_at = p->usb->taken + n;
    else if (p->usb && strcmp(verb, "short_after") == 0)
        p->usb->short_at = p->usb->taken + n;
    else if (strcmp(verb, "unplug_after") == 0 || strcmp(verb, "power_after") == 0)
        arm_leaving(p, n, verb[0] == 'p');
    else if (strcmp(verb, "unplug") == 0 || strcmp(verb, "power") == 0)
        leave(p, verb[0] == 'p');
    else if (strcmp(verb, "plug") == 0)
        plug(p);
    else if (!p->usb && strcmp(verb, "reset") == 0)
        bed_tcp_reset(p);
    else if (strcmp(verb, "disarm") == 0)
        disarm(p);
    else
        return strcmp(verb, "state") == 0;
    return true;
}

static void command(struct bed *bed, char *line) {
    char name[64] = "", verb[64] = "";
    uint64_t n = 0;
    struct bed_printer *p = NULL;
    (void)sscanf(line, "%63s %63s %" SCNu64, name, verb, &n);
    if (strcmp(name, "quit") == 0) {
        bed->ending = true;
        return;
    }
    for (size_t i = 0; i < bed->count; i++)
        if (strcmp(bed->printers[i].body.name, name) == 0) p = &bed->printers[i];
    bed_lock(bed->usb);
    const bool known = p && obey(p, verb, n);
    bed_unlock(bed->usb);
    if (known && p->usb && (strcmp(verb, "unplug") == 0 || strcmp(verb, "power") == 0)) usb_printer_pull(p->usb);
    if (known && p->usb && strcmp(verb, "plug") == 0) usb_printer_push(p->usb);
    bed_lock(bed->usb); /* one line at a time */
    (void)printf("{\"done\":\"%s\",\"known\":%s", verb, known ? "true" : "false");
    if (known) {
        (void)printf(",");
        print_state(p);
    }
    (void)printf("}\n");
    (void)fflush(stdout);
    bed_unlock(bed->usb);
}

static void read_commands(struct bed *bed) {
    const ssize_t n = read(STDIN_FILENO, bed->line + bed->typed, sizeof bed->line - 1 - bed->typed);
    if (n <= 0) {
        bed->ending = true; /* whoever steered it is gone */
        return;
    }
    bed->typed += (size_t)n;
    char *at = bed->line, *end;
    bed->line[bed->typed] = '\0';
    for (; (end = strchr(at, '\n')); at = end + 1) {
        *end = '\0';
        command(bed, at);
    }
    bed->typed -= (size_t)(at - bed->line);
    memmove(bed->line, at, bed->typed);
}

/* ---- the loop ---- */

static void tick(struct bed *bed, double milliseconds) {
    for (size_t i = 0; i < bed->count; i++) {
        struct bed_printer *p = &bed->printers[i];
        if (!p->off) body_print(&p->body, milliseconds);
        if (p->usb) bed_run(p->usb);
    }
}

static void run(struct bed *bed) {
    double before = now_ms();
    while (!bed->ending) {
        struct pollfd fds[1 + 2 * BED_PRINTERS_MAX] = {{.fd = STDIN_FILENO, .events = POLLIN}};
        for (size_t i = 0; i < bed->count; i++) {
            const struct bed_printer *p = &bed->printers[i];
            fds[1 + 2 * i] = (struct pollfd){.fd = p->usb ? -1 : p->listener, .events = POLLIN};
            fds[2 + 2 * i] = (struct pollfd){.fd = p->usb || body_room(&p->body) == 0 ? -1 : p->client, .events = POLLIN};
        }
        (void)poll(fds, 1 + 2 * bed->count, TICK_MS);
        bed_lock(bed->usb);
        for (size_t i = 0; i < bed->count; i++) {
            if (fds[2 + 2 * i].revents) bed_tcp_read(&bed->printers[i]);
            if (fds[1 + 2 * i].revents) bed_tcp_accept(&bed->printers[i]);
        }
        const double now = now_ms();
        tick(bed, now - before);
        before = now;
        bed_unlock(bed->usb);
        if (fds[0].revents) read_commands(bed);
    }
}

/* ---- the beginning ---- */

static void add_printer(struct bed *bed, const char *folder, char *about) {
    struct bed_printer *p = &bed->printers[bed->count];
    char *kind = strchr(about, '=');
    ck_assert_msg(kind && bed->count < BED_PRINTERS_MAX, "printer_bed: NAME=usb:SERIAL or NAME=tcp:PORT, at most %d",
                  BED_PRINTERS_MAX);
    *kind++ = '\0';
    char *which = strchr(kind, ':');
    ck_assert_ptr_nonnull(which);
    *p = (struct bed_printer){.listener = -1, .client = -1, .port = (uint16_t)strtoul(which + 1, NULL, 10)};
    p->body = (struct body){
        .name = about, .capacity = CAPACITY, .speed = SPEED, .paper_loaded = true, .say = tcp_say, .tell = tell, .self = p};
    body_open(&p->body, folder);
    if (strncmp(kind, "usb", 3) == 0)
        bed_usb_plug(bed->usb, p, which + 1, (int)bed->count + 1);
    else
        bed_tcp_listen(p);
    bed->count++;
}

static void open_bed(struct bed *bed, const char *folder, char *printers) {
    char path[512], *rest = NULL;
    (void)snprintf(path, sizeof path, "%s/trace.log", folder);
    bed->trace = fopen(path, "a");
    ck_assert_ptr_nonnull(bed->trace);
    bed->began = now_ms();
    bed->usb = usb_bed_open();
    usb_bed_trace(bed->usb, on_trace, bed);
    for (char *one = strtok_r(printers, " ", &rest); one; one = strtok_r(NULL, " ", &rest)) add_printer(bed, folder, one);
    gchar *root = umockdev_testbed_get_root_dir(bed->usb->testbed);
    (void)printf("{\"event\":\"ready\",\"root\":\"%s\",\"ports\":{", root);
    for (size_t i = 0, shown = 0; i < bed->count; i++)
        if (!bed->printers[i].usb)
            (void)printf("%s\"%s\":%u", shown++ ? "," : "", bed->printers[i].body.name, bed->printers[i].port);
    (void)printf("}}\n");
    (void)fflush(stdout);
    g_free(root);
}

/* A test only because the emulator below asserts as tests do; what it plays is judged elsewhere. */
START_TEST(the_printers_stand_until_they_are_told_to_go) {
    struct bed *bed = calloc(1, sizeof *bed);
    const char *folder = getenv("BED_FOLDER"), *list = getenv("BED_PRINTERS");
    ck_assert_msg(bed && folder && list, "set BED_FOLDER and BED_PRINTERS");
    char *printers = strdup(list);
    ck_assert_ptr_nonnull(printers);
    open_bed(bed, folder, printers);
    run(bed);
    usb_bed_close(bed->usb);
    for (size_t i = 0; i < bed->count; i++) body_close(&bed->printers[i].body);
    (void)fclose(bed->trace);
    free(printers);
    free(bed);
}
END_TEST

int main(void) {
    Suite *s = suite_create("printer_bed");
    TCase *t = tcase_create("bed");
    tcase_add_test(t, the_printers_stand_until_they_are_told_to_go);
    suite_add_tcase(s, t);
    SRunner *r = srunner_create(s);
    srunner_set_fork_status(r, CK_NOFORK); /* and so without a time limit */
    srunner_run_all(r, CK_SILENT);
    const int failed = srunner_ntests_failed(r);
    if (failed) srunner_print(r, CK_NORMAL);
    srunner_free(r);
    return failed ? 1 : 0;
}
