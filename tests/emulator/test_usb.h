/* The suites of the emulator's test program. */
#ifndef COMANDA_TESTS_TEST_USB_H
#define COMANDA_TESTS_TEST_USB_H

/* 0: all passed. */
int test_usb_spooler(void);
int test_usb_units(void);

#endif
