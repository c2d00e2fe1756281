/* A bill taken apart: by dishes, by amounts, evenly, what was taken before. Every figure worked out by hand. */
#include "pos/core/bill_part.h"

#include "tests/support/data_suite.h"

static struct arena *arena;
static struct error error;
static struct bill_pool pool;
static struct bill_totals part;
static void setup(void) {
    arena = arena_open();
}
static void teardown(void) {
    arena_close(arena);
}

#define INC(mark, n, price)                                                                                                      \
    { .line = (mark), .quantity = (n), .unit_price = (price), .tax = "inc", .tax_name = "INC", .tax_rate = 800 }
#define IVA(mark, n, price)                                                                                                      \
    { .line = (mark), .quantity = (n), .unit_price = (price), .tax = "iva", .tax_name = "IVA", .tax_rate = 1900 }
#define EXC(mark, n, price)                                                                                                      \
    { .line = (mark), .quantity = (n), .unit_price = (price), .tax = "excluido", .tax_name = "Excluido", .tax_rate = 0 }
#define COUNT(type, ...) (sizeof((const type[]){__VA_ARGS__}) / sizeof(type))
#define OFF(...) (&(struct bill_discount_in){__VA_ARGS__})
#define OPEN(tip, discount, ...)                                                                                                 \
    open_pool((const struct bill_line_in[]){__VA_ARGS__}, COUNT(struct bill_line_in, __VA_ARGS__), (discount), (tip))
#define PICK(mark, n)                                                                                                            \
    { .line = (mark), .quantity = (n) }
#define TAKE(with_tip, ...)                                                                                                      \
    bill_take_lines(&pool, (const struct bill_pick[]){__VA_ARGS__}, COUNT(struct bill_pick, __VA_ARGS__), (with_tip), arena,     \
                    &part, &error)
#define ok(call) ck_assert_msg((call), "%s [%s]", error.message, error.code)

static struct bill_totals open_pool(const struct bill_line_in *lines, size_t n, const struct bill_discount_in *discount,
                                    money tip) {
    struct bill_totals t;
    ok(bill_compute(lines, n, discount, discount != NULL, tip, arena, &t, &error));
    bill_pool_open(&t, arena, &pool);
    return t;
}

static void refused(enum error_kind kind, const char *code, const char *field, bool done) {
    ck_assert(!done);
    ck_assert_int_eq(error.kind, kind);
    ck_assert_str_eq(error.code, code);
    ck_assert_str_eq(error.field, field);
}

static void comes_to(const struct bill_totals *t, money gross, money discount, money base, money tax, money tip, money due) {
    ck_assert_int_eq(t->gross, gross);
    ck_assert_int_eq(t->discount, discount);
    ck_assert_int_eq(t->net, gross - discount);
    ck_assert_int_eq(t->base, base);
    ck_assert_int_eq(t->tax, tax);
    ck_assert_int_eq(t->tip, tip);
    ck_assert_int_eq(t->due, due);
}

static void row_is(const struct bill_totals *t, size_t row, const char *name, money gross, money base, money amount) {
    ck_assert_uint_lt(row, t->tax_count);
    ck_assert_str_eq(t->taxes[row].name, name);
    ck_assert_int_eq(t->taxes[row].gross, gross);
    ck_assert_int_eq(t->taxes[row].base, base);
    ck_assert_int_eq(t->taxes[row].amount, amount);
}

static void nothing_left(void) {
    comes_to(&pool.rest, 0, 0, 0, 0, 0, 0);
    for (size_t i = 0; i < pool.rest.line_count; i++) {
        ck_assert_int_eq(pool.rest.lines[i].quantity, 0);
        ck_assert_int_eq(pool.rest.lines[i].gross, 0);
        ck_assert_int_eq(pool.rest.lines[i].net, 0);
        ck_assert_int_eq(pool.rest.lines[i].tax, 0);
    }
    for (size_t i = 0; i < pool.rest.tax_count; i++) ck_assert_int_eq(pool.rest.taxes[i].gross, 0);
}

/* ---- by dishes ---- */

