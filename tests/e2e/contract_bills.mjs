// The contract of what an order and its bill go through: moves, checks, discounts, splits, payments, refunds.
import { call, check } from './contract_document.mjs';
import { itemsOf, lineFor, pins } from './support_server.mjs';

export function newOrder(site, lines, n) {
  const kind = site.default_kind;
  if (kind === 'table') return { kind, table: site.tables[n].id, covers: 2, lines };
  return { kind, name: `Cliente ${n}`, lines };
}

// Two orders: one moves, both become one, and somebody else serves it.
export async function walkMoves(api, manager, site, menu, staff) {
  const item = itemsOf(menu).find((i) => i.station);
  const open = (n) => call(api, 'openOrder', { body: { ...newOrder(site, [lineFor(menu, item)], n), send: true } });
  const first = await open(3);
  const second = await open(4);
  const params = { id: first.id };
  const tickets = async (id) => (await call(api, 'listPrintJobs', { query: { order: id } })).jobs.length;
  const before = await tickets(first.id);
  if (first.kind === 'table') {
    const moved = await call(api, 'moveOrder', { params, body: { table: site.tables[5].id }, headers: { 'if-match': `"${first.version}"` } });
    check(moved.table === site.tables[5].id && moved.version === first.version + 1, 'moveOrder: at the new table');
    check((await tickets(first.id)) === before * 2, 'moveOrder: a notice for each station that knows of it');
    await call(api, 'moveOrder', { params, body: { table: site.tables[5].id } });
    await call(api, 'moveOrder', { params, body: { table: second.table }, status: 409, code: 'table_taken' });
    await call(api, 'moveOrder', { params, body: { table: site.tables[3].id }, headers: { 'if-match': `"${first.version}"` }, status: 412, code: 'stale' });
  } else {
    await call(api, 'moveOrder', { params, body: { table: 'mesa-1' }, status: 400, code: 'not_at_table' });
  }
  const merged = await call(api, 'mergeOrder', { params, body: { from: second.id } });
  check(merged.lines.length === 2 && merged.totals.gross === first.totals.gross + second.totals.gross, 'mergeOrder: both in one');
  const emptied = await call(api, 'getOrder', { params: { id: second.id } });
  check(emptied.state === 'voided' && emptied.merged_into === first.id && emptied.lines.length === 0, 'mergeOrder: the other is over and says where it went');
  check((await tickets(second.id)) === 0, 'mergeOrder: its paper goes along');
  check((await call(api, 'sendOrder', { params })).tickets.length === 0, 'sendOrder: nothing changed by moving or merging');
  await call(api, 'mergeOrder', { params, body: { from: second.id }, status: 409, code: 'order_voided' });
  await call(api, 'mergeOrder', { params, body: { from: first.id }, status: 400, code: 'merge_same' });
  check(first.served_by === first.opened_by, 'openOrder: who opens it serves it');
  const handed = await call(api, 'transferOrder', { params, body: { staff: staff.gerencia } });
  check(handed.served_by === 'gerencia' && handed.opened_by === first.opened_by, 'transferOrder: somebody else serves it');
  const { orders } = await call(api, 'listOrders');
  check(orders.find((o) => o.id === first.id)?.served_by === 'gerencia', 'listOrders: who serves it');
  await call(api, 'transferOrder', { params, body: { staff: staff.cocina }, status: 400, code: 'staff_cannot_serve' });
  await call(api, 'transferOrder', { params, body: { staff: 999999 }, status: 404, code: 'staff_unknown' });
  await call(manager, 'voidOrder', { params, body: { reason: 'Prueba' } });
}

// A bill before it is paid, of one of several open checks; or none, where the site has none.
export async function walkPrecuenta(api, site, order) {
  const params = { id: order.id };
  const [first] = order.checks;
  if (!site.precuenta) return call(api, 'printPrecuenta', { params, body: { check: first.id }, status: 400, code: 'precuenta_off' });
  await call(api, 'printPrecuenta', { params, status: 400, code: 'check_needed' });
  await call(api, 'printPrecuenta', { params, body: { check: 999999 }, status: 404, code: 'bill_unknown' });
  const { job } = await call(api, 'printPrecuenta', { params, body: { check: first.id }, headers: { 'if-match': `"${order.version}"` } });
  const after = await call(api, 'getOrder', { params });
  check(after.version === order.version && after.state === order.state, 'printPrecuenta: the order is as it was');
  const paper = await call(api, 'getPrintJob', { params: { id: job } });
  check(paper.kind === 'precuenta' && paper.order === order.id, 'printPrecuenta: its job');
  const text = await call(api, 'getPrintJobText', { params: { id: job } });
  check(text.split('NO ES FACTURA').length === 3 && text.includes('Parte 1 de 3'), 'printPrecuenta: NO ES FACTURA at either end, and which check');
  check(!text.includes('NIT') && !text.includes('DOCUMENTO EQUIVALENTE'), 'printPrecuenta: no document');
}

