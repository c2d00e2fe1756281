/* A bill taken apart: by dishes, by amount, evenly; and what is left of it. */
#include "pos/core/bill_part.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { WAYS_MIN = 2, WAYS_MAX = 50 };

/* ---- the pool ---- */

static struct bill_totals copy_of(const struct bill_totals *t, struct arena *a) {
    struct bill_totals copy = *t;
    copy.lines = ARENA_ARRAY(a, t->line_count + 1, struct bill_line_out);
    copy.taxes = ARENA_ARRAY(a, t->tax_count + 1, struct bill_tax_out);
    for (size_t i = 0; i < t->line_count; i++) copy.lines[i] = t->lines[i];
    for (size_t i = 0; i < t->tax_count; i++) copy.taxes[i] = t->taxes[i];
    return copy;
}

void bill_pool_open(const struct bill_totals *whole, struct arena *a, struct bill_pool *out) {
    *out = (struct bill_pool){.rest = copy_of(whole, a), .from = copy_of(whole, a)};
}

/* From here on a take by amount is a share of what is left now. */
static void mark_from(struct bill_pool *pool) {
    for (size_t i = 0; i < pool->rest.line_count; i++) pool->from.lines[i] = pool->rest.lines[i];
    for (size_t i = 0; i < pool->rest.tax_count; i++) pool->from.taxes[i] = pool->rest.taxes[i];
}

static size_t find_line(const struct bill_totals *t, int64_t line) {
    size_t i = 0;
    while (i < t->line_count && t->lines[i].line != line) i++;
    return i;
}

static size_t find_row(const struct bill_totals *t, const char *category, int32_t rate) {
    size_t i = 0;
    while (i < t->tax_count && (t->taxes[i].rate != rate || !category || strcmp(t->taxes[i].tax, category) != 0)) i++;
    return i;
}

static void add_line(struct bill_line_out *to, const struct bill_line_out *l, int sign) {
    to->quantity += sign * l->quantity;
    to->gross += sign * l->gross;
    to->discount += sign * l->discount;
    to->courtesy += sign * l->courtesy;
    to->net += sign * l->net;
    to->base += sign * l->base;
    to->tax += sign * l->tax;
}

static void add_row(struct bill_tax_out *to, const struct bill_tax_out *x, int sign) {
    to->gross += sign * x->gross;
    to->base += sign * x->base;
    to->amount += sign * x->amount;
}

static void add_sums(struct bill_totals *to, const struct bill_totals *t, int sign) {
    to->gross += sign * t->gross;
    to->discount += sign * t->discount;
    to->courtesy += sign * t->courtesy;
    to->net += sign * t->net;
    to->base += sign * t->base;
    to->tax += sign * t->tax;
    to->tip += sign * t->tip;
    to->due += sign * t->due;
}

static void add_part(struct bill_totals *to, const struct bill_totals *part, int sign) {
    for (size_t i = 0; i < part->line_count; i++) add_line(&to->lines[find_line(to, part->lines[i].line)], &part->lines[i], sign);
    for (size_t i = 0; i < part->tax_count; i++)
        add_row(&to->taxes[find_row(to, part->taxes[i].tax, part->taxes[i].rate)], &part->taxes[i], sign);
    add_sums(to, part, sign);
}

/* Whether a bill is one: nothing negative, every sum the sum of its parts. */
static bool is_sound(const struct bill_totals *t) {
    struct bill_totals sum = {.tip = t->tip, .due = t->net + t->tip};
    for (size_t i = 0; i < t->line_count; i++) {
        const struct bill_line_out *l = &t->lines[i];
        if (l->quantity < 0 || l->courtesy < 0 || l->discount < l->courtesy || l->gross < l->discount || l->base < 0 ||
            l->tax < 0 || l->net != l->gross - l->discount || l->net != l->base + l->tax)
            return false;
        add_sums(&sum,
                 &(struct bill_totals){.gross = l->gross,
                                       .discount = l->discount,
                                       .courtesy = l->courtesy,
                                       .net = l->net,
                                       .base = l->base,
                                       .tax = l->tax},
                 1);
    }
    struct bill_tax_out rows = {0};
    for (size_t i = 0; i < t->tax_count; i++) {
        const struct bill_tax_out *x = &t->taxes[i];
        if (x->base < 0 || x->amount < 0 || x->gross != x->base + x->amount) return false;
        add_row(&rows, x, 1);
    }
    return sum.gross == t->gross && sum.discount == t->discount && sum.courtesy == t->courtesy && sum.net == t->net &&
           sum.base == t->base && sum.tax == t->tax && sum.due == t->due && t->tip >= 0 && rows.gross == t->net &&
           rows.base == t->base && rows.amount == t->tax;
}

