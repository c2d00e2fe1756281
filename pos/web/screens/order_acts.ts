// What the order screen does beyond drawing: which line is chosen, the three seconds before the kitchen hears of it, undo, and leaving.
import { computed, signal } from '@preact/signals';
import { t } from '../i18n/index';
import { draftAt, dropDraft, removeDraftLines, restoreDraftLine, type DraftLine } from '../state/draft';
import { fault, report, tell } from '../state/notice';
import { go } from '../state/route';
import {
  addAgain,
  currentDraft,
  draftKey,
  draftPending,
  order,
  payExactCash,
  removeLine,
  save,
  sendToKitchen,
} from '../state/sale';
import type { Line, MenuItem } from '../types';

export const SEND_DELAY_MS = 3000;
export const UNDO_MS = 5000;

export type Chosen = { draft: string } | { line: number } | { discount: number } | null;
export const chosen = signal<Chosen>(null);
/** The product whose options are being chosen, and the draft line being changed, if any. */
export const choosing = signal<{ item: MenuItem; line?: DraftLine } | null>(null);
export const noting = signal<DraftLine | null>(null);
/** The category shown; null: the first. */
export const category = signal<string | null>(null);
export const pane = signal<'menu' | 'order'>('menu');
export const marking = signal(false);

/* ---- the acts on a whole order, each in a sheet of its own ---- */
export type Act =
  | { what: 'more' | 'move' | 'merge' | 'transfer' | 'seat' }
  | { what: 'discount' | 'courtesy'; line?: number }
  | { what: 'split'; check?: number };
const open = signal<{ key: string | null; act: Act } | null>(null);
/** The one that is open over the order on the screen; over another order it stays away. */
export const acting = computed<Act | null>(() => (open.value && open.value.key === draftKey.value ? open.value.act : null));
export function startAct(act: Act): void {
  open.value = { key: draftKey.value, act };
}
export function endAct(): void {
  open.value = null;
}
/** For what the server must know of first: what was tapped is saved, and goes to no kitchen. */
export async function startSavedAct(act: Act): Promise<void> {
  const draft = currentDraft();
  if (draft.order === null || draft.lines.length > 0) await save();
  chosen.value = null;
  startAct(act);
}

/* ---- undo for a removed line ---- */
interface Removed {
  what: string;
  undo: () => void;
}
export const removed = signal<Removed | null>(null);
let undoTimer: ReturnType<typeof setTimeout> | undefined;
function offerUndo(what: string, undo: () => void): void {
  clearTimeout(undoTimer);
  removed.value = { what, undo };
  undoTimer = setTimeout(() => {
    removed.value = null;
  }, UNDO_MS);
}
export function undoRemoval(): void {
  removed.value?.undo();
  removed.value = null;
}

export function removeDraftLine(line: DraftLine): void {
  const draft = currentDraft();
  const at = draft.lines.findIndex((other) => other.id === line.id);
  removeDraftLines(draft.key, [line.id]);
  chosen.value = null;
  offerUndo(`${line.quantity} ${line.name}`, () => {
    restoreDraftLine(draft.key, line, at);
    chosen.value = { draft: line.id };
  });
}
export async function removeSavedLine(id: number, line: Line): Promise<void> {
  await removeLine(id, line.id);
  chosen.value = null;
  offerUndo(`${line.quantity - line.voided} ${line.name}`, () => addAgain(line));
}

/* ---- sending to the kitchen ---- */
/** A send waits its three seconds, in which it can be called back. */
export const countdown = signal(false);
let sendTimer: ReturnType<typeof setTimeout> | undefined;

export function startSend(): void {
  countdown.value = true;
  sendTimer = setTimeout(() => void commitSend(), SEND_DELAY_MS);
}
export function cancelSend(): void {
  clearTimeout(sendTimer);
  countdown.value = false;
}
async function commitSend(): Promise<void> {
  cancelSend();
  try {
    await sendToKitchen();
    chosen.value = null;
    tell(t.value.order.sent_notice);
  } catch (e) {
    report(e);
  }
}

/* ---- leaving ---- */
/** Before going elsewhere: a send under way goes now; lines at a table are given to the server, so that every screen sees them. */
export async function leaveOrder(): Promise<void> {
  const key = draftKey.value;
  removed.value = null;
  chosen.value = null;
  marking.value = false;
  category.value = null;
  pane.value = 'menu';
  if (countdown.value) {
    void commitSend();
    return;
  }
  if (!key || draftPending.value) return;
  const draft = draftAt(key);
  if (!draft) return;
  if (draft.lines.length === 0) {
    if (key !== 'new') dropDraft(key);
    return;
  }
  if (key !== 'new') save().catch(report);
}
/** Before the screen locks itself nothing goes to the kitchen; what is written stays. */
export function pauseOrder(): void {
  cancelSend();
}

/* ---- paying ---- */
export async function startPaying(): Promise<void> {
  cancelSend();
  const saved = await save();
  chosen.value = null;
  go({ at: 'pay', id: saved.id });
}
export async function payExact(): Promise<void> {
  cancelSend();
  const done = await payExactCash();
  chosen.value = null;
  const id = done?.order.id ?? order.value?.id;
  if (!id) return;
  if (done) go({ at: 'done', id });
  else {
    fault.value = t.value.order.price_changed;
    go({ at: 'pay', id });
  }
}

/** The start again: the tables, or the next sale. */
export function startAgain(): void {
  chosen.value = null;
  category.value = null;
  pane.value = 'menu';
  order.value = null;
  go({ at: 'home' });
}
