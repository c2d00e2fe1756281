// A day on which much is given back: by line, whole, by the means it came, of one check of two, from another shift's drawer, an order charged wrongly and
// sold anew; twice at once; over a power cut. Every figure is worked by hand; what is left in the end is what two guests kept.
//
//   node tests/e2e/refund_day.mjs         COMANDA, COMANDA_PORT: see support_server.mjs
import { randomUUID } from 'node:crypto';
import { Day, line, sections, words } from './day_kit.mjs';

const day = new Day('interno');
let caja, gerencia, shift;
const refunds = []; // as they were given

async function sell(table, lines) {
  const made = day.done(await caja.post('/orders', { kind: 'table', table, covers: 2, lines }), 201, `an order at ${table}`);
  return day.done(await caja.post(`/orders/${made.id}/tip`, { declined: true }), 200, 'no tip');
}
async function pay({ id }, body) {
  return day.done(await caja.post(`/orders/${id}/payments`, body), 201, `order ${id} is paid: ${body.means}`);
}
/** Gives back with the manager's approval, and holds the refund and its ticket against what is wanted. */
async function giveBack({ id }, body, wanted) {
  const what = `refund ${refunds.length + 1}`;
  const reply = await caja.post(`/orders/${id}/refunds`, { reason: 'Plato frío', approval: day.approval, ...body });
  const { refund, order, job } = day.done(reply, 201, what);
  refunds.push(refund.id);
  day.same(refund, { number: refunds.length, by: 'caja', approved_by: 'gerencia', reopens: false, ...wanted }, what);
  day.same(order.refunds.at(-1), { id: refund.id }, `${what} is on the order`);
  const text = words(sections(await day.text(job)).flat());
  for (const part of [`DEVOLUCIÓN ${refund.number}`, 'Motivo: Plato frío', 'Devolvió caja', 'Autorizó gerencia', 'Firma:']) day.check(text.includes(part), `the ticket of ${what} says ${part}: ${text}`);
  const cash = refund.means.some((m) => m.kind === 'cash' && m.charged > 0);
  day.check((await day.opensDrawer(job)) === cash, `${what}: the drawer opens for cash alone`);
  return { refund, order, text };
}
const some = (order, at, quantity = 1) => ({ lines: [{ line: order.lines[at].id, quantity }] });
const cash = (amount, charged) => [{ kind: 'cash', means: 'efectivo', amount, charged }];

/** 3 × 16.000 less 10.000: 38.000 = 35.185 + 2.815, in cash. The third is given back in the next shift. */
async function lineByLine() {
  const order = await sell('mesa-1', [line('arroz-con-leche'), line('arroz-con-leche'), line('arroz-con-leche')]);
  const off = { kind: 'discount', amount: 10000, reason: 'Demora', approval: day.approval };
  day.done(await caja.post(`/orders/${order.id}/discounts`, off), 201, '10.000 off');
  day.same((await pay(order, { means: 'efectivo' })).payment, { charged: 38000 }, 'three desserts are paid');
  await giveBack(order, some(order, 0), { net: 12666, base: 11728, tax: 938, tip: 0, total: 12666, returned: 12650, means: cash(12666, 12650) });
  await giveBack(order, some(order, 1), { net: 12667, base: 11728, tax: 939, tip: 0, total: 12667, returned: 12650, means: cash(12667, 12650) });
  return order;
}

