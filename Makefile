# Comanda: builds, runs and checks everything. `make help` lists what there is.
#
#   make BUILD=dir      another build folder       make SAN=address,undefined   with sanitizers, in a folder of its own
#   make CC=clang       another compiler           make SITE=go-lupe run        another site

SITE    ?= interno
LISTEN  ?= 127.0.0.1:8080
CC      ?= cc
SAN     ?=
comma   := ,
BUILD   ?= build$(if $(SAN),/san-$(subst $(comma),-,$(SAN)))
DESTDIR ?=
PREFIX  ?= /usr/local
UDEV_RULES ?= $(PREFIX)/lib/udev/rules.d

# ---- flags -------------------------------------------------------------------------------------------------------------
PACKAGES_data    := sqlite3 libcjson
PACKAGES_menu    :=
PACKAGES_printer := libusb-1.0 libqrencode libpng freetype2
PACKAGES_pos     := libmicrohttpd libsodium libcurl
PACKAGES         := $(PACKAGES_data) $(PACKAGES_menu) $(PACKAGES_printer) $(PACKAGES_pos)

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wvla -Wformat=2 -Wmissing-prototypes -Wstrict-prototypes -Wundef
# clang 14 takes zero-initialisation only with a second word that later ones ignore.
IS_CLANG := $(findstring clang,$(shell $(CC) --version 2>/dev/null | head -n 1))
HARDENING := -fPIE -fstack-protector-strong -ftrivial-auto-var-init=zero \
             $(if $(IS_CLANG),-enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang) $(if $(SAN),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
OPTIMISE ?= -O2 -g
SANITIZE := $(if $(SAN),-fsanitize=$(SAN) -fno-omit-frame-pointer -fno-sanitize-recover=all)
# Asked once a run; empty on a machine where `make deps` has not run yet.
PACKAGE_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
PACKAGE_LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)
CFLAGS_ALL = -std=c11 -D_GNU_SOURCE -I. $(OPTIMISE) $(WARNINGS) $(WERROR) $(HARDENING) $(SANITIZE) -pthread -MMD -MP $(PACKAGE_CFLAGS) $(CFLAGS)
LDFLAGS_ALL = -pie -Wl,-z,relro,-z,now -pthread $(SANITIZE) $(LDFLAGS)
LIBS = $(PACKAGE_LIBS) -lm
CHECK_LIBS = $(shell pkg-config --libs check)

# ---- the rooms: each knows only those to its left -------------------------------------------------------------------------
ROOMS := data menu printer core http cli
DIR_data := data
DIR_menu := menu
DIR_printer := printer
DIR_core := pos/core
DIR_http := pos/http
DIR_cli := pos/cli
ARCHIVES := $(foreach r,$(ROOMS),$(BUILD)/lib$(r).a)
# What a room's tests link with: itself and all to its left, rightmost first for the linker.
NEEDS_data    := data
NEEDS_menu    := menu data
NEEDS_printer := printer data
NEEDS_core    := core printer menu data
NEEDS_http    := http core printer menu data
NEEDS_cli     := cli http core printer menu data

.DELETE_ON_ERROR:
.PHONY: all
all: $(BUILD)/comanda ## build the binary (the default)

