/* The kinds of entries in the journal: what each tells, and the members of its detail. */
#include <stddef.h>
#include <string.h>

#include "pos/core/journal.h"

/* clang-format off */
const struct journal_kind journal_kinds[] = {
    /* people */
    {"staff_added", "staff, name, role", "a person joins"},
    {"staff_changed", "staff, name, former_name?, role, former_role?, active, new_pin", "name, role, PIN, or active: left or back"},
    {"signed_in", "staff, device", "a session began; it ends by itself after 16 hours, or with a new PIN"},
    {"signed_out", "staff, device", "it was ended by hand"},
    {"pin_locked", "staff, device, purpose, person_locked?, device_locked?",
     "wrong PINs for staff, at sign_in or approval, locked one or both: {failures, until}"},
    /* the menu, and what there is of it */
    {"menu_published", "version, name, items", "prices and dishes from now on"},
    {"availability_set", "item, available, remaining", "sold out, back, or counted (remaining null: not counted)"},
    /* the shift and its drawer */
    {"numbering_registered", "kind, prefix, from, to, valid_from, valid_until, resolution", "a range, new or corrected"},
    {"shift_opened", "business_day, float", "with the float counted"},
    {"cash_moved", "movement, kind, amount, reason", "kind: in, out, tip_payout"},
    {"drawer_opened", "printer, job, reason", "without a sale; its slip is the job"},
    {"x_printed", "job", "what the drawer should hold was shown on paper"},
    {"shift_closed", "z_number, expected, counted, difference, carried_orders", "the Z; carried_orders stay open"},
    /* orders */
    {"line_removed", "line, item, quantity, amount, reason?", "before the kitchen knew of it"},
    {"line_voided", "line, item, quantity, amount, reason", "after the kitchen knew of it"},
    {"order_voided", "number, amount, reason", "all that was left of it"},
    {"order_moved", "from, to", "to another table"},
    {"order_merged", "from, from_number, from_table?, amount, tip_before?", "stands under the order that took the other in"},
    {"order_transferred", "from, to", "another person serves it"},
    /* the bill */
    {"discount", "discount, kind, line?, percent?, amount, reason", "kind: discount, courtesy; without line: of the check"},
    {"discount_removed", "discount, kind, line?, percent?, amount, reason", "taken off again; reason: why it was given"},
    {"split", "bill, due, parts", "a check taken apart; parts: [{label, due}]"},
    {"unsplit", "checks", "back to one check"},
    {"tip", "answer, amount, before, bill?", "answer: declined, set, unasked; bill: of a check that a split fixed"},
    {"precuenta", "bill, due, job", "what an open check comes to was shown on paper"},
    {"payment", "payment, bill, means, amount, charged, tendered, change, document?, net?, tax?, tip?",
     "from document on: of the check that it closed"},
    {"refund", "refund, number, bill, total, net, tax, tip, means, reopens, reason",
     "means: [{means, amount, charged}]; reopens: all of it, so that the order is sold anew"},
    {"order_reopened", "number, reason", "beside its refunds"},
    /* paper */
    {"reprinted", "job, copy, printer", "a copy, marked as one"},
    {"print_resolved", "job, printed, copy?, printer", "a person's word on paper in doubt"},
    {"printer_paused", "printer", "takes no ticket until it is resumed"},
    {"printer_resumed", "printer", "prints what waited"},
    {"station_routed", "station, from, to, moved", "its tickets go to another printer; moved: of those that waited"},
    {"station_home", "station, from, to, moved", "they go to its own printer again"},
    {NULL, NULL, NULL},
};
/* clang-format on */

const struct journal_kind *journal_kind_find(const char *name) {
    for (const struct journal_kind *k = journal_kinds; k->name; k++)
        if (strcmp(k->name, name) == 0) return k;
    return NULL;
}
