// Proves that pos/http/openapi.yaml is complete and true: its operations are the server's table of routes, its examples fit their schemas, and
// every operation is called for real on every site, each answer validated against its schema.
//
//   node tests/e2e/contract.mjs            COMANDA, COMANDA_PORT: see support_server.mjs
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { startDoubtfulPrinter } from './support_doubt.mjs';
import { Api, changedSite, itemsOf, lineFor, pins, root, sites, startServer, waitFor } from './support_server.mjs';

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

// Two orders: one moves, both become one, and somebody else serves it.
async function walkMoves(api, manager, site, menu, staff) {
  const item = itemsOf(menu).find((i) => i.station);
  const open = (n) => call(api, 'openOrder', { body: { ...newOrder(site, [lineFor(menu, item)], n), send: true } });
  const first = await open(3);
  const second = await open(4);
  const params = { id: first.id };
  const tickets = async (id) => (await call(api, 'listPrintJobs', { query: { order: id } })).jobs.length;
  const before = await tickets(first.id);
  if (first.kind === 'table') {
    const moved = await call(api, 'moveOrder', { params, body: { table: site.tables[5].id }, headers: { 'if-match': `"${first.version}"` } });
    check(moved.table === site.tables[5].id && moved.version === first.version + 1, 'moveOrder: at the new table');
    check((await tickets(first.id)) === before * 2, 'moveOrder: a notice for each station that knows of it');
    await call(api, 'moveOrder', { params, body: { table: site.tables[5].id } });
    await call(api, 'moveOrder', { params, body: { table: second.table }, status: 409, code: 'table_taken' });
    await call(api, 'moveOrder', { params, body: { table: site.tables[3].id }, headers: { 'if-match': `"${first.version}"` }, status: 412, code: 'stale' });
  } else {
    await call(api, 'moveOrder', { params, body: { table: 'mesa-1' }, status: 400, code: 'not_at_table' });
  }
  const merged = await call(api, 'mergeOrder', { params, body: { from: second.id } });
  check(merged.lines.length === 2 && merged.totals.gross === first.totals.gross + second.totals.gross, 'mergeOrder: both in one');
  const emptied = await call(api, 'getOrder', { params: { id: second.id } });
  check(emptied.state === 'voided' && emptied.merged_into === first.id && emptied.lines.length === 0, 'mergeOrder: the other is over and says where it went');
  check((await tickets(second.id)) === 0, 'mergeOrder: its paper goes along');
  check((await call(api, 'sendOrder', { params })).tickets.length === 0, 'sendOrder: nothing changed by moving or merging');
  await call(api, 'mergeOrder', { params, body: { from: second.id }, status: 409, code: 'order_voided' });
  await call(api, 'mergeOrder', { params, body: { from: first.id }, status: 400, code: 'merge_same' });
  check(first.served_by === first.opened_by, 'openOrder: who opens it serves it');
  const handed = await call(api, 'transferOrder', { params, body: { staff: staff.gerencia } });
  check(handed.served_by === 'gerencia' && handed.opened_by === first.opened_by, 'transferOrder: somebody else serves it');
  const { orders } = await call(api, 'listOrders');
  check(orders.find((o) => o.id === first.id)?.served_by === 'gerencia', 'listOrders: who serves it');
  await call(api, 'transferOrder', { params, body: { staff: staff.cocina }, status: 400, code: 'staff_cannot_serve' });
  await call(api, 'transferOrder', { params, body: { staff: 999999 }, status: 404, code: 'staff_unknown' });
  await call(manager, 'voidOrder', { params, body: { reason: 'Prueba' } });
}

// A bill before it is paid, of one of several open checks; or none, where the site has none.
async function walkPrecuenta(api, site, order) {
  const params = { id: order.id };
  const [first] = order.checks;
  if (!site.precuenta) return call(api, 'printPrecuenta', { params, body: { check: first.id }, status: 400, code: 'precuenta_off' });
  await call(api, 'printPrecuenta', { params, status: 400, code: 'check_needed' });
  await call(api, 'printPrecuenta', { params, body: { check: 999999 }, status: 404, code: 'bill_unknown' });
  const { job } = await call(api, 'printPrecuenta', { params, body: { check: first.id }, headers: { 'if-match': `"${order.version}"` } });
  const after = await call(api, 'getOrder', { params });
  check(after.version === order.version && after.state === order.state, 'printPrecuenta: the order is as it was');
  const paper = await call(api, 'getPrintJob', { params: { id: job } });
  check(paper.kind === 'precuenta' && paper.order === order.id, 'printPrecuenta: its job');
  const text = await call(api, 'getPrintJobText', { params: { id: job } });
  check(text.split('NO ES FACTURA').length === 3 && text.includes('Parte 1 de 3'), 'printPrecuenta: NO ES FACTURA at either end, and which check');
  check(!text.includes('NIT') && !text.includes('DOCUMENTO EQUIVALENTE'), 'printPrecuenta: no document');
}

