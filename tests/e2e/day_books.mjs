// The books of a tested day: that the figures of every report agree with one another and with the table worked by hand, that the documents and the
// stations' tickets are numbered without a gap, and that the journal's chain is whole.
import { sections, words } from './day_kit.mjs';

const sum = (rows, member) => rows.reduce((total, row) => total + row[member], 0);
const byName = (rows, name) => Object.fromEntries(rows.map((row) => [row[name], row]));

/** What must hold in any daily report, whatever was sold. */
export function identities(day, report) {
  const { totals, by_means, by_category, by_item, by_hour, by_tax, by_staff, by_kind, numbering } = report;
  const equal = (a, b, what) => day.check(a === b, `daily report: ${what}: ${a} and ${b}`);
  equal(totals.gross - totals.discount, totals.net, 'gross less discount is net');
  equal(totals.base + totals.tax, totals.net, 'base and tax are net');
  equal(totals.net + totals.tips + totals.adjustment, totals.collected, 'net, tips and adjustment are what was collected');
  equal(sum(by_means, 'charged'), totals.collected, 'the means add up to what was collected');
  equal(sum(by_means, 'amount'), totals.net + totals.tips, 'the means settle net and tips');
  for (const [name, member] of [['gross', 'net'], ['base', 'base'], ['tax', 'tax']])
    equal(sum(by_tax, name), totals[member], `${name} of the taxes`);
  for (const row of by_tax) equal(row.base + row.tax, row.gross, `base and tax of ${row.name}`);
  for (const [name, rows] of Object.entries({ by_category, by_item, by_hour, by_staff, by_kind }))
    equal(sum(rows, 'net'), totals.net, `${name} adds up to net`);
  for (const [name, rows] of Object.entries({ by_hour, by_staff, by_kind, numbering }))
    equal(sum(rows, 'documents'), totals.documents, `documents of ${name}`);
  equal(sum(by_category, 'quantity'), sum(by_item, 'quantity'), 'pieces by category and by item');
  equal(sum(by_staff, 'tips'), totals.tips, 'the tips by person');
  equal(by_hour.length, 24, 'a row for each hour');
  for (const row of numbering) equal(row.last - row.first + 1, row.documents, `numbers ${row.prefix} without gap or repeat`);
}

/** The daily report against the figures worked by hand. */
export async function dailyReport(day, shift, wanted) {
  const { gerencia } = day.people;
  const report = day.done(await gerencia.get(`/reports/daily?date=${shift.business_day}`), 200, 'the daily report');
  identities(day, report);
  day.same(report, { date: shift.business_day, currency: 'COP', totals: wanted.totals, last_week: { documents: 0, net: 0 } }, 'daily report: totals');
  day.same(byName(report.by_means, 'means'), wanted.means, 'daily report: means');
  day.same(report.by_means.length, Object.keys(wanted.means).length, 'daily report: no other means');
  day.same(report.by_tax, wanted.taxes, 'daily report: taxes');
  for (const [member, name] of [['by_item', 'item'], ['by_category', 'category'], ['by_staff', 'name'], ['by_kind', 'kind']]) {
    day.same(byName(report[member], name), wanted[member], `daily report: ${member}`);
    day.same(report[member].length, Object.keys(wanted[member]).length, `daily report: nothing else in ${member}`);
  }
  day.same(report.voids, wanted.voids, 'daily report: what was taken back');
  day.same(report.numbering, [{ kind: 'pos', ...wanted.numbering }], 'daily report: numbering');
  day.same(report.shifts, [{ id: shift.id, till: shift.till, float: wanted.cash.float }], 'daily report: its shifts');
  return report;
}

/** The figures that X and Z have in common. */
function shiftFigures(day, report, wanted, name) {
  const { documents, gross, discount, net, base, tax, tips, adjustment, collected } = wanted.totals;
  day.same(report, { documents, voided_orders: wanted.voids.orders, voided_lines: wanted.voids.lines }, `${name}: counts`);
  day.same(report, { first_document: wanted.documents[0], last_document: wanted.documents.at(-1) }, `${name}: documents`);
  day.same(report.totals, { gross, discount, net, base, tax, tips, adjustment, collected }, `${name}: totals`);
  day.same(report.cash, wanted.cash, `${name}: cash`);
  day.same(byName(report.means, 'means'), wanted.means, `${name}: means`);
  day.same(report.taxes, wanted.taxes, `${name}: taxes`);
  const { cash } = report;
  const expected = cash.float + cash.sales + cash.in - cash.out - cash.refunds - cash.tips_paid_out;
  day.check(cash.expected === expected, `${name}: expected cash ${cash.expected} is float, sales and movements ${expected}`);
}

