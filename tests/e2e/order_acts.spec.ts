// The acts on a whole order by touch: discount, courtesy and taking them off again, another table, another order taken in, another waiter.
// Every figure is worked by hand.
import { expect, test, type Hand } from './fixtures';

test.use({ siteName: 'interno' });

/** Dishes that ask nothing: one tap each. */
async function order(hand: Hand, dishes: [category: string, ...items: string[]][]): Promise<void> {
  for (const [category, ...items] of dishes) {
    await hand.tap(`category-${category}`);
    for (const item of items) await hand.tap(`item-${item}`);
  }
  await hand.seeOrder();
}
async function act(hand: Hand, name: string): Promise<void> {
  await hand.tap('order-more');
  await hand.tap(name);
}
async function approve(hand: Hand): Promise<void> {
  await hand.tap('approver-manager');
  await hand.type('444444');
  await hand.tap('approve');
}

test('a discount, a courtesy, and taking one off again, on every size', async ({ hand, page }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await hand.tap('table-mesa-3');
  await hand.tap('covers-2');
  // 39.000 + 2 × 12.000 + 14.000 = 77.000
  await order(hand, [['fuertes', 'berenjenas-rellenas'], ['bebidas', 'cerveza-nacional', 'cerveza-nacional'], ['postres', 'cocadas']]);
  await hand.tap('order-more');
  await hand.look('acts');
  await hand.tap('act-discount');
  await expect(hand.at('discount-give')).toBeDisabled();
  await hand.tap('percent-10');
  await hand.tap('reason-0');
  const sums = hand.at('before-after');
  await expect(sums).toContainText('77.000');
  await expect(sums).toContainText('7.700');
  await expect(sums).toContainText('69.300');
  await hand.look('discount');
  await hand.tap('discount-give');
  await expect(hand.at('total')).toHaveText(/69\.300/); // a tenth is the cashier's own to give
  await expect(hand.at('total-off')).toHaveText(/7\.700/);

  // The sweets are a birthday's: 14.000 less their tenth are 12.600, and a manager says so.
  await act(hand, 'act-courtesy');
  await hand.tap('discount-target');
  await hand.look('discount-target');
  await hand.tap('target-cocadas');
  await hand.tap('reason-0');
  await expect(sums).toContainText('12.600');
  await expect(sums).toContainText('56.700');
  await hand.look('courtesy');
  await hand.tap('discount-give');
  await expect(hand.at('approval')).toBeVisible();
  await approve(hand);
  await expect(hand.at('total')).toHaveText(/56\.700/);
  await expect(hand.at('total-off')).toHaveText(/20\.300/);
  await hand.look('discounted');

  // Three tenths off the beers are beyond a cashier: nobody approves, and nothing changes.
  await page.locator('.line', { hasText: 'Cerveza' }).first().tap();
  await hand.look('line-chosen');
  await hand.tap('discount-line');
  await hand.tap('percent-other');
  await hand.type('30');
  await hand.tap('amount-done');
  await expect(sums).toContainText('6.480'); // of 21.600
  await hand.tap('reason-other');
  for (const letter of 'feria') await hand.tap(`letter-${letter}`);
  await hand.look('discount-words');
  await hand.tap('reason-done');
  await expect(hand.at('reason-other')).toHaveText('Feria');
  await hand.tap('discount-give');
  await expect(hand.at('approval')).toBeVisible();
  await hand.at('approval').getByTestId('sheet-close').tap();
  await expect(hand.at('discount-sheet')).toBeVisible();
  await page.waitForTimeout(450); // the same spot: sooner would be a bouncing finger
  await hand.at('discount-sheet').getByTestId('sheet-close').tap();
  await expect(hand.at('discount-sheet')).toHaveCount(0);
  await expect(hand.at('total')).toHaveText(/56\.700/);

  // The tenth comes off again: 77.000 − 14.000.
  await page.locator('.off-line', { hasText: 'Cliente frecuente' }).tap();
  await hand.look('discount-chosen');
  await hand.tap('remove-discount');
  await expect(hand.at('total')).toHaveText(/63\.000/);
  await expect(page.locator('.off-line')).toHaveCount(1);
  await hand.tap('pay');
  await hand.tap('tip-no');
  await expect(page.locator('.due-line strong')).toHaveText(/63\.000/);
  await hand.look('pay-after-courtesy');
  await hand.tap('cash-exact');
  await expect(hand.at('change')).toHaveText(/\$\s0$/);
  const books = await hand.books();
  const { body: jobs } = await books.get('/print-jobs');
  const receipt = jobs.jobs.find((job: { kind: string }) => job.kind === 'receipt');
  const { body: paper } = await books.get(`/print-jobs/${receipt.id}/text`);
  expect(paper).toMatch(/Cortesía 100 %\s+-\$\s14\.000/);
  expect(paper).toContain('Cumpleaños');
  expect(paper).not.toContain('Cliente frecuente');
});

