// Two devices, one till: what they do at the same moment loses nothing, counts once, and is seen by the other within a second.
//
//   node tests/e2e/two_devices.mjs         COMANDA, COMANDA_PORT: see support_server.mjs
import { randomUUID } from 'node:crypto';
import { Day, line, sections } from './day_kit.mjs';
import { startServer, waitFor } from './support_server.mjs';
import { openStream } from './two_devices_stream.mjs';

const ROUNDS = 10;
const day = new Day('two_devices');
const all = (calls) => Promise.all(calls);
const many = (n, make) => all(Array.from({ length: n }, (_, i) => make(i)));
const count = (replies, status) => replies.filter((reply) => reply.status === status).length;
let caja, rosa, mesa; // two cashiers on two tills, a waiter's tablet

async function people() {
  const office = await day.server.signIn('administración', 'office');
  const added = day.done(await office.post('/staff', { name: 'Rosa', role: 'cashier', pin: '7391' }), 201, 'a second cashier');
  caja = await day.server.signIn('caja', 'till-1');
  mesa = await day.server.signIn('mesa', 'tablet-1');
  const { token } = day.done(await day.server.api().post('/session', { staff: added.id, pin: '7391', device: 'till-2' }), 201, 'Rosa signs in');
  rosa = day.server.api(token);
  day.people = { caja, mesa };
}
const tableFree = (() => {
  let next = 0;
  return () => `mesa-${(next++ % 16) + 1}`;
})();
async function order(lines, send = true) {
  const made = day.done(await mesa.post('/orders', { kind: 'table', table: tableFree(), covers: 2, lines, send }), 201, 'an order is opened');
  return day.done(await mesa.post(`/orders/${made.id}/tip`, { declined: true }), 200, 'no tip');
}
/** Frees the table again. */
async function settle({ id }) {
  const now = await day.order(id);
  if (now.state === 'paid' || now.state === 'voided') return;
  await caja.post(`/orders/${id}/payments`, { means: 'efectivo' });
}

async function linesSideBySide() {
  const made = await order([], false);
  const add = (api, who) => (i) => api.post(`/orders/${made.id}/lines`, { lines: [line('cafe', 1, ['cafe-tinto'], { note: `${who} ${i}` })] });
  const replies = (await all([many(15, add(caja, 'caja')), many(15, add(rosa, 'rosa'))])).flat();
  day.check(count(replies, 200) === 30, 'thirty lines are taken from two tills at once');
  const now = await day.order(made.id);
  const notes = now.lines.map((l) => l.note).sort();
  const wanted = ['caja', 'rosa'].flatMap((who) => Array.from({ length: 15 }, (_, i) => `${who} ${i}`)).sort();
  day.same(notes, wanted, 'no line is lost and none is there twice');
  day.same(now.totals, { gross: 180000, base: 166667, tax: 13333 }, 'thirty coffees of 6.000');
  day.same([...new Set(replies.map((r) => r.body.version))].length, 30, 'every change has a version of its own');

  // A tap that is sent again and again under one key counts once.
  const key = randomUUID();
  const body = { lines: [line('gaseosa')] };
  const taps = await many(10, () => caja.post(`/orders/${made.id}/lines`, body, { key }));
  day.check(count(taps, 200) === 10, 'ten times the same tap is answered ten times');
  day.check(taps.every((tap) => tap.bytes.equals(taps[0].bytes)), 'with one and the same answer');
  day.check((await day.order(made.id)).lines.length === 31, 'and is one line');

  // Who insists on the version that was seen gets it once.
  const { version } = await day.order(made.id);
  const insist = { headers: { 'if-match': `"${version}"` } };
  const edits = await all([caja, rosa].map((api) => api.post(`/orders/${made.id}/lines`, { lines: [line('agua-sin-gas')] }, { ...insist })));
  day.same(edits.map((edit) => edit.status).sort(), [200, 412], 'of two edits of one version one is stale');
  await settle(made);
}

