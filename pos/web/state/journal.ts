// The journal in words: which kinds belong together, what an entry says in one line, and all that was noted of it.
import { ta } from '../i18n/after';
import { t } from '../i18n/index';
import type { JournalEntry } from '../types';
import { capital, day, money, rate } from './format';
import { findItem, site, tableName } from './site';

/** What is searched for together: every kind of pos/core/journal_kinds.c stands in one of these. */
export const groups = {
  money: ['payment', 'refund', 'order_reopened', 'tip'],
  away: ['line_removed', 'line_voided', 'order_voided'],
  discounts: ['discount', 'discount_removed'],
  drawer: ['shift_opened', 'shift_closed', 'cash_moved', 'drawer_opened', 'x_printed', 'numbering_registered'],
  people: ['signed_in', 'signed_out', 'pin_locked', 'staff_added', 'staff_changed'],
  menu: ['menu_published', 'availability_set'],
  tables: ['order_moved', 'order_merged', 'order_transferred', 'split', 'unsplit', 'precuenta'],
  paper: ['reprinted', 'print_resolved', 'printer_paused', 'printer_resumed', 'station_routed', 'station_home'],
} as const;
export type Group = keyof typeof groups;

export interface Filter {
  day: string | null;
  staff: number | null;
  group: Group | null;
  /** The number that is called. */
  order: number | null;
}

/** The site's distance from UTC on a day, as RFC 3339 writes it: "-05:00". */
function offsetOn(date: string): string {
  const noon = new Date(`${date}T12:00:00Z`);
  const zone = site.value?.time_zone ?? 'America/Bogota';
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', day: '2-digit', hour12: false }).formatToParts(noon);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const days = part('day') === noon.getUTCDate() ? 0 : part('hour') < 12 ? 1 : -1;
  const minutes = (part('hour') % 24) * 60 + part('minute') - 720 + days * 1440;
  const two = (n: number): string => String(n).padStart(2, '0');
  const away = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`;
}

export function dayPath(filter: Filter, order: number | null): string {
  const query = ['sort=newest', 'limit=50'];
  if (filter.day) {
    const end = new Date(`${filter.day}T12:00:00Z`);
    end.setUTCDate(end.getUTCDate() + 1);
    const next = end.toISOString().slice(0, 10);
    query.push(`from=${encodeURIComponent(`${filter.day}T00:00:00${offsetOn(filter.day)}`)}`);
    query.push(`until=${encodeURIComponent(`${next}T00:00:00${offsetOn(next)}`)}`);
  }
  if (filter.staff) query.push(`staff=${filter.staff}`);
  if (filter.group) query.push(`kind=${groups[filter.group].join(',')}`);
  if (filter.order) query.push(`order_number=${filter.order}`);
  else if (order) query.push(`order=${order}`);
  return `/journal?${query.join('&')}`;
}

export const personOf = (entry: JournalEntry): string => (entry.staff_name ? capital(entry.staff_name) : ta.value.journal.system);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const meansName = (slug: string): string => site.value?.means.find((means) => means.id === slug)?.name ?? slug;
const itemName = (slug: string): string => findItem(slug)?.name ?? slug;
const printerName = (slug: string): string => site.value?.printers.find((printer) => printer.id === slug)?.name ?? slug;
const stationName = (slug: string): string => site.value?.stations.find((station) => station.id === slug)?.name ?? slug;

/** One line: what was done, to what, and the sum that tells how much it matters. */
export function headline(entry: JournalEntry): { what: string; about: string; amount: number | null } {
  const words = ta.value.journal;
  const { detail, kind } = entry;
  const named = kind === 'discount' && detail['kind'] === 'courtesy' ? 'courtesy' : kind;
  let what = (words.kinds as Record<string, string | undefined>)[named] ?? kind;
  const movement = (words.movements as Record<string, string | undefined>)[text(detail['kind'])];
  if (kind === 'cash_moved' && movement) what = movement;
  if (kind === 'availability_set') {
    const item = itemName(text(detail['item']));
    const left = detail['remaining'];
    what = !detail['available'] ? ta.value.stock.now_out(item) : typeof left === 'number' ? ta.value.stock.now_few(item, left) : ta.value.stock.now_back(item);
    return { what, about: '', amount: null };
  }
  const pieces = [
    kind.startsWith('line_') ? `${Number(detail['quantity'])} ${itemName(text(detail['item']))}` : '',
    kind.startsWith('staff_') ? capital(text(detail['name'])) : '',
    kind === 'tip' ? ((words.values as Record<string, string | undefined>)[text(detail['answer'])] ?? '') : '',
    kind === 'payment' ? meansName(text(detail['means'])) : '',
    kind === 'order_moved' ? `${tableName(text(detail['from']))} → ${tableName(text(detail['to']))}` : '',
    kind.startsWith('station_') ? `${stationName(text(detail['station']))} → ${printerName(text(detail['to']))}` : '',
    kind.startsWith('printer_') ? printerName(text(detail['printer'])) : '',
    text(detail['reason']),
  ];
  const sum = detail['total'] ?? detail['charged'] ?? detail['amount'] ?? detail['counted'] ?? detail['float'] ?? null;
  return { what, about: pieces.filter(Boolean).join(' · '), amount: typeof sum === 'number' && (sum !== 0 || kind !== 'tip') ? sum : null };
}

const MONEY = ['amount', 'charged', 'tendered', 'change', 'net', 'tax', 'tip', 'total', 'before', 'float', 'expected', 'counted', 'difference', 'due'];
/** A value as a person reads it; nothing for what only a program needs. */
function show(kind: string, key: string, value: unknown): string {
  const words = ta.value.journal;
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') return MONEY.includes(key) ? money(value) : key === 'percent' ? rate(value) : String(value);
  if (typeof value !== 'string') return '';
  if (key === 'role' || key === 'former_role') return (t.value.roles as Record<string, string | undefined>)[value] ?? value;
  if (key === 'item') return itemName(value);
  if (key === 'means') return meansName(value);
  if (key === 'printer') return printerName(value);
  if (key === 'station') return stationName(value);
  if (key === 'business_day') return capital(day(value));
  if ((key === 'from' || key === 'to') && kind === 'order_moved') return tableName(value);
  if ((key === 'from' || key === 'to') && kind.startsWith('station_')) return printerName(value);
  if (key === 'kind' || key === 'answer') return (words.values as Record<string, string | undefined>)[value] ?? value;
  return value;
}

/** All that was noted, as word and value; ids of rows that mean nothing to people are left out. */
export function factsOf(entry: JournalEntry): { word: string; value: string }[] {
  const names = ta.value.journal.facts as Record<string, string | undefined>;
  const out: { word: string; value: string }[] = [];
  for (const [key, value] of Object.entries(entry.detail)) {
    const word = names[key];
    if (key === 'means' && Array.isArray(value)) {
      for (const row of value as { means: string; charged: number }[]) out.push({ word: meansName(row.means), value: money(row.charged) });
      continue;
    }
    if (key === 'parts' && Array.isArray(value)) {
      for (const row of value as { label: string; due: number }[]) out.push({ word: row.label, value: money(row.due) });
      continue;
    }
    const shown = word ? show(entry.kind, key, value) : '';
    if (word && shown) out.push({ word, value: shown });
  }
  return out;
}
