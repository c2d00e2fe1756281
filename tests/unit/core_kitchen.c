/* Kitchen tickets: only what changed, once a station, readable, numbered without a gap. */
#include "tests/support/core_fixture.h"

#include <string.h>

#include "data/text.h"
#include "printer/escpos.h"
#include "tests/support/printer_golden.h"

static struct core_fixture f;
static void setup(void) {
    core_fixture_open(&f);
}
static void teardown(void) {
    core_fixture_close(&f);
}

/* The paper of the last send's ticket for a station; NULL when there was none. */
static const char *ticket_of(const char *station, const char *name) {
    for (size_t i = 0; i < f.ticket_count; i++)
        if (strcmp(f.tickets[i].station, station) == 0) return core_paper(&f, f.tickets[i].job, name);
    return NULL;
}
static void check_golden(const char *file, const char *text) {
    ck_assert_ptr_nonnull(text);
    golden_check(file, text, strlen(text));
}
static struct line_id line_at(struct order_id id, size_t index) {
    return core_read(&f, id)->lines[index].id;
}

static struct order_id table_of_four(void) {
    struct order_id id;
    core_ok(&f, core_open(&f, &(struct order_new){.kind = ORDER_TABLE, .table = "mesa-12", .name = "", .covers = 4}, &id));
    return id;
}
static const struct menu_pick no_onion = {.option = "sin-cebolla", .quantity = 1};
static void add_posta(struct order_id id, int32_t quantity, bool onion) {
    core_ok(&f, core_add(&f, id,
                         &(struct order_line_new){
                             .item = "posta", .quantity = quantity, .picks = &no_onion, .pick_count = onion ? 0 : 1, .note = ""},
                         1));
}

START_TEST(a_second_send_prints_only_what_changed) {
    struct order_id id = table_of_four();
    add_posta(id, 2, false);
    core_put(&f, id, "limonada", 1, "");
    core_ok(&f, core_send(&f, id));
    ck_assert_uint_eq(f.ticket_count, 2);
    check_golden("core-kitchen-first.txt", ticket_of("cocina-caliente", "kitchen-first"));
    check_golden("core-bar-first.txt", ticket_of("barra", "bar-first"));

    core_ok(&f, core_void_line(&f, f.manager, id, line_at(id, 0), 1, "Error al marcar"));
    add_posta(id, 1, true);
    core_put(&f, id, "limonada", 2, "");
    core_ok(&f, core_send(&f, id));
    ck_assert_uint_eq(f.ticket_count, 2);
    const char *kitchen = ticket_of("cocina-caliente", "kitchen-second"), *bar = ticket_of("barra", "bar-second");
    data_has(kitchen, "ANULAR 1 POSTA — sin cebolla");
    data_has(kitchen, "+ 1 POSTA\n");
    data_has(bar, "+ 2 LIMONADA\n");
    data_lacks(bar, "POSTA");
    check_golden("core-kitchen-second.txt", kitchen);
    check_golden("core-bar-second.txt", bar);

    core_ok(&f, core_send(&f, id));
    ck_assert_uint_eq(f.ticket_count, 0);
    ck_assert_int_eq(core_int(&f, "SELECT count(*) FROM print_job"), 4);
    ck_assert_int_eq(core_int(&f, "SELECT sends FROM orders"), 2);
}
END_TEST

START_TEST(a_station_without_a_change_gets_no_ticket) {
    struct order_id id = table_of_four();
    core_put(&f, id, "limonada", 1, "");
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, id));
    core_put(&f, id, "limonada", 1, "");
    core_ok(&f, core_send(&f, id));
    ck_assert_uint_eq(f.ticket_count, 1);
    ck_assert_str_eq(f.tickets[0].station, "barra");
}
END_TEST

