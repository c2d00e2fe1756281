// Speaking to the server: JSON over fetch, problem+json as Problem, no answer as Unreachable, and the server's clock.

import { PREFIX } from './house';

const BASE = `${PREFIX}/api/v1`;
const TIMEOUT_MS = 10_000;

/** The server answered and refused. `code` is stable and translated by the catalogue. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly approvable: boolean,
    readonly retryAfter: number,
  ) {
    super(`${status} ${code}`);
  }
}

/** No answer came: the command may or may not have reached the server. */
export class Unreachable extends Error {}

interface ProblemBody {
  code?: string;
  detail?: string;
  title?: string;
  approvable?: boolean;
}

let clockSkew = 0;
/** Milliseconds by the server's clock, as far as its answers tell; a tablet's own may be hours off. */
export const serverNow = (): number => Date.now() + clockSkew;

const listeners: ((reached: boolean) => void)[] = [];
/** Told after every call whether the server was reached. */
export function onContact(listener: (reached: boolean) => void): void {
  listeners.push(listener);
}

async function answer<T>(response: Response): Promise<T> {
  const text = await response.text();
  let body: unknown = null;
  try {
    body = text ? JSON.parse(text) : null;
  } catch {
    body = null;
  }
  if (response.ok) return body as T;
  const problem = (body ?? {}) as ProblemBody;
  const wait = Number(response.headers.get('Retry-After')) || 0;
  const approvable = problem.approvable ?? problem.code === 'approval_required';
  throw new Problem(response.status, problem.code ?? 'unknown', problem.detail ?? problem.title ?? '', approvable, wait);
}

export async function call<T>(method: string, path: string, body?: unknown, key?: string): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT_MS);
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (key) headers['Idempotency-Key'] = key;
  try {
    const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-cache', signal: stop.signal };
    if (body !== undefined) init.body = JSON.stringify(body);
    let response: Response;
    try {
      response = await fetch(path.startsWith('/healthz') ? PREFIX + path : BASE + path, init);
    } catch {
      listeners.forEach((tell) => tell(false));
      throw new Unreachable(path);
    }
    const date = Date.parse(response.headers.get('Date') ?? '');
    if (!Number.isNaN(date) && Math.abs(date - Date.now()) > 2000) clockSkew = date - Date.now();
    listeners.forEach((tell) => tell(true));
    return await answer<T>(response);
  } finally {
    clearTimeout(timer);
  }
}

export const get = <T>(path: string): Promise<T> => call<T>('GET', path);

/**
 * A UUIDv7 (RFC 9562 §5.7): milliseconds, then random bits. Keys that rise with time stand side by side in the server's index, so that a
 * command writes one page of it and not one somewhere. (crypto.randomUUID would make a v4, and plain HTTP on the LAN does not have it.)
 */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = Date.now();
  for (let i = 0; i < 6; i += 1) bytes[i] = Math.floor(now / 256 ** (5 - i)) % 256;
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