async function bothPay() {
  const issued = [];
  for (let round = 0; round < ROUNDS; round++) {
    const made = await order([line('cerveza-nacional', 2)]);
    const replies = await all([
      caja.post(`/orders/${made.id}/payments`, { means: 'efectivo', tendered: 50000 }),
      rosa.post(`/orders/${made.id}/payments`, { means: 'nequi', reference: `M${round}` }),
    ]);
    day.same(replies.map((r) => r.status).sort(), [201, 409], 'both pay: one payment');
    day.same(replies.find((r) => r.status === 409)?.body.code, 'order_paid', 'the other is told: ya pagada');
    const now = await day.order(made.id);
    day.same(now, { state: 'paid', paid: 24000, balance: 0 }, 'it is paid once');
    day.check(now.payments.length === 1, 'there is one payment');
    const receipts = (await day.jobs(`order=${made.id}`)).filter((job) => job.kind === 'receipt');
    day.check(receipts.length === 1, 'there is one receipt');
    issued.push(now.checks[0].document);
  }
  const first = Number(issued[0].split('-')[1]);
  day.same(issued, issued.map((_, i) => `INT-${first + i}`), 'the documents run on without gap or repeat');

  // Sixteen different bills at once: sixteen numbers in a row.
  const { orders } = (await caja.get('/orders')).body;
  day.check(orders.length === 0, 'every table is free');
  const bills = [];
  for (let i = 0; i < 16; i++) bills.push(await order([line('cocadas')], false));
  const paid = await all(bills.map((bill, i) => (i % 2 ? caja : rosa).post(`/orders/${bill.id}/payments`, { means: 'efectivo' })));
  const numbers = paid.map((reply) => Number(reply.body.receipt?.number.split('-')[1])).sort((a, b) => a - b);
  day.same(numbers, numbers.map((_, i) => first + ROUNDS + i), 'sixteen bills paid at once take sixteen numbers in a row');

  // Two halves at once make one bill.
  const made = await order([line('cerveza-nacional', 2)]);
  const halves = await all([caja, rosa].map((api, i) => api.post(`/orders/${made.id}/payments`, { means: 'nequi', amount: 12000, reference: `H${i}` })));
  day.same(halves.map((r) => r.status), [201, 201], 'two halves are both taken');
  day.check(halves.filter((r) => r.body.receipt).length === 1, 'the one that came last gets the document');
  const third = await order([line('cerveza-nacional', 2)]);
  const parts = await all([caja, rosa].map((api, i) => api.post(`/orders/${third.id}/payments`, { means: 'nequi', amount: 20000, reference: `P${i}` })));
  day.same(parts.map((r) => r.status).sort(), [201, 400], 'two parts that are more than the bill: one is refused');
  await settle(third);

  // Pay and take back at once: either the payment sees the smaller bill or the void finds it paid.
  for (let round = 0; round < ROUNDS; round++) {
    const both = await order([line('cerveza-nacional'), line('cocadas')], false);
    const [payment, removal] = await all([
      caja.post(`/orders/${both.id}/payments`, { means: 'efectivo' }),
      mesa.delete(`/orders/${both.id}/lines/${both.lines[1].id}`),
    ]);
    const now = await day.order(both.id);
    const due = removal.status === 200 ? 12000 : 26000;
    day.check(payment.status === 201, `the bill is paid: ${payment.status}`);
    day.same(now, { state: 'paid', paid: due, totals: { due } }, `paid is what was sold (removal ${removal.status})`);
    if (removal.status !== 200) day.same(removal.body.code, 'order_paid', 'the removal came too late');
  }
}

async function lastOne() {
  const left = (n) => caja.put('/menu/items/pargo-frito/availability', { available: true, remaining: n });
  const fish = line('pargo-frito', 1, ['acomp-yuca']);
  const stock = async () => (await caja.get('/menu')).body.categories.flatMap((c) => c.items).find((item) => item.id === 'pargo-frito');
  for (let round = 0; round < ROUNDS; round++) {
    const [a, b] = [await order([], false), await order([], false)];
    day.done(await left(1), 200, 'one fish is left');
    const replies = await all([caja.post(`/orders/${a.id}/lines`, { lines: [fish] }), rosa.post(`/orders/${b.id}/lines`, { lines: [fish] })]);
    day.same(replies.map((r) => r.status).sort(), [200, 409], 'the last fish is sold once');
    day.same(replies.find((r) => r.status === 409)?.body.code, 'item_sold_out', 'the other is told that it is sold out');
    day.same(await stock(), { available: false, remaining: 0 }, 'no fish is left');
    for (const { id } of [a, b]) await caja.post(`/orders/${id}/void`, { reason: 'Error al marcar' });
  }
  const one = await order([], false);
  day.done(await left(7), 200, 'seven fish');
  const replies = await many(20, (i) => (i % 2 ? caja : rosa).post(`/orders/${one.id}/lines`, { lines: [fish] }));
  day.same([count(replies, 200), count(replies, 409)], [7, 13], 'twenty ask for seven fish');
  day.check((await day.order(one.id)).lines.length === 7, 'seven are on the order');
  day.done(await caja.post(`/orders/${one.id}/void`, { reason: 'Error al marcar' }), 200, 'the order goes unsent');
  day.same(await stock(), { available: true, remaining: 7 }, 'the fish are there again');
  day.done(await caja.put('/menu/items/pargo-frito/availability', { available: true }), 200, 'not counted any more');
}

