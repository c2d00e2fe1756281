# The USB proof: unmodified libusb on an emulated printer behind umockdev.
EMULATOR_SOURCES := $(sort $(wildcard tests/emulator/*.c))
EMULATOR_OBJECTS := $(EMULATOR_SOURCES:%.c=$(BUILD)/%.o)
EMULATOR := $(BUILD)/tests/emulator/test_usb_printer
$(EMULATOR_OBJECTS): PACKAGE_CFLAGS += $(subst -I,-isystem ,$(shell pkg-config --cflags umockdev-1.0 2>/dev/null))
$(EMULATOR): $(EMULATOR_OBJECTS) $(filter $(BUILD)/tests/support/data_% $(BUILD)/tests/support/printer_golden%,$(SUPPORT_OBJECTS)) \
             $(foreach r,$(NEEDS_printer),$(BUILD)/lib$(r).a)
	@echo "  LD $@" && $(CC) $(LDFLAGS_ALL) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(LIBS) $(CHECK_LIBS) $(shell pkg-config --libs umockdev-1.0)
-include $(EMULATOR_SOURCES:%.c=$(BUILD)/%.d)
.PHONY: emulator
emulator: $(EMULATOR) ## the USB transport and spooler on an emulated printer, through unmodified libusb
	@sh tests/emulator/run.sh $(EMULATOR)