START_TEST(a_stations_first_ticket_lists_plain_quantities) {
    struct order_id id = table_of_four();
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, id));
    core_put(&f, id, "limonada", 2, "");
    core_ok(&f, core_send(&f, id));
    const char *bar = ticket_of("barra", NULL);
    data_has(bar, "2  LIMONADA");
    data_lacks(bar, "+");
    data_has(bar, "envío 2");
}
END_TEST

START_TEST(sequence_numbers_count_up_by_station_without_a_gap) {
    struct order_id id = table_of_four();
    core_put(&f, id, "almuerzo", 1, "");
    core_put(&f, id, "limonada", 1, "");
    core_ok(&f, core_send(&f, id));
    core_put(&f, id, "limonada", 1, "");
    core_ok(&f, core_send(&f, id));
    ck_assert_int_eq(f.tickets[0].sequence, 2);
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, id));
    ck_assert_int_eq(f.tickets[0].sequence, 2);
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(station || ' ' || sequence) FROM (SELECT * FROM print_job ORDER BY id)"),
                     "cocina-caliente 1,barra 1,barra 2,cocina-caliente 2");
}
END_TEST

START_TEST(three_taps_are_one_row_of_three) {
    struct order_id id = table_of_four();
    for (int i = 0; i < 3; i++) core_put(&f, id, "limonada", 1, "");
    core_ok(&f, core_send(&f, id));
    data_has(ticket_of("barra", NULL), "3  LIMONADA");
}
END_TEST

START_TEST(plates_that_differ_are_rows_of_their_own) {
    struct order_id id = table_of_four();
    add_posta(id, 1, false);
    add_posta(id, 1, true);
    core_put(&f, id, "posta", 1, "término medio");
    add_posta(id, 1, false);
    core_ok(&f, core_send(&f, id));
    const char *text = ticket_of("cocina-caliente", NULL);
    data_has(text, "2  POSTA\n     sin cebolla\n1  POSTA\n1  POSTA\n     término medio\n");
}
END_TEST

START_TEST(the_components_of_a_fixed_price_menu_go_each_to_its_own_station) {
    const struct menu_pick picks[] = {{"e-ceviche", 1}, {"f-caldoso", 1}, {"p-arroz", 1}};
    struct order_id id = table_of_four();
    core_ok(&f, core_add(&f, id,
                         &(struct order_line_new){
                             .item = "menu-fijo", .quantity = 2, .picks = picks, .pick_count = 3, .note = "sin sal"},
                         1));
    ck_assert_int_eq(core_read(&f, id)->totals.gross, 194000); /* 2 × (89.000 + 8.000) */
    core_ok(&f, core_send(&f, id));
    ck_assert_uint_eq(f.ticket_count, 2);
    const char *hot = ticket_of("cocina-caliente", "menu-hot"), *cold = ticket_of("cocina-fria", "menu-cold");
    data_has(hot, "2  ARROZ CALDOSO");
    data_lacks(hot, "CEVICHE");
    data_has(hot, "Fuertes");
    data_has(hot, "sin sal");
    data_has(cold, "2  CEVICHE DE MANGO");
    data_has(cold, "2  ARROZ CON LECHE");
    data_has(cold, "— ENTRADAS —");
    data_has(cold, "— POSTRES —");
    check_golden("core-menu-cold.txt", cold);
}
END_TEST

START_TEST(a_change_to_the_whole_menu_stands_at_every_station) {
    const struct menu_pick picks[] = {{"e-ceviche", 1}, {"f-posta", 1}, {"p-cocadas", 1}, {"sin-sal", 1}};
    struct order_id id = table_of_four();
    core_ok(&f,
            core_add(&f, id,
                     &(struct order_line_new){.item = "menu-fijo", .quantity = 1, .picks = picks, .pick_count = 4, .note = ""},
                     1));
    core_ok(&f, core_send(&f, id));
    data_has(ticket_of("cocina-caliente", NULL), "1  POSTA CARTAGENERA\n     sin sal\n");
    data_has(ticket_of("cocina-fria", NULL), "1  COCADAS\n     sin sal\n");
}
END_TEST

