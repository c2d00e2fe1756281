// The judge of the fault campaign. It stands outside the server: it reads the paper, and the list of kitchen lines that the server acknowledged.
//
//   node tests/fault/judge.mjs FOLDER        (the folder of a campaign: *.paper, *.events, *.lost, acknowledged.json, perhaps encodings.json)
//
// The law:
//   1  every acknowledged kitchen line is on paper, on a ticket of its station that came out whole, with its quantity;
//   2  of all printings of one ticket, whole or broken off, at most one is without COPIA or POSIBLE DUPLICADO; RESPALDO alone excuses no second one;
//   3  the numbers of each station begin at 1 and have no hole among the whole tickets, up to the last one given out;
//   4  nothing is on a whole ticket that was not sent: no line of it is garbled, none doubled (against the bytes of the job, where the driver kept them).
//
// One loss is not the till's: a printer that confirms what it has not printed, and then loses its power. A ticket counts as "lied" only when the bed
// logged that this very ticket was confirmed before it was printed, by a unit that lied, and forgotten. All else that is missing is lost.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readLost, readPaper, readRoll } from './paper.mjs';

const isMarked = (p) => Boolean(p.marks.copy || p.marks.duplicate);
const where = (p) => `${p.printer} at byte ${p.from}`;

/** The line of a ticket that carries `token`, and the dish it belongs to: {quantity, name, cancelled}. */
function dishOf(printing, token) {
  const at = printing.lines.findIndex((l) => l.includes(token));
  for (let i = at; i >= 0; i -= 1) {
    const found = /^(?:\+ )?(\d+) {1,2}(\S.*)$/.exec(printing.lines[i]) ?? /^ANULAR (\d+) (.+)$/.exec(printing.lines[i]);
    if (found) return { quantity: Number(found[1]), name: found[2], cancelled: printing.lines[i].startsWith('ANULAR') };
  }
  return null;
}

function holds(printing, line) {
  if (!printing.cut || !printing.key?.startsWith(`${line.station} #`) || !printing.lines.some((l) => l.includes(line.token))) return false;
  const dish = dishOf(printing, line.token);
  return dish !== null && dish.quantity === line.quantity && dish.name.startsWith(line.name) && dish.cancelled === line.cancelled;
}

function judgeLines(printings, lost, acknowledged, out) {
  const lied = new Set();
  for (const line of acknowledged.lines) {
    if (printings.some((p) => holds(p, line))) continue;
    const lie = lost.find((l) => l.answers === 'liar' && l.confirmed && holds(l.sheet, line));
    if (lie) lied.add(lie.sheet.key);
    else out.problems.push(`LOST: ${line.station}: "${line.cancelled ? 'ANULAR ' : ''}${line.quantity} ${line.name}" (${line.token}) was acknowledged and is on no whole ticket`);
  }
  out.lied = [...lied];
}

function judgeRepeats(printings, out) {
  const first = new Map();
  for (const p of printings) {
    if (p.key === null) continue;
    if (isMarked(p)) out.marked += 1;
    else if (first.has(p.key)) out.problems.push(`UNMARKED DUPLICATE: ${p.key} came out at ${where(first.get(p.key))} and again, without a mark, at ${where(p)}`);
    else first.set(p.key, p);
    if (p.marks.fallback) out.fallback += 1;
  }
}

function judgeSequences(printings, acknowledged, out) {
  for (const [station, last] of Object.entries(acknowledged.last)) {
    const seen = new Set(printings.filter((p) => p.cut && p.key?.startsWith(`${station} #`)).map((p) => Number(p.key.split('#').pop())));
    for (const key of out.lied) if (key.startsWith(`${station} #`)) seen.add(Number(key.split('#').pop()));
    for (let n = 1; n <= last; n += 1) if (!seen.has(n)) out.problems.push(`HOLE: ${station} #${n} came out nowhere whole`);
    for (const n of seen) if (n < 1 || n > last) out.problems.push(`STRANGER: ${station} #${n} is on paper; the last number given out is ${last}`);
  }
}

function judgeBytes(printings, encodings, out) {
  const known = new Map();
  for (const e of encodings) {
    const [sheet] = readPaper(Buffer.from(e.bytes, 'base64'), [], ''); // as far as its cut: how it cuts and what beeps after it is not on paper
    known.set(e.key, (known.get(e.key) ?? new Set()).add(sheet.printed.toString('base64')));
  }
  for (const p of printings) {
    if (!p.cut || p.key === null || !known.has(p.key)) continue;
    if (known.get(p.key).has(p.printed.toString('base64'))) out.exact += 1;
    else out.problems.push(`GARBLED: ${p.key} at ${where(p)} is not, byte for byte, any printing of that ticket`);
  }
}

export function judge(folder) {
  const rolls = readdirSync(folder).filter((f) => f.endsWith('.paper')).map((f) => f.slice(0, -6)).sort();
  const acknowledged = JSON.parse(readFileSync(join(folder, 'acknowledged.json'), 'utf8'));
  const printings = rolls.flatMap((name) => readRoll(folder, name));
  const lost = rolls.flatMap((name) => readLost(folder, name));
  const out = { rolls, problems: [], lines: acknowledged.lines.length, whole: 0, broken: 0, scraps: 0, pictures: 0, marked: 0, fallback: 0, lied: [], exact: 0 };
  for (const p of printings) {
    out.pictures += p.pictures;
    if (p.key === null) out.scraps += 1;
    else if (p.cut) out.whole += 1;
    else out.broken += 1;
  }
  judgeLines(printings, lost, acknowledged, out);
  judgeRepeats(printings, out);
  judgeSequences(printings, acknowledged, out);
  let encodings = [];
  try {
    encodings = JSON.parse(readFileSync(join(folder, 'encodings.json'), 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  judgeBytes(printings, encodings, out);
  return out;
}

export function report(out) {
  for (const p of out.problems) console.log(`judge: ${p}`);
  console.log(
    `judge: ${out.lines} acknowledged kitchen lines; on ${out.rolls.length} rolls ${out.whole} whole printings (${out.exact} the same to the byte), ` +
      `${out.broken} broken off, ${out.scraps} scraps, ${out.pictures} bands of pictures; ${out.marked} marked as copies, ${out.fallback} as fallbacks`,
  );
  console.log(`judge: lied ${out.lied.length}${out.lied.length ? ` (${out.lied.join(', ')})` : ''}: confirmed by a printer that had not printed them and then lost its power`);
  console.log(`judge: ${out.problems.length === 0 ? 'nothing lost, nothing repeated without its mark' : `${out.problems.length} problem(s)`}`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const out = judge(process.argv[2]);
  report(out);
  process.exit(out.problems.length === 0 ? 0 : 1);
}
