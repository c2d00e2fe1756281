# Fuzzing: every parser of bytes from outside, under clang's libFuzzer (`make fuzz`), and the kept inputs under gcc (`make fuzz-replay`).
FUZZ := $(basename $(notdir $(sort $(wildcard tests/fuzz/*.c))))
# The room that a target needs, where it is not the printer's.
FUZZ_ROOM_text := data
FUZZ_ROOM_json := data
FUZZ_ROOM_site := data
FUZZ_ROOM_menu := menu
FUZZ_ROOM_request := http
fuzz_archives = $(foreach r,$(NEEDS_$(or $(FUZZ_ROOM_$(1)),printer)),$(BUILD)/lib$(r).a)
FUZZ_BINARIES := $(FUZZ:%=$(BUILD)/tests/fuzz/%)
# The engine brings its own main; without it the kit's runs over files.
FUZZ_MAIN := $(if $(findstring fuzzer,$(SAN)),-fsanitize=fuzzer,$(BUILD)/tests/fuzz/kit/replay.o)
$(FUZZ_BINARIES): $(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/fuzz/kit/arena.o $(filter %.o,$(FUZZ_MAIN)) $$(call fuzz_archives,$$*)
	@echo "  LD $@" && $(CC) $(LDFLAGS_ALL) -o $@ $(filter %.o,$^) $(filter-out %.o,$(FUZZ_MAIN)) $(filter %.a,$^) $(LIBS)
-include $(FUZZ_BINARIES:%=%.d) $(wildcard $(BUILD)/tests/fuzz/kit/*.d)

FUZZ_WANTED := $(if $(ONLY),$(ONLY:%=$(BUILD)/tests/fuzz/%),$(FUZZ_BINARIES))
FUZZ_SECONDS ?= 60
.PHONY: fuzz fuzz-run fuzz-replay
fuzz: deps ## fuzz every parser of bytes from outside: make fuzz [ONLY="replies json"] [FUZZ_SECONDS=60]
	@$(call install_missing,clang libclang-rt-14-dev)
	@$(MAKE) --no-print-directory CC=clang SAN=fuzzer-no-link,address,undefined OPTIMISE='-O1 -g' BUILD=$(BUILD)/fuzz fuzz-run
fuzz-run: $(FUZZ_WANTED)
	@FUZZ_SECONDS=$(FUZZ_SECONDS) sh tests/fuzz/run.sh $(BUILD) $(FUZZ_WANTED)
fuzz-replay: $(FUZZ_WANTED) ## run every kept fuzz input once, without the engine (best with SAN=address,undefined)
	@sh tests/fuzz/replay.sh $(FUZZ_WANTED)
