// Twenty clients at once, a till that is killed among them, two devices on one table, the last portion sold by ten, and every kind of change sent
// fifty times at once under one key: numbers run on without gap or repeat, money adds up, each thing happens once.
//
//   node tests/e2e/concurrency.mjs         COMANDA, COMANDA_PORT: see support_server.mjs; SEED=n repeats the moments of the kills
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';
import { commands, exempt } from './concurrency_commands.mjs';
import { Day, line } from './day_kit.mjs';
import { startDoubtfulPrinter } from './support_doubt.mjs';
import { root, startServer } from './support_server.mjs';

const CLIENTS = 20;
const SALES = 4;
const KILLS = 2;
const REPLAYS = 50;
const PRICE = 26000; // a beer of 12.000 and cocadas of 14.000
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const day = new Day('concurrency');
const all = (calls) => Promise.all(calls);
const many = (n, make) => all(Array.from({ length: n }, (_, i) => make(i)));
const sum = (list) => list.reduce((total, value) => total + value, 0);
let caja, gerencia, rosa, mesa, till; // till: the site, its files and its server, as the rows of commands need them

// xorshift32: small, seeded, good enough to pick moments.
let state = seed || 1;
function random(below) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
}

// ---- the site: Interno with the precuenta, two authorisations in line, the first of a hundred numbers, and one printer more of which nobody knows what it printed ----

const FIRST_RANGE = 100;
const document = (n) => (n <= FIRST_RANGE ? `INT-${n}` : `IN2-${n - FIRST_RANGE}`); // the n-th of all

async function writeSite(folder, port) {
  const site = JSON.parse(await readFile(join(root, 'data/sites/interno.json'), 'utf8'));
  delete site.$schema;
  site.menu_file = join(root, 'data/menus/interno.json');
  site.precuenta = true;
  const [range] = site.numbering;
  site.numbering = [{ ...range, to: FIRST_RANGE }, { ...range, prefix: 'IN2', resolution: '18764000000002' }];
  site.printers.push({ slug: 'duda', name: 'Duda', profile: 'epson-tm-t20iii', transport: 'tcp', host: '127.0.0.1', port });
  const file = join(folder, 'site.json');
  await writeFile(file, JSON.stringify(site));
  return file;
}

async function people() {
  caja = await day.server.signIn('caja', 'till-1');
  mesa = await day.server.signIn('mesa', 'tablet-1');
  gerencia = await day.server.signIn('gerencia', 'office');
  const office = await day.server.signIn('administración', 'office');
  const added = day.done(await office.post('/staff', { name: 'Rosa', role: 'cashier', pin: '7391' }), 201, 'a second cashier');
  const { token } = day.done(await day.server.api().post('/session', { staff: added.id, pin: '7391', device: 'till-2' }), 201, 'Rosa signs in');
  rosa = day.server.api(token);
  rosa.person = added;
  till = { caja, mesa, gerencia, rosa, office, day };
  day.people = { caja, mesa, gerencia, rosa, office };
}

// ---- many sell at once, and the till may be killed ----

let epoch = 0; // rises with each restart
let restarted = Promise.resolve();
function killAndRestart() {
  restarted = restarted
    .then(() => day.server.kill())
    .then(() => startServer({ site: till.file, data: day.data }))
    .then((fresh) => {
      day.server = fresh;
      epoch += 1;
      for (const api of Object.values(day.people)) api.url = fresh.url;
    });
}

/** Sends until it is acknowledged, always under the same key; remembers what was answered. */
async function acknowledged(api, told, path, body) {
  const key = randomUUID();
  for (let attempt = 0; attempt < 300; attempt += 1) {
    try {
      const reply = await api.post(path, body, { key });
      told.push({ api, path, body, key, reply });
      return reply;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch says TypeError when the connection broke
      await restarted;
      await new Promise((done) => setTimeout(done, 20));
    }
  }
  throw new Error(`${path} was never acknowledged`);
}

