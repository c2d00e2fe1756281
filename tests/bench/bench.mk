# The benches: whole figures as ratios measured side by side in one run; nothing here is a test that can fail on a slow machine.
BENCH_BINARIES := $(patsubst tests/bench/%.c,$(BUILD)/tests/bench/%,$(wildcard tests/bench/*.c))
$(BENCH_BINARIES): $(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(foreach r,$(NEEDS_core),$(BUILD)/lib$(r).a)
	@echo "  LD $@" && $(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)
SLOW_SYNC := $(BUILD)/tests/bench/slow_sync.so
$(SLOW_SYNC): tests/bench/preload/slow_sync.c
	@mkdir -p $(@D) && echo "  LD $@" && $(CC) $(CFLAGS_ALL) -fPIC -shared -o $@ $<
-include $(BENCH_BINARIES:%=%.d)
# The ticket encoders that ours is compared with: here only, never for running or checking.
BENCH_PACKAGES := $(BUILD)/tests/bench/packages
BENCH_STAMP := $(BENCH_PACKAGES)/node_modules/.package-lock.json
$(BENCH_STAMP): tests/bench/package.json tests/bench/package-lock.json tests/bench/.npmrc
	@mkdir -p $(BENCH_PACKAGES) && cp $^ $(BENCH_PACKAGES)/
	@echo "  NPM ci ($(BENCH_PACKAGES))" && npm ci --prefix $(BENCH_PACKAGES) --no-audit --no-fund --loglevel=error && touch $@
.PHONY: bench
bench: deps ## measure: orders/s against raw SQLite, ticket encodes/s against others, tap to paper, start, memory
	@$(call install_missing,wrk)
	@$(MAKE) --no-print-directory all $(BENCH_BINARIES) $(SLOW_SYNC) $(BENCH_STAMP)
	@for part in encoders printing run scale; do \
	    COMANDA=$(BUILD)/comanda BENCH=$(BUILD)/tests/bench BENCH_PACKAGES=$(BENCH_PACKAGES) node tests/bench/$$part.mjs || exit 1; done
