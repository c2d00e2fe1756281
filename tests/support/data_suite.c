/* Runs a list of Check tests as a program's main. */
#include "tests/support/data_suite.h"

int data_suite_run(const char *name, void (*setup)(void), void (*teardown)(void), const TTest *const *tests) {
    Suite *suite = suite_create(name);
    TCase *all = tcase_create(name);
    tcase_set_timeout(all, 60); /* only to end a hang: sanitizers are slow */
    if (setup || teardown) tcase_add_checked_fixture(all, setup, teardown);
    for (; *tests; tests++) tcase_add_test(all, *tests);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
