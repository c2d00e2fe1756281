// Proves that pos/http/openapi.yaml is complete and true: its operations are the server's table of routes, its examples fit their schemas, and
// every operation is called for real on every site, each answer validated against its schema.
//
//   node tests/e2e/contract.mjs            COMANDA, COMANDA_PORT: see support_server.mjs
import { newOrder, walkChecks, walkMoves, walkPayments, walkRefunds } from './contract_bills.mjs';
import { call, check, conclude, fits, operations } from './contract_document.mjs';
import { walkPractice } from './contract_practice.mjs';
import { startDoubtfulPrinter } from './support_doubt.mjs';
import { Api, changedSite, itemsOf, lineFor, pins, sites, startServer, waitFor } from './support_server.mjs';

// ---- the event stream ----

async function openStream(api, lastEventId) {
  const cut = new AbortController();
  const headers = { authorization: `Bearer ${api.token}`, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) };
  const reply = await fetch(`${api.url}/api/v1/events`, { headers, signal: cut.signal });
  check(reply.status === 200 && reply.headers.get('content-type') === 'text/event-stream', 'getEvents: an event stream');
  operations.get('getEvents').answered.add('200');
  const messages = [];
  (async () => {
    let text = '';
    for await (const chunk of reply.body) {
      text += Buffer.from(chunk).toString();
      for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
        const fields = Object.fromEntries(text.slice(0, end).split('\n').filter((l) => !l.startsWith(':')).map((l) => [l.slice(0, l.indexOf(':')), l.slice(l.indexOf(':') + 2)]));
        if (fields.event) messages.push({ ...fields, data: JSON.parse(fields.data) });
      }
    }
  })().catch(() => {});
  return { messages, find: (event, test = () => true) => messages.find((m) => m.event === event && test(m.data)), close: () => cut.abort() };
}

async function checkEvents(api, act) {
  const stream = await openStream(api);
  await waitFor(() => stream.find('hello'), 5000, 'hello');
  check(stream.messages[0].event === 'hello' && typeof stream.messages[0].data.version === 'string', 'getEvents: hello comes first');
  const id = await act();
  const told = await waitFor(() => stream.find('order', (data) => data.id === id), 5000, 'the event of an order');
  for (const message of stream.messages.slice(1)) fits('/components/schemas/Event', message.data, `event ${message.event}`);
  stream.close();
  const later = await openStream(api, stream.messages[0].id);
  const again = await waitFor(() => later.find('order', (data) => data.id === id), 5000, 'the event told again after Last-Event-ID');
  check(again.id === told.id, 'getEvents: Last-Event-ID goes on where it was');
  later.close();
  const lost = await openStream(api, '1');
  await waitFor(() => lost.find('resync'), 5000, 'resync');
  lost.close();
}

// ---- one day at a site ----

async function walkPublic(server) {
  const nobody = server.api();
  await call(nobody, 'getHealth');
  await call(nobody, 'getMetrics');
  const index = await call(nobody, 'getIndex');
  const served = index.operations.map((o) => `${o.method} ${o.path} ${o.permission} ${o.needs_key}`).sort();
  const written = [...operations.values()]
    .map((o) => `${o.method} ${o.path} ${o['x-permission']} ${o.parameters.some((p) => p.name === 'Idempotency-Key')}`)
    .sort();
  for (const one of served) check(written.includes(one), `the route ${one} is in openapi.yaml`);
  for (const one of written) check(served.includes(one), `${one} of openapi.yaml is a route of the server`);
  const page = await call(nobody, 'getSignIn');
  await call(nobody, 'getSite', { status: 401, code: 'not_signed_in' });
  await call(nobody, 'getSession', { status: 401, code: 'not_signed_in' });
  const person = page.people.find((p) => p.name === 'caja');
  const session = await call(nobody, 'signIn', { body: { staff: person.id, pin: person.pin, device: 'till-1' } });
  const guest = new Api(server.url, session.token, person);
  await call(guest, 'getSession');
  await call(guest, 'signOut');
  await call(guest, 'getSession', { status: 401, code: 'not_signed_in' });
  return page;
}