// What comes off an order, and who pays what: given, taken off again, split, undone.
export async function walkChecks(api, manager, site, menu, staff) {
  const order = await call(api, 'openOrder', { body: newOrder(site, [lineFor(menu, itemsOf(menu).find((i) => i.price >= 1000), 3)], 6) });
  const params = { id: order.id };
  const [{ id: line, amount: gross }] = order.lines;
  const give = (body, more) => call(api, 'giveDiscount', { params, body: { reason: 'Cliente frecuente', kind: 'discount', ...body }, ...more });
  const approval = { staff: staff.gerencia, pin: pins.gerencia };
  const tenth = await give({ percent: 1000 });
  check(tenth.discounts.length === 1 && tenth.totals.discount === tenth.discounts[0].value && tenth.totals.courtesy === 0, 'giveDiscount: given');
  await give({ percent: 1 }, { status: 403, code: 'approval_required' });
  await give({ percent: 100, approval });
  await give({ kind: 'courtesy', amount: 100, line }, { status: 403, code: 'approval_required' });
  const given = await give({ kind: 'courtesy', amount: 100, line, approval });
  check(given.totals.courtesy === 100 && given.discounts[2].approved_by === 'gerencia', 'giveDiscount: a courtesy is told apart');
  await give({ amount: gross, approval }, { status: 400, code: 'discount_too_large' });
  const less = await call(api, 'removeDiscount', { params: { ...params, discount: given.discounts[1].id } });
  check(less.discounts.length === 2, 'removeDiscount: off again');
  await call(api, 'removeDiscount', { params: { ...params, discount: given.discounts[1].id }, status: 404, code: 'discount_unknown' });
  const split = await call(api, 'splitOrder', { params, body: { ways: 3 } });
  const dues = split.checks.map((c) => c.due);
  check(dues.length === 3 && dues[0] - dues[2] <= 1 && dues.reduce((a, b) => a + b) === less.totals.due, 'splitOrder: three checks, one peso apart at most');
  await walkPrecuenta(api, site, split);
  check(split.checks[1].label === 'Parte 2 de 3' && split.discounts.every((d) => d.fixed), 'splitOrder: fixed');
  const again = await call(api, 'splitOrder', { params, body: { check: split.checks[2].id, amount: Math.floor(dues[2] / 2) } });
  check(again.checks.length === 4 && again.totals.due === less.totals.due, 'splitOrder: a part again');
  await give({ percent: 100 }, { status: 409, code: 'order_split' });
  await call(api, 'takePayment', { params, body: { means: 'cash' }, status: 400, code: 'check_needed' });
  if (site.tip.rule === 'ask') {
    const { checks } = await call(api, 'setTip', { params, body: { check: split.checks[0].id, percent: 500 } });
    check(checks.map((c) => c.tip.state).join() === 'set,unasked,unasked,unasked', 'setTip: of one check');
  }
  const whole = await call(api, 'undoSplit', { params });
  check(whole.checks.length === 1 && whole.totals.net === less.totals.net && whole.discounts.every((d) => !d.fixed), 'undoSplit: one check again');
  await call(api, 'undoSplit', { params, status: 409, code: 'not_split' });
  const picked = await call(api, 'splitOrder', { params, body: { lines: [{ line, quantity: 1 }] } });
  check(picked.checks.map((c) => c.lines[0].quantity).join() === '1,2', 'splitOrder: a dish, and the rest');
  await call(api, 'undoSplit', { params });
  const shares = await call(api, 'splitOrder', { params, body: { lines: [1, 2].map((part) => ({ line, quantity: 1, of: 2, part })) } });
  check(shares.checks.map((c) => c.label).join() === 'Selección 1,Selección 2' && Math.abs(shares.checks[0].due - shares.checks[1].due) <= 1, 'splitOrder: two share a line');
  await call(api, 'undoSplit', { params });
  await call(api, 'splitOrder', { params, body: { seats: [1] }, status: 400, code: 'seat_empty' });
  const voided = await call(manager, 'voidOrder', { params, body: { reason: 'Prueba' } });
  check(voided.checks.length === 0, 'voidOrder: no check is left');
}

export async function walkPayments(api, site, id) {
  const params = { id };
  if (site.tip.rule === 'ask') {
    await call(api, 'takePayment', { params, body: { means: 'cash' }, status: 409, code: 'tip_unasked' });
    await call(api, 'setTip', { params, body: { declined: true } });
    const { tip } = await call(api, 'setTip', { params, body: { percent: site.tip.max_rate } });
    check(tip.amount === tip.ceiling, 'setTip: the highest percentage is the ceiling');
    await call(api, 'setTip', { params, body: { amount: tip.ceiling + 1 }, status: 400, code: 'tip_over_limit' });
    await call(api, 'setTip', { params, body: { amount: 1000 } });
  } else {
    await call(api, 'setTip', { params, body: { amount: 1000 }, status: 400, code: 'tip_off' });
    await call(api, 'setTip', { params, body: { declined: true }, status: 400, code: 'tip_off' });
  }
  const card = site.means.find((m) => m.kind !== 'cash' && m.needs_reference);
  if (card) {
    await call(api, 'takePayment', { params, body: { means: card.id, amount: 5000 }, status: 400, code: 'reference_missing' });
    const part = await call(api, 'takePayment', { params, body: { means: card.id, amount: 5000, reference: '004512' } });
    check(part.receipt === null, 'takePayment: no receipt for a part');
  }
  const paid = await call(api, 'takePayment', { params, body: { means: 'cash', tendered: 900000 } });
  check(paid.receipt?.number !== undefined && paid.order.balance === 0 && paid.order.state === 'paid', 'takePayment: paid');
  check(paid.receipt?.numbering_warning === 'none', 'takePayment: nobody needs to be warned');
  await call(api, 'takePayment', { params, body: { means: 'cash' }, status: 409, code: 'order_paid' });
}

