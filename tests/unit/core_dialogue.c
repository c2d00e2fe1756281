/* Whole dialogues between a dining room and its kitchen: every act, and every ticket that it printed, held against a golden text
 * that reads like a script (tests/golden/dialogues). `make pictures` leaves each station's roll of paper as a picture. */
#include "tests/support/core_fixture.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "data/text.h"
#include "tests/support/printer_golden.h"

static struct core_fixture f;
static struct text_buffer script;
static int64_t seen; /* the last print job that is in the script */

static void setup(void) {
    core_fixture_open(&f);
    script = (struct text_buffer){.arena = f.arena};
    seen = 0;
}
static void teardown(void) {
    core_fixture_close(&f);
}

/* ---- the script ---- */

/* What was done, a minute after the last act, and the kitchen's paper that came of it. */
static void PRINTF_LIKE(1, 2) printed_by(const char *act, ...) {
    va_list args;
    char text[256];
    va_start(args, act);
    vsnprintf(text, sizeof text, act, args);
    va_end(args);
    text_appendf(&script, "%s>>> %s\n", script.size ? "\n" : "", text);
    int64_t last = core_int(&f, "SELECT ifnull(max(id), 0) FROM print_job WHERE kind = 'kitchen'");
    if (last == seen) text_append_text(&script, "(no paper)\n");
    while (seen < last) {
        const char *station = core_text(&f, arena_printf(f.arena, "SELECT station FROM print_job WHERE id = %d", (int)++seen));
        if (station[0]) text_append_text(&script, core_paper(&f, (struct job_id){seen}, NULL));
    }
    f.clock.fixed += 60 * 1000;
}

static void matches(const char *file) {
    golden_check(file, script.bytes, script.size);
}

static void put(struct order_id id, const char *item, int32_t quantity, const char *option, const char *note, bool hold) {
    struct menu_pick pick = {.option = option, .quantity = 1};
    struct order_line_new line = {
        .item = item, .quantity = quantity, .picks = &pick, .pick_count = option != NULL, .note = note, .hold = hold};
    core_ok(&f, core_add(&f, id, &line, 1));
}
static struct order_id table_for(const char *table, int32_t covers) {
    struct order_id id;
    core_ok(&f, core_open(&f, &(struct order_new){.kind = ORDER_TABLE, .table = table, .name = "", .covers = covers}, &id));
    return id;
}
static void send(struct order_id id) {
    core_ok(&f, core_send(&f, id));
}
static void void_one(struct order_id id, size_t line) {
    core_ok(&f, core_void_line(&f, f.manager, id, core_read(&f, id)->lines[line].id, 1, "Error al marcar"));
}

/* ---- ten fingers on one button ---- */

struct finger {
    pthread_t thread;
    struct order_id id;
    size_t tickets;
    bool ok;
};
static bool press(struct act *act, void *self, struct error *e) {
    struct finger *finger = self;
    struct order_ticket *tickets;
    return order_send(act, finger->id, NULL, 0, &tickets, &finger->tickets, e);
}
static void *press_once(void *self) {
    struct finger *finger = self;
    struct arena *a = arena_open();
    struct error e;
    finger->ok = till_do(f.till, f.waiter, a, press, finger, &e);
    arena_close(a);
    return NULL;
}
static void send_ten_times_at_once(struct order_id id) {
    struct finger fingers[10];
    size_t tickets = 0;
    for (size_t i = 0; i < 10; i++) {
        fingers[i] = (struct finger){.id = id};
        ck_assert_int_eq(pthread_create(&fingers[i].thread, NULL, press_once, &fingers[i]), 0);
    }
    for (size_t i = 0; i < 10; i++) {
        ck_assert_int_eq(pthread_join(fingers[i].thread, NULL), 0);
        ck_assert(fingers[i].ok);
        tickets += fingers[i].tickets;
    }
    ck_assert_uint_eq(tickets, 1);
}

/* ---- the dialogues ---- */

