/* The bill's arithmetic: discounts, taxes, tips, cash, the limit of a POS document. Every figure worked out by hand. */
#include "pos/core/bill.h"

#include "tests/support/data_suite.h"

static struct arena *arena;
static struct error error;
static void setup(void) {
    arena = arena_open();
}
static void teardown(void) {
    arena_close(arena);
}

static struct bill_totals bill(const struct bill_line_in *lines, size_t n, const struct bill_discount_in *discounts, size_t count,
                               money tip) {
    struct bill_totals t;
    ck_assert_msg(bill_compute(lines, n, discounts, count, tip, arena, &t, &error), "%s", error.message);
    return t;
}
#define LINES(...)                                                                                                               \
    ((const struct bill_line_in[]){__VA_ARGS__}), sizeof((const struct bill_line_in[]){__VA_ARGS__}) / sizeof(struct bill_line_in)

#define INC(mark, n, price)                                                                                                      \
    { .line = (mark), .quantity = (n), .unit_price = (price), .tax = "inc", .tax_name = "INC", .tax_rate = 800 }
#define IVA(mark, n, price)                                                                                                      \
    { .line = (mark), .quantity = (n), .unit_price = (price), .tax = "iva", .tax_name = "IVA", .tax_rate = 1900 }
#define EXC(mark, n, price)                                                                                                      \
    { .line = (mark), .quantity = (n), .unit_price = (price), .tax = "excluido", .tax_name = "Excluido", .tax_rate = 0 }

START_TEST(a_price_is_taken_apart_into_base_and_tax) {
    struct bill_totals t = bill(LINES(INC(1, 1, 25000)), NULL, 0, 0);
    ck_assert_int_eq(t.gross, 25000);
    ck_assert_int_eq(t.net, 25000);
    ck_assert_int_eq(t.base, 23148);
    ck_assert_int_eq(t.tax, 1852);
    ck_assert_int_eq(t.due, 25000);
    ck_assert_uint_eq(t.tax_count, 1);
    ck_assert_str_eq(t.taxes[0].name, "INC");
    ck_assert_int_eq(t.taxes[0].rate, 800);
}
END_TEST

START_TEST(tax_is_of_the_document_not_of_each_line) {
    struct bill_totals t = bill(LINES(INC(1, 1, 8900), INC(2, 1, 8900), INC(3, 1, 8900)), NULL, 0, 0);
    ck_assert_int_eq(t.gross, 26700);
    ck_assert_int_eq(t.base, 24722);
    ck_assert_int_eq(t.tax, 1978);
    /* 1.978 over three equal lines: 659,33 each, the odd peso to the first */
    ck_assert_int_eq(t.lines[0].tax, 660);
    ck_assert_int_eq(t.lines[1].tax, 659);
    ck_assert_int_eq(t.lines[2].tax, 659);
    ck_assert_int_eq(t.lines[0].base, 8240);
    ck_assert_int_eq(t.lines[1].base, 8241);
    ck_assert_int_eq(t.lines[2].base, 8241);
}
END_TEST

START_TEST(three_of_one_line_have_the_same_tax_as_three_lines) {
    struct bill_totals t = bill(LINES(INC(7, 3, 8900)), NULL, 0, 0);
    ck_assert_int_eq(t.base, 24722);
    ck_assert_int_eq(t.tax, 1978);
    ck_assert_int_eq(t.lines[0].line, 7);
    ck_assert_int_eq(t.lines[0].quantity, 3);
    ck_assert_int_eq(t.lines[0].tax, 1978);
}
END_TEST

START_TEST(a_discount_of_the_bill_is_shared_over_lines_and_rates) {
    struct bill_discount_in tenth = {.percent = 1000};
    struct bill_totals t = bill(LINES(INC(1, 1, 54000), IVA(2, 1, 23800), EXC(3, 1, 5000)), &tenth, 1, 0);
    ck_assert_int_eq(t.gross, 82800);
    ck_assert_int_eq(t.discount, 8280);
    ck_assert_int_eq(t.net, 74520);
    ck_assert_int_eq(t.lines[0].discount, 5400);
    ck_assert_int_eq(t.lines[1].discount, 2380);
    ck_assert_int_eq(t.lines[2].discount, 500);
    ck_assert_uint_eq(t.tax_count, 3);
    ck_assert_int_eq(t.taxes[0].gross, 48600);
    ck_assert_int_eq(t.taxes[0].base, 45000);
    ck_assert_int_eq(t.taxes[0].amount, 3600);
    ck_assert_int_eq(t.taxes[1].gross, 21420);
    ck_assert_int_eq(t.taxes[1].base, 18000);
    ck_assert_int_eq(t.taxes[1].amount, 3420);
    ck_assert_int_eq(t.taxes[2].gross, 4500);
    ck_assert_int_eq(t.taxes[2].base, 4500);
    ck_assert_int_eq(t.taxes[2].amount, 0);
    ck_assert_int_eq(t.base, 67500);
    ck_assert_int_eq(t.tax, 7020);
    ck_assert_int_eq(t.due, 74520);
}
END_TEST

