// The fault campaign: hundreds of tickets over two printers while everything goes wrong that can, and then a judge who reads the paper.
//
//   make soak [SEED=n] [TICKETS=500] [FAULTS=200] [TRACE=1] [KEEP=folder]
//
// The printers are a process of their own (printer_bed.c); the server reaches the USB one through unmodified libusb and umockdev. Guests order, a person
// stands at the printers, one lane of faults runs at each printer and one at the server. A seed gives the same decisions in each lane; how the lanes
// interleave is the machine's. At the end all is healed, the queue runs dry, and judge.mjs decides.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { startServer } from '../e2e/support_server.mjs';
import { startBed } from './bed.mjs';
import { judge, report } from './judge.mjs';
import { heading } from './paper.mjs';
import { faultsOf, serverFaults } from './soak_faults.mjs';
import { guests } from './soak_orders.mjs';
import { person as personAt } from './soak_person.mjs';
import { printers, serial, soakSite } from './soak_site.mjs';
import { excerpts, resumed } from './trace.mjs';

const TICKETS = Number(process.env.TICKETS || 500);
const FAULTS = Number(process.env.FAULTS || 200);
const seed = Number(process.env.SEED || Math.floor(Math.random() * 2 ** 31));
const port = Number(process.env.COMANDA_PORT || 0);
const began = Date.now();
const folder = process.env.KEEP ?? mkdtempSync(join(tmpdir(), 'comanda-soak-'));
for (const old of process.env.KEEP && existsSync(folder) ? readdirSync(folder) : [])
  if (/\.(paper|events|lost|log|json)$/.test(old)) rmSync(join(folder, old)); // of an earlier campaign: the bed only adds
mkdirSync(folder, { recursive: true });
const data = mkdtempSync(join(tmpdir(), 'comanda-soak-data-'));

// One xorshift32 for each lane, so that no lane's luck depends on another's pace.
const random = (lane) => {
  let state = [...lane].reduce((h, c) => Math.imul(h ^ c.charCodeAt(0), 16777619), seed ^ 0x811c9dc5) || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
};
console.log(`soak: seed ${seed}, ${TICKETS} tickets, ${FAULTS} faults`);

// ---- the machine ----
const bed = await startBed({ binary: process.env.BED ?? 'build/tests/fault/printer_bed', folder, printers: { cocina: `usb:${serial}`, barra: 'tcp:0' } });
const site = await soakSite(bed.ports.barra);
const logs = [];
let server = null;
let running = Promise.resolve();
let till = null;
const start = async () => {
  running = startServer({ site: site.file, data, port, env: bed.env });
  server = await running;
  if (till) till = server.api(till.token);
};
const end = async (how) => {
  const old = server;
  running = new Promise(() => {}); // until the next start
  if (how === 'kill') await old.kill();
  else await old.stop();
  logs.push(old.log());
};
process.on('exit', () => server.child.kill('SIGKILL')); // whatever ended this one, no server is left behind
await start();
till = await server.signIn('gerencia'); // the session outlives the process: the same token serves every restart

let resent = 0;
/** Asks until the server has answered, under the same key. */
async function call(method, path, body, key) {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    try {
      const answer = await till.call(method, path, body, key ? { key } : {});
      if (answer.status < 500) return answer;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch says TypeError when the connection broke
    }
    resent += 1;
    await rest(50);
  }
  throw new Error(`${method} ${path} was never answered`);
}

const opened = await call('POST', '/shifts', { float: 100000 });
if (opened.status !== 201) throw new Error(`the shift: ${opened.status} ${JSON.stringify(opened.body)}`);
const menu = (await call('GET', '/menu')).body;
const table = guests({ call, menu, random: random('guests') });
const person = personAt({ folder, bed, call, random: random('person') });

// ---- the lanes ----
const happened = {};
let faults = 0;
let kills = 0;
let idle = 0;
const isOver = () => faults >= FAULTS && table.tickets() >= TICKETS;
// Neither runs far ahead of the other.
const mayOrder = () => table.tickets() < TICKETS * (faults / FAULTS) + 12;
const mayFail = () => faults < FAULTS * (table.tickets() / TICKETS) + 12;
const turns = Object.fromEntries(printers.map((p) => [p, Promise.resolve()]));
/** One fault at a time at a printer. */
function alone(printer, work) {
  const mine = turns[printer].then(work);
  turns[printer] = mine.catch(() => {});
  return mine;
}
// A test page is known by its printer and its second: two of one second could not be told apart on paper.
const pages = Object.fromEntries(printers.map((p) => [p, Promise.resolve()]));
async function testPage(p) {
  const mine = pages[p].then(() => call('POST', `/printers/${p}/test`, {}, randomUUID()));
  pages[p] = mine.then(() => rest(1100));
  await mine;
}
const hooks = {
  bed,
  random,
  alone,
  kill: async () => {
    kills += 1;
    await end('kill');
  },
  end: () => end('stop'),
  start,
  testPage,
};

