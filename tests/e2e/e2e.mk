# The binary from outside: contract, bad input, whole days over HTTP, the command line, and the screens by touch.
export COMANDA ?= $(BUILD)/comanda
.PHONY: contract days cli e2e
contract: all ## every operation of openapi.yaml against the running server, and every kind of bad input
	@node tests/e2e/contract.mjs
	@node tests/e2e/bad_input.mjs
days: all $(NODE_STAMP) ## one working day of each site over HTTP, and two devices on one order
	@node tests/e2e/day.mjs
	@node tests/e2e/two_devices.mjs
cli: all ## the command line
	@sh tests/e2e/cli.sh $(BUILD)/comanda
e2e: all $(NODE_STAMP) ## the screens by touch in Chromium, each site on each size; pictures in tests/e2e/results
	@node_modules/.bin/playwright test -c tests/e2e/playwright.config.ts
