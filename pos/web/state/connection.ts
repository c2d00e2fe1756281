// Whether the server is there: told by every call, by the event stream and by a pulse while nothing else is heard.
import { signal } from '@preact/signals';
import { call, onContact } from '../api';
import { retryNow } from '../outbox';

const BANNER_AFTER_MS = 3000;
const PULSE_MS = 5000;

/** True once the server has been silent for three seconds. */
export const offline = signal(false);

let silentSince = 0;
let lastHeard = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

export function heard(): void {
  lastHeard = Date.now();
  silentSince = 0;
  clearTimeout(timer);
  if (!offline.value) return;
  offline.value = false;
  retryNow();
}

export function lost(): void {
  if (silentSince) return;
  silentSince = Date.now();
  timer = setTimeout(() => {
    offline.value = true;
  }, BANNER_AFTER_MS);
}

async function pulse(): Promise<void> {
  if (document.hidden || Date.now() - lastHeard < PULSE_MS) return;
  await call('GET', '/healthz').catch(() => undefined);
}

export function watchConnection(): void {
  onContact((reached) => (reached ? heard() : lost()));
  window.addEventListener('offline', lost);
  window.addEventListener('online', () => void pulse());
  setInterval(() => void pulse(), PULSE_MS);
}