START_TEST(three_dishes_less_an_amount_give_back_exactly_what_was_paid) {
    /* 45.000 − 10.000 = 35.000 = 32.407 + 2.593. A third is 11.666,67 with 864,33 of tax; then half of 23.334 with half of 1.729.
     */
    OPEN(0, OFF(.amount = 10000), INC(1, 3, 15000));
    ok(TAKE(false, PICK(1, 1)));
    comes_to(&part, 15000, 3334, 10802, 864, 0, 11666);
    ok(TAKE(false, PICK(1, 1)));
    comes_to(&part, 15000, 3333, 10802, 865, 0, 11667);
    ok(TAKE(false, PICK(1, 1)));
    comes_to(&part, 15000, 3333, 10803, 864, 0, 11667);
    nothing_left();
}
END_TEST

START_TEST(three_lines_less_an_amount_give_back_exactly_what_was_paid) {
    OPEN(0, OFF(.amount = 10000), INC(1, 1, 15000), INC(2, 1, 15000), INC(3, 1, 15000));
    ok(TAKE(false, PICK(2, 1)));
    comes_to(&part, 15000, 3333, 10802, 865, 0, 11667);
    ok(TAKE(false, PICK(3, 1)));
    comes_to(&part, 15000, 3333, 10803, 864, 0, 11667);
    ok(TAKE(false, PICK(1, 1)));
    comes_to(&part, 15000, 3334, 10802, 864, 0, 11666);
    nothing_left();
}
END_TEST

START_TEST(a_line_taken_whole_keeps_its_own_tax) {
    /* 1.978 over three lines: 660, 659, 659 */
    OPEN(0, NULL, INC(1, 1, 8900), INC(2, 1, 8900), INC(3, 1, 8900));
    ok(TAKE(false, PICK(1, 1)));
    comes_to(&part, 8900, 0, 8240, 660, 0, 8900);
    ok(TAKE(false, PICK(2, 1), PICK(3, 1)));
    comes_to(&part, 17800, 0, 16482, 1318, 0, 17800);
    ck_assert_uint_eq(part.line_count, 2);
    ck_assert_int_eq(part.lines[1].line, 3);
    ck_assert_int_eq(part.lines[1].tax, 659);
    nothing_left();
}
END_TEST

START_TEST(some_of_a_line_take_their_share_and_their_tip) {
    /* 3 × 8.900 + 2 × 5.000 = 36.700 = 33.981 + 2.719, of which the lines have 1.978,13 and 740,87: 1.978 and 741. */
    OPEN(3000, NULL, INC(1, 3, 8900), INC(2, 2, 5000));
    /* 2 × 8.900 + 5.000 = 22.800: tax 2.719 × 22.800 / 36.700 = 1.689,17; tip 3.000 × 22.800 / 36.700 = 1.863,76 */
    ok(TAKE(true, PICK(1, 2), PICK(2, 1)));
    comes_to(&part, 22800, 0, 21111, 1689, 1864, 24664);
    ck_assert_int_eq(part.lines[0].quantity, 2);
    ck_assert_int_eq(part.lines[0].gross, 17800);
    ck_assert_int_eq(part.lines[0].tax, 1319); /* of 1.318,67 and 370,50 */
    ck_assert_int_eq(part.lines[1].tax, 370);
    bill_take_rest(&pool, arena, &part);
    comes_to(&part, 13900, 0, 12870, 1030, 1136, 15036);
    nothing_left();
}
END_TEST

START_TEST(a_line_named_twice_is_taken_as_one) {
    OPEN(0, OFF(.amount = 10000), INC(1, 3, 15000));
    ok(TAKE(false, PICK(1, 1), PICK(1, 1)));
    /* two thirds of 35.000 are 23.333,33; of 2.593 1.728,62 */
    comes_to(&part, 30000, 6667, 21604, 1729, 0, 23333);
    ck_assert_uint_eq(part.line_count, 1);
    ck_assert_int_eq(part.lines[0].quantity, 2);
}
END_TEST

START_TEST(rates_go_with_their_lines) {
    OPEN(0, OFF(.percent = 1000), INC(1, 1, 54000), IVA(2, 1, 23800), EXC(3, 1, 5000));
    ok(TAKE(false, PICK(3, 1), PICK(2, 1)));
    comes_to(&part, 28800, 2880, 22500, 3420, 0, 25920);
    ck_assert_uint_eq(part.tax_count, 2);
    row_is(&part, 0, "IVA", 21420, 18000, 3420);
    row_is(&part, 1, "Excluido", 4500, 4500, 0);
    bill_take_rest(&pool, arena, &part);
    ck_assert_uint_eq(part.tax_count, 1);
    row_is(&part, 0, "INC", 48600, 45000, 3600);
    nothing_left();
}
END_TEST