/** One client: opens, adds, sends and charges, one after the other. `tick` is called before each sale. */
async function client(i, told, sales, tick) {
  const api = i % 2 ? rosa : caja;
  for (let n = 0; n < SALES; n += 1) {
    tick();
    const opened = await acknowledged(api, told, '/orders', { kind: 'takeaway', name: `Cliente ${i}.${n}`, lines: [line('cerveza-nacional')] });
    const path = `/orders/${opened.body.id}`;
    const added = await acknowledged(api, told, `${path}/lines`, { lines: [line('cocadas')] });
    const sent = await acknowledged(api, told, `${path}/send`, {});
    const tip = await acknowledged(api, told, `${path}/tip`, { declined: true });
    const payment = n % 2 ? { means: 'nequi', reference: `N${i}-${n}` } : { means: 'efectivo', tendered: 30000 };
    const paid = await acknowledged(api, told, `${path}/payments`, payment);
    day.same([opened, added, sent, tip, paid].map((r) => r.status), [201, 200, 200, 200, 201], `client ${i}, sale ${n}`);
    sales.push({ id: opened.body.id, number: paid.body.receipt?.number, means: payment.means, charged: paid.body.payment?.charged });
  }
}

async function rush(what, first, kills) {
  const told = [];
  const sales = [];
  const killAt = new Set();
  while (killAt.size < kills) killAt.add(5 + random(CLIENTS * SALES - 15));
  let sale = 0;
  const wanted = epoch + kills;
  const tick = () => {
    sale += 1;
    if (killAt.delete(sale)) setTimeout(killAndRestart, random(6));
  };
  await many(CLIENTS, (i) => client(i, told, sales, tick));
  await restarted;
  while (epoch < wanted) await new Promise((done) => setTimeout(done, 20)).then(() => restarted);
  day.check(epoch === wanted, `${what}: ${kills} kills`);

  const wantedNumbers = sales.map((_, i) => document(first + i));
  day.same(sales.map((s) => s.number).sort(), wantedNumbers.sort(), `${what}: the numbers run on from ${document(first)} without gap or repeat`);
  day.check(sales.every((s) => s.charged === PRICE), `${what}: everybody paid 26.000`);
  for (const { id, number } of sales) {
    const order = await day.order(id);
    day.same(order, { state: 'paid', paid: PRICE, balance: 0, checks: [{ state: 'paid', document: number }] }, `${what}: order ${id} is paid`);
    day.check(order.payments.length === 1 && order.lines.length === 2, `${what}: order ${id} has its one payment and its two lines`);
  }
  const jobs = (await day.jobs()).filter((job) => job.kind === 'receipt' && job.copy_of === null);
  const receipts = new Map();
  for (const { order } of jobs) receipts.set(order, (receipts.get(order) ?? 0) + 1);
  day.check(sales.every((s) => receipts.get(s.id) === 1), `${what}: each has one receipt`);
  // Whatever was acknowledged is answered the same for ever.
  for (const { api, path, body, key, reply } of told) {
    const again = await api.post(path, body, { key });
    const same = again.status === reply.status && again.bytes.equals(reply.bytes) && again.headers.get('idempotent-replayed') === 'true';
    if (!same) day.check(false, `${what}: ${path} again: ${again.status} ${again.bytes.toString().slice(0, 200)}`);
  }
  day.check(told.length === CLIENTS * SALES * 5, `${what}: 400 changes were acknowledged`);
  return sales;
}

