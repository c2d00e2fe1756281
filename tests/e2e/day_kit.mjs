// What a tested working day is made of: a server, its people, a tally of checks, and the reading of paper.
//
// Expected values are literals worked by hand in the day of each site; here they are only compared. A failed check is told and the day goes on.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { root, startServer, waitFor } from './support_server.mjs';

/** Reads a table of figures: a line of names, then a line a row. "135.000" is 135000, "-" is null; the rows are keyed by their first column. */
export function table(text) {
  const [names, ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const value = (word) => {
    if (word === '-') return null;
    return /^-?\d{1,3}(\.\d{3})*$/.test(word) ? Number(word.replaceAll('.', '')) : word;
  };
  return Object.fromEntries(rows.map((row) => [row[0], Object.fromEntries(names.map((name, i) => [name, value(row[i])]))]));
}

/** Where `actual` is not what is wanted. An object needs the members that are named in `wanted`; an array all of its elements. */
export function differences(actual, wanted, path = '') {
  if (Array.isArray(wanted) && Array.isArray(actual)) {
    if (actual.length !== wanted.length) return [`${path}: ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`];
    return wanted.flatMap((value, i) => differences(actual[i], value, `${path}[${i}]`));
  }
  const plain = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (plain(wanted) && plain(actual))
    return Object.entries(wanted).flatMap(([key, value]) => differences(actual[key], value, path ? `${path}.${key}` : key));
  return isDeepStrictEqual(actual, wanted) ? [] : [`${path || 'it'} is ${JSON.stringify(actual)}, not ${JSON.stringify(wanted)}`];
}

const tidy = (line) => line.trim().replace(/\s+/g, ' ');
const isRule = (line) => /^-{20,}$/.test(line);
/** The parts of a paper between its rules, each a list of lines without their spacing. */
export function sections(text) {
  const parts = [[]];
  for (const line of text.split('\n').map(tidy)) {
    if (isRule(line)) parts.push([]);
    else if (line && !line.startsWith('✂')) parts.at(-1).push(line);
  }
  return parts;
}
/** A paper as one line of words, for what may be wrapped. */
export const words = (lines) => lines.map(tidy).join(' ');

/** A line of an order: line('cafe', 2, ['cafe-tinto'], {note: …}). */
export const line = (item, quantity = 1, options = [], more = {}) => ({
  item,
  quantity,
  ...(options.length ? { options: options.map((option) => ({ option })) } : {}),
  ...more,
});

export class Day {
  constructor(site) {
    this.site = site;
    this.passed = 0;
    this.failures = [];
    this.sequences = {}; // station → its last number so far
    this.papers = new Map(); // order → jobs already read
    this.documents = []; // fiscal numbers in the order in which they were given
    this.people = {};
  }

  // ---- the tally ----

  check(good, what) {
    if (good) this.passed++;
    else {
      this.failures.push(`${this.site}: ${what}`);
      console.log(`not so: ${this.site}: ${what}`);
    }
    return good;
  }
  /** `actual` holds what `wanted` names. */
  same(actual, wanted, what) {
    const found = differences(actual, wanted);
    return this.check(found.length === 0, `${what}: ${found.join('; ')}`);
  }
  /** The call succeeded; answers its body. Without it the day cannot go on. */
  done(reply, status, what) {
    if (!this.check(reply.status === status, `${what}: ${status} was expected, ${reply.status} came: ${reply.bytes.toString().slice(0, 300)}`))
      throw new Error(`${this.site}: ${what} failed, the day ends here`);
    return reply.body;
  }
  refused(reply, status, code, what) {
    this.same({ status: reply.status, code: reply.body.code }, { status, code }, what);
    return reply.body;
  }

  // ---- the server and its people ----

  /** Runs what is done that day, and whatever comes of it leaves no server and no folder behind. */
  async live(story, site = this.site) {
    this.data = await mkdtemp(join(tmpdir(), 'comanda-day-'));
    try {
      this.server = await startServer({ site, data: this.data });
      await story(this);
    } catch (error) {
      this.check(false, error.stack);
    }
    await this.server?.stop();
    await rm(this.data, { recursive: true, force: true });
  }

  async begin() {
    for (const name of ['caja', 'mesa', 'cocina', 'gerencia']) this.people[name] = await this.server.signIn(name);
    const { caja, mesa, cocina, gerencia } = this.people;
    for (const [api, role] of [[caja, 'cashier'], [mesa, 'waiter'], [cocina, 'cook'], [gerencia, 'manager']])
      this.same((await api.get('/session')).body.staff, { id: api.person.id, name: api.person.name, role }, `${api.person.name} is signed in`);
    this.approval = { staff: gerencia.person.id, pin: '444444' };
    return this.people;
  }

  /** The machine is switched off and on again. power: as by a power cut. Everybody keeps the session they had. */
  async restart({ power = false } = {}) {
    await this.dry();
    const ended = await (power ? this.server.kill() : this.server.stop());
    if (!power) this.same(ended, { code: 0 }, 'the server ends when it is asked to');
    this.server = await startServer({ site: this.site, data: this.data });
    for (const api of Object.values(this.people)) {
      api.url = this.server.url;
      const session = { status: 200, body: { staff: { name: api.person.name } } };
      this.same(await api.get('/session'), session, `${api.person.name} is still signed in after the restart`);
    }
  }

  /** Ends the server and lets `comanda verify` look at what it leaves. */
  async end() {
    this.same(await this.server.stop(), { code: 0 }, 'the server ends when it is asked to');
    const site = join(root, 'data/sites', `${this.site}.json`);
    const binary = resolve(root, process.env.COMANDA ?? 'build/comanda');
    const verify = spawnSync(binary, ['verify', '--site', site, '--data', this.data], { encoding: 'utf8' });
    this.check(verify.status === 0, `comanda verify finds nothing: ${verify.stdout}${verify.stderr}`);
  }

  // ---- orders and money ----

  async order(id) {
    return this.done(await this.people.caja.get(`/orders/${id}`), 200, `order ${id} is read`);
  }

  /** The order's totals are the row of the table of bills. A house that asks for no tip has no columns for it. */
  bill(order, row) {
    const { gross, base, tax, due, tip = 0, ceiling } = row;
    const totals = { gross, discount: 0, net: gross, base, tax, tip, due };
    this.same(order, { totals, tip: { amount: tip, ...(ceiling === undefined ? {} : { ceiling }) } }, `${row.order}: the bill`);
    this.same(order.checks, [{ position: 1, totals }], `${row.order}: its one check`);
  }

  /** Takes a payment; `row` is that of the table of payments. A document is numbered when the row names one. Answers the order and the receipt's job. */
  async pay(order, row, more = {}, key = undefined) {
    const body = { means: row.means, ...more };
    const what = `${row.payment}: ${row.means}`;
    const taken = this.done(await this.people.caja.post(`/orders/${order.id}/payments`, body, key ? { key } : {}), 201, what);
    const { amount, charged, adjustment, tendered, change } = row;
    this.same(taken.payment, { charged, change, adjustment }, what);
    this.same(taken.order.payments.at(-1), { amount, charged, adjustment, tendered, change, reference: more.reference ?? null }, `${what}, as it is stored`);
    this.check(Boolean(taken.receipt) === (row.document !== null), `${what}: the receipt comes with the document`);
    if (row.document === null) {
      this.check(taken.order.state !== 'paid' && taken.order.balance > 0, `${what}: something is left to pay`);
      return taken;
    }
    this.documents.push(taken.receipt.number);
    this.same(taken.receipt.number, row.document, `${what}: the document's number`);
    this.same(taken.order, { state: 'paid', balance: 0, cash_due: 0, changed: false }, `${what}: the order is paid`);
    this.same(taken.order.checks, [{ state: 'paid', document: row.document }], `${what}: its check is paid`);
    return taken;
  }

  /** Cash in, out or tips paid out, and the slip that comes of it. */
  async moveCash(shift, movement, says) {
    const what = `${movement.kind} ${movement.amount}`;
    this.same(this.done(await this.people.caja.post(`/shifts/${shift.id}/cash-movements`, movement), 201, what), movement, what);
    const slip = (await this.dry()).filter((job) => job.kind === 'cash_movement').at(-1);
    const text = words((await this.text(slip.id)).split('\n'));
    for (const part of [...says, 'Registró caja', `Motivo: ${movement.reason}`]) this.check(text.includes(part), `the slip of ${what} says ${part}: ${text}`);
  }

  // ---- paper ----

  async jobs(query = '') {
    const all = [];
    for (let before = ''; ; ) {
      const { status, body: page } = await this.people.caja.get(`/print-jobs?${query}${before}`);
      if (status !== 200) throw new Error(`the print jobs are not listed: ${status}`);
      all.push(...page.jobs);
      if (!page.next) return all.reverse();
      before = `${query && '&'}before=${page.next}`;
    }
  }
  /** Waits until every job is on paper. */
  async dry() {
    return waitFor(async () => {
      const jobs = await this.jobs();
      return jobs.every((job) => job.state === 'printed') && jobs;
    }, 20000, 'an empty print queue');
  }
  async text(job) {
    await waitFor(async () => (await this.people.caja.get(`/print-jobs/${job}`)).body.state === 'printed', 20000, `job ${job} on paper`);
    return this.done(await this.people.caja.get(`/print-jobs/${job}/text`), 200, `job ${job} as text`);
  }
  async opensDrawer(job) {
    const { bytes } = await this.people.caja.get(`/print-jobs/${job}/bytes`);
    return bytes.includes(Buffer.from([0x1b, 0x70]));
  }

  /** The kitchen tickets of an order since the last look are these and no others: {station: [the head's lines below the station…, "--", what is ordered…]}.
   * Spacing and the hour are left out; the station's name and its next number stand above, the order and the how-manieth send below. */
  async tickets(order, wanted, foot) {
    const seen = this.papers.get(order.id) ?? new Set();
    const fresh = (await this.jobs(`order=${order.id}`)).filter((job) => job.kind === 'kitchen' && !seen.has(job.id));
    this.papers.set(order.id, new Set([...seen, ...fresh.map((job) => job.id)]));
    const what = `order ${order.number}, ${foot ?? 'no ticket'}`;
    this.same(fresh.map((job) => job.station).sort(), Object.keys(wanted).sort(), `${what}: the stations that get a ticket`);
    for (const job of fresh) {
      const next = (this.sequences[job.station] = (this.sequences[job.station] ?? 0) + 1);
      this.same(job, { sequence: next, marks: [], copy_of: null, order: order.id }, `${what}: number of the ticket at ${job.station}`);
      const [head, ...rest] = sections(await this.text(job.id));
      const name = this.stations[job.station];
      const lines = [
        ...head.map((line) => line.replace(/^▓+ | ▓+$/g, '').replace(/ \d\d:\d\d$/, '')),
        ...rest.slice(0, -1).flatMap((part) => ['--', ...part]),
        rest.at(-1).join(' '),
      ];
      const number = String(order.number).padStart(4, '0');
      const whole = [`${name} #${String(next).padStart(4, '0')}`, ...(wanted[job.station] ?? []), `Pedido ${number} · ${foot}`];
      this.same(lines, whole, `${what}: the ticket at ${job.station}`);
      this.check(/ \d\d:\d\d$/m.test(head.join('\n')), `${what}: the ticket at ${job.station} tells the hour`);
    }
    return fresh;
  }
  async noTicket(order) {
    await this.tickets(order, {});
  }

  /** The receipt says who sells, its number and authorisation, and: {head, lines, totals, payments}, wrapped as the paper likes. */
  async receipt(taken, wanted, drawer) {
    const { number, job } = taken.receipt;
    const text = await this.text(job);
    const [house, head, lines, totals, payments, foot] = sections(text).map(words);
    this.same(house, words(this.house), `${number}: who sells`);
    const dated = head.replace(/Fecha: \d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d/, 'Fecha');
    this.same(dated, words(['DOCUMENTO EQUIVALENTE POS', number, 'Fecha', ...wanted.head]), `${number}: the head`);
    this.same(lines, words(wanted.lines), `${number}: the lines`);
    this.same(totals, words(wanted.totals), `${number}: base, tax, tip and total`);
    this.same(payments, words(wanted.payments), `${number}: means and change`);
    this.same(foot, words(this.foot), `${number}: the authorisation`);
    this.same(await this.opensDrawer(job), drawer, `${number}: the drawer opens for cash alone`);
    return text;
  }
}
