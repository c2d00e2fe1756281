// `make bench`: the table of ratios. Everything compared is measured in turns in this one run, so that the machine's noise hits both sides.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { itemsOf, lineFor, startServer } from '../e2e/support_server.mjs';

const bench = process.env.BENCH ?? 'build/tests/bench';
const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.SECONDS_EACH ?? 3);
const slowUs = 4000;
const site = 'la-cocina';
// Beside the build, so that both sides sit on the same disk (/tmp may be memory).
const folder = mkdtempSync(join('build', 'bench-'));
const median = (a) => [...a].sort((x, y) => x - y)[Math.floor(a.length / 2)];
const spread = (a) => `${Math.round(Math.min(...a))}–${Math.round(Math.max(...a))}`;
const out = (program, env, ...args) => execFileSync(join(bench, program), args, { encoding: 'utf8', env: { ...process.env, ...env } }).trim();

// wrk places orders: three lines, one with options, each under a key of its own, a UUIDv7 as the screens make them (milliseconds, then bits of its own).
const script = (token, lines, send) => `
local n = 0
local start = os.time() * 1000
function request()
  n = n + 1
  local ms = start + math.floor(n / 16)
  local key = string.format("%08x-%04x-7%03x-8000-%012x", math.floor(ms / 65536), ms % 65536, n % 4096, n)
  return wrk.format("POST", "/api/v1/orders", {["Authorization"] = "Bearer ${token}", ["Content-Type"] = "application/json", ["Idempotency-Key"] = key},
    '${JSON.stringify({ kind: 'counter', name: 'Cliente', lines, ...(send ? { send: true } : {}) })}')
end
`;
function wrk(base, connections, file) {
  const text = execFileSync('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-s', file, base], { encoding: 'utf8' });
  const bad = text.match(/Non-2xx or 3xx responses: (\d+)/);
  if (bad) throw new Error(`${bad[1]} orders were refused\n${text}`);
  return { rate: Number(text.match(/Requests\/sec:\s+([\d.]+)/)[1]), p99: text.match(/99%\s+(\S+)/)[1] };
}
const residentKiB = (pid) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]);

// ---- start and memory ----
const starts = [];
let idle = 0;
for (let i = 0; i < rounds; i += 1) {
  const data = join(folder, `start-${i}`);
  await (await startServer({ site, data })).stop(); // the first start makes the database: measured apart from the daily one
  const before = performance.now();
  const server = await startServer({ site, data });
  starts.push(performance.now() - before);
  await new Promise((resolve) => setTimeout(resolve, 300));
  idle = Math.max(idle, residentKiB(server.child.pid));
  await server.stop();
}

// ---- durable orders, on this disk and on one that syncs as slowly as cheap flash ----
async function orders(name, env, atMost) {
  const raw = (count, per) => Number(out('raw_orders', env, folder, String(Math.min(count, atMost * per) * seconds), String(per)));
  const server = await startServer({ site, data: join(folder, name), env });
  const till = await server.signIn('caja');
  if ((await till.post('/shifts', { float: 100000 })).status !== 201) throw new Error('no shift');
  const { body: menu } = await till.get('/menu');
  const cooked = itemsOf(menu).filter((i) => i.station);
  const plain = cooked.filter((i) => i.option_groups.length === 0);
  const chosen = cooked.find((i) => lineFor(menu, i).options);
  const lines = [lineFor(menu, chosen), lineFor(menu, plain[0], 2), lineFor(menu, plain[1])];
  const empty = join(folder, 'empty.lua');
  writeFileSync(empty, 'function request() return wrk.format("GET", "/healthz") end\n');
  const place = join(folder, 'place.lua');
  const send = join(folder, 'send.lua');
  writeFileSync(place, script(till.token, lines, false));
  writeFileSync(send, script(till.token, lines, true));
  const f = { raw1: [], http1: [], raw20: [], http20: [], one: [], twenty: [], group: [], door1: [], ceiling1: [] };
  for (let round = 0; round < rounds; round += 1) {
    const raw1 = raw(1500, 1);
    const door = wrk(server.url, 1, empty);
    const one = wrk(server.url, 1, place);
    const raw20 = raw(12000, 20);
    const twenty = wrk(server.url, 20, place);
    f.raw1.push(raw1);
    f.door1.push(door.rate);
    // What is left to a till that does nothing but write the raw rows and answer: the two times added.
    f.ceiling1.push(1 / (1 + raw1 / door.rate));
    f.http1.push(one.rate);
    f.raw20.push(raw20);
    f.http20.push(twenty.rate);
    f.one.push(one.rate / raw1);
    f.twenty.push(twenty.rate / raw1);
    f.group.push(twenty.rate / raw20);
    f.p99one = one.p99;
    f.p99twenty = twenty.p99;
    process.stderr.write(`${name}: round ${round + 1} of ${rounds}\n`);
  }
  f.send20 = wrk(server.url, 20, send).rate;
  await server.stop();
  return f;
}
const here = await orders('orders', {}, Infinity);
const slow = await orders('slow', { LD_PRELOAD: resolve(bench, 'slow_sync.so'), SLOW_SYNC_US: String(slowUs) }, 1e6 / slowUs);

rmSync(folder, { recursive: true, force: true });
const row = (name, value, note) => console.log(`${name.padEnd(60)} ${String(value).padStart(12)}   ${note}`);
console.log(`\nComanda bench: ${availableParallelism()} cores, ${rounds} rounds of ${seconds} s, medians; the spread (min–max) is the machine's noise`);
const ratio = (name, a) => row(name, median(a).toFixed(2), `${Math.min(...a).toFixed(2)}–${Math.max(...a).toFixed(2)}`);
for (const [disk, f] of [['this disk', here], [`its sync ${slowUs / 1000} ms slower, as cheap flash`, slow]]) {
  console.log(`${disk}:`);
  row('  raw SQLite, one order a transaction, orders/s', Math.round(median(f.raw1)), spread(f.raw1));
  row('  raw SQLite, 20 orders a transaction, orders/s', Math.round(median(f.raw20)), spread(f.raw20));
  row('  GET /healthz over HTTP, 1 client, answers/s', Math.round(median(f.door1)), `${spread(f.door1)}: the door alone, no order`);
  row('  durable orders over HTTP, 1 client, orders/s', Math.round(median(f.http1)), `${spread(f.http1)}, p99 ${f.p99one}`);
  row('  durable orders over HTTP, 20 clients, orders/s', Math.round(median(f.http20)), `${spread(f.http20)}, p99 ${f.p99twenty}`);
  ratio('    1 client ÷ raw one a transaction (aim ≥ 0.9)', f.one);
  ratio('      the most that the door alone would leave of it', f.ceiling1);
  ratio('    20 clients ÷ raw one a transaction (aim ≥ 4.5)', f.twenty);
  ratio('    20 clients ÷ raw group commit of 20', f.group);
  row('  orders sent and printed on virtual paper, 20 clients, /s', Math.round(f.send20), 'printers working alongside');
}
console.log('everywhere:');
row('  start to first answer, ms', median(starts).toFixed(0), spread(starts));
row('  resident memory, idle, MB (aim < 15)', (idle / 1024).toFixed(1), 'VmRSS, the largest seen');