async function lane({ list, random: pick }, pause, wrap) {
  while (!isOver()) {
    if (!mayFail()) {
      await rest(50);
      continue;
    }
    const [kind, fault] = list[pick(list.length)];
    if (await wrap(fault)) {
      faults += 1;
      happened[kind] = (happened[kind] ?? 0) + 1;
    } else idle += 1;
    await rest(pause + pick(pause));
  }
}
async function ordering() {
  while (!isOver()) {
    if (mayOrder()) await table.want();
    await rest(20);
  }
}
let watching = true;
async function watch() {
  while (watching) {
    await person.look();
    await rest(700);
  }
}
const watcher = watch();
const progress = setInterval(() => {
  const s = Math.round((Date.now() - began) / 1000);
  if (s % 30 === 0) console.log(`   … ${s} s: ${table.tickets()} tickets, ${faults} faults, ${kills} kills`);
}, 1000);
await Promise.all([
  ordering(),
  ...printers.map((p) => lane(faultsOf(hooks, p), 250, (fault) => alone(p, fault))),
  lane(serverFaults(hooks), 2500, (fault) => fault()),
]);

// ---- healing, and the queue runs dry ----
for (const p of printers) for (const verb of ['disarm', 'full', 'paper_in', 'cover_close', 'unhang', 'plug']) await bed.tell(p, verb);
await running;
async function allJobs() {
  const all = [];
  for (let before = ''; ; ) {
    const page = (await call('GET', `/print-jobs${before}`)).body;
    all.push(...page.jobs);
    if (!page.next) return all;
    before = `?before=${page.next}`;
  }
}
// Printed, or given up by a person for the marked copy that followed it.
const settled = (j, all) => j.state === 'printed' || (j.state === 'failed' && all.some((c) => c.id > j.id && c.copy_of === (j.copy_of ?? j.id)));
let jobs = [];
let stuck = [];
for (const until = Date.now() + 120000; Date.now() < until; await rest(500)) {
  jobs = await allJobs();
  stuck = jobs.filter((j) => !settled(j, jobs));
  if (stuck.length === 0 && (await bed.tell('cocina', 'state')).held + (await bed.tell('barra', 'state')).held === 0) break;
}
await rest(1500); // the person's last round
watching = false;
await watcher;
jobs = await allJobs();
stuck = jobs.filter((j) => !settled(j, jobs));
clearInterval(progress);

// ---- what the judge gets ----
const encodings = [];
for (const j of jobs) {
  const text = (await call('GET', `/print-jobs/${j.id}/text`)).body;
  const { key } = heading(text.split('\n').map((l) => l.replace(/▓/g, ' ').trim()));
  if (key) encodings.push({ key, job: j.id, bytes: (await call('GET', `/print-jobs/${j.id}/bytes`)).bytes.toString('base64') });
}
writeFileSync(join(folder, 'acknowledged.json'), JSON.stringify(table.acknowledged, null, 1));
writeFileSync(join(folder, 'encodings.json'), JSON.stringify(encodings));
writeFileSync(join(folder, 'jobs.json'), JSON.stringify(jobs, null, 1));
await end('stop');
writeFileSync(join(folder, 'server.log'), logs.join(''));
const verify = spawnSync(process.env.COMANDA ?? 'build/comanda', ['verify', '--site', site.file, '--data', data], { encoding: 'utf8' });
await bed.stop();
await site.remove();

const out = judge(folder);
const trace = resumed(join(folder, 'trace.log'));
if (process.env.TRACE) excerpts(join(folder, 'trace.log'));
report(out);
const problems = [...out.problems, ...trace.problems];
for (const p of trace.problems) console.log(`soak: ${p}`);
for (const j of stuck) console.log(`soak: STUCK: job ${j.id} (${j.kind} ${j.station ?? ''} #${j.sequence ?? ''}) is ${j.state} at ${j.printer}: ${j.reason}`);
if (verify.status !== 0) console.log(`soak: comanda verify: ${verify.stdout}${verify.stderr}`);
const failed = problems.length + stuck.length + (verify.status === 0 ? 0 : 1);
const minutes = ((Date.now() - began) / 60000).toFixed(1);
console.log('soak: faults by kind:');
for (const [kind, n] of Object.entries(happened).sort()) console.log(`   ${String(n).padStart(4)}  ${kind}`);
const given = Object.entries(table.acknowledged.last).map(([s, n]) => `${s} ${n}`).join(', ');
console.log(`soak: ${table.tickets()} kitchen tickets (${given}), ${table.receipts()} receipts, ${jobs.length} print jobs, ${resent} requests sent again`);
console.log(`soak: ${faults} faults (${idle} found nothing to hit), ${kills} kills -9, ${trace.stalls} stalls and ${trace.shorts} short transfers resumed, ${trace.unplugs} unplugs in mid-transfer`);
console.log(`soak: in doubt, answered by a person: ${Object.entries(person.counts).map(([k, n]) => `${n} ${k}`).join(', ')}; marked as copies on paper ${out.marked}`);
console.log(`soak: lied ${out.lied.length}; seed ${seed}; ${minutes} minutes; verdict: ${failed === 0 ? 'NOTHING LOST, NOTHING REPEATED UNMARKED' : `${failed} PROBLEM(S)`}`);
if (failed > 0 || process.env.KEEP) console.log(`soak: paper, events, trace and log are in ${folder}`);
else rmSync(folder, { recursive: true, force: true });
rmSync(data, { recursive: true, force: true });
console.log(`soak: ${out.lines + out.whole} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