bool bill_pool_less(struct bill_pool *pool, const struct bill_totals *gone, struct error *e) {
    for (size_t i = 0; i < gone->line_count; i++)
        if (find_line(&pool->rest, gone->lines[i].line) == pool->rest.line_count)
            return error_fail(e, ERROR_INTERNAL, "bill_mismatch", "line %" PRId64 ": was taken out of a bill that has none such",
                              gone->lines[i].line);
    for (size_t i = 0; i < gone->tax_count; i++)
        if (find_row(&pool->rest, gone->taxes[i].tax, gone->taxes[i].rate) == pool->rest.tax_count)
            return error_fail(e, ERROR_INTERNAL, "bill_mismatch", "tax %s of %d: was taken out of a bill that has none such",
                              gone->taxes[i].tax, gone->taxes[i].rate);
    add_part(&pool->rest, gone, -1);
    if (!is_sound(&pool->rest)) {
        add_part(&pool->rest, gone, 1);
        return error_fail(e, ERROR_INTERNAL, "bill_mismatch",
                          "a part of %" PRId64 " was not in the bill of %" PRId64 " it is from", gone->due, pool->rest.due);
    }
    mark_from(pool);
    return true;
}

/* ---- one take: the shares of every line of the pool, then the taxes that go with them ---- */

struct take {
    struct bill_pool *pool;
    struct bill_line_out *shares;   /* one for each line of the pool, in its order */
    const struct bill_pick **parts; /* the pick by parts of each; NULL: by whole dishes, or not at all */
    size_t *row_of;                 /* the tax row of each */
    money *cut; /* what rounding a line's tax down cut off, in millionths of a millionth of a peso; 0: it can take no peso more */
    money tip;
    bool by_amount;
};

static bool take_begin(struct take *t, struct bill_pool *pool, struct arena *a, struct error *e) {
    size_t n = pool->rest.line_count;
    *t = (struct take){.pool = pool,
                       .shares = ARENA_ARRAY(a, n + 1, struct bill_line_out),
                       .parts = ARENA_ARRAY(a, n + 1, const struct bill_pick *),
                       .row_of = ARENA_ARRAY(a, n + 1, size_t),
                       .cut = ARENA_ARRAY(a, n + 1, money)};
    for (size_t i = 0; i < n; i++) {
        const struct bill_line_out *left = &pool->rest.lines[i];
        t->shares[i] = (struct bill_line_out){.line = left->line, .category = left->category, .rate = left->rate};
        t->row_of[i] = find_row(&pool->rest, left->category, left->rate);
        if (t->row_of[i] == pool->rest.tax_count)
            return error_fail(e, ERROR_INTERNAL, "bill_mismatch", "line %" PRId64 ": its bill has no row of its tax", left->line);
    }
    return true;
}

/* `part` of `whole` of a line. Rounded down, gross never falls below net, nor discount below courtesy, here and in what is left.
 */
static void share_amounts(struct bill_line_out *share, const struct bill_line_out *left, money net, int64_t part, int64_t whole) {
    share->gross = money_share(left->gross, part, whole);
    share->net = net;
    share->discount = share->gross - net;
    share->courtesy = money_share(left->courtesy, share->discount, left->discount);
}

/* The least tax of a share, so that all taken of its line so far have theirs rounded down or one peso more: then base and tax, of
 * what is taken and of what is left, stay >= 0 whatever the line. Answers whether it can have that peso. */
