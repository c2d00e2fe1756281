// A day of splits at Interno: a table of four that pays by seat, evenly and by several means, one by dish, one by amount over three taxes, discounts within
// the limits and with an approval, a courtesy; then the drawer, the day's sales and `comanda verify`. Every figure is worked by hand.
//
//   node tests/e2e/split_day.mjs           COMANDA, COMANDA_PORT: see support_server.mjs
import { identities } from './day_books.mjs';
import { Day, line, sections, table, words } from './day_kit.mjs';

const day = new Day('interno');

// The checks as they must come to: net = gross - discount = base + tax, due = net + tip.
const checks = table(`
  check      gross   discount courtesy net     base    tax   tip   due
  puesto-1   54.000  5.400    0        48.600  45.000  3.600 4.256 52.856
  puesto-2   58.000  5.800    0        52.200  48.334  3.866 4.571 56.771
  resto-1    52.500  11.550   7.000    40.950  37.916  3.034 3.587 44.537
  resto-2    52.500  11.550   7.000    40.950  37.917  3.033 3.586 44.536
  cafe       6.000   0        0        6.000   5.556   444   0     6.000
  third      12.000  0        0        12.000  11.111  889   0     12.000
  beer       12.000  0        0        12.000  11.111  889   1.111 13.111
  two-beers  24.000  0        0        24.000  22.222  1.778 0     24.000
  fifty      50.000  0        0        50.000  46.543  3.457 0     50.000
  others     62.800  0        0        62.800  58.457  4.343 0     62.800
`);
const comesTo = (check, name, more = {}) => {
  const { check: _, ...totals } = checks[name];
  day.same(check, { due: totals.due, totals, ...more }, `${name} comes to`);
};

const post = async (api, order, what, body, status = 200) => day.done(await api.post(`/orders/${order.id}/${what}`, body), status, `${what} ${JSON.stringify(body)}`);
const open = async (mesa, tableId, covers, lines) =>
  day.done(await mesa.post('/orders', { kind: 'table', table: tableId, covers, lines, send: true }), 201, `${tableId} orders`);
/** Pays a check in whole; its document is the next one. */
async function pay(order, check, means, money, more = {}) {
  const taken = await post(day.people.caja, order, 'payments', { means, check, ...more }, 201);
  day.same(taken.payment, money, `check ${check} by ${means}`);
  day.documents.push(taken.receipt?.number);
  return taken;
}
const receipt = async (taken) => (await day.text(taken.receipt.job)).split('\n');

