// `make bench`, tickets: the same receipt of a dozen lines through this encoder and through four others, in turns in this one run.
// Each is given what its maker recommends for a printer with Western European code pages, and nothing but its public interface.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const bench = process.env.BENCH ?? 'build/tests/bench';
const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.ENCODE_SECONDS ?? 1);
const file = join(here, 'ticket.txt');
const lines = readFileSync(file, 'utf8').trim().split('\n').map((l) => l.split('\t'));
const width = 48;
// Where the packages are: `make bench` installs them beside the build.
const require = createRequire(resolve(process.env.BENCH_PACKAGES ?? join(bench, 'packages'), 'node_modules', 'of'));

// ---- the others ----
function nodeThermalPrinter() {
  const { ThermalPrinter, PrinterTypes, CharacterSet, BreakLine } = require('node-thermal-printer');
  const p = new ThermalPrinter({ type: PrinterTypes.EPSON, width, characterSet: CharacterSet.PC858_EURO, breakLine: BreakLine.WORD });
  return () => {
    p.clear();
    p.alignCenter();
    p.setTextQuadArea();
    p.println('MESA 12');
    p.setTextNormal();
    p.alignLeft();
    p.bold(true);
    p.leftRight('Salón · 4 personas', '19:42');
    p.bold(false);
    p.drawLine();
    for (const [dish, amount] of lines) {
      if (dish.length + amount.length < width) p.leftRight(dish, amount);
      else p.tableCustom([{ text: dish, align: 'LEFT', cols: 40 }, { text: amount, align: 'RIGHT', cols: 8 }]);
    }
    p.drawLine();
    p.bold(true);
    p.leftRight('TOTAL', '424.900');
    p.bold(false);
    p.partialCut();
    return p.getBuffer();
  };
}