/** 24.000 + 23.800 + 35.000 less 7 %: 77.004 = 20.667 + 1.653 + 18.600 + 3.534 + 32.550; 30.000 by Nequi, 47.004 in cash, charged 47.000. */
async function byTheMeansItCame() {
  const order = await sell('mesa-2', [line('cerveza-nacional', 2), line('bolsa-tela'), line('libro-relatos')]);
  day.done(await caja.post(`/orders/${order.id}/discounts`, { kind: 'discount', percent: 700, reason: 'Cliente frecuente' }), 201, '7 % off');
  await pay(order, { means: 'nequi', amount: 30000, reference: 'M77' });
  day.same((await pay(order, { means: 'efectivo', tendered: 50000 })).payment, { charged: 47000, change: 3000, adjustment: -4 }, 'the rest in cash');
  const nequi = (amount) => ({ kind: 'transfer', means: 'nequi', amount, charged: amount });
  const one = await giveBack(order, some(order, 0), {
    net: 11160, base: 10333, tax: 827, total: 11160, returned: 11148, means: [nequi(4348), ...cash(6812, 6800)],
    lines: [{ name: 'Cerveza nacional', quantity: 1, gross: 12000, discount: 840, net: 11160 }],
  });
  for (const part of ['Del documento INT-2', 'Subtotal $ 12.000', 'Descuento -$ 840', 'Base INC 8 % $ 10.333', 'TOTAL DEVUELTO $ 11.160', 'Ajuste al peso (efectivo) -$ 12', 'Referencia M77', 'Efectivo $ 6.800'])
    day.check(one.text.includes(part), `the ticket says ${part}: ${one.text}`);
  const rest = await giveBack(order, {}, { net: 65844, base: 61484, tax: 4360, total: 65844, returned: 65852, means: [nequi(25652), ...cash(40192, 40200)] });
  day.same(rest.order, { state: 'paid', paid: 77004 }, 'the sale stays what it was');
  day.refused(await gerencia.post(`/orders/${order.id}/refunds`, { reason: 'Otra vez' }), 409, 'refund_nothing_left', 'all is given back');
}

/** 54.000 + 18.000 on two checks: 18.000 = 16.667 + 1.333 by card, 54.000 = 50.000 + 4.000 in cash; the second goes back. */
async function ofOneCheck() {
  const order = await sell('mesa-3', [line('posta-cartagenera'), line('limonada-natural', 2)]);
  const split = day.done(await caja.post(`/orders/${order.id}/split`, some(order, 1, 2)), 200, 'the drinks apart');
  const drinks = split.checks.find((c) => c.totals.net === 18000);
  const food = split.checks.find((c) => c.totals.net === 54000);
  await pay(order, { check: drinks.id, means: 'debito', reference: '0043' });
  await pay(order, { check: food.id, means: 'efectivo' });
  const body = { reason: 'Plato frío' };
  day.refused(await gerencia.post(`/orders/${order.id}/refunds`, body), 400, 'check_needed', 'two checks are paid');
  day.refused(await gerencia.post(`/orders/${order.id}/refunds`, { ...body, check: food.id, ...some(order, 1) }), 404, 'line_unknown', 'a line of the other check');
  await giveBack(order, { check: food.id }, { check: food.id, net: 54000, base: 50000, tax: 4000, returned: 54000, means: cash(54000, 54000) });
}

/** 24.000 in cash, sold anew with another 6.500: 30.500 = 28.241 + 2.259. The power fails in between. */
async function soldAnew() {
  const order = await sell('mesa-4', [line('cafe', 1, ['cafe-tinto']), line('enyucado')]);
  const first = await pay(order, { means: 'efectivo' });
  const kitchen = async () => (await day.jobs(`order=${order.id}`)).filter((job) => job.kind === 'kitchen').length;
  const tickets = await kitchen();
  const reopen = (body) => caja.post(`/orders/${order.id}/reopen`, { reason: 'Faltaba el agua', ...body });
  day.refused(await reopen(), 403, 'approval_required', 'reopening takes a manager');
  const open = day.done(await reopen({ approval: day.approval }), 200, 'the order is reopened');
  refunds.push(open.refunds[0].id);
  day.same(open, { state: 'sent', ended_at: null, paid: 0, balance: 24000, totals: { due: 24000 }, tip: { state: 'unasked' }, changed: false }, 'it is live');
  day.same(open.refunds, [{ number: refunds.length, reopens: true, net: 24000, base: 22222, tax: 1778, returned: 24000 }], 'its check is given back');
  day.refused(await reopen({ approval: day.approval }), 409, 'order_not_paid', 'it is reopened once');
  await day.restart({ power: true });
  day.same(await day.order(order.id), { state: 'sent', balance: 24000, refunds: [{ number: refunds.length }] }, 'it is so after a power cut');
  day.check((await kitchen()) === tickets, 'the kitchen hears nothing');
  day.done(await caja.post(`/orders/${order.id}/lines`, { lines: [line('agua-con-gas')] }), 200, 'the water that was missing');
  day.done(await caja.post(`/orders/${order.id}/tip`, { declined: true }), 200, 'no tip');
  const again = await pay(order, { means: 'efectivo' });
  day.same(again.payment, { charged: 30500 }, 'it is paid anew');
  day.same([first, again].map((p) => p.receipt.number), ['INT-5', 'INT-6'], 'each sale has its number');
  day.same(again.order, { state: 'paid', paid: 30500, balance: 0, totals: { net: 30500, base: 28241, tax: 2259 } }, 'the order is what was sold in the end');
}

