// Proves that pos/http/openapi.yaml is complete and true: its operations are the server's table of routes, its examples fit their schemas, and
// every operation is called for real on every site, each answer validated against its schema.
//
//   node tests/e2e/contract.mjs            COMANDA, COMANDA_PORT: see support_server.mjs
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { Api, itemsOf, lineFor, pins, root, sites, startServer, waitFor } from './support_server.mjs';

const base = 'file:///pos/http/openapi.yaml';
const spec = parse(readFileSync(join(root, 'pos/http/openapi.yaml'), 'utf8'));
const menuSchema = JSON.parse(readFileSync(join(root, 'data/menus/menu.schema.json'), 'utf8'));

let passed = 0;
const failures = [];
function check(good, what) {
  if (good) passed++;
  else {
    failures.push(what);
    console.error(`not so: ${what}`);
  }
}

// ---- the document itself ----

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema({ ...menuSchema, $id: 'file:///data/menus/menu.schema.json' });
ajv.addSchema({ ...spec, $id: base }, base);
const compiled = new Map();
function validator(pointer) {
  if (!compiled.has(pointer)) compiled.set(pointer, ajv.compile({ $ref: `${base}#${pointer}` }));
  return compiled.get(pointer);
}
const escape = (part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
function fits(pointer, value, what) {
  const validate = validator(pointer);
  const good = validate(value);
  const faults = (validate.errors ?? []).slice(0, 3).map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
  check(good, `${what}: ${faults.join('; ')}\n  ${JSON.stringify(value)?.slice(0, 400)}`);
}
/** Follows local references. */
function resolve(node) {
  while (node?.$ref?.startsWith('#/')) node = node.$ref.slice(2).split('/').reduce((at, part) => at[part], spec);
  return node;
}
function pointerOf(node, pointer) {
  return node?.$ref?.startsWith('#/') ? node.$ref.slice(1) : pointer;
}

const operations = new Map();
for (const [path, methods] of Object.entries(spec.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    const pointer = `/paths/${escape(path)}/${method}`;
    const parameters = (operation.parameters ?? []).map(resolve);
    check(!operations.has(operation.operationId), `${operation.operationId}: twice`);
    operations.set(operation.operationId, { ...operation, path, method: method.toUpperCase(), pointer, parameters, answered: new Set() });
  }
}

function checkExamples(content, pointer, what) {
  for (const [type, media] of Object.entries(content ?? {})) {
    const schema = `${pointer}/content/${escape(type)}/schema`;
    const examples = Object.values(media.examples ?? {}).map((e) => resolve(e).value);
    if (media.example !== undefined) examples.push(media.example);
    const binary = media.schema.format === 'binary';
    check(binary || examples.length > 0, `${what} ${type}: has an example`);
    for (const example of examples) fits(schema, example, `example of ${what}`);
  }
}

for (const operation of operations.values()) {
  const what = `${operation.method} ${operation.path}`;
  check(Boolean(operation.summary && operation['x-permission'] && operation.tags), `${what}: has summary, tag and permission`);
  const named = [...operation.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
  const declared = operation.parameters.filter((p) => p.in === 'path').map((p) => p.name);
  check(named.join() === declared.join(), `${what}: its path parameters are declared`);
  if (operation.requestBody) {
    const pointer = pointerOf(operation.requestBody, `${operation.pointer}/requestBody`);
    checkExamples(resolve(operation.requestBody).content, pointer, `${what} request`);
  }
  for (const [status, response] of Object.entries(operation.responses))
    checkExamples(resolve(response).content, pointerOf(response, `${operation.pointer}/responses/${status}`), `${what} ${status}`);
}

// ---- calling ----

const codes = new Set(spec.components.schemas.ErrorCode.enum);
const seenCodes = new Set();

/** Calls an operation and holds the answer against the document. `status`: what is expected, 2xx or 4xx. */
async function call(api, operationId, { params = {}, query = {}, body, status, headers = {}, key, code } = {}) {
  const operation = operations.get(operationId);
  if (!operation) throw new Error(`no operation ${operationId}`);
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name]));
  const search = new URLSearchParams(query).toString();
  const what = `${operationId} ${operation.method} ${path}${search ? `?${search}` : ''}`;
  const wanted = status ?? Number(Object.keys(operation.responses).find((s) => s.startsWith('2')));
  for (const name of Object.keys(query)) check(operation.parameters.some((p) => p.in === 'query' && p.name === name), `${what}: ${name} is declared`);
  if (body !== undefined && wanted < 300) {
    const pointer = pointerOf(operation.requestBody, `${operation.pointer}/requestBody`);
    fits(`${pointer}/content/${escape('application/json')}/schema`, body, `${what} request`);
  }
  const needsKey = operation.parameters.some((p) => p.name === 'Idempotency-Key');
  const reply = await api.call(operation.method, path + (search ? `?${search}` : ''), body, { base: '', headers, key: needsKey ? key : null });
  check(reply.status === wanted, `${what}: ${wanted} was expected, ${reply.status} came: ${reply.bytes.toString().slice(0, 300)}`);
  if (code) check(reply.body.code === code, `${what}: code ${code} was expected, ${reply.body.code} came`);
  checkReply(operation, reply, what);
  return reply.body;
}