static bool least_tax(struct take *t, size_t at) {
    const struct bill_line_out *from = &t->pool->from.lines[at], *left = &t->pool->rest.lines[at];
    struct bill_line_out *share = &t->shares[at];
    money net = from->net - left->net + share->net, before = from->tax - left->tax;
    money down = money_share(from->tax, net, from->net), cut = money_share_cut(from->tax, net, from->net);
    share->tax = down <= before ? 0 : down - before < share->net ? down - before : share->net;
    bool has_room = cut > 0 && before + share->tax == down && share->tax < share->net;
    t->cut[at] = has_room ? money_share(MONEY_MAX - 1, cut, from->net) + 1 : 0;
    return has_room;
}

/* Some pesos more or less, where lines of a few pesos leave too little room: as far as base and tax stay >= 0. */
static void stretch(struct take *t, size_t row, money more) {
    for (size_t i = 0; i < t->pool->rest.line_count && more != 0; i++) {
        const struct bill_line_out *left = &t->pool->rest.lines[i];
        struct bill_line_out *share = &t->shares[i];
        if (t->row_of[i] != row) continue;
        money net_left = left->net - share->net, least = left->tax > net_left ? left->tax - net_left : 0;
        money most = left->tax < share->net ? left->tax : share->net;
        money to = share->tax + more < least ? least : share->tax + more > most ? most : share->tax + more;
        more -= to - share->tax;
        share->tax = to;
    }
}

/* The tax of one row: half up of all that is taken so far, less what was; then over its lines, the largest cut first. Of dishes
 * the lines' own taxes decide. */
static void share_tax(struct take *t, size_t row) {
    const struct bill_tax_out *from = &t->pool->from.taxes[row], *left = &t->pool->rest.taxes[row];
    size_t n = t->pool->rest.line_count, room = 0;
    money net = from->gross - left->gross, least = from->amount - left->amount;
    for (size_t i = 0; i < n; i++) {
        if (t->row_of[i] != row) continue;
        room += least_tax(t, i);
        net += t->shares[i].net;
        least += t->shares[i].tax;
    }
    money more = money_share_half_up(from->amount, net, from->gross) - least;
    for (; more > 0 && room > 0; more--, room--) {
        size_t largest = n;
        for (size_t i = 0; i < n; i++)
            if (t->row_of[i] == row && t->cut[i] > 0 && (largest == n || t->cut[i] > t->cut[largest])) largest = i;
        t->shares[largest].tax++;
        t->cut[largest] = 0;
    }
    if (t->by_amount) stretch(t, row, more);
}

/* The part is what the shares come to; the pool is left with the rest. */
static void take_end(struct take *t, struct arena *a, struct bill_totals *out) {
    struct bill_totals *rest = &t->pool->rest;
    *out = (struct bill_totals){.tip = t->tip,
                                .lines = ARENA_ARRAY(a, rest->line_count + 1, struct bill_line_out),
                                .taxes = ARENA_ARRAY(a, rest->tax_count + 1, struct bill_tax_out)};
    for (size_t row = 0; row < rest->tax_count; row++) {
        struct bill_tax_out x = {.tax = rest->taxes[row].tax, .name = rest->taxes[row].name, .rate = rest->taxes[row].rate};
        bool any = false;
        share_tax(t, row);
        for (size_t i = 0; i < rest->line_count; i++) {
            struct bill_line_out *share = &t->shares[i];
            if (t->row_of[i] != row) continue;
            share->base = share->net - share->tax;
            add_row(&x, &(struct bill_tax_out){.gross = share->net, .base = share->base, .amount = share->tax}, 1);
            any = any || share->quantity > 0 || share->gross > 0;
        }
        if (any) out->taxes[out->tax_count++] = x;
    }
    for (size_t i = 0; i < rest->line_count; i++) {
        const struct bill_line_out *share = &t->shares[i];
        if (share->quantity == 0 && share->gross == 0) continue;
        out->lines[out->line_count++] = *share;
        add_sums(out,
                 &(struct bill_totals){.gross = share->gross,
                                       .discount = share->discount,
                                       .courtesy = share->courtesy,
                                       .net = share->net,
                                       .base = share->base,
                                       .tax = share->tax},
                 1);
    }
    out->due = out->net + out->tip;
    add_part(rest, out, -1);
}

