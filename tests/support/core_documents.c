/* Documents on paper of every width. Contract: core_documents.h. */
#include "tests/support/core_documents.h"

#include <stdio.h>
#include <stdlib.h>

#include "pos/core/journal.h"
#include "printer/escpos.h"
#include "printer/paper.h"
#include "tests/support/printer_golden.h"

static const char *const profiles[DOCUMENT_WIDTHS] = {"epson-tm-t20iii", "epson-tm-t88v", "generic-58"};

void documents_open(struct core_fixture *f, int width) {
    static const unsigned char key[32] = "the journal of the golden files";
    core_fixture_prepare(f);
    f->site->menu_file = "tests/support/core_documents_menu.json";
    f->site->precuenta = true;
    ((struct site_station *)f->site->stations)[0].beeps = 2;
    for (size_t i = 0; i < f->site->printer_count; i++) ((struct site_printer *)f->site->printers)[i].profile = profiles[width];
    core_ok(f, journal_key_save(f->tmp.path, data_tmp_join(&f->tmp, "journal.key"), key, &f->error));
    core_fixture_start(f);
    core_fixture_open_shift(f);
}

static struct job read_job(struct core_fixture *f, struct job_id id) {
    struct job job;
    struct db *db = db_pool_take(f->till->readers);
    bool ok = job_get(db, id.v, f->arena, &job, &f->error);
    db_pool_give(f->till->readers, db);
    core_ok(f, ok);
    return job;
}

static void leave_picture(struct core_fixture *f, const char *name, struct bytes png) {
    const char *directory = getenv("COMANDA_TEST_PICTURES");
    if (!directory) return;
    FILE *file = fopen(arena_printf(f->arena, "%s/%s.png", directory, name), "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(png.at, 1, png.size, file), png.size);
    ck_assert_int_eq(fclose(file), 0);
}

void documents_check(struct core_fixture *f, struct job_id id, const char *name) {
    struct job job = read_job(f, id);
    struct bytes bytes = {0}, png = {0};
    struct paper *paper = NULL;
    const struct printer_profile *profile = profile_find(f->till->profiles, site_find_printer(f->site, job.printer)->profile);
    core_ok(f, job_encode(&job, f->site, f->till->profiles, f->arena, &bytes, &f->error));
    core_ok(f, paper_read(bytes, profile, f->arena, &paper, &f->error));
    ck_assert_int_eq(paper->unknown, 0);
    const char *text = arena_printf(f->arena, "%s%s", paper->drawer_kicks ? "[cajón]\n" : "", paper_text(paper, f->arena));
    core_ok(f, paper_png(paper, f->arena, &png, &f->error));
    const char *one = arena_printf(f->arena, "%s-%d", name, profile->columns);
    leave_picture(f, one, png);
    golden_check(arena_printf(f->arena, "documents/%s.txt", one), text, strlen(text));
    golden_check(arena_printf(f->arena, "documents/%s.bin", one), bytes.at, bytes.size);
    golden_picture(arena_printf(f->arena, "documents/%s.png", one), f->arena, png.at, png.size);
}