// The next shift: what the one before sold is given back from this drawer, and an order that was charged wrongly is sold anew.
export async function walkRefunds(api, manager, site, menu, staff, before) {
  const approval = { staff: staff.gerencia, pin: pins.gerencia };
  const shift = await call(api, 'openShift', { body: { float: 200000 } });
  const sold = await call(api, 'getOrder', { params: { id: before } });
  const params = { id: before };
  const [first] = sold.lines.filter((line) => line.quantity > line.voided);
  const body = { reason: 'El plato llegó frío', lines: [{ line: first.id, quantity: 1 }] };
  await call(api, 'refundOrder', { params, body, status: 403, code: 'approval_required' });
  const quote = await call(api, 'quoteRefund', { params, body: { lines: body.lines } });
  const part = await call(api, 'refundOrder', { params, body: { ...body, approval } });
  check(quote.returned === part.refund.returned && quote.total === part.refund.total && quote.means.length === part.refund.means.length, 'quoteRefund: what was then given back');
  check(part.refund.number === 1 && part.refund.approved_by === 'gerencia' && part.refund.tip === 0, 'refundOrder: a line, without the tip');
  check(part.refund.lines.length === 1 && part.refund.means.length === sold.payments.length, 'refundOrder: by the means it was paid by');
  const rest = await call(manager, 'refundOrder', { params, body: { reason: 'Se devuelve todo', check: sold.checks[0].id } });
  check(rest.refund.approved_by === null && rest.order.refunds.length === 2, 'refundOrder: the rest');
  check(part.refund.total + rest.refund.total === sold.totals.due, 'refundOrder: both are the whole');
  const charged = sold.payments.reduce((sum, p) => sum + p.charged, 0);
  check(part.refund.returned + rest.refund.returned === charged, 'refundOrder: what was charged went back');
  await call(manager, 'refundOrder', { params, body: { reason: 'Otra vez' }, status: 409, code: 'refund_nothing_left' });
  await call(api, 'quoteRefund', { params, body: {}, status: 409, code: 'refund_nothing_left' });
  const { orders } = await call(api, 'listPastOrders');
  const past = orders.find((o) => o.id === before);
  check(past.refunded_whole && past.returned === charged && past.documents === sold.checks[0].document, 'listPastOrders: what was given back, and the document');
  const { orders: found } = await call(api, 'listPastOrders', { query: { number: Number(sold.checks[0].document.split('-').at(-1)) } });
  check(found.some((o) => o.id === before), 'listPastOrders: found by the number of its document');
  await call(api, 'listPastOrders', { query: { day: '2026-02-30' }, status: 400, code: 'invalid_query' });
  await call(manager, 'reopenOrder', { params, body: { reason: 'Se cobró mal' }, status: 409, code: 'order_closed' });

  const made = await call(api, 'openOrder', { body: newOrder(site, [lineFor(menu, itemsOf(menu)[0])], 7) });
  const again = { id: made.id };
  const pay = async () => {
    if (site.tip.rule === 'ask') await call(api, 'setTip', { params: again, body: { declined: true } });
    return call(api, 'takePayment', { params: again, body: { means: 'cash' } });
  };
  await call(manager, 'reopenOrder', { params: again, body: { reason: 'Se cobró mal' }, status: 409, code: 'order_not_paid' });
  const once = await pay();
  await call(api, 'reopenOrder', { params: again, body: { reason: 'Se cobró mal' }, status: 403, code: 'approval_required' });
  const open = await call(api, 'reopenOrder', { params: again, body: { reason: 'Se cobró mal', approval } });
  check(open.state === 'sent' && open.balance === made.totals.due && open.refunds[0].reopens, 'reopenOrder: live again');
  const twice = await pay();
  check(twice.order.paid === once.order.paid && twice.receipt.number !== once.receipt.number, 'reopenOrder: paid once more, under another number');
  const x = await call(manager, 'getShiftReport', { params: { id: shift.id } });
  check(x.refunds.count === 3 && x.cash.refunds > 0 && x.refunds.taxes.length > 0, 'getShiftReport: what was given back');
  const day = await call(manager, 'getDailyReport');
  check(day.refunds.count === 3 && day.after_refunds.net === day.totals.net - day.refunds.net, 'getDailyReport: what was given back');
  await call(api, 'closeShift', { params: { id: shift.id }, body: { count: {}, carry_open_orders: true, approval } });
}
