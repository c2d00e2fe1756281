/* Runs a list of Check tests as a program's main: `return data_suite_run("data_money", NULL, NULL, DATA_TESTS(a, b, c));` */
#ifndef COMANDA_TESTS_DATA_SUITE_H
#define COMANDA_TESTS_DATA_SUITE_H

#include <check.h>

#define DATA_TESTS(...) ((const TTest *const[]){__VA_ARGS__, NULL})

/* setup and teardown run around each test, in its own process; both may be NULL. Returns main's exit status. */
int data_suite_run(const char *name, void (*setup)(void), void (*teardown)(void), const TTest *const *tests);

#endif
