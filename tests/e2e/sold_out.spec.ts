// Sold out: said on the tile, a few left counted down, and every other screen shows it at once.
import { expect, test } from './fixtures';
import { done } from './sales_kit';

test.use({ siteName: 'la-cocina' });

test('what ran out is marked on the tile and seen on the other screen, on every size', async ({ hand, page, browser }) => {
  const { tap, at } = { tap: hand.tap.bind(hand), at: hand.at.bind(hand) };
  const caja = await hand.server.signIn('caja', 'setup');
  await done(caja.post('/shifts', { float: 100000 }));
  const context = await browser.newContext({ hasTouch: true, viewport: page.viewportSize() });
  const other = await context.newPage();
  await other.goto(hand.server.url);
  await other.getByTestId('person-mesa').tap();
  for (const digit of '2222') await other.getByTestId(`key-${digit}`).tap();
  await other.getByTestId('enter').tap();
  const there = other.getByTestId('item-mojarra');
  await expect(there).toBeEnabled();

  await hand.signIn('caja');
  const mark = async (): Promise<void> => {
    if (hand.phone) {
      await hand.seeOrder();
      await tap('order-more');
      await tap('mark-sold-out');
    } else await tap('mark');
  };
  await expect(at('item-mojarra')).toBeEnabled();
  await hand.look('before');
  await mark();
  await hand.look('marking');
  await tap('item-mojarra');
  await hand.look('choices');
  await tap('stock-few');
  await hand.type('2');
  await hand.look('count');
  await tap('amount-done');
  await expect(at('item-mojarra')).toContainText('Quedan 2');
  await expect(there).toContainText('Quedan 2', { timeout: 1000 });
  await tap('item-ajiaco');
  await tap('stock-out');
  await expect(at('item-ajiaco')).toContainText('Agotado');
  await expect(other.getByTestId('item-ajiaco')).toContainText('Agotado', { timeout: 1000 });
  await expect(other.getByTestId('item-ajiaco')).toBeDisabled();
  await tap('marking-done');
  await hand.look('marked');

  // Two are sold: nobody can order a third.
  await done(caja.post('/orders', { kind: 'counter', name: 'Ana', lines: [{ item: 'mojarra', quantity: 2 }] }));
  await expect(at('item-mojarra')).toBeDisabled({ timeout: 1000 });
  await expect(there).toContainText('Agotado', { timeout: 1000 });
  await mark();
  await tap('item-mojarra');
  await tap('stock-back');
  await tap('marking-done');
  await expect(at('item-mojarra')).toBeEnabled();
  await expect(there).toBeEnabled({ timeout: 1000 });
  await context.close();
});
