// La Cocina, a counter with called numbers: few taps, nothing lost when the network goes, nothing counted twice.
import { expect, test } from './fixtures';

test.use({ siteName: 'la-cocina' });

test('a day at the counter, from the PIN to the closed shift', async ({ hand, page }) => {
  const { tap, at } = { tap: hand.tap.bind(hand), at: hand.at.bind(hand) };
  await hand.signIn('caja');
  await hand.openShift('150000');
  await hand.look('counter');

  // The lunch of the day: what must be chosen is red until it is, then the sheet closes itself.
  await tap('item-corrientazo');
  await hand.look('options');
  await tap('option-sopa-sancocho');
  await tap('option-seco-sobrebarriga');
  await tap('option-principio-lentejas');
  await tap('option-dia-lulo');
  await expect(at('options')).toHaveCount(0);
  await hand.seeOrder();
  await tap('edit-options');
  await tap('option-mas-arroz');
  await tap('options-done');
  await tap('kind-takeaway');
  await tap('name-order');
  for (const letter of 'luz') await tap(`letter-${letter}`);
  await hand.look('name');
  await tap('name-done');
  await expect(at('total')).toHaveText(/19\.000/); // 16.000 + 3.000
  await hand.look('order');

  // It goes to the kitchen first and is paid later, out of the queue.
  await tap('send');
  await expect(at('send')).toBeDisabled();
  await expect(at('cancel-send')).toHaveCount(0);
  await expect(page.locator('.order-title h1')).toHaveText('Pedido 1');
  await hand.go('orders');
  await hand.look('queue');
  await page.locator('.card', { hasText: 'Luz' }).tap();
  await tap('pay');
  await hand.look('pay');
  await tap('part');
  await hand.type('10');
  await tap('key-000');
  await tap('amount-done');
  await tap('means-debito');
  await hand.type('123456');
  await tap('charge');
  await expect(page.locator('.still-due')).toContainText('9.000');
  await tap('pay-more');
  await tap('cash-other');
  await hand.type('10');
  await tap('key-000');
  await hand.look('received');
  await tap('amount-done');
  await expect(at('change')).toHaveText(/1\.000/);
  await expect(at('call-number')).toHaveText('1');
  await hand.look('change');
  await tap('see-ticket');
  await expect(at('ticket-picture')).toBeVisible();
  await hand.look('receipt');

  // Sold out is seen on the tile, which stays where it was.
  await hand.go('home');
  await hand.seeOrder();
  await tap('order-more');
  await tap('mark-sold-out');
  await tap('item-ajiaco');
  await tap('stock-out');
  await expect(at('item-ajiaco')).toContainText('Agotado');
  await tap('marking-done');
  await expect(at('item-ajiaco')).toBeDisabled();
  await hand.look('sold-out');

  // 150.000 + 9.000 in cash.
  await hand.go('shift');
  await tap('close-shift');
  await tap('to-count');
  await hand.type('1');
  await tap('count-50000');
  await hand.type('1');
  await tap('count-2000');
  await hand.type('4');
  await tap('count-1000');
  await hand.type('1');
  await tap('commit-count');
  await expect(at('verdict')).toHaveText(/La caja cuadra/);
  await hand.look('result');
  await tap('finish');
  await hand.handOver('gerencia');
  await hand.go('daily');
  await expect(at('day-net')).toHaveText(/19\.000/);
  await hand.look('daily-sales');
});

test('two items, one with a modifier, exact cash: at most five taps', async ({ hand }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await hand.go('home');
  hand.taps = 0;
  await hand.tap('item-mojarra');
  await hand.tap('item-seco-solo');
  await hand.tap('option-seco-bistec');
  await hand.tap('option-principio-frijoles');
  await hand.tap('exact');
  await expect(hand.at('change')).toHaveText(/\$\s0$/);
  expect(hand.taps).toBeLessThanOrEqual(5);
  await hand.tap('next-sale');
  hand.taps = 0;
  await hand.tap('item-mojarra');
  await hand.tap('category-bebidas');
  await hand.tap('item-chocolate');
  await hand.tap('option-chocolate-queso');
  await hand.tap('exact');
  await expect(hand.at('change')).toHaveText(/\$\s0$/);
  expect(hand.taps).toBeLessThanOrEqual(5);
  const books = await hand.books();
  const { body } = await books.get('/orders?state=paid');
  expect(body.orders.map((order: { net: number }) => order.net)).toEqual([33000, 39000]); // 26.000 + 7.000; 26.000 + 13.000
});

test('without the network nothing is lost, and the payment counts once', async ({ hand, page, context }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await hand.tap('item-mojarra');
  await context.setOffline(true);
  await hand.tap('exact');
  await expect(hand.at('offline')).toBeVisible({ timeout: 15_000 });
  await expect(hand.at('pay')).toBeDisabled();
  await hand.look('offline');
  await context.setOffline(false);
  await expect(hand.at('change')).toHaveText(/\$\s0$/, { timeout: 15_000 });
  await expect(hand.at('offline')).toHaveCount(0, { timeout: 15_000 });
  hand.complaints.splice(0); // the browser's own words about the lost network

  // The answer is lost, not the question: the same command goes again under its key and the page may even be reloaded in between.
  await hand.tap('next-sale');
  await hand.tap('item-sopa-sola');
  let arrived = 0;
  let cut = true;
  await page.route('**/api/v1/orders', async (route) => {
    if (route.request().method() !== 'POST' || !cut) return route.continue();
    arrived++;
    await route.fetch();
    return route.abort();
  });
  await hand.tap('pay');
  await expect.poll(() => arrived).toBeGreaterThan(0);
  await page.reload();
  await expect(hand.at('total')).toHaveText(/7\.000/); // still on the screen
  cut = false;
  await expect(page.locator('.order-title h1')).toHaveText('Pedido 2', { timeout: 15_000 });
  await expect(hand.at('total')).toHaveText(/7\.000/);
  const books = await hand.books();
  const open = await books.get('/orders?state=open');
  const paid = await books.get('/orders?state=paid');
  expect(open.body.orders).toHaveLength(1);
  expect(paid.body.orders).toHaveLength(1);
  const { body } = await books.get(`/orders/${paid.body.orders[0].id}`);
  expect(body.payments).toHaveLength(1);
  hand.complaints.splice(0);
});

test('a finger that bounces pays once and sees the change', async ({ hand, page }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await hand.tap('item-mojarra');
  const key = await hand.at('exact').boundingBox();
  for (let i = 0; i < 5; i++) await page.touchscreen.tap(key!.x + key!.width / 2, key!.y + key!.height / 2);
  await expect(hand.at('change')).toHaveText(/\$\s0$/); // and the change is still there to be read
  const books = await hand.books();
  const paid = await books.get('/orders?state=paid');
  const open = await books.get('/orders?state=open');
  expect(paid.body.orders).toHaveLength(1);
  expect(open.body.orders).toHaveLength(0);
});

test('when the session ends in the middle, the payment waits for its author and counts once', async ({ hand, page }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await hand.tap('item-mojarra');
  await page.evaluate(() => fetch('/api/v1/session', { method: 'DELETE' }));
  await hand.tap('exact');
  await expect(page.locator('.sign-in')).toBeVisible();
  await hand.type('1111');
  await hand.tap('enter');
  await expect(hand.at('change')).toHaveText(/\$\s0$/);
  const books = await hand.books();
  const { body } = await books.get('/orders?state=paid');
  expect(body.orders).toHaveLength(1);
});