/** Before the count nobody but a manager sees what is expected; then the close by denomination, the Z on screen and on paper. */
export async function closeShift(day, shift, wanted, more = {}) {
  const { caja, mesa, gerencia } = day.people;
  day.refused(await caja.get(`/shifts/${shift.id}/report`), 403, 'not_permitted', 'the cashier does not see the X');
  const blind = { state: 'open', closed_by: null, closed_at: null, z_number: null, expected: null, counted: null, difference: null };
  day.same((await caja.get('/shifts/current')).body, blind, 'nobody sees the expected amount before the count');
  day.same((await caja.get(`/shifts/${shift.id}`)).body, blind, 'nor by its number');
  const x = day.done(await gerencia.get(`/shifts/${shift.id}/report`), 200, 'the manager sees the X');
  day.same(x, { z: false, journal_head: null, count: [] }, 'X: it is none of a closed shift');
  shiftFigures(day, x, wanted, 'X');

  day.refused(await mesa.post(`/shifts/${shift.id}/close`, { count: wanted.count }), 403, 'not_permitted', 'a waiter does not close the shift');
  const odd = { count: { ...wanted.count, 70000: 1 } };
  day.refused(await caja.post(`/shifts/${shift.id}/close`, odd), 400, 'denomination_unknown', 'there is no note of 70.000');
  const closed = day.done(await caja.post(`/shifts/${shift.id}/close`, { count: wanted.count, ...more }), 200, 'the shift is closed');
  const { expected } = wanted.cash;
  const { counted, difference, z_number } = wanted;
  day.same(closed, { expected, counted, difference, z_number }, 'the close');
  day.refused(await caja.post(`/shifts/${shift.id}/close`, { count: wanted.count }), 409, 'shift_closed', 'a closed shift is not closed again');
  day.refused(await caja.get('/shifts/current'), 404, 'no_open_shift', 'no shift is open');
  day.refused(await mesa.post('/orders', day.anyOrder), 409, 'no_open_shift', 'nothing is sold without a shift');

  const z = day.done(await gerencia.get(`/shifts/${shift.id}/report`), 200, 'the manager sees the Z');
  shiftFigures(day, z, wanted, 'Z');
  day.same(z.shift, { state: 'closed', closed_by: 'caja', z_number, expected, counted, difference }, 'Z: the shift');
  day.same(z.z, true, 'Z: it is one');
  const pieces = Object.entries(wanted.count).map(([denomination, n]) => ({ denomination: Number(denomination), pieces: n }));
  day.same(z.count, pieces.sort((a, b) => b.denomination - a.denomination), 'Z: the count');
  day.check(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/.test(z.journal_head ?? ''), `Z: the journal's head: ${z.journal_head}`);
  await paperZ(day, closed.job, z, wanted);
  return { closed, z };
}

/** The Z on paper has the figures of the table and the journal's head; a second printing is the same but for its mark. */
async function paperZ(day, job, z, wanted) {
  const text = await day.text(job);
  const [head, shift, sales, means, cash, seal] = sections(text);
  day.check(words(head).endsWith(`INFORME Z ${wanted.z_number}`), `Z ticket: its number: ${words(head)}`);
  day.check(words(shift).includes(`Turno ${z.shift.id} · caja-1`) && words(shift).includes(z.shift.business_day.split('-').reverse().join('/')), `Z ticket: the shift: ${words(shift)}`);
  day.same(sales, ['Ventas', ...wanted.paper.sales], 'Z ticket: sales');
  day.same(means, ['Medios de pago', ...wanted.paper.means], 'Z ticket: means');
  day.same(cash, ['Efectivo en caja', ...wanted.paper.cash], 'Z ticket: cash');
  day.check(words(seal).includes(z.journal_head), 'Z ticket: the head of the journal');
  const again = day.done(await day.people.gerencia.post(`/print-jobs/${job}/reprint`), 201, 'the Z is printed again');
  day.same((await day.people.gerencia.get(`/print-jobs/${again.job}`)).body, { copy_of: job, marks: ['copia'], kind: 'report' }, 'the second Z is marked');
  const copy = sections(await day.text(again.job));
  day.check(words(copy[0]).includes('COPIA'), `the second Z says COPIA: ${words(copy[0])}`);
  day.same(copy.slice(1), sections(text).slice(1), 'the second Z says the same');
}

/** Documents, tickets, orders and journal after the close. */
export async function afterwards(day, shift, wanted) {
  const { gerencia } = day.people;
  day.same(day.documents, wanted.documents, 'the documents are numbered one after another');
  const jobs = await day.dry();
  for (const [station, last] of Object.entries(wanted.sequences)) {
    const numbers = jobs.filter((job) => job.station === station && job.copy_of === null).map((job) => job.sequence);
    day.same(numbers, Array.from({ length: last }, (_, i) => i + 1), `tickets of ${station} are numbered without a gap`);
  }
  const cooked = jobs.filter((job) => job.kind === 'kitchen').length;
  day.check(cooked === sum(Object.values(wanted.sequences).map((n) => ({ n })), 'n'), `no other kitchen ticket was printed: ${cooked}`);
  const receipts = jobs.filter((job) => job.kind === 'receipt' && job.copy_of === null).length;
  day.check(receipts === wanted.documents.length, `one receipt a document: ${receipts}`);

  for (const [state, count] of Object.entries(wanted.states)) {
    const { orders } = day.done(await gerencia.get(`/orders?state=${state}&shift=${shift.id}`), 200, `orders ${state}`);
    day.check(orders.length === count, `${orders.length} orders are ${state}, not ${count}`);
  }
  const verified = day.done(await gerencia.get('/journal/verify'), 200, 'the journal is walked');
  day.same(verified, { first_bad: null }, 'the chain is whole');
  const { entries } = day.done(await gerencia.get('/journal?limit=500'), 200, 'the journal is read');
  day.same(entries.map((entry) => entry.seq), Array.from({ length: verified.entries }, (_, i) => i + 1), 'its entries are numbered without a gap');
  const counts = {};
  for (const { kind } of entries) counts[kind] = (counts[kind] ?? 0) + 1;
  day.same(Object.entries(counts).sort(), Object.entries(wanted.journal).sort(), 'the journal holds every act and no other');
  const voided = entries.filter((entry) => ['line_voided', 'order_voided'].includes(entry.kind) && entry.approved_by !== null);
  day.check(voided.length === wanted.approved && voided.every((entry) => entry.approved_by === gerencia.person.id), 'the journal names who approved each void');
}
