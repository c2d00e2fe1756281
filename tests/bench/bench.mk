# The benches: whole figures as ratios measured side by side in one run; nothing here is a test that can fail on a slow machine.
BENCH_BINARIES := $(patsubst tests/bench/%.c,$(BUILD)/tests/bench/%,$(wildcard tests/bench/*.c))
$(BENCH_BINARIES): $(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(foreach r,$(NEEDS_core),$(BUILD)/lib$(r).a)
	@echo "  LD $@" && $(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)
SLOW_SYNC := $(BUILD)/tests/bench/slow_sync.so
$(SLOW_SYNC): tests/bench/preload/slow_sync.c
	@mkdir -p $(@D) && echo "  LD $@" && $(CC) $(CFLAGS_ALL) -fPIC -shared -o $@ $<
-include $(BENCH_BINARIES:%=%.d)
.PHONY: bench
bench: deps ## measure: orders/s against raw SQLite, ticket encodes/s, start, memory
	@$(call install_missing,wrk)
	@$(MAKE) --no-print-directory all $(BENCH_BINARIES) $(SLOW_SYNC)
	@COMANDA=$(BUILD)/comanda BENCH=$(BUILD)/tests/bench node tests/bench/run.mjs && BENCH=$(BUILD)/tests/bench COMANDA=$(BUILD)/comanda node tests/bench/scale.mjs