START_TEST(a_courtesy_goes_with_its_dish) {
    struct bill_discount_in gift = {.line = 2, .percent = 10000, .courtesy = true};
    OPEN(1000, &gift, INC(1, 1, 20000), INC(2, 2, 6000));
    ok(TAKE(true, PICK(2, 1)));
    comes_to(&part, 6000, 6000, 0, 0, 0, 0);
    ck_assert_int_eq(part.courtesy, 6000);
    ck_assert_uint_eq(part.tax_count, 1);
    ok(TAKE(true, PICK(1, 1)));
    comes_to(&part, 20000, 0, 18519, 1481, 1000, 21000);
    bill_take_rest(&pool, arena, &part);
    comes_to(&part, 6000, 6000, 0, 0, 0, 0);
    ck_assert_int_eq(part.courtesy, 6000);
    nothing_left();
}
END_TEST

START_TEST(of_a_bill_given_away_the_tip_goes_by_what_it_would_have_cost) {
    OPEN(900, OFF(.percent = 10000, .courtesy = true), INC(1, 1, 20000), INC(2, 1, 10000));
    ok(TAKE(true, PICK(2, 1)));
    comes_to(&part, 10000, 10000, 0, 0, 300, 300);
    ok(TAKE(true, PICK(1, 1)));
    comes_to(&part, 20000, 20000, 0, 0, 600, 600);
    nothing_left();
}
END_TEST

START_TEST(a_wrong_pick_is_refused_and_takes_nothing) {
    OPEN(500, NULL, INC(1, 2, 10000), INC(2, 1, 5000));
    refused(ERROR_NOT_FOUND, "line_unknown", "lines[1].line", TAKE(true, PICK(1, 1), PICK(9, 1)));
    refused(ERROR_INVALID, "too_many_picked", "lines[0].quantity", TAKE(true, PICK(1, 3)));
    refused(ERROR_INVALID, "too_many_picked", "lines[2].quantity", TAKE(true, PICK(1, 1), PICK(1, 1), PICK(1, 1)));
    refused(ERROR_INVALID, "too_many_picked", "lines[0].quantity", TAKE(true, PICK(1, 0)));
    comes_to(&pool.rest, 25000, 0, 23148, 1852, 500, 25500);
    ok(TAKE(true, PICK(1, 2)));
    refused(ERROR_INVALID, "too_many_picked", "lines[0].quantity", TAKE(true, PICK(1, 1)));
}
END_TEST

/* ---- by amounts ---- */

START_TEST(an_amount_is_a_share_of_every_line_and_rate) {
    OPEN(0, NULL, INC(1, 1, 54000), IVA(2, 1, 23800), EXC(3, 1, 5000));
    /* 30.000 of 82.800: 19.565,22 + 8.623,19 + 1.811,59; taxes 1.449,26 and 1.376,78 */
    ok(bill_take_due(&pool, 30000, arena, &part, &error));
    comes_to(&part, 30000, 0, 27174, 2826, 0, 30000);
    row_is(&part, 0, "INC", 19565, 18116, 1449);
    row_is(&part, 1, "IVA", 8623, 7246, 1377);
    row_is(&part, 2, "Excluido", 1812, 1812, 0);
    ck_assert_int_eq(part.lines[0].quantity, 0);
    bill_take_rest(&pool, arena, &part);
    comes_to(&part, 52800, 0, 47826, 4974, 0, 52800);
    ck_assert_int_eq(part.lines[0].quantity, 1);
    nothing_left();
}
END_TEST

START_TEST(an_amount_holds_its_share_of_the_tip_and_of_the_discount) {
    /* 2 × 30.000 − 10.000 = 50.000 = 46.296 + 3.704; with 4.000 of tip 54.000. Of 13.500, a quarter, 1.000 are tip. */
    OPEN(4000, OFF(.amount = 10000), INC(1, 2, 30000));
    ok(bill_take_due(&pool, 13500, arena, &part, &error));
    comes_to(&part, 15000, 2500, 11574, 926, 1000, 13500);
    ok(bill_take_due(&pool, 40500, arena, &part, &error));
    comes_to(&part, 45000, 7500, 34722, 2778, 3000, 40500);
    ck_assert_int_eq(part.lines[0].quantity, 2);
    nothing_left();
}
END_TEST

