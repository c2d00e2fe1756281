// What was tapped and not yet given to the server: kept in localStorage per order, so that a reload or the lock loses no line. What the
// kitchen and the other screens see begins when the server has acknowledged it.
import { signal } from '@preact/signals';
import { uuid } from '../api';
import { named } from '../house';
import { priceOf } from './menu_times';
import type { Kind, LineOption, LineRequest, MenuItem } from '../types';

export interface DraftLine {
  id: string;
  item: string;
  name: string;
  price: number;
  quantity: number;
  options: LineOption[];
  note: string;
  course: string | null;
  /** Whose it is; 0: nobody's in particular. */
  seat?: number;
}
export interface Draft {
  /** 'new', 'table:mesa-12' or 'order:31'. */
  key: string;
  order: number | null;
  kind: Kind;
  table: string | null;
  name: string;
  covers: number;
  /** The seat that what is tapped next is for; 0: none. */
  seat?: number;
  lines: DraftLine[];
}

const STORE = named('comanda.drafts');
const NOTE_MAX = 140;

function read(): Record<string, Draft> {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? '{}') as Record<string, Draft>;
  } catch {
    return {};
  }
}
const drafts = signal<Record<string, Draft>>(read());
function keep(next: Record<string, Draft>): void {
  drafts.value = next;
  try {
    localStorage.setItem(STORE, JSON.stringify(next));
  } catch {
    // without storage a draft lives as long as the page
  }
}

export const draftAt = (key: string): Draft | undefined => drafts.value[key];
export const putDraft = (draft: Draft): void => keep({ ...drafts.value, [draft.key]: draft });
export function dropDraft(key: string): void {
  const { [key]: _gone, ...rest } = drafts.value;
  keep(rest);
}
export const newDraft = (key: string, kind: Kind, order: number | null = null, table: string | null = null): Draft => ({
  key,
  order,
  kind,
  table,
  name: '',
  covers: 0,
  lines: [],
});

/** The kind of the order may still change, and the price with it. */
export const unitPrice = (line: Pick<DraftLine, 'item' | 'price' | 'options'>, kind: Kind): number =>
  line.options.reduce((sum, option) => sum + option.price * option.quantity, priceOf(line, kind));
export const lineAmount = (line: DraftLine, kind: Kind): number => unitPrice(line, kind) * line.quantity;
export const draftTotal = (draft: Draft | undefined): number =>
  draft ? draft.lines.reduce((sum, line) => sum + lineAmount(line, draft.kind), 0) : 0;

const samePlate = (a: DraftLine, item: string, options: LineOption[], note: string, seat: number): boolean =>
  a.item === item &&
  (a.seat ?? 0) === seat &&
  a.note === note &&
  a.options.length === options.length &&
  a.options.every(
    (option, i) =>
      option.option === options[i]?.option && option.group === options[i]?.group && option.quantity === options[i]?.quantity,
  );

/** Adds one; the same plate again raises its quantity. Returns the line's id. */
export function addToDraft(
  draft: Draft,
  item: MenuItem,
  options: LineOption[],
  note = '',
  quantity = 1,
  seat = draft.seat ?? 0,
): string {
  const same = draft.lines.find((line) => samePlate(line, item.id, options, note, seat));
  if (same) {
    setDraftLine(draft, { ...same, quantity: Math.min(same.quantity + quantity, 999) });
    return same.id;
  }
  const line: DraftLine = {
    id: uuid(),
    item: item.id,
    name: item.name,
    price: item.price,
    quantity,
    options,
    note,
    course: item.course,
    seat,
  };
  putDraft({ ...draft, lines: [...draft.lines, line] });
  return line.id;
}
export function setDraftLine(draft: Draft, line: DraftLine): void {
  putDraft({ ...draft, lines: draft.lines.map((other) => (other.id === line.id ? line : other)) });
}
export function removeDraftLines(key: string, ids: readonly string[]): void {
  const draft = drafts.value[key];
  if (draft) putDraft({ ...draft, lines: draft.lines.filter((line) => !ids.includes(line.id)) });
}
/** Puts a removed line back where it was. */
export function restoreDraftLine(key: string, line: DraftLine, at: number): void {
  const draft = drafts.value[key];
  if (draft) putDraft({ ...draft, lines: [...draft.lines.slice(0, at), line, ...draft.lines.slice(at)] });
}

export function lineRequest(line: DraftLine): LineRequest {
  const request: LineRequest = { item: line.item, quantity: line.quantity };
  if (line.options.length)
    request.options = line.options.map(({ option, quantity }) => (quantity === 1 ? { option } : { option, quantity }));
  if (line.seat) request.seat = line.seat;
  if (line.note) request.note = line.note.slice(0, NOTE_MAX);
  return request;
}