/* ---- takes ---- */

static bool picked_at(struct error *e, size_t i, const char *member) {
    char field[ERROR_FIELD_MAX];
    snprintf(field, sizeof field, "lines[%zu].%s", i, member);
    return error_at_field(e, field);
}

static bool too_many(const struct bill_pick *p, int64_t left, size_t i, struct error *e) {
    (void)error_fail(e, ERROR_INVALID, "too_many_picked", "line %" PRId64 ": %" PRId64 " of it, but %" PRId64 " left", p->line,
                     p->quantity, left);
    return picked_at(e, i, "quantity");
}

/* Parts of one line: what they are of is said once. */
static bool pick_parts(struct take *t, size_t at, const struct bill_pick *p, size_t i, struct error *e) {
    if (p->of < 1 || t->parts[at] || t->shares[at].quantity > 0) {
        (void)error_fail(e, ERROR_INVALID, "invalid_field", "line %" PRId64 ": is picked once when by parts", p->line);
        return picked_at(e, i, "of");
    }
    t->parts[at] = p;
    return (p->quantity >= 1 && p->quantity <= p->of) || too_many(p, p->of, i, e);
}

static bool pick(struct take *t, const struct bill_pick *picks, size_t n, struct error *e) {
    const struct bill_totals *rest = &t->pool->rest;
    for (size_t i = 0; i < n; i++) {
        size_t at = find_line(rest, picks[i].line);
        if (at == rest->line_count) {
            (void)error_fail(e, ERROR_NOT_FOUND, "line_unknown", "line %" PRId64 ": is not in this bill", picks[i].line);
            return picked_at(e, i, "line");
        }
        int64_t left = rest->lines[at].quantity - t->shares[at].quantity;
        if (picks[i].of != 0 || t->parts[at]) {
            if (!pick_parts(t, at, &picks[i], i, e)) return false;
            continue;
        }
        if (picks[i].quantity < 1 || picks[i].quantity > left) return too_many(&picks[i], left, i, e);
        t->shares[at].quantity += picks[i].quantity;
    }
    return true;
}

/* What of the tip goes with the shares: by what they cost, or by what they would cost where all of it is given away. */
static money tip_of_shares(const struct take *t) {
    const struct bill_totals *rest = &t->pool->rest;
    money net = 0, gross = 0;
    int64_t left = 0;
    for (size_t i = 0; i < rest->line_count; i++) {
        net += t->shares[i].net;
        gross += t->shares[i].gross;
        left += rest->lines[i].quantity > t->shares[i].quantity;
    }
    if (left == 0 && net == rest->net) return rest->tip;
    return rest->net > 0 ? money_share_half_up(rest->tip, net, rest->net) : money_share_half_up(rest->tip, gross, rest->gross);
}

bool bill_take_lines(struct bill_pool *pool, const struct bill_pick *picks, size_t n, bool with_tip, struct arena *a,
                     struct bill_totals *out, struct error *e) {
    struct take t;
    if (!take_begin(&t, pool, a, e) || !pick(&t, picks, n, e)) return false;
    for (size_t i = 0; i < pool->rest.line_count; i++) {
        const struct bill_line_out *left = &pool->rest.lines[i];
        const struct bill_pick *by_parts = t.parts[i];
        int64_t part = by_parts ? by_parts->quantity : t.shares[i].quantity, whole = by_parts ? by_parts->of : left->quantity;
        if (by_parts) t.shares[i].quantity = money_share(left->quantity, part, whole);
        if (part > 0) share_amounts(&t.shares[i], left, money_share(left->net, part, whole), part, whole);
    }
    if (with_tip) t.tip = tip_of_shares(&t);
    mark_from(pool);
    take_end(&t, a, out);
    mark_from(pool);
    return true;
}