START_TEST(a_voided_menu_is_taken_back_at_every_station) {
    const struct menu_pick picks[] = {{"e-carimanola", 1}, {"f-posta", 1}, {"p-cocadas", 1}};
    struct order_id id = table_of_four();
    core_ok(&f,
            core_add(&f, id,
                     &(struct order_line_new){.item = "menu-fijo", .quantity = 2, .picks = picks, .pick_count = 3, .note = ""},
                     1));
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_void_line(&f, f.manager, id, line_at(id, 0), 1, "Error al marcar"));
    core_ok(&f, core_send(&f, id));
    ck_assert_uint_eq(f.ticket_count, 2);
    const char *hot = ticket_of("cocina-caliente", NULL);
    data_has(hot, "ANULAR 1 CARIMAÑOLA CON SUERO");
    data_has(hot, "ANULAR 1 POSTA CARTAGENERA");
    data_has(ticket_of("cocina-fria", NULL), "ANULAR 1 COCADAS");
}
END_TEST

START_TEST(an_allergy_stands_out_with_what_the_dish_contains) {
    struct order_id id = table_of_four();
    core_put(&f, id, "caldoso", 1, "Alergia: maní");
    core_put(&f, id, "caldoso", 1, "poca sal");
    core_ok(&f, core_send(&f, id));
    const char *text = ticket_of("cocina-caliente", "allergy");
    data_has(text, "ALERGIA: MANÍ");
    data_has(text, "CONTIENE: CAMARÓN, CALAMAR");
    data_has(text, "poca sal");
    data_has(text, "Contiene: camarón, calamar");
    check_golden("core-allergy.txt", text);
}
END_TEST

START_TEST(an_allergen_of_dish_and_extra_is_named_once) {
    struct order_id id = table_of_four();
    const struct menu_pick suero = {.option = "extra-suero", .quantity = 1};
    core_ok(&f,
            core_add(&f, id,
                     &(struct order_line_new){.item = "carimanolas", .quantity = 1, .picks = &suero, .pick_count = 1, .note = ""},
                     1));
    core_ok(&f, core_send(&f, id));
    const char *text = ticket_of("cocina-caliente", NULL);
    data_has(text, "Contiene: leche\n");
    data_lacks(text, "leche, leche");
}
END_TEST

START_TEST(a_held_line_waits_for_its_course) {
    const struct order_line_new lines[] = {{.item = "carimanolas", .quantity = 1, .note = ""},
                                           {.item = "posta", .quantity = 2, .note = "", .hold = true},
                                           {.item = "torta", .quantity = 1, .note = "", .hold = true}};
    struct order_id id = table_of_four();
    core_ok(&f, core_add(&f, id, lines, 3));
    core_ok(&f, core_send(&f, id));
    ck_assert_uint_eq(f.ticket_count, 1);
    data_lacks(ticket_of("cocina-caliente", NULL), "POSTA");
    struct order *o = core_read(&f, id);
    ck_assert(!o->changed);
    ck_assert(o->lines[1].held);
    ck_assert_int_eq(o->lines[1].sent, 0);
    core_ok(&f, core_fire(&f, id, "fuerte"));
    ck_assert_uint_eq(f.ticket_count, 1);
    data_has(ticket_of("cocina-caliente", "fired"), "2 POSTA");
    o = core_read(&f, id);
    ck_assert(!o->lines[1].held);
    ck_assert_int_eq(o->lines[1].sent, 2);
    ck_assert(o->lines[2].held);
    core_ok(&f, core_fire(&f, id, "fuerte"));
    ck_assert_uint_eq(f.ticket_count, 0);
    core_refused(&f, "course_unknown", core_fire(&f, id, "merienda"));
}
END_TEST

