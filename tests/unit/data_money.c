/* Money: rounding, tax, apportioning, and where amounts end. The numbered examples are those of the rules (section 2). */
#include <check.h>

#include "data/money.h"
#include "tests/support/data_suite.h"

START_TEST(half_up_rounds_at_the_half_and_not_below) {
    ck_assert_int_eq(money_half_up(0, 7), 0);
    ck_assert_int_eq(money_half_up(1, 2), 1);
    ck_assert_int_eq(money_half_up(49, 100), 0);
    ck_assert_int_eq(money_half_up(50, 100), 1);
    ck_assert_int_eq(money_half_up(149, 100), 1);
    ck_assert_int_eq(money_half_up(150, 100), 2);
    ck_assert_int_eq(money_half_up(1, 3), 0);
    ck_assert_int_eq(money_half_up(2, 3), 1);
    ck_assert_int_eq(money_half_up(3, 3), 1);
}
END_TEST

START_TEST(half_up_survives_the_largest_numbers) {
    ck_assert_int_eq(money_half_up(INT64_MAX, 1), INT64_MAX);
    ck_assert_int_eq(money_half_up(INT64_MAX, INT64_MAX), 1);
    ck_assert_int_eq(money_half_up(INT64_MAX - 1, INT64_MAX), 1);
    ck_assert_int_eq(money_half_up(INT64_MAX / 2, INT64_MAX), 0);
    ck_assert_int_eq(money_half_up(INT64_MAX / 2 + 1, INT64_MAX), 1);
}
END_TEST

START_TEST(example_1_a_price_is_taken_apart_into_base_and_tax) {
    struct money_parts p = money_split_tax(25000, 800);
    ck_assert_int_eq(p.base, 23148);
    ck_assert_int_eq(p.tax, 1852);
}
END_TEST

START_TEST(example_2_tax_is_of_the_sum_and_not_of_each_line) {
    struct error e;
    money gross;
    ck_assert(money_times(8900, 3, &gross, &e));
    struct money_parts p = money_split_tax(gross, 800);
    ck_assert_int_eq(gross, 26700);
    ck_assert_int_eq(p.base, 24722);
    ck_assert_int_eq(p.tax, 1978);
    ck_assert_int_eq(3 * money_split_tax(8900, 800).tax, 1977);
}
END_TEST

START_TEST(example_3_ten_percent_off_three_rates) {
    ck_assert_int_eq(money_percent(54000, 1000), 5400);
    ck_assert_int_eq(money_percent(23800, 1000), 2380);
    ck_assert_int_eq(money_percent(5000, 1000), 500);
    struct money_parts food = money_split_tax(48600, 800), shirt = money_split_tax(21420, 1900),
                       excluded = money_split_tax(4500, 0);
    ck_assert_int_eq(food.base, 45000);
    ck_assert_int_eq(food.tax, 3600);
    ck_assert_int_eq(shirt.base, 18000);
    ck_assert_int_eq(shirt.tax, 3420);
    ck_assert_int_eq(excluded.base, 4500);
    ck_assert_int_eq(excluded.tax, 0);
}
END_TEST

START_TEST(example_3_the_discount_shared_by_weight_is_the_same) {
    struct error e;
    money parts[3];
    ck_assert(money_apportion(8280, (money[]){54000, 23800, 5000}, 3, parts, &e));
    ck_assert_int_eq(parts[0], 5400);
    ck_assert_int_eq(parts[1], 2380);
    ck_assert_int_eq(parts[2], 500);
}
END_TEST

START_TEST(example_4_equal_lines_share_a_discount_the_earlier_getting_more) {
    struct error e;
    money parts[3];
    ck_assert(money_apportion(10000, (money[]){15000, 15000, 15000}, 3, parts, &e));
    ck_assert_int_eq(parts[0], 3334);
    ck_assert_int_eq(parts[1], 3333);
    ck_assert_int_eq(parts[2], 3333);
}
END_TEST

START_TEST(tip_example_base_and_ceiling) {
    struct money_parts p = money_split_tax(99025, 800);
    ck_assert_int_eq(p.base, 91690);
    ck_assert_int_eq(p.tax, 7335);
    ck_assert_int_eq(money_percent(91690, 1000), 9169);
}
END_TEST

START_TEST(uvt_example_one_peso_crosses_the_ceiling) {
    ck_assert_int_eq(money_split_tax(282820, 800).base, 261870);
    ck_assert_int_eq(money_split_tax(282821, 800).base, 261871);
}
END_TEST