START_TEST(the_tip_of_an_amount_rounds_half_up) {
    OPEN(1000, NULL, INC(1, 1, 25000));
    /* 15.000 of 26.000: 576,92 of the tip; 1.852 x 14.423 / 25.000 = 1.068,46 of the tax */
    ok(bill_take_due(&pool, 15000, arena, &part, &error));
    comes_to(&part, 14423, 0, 13355, 1068, 577, 15000);
}
END_TEST

START_TEST(after_dishes_an_amount_is_a_share_of_what_they_left) {
    /* 8 x 7.000 = 56.000 = 51.852 + 4.148, 518,5 each: 519 for the first four, 518 for the others */
    OPEN(0, NULL, INC(1, 1, 7000), INC(2, 1, 7000), INC(3, 1, 7000), INC(4, 1, 7000), INC(5, 1, 7000), INC(6, 1, 7000),
         INC(7, 1, 7000), INC(8, 1, 7000));
    ok(TAKE(false, PICK(1, 1), PICK(2, 1), PICK(3, 1), PICK(4, 1)));
    comes_to(&part, 28000, 0, 25924, 2076, 0, 28000);
    ok(bill_take_due(&pool, 7000, arena, &part, &error)); /* a quarter of 2.072, and nothing made good on it */
    comes_to(&part, 7000, 0, 6482, 518, 0, 7000);
    ck_assert_uint_eq(part.line_count, 4);
}
END_TEST

START_TEST(amounts_one_after_the_other_are_taxed_half_up_of_all_taken_so_far) {
    /* 894 = 751 + 143. 143 x 469 / 894 = 75,02; x 659: 105,41; x 663: 106,05; x 885: 141,56 */
    static const money dues[] = {469, 190, 4, 222, 9}, taxes[] = {75, 30, 1, 36, 1};
    OPEN(0, NULL, IVA(1, 1, 149), IVA(2, 1, 149), IVA(3, 1, 149), IVA(4, 1, 149), IVA(5, 1, 149), IVA(6, 1, 149));
    for (size_t i = 0; i < sizeof dues / sizeof *dues; i++) {
        ok(bill_take_due(&pool, dues[i], arena, &part, &error));
        comes_to(&part, dues[i], 0, dues[i] - taxes[i], taxes[i], 0, dues[i]);
    }
    nothing_left();
}
END_TEST

START_TEST(nothing_due_is_the_whole_of_a_bill_given_away) {
    struct bill_totals whole = OPEN(0, OFF(.percent = 10000, .courtesy = true), INC(1, 2, 20000)), halves[2];
    ok(bill_take_due(&pool, 0, arena, &part, &error));
    comes_to(&part, 40000, 40000, 0, 0, 0, 0);
    ck_assert_int_eq(part.courtesy, 40000);
    nothing_left();
    ok(bill_split_evenly(&whole, 2, arena, halves, &error));
    comes_to(&halves[0], 40000, 40000, 0, 0, 0, 0);
    ck_assert_uint_eq(halves[1].line_count, 0);
}
END_TEST

START_TEST(more_than_is_left_is_refused) {
    OPEN(1000, NULL, INC(1, 1, 25000));
    refused(ERROR_INVALID, "amount_over_balance", "", bill_take_due(&pool, 26001, arena, &part, &error));
    refused(ERROR_INVALID, "invalid_field", "", bill_take_due(&pool, -1, arena, &part, &error));
    ok(bill_take_due(&pool, 0, arena, &part, &error));
    comes_to(&part, 0, 0, 0, 0, 0, 0);
    ck_assert_uint_eq(part.line_count, 0);
    comes_to(&pool.rest, 25000, 0, 23148, 1852, 1000, 26000);
}
END_TEST

