/* The test page: shows at a glance whether a printer has the right profile. */
#include <inttypes.h>

#include "data/clock.h"
#include "data/text.h"
#include "pos/core/receipt.h"

static const struct ticket_style plain = {0}, bold = {.bold = true}, centred = {.align = TICKET_CENTER};

/* As many digits as the profile has columns, the tens below: a unit with fewer breaks it and shows where, one with more leaves
 * the edge white. */
static void put_ruler(struct ticket *t, int32_t columns, struct arena *a) {
    struct text_buffer ones = {.arena = a}, tens = {.arena = a};
    for (int32_t i = 1; i <= columns; i++) {
        text_append_byte(&ones, (uint8_t)('0' + i % 10));
        text_append_byte(&tens, (uint8_t)(i % 10 ? ' ' : '0' + i / 10 % 10));
    }
    ticket_text(t, bold, "Columnas: %" PRId32, columns);
    ticket_text(t, plain, "La regla va de borde a borde:");
    ticket_text(t, plain, "%s", ones.bytes);
    ticket_text(t, plain, "%s", tens.bytes);
    ticket_rule(t);
}

static void put_sizes(struct ticket *t) {
    ticket_text(t, bold, "Letras");
    ticket_text(t, plain, "Normal");
    ticket_text(t, bold, "Negrilla");
    ticket_text(t, (struct ticket_style){.underline = true}, "Subrayado");
    ticket_text(t, (struct ticket_style){.reverse = true}, "Invertido");
    ticket_text(t, (struct ticket_style){.height = 2}, "Doble alto");
    ticket_text(t, (struct ticket_style){.width = 2}, "Doble ancho");
    ticket_text(t, (struct ticket_style){.width = 2, .height = 2}, "Doble");
    ticket_text(t, (struct ticket_style){.width = 2, .height = 2, .bold = true, .reverse = true, .align = TICKET_CENTER},
                "MESA 12");
    ticket_rule(t);
}

static void put_letters(struct ticket *t) {
    ticket_text(t, bold, "Tildes y signos");
    ticket_text(t, plain, "áéíóúüñ ÁÉÍÓÚÜÑ ¿? ¡! « » · — € $ ° ½");
    ticket_text(t, plain, "Piña, maracuyá, ñame, ajíaco, carimañola, titoté");
    ticket_rule(t);
    ticket_text(t, bold, "Páginas de códigos del perfil");
    ticket_text(t, plain, "Donde las tildes salgan mal, el número de esa página no es el de esta impresora.");
    ticket_chart(t);
    ticket_rule(t);
}

static void put_devices(struct ticket *t) {
    ticket_pair(t, plain, "Un valor, a la derecha", "$ 25.000");
    ticket_feed(t, 1);
    ticket_qr(t, "https://comanda.example/prueba");
    ticket_feed(t, 1);
    ticket_barcode(t, "COMANDA-128");
    ticket_feed(t, 1);
    ticket_text(t, centred, "Si todo se lee, la impresora está lista");
    ticket_cut(t);
    ticket_buzzer(t, 1);
}

struct ticket *test_ticket(const struct site *site, const struct site_printer *p, const struct printer_profile *profile,
                           int64_t now, struct arena *a) {
    struct ticket *t = ticket_new(a);
    char time[CLOCK_TEXT_MAX];
    if (site->receipt_logo) ticket_logo(t);
    ticket_text(t, (struct ticket_style){.width = 2, .height = 2, .bold = true, .align = TICKET_CENTER}, "PRUEBA");
    ticket_text(t, centred, "%s", site->name);
    ticket_pair(t, plain, "Impresora", arena_printf(a, "%s (%s)", p->name, p->slug));
    ticket_pair(t, plain, "Perfil", p->profile);
    ticket_pair(t, plain, "Conexión",
                p->transport == TRANSPORT_TCP ? arena_printf(a, "tcp %s:%" PRIu16, p->host ? p->host : "", p->port)
                                              : printer_transport_names[p->transport]);
    ticket_pair(t, plain, "Hora", clock_local(now, "%d/%m/%Y %H:%M:%S", time));
    ticket_rule(t);
    put_ruler(t, profile->columns, a);
    put_sizes(t);
    put_letters(t);
    put_devices(t);
    return t;
}
