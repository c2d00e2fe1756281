// Kills the server with SIGKILL in the middle of a hundred orders, several times over, and proves that nothing acknowledged is lost.
//
// Ten clients place orders side by side. At a random moment (the seed is printed; SEED=n repeats a run) the process is killed. After the
// restart every client sends its unanswered order again under its key. At the end: each acknowledged order is there with its lines, each key
// made exactly one order, numbers have no gap, every kitchen line is on paper, a second appearance is marked, and `comanda verify` finds nothing.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itemsOf, startServer } from '../e2e/support_server.mjs';

const ORDERS = 100;
const CLIENTS = 10;
const KILLS = 3;
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const binary = process.env.COMANDA ?? 'build/comanda';
const site = 'la-cocina';
const data = mkdtempSync(join(tmpdir(), 'comanda-kill-'));
let passed = 0;
let failed = 0;
const check = (truth, what) => {
  if (truth) passed += 1;
  else {
    failed += 1;
    console.log(`FAILED: ${what}`);
  }
};

// xorshift32: small, seeded, good enough to pick moments.
let state = seed || 1;
const random = (below) => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
};
console.log(`kill_orders: seed ${seed}`);

let server = await startServer({ site, data });
// The session outlives the process: the same token serves every restart.
const { token } = await server.signIn('caja');
const till = () => server.api(token);
check((await till().post('/shifts', { float: 100000 })).status === 201, 'the shift opens');
const menu = (await till().get('/menu')).body;
// Something a station cooks and that asks for no option.
const groups = new Map(menu.option_groups.map((g) => [g.id, g]));
const plain = itemsOf(menu).filter((i) => i.station && i.option_groups.every((g) => groups.get(g).min === 0));
check(plain.length >= 2, 'the menu has plain dishes');

const acknowledged = new Map(); // key → order as answered
let next = 0;
let resent = 0;
let epoch = 0; // rises with each restart
let restarted = Promise.resolve();
const killAt = new Set();
while (killAt.size < KILLS) killAt.add(15 + random(ORDERS - 30));

async function killAndRestart() {
  restarted = restarted
    .then(() => server.kill())
    .then(() => startServer({ site, data }))
    .then((fresh) => {
      server = fresh;
      epoch += 1;
    });
  await restarted;
}