/** Report, shift and numbering agree with what the clients were told. */
async function books(sales, shift, float) {
  const total = sales.length * PRICE;
  const cash = sum(sales.filter((s) => s.means === 'efectivo').map((s) => s.charged));
  const report = day.done(await gerencia.get(`/shifts/${shift.id}/report`), 200, 'the X report');
  day.same(report, { documents: sales.length, totals: { net: total, tips: 0, adjustment: 0, collected: total } }, 'the shift counts every sale once');
  day.same(report.cash, { float, sales: cash, in: 0, out: 0, refunds: 0, tips_paid_out: 0, expected: float + cash }, 'the drawer');
  const daily = day.done(await gerencia.get(`/reports/daily?date=${shift.business_day}`), 200, 'the report of the day');
  day.same(daily.totals, { documents: sales.length, net: total, collected: total }, 'the day');
  const ofFirst = Math.min(sales.length, FIRST_RANGE);
  const ofSecond = sales.length - ofFirst;
  const row = (prefix, n) => (n ? [{ prefix, documents: n, first: 1, last: n }] : []);
  day.same(daily.numbering, [...row('INT', ofFirst), ...row('IN2', ofSecond)], 'the numbers of the day');
  const numbering = day.done(await caja.get('/numbering'), 200, 'the numbering');
  const ranges = [
    { prefix: 'INT', next: ofFirst + 1, remaining: FIRST_RANGE - ofFirst, state: ofSecond ? 'exhausted' : 'active' },
    { prefix: 'IN2', next: ofSecond + 1, remaining: 50000 - ofSecond, state: ofSecond ? 'active' : 'next' },
  ];
  day.same(numbering, { refusal: null, warning: 'none', remaining: 50000 + FIRST_RANGE - sales.length, ranges }, 'the ranges in line');
}

// ---- one table, one bill, one portion ----

async function oneTable() {
  const made = day.done(await mesa.post('/orders', { kind: 'table', table: 'mesa-1', covers: 2, lines: [] }), 201, 'a table is opened');
  const add = (api, who) => (i) => api.post(`/orders/${made.id}/lines`, { lines: [line('gaseosa', 1, [], { note: `${who} ${i}` })] });
  const replies = (await all([many(20, add(caja, 'caja')), many(20, add(mesa, 'mesa'))])).flat();
  day.check(replies.every((reply) => reply.status === 200), 'forty lines are taken from two devices at once');
  const order = await day.order(made.id);
  const wanted = ['caja', 'mesa'].flatMap((who) => Array.from({ length: 20 }, (_, i) => `${who} ${i}`)).sort();
  day.same(order.lines.map((l) => l.note).sort(), wanted, 'no line is lost and none is there twice');
  day.same(order.totals, { gross: 280000 }, 'forty sodas of 7.000');
  day.same([...new Set(replies.map((reply) => reply.body.version))].length, 40, 'every change has a version of its own');

  await mesa.post(`/orders/${made.id}/tip`, { declined: true });
  const paid = await many(CLIENTS, (i) =>
    i % 2 ? caja.post(`/orders/${made.id}/payments`, { means: 'efectivo' }) : rosa.post(`/orders/${made.id}/payments`, { means: 'nequi', reference: `P${i}` }),
  );
  day.check(paid.filter((reply) => reply.status === 201).length === 1, 'twenty charge it at once: one payment');
  const refused = paid.filter((reply) => reply.status !== 201);
  day.check(refused.every((reply) => reply.status === 409 && reply.body.code === 'order_paid'), 'the others are told that it is paid');
  const after = await day.order(made.id);
  day.same(after, { state: 'paid', paid: 280000, balance: 0 }, 'it is paid once');
  day.check(after.payments.length === 1, 'there is one payment');
}