async function sends() {
  const made = await order([line('posta-cartagenera', 2), line('limonada-natural', 3)], false);
  const replies = await many(10, (i) => (i % 2 ? caja : rosa).post(`/orders/${made.id}/send`));
  day.check(count(replies, 200) === 10, 'ten sends are answered');
  const printed = replies.filter((reply) => reply.body.tickets.length > 0);
  day.check(printed.length === 1, `one of them prints: ${printed.length}`);
  day.same(printed[0]?.body.tickets.map((t) => t.station), ['cocina-caliente', 'barra'], 'one ticket a station');
  const jobs = (await day.jobs(`order=${made.id}`)).filter((job) => job.kind === 'kitchen');
  day.check(jobs.length === 2, `two tickets are in the queue: ${jobs.length}`);
  day.same(await day.order(made.id), { sends: 1, changed: false }, 'it was sent once');
  await settle(made);

  // One adds while the other sends: what is on paper is what was ordered.
  const busy = await order([], false);
  await all([
    many(20, () => caja.post(`/orders/${busy.id}/lines`, { lines: [line('limonada-natural', 2)] })),
    many(20, async (i) => {
      await new Promise((done) => setTimeout(done, i));
      return rosa.post(`/orders/${busy.id}/send`);
    }),
  ]);
  await caja.post(`/orders/${busy.id}/send`);
  const tickets = (await day.jobs(`order=${busy.id}`)).filter((job) => job.kind === 'kitchen');
  let cooked = 0;
  for (const job of tickets) {
    const body = sections(await day.text(job.id)).slice(1, -1).flat();
    for (const row of body) cooked += Number(/^\+? ?(\d+) LIMONADA$/.exec(row)?.[1] ?? NaN);
  }
  day.check(cooked === 40, `forty lemonades are on ${tickets.length} tickets: ${cooked}`);
  await settle(busy);

  const taken = await all([caja, rosa].map((api) => api.post('/orders', { kind: 'table', table: 'mesa-9', lines: [] })));
  day.same(taken.map((reply) => reply.status).sort(), [201, 409], 'a table opened twice at once is one order');
  day.same(taken.find((reply) => reply.status === 409)?.body.code, 'table_taken', 'the other is told that it is taken');
  await caja.post(`/orders/${taken.find((reply) => reply.status === 201).body.id}/void`, { reason: 'Error al marcar' });

  const numbers = (await day.dry()).filter((job) => job.kind === 'kitchen');
  for (const station of new Set(numbers.map((job) => job.station))) {
    const own = numbers.filter((job) => job.station === station).map((job) => job.sequence);
    day.same(own, own.map((_, i) => i + 1), `tickets of ${station} are numbered without a gap`);
  }
}

