/* The journal's secret key: DIRECTORY/journal.key, 64 hexadecimal digits, readable by the owner only.
 * Without it nobody can forge a chain that verifies; kept beside the database, it is to be backed up apart from it. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pos/core/journal.h"

enum { KEY_SIZE = 32, KEY_TEXT = 2 * KEY_SIZE };

static bool key_parse(const char *path, const char *text, size_t size, unsigned char key[KEY_SIZE], struct error *e) {
    size_t got = 0;
    const char *end = NULL;
    bool whole = size >= KEY_TEXT && sodium_hex2bin(key, KEY_SIZE, text, KEY_TEXT, NULL, &got, &end) == 0 && got == KEY_SIZE &&
                 (size == KEY_TEXT || (size == KEY_TEXT + 1 && text[KEY_TEXT] == '\n'));
    return whole || error_fail(e, ERROR_IO, "journal_key_bad", "%s: damaged; restore it from its backup", path);
}

/* *there = false when there is no such file. */
static bool key_read(const char *path, unsigned char key[KEY_SIZE], bool *there, struct error *e) {
    char text[KEY_TEXT + 8];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    *there = fd >= 0;
    if (fd < 0) return errno == ENOENT || error_errno(e, errno, "journal_key_unreadable", "opening %s", path);
    ssize_t n = read(fd, text, sizeof text);
    int problem = errno;
    close(fd);
    if (n < 0) return error_errno(e, problem, "journal_key_unreadable", "reading %s", path);
    bool ok = key_parse(path, text, (size_t)n, key, e);
    sodium_memzero(text, sizeof text);
    return ok;
}

static bool sync_path(const char *path, int flags) {
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0) return false;
    bool ok = fsync(fd) == 0;
    return close(fd) == 0 && ok;
}

/* Under a passing name first: a crash leaves a whole key or none. */
bool journal_key_save(const char *directory, const char *path, const unsigned char key[32], struct error *e) {
    char text[KEY_TEXT + 2], passing[4096];
    sodium_bin2hex(text, KEY_TEXT + 1, key, KEY_SIZE);
    text[KEY_TEXT] = '\n';
    int length = snprintf(passing, sizeof passing, "%s.new", path);
    if (length < 0 || (size_t)length >= sizeof passing) return error_errno(e, ENAMETOOLONG, "journal_key_unwritable", "%s", path);
    int fd = open(passing, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool ok = fd >= 0 && write(fd, text, KEY_TEXT + 1) == KEY_TEXT + 1 && fsync(fd) == 0;
    int problem = errno;
    if (fd >= 0) close(fd);
    sodium_memzero(text, sizeof text);
    if (ok && !(rename(passing, path) == 0 && sync_path(directory, O_RDONLY | O_DIRECTORY))) ok = false, problem = errno;
    return ok || error_errno(e, problem, "journal_key_unwritable", "writing %s", path);
}

bool journal_key_load(const char *directory, bool create, unsigned char key[32], struct error *e) {
    char path[4096];
    bool there;
    if (sodium_init() < 0) return error_fail(e, ERROR_INTERNAL, "no_random", "libsodium cannot start");
    int length = snprintf(path, sizeof path, "%s/journal.key", directory);
    if (length < 0 || (size_t)length >= sizeof path - 8)
        return error_errno(e, ENAMETOOLONG, "journal_key_unreadable", "%s", directory);
    if (!key_read(path, key, &there, e)) return false;
    if (there) return true;
    if (!create)
        return error_fail(e, ERROR_IO, "journal_key_missing",
                          "%s: missing, and the journal has entries made with it; restore it from its backup", path);
    randombytes_buf(key, KEY_SIZE);
    return journal_key_save(directory, path, key, e);
}
