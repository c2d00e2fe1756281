# The fault tests: what happens when the machine, not the cashier, goes wrong.
.PHONY: fault
fault: all $(NODE_STAMP) ## kill the server amid a hundred orders and prove that nothing acknowledged is lost
	@COMANDA=$(BUILD)/comanda node tests/fault/kill_orders.mjs
