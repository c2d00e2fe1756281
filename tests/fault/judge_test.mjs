// Is the judge awake? Takes the papers of a campaign that he found in order, plants one fault at a time in a copy, and shows that he finds each.
//
//   node tests/fault/judge_test.mjs FOLDER
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge } from './judge.mjs';
import { readEvents, readRoll } from './paper.mjs';

const [folder] = process.argv.slice(2);
const rolls = ['cocina', 'barra'];
const before = judge(folder);
let passed = 0;
let failed = 0;

/** Changes one roll of a copy; what stood behind moves, and so do the marks of what happened to the machine. */
function changed(name, from, to, put) {
  const copy = mkdtempSync(join(tmpdir(), 'comanda-planted-'));
  cpSync(folder, copy, { recursive: true });
  const file = join(copy, `${name}.paper`);
  const paper = readFileSync(file);
  writeFileSync(file, Buffer.concat([paper.subarray(0, from), put, paper.subarray(to)]));
  const shift = put.length - (to - from);
  const events = readEvents(folder, name).map((e) => ({ ...e, at: e.at >= to ? e.at + shift : Math.min(e.at, from) }));
  writeFileSync(join(copy, `${name}.events`), events.map((e) => `${JSON.stringify(e)}\n`).join(''));
  return copy;
}

function planted(what, copy, wanted) {
  const found = judge(copy).problems.filter((p) => !before.problems.includes(p));
  const missing = wanted.filter((w) => !found.some((f) => f.startsWith(w)));
  if (missing.length === 0) passed += 1;
  else failed += 1;
  console.log(`planted: ${what}`);
  for (const f of found.slice(0, 4)) console.log(`   the judge: ${f}`);
  if (found.length > 4) console.log(`   the judge: … and ${found.length - 4} more`);
  for (const m of missing) console.log(`   FAILED: the judge did not say "${m}…"`);
  rmSync(copy, { recursive: true, force: true });
}

const all = rolls.flatMap((name) => readRoll(folder, name));
const times = (key) => all.filter((p) => p.key === key).length;
const isKitchen = (p) => / #\d+$/.test(p.key ?? '');
const station = (p) => p.key.replace(/ #\d+$/, '');
const only = all.filter((p) => p.cut && isKitchen(p) && times(p.key) === 1 && !p.marks.fallback);
const one = only[Math.floor(only.length / 2)];
const other = only[Math.floor(only.length / 3)];
const double = all.find((p) => p.cut && isKitchen(p) && p.marks.duplicate && all.some((q) => q.key === p.key && !q.marks.duplicate && !q.marks.copy));
const nothing = Buffer.alloc(0);

planted(`${one.key} never came out (${one.to - one.from} bytes taken off ${one.printer}'s roll)`, changed(one.printer, one.from, one.to, nothing), [
  `LOST: ${station(one)}:`,
  `HOLE: ${one.key} `,
]);
const half = one.from + Math.floor((one.to - one.from) * 0.7);
planted(`${one.key} broke off before its end, and nobody printed it again`, changed(one.printer, half, one.to, nothing), [`HOLE: ${one.key} `]);
planted(`${other.key} came out twice, without a mark`, changed(other.printer, other.to, other.to, other.bytes), [`UNMARKED DUPLICATE: ${other.key} `]);
const elsewhere = rolls.find((r) => r !== other.printer);
const end = readFileSync(join(folder, `${elsewhere}.paper`)).length;
planted(`${other.key} came out at the other printer too, without a mark`, changed(elsewhere, end, end, other.bytes), [`UNMARKED DUPLICATE: ${other.key} `]);
if (double) {
  const bar = double.bytes.indexOf('POSIBLE DUPLICADO', 0, 'latin1');
  const blank = Buffer.from(double.bytes);
  blank.fill(' ', bar, blank.indexOf(10, bar));
  planted(`the mark of ${double.key}, printed again after a doubt, is painted over`, changed(double.printer, double.from, double.to, blank), [
    `UNMARKED DUPLICATE: ${double.key} `,
  ]);
}
const token = /k\d{5}/.exec(other.lines.join('\n'));
if (token) {
  const line = other.bytes.indexOf(token[0], 0, 'latin1');
  planted(`the note ${token[0]} of ${other.key} lost a letter in a transfer`, changed(other.printer, other.from + line, other.from + line + 1, nothing), [
    `LOST: ${station(other)}:`,
    `GARBLED: ${other.key} `,
  ]);
}
// A loss that nobody was lied to about is no lie: the same ticket taken away, and a bed that logs it as never confirmed.
const truth = changed(one.printer, one.from, one.to, nothing);
appendFileSync(
  join(truth, `${one.printer}.lost`),
  `${JSON.stringify({ at: one.from, answers: 'full', printed: 0, acknowledged: 0, bytes: one.bytes.toString('hex') })}\n`,
);
planted(`${one.key} was lost in a power cut by a printer that had confirmed nothing`, truth, [`LOST: ${station(one)}:`]);
console.log(`judge: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
