// Past sales: the list of a day or of a number, the sale that is looked at, and the acts on it.
import { signal } from '@preact/signals';
import { call, get, serverNow } from '../api';
import { command, type Extra } from '../outbox';
import { shift } from './shift';
import { site } from './site';
import type { Check, Job, Order, PastOrder, RefundDone, RefundQuote } from '../types';

/** Null: today, as the server counts it. */
export const pastDay = signal<string | null>(null);
/** The number searched for; empty: the whole day. */
export const pastNumber = signal('');
export const past = signal<PastOrder[] | null>(null);
export const pastNext = signal<number | null>(null);
export const sale = signal<Order | null>(null);

/** The business day; without a shift the calendar's, which differs only before the cut-over hour. */
export const today = (): string =>
  shift.value?.business_day ??
  new Intl.DateTimeFormat('en-CA', { timeZone: site.value?.time_zone ?? 'America/Bogota', year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    serverNow(),
  );

interface Page {
  orders: PastOrder[];
  next: number | null;
}
const path = (before: number | null): string => {
  const query = [
    pastDay.value ? `day=${pastDay.value}` : '',
    pastNumber.value ? `number=${Number(pastNumber.value)}` : '',
    before ? `before=${before}` : '',
  ].filter(Boolean);
  return `/orders/past${query.length ? `?${query.join('&')}` : ''}`;
};

export async function loadPast(): Promise<void> {
  const asked = path(null);
  const page = await get<Page>(asked);
  if (asked !== path(null)) return; // another day or number was chosen meanwhile
  past.value = page.orders;
  pastNext.value = page.next;
}
export async function loadOlderPast(): Promise<void> {
  if (!pastNext.value) return;
  const page = await get<Page>(path(pastNext.value));
  const known = new Set(past.value?.map((one) => one.id));
  past.value = [...(past.value ?? []), ...page.orders.filter((one) => !known.has(one.id))];
  pastNext.value = page.next;
}
export async function loadSale(id: number): Promise<void> {
  if (sale.value?.id !== id) sale.value = null;
  sale.value = await get<Order>(`/orders/${id}`);
}

/* ---- what is left to give back ---- */

/** The checks that are paid and were not charged anew. */
export const paidChecks = (order: Order): Check[] => order.checks.filter((check) => check.state === 'paid');
/** What is left of a line: so many whole dishes, or a part of one (of a dish that several checks share, or half of which went back). */
export interface LineLeft {
  line: number;
  whole: number;
  part: boolean;
  /** What it comes to before discounts. */
  gross: number;
}
export interface Left {
  total: number;
  tip: number;
  lines: LineLeft[];
}
export function leftOf(order: Order, check: Check): Left {
  const given = order.refunds.filter((refund) => refund.check === check.id);
  const rows = given.flatMap((refund) => refund.lines);
  return {
    total: check.due - check.refunded,
    tip: check.tip.amount - given.reduce((sum, refund) => sum + refund.tip, 0),
    lines: check.lines.map((line) => {
      const gone = rows.filter((row) => row.line === line.line);
      const quantity = line.quantity - gone.reduce((sum, row) => sum + row.quantity, 0);
      const gross = line.gross - gone.reduce((sum, row) => sum + row.gross, 0);
      const price = order.lines.find((one) => one.id === line.line)?.unit_price ?? 0;
      const exact = gross === quantity * price;
      return { line: line.line, whole: exact ? quantity : 0, part: !exact && gross > 0, gross };
    }),
  };
}
export const canGiveBack = (order: Order): boolean => paidChecks(order).some((check) => leftOf(order, check).total > 0);

/* ---- acts ---- */

export interface RefundWanted {
  check: number;
  /** `of`: so many of this many equal parts of what is left of the line. */
  lines?: { line: number; quantity: number; of?: number }[];
  tip?: number;
}
export const quoteRefund = (id: number, wanted: RefundWanted): Promise<RefundQuote> =>
  call<RefundQuote>('POST', `/orders/${id}/refunds/quote`, wanted);
export const giveBack = (id: number, wanted: RefundWanted, reason: string, extra: Extra): Promise<RefundDone> =>
  command<RefundDone>('POST', `/orders/${id}/refunds`, { ...wanted, reason }, extra);
export const reopen = (id: number, reason: string, extra: Extra): Promise<Order> =>
  command<Order>('POST', `/orders/${id}/reopen`, { reason }, extra);

/** Its receipts, first printings alone, oldest first. */
export async function receiptsOf(id: number): Promise<Job[]> {
  const { jobs } = await get<{ jobs: Job[] }>(`/print-jobs?order=${id}`);
  return jobs.filter((job) => job.kind === 'receipt' && job.copy_of === null).reverse();
}