async function events() {
  const screen = await openStream(rosa);
  const hello = await screen.next('hello');
  day.check(typeof hello?.data.version === 'string', 'the stream begins with hello');
  const within = async (kind, data, act, what) => {
    const from = screen.messages.length;
    day.check((await act()).status < 300, `${what}: done`);
    const acknowledged = Date.now();
    const seen = await screen.next(kind, data, from);
    const late = seen ? seen.at - acknowledged : Infinity;
    day.check(late <= 1000, `${what}: the other screen hears of it within a second (${late} ms)`);
  };
  let made;
  await within('order', {}, async () => {
    const reply = await mesa.post('/orders', { kind: 'takeaway', name: 'Señal' });
    made = reply.body;
    return reply;
  }, 'an order is opened');
  day.same(screen.messages.filter((m) => m.event === 'order').at(-1)?.data, { id: made.id }, 'the event names the order');
  await within('order', { id: made.id }, () => mesa.post(`/orders/${made.id}/lines`, { lines: [line('limonada-natural')] }), 'a line is added');
  await within('print_job', {}, () => mesa.post(`/orders/${made.id}/send`), 'a ticket is printed');
  await within('menu', { slug: 'cocadas' }, () => caja.put('/menu/items/cocadas/availability', { available: false }), 'an item is sold out');
  await within('menu', { slug: 'cocadas' }, () => caja.put('/menu/items/cocadas/availability', { available: true }), 'it is there again');
  day.check((await mesa.post(`/orders/${made.id}/tip`, { declined: true })).status === 200, 'no tip');
  await within('order', { id: made.id }, () => caja.post(`/orders/${made.id}/payments`, { means: 'efectivo' }), 'the order is paid');
  const { body: shift } = await caja.get('/shifts/current');
  await within('shift', {}, () => caja.post(`/shifts/${shift.id}/cash-movements`, { kind: 'in', amount: 1000, reason: 'Sencillo' }), 'cash comes in');
  const ids = screen.messages.map((message) => Number(message.id));
  day.check(ids.every((id, i) => i === 0 || id > ids[i - 1]), 'ids rise');
  await day.dry();
  await screen.quiet();

  // The screen loses the stream, three orders change, it comes back with the last id it saw.
  screen.close();
  const last = screen.messages.at(-1).id;
  const missed = [];
  for (let i = 0; i < 3; i++) missed.push(day.done(await mesa.post('/orders', { kind: 'takeaway', name: `Ausente ${i}` }), 201, 'an order meanwhile').id);
  const back = await openStream(rosa, last);
  await waitFor(() => back.messages.filter((m) => m.event === 'order').length >= 3, 5000, 'the missed events').catch(() => {});
  day.same(back.messages.filter((m) => m.event === 'order').map((m) => m.data), missed.map((id) => ({ id })), 'it gets what it missed, in order and once');
  day.check(!back.messages.some((m) => m.event === 'resync'), 'and needs no resync');
  day.check(back.messages.filter((m) => m.event !== 'hello').every((m) => Number(m.id) > Number(last)), 'nothing that it had seen');
  back.close();

  // So much happened meanwhile that the events are gone: it is told to fetch everything.
  const oldest = back.messages.at(-1).id;
  for (let i = 0; i < 30; i++) await many(50, () => caja.put('/menu/items/cocadas/availability', { available: true }));
  for (const [id, what] of [[oldest, 'fifteen hundred events later'], ['1', 'with an id of long ago'], ['rubbish', 'with an id that is none']]) {
    const late = await openStream(rosa, id);
    day.check(Boolean(await late.next('resync')), `${what} the screen is told to resync`);
    const from = late.messages.length;
    await caja.put('/menu/items/cocadas/availability', { available: true });
    day.check(Boolean(await late.next('menu', { slug: 'cocadas' }, from)), `${what} it goes on from there`);
    late.close();
  }
  for (const id of missed) await caja.post(`/orders/${id}/void`, { reason: 'Error al marcar' });
}

async function afterRestart() {
  const screen = await openStream(rosa);
  const { id } = await screen.next('hello');
  screen.close();
  await day.dry();
  await day.server.stop();
  day.server = await startServer({ site: 'interno', data: day.data });
  for (const api of [caja, rosa, mesa]) api.url = day.server.url;
  const back = await openStream(rosa, id);
  day.check(Boolean(await back.next('resync')), 'an id of the process before means resync');
  back.close();
  day.refused(await day.server.api().get('/events'), 401, 'not_signed_in', 'events are for those who are signed in');
}

await day.live(async () => {
  await people();
  day.done(await caja.post('/shifts', { float: 100000 }), 201, 'the shift opens');
  for (const part of [linesSideBySide, bothPay, lastOne, sends, events, afterRestart]) await part();
  const gerencia = await day.server.signIn('gerencia');
  day.same((await gerencia.get('/journal/verify')).body, { first_bad: null }, 'the journal is whole');
}, 'interno');
console.log(`two_devices: ${day.passed} passed, ${day.failures.length} failed`);
process.exit(day.failures.length ? 1 : 0);
