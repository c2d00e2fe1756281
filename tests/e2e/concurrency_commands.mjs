// Every kind of change there is, a row each, for concurrency.mjs: sent once, and fifty times at once under one key on a like thing.
//
// A row: `call` as the server's index names it; `given`: makes what it acts on and answers it (an order's is read again); `body`: what is sent, or a
// function of what was given; `params`: of the path, besides the order's id and its first line; `by`: who does it, caja when left out. A new command is
// one row; a route without a row fails the test.
import { line } from './day_kit.mjs';
import { waitFor } from './support_server.mjs';

let orders = 0;
const name = () => `Fila ${(orders += 1)}`;

async function open(till, lines, more = {}) {
  const body = { kind: 'takeaway', name: name(), lines, ...more };
  return till.day.done(await till.caja.post('/orders', body), 201, 'an order is opened');
}
async function act(till, order, path, body, api = till.caja) {
  const reply = await api.post(`/orders/${order.id}${path}`, body);
  till.day.check(reply.status < 300, `${path} of what is given: ${reply.status} ${reply.bytes.toString().slice(0, 200)}`);
  return order;
}
const beers = [line('cerveza-nacional', 2), line('cocadas')];

const given = {
  opened: (till) => open(till, beers),
  sent: (till) => open(till, beers, { send: true }),
  held: (till) => open(till, [line('gaseosa'), line('cocadas', 1, [], { hold: true, course: 'postre' })], { send: true }),
  answered: async (till) => act(till, await given.sent(till), '/tip', { declined: true }),
  paid: async (till) => act(till, await given.answered(till), '/payments', { means: 'efectivo' }),
  split: async (till) => act(till, await given.answered(till), '/split', { ways: 2 }),
  discounted: async (till) => act(till, await given.opened(till), '/discounts', { percent: 500, kind: 'discount', reason: 'Cliente frecuente' }, till.gerencia),
  async table(till) {
    const taken = (await till.caja.get('/orders')).body.orders.map((order) => order.table);
    const free = Array.from({ length: 16 }, (_, i) => `mesa-${i + 1}`).filter((table) => !taken.includes(table));
    const order = await open(till, beers, { kind: 'table', table: free[0], covers: 2, name: undefined, send: true });
    return { ...order, free: free[1] };
  },
};

const shiftOpen = async (till) => {
  const current = await till.caja.get('/shifts/current');
  return current.status === 200 ? current.body : till.day.done(await till.caja.post('/shifts', { float: 50000 }), 201, 'a shift opens');
};
const closing = { count: { 50000: 1 }, carry_open_orders: true };
const shiftClosed = async (till) => {
  const { id } = await shiftOpen(till);
  till.day.done(await till.gerencia.post(`/shifts/${id}/close`, closing), 200, 'the shift is closed');
  return {};
};
const ofShift = { params: (shift) => ({ id: shift.id }) };
const reason = 'Error al marcar';
const ticket = async (till, printer, state) => {
  const { job } = till.day.done(await till.caja.post(`/printers/${printer}/test`), 201, 'a test page');
  await waitFor(async () => (await till.caja.get(`/print-jobs/${job}`)).body.state === state, 20000, `a ticket that is ${state}`);
  return { id: job };
};
const printing = (path, method = 'post') => async (till) => {
  till.day.done(await till.caja[method](path, method === 'post' ? path.endsWith('/route') ? { printer: 'caja' } : {} : undefined), 200, `${path} beforehand`);
  return {};
};
const atBar = { params: () => ({ printer: 'barra', station: 'barra' }) };
let hired = 0;

