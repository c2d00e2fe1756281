// A reader of ESC/POS paper for the judge and for the person of the fault campaign: what stands on a roll, ticket by ticket. It knows nothing of the
// project's own reader in C, and reads as a printer does: what a picture or a command swallows is not text.
import { readFileSync } from 'node:fs';

// The upper halves of the pages a till of this country uses. ESC t n chooses; n as Epson numbers them.
const pc850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';
const cp1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ' + Array.from({ length: 96 }, (_, i) => String.fromCharCode(160 + i)).join('');
const pages = { 2: pc850, 16: cp1252, 19: pc850.replace('ı', '€') };

const DLE = 0x10;
const ESC = 0x1b;
const FS = 0x1c;
const GS = 0x1d;
const counted = new Map(); // first two bytes → arguments; a command that stands nowhere has none
for (const [first, list] of [
  [DLE, { 4: 1, 5: 1 }],
  [ESC, { '!': 1, '-': 1, 3: 1, B: 2, E: 1, G: 1, J: 1, M: 1, R: 1, U: 1, a: 1, c: 2, d: 1, p: 3, r: 1, t: 1, '{': 1 }],
  [GS, { '!': 1, B: 1, H: 1, I: 1, L: 2, W: 2, a: 1, f: 1, h: 1, r: 1, w: 1 }],
])
  for (const [second, n] of Object.entries(list)) counted.set(`${first} ${first === DLE ? second : second.charCodeAt(0)}`, n);

const cutsWithFeed = [65, 66, 97, 98, 103, 104];
const cutsAtOnce = [0, 1, 0x30, 0x31];

/** Length of the command at `at`, or null when the bytes end before one can tell. What of it is there may be less. */
function commandLength(b, at) {
  const word = (i) => (at + i + 1 < b.length ? b[at + i] | (b[at + i + 1] << 8) : null);
  const byte = (i) => (at + i < b.length ? b[at + i] : null);
  const [first, second] = [b[at], byte(1)];
  if (second === null) return null;
  const plus = (head, data) => (data === null ? null : head + data);
  if (first === DLE && second === 0x14) return byte(2) === null ? null : byte(2) === 8 ? 10 : 5;
  if (first === GS && second === 0x56) return byte(2) === null ? null : cutsWithFeed.includes(byte(2)) ? 4 : 3;
  if (first === GS && second === 0x76) return word(4) === null || word(6) === null ? null : 8 + word(4) * word(6);
  if (first === ESC && second === 0x2a) return word(3) === null ? null : 5 + word(3) * (byte(2) >= 32 ? 3 : 1);
  if (second === 0x28 && first !== DLE) return plus(5, word(3));
  if (first === GS && second === 0x6b) return plus(4, byte(3));
  return 2 + (counted.get(`${first} ${second}`) ?? 0);
}

const marks = [
  [/^PRÁCTICA$/, () => ({ practice: true })],
  [/^RESPALDO DE (.+)$/, (m) => ({ fallback: m[1] })],
  [/^POSIBLE DUPLICADO – copia (\d+)$/, (m) => ({ duplicate: Number(m[1]) })],
  [/^COPIA$/, () => ({ copy: true })],
];
const markOf = (text) => {
  for (const [form, made] of marks) {
    const found = form.exec(text);
    if (found) return made(found);
  }
  return null;
};

/** What a ticket is known by: its station and number, its document's number, or the hour of a test page. */
function keyOf(lines) {
  const head = /^(\S.*?) {2,}#(\d{4,})$/.exec(lines[0] ?? '');
  if (head) return `${head[1]} #${Number(head[2])}`;
  const document = lines.indexOf('DOCUMENTO EQUIVALENTE POS');
  if (document >= 0 && /^[A-Z]+-\d+$/.test(lines[document + 1] ?? '')) return lines[document + 1];
  if (lines.includes('PRUEBA')) {
    const hour = lines.find((l) => /^Hora /.test(l));
    const printer = lines.find((l) => /^Impresora /.test(l));
    if (hour && printer) return `PRUEBA ${printer.replace(/.*\((.*)\).*/, '$1')} ${hour.replace(/^Hora +/, '')}`;
  }
  return null;
}