START_TEST(an_amount_off_the_bill_adds_up_exactly_over_equal_lines) {
    struct bill_discount_in off = {.amount = 10000};
    struct bill_totals t = bill(LINES(INC(1, 1, 15000), INC(2, 1, 15000), INC(3, 1, 15000)), &off, 1, 0);
    ck_assert_int_eq(t.lines[0].discount, 3334);
    ck_assert_int_eq(t.lines[1].discount, 3333);
    ck_assert_int_eq(t.lines[2].discount, 3333);
    ck_assert_int_eq(t.lines[0].net, 11666);
    ck_assert_int_eq(t.lines[1].net, 11667);
    ck_assert_int_eq(t.lines[2].net, 11667);
    ck_assert_int_eq(t.net, 35000);
    ck_assert_int_eq(t.lines[0].net + t.lines[1].net + t.lines[2].net, 35000);
}
END_TEST

START_TEST(a_line_discount_comes_off_before_the_bills_own) {
    /* 20.000 − 5.000 = 15.000; 10 % of 15.000 + 5.000 is 2.000, shared 1.500 and 500 */
    struct bill_line_in lines[] = {INC(1, 2, 10000), INC(2, 1, 5000)};
    struct bill_discount_in off[] = {{.line = 1, .amount = 5000}, {.percent = 1000}};
    struct bill_totals t = bill(lines, 2, off, 2, 0);
    ck_assert_int_eq(t.gross, 25000);
    ck_assert_int_eq(t.lines[0].discount, 6500);
    ck_assert_int_eq(t.lines[1].discount, 500);
    ck_assert_int_eq(t.discount, 7000);
    ck_assert_int_eq(t.net, 18000);
}
END_TEST

START_TEST(discounts_come_off_in_the_order_given) {
    /* 10.000 less 10 % less 1.000 is 8.000; less 1.000 less 10 % of 9.000 is 8.100 */
    struct bill_discount_in off[] = {{.line = 1, .percent = 1000}, {.line = 1, .amount = 1000}, {.line = 1, .percent = 1000}};
    ck_assert_int_eq(bill(LINES(INC(1, 1, 10000)), off, 2, 0).net, 8000);
    ck_assert_int_eq(bill(LINES(INC(1, 1, 10000)), off + 1, 2, 0).net, 8100);
}
END_TEST

START_TEST(a_courtesy_is_told_apart_from_other_discounts) {
    /* the second dish is given away; 10 % of the 20.000 left is 2.000 */
    struct bill_discount_in off[] = {{.line = 2, .percent = 10000, .courtesy = true}, {.percent = 1000}};
    struct bill_totals t = bill(LINES(INC(1, 1, 20000), INC(2, 1, 6000)), off, 2, 0);
    ck_assert_int_eq(t.discount, 8000);
    ck_assert_int_eq(t.courtesy, 6000);
    ck_assert_int_eq(t.net, 18000);
    ck_assert_int_eq(t.lines[0].discount, 2000);
    ck_assert_int_eq(t.lines[0].courtesy, 0);
    ck_assert_int_eq(t.lines[1].discount, 6000);
    ck_assert_int_eq(t.lines[1].courtesy, 6000);
    ck_assert_int_eq(t.lines[1].net, 0);
    ck_assert_int_eq(t.lines[1].tax, 0);
}
END_TEST

START_TEST(a_courtesy_of_the_bill_is_shared_like_a_discount) {
    struct bill_discount_in half = {.percent = 5000, .courtesy = true};
    struct bill_totals t = bill(LINES(INC(1, 1, 20000), IVA(2, 1, 10001)), &half, 1, 0);
    /* half of 30.001 is 15.000,5 -> 15.001: 10.000,33 and 5.000,67 */
    ck_assert_int_eq(t.courtesy, 15001);
    ck_assert_int_eq(t.discount, 15001);
    ck_assert_int_eq(t.lines[0].courtesy, 10000);
    ck_assert_int_eq(t.lines[1].courtesy, 5001);
}
END_TEST