START_TEST(what_is_taken_back_is_told_whatever_course_is_fired) {
    const struct order_line_new lines[] = {{.item = "carimanolas", .quantity = 1, .note = ""},
                                           {.item = "torta", .quantity = 1, .note = "", .hold = true}};
    struct order_id id = table_of_four();
    core_ok(&f, core_add(&f, id, lines, 2));
    core_ok(&f, core_send(&f, id));
    core_ok(&f, core_void_line(&f, f.manager, id, line_at(id, 0), 1, "Error al marcar"));
    core_ok(&f, core_fire(&f, id, "postre"));
    ck_assert_uint_eq(f.ticket_count, 2);
    data_has(ticket_of("cocina-caliente", NULL), "ANULAR 1 CARIMAÑOLAS");
}
END_TEST

START_TEST(a_voided_order_tells_each_station_that_knows_of_it_at_once) {
    struct order_id id = table_of_four();
    add_posta(id, 2, false);
    core_put(&f, id, "limonada", 1, "");
    core_ok(&f, core_send(&f, id));
    core_put(&f, id, "torta", 1, ""); /* the cold kitchen never knew */
    core_ok(&f, core_void(&f, f.manager, id, "El cliente se fue"));
    ck_assert_str_eq(core_text(&f, "SELECT group_concat(station || ' ' || sequence) FROM (SELECT * FROM print_job ORDER BY id)"),
                     "cocina-caliente 1,barra 1,cocina-caliente 2,barra 2");
    const char *text = core_paper(&f, (struct job_id){3}, "voided");
    data_has(text, "PEDIDO ANULADO");
    data_has(text, "El cliente se fue");
    data_has(text, "ANULAR 2 POSTA — sin cebolla");
    check_golden("core-voided.txt", text);
}
END_TEST

START_TEST(what_the_kitchen_never_knew_is_not_taken_back_on_paper) {
    struct order_id id = table_of_four();
    core_put(&f, id, "almuerzo", 1, "");
    core_put(&f, id, "torta", 1, "");
    core_ok(&f, core_remove(&f, id, line_at(id, 1)));
    core_ok(&f, core_send(&f, id));
    ck_assert_uint_eq(f.ticket_count, 1);
    ck_assert_str_eq(f.tickets[0].station, "cocina-caliente");
}
END_TEST

START_TEST(an_order_to_take_away_says_so_and_calls_its_number) {
    struct order_id id;
    core_ok(&f, core_open(&f, &(struct order_new){.kind = ORDER_TAKEAWAY, .name = "Señora Peña"}, &id));
    core_put(&f, id, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, id));
    const char *text = ticket_of("cocina-caliente", "takeaway");
    data_has(text, "PEDIDO 1");
    data_has(text, "PARA LLEVAR");
    data_has(text, "SEÑORA PEÑA");
    check_golden("core-takeaway.txt", text);
}
END_TEST

START_TEST(a_trucks_guest_is_called_by_name_or_else_by_number) {
    struct order_id named, numbered;
    f.site->kinds[ORDER_TRUCK] = true;
    f.site->name = "La Cocina de las Segundas Oportunidades"; /* a long name gives way */
    core_ok(&f, core_open(&f, &(struct order_new){.kind = ORDER_TRUCK, .name = "Lupe"}, &named));
    core_put(&f, named, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, named));
    const char *text = ticket_of("cocina-caliente", "truck");
    data_has(text, " LUPE ");
    data_has(text, "Camión  ");
    data_has(text, "Pedido 0001");
    data_lacks(text, "Segundas");
    core_ok(&f, core_open(&f, &(struct order_new){.kind = ORDER_TRUCK, .name = ""}, &numbered));
    core_put(&f, numbered, "almuerzo", 1, "");
    core_ok(&f, core_send(&f, numbered));
    data_has(ticket_of("cocina-caliente", NULL), " PEDIDO 2 ");
}
END_TEST

