/* The test page: shows at a glance whether a printer has the right profile. */
#include <inttypes.h>

#include "data/clock.h"
#include "pos/core/receipt.h"

static const struct ticket_style plain = {0}, bold = {.bold = true}, centred = {.align = TICKET_CENTER};

/* A paper of N columns holds the line of N and wraps the next. */
static void put_columns(struct ticket *t) {
    static const char ruler[] = "1234567890123456789012345678901234567890123456789";
    static const int widths[] = {32, 42, 48};
    ticket_text(t, bold, "Columnas: la más larga que cabe en un renglón");
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        ticket_text(t, plain, "%.*s", widths[i], ruler);
        ticket_text(t, plain, "%d columnas", widths[i]);
    }
    ticket_rule(t);
}

static void put_sizes(struct ticket *t) {
    ticket_text(t, bold, "Negrilla");
    ticket_text(t, (struct ticket_style){.underline = true}, "Subrayado");
    ticket_text(t, (struct ticket_style){.reverse = true}, "Invertido");
    ticket_text(t, (struct ticket_style){.height = 2}, "Doble alto");
    ticket_text(t, (struct ticket_style){.width = 2}, "Doble ancho");
    ticket_text(t, (struct ticket_style){.width = 2, .height = 2, .bold = true, .reverse = true, .align = TICKET_CENTER},
                "MESA 12");
    ticket_rule(t);
}

struct ticket *test_ticket(const struct site *site, const struct site_printer *p, int64_t now, struct arena *a) {
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
    ticket_text(t, bold, "Tildes y signos");
    ticket_text(t, plain, "áéíóúüñ ÁÉÍÓÚÜÑ ¿? ¡! « » · — € $ ° ½");
    ticket_text(t, plain, "Piña, maracuyá, ñame, ajíaco, carimañola, titoté");
    ticket_rule(t);
    put_sizes(t);
    put_columns(t);
    ticket_pair(t, plain, "Izquierda", "$ 25.000");
    ticket_qr(t, "https://comanda.example/prueba");
    ticket_feed(t, 1);
    ticket_barcode(t, "COMANDA-128");
    ticket_text(t, centred, "Si esto se lee completo, la impresora está lista");
    ticket_cut(t);
    return t;
}