async function walkMenu(api, manager, menu) {
  const item = itemsOf(menu)[0];
  await call(api, 'setAvailability', { params: { item: item.id }, body: { available: false } });
  await call(api, 'setAvailability', { params: { item: item.id }, body: { available: true, remaining: 40 } });
  await call(api, 'setAvailability', { params: { item: item.id }, body: { available: true } });
  await call(api, 'setAvailability', { params: { item: 'no-such-item' }, body: { available: true }, status: 404, code: 'item_unknown' });
  const document = await call(manager, 'getMenuVersion', { params: { version: 'current' } });
  await call(manager, 'getMenuVersion', { params: { version: '1' } });
  await call(manager, 'getMenuVersion', { params: { version: '77' }, status: 404, code: 'menu_version_unknown' });
  const { version } = await call(manager, 'publishMenu', { body: document });
  check(version === 2, `publishMenu: version 2 was expected, ${version} came`);
  const bad = structuredClone(document);
  bad.categories[0].items[0].price = -1;
  bad.categories[0].items[0].station = 'no-such-station';
  const problem = await call(manager, 'publishMenu', { body: bad, status: 400, code: 'bad_menu' });
  check(problem.faults?.length >= 2, 'publishMenu: every fault is told');
  check((await call(api, 'getMenu')).version === 2, 'getMenu: the published version');
}

/** The time on the site's clock, so many hours from now. */
function timeAt(site, hours) {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: site.time_zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return parts.format(new Date(Date.now() + hours * 3600000));
}

// An item that is sold only at other hours of the day than this; then one that is sold now, and costs another sum in orders of this kind.
async function walkHours(api, manager, site) {
  const document = await call(manager, 'getMenuVersion', { params: { version: 'current' } });
  const item = document.categories.at(-1).items.at(-1);
  const was = structuredClone(document);
  const kind = site.default_kind;
  const publish = (body) => call(manager, 'publishMenu', { body });
  const told = async () => itemsOf(await call(api, 'getMenu')).find((i) => i.id === item.id);
  const order = await call(api, 'openOrder', { body: newOrder(site, [], 2) });
  const add = async (more) => call(api, 'addLines', { params: { id: order.id }, body: { lines: [lineFor(await call(api, 'getMenu'), await told())] }, ...more });
  delete item.prices;
  item.hours = [{ from: timeAt(site, 11), to: timeAt(site, 13) }];
  await publish(document);
  const refused = await add({ status: 409, code: 'item_not_now' });
  check(refused.field === 'lines[0].item' && refused.detail.includes(item.hours[0].from), 'addLines: an item outside its hours, told when it is sold');
  item.hours = [{ from: timeAt(site, -11), to: timeAt(site, 11) }];
  item.prices = [{ kinds: [kind], days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], price: 4321 }];
  await publish(document);
  const shown = await told();
  const all = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  check(JSON.stringify(shown.hours) === JSON.stringify([{ days: all, ...item.hours[0] }]), 'getMenu: the hours of an item');
  check(JSON.stringify(shown.prices) === JSON.stringify([{ kinds: [kind], days: all, from: '00:00', to: '00:00', price: 4321 }]), 'getMenu: its other prices');
  check(shown.price === item.price, 'getMenu: its own price');
  const { lines } = await add();
  check(lines[0].unit_price >= 4321 && lines[0].unit_price !== item.price, 'addLines: the price for this kind of order');
  await publish(was);
  await call(api, 'voidOrder', { params: { id: order.id }, body: { reason: 'Error al marcar' } });
}

async function walkOrders(api, manager, site, menu, staff) {
  const [first, second] = itemsOf(menu);
  const approval = { staff: staff.gerencia, pin: pins.gerencia };
  const order = await call(api, 'openOrder', { body: newOrder(site, [lineFor(menu, first, 2), { ...lineFor(menu, second), note: 'sin sal', seat: 1 }], 0) });
  const params = { id: order.id };
  const more = await call(api, 'addLines', { params, body: { lines: [{ ...lineFor(menu, second), hold: true }, lineFor(menu, second)] }, headers: { 'if-match': `"${order.version}"` } });
  await call(api, 'addLines', { params, body: { lines: [lineFor(menu, second)] }, headers: { 'if-match': `"${order.version}"` }, status: 412, code: 'stale' });
  await call(api, 'removeLine', { params: { id: order.id, line: more.lines.at(-1).id } });
  await call(api, 'sendOrder', { params, body: {} });
  const again = await call(api, 'sendOrder', { params });
  check(again.tickets.length === 0, 'sendOrder: nothing changed prints nothing');
  const voided = { id: order.id, line: order.lines[0].id };
  await call(api, 'voidLine', { params: voided, body: { quantity: 1, reason: 'Error al marcar' }, status: 403, code: 'approval_required' });
  await call(api, 'voidLine', { params: voided, body: { quantity: 1, reason: 'Error al marcar', approval } });
  await call(api, 'listOrders', { query: { state: 'open' } });
  const lookedAt = await api.get(`/orders/${order.id}`);
  check(lookedAt.headers.get('etag') === `"${lookedAt.body.version}"`, 'getOrder: the ETag is the version');
  await call(api, 'getOrder', { params });
  await call(api, 'getOrder', { params, headers: { 'if-none-match': `"${lookedAt.body.version}"` }, status: 304 });
  await walkPayments(api, site, order.id);

  const second_ = await call(api, 'openOrder', { body: { ...newOrder(site, [lineFor(menu, first)], 1), send: true } });
  await call(api, 'voidOrder', { params: { id: second_.id }, body: { reason: 'El cliente cambió de opinión' }, status: 403, code: 'approval_required' });
  await call(manager, 'voidOrder', { params: { id: second_.id }, body: { reason: 'El cliente cambió de opinión' } });
  await call(api, 'takePayment', { params: { id: second_.id }, body: { means: 'cash' }, status: 409, code: 'order_voided' });
  await call(api, 'listOrders', { query: { state: 'voided' } });
  return order.id;
}