START_TEST(seats_and_extras_are_on_the_ticket) {
    const struct menu_pick picks[] = {{"extra-suero", 2}, {"titote-aparte", 1}};
    struct order_id id = table_of_four();
    core_ok(&f, core_add(&f, id,
                         &(struct order_line_new){
                             .item = "posta", .quantity = 1, .picks = picks, .pick_count = 2, .note = "", .seat = 3},
                         1));
    core_ok(&f, core_send(&f, id));
    const char *text = ticket_of("cocina-caliente", "extras");
    data_has(text, "titoté aparte");
    data_has(text, "2 × adición de suero");
    data_has(text, "Contiene: leche");
    data_has(text, "Puesto 3");
}
END_TEST

START_TEST(a_job_belongs_to_its_stations_printer_and_the_order) {
    struct order_id id = table_of_four();
    core_put(&f, id, "torta", 1, "");
    core_ok(&f, core_send(&f, id));
    ck_assert_str_eq(
        core_text(&f, "SELECT kind || ' ' || printer || ' ' || station || ' ' || order_id || ' ' || state FROM print_job"),
        "kitchen fria cocina-fria 1 queued");
}
END_TEST

static size_t beeps_in(struct bytes b) { /* ESC B n t */
    for (size_t i = 0; i + 3 < b.size; i++)
        if (b.at[i] == 0x1B && b.at[i + 1] == 'B') return b.at[i + 2];
    return 0;
}

static struct bytes bytes_of_last(const char *profile) {
    struct job job;
    struct bytes bytes;
    struct db *db = db_pool_take(f.till->readers);
    bool ok = job_get(db, f.tickets[0].job.v, f.arena, &job, &f.error);
    db_pool_give(f.till->readers, db);
    core_ok(&f, ok);
    ((struct site_printer *)site_find_printer(f.site, job.printer))->profile = profile;
    core_ok(&f, job_encode(&job, f.site, f.till->profiles, f.arena, &bytes, &f.error));
    return bytes;
}

START_TEST(a_station_beeps_where_the_site_says_so_and_its_printer_can) {
    struct order_id id = table_of_four();
    add_posta(id, 1, true);
    core_ok(&f, core_send(&f, id));
    ck_assert_uint_eq(beeps_in(bytes_of_last("xprinter-xp80")), 0); /* off unless the site asks */
    for (size_t i = 0; i < f.site->station_count; i++) ((struct site_station *)&f.site->stations[i])->beeps = 3;
    add_posta(id, 1, true);
    core_ok(&f, core_send(&f, id));
    struct bytes out = bytes_of_last("xprinter-xp80");
    ck_assert_uint_eq(beeps_in(out), 3);
    ck_assert_mem_eq(out.at + out.size - 4, "\x1B\x42\x03\x03", 4); /* after the cut */
    ck_assert_uint_eq(beeps_in(bytes_of_last("epson-tm-t20iii")), 0);
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_kitchen", setup, teardown,
        DATA_TESTS(
            a_second_send_prints_only_what_changed, a_station_without_a_change_gets_no_ticket,
            a_stations_first_ticket_lists_plain_quantities, sequence_numbers_count_up_by_station_without_a_gap,
            three_taps_are_one_row_of_three, plates_that_differ_are_rows_of_their_own,
            the_components_of_a_fixed_price_menu_go_each_to_its_own_station, a_change_to_the_whole_menu_stands_at_every_station,
            a_voided_menu_is_taken_back_at_every_station, an_allergy_stands_out_with_what_the_dish_contains,
            an_allergen_of_dish_and_extra_is_named_once, a_held_line_waits_for_its_course,
            what_is_taken_back_is_told_whatever_course_is_fired, a_voided_order_tells_each_station_that_knows_of_it_at_once,
            what_the_kitchen_never_knew_is_not_taken_back_on_paper, an_order_to_take_away_says_so_and_calls_its_number,
            a_trucks_guest_is_called_by_name_or_else_by_number, seats_and_extras_are_on_the_ticket,
            a_station_beeps_where_the_site_says_so_and_its_printer_can, a_job_belongs_to_its_stations_printer_and_the_order));
}