START_TEST(additions_voids_courses_and_ten_sends_print_what_changed_and_once) {
    struct order_id id = table_for("mesa-12", 4);
    put(id, "posta", 2, "sin-cebolla", "", false);
    put(id, "limonada", 1, NULL, "", false);
    put(id, "torta", 2, NULL, "con vela", true);
    send(id);
    printed_by("Mesa 12: 2 posta sin cebolla, 1 limonada; 2 torta con vela held. Enviar");

    void_one(id, 0);
    put(id, "posta", 1, NULL, "", false);
    put(id, "limonada", 2, NULL, "", false);
    send(id);
    printed_by("1 posta sin cebolla voided; 1 plain posta more; limonada to 3. Enviar");

    send(id);
    printed_by("Enviar, nothing has changed");

    put(id, "limonada", 1, "sin-hielo", "", false);
    send_ten_times_at_once(id);
    printed_by("1 limonada sin hielo. Enviar, ten times at once");

    core_ok(&f, core_fire(&f, id, "postre"));
    printed_by("The desserts are fired");

    core_ok(&f, core_fire(&f, id, "postre"));
    printed_by("The desserts are fired again");

    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job"), 6);
    matches("dialogues/1-changes.txt");
    core_roll(&f, "cocina-caliente", "dialogue-1-hot-kitchen");
    core_roll(&f, "barra", "dialogue-1-bar");
    core_roll(&f, "cocina-fria", "dialogue-1-cold-kitchen");
}
END_TEST

START_TEST(a_table_that_moves_and_merges_prints_no_food_twice) {
    struct order_id id = table_for("mesa-3", 4);
    put(id, "carimanolas", 2, NULL, "sin suero, por favor", false);
    put(id, "limonada", 1, "sin-hielo", "", false);
    put(id, "posta", 2, NULL, "", true);
    put(id, "caldoso", 1, NULL, "Alergia: maní", true);
    send(id);
    printed_by("Mesa 3: 2 carimañolas sin suero, 1 limonada sin hielo; 2 posta and 1 arroz caldoso held. Enviar");

    core_ok(&f, core_move(&f, id, "mesa-7"));
    printed_by("They move to Mesa 7");

    put(id, "carimanolas", 1, "extra-suero", "", false);
    void_one(id, 0);
    send(id);
    printed_by("1 carimañolas con adición de suero more, 1 without suero voided. Enviar");

    struct order_id other = table_for("mesa-5", 2);
    put(other, "posta", 1, "sin-cebolla", "", true);
    put(other, "almuerzo", 1, NULL, "Alérgica al camarón", false);
    put(other, "limonada", 2, NULL, "", false);
    send(other);
    printed_by("Mesa 5: 1 almuerzo, 2 limonada; 1 posta sin cebolla held. Enviar");

    core_ok(&f, core_merge(&f, id, other));
    printed_by("Mesa 5 joins Mesa 7");

    send(id);
    printed_by("Enviar, nothing has changed");

    core_ok(&f, core_transfer(&f, id, f.cashier.staff));
    printed_by("Another person serves the table");

    core_ok(&f, core_fire(&f, id, "fuerte"));
    printed_by("The main course of all is fired");

    put(id, "torta", 1, NULL, "", false);
    core_ok(&f, core_tip(&f, id, TIP_DECLINED, 0));
    struct json buyer = json_new_object(f.arena); /* over 5 UVT */
    json_set_text(buyer, "name", "Cliente de prueba");
    json_set_text(buyer, "document", "52345678");
    core_ok(&f, core_pay(&f, id, &(struct payment_new){.means = "nequi", .reference = "M1", .buyer = &buyer}));
    printed_by("1 torta, not sent; they pay");

    matches("dialogues/2-moves.txt");
    core_roll(&f, "cocina-caliente", "dialogue-2-hot-kitchen");
    core_roll(&f, "barra", "dialogue-2-bar");
}
END_TEST

int main(void) {
    return data_suite_run("core_dialogue", setup, teardown,
                          DATA_TESTS(additions_voids_courses_and_ten_sends_print_what_changed_and_once,
                                     a_table_that_moves_and_merges_prints_no_food_twice));
}
