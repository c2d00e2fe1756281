// The bed's trace of usbfs: which bulk URBs were cut short, what the till sent next, and an excerpt to look at.
import { readFileSync } from 'node:fs';

const form = /^ *([\d.]+) ms {2}(\S+) +(\S+(?: gone)?) +(?:ep (\w\w) length +(\d+)(?: actual +(\d+) status (\S+))?)? *\(device has taken (\d+)\)/;

function read(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((text) => ({ text, found: form.exec(text) }))
    .filter((l) => l.found)
    .map(({ text, found: [, ms, printer, what, endpoint, length, actual, status, taken] }) => ({
      text, ms: Number(ms), printer, what, endpoint, length: Number(length), actual: Number(actual), status, taken: Number(taken),
    }));
}

const isOut = (l) => l.endpoint === '02';
const cutShort = (l) => isOut(l) && l.what === 'ended' && l.actual < l.length;

/** After a stall or a short transfer the next OUT must begin at the byte where it ended: nothing taken is sent again, nothing is left out. */
export function resumed(file) {
  const lines = read(file);
  const out = { stalls: 0, shorts: 0, unplugs: 0, problems: [] };
  lines.forEach((l, i) => {
    if (!cutShort(l)) return;
    if (l.status === '-ESHUTDOWN' && l.actual > 0) out.unplugs += 1;
    if (l.status !== '-EPIPE' && l.status !== '0') return;
    const after = lines.slice(i + 1);
    const next = after.find((n) => (isOut(n) && n.what === 'SUBMITURB') || ['unplugged', 'client gone', 'RELEASE'].includes(n.what));
    if (!next || next.what !== 'SUBMITURB') return; // it went away before it could go on
    if (l.status === '0') out.shorts += 1;
    else out.stalls += 1;
    if (next.taken !== l.taken || next.length < l.length - l.actual)
      out.problems.push(`at ${l.ms} ms a transfer of ${l.length} ended at ${l.actual} (${l.status}); the next one has ${next.length} bytes at ${next.taken}, not at ${l.taken}`);
  });
  return out;
}

/** Prints the first stall and the first unplug in the middle of a transfer, with what came before and after. */
export function excerpts(file) {
  const lines = read(file).filter((l) => l.endpoint !== '81');
  const show = (title, status) => {
    const at = lines.findIndex((l) => cutShort(l) && l.status === status && l.actual > 0 && l.length > 100);
    if (at < 0) return;
    const l = lines[at];
    console.log(`trace: ${title}: ${l.length} bytes submitted, ${l.actual} taken, ${l.length - l.actual} left`);
    for (const line of lines.slice(Math.max(0, at - 2), at + 8)) console.log(`   ${line.text}`);
  };
  show('a stall in mid-ticket', '-EPIPE');
  show('a short transfer in mid-ticket', '0');
  show('an unplug in mid-ticket', '-ESHUTDOWN');
}
