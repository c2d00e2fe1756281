/* Opening the two sockets the door listens on. */
#include "pos/http/listen.h"

#include <errno.h>
#include <netdb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "data/text.h"

enum { WAITING_MAX = 128 };

/* Closes what was opened. */
static bool listen_failed(int fd, struct error *e, const char *where, int why) {
    const char *code = why == EADDRINUSE ? "port_taken" : why == EACCES ? "port_denied" : "cannot_listen";
    if (fd >= 0) close(fd);
    return error_errno(e, why, code, "listening on %s", where);
}

static bool split_address(const char *address, char host[LISTEN_ADDRESS_MAX], char port[8], struct error *e) {
    const char *colon = strrchr(address, ':');
    size_t length = colon ? (size_t)(colon - address) : 0;
    bool bracketed = length > 2 && address[0] == '[' && colon[-1] == ']';
    if (length == 0 || length >= LISTEN_ADDRESS_MAX || strlen(colon + 1) > 5 || colon[1 + strspn(colon + 1, "0123456789")] ||
        !colon[1])
        return error_fail(e, ERROR_INVALID, "bad_address", "%s: not an address and port such as 127.0.0.1:8080", address);
    if (strtol(colon + 1, NULL, 10) > UINT16_MAX)
        return error_fail(e, ERROR_INVALID, "bad_address", "%s: ports go up to %d", address, UINT16_MAX);
    snprintf(host, LISTEN_ADDRESS_MAX, "%.*s", (int)(length - (bracketed ? 2 : 0)), address + (bracketed ? 1 : 0));
    snprintf(port, 8, "%.5s", colon + 1);
    return true;
}

static bool open_found(const struct addrinfo *found, const char *address, int *out, struct error *e) {
    int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), yes = 1;
    if (fd < 0) return listen_failed(fd, e, address, errno);
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, found->ai_addr, found->ai_addrlen) != 0 || listen(fd, WAITING_MAX) != 0)
        return listen_failed(fd, e, address, errno);
    *out = fd;
    return true;
}

static void note_address(const char *host, int fd, char taken[LISTEN_ADDRESS_MAX]) {
    struct sockaddr_storage bound;
    socklen_t size = sizeof bound;
    char port[8] = "0";
    if (getsockname(fd, (struct sockaddr *)&bound, &size) == 0)
        (void)getnameinfo((struct sockaddr *)&bound, size, NULL, 0, port, sizeof port, NI_NUMERICSERV);
    snprintf(taken, LISTEN_ADDRESS_MAX, strchr(host, ':') ? "[%.60s]:%.5s" : "%.62s:%.5s", host, port);
}

bool listen_on_network(const char *address, int *fd, char taken[LISTEN_ADDRESS_MAX], struct error *e) {
    char host[LISTEN_ADDRESS_MAX], port[8];
    if (!split_address(address, host, port, e)) return false;
    struct addrinfo *found, hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
    if (getaddrinfo(host, port, &hints, &found) != 0)
        return error_fail(e, ERROR_INVALID, "bad_address", "%s: not the numbers of an address", address);
    bool good = open_found(found, address, fd, e);
    freeaddrinfo(found);
    if (good) note_address(host, *fd, taken);
    return good;
}

bool listen_on_control(const char *path, int *out, struct error *e) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (!text_copy(address.sun_path, sizeof address.sun_path, path))
        return error_fail(e, ERROR_INVALID, "bad_address", "%s: too long for a Unix socket", path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return listen_failed(fd, e, path, errno);
    (void)unlink(path);
    /* On Linux the file takes its mode from the socket: 0600 from the first moment. */
    if (fchmod(fd, 0600) != 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, WAITING_MAX) != 0)
        return listen_failed(fd, e, path, errno);
    *out = fd;
    return true;
}