// What comes off an order, and who pays what: given, taken off again, split, undone.
async function walkChecks(api, manager, site, menu, staff) {
  const order = await call(api, 'openOrder', { body: newOrder(site, [lineFor(menu, itemsOf(menu).find((i) => i.price >= 1000), 3)], 6) });
  const params = { id: order.id };
  const [{ id: line, amount: gross }] = order.lines;
  const give = (body, more) => call(api, 'giveDiscount', { params, body: { reason: 'Cliente frecuente', kind: 'discount', ...body }, ...more });
  const approval = { staff: staff.gerencia, pin: pins.gerencia };
  const tenth = await give({ percent: 1000 });
  check(tenth.discounts.length === 1 && tenth.totals.discount === tenth.discounts[0].value && tenth.totals.courtesy === 0, 'giveDiscount: given');
  await give({ percent: 1 }, { status: 403, code: 'approval_required' });
  await give({ percent: 100, approval });
  await give({ kind: 'courtesy', amount: 100, line }, { status: 403, code: 'approval_required' });
  const given = await give({ kind: 'courtesy', amount: 100, line, approval });
  check(given.totals.courtesy === 100 && given.discounts[2].approved_by === 'gerencia', 'giveDiscount: a courtesy is told apart');
  await give({ amount: gross, approval }, { status: 400, code: 'discount_too_large' });
  const less = await call(api, 'removeDiscount', { params: { ...params, discount: given.discounts[1].id } });
  check(less.discounts.length === 2, 'removeDiscount: off again');
  await call(api, 'removeDiscount', { params: { ...params, discount: given.discounts[1].id }, status: 404, code: 'discount_unknown' });
  const split = await call(api, 'splitOrder', { params, body: { ways: 3 } });
  const dues = split.checks.map((c) => c.due);
  check(dues.length === 3 && dues[0] - dues[2] <= 1 && dues.reduce((a, b) => a + b) === less.totals.due, 'splitOrder: three checks, one peso apart at most');
  await walkPrecuenta(api, site, split);
  check(split.checks[1].label === 'Parte 2 de 3' && split.discounts.every((d) => d.fixed), 'splitOrder: fixed');
  const again = await call(api, 'splitOrder', { params, body: { check: split.checks[2].id, amount: Math.floor(dues[2] / 2) } });
  check(again.checks.length === 4 && again.totals.due === less.totals.due, 'splitOrder: a part again');
  await give({ percent: 100 }, { status: 409, code: 'order_split' });
  await call(api, 'takePayment', { params, body: { means: 'cash' }, status: 400, code: 'check_needed' });
  if (site.tip.rule === 'ask') {
    const { checks } = await call(api, 'setTip', { params, body: { check: split.checks[0].id, percent: 500 } });
    check(checks.map((c) => c.tip.state).join() === 'set,unasked,unasked,unasked', 'setTip: of one check');
  }
  const whole = await call(api, 'undoSplit', { params });
  check(whole.checks.length === 1 && whole.totals.net === less.totals.net && whole.discounts.every((d) => !d.fixed), 'undoSplit: one check again');
  await call(api, 'undoSplit', { params, status: 409, code: 'not_split' });
  const picked = await call(api, 'splitOrder', { params, body: { lines: [{ line, quantity: 1 }] } });
  check(picked.checks.map((c) => c.lines[0].quantity).join() === '1,2', 'splitOrder: a dish, and the rest');
  await call(api, 'undoSplit', { params });
  await call(api, 'splitOrder', { params, body: { seats: [1] }, status: 400, code: 'seat_empty' });
  const voided = await call(manager, 'voidOrder', { params, body: { reason: 'Prueba' } });
  check(voided.checks.length === 0, 'voidOrder: no check is left');
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
  check(paid.receipt?.numbering_warning === 'none', 'takePayment: nobody needs to be warned');
  await call(api, 'takePayment', { params, body: { means: 'cash' }, status: 409, code: 'order_paid' });
}