START_TEST(a_discount_of_nothing_takes_nothing) {
    /* no such line, one taken off again, one given away already, a bill given away already */
    struct bill_discount_in off[] = {{.line = 9, .amount = 500}, {.line = 2, .amount = 500},        {.line = 1, .percent = 10000},
                                     {.line = 1, .amount = 500}, {.amount = 500, .courtesy = true}, {.percent = 1000}};
    struct bill_totals t = bill(LINES(INC(1, 1, 10000), INC(2, 0, 5000)), off, 6, 0);
    ck_assert_int_eq(t.discount, 10000);
    ck_assert_int_eq(t.courtesy, 0);
    ck_assert_int_eq(t.net, 0);
    ck_assert_int_eq(bill(NULL, 0, off, 6, 0).due, 0);
}
END_TEST

START_TEST(a_discount_is_a_share_or_an_amount_and_no_surcharge) {
    static const struct bill_discount_in wrong[] = {
        {.percent = 1000, .amount = 500}, {.percent = -1}, {.amount = -1}, {.line = 1, .percent = 10001}};
    struct bill_totals t;
    struct bill_line_in line = INC(1, 1, 10000);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ck_assert(!bill_compute(&line, 1, &wrong[i], 1, 0, arena, &t, &error));
        ck_assert_str_eq(error.code, "invalid_field");
    }
}
END_TEST

START_TEST(a_line_names_its_tax_row) {
    struct bill_totals t = bill(LINES(INC(1, 1, 10000), IVA(2, 1, 5000)), NULL, 0, 0);
    ck_assert_str_eq(t.lines[1].category, "iva");
    ck_assert_int_eq(t.lines[1].rate, 1900);
}
END_TEST

START_TEST(lines_of_quantity_zero_are_left_out) {
    struct bill_totals t = bill(LINES(INC(1, 0, 25000), INC(2, 1, 25000), IVA(3, 0, 5000)), NULL, 0, 0);
    ck_assert_uint_eq(t.line_count, 1);
    ck_assert_int_eq(t.lines[0].line, 2);
    ck_assert_uint_eq(t.tax_count, 1);
    ck_assert_int_eq(t.due, 25000);
}
END_TEST

START_TEST(a_category_with_two_rates_has_two_tax_rows) {
    struct bill_line_in lines[] = {INC(1, 1, 10800), INC(2, 1, 10500)};
    lines[1].tax_rate = 500;
    struct bill_totals t = bill(lines, 2, NULL, 0, 0);
    ck_assert_uint_eq(t.tax_count, 2);
    ck_assert_int_eq(t.taxes[0].base, 10000); /* by rate */
    ck_assert_int_eq(t.taxes[0].amount, 500);
    ck_assert_int_eq(t.taxes[1].base, 10000);
    ck_assert_int_eq(t.taxes[1].amount, 800);
}
END_TEST

START_TEST(an_empty_bill_is_zero) {
    struct bill_totals t = bill(NULL, 0, NULL, 0, 0);
    ck_assert_int_eq(t.due, 0);
    ck_assert_uint_eq(t.line_count, 0);
    ck_assert_uint_eq(t.tax_count, 0);
}
END_TEST

START_TEST(a_gift_costs_nothing_and_taxes_nothing) {
    struct bill_totals t = bill(LINES(INC(1, 2, 0)), NULL, 0, 0);
    ck_assert_uint_eq(t.line_count, 1);
    ck_assert_int_eq(t.base, 0);
    ck_assert_int_eq(t.tax, 0);
}
END_TEST

START_TEST(a_discount_takes_no_more_than_is_left_and_tells_what_it_took) {
    struct bill_discount_in off[] = {
        {.line = 1, .amount = 10001}, {.amount = 4000}, {.percent = 5000}, {.amount = 700}, {.percent = 1000}};
    struct bill_totals t = bill(LINES(INC(1, 1, 10000), INC(2, 1, 5000)), off, 5, 0);
    /* 10.000 of 10.001; 4.000 of the 5.000 left; half of 1.000; 500 of 700; nothing of nothing */
    const money want[] = {10000, 4000, 500, 500, 0};
    for (size_t i = 0; i < 5; i++) ck_assert_int_eq(t.off[i], want[i]);
    ck_assert_int_eq(t.discount, 15000);
    ck_assert_int_eq(t.due, 0);
}
END_TEST