/** Four at a table: 203.000 of dishes less 10 %, a birthday's coconut sweets given away, and a tip of 16.000. */
async function tableOfFour() {
  const { caja, mesa, gerencia } = day.people;
  const seat = (n, item) => line(item, 1, [], { seat: n });
  const order = await open(mesa, 'mesa-3', 4, [
    seat(1, 'posta-cartagenera'), seat(2, 'arroz-caldoso'), seat(3, 'berenjenas-rellenas'), seat(4, 'ceviche-camaron'), line('patacones-hogao'), seat(4, 'cocadas'),
  ]);
  const gift = { kind: 'courtesy', percent: 10000, line: order.lines[5].id, reason: 'Cumpleaños' };
  day.refused(await caja.post(`/orders/${order.id}/discounts`, gift), 403, 'approval_required', 'a cashier gives nothing away');
  await post(caja, order, 'discounts', { ...gift, approval: day.approval }, 201);
  const regular = { kind: 'discount', percent: 1000, reason: 'Cliente frecuente' };
  day.refused(await mesa.post(`/orders/${order.id}/discounts`, regular), 403, 'approval_required', 'a waiter takes nothing off alone');
  const less = await post(caja, order, 'discounts', regular, 201);
  day.same(less.totals, { gross: 217000, discount: 34300, courtesy: 14000, net: 182700, base: 169167, tax: 13533 }, 'what came off');
  day.same(less.discounts, [{ kind: 'courtesy', value: 14000, by: 'caja', approved_by: 'gerencia' }, { kind: 'discount', value: 20300, approved_by: null }], 'the discounts');
  day.refused(await caja.post(`/orders/${order.id}/discounts`, { ...regular, percent: 100 }), 403, 'approval_required', 'another one would be over the limit');
  day.refused(await caja.post(`/orders/${order.id}/tip`, { amount: 16917 }), 400, 'tip_over_limit', 'a tenth of 169.167 is 16.916');
  await post(caja, order, 'tip', { amount: 16000 });

  const split = await post(mesa, order, 'split', { seats: [1, 2] });
  day.same(split.checks.map((c) => c.label), ['Puesto 1', 'Puesto 2', 'Resto'], 'by seat');
  const parts = await post(mesa, order, 'split', { check: split.checks[2].id, ways: 2 });
  const [one, two, three, four] = parts.checks;
  comesTo(one, 'puesto-1', { fixed: true, tip: { state: 'set' } });
  comesTo(two, 'puesto-2');
  comesTo(three, 'resto-1', { label: 'Resto · Parte 1 de 2' });
  comesTo(four, 'resto-2');
  day.same(parts.totals, { net: 182700, base: 169167, tax: 13533, tip: 16000, due: 198700 }, 'together they are the bill');
  day.refused(await gerencia.post(`/orders/${order.id}/lines/${order.lines[0].id}/void`, { quantity: 1, reason: 'Error' }), 409, 'order_split', 'what is fixed stays');

  const first = await pay(order, one.id, 'efectivo', { charged: 52850, change: 7150, adjustment: -6 }, { tendered: 60000 });
  day.same(first.order, { state: 'sent', paid: 52856, balance: 145844 }, 'one has paid, the others have not');
  const paper = await receipt(first);
  day.check(words(paper).includes('Cuenta: Puesto 1'), 'the receipt names the seat');
  day.check(words(paper).includes('Descuento -$ 5.400 Cliente frecuente'), `the receipt tells what came off: ${words(paper)}`);
  await pay(order, two.id, 'debito', { charged: 56771, change: 0, adjustment: 0 }, { reference: '451122' });
  day.refused(await caja.delete(`/orders/${order.id}/split`), 409, 'order_part_paid', 'a split of which something is paid stands');
  const third = await pay(order, three.id, 'nequi', { charged: 44537, change: 0, adjustment: 0 }, { reference: 'M7781' });
  const shared = words(await receipt(third));
  for (const part of ['Cuenta: Resto · Parte 1 de 2', 'Patacones con hogao', '$ 8.000', 'Descuento -$ 4.550', 'Cortesía -$ 7.000 Cumpleaños'])
    day.check(shared.includes(part), `the receipt of a part says ${part}: ${shared}`);

  // A coffee after all: a check of its own, with its own tip.
  const more = await post(mesa, order, 'lines', { lines: [line('cafe', 1, ['cafe-tinto'])] });
  comesTo(more.checks[4], 'cafe', { fixed: false, tip: { state: 'unasked' }, label: '' });
  day.refused(await caja.post(`/orders/${order.id}/payments`, { means: 'efectivo' }), 400, 'check_needed', 'two checks are open');
  await post(caja, order, 'tip', { check: more.checks[4].id, declined: true });
  await pay(order, more.checks[4].id, 'efectivo', { charged: 6000, change: 0, adjustment: 0 });
  await post(caja, order, 'payments', { means: 'credito', amount: 20000, reference: '900001' }, 201); // the only open one need not be named
  const last = await pay(order, four.id, 'efectivo', { charged: 24500, change: 500, adjustment: -36 }, { tendered: 25000 });
  day.same(last.order, { state: 'paid', balance: 0, paid: 204700, totals: { gross: 223000, discount: 34300, courtesy: 14000, tip: 16000 } }, 'the last check ends the order');
}

