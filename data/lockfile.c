/* The lock file that keeps a second process out of a data directory. */
#include "data/lockfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool lock_path(const char *directory, char *out, size_t size) {
    int n = snprintf(out, size, "%s/comanda.lock", directory);
    return n > 0 && (size_t)n < size;
}

/* Whole file, exclusive. An open-file-description lock and not flock(2): it can be asked about without being taken. */
static struct flock whole_file(void) {
    return (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET};
}

static bool fail_in_use(int fd, const char *directory, struct error *e) {
    char pid[24] = "";
    ssize_t n = pread(fd, pid, sizeof pid - 1, 0);
    pid[n > 0 ? n : 0] = '\0';
    pid[strcspn(pid, "\n")] = '\0';
    close(fd);
    return error_fail(e, ERROR_BUSY, "data_in_use", "%s: in use by another comanda process (pid %s)", directory,
                      pid[0] ? pid : "unknown");
}

bool lockfile_take(const char *directory, int *fd, struct error *e) {
    char path[4096], pid[24];
    if (!lock_path(directory, path, sizeof path)) return error_fail(e, ERROR_INVALID, "path_too_long", "%s: too long", directory);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0) return error_errno(e, errno, "data_unwritable", "opening %s", path);
    struct flock lock = whole_file();
    if (fcntl(file, F_OFD_SETLK, &lock) != 0) {
        if (errno == EAGAIN || errno == EACCES) return fail_in_use(file, directory, e);
        int reason = errno;
        close(file);
        return error_errno(e, reason, "data_unwritable", "locking %s", path);
    }
    int n = snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
    if (ftruncate(file, 0) != 0 || pwrite(file, pid, (size_t)n, 0) != n) {
        int reason = errno ? errno : EIO;
        close(file);
        return error_errno(e, reason, "data_unwritable", "writing %s", path);
    }
    *fd = file;
    return true;
}

void lockfile_release(int fd) {
    /* The file stays: unlinking it would let two processes each lock a file of that name. */
    if (fd >= 0) close(fd);
}

bool lockfile_held(const char *directory) {
    char path[4096];
    if (!lock_path(directory, path, sizeof path)) return false;
    int file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0) file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    struct flock lock = whole_file();
    bool held = fcntl(file, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    close(file);
    return held;
}
