/* The virtual printer: whole numbered files, numbering across restarts, and folders that refuse. */
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "printer/transport.h"
#include "tests/support/data_suite.h"
#include "tests/support/data_tmp.h"

static struct data_tmp tmp;
static const struct site_printer caja = {.slug = "caja", .name = "Caja", .transport = TRANSPORT_VIRTUAL};
static struct error e;

static void setup(void) {
    data_tmp_make(&tmp);
}
static void teardown(void) {
    data_tmp_remove(&tmp);
}

static struct transport *fresh(void) {
    struct transport *t;
    ck_assert(transport_new(&caja, tmp.path, &t, &e));
    ck_assert_msg(t->ops->open(t, &e), "%s", e.message);
    return t;
}

static size_t content(const char *name, char *out, size_t size) {
    FILE *file = fopen(data_tmp_join(&tmp, name), "rb");
    ck_assert_msg(file != NULL, "%s is missing", name);
    const size_t n = fread(out, 1, size, file);
    fclose(file);
    return n;
}

START_TEST(a_ticket_becomes_one_numbered_file) {
    char bytes[64];
    size_t accepted = 0;
    struct transport *t = fresh();
    ck_assert(t->ops->send(t, (const uint8_t *)"\x1b@uno\n\0x", 8, &accepted, &e));
    ck_assert_uint_eq(accepted, 8);
    ck_assert(t->ops->send(t, (const uint8_t *)"dos", 3, &accepted, &e));
    ck_assert_uint_eq(accepted, 3);
    t->ops->close(t);
    ck_assert_uint_eq(content("caja/000001.bin", bytes, sizeof bytes), 8);
    ck_assert_mem_eq(bytes, "\x1b@uno\n\0x", 8);
    ck_assert_uint_eq(content("caja/000002.bin", bytes, sizeof bytes), 3);
    ck_assert_mem_eq(bytes, "dos", 3);
    ck_assert_int_ne(access(data_tmp_join(&tmp, "caja/unfinished.tmp"), F_OK), 0);
}
END_TEST

START_TEST(numbers_go_on_after_a_restart) {
    size_t accepted;
    ck_assert_int_eq(mkdir(data_tmp_join(&tmp, "caja"), 0700), 0);
    data_tmp_write_text(&tmp, "caja/000041.bin", "x");
    data_tmp_write_text(&tmp, "caja/notes.txt", "not a ticket");
    data_tmp_write_text(&tmp, "caja/999.bin", "not a ticket either");
    data_tmp_write_text(&tmp, "caja/unfinished.tmp", "what a crash left");
    struct transport *t = fresh();
    ck_assert(t->ops->send(t, (const uint8_t *)"y", 1, &accepted, &e));
    t->ops->close(t);
    t = fresh();
    ck_assert(t->ops->send(t, (const uint8_t *)"z", 1, &accepted, &e));
    t->ops->close(t);
    char bytes[8];
    ck_assert_uint_eq(content("caja/000041.bin", bytes, sizeof bytes), 1);
    ck_assert_int_eq(bytes[0], 'x');
    ck_assert_uint_eq(content("caja/000042.bin", bytes, sizeof bytes), 1);
    ck_assert_int_eq(bytes[0], 'y');
    ck_assert_uint_eq(content("caja/000043.bin", bytes, sizeof bytes), 1);
    ck_assert_int_eq(bytes[0], 'z');
}
END_TEST

START_TEST(it_is_always_ready_and_never_answers_an_id) {
    struct transport_status s;
    bool got = true;
    struct transport *t = fresh();
    ck_assert(t->ops->status(t, 1000, &s, &e));
    ck_assert_int_eq(s.state, TRANSPORT_READY);
    ck_assert(s.known);
    ck_assert(t->ops->await_id(t, "abcd", 1000, &got, &e));
    ck_assert(!got);
    t->ops->close(t);
}
END_TEST

START_TEST(a_folder_that_cannot_be_made_is_named_in_the_error) {
    struct transport *t;
    data_tmp_write_text(&tmp, "caja", "a file where the folder should be");
    ck_assert(transport_virtual(&caja, tmp.path, &t, &e));
    ck_assert(!t->ops->open(t, &e));
    ck_assert_int_eq(e.kind, ERROR_IO);
    ck_assert_str_eq(e.code, "printer_unreachable");
    ck_assert_ptr_nonnull(strstr(e.message, data_tmp_join(&tmp, "caja")));
    size_t accepted = 9;
    ck_assert(!t->ops->send(t, (const uint8_t *)"x", 1, &accepted, &e));
    ck_assert_uint_eq(accepted, 0);
    t->ops->close(t);
}
END_TEST

START_TEST(a_removed_folder_is_made_again) {
    size_t accepted;
    struct transport *t = fresh();
    ck_assert_int_eq(rmdir(data_tmp_join(&tmp, "caja")), 0);
    ck_assert_msg(t->ops->send(t, (const uint8_t *)"x", 1, &accepted, &e), "%s", e.message);
    char bytes[8];
    ck_assert_uint_eq(content("caja/000001.bin", bytes, sizeof bytes), 1);
    t->ops->close(t);
}
END_TEST

START_TEST(a_ticket_that_does_not_fit_the_disk_leaves_nothing_behind) {
    size_t accepted = 9;
    static uint8_t large[1 << 16];
    struct transport *t = fresh();
    const int full = open("/dev/full", O_WRONLY);
    if (full < 0) return; /* the system has no such device */
    close(full);
    ck_assert_int_eq(symlink("/dev/full", data_tmp_join(&tmp, "caja/unfinished.tmp")), 0);
    ck_assert(!t->ops->send(t, large, sizeof large, &accepted, &e));
    ck_assert_uint_eq(accepted, 0);
    ck_assert_ptr_nonnull(strstr(e.message, "No space left"));
    ck_assert_int_ne(access(data_tmp_join(&tmp, "caja/000001.bin"), F_OK), 0);
    ck_assert(t->ops->send(t, large, sizeof large, &accepted, &e)); /* and the next one gets the number */
    ck_assert_int_eq(access(data_tmp_join(&tmp, "caja/000001.bin"), F_OK), 0);
    t->ops->close(t);
}
END_TEST

START_TEST(the_states_have_names) {
    ck_assert_str_eq(transport_state_names[TRANSPORT_READY], "ready");
    ck_assert_str_eq(transport_state_names[TRANSPORT_PAPER_OUT], "paper_out");
    ck_assert_str_eq(transport_state_names[TRANSPORT_COVER_OPEN], "cover_open");
    ck_assert_str_eq(transport_state_names[TRANSPORT_OFFLINE], "offline");
    ck_assert_str_eq(transport_state_names[TRANSPORT_UNPLUGGED], "unplugged");
    ck_assert_str_eq(transport_state_names[TRANSPORT_DENIED], "denied");
    ck_assert_str_eq(transport_state_names[TRANSPORT_FAULT], "fault");
    ck_assert_ptr_null(transport_state_names[TRANSPORT_FAULT + 1]);
}
END_TEST

int main(void) {
    return data_suite_run("printer_virtual", setup, teardown,
                          DATA_TESTS(a_ticket_becomes_one_numbered_file, numbers_go_on_after_a_restart,
                                     it_is_always_ready_and_never_answers_an_id,
                                     a_folder_that_cannot_be_made_is_named_in_the_error, a_removed_folder_is_made_again,
                                     a_ticket_that_does_not_fit_the_disk_leaves_nothing_behind, the_states_have_names));
}