function receiptline() {
  const { transform } = require('receiptline');
  const escaped = (text) => text.replace(/[\\|{}~_"`^]/g, (c) => `\\${c}`);
  const printer = { cpl: width, encoding: 'multilingual', command: 'escpos' };
  return () => {
    const text = ['^^^MESA 12', '"Salón · 4 personas | "19:42', '-'];
    for (const [dish, amount] of lines) text.push(`{width:*,8}`, `${escaped(dish)} | ${escaped(amount)}`);
    text.push('-', '"TOTAL | "424.900', '=');
    return Buffer.from(transform(text.join('\n'), printer), 'latin1');
  };
}

function receiptPrinterEncoder() {
  const module = require('@point-of-sale/receipt-printer-encoder');
  const Encoder = module.default ?? module;
  const e = new Encoder({ language: 'esc-pos', columns: width, codepageMapping: 'epson', codepageCandidates: ['cp858', 'windows1252'] });
  return () => {
    const two = [{ width: 40, align: 'left' }, { width: 8, align: 'right' }];
    e.initialize().codepage('auto').align('center').size(2, 2).line('MESA 12').size(1, 1).align('left');
    e.bold(true).table(two, [['Salón · 4 personas', '19:42']]).bold(false).rule();
    e.table(two, lines);
    e.rule().bold(true).table(two, [['TOTAL', '424.900']]).bold(false).cut('partial');
    return Buffer.from(e.encode());
  };
}

function escpos() {
  const { Printer } = require('escpos');
  let sent = null;
  const adapter = { write: (bytes, done) => { sent = bytes; done?.(); }, open: (done) => done?.(), close: (done) => done?.() };
  const p = new Printer(adapter, { encoding: 'cp1252' }); // one page a text; this one has all that is wanted
  return () => {
    p.font('a').align('ct').size(1, 1).text('MESA 12').size(0, 0).align('lt');
    p.style('b').tableCustom([{ text: 'Salón · 4 personas', align: 'LEFT', cols: 40 }, { text: '19:42', align: 'RIGHT', cols: 8 }]);
    p.style('normal').drawLine();
    for (const [dish, amount] of lines) p.tableCustom([{ text: dish, align: 'LEFT', cols: 40 }, { text: amount, align: 'RIGHT', cols: 8 }]);
    p.drawLine().style('b').tableCustom([{ text: 'TOTAL', align: 'LEFT', cols: 40 }, { text: '424.900', align: 'RIGHT', cols: 8 }]);
    p.style('normal').cut(true);
    p.flush();
    return sent;
  };
}

// ---- is it the ticket? every word of plain letters of every dish, in order, and every amount ----
function check(name, bytes) {
  const text = Buffer.from(bytes).toString('latin1');
  let missing = [];
  for (const [dish, amount] of lines) {
    const words = dish.match(/[A-Za-z]{3,}/g).filter((w) => !text.includes(w));
    // A word may be broken at the column's edge: then its halves are there.
    missing.push(...words.filter((w) => ![...Array(w.length).keys()].some((i) => i > 0 && text.includes(w.slice(0, i)) && text.includes(w.slice(i)))));
    if (!text.includes(amount)) missing.push(amount);
  }
  if (bytes.length < 600 || missing.length) throw new Error(`${name}: ${bytes.length} bytes, lacking ${missing.join(', ')}`);
  return bytes.length;
}

const others = {
  'node-thermal-printer': nodeThermalPrinter(),
  receiptline: receiptline(),
  '@point-of-sale/receipt-printer-encoder': receiptPrinterEncoder(),
  escpos: escpos(),
};
function rate(encode, forSeconds) {
  const start = process.hrtime.bigint();
  const until = start + BigInt(Math.round(forSeconds * 1e9));
  let n = 0;
  let now = start;
  while (now < until) {
    for (let i = 0; i < 8; i += 1) encode();
    n += 8;
    now = process.hrtime.bigint();
  }
  return n / (Number(now - start) / 1e9);
}

const sizes = { Comanda: check('Comanda', execFileSync(join(bench, 'encode'), [file])) };
for (const [name, encode] of Object.entries(others)) {
  sizes[name] = check(name, encode());
  rate(encode, seconds); // warm
}
const able = ['node-thermal-printer', 'receiptline', '@point-of-sale/receipt-printer-encoder']; // those that wrap and change pages by themselves
const rates = Object.fromEntries(['Comanda', ...Object.keys(others)].map((name) => [name, []]));
const ratios = { all: [], able: [] };
for (let round = 0; round < rounds; round += 1) {
  rates.Comanda.push(Number(execFileSync(join(bench, 'encode'), [file, String(seconds)], { encoding: 'utf8' })));
  for (const [name, encode] of Object.entries(others)) rates[name].push(rate(encode, seconds));
  const over = (names) => rates.Comanda.at(-1) / Math.max(...names.map((name) => rates[name].at(-1)));
  ratios.all.push(over(Object.keys(others)));
  ratios.able.push(over(able));
}

const median = (a) => [...a].sort((x, y) => x - y)[Math.floor(a.length / 2)];
const spread = (a) => `${Math.round(Math.min(...a))}–${Math.round(Math.max(...a))}`;
const row = (name, value, note) => console.log(`${name.padEnd(60)} ${String(value).padStart(12)}   ${note}`);
console.log(`\nA receipt of ${lines.length} lines from its texts to ESC/POS, encodes/s, ${rounds} rounds of ${seconds} s in turns, medians`);
for (const [name, a] of Object.entries(rates)) row(`  ${name}`, Math.round(median(a)), `${spread(a)}; ${sizes[name]} bytes`);
const ratio = (name, a) => row(name, median(a).toFixed(1), `${Math.min(...a).toFixed(1)}–${Math.max(...a).toFixed(1)}`);
ratio('    Comanda ÷ the fastest of the others (aim ≥ 40)', ratios.all);
ratio('    Comanda ÷ the fastest that wraps and changes code pages', ratios.able);