/** Three beers: in three, undone, then one by itself; two tills take the rest at once. */
async function tableOfThree() {
  const { caja, mesa } = day.people;
  const order = await open(mesa, 'mesa-4', 3, [line('cerveza-nacional', 3)]);
  const thirds = await post(mesa, order, 'split', { ways: 3 });
  for (const check of thirds.checks) comesTo(check, 'third');
  const whole = day.done(await mesa.delete(`/orders/${order.id}/split`), 200, 'the split is undone');
  day.same(whole.checks, [{ fixed: false, label: '', totals: { gross: 36000, base: 33333, tax: 2667, due: 36000 } }], 'one check again');
  const split = await post(mesa, order, 'split', { lines: [{ line: order.lines[0].id, quantity: 1 }] });
  const tipped = await post(caja, order, 'tip', { check: split.checks[0].id, percent: 1000 });
  const rest = split.checks[1].id;
  comesTo(tipped.checks[0], 'beer');
  comesTo(tipped.checks[1], 'two-beers');
  await pay(order, split.checks[0].id, 'nequi', { charged: 13111 }, { reference: 'M7782' });
  await post(caja, order, 'tip', { check: rest, declined: true });
  const other = await day.server.signIn('caja', 'till-2');
  const both = await Promise.all([caja, other].map((api) => api.post(`/orders/${order.id}/payments`, { means: 'efectivo', check: rest, tendered: 50000 })));
  day.same(both.map((reply) => reply.status).sort(), [201, 409], 'two tills take the same check: one payment');
  day.same(both.find((reply) => reply.status === 409)?.body.code, 'order_paid', 'the other is told: ya pagada');
  const taken = both.find((reply) => reply.status === 201)?.body;
  day.same(taken?.payment, { charged: 24000, change: 26000 }, 'it is charged once');
  day.documents.push(taken?.receipt.number);
}

/** Food, a bag and a book: 50.000 of it in cash, the rest by Nequi; three taxes shared to the peso. */
async function threeTaxes() {
  const order = await open(day.people.mesa, 'mesa-5', 2, [line('posta-cartagenera'), line('bolsa-tela'), line('libro-relatos')]);
  await post(day.people.caja, order, 'tip', { declined: true });
  const { checks: [fifty, others] } = await post(day.people.mesa, order, 'split', { amount: 50000 });
  comesTo(fifty, 'fifty', { label: '$ 50.000' });
  comesTo(others, 'others', { label: 'Resto' });
  const taxes = (check) => Object.fromEntries(check.totals.taxes.map((t) => [t.name, [t.gross, t.tax]]));
  day.same(taxes(fifty), { INC: [23936, 1773], IVA: [10550, 1684], Excluido: [15514, 0] }, 'the taxes of 50.000');
  day.same(taxes(others), { INC: [30064, 2227], IVA: [13250, 2116], Excluido: [19486, 0] }, 'the taxes of the rest');
  await pay(order, fifty.id, 'efectivo', { charged: 50000 });
  await pay(order, others.id, 'nequi', { charged: 62800 }, { reference: 'M7783' });
}

/** A waiter's 20 % that the manager approves, another one taken off again. */
async function approvedDiscount() {
  const { caja, mesa } = day.people;
  const order = await open(mesa, 'mesa-6', 2, [line('arroz-con-leche', 2)]);
  const off = { kind: 'discount', percent: 2000, reason: 'Demora en cocina' };
  day.refused(await mesa.post(`/orders/${order.id}/discounts`, off), 403, 'approval_required', 'a fifth is beyond a waiter');
  const given = await post(mesa, order, 'discounts', { ...off, approval: day.approval }, 201);
  day.same(given.discounts, [{ value: 6400, by: 'mesa', approved_by: 'gerencia' }], 'the manager approves');
  const more = await post(mesa, order, 'discounts', { kind: 'discount', amount: 5000, reason: 'Error', approval: day.approval }, 201);
  day.same(more.totals, { net: 20600 }, 'and another one');
  const less = day.done(await caja.delete(`/orders/${order.id}/discounts/${more.discounts[1].id}`), 200, 'it is taken off again');
  day.same(less.totals, { discount: 6400, courtesy: 0, net: 25600, base: 23704, tax: 1896 }, 'a fifth off 32.000');
  await post(caja, order, 'tip', { declined: true });
  const taken = await pay(order, undefined, 'efectivo', { charged: 25600, change: 4400 }, { tendered: 30000 });
  const paper = words(await receipt(taken));
  day.check(paper.includes('Descuento 20 % -$ 6.400 Demora en cocina'), `the receipt says why: ${paper}`);
}

