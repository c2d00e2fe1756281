# The binary from outside: contract, bad input, whole days over HTTP, the command line, and the screens by touch.
export COMANDA ?= $(BUILD)/comanda
.PHONY: contract days cli e2e
contract: all ## every operation of openapi.yaml against the running server, and every kind of bad input
	@node tests/e2e/contract.mjs
	@node tests/e2e/bad_input.mjs
days: all $(NODE_STAMP) ## one working day of each site over HTTP, a day of splits, two devices on one order, a day of refunds, and twenty clients at once
	@node tests/e2e/day.mjs
	@node tests/e2e/two_devices.mjs
	@node tests/e2e/refund_day.mjs
	@node tests/e2e/split_day.mjs
	@node tests/e2e/concurrency.mjs
cli: all ## the command line
	@sh tests/e2e/cli.sh $(BUILD)/comanda
e2e: all $(NODE_STAMP) ## the screens by touch in Chromium, each site on each size; pictures in tests/e2e/results
	@node_modules/.bin/playwright test -c tests/e2e/playwright.config.ts
# The pictures of the README and the kitchen's dialogues: the screens as the last `make e2e` left them, the paper as the unit tests draw it.
PICTURES := tests/golden/pictures
.PHONY: pictures
pictures: $(BUILD)/tests/unit/core_kitchen $(BUILD)/tests/unit/core_receipt $(BUILD)/tests/unit/core_dialogue documents ## renew the README's pictures from what the tests saw (after make e2e), and make documents
	@mkdir -p $(PICTURES) $(BUILD)/pictures
	@for t in core_kitchen core_receipt core_dialogue; do COMANDA_TEST_PICTURES=$(BUILD)/pictures $(BUILD)/tests/unit/$$t >/dev/null; done
	@cp $(BUILD)/pictures/allergy.png $(PICTURES)/kitchen.png
	@cp $(BUILD)/pictures/receipt-cash.png $(PICTURES)/receipt.png
	@cp $(BUILD)/pictures/dialogue-*.png $(PICTURES)
	@cp tests/e2e/results/screens/interno-till-07-order.png $(PICTURES)/order.png
	@cp tests/e2e/results/screens/interno-till-14-pay-cash.png $(PICTURES)/payment.png
	@cp tests/e2e/results/screens/interno-till-23-daily-sales.png $(PICTURES)/daily-sales.png
# Every document of the till on paper of 48, 42 and 32 columns, as tests/golden/documents holds them.
.PHONY: documents
documents: $(BUILD)/tests/unit/core_documents ## leave a picture of every document, on paper of each width, in build/pictures/documents
	@mkdir -p $(BUILD)/pictures/documents
	@COMANDA_TEST_PICTURES=$(BUILD)/pictures/documents $(BUILD)/tests/unit/core_documents >/dev/null || { $(BUILD)/tests/unit/core_documents; false; }
	@echo "pictures of every document: $(BUILD)/pictures/documents"