async function lastPortion() {
  const count = (remaining) => caja.put('/menu/items/cocadas/availability', { available: true, ...(remaining === null ? {} : { remaining }) });
  const left = async () => (await caja.get('/menu')).body.categories.flatMap((c) => c.items).find((i) => i.id === 'cocadas').remaining;
  for (let round = 0; round < 3; round += 1) {
    day.done(await count(1), 200, 'one portion is left');
    const opened = await many(10, (i) => (i % 2 ? caja : mesa).post('/orders', { kind: 'takeaway', name: `Última ${i}`, lines: [line('cocadas')] }));
    day.check(opened.filter((r) => r.status === 201).length === 1, `of ten who sell the last portion one does: ${opened.map((r) => r.status)}`);
    day.check(opened.filter((r) => r.status === 409 && r.body.code === 'item_sold_out').length === 9, 'nine are told that it is sold out');
    day.check((await left()) === 0, 'none is left, and not less than none');
  }
  // Added to orders that are open already: no line comes of it, and nothing else is lost.
  const orders = await many(10, (i) => caja.post('/orders', { kind: 'takeaway', name: `Abierta ${i}`, lines: [line('gaseosa')] }));
  day.done(await count(3), 200, 'three portions are left');
  const added = await all(orders.map((order) => caja.post(`/orders/${order.body.id}/lines`, { lines: [line('agua-sin-gas'), line('cocadas')] })));
  day.same(added.map((r) => r.status).sort(), [200, 200, 200, 409, 409, 409, 409, 409, 409, 409], 'of ten who add it three do');
  for (const [i, order] of orders.entries())
    day.check((await day.order(order.body.id)).lines.length === (added[i].status === 200 ? 3 : 1), 'whole or not at all');
  day.check((await left()) === 0, 'none is left');
  day.done(await count(null), 200, 'it is not counted any more');
}

// ---- every kind of change: a row of concurrency_commands.mjs each ----

/** What a change does, as seen from outside: its journal, its papers, and how the order grew. Ids, times and sums are left out. */
class Watch {
  static async start(order) {
    const watch = new Watch();
    watch.journal = await Watch.journalEnd();
    watch.jobs = (await caja.get('/print-jobs')).body.jobs[0]?.id ?? 0;
    watch.orders = await Watch.newestOrder();
    watch.before = order ? await day.order(order.id) : null;
    return watch;
  }
  static last = 0;
  static async journalEnd() {
    for (;;) {
      const { entries, next } = (await gerencia.get(`/journal?after=${Watch.last}&limit=500`)).body;
      if (entries.length) Watch.last = entries.at(-1).seq;
      if (!next) return Watch.last;
    }
  }
  static async newestOrder() {
    const lists = await all(['open', 'voided'].map((s) => caja.get(`/orders?state=${s}`)));
    return Math.max(0, ...lists.flatMap((l) => l.body.orders.map((o) => o.id)));
  }
  async seen() {
    const { entries } = (await gerencia.get(`/journal?after=${this.journal}&limit=500`)).body;
    const { jobs } = (await caja.get('/print-jobs')).body; // a page is more than any one change prints, fifty times over
    const fresh = jobs.filter((job) => job.id > this.jobs);
    const found = {
      journal: entries.map((entry) => entry.kind).filter((kind) => kind !== 'signed_in'),
      papers: fresh.map((job) => `${job.kind} ${job.station ?? job.printer}`).sort(),
      opened: (await Watch.newestOrder()) > this.orders,
    };
    if (!this.before) return found;
    const now = await day.order(this.before.id);
    const grown = (member) => (now[member]?.length ?? 0) - (this.before[member]?.length ?? 0);
    const members = Object.fromEntries(['lines', 'checks', 'payments', 'discounts', 'refunds'].map((m) => [m, grown(m)]));
    return { ...found, state: now.state, version: now.version - this.before.version, ...members };
  }
}
const nothing = (seen) => seen.journal.length === 0 && seen.papers.length === 0 && !seen.opened && !seen.version;

async function prepared(row) {
  const order = row.given ? await row.given(till) : null;
  const fresh = order?.version ? { ...order, ...(await day.order(order.id)) } : order;
  const body = row.body === undefined ? undefined : typeof row.body === 'function' ? await row.body(fresh, till) : row.body;
  const [method, pattern] = row.call.split(' ');
  const words = { id: fresh?.id, line: fresh?.lines?.[0]?.id, ...(row.params ? row.params(fresh) : {}) };
  const path = pattern.replace('/api/v1', '').replace(/\{(\w+)\}/g, (_, name) => words[name]);
  const api = till[row.by ?? 'caja'];
  const onOrder = pattern.startsWith('/api/v1/orders/{id}');
  const send = (options) => api.call(method, path, body, options);
  return { order: onOrder ? fresh : null, send, version: onOrder ? fresh.version : null };
}
const condition = (version) => (version === null ? {} : { headers: { 'if-match': `"${version}"` } });

