// The lists of orders: those open, and the last paid of the shift, newest first. Refetched when the server says something changed.
import { computed, signal } from '@preact/signals';
import { get } from '../api';
import type { OrderSummary } from '../types';
import { shift } from './shift';

export const openOrders = signal<OrderSummary[]>([]);
export const paidOrders = signal<OrderSummary[]>([]);
export const byTable = computed(
  () => new Map(openOrders.value.filter((order) => order.table).map((order) => [order.table as string, order])),
);
export const walkUps = computed(() => openOrders.value.filter((order) => !order.table));

interface Page {
  orders: OrderSummary[];
}

export async function loadOpenOrders(): Promise<void> {
  openOrders.value = (await get<Page>('/orders?state=open')).orders.filter(
    (order) => order.state === 'open' || order.state === 'sent',
  );
}
export async function loadPaidOrders(): Promise<void> {
  if (!shift.value) return;
  paidOrders.value = (await get<Page>(`/orders?state=paid&shift=${shift.value.id}`)).orders;
}
