// Interno, a restaurant with tables: a day from the PIN to the closed shift and the day's sales, all by tapping.
import { expect, test } from './fixtures';

test.use({ siteName: 'interno' });

test('a day at the tables, from the PIN to the closed shift', async ({ hand, page }) => {
  const { tap, at } = { tap: hand.tap.bind(hand), at: hand.at.bind(hand) };
  await hand.look('people');
  await hand.signIn('caja');
  await hand.look('open-shift');
  await hand.openShift('200000');
  await hand.look('floor');

  // A table sits down: the fixed menu, whose three courses must be chosen, a dish with an extra, two drinks.
  await tap('table-mesa-3');
  await hand.look('covers');
  await tap('covers-4');
  await tap('item-menu-interno');
  await expect(page.locator('.group.missing')).toHaveCount(3);
  await hand.look('options-required');
  await tap('option-menu-boronia');
  await tap('option-menu-posta');
  await expect(page.locator('.group.missing')).toHaveCount(1);
  await tap('option-menu-cocadas');
  await expect(at('options')).toHaveCount(0); // it closed itself
  await tap('category-fuertes');
  await tap('item-posta-cartagenera');
  await tap('option-sin-cebolla');
  await tap('option-extra-titote');
  await hand.look('options-optional');
  await tap('options-done');
  await tap('category-bebidas');
  await tap('item-limonada-natural');
  await tap('item-limonada-natural');
  await expect(at('total')).toHaveText(/170\.000/); // 89.000 + 54.000 + 9.000 + 2 × 9.000
  await hand.look('order');

  // A line taken off and brought back; a note for the kitchen.
  await hand.seeOrder();
  await tap('less');
  await tap('less');
  await expect(at('total')).toHaveText(/152\.000/);
  await tap('undo');
  await expect(at('draft-limonada-natural')).toContainText('1');
  await tap('more');
  await tap('note');
  await page.getByRole('button', { name: 'Aparte' }).tap();
  await hand.look('note');
  await tap('note-done');
  await expect(at('draft-limonada-natural')).toContainText('Aparte');

  // The kitchen: called back once, then sent; a second send has nothing to say.
  await tap('send');
  await tap('cancel-send');
  await expect(at('send')).toBeEnabled();
  await tap('send');
  await hand.picture('sending');
  await expect(page.locator('.line-state').first()).toBeVisible();
  await expect(at('send')).toBeDisabled();
  await hand.look('sent');

  // The posta comes back: voiding it needs a manager, here, without leaving the order.
  await page.locator('.line', { hasText: 'Posta cartagenera con arroz titoté' }).last().tap();
  await tap('void-line');
  await tap('reason-1');
  await hand.look('void');
  await tap('void-commit');
  await tap('approver-manager');
  await hand.type('111111');
  await tap('approve');
  await expect(at('approval')).toContainText('Ese PIN no es');
  await hand.type('444444');
  // The whole keypad is there at once: a PIN may have a zero.
  await expect(at('approval').getByTestId('key-0')).toBeInViewport({ ratio: 1 });
  await hand.look('approval');
  await tap('approve');
  await expect(at('total')).toHaveText(/107\.000/);
  await tap('send');
  await expect(at('send')).toBeDisabled();
  await expect(at('cancel-send')).toHaveCount(0, { timeout: 10_000 });

  // The bill: the tip is asked, nothing chosen; then cash with change.
  await tap('pay');
  await expect(at('tip')).toBeVisible();
  await hand.look('tip');
  await tap('tip-yes'); // 10 % of the base: 107.000 × 10000 / 10800 = 99.074 → 9.907
  await expect(page.locator('.due-line strong')).toHaveText(/116\.907/);
  await hand.look('pay-cash');
  await tap('cash-120000'); // 116.907 in cash is 116.900
  await expect(at('change')).toHaveText(/3\.100/);
  await hand.look('change');
  await tap('see-ticket');
  await expect(at('ticket-picture')).toBeVisible();
  await expect.poll(() => at('ticket-picture').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(300);
  await hand.look('receipt');
  if (hand.phone) await tap('ticket-back');
  await at('job-kitchen').first().tap();
  await expect.poll(() => at('ticket-picture').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(300);
  await hand.look('kitchen-ticket');
  await tap('reprint');
  await expect(page.getByText('COPIA').first()).toBeVisible();

  // A second table pays by Nequi with its reference, without a tip.
  await hand.go('home');
  await tap('table-mesa-4');
  await tap('covers-skip');
  await tap('category-bebidas');
  await tap('item-cafe');
  await tap('option-cafe-tinto');
  await tap('pay');
  await tap('tip-no');
  await tap('means-nequi');
  await expect(at('charge')).toBeDisabled();
  await hand.type('778899');
  await hand.look('pay-reference');
  await tap('charge');
  await expect(at('change')).toHaveText(/\$\s0$/);
  await tap('next-sale');

  // Cash out of the drawer, then the close: gate, blind count, result. 200.000 + 116.900 − 20.000 = 296.900; counted 296.000.
  await hand.go('shift');
  await tap('cash-out');
  await hand.type('20');
  await tap('key-000');
  await tap('cash-amount-done');
  await tap('cash-reason-0');
  await tap('cash-record');
  await expect(page.getByText('Quedó registrado.')).toBeVisible();
  await hand.look('shift');
  await tap('close-shift');
  await hand.look('gate');
  await tap('to-count');
  await expect(page.locator('.count')).not.toContainText('296.900');
  await hand.type('2'); // 2 × 100.000
  await tap('count-50000');
  await hand.type('1');
  await tap('count-20000');
  await hand.type('2');
  await tap('count-5000');
  await hand.type('1');
  await tap('count-1000');
  await hand.type('1');
  await expect(at('counted')).toHaveText(/296\.000/);
  await hand.look('count');
  await tap('commit-count');
  await expect(at('expected')).toHaveText(/296\.900/);
  await expect(at('verdict')).toHaveText(/Faltan \$\s900/);
  await hand.look('result');
  await tap('finish');
  await expect(at('open-shift')).toBeVisible();

  // The day's sales, for the manager: 107.000 and 6.000.
  await hand.handOver('gerencia');
  await hand.go('daily');
  await expect(at('day-net')).toHaveText(/113\.000/);
  await hand.look('daily-sales');
});

test('a waiter takes the order and the till takes the money', async ({ hand, page }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await hand.handOver('mesa');
  await hand.tap('table-mesa-1');
  await hand.tap('covers-2');
  await hand.tap('category-bebidas');
  await hand.tap('item-agua-sin-gas');
  await expect(hand.at('pay')).toBeDisabled(); // a waiter does not take payments
  await hand.go('home'); // what was not sent is kept, and everyone sees so
  await expect(hand.at('table-mesa-1')).toContainText('Sin enviar');
  await hand.look('floor-unsent');
  await hand.handOver('caja');
  await hand.tap('table-mesa-1');
  // The kitchen has not heard of it: it goes without a reason, and comes back.
  await page.locator('.line').first().tap();
  await hand.tap('remove-line');
  await expect(hand.at('total')).toHaveText(/\$\s0$/);
  await hand.tap('undo');
  await expect(hand.at('total')).toHaveText(/6\.000/);
  await hand.tap('pay');
  await hand.tap('tip-no');
  await hand.tap('cash-exact');
  await expect(hand.at('change')).toHaveText(/\$\s0$/);
  const books = await hand.books();
  const { body } = await books.get('/orders?state=paid');
  expect(body.orders).toHaveLength(1);
  expect(body.orders[0]).toMatchObject({ table: 'mesa-1', net: 6000, covers: 2 });
  await hand.tap('next-sale');
  await expect(page.locator('.table.taken')).toHaveCount(0);
});

test('the lock leads back to the same order, and English says the same', async ({ hand, page }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await hand.tap('table-mesa-2');
  await hand.tap('covers-2');
  await hand.tap('category-postres');
  await hand.tap('item-arroz-con-leche');
  await hand.lock();
  await hand.tap('language');
  await hand.type('1111');
  await hand.tap('enter');
  await expect(hand.at('total')).toHaveText(/16\.000/);
  await expect(hand.at('send')).toHaveText('Send');
  await hand.look('order-in-english');
  await hand.tap('pay');
  await expect(page.getByText('Would you like to include the tip?')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Would you like to include the tip?')).toBeVisible();
});

test('above the limit of a POS document the buyer is identified', async ({ hand }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await hand.tap('table-mesa-10');
  await hand.tap('covers-4');
  for (let i = 0; i < 4; i++) {
    await hand.tap('item-menu-interno');
    await hand.tap('option-menu-boronia');
    await hand.tap('option-menu-posta');
    await hand.tap('option-menu-cocadas');
  }
  await hand.tap('pay');
  await hand.tap('tip-no');
  await hand.tap('cash-exact'); // 356.000: base 329.630, above 5 UVT
  await expect(hand.at('buyer-sheet')).toBeVisible();
  await hand.type('1020');
  await hand.look('buyer');
  await hand.tap('buyer-next');
  for (const letter of 'rosa') await hand.tap(`letter-${letter}`);
  await hand.tap('buyer-done');
  await expect(hand.at('change')).toHaveText(/\$\s0$/);
});

test('what another screen does is seen here: paid elsewhere, sold out elsewhere', async ({ hand, page }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  const other = await hand.books();
  const { body: order } = await other.post('/orders', {
    kind: 'table',
    table: 'mesa-7',
    lines: [{ item: 'cocadas', quantity: 1 }],
  });
  await expect(hand.at('table-mesa-7')).toContainText('14.000');
  await hand.tap('table-mesa-7');
  await other.put('/menu/items/boronia/availability', { available: false });
  await hand.tap('category-entradas');
  await expect(hand.at('item-boronia')).toContainText('Agotado');
  await hand.tap('pay');
  await hand.tap('tip-no');
  await expect(hand.at('cash-exact')).toBeVisible();
  await other.post(`/orders/${order.id}/payments`, { means: 'efectivo' });
  await expect(page.getByText('Este pedido ya está pagado.')).toBeVisible();
});

test('a whole order is voided with a reason and a manager, and its table is free again', async ({ hand, page }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await hand.tap('table-mesa-5');
  await hand.tap('covers-3');
  await hand.tap('category-fuertes');
  await hand.tap('item-berenjenas-rellenas');
  await hand.tap('send');
  await expect(page.locator('.line-state')).toBeVisible();
  await hand.tap('order-more');
  await hand.tap('void-order');
  await hand.tap('reason-2');
  await hand.tap('void-commit');
  await hand.tap('approver-manager');
  await hand.type('444444');
  await hand.tap('approve');
  await expect(page.locator('.state-word')).toHaveText(/Anulado/);
  await hand.look('voided');
  await hand.tap('ended-next');
  await expect(hand.at('table-mesa-5')).toContainText('Libre');
});