const totals = {
  documents: 10, covers: 11, gross: 403800, discount: 40700, courtesy: 14000, net: 363100, base: 336760, tax: 26340, tips: 17111, adjustment: -42, collected: 380169,
};

/** 200.000 + 182.950 in cash − 17.111 of tips = 365.839; counted 365.850. */
async function close(shift) {
  const { caja, gerencia } = day.people;
  await day.moveCash(shift, { kind: 'tip_payout', amount: 17111, reason: 'Propinas del día' }, ['PAGO DE PROPINAS', '$ 17.111']);
  const count = { 100000: 3, 50000: 1, 10000: 1, 5000: 1, 500: 1, 200: 1, 100: 1, 50: 1 };
  const closed = day.done(await caja.post(`/shifts/${shift.id}/close`, { count }), 200, 'the shift is closed');
  day.same(closed, { expected: 365839, counted: 365850, difference: 11, z_number: 1 }, 'the drawer');
  const z = day.done(await gerencia.get(`/shifts/${shift.id}/report`), 200, 'the Z');
  const { documents, covers: _, ...figures } = totals;
  day.same(z, { z: true, documents, first_document: 'INT-1', last_document: 'INT-10' }, 'Z: documents');
  day.same(z.totals, figures, 'Z: totals');
  day.same(z.cash, { float: 200000, sales: 182950, in: 0, out: 0, refunds: 0, tips_paid_out: 17111, expected: 365839 }, 'Z: cash');
  const sales = sections(await day.text(closed.job))[2];
  for (const row of ['Ventas brutas $ 403.800', 'Descuentos -$ 26.700', 'Cortesías -$ 14.000', 'VENTAS NETAS $ 363.100'])
    day.check(sales.includes(row), `the Z on paper says ${row}: ${sales.join(' | ')}`);
  day.same(day.documents, Array.from({ length: 10 }, (_, i) => `INT-${i + 1}`), 'ten checks, ten documents without a gap');
}

async function books(shift) {
  const { gerencia } = day.people;
  const report = day.done(await gerencia.get(`/reports/daily?date=${shift.business_day}`), 200, "the day's sales");
  identities(day, report);
  day.same(report.totals, { ...totals, average: 36310 }, 'daily report: totals');
  const means = Object.fromEntries(report.by_means.map((row) => [row.means, [row.count, row.amount, row.charged]]));
  day.same(means, { efectivo: [6, 182992, 182950], debito: [1, 56771, 56771], credito: [1, 20000, 20000], nequi: [3, 120448, 120448] }, 'daily report: means');
  const jobs = await day.dry();
  day.check(jobs.filter((job) => job.kind === 'kitchen').length === 6, 'splitting printed no food ticket: four sends to five stations, and the coffee');
  day.check(jobs.filter((job) => job.kind === 'receipt').length === 10, 'a receipt for every check');
  const { entries } = day.done(await gerencia.get('/journal?limit=500'), 200, 'the journal is read');
  const kinds = {};
  for (const { kind } of entries) kinds[kind] = (kinds[kind] ?? 0) + 1;
  day.same(kinds, { discount: 4, discount_removed: 1, split: 5, unsplit: 1, payment: 11 }, 'every act stands in the journal');
  const approved = entries.filter((entry) => entry.kind === 'discount' && entry.approved_by === gerencia.person.id);
  day.check(approved.length === 3, `three discounts were approved: ${approved.length}`);
}

await day.live(async () => {
  await day.begin();
  const shift = day.done(await day.people.caja.post('/shifts', { float: 200000 }), 201, 'the shift opens');
  for (const part of [tableOfFour, tableOfThree, threeTaxes, approvedDiscount]) await part();
  await close(shift);
  await books(shift);
  await day.end();
});
console.log(`split_day: ${day.passed} passed, ${day.failures.length} failed`);
process.exit(day.failures.length ? 1 : 0);