START_TEST(apportion_gives_leftovers_to_the_largest_remainders) {
    struct error e;
    money parts[4];
    /* 100 over 7: 14.28 · 28.57 · 42.86 · 14.28 → floors 14 28 42 14 = 98, two left: .86 then .57 */
    ck_assert(money_apportion(100, (money[]){1, 2, 3, 1}, 4, parts, &e));
    ck_assert_int_eq(parts[0], 14);
    ck_assert_int_eq(parts[1], 29);
    ck_assert_int_eq(parts[2], 43);
    ck_assert_int_eq(parts[3], 14);
}
END_TEST

START_TEST(apportion_gives_nothing_to_a_weight_of_zero) {
    struct error e;
    money parts[3];
    ck_assert(money_apportion(5, (money[]){0, 3, 0}, 3, parts, &e));
    ck_assert_int_eq(parts[0], 0);
    ck_assert_int_eq(parts[1], 5);
    ck_assert_int_eq(parts[2], 0);
}
END_TEST

START_TEST(apportion_of_a_refund_mirrors_that_of_the_sale) {
    struct error e;
    money parts[3];
    ck_assert(money_apportion(-10000, (money[]){15000, 15000, 15000}, 3, parts, &e));
    ck_assert_int_eq(parts[0], -3334);
    ck_assert_int_eq(parts[1], -3333);
    ck_assert_int_eq(parts[2], -3333);
}
END_TEST

START_TEST(apportion_may_write_over_its_weights) {
    struct error e;
    money both[2] = {1, 1};
    ck_assert(money_apportion(3, both, 2, both, &e));
    ck_assert_int_eq(both[0], 2);
    ck_assert_int_eq(both[1], 1);
}
END_TEST

START_TEST(apportion_holds_at_the_largest_amounts_and_counts) {
    static money weights[10000], parts[10000];
    struct error e;
    for (int i = 0; i < 10000; i++) weights[i] = MONEY_MAX;
    ck_assert(money_apportion(MONEY_MAX - 1, weights, 10000, parts, &e)); /* 99 999 999.9999 each: all but the last round up */
    ck_assert_int_eq(parts[0], 100000000);
    ck_assert_int_eq(parts[9998], 100000000);
    ck_assert_int_eq(parts[9999], 99999999);
}
END_TEST

START_TEST(apportion_refuses_what_cannot_be_shared) {
    struct error e;
    money parts[2];
    ck_assert(money_apportion(0, (money[]){0, 0}, 2, parts, &e));
    ck_assert_int_eq(parts[0] + parts[1], 0);
    ck_assert(money_apportion(0, NULL, 0, parts, &e));
    ck_assert(!money_apportion(1, NULL, 0, parts, &e));
    ck_assert(!money_apportion(1, (money[]){0, 0}, 2, parts, &e));
    ck_assert_str_eq(e.code, "nothing_to_share_over");
    ck_assert_int_eq(e.kind, ERROR_INVALID);
    ck_assert(!money_apportion(1, (money[]){2, -1}, 2, parts, &e));
    ck_assert_str_eq(e.code, "bad_weight");
    ck_assert(!money_apportion(MONEY_MAX + 1, (money[]){1, 1}, 2, parts, &e));
    ck_assert_str_eq(e.code, "amount_too_large");
}
END_TEST

START_TEST(amounts_end_with_an_error_and_never_wrap) {
    struct error e;
    money sum = 7;
    ck_assert(money_add(MONEY_MAX - 1, 1, &sum, &e));
    ck_assert_int_eq(sum, 1000000000000);
    ck_assert(!money_add(MONEY_MAX, 1, &sum, &e));
    ck_assert_str_eq(e.code, "amount_too_large");
    ck_assert_int_eq(sum, 1000000000000); /* as it was */
    ck_assert(money_add(-MONEY_MAX + 1, -1, &sum, &e));
    ck_assert(!money_add(-MONEY_MAX, -1, &sum, &e));
    ck_assert(!money_add(INT64_MAX, INT64_MAX, &sum, &e));
    ck_assert(!money_times(INT64_MAX, 2, &sum, &e));
    ck_assert(!money_times(MONEY_MAX, INT64_MAX, &sum, &e));
    ck_assert(!money_times(500000000001, 2, &sum, &e));
    ck_assert(money_times(500000000000, 2, &sum, &e));
    ck_assert_int_eq(sum, 1000000000000);
}
END_TEST

START_TEST(percent_and_split_hold_at_the_largest_amount) {
    ck_assert_int_eq(money_percent(MONEY_MAX, 10000), 1000000000000);
    ck_assert_int_eq(money_percent(MONEY_MAX, 0), 0);
    ck_assert_int_eq(money_split_tax(MONEY_MAX, 800).base, 925925925926);
    ck_assert_int_eq(money_split_tax(MONEY_MAX, 800).tax, 74074074074);
    ck_assert_int_eq(money_split_tax(0, 800).base, 0);
}
END_TEST

