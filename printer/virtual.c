/* The virtual printer: each ticket becomes a file DIRECTORY/SLUG/NNNNNN.bin, durable before it counts as taken.
 *
 * Written beside its name, fsynced, renamed, and the folder fsynced: a file is whole or not there. Numbers go on after a restart.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "printer/transport.h"

enum { PATH_MAX_BYTES = 4096 };

struct virtual_printer {
    struct transport base;
    int folder; /* -1: not open */
    int32_t last;
    char path[PATH_MAX_BYTES];
};

static struct virtual_printer *self_of(struct transport *t) {
    return (struct virtual_printer *)(void *)t;
}

/* The number in a ticket's file name; 0 for any other name. */
static int32_t number_of(const char *name) {
    const size_t digits = strspn(name, "0123456789");
    if (digits < 6 || digits > 9 || strcmp(name + digits, ".bin") != 0) return 0;
    return (int32_t)strtol(name, NULL, 10);
}

static bool cannot(const struct virtual_printer *v, int why, struct error *e) {
    const char *code = why == EACCES || why == EPERM || why == EROFS ? "printer_denied" : "printer_unreachable";
    return error_errno(e, why, code, "virtual printer %s: folder %s", v->base.printer->slug, v->path);
}

static bool make_folders(const char *path) {
    char part[PATH_MAX_BYTES];
    for (size_t i = 1; path[i - 1]; i++) {
        if (path[i] != '/' && path[i] != '\0') continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, 0750) != 0 && errno != EEXIST) return false;
    }
    return true;
}

static bool virtual_open(struct transport *t, struct error *e) {
    struct virtual_printer *v = self_of(t);
    struct stat there, ours;
    if (v->folder >= 0) {
        if (stat(v->path, &there) == 0 && fstat(v->folder, &ours) == 0 && there.st_ino == ours.st_ino) return true;
        close(v->folder); /* removed or replaced under us */
        v->folder = -1;
    }
    if (!make_folders(v->path)) return cannot(v, errno, e);
    const int folder = open(v->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return cannot(v, errno, e);
    if (faccessat(folder, ".", W_OK | X_OK, AT_EACCESS) != 0) {
        const int why = errno;
        close(folder);
        return cannot(v, why, e);
    }
    DIR *all = opendir(v->path);
    if (!all) {
        const int why = errno;
        close(folder);
        return cannot(v, why, e);
    }
    v->last = 0;
    for (const struct dirent *d; (d = readdir(all));) {
        const int32_t n = number_of(d->d_name);
        if (n > v->last) v->last = n;
    }
    closedir(all);
    v->folder = folder;
    v->base.connections++;
    return true;
}

static bool write_all(int fd, const uint8_t *bytes, size_t size) {
    while (size > 0) {
        const ssize_t n = write(fd, bytes, size);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes += n;
        size -= (size_t)n;
    }
    return true;
}

static bool virtual_send(struct transport *t, const uint8_t *bytes, size_t size, size_t *accepted, struct error *e) {
    struct virtual_printer *v = self_of(t);
    *accepted = 0;
    if (!virtual_open(t, e)) return false;
    char name[32];
    static const char unfinished[] = "unfinished.tmp";
    (void)snprintf(name, sizeof name, "%06d.bin", v->last + 1);
    const int fd = openat(v->folder, unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (fd < 0) return cannot(v, errno, e);
    bool ok = write_all(fd, bytes, size) && fsync(fd) == 0;
    int why = ok ? 0 : errno;
    if (close(fd) != 0 && ok) ok = false, why = errno;
    if (ok && renameat(v->folder, unfinished, v->folder, name) != 0) ok = false, why = errno;
    if (!ok) {
        (void)unlinkat(v->folder, unfinished, 0);
        return cannot(v, why, e);
    }
    v->last++;
    *accepted = size; /* the file has its name: from here on it may be seen, whatever fsync says */
    if (fsync(v->folder) != 0) return cannot(v, errno, e);
    return true;
}

static bool virtual_status(struct transport *t, int timeout_ms, struct transport_status *out, struct error *e) {
    (void)timeout_ms;
    if (!virtual_open(t, e)) return false;
    *out = transport_because(CAUSE_NONE, true);
    return true;
}

static bool virtual_await_id(struct transport *t, const char id[4], int timeout_ms, bool *got, struct error *e) {
    (void)t, (void)id, (void)timeout_ms, (void)e;
    *got = false;
    return true;
}

static bool virtual_await_ordered(struct transport *t, int timeout_ms, bool *got, struct error *e) {
    (void)t, (void)timeout_ms, (void)e;
    *got = false;
    return true;
}

static void virtual_close(struct transport *t) {
    struct virtual_printer *v = self_of(t);
    if (v->folder >= 0) close(v->folder);
    free(v);
}

static const struct transport_ops virtual_ops = {virtual_open,          virtual_send,  virtual_status, virtual_await_id,
                                                virtual_await_ordered, virtual_close, transport_rest};

bool transport_virtual(const struct site_printer *p, const char *directory, struct transport **out, struct error *e) {
    struct virtual_printer *v = calloc(1, sizeof *v);
    if (!v) return error_fail(e, ERROR_INTERNAL, "out_of_memory", "printer %s: no memory", p->slug);
    v->base = (struct transport){.ops = &virtual_ops, .printer = p, .wake = -1, .realtime = true};
    v->folder = -1;
    const int n = snprintf(v->path, sizeof v->path, "%s/%s", directory, p->slug);
    if (n < 0 || (size_t)n >= sizeof v->path) {
        free(v);
        return error_fail(e, ERROR_INVALID, "path_too_long", "printer %s: the path of its folder is too long", p->slug);
    }
    *out = &v->base;
    return true;
}
