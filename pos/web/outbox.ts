// The outbox: every command waits here, under its own key, until the server has acknowledged it. Kept in IndexedDB so that a reload or a
// power cut loses none; sent again with the same key, so that none counts twice. One at a time, in order.
import { signal } from '@preact/signals';
import { Problem, Unreachable, call, uuid } from './api';
import { named } from './house';

export interface Entry {
  key: string;
  seq: number;
  method: string;
  path: string;
  body: unknown;
  /** Whose act it is: only that person's session sends it. */
  staff: number;
  staffName: string;
  at: number;
  /** The draft whose lines it carries, and which of them. */
  draft?: string;
  lines?: string[];
}
export interface Extra {
  draft?: string;
  lines?: string[];
  approval?: { staff: number; pin: string };
}

type Settled = (entry: Entry, answer: unknown, error: Problem | null, recovered: boolean) => void;

/** What is not acknowledged yet. */
export const waiting = signal<Entry[]>([]);
/** True once a command got no answer and is being repeated. */
export const stuck = signal(false);

const settledListeners: Settled[] = [];
let sessionLost: () => void = () => undefined;
const promises = new Map<string, { resolve: (value: never) => void; reject: (reason: unknown) => void; body: unknown }>();
let author: { id: number; name: string } | null = null;
let pumping = false;
let wake: () => void = () => undefined;
let nextSeq = 1;

/* ---- the store ---- */
let store: Promise<IDBDatabase | null> | null = null;
function open(): Promise<IDBDatabase | null> {
  store ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open(named('comanda'), 1);
      request.onupgradeneeded = () => request.result.createObjectStore('outbox', { keyPath: 'key' });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null); // without IndexedDB the outbox still works until the page goes
    }
  });
  return store;
}
async function change(work: (box: IDBObjectStore) => void): Promise<void> {
  const db = await open();
  if (!db) return;
  await new Promise<void>((resolve) => {
    const tx = db.transaction('outbox', 'readwrite');
    work(tx.objectStore('outbox'));
    tx.oncomplete = () => resolve();
    tx.onabort = tx.onerror = () => resolve();
  });
}

/* ---- sending ---- */
/** What to do once a command is answered, also when the page was reloaded in between. */
export function onSettled(listener: Settled): void {
  settledListeners.push(listener);
}

/** Told when the server no longer knows the session: the command stays, its author must sign in again. */
export function onSessionLost(listener: () => void): void {
  sessionLost = listener;
}

/** Sends a command. Resolves with the server's answer, rejects with a Problem; without an answer it waits and repeats. */
export async function command<T>(method: string, path: string, body: object, extra: Extra = {}): Promise<T> {
  if (!author) throw new Problem(401, 'not_signed_in', '', false, 0);
  const entry: Entry = {
    key: uuid(),
    seq: nextSeq++,
    method,
    path,
    body,
    staff: author.id,
    staffName: author.name,
    at: Date.now(),
  };
  if (extra.draft) entry.draft = extra.draft;
  if (extra.lines) entry.lines = extra.lines;
  // A manager's PIN is never written down: such a command lives only as long as the page.
  const sent = extra.approval ? { ...body, approval: extra.approval } : body;
  const answer = new Promise<T>((resolve, reject) =>
    promises.set(entry.key, { resolve: resolve as (value: never) => void, reject, body: sent }),
  );
  waiting.value = [...waiting.value, entry];
  if (!extra.approval) await change((box) => box.put(entry));
  void pump();
  return answer;
}

async function settle(entry: Entry, answer: unknown, error: Problem | null): Promise<void> {
  if (!waiting.value.includes(entry)) return; // discarded while it was under way
  const promise = promises.get(entry.key);
  promises.delete(entry.key);
  waiting.value = waiting.value.filter((other) => other.key !== entry.key);
  for (const listener of settledListeners) listener(entry, answer, error, !promise);
  if (error) promise?.reject(error);
  else promise?.resolve(answer as never);
  await change((box) => box.delete(entry.key));
}

/** Busy is answered by waiting a little; the rest of what a server can say is final. */
const worthRepeating = (e: Problem, tries: number): boolean =>
  (e.status === 502 || e.status === 503 || e.status === 504) && tries < 4;

async function pump(): Promise<void> {
  if (pumping) return;
  pumping = true;
  let tries = 0;
  for (;;) {
    const entry = waiting.value.find((candidate) => candidate.staff === author?.id);
    if (!entry) break;
    tries++;
    try {
      const answer = await call(entry.method, entry.path, promises.get(entry.key)?.body ?? entry.body, entry.key);
      stuck.value = false;
      tries = 0;
      await settle(entry, answer, null);
    } catch (e) {
      // Kept: an earlier try may have arrived, so it goes again under its key once its author has signed in again.
      if (e instanceof Problem && e.code === 'not_signed_in') {
        sessionLost();
        break;
      }
      if (e instanceof Problem && !worthRepeating(e, tries)) {
        stuck.value = false;
        tries = 0;
        await settle(entry, null, e);
        continue;
      }
      if (!(e instanceof Problem) && !(e instanceof Unreachable)) throw e;
      stuck.value = true;
      const pause = Math.min(500 * 2 ** Math.min(tries, 4), 5000);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
  pumping = false;
}

/** The connection is back, or its author is: try now. */
export function retryNow(): void {
  wake();
  void pump();
}

/** Who the commands are from, from now on; takes up what that person left behind. */
export async function signAs(staff: { id: number; name: string } | null): Promise<void> {
  author = staff;
  retryNow();
}

/** Reads what an earlier page left; call once at start. */
export async function restore(): Promise<void> {
  const db = await open();
  if (!db) return;
  const left = await new Promise<Entry[]>((resolve) => {
    const request = db.transaction('outbox').objectStore('outbox').getAll() as IDBRequest<Entry[]>;
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve([]);
  });
  left.sort((a, b) => a.at - b.at || a.seq - b.seq);
  waiting.value = [...left, ...waiting.value];
  retryNow();
}

/** A person decides that a waiting command is not to be sent any more. */
export async function discard(key: string): Promise<void> {
  const entry = waiting.value.find((candidate) => candidate.key === key);
  if (entry) await settle(entry, null, new Problem(0, 'offline', '', false, 0));
}
