// The shift under way, and the acts on it.
import { signal } from '@preact/signals';
import { Problem, get } from '../api';
import { command, type Extra } from '../outbox';
import type { Shift, ShiftClosed } from '../types';

export const shift = signal<Shift | null>(null);
/** False until the server has said whether one is open. */
export const shiftKnown = signal(false);

export async function loadShift(): Promise<void> {
  try {
    shift.value = await get<Shift>('/shifts/current');
  } catch (e) {
    if (!(e instanceof Problem) || e.status !== 404) throw e;
    shift.value = null;
  }
  shiftKnown.value = true;
}

export async function openShift(float: number): Promise<void> {
  shift.value = await command<Shift>('POST', '/shifts', { float });
}

export type CashKind = 'in' | 'out' | 'tip_payout';
export const moveCash = (id: number, kind: CashKind, amount: number, reason: string, extra: Extra): Promise<unknown> =>
  command('POST', `/shifts/${id}/cash-movements`, { kind, amount, reason }, extra);

export function closeShift(id: number, count: Record<string, number>, carry: boolean, extra: Extra): Promise<ShiftClosed> {
  return command<ShiftClosed>('POST', `/shifts/${id}/close`, carry ? { count, carry_open_orders: true } : { count }, extra);
}
