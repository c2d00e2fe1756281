// The server's events: what changed, so that this screen fetches it again. Missed ones cost nothing: on every return all is fetched anew.
import { PRACTICE, PREFIX } from './house';
import { onSettled } from './outbox';
import { heard, lost } from './state/connection';
import { loadOpenOrders, loadPaidOrders } from './state/orders';
import { loadPractice } from './state/practice';
import { jobs, loadJobs, loadPrinters } from './state/print';
import { route } from './state/route';
import { loadOrder, order } from './state/sale';
import { may, session } from './state/session';
import { loadShift } from './state/shift';
import { loadMenu, loadSite } from './state/site';

const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined);

/** Many events in a burst are one fetch. */
function gathered(work: () => Promise<unknown>, ms: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      quietly(work());
    }, ms);
  };
}

const orders = gathered(async () => {
  await loadOpenOrders();
  if (route.value.at === 'orders' || route.value.at === 'done') await loadPaidOrders();
}, 120);
const paper = gathered(async () => {
  if (!may('paper')) return;
  await loadPrinters();
  if (route.value.at === 'paper' || route.value.at === 'printer' || jobs.value.length) await loadJobs();
}, 250);
const shifts = gathered(loadShift, 50);
const carte = gathered(loadMenu, 50);
const practice = gathered(async () => PRACTICE && loadPractice(), 150);

export async function loadEverything(): Promise<void> {
  await Promise.all([loadSite(), loadMenu(), loadShift()]);
  await loadOpenOrders();
  if (may('paper')) await loadPrinters();
  if (PRACTICE) await loadPractice();
  const at = route.value;
  if (at.at === 'order' || at.at === 'pay' || at.at === 'done') await loadOrder(at.id).catch(() => undefined);
}

let source: EventSource | null = null;

export function listen(): void {
  source?.close();
  const events = new EventSource(`${PREFIX}/api/v1/events`);
  source = events;
  let opened = false;
  events.onopen = () => {
    heard();
    if (opened) quietly(loadEverything()); // it was away: something may have been missed
    opened = true;
  };
  events.onerror = () => {
    if (source !== events) return;
    lost();
    if (events.readyState === EventSource.CLOSED) setTimeout(() => source === events && session.value && listen(), 3000);
  };
  const on = (name: string, act: (data: { id?: number; slug?: string }) => void): void =>
    events.addEventListener(name, (e) => {
      heard();
      let data = {};
      try {
        data = JSON.parse((e as MessageEvent<string>).data) as object;
      } catch {
        data = {};
      }
      act(data);
    });
  on('hello', () => undefined);
  on('resync', () => quietly(loadEverything()));
  on('order', ({ id }) => {
    orders();
    practice();
    if (order.value && order.value.id === id) quietly(loadOrder(order.value.id));
  });
  on('menu', carte);
  on('shift', () => {
    shifts();
    practice();
  });
  on('staff', practice);
  on('print_job', paper);
  on('printer', paper);
}

export function stopListening(): void {
  source?.close();
  source = null;
}

export function watchVisibility(): void {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || !session.value) return;
    listen();
    quietly(loadEverything());
  });
  onSettled((_entry, _answer, error) => {
    if (!error) orders();
  });
}