START_TEST(what_is_given_away_is_shared_by_what_is_due) {
    OPEN(0, OFF(.line = 2, .percent = 10000, .courtesy = true), INC(1, 1, 20000), INC(2, 4, 2500));
    ok(bill_take_due(&pool, 5000, arena, &part, &error));
    comes_to(&part, 7500, 2500, 4630, 370, 0, 5000);
    ck_assert_int_eq(part.courtesy, 2500);
    ck_assert_int_eq(part.lines[1].quantity, 1);
    ok(bill_take_due(&pool, 15000, arena, &part, &error));
    comes_to(&part, 22500, 7500, 13889, 1111, 0, 15000);
    ck_assert_int_eq(part.lines[1].quantity, 3);
    nothing_left();
}
END_TEST

/* ---- evenly ---- */

START_TEST(a_hundred_thousand_in_three_with_its_tip) {
    struct bill_totals whole = OPEN(9000, NULL, INC(1, 1, 100000)), parts[3];
    ok(bill_split_evenly(&whole, 3, arena, parts, &error));
    comes_to(&parts[0], 33334, 0, 30865, 2469, 3000, 36334);
    comes_to(&parts[1], 33333, 0, 30864, 2469, 3000, 36333);
    comes_to(&parts[2], 33333, 0, 30864, 2469, 3000, 36333);
    ck_assert_int_eq(parts[0].lines[0].quantity, 0);
    ck_assert_int_eq(parts[1].lines[0].quantity, 0);
    ck_assert_int_eq(parts[2].lines[0].quantity, 1);
}
END_TEST

START_TEST(fewer_pesos_than_ways) {
    struct bill_totals whole = OPEN(0, NULL, INC(1, 1, 2)), parts[3];
    ok(bill_split_evenly(&whole, 3, arena, parts, &error));
    ck_assert_int_eq(parts[0].due, 1);
    ck_assert_int_eq(parts[1].due, 1);
    ck_assert_int_eq(parts[2].due, 0);
    ck_assert_int_eq(parts[1].lines[0].quantity, 1);
    ck_assert_uint_eq(parts[2].line_count, 0);
}
END_TEST

START_TEST(one_way_or_fifty_one_are_refused) {
    struct bill_totals whole = OPEN(0, NULL, INC(1, 1, 27000)), parts[51];
    refused(ERROR_INVALID, "invalid_field", "", bill_split_evenly(&whole, 1, arena, parts, &error));
    refused(ERROR_INVALID, "invalid_field", "", bill_split_evenly(&whole, 51, arena, parts, &error));
    ok(bill_split_evenly(&whole, 50, arena, parts, &error));
    for (int i = 0; i < 50; i++) comes_to(&parts[i], 540, 0, 500, 40, 0, 540);
}
END_TEST

START_TEST(the_largest_amount_is_shared_without_a_wrap) {
    struct bill_totals whole = OPEN(0, NULL, INC(1, 1, 1000000000000)), parts[3];
    ok(bill_split_evenly(&whole, 3, arena, parts, &error));
    /* 74.074.074.074 of tax: 24.691.358.024,7 each */
    comes_to(&parts[0], 333333333334, 0, 308641975309, 24691358025, 0, 333333333334);
    comes_to(&parts[1], 333333333333, 0, 308641975309, 24691358024, 0, 333333333333);
    comes_to(&parts[2], 333333333333, 0, 308641975308, 24691358025, 0, 333333333333);
}
END_TEST

/* ---- one after the other ---- */

START_TEST(dishes_first_and_the_rest_evenly) {
    /* 90.000 + 27.000 = 117.000 = 108.333 + 8.667 (6.667 and 2.000); tip 10.000 */
    struct bill_totals thirds[3];
    OPEN(10000, NULL, INC(1, 2, 45000), INC(2, 3, 9000));
    ok(TAKE(true, PICK(2, 3))); /* tip 2.307,69 */
    comes_to(&part, 27000, 0, 25000, 2000, 2308, 29308);
    ok(bill_split_evenly(&pool.rest, 3, arena, thirds, &error)); /* 97.692: 32.564 each; tax 2.222,33 each */
    comes_to(&thirds[0], 30000, 0, 27778, 2222, 2564, 32564);
    comes_to(&thirds[1], 30000, 0, 27777, 2223, 2564, 32564);
    comes_to(&thirds[2], 30000, 0, 27778, 2222, 2564, 32564);
    for (int i = 0; i < 3; i++) {
        ck_assert_uint_eq(thirds[i].line_count, 1);
        ck_assert_int_eq(thirds[i].lines[0].quantity, i > 0);
        ck_assert_uint_eq(thirds[i].tax_count, 1);
    }
}
END_TEST