test('a table moves, takes another one in and gets another waiter, on every size', async ({ hand, page }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  const books = await hand.books();
  const { body: other } = await books.post('/orders', {
    kind: 'table',
    table: 'mesa-7',
    covers: 3,
    lines: [{ item: 'cerveza-nacional', quantity: 1 }],
    send: true,
  });
  await hand.tap('table-mesa-1');
  await hand.tap('covers-2');
  await order(hand, [['entradas', 'patacones-hogao']]);
  await hand.tap('send');
  await expect(page.locator('.line-state')).toBeVisible();
  await act(hand, 'act-move');
  const plan = hand.at('move-sheet');
  await expect(plan.getByTestId('table-mesa-7')).toBeDisabled();
  await expect(plan.getByTestId('table-mesa-7')).toContainText('Ocupada');
  await expect(plan.getByTestId('table-mesa-1')).toContainText('Está aquí');
  await hand.look('move');
  await plan.getByTestId('table-mesa-2').tap();
  await expect(page.locator('.order-title h1')).toHaveText('Mesa 2');

  await act(hand, 'act-merge');
  await expect(hand.at('merge-sheet').getByTestId('table-mesa-5')).toBeDisabled();
  await hand.look('merge');
  await hand.at('merge-sheet').getByTestId('table-mesa-7').tap();
  await expect(hand.at('together')).toHaveText(/28\.000/); // 16.000 + 12.000
  await hand.look('join');
  await hand.tap('join-commit');
  await expect(hand.at('total')).toHaveText(/28\.000/);
  await expect(page.locator('.order-title p')).toContainText('5 personas');

  await act(hand, 'act-transfer');
  await expect(hand.at('serve-caja')).toBeDisabled();
  await hand.look('transfer');
  await hand.tap('serve-mesa');
  await expect(page.locator('.order-title p')).toContainText('Mesa');
  await hand.look('moved-and-joined');

  const { body: open } = await books.get('/orders?state=open');
  expect(open.orders).toHaveLength(1);
  expect(open.orders[0]).toMatchObject({ table: 'mesa-2', covers: 5, net: 28000, served_by: 'mesa' });
  const { body: gone } = await books.get(`/orders/${other.id}`);
  expect(gone).toMatchObject({ state: 'voided', merged_into: open.orders[0].id });
  await hand.go('home');
  await expect(hand.at('table-mesa-7')).toContainText('Libre');
  await expect(hand.at('table-mesa-1')).toContainText('Libre');
  await expect(hand.at('table-mesa-2')).toContainText('28.000');
});

test('a table that is taken meanwhile is refused in words, and the order stays where it is', async ({ hand, page }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await hand.tap('table-mesa-1');
  await hand.tap('covers-2');
  await order(hand, [['bebidas', 'agua-sin-gas']]);
  await act(hand, 'act-move');
  const books = await hand.books();
  await page.route('**/api/v1/orders?state=open', (route) => route.abort()); // this screen does not hear of it in time
  await books.post('/orders', { kind: 'table', table: 'mesa-2', lines: [{ item: 'agua-sin-gas', quantity: 1 }] });
  await hand.at('move-sheet').getByTestId('table-mesa-2').tap();
  await expect(page.getByText('Esa mesa ya tiene un pedido abierto.')).toBeVisible();
  await page.unroute('**/api/v1/orders?state=open');
  await page.locator('.sheet').last().getByRole('button').last().tap();
  await hand.at('move-sheet').getByTestId('sheet-close').tap();
  await expect(page.locator('.order-title h1')).toHaveText('Mesa 1');
  hand.complaints.length = 0; // the aborted fetches
});

test('acts keep what was tapped and not yet saved, in English too', async ({ hand, page }) => {
  await hand.signIn('caja');
  await hand.openShift('100000');
  await hand.lock();
  await hand.tap('language');
  await hand.signIn('caja').catch(() => undefined);
  await page.waitForSelector('.top-bar');
  await hand.tap('table-mesa-4');
  await hand.tap('covers-2');
  await order(hand, [['bebidas', 'agua-sin-gas']]);
  await hand.tap('order-more');
  await hand.look('acts-in-english');
  await hand.tap('act-discount');
  await hand.look('discount-in-english');
  await hand.at('discount-sheet').getByTestId('sheet-close').tap();
  await expect(hand.at('total')).toHaveText(/6\.000/);
  await expect(page.locator('.line')).toHaveCount(1);
});