/** 68.000 = 62.963 + 5.037, tip 6.000, by card: all of it goes back. */
async function withItsTip() {
  const order = await sell('mesa-5', [line('pargo-frito', 1, ['acomp-yuca'])]);
  day.done(await caja.post(`/orders/${order.id}/tip`, { amount: 6000 }), 200, 'a tip');
  await pay(order, { means: 'credito', reference: '0044' });
  const means = [{ kind: 'credit', means: 'credito', amount: 74000, charged: 74000 }];
  await giveBack(order, {}, { net: 68000, base: 62963, tax: 5037, tip: 6000, total: 74000, returned: 74000, means });
}

/** 4 × 7.000: one is sent ten times under one key; the other three are asked back by two tills at once. */
async function atOnce() {
  const order = await sell('mesa-6', [line('gaseosa', 4)]);
  await pay(order, { means: 'efectivo' });
  const key = randomUUID();
  const body = { reason: 'Plato frío', ...some(order, 0) };
  const taps = await Promise.all(Array.from({ length: 10 }, () => gerencia.post(`/orders/${order.id}/refunds`, body, { key })));
  day.check(taps.every((tap) => tap.status === 201 && tap.bytes.equals(taps[0].bytes)), 'ten times the same refund has one answer');
  day.same(taps[0].body.refund, { number: refunds.length + 1, net: 7000, base: 6481, tax: 519, returned: 7000, approved_by: null }, 'and is one refund');
  refunds.push(taps[0].body.refund.id);
  const three = { reason: 'Plato frío', ...some(order, 0, 3) };
  const both = await Promise.all([gerencia.post(`/orders/${order.id}/refunds`, three), caja.post(`/orders/${order.id}/refunds`, { ...three, approval: day.approval })]);
  day.same(both.map((r) => r.status).sort(), [201, 409], 'of two tills one gives back');
  day.same(both.find((r) => r.status === 409)?.body.code, 'refund_nothing_left', 'the other is told that nothing is left');
  const { refund } = both.find((r) => r.status === 201).body;
  day.same(refund, { number: refunds.length + 1, net: 21000, base: 19445, tax: 1555, returned: 21000 }, 'three more');
  refunds.push(refund.id);
}

const sold = { gross: 353300, discount: 15796, net: 337504, base: 313021, tax: 24483, tips: 6000, adjustment: -4, collected: 343500 };
const given = {
  count: 9, gross: 288800, discount: 12463, net: 276337, base: 256384, tax: 19953, tips: 6000, adjustment: -37, returned: 282300,
  taxes: [
    { name: 'IVA', rate: 1900, gross: 22134, base: 18600, tax: 3534 },
    { name: 'INC', rate: 800, gross: 221653, base: 205234, tax: 16419 },
    { name: 'Excluido', rate: 0, gross: 32550, base: 32550, tax: 0 },
  ],
};

async function close({ id }, count, expected) {
  const body = { count };
  day.same(day.done(await caja.post(`/shifts/${id}/close`, body), 200, 'the shift closes'), { expected, counted: expected, difference: 0 }, 'nothing is missing');
}

async function closeTheShift() {
  day.done(await caja.post(`/shifts/${shift.id}/cash-movements`, { kind: 'out', amount: 20000, reason: 'Hielo' }), 201, 'cash out');
  const report = async () => day.done(await gerencia.get(`/shifts/${shift.id}/report`), 200, 'the report of the shift');
  const figures = {
    documents: 8, totals: sold, refunds: given,
    cash: { float: 100000, sales: 221500, in: 0, out: 20000, refunds: 178300, tips_paid_out: 0, expected: 123200 },
    means: [
      { means: 'efectivo', charged: 221500, refunded: 178300 }, { means: 'credito', charged: 74000, refunded: 74000 },
      { means: 'debito', charged: 18000, refunded: 0 }, { means: 'nequi', charged: 30000, refunded: 30000 },
    ],
  };
  day.same(await report(), { z: false, ...figures }, 'the X');
  await close(shift, { 100000: 1, 20000: 1, 2000: 1, 1000: 1, 200: 1 }, 123200);
  day.same(await report(), { z: true, ...figures }, 'the Z');
  const z = (await day.dry()).filter((job) => job.kind === 'report').at(-1);
  const text = words(sections(await day.text(z.id)).flat());
  for (const part of ['VENTAS NETAS $ 337.504', 'Cantidad 9', 'Ventas devueltas $ 276.337', 'Propinas devueltas $ 6.000', 'Total devuelto $ 282.300',
    'VENTAS MENOS DEVOLUCIONES $ 61.167', 'Devuelto -$ 178.300', '- Devoluciones $ 178.300', 'Esperado $ 123.200'])
    day.check(text.includes(part), `the Z says ${part}: ${text}`);
}