function checkReply(operation, reply, what) {
  const status = operation.responses[reply.status] ? String(reply.status) : `${String(reply.status)[0]}XX`;
  const response = operation.responses[status];
  const content = resolve(response)?.content;
  operation.answered.add(status);
  check(reply.headers.get('x-content-type-options') === 'nosniff' && Boolean(reply.headers.get('content-security-policy')), `${what}: security headers`);
  if (!response) return check(false, `${what}: ${reply.status} is not in the document`);
  if (!content) return check(reply.bytes.length === 0, `${what}: no body`);
  const type = reply.type.split(';')[0];
  if (!content[type]) return check(false, `${what}: content type ${type} is not in the document`);
  const pointer = `${pointerOf(response, `${operation.pointer}/responses/${status}`)}/content/${escape(type)}/schema`;
  if (content[type].schema.format === 'binary') return check(reply.bytes.length > 0, `${what}: bytes`);
  fits(pointer, reply.body, `${what} ${reply.status}`);
  if (reply.body.code) {
    seenCodes.add(reply.body.code);
    check(codes.has(reply.body.code), `${what}: code ${reply.body.code} is in ErrorCode`);
    check(reply.body.status === reply.status, `${what}: status in the body`);
  }
}

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

function newOrder(site, lines, n) {
  const kind = site.default_kind;
  if (kind === 'table') return { kind, table: site.tables[n].id, covers: 2, lines };
  return { kind, name: `Cliente ${n}`, lines };
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

async function walkPayments(api, site, id) {
  const params = { id };
  if (site.tip.rule === 'ask') {
    await call(api, 'takePayment', { params, body: { means: 'cash' }, status: 409, code: 'tip_unasked' });
    await call(api, 'setTip', { params, body: { declined: true } });
    const { tip } = await call(api, 'setTip', { params, body: { percent: site.tip.max_rate } });
    check(tip.amount === tip.ceiling, 'setTip: the highest percentage is the ceiling');
    await call(api, 'setTip', { params, body: { amount: tip.ceiling + 1 }, status: 400, code: 'tip_over_limit' });
    await call(api, 'setTip', { params, body: { amount: 1000 } });
  } else {
    await call(api, 'setTip', { params, body: { amount: 1000 }, status: 400, code: 'tip_off' });
    await call(api, 'setTip', { params, body: { declined: true }, status: 400, code: 'tip_off' });
  }
  const card = site.means.find((m) => m.kind !== 'cash' && m.needs_reference);
  if (card) {
    await call(api, 'takePayment', { params, body: { means: card.id, amount: 5000 }, status: 400, code: 'reference_missing' });
    const part = await call(api, 'takePayment', { params, body: { means: card.id, amount: 5000, reference: '004512' } });
    check(part.receipt === null, 'takePayment: no receipt for a part');
  }
  const paid = await call(api, 'takePayment', { params, body: { means: 'cash', tendered: 900000 } });
  check(paid.receipt?.number !== undefined && paid.order.balance === 0 && paid.order.state === 'paid', 'takePayment: paid');
  await call(api, 'takePayment', { params, body: { means: 'cash' }, status: 409, code: 'order_paid' });
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
    const order = await walkOrders(api, manager, configuration, menu, staff);
    await checkEvents(api, async () => (await call(api, 'openOrder', { body: newOrder(configuration, [], 2) })).id);
    await walkPaper(api, configuration, order);
    await call(manager, 'getShiftReport', { params });
    await call(api, 'getShiftReport', { params, status: 403, code: 'not_permitted' });
    await call(api, 'closeShift', { params, body: { count: { 100000: 2 } }, status: 409, code: 'orders_open' });
    await call(api, 'closeShift', { params, body: { count: { 100000: 2, 50: 3 }, carry_open_orders: true, approval: { staff: staff.gerencia, pin: pins.gerencia } } });
    const report = await call(manager, 'getShiftReport', { params });
    check(report.z && report.count.length === 2 && report.journal_head !== null, 'getShiftReport: a Z');
    const closed = await call(api, 'getShift', { params });
    check(hidden(closed).every((value) => value !== null), 'getShift: all is known once it is closed');
    await call(api, 'listShifts', { query: { before: 1000 } });
    await walkOffice(api, manager, administrator, shift.business_day);
  } catch (error) {
    check(false, `${site}: ${error.stack}\n${server.log()}`);
  } finally {
    const { code } = await server.stop();
    check(code === 0, `${site}: the server ended with ${code}`);
  }
}

