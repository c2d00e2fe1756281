/* comanda serve: the till, its printers and its door, until it is told to stop. */
#include <arpa/inet.h>
#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "data/log.h"
#include "pos/cli/cli.h"
#include "pos/core/practice.h"
#include "pos/http/door.h"

#define DEFAULT_LISTEN "127.0.0.1:8080"
enum { HOST_MAX = 256, KEEP_BYTES = 16 * 1024 * 1024 };

/* Is this an address that only this machine reaches? What cannot be read is not one. */
static bool is_loopback(const char *listen) {
    char host[HOST_MAX];
    const char *colon = strrchr(listen, ':');
    size_t n = colon ? (size_t)(colon - listen) : strlen(listen);
    if (n > 1 && listen[0] == '[' && listen[n - 1] == ']') listen++, n -= 2;
    if (n == 0 || n >= sizeof host) return false;
    memcpy(host, listen, n);
    host[n] = '\0';
    struct in_addr four;
    struct in6_addr six;
    if (inet_pton(AF_INET, host, &four) == 1) return (ntohl(four.s_addr) >> 24) == 127;
    if (inet_pton(AF_INET6, host, &six) == 1) return IN6_IS_ADDR_LOOPBACK(&six);
    return strcmp(host, "localhost") == 0;
}

/* The disk failed: nothing may be acknowledged any more, and what was is safe. The supervisor starts a new process. */
static void disk_failed(void *self, const struct error *why) {
    (void)self;
    fprintf(stderr, "comanda: %s\n", why->message);
    _exit(CLI_FAILED);
}

/* Before any thread: all of them inherit it, so that only sigwait sees a signal. */
static void hold_signals(sigset_t *stop) {
    sigemptyset(stop);
    sigaddset(stop, SIGTERM);
    sigaddset(stop, SIGINT);
    sigaddset(stop, SIGHUP);
    pthread_sigmask(SIG_BLOCK, stop, NULL);
    signal(SIGPIPE, SIG_IGN);
}

/* The demo's PINs must not open a till that others can reach. */
static bool refuse_open_pins(struct till *t, const char *listen, struct error *e) {
    const char *name;
    if (is_loopback(listen)) return true;
    struct db *db = db_pool_take(t->readers);
    bool ok = staff_demo_pin_open(db, &name, e);
    db_pool_give(t->readers, db);
    if (!ok || !name) return ok;
    return error_fail(
        e, ERROR_DENIED, "demo_people",
        "%s still has the PIN of the demo, which everybody knows: change it (comanda staff pin %s) or listen on 127.0.0.1", name,
        name);
}

/* Every request frees all it took, and glibc would give that back to the kernel only to fault it in again for the next one:
 * half of the writer's time, measured with 20 terminals. Naming the threshold also keeps glibc from moving it by what it happens
 * to see first. */
static void keep_freed_memory(void) {
    mallopt(M_TRIM_THRESHOLD, KEEP_BYTES);
    mallopt(M_MMAP_THRESHOLD, KEEP_BYTES / 16);
}

static bool serve_until_told(struct cli *c, struct till *t, struct till *practice, const char *listen, const sigset_t *stop,
                             struct error *e) {
    struct door *door;
    struct door_options o = {
        .till = t, .practice = practice, .listen = listen, .control = arena_printf(c->arena, "%s/control.sock", t->directory)};
    int signal_number = 0;
    if (!refuse_open_pins(t, listen, e) || !door_open(&o, &door, e)) return false;
    printf("%s: http://%s\n", t->site->name, listen);
    if (t->demo)
        for (size_t i = 0; i < sizeof demo_people / sizeof *demo_people; i++)
            printf("  %-16s %s\n", demo_people[i].name, demo_people[i].pin);
    (void)fflush(stdout);
    malloc_trim(0); /* what only the opening needed */
    while (sigwait(stop, &signal_number) == EINTR) {}
    log_info("stopping: %s", strsignal(signal_number));
    door_close(door);
    return true;
}

/* Its commands are refused from here on; the real till goes on. */
static void practice_failed(void *self, const struct error *why) {
    (void)self;
    log_failure("practice is off until the till is started anew", why);
}

/* NULL: the till sells all the same. */
static struct till *open_practice(struct cli *c, struct till *real) {
    struct error e;
    struct till *practice;
    struct till_options o = {.site = practice_site(real->site, c->arena),
                             .directory = arena_printf(c->arena, "%s/practice", real->directory),
                             .practice_of = real,
                             .demo = real->demo,
                             .print = true,
                             .broken = practice_failed};
    if (till_open(&o, &practice, &e)) return practice;
    log_warning("practice is off: %s [%s]", e.message, e.code);
    return NULL;
}

int cli_serve(struct cli *c) {
    struct error e;
    struct site *site;
    struct till *till;
    const char *directory, *listen = c->listen ? c->listen : DEFAULT_LISTEN;
    sigset_t stop;
    if (c->demo && !is_loopback(listen))
        return cli_usage("--demo is refused on %s: its PINs are known to everybody, so only this machine may reach it", listen);
    if (!cli_site(c, &site, &e)) return cli_fail(&e);
    directory = c->data ? c->data : arena_printf(c->arena, "var/%s", site->slug);
    hold_signals(&stop);
    keep_freed_memory();
    struct till_options o = {.site = site, .directory = directory, .demo = c->demo, .print = true, .broken = disk_failed};
    if (!till_open(&o, &till, &e)) return cli_fail(&e);
    struct till *practice = open_practice(c, till);
    bool ok = serve_until_told(c, till, practice, listen, &stop, &e);
    till_close(practice);
    till_close(till);
    return ok ? CLI_DONE : cli_fail(&e);
}