async function walkPaper(api, site, order) {
  await call(api, 'listPrinters');
  await call(api, 'printTestPage', { params: { printer: site.printers[0].id }, body: {} });
  await call(api, 'printTestPage', { params: { printer: 'no-such-printer' }, body: {}, status: 404, code: 'printer_unknown' });
  const { jobs } = await call(api, 'listPrintJobs', { query: { order } });
  check(jobs.some((j) => j.kind === 'kitchen') && jobs.some((j) => j.kind === 'receipt'), 'listPrintJobs: kitchen and receipt');
  const { id, sequence } = jobs.find((j) => j.kind === 'kitchen');
  await waitFor(async () => (await api.get(`/print-jobs/${id}`)).body.state === 'printed', 10000, 'a printed ticket');
  await call(api, 'getPrintJob', { params: { id } });
  await call(api, 'listPrintJobs', { query: { state: 'printed', printer: jobs[0].printer, before: 1000000 } });
  await call(api, 'getPrintJobBytes', { params: { id } });
  const text = await call(api, 'getPrintJobText', { params: { id } });
  check(text.includes(`#${String(sequence).padStart(4, '0')}`), 'getPrintJobText: the sequence number of the station');
  const picture = await api.get(`/print-jobs/${id}/picture`);
  check(picture.bytes.subarray(1, 4).toString() === 'PNG', 'getPrintJobPicture: a PNG');
  await call(api, 'getPrintJobPicture', { params: { id } });
  const copy = await call(api, 'reprint', { params: { id } });
  const marked = await call(api, 'getPrintJob', { params: { id: copy.job } });
  check(marked.marks.includes('copia') && marked.copy_of === id, 'reprint: marked');
  await call(api, 'resolvePrintJob', { params: { id }, body: { printed: true }, status: 409, code: 'job_not_unknown' });
  await call(api, 'getPrintJob', { params: { id: 999999 }, status: 404, code: 'job_unknown' });
}

// A printer that waits, and a station whose tickets go elsewhere: where the site has one printer only, to itself.
async function walkSteering(api, site) {
  const station = site.stations[0].id;
  const home = site.stations[0].printer;
  const other = site.printers.find((one) => one.id !== home)?.id ?? home;
  const paused = await call(api, 'pausePrinter', { params: { printer: home }, body: {} });
  check(paused.id === home && paused.paused?.by === 'caja', 'pausePrinter: who');
  const twice = await call(api, 'pausePrinter', { params: { printer: home }, body: {} });
  check(twice.paused?.at === paused.paused?.at, 'pausePrinter: twice is once');
  await call(api, 'pausePrinter', { params: { printer: 'no-such-printer' }, body: {}, status: 404, code: 'printer_unknown' });
  const { job } = await call(api, 'printTestPage', { params: { printer: home }, body: {} });
  const routed = await call(api, 'routeStation', { params: { station }, body: { printer: other } });
  check(routed.station === station && routed.printer === other && routed.home === home && routed.moved === 0, 'routeStation: where, and nothing waited');
  await call(api, 'routeStation', { params: { station: 'no-such-station' }, body: { printer: other }, status: 404, code: 'station_unknown' });
  const nowhere = await call(api, 'routeStation', { params: { station }, body: { printer: 'no-such-printer' }, status: 404, code: 'printer_unknown' });
  check(nowhere.field === 'printer', 'routeStation: the field');
  await call(api, 'routeStation', { params: { station }, body: {}, status: 400, code: 'invalid_field' });
  const { printers } = await call(api, 'listPrinters');
  const holder = printers.find((one) => one.stations.some((here) => here.id === station));
  check(holder.id === other && holder.stations.find((here) => here.id === station).routed === (other !== home), 'listPrinters: where the station prints');
  check((await api.get(`/print-jobs/${job}`)).body.state === 'queued', 'pausePrinter: a test page waits');
  const resumed = await call(api, 'resumePrinter', { params: { printer: home }, body: {} });
  check(resumed.paused === null, 'resumePrinter: prints');
  await waitFor(async () => (await api.get(`/print-jobs/${job}`)).body.state === 'printed', 10000, 'a test page after the pause');
  await call(api, 'resumePrinter', { params: { printer: 'no-such-printer' }, body: {}, status: 404, code: 'printer_unknown' });
  const back = await call(api, 'sendStationHome', { params: { station } });
  check(back.printer === home && back.home === home, 'sendStationHome: home');
  await call(api, 'sendStationHome', { params: { station: 'no-such-station' }, status: 404, code: 'station_unknown' });
}