async function once(row) {
  const what = row.what ? `${row.call} (${row.what})` : row.call;
  const twin = await prepared(row);
  let watch = await Watch.start(twin.order);
  if (twin.order) {
    day.refused(await twin.send(condition(twin.version - 1)), 412, 'stale', `${what} on an older version`);
    const seen = await watch.seen();
    day.check(nothing(seen), `${what} on an older version changes nothing: ${JSON.stringify(seen)}`);
  }
  const reply = await twin.send(condition(twin.version));
  if (!day.check(reply.status === 200 || reply.status === 201, `${what} is done: ${reply.status} ${reply.bytes.toString().slice(0, 300)}`)) return;
  const wanted = await watch.seen();
  day.check(row.silent || !nothing(wanted), `${what} does something`);

  const again = await prepared(row);
  watch = await Watch.start(again.order);
  const key = randomUUID();
  const replies = await many(REPLAYS, () => again.send({ key }));
  const statuses = [...new Set(replies.map((r) => r.status))];
  day.same(statuses, [reply.status], `${what} fifty times at once: all are answered alike: ${replies.find((r) => r.status !== reply.status)?.bytes}`);
  day.check(replies.every((r) => r.bytes.equals(replies[0].bytes)), `${what} fifty times at once: one and the same answer`);
  day.check(replies.filter((r) => r.headers.get('idempotent-replayed') !== 'true').length === 1, `${what} fifty times at once: done once`);
  const seen = await watch.seen();
  day.same(seen, wanted, `${what} fifty times at once does what one does`);
  if (!again.order) return;
  const late = await again.send({ key, ...condition(again.version) });
  day.check(late.bytes.equals(replies[0].bytes), `${what} again, on the version it was made for: the stored answer, and not that it is stale`);
}

async function everyCommand() {
  const { operations } = (await caja.get('')).body;
  const changes = operations.filter((o) => o.method !== 'GET').map((o) => `${o.method} ${o.path}`);
  const rows = new Set([...commands.map((row) => row.call), ...Object.keys(exempt)]);
  for (const change of changes) day.check(rows.has(change), `${change} has a row in concurrency_commands.mjs`);
  for (const call of rows) day.check(changes.includes(call), `${call} is a route of the server`);
  for (const row of commands) if (changes.includes(row.call)) await once(row);
}

async function story() {
  await people();
  till.file = file;
  const shift = day.done(await caja.post('/shifts', { float: 100000 }), 201, 'the shift opens');
  const sales = await rush('twenty clients', 1, 0);
  await books(sales, shift, 100000);
  sales.push(...(await rush('twenty clients and a power cut', sales.length + 1, KILLS)));
  await books(sales, shift, 100000);
  await oneTable();
  await lastPortion();
  await everyCommand();
  day.same((await gerencia.get('/journal/verify')).body, { first_bad: null }, 'the journal is whole');
  await day.server.stop();
  const binary = resolve(root, process.env.COMANDA ?? 'build/comanda');
  const verify = spawnSync(binary, ['verify', '--site', file, '--data', day.data], { encoding: 'utf8' });
  day.check(verify.status === 0, `comanda verify finds nothing: ${verify.stdout}${verify.stderr}`);
}

console.log(`concurrency: seed ${seed}`);
const printer = await startDoubtfulPrinter();
const folder = await mkdtemp(join(tmpdir(), 'comanda-site-'));
const file = await writeSite(folder, printer.port);
await day.live(story, file);
printer.close();
await rm(folder, { recursive: true, force: true });
if (day.failures.length) console.log(`concurrency: repeat with SEED=${seed}`);
console.log(`concurrency: ${day.passed} passed, ${day.failures.length} failed`);
process.exit(day.failures.length ? 1 : 0);
