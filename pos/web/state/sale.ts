// The order on the screen: the server's copy of it, the draft beside it, and the acts that turn one into the other.
import { computed, signal } from '@preact/signals';
import { get } from '../api';
import { command, onSettled, waiting, type Extra } from '../outbox';
import type { Buyer, Kind, Line, Order, PaymentDone, Sent } from '../types';
import {
  addToDraft,
  draftAt,
  draftTotal,
  dropDraft,
  lineRequest,
  newDraft,
  putDraft,
  removeDraftLines,
  type Draft,
} from './draft';
import { replace, route } from './route';
import { cashMeans, findItem, site, walkUpKinds } from './site';

/** The server's copy of the order on the screen; null for one that it does not know yet. */
export const order = signal<Order | null>(null);
/** What the last payment gave, for the screen with the change. */
export const lastPayment = signal<PaymentDone | null>(null);

/** Which draft belongs to where we are. */
export const draftKey = computed<string | null>(() => {
  const at = route.value;
  if (at.at === 'order' || at.at === 'pay') return `order:${at.id}`;
  if (at.at === 'table') return `table:${at.table}`;
  return at.at === 'sale' || at.at === 'home' ? 'new' : null;
});

/** The draft where we are; made on first use. */
export function currentDraft(): Draft {
  const key = draftKey.value ?? 'new';
  const at = route.value;
  const kept = draftAt(key);
  if (kept) return kept;
  if (at.at === 'table') return newDraft(key, 'table', null, at.table);
  if (at.at === 'order' || at.at === 'pay')
    return newDraft(key, order.value?.kind ?? site.value?.default_kind ?? 'counter', at.id);
  return newDraft(key, (walkUpKinds.value[0] ?? 'counter') as Kind);
}
/** A command that carries this draft's lines is on its way. */
export const draftPending = computed(() =>
  waiting.value.some((entry) => entry.draft !== undefined && entry.draft === draftKey.value),
);

const isOrder = (value: unknown): value is Order =>
  typeof value === 'object' && value !== null && 'lines' in value && 'number' in value;

/** Keeps the newest copy: answers may overtake each other. */
export function adopt(next: Order): void {
  if (order.value && order.value.id === next.id && order.value.version > next.version) return;
  order.value = next;
}

export async function loadOrder(id: number): Promise<void> {
  if (order.value?.id !== id) order.value = null;
  const next = await get<Order>(`/orders/${id}`);
  const at = route.value;
  if ((at.at === 'order' || at.at === 'pay' || at.at === 'done') && at.id === id) adopt(next);
}

/* A command that carried draft lines is acknowledged, perhaps only after a reload: its lines leave the draft, and a new order takes the draft's place. */
onSettled((entry, answer, error) => {
  if (!entry.draft || error) return;
  const got = isOrder(answer) ? answer : null;
  const left = draftAt(entry.draft);
  removeDraftLines(entry.draft, entry.lines ?? []);
  if (!got) return;
  const rest = draftAt(entry.draft)?.lines ?? [];
  if (!entry.draft.startsWith('order:')) {
    const here = draftKey.value === entry.draft;
    dropDraft(entry.draft);
    if (rest.length && left) putDraft({ ...left, key: `order:${got.id}`, order: got.id, lines: rest });
    if (here) {
      order.value = got;
      replace({ at: 'order', id: got.id });
    }
  } else if (!rest.length) dropDraft(entry.draft);
  if (order.value?.id === got.id) adopt(got);
});

/** Gives the draft's lines to the server; with `send` a new order goes to the kitchen in the same breath. Returns the order as it now is. */
export async function save(send = false): Promise<Order> {
  const draft = currentDraft();
  const lines = draft.lines.map(lineRequest);
  const extra: Extra = { draft: draft.key, lines: draft.lines.map((line) => line.id) };
  if (draft.order === null) {
    const body: Record<string, unknown> = { kind: draft.kind, lines };
    if (draft.table) body['table'] = draft.table;
    if (draft.name) body['name'] = draft.name;
    if (draft.covers) body['covers'] = draft.covers;
    if (send) body['send'] = true;
    return command<Order>('POST', '/orders', body, extra);
  }
  if (lines.length) return command<Order>('POST', `/orders/${draft.order}/lines`, { lines }, extra);
  if (order.value?.id === draft.order) return order.value;
  return get<Order>(`/orders/${draft.order}`);
}

export async function sendToKitchen(): Promise<void> {
  const isNew = currentDraft().order === null;
  const saved = await save(true);
  if (isNew) return;
  const sent = await command<Sent>('POST', `/orders/${saved.id}/send`, {});
  adopt(sent.order);
}

export async function pay(
  id: number,
  payment: { means: string; check?: number; amount?: number; tendered?: number; reference?: string; buyer?: Buyer },
  extra: Extra = {},
): Promise<PaymentDone> {
  const done = await command<PaymentDone>('POST', `/orders/${id}/payments`, payment, extra);
  lastPayment.value = done;
  adopt(done.order);
  return done;
}

export async function answerTip(id: number, answer: { check: number } & ({ amount: number } | { declined: true })): Promise<void> {
  adopt(await command<Order>('POST', `/orders/${id}/tip`, answer));
}

export async function voidLine(id: number, line: number, quantity: number, reason: string, extra: Extra): Promise<void> {
  adopt(await command<Order>('POST', `/orders/${id}/lines/${line}/void`, { quantity, reason }, extra));
}
export async function voidOrder(id: number, reason: string, extra: Extra): Promise<void> {
  adopt(await command<Order>('POST', `/orders/${id}/void`, { reason }, extra));
}

/** Takes back a line the kitchen has not heard of. */
export async function removeLine(id: number, line: number): Promise<void> {
  adopt(await command<Order>('DELETE', `/orders/${id}/lines/${line}`, {}));
}
/** Undoes that: the same plate goes into the draft. */
export function addAgain(line: Line): void {
  const item = findItem(line.item);
  if (item) addToDraft(currentDraft(), item, line.options, line.note ?? '', line.quantity - line.voided, line.seat ?? 0);
}

/* ---- what is due ---- */
const due = computed(
  () =>
    (order.value && draftKey.value === `order:${order.value.id}` ? order.value.balance : 0) +
    draftTotal(draftAt(draftKey.value ?? '')),
);
/** The total with what is not saved yet. */
export const shownDue = due;
/** The same in cash: rounded down to the smallest coin. */
export const shownCash = computed(() => {
  const coin = site.value?.coin ?? 1;
  return due.value - (due.value % coin);
});

/** Exact cash in one tap. Null when the server makes another total of it: then nothing was charged and the person must look. */
export async function payExactCash(): Promise<PaymentDone | null> {
  const shown = shownCash.value;
  const means = cashMeans.value;
  if (!means) return null;
  const saved = await save();
  if (saved.cash_due !== shown) {
    adopt(saved);
    return null;
  }
  return pay(saved.id, { means: means.id, tendered: shown });
}
