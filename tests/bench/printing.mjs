// `make bench`, printing: from the tap to the first byte at an idle printer; and one order for twenty stations, with and without a printer
// among them that is stuck.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { root, startServer, waitFor } from '../e2e/support_server.mjs';
import { startFakePrinter } from './fake_printer.mjs';

const taps = Number(process.env.TAPS ?? 300);
const rounds = Number(process.env.ROUNDS_OF_20 ?? 40);
const base = resolve(root, process.env.BENCH_FOLDER ?? 'build');
mkdirSync(base, { recursive: true });
// Beside the build, so that it is the disk that everything else is measured on (/tmp may be memory).
const folder = mkdtempSync(join(base, 'bench-'));
const load = loadavg()[0];

/** A site whose stations each have a network printer of their own, and a menu with a dish for each. */
function siteOf(name, printers) {
  const { $schema, ...site } = JSON.parse(readFileSync(join(root, 'data/sites/la-cocina.json'), 'utf8'));
  const n = printers.map((_, i) => String(i + 1).padStart(2, '0'));
  const menu = {
    name: 'Bench',
    sample: true,
    categories: [{ id: 'platos', name: 'Platos', color: 'vermillion', items: n.map((i) => ({ id: `plato-${i}`, name: `Plato ${i} con salsa de la casa`, price: 10000, station: `e${i}` })) }],
  };
  const folderOf = mkdtempSync(join(folder, `${name}-`));
  writeFileSync(join(folderOf, 'menu.json'), JSON.stringify(menu));
  const file = join(folderOf, 'site.json');
  writeFileSync(file, JSON.stringify({
    ...site,
    menu_file: join(folderOf, 'menu.json'),
    receipt_printer: 'caja',
    printers: [
      { slug: 'caja', name: 'Caja', profile: 'epson-tm-t20iii', transport: 'virtual' },
      ...n.map((i, at) => ({ slug: `p${i}`, name: `Impresora ${i}`, profile: 'epson-tm-t20iii', transport: 'tcp', host: '127.0.0.1', port: printers[at].port })),
    ],
    stations: n.map((i) => ({ slug: `e${i}`, name: `ESTACIÓN ${i}`, printer: `p${i}` })),
  }));
  return { file, data: join(folderOf, 'data') };
}

async function open(name, printers) {
  const { file, data } = siteOf(name, printers);
  const server = await startServer({ site: file, data });
  const till = await server.signIn('caja');
  if ((await till.post('/shifts', { float: 100000 })).status !== 201) throw new Error('no shift');
  const { body: menu } = await till.get('/menu');
  const items = menu.categories.flatMap((c) => c.items);
  if (items.length !== printers.length) throw new Error(`${items.length} dishes for ${printers.length} stations`);
  return { server, till, items };
}
const ready = (till, count) => waitFor(async () => {
  const { body } = await till.get('/printers');
  return body.printers.filter((p) => p.slug !== 'caja' && (p.state ?? p.status?.state) === 'ready').length >= count;
}, 30000, `${count} printers ready`);

/** One order, and when each printer that is listened to had its first byte and its last, in ms from the beginning of the request. */
async function order({ till, items }, listened) {
  const tickets = listened.map((p) => p.ticket());
  const start = performance.now();
  const reply = await till.post('/orders', { kind: 'counter', name: 'Ana', lines: items.map((i) => ({ item: i.id, quantity: 1 })), send: true });
  const answered = performance.now() - start;
  if (reply.status !== 201) throw new Error(`the order was refused: ${reply.status} ${JSON.stringify(reply.body)}`);
  const all = await Promise.all(tickets);
  return { answered, first: Math.max(...all.map((t) => t.first)) - start, whole: Math.max(...all.map((t) => t.whole)) - start };
}
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function tapToFirstByte() {
  const printer = await startFakePrinter();
  const site = await open('tap', [printer]);
  await ready(site.till, 1);
  const seen = [];
  for (let i = -20; i < taps; i += 1) { // the first twenty warm both sides
    const one = await order(site, [printer]);
    if (i >= 0) seen.push(one);
    await pause(20 + (i % 7)); // confirmed, committed, idle again; not in step with any timer
  }
  await site.server.stop();
  await printer.stop();
  return seen;
}

async function twenty(stuckOnes) {
  const printers = [];
  for (let i = 0; i < 20; i += 1) printers.push(await startFakePrinter({ stuck: i < stuckOnes }));
  const site = await open(`twenty-${stuckOnes}`, printers);
  await ready(site.till, 20 - stuckOnes);
  return {
    site,
    printers,
    listened: printers.slice(1), // the same nineteen both times
    seen: [],
    async stop() {
      await site.server.stop();
      await Promise.all(printers.map((p) => p.stop()));
    },
  };
}

const tap = await tapToFirstByte();
const well = await twenty(0);
const ill = await twenty(1);
for (let i = -3; i < rounds; i += 1) {
  for (const one of [well, ill]) { // in turns: the machine's noise hits both
    const got = await order(one.site, one.listened);
    if (i >= 0) one.seen.push(got);
    await pause(60);
  }
}
await well.stop();
await ill.stop();
rmSync(folder, { recursive: true, force: true });

const sorted = (a) => [...a].sort((x, y) => x - y);
const at = (a, part) => sorted(a)[Math.min(a.length - 1, Math.floor(a.length * part))];
const row = (name, value, note) => console.log(`${name.padEnd(60)} ${String(value).padStart(12)}   ${note}`);
const line = (name, a) => row(name, at(a, 0.5).toFixed(2), `p99 ${at(a, 0.99).toFixed(2)}, ${sorted(a)[0].toFixed(2)}–${sorted(a).at(-1).toFixed(2)}`);
const of = (seen, what) => seen.map((s) => s[what]);
console.log(`\nPrinting over TCP, ms from the beginning of the HTTP request, medians; load average at the start ${load.toFixed(1)}`);
console.log(`an order for one idle printer, ${tap.length} times:`);
line('  the answer', of(tap, 'answered'));
line('  the first byte at the printer (aim: p99 < 10)', of(tap, 'first'));
line('  the whole ticket', of(tap, 'whole'));
console.log(`an order for 20 stations, ${rounds} times; until the slowest of 19 printers has it:`);
for (const [name, one] of [['the 20th well', well], ['the 20th stuck', ill]]) {
  line(`  the first byte, ${name}`, of(one.seen, 'first'));
  line(`  the whole ticket, ${name}`, of(one.seen, 'whole'));
}
const ratio = (what) => at(of(ill.seen, what), 0.5) / at(of(well.seen, what), 0.5);
row('    first byte, stuck ÷ well (aim ≤ 1.1)', ratio('first').toFixed(2), '');
row('    whole ticket, stuck ÷ well (aim ≤ 1.1)', ratio('whole').toFixed(2), '');