async function client() {
  while (next < ORDERS) {
    const n = (next += 1);
    const key = randomUUID();
    const body = {
      kind: 'counter',
      name: `Cliente ${n}`,
      lines: [
        { item: plain[random(plain.length)].id, quantity: 1 + random(3), note: `orden-${n}` },
        { item: plain[random(plain.length)].id, quantity: 1, note: `orden-${n}-b` },
      ],
      send: true,
    };
    if (killAt.delete(n)) setTimeout(() => void killAndRestart(), random(4));
    for (let attempt = 0; !acknowledged.has(key); attempt += 1) {
      if (attempt > 200) throw new Error(`order ${n} was never acknowledged`);
      try {
        const answer = await till().post('/orders', body, { key });
        if (answer.status !== 201) throw new Error(`order ${n}: ${answer.status} ${JSON.stringify(answer.body)}`);
        acknowledged.set(key, { n, order: answer.body, body });
      } catch (error) {
        if (!(error instanceof TypeError)) throw error; // fetch says TypeError when the connection broke
        resent += 1;
        await restarted;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }
}
await Promise.all(Array.from({ length: CLIENTS }, client));
await restarted;
while (epoch < KILLS) await new Promise((resolve) => setTimeout(resolve, 50));
console.log(`kill_orders: ${acknowledged.size} orders acknowledged over ${epoch} kills, ${resent} sent again`);
check(epoch === KILLS, `${KILLS} kills happened`);
check(acknowledged.size === ORDERS, 'every order was acknowledged in the end');

// Every acknowledged order is there as it was answered.
const ids = new Set();
for (const [key, { n, order, body }] of acknowledged) {
  const now = await till().get(`/orders/${order.id}`);
  check(now.status === 200 && now.body.name === `Cliente ${n}`, `order ${n} is stored`);
  const wanted = body.lines.map((l) => `${l.quantity} ${l.item} ${l.note}`).join('|');
  const stored = now.body.lines?.map((l) => `${l.quantity} ${l.item} ${l.note}`).join('|');
  check(stored === wanted, `order ${n} has its lines: wanted ${wanted}, stored ${stored}`);
  const again = await till().post('/orders', body, { key });
  check(again.status === 201 && again.body.id === order.id, `key of order ${n} answers the same order`);
  ids.add(order.id);
}
check(ids.size === ORDERS, 'each key made an order of its own');
const numbers = [...acknowledged.values()].map((a) => a.order.number).sort((a, b) => a - b);
check(numbers.every((v, i) => v === i + 1), 'called numbers run 1 … 100 without gap or repeat');

// The paper: wait until nothing moves, then read every ticket. What is in doubt after a kill is for a person to resolve: say "not printed", which
// prints it again with its mark.
const jobsNow = async () => {
  const all = [];
  for (let before = ''; ; ) {
    const page = (await till().get(`/print-jobs${before}`)).body;
    all.push(...page.jobs);
    if (!page.next) return all;
    before = `?before=${page.next}`;
  }
};
// Printed, or given up by a person for the marked copy that followed it.
const settled = (j) => j.state === 'printed' || (j.state === 'failed' && jobs.some((c) => c.copy_of === j.id));
let jobs = [];
for (let wait = 0; wait < 200; wait += 1) {
  jobs = await jobsNow();
  const unknown = jobs.filter((j) => j.state === 'unknown');
  for (const job of unknown) await till().post(`/print-jobs/${job.id}/resolve`, { printed: false });
  if (unknown.length === 0 && jobs.every(settled)) break;
  await new Promise((resolve) => setTimeout(resolve, 50));
}
check(jobs.every(settled), 'the queue ran dry');
await server.stop();

// The judge reads the paper itself, one file a printing, not what the server says of it.
const seen = new Map(); // note → printings
for (const printer of readdirSync(join(data, 'tickets'))) {
  for (const name of readdirSync(join(data, 'tickets', printer)).filter((f) => f.endsWith('.bin'))) {
    const paper = readFileSync(join(data, 'tickets', printer, name), 'latin1');
    for (const note of new Set(paper.toLowerCase().match(/orden-\d+(-b)?/g) ?? [])) {
      if (!seen.has(note)) seen.set(note, []);
      seen.get(note).push({ name, marked: /POSIBLE DUPLICADO/.test(paper) });
    }
  }
}
let repeats = 0;
for (const { n } of acknowledged.values()) {
  for (const note of [`orden-${n}`, `orden-${n}-b`]) {
    const printings = seen.get(note) ?? [];
    repeats += printings.filter((p) => p.marked).length;
    check(printings.length >= 1, `${note} is on paper`);
    check(printings.filter((p) => !p.marked).length <= 1, `${note} has no unmarked second printing`);
  }
}
console.log(`kill_orders: ${jobs.length} jobs, ${repeats} lines printed again, each marked`);
// Station sequences have no hole.
for (const station of new Set(jobs.map((j) => j.station).filter(Boolean))) {
  const sequence = [...new Set(jobs.filter((j) => j.station === station && !j.copy_of).map((j) => j.sequence))].sort((a, b) => a - b);
  check(sequence.every((v, i) => v === i + 1), `sequence of ${station} has no hole`);
}
const verify = spawnSync(binary, ['verify', '--site', `data/sites/${site}.json`, '--data', data], { encoding: 'utf8' });
process.stdout.write(verify.stdout);
check(verify.status === 0, `comanda verify: ${verify.stdout}${verify.stderr}`);
if (failed === 0) rmSync(data, { recursive: true, force: true });
else console.log(`kill_orders: data kept in ${data}; repeat with SEED=${seed}`);
console.log(`kill_orders: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