async function walkOffice(api, manager, administrator, day) {
  const report = await call(manager, 'getDailyReport', { query: { date: day } });
  check(report.totals.documents === 1 && report.by_hour.length === 24, 'getDailyReport: one document, 24 hours');
  await call(manager, 'getDailyReport');
  await call(api, 'getDailyReport', { status: 403, code: 'not_permitted' });
  await call(administrator, 'listStaff');
  const rosa = await call(administrator, 'addStaff', { body: { name: 'Rosa', role: 'waiter', pin: '7391' } });
  await call(administrator, 'addStaff', { body: { name: 'Rosa', role: 'waiter', pin: '7391' }, status: 409, code: 'staff_name_taken' });
  await call(administrator, 'addStaff', { body: { name: 'Rita', role: 'waiter', pin: '1234' }, status: 400, code: 'pin_weak' });
  await call(administrator, 'changeStaff', { params: { id: rosa.id }, body: { name: 'Rosa María', pin: '8264' } });
  const gone = await call(administrator, 'changeStaff', { params: { id: rosa.id }, body: { active: false } });
  check(gone.active === false && gone.name === 'Rosa María', 'changeStaff: changed');
  const page = await call(manager, 'listJournal', { query: { limit: 5 } });
  check(page.entries.length === 5 && page.next === 5, 'listJournal: a page');
  await call(manager, 'listJournal', { query: { after: page.next } });
  const last = await call(manager, 'listJournal', { query: { sort: 'newest', limit: 1, kind: 'staff_changed,staff_added' } });
  check(last.entries[0].kind === 'staff_changed' && last.entries[0].detail.active === false && last.next === last.entries[0].seq, 'listJournal: the newest of two kinds');
  const approved = await call(manager, 'listJournal', { query: { kind: 'line_voided', order_number: 2, from: '2020-01-01T00:00:00-05:00', until: '2020-01-02T00:00:00Z' } });
  check(approved.entries.length === 0, 'listJournal: nothing in another time');
  const voided = await call(manager, 'listJournal', { query: { kind: 'line_voided', sort: 'newest', before: 1000000 } });
  check(voided.entries[0].approver_name === 'gerencia' && voided.entries[0].order_number > 0, 'listJournal: who approved, and the number of the order');
  await call(manager, 'listJournal', { query: { kind: 'nothing' }, status: 400, code: 'invalid_query' });
  await call(manager, 'listJournal', { query: { from: 'yesterday' }, status: 400, code: 'invalid_query' });
  const verified = await call(manager, 'verifyJournal');
  check(verified.first_bad === null, 'verifyJournal: whole');
}

const hidden = (shift) => [shift.closed_by, shift.closed_at, shift.z_number, shift.expected, shift.counted, shift.difference];