define room
SOURCES_$(1) := $$(sort $$(wildcard $$(DIR_$(1))/*.c))
OBJECTS_$(1) := $$(SOURCES_$(1):%.c=$$(BUILD)/%.o) $$(EMBED_$(1):%=$$(BUILD)/gen/embed_%.o)
$$(BUILD)/lib$(1).a: $$(OBJECTS_$(1))
	@rm -f $$@ && ar rcs $$@ $$^
-include $$(SOURCES_$(1):%.c=$$(BUILD)/%.d)
endef

# ---- files carried in the binary ---------------------------------------------------------------------------------------
EMBED_data := migrations reports
EMBED_printer := profiles quirks
EMBED_http := web
$(foreach r,$(ROOMS),$(eval $(call room,$(r))))

FILES_migrations := $(sort $(wildcard data/migrations/*.sql))
FOLDER_migrations := data/migrations
FILES_reports := $(sort $(wildcard data/reports/*.sql))
FOLDER_reports := data/reports
FILES_profiles := $(sort $(wildcard printer/profiles/*.json))
FOLDER_profiles := printer/profiles
FILES_quirks := printer/quirks.json
FOLDER_quirks := printer

define embed
$$(BUILD)/gen/embed_$(1).S: data/embed.sh $$(FILES_$(1)) $$(FOLDER_$(1))
	@mkdir -p $$(@D) && sh data/embed.sh $(1) $$(FOLDER_$(1)) $$(FILES_$(1)) >$$@
$$(BUILD)/gen/embed_$(1).o: $$(BUILD)/gen/embed_$(1).S
	@$$(CC) -c -o $$@ $$<
endef
$(foreach g,migrations reports profiles quirks,$(eval $(call embed,$(g))))

$(BUILD)/%.o: %.c | libraries
	@mkdir -p $(@D)
	@$(if $(V),,echo "  CC $<";) $(CC) $(CFLAGS_ALL) -c -o $@ $<

$(BUILD)/comanda: $(BUILD)/pos/main.o $(foreach r,$(NEEDS_cli),$(BUILD)/lib$(r).a)
	@echo "  LD $@" && $(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)
-include $(BUILD)/pos/main.d

# ---- unit tests: tests/unit/ROOM_subject.c is one Check binary that links ROOM and those to its left ------------------------
UNIT := $(sort $(wildcard tests/unit/*.c))
UNIT_BINARIES := $(UNIT:%.c=$(BUILD)/%)
SUPPORT := $(sort $(wildcard tests/support/*.c))
SUPPORT_OBJECTS := $(SUPPORT:%.c=$(BUILD)/%.o)
.SECONDEXPANSION:
room_of = $(firstword $(subst _, ,$(notdir $(1))))
# tests/support/ROOM_*.c belongs to tests of that room and of those to its right.
support_of = $(foreach r,$(NEEDS_$(1)),$(filter $(BUILD)/tests/support/$(r)_%,$(SUPPORT_OBJECTS)))
$(UNIT_BINARIES): $(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $$(foreach r,$$(NEEDS_$$(call room_of,$$*)),$$(BUILD)/lib$$(r).a) $$(call support_of,$$(call room_of,$$*))
	@echo "  LD $@" && $(CC) $(LDFLAGS_ALL) -o $@ $< $(filter %.o,$(filter-out $<,$^)) $(filter %.a,$^) $(LIBS) $(CHECK_LIBS)
-include $(UNIT:%.c=$(BUILD)/%.d) $(SUPPORT:%.c=$(BUILD)/%.d)
.PHONY: unit
UNIT_WANTED := $(if $(ONLY),$(ONLY:%=$(BUILD)/tests/unit/%),$(UNIT_BINARIES))
unit: $(UNIT_WANTED) ## build and run the unit tests (some: make unit ONLY="data_money core_bill")
	@sh tests/unit/run.sh $(UNIT_WANTED)

# ---- the screens: bundled by esbuild, embedded plain and gzipped ----------------------------------------------------------
NODE_STAMP := node_modules/.package-lock.json
WEB_SOURCES := $(shell find pos/web -type f 2>/dev/null)
WEB := $(BUILD)/web
$(NODE_STAMP): package.json package-lock.json .npmrc
	@echo "  NPM ci" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error && touch $@
$(WEB)/.done: $(WEB_SOURCES) $(NODE_STAMP)
	@echo "  WEB $(WEB)" && rm -rf $(WEB) && node pos/web/build.mjs $(WEB) && touch $@
$(BUILD)/gen/embed_web.S: data/embed.sh $(WEB)/.done
	@mkdir -p $(@D) && sh data/embed.sh web $(WEB) $$(find $(WEB) -type f ! -name .done | LC_ALL=C sort) >$@
$(BUILD)/gen/embed_web.o: $(BUILD)/gen/embed_web.S
	@$(CC) -c -o $@ $<

# ---- what the machine must have ------------------------------------------------------------------------------------------
DEBIAN_BUILD := build-essential pkg-config libsqlite3-dev libcjson-dev libusb-1.0-0-dev libqrencode-dev libpng-dev libfreetype-dev \
                libmicrohttpd-dev libsodium-dev libcurl4-openssl-dev fonts-dejavu-core tzdata
DEBIAN_NODE  := $(if $(shell command -v npm),,nodejs npm)
DEBIAN_CHECK := check clang libclang-rt-14-dev chromium umockdev libumockdev-dev sqlite3 curl procps
install_missing = missing=$$(for p in $(1); do dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q '^install ok installed$$' || echo $$p; done); \
    if [ -n "$$missing" ]; then \
        echo "  APT" $$missing; \
        as_root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
        $$as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
    fi

.PHONY: deps deps-check libraries
deps: ## install what building and running need (apt, through sudo when not root)
	@$(call install_missing,$(DEBIAN_BUILD) $(DEBIAN_NODE))
deps-check: deps ## install what the tests need besides
	@$(call install_missing,$(DEBIAN_CHECK))
libraries:
	@$(if $(PACKAGE_LIBS),true,{ echo "make: libraries are missing: run 'make deps' first (or 'make run', which does)" >&2; exit 1; })

# ---- running -------------------------------------------------------------------------------------------------------------
.PHONY: run
run: deps ## build and open a site's till with virtual printers: make run [SITE=interno|la-cocina|go-lupe] [LISTEN=127.0.0.1:8080]
	@$(MAKE) --no-print-directory all
	@exec $(BUILD)/comanda serve --site data/sites/$(SITE).json --data var/$(SITE) --listen $(LISTEN) --demo

# ---- checking --------------------------------------------------------------------------------------------------------------
# tests/check.sh runs every stage, says how each ended, and closes with one line for all.
.PHONY: check lint
check: deps-check ## install what the tests need, build, run all of them
	@sh tests/check.sh $(STAGE)
lint: ## the house rules that a machine can check
	@sh tests/support/lint.sh
	@node tests/support/errors_check.mjs
	@node tests/support/udev_check.mjs
.PHONY: everything types
everything: all $(UNIT_BINARIES) ## build the binary and every unit test, running none
types: $(NODE_STAMP) ## check the types of the screens
	@node_modules/.bin/tsc --noEmit -p pos/web
-include tests/emulator/emulator.mk tests/bench/bench.mk tests/fuzz/fuzz.mk tests/fault/fault.mk tests/e2e/e2e.mk

# ---- the rest --------------------------------------------------------------------------------------------------------------
.PHONY: install clean help compile_commands
install: all ## install the binary, the udev rule for printers and the sample data below DESTDIR/PREFIX
	install -D -m 755 $(BUILD)/comanda $(DESTDIR)$(PREFIX)/bin/comanda
	install -D -m 644 printer/60-comanda-printers.rules $(DESTDIR)$(UDEV_RULES)/60-comanda-printers.rules
	for f in data/sites/*.json data/menus/*.json; do install -D -m 644 $$f $(DESTDIR)$(PREFIX)/share/comanda/$${f#data/}; done
compile_commands: ## write build/compile_commands.json for editors
	@mkdir -p $(BUILD) && { echo '['; n=; for f in $(foreach r,$(ROOMS),$(SOURCES_$(r))) pos/main.c; do \
	    printf '%s{"directory":"%s","file":"%s","command":"%s"}\n' "$$n" "$(CURDIR)" "$$f" '$(subst ",\",$(CC) $(CFLAGS_ALL)) -c '"$$f"; n=,; done; echo ']'; } >$(BUILD)/compile_commands.json
clean: ## remove what was built
	rm -rf build
help: ## this list
	@grep -hE '^[a-z_-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort | awk -F '\t' '{printf "  make %-18s %s\n", $$1, $$2}'