/* The net of the part, first over the tax rows, then over the lines of each, so that every row keeps its proportion. */
static bool share_net(struct take *t, money net, struct arena *a, struct error *e) {
    const struct bill_totals *rest = &t->pool->rest;
    money *rows = ARENA_ARRAY(a, rest->tax_count + 1, money), *lines = ARENA_ARRAY(a, rest->line_count + 1, money);
    for (size_t row = 0; row < rest->tax_count; row++) rows[row] = rest->taxes[row].gross;
    if (!money_apportion(net, rows, rest->tax_count, rows, e)) return false;
    for (size_t row = 0; row < rest->tax_count; row++) {
        size_t n = 0;
        for (size_t i = 0; i < rest->line_count; i++)
            if (t->row_of[i] == row) lines[n++] = rest->lines[i].net;
        if (!money_apportion(rows[row], lines, n, lines, e)) return false;
        n = 0;
        for (size_t i = 0; i < rest->line_count; i++)
            if (t->row_of[i] == row) t->shares[i].net = lines[n++];
    }
    return true;
}

bool bill_take_due(struct bill_pool *pool, money due, struct arena *a, struct bill_totals *out, struct error *e) {
    const struct bill_totals *rest = &pool->rest;
    struct take t;
    if (due < 0) return error_fail(e, ERROR_INVALID, "invalid_field", "a part of %" PRId64 ": less than nothing", due);
    if (due > rest->due)
        return error_fail(e, ERROR_INVALID, "amount_over_balance", "a part of %" PRId64 ", but %" PRId64 " is left", due,
                          rest->due);
    if (due == rest->due) {
        bill_take_rest(pool, a, out);
        return true;
    }
    if (!take_begin(&t, pool, a, e)) return false;
    t.by_amount = true;
    t.tip = money_share_half_up(rest->tip, due, rest->due);
    if (!share_net(&t, due - t.tip, a, e)) return false;
    for (size_t i = 0; i < rest->line_count; i++) {
        const struct bill_line_out *left = &rest->lines[i];
        /* What is given away costs nothing that could be its share: it goes by what is due. */
        int64_t part = left->net > 0 ? t.shares[i].net : due, whole = left->net > 0 ? left->net : rest->due;
        t.shares[i].quantity = money_share(left->quantity, part, whole);
        share_amounts(&t.shares[i], left, t.shares[i].net, part, whole);
    }
    take_end(&t, a, out);
    return true;
}

void bill_take_rest(struct bill_pool *pool, struct arena *a, struct bill_totals *out) {
    struct bill_totals *rest = &pool->rest;
    *out = *rest;
    out->lines = ARENA_ARRAY(a, rest->line_count + 1, struct bill_line_out);
    out->taxes = ARENA_ARRAY(a, rest->tax_count + 1, struct bill_tax_out);
    out->line_count = out->tax_count = 0;
    for (size_t i = 0; i < rest->line_count; i++)
        if (rest->lines[i].quantity > 0 || rest->lines[i].gross > 0) out->lines[out->line_count++] = rest->lines[i];
    for (size_t row = 0; row < rest->tax_count; row++) {
        bool any = rest->taxes[row].gross > 0;
        for (size_t i = 0; i < out->line_count && !any; i++)
            any = find_row(rest, out->lines[i].category, out->lines[i].rate) == row;
        if (any) out->taxes[out->tax_count++] = rest->taxes[row];
    }
    add_part(rest, out, -1);
    mark_from(pool);
}

bool bill_split_evenly(const struct bill_totals *whole, size_t ways, struct arena *a, struct bill_totals *out, struct error *e) {
    struct bill_pool pool;
    if (ways < WAYS_MIN || ways > WAYS_MAX)
        return error_fail(e, ERROR_INVALID, "invalid_field", "a bill is split in %d to %d", WAYS_MIN, WAYS_MAX);
    bill_pool_open(whole, a, &pool);
    money each = whole->due / (money)ways, more = whole->due % (money)ways;
    for (size_t i = 0; i + 1 < ways; i++)
        if (!bill_take_due(&pool, each + ((money)i < more), a, &out[i], e)) return false;
    bill_take_rest(&pool, a, &out[ways - 1]);
    return true;
}
