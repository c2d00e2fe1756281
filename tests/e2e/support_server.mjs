// A server of one's own for a test: starts the binary on a free port with an empty data folder, and talks to it.
//
//   const server = await startServer({ site: 'interno' });
//   const cashier = await server.signIn('caja');
//   const { status, body } = await cashier.post('/orders', { kind: 'counter' });
//   await server.stop();
//
// COMANDA names another binary than build/comanda. COMANDA_PORT: the first port to use, instead of any free one.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const sites = ['interno', 'la-cocina', 'go-lupe'];
export const pins = { caja: '1111', mesa: '2222', cocina: '3333', gerencia: '444444', administración: '555555' };

const binary = () => resolve(root, process.env.COMANDA ?? 'build/comanda');
const siteFile = (site) => (existsSync(site) ? resolve(site) : join(root, 'data/sites', `${site}.json`));
let nextPort = process.env.COMANDA_PORT ? Number(process.env.COMANDA_PORT) + 50 * Number(process.env.TEST_PARALLEL_INDEX ?? 0) : 0;

/** A sample site with members of its own, as a file in a new folder. */
export async function changedSite(name, members) {
  const folder = await mkdtemp(join(tmpdir(), 'comanda-site-'));
  const { $schema, ...site } = JSON.parse(await readFile(siteFile(name), 'utf8'));
  const file = join(folder, 'site.json');
  await writeFile(file, JSON.stringify({ ...site, menu_file: resolve(root, 'data/sites', site.menu_file), ...members }));
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Starts a server. `data`: an existing data folder, which stop() then keeps. `env`: added to this process's environment. */
export async function startServer({ site = 'interno', data, port, demo = true, args = [], env = {} } = {}) {
  const own = data === undefined;
  const folder = data ?? (await mkdtemp(join(tmpdir(), 'comanda-')));
  const wanted = port ?? (nextPort ? nextPort++ : 0);
  const words = ['serve', '--site', siteFile(site), '--data', folder, '--listen', `127.0.0.1:${wanted}`];
  if (demo) words.push('--demo');
  const child = spawn(binary(), [...words, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const log = [];
  const ended = new Promise((done) => child.once('exit', (code, signal) => done({ code, signal })));
  const tidy = () => own && rm(folder, { recursive: true, force: true });
  const listening = new Promise((done, fail) => {
    let text = '';
    const look = (chunk) => {
      log.push(chunk.toString());
      text += chunk;
      const found = /listening on (http:\/\/[^\s]+)/.exec(text);
      if (found) done(found[1]);
    };
    child.stderr.on('data', look);
    child.stdout.on('data', look);
    child.once('error', fail);
    ended.then(({ code, signal }) => fail(new Error(`the server ended (${code ?? signal}):\n${text}`)));
  });
  const url = await listening.catch(async (error) => {
    await tidy();
    throw error;
  });
  const server = {
    url,
    data: folder,
    child,
    log: () => log.join(''),
    api: (token) => new Api(url, token),
    /** Signs one of the five demo people in. */
    async signIn(name, device = `test-${name}`) {
      const { body: start } = await new Api(url).get('/sign-in');
      const person = start.people.find((p) => p.name === name);
      const { status, body } = await new Api(url).post('/session', { staff: person.id, pin: pins[name], device });
      if (status !== 201) throw new Error(`${name} could not sign in: ${status} ${JSON.stringify(body)}`);
      return new Api(url, body.token, person);
    },
    /** Ends it as a supervisor would; resolves to {code, signal}. */
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      const result = await ended;
      await tidy();
      return result;
    },
    /** Ends it as a power cut would; the data stays. */
    async kill() {
      child.kill('SIGKILL');
      return ended;
    },
  };
  return server;
}

/** Calls with one session. Every change gets an Idempotency-Key of its own unless `key` says otherwise. */
export class Api {
  constructor(url, token, person) {
    this.url = url;
    this.token = token;
    this.person = person;
  }

  /** path: below `base`. raw: a body as it is; key: null sends none. */
  async call(method, path, body, { key = randomUUID(), headers = {}, raw, base = '/api/v1' } = {}) {
    const sent = { ...headers };
    if (this.token) sent.authorization ??= `Bearer ${this.token}`;
    if (method !== 'GET' && key !== null) sent['idempotency-key'] ??= key;
    let payload = raw;
    if (raw === undefined && body !== undefined) payload = JSON.stringify(body);
    if (payload !== undefined) sent['content-type'] ??= 'application/json';
    const reply = await fetch(this.url + base + path, { method, headers: sent, body: payload, redirect: 'manual' });
    const bytes = Buffer.from(await reply.arrayBuffer());
    const type = reply.headers.get('content-type') ?? '';
    const isJson = /^application\/(problem\+)?json/.test(type);
    return {
      status: reply.status,
      headers: reply.headers,
      type,
      bytes,
      body: isJson && bytes.length ? JSON.parse(bytes.toString()) : bytes.toString(),
    };
  }

  get(path, options) {
    return this.call('GET', path, undefined, options);
  }
  post(path, body = {}, options) {
    return this.call('POST', path, body, options);
  }
  put(path, body, options) {
    return this.call('PUT', path, body, options);
  }
  patch(path, body, options) {
    return this.call('PATCH', path, body, options);
  }
  delete(path, options) {
    return this.call('DELETE', path, undefined, options);
  }
}

/** A line for an item, with the least options its groups ask for. */
export function lineFor(menu, item, quantity = 1) {
  const options = [];
  for (const id of item.option_groups) {
    const group = menu.option_groups.find((g) => g.id === id);
    if (group.min > 0) options.push({ option: group.options[0].id, quantity: group.min });
  }
  return { item: item.id, quantity, ...(options.length ? { options } : {}) };
}

/** Items of a menu that can be sold now. */
export function itemsOf(menu) {
  return menu.categories.flatMap((category) => category.items).filter((item) => item.available);
}

/** Waits until `look` answers something true, at most `ms`. */
export async function waitFor(look, ms = 10000, what = 'what was waited for') {
  const until = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > until) throw new Error(`${what} did not happen within ${ms} ms`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