START_TEST(an_amount_beyond_the_range_is_refused_not_wrapped) {
    struct bill_totals t;
    struct bill_line_in line = INC(1, 1000, 1000000001); /* 1.000.000.001.000 */
    ck_assert(!bill_compute(&line, 1, NULL, 0, 0, arena, &t, &error));
    ck_assert_str_eq(error.code, "amount_too_large");
    ck_assert_int_eq(error.kind, ERROR_INVALID);
    struct bill_line_in two[] = {INC(1, 1, 600000000000), INC(2, 1, 600000000000)};
    ck_assert(!bill_compute(two, 2, NULL, 0, 0, arena, &t, &error));
    ck_assert_str_eq(error.code, "amount_too_large");
    ck_assert(!bill_compute(two, 1, NULL, 0, 400000000001, arena, &t, &error));
    ck_assert_str_eq(error.code, "amount_too_large");
}
END_TEST

START_TEST(the_highest_tip_is_a_tenth_of_the_base_rounded_down) {
    struct bill_totals t = bill(LINES(INC(1, 1, 99025)), NULL, 0, 9169);
    ck_assert_int_eq(t.base, 91690);
    ck_assert_int_eq(t.tax, 7335);
    ck_assert_int_eq(t.due, 108194);
    ck_assert_int_eq(t.net, 99025);
    ck_assert_int_eq(bill_tip_ceiling(&t, 1000), 9169);
    ck_assert_int_eq(bill_tip_ceiling(&(struct bill_totals){.base = 91699}, 1000), 9169);
}
END_TEST

START_TEST(cash_is_rounded_down_to_the_coin) {
    struct bill_cash cash = bill_cash_due(27480, 50);
    ck_assert_int_eq(cash.charged, 27450);
    ck_assert_int_eq(cash.adjustment, -30);
    cash = bill_cash_due(27450, 50);
    ck_assert_int_eq(cash.charged, 27450);
    ck_assert_int_eq(cash.adjustment, 0);
    ck_assert_int_eq(bill_cash_due(49, 50).charged, 0);
}
END_TEST

START_TEST(above_five_uvt_before_taxes_a_document_is_electronic) {
    struct bill_totals at = bill(LINES(INC(1, 1, 282820)), NULL, 0, 0), over = bill(LINES(INC(1, 1, 282821)), NULL, 0, 0);
    ck_assert_int_eq(at.base, 261870);
    ck_assert_int_eq(over.base, 261871);
    ck_assert(!bill_needs_electronic(&at, 52374, 5));
    ck_assert(bill_needs_electronic(&over, 52374, 5));
}
END_TEST

START_TEST(a_tip_never_makes_a_document_electronic) {
    struct bill_totals t = bill(LINES(INC(1, 1, 282820)), NULL, 0, 26187);
    ck_assert_int_eq(t.due, 309007);
    ck_assert(!bill_needs_electronic(&t, 52374, 5));
}
END_TEST

int main(void) {
    return data_suite_run(
        "core_bill", setup, teardown,
        DATA_TESTS(a_price_is_taken_apart_into_base_and_tax, tax_is_of_the_document_not_of_each_line,
                   three_of_one_line_have_the_same_tax_as_three_lines, a_discount_of_the_bill_is_shared_over_lines_and_rates,
                   an_amount_off_the_bill_adds_up_exactly_over_equal_lines, a_line_discount_comes_off_before_the_bills_own,
                   discounts_come_off_in_the_order_given, a_courtesy_is_told_apart_from_other_discounts,
                   a_courtesy_of_the_bill_is_shared_like_a_discount, a_discount_of_nothing_takes_nothing,
                   a_discount_is_a_share_or_an_amount_and_no_surcharge, a_line_names_its_tax_row,
                   lines_of_quantity_zero_are_left_out, a_category_with_two_rates_has_two_tax_rows, an_empty_bill_is_zero,
                   a_gift_costs_nothing_and_taxes_nothing, a_discount_takes_no_more_than_is_left_and_tells_what_it_took,
                   an_amount_beyond_the_range_is_refused_not_wrapped, the_highest_tip_is_a_tenth_of_the_base_rounded_down,
                   cash_is_rounded_down_to_the_coin, above_five_uvt_before_taxes_a_document_is_electronic,
                   a_tip_never_makes_a_document_electronic));
}
