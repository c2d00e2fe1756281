/* The suites of the emulator's test program. */
#ifndef COMANDA_TESTS_TEST_USB_H
#define COMANDA_TESTS_TEST_USB_H

#include <stddef.h>

/* 0: all passed. */
int test_usb_transfers(void);
int test_usb_open(void);
int test_usb_status(void);
int test_usb_units(void);
int test_usb_hotplug(void);
int test_usb_spooler(void);

#endif
