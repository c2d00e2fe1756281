/* LD_PRELOADed by `make bench`: a disk whose sync takes SLOW_SYNC_US microseconds longer, as that of a cheap till does.
 *
 * Both sides of a ratio run on it. A sleep stands for the time that flash takes to write; it costs no processor, as there. */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int fdatasync(int fd) {
    static int (*sync_now)(int);
    static long us = -1;
    if (us < 0) { /* two threads may both look it up: they find the same */
        const char *text = getenv("SLOW_SYNC_US");
        void *found = dlsym(RTLD_NEXT, "fdatasync");
        memcpy(&sync_now, &found, sizeof found); /* ISO C has no cast from an object's address to a function's */
        us = text ? strtol(text, NULL, 10) : 0;
    }
    nanosleep(&(struct timespec){.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000}, NULL);
    return sync_now(fd);
}
