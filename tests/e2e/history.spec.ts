// Past sales: the day's list, found by the number on the receipt, yesterday's too; and the warning that the numbers run out.
import { expect, Hand, test as base } from './fixtures';
import { done, line, sell } from './sales_kit';
import { changedSite, startServer } from './support_server.mjs';

/* Interno with ten numbers left of a hundred, the eleventh last just used: a tenth or less. */
const test = base.extend({
  server: async ({}, use) => {
    const numbering = [
      { kind: 'pos', prefix: 'INT', from: 1, to: 12, valid_from: '2026-01-01', valid_until: '2028-01-01', resolution: '18764000000000', resolution_date: '2026-01-01' },
    ];
    const site = await changedSite('interno', { numbering });
    const server = await startServer({ site: site.file });
    await use(server);
    await server.stop();
    await site.remove();
  },
});
test.use({ siteName: 'interno' });

test('a receipt is found by its number and copied, on every size', async ({ hand }: { hand: Hand }) => {
  const { tap, at } = { tap: hand.tap.bind(hand), at: hand.at.bind(hand) };
  const caja = await hand.server.signIn('caja', 'setup');
  const gerencia = await hand.server.signIn('gerencia', 'setup');
  await done(caja.post('/shifts', { float: 100000 }));
  const cash = [{ means: 'efectivo' }];
  const first = await sell(caja, { table: 'mesa-1', lines: [line('gaseosa', 4)], payments: cash }); // 28.000
  await sell(caja, { table: 'mesa-2', lines: [line('agua-con-gas')], payments: cash }); // 6.500
  await done(gerencia.post(`/orders/${first.id}/refunds`, { reason: 'Llegó caliente', lines: [{ line: (await done(caja.get(`/orders/${first.id}`))).lines[0].id, quantity: 1 }] }));
  const third = await done(caja.post('/orders', { kind: 'table', table: 'mesa-4', lines: [line('gaseosa')], send: true }));
  await done(gerencia.post(`/orders/${third.id}/void`, { reason: 'El cliente cambió de opinión' }));

  await hand.signIn('caja');
  await hand.tap('menu');
  await hand.look('menu');
  await tap('menu-history');
  await expect(at('past-1')).toContainText('Devuelto en parte');
  await expect(at('past-1')).toContainText('28.000');
  await expect(at('past-1')).toContainText('7.000');
  await expect(at('past-2')).toContainText('Pagado');
  await expect(at('past-3')).toContainText('Anulado');
  await hand.look('day');
  await tap('find');
  await hand.type('2');
  await hand.look('find');
  await tap('amount-done');
  await expect(at('past-2')).toContainText('INT-2');
  await expect(at('past-1')).toHaveCount(0);
  await tap('past-2');
  await tap('copy');
  await expect(hand.page.locator('.status-text')).toContainText('COPIA');
  await hand.look('copied');
  if (hand.phone) await tap('history-back');
  await tap('find-end');
  await expect(at('past-3')).toBeVisible();
  await tap('day-earlier');
  await expect(hand.page.getByText('Este día no tiene ventas terminadas.')).toBeVisible();
  await hand.look('empty-day');
});

test('a shift that runs out of numbers says so, and what to do, on every size', async ({ hand }: { hand: Hand }) => {
  const caja = await hand.server.signIn('caja', 'setup');
  await done(caja.post('/shifts', { float: 100000 }));
  await hand.signIn('caja');
  await hand.go('shift');
  await expect(hand.at('numbering')).toHaveCount(0); // 12 of 12 are left
  for (let i = 0; i < 11; i++) await sell(caja, { table: 'mesa-1', lines: [line('agua-con-gas')], payments: [{ means: 'efectivo' }] });
  await hand.page.reload();
  await expect(hand.at('numbering')).toContainText('Queda 1 número');
  await hand.look('numbering');
});