START_TEST(what_was_given_back_before_is_not_there_again) {
    /* 21.600 + 5.400 = 27.000 = 25.000 + 2.000 (1.600 and 400) */
    struct bill_totals whole = OPEN(0, NULL, INC(1, 2, 10800), INC(2, 1, 5400)), first, second;
    ok(TAKE(false, PICK(1, 1)));
    comes_to(&part, 10800, 0, 10000, 800, 0, 10800);
    first = part;

    bill_pool_open(&whole, arena, &pool);
    ok(bill_pool_less(&pool, &first, &error));
    comes_to(&pool.rest, 16200, 0, 15000, 1200, 0, 16200);
    refused(ERROR_INVALID, "too_many_picked", "lines[0].quantity", TAKE(false, PICK(1, 2)));
    bill_take_rest(&pool, arena, &second);
    comes_to(&second, 16200, 0, 15000, 1200, 0, 16200);

    bill_pool_open(&whole, arena, &pool);
    ok(bill_pool_less(&pool, &first, &error));
    refused(ERROR_INTERNAL, "bill_mismatch", "", bill_pool_less(&pool, &whole, &error));
    comes_to(&pool.rest, 16200, 0, 15000, 1200, 0, 16200);
    ok(bill_pool_less(&pool, &second, &error));
    nothing_left();
    comes_to(&whole, 27000, 0, 25000, 2000, 0, 27000); /* as it was */
}
END_TEST

START_TEST(a_part_of_another_bill_is_a_mismatch) {
    struct bill_totals other = OPEN(0, NULL, INC(9, 1, 1000)), whole = OPEN(0, NULL, INC(1, 2, 10800)), torn = whole;
    refused(ERROR_INTERNAL, "bill_mismatch", "", bill_pool_less(&pool, &other, &error));
    other = OPEN(0, NULL, IVA(1, 1, 1000));
    bill_pool_open(&whole, arena, &pool);
    refused(ERROR_INTERNAL, "bill_mismatch", "", bill_pool_less(&pool, &other, &error));
    torn.tax_count = 0; /* totals and lines, but no row of tax */
    refused(ERROR_INTERNAL, "bill_mismatch", "", bill_pool_less(&pool, &torn, &error));
    comes_to(&pool.rest, 21600, 0, 20000, 1600, 0, 21600);
    whole.lines[0].category = NULL;
    bill_pool_open(&whole, arena, &pool);
    refused(ERROR_INTERNAL, "bill_mismatch", "", TAKE(false, PICK(1, 1)));
}
END_TEST

int main(void) {
    return data_suite_run("core_bill_part", setup, teardown,
                          DATA_TESTS(three_dishes_less_an_amount_give_back_exactly_what_was_paid,
                                     three_lines_less_an_amount_give_back_exactly_what_was_paid,
                                     a_line_taken_whole_keeps_its_own_tax, some_of_a_line_take_their_share_and_their_tip,
                                     a_line_named_twice_is_taken_as_one, rates_go_with_their_lines, a_courtesy_goes_with_its_dish,
                                     of_a_bill_given_away_the_tip_goes_by_what_it_would_have_cost,
                                     a_wrong_pick_is_refused_and_takes_nothing, an_amount_is_a_share_of_every_line_and_rate,
                                     an_amount_holds_its_share_of_the_tip_and_of_the_discount,
                                     the_tip_of_an_amount_rounds_half_up, after_dishes_an_amount_is_a_share_of_what_they_left,
                                     amounts_one_after_the_other_are_taxed_half_up_of_all_taken_so_far,
                                     nothing_due_is_the_whole_of_a_bill_given_away, more_than_is_left_is_refused,
                                     what_is_given_away_is_shared_by_what_is_due, a_hundred_thousand_in_three_with_its_tip,
                                     fewer_pesos_than_ways, one_way_or_fifty_one_are_refused,
                                     the_largest_amount_is_shared_without_a_wrap, dishes_first_and_the_rest_evenly,
                                     what_was_given_back_before_is_not_there_again, a_part_of_another_bill_is_a_mismatch));
}
