/* A temporary directory for one test. */
#include "tests/support/data_tmp.h"

#include <check.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void data_tmp_make(struct data_tmp *tmp) {
    const char *base = getenv("TMPDIR");
    *tmp = (struct data_tmp){0};
    int n = snprintf(tmp->path, sizeof tmp->path, "%s/comanda-test-XXXXXX", base && base[0] ? base : "/tmp");
    ck_assert_int_lt(n, (int)sizeof tmp->path);
    ck_assert_ptr_nonnull(mkdtemp(tmp->path));
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *ftw) {
    (void)status, (void)type, (void)ftw;
    return remove(path);
}

/* A test may have made a directory read-only; it must go all the same. */
static int allow_one(const char *path, const struct stat *status, int type, struct FTW *ftw) {
    (void)status, (void)ftw;
    return type == FTW_D || type == FTW_DNR ? chmod(path, 0700) : 0;
}

void data_tmp_remove(struct data_tmp *tmp) {
    if (!tmp->path[0]) return;
    nftw(tmp->path, allow_one, 16, FTW_PHYS);
    ck_assert_int_eq(nftw(tmp->path, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
    tmp->path[0] = '\0';
}

const char *data_tmp_join(struct data_tmp *tmp, const char *name) {
    char path[sizeof *tmp->joined];
    int n = snprintf(path, sizeof path, "%s/%s", tmp->path, name);
    ck_assert_int_lt(n, (int)sizeof path);
    size_t turn = tmp->next++ % (sizeof tmp->joined / sizeof *tmp->joined);
    return memcpy(tmp->joined[turn], path, sizeof path);
}

const char *data_tmp_write(struct data_tmp *tmp, const char *name, const void *bytes, size_t size) {
    const char *path = data_tmp_join(tmp, name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
    return path;
}

const char *data_tmp_write_text(struct data_tmp *tmp, const char *name, const char *text) {
    return data_tmp_write(tmp, name, text, strlen(text));
}
