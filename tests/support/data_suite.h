/* Runs a list of Check tests as a program's main: `return data_suite_run("data_money", NULL, NULL, DATA_TESTS(a, b, c));` */
#ifndef COMANDA_TESTS_DATA_SUITE_H
#define COMANDA_TESTS_DATA_SUITE_H

#include <check.h>
#include <string.h>

#define DATA_TESTS(...) ((const TTest *const[]){__VA_ARGS__, NULL})

/* A text has a part, or has it not; the message shows both. */
#define data_has(text, part) ck_assert_msg(strstr((text), (part)) != NULL, "\"%s\" is not in:\n%s", (part), (text))
#define data_lacks(text, part) ck_assert_msg(strstr((text), (part)) == NULL, "\"%s\" is in:\n%s", (part), (text))

/* setup and teardown run around each test, in its own process; both may be NULL. Returns main's exit status. */
int data_suite_run(const char *name, void (*setup)(void), void (*teardown)(void), const TTest *const *tests);

#endif
