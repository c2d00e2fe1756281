// Proves that every refusal is told: each code in the C sources stands in pos/http/ERRORS.md with its HTTP status; each a client can meet has words in
// Spanish and English that the table repeats, and stands in openapi.yaml; each is in a test; and no list holds a code that nothing uses.
//
//   node tests/support/errors_check.mjs            checks
//   node tests/support/errors_check.mjs --write    renews the columns of the table that come from elsewhere; new codes get a row to fill in
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const read = (path) => readFileSync(join(root, path), 'utf8');
function filesIn(folder, endings, skip = []) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return skip.includes(entry.name) ? [] : filesIn(path, endings, skip);
    return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
  });
}
const breaches = [];
const breach = (where, what) => breaches.push(`${where}: ${what}`);

// ---- the codes of the C sources: what is given to error_fail and its like, and to every function with a parameter `code` ----

const CODE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
const sources = ['data', 'menu', 'printer', 'pos'].flatMap((folder) => filesIn(folder, ['.c', '.h'], ['web']));
const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, ' '));

/** The arguments of a call whose opening bracket is at `from`, as they are written. */
function argumentsAt(text, from) {
  const list = [''];
  let depth = 0;
  for (let i = from; i < text.length; i += 1) {
    const c = text[i];
    if (c === '"' || c === "'") {
      const start = i;
      for (i += 1; text[i] !== c; i += 1) if (text[i] === '\\') i += 1;
      list[list.length - 1] += text.slice(start, i + 1);
      continue;
    }
    if ('([{'.includes(c) && depth++ === 0) continue;
    if (')]}'.includes(c) && --depth === 0) return list.map((one) => one.trim());
    if (c === ',' && depth === 1) list.push('');
    else list[list.length - 1] += c;
  }
  return list;
}
const literals = (text) => [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((m) => m[1]).filter((word) => CODE.test(word));
const kindsIn = (text) => text.match(/\bERROR_[A-Z_]+\b/g) ?? [];

const texts = new Map(sources.map((file) => [file, withoutComments(read(file))]));
// Which argument is the code. kind: the argument that tells it, or what it always is.
const callees = new Map([
  ['error_fail', { at: 2, kind: 1 }],
  ['error_fail_at', { at: 2, kind: 1 }],
  ['error_errno', { at: 2, kind: 'ERROR_IO' }],
  ['error_errno_at', { at: 2, kind: 'ERROR_IO' }],
]);
for (const [file, text] of texts) {
  for (const m of text.matchAll(/^(?:static )?bool (\w+)(\([^;{}]*\bconst char \*code\b[^;{}]*\))\s*\{/gm)) {
    if (callees.has(m[1])) continue;
    const at = argumentsAt(m[2], 0).findIndex((one) => /\bconst char \*code$/.test(one));
    const body = text.slice(m.index, text.indexOf('\n}', m.index));
    callees.set(m[1], { at, kind: kindsIn(body)[0] ?? 'ERROR_IO', file: /^static\b/.test(m[0]) ? file : null });
  }
}

/** code → {kinds, places} */
const used = new Map();
function use(code, kinds, place) {
  const one = used.get(code) ?? { kinds: new Set(), places: new Set() };
  for (const kind of kinds) one.kinds.add(kind);
  one.places.add(place);
  used.set(code, one);
}
const passedOn = new Set(['pos/cli/console.c', 'data/error.h']); // the server's own code, told again; the macros
for (const [file, text] of texts) {
  for (const m of text.matchAll(/\b(\w+)\(/g)) {
    const callee = callees.get(m[1]);
    if (!callee || (callee.file && callee.file !== file)) continue;
    const list = argumentsAt(text, m.index + m[1].length);
    const word = list[callee.at] ?? '';
    if (/^const char \*/.test(word)) continue; // its declaration
    const place = `${file}:${text.slice(0, m.index).split('\n').length}`;
    const kinds = typeof callee.kind === 'number' ? kindsIn(list[callee.kind]) : [callee.kind];
    let codes = literals(word);
    const variable = /^\w+$/.test(word) && !passedOn.has(file) ? word : null;
    // A variable of this file, set from literals; or a row of a table of kinds and codes.
    if (variable) for (const set of text.matchAll(new RegExp(`\\b${variable} = ([^;]*)`, 'g'))) codes.push(...literals(set[1].replace(/==? *"[^"]*"/g, '')));
    if (/\.code$/.test(word)) {
      for (const row of text.matchAll(/\b(ERROR_[A-Z_]+), "([a-z0-9_]+)"/g)) use(row[2], [row[1]], place);
      continue;
    }
    const parameter = variable && new RegExp(`\\([^;{}]*\\bconst char \\*${variable}\\b[^;{}]*\\)\\s*\\{`).test(text);
    if (codes.length === 0 && variable !== null ? !parameter : codes.length === 0 && !passedOn.has(file)) breach(place, `${m[1]}: which code is ${word}?`);
    for (const code of codes) use(code, kinds, place);
  }
}

// ---- the status of each: as pos/http/problem.c gives it ----

const problem = texts.get('pos/http/problem.c');
const own = new Map([...problem.slice(0, problem.indexOf('};')).matchAll(/\{"(\w+)", (\d+)\}/g)].map((m) => [m[1], Number(m[2])]));
const ofKind = new Map();
for (const m of problem.matchAll(/((?:case ERROR_\w+:\s*)+)return (\d+);/g)) for (const kind of kindsIn(m[1])) ofKind.set(kind, Number(m[2]));
const statusOf = (code) => {
  if (own.has(code)) return String(own.get(code));
  return [...new Set([...used.get(code).kinds].map((kind) => ofKind.get(kind) ?? 500))].sort().join(', ');
};

// ---- the words, and the codes a client can meet ----

function wordsOf(path) {
  const text = read(path);
  const object = text.slice(text.indexOf('{', text.indexOf('export const errors')), text.lastIndexOf('};') + 1);
  return Function(`return ${object};`)();
}
const es = wordsOf('pos/web/i18n/es_errors.ts');
const en = wordsOf('pos/web/i18n/en_errors.ts');
const general = ['unknown', 'title', 'offline', 'busy', 'too_large', 'refused', 'gone', 'conflict', 'internal']; // by status, for what has no words
const openapi = read('pos/http/openapi.yaml');
const enumOf = /\n {4}ErrorCode:\n[\s\S]*?\n {6}enum:\n((?: {8}.*\n)+)/.exec(openapi)[1];
const met = new Set([...enumOf.matchAll(/^ {8}- (\w+)/gm)].map((m) => m[1]));

// ---- the table ----

const tablePath = 'pos/http/ERRORS.md';
const table = read(tablePath);
const rows = new Map();
for (const line of table.split('\n')) {
  const m = /^\| `(\w+)` \|(.*)\|$/.exec(line);
  if (!m) continue;
  if (rows.has(m[1])) breach(tablePath, `${m[1]} stands there twice`);
  rows.set(m[1], m[2].split('|').map((cell) => cell.trim()));
}

/** A row as it should be; the column "when" is a person's. */
function rowOf(code) {
  const cells = rows.get(code) ?? [];
  const refusal = cells.length === 4; // it may stand in the other table still
  const when = (refusal ? cells[1] : cells[0]) ?? '';
  if (met.has(code)) return [statusOf(code), when, es[code] ?? '', en[code] ?? ''];
  return [when, refusal ? '' : (cells[1] ?? '')];
}
const lineOf = (code) => `| \`${code}\` | ${rowOf(code).join(' | ')} |`;

const known = [...used.keys()].sort();
if (process.argv.includes('--write')) {
  const write = (text, mark, codes) => {
    const [start, end] = [`<!-- ${mark} -->\n`, `<!-- end of ${mark} -->`];
    const from = text.indexOf(start) + start.length;
    const head = text.slice(from).split('\n').slice(0, 2).join('\n');
    return `${text.slice(0, from)}${head}\n${codes.map(lineOf).join('\n')}\n${text.slice(text.indexOf(end))}`;
  };
  const order = [...met].filter((code) => used.has(code)); // by subject, as in openapi.yaml
  const renewed = write(write(table, 'refusals', order), 'machine', known.filter((code) => !met.has(code)));
  writeFileSync(join(root, tablePath), renewed);
  console.log(`errors: ${tablePath} is renewed`);
  process.exit(0);
}

// ---- judging ----

const tests = [
  ...filesIn('tests/unit', ['.c']),
  ...filesIn('tests/e2e', ['.mjs', '.ts', '.sh'], ['results']),
  ...filesIn('tests/fault', ['.mjs']),
  ...filesIn('tests/emulator', ['.c']),
];
const tested = new Set();
for (const file of tests) for (const m of read(file).matchAll(/["']([a-z][a-z0-9_]*)\\?["']/g)) tested.add(m[1]);

for (const code of known) {
  const where = [...used.get(code).places][0];
  const row = rows.get(code);
  if (!row) breach(where, `${code} has no row in ${tablePath}: run node tests/support/errors_check.mjs --write and fill it in`);
  else if (lineOf(code) !== `| \`${code}\` | ${row.join(' | ')} |`) breach(tablePath, `${code} is not as it should be: run node tests/support/errors_check.mjs --write`);
  if (met.has(code)) {
    if (!es[code]) breach('pos/web/i18n/es_errors.ts', `${code} (${where}) has no words`);
    if (!en[code]) breach('pos/web/i18n/en_errors.ts', `${code} (${where}) has no words`);
    if (row && !row[1]) breach(tablePath, `${code}: when does it happen?`);
    if (!tested.has(code)) breach(where, `${code} is in no test`);
  } else if (row) {
    if (!row[0]) breach(tablePath, `${code}: when does it happen, and what is to be done?`);
    if (!row[1] && !tested.has(code)) breach(where, `${code} is in no test, and ${tablePath} does not say why`);
    if (row[1] && tested.has(code)) breach(tablePath, `${code}: it is in a test, so the last column is empty`);
  }
}
for (const code of rows.keys()) if (!used.has(code)) breach(tablePath, `nothing uses ${code}`);
for (const code of met) if (!used.has(code)) breach('pos/http/openapi.yaml', `ErrorCode: nothing uses ${code}`);
for (const [path, words] of [['pos/web/i18n/es_errors.ts', es], ['pos/web/i18n/en_errors.ts', en]])
  for (const code of Object.keys(words)) {
    if (general.includes(code)) continue;
    if (!used.has(code)) breach(path, `nothing uses ${code}`);
    else if (!met.has(code)) breach(path, `${code} has words, so a client can meet it: it belongs in ErrorCode of pos/http/openapi.yaml`);
  }

for (const one of breaches) console.error(one);
if (breaches.length === 0) console.log(`errors: ${known.length} codes, ${[...met].length} of them for clients, each in the table, in words and in a test`);
else console.error(`errors: ${breaches.length} breaches`);
process.exit(breaches.length ? 1 : 0);
