/* The USB printer's tests: run through tests/emulator/run.sh, which counts the suites. */
#include "tests/emulator/test_usb.h"

int main(void) {
    int (*const suites[])(void) = {test_usb_transfers, test_usb_open,    test_usb_status,
                                   test_usb_units,     test_usb_hotplug, test_usb_spooler};
    int bad = 0;
    for (size_t i = 0; i < sizeof suites / sizeof *suites; i++) bad |= suites[i]();
    return bad;
}
