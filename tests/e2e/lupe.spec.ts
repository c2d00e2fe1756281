// Go Lupe, a truck: one device, one hand, full sun, the number called out.
import { expect, test } from './fixtures';

test.use({ siteName: 'go-lupe' });

test('a day at the truck, from the PIN to the closed shift', async ({ hand, page }) => {
  const { tap, at } = { tap: hand.tap.bind(hand), at: hand.at.bind(hand) };
  await hand.look('people');
  await hand.signIn('caja');
  await hand.look('open-shift');
  await hand.openShift('100000');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'sun');
  await hand.look('truck');

  // A combo: three things to choose, and it is on the order.
  await tap('item-combo-libertad');
  await hand.look('options');
  await tap('option-relleno-birria');
  await tap('option-acomp-totopos');
  await tap('option-combo-horchata');
  await expect(at('options')).toHaveCount(0);
  await tap('category-acompanamientos');
  await tap('item-elote');
  await expect(at('total')).toHaveText(/40\.000/); // 28.000 + 2.000 + 1.000 + 9.000
  await hand.look('order');
  await tap('pay');
  await hand.look('pay');
  await tap('cash-50000');
  await expect(at('change')).toHaveText(/10\.000/);
  await expect(at('call-number')).toHaveText('1');
  await hand.look('change');
  await tap('next-sale');

  // By transfer, with a name to call.
  await tap('item-combo-segundas-oportunidades');
  await tap('option-relleno-verduras');
  await tap('option-acomp-papas');
  await tap('option-combo-limonada');
  await hand.seeOrder();
  await tap('name-order');
  for (const letter of 'ana') await tap(`letter-${letter}`);
  await tap('name-done');
  await tap('pay');
  await tap('means-nequi');
  await hand.type('445566');
  await hand.look('pay-nequi');
  await tap('charge');
  await expect(page.locator('.call-name')).toHaveText('Ana');
  await tap('see-ticket');
  await expect(at('ticket-picture')).toBeVisible();
  await hand.look('receipt');
  await hand.go('orders');
  await expect(page.locator('.card-paid')).toHaveCount(2);
  await hand.look('queue');

  // The other hand: the keys change sides.
  await tap('menu');
  await hand.look('menu');
  await tap('menu-device');
  await hand.look('device');
  await tap('hand-left');
  await expect(page.locator('html')).toHaveAttribute('data-hand', 'left');
  await hand.go('home');
  await hand.look('left-hand');

  // 100.000 + 40.000 in cash.
  await hand.go('shift');
  await tap('close-shift');
  await hand.look('gate');
  await tap('to-count');
  await hand.type('1');
  await tap('count-20000');
  await hand.type('2');
  await hand.look('count');
  await tap('commit-count');
  await expect(at('verdict')).toHaveText(/La caja cuadra/);
  await tap('finish');
  await hand.handOver('gerencia');
  await hand.go('daily');
  await expect(at('day-net')).toHaveText(/67\.000/); // 40.000 + 27.000
  await hand.look('daily-sales');
});