/** The last of the three desserts, from the drawer of a shift that sold nothing. */
async function fromTheNextDrawer(order) {
  day.refused(await gerencia.post(`/orders/${order.id}/refunds`, { reason: 'Plato frío' }), 409, 'no_open_shift', 'nobody has a drawer open');
  const next = day.done(await caja.post('/shifts', { float: 50000 }), 201, 'the next shift opens');
  day.refused(await gerencia.post(`/orders/${order.id}/reopen`, { reason: 'Plato frío' }), 409, 'order_closed', 'a sale of a Z is not reopened');
  const last = await giveBack(order, {}, { net: 12667, base: 11729, tax: 938, returned: 12700, means: cash(12667, 12700) });
  day.same(last.order.state, 'closed', 'the order stays closed');
  const returned = last.order.refunds.reduce((sum, r) => sum + r.returned, 0);
  day.check(returned === 38000, `the three came to what was charged: ${returned}`);
  await close(next, { 20000: 1, 10000: 1, 5000: 1, 2000: 1, 100: 3 }, 37300);
  const z = day.done(await gerencia.get(`/shifts/${next.id}/report`), 200, 'its Z');
  day.same(z, { totals: { net: 0, collected: 0 }, refunds: { count: 1, net: 12667, adjustment: 33, returned: 12700 }, cash: { refunds: 12700, expected: 37300 } }, 'its Z');
  return next;
}

async function books() {
  const report = day.done(await gerencia.get(`/reports/daily?date=${shift.business_day}`), 200, 'the day');
  day.same(report.totals, { documents: 8, ...sold }, 'the sales of the day are what the documents say');
  day.same(report.refunds, { count: 10, gross: 304800, discount: 15796, net: 289004, base: 268113, tax: 20891, tips: 6000, adjustment: -4, returned: 295000 }, 'what was given back');
  day.same(report.after_refunds, { net: 48500, base: 44908, tax: 3592, tips: 0, collected: 48500 }, 'what two guests kept: 18.000 and 30.500');
  for (const list of ['by_category', 'by_item', 'by_hour', 'by_kind']) {
    const sum = (key) => report[list].reduce((all, row) => all + row[key], 0);
    day.same([sum('net'), sum('refunded')], [337504, 289004], `${list} adds up`);
  }
  const means = Object.fromEntries(report.by_means.map((row) => [row.means, row.charged - row.refunded]));
  day.same(means, { efectivo: 30500, nequi: 0, debito: 18000, credito: 0 }, 'what is left by each means');
  const desserts = report.by_item.find((row) => row.item === 'arroz-con-leche');
  day.same(desserts, { quantity: 3, net: 38000, refunded_quantity: 3, refunded: 38000 }, 'three desserts, sold and given back');
  const { entries } = day.done(await gerencia.get('/journal?limit=500'), 200, 'the journal');
  day.same(entries.filter((e) => e.kind === 'refund').map((e) => e.detail.number), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 'each refund is in the journal');
  day.same((await gerencia.get('/journal/verify')).body, { first_bad: null }, 'the journal is whole');
}

await day.live(async () => {
  ({ caja, gerencia } = await day.begin());
  shift = day.done(await caja.post('/shifts', { float: 100000 }), 201, 'the shift opens');
  const desserts = await lineByLine();
  for (const part of [byTheMeansItCame, ofOneCheck, soldAnew, withItsTip, atOnce, closeTheShift]) await part();
  await fromTheNextDrawer(desserts);
  await books();
  await day.end();
});
console.log(`refund_day: ${day.passed} passed, ${day.failures.length} failed`);
process.exit(day.failures.length ? 1 : 0);
