// What is done to a whole order beside selling and paying: what comes off, who pays what, where it stands, who serves it, and its bill on paper.
import { command, type Extra } from '../outbox';
import type { Order } from '../types';
import { draftAt, dropDraft, lineRequest } from './draft';
import type { Pick } from './checks';
import { adopt } from './sale';

export interface DiscountRequest {
  kind: 'discount' | 'courtesy';
  percent?: number;
  amount?: number;
  line?: number;
  reason: string;
}
export type SplitRequest = { check: number } & ({ ways: number } | { lines: Pick[] } | { seats: number[] } | { amount: number });

export async function giveDiscount(id: number, discount: DiscountRequest, extra: Extra): Promise<void> {
  adopt(await command<Order>('POST', `/orders/${id}/discounts`, discount, extra));
}
export async function removeDiscount(id: number, discount: number): Promise<void> {
  adopt(await command<Order>('DELETE', `/orders/${id}/discounts/${discount}`, {}));
}

export async function splitCheck(id: number, split: SplitRequest): Promise<void> {
  adopt(await command<Order>('POST', `/orders/${id}/split`, split));
}
export async function undoSplit(id: number): Promise<void> {
  adopt(await command<Order>('DELETE', `/orders/${id}/split`, {}));
}

export async function moveOrder(id: number, table: string): Promise<void> {
  adopt(await command<Order>('POST', `/orders/${id}/move`, { table }));
}
/** Takes another order in. What this screen wrote for it and did not save yet is saved first, so that it comes along. */
export async function mergeOrder(id: number, from: number): Promise<void> {
  const key = `order:${from}`;
  const lines = draftAt(key)?.lines ?? [];
  if (lines.length) {
    const carried = { draft: key, lines: lines.map((line) => line.id) };
    await command<Order>('POST', `/orders/${from}/lines`, { lines: lines.map(lineRequest) }, carried);
  }
  adopt(await command<Order>('POST', `/orders/${id}/merge`, { from }));
  dropDraft(key);
}
export async function transferOrder(id: number, staff: number): Promise<void> {
  adopt(await command<Order>('POST', `/orders/${id}/transfer`, { staff }));
}
export async function printPrecuenta(id: number, check: number): Promise<void> {
  await command<{ job: number }>('POST', `/orders/${id}/precuenta`, { check });
}
