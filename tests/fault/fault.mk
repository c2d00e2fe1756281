# The fault tests: what happens when the machine, not the cashier, goes wrong.
.PHONY: fault
fault: all $(NODE_STAMP) ## kill the server amid a hundred orders and prove that nothing acknowledged is lost
	@COMANDA=$(BUILD)/comanda node tests/fault/kill_orders.mjs

# The fault campaign on paper: emulated printers in a process of their own, the server on unmodified libusb, a judge that reads the paper.
BED_SOURCES := $(sort $(wildcard tests/fault/*.c))
BED_OBJECTS := $(BED_SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/tests/emulator/usb_bed.o
BED := $(BUILD)/tests/fault/printer_bed
$(BED_SOURCES:%.c=$(BUILD)/%.o): PACKAGE_CFLAGS += $(subst -I,-isystem ,$(shell pkg-config --cflags umockdev-1.0 2>/dev/null))
$(BED): $(BED_OBJECTS)
	@echo "  LD $@" && $(CC) $(LDFLAGS_ALL) -o $@ $^ $(CHECK_LIBS) $(shell pkg-config --libs umockdev-1.0)
-include $(BED_SOURCES:%.c=$(BUILD)/%.d)
.PHONY: soak soak-short
soak: all $(BED) $(NODE_STAMP) ## the fault campaign: 500 tickets, 200 faults, a judge that reads the paper [SEED= TICKETS= FAULTS= TRACE=1 KEEP=folder]
	@COMANDA=$(BUILD)/comanda BED=$(BED) node tests/fault/soak.mjs
soak-short: all $(BED) $(NODE_STAMP) ## its short form, with a fixed seed, and the judge shown a planted loss and a planted unmarked duplicate
	@COMANDA=$(BUILD)/comanda BED=$(BED) sh tests/fault/soak_short.sh