/** What an Epson answers to a status request (DLE EOT n) or a process ID (GS ( H, function 48), in the order asked. */
function answersTo(bytes) {
  const answers = [];
  for (let i = 0; i < bytes.length; i += 1) {
    if (bytes[i] === 0x10 && bytes[i + 1] === 0x04) answers.push(0x12);
    if (bytes.subarray(i, i + 7).equals(Buffer.from([0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30]))) answers.push(0x37, 0x22, ...bytes.subarray(i + 7, i + 11), 0x00);
  }
  return Buffer.from(answers);
}

// A printer that answers, takes a ticket, and goes away before it says that it is on paper: nobody knows what came out.
async function walkDoubt() {
  const printer = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      if (bytes.length > 100) socket.destroy();
      else socket.write(answersTo(bytes));
    });
  });
  await new Promise((done) => printer.listen(0, '127.0.0.1', done));
  const folder = await mkdtemp(join(tmpdir(), 'comanda-site-'));
  const site = JSON.parse(readFileSync(join(root, 'data/sites/go-lupe.json'), 'utf8'));
  const { slug, name, profile } = site.printers[0];
  site.printers[0] = { slug, name, profile, transport: 'tcp', host: '127.0.0.1', port: printer.address().port };
  site.menu_file = join(root, 'data/menus/go-lupe.json');
  delete site.$schema;
  await writeFile(join(folder, 'site.json'), JSON.stringify(site));
  const server = await startServer({ site: join(folder, 'site.json') });
  try {
    const api = await server.signIn('caja');
    const { job } = await call(api, 'printTestPage', { params: { printer: slug }, body: {} });
    await waitFor(async () => (await api.get(`/print-jobs/${job}`)).body.state === 'unknown', 20000, 'a ticket in doubt');
    const answer = await call(api, 'resolvePrintJob', { params: { id: job }, body: { printed: false } });
    const copy = await call(api, 'getPrintJob', { params: { id: answer.job } });
    check(copy.marks.includes('posible_duplicado'), 'resolvePrintJob: the new job is marked');
  } catch (error) {
    check(false, `a ticket in doubt: ${error.stack}\n${server.log()}`);
  } finally {
    await server.stop();
    printer.close();
    await rm(folder, { recursive: true, force: true });
  }
}

try {
  for (const site of sites) await walkDay(site);
  await walkDoubt();
} catch (error) {
  check(false, error.stack);
}

for (const operation of operations.values()) {
  const success = Object.keys(operation.responses).filter((s) => s.startsWith('2'));
  for (const status of success) check(operation.answered.has(status), `${operation.method} ${operation.path}: was answered ${status}`);
}
console.log(`contract: ${passed} passed, ${failures.length} failed`);
process.exit(failures.length ? 1 : 0);
