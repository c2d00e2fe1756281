// Proves that printer/60-comanda-printers.rules is well formed and does what it is for: each rule line is read by udev's grammar, the whole is run on
// sample devices, and every vendor-class unit of printer/quirks.json has its line, and no other has.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const name = 'printer/60-comanda-printers.rules';
const breaches = [];
const breach = (line, what) => breaches.push(`${name}:${line}: ${what}`);

const MATCHES = /^(ACTION|SUBSYSTEM|ENV\{\w+\}|ATTR\{\w+\})$/;
const ASSIGNS = /^(GROUP|MODE|GOTO|LABEL)$/;
/** One line's `KEY op "value"` tokens, or nothing when it is not of udev's grammar. */
function tokensOf(text, line) {
  const tokens = [];
  let rest = text;
  for (;;) {
    const found = /^\s*([A-Z]+(?:\{\w+\})?)(==|!=|=)"([^"\\]*)"\s*(,|$)/.exec(rest);
    if (!found) return breach(line, `not a rule: ${rest.trim() || 'it ends in a comma'}`), [];
    const [whole, key, op, value, next] = found;
    if (!(op === '=' ? ASSIGNS : MATCHES).test(key)) breach(line, `${key} does not go with ${op}`);
    if (key === 'MODE' && !/^0[0-7]{3}$/.test(value)) breach(line, `mode ${value}`);
    tokens.push({ key, op, value });
    rest = rest.slice(whole.length);
    if (next !== ',') return tokens;
  }
}
const rules = readFileSync(join(root, name), 'utf8')
  .split('\n')
  .map((text, at) => ({ text, line: at + 1 }))
  .filter(({ text }) => text.trim() && !text.startsWith('#'))
  .map(({ text, line }) => ({ line, tokens: tokensOf(text, line) }));
const labels = rules.flatMap(({ tokens }, at) => tokens.filter((t) => t.key === 'LABEL').map((t) => [t.value, at]));
for (const { line, tokens } of rules)
  for (const { key, value } of tokens)
    if (key === 'GOTO' && !labels.some(([label]) => label === value)) breach(line, `no label ${value}`);

/** udev's globs: * ? | */
const fits = (glob, value) =>
  glob.split('|').some((one) => new RegExp(`^${one.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`).test(value));
/** What the rules make of a device. */
function run(device) {
  const made = {};
  for (let at = 0; at < rules.length; at++) {
    const { tokens } = rules[at];
    if (!tokens.filter((t) => t.op !== '=').every((t) => fits(t.value, device[t.key] ?? '') === (t.op === '=='))) continue;
    for (const { key, op, value } of tokens) if (op === '=') made[key] = value;
    const jump = tokens.find((t) => t.key === 'GOTO');
    if (jump) at = Math.max(at, (labels.find(([label]) => label === jump.value)?.[1] ?? rules.length) - 1);
  }
  return made.GROUP ? `${made.GROUP} ${made.MODE}` : '';
}
const device = (vendor, product, interfaces, more = {}) => ({
  ACTION: 'add', SUBSYSTEM: 'usb', 'ENV{DEVTYPE}': 'usb_device', 'ENV{ID_USB_INTERFACES}': interfaces,
  'ATTR{idVendor}': vendor, 'ATTR{idProduct}': product, ...more,
});
for (const [what, given, expected] of [
  ['a class-7 printer, bidirectional', device('04b8', '0e28', ':070102:'), 'lp 0660'],
  ['a class-7 printer, unidirectional', device('0fe6', '811e', ':070101:'), 'lp 0660'],
  ['a printer beside another interface', device('0416', '5011', ':030000:070102:'), 'lp 0660'],
  ['a vendor-class Epson by product', device('04b8', '0202', ':ff0000:'), 'lp 0660'],
  ['a vendor-class Epson by name', device('04b8', '0e15', ':ffffff:', { 'ATTR{product}': 'TM-T20II' }), 'lp 0660'],
  ['a scanner of the same vendor', device('04b8', '013a', ':ffffff:', { 'ATTR{product}': 'EPSON Scanner' }), ''],
  ['a keyboard', device('046d', 'c31c', ':030101:'), ''],
  ['a printer that goes', device('04b8', '0e28', ':070102:', { ACTION: 'remove' }), ''],
  ['an interface, which has no node', device('04b8', '0e28', ':070102:', { 'ENV{DEVTYPE}': 'usb_interface' }), ''],
  ['another subsystem', device('04b8', '0202', ':070102:', { SUBSYSTEM: 'tty' }), ''],
]) {
  const got = run(given);
  if (got !== expected) breach(1, `${what}: "${got}", not "${expected}"`);
}

const wanted = JSON.parse(readFileSync(join(root, 'printer/quirks.json'), 'utf8'))
  .units.filter((unit) => unit.vendor_class)
  .map((unit) => [unit.vendor, unit.product ?? '', unit.name ? `${unit.name}*` : ''].join(' '))
  .sort();
const given = rules
  .filter(({ tokens }) => tokens.some((t) => t.key === 'ATTR{idVendor}'))
  .map(({ tokens }) => ['idVendor', 'idProduct', 'product'].map((key) => tokens.find((t) => t.key === `ATTR{${key}}`)?.value ?? '').join(' '))
  .sort();
if (wanted.join('\n') !== given.join('\n')) breach(1, `has lines for [${given.join(', ')}], printer/quirks.json wants [${wanted.join(', ')}]`);

// udev's own judge, where it has one (systemd 254 and later).
const help = spawnSync('udevadm', ['--help'], { encoding: 'utf8' });
if (/^\s+verify\b/m.test(help.stdout ?? '')) {
  const said = spawnSync('udevadm', ['verify', '--no-style', join(root, name)], { encoding: 'utf8' });
  if (said.status !== 0) breach(1, `udevadm verify: ${said.stdout}${said.stderr}`);
}

for (const one of breaches) console.error(one);
console.log(breaches.length ? `udev: ${breaches.length} breaches` : 'udev: the rule is sound');
process.exitCode = breaches.length ? 1 : 0;
