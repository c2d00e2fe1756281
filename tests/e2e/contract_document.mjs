// openapi.yaml as a test holds it: the document's own faults, and calls whose every answer is validated against it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { root } from './support_server.mjs';

const base = 'file:///pos/http/openapi.yaml';
const spec = parse(readFileSync(join(root, 'pos/http/openapi.yaml'), 'utf8'));
const menuSchema = JSON.parse(readFileSync(join(root, 'data/menus/menu.schema.json'), 'utf8'));

let passed = 0;
const failures = [];
export function check(good, what) {
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
export function fits(pointer, value, what) {
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

export const operations = new Map();
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
export async function call(api, operationId, { params = {}, query = {}, body, status, headers = {}, key, code } = {}) {
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

/** Every operation was called with success; then the closing line, and the exit status. */
export function conclude() {
  for (const operation of operations.values()) {
    const success = Object.keys(operation.responses).filter((s) => s.startsWith('2'));
    for (const status of success) check(operation.answered.has(status), `${operation.method} ${operation.path}: was answered ${status}`);
  }
  console.log(`contract: ${passed} passed, ${failures.length} failed`);
  return failures.length ? 1 : 0;
}