START_TEST(a_share_is_rounded_down_or_half_up_and_says_what_it_cut) {
    ck_assert_int_eq(money_share(1000, 2, 3), 666); /* 666 and 2 thirds */
    ck_assert_int_eq(money_share_half_up(1000, 2, 3), 667);
    ck_assert_int_eq(money_share_cut(1000, 2, 3), 2);
    ck_assert_int_eq(money_share_half_up(1000, 1, 3), 333);
    ck_assert_int_eq(money_share_half_up(5, 1, 2), 3); /* 2,5 */
    ck_assert_int_eq(money_share_half_up(5, 2, 5), 2);
    ck_assert_int_eq(money_share_cut(5, 2, 5), 0);
    ck_assert_int_eq(money_share(1000, 3, 3), 1000);
    ck_assert_int_eq(money_share(1000, 0, 3), 0);
}
END_TEST

START_TEST(a_share_of_nothing_is_nothing) {
    ck_assert_int_eq(money_share(1000, 0, 0), 0);
    ck_assert_int_eq(money_share_half_up(1000, 0, 0), 0);
    ck_assert_int_eq(money_share_cut(1000, 0, 0), 0);
    ck_assert_int_eq(money_share_half_up(0, 1, 1), 0);
}
END_TEST

START_TEST(a_share_holds_at_the_largest_amounts) {
    /* 10^12 × (10^12 − 2) / (10^12 − 1) = 10^12 − 1 − 1/(10^12 − 1) */
    ck_assert_int_eq(money_share(MONEY_MAX, MONEY_MAX - 2, MONEY_MAX - 1), 999999999998);
    ck_assert_int_eq(money_share_cut(MONEY_MAX, MONEY_MAX - 2, MONEY_MAX - 1), 999999999998);
    ck_assert_int_eq(money_share_half_up(MONEY_MAX, MONEY_MAX - 2, MONEY_MAX - 1), 999999999999);
    ck_assert_int_eq(money_share_half_up(MONEY_MAX, MONEY_MAX, MONEY_MAX), 1000000000000);
}
END_TEST

START_TEST(cash_rounds_down_to_the_coin) {
    ck_assert_int_eq(money_round_down(27480, 50), 27450);
    ck_assert_int_eq(money_round_down(27450, 50), 27450);
    ck_assert_int_eq(money_round_down(49, 50), 0);
    ck_assert_int_eq(money_round_down(49, 1), 49);
}
END_TEST

START_TEST(amounts_are_written_with_dots_and_a_plain_space) {
    char out[MONEY_TEXT_MAX];
    ck_assert_str_eq(money_text(0, out), "$ 0");
    ck_assert_str_eq(money_text(999, out), "$ 999");
    ck_assert_str_eq(money_text(1000, out), "$ 1.000");
    ck_assert_str_eq(money_text(25000, out), "$ 25.000");
    ck_assert_str_eq(money_text(100000, out), "$ 100.000");
    ck_assert_str_eq(money_text(1234567, out), "$ 1.234.567");
    ck_assert_str_eq(money_text(-350, out), "-$ 350");
    ck_assert_str_eq(money_text(INT64_MIN, out), "-$ 9.223.372.036.854.775.808");
}
END_TEST

int main(void) {
    return data_suite_run(
        "data_money", NULL, NULL,
        DATA_TESTS(half_up_rounds_at_the_half_and_not_below, half_up_survives_the_largest_numbers,
                   example_1_a_price_is_taken_apart_into_base_and_tax, example_2_tax_is_of_the_sum_and_not_of_each_line,
                   example_3_ten_percent_off_three_rates, example_3_the_discount_shared_by_weight_is_the_same,
                   example_4_equal_lines_share_a_discount_the_earlier_getting_more, tip_example_base_and_ceiling,
                   uvt_example_one_peso_crosses_the_ceiling, apportion_gives_leftovers_to_the_largest_remainders,
                   apportion_gives_nothing_to_a_weight_of_zero, apportion_of_a_refund_mirrors_that_of_the_sale,
                   apportion_may_write_over_its_weights, apportion_holds_at_the_largest_amounts_and_counts,
                   apportion_refuses_what_cannot_be_shared, amounts_end_with_an_error_and_never_wrap,
                   percent_and_split_hold_at_the_largest_amount, a_share_is_rounded_down_or_half_up_and_says_what_it_cut,
                   a_share_of_nothing_is_nothing, a_share_holds_at_the_largest_amounts, cash_rounds_down_to_the_coin,
                   amounts_are_written_with_dots_and_a_plain_space));
}
