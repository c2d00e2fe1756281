/* The lock file: one process a directory. */
#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/lockfile.h"
#include "tests/support/data_suite.h"
#include "tests/support/data_tmp.h"

static struct data_tmp tmp;

static void setup(void) {
    data_tmp_make(&tmp);
}

static void teardown(void) {
    data_tmp_remove(&tmp);
}

START_TEST(a_second_taker_is_refused_and_told_the_pid) {
    struct error e;
    int fd = -1, second = -1;
    char wanted[64];
    ck_assert_msg(lockfile_take(tmp.path, &fd, &e), "%s", e.message);
    ck_assert(!lockfile_take(tmp.path, &second, &e));
    ck_assert_int_eq(e.kind, ERROR_BUSY);
    ck_assert_str_eq(e.code, "data_in_use");
    snprintf(wanted, sizeof wanted, "(pid %ld)", (long)getpid());
    ck_assert_ptr_nonnull(strstr(e.message, wanted));
    ck_assert_ptr_nonnull(strstr(e.message, tmp.path));
    ck_assert_int_eq(second, -1);
    lockfile_release(fd);
}
END_TEST

START_TEST(a_released_lock_can_be_taken_again) {
    struct error e;
    int fd;
    ck_assert(!lockfile_held(tmp.path));
    ck_assert(lockfile_take(tmp.path, &fd, &e));
    ck_assert(lockfile_held(tmp.path));
    lockfile_release(fd);
    ck_assert(!lockfile_held(tmp.path));
    ck_assert(lockfile_take(tmp.path, &fd, &e));
    lockfile_release(fd);
}
END_TEST

START_TEST(asking_neither_takes_nor_makes_it) {
    struct error e;
    int fd;
    ck_assert(!lockfile_held(tmp.path));
    ck_assert_int_ne(access(data_tmp_join(&tmp, "comanda.lock"), F_OK), 0);
    ck_assert(lockfile_take(tmp.path, &fd, &e));
    ck_assert(lockfile_held(tmp.path));
    ck_assert(lockfile_held(tmp.path));
    lockfile_release(fd);
}
END_TEST

START_TEST(the_lock_of_a_killed_process_is_gone_with_it) {
    struct error e;
    int fd, ready[2];
    char byte = 0;
    ck_assert_int_eq(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        if (!lockfile_take(tmp.path, &fd, &e) || write(ready[1], "x", 1) != 1) _exit(1);
        for (;;) pause();
    }
    close(ready[1]);
    ck_assert_int_eq(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    ck_assert(lockfile_held(tmp.path));
    ck_assert(!lockfile_take(tmp.path, &fd, &e));
    char wanted[64];
    snprintf(wanted, sizeof wanted, "(pid %ld)", (long)child);
    ck_assert_ptr_nonnull(strstr(e.message, wanted));
    ck_assert_int_eq(kill(child, SIGKILL), 0);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    ck_assert(lockfile_take(tmp.path, &fd, &e));
    lockfile_release(fd);
}
END_TEST

START_TEST(a_directory_that_is_not_there_is_named) {
    struct error e;
    int fd;
    ck_assert(!lockfile_take(data_tmp_join(&tmp, "absent"), &fd, &e));
    ck_assert_int_eq(e.kind, ERROR_IO);
    ck_assert_str_eq(e.code, "data_unwritable");
    ck_assert_ptr_nonnull(strstr(e.message, "/absent/comanda.lock: No such file or directory"));
    ck_assert(!lockfile_held(data_tmp_join(&tmp, "absent")));
}
END_TEST

int main(void) {
    return data_suite_run("data_lockfile", setup, teardown,
                          DATA_TESTS(a_second_taker_is_refused_and_told_the_pid, a_released_lock_can_be_taken_again,
                                     asking_neither_takes_nor_makes_it, the_lock_of_a_killed_process_is_gone_with_it,
                                     a_directory_that_is_not_there_is_named));
}
