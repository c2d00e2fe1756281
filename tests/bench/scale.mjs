// `make bench`, second half: one bill of 12 lines, with few and with a million orders behind it. The costs must be the same.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { itemsOf, lineFor, startServer } from '../e2e/support_server.mjs';

const bench = process.env.BENCH ?? 'build/tests/bench';
const past = (process.env.PAST ?? '1000,1000000').split(',').map(Number);
const bills = Number(process.env.BILLS ?? 150);
const folder = mkdtempSync(join('build', 'bench-'));
const median = (a) => [...a].sort((x, y) => x - y)[Math.floor(a.length / 2)];

async function prepare(orders) {
  const data = join(folder, `past-${orders}`);
  await (await startServer({ site: 'la-cocina', data })).stop();
  execFileSync(join(bench, 'seed_orders'), [join(data, 'comanda.db'), String(orders)], { stdio: ['ignore', 'ignore', 'inherit'] });
  const server = await startServer({ site: 'la-cocina', data });
  const till = await server.signIn('gerencia');
  const opened = await till.post('/shifts', { float: 100000 });
  if (opened.status !== 201) throw new Error(`no shift: ${JSON.stringify(opened.body)}`);
  const { body: menu } = await till.get('/menu');
  const items = itemsOf(menu);
  const lines = Array.from({ length: 11 }, (_, i) => lineFor(menu, items[i % items.length]));
  return { orders, server, till, lines, one: lineFor(menu, items[0]), bytes: statSync(join(data, 'comanda.db')).size, took: {} };
}

const steps = {
  'open with 11 lines': (s) => s.till.post('/orders', { kind: 'counter', name: '', lines: s.lines }),
  'add the 12th line': (s, o) => s.till.post(`/orders/${o.id}/lines`, { lines: [s.one] }),
  'discount of 10 % on the bill': (s, o) => s.till.post(`/orders/${o.id}/discounts`, { kind: 'discount', percent: 1000, reason: 'Cliente frecuente' }),
  'discount of an amount on a line': (s, o) => s.till.post(`/orders/${o.id}/discounts`, { kind: 'discount', amount: 500, line: o.lines[0].id, reason: 'Demora' }),
  'quote (read it whole)': (s, o) => s.till.get(`/orders/${o.id}`),
  'split three ways': (s, o) => s.till.post(`/orders/${o.id}/split`, { ways: 3 }),
  'list the open orders': (s) => s.till.get('/orders?state=open'),
  'pay the first check': (s, o) => pay(s, o, 0),
  'pay the second check': (s, o) => pay(s, o, 1),
  'pay the third, close the order': (s, o) => pay(s, o, 2),
};
const pay = (s, o, i) => s.till.post(`/orders/${o.id}/payments`, { check: o.checks[i].id, means: 'efectivo' });

async function round(s) {
  let order = null;
  for (const [name, step] of Object.entries(steps)) {
    const before = performance.now();
    const { status, body } = await step(s, order);
    (s.took[name] ??= []).push(performance.now() - before);
    if (status >= 300) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`);
    order = body.order ?? (body.lines ? body : order);
  }
}

const subjects = [];
for (const orders of past) subjects.push(await prepare(orders));
for (let i = 0; i < bills; i += 1) for (const s of subjects) await round(s); // in turns: the machine's noise hits both
for (const s of subjects) await s.server.stop();
rmSync(folder, { recursive: true, force: true });

console.log(`\nA bill of 12 lines, ${bills} times, medians in ms; ${subjects.map((s) => `${s.orders} past orders (${(s.bytes / 1e6).toFixed(0)} MB)`).join(' against ')}`);
for (const name of Object.keys(steps)) {
  const [few, many] = [subjects[0], subjects.at(-1)].map((s) => median(s.took[name]));
  console.log(`  ${name.padEnd(58)} ${few.toFixed(2).padStart(8)} ${many.toFixed(2).padStart(8)}   ratio ${(many / few).toFixed(2)}`);
}
