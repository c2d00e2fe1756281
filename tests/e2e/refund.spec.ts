// Giving back: a dish of a bill paid by two means, the rest of it, the tip alone, and a sale opened again. Every figure is worked by hand.
import { expect, test, type Hand } from './fixtures';
import { done, line, sell } from './sales_kit';

test.use({ siteName: 'interno' });

/* 24.000 + 23.800 + 35.000 less 7 %: 77.004; 30.000 by Nequi, 47.004 in cash, charged 47.000. */
async function twoMeans(hand: Hand) {
  const caja = await hand.server.signIn('caja', 'setup');
  await done(caja.post('/shifts', { float: 100000 }));
  return sell(caja, {
    table: 'mesa-2',
    lines: [line('cerveza-nacional', 2), line('bolsa-tela'), line('libro-relatos')],
    off: 700,
    payments: [
      { means: 'nequi', amount: 30000, reference: 'M77' },
      { means: 'efectivo', tendered: 50000 },
    ],
  });
}
async function openHistory(hand: Hand): Promise<void> {
  await hand.tap('menu');
  await hand.tap('menu-history');
}
async function approve(hand: Hand): Promise<void> {
  await hand.tap('approver-manager');
  await hand.type('444444');
  await hand.tap('approve');
}

test('a dish, then the rest, go back by the means they came, on every size', async ({ hand }) => {
  const { tap, at } = { tap: hand.tap.bind(hand), at: hand.at.bind(hand) };
  const { id } = await twoMeans(hand);
  await hand.signIn('caja');
  await openHistory(hand);
  await expect(at('past-1')).toContainText('77.004');
  await hand.look('past-sales');
  await tap('past-1');
  await expect(at('refund')).toBeEnabled();
  await hand.look('sale');
  await tap('refund');
  await hand.look('what');
  await tap('refund-dishes');
  await expect(at('pick-done')).toBeDisabled();
  await tap('more-cerveza-nacional');
  await hand.look('dishes');
  await tap('pick-done');
  await tap('reason-0');
  await hand.look('why');
  await tap('refund-next');
  // 12.000 less 7 % = 11.160: 30.000/77.004 of it by Nequi is 4.348, the other 6.812 in coins of 50 is 6.800.
  await expect(at('hand-cash')).toHaveText(/^\$\s6\.800$/);
  await expect(at('hand-nequi')).toHaveText(/^\$\s4\.348$/);
  await hand.look('confirm');
  const before = await done((await hand.books()).get(`/orders/${id}`));
  expect(before.refunds).toEqual([]); // nothing was given yet
  await tap('refund-commit');
  await hand.look('approval');
  await approve(hand);
  await expect(at('refund-done')).toBeVisible();
  await expect(at('hand-cash')).toHaveText(/^\$\s6\.800$/);
  await hand.look('hand-over');
  await tap('refund-end');
  await expect(at('refund-1')).toContainText('11.148');
  await hand.look('sale-partly');

  // All that is left: 30.000 − 4.348 and 47.000 − 6.800.
  await tap('refund');
  await tap('refund-all');
  await tap('reason-1');
  await tap('refund-next');
  await expect(at('hand-cash')).toHaveText(/^\$\s40\.200$/);
  await expect(at('hand-nequi')).toHaveText(/^\$\s25\.652$/);
  await tap('refund-commit');
  await approve(hand);
  await tap('refund-end');
  await expect(at('refund')).toBeDisabled();
  if (hand.phone) await tap('history-back');
  await expect(at('past-1')).toContainText('Devuelto');
  await expect(at('past-1')).toContainText('77.000'); // 30.000 + 47.000
  const { refunds } = await done((await hand.books()).get(`/orders/${id}`));
  expect(refunds.map((r: { returned: number; by: string; approved_by: string }) => [r.returned, r.by, r.approved_by])).toEqual([
    [11148, 'caja', 'gerencia'],
    [65852, 'caja', 'gerencia'],
  ]);
});