/** The marks on top of a printing, and what it is. */
export function heading(lines) {
  let n = 0;
  const found = {};
  while (n < lines.length) {
    const mark = lines[n] === '' ? {} : markOf(lines[n]);
    if (!mark) break;
    Object.assign(found, mark);
    n += 1;
  }
  return { marks: found, body: lines.slice(n), key: keyOf(lines.slice(n)) };
}

/** One life of a printer, between two cuts of its power: the sheets that came out, each [from, to) in bytes. */
function sheetsOfLife(b, from, to, sheets) {
  let sheet = null;
  let line = '';
  let page = pc850;
  const begin = (at) => {
    if (sheet) sheets.push({ ...sheet, to: at });
    sheet = { from: at, lines: [], cut: false, pictures: 0 };
    line = '';
  };
  for (let at = from; at < to; ) {
    const c = b[at];
    if (c !== DLE && c !== ESC && c !== FS && c !== GS) {
      if (!sheet) begin(at);
      if (c === 10) {
        sheet.lines.push(line.trim()); /* margins of bars and centred lines say nothing */
        line = '';
      } else if (c >= 32) line += c < 128 ? String.fromCharCode(c) : page[c - 128];
      at += 1;
      continue;
    }
    const length = commandLength(b.subarray(0, to), at);
    if (length === null || at + length > to) break; /* what the power cut left of it */
    const second = b[at + 1];
    if (c === ESC && second === 0x40) begin(at); /* an unfinished line in the printer's memory is dropped */
    if (c === ESC && second === 0x74) page = pages[b[at + 2]] ?? pc850;
    if (c === ESC && second === 0x2a) line += '▯';
    if (c === GS && second === 0x76 && sheet) sheet.pictures += 1;
    at += length;
    // A cut that broke off and got its argument from what came after may be none: then the paper is not cut, whatever stands on it.
    if (c === GS && second === 0x56 && sheet && [...cutsWithFeed, ...cutsAtOnce].includes(b[at - length + 2])) {
      sheets.push({ ...sheet, cut: true, to: at, ends: at - length });
      sheet = null;
    }
  }
  if (sheet) sheets.push({ ...sheet, to });
}

/** All printings on a roll, in order. events: what body.h describes. Those of which not even the heading came out have no key. */
export function readPaper(bytes, events, printer) {
  const sheets = [];
  const cuts = [...new Set(events.filter((e) => e.what === 'power').map((e) => e.at)), bytes.length].sort((a, b) => a - b);
  let from = 0;
  for (const to of cuts) {
    sheetsOfLife(bytes, from, Math.min(to, bytes.length), sheets);
    from = to;
  }
  return sheets
    .filter((s) => s.lines.length > 0 || s.pictures > 0)
    .map((s) => ({ printer, ...s, ...heading(s.lines), bytes: bytes.subarray(s.from, s.to), printed: bytes.subarray(s.from, s.ends ?? s.to) }));
}

const jsonLines = (file) => {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean).map((l) => JSON.parse(l));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
};

/** The printings on the roll FOLDER/NAME.paper as it is now. */
export function readRoll(folder, name) {
  return readPaper(readFileSync(`${folder}/${name}.paper`), jsonLines(`${folder}/${name}.events`), name);
}
export const readEvents = (folder, name) => jsonLines(`${folder}/${name}.events`);

/** What power cuts made a printer forget: [{answers, sheet, confirmed: whether the till had been told that it is on paper}]. */
export function readLost(folder, name) {
  const lost = [];
  for (const record of jsonLines(`${folder}/${name}.lost`)) {
    const bytes = Buffer.from(record.bytes, 'hex');
    for (const sheet of readPaper(bytes, [], name))
      if (sheet.to > record.printed) lost.push({ at: record.at, answers: record.answers, sheet, confirmed: sheet.to <= record.acknowledged });
  }
  return lost;
}