// The next shift: what the one before sold is given back from this drawer, and an order that was charged wrongly is sold anew.
async function walkRefunds(api, manager, site, menu, staff, before) {
  const approval = { staff: staff.gerencia, pin: pins.gerencia };
  const shift = await call(api, 'openShift', { body: { float: 200000 } });
  const sold = await call(api, 'getOrder', { params: { id: before } });
  const params = { id: before };
  const [first] = sold.lines.filter((line) => line.quantity > line.voided);
  const body = { reason: 'El plato llegó frío', lines: [{ line: first.id, quantity: 1 }] };
  await call(api, 'refundOrder', { params, body, status: 403, code: 'approval_required' });
  const part = await call(api, 'refundOrder', { params, body: { ...body, approval } });
  check(part.refund.number === 1 && part.refund.approved_by === 'gerencia' && part.refund.tip === 0, 'refundOrder: a line, without the tip');
  check(part.refund.lines.length === 1 && part.refund.means.length === sold.payments.length, 'refundOrder: by the means it was paid by');
  const rest = await call(manager, 'refundOrder', { params, body: { reason: 'Se devuelve todo', check: sold.checks[0].id } });
  check(rest.refund.approved_by === null && rest.order.refunds.length === 2, 'refundOrder: the rest');
  check(part.refund.total + rest.refund.total === sold.totals.due, 'refundOrder: both are the whole');
  const charged = sold.payments.reduce((sum, p) => sum + p.charged, 0);
  check(part.refund.returned + rest.refund.returned === charged, 'refundOrder: what was charged went back');
  await call(manager, 'refundOrder', { params, body: { reason: 'Otra vez' }, status: 409, code: 'refund_nothing_left' });
  await call(manager, 'reopenOrder', { params, body: { reason: 'Se cobró mal' }, status: 409, code: 'order_closed' });

  const made = await call(api, 'openOrder', { body: newOrder(site, [lineFor(menu, itemsOf(menu)[0])], 7) });
  const again = { id: made.id };
  const pay = async () => {
    if (site.tip.rule === 'ask') await call(api, 'setTip', { params: again, body: { declined: true } });
    return call(api, 'takePayment', { params: again, body: { means: 'cash' } });
  };
  await call(manager, 'reopenOrder', { params: again, body: { reason: 'Se cobró mal' }, status: 409, code: 'order_not_paid' });
  const once = await pay();
  await call(api, 'reopenOrder', { params: again, body: { reason: 'Se cobró mal' }, status: 403, code: 'approval_required' });
  const open = await call(api, 'reopenOrder', { params: again, body: { reason: 'Se cobró mal', approval } });
  check(open.state === 'sent' && open.balance === made.totals.due && open.refunds[0].reopens, 'reopenOrder: live again');
  const twice = await pay();
  check(twice.order.paid === once.order.paid && twice.receipt.number !== once.receipt.number, 'reopenOrder: paid once more, under another number');
  const x = await call(manager, 'getShiftReport', { params: { id: shift.id } });
  check(x.refunds.count === 3 && x.cash.refunds > 0 && x.refunds.taxes.length > 0, 'getShiftReport: what was given back');
  const day = await call(manager, 'getDailyReport');
  check(day.refunds.count === 3 && day.after_refunds.net === day.totals.net - day.refunds.net, 'getDailyReport: what was given back');
  await call(api, 'closeShift', { params: { id: shift.id }, body: { count: {}, carry_open_orders: true, approval } });
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
    const numbering = await call(api, 'getNumbering');
    check(numbering.refusal === null && numbering.ranges.length === 1 && numbering.ranges[0].next === 1, 'getNumbering: one range, unused');
    await walkHours(api, manager, configuration);
    const order = await walkOrders(api, manager, configuration, menu, staff);
    await walkMoves(api, manager, configuration, menu, staff);
    await walkChecks(api, manager, configuration, menu, staff);
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
  const folder = await mkdtemp(join(tmpdir(), 'comanda-site-'));
  const site = JSON.parse(readFileSync(join(root, 'data/sites/go-lupe.json'), 'utf8'));
  const { slug, name, profile } = site.printers[0];
  site.printers[0] = { slug, name, profile, transport: 'tcp', host: '127.0.0.1', port: printer.port };
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
  const withPrecuenta = await changedSite('interno', { precuenta: true }); // no sample site has it
  await walkDay(withPrecuenta.file);
  await withPrecuenta.remove();
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
