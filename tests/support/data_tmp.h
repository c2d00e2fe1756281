/* A temporary directory for one test: make it in the fixture's setup, remove it with all it holds in its teardown. */
#ifndef COMANDA_TESTS_DATA_TMP_H
#define COMANDA_TESTS_DATA_TMP_H

#include <stddef.h>

struct data_tmp {
    char path[256];      /* absolute, below $TMPDIR or /tmp */
    char joined[8][512]; /* data_tmp_join's, used in turn */
    size_t next;
};

/* Both stop the test when the system refuses. */
void data_tmp_make(struct data_tmp *tmp);
void data_tmp_remove(struct data_tmp *tmp);

/* "DIRECTORY/name"; the last eight answers stay valid. */
const char *data_tmp_join(struct data_tmp *tmp, const char *name);
/* Writes a file in it and answers its path. */
const char *data_tmp_write(struct data_tmp *tmp, const char *name, const void *bytes, size_t size);
const char *data_tmp_write_text(struct data_tmp *tmp, const char *name, const char *text);

#endif
