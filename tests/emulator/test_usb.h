/* The suites of the emulator's test program. */
#ifndef COMANDA_TESTS_TEST_USB_H
#define COMANDA_TESTS_TEST_USB_H

int test_usb_spooler(void); /* 0: all passed */

#endif