test('the tip alone goes back, a part of it and then the rest', async ({ hand }) => {
  const { tap, at } = { tap: hand.tap.bind(hand), at: hand.at.bind(hand) };
  const caja = await hand.server.signIn('caja', 'setup');
  await done(caja.post('/shifts', { float: 100000 }));
  await sell(caja, {
    table: 'mesa-5',
    lines: [line('pargo-frito', 1, ['acomp-yuca'])],
    tip: 6000,
    payments: [{ means: 'credito', reference: '0044' }],
  });
  await hand.signIn('gerencia'); // who needs nobody's leave
  await openHistory(hand);
  await tap('past-1');
  await tap('refund');
  await tap('refund-tip');
  await hand.look('tip');
  await tap('tip-part');
  await hand.type('2500');
  await tap('amount-done');
  await tap('reason-0');
  await tap('refund-next');
  await expect(at('hand-credito')).toHaveText(/^\$\s2\.500$/);
  await hand.look('tip-confirm');
  await tap('refund-commit');
  await expect(at('refund-done')).toContainText('datáfono');
  await tap('refund-end');
  await tap('refund');
  await tap('refund-tip');
  await tap('tip-all'); // 6.000 − 2.500
  await tap('reason-0');
  await tap('refund-next');
  await expect(at('hand-credito')).toHaveText(/^\$\s3\.500$/);
  await tap('refund-commit');
  await tap('refund-end');
  await tap('refund');
  await expect(at('refund-tip')).toBeDisabled(); // none is left; 68.000 of dishes are
  await expect(at('refund-all')).toContainText('68.000');
});

test('of two checks the one is chosen, and half of a dish of it, on every size', async ({ hand }) => {
  const { tap, at } = { tap: hand.tap.bind(hand), at: hand.at.bind(hand) };
  const caja = await hand.server.signIn('caja', 'setup');
  await done(caja.post('/shifts', { float: 100000 }));
  // 54.000 of food and 2 × 9.000 of drinks, the drinks apart.
  const order = await done(caja.post('/orders', { kind: 'table', table: 'mesa-3', lines: [line('posta-cartagenera'), line('limonada-natural', 2)] }));
  await done(caja.post(`/orders/${order.id}/tip`, { declined: true }));
  const split = await done(caja.post(`/orders/${order.id}/split`, { lines: [{ line: order.lines[1].id, quantity: 2 }] }));
  for (const check of split.checks) await done(caja.post(`/orders/${order.id}/payments`, { check: check.id, means: 'efectivo' }));
  await hand.signIn('gerencia');
  await openHistory(hand);
  await tap('past-1');
  await tap('refund');
  await hand.look('which-check');
  const drinks = split.checks.find((check: { totals: { net: number } }) => check.totals.net === 18000);
  await tap(`check-${drinks.position}`);
  await tap('refund-dishes');
  await tap('more-limonada-natural');
  await expect(at('more-posta-cartagenera')).toHaveCount(0);
  await tap('pick-done');
  await tap('reason-4');
  await tap('refund-next');
  await expect(at('hand-cash')).toHaveText(/^\$\s9\.000$/);
  await tap('refund-commit');
  await tap('refund-end');
  await expect(at('refund-1')).toContainText('Limonada');
  // Half of the food: 27.000; and then what is left of it.
  const food = split.checks.find((check: { totals: { net: number } }) => check.totals.net === 54000);
  for (const half of ['half', 'more']) {
    await tap('refund');
    await tap(`check-${food.position}`);
    await tap('refund-dishes');
    await tap(`${half}-posta-cartagenera`);
    if (half === 'half') await hand.look('half');
    else await hand.look('what-is-left');
    await tap('pick-done');
    await tap('reason-0');
    await tap('refund-next');
    await expect(at('hand-cash')).toHaveText(/^\$\s27\.000$/);
    await tap('refund-commit');
    await tap('refund-end');
  }
  // One receipt of the two is copied.
  await tap('copy');
  await hand.look('which-receipt');
  await tap('copy-0');
  const { jobs } = await done((await hand.books()).get(`/print-jobs?order=${order.id}`));
  expect(jobs.filter((job: { kind: string; marks: string[] }) => job.kind === 'receipt' && job.marks.includes('copia'))).toHaveLength(1);
});

test('a sale is opened again, and its order is on the screen', async ({ hand, page }) => {
  const { tap, at } = { tap: hand.tap.bind(hand), at: hand.at.bind(hand) };
  const { id } = await twoMeans(hand);
  await hand.signIn('caja');
  await openHistory(hand);
  await tap('past-1');
  await tap('reopen');
  await tap('reason-0');
  await hand.look('reopen');
  await tap('reopen-commit');
  await approve(hand);
  await expect(page.locator('.order-title h1')).toHaveText('Mesa 2');
  await expect(at('total')).toHaveText(/77\.004/); // its discount with it
  const order = await done((await hand.books()).get(`/orders/${id}`));
  expect([order.state, order.refunds[0].reopens, order.refunds[0].returned]).toEqual(['sent', true, 77000]);
});