async function walkDay(site) {
  const server = await startServer({ site });
  try {
    const page = await walkPublic(server);
    const staff = Object.fromEntries(page.people.map((p) => [p.name, p.id]));
    const api = await server.signIn('caja');
    const manager = await server.signIn('gerencia');
    const administrator = await server.signIn('administración');
    const configuration = await call(api, 'getSite');
    const menu = await call(api, 'getMenu');
    await walkMenu(api, manager, menu);
    await call(api, 'getCurrentShift', { status: 404, code: 'no_open_shift' });
    const shift = await call(api, 'openShift', { body: { float: 200000 } });
    const params = { id: shift.id };
    await call(api, 'openShift', { body: { float: 0 }, status: 409, code: 'shift_already_open' });
    const current = await call(api, 'getCurrentShift');
    check(hidden(current).every((value) => value === null), 'getCurrentShift: what the count must not know is null');
    await call(api, 'moveCash', { params, body: { kind: 'out', amount: 18500, reason: 'Hielo' } });
    await call(api, 'openDrawer', { params, body: { reason: 'Cambiar un billete' } });
    await call(api, 'printShiftReport', { params, body: {}, status: 403, code: 'approval_required' });
    await call(api, 'printShiftReport', { params, body: { approval: { staff: staff.gerencia, pin: pins.gerencia } } });
    const numbering = await call(api, 'getNumbering');
    check(numbering.refusal === null && numbering.ranges.length === 1 && numbering.ranges[0].next === 1, 'getNumbering: one range, unused');
    await walkHours(api, manager, configuration);
    const order = await walkOrders(api, manager, configuration, menu, staff);
    await walkMoves(api, manager, configuration, menu, staff);
    await walkChecks(api, manager, configuration, menu, staff);
    await checkEvents(api, async () => (await call(api, 'openOrder', { body: newOrder(configuration, [], 2) })).id);
    await walkPaper(api, configuration, order);
    await walkSteering(api, configuration);
    await call(manager, 'getShiftReport', { params });
    await call(api, 'getShiftReport', { params, status: 403, code: 'not_permitted' });
    await call(api, 'closeShift', { params, body: { count: { 100000: 2 } }, status: 409, code: 'orders_open' });
    await call(api, 'closeShift', { params, body: { count: { 100000: 2, 50: 3 }, carry_open_orders: true, approval: { staff: staff.gerencia, pin: pins.gerencia } } });
    const report = await call(manager, 'getShiftReport', { params });
    check(report.drawer_openings === 1, 'getShiftReport: the drawer was opened once without a sale');
    await call(api, 'openDrawer', { params, body: { reason: 'Cambiar un billete' }, status: 409, code: 'shift_closed' });
    await call(manager, 'printShiftReport', { params, body: {}, status: 409, code: 'shift_closed' });
    check(report.z && report.count.length === 2 && report.journal_head !== null, 'getShiftReport: a Z');
    const closed = await call(api, 'getShift', { params });
    check(hidden(closed).every((value) => value !== null), 'getShift: all is known once it is closed');
    await call(api, 'listShifts', { query: { before: 1000 } });
    await walkOffice(api, manager, administrator, shift.business_day);
    await walkPractice(server, api, newOrder(configuration, [lineFor(menu, itemsOf(menu)[0])], 0));
    await walkRefunds(api, manager, configuration, menu, staff, order);
  } catch (error) {
    check(false, `${site}: ${error.stack}\n${server.log()}`);
  } finally {
    const { code } = await server.stop();
    check(code === 0, `${site}: the server ended with ${code}`);
  }
}

// A ticket in doubt, and a person who says what came out.
async function walkDoubt() {
  const printer = await startDoubtfulPrinter();
  const camion = { slug: 'camion', name: 'Camión', profile: 'epson-tm-t20iii', transport: 'tcp', host: '127.0.0.1', port: printer.port };
  const site = await changedSite('go-lupe', { printers: [camion] });
  const server = await startServer({ site: site.file });
  try {
    const api = await server.signIn('caja');
    const { job } = await call(api, 'printTestPage', { params: { printer: camion.slug }, body: {} });
    await waitFor(async () => (await api.get(`/print-jobs/${job}`)).body.state === 'unknown', 20000, 'a ticket in doubt');
    const answer = await call(api, 'resolvePrintJob', { params: { id: job }, body: { printed: false } });
    const copy = await call(api, 'getPrintJob', { params: { id: answer.job } });
    check(copy.marks.includes('posible_duplicado'), 'resolvePrintJob: the new job is marked');
  } catch (error) {
    check(false, `a ticket in doubt: ${error.stack}\n${server.log()}`);
  } finally {
    await server.stop();
    printer.close();
    await site.remove();
  }
}

try {
  for (const site of sites) await walkDay(site);
  const withPrecuenta = await changedSite('interno', { precuenta: true }); // no sample site has it
  await walkDay(withPrecuenta.file);
  await withPrecuenta.remove();
  await walkDoubt();
} catch (error) {
  check(false, error.stack);
}
process.exit(conclude());