export const commands = [
  { call: 'POST /api/v1/orders', body: () => ({ kind: 'takeaway', name: name(), lines: beers, send: true }) },
  { call: 'POST /api/v1/orders/{id}/lines', given: given.sent, body: { lines: [line('gaseosa', 3), line('cocadas')] } },
  { call: 'DELETE /api/v1/orders/{id}/lines/{line}', given: given.opened },
  { call: 'POST /api/v1/orders/{id}/lines/{line}/void', given: given.sent, by: 'gerencia', body: { quantity: 1, reason } },
  { call: 'POST /api/v1/orders/{id}/void', given: given.sent, by: 'gerencia', body: { reason } },
  { call: 'POST /api/v1/orders/{id}/send', given: given.opened, body: {} },
  { call: 'POST /api/v1/orders/{id}/send', what: 'firing a course', given: given.held, body: { courses: ['postre'] } },
  { call: 'POST /api/v1/orders/{id}/move', given: given.table, body: (order) => ({ table: order.free }) },
  { call: 'POST /api/v1/orders/{id}/merge', given: given.sent, body: async (_, till) => ({ from: (await given.sent(till)).id }) },
  { call: 'POST /api/v1/orders/{id}/transfer', given: given.sent, body: (_, till) => ({ staff: till.rosa.person.id }) },
  { call: 'POST /api/v1/orders/{id}/tip', given: given.sent, body: { amount: 1000 } },
  { call: 'POST /api/v1/orders/{id}/tip', what: 'declined', given: given.sent, body: { declined: true } },
  { call: 'POST /api/v1/orders/{id}/payments', given: given.answered, body: { means: 'efectivo', tendered: 50000 } },
  { call: 'POST /api/v1/orders/{id}/payments', what: 'a part', given: given.answered, body: { means: 'nequi', amount: 10000, reference: '004512' } },
  { call: 'POST /api/v1/orders/{id}/discounts', given: given.opened, by: 'gerencia', body: { percent: 500, kind: 'discount', reason: 'Cliente frecuente' } },
  { call: 'POST /api/v1/orders/{id}/discounts', what: 'a courtesy', given: given.opened, by: 'gerencia', body: { amount: 2000, kind: 'courtesy', reason: 'Cortesía de la casa' } },
  { call: 'DELETE /api/v1/orders/{id}/discounts/{discount}', given: given.discounted, by: 'gerencia', params: (order) => ({ discount: order.discounts[0].id }) },
  { call: 'POST /api/v1/orders/{id}/split', given: given.answered, body: { ways: 3 } },
  { call: 'POST /api/v1/orders/{id}/split', what: 'by lines', given: given.answered, body: (order) => ({ lines: [{ line: order.lines[0].id, quantity: 1 }] }) },
  { call: 'POST /api/v1/orders/{id}/split', what: 'an amount', given: given.answered, body: { amount: 10000 } },
  { call: 'POST /api/v1/orders/{id}/payments', what: 'one check of two', given: given.split, body: (order) => ({ check: order.checks[1].id, means: 'efectivo' }) },
  { call: 'POST /api/v1/orders/{id}/tip', what: 'of one check of two', given: given.split, body: (order) => ({ check: order.checks[0].id, amount: 500 }) },
  { call: 'DELETE /api/v1/orders/{id}/split', given: given.split },
  { call: 'POST /api/v1/orders/{id}/precuenta', given: given.sent, body: {} },
  { call: 'POST /api/v1/orders/{id}/precuenta', what: 'of one check of two', given: given.split, body: (order) => ({ check: order.checks[1].id }) },
  { call: 'POST /api/v1/orders/{id}/refunds', given: given.paid, by: 'gerencia', body: { reason: 'Plato devuelto' } },
  {
    call: 'POST /api/v1/orders/{id}/refunds',
    what: 'one dish',
    given: given.paid,
    by: 'gerencia',
    body: (order) => ({ lines: [{ line: order.lines[0].id, quantity: 1 }], reason: 'Plato devuelto' }),
  },
  { call: 'POST /api/v1/orders/{id}/reopen', given: given.paid, by: 'gerencia', body: { reason: 'Se cobró la mesa que no era' } },
  { call: 'PUT /api/v1/menu/items/{item}/availability', params: () => ({ item: 'gaseosa' }), body: { available: true, remaining: 40 } },
  { call: 'POST /api/v1/menu/versions', by: 'gerencia', body: async (_, till) => (await till.gerencia.get('/menu/versions/current')).body },
  { call: 'POST /api/v1/printers/{printer}/test', params: () => ({ printer: 'caja' }), body: {} },
  { call: 'POST /api/v1/printers/{printer}/pause', given: printing('/printers/barra/resume'), ...atBar, body: {} },
  { call: 'POST /api/v1/printers/{printer}/resume', given: printing('/printers/barra/pause'), ...atBar, body: {} },
  { call: 'POST /api/v1/stations/{station}/route', given: printing('/stations/barra/route', 'delete'), ...atBar, body: { printer: 'caja' } },
  { call: 'DELETE /api/v1/stations/{station}/route', given: printing('/stations/barra/route'), ...atBar },
  { call: 'POST /api/v1/print-jobs/{id}/reprint', given: (till) => ticket(till, 'caja', 'printed'), body: {} },
  { call: 'POST /api/v1/print-jobs/{id}/resolve', given: (till) => ticket(till, 'duda', 'unknown'), body: { printed: true }, silent: true },
  { call: 'POST /api/v1/staff', by: 'office', body: () => ({ name: `Nueva ${(hired += 1)}`, role: 'waiter', pin: '7391' }) },
  {
    call: 'PATCH /api/v1/staff/{id}',
    by: 'office',
    given: async (till) => till.day.done(await till.office.post('/staff', { name: `Otra ${(hired += 1)}`, role: 'waiter', pin: '8264' }), 201, 'a person'),
    body: { active: false },
  },
  { call: 'POST /api/v1/shifts/{id}/cash-movements', given: shiftOpen, ...ofShift, body: { kind: 'in', amount: 5000, reason: 'Sencillo' } },
  { call: 'POST /api/v1/shifts/{id}/drawer', given: shiftOpen, ...ofShift, body: { reason: 'Cambiar un billete' } },
  { call: 'POST /api/v1/shifts/{id}/report', by: 'gerencia', given: shiftOpen, ...ofShift, body: {} },
  { call: 'POST /api/v1/shifts/{id}/close', by: 'gerencia', given: shiftOpen, ...ofShift, body: closing },
  { call: 'POST /api/v1/shifts', given: shiftClosed, body: { float: 50000 } },
];

/** Routes without a row, and why. */
export const exempt = {
  'POST /api/v1/orders/{id}/refunds/quote': 'a question: it changes nothing and takes no key',
  'POST /api/v1/practice/restart': 'only in practice, which is another till',
  'POST /api/v1/practice/reset': 'only in practice, which is another till',
  'POST /api/v1/session': 'each sign-in is a session of its own',
  'DELETE /api/v1/session': 'signing out twice is signed out',
};
