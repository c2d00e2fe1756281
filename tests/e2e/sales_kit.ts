// Sales made over HTTP, for the specs of what comes after a sale: they look at them by finger.
import type { Api } from './support_server.mjs';

interface Line {
  item: string;
  quantity: number;
  options?: { option: string }[];
}
export const line = (item: string, quantity = 1, options: string[] = []): Line => ({
  item,
  quantity,
  ...(options.length ? { options: options.map((option) => ({ option })) } : {}),
});

interface Sale {
  table: string;
  lines: Line[];
  tip?: number;
  off?: number;
  payments: Record<string, unknown>[];
}

export async function done<T = Record<string, any>>(reply: { status: number; body: T } | Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await reply;
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
}

/** A paid order at a table; the discount is in basis points. */
export async function sell(api: Api, { table, lines, tip, off, payments }: Sale): Promise<{ id: number; number: number }> {
  const order = await done(api.post('/orders', { kind: 'table', table, covers: 2, lines }));
  if (off) await done(api.post(`/orders/${order.id}/discounts`, { kind: 'discount', percent: off, reason: 'Cliente frecuente' }));
  await done(api.post(`/orders/${order.id}/tip`, tip ? { amount: tip } : { declined: true }));
  for (const payment of payments) await done(api.post(`/orders/${order.id}/payments`, payment));
  return { id: order.id, number: order.number };
}
